// Every blocking collective, for every MPI library: collectives [LARGEST [OPERATION]]. It prints lines `OPERATION
// BYTES MICROSECONDS`: the time of one call when all ranks call it again and again. Bytes are those of one rank's
// block, or of the vector of a reduction. Roots take turns, so that no root runs ahead of the others, and buffers are
// touched between calls. The first calls of every operation are checked.
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 4 };
static const double SECONDS = 0.06;

static int rank, size, failures;
static char *out, *in;
static int *counts, *displacements, *whole_counts;
static MPI_Datatype *types;

/* What rank `from` sends to rank `to` in call `call`, or gives to everybody. */
static double value(int from, int to, int call)
{
    return 1 + from * 3 + to * 5 + call % 7;
}

static void put(int block, long elements, double first)
{
    double *data = (double *)out + block * elements;
    data[0] = data[elements - 1] = first;
}

static void expect(const char *what, long index, double wanted)
{
    double found = ((double *)in)[index];
    if (found != wanted && failures++ < 4)
        fprintf(stderr, "rank %d of %d: %s gave %g at %ld, not %g\n", rank, size, what, found, index, wanted);
}

/* First and last element of a block. */
static void expect_block(const char *what, int block, long elements, double wanted)
{
    expect(what, block * elements, wanted);
    expect(what, (block + 1) * elements - 1, wanted);
}

typedef void Operation(const char *name, long elements, int call, int check);

static void barrier(const char *name, long elements, int call, int check)
{
    (void)name, (void)elements, (void)call, (void)check;
    MPI_Barrier(MPI_COMM_WORLD);
}

static void bcast(const char *name, long n, int call, int check)
{
    int root = call % size;
    double *data = (double *)in;
    if (rank == root)
        data[0] = data[n - 1] = value(root, 0, call);
    MPI_Bcast(in, (int)n, MPI_DOUBLE, root, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, value(root, 0, call));
}

static void check_gathered(const char *name, long n, int call, int mine, int check)
{
    for (int from = 0; from < size && mine && check; from++)
        expect_block(name, from, n, value(from, 0, call));
}

static void gather(const char *name, long n, int call, int check)
{
    int root = call % size;
    put(0, n, value(rank, 0, call));
    MPI_Gather(out, (int)n, MPI_DOUBLE, in, (int)n, MPI_DOUBLE, root, MPI_COMM_WORLD);
    check_gathered(name, n, call, rank == root, check);
}

static void gatherv(const char *name, long n, int call, int check)
{
    int root = call % size;
    put(0, n, value(rank, 0, call));
    MPI_Gatherv(out, (int)n, MPI_DOUBLE, in, counts, displacements, MPI_DOUBLE, root, MPI_COMM_WORLD);
    check_gathered(name, n, call, rank == root, check);
}

static void scatter(const char *name, long n, int call, int check)
{
    int root = call % size;
    for (int to = 0; to < size && rank == root; to++)
        put(to, n, value(root, to, call));
    MPI_Scatter(out, (int)n, MPI_DOUBLE, in, (int)n, MPI_DOUBLE, root, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, value(root, rank, call));
}

static void scatterv(const char *name, long n, int call, int check)
{
    int root = call % size;
    for (int to = 0; to < size && rank == root; to++)
        put(to, n, value(root, to, call));
    MPI_Scatterv(out, counts, displacements, MPI_DOUBLE, in, (int)n, MPI_DOUBLE, root, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, value(root, rank, call));
}

static void allgather(const char *name, long n, int call, int check)
{
    put(0, n, value(rank, 0, call));
    MPI_Allgather(out, (int)n, MPI_DOUBLE, in, (int)n, MPI_DOUBLE, MPI_COMM_WORLD);
    check_gathered(name, n, call, 1, check);
}

static void allgatherv(const char *name, long n, int call, int check)
{
    put(0, n, value(rank, 0, call));
    MPI_Allgatherv(out, (int)n, MPI_DOUBLE, in, counts, displacements, MPI_DOUBLE, MPI_COMM_WORLD);
    check_gathered(name, n, call, 1, check);
}

static void put_all(long n, int call)
{
    for (int to = 0; to < size; to++)
        put(to, n, value(rank, to, call));
}

static void check_exchanged(const char *name, long n, int call, int check)
{
    for (int from = 0; from < size && check; from++)
        expect_block(name, from, n, value(from, rank, call));
}

static void alltoall(const char *name, long n, int call, int check)
{
    put_all(n, call);
    MPI_Alltoall(out, (int)n, MPI_DOUBLE, in, (int)n, MPI_DOUBLE, MPI_COMM_WORLD);
    check_exchanged(name, n, call, check);
}

static void alltoallv(const char *name, long n, int call, int check)
{
    put_all(n, call);
    MPI_Alltoallv(out, counts, displacements, MPI_DOUBLE, in, counts, displacements, MPI_DOUBLE, MPI_COMM_WORLD);
    check_exchanged(name, n, call, check);
}

static void alltoallw(const char *name, long n, int call, int check)
{
    put_all(n, call);
    MPI_Alltoallw(out, counts, whole_counts, types, in, counts, whole_counts, types, MPI_COMM_WORLD);
    check_exchanged(name, n, call, check);
}

/* What ranks 0 to `upto` add up to, of what they gave for `to`. */
static double sum(int upto, int to, int call)
{
    double total = 0;
    for (int from = 0; from < upto; from++)
        total += value(from, to, call);
    return total;
}

static void reduce(const char *name, long n, int call, int check)
{
    int root = call % size;
    put(0, n, value(rank, 0, call));
    MPI_Reduce(out, in, (int)n, MPI_DOUBLE, MPI_SUM, root, MPI_COMM_WORLD);
    if (check && rank == root)
        expect_block(name, 0, n, sum(size, 0, call));
}

static void allreduce(const char *name, long n, int call, int check)
{
    put(0, n, value(rank, 0, call));
    MPI_Allreduce(out, in, (int)n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, sum(size, 0, call));
}

static void reduce_scatter(const char *name, long n, int call, int check)
{
    put_all(n, call);
    MPI_Reduce_scatter(out, in, counts, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, sum(size, rank, call));
}

static void reduce_scatter_block(const char *name, long n, int call, int check)
{
    put_all(n, call);
    MPI_Reduce_scatter_block(out, in, (int)n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, sum(size, rank, call));
}

static void scan(const char *name, long n, int call, int check)
{
    put(0, n, value(rank, 0, call));
    MPI_Scan(out, in, (int)n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    if (check)
        expect_block(name, 0, n, sum(rank + 1, 0, call));
}

static void exscan(const char *name, long n, int call, int check)
{
    put(0, n, value(rank, 0, call));
    MPI_Exscan(out, in, (int)n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    if (check && rank > 0)
        expect_block(name, 0, n, sum(rank, 0, call));
}

/* With more ranks than processors some libraries need seconds for one call: the clock decides how many are made. A
   barrier ends each run of calls, for ranks that only send would be ahead. */
static double run(const char *name, Operation *operation, long elements, int calls)
{
    MPI_Barrier(MPI_COMM_WORLD);
    double begun = MPI_Wtime();
    for (int call = 0; call < calls; call++)
        operation(name, elements, call, 0);
    MPI_Barrier(MPI_COMM_WORLD);
    double seconds = MPI_Wtime() - begun;
    MPI_Bcast(&seconds, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    return seconds;
}

static void measure(const char *name, Operation *operation, long bytes)
{
    long elements = bytes / (long)sizeof(double);
    for (int other = 0; other < size; other++) {
        counts[other] = (int)elements;
        displacements[other] = (int)(other * elements);
        whole_counts[other] = (int)(other * bytes);
    }
    for (int call = 0; call < 2; call++)
        operation(name, elements, call, 1);
    /* Twice as many until it takes a while; the last run counts. */
    int calls = 1;
    double seconds = run(name, operation, elements, calls);
    while (seconds < SECONDS && calls < 1 << 16) {
        calls = seconds < SECONDS / 16 ? calls * 8 : calls * 2;
        seconds = run(name, operation, elements, calls);
    }
    if (rank == 0) {
        printf("%s %ld %.4f\n", name, bytes, seconds * 1e6 / calls);
        fflush(stdout);
    }
}

static const struct {
    const char *name;
    Operation *operation;
} OPERATIONS[] = {
    {"barrier", barrier},     {"bcast", bcast},
    {"gather", gather},       {"gatherv", gatherv},
    {"scatter", scatter},     {"scatterv", scatterv},
    {"allgather", allgather}, {"allgatherv", allgatherv},
    {"alltoall", alltoall},   {"alltoallv", alltoallv},
    {"alltoallw", alltoallw}, {"reduce", reduce},
    {"allreduce", allreduce}, {"reduce_scatter", reduce_scatter},
    {"scan", scan},           {"reduce_scatter_block", reduce_scatter_block},
    {"exscan", exscan},
};

int main(int argc, char **argv)
{
    static const long BYTES[SIZES] = {8, 1 << 10, 1 << 16, 1 << 20};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    long largest = argc > 1 ? atol(argv[1]) : BYTES[SIZES - 1];
    const char *only = argc > 2 ? argv[2] : NULL;
    out = malloc(size * largest);
    in = malloc(size * largest);
    memset(out, 0, size * largest);
    memset(in, 0, size * largest);
    counts = malloc(size * sizeof *counts);
    displacements = malloc(size * sizeof *displacements);
    whole_counts = malloc(size * sizeof *whole_counts);
    types = malloc(size * sizeof *types);
    for (int other = 0; other < size; other++)
        types[other] = MPI_DOUBLE;
    for (size_t index = 0; index < sizeof OPERATIONS / sizeof *OPERATIONS; index++) {
        if (only && strcmp(only, OPERATIONS[index].name) != 0)
            continue;
        for (int place = 0; place < SIZES && BYTES[place] <= largest; place++)
            if (place == 0 || OPERATIONS[index].operation != barrier)
                measure(OPERATIONS[index].name, OPERATIONS[index].operation, BYTES[place]);
    }
    int all = 0;
    MPI_Allreduce(&failures, &all, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    MPI_Finalize();
    return all != 0;
}
