// Every persistent collective gives what its blocking form gives, each time it is started; many of them are started in
// an order that differs from rank to rank; requests are waited for, tested, looked at, freed while active and inactive.
// ranks: 1 2 3 5 8
// limit: 60
#include "check.h"

enum { MOST = 16, COUNT = 700, ROUNDS = 3 };

static int out[MOST * COUNT], here[MOST * COUNT], there[MOST * COUNT];
static int counts[MOST], places[MOST], bytes[MOST];
static MPI_Datatype types[MOST];
static MPI_Comm comm = MPI_COMM_WORLD;

/* What every rank starts from in a round; the same in both buffers of results. */
static void fresh(int round)
{
    for (int i = 0; i < MOST * COUNT; i++) {
        out[i] = rank * 1013 + i * 7 + round;
        here[i] = there[i] = rank * 31 + i - round;
    }
}

static void same(const char *name, int round)
{
    if (memcmp(here, there, sizeof here)) {
        failures++;
        fprintf(stderr, "rank %d of %d, round %d: MPI_%s_init and its blocking form differ\n", rank, size, round, name);
    }
}

/* Runs `Name(arguments)` into `here` and a request of `Name_init(arguments, info, request)` into `there`. */
#define BOTH(name, ...)                                                                         \
    do {                                                                                        \
        int *in = there, flag;                                                                  \
        MPI_Request request;                                                                    \
        MPI_Status status;                                                                      \
        MPI_##name##_init(__VA_ARGS__, MPI_INFO_NULL, &request);                                \
        for (int round = 0; round < ROUNDS; round++) {                                          \
            fresh(round);                                                                       \
            in = here;                                                                          \
            MPI_##name(__VA_ARGS__);                                                            \
            CHECK_EQ(MPI_Start(&request), MPI_SUCCESS);                                         \
            MPI_Wait(&request, &status);                                                        \
            CHECK(request != MPI_REQUEST_NULL);                                                 \
            MPI_Test(&request, &flag, &status);                                                 \
            CHECK(flag && status.MPI_SOURCE == MPI_ANY_SOURCE && status.MPI_TAG == MPI_ANY_TAG); \
            same(#name, round);                                                                 \
        }                                                                                       \
        MPI_Request_free(&request);                                                             \
        CHECK(request == MPI_REQUEST_NULL);                                                     \
    } while (0)

static void rooted(int count, int root)
{
    BOTH(Bcast, in, count, MPI_INT, root, comm);
    BOTH(Gather, out, count, MPI_INT, in, count, MPI_INT, root, comm);
    BOTH(Scatter, out, count, MPI_INT, in, count, MPI_INT, root, comm);
    BOTH(Gatherv, out, counts[rank], MPI_INT, in, counts, places, MPI_INT, root, comm);
    BOTH(Scatterv, out, counts, places, MPI_INT, in, counts[rank], MPI_INT, root, comm);
    BOTH(Reduce, rank == root ? MPI_IN_PLACE : out, in, count, MPI_INT, MPI_SUM, root, comm);
}

static void to_all(int count)
{
    BOTH(Allgather, out, count, MPI_INT, in, count, MPI_INT, comm);
    BOTH(Allgather, MPI_IN_PLACE, 0, MPI_INT, in, count, MPI_INT, comm);
    BOTH(Allgatherv, out, counts[rank], MPI_INT, in, counts, places, MPI_INT, comm);
    BOTH(Alltoall, out, count, MPI_INT, in, count, MPI_INT, comm);
    BOTH(Alltoall, MPI_IN_PLACE, 0, MPI_INT, in, count, MPI_INT, comm);
    BOTH(Allreduce, out, in, count, MPI_INT, MPI_SUM, comm);
    BOTH(Allreduce, MPI_IN_PLACE, in, count, MPI_INT, MPI_MAX, comm);
    BOTH(Reduce_scatter, out, in, counts, MPI_INT, MPI_SUM, comm);
    BOTH(Reduce_scatter_block, out, in, count, MPI_INT, MPI_SUM, comm);
    BOTH(Scan, out, in, count, MPI_INT, MPI_SUM, comm);
    BOTH(Exscan, out, in, count, MPI_INT, MPI_SUM, comm);
    int uneven[MOST];
    for (int r = 0; r < size; r++)
        uneven[r] = (rank + r) % 3 * 5;
    BOTH(Alltoallv, out, uneven, places, MPI_INT, in, uneven, places, MPI_INT, comm);
    BOTH(Alltoallw, out, uneven, bytes, types, in, uneven, bytes, types, comm);
}

/* The arrays given to a persistent collective may change once it is made. */
static void arrays_are_copied(void)
{
    int own[MOST], at[MOST];
    MPI_Request request;
    memcpy(own, counts, sizeof own);
    memcpy(at, places, sizeof at);
    fresh(0);
    MPI_Allgatherv_init(out, counts[rank], MPI_INT, there, own, at, MPI_INT, comm, MPI_INFO_NULL, &request);
    memset(own, -1, sizeof own);
    memset(at, -1, sizeof at);
    MPI_Allgatherv(out, counts[rank], MPI_INT, here, counts, places, MPI_INT, comm);
    MPI_Start(&request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    same("Allgatherv", 0);
    MPI_Request_free(&request);
}

enum { TOGETHER = 6 };

/* Made in one order, started in an order of each rank's own, and completed in any. */
static void in_any_order(void)
{
    static int sums[TOGETHER], given[TOGETHER], wanted;
    MPI_Request requests[TOGETHER], barrier;
    int order[TOGETHER], done[TOGETHER], some, flag;
    for (int i = 0; i < TOGETHER; i++)
        MPI_Allreduce_init(&given[i], &sums[i], 1, MPI_INT, MPI_SUM, comm, MPI_INFO_NULL, &requests[i]);
    MPI_Barrier_init(comm, MPI_INFO_NULL, &barrier);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < TOGETHER; i++) {
            given[i] = rank * 10 + i + round;
            order[i] = (i * 5 + rank + round) % TOGETHER;
        }
        for (int i = 0; i < TOGETHER; i++)
            MPI_Start(&requests[order[i]]);
        MPI_Startall(1, &barrier);
        CHECK_CLASS(MPI_Start(&barrier), MPI_ERR_REQUEST);
        for (int left = TOGETHER; left > 0; left -= some)
            MPI_Waitsome(TOGETHER, requests, &some, done, MPI_STATUSES_IGNORE);
        do
            MPI_Request_get_status(barrier, &flag, MPI_STATUS_IGNORE);
        while (!flag);
        CHECK_CLASS(MPI_Start(&barrier), MPI_ERR_REQUEST);
        MPI_Wait(&barrier, MPI_STATUS_IGNORE);
        for (int i = 0; i < TOGETHER; i++) {
            wanted = size * (size - 1) / 2 * 10 + size * (i + round);
            CHECK_EQ(sums[i], wanted);
        }
    }
    /* Freed while active: it goes on, and the others wait for nothing else. */
    MPI_Start(&barrier);
    MPI_Request_free(&barrier);
    MPI_Startall(TOGETHER, requests);
    MPI_Waitall(TOGETHER, requests, MPI_STATUSES_IGNORE);
    for (int i = 0; i < TOGETHER; i++)
        MPI_Request_free(&requests[i]);
    MPI_Barrier(comm);
}

/* Between the even and the odd ranks. */
static void between_groups(void)
{
    MPI_Comm half, inter;
    MPI_Request requests[3];
    int sum = -1, value = rank, word = rank % 2 == 0 ? 77 : -1, all[MOST], others = 0, n;
    if (size < 2)
        return;
    MPI_Comm_split(MPI_COMM_WORLD, rank % 2, 0, &half);
    MPI_Intercomm_create(half, 0, MPI_COMM_WORLD, 1 - rank % 2, 5, &inter);
    MPI_Comm_remote_size(inter, &n);
    for (int r = 1 - rank % 2; r < size; r += 2)
        others += r;
    int root = rank % 2 ? 0 : rank == 0 ? MPI_ROOT : MPI_PROC_NULL;
    MPI_Allreduce_init(&value, &sum, 1, MPI_INT, MPI_SUM, inter, MPI_INFO_NULL, &requests[0]);
    MPI_Bcast_init(&word, 1, MPI_INT, root, inter, MPI_INFO_NULL, &requests[1]);
    MPI_Allgather_init(&value, 1, MPI_INT, all, 1, MPI_INT, inter, MPI_INFO_NULL, &requests[2]);
    for (int round = 0; round < ROUNDS; round++) {
        MPI_Startall(3, requests);
        MPI_Waitall(3, requests, MPI_STATUSES_IGNORE);
        CHECK_EQ(sum, others);
        CHECK_EQ(word, 77);
        for (int r = 0; r < n; r++)
            CHECK_EQ(all[r], 2 * r + 1 - rank % 2);
    }
    for (int i = 0; i < 3; i++)
        MPI_Request_free(&requests[i]);
    /* Beside the root, no other argument matters. */
    if (root == MPI_PROC_NULL) {
        CHECK_EQ(MPI_Reduce(NULL, NULL, -1, MPI_DATATYPE_NULL, MPI_OP_NULL, root, inter), MPI_SUCCESS);
        CHECK_EQ(MPI_Bcast(NULL, -1, MPI_DATATYPE_NULL, root, inter), MPI_SUCCESS);
    } else {
        MPI_Reduce(&value, &sum, 1, MPI_INT, MPI_SUM, root, inter);
        CHECK(root != MPI_ROOT || sum == others);
        MPI_Bcast(&value, 1, MPI_INT, root, inter);
    }
    MPI_Comm_free(&inter);
    MPI_Comm_free(&half);
}

/* A request outlives the handle of its communicator. */
static void of_a_freed_communicator(void)
{
    MPI_Comm copy;
    MPI_Request request;
    MPI_Info info;
    int value = 1, sum;
    MPI_Comm_dup(MPI_COMM_WORLD, &copy);
    MPI_Info_create(&info);
    MPI_Info_set(info, "mpi_reuse_count", "2");
    MPI_Allreduce_init_c(&value, &sum, 1, MPI_INT, MPI_SUM, copy, info, &request);
    MPI_Info_free(&info);
    MPI_Comm_free(&copy);
    for (int round = 0; round < 2; round++) {
        MPI_Start(&request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK_EQ(sum, size);
    }
    MPI_Request_free(&request);
}

static void wrong_arguments(void)
{
    MPI_Request request = MPI_REQUEST_NULL;
    CHECK_CLASS(MPI_Bcast_init(out, 1, MPI_INT, size, comm, MPI_INFO_NULL, &request), MPI_ERR_ROOT);
    CHECK_CLASS(MPI_Bcast_init(out, -1, MPI_INT, 0, comm, MPI_INFO_NULL, &request), MPI_ERR_COUNT);
    CHECK_CLASS(MPI_Barrier_init(MPI_COMM_NULL, MPI_INFO_NULL, &request), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Start(&request), MPI_ERR_REQUEST);
    MPI_Ibarrier(comm, &request);
    CHECK_CLASS(MPI_Start(&request), MPI_ERR_REQUEST);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
}

/* The same without the macro, so that every large-count form is called. */
static void large_counts(void)
{
    MPI_Count lengths[MOST];
    MPI_Aint ints[MOST], offsets[MOST];
    MPI_Request all[16];
    int n = 0, *o = out, *t = there;
    MPI_Info no = MPI_INFO_NULL;
    for (int r = 0; r < size; r++) {
        lengths[r] = 3;
        ints[r] = r * 4;
        offsets[r] = r * 16;
    }
    MPI_Bcast_init_c(t, 3, MPI_INT, 0, comm, no, &all[n++]);
    MPI_Gather_init_c(o, 3, MPI_INT, t, 3, MPI_INT, 0, comm, no, &all[n++]);
    MPI_Gatherv_init_c(o, 3, MPI_INT, t, lengths, ints, MPI_INT, 0, comm, no, &all[n++]);
    MPI_Scatter_init_c(o, 3, MPI_INT, t, 3, MPI_INT, 0, comm, no, &all[n++]);
    MPI_Scatterv_init_c(o, lengths, ints, MPI_INT, t, 3, MPI_INT, 0, comm, no, &all[n++]);
    MPI_Allgather_init_c(o, 3, MPI_INT, t, 3, MPI_INT, comm, no, &all[n++]);
    MPI_Allgatherv_init_c(o, 3, MPI_INT, t, lengths, ints, MPI_INT, comm, no, &all[n++]);
    MPI_Alltoall_init_c(o, 3, MPI_INT, t, 3, MPI_INT, comm, no, &all[n++]);
    MPI_Alltoallv_init_c(o, lengths, ints, MPI_INT, t, lengths, ints, MPI_INT, comm, no, &all[n++]);
    MPI_Alltoallw_init_c(o, lengths, offsets, types, t, lengths, offsets, types, comm, no, &all[n++]);
    MPI_Reduce_init_c(o, t, 3, MPI_INT, MPI_SUM, 0, comm, no, &all[n++]);
    MPI_Reduce_scatter_init_c(o, t, lengths, MPI_INT, MPI_SUM, comm, no, &all[n++]);
    MPI_Reduce_scatter_block_init_c(o, t, 3, MPI_INT, MPI_SUM, comm, no, &all[n++]);
    MPI_Scan_init_c(o, t, 3, MPI_INT, MPI_SUM, comm, no, &all[n++]);
    MPI_Exscan_init_c(o, t, 3, MPI_INT, MPI_SUM, comm, no, &all[n++]);
    for (int i = 0; i < n; i++) {
        fresh(i);
        MPI_Start(&all[i]);
        MPI_Wait(&all[i], MPI_STATUS_IGNORE);
        switch (i) {
        case 0: MPI_Bcast(here, 3, MPI_INT, 0, comm); break;
        case 1: MPI_Gather(o, 3, MPI_INT, here, 3, MPI_INT, 0, comm); break;
        case 2: MPI_Gatherv_c(o, 3, MPI_INT, here, lengths, ints, MPI_INT, 0, comm); break;
        case 3: MPI_Scatter(o, 3, MPI_INT, here, 3, MPI_INT, 0, comm); break;
        case 4: MPI_Scatterv_c(o, lengths, ints, MPI_INT, here, 3, MPI_INT, 0, comm); break;
        case 5: MPI_Allgather(o, 3, MPI_INT, here, 3, MPI_INT, comm); break;
        case 6: MPI_Allgatherv_c(o, 3, MPI_INT, here, lengths, ints, MPI_INT, comm); break;
        case 7: MPI_Alltoall(o, 3, MPI_INT, here, 3, MPI_INT, comm); break;
        case 8: MPI_Alltoallv_c(o, lengths, ints, MPI_INT, here, lengths, ints, MPI_INT, comm); break;
        case 9: MPI_Alltoallw_c(o, lengths, offsets, types, here, lengths, offsets, types, comm); break;
        case 10: MPI_Reduce(o, here, 3, MPI_INT, MPI_SUM, 0, comm); break;
        case 11: MPI_Reduce_scatter_c(o, here, lengths, MPI_INT, MPI_SUM, comm); break;
        case 12: MPI_Reduce_scatter_block(o, here, 3, MPI_INT, MPI_SUM, comm); break;
        case 13: MPI_Scan(o, here, 3, MPI_INT, MPI_SUM, comm); break;
        case 14: MPI_Exscan(o, here, 3, MPI_INT, MPI_SUM, comm); break;
        }
        same("(large count)", i);
        MPI_Request_free(&all[i]);
    }
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    for (int r = 0; r < size; r++) {
        counts[r] = r % 3 * 5;
        places[r] = r * 20;
        bytes[r] = places[r] * (int)sizeof(int);
        types[r] = MPI_INT;
    }
    for (int root = 0; root < size; root += 2)
        rooted(11, root);
    rooted(COUNT, size - 1);
    to_all(1);
    to_all(COUNT);
    arrays_are_copied();
    in_any_order();
    between_groups();
    of_a_freed_communicator();
    large_counts();
    wrong_arguments();
    return finish();
}
