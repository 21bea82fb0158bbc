// Collectives are refused whose buffers are the same memory, or no memory. A refused call takes part in nothing, so it
// can be repeated; one that fails under way fails on all ranks that wait for the one on which it failed.
// ranks: 4
#include "check.h"

static int data[16], room[16];

static void the_same_memory(void)
{
    int counts[4] = {1, 1, 1, 1}, places[4] = {0, 1, 2, 3};
    MPI_Datatype types[4] = {MPI_INT, MPI_INT, MPI_INT, MPI_INT};
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Comm comm = MPI_COMM_WORLD;
    int code = MPI_Allreduce(data, data, 1, MPI_INT, MPI_SUM, comm);
    CHECK_CLASS(code, MPI_ERR_BUFFER);
    CHECK_WORD(code, "MPI_IN_PLACE as sendbuf");
    CHECK_CLASS(MPI_Scan(data, data, 1, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Exscan(data, data, 1, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Reduce_scatter(data, data, counts, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Reduce_scatter_block(data, data, 1, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Allgather(data + rank, 1, MPI_INT, data, 1, MPI_INT, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Allgatherv(data + rank, 1, MPI_INT, data, counts, places, MPI_INT, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Alltoall(data, 1, MPI_INT, data, 1, MPI_INT, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Alltoallv(data, counts, places, MPI_INT, data, counts, places, MPI_INT, comm), MPI_ERR_BUFFER);
    code = MPI_Alltoallw(data, counts, places, types, data, counts, places, types, comm);
    CHECK_CLASS(code, MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Iallreduce(data, data, 1, MPI_INT, MPI_SUM, comm, &request), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Allreduce_init(data, data, 1, MPI_INT, MPI_SUM, comm, MPI_INFO_NULL, &request), MPI_ERR_BUFFER);
    CHECK(request == MPI_REQUEST_NULL);
    CHECK_CLASS(MPI_Reduce_local(data, data, 1, MPI_INT, MPI_SUM), MPI_ERR_BUFFER);
    /* Nothing is no memory, and neighbours are two. */
    CHECK_EQ(MPI_Allreduce(data, data, 0, MPI_INT, MPI_SUM, comm), MPI_SUCCESS);
    data[0] = rank;
    CHECK_EQ(MPI_Allreduce(data, data + 1, 1, MPI_INT, MPI_SUM, comm), MPI_SUCCESS);
    CHECK_EQ(data[1], 6);
}

static void no_memory(void)
{
    MPI_Comm comm = MPI_COMM_WORLD;
    CHECK_CLASS(MPI_Allreduce(NULL, room, 1, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Allreduce(data, NULL, 1, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Alltoall(data, 1, MPI_INT, NULL, 1, MPI_INT, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Allgather(data, 1, MPI_INT, MPI_IN_PLACE, 1, MPI_INT, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Allreduce(data, MPI_IN_PLACE, 1, MPI_INT, MPI_SUM, comm), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Reduce_local(MPI_IN_PLACE, room, 1, MPI_INT, MPI_SUM), MPI_ERR_BUFFER);
}

/* The root alone is refused. The others are in the operation already. */
static void the_call_is_repeated(void)
{
    MPI_Comm comm;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    if (rank == 2) {
        CHECK_CLASS(MPI_Reduce(data, data, 1, MPI_INT, MPI_SUM, 2, comm), MPI_ERR_BUFFER);
        CHECK_CLASS(MPI_Gather(room + 2, 1, MPI_INT, room, 1, MPI_INT, 2, comm), MPI_ERR_BUFFER);
        CHECK_CLASS(MPI_Scatter(room, 1, MPI_INT, room + 2, 1, MPI_INT, 2, comm), MPI_ERR_BUFFER);
    }
    data[0] = rank;
    CHECK_EQ(MPI_Reduce(data, room, 1, MPI_INT, MPI_SUM, 2, comm), MPI_SUCCESS);
    CHECK(rank != 2 || room[0] == 6);
    CHECK_EQ(MPI_Gather(data, 1, MPI_INT, room, 1, MPI_INT, 2, comm), MPI_SUCCESS);
    CHECK(rank != 2 || (room[0] == 0 && room[3] == 3));
    MPI_Comm_free(&comm);
}

/* Ranks 0 and 1 meet each other's length; 2 and 3 would wait for what these send next. */
static void a_failure_under_way(void)
{
    MPI_Comm comm;
    MPI_Request request;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    for (int round = 0; round < 3; round++) {
        MPI_Iallreduce(data, room, rank == 0 ? 1 : 10, MPI_INT, MPI_SUM, comm, &request);
        int code = MPI_Wait(&request, MPI_STATUS_IGNORE);
        if (rank < 2) {
            CHECK_CLASS(code, MPI_ERR_COUNT);
        } else {
            CHECK_CLASS(code, MPI_ERR_OTHER);
            CHECK_WORD(code, rank == 2 ? "in which rank 0 met an error" : "in which rank 1 met an error");
        }
    }
    MPI_Comm_free(&comm);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    the_same_memory();
    no_memory();
    the_call_is_repeated();
    a_failure_under_way();
    return finish();
}
