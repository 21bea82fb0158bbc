// A rank that calls another collective than the others, or names another root or amount, is told so: the error names
// both ranks and what they are in, whether they meet in memory or by messages.
// ranks: 4
#include "check.h"

/* A communicator on which things may go wrong, and be left so. */
static MPI_Comm fresh(void)
{
    MPI_Comm comm;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    return comm;
}

static void another_operation(void)
{
    MPI_Comm comm = fresh();
    int value = rank, all[4];
    if (rank == 0) {
        CHECK_EQ(MPI_Bcast(&value, 1, MPI_INT, 0, comm), MPI_SUCCESS);
    } else if (rank == 1) {
        int code = MPI_Allgather(&value, 1, MPI_INT, all, 1, MPI_INT, comm);
        CHECK_CLASS(code, MPI_ERR_OTHER);
        CHECK_WORD(code, "rank 1 is in MPI_Allgather of 4 to 7 bytes");
        CHECK_WORD(code, "rank 0 is in MPI_Bcast with root 0 of 4 to 7 bytes");
    }
    MPI_Comm_free(&comm);
}

/* The message is there before the collective that it does not belong to. */
static void an_early_message(void)
{
    MPI_Comm comm = fresh();
    static char large[1 << 20];
    MPI_Request request;
    if (rank == 0) {
        MPI_Ibcast(large, sizeof large, MPI_CHAR, 0, comm, &request);
        MPI_Barrier(MPI_COMM_WORLD);
        /* Others are told where they get data from rank 0; here is nobody to wait for. */
        MPI_Request_free(&request);
    } else {
        MPI_Barrier(MPI_COMM_WORLD);
        if (rank == 1) {
            int code = MPI_Scatter(NULL, 0, MPI_CHAR, large, sizeof large, MPI_CHAR, 0, comm);
            CHECK_CLASS(code, MPI_ERR_OTHER);
            CHECK_WORD(code, "rank 1 is in MPI_Scatter with root 0 of 1048576 to 2097151 bytes");
            CHECK_WORD(code, "rank 0 is in MPI_Bcast with root 0");
        }
    }
    MPI_Comm_free(&comm);
}

/* Ranks that are right may be told, too. */
static void check_of_others(int code, int class)
{
    if (rank != 0 && code != MPI_SUCCESS) {
        CHECK_CLASS(code, class);
        CHECK_WORD(code, "rank 3 is in MPI_Bcast");
    } else {
        CHECK_EQ(code, MPI_SUCCESS);
    }
}

static void another_root(void)
{
    MPI_Comm comm = fresh();
    int value = rank, code = MPI_Bcast(&value, 1, MPI_INT, rank == 3 ? 2 : 0, comm);
    if (rank != 3) {
        check_of_others(code, MPI_ERR_ROOT);
    } else {
        CHECK_CLASS(code, MPI_ERR_ROOT);
        CHECK_WORD(code, "rank 3 is in MPI_Bcast with root 2");
        CHECK_WORD(code, "is in MPI_Bcast with root 0");
    }
    MPI_Comm_free(&comm);
}

static void another_amount(void)
{
    MPI_Comm comm = fresh();
    int values[100] = {0}, code = MPI_Bcast(values, rank == 3 ? 100 : 1, MPI_INT, 0, comm);
    if (rank != 3) {
        check_of_others(code, MPI_ERR_COUNT);
    } else {
        CHECK_CLASS(code, MPI_ERR_COUNT);
        CHECK_WORD(code, "rank 3 is in MPI_Bcast with root 0 of 256 to 511 bytes");
        CHECK_WORD(code, "of 4 to 7 bytes");
    }
    MPI_Comm_free(&comm);
}

/* Functions that make a communicator are collectives, too. */
static void a_new_communicator(void)
{
    MPI_Comm comm = fresh(), copy = MPI_COMM_NULL;
    int value = rank;
    if (rank == 0) {
        CHECK_EQ(MPI_Bcast(&value, 1, MPI_INT, 0, comm), MPI_SUCCESS);
    } else if (rank == 1) {
        int code = MPI_Comm_dup(comm, &copy);
        CHECK_CLASS(code, MPI_ERR_OTHER);
        CHECK_WORD(code, "rank 1 is in a function that makes a communicator");
        CHECK_WORD(code, "rank 0 is in MPI_Bcast");
        CHECK(copy == MPI_COMM_NULL);
    }
    MPI_Comm_free(&comm);
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Comm_free(&comm);
}

/* Nonblocking and persistent forms tell it when they complete. */
static void later(void)
{
    MPI_Comm comm = fresh();
    int value = rank, code, sum;
    MPI_Request request;
    if (rank == 0) {
        CHECK_EQ(MPI_Bcast(&value, 1, MPI_INT, 0, comm), MPI_SUCCESS);
        MPI_Bcast_init(&value, 1, MPI_INT, 0, comm, MPI_INFO_NULL, &request);
        MPI_Start(&request);
        CHECK_EQ(MPI_Wait(&request, MPI_STATUS_IGNORE), MPI_SUCCESS);
        MPI_Request_free(&request);
    } else if (rank == 1) {
        MPI_Iallreduce(&value, &sum, 1, MPI_INT, MPI_SUM, comm, &request);
        code = MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK_CLASS(code, MPI_ERR_OTHER);
        CHECK_WORD(code, "rank 1 is in MPI_Allreduce");
        MPI_Allreduce_init(&value, &sum, 1, MPI_INT, MPI_SUM, comm, MPI_INFO_NULL, &request);
        MPI_Start(&request);
        code = MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK_CLASS(code, MPI_ERR_OTHER);
        CHECK_WORD(code, "rank 0 is in MPI_Bcast");
        MPI_Request_free(&request);
    }
    MPI_Comm_free(&comm);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    another_operation();
    an_early_message();
    another_root();
    another_amount();
    a_new_communicator();
    later();
    return finish();
}
