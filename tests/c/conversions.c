// Handles as integers and back: null handles, predefined ones and made ones come back as they were, and different
// handles have different integers. In the MPICH ABI the functions behind the macros are called, too.
// ranks: 1
#include "check.h"
#include <unistd.h>

/* Two handles of a kind through toint and fromint. */
#define INTEGERS(type, kind, first, second)                                       \
    do {                                                                          \
        MPI_##type one_ = (first), two_ = (second);                               \
        CHECK(MPI_##kind##_fromint(MPI_##kind##_toint(one_)) == one_);            \
        CHECK(MPI_##kind##_fromint(MPI_##kind##_toint(two_)) == two_);            \
        CHECK(MPI_##kind##_toint(one_) != MPI_##kind##_toint(two_));              \
    } while (0)

/* The same through c2f and f2c, and past macros of that name. */
#define FORTRAN(type, kind, first, second)                                        \
    do {                                                                          \
        MPI_##type one_ = (first), two_ = (second);                               \
        CHECK((MPI_##kind##_f2c)((MPI_##kind##_c2f)(one_)) == one_);              \
        CHECK((MPI_##kind##_f2c)((MPI_##kind##_c2f)(two_)) == two_);              \
        CHECK((MPI_##kind##_c2f)(one_) != (MPI_##kind##_c2f)(two_));              \
    } while (0)

#define BOTH(type, kind, first, second)        \
    do {                                       \
        INTEGERS(type, kind, first, second);   \
        FORTRAN(type, kind, first, second);    \
    } while (0)

static void add(void *in, void *inout, int *count, MPI_Datatype *type)
{
    (void)type;
    for (int i = 0; i < *count; i++)
        ((int *)inout)[i] += ((int *)in)[i];
}

static void errors_removed(void)
{
    int class, code, found;
    char text[MPI_MAX_ERROR_STRING];
    MPI_Add_error_class(&class);
    MPI_Add_error_code(class, &code);
    MPI_Add_error_string(code, "our own words");
    int length;
    MPI_Error_string(code, text, &length);
    CHECK(strcmp(text, "our own words") == 0);
    MPI_Error_class(code, &found);
    CHECK_EQ(found, class);
    CHECK_EQ(MPI_Remove_error_string(code), MPI_SUCCESS);
    MPI_Error_string(code, text, &length);
    CHECK(strcmp(text, "our own words") != 0);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    CHECK(MPI_Remove_error_class(class) != MPI_SUCCESS);
    CHECK_EQ(MPI_Remove_error_code(code), MPI_SUCCESS);
    CHECK_EQ(MPI_Remove_error_class(class), MPI_SUCCESS);
    CHECK(MPI_Remove_error_class(class) != MPI_SUCCESS);
}

static void addresses(void)
{
    char place[16];
    MPI_Aint first, later;
    MPI_Get_address(place, &first);
    MPI_Get_address(place + 9, &later);
    CHECK_EQ(MPI_Aint_diff(later, first), 9);
    CHECK_EQ(MPI_Aint_diff(first, later), -9);
    CHECK(MPI_Aint_add(first, 9) == later);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm comm;
    MPI_Datatype type;
    MPI_Errhandler handler;
    MPI_File file;
    MPI_Group group;
    MPI_Info info;
    MPI_Op op;
    MPI_Request request;
    MPI_Session session;
    MPI_Win win;
    int number = 0;
    MPI_Comm_dup(MPI_COMM_SELF, &comm);
    MPI_Type_contiguous(3, MPI_INT, &type);
    MPI_Comm_get_errhandler(comm, &handler);
    MPI_Comm_group(comm, &group);
    MPI_Info_create(&info);
    MPI_Op_create(add, 1, &op);
    MPI_Recv_init(&number, 1, MPI_INT, 0, 1, comm, &request);
    MPI_Session_init(MPI_INFO_NULL, MPI_ERRORS_RETURN, &session);
    MPI_Win_create(&number, sizeof number, 1, MPI_INFO_NULL, comm, &win);
    char name[] = "/tmp/passel-conversions-XXXXXX";
    int made = mkstemp(name);
    CHECK(made >= 0);
    MPI_File_open(comm, name, MPI_MODE_RDWR | MPI_MODE_DELETE_ON_CLOSE, MPI_INFO_NULL, &file);
    BOTH(Comm, Comm, MPI_COMM_NULL, comm);
    BOTH(Comm, Comm, MPI_COMM_WORLD, MPI_COMM_SELF);
    BOTH(Datatype, Type, MPI_DATATYPE_NULL, type);
    BOTH(Datatype, Type, MPI_INT, MPI_DOUBLE);
    BOTH(Errhandler, Errhandler, MPI_ERRHANDLER_NULL, handler);
    BOTH(File, File, MPI_FILE_NULL, file);
    BOTH(Group, Group, MPI_GROUP_NULL, group);
    BOTH(Info, Info, MPI_INFO_NULL, info);
    BOTH(Message, Message, MPI_MESSAGE_NULL, MPI_MESSAGE_NO_PROC);
    BOTH(Op, Op, MPI_SUM, op);
    BOTH(Request, Request, MPI_REQUEST_NULL, request);
    BOTH(Session, Session, MPI_SESSION_NULL, session);
    BOTH(Win, Win, MPI_WIN_NULL, win);
    errors_removed();
    addresses();
    MPI_File_close(&file);
    close(made);
    MPI_Win_free(&win);
    MPI_Session_finalize(&session);
    MPI_Request_free(&request);
    MPI_Op_free(&op);
    MPI_Info_free(&info);
    MPI_Group_free(&group);
    MPI_Errhandler_free(&handler);
    MPI_Type_free(&type);
    MPI_Comm_free(&comm);
    return finish();
}
