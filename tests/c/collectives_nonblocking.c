// Every nonblocking collective gives what its blocking form gives; many are on their way at once, among
// point-to-point messages, and are completed in another order than they were started.
// ranks: 1 2 3 5 8
// limit: 60
#include "check.h"

enum { MOST = 16, COUNT = 700 };

static int out[MOST * COUNT], here[MOST * COUNT], there[MOST * COUNT];
static int counts[MOST], places[MOST], bytes[MOST];
static MPI_Datatype types[MOST];
static MPI_Comm comm = MPI_COMM_WORLD;

/* What every rank starts from; the same in both buffers of results. */
static void fresh(void)
{
    for (int i = 0; i < MOST * COUNT; i++) {
        out[i] = rank * 1013 + i * 7;
        here[i] = there[i] = rank * 31 + i;
    }
}

static void same(MPI_Request *request, const char *name)
{
    MPI_Wait(request, MPI_STATUS_IGNORE);
    if (*request != MPI_REQUEST_NULL || memcmp(here, there, sizeof here)) {
        failures++;
        fprintf(stderr, "rank %d of %d: MPI_I%s and its blocking form differ\n", rank, size, name);
    }
}

/* Runs `Name(arguments)` into `here` and `IName(arguments, request)` into `there`. */
#define BOTH(blocking, nonblocking, name, ...)                                                  \
    do {                                                                                        \
        int *in = here;                                                                         \
        MPI_Request request;                                                                    \
        fresh();                                                                                \
        blocking(__VA_ARGS__);                                                                  \
        in = there;                                                                             \
        nonblocking(__VA_ARGS__, &request);                                                     \
        same(&request, name);                                                                   \
    } while (0)

static void rooted(int count, int root)
{
    BOTH(MPI_Bcast, MPI_Ibcast, "bcast", in, count, MPI_INT, root, comm);
    BOTH(MPI_Gather, MPI_Igather, "gather", out, count, MPI_INT, in, count, MPI_INT, root, comm);
    BOTH(MPI_Scatter, MPI_Iscatter, "scatter", out, count, MPI_INT, in, count, MPI_INT, root, comm);
    BOTH(MPI_Gatherv, MPI_Igatherv, "gatherv", out, counts[rank], MPI_INT, in, counts, places, MPI_INT, root, comm);
    BOTH(MPI_Scatterv, MPI_Iscatterv, "scatterv", out, counts, places, MPI_INT, in, counts[rank], MPI_INT, root,
         comm);
    BOTH(MPI_Reduce, MPI_Ireduce, "reduce", out, in, count, MPI_INT, MPI_SUM, root, comm);
    if (rank == root)
        BOTH(MPI_Reduce, MPI_Ireduce, "reduce", MPI_IN_PLACE, in, count, MPI_INT, MPI_SUM, root, comm);
    else
        BOTH(MPI_Reduce, MPI_Ireduce, "reduce", out, in, count, MPI_INT, MPI_SUM, root, comm);
}

static void to_all(int count)
{
    BOTH(MPI_Allgather, MPI_Iallgather, "allgather", out, count, MPI_INT, in, count, MPI_INT, comm);
    BOTH(MPI_Allgather, MPI_Iallgather, "allgather", MPI_IN_PLACE, 0, MPI_INT, in, count, MPI_INT, comm);
    BOTH(MPI_Allgatherv, MPI_Iallgatherv, "allgatherv", out, counts[rank], MPI_INT, in, counts, places, MPI_INT, comm);
    BOTH(MPI_Alltoall, MPI_Ialltoall, "alltoall", out, count, MPI_INT, in, count, MPI_INT, comm);
    BOTH(MPI_Alltoall, MPI_Ialltoall, "alltoall", MPI_IN_PLACE, 0, MPI_INT, in, count, MPI_INT, comm);
    for (int r = 0; r < size; r++)
        counts[r] = (rank + r) % 3 * 5;
    BOTH(MPI_Alltoallv, MPI_Ialltoallv, "alltoallv", out, counts, places, MPI_INT, in, counts, places, MPI_INT, comm);
    BOTH(MPI_Alltoallw, MPI_Ialltoallw, "alltoallw", out, counts, bytes, types, in, counts, bytes, types, comm);
    BOTH(MPI_Allreduce, MPI_Iallreduce, "allreduce", out, in, count, MPI_INT, MPI_SUM, comm);
    BOTH(MPI_Allreduce, MPI_Iallreduce, "allreduce", MPI_IN_PLACE, in, count, MPI_INT, MPI_MAX, comm);
    for (int r = 0; r < size; r++)
        counts[r] = r % 3 * 5;
    BOTH(MPI_Reduce_scatter, MPI_Ireduce_scatter, "reduce_scatter", out, in, counts, MPI_INT, MPI_SUM, comm);
    BOTH(MPI_Reduce_scatter_block, MPI_Ireduce_scatter_block, "reduce_scatter_block", out, in, count, MPI_INT,
         MPI_SUM, comm);
    BOTH(MPI_Scan, MPI_Iscan, "scan", out, in, count, MPI_INT, MPI_SUM, comm);
    BOTH(MPI_Exscan, MPI_Iexscan, "exscan", out, in, count, MPI_INT, MPI_SUM, comm);
}

static void overlapped(void)
{
    enum { ROUNDS = 12 };
    int sums[ROUNDS], values[ROUNDS];
    MPI_Request requests[2 * ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        values[i] = rank + i;
        MPI_Iallreduce(&values[i], &sums[i], 1, MPI_INT, MPI_SUM, comm, &requests[2 * i]);
        MPI_Ibarrier(comm, &requests[2 * i + 1]);
        int point = -1;
        if (size > 1 && rank == size - 1)
            MPI_Send(&i, 1, MPI_INT, 0, i, comm);
        if (size > 1 && rank == 0) {
            MPI_Recv(&point, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, comm, MPI_STATUS_IGNORE);
            CHECK_EQ(point, i);
        }
    }
    for (int i = 2 * ROUNDS - 1; i >= 0; i--)
        MPI_Wait(&requests[i], MPI_STATUS_IGNORE);
    for (int i = 0; i < ROUNDS; i++)
        CHECK_EQ(sums[i], size * (size - 1) / 2 + size * i);
}

/* Nobody leaves the barrier before everyone has come. */
static void barrier(void)
{
    MPI_Request request;
    int flag = 0;
    if (rank == 0 && size > 1) {
        MPI_Ibarrier(comm, &request);
        double until = MPI_Wtime() + 0.05;
        while (MPI_Wtime() < until && !flag)
            MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
        CHECK(!flag);
        MPI_Send(NULL, 0, MPI_INT, size - 1, 0, comm);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    } else {
        if (rank == size - 1 && size > 1)
            MPI_Recv(NULL, 0, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
        MPI_Ibarrier(comm, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    }
}

int main(int argc, char **argv)
{
    static const int sizes[] = {0, 1, 40, COUNT};
    begin(&argc, &argv);
    for (int i = 0; i < 4; i++) {
        for (int root = 0; root < size; root++) {
            for (int r = 0; r < size; r++) {
                counts[r] = r % 3 * 5;
                places[r] = 20 * r;
                bytes[r] = places[r] * (int)sizeof(int);
                types[r] = MPI_INT;
            }
            rooted(sizes[i], root);
        }
        to_all(sizes[i]);
    }
    overlapped();
    barrier();
    return finish();
}
