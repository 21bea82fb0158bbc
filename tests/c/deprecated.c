// Functions that the standard advises against, and those it has removed and the MPICH ABI keeps: each does what
// its successor does.
// ranks: 2
#include "check.h"

static int copies, deletions;

static int copy(MPI_Comm comm, int keyval, void *extra, void *in, void *out, int *flag)
{
    (void)comm, (void)keyval;
    CHECK(extra == &copies);
    copies++;
    *(void **)out = (char *)in + 1;
    *flag = 1;
    return MPI_SUCCESS;
}

static int delete(MPI_Comm comm, int keyval, void *value, void *extra)
{
    (void)comm, (void)keyval, (void)value;
    CHECK(extra == &copies);
    deletions++;
    return MPI_SUCCESS;
}

static void attributes(void)
{
    static char place[4];
    int keyval, flag;
    char *value;
    MPI_Comm twin;
    CHECK_EQ(MPI_Keyval_create(copy, delete, &keyval, &copies), MPI_SUCCESS);
    MPI_Comm_dup(MPI_COMM_SELF, &twin);
    CHECK_EQ(MPI_Attr_get(twin, keyval, &value, &flag), MPI_SUCCESS);
    CHECK(!flag);
    CHECK_EQ(MPI_Attr_put(twin, keyval, place), MPI_SUCCESS);
    MPI_Attr_get(twin, keyval, &value, &flag);
    CHECK(flag && value == place);
    MPI_Comm copied;
    MPI_Comm_dup(twin, &copied);
    MPI_Attr_get(copied, keyval, &value, &flag);
    CHECK(flag && value == place + 1);
    CHECK_EQ(copies, 1);
    CHECK_EQ(MPI_Attr_delete(copied, keyval), MPI_SUCCESS);
    CHECK_EQ(deletions, 1);
    MPI_Attr_get(copied, keyval, &value, &flag);
    CHECK(!flag);
    MPI_Comm_free(&copied);
    MPI_Comm_free(&twin);
    CHECK_EQ(deletions, 2);
    CHECK_EQ(MPI_Keyval_free(&keyval), MPI_SUCCESS);
    CHECK_EQ(keyval, MPI_KEYVAL_INVALID);
}

static void infos(void)
{
    MPI_Info info;
    char value[16] = "";
    int length, flag;
    MPI_Info_create(&info);
    MPI_Info_set(info, "key", "a value");
    MPI_Info_get_valuelen(info, "key", &length, &flag);
    CHECK(flag);
    CHECK_EQ(length, 7);
    MPI_Info_get(info, "key", 15, value, &flag);
    CHECK(flag && strcmp(value, "a value") == 0);
    MPI_Info_get(info, "key", 3, value, &flag);
    CHECK(flag && strcmp(value, "a v") == 0);
    MPI_Info_get(info, "other", 15, value, &flag);
    CHECK(!flag);
    MPI_Info_free(&info);
}

/* The forms that took MPI_Count before there were large-count forms. */
static void counts(void)
{
    MPI_Datatype vector;
    MPI_Count size_x, lb, extent, elements;
    MPI_Status status;
    MPI_Type_vector(3, 1, 4, MPI_INT, &vector);
    MPI_Type_size_x(vector, &size_x);
    CHECK_EQ(size_x, 12);
    MPI_Type_get_extent_x(vector, &lb, &extent);
    CHECK_EQ(lb, 0);
    CHECK_EQ(extent, 36);
    MPI_Type_get_true_extent_x(vector, &lb, &extent);
    CHECK_EQ(lb, 0);
    CHECK_EQ(extent, 36);
    MPI_Type_free(&vector);
    MPI_Status_set_elements_x(&status, MPI_INT, (MPI_Count)1 << 33);
    MPI_Get_elements_x(&status, MPI_INT, &elements);
    CHECK_EQ(elements, 1LL << 33);
    MPI_Status_set_elements_c(&status, MPI_INT, 5);
    MPI_Get_elements_c(&status, MPI_INT, &elements);
    CHECK_EQ(elements, 5);
}

/* The standard ABI does not have them. */
#ifdef MPI_Comm_c2f
static int handled;

static void handler(MPI_Comm *comm, int *code, ...)
{
    (void)comm;
    int class;
    MPI_Error_class(*code, &class);
    handled += class == MPI_ERR_RANK;
}

static void removed(void)
{
    struct { int first; double second[2]; } pair;
    MPI_Aint start, places[2], extent, bound;
    MPI_Address(&pair, &start);
    MPI_Address(&pair.first, &places[0]);
    MPI_Address(pair.second, &places[1]);
    places[0] -= start, places[1] -= start;
    CHECK_EQ(places[1], (char *)pair.second - (char *)&pair);
    int lengths[] = {1, 2}, size_of;
    MPI_Datatype types[] = {MPI_INT, MPI_DOUBLE}, made;
    MPI_Type_struct(2, lengths, places, types, &made);
    MPI_Type_size(made, &size_of);
    CHECK_EQ(size_of, sizeof(int) + 2 * sizeof(double));
    MPI_Type_extent(made, &extent);
    CHECK_EQ(extent, sizeof pair);
    MPI_Type_free(&made);

    /* A double at 8 in a row of 5 of them; the row is what arrays of it are made of. */
    int once[] = {1, 1, 1};
    MPI_Aint row[] = {0, 8, 40};
    MPI_Datatype markers[] = {MPI_LB, MPI_DOUBLE, MPI_UB}, rows;
    MPI_Type_struct(3, once, row, markers, &made);
    MPI_Type_contiguous(2, made, &rows);
    MPI_Type_extent(rows, &extent);
    CHECK_EQ(extent, 80);
    MPI_Type_size(rows, &size_of);
    CHECK_EQ(size_of, 16);
    MPI_Type_commit(&rows);
    double from[10] = {0, 1, 0, 0, 0, 0, 2}, into[10] = {0};
    MPI_Sendrecv(from, 1, rows, 0, 0, into, 1, rows, 0, 0, MPI_COMM_SELF, MPI_STATUS_IGNORE);
    CHECK(into[1] == 1 && into[6] == 2);
    MPI_Type_free(&rows);
    MPI_Type_free(&made);

    MPI_Aint bytes[] = {8, 32};
    MPI_Type_hindexed(2, lengths, bytes, MPI_INT, &made);
    MPI_Type_lb(made, &bound);
    CHECK_EQ(bound, 8);
    MPI_Type_ub(made, &bound);
    CHECK_EQ(bound, 40);
    MPI_Type_free(&made);
    MPI_Type_hvector(3, 1, 24, MPI_INT, &made);
    MPI_Type_extent(made, &extent);
    CHECK_EQ(extent, 52);
    MPI_Type_free(&made);

    MPI_Errhandler ours, old, now;
    MPI_Errhandler_get(MPI_COMM_WORLD, &old);
    MPI_Errhandler_create(handler, &ours);
    MPI_Errhandler_set(MPI_COMM_WORLD, ours);
    MPI_Errhandler_get(MPI_COMM_WORLD, &now);
    CHECK(now == ours);
    MPI_Errhandler_free(&now);
    MPI_Send(&size_of, 1, MPI_INT, size, 0, MPI_COMM_WORLD);
    CHECK_EQ(handled, 1);
    MPI_Errhandler_set(MPI_COMM_WORLD, old);
    MPI_Errhandler_free(&ours);
    MPI_Errhandler_free(&old);
}
#else
static void removed(void)
{
}
#endif

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    attributes();
    infos();
    counts();
    removed();
    return finish();
}
