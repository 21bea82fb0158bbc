// Neighbourhood collectives in all their forms, over grids with borders, rings of 1 and 2, graphs with double edges.
// ranks: 1 2 3 4 6
#include "check.h"

enum { MOST = 16, UNTOUCHED = -1 };

/* A neighbourhood, and what it is to receive. */
struct Hood {
    MPI_Comm comm;
    int in, out;
    /* The rank that block i comes from, and which of that rank's blocks it is; UNTOUCHED without a neighbour. */
    int from[MOST], block[MOST];
};

/* Of block `index` that `sender` sends. */
static int content(int sender, int index)
{
    return 100 * sender + index;
}

/* Blocks are two ints, and block i lies at place[i]. Its elements have to be the expected ones, or untouched. */
static void verify(const char *what, const struct Hood *hood, const int *got, const int *place, int gathered)
{
    for (int i = 0; i < hood->in; i++) {
        int expected = content(hood->from[i], gathered ? 0 : hood->block[i]);
        if (hood->from[i] == UNTOUCHED)
            expected = UNTOUCHED;
        for (int element = 0; element < 2; element++) {
            int value = got[2 * place[i] + element];
            if (value != expected) {
                failures++;
                fprintf(stderr, "rank %d of %d: %s: element %d of block %d is %d, not %d\n", rank, size, what,
                        element, i, value, expected);
            }
        }
    }
}

static int received[2 * MOST];

static void clear(void)
{
    for (int i = 0; i < 2 * MOST; i++)
        received[i] = UNTOUCHED;
}

/* Runs one call and looks at what has come. */
#define EXPECT(call, place, gathered)                                                          \
    do {                                                                                       \
        clear();                                                                               \
        CHECK_EQ(call, MPI_SUCCESS);                                                           \
        verify(#call, hood, received, place, gathered);                                        \
    } while (0)

/* Runs a call that starts, and waits. */
#define EXPECT_STARTED(call, place, gathered)                                                  \
    do {                                                                                       \
        MPI_Request request;                                                                   \
        clear();                                                                               \
        CHECK_EQ(call, MPI_SUCCESS);                                                           \
        MPI_Wait(&request, MPI_STATUS_IGNORE);                                                 \
        CHECK(request == MPI_REQUEST_NULL);                                                    \
        verify(#call, hood, received, place, gathered);                                        \
    } while (0)

/* Runs a call that makes a persistent request, and starts that twice. */
#define EXPECT_TWICE(call, place, gathered)                                                    \
    do {                                                                                       \
        MPI_Request request;                                                                   \
        CHECK_EQ(call, MPI_SUCCESS);                                                           \
        for (int round = 0; round < 2; round++) {                                              \
            clear();                                                                           \
            MPI_Start(&request);                                                               \
            MPI_Wait(&request, MPI_STATUS_IGNORE);                                             \
            verify(#call, hood, received, place, gathered);                                    \
        }                                                                                      \
        MPI_Request_free(&request);                                                            \
    } while (0)

static void gathers(const struct Hood *hood)
{
    int own[2] = {content(rank, 0), content(rank, 0)}, straight[MOST], reversed[MOST], counts[MOST], displs[MOST];
    MPI_Count large_counts[MOST];
    MPI_Aint large_displs[MOST];
    MPI_Comm comm = hood->comm;
    for (int i = 0; i < hood->in; i++) {
        straight[i] = i;
        reversed[i] = hood->in - 1 - i;
        large_counts[i] = counts[i] = 2;
        large_displs[i] = displs[i] = 2 * reversed[i];
    }
    EXPECT(MPI_Neighbor_allgather(own, 2, MPI_INT, received, 2, MPI_INT, comm), straight, 1);
    EXPECT(MPI_Neighbor_allgather_c(own, 2, MPI_INT, received, 2, MPI_INT, comm), straight, 1);
    EXPECT_STARTED(MPI_Ineighbor_allgather(own, 2, MPI_INT, received, 2, MPI_INT, comm, &request), straight, 1);
    EXPECT_STARTED(MPI_Ineighbor_allgather_c(own, 2, MPI_INT, received, 2, MPI_INT, comm, &request), straight, 1);
    EXPECT(MPI_Neighbor_allgatherv(own, 2, MPI_INT, received, counts, displs, MPI_INT, comm), reversed, 1);
    EXPECT(MPI_Neighbor_allgatherv_c(own, 2, MPI_INT, received, large_counts, large_displs, MPI_INT, comm), reversed,
           1);
    EXPECT_STARTED(MPI_Ineighbor_allgatherv(own, 2, MPI_INT, received, counts, displs, MPI_INT, comm, &request),
                   reversed, 1);
    EXPECT_STARTED(MPI_Ineighbor_allgatherv_c(own, 2, MPI_INT, received, large_counts, large_displs, MPI_INT, comm,
                                              &request),
                   reversed, 1);
    MPI_Info no = MPI_INFO_NULL;
    EXPECT_TWICE(MPI_Neighbor_allgather_init(own, 2, MPI_INT, received, 2, MPI_INT, comm, no, &request), straight, 1);
    EXPECT_TWICE(MPI_Neighbor_allgather_init_c(own, 2, MPI_INT, received, 2, MPI_INT, comm, no, &request), straight,
                 1);
    EXPECT_TWICE(MPI_Neighbor_allgatherv_init(own, 2, MPI_INT, received, counts, displs, MPI_INT, comm, no, &request),
                 reversed, 1);
    EXPECT_TWICE(MPI_Neighbor_allgatherv_init_c(own, 2, MPI_INT, received, large_counts, large_displs, MPI_INT, comm,
                                                no, &request),
                 reversed, 1);
}

static void exchanges(const struct Hood *hood, MPI_Datatype pair)
{
    int own[2 * MOST], turned[2 * MOST], straight[MOST], reversed[MOST];
    int sendcounts[MOST], sdispls[MOST], recvcounts[MOST], rdispls[MOST];
    MPI_Count large_sends[MOST], large_recvs[MOST];
    MPI_Aint large_sdispls[MOST], large_rdispls[MOST], sbytes[MOST], rbytes[MOST];
    MPI_Datatype sendtypes[MOST], recvtypes[MOST];
    MPI_Comm comm = hood->comm;
    for (int i = 0; i < hood->out; i++) {
        int place = hood->out - 1 - i;
        own[2 * i] = own[2 * i + 1] = turned[2 * place] = turned[2 * place + 1] = content(rank, i);
        large_sends[i] = sendcounts[i] = 2;
        large_sdispls[i] = sdispls[i] = 2 * place;
        sendtypes[i] = MPI_INT;
        sbytes[i] = 2 * place * (MPI_Aint)sizeof(int);
    }
    for (int i = 0; i < hood->in; i++) {
        straight[i] = i;
        reversed[i] = hood->in - 1 - i;
        recvcounts[i] = 2;
        rdispls[i] = 2 * reversed[i];
        large_rdispls[i] = reversed[i];
        large_recvs[i] = 1;
        recvtypes[i] = pair;
        rbytes[i] = 2 * reversed[i] * (MPI_Aint)sizeof(int);
    }
    EXPECT(MPI_Neighbor_alltoall(own, 2, MPI_INT, received, 1, pair, comm), straight, 0);
    EXPECT(MPI_Neighbor_alltoall_c(own, 1, pair, received, 2, MPI_INT, comm), straight, 0);
    EXPECT_STARTED(MPI_Ineighbor_alltoall(own, 2, MPI_INT, received, 2, MPI_INT, comm, &request), straight, 0);
    EXPECT_STARTED(MPI_Ineighbor_alltoall_c(own, 2, MPI_INT, received, 2, MPI_INT, comm, &request), straight, 0);
    EXPECT(MPI_Neighbor_alltoallv(turned, sendcounts, sdispls, MPI_INT, received, recvcounts, rdispls, MPI_INT, comm),
           reversed, 0);
    EXPECT(MPI_Neighbor_alltoallv_c(turned, large_sends, large_sdispls, MPI_INT, received, large_recvs,
                                    large_rdispls, pair, comm),
           reversed, 0);
    EXPECT_STARTED(MPI_Ineighbor_alltoallv(turned, sendcounts, sdispls, MPI_INT, received, recvcounts, rdispls,
                                           MPI_INT, comm, &request),
                   reversed, 0);
    EXPECT_STARTED(MPI_Ineighbor_alltoallv_c(turned, large_sends, large_sdispls, MPI_INT, received, large_recvs,
                                             large_rdispls, pair, comm, &request),
                   reversed, 0);
    MPI_Info no = MPI_INFO_NULL;
    EXPECT_TWICE(MPI_Neighbor_alltoall_init(own, 2, MPI_INT, received, 2, MPI_INT, comm, no, &request), straight, 0);
    EXPECT_TWICE(MPI_Neighbor_alltoall_init_c(own, 2, MPI_INT, received, 2, MPI_INT, comm, no, &request), straight,
                 0);
    EXPECT_TWICE(MPI_Neighbor_alltoallv_init(turned, sendcounts, sdispls, MPI_INT, received, recvcounts, rdispls,
                                             MPI_INT, comm, no, &request),
                 reversed, 0);
    EXPECT_TWICE(MPI_Neighbor_alltoallv_init_c(turned, large_sends, large_sdispls, MPI_INT, received, large_recvs,
                                               large_rdispls, pair, comm, no, &request),
                 reversed, 0);
    for (int i = 0; i < hood->in; i++)
        recvcounts[i] = 1;
    EXPECT_TWICE(MPI_Neighbor_alltoallw_init(turned, sendcounts, sbytes, sendtypes, received, recvcounts, rbytes,
                                             recvtypes, comm, no, &request),
                 reversed, 0);
    EXPECT_TWICE(MPI_Neighbor_alltoallw_init_c(turned, large_sends, sbytes, sendtypes, received, large_recvs, rbytes,
                                               recvtypes, comm, no, &request),
                 reversed, 0);
    EXPECT(MPI_Neighbor_alltoallw(turned, sendcounts, sbytes, sendtypes, received, recvcounts, rbytes, recvtypes,
                                  comm),
           reversed, 0);
    EXPECT(MPI_Neighbor_alltoallw_c(turned, large_sends, sbytes, sendtypes, received, large_recvs, rbytes, recvtypes,
                                    comm),
           reversed, 0);
    EXPECT_STARTED(MPI_Ineighbor_alltoallw(turned, sendcounts, sbytes, sendtypes, received, recvcounts, rbytes,
                                           recvtypes, comm, &request),
                   reversed, 0);
    EXPECT_STARTED(MPI_Ineighbor_alltoallw_c(turned, large_sends, sbytes, sendtypes, received, large_recvs, rbytes,
                                             recvtypes, comm, &request),
                   reversed, 0);
}

static void all_forms(struct Hood *hood)
{
    MPI_Datatype pair;
    MPI_Type_contiguous(2, MPI_INT, &pair);
    MPI_Type_commit(&pair);
    gathers(hood);
    exchanges(hood, pair);
    MPI_Type_free(&pair);
    MPI_Comm_free(&hood->comm);
}

/* What leaves in one direction arrives from the other, also where both neighbours are one process. */
static void grid(int ndims, const int *dims, const int *periods)
{
    struct Hood hood = {.in = 2 * ndims, .out = 2 * ndims};
    MPI_Cart_create(MPI_COMM_WORLD, ndims, dims, periods, 0, &hood.comm);
    for (int d = 0; d < ndims; d++) {
        int below, above;
        MPI_Cart_shift(hood.comm, d, 1, &below, &above);
        hood.from[2 * d] = below == MPI_PROC_NULL ? UNTOUCHED : below;
        hood.from[2 * d + 1] = above == MPI_PROC_NULL ? UNTOUCHED : above;
        hood.block[2 * d] = 2 * d + 1;
        hood.block[2 * d + 1] = 2 * d;
    }
    all_forms(&hood);
}

static void grids(void)
{
    int line[1] = {size}, open[3] = {0, 0, 0}, closed[3] = {1, 1, 1}, mixed[3] = {1, 0, 1};
    int flat[2] = {size, 1}, cube[3] = {0, 0, 0}, standing[2] = {1, size};
    grid(1, line, open);
    grid(1, line, closed);
    grid(2, flat, closed);
    grid(2, standing, closed);
    grid(2, standing, open);
    MPI_Dims_create(size, 3, cube);
    grid(3, cube, mixed);
    grid(3, cube, closed);
}

/* A ring in which everybody is twice its own neighbour, too: each copy of an edge has its own block. */
static void graph(void)
{
    struct Hood hood = {.in = 4, .out = 4};
    int index[MOST], edges[4 * MOST];
    for (int node = 0; node < size; node++) {
        int all[4] = {node, (node + size - 1) % size, node, (node + 1) % size};
        memcpy(edges + 4 * node, all, sizeof all);
        index[node] = 4 * (node + 1);
    }
    MPI_Graph_create(MPI_COMM_WORLD, size, index, edges, 0, &hood.comm);
    /* The n-th edge to a process brings the n-th block that it sends here. */
    for (int i = 0; i < 4; i++) {
        int other = edges[4 * rank + i], nth = 0;
        for (int before = 0; before < i; before++)
            nth += edges[4 * rank + before] == other;
        hood.from[i] = other;
        for (int j = 0; j < 4; j++)
            if (edges[4 * other + j] == rank && nth-- == 0)
                hood.block[i] = j;
    }
    all_forms(&hood);
}

/* Everybody sends to the next process twice and to process 0; nobody has as many sources as destinations. */
static void dist_graph(void)
{
    int destinations[3] = {(rank + 1) % size, 0, (rank + 1) % size}, degree = 3, sources[1] = {rank}, in, out, w;
    struct Hood hood;
    MPI_Dist_graph_create(MPI_COMM_WORLD, 1, sources, &degree, destinations, MPI_UNWEIGHTED, MPI_INFO_NULL, 1,
                          &hood.comm);
    MPI_Dist_graph_neighbors_count(hood.comm, &in, &out, &w);
    int got[MOST], ignored[MOST];
    MPI_Dist_graph_neighbors(hood.comm, in, got, MPI_UNWEIGHTED, out, ignored, MPI_UNWEIGHTED);
    CHECK(out == 3 && memcmp(ignored, destinations, sizeof destinations) == 0);
    hood.in = in;
    hood.out = out;
    for (int i = 0; i < in; i++) {
        int nth = 0, other[3] = {(got[i] + 1) % size, 0, (got[i] + 1) % size};
        for (int before = 0; before < i; before++)
            nth += got[before] == got[i];
        hood.from[i] = got[i];
        for (int j = 0; j < 3; j++)
            if (other[j] == rank && nth-- == 0)
                hood.block[i] = j;
    }
    all_forms(&hood);
}

static void errors(void)
{
    int line[1] = {size}, open[1] = {0}, own[4] = {0, 0, 0, 0};
    MPI_Comm grid;
    MPI_Request request;
    int code = MPI_Neighbor_allgather(own, 1, MPI_INT, received, 1, MPI_INT, MPI_COMM_WORLD);
    CHECK_CLASS(code, MPI_ERR_TOPOLOGY);
    CHECK_WORD(code, "MPI_Cart_create");
    MPI_Cart_create(MPI_COMM_WORLD, 1, line, open, 0, &grid);
    MPI_Comm_set_errhandler(grid, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Neighbor_alltoall(MPI_IN_PLACE, 1, MPI_INT, received, 1, MPI_INT, grid), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Neighbor_allgather(own, -1, MPI_INT, received, 1, MPI_INT, grid), MPI_ERR_COUNT);
    CHECK_CLASS(MPI_Neighbor_alltoall(own, 1, MPI_INT, received, 1, MPI_DATATYPE_NULL, grid), MPI_ERR_TYPE);
    CHECK_CLASS(MPI_Neighbor_alltoallv(own, NULL, own, MPI_INT, received, own, own, MPI_INT, grid), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Ineighbor_alltoallv(own, own, own, MPI_INT, received, own, NULL, MPI_INT, grid, &request),
                MPI_ERR_ARG);
    CHECK_CLASS(MPI_Ineighbor_allgather(own, 1, MPI_INT, received, 1, MPI_INT, grid, NULL), MPI_ERR_ARG);
    MPI_Comm_free(&grid);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    grids();
    graph();
    dist_graph();
    errors();
    return finish();
}
