// Handles as integers and back, statuses for Fortran and back, and what the binary interface says of itself.
// ranks: 1
#include "check.h"

#define ROUND_TRIP(kind, type, handle)                                                                               \
    do {                                                                                                             \
        type there = handle;                                                                                         \
        CHECK(MPI_##kind##_fromint(MPI_##kind##_toint(there)) == there);                                             \
    } while (0)

static void integers(void)
{
    MPI_Comm comm;
    MPI_Group group;
    MPI_Info info;
    MPI_Datatype type;
    MPI_Request request;
    MPI_Session session;
    MPI_Message message;
    int value = 1, other = 0;
    MPI_Comm_dup(MPI_COMM_SELF, &comm);
    MPI_Comm_group(comm, &group);
    MPI_Info_create(&info);
    MPI_Type_contiguous(3, MPI_INT, &type);
    MPI_Recv_init(&other, 1, MPI_INT, 0, 0, comm, &request);
    MPI_Session_init(MPI_INFO_NULL, MPI_ERRORS_RETURN, &session);
    ROUND_TRIP(Comm, MPI_Comm, MPI_COMM_NULL);
    ROUND_TRIP(Comm, MPI_Comm, MPI_COMM_WORLD);
    ROUND_TRIP(Comm, MPI_Comm, comm);
    ROUND_TRIP(Errhandler, MPI_Errhandler, MPI_ERRHANDLER_NULL);
    ROUND_TRIP(Errhandler, MPI_Errhandler, MPI_ERRORS_RETURN);
    ROUND_TRIP(File, MPI_File, MPI_FILE_NULL);
    ROUND_TRIP(Group, MPI_Group, MPI_GROUP_EMPTY);
    ROUND_TRIP(Group, MPI_Group, group);
    ROUND_TRIP(Info, MPI_Info, MPI_INFO_ENV);
    ROUND_TRIP(Info, MPI_Info, info);
    ROUND_TRIP(Op, MPI_Op, MPI_OP_NULL);
    ROUND_TRIP(Op, MPI_Op, MPI_MAXLOC);
    ROUND_TRIP(Request, MPI_Request, MPI_REQUEST_NULL);
    ROUND_TRIP(Request, MPI_Request, request);
    ROUND_TRIP(Session, MPI_Session, MPI_SESSION_NULL);
    ROUND_TRIP(Session, MPI_Session, session);
    ROUND_TRIP(Type, MPI_Datatype, MPI_DATATYPE_NULL);
    ROUND_TRIP(Type, MPI_Datatype, MPI_LONG_DOUBLE);
    ROUND_TRIP(Type, MPI_Datatype, type);
    ROUND_TRIP(Win, MPI_Win, MPI_WIN_NULL);
    ROUND_TRIP(Message, MPI_Message, MPI_MESSAGE_NULL);
    ROUND_TRIP(Message, MPI_Message, MPI_MESSAGE_NO_PROC);
    MPI_Send(&value, 1, MPI_INT, 0, 4, comm);
    MPI_Mprobe(0, 4, comm, &message, MPI_STATUS_IGNORE);
    ROUND_TRIP(Message, MPI_Message, message);
    message = MPI_Message_fromint(MPI_Message_toint(message));
    MPI_Mrecv(&other, 1, MPI_INT, &message, MPI_STATUS_IGNORE);
    CHECK_EQ(other, 1);
    MPI_Session_finalize(&session);
    MPI_Request_free(&request);
    MPI_Type_free(&type);
    MPI_Info_free(&info);
    MPI_Group_free(&group);
    MPI_Comm_free(&comm);
}

static void says(MPI_Info info, const char *key, const char *expected)
{
    char value[32] = "";
    int room = sizeof value, flag = 0;
    MPI_Info_get_string(info, key, &room, value, &flag);
    if (!flag || strcmp(value, expected) != 0) {
        failures++;
        fprintf(stderr, "%s is \"%s\", not \"%s\"\n", key, value, expected);
    }
}

static void interface(void)
{
    int major = -7, minor = -7, yes = 0, no = 7, set = 0;
    MPI_Info info;
    CHECK_EQ(MPI_Abi_get_version(&major, &minor), MPI_SUCCESS);
#ifdef MPI_ABI_VERSION
    CHECK(major == MPI_ABI_VERSION && minor == MPI_ABI_SUBVERSION);
#else
    CHECK(major == -1 && minor == -1);
#endif
    CHECK_EQ(MPI_Abi_get_info(&info), MPI_SUCCESS);
    says(info, "mpi_aint_size", "8");
    says(info, "mpi_count_size", "8");
    MPI_Info_free(&info);
    CHECK_EQ(MPI_Abi_get_fortran_info(&info), MPI_SUCCESS);
    if (major > 0) {
        says(info, "mpi_integer_size", "4");
        says(info, "mpi_real8_supported", "true");
        says(info, "mpi_double_complex_supported", "true");
    } else {
        CHECK(info == MPI_INFO_NULL);
        MPI_Info_create(&info);
        MPI_Info_set(info, "mpi_integer_size", "4");
    }
    CHECK_EQ(MPI_Abi_set_fortran_info(info), MPI_SUCCESS);
    MPI_Info_set(info, "mpi_integer_size", "8");
    CHECK_CLASS(MPI_Abi_set_fortran_info(info), MPI_ERR_ABI);
    MPI_Info_free(&info);
    CHECK_EQ(MPI_Abi_get_fortran_booleans(sizeof yes, &yes, &no, &set), MPI_SUCCESS);
    CHECK(set && yes == 1 && no == 0);
    CHECK_EQ(MPI_Abi_set_fortran_booleans(sizeof yes, &yes, &no), MPI_SUCCESS);
    CHECK_CLASS(MPI_Abi_set_fortran_booleans(3, &yes, &no), MPI_ERR_ARG);
}

#ifdef MPI_Comm_c2f
static void statuses(void)
{
    MPI_Status status, back;
    MPI_Fint fortran[MPI_F_STATUS_SIZE], again[MPI_F_STATUS_SIZE];
    MPI_F08_status modern;
    int value = 5, count = 0;
    MPI_Sendrecv(&value, 1, MPI_INT, 0, 9, &count, 1, MPI_INT, 0, 9, MPI_COMM_SELF, &status);
    status.MPI_ERROR = 6;
    CHECK_EQ(MPI_Status_c2f(&status, fortran), MPI_SUCCESS);
    CHECK_EQ(fortran[MPI_F_SOURCE], 0);
    CHECK_EQ(fortran[MPI_F_TAG], 9);
    CHECK_EQ(fortran[MPI_F_ERROR], 6);
    CHECK_EQ(MPI_Status_f2f08(fortran, &modern), MPI_SUCCESS);
    CHECK_EQ(modern.MPI_TAG, 9);
    CHECK_EQ(MPI_Status_f082f(&modern, again), MPI_SUCCESS);
    CHECK(memcmp(fortran, again, sizeof again) == 0);
    CHECK_EQ(MPI_Status_f082c(&modern, &back), MPI_SUCCESS);
    MPI_Get_count(&back, MPI_INT, &count);
    CHECK(count == 1 && back.MPI_TAG == 9 && back.MPI_ERROR == 6);
    memset(&back, 0, sizeof back);
    CHECK_EQ(MPI_Status_f2c(again, &back), MPI_SUCCESS);
    CHECK_EQ(back.MPI_TAG, 9);
    CHECK_EQ(MPI_Status_c2f08(&back, &modern), MPI_SUCCESS);
    CHECK_EQ(modern.MPI_TAG, 9);
    CHECK(MPI_Comm_f2c(MPI_Comm_c2f(MPI_COMM_SELF)) == MPI_COMM_SELF);
    CHECK(MPI_File_f2c(MPI_File_c2f(MPI_FILE_NULL)) == MPI_FILE_NULL);
    CHECK((PMPI_Type_f2c)((PMPI_Type_c2f)(MPI_DOUBLE)) == MPI_DOUBLE);
}
#else
/* The standard ABI leaves Fortran's statuses to whoever knows its INTEGER: here, to the header. */
static void statuses(void)
{
    MPI_Status status, back;
    MPI_Fint fortran[MPI_F_STATUS_SIZE];
    int value = 5, count = 0;
    MPI_Sendrecv(&value, 1, MPI_INT, 0, 9, &count, 1, MPI_INT, 0, 9, MPI_COMM_SELF, &status);
    status.MPI_ERROR = 6;
    CHECK_EQ(MPI_Status_c2f(&status, fortran), MPI_SUCCESS);
    CHECK(fortran[MPI_F_SOURCE] == 0 && fortran[MPI_F_TAG] == 9 && fortran[MPI_F_ERROR] == 6);
    memset(&back, 0, sizeof back);
    CHECK_EQ(MPI_Status_f2c(fortran, &back), MPI_SUCCESS);
    MPI_Get_count(&back, MPI_INT, &count);
    CHECK(count == 1 && back.MPI_TAG == 9 && back.MPI_ERROR == 6);
    CHECK(MPI_Comm_f2c(MPI_Comm_c2f(MPI_COMM_SELF)) == MPI_COMM_SELF);
}
#endif

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    integers();
    interface();
    statuses();
    return finish();
}
