// Grids, graphs and distributed graphs: what they say of neighbours, who belongs to them, and what is refused.
// ranks: 1 2 3 4 6
#include "check.h"

enum { MOST = 64 };

static int topology_of(MPI_Comm comm)
{
    int kind = 0;
    MPI_Topo_test(comm, &kind);
    return kind;
}

static int size_of(MPI_Comm comm)
{
    int members = 0;
    MPI_Comm_size(comm, &members);
    return members;
}

static int minimum(int a, int b)
{
    return a < b ? a : b;
}

/* A grid of 2 dimensions, the first of which is closed; in rows and columns; and its duplicate. */
static void grids(void)
{
    int dims[2] = {0, 0}, periods[2] = {1, 0}, got[2], closed[2], own[2], at[2], count, neighbor, source, dest;
    MPI_Comm grid, copy, row;
    MPI_Dims_create(size, 2, dims);
    CHECK(dims[0] * dims[1] == size && dims[0] >= dims[1]);
    MPI_Cart_create(MPI_COMM_WORLD, 2, dims, periods, 1, &grid);
    MPI_Cart_map(MPI_COMM_WORLD, 2, dims, periods, &neighbor);
    CHECK_EQ(topology_of(grid), MPI_CART);
    CHECK_EQ(topology_of(MPI_COMM_WORLD), MPI_UNDEFINED);
    int place;
    MPI_Comm_rank(grid, &place);
    CHECK_EQ(place, neighbor);

    MPI_Comm_dup(grid, &copy);
    MPI_Comm_free(&grid);
    MPI_Cartdim_get(copy, &count);
    CHECK_EQ(count, 2);
    MPI_Cart_get(copy, 2, got, closed, own);
    CHECK(memcmp(got, dims, sizeof got) == 0 && closed[0] == 1 && closed[1] == 0);
    for (int other = 0; other < size; other++) {
        MPI_Cart_coords(copy, other, 2, at);
        CHECK_EQ(at[0] * dims[1] + at[1], other);
        MPI_Cart_rank(copy, at, &neighbor);
        CHECK_EQ(neighbor, other);
        at[0] -= 3 * dims[0];
        MPI_Cart_rank(copy, at, &neighbor);
        CHECK_EQ(neighbor, other);
    }
    MPI_Cart_shift(copy, 0, 1, &source, &dest);
    CHECK_EQ(dest, (own[0] + 1) % dims[0] * dims[1] + own[1]);
    CHECK_EQ(source, (own[0] + dims[0] - 1) % dims[0] * dims[1] + own[1]);
    MPI_Cart_shift(copy, 1, -1, &source, &dest);
    CHECK_EQ(dest, own[1] == 0 ? MPI_PROC_NULL : place - 1);
    CHECK_EQ(source, own[1] == dims[1] - 1 ? MPI_PROC_NULL : place + 1);

    int remain[2] = {0, 1}, none[2] = {0, 0};
    MPI_Cart_sub(copy, remain, &row);
    CHECK_EQ(size_of(row), dims[1]);
    MPI_Cart_get(row, 1, got, closed, at);
    CHECK(got[0] == dims[1] && closed[0] == 0 && at[0] == own[1]);
    int sum = 0;
    MPI_Allreduce(&own[0], &sum, 1, MPI_INT, MPI_SUM, row);
    CHECK_EQ(sum, own[0] * dims[1]);
    MPI_Comm_free(&row);
    MPI_Cart_sub(copy, none, &row);
    MPI_Cartdim_get(row, &count);
    CHECK(count == 0 && size_of(row) == 1);
    MPI_Comm_free(&row);
    MPI_Comm_free(&copy);
}

/* Processes beyond the grid get nothing. A grid without dimensions has one process. */
static void small_grids(void)
{
    int dims[1] = {size > 1 ? size - 1 : 1}, periods[1] = {0}, place, one, dim;
    MPI_Comm grid;
    MPI_Cart_create(MPI_COMM_WORLD, 1, dims, periods, 0, &grid);
    MPI_Cart_map(MPI_COMM_WORLD, 1, dims, periods, &place);
    CHECK_EQ(grid != MPI_COMM_NULL, rank < dims[0]);
    CHECK_EQ(place, rank < dims[0] ? rank : MPI_UNDEFINED);
    if (grid != MPI_COMM_NULL) {
        CHECK_EQ(size_of(grid), dims[0]);
        MPI_Comm_free(&grid);
    }
    MPI_Cart_create(MPI_COMM_WORLD, 0, NULL, NULL, 0, &grid);
    CHECK_EQ(grid != MPI_COMM_NULL, rank == 0);
    if (grid != MPI_COMM_NULL) {
        MPI_Cart_rank(grid, &one, &place);
        MPI_Cartdim_get(grid, &dim);
        CHECK(place == 0 && dim == 0);
        MPI_Comm_free(&grid);
    }
}

/* A star, rank 0 in the middle, without the last process. */
static void graphs(void)
{
    int nodes = size > 1 ? size - 1 : 1, index[MOST], edges[MOST], got_index[MOST], got_edges[MOST], count, place;
    MPI_Comm star, copy;
    index[0] = nodes - 1;
    for (int leaf = 1; leaf < nodes; leaf++) {
        edges[leaf - 1] = leaf;
        edges[nodes - 2 + leaf] = 0;
        index[leaf] = index[leaf - 1] + 1;
    }
    MPI_Graph_create(MPI_COMM_WORLD, nodes, index, edges, 1, &star);
    MPI_Graph_map(MPI_COMM_WORLD, nodes, index, edges, &place);
    CHECK_EQ(place, rank < nodes ? rank : MPI_UNDEFINED);
    CHECK_EQ(star != MPI_COMM_NULL, rank < nodes);
    if (star != MPI_COMM_NULL) {
        CHECK_EQ(topology_of(star), MPI_GRAPH);
        MPI_Comm_dup(star, &copy);
        MPI_Comm_free(&star);
        int got_nodes, got_count;
        MPI_Graphdims_get(copy, &got_nodes, &got_count);
        CHECK(got_nodes == nodes && got_count == 2 * (nodes - 1));
        MPI_Graph_get(copy, MOST, MOST, got_index, got_edges);
        CHECK(memcmp(got_index, index, nodes * sizeof *index) == 0);
        CHECK(memcmp(got_edges, edges, got_count * sizeof *edges) == 0);
        for (int node = 0; node < nodes; node++) {
            MPI_Graph_neighbors_count(copy, node, &count);
            CHECK_EQ(count, node == 0 ? nodes - 1 : 1);
            MPI_Graph_neighbors(copy, node, count, got_edges);
            for (int i = 0; i < count; i++)
                CHECK_EQ(got_edges[i], node == 0 ? i + 1 : 0);
        }
        CHECK_CLASS(MPI_Graph_neighbors_count(copy, nodes, &count), MPI_ERR_RANK);
        CHECK_CLASS(MPI_Graph_get(copy, nodes - 1, MOST, got_index, got_edges), MPI_ERR_ARG);
        MPI_Comm_free(&copy);
    }
    MPI_Graph_create(MPI_COMM_WORLD, 0, NULL, NULL, 0, &star);
    CHECK(star == MPI_COMM_NULL);
}

/* Everybody has an edge to the next process and two to process 0, as they tell it themselves. */
static void adjacent_graphs(void)
{
    int destinations[3] = {(rank + 1) % size, 0, 0}, out_weights[3] = {rank, 10 + rank, 20 + rank};
    int sources[1 + 2 * MOST] = {(rank + size - 1) % size}, in_weights[1 + 2 * MOST] = {sources[0]}, in = 1;
    for (int from = 0; rank == 0 && from < size; from++)
        for (int copy = 1; copy <= 2; copy++) {
            sources[in] = from;
            in_weights[in++] = 10 * copy + from;
        }
    MPI_Comm graph, plain;
    MPI_Info info;
    MPI_Info_create(&info);
    MPI_Info_set(info, "mpi_assert_exact_length", "true");
    MPI_Dist_graph_create_adjacent(MPI_COMM_WORLD, in, sources, in_weights, 3, destinations, out_weights, info, 1,
                                   &graph);
    MPI_Info_free(&info);
    CHECK_EQ(topology_of(graph), MPI_DIST_GRAPH);
    char value[8];
    int room = sizeof value, found, indegree, outdegree, weighted;
    MPI_Comm_get_info(graph, &info);
    MPI_Info_get_string(info, "mpi_assert_exact_length", &room, value, &found);
    CHECK(found && strcmp(value, "true") == 0);
    MPI_Info_free(&info);

    MPI_Dist_graph_neighbors_count(graph, &indegree, &outdegree, &weighted);
    CHECK(indegree == in && outdegree == 3 && weighted == 1);
    int got_in[1 + 2 * MOST], got_out[3], weights_in[1 + 2 * MOST], weights_out[3];
    MPI_Dist_graph_neighbors(graph, in, got_in, weights_in, 3, got_out, weights_out);
    CHECK(memcmp(got_in, sources, in * sizeof *sources) == 0);
    CHECK(memcmp(weights_in, in_weights, in * sizeof *in_weights) == 0);
    CHECK(memcmp(got_out, destinations, sizeof got_out) == 0);
    CHECK(memcmp(weights_out, out_weights, sizeof weights_out) == 0);
    got_out[1] = weights_out[0] = -7;
    MPI_Dist_graph_neighbors(graph, 0, NULL, NULL, 1, got_out, MPI_UNWEIGHTED);
    CHECK(got_out[0] == destinations[0] && got_out[1] == -7 && weights_out[0] == -7);
    MPI_Comm_free(&graph);

    MPI_Dist_graph_create_adjacent(MPI_COMM_WORLD, 0, NULL, MPI_UNWEIGHTED, 0, NULL, MPI_UNWEIGHTED, MPI_INFO_NULL,
                                   0, &plain);
    MPI_Dist_graph_neighbors_count(plain, &indegree, &outdegree, &weighted);
    CHECK(indegree == 0 && outdegree == 0 && weighted == 0);
    MPI_Comm_free(&plain);
    MPI_Dist_graph_create_adjacent(MPI_COMM_WORLD, 0, NULL, MPI_WEIGHTS_EMPTY, 0, NULL, MPI_WEIGHTS_EMPTY,
                                   MPI_INFO_NULL, 0, &plain);
    MPI_Dist_graph_neighbors_count(plain, &indegree, &outdegree, &weighted);
    CHECK(indegree == 0 && outdegree == 0 && weighted == 1);
    MPI_Comm_free(&plain);
}

/* The last process tells all edges of a ring and a second one from 0 to 1; the others tell none. */
static void told_graphs(void)
{
    int sources[MOST + 1], degrees[MOST + 1], destinations[MOST + 1], weights[MOST + 1];
    int n = rank == size - 1 ? size + 1 : 0;
    for (int i = 0; i < size; i++) {
        sources[i] = i;
        degrees[i] = 1;
        destinations[i] = (i + 1) % size;
        weights[i] = 100 + i;
    }
    sources[size] = 0;
    degrees[size] = 1;
    destinations[size] = 1 % size;
    weights[size] = 7;
    MPI_Comm graph, copy;
    MPI_Dist_graph_create(MPI_COMM_WORLD, n, sources, degrees, destinations, n ? weights : MPI_WEIGHTS_EMPTY,
                          MPI_INFO_NULL, 0, &graph);
    MPI_Comm_dup(graph, &copy);
    MPI_Comm_free(&graph);
    int in, out, weighted, got_in[2], got_out[2], weights_in[2], weights_out[2];
    MPI_Dist_graph_neighbors_count(copy, &in, &out, &weighted);
    CHECK(in == (rank == 1 % size ? 2 : 1) && out == (rank == 0 ? 2 : 1) && weighted);
    MPI_Dist_graph_neighbors(copy, in, got_in, weights_in, out, got_out, weights_out);
    int before = (rank + size - 1) % size;
    CHECK(got_in[0] == before && weights_in[0] == 100 + before);
    CHECK(got_out[0] == (rank + 1) % size && weights_out[0] == 100 + rank);
    if (out == 2)
        CHECK(got_out[1] == 1 % size && weights_out[1] == 7);
    if (in == 2)
        CHECK(got_in[1] == 0 && weights_in[1] == 7);
    MPI_Comm_free(&copy);

    MPI_Dist_graph_create(MPI_COMM_WORLD, minimum(n, size), sources, degrees, destinations, MPI_UNWEIGHTED,
                          MPI_INFO_NULL, 0, &graph);
    MPI_Dist_graph_neighbors_count(graph, &in, &out, &weighted);
    CHECK(in == 1 && out == 1 && !weighted);
    MPI_Comm_free(&graph);
}

/* What is wrong on every rank is refused before anybody waits. */
static void errors(void)
{
    int dims[2] = {size, 2}, zero[1] = {0}, open[2] = {0, 0}, one[1] = {1}, two[2] = {2, 1}, value, other;
    MPI_Comm made, grid;
    made = MPI_COMM_WORLD;
    CHECK_CLASS(MPI_Cart_create(MPI_COMM_WORLD, 2, dims, open, 0, &made), MPI_ERR_DIMS);
    CHECK(made == MPI_COMM_NULL);
    CHECK_CLASS(MPI_Cart_create(MPI_COMM_WORLD, 1, zero, open, 0, &made), MPI_ERR_DIMS);
    CHECK_CLASS(MPI_Cart_create(MPI_COMM_WORLD, -1, zero, open, 0, &made), MPI_ERR_DIMS);
    CHECK_CLASS(MPI_Cart_create(MPI_COMM_WORLD, 1, NULL, open, 0, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Cart_create(MPI_COMM_WORLD, 1, one, open, 0, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Cart_create(MPI_COMM_NULL, 1, one, open, 0, &made), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Cart_map(MPI_COMM_WORLD, 2, dims, open, &value), MPI_ERR_DIMS);
    /* No error, but a grid without places. */
    CHECK_EQ(MPI_Cart_map(MPI_COMM_WORLD, 1, zero, open, &value), MPI_SUCCESS);
    CHECK_EQ(value, MPI_UNDEFINED);
    CHECK_CLASS(MPI_Graph_create(MPI_COMM_WORLD, 2, two, one, 0, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Graph_create(MPI_COMM_WORLD, size + 1, dims, one, 0, &made), MPI_ERR_ARG);
    int bad[1] = {size};
    CHECK_CLASS(MPI_Graph_create(MPI_COMM_WORLD, 1, one, bad, 0, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Graph_map(MPI_COMM_WORLD, 1, one, bad, &value), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Dist_graph_create_adjacent(MPI_COMM_WORLD, 1, bad, MPI_UNWEIGHTED, 0, NULL, MPI_UNWEIGHTED,
                                               MPI_INFO_NULL, 0, &made),
                MPI_ERR_RANK);
    CHECK_CLASS(MPI_Dist_graph_create_adjacent(MPI_COMM_WORLD, 1, zero, MPI_WEIGHTS_EMPTY, 0, NULL,
                                               MPI_WEIGHTS_EMPTY, MPI_INFO_NULL, 0, &made),
                MPI_ERR_ARG);
    CHECK_CLASS(MPI_Dist_graph_create(MPI_COMM_WORLD, 1, zero, one, bad, MPI_UNWEIGHTED, MPI_INFO_NULL, 0, &made),
                MPI_ERR_RANK);
    int negative[1] = {-1};
    CHECK_CLASS(MPI_Dist_graph_create(MPI_COMM_WORLD, 1, zero, one, zero, negative, MPI_INFO_NULL, 0, &made),
                MPI_ERR_ARG);
    CHECK_CLASS(MPI_Dist_graph_create(MPI_COMM_WORLD, 1, zero, negative, zero, one, MPI_INFO_NULL, 0, &made),
                MPI_ERR_ARG);

    CHECK_CLASS(MPI_Cartdim_get(MPI_COMM_WORLD, &value), MPI_ERR_TOPOLOGY);
    CHECK_CLASS(MPI_Graphdims_get(MPI_COMM_WORLD, &value, &other), MPI_ERR_TOPOLOGY);
    CHECK_CLASS(MPI_Dist_graph_neighbors_count(MPI_COMM_WORLD, &value, &other, one), MPI_ERR_TOPOLOGY);
    int line[1] = {size};
    MPI_Cart_create(MPI_COMM_WORLD, 1, line, open, 0, &grid);
    MPI_Comm_set_errhandler(grid, MPI_ERRORS_RETURN);
    int code = MPI_Graph_neighbors_count(grid, 0, &value);
    CHECK_CLASS(code, MPI_ERR_TOPOLOGY);
    CHECK_WORD(code, "Cartesian");
    CHECK_CLASS(MPI_Cart_rank(grid, line, &value), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Cart_coords(grid, size, 1, &value), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Cart_coords(grid, 0, 0, &value), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Cart_shift(grid, 1, 1, &value, &other), MPI_ERR_DIMS);
    CHECK_CLASS(MPI_Cart_sub(grid, NULL, &made), MPI_ERR_ARG);
    MPI_Comm_free(&grid);

    /* Ranks that disagree all hear of it. */
    if (size > 1) {
        int periods[1] = {rank == 0};
        CHECK_CLASS(MPI_Cart_create(MPI_COMM_WORLD, 1, line, periods, 0, &made), MPI_ERR_NOT_SAME);
        CHECK_CLASS(MPI_Dist_graph_create(MPI_COMM_WORLD, 1, zero, one, zero, rank ? MPI_UNWEIGHTED : one,
                                          MPI_INFO_NULL, 0, &made),
                    MPI_ERR_NOT_SAME);
    }
}

static void intercommunicators(void)
{
    MPI_Comm part, inter, made;
    int line[1] = {1}, open[1] = {0};
    MPI_Comm_split(MPI_COMM_WORLD, rank % 2, 0, &part);
    MPI_Intercomm_create(part, 0, MPI_COMM_WORLD, 1 - rank % 2, 3, &inter);
    MPI_Comm_set_errhandler(inter, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Cart_create(inter, 1, line, open, 0, &made), MPI_ERR_COMM);
    CHECK_EQ(topology_of(inter), MPI_UNDEFINED);
    MPI_Comm_free(&inter);
    MPI_Comm_free(&part);
}

static void dimensions(void)
{
    int dims[3] = {0, 3, 0}, full[2] = {2, 3}, wrong[2] = {4, 0};
    MPI_Dims_create(6, 3, dims);
    CHECK(dims[0] == 2 && dims[1] == 3 && dims[2] == 1);
    MPI_Dims_create(6, 2, full);
    CHECK(full[0] == 2 && full[1] == 3);
    CHECK_CLASS(MPI_Dims_create(6, 2, wrong), MPI_ERR_DIMS);
    CHECK(wrong[0] == 4 && wrong[1] == 0);
    CHECK_CLASS(MPI_Dims_create(0, 2, dims), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Dims_create(4, -1, dims), MPI_ERR_DIMS);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    grids();
    small_grids();
    graphs();
    adjacent_graphs();
    told_graphs();
    errors();
    if (size > 1)
        intercommunicators();
    dimensions();
    return finish();
}
