// Attributes and error handlers: what callbacks are called with and when, what a duplicate gets, what lives how long.
// ranks: 1 2
#include "check.h"

static int deleted[8], deletions, copies, handled;
static MPI_Comm handled_on;

static int copy(MPI_Comm comm, int keyval, void *extra, void *in, void *out, int *flag)
{
    (void)comm, (void)keyval;
    copies++;
    CHECK_EQ((long)extra, 7);
    *(void **)out = (char *)in + 1;
    *flag = 1;
    return MPI_SUCCESS;
}

static int forget(MPI_Comm comm, int keyval, void *value, void *extra)
{
    (void)comm, (void)keyval, (void)extra;
    deleted[deletions++] = (int)(long)value;
    return MPI_SUCCESS;
}

static int forget_type(MPI_Datatype datatype, int keyval, void *value, void *extra)
{
    (void)datatype, (void)keyval, (void)extra;
    deleted[deletions++] = (int)(long)value;
    return MPI_SUCCESS;
}

static int refuse(MPI_Comm comm, int keyval, void *value, void *extra)
{
    (void)comm, (void)keyval, (void)value, (void)extra;
    return MPI_ERR_ARG;
}

/* Frees the keyval of the attribute that goes, as programs do. */
static int forget_keyval(MPI_Comm comm, int keyval, void *value, void *extra)
{
    (void)comm, (void)value, (void)extra;
    deletions++;
    CHECK_EQ(MPI_Comm_free_keyval(&keyval), MPI_SUCCESS);
    return MPI_SUCCESS;
}

static void handle(MPI_Comm *comm, int *code, ...)
{
    (void)code;
    handled++;
    handled_on = *comm;
}

static void on_communicators(void)
{
    int copied, kept, found;
    void *value;
    MPI_Comm dup;
    MPI_Comm_create_keyval(copy, forget, &copied, (void *)7);
    MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, forget, &kept, NULL);
    MPI_Comm_set_attr(MPI_COMM_WORLD, copied, (void *)10);
    MPI_Comm_set_attr(MPI_COMM_WORLD, kept, (void *)20);
    MPI_Comm_dup(MPI_COMM_WORLD, &dup);
    CHECK_EQ(copies, 1);
    MPI_Comm_get_attr(dup, copied, &value, &found);
    CHECK(found && value == (void *)11);
    MPI_Comm_get_attr(dup, kept, &value, &found);
    CHECK(!found);

    /* In the reverse order of setting. */
    MPI_Comm_set_attr(dup, kept, (void *)30);
    MPI_Comm_free(&dup);
    CHECK(deletions == 2 && deleted[0] == 30 && deleted[1] == 11);
    deletions = 0;
    MPI_Comm_set_attr(MPI_COMM_WORLD, copied, (void *)12);
    CHECK(deletions == 1 && deleted[0] == 10);
    MPI_Comm_delete_attr(MPI_COMM_WORLD, copied);
    MPI_Comm_delete_attr(MPI_COMM_WORLD, kept);
    CHECK_EQ(deletions, 3);
    MPI_Comm_free_keyval(&copied);
    MPI_Comm_free_keyval(&kept);
    CHECK_EQ(kept, MPI_KEYVAL_INVALID);
    CHECK_CLASS(MPI_Comm_set_attr(MPI_COMM_WORLD, kept, NULL), MPI_ERR_KEYVAL);
    CHECK_CLASS(MPI_Comm_set_attr(MPI_COMM_WORLD, MPI_TAG_UB, NULL), MPI_ERR_KEYVAL);
    deletions = 0;
}

static void refused(void)
{
    int keyval, found;
    void *value;
    MPI_Comm dup, twin;
    MPI_Comm_dup(MPI_COMM_WORLD, &dup);
    MPI_Comm_create_keyval(MPI_COMM_DUP_FN, refuse, &keyval, NULL);
    MPI_Comm_set_attr(dup, keyval, (void *)3);
    CHECK_EQ(MPI_Comm_delete_attr(dup, keyval), MPI_ERR_ARG);
    CHECK_EQ(MPI_Comm_free(&dup), MPI_ERR_ARG);
    CHECK(dup != MPI_COMM_NULL);
    MPI_Comm_dup(dup, &twin);
    MPI_Comm_get_attr(twin, keyval, &value, &found);
    CHECK(found && value == (void *)3);
    MPI_Comm_free_keyval(&keyval);
}

static void keyval_freed_by_its_callback(void)
{
    int keyval, again, found;
    void *value;
    MPI_Comm dup;
    MPI_Comm_dup(MPI_COMM_WORLD, &dup);
    MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, forget_keyval, &keyval, NULL);
    again = keyval;
    MPI_Comm_set_attr(dup, keyval, NULL);
    MPI_Comm_set_attr(MPI_COMM_WORLD, keyval, NULL);
    MPI_Comm_free(&dup);
    MPI_Comm_free_keyval(&keyval);
    MPI_Comm_get_attr(MPI_COMM_WORLD, again, &value, &found);
    CHECK(found);
    MPI_Comm_delete_attr(MPI_COMM_WORLD, again);
    CHECK_EQ(deletions, 2);
    deletions = 0;
}

static void on_datatypes(void)
{
    int keyval, found;
    void *value;
    MPI_Datatype three, twin, predefined = MPI_INT;
    MPI_Type_contiguous(3, MPI_INT, &three);
    MPI_Type_create_keyval(MPI_TYPE_DUP_FN, forget_type, &keyval, NULL);
    MPI_Type_set_attr(three, keyval, (void *)5);
    MPI_Type_dup(three, &twin);
    MPI_Type_get_attr(twin, keyval, &value, &found);
    CHECK(found && value == (void *)5);
    MPI_Type_free(&three);
    CHECK(three == MPI_DATATYPE_NULL && deletions == 1 && deleted[0] == 5);
    MPI_Type_free(&twin);
    MPI_Type_free_keyval(&keyval);
    CHECK_CLASS(MPI_Type_free(&predefined), MPI_ERR_TYPE);
    deletions = 0;
}

static void set_by_mpi(void)
{
    int *value, found;
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_TAG_UB, &value, &found);
    CHECK(found && *value >= 32767);
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_IO, &value, &found);
    CHECK(found && *value == MPI_ANY_SOURCE);
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_UNIVERSE_SIZE, &value, &found);
    CHECK(!found || *value >= size);
    int class;
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_LASTUSEDCODE, &value, &found);
    CHECK(found && *value >= MPI_ERR_LASTCODE);
    MPI_Add_error_class(&class);
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_LASTUSEDCODE, &value, &found);
    CHECK(found && *value == class);
}

static void error_handlers(void)
{
    MPI_Errhandler own, got, of_files;
    MPI_Comm dup, child;
    MPI_Comm_dup(MPI_COMM_WORLD, &dup);
    MPI_Comm_create_errhandler(handle, &own);
    MPI_Comm_set_errhandler(dup, own);
    MPI_Errhandler_free(&own);
    CHECK(own == MPI_ERRHANDLER_NULL);
    CHECK_CLASS(MPI_Send(&rank, 1, MPI_INT, size, 0, dup), MPI_ERR_RANK);
    CHECK(handled == 1 && handled_on == dup);
    CHECK_EQ(MPI_Comm_call_errhandler(dup, MPI_ERR_OTHER), MPI_SUCCESS);
    CHECK_EQ(handled, 2);

    /* A child has its parent's handler, also when the parent has another one. */
    MPI_Comm_dup(dup, &child);
    MPI_Comm_set_errhandler(dup, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Send(&rank, 1, MPI_INT, size, 0, child), MPI_ERR_RANK);
    CHECK(handled == 3 && handled_on == child);
    MPI_Comm_get_errhandler(child, &got);
    MPI_Comm_set_errhandler(dup, got);
    MPI_Errhandler_free(&got);
    MPI_Comm_free(&child);
    MPI_Comm_call_errhandler(dup, MPI_ERR_OTHER);
    CHECK_EQ(handled, 4);

    MPI_Comm_get_errhandler(MPI_COMM_WORLD, &got);
    CHECK(got == MPI_ERRORS_RETURN);
    MPI_File_get_errhandler(MPI_FILE_NULL, &of_files);
    CHECK(of_files == MPI_ERRORS_RETURN);
    MPI_Comm_free(&dup);
}

int main(int argc, char **argv)
{
    int keyval;
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    on_communicators();
    refused();
    keyval_freed_by_its_callback();
    on_datatypes();
    set_by_mpi();
    error_handlers();

    /* MPI_Finalize deletes the attributes of MPI_COMM_SELF. */
    MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, forget, &keyval, NULL);
    MPI_Comm_set_attr(MPI_COMM_SELF, keyval, (void *)1);
    int failed = finish();
    return failed || deletions != 1;
}
