// What a rank of many costs in memory, once it has taken part in collectives of all kinds: at most 4 MiB more than the
// program itself. Rank 0 prints how much it is.
// ranks: 2 64
// limit: 60
#include "check.h"

enum { ELEMENTS = 256, MOST_KIB = 4096 };

/* This process's share of all memory that it uses, in KiB; -1 where the system does not say. */
static long share_kib(void)
{
    char line[256];
    long kib = -1;
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Pss: %ld", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib;
}

static void report(const char *when, long before)
{
    long more = before < 0 ? 0 : share_kib() - before, most;
    MPI_Allreduce(&more, &most, 1, MPI_LONG, MPI_MAX, MPI_COMM_WORLD);
    CHECK(most <= MOST_KIB);
    if (rank == 0)
        printf("%d ranks, %s: %ld KiB more than the program\n", size, when, most);
}

int main(int argc, char **argv)
{
    long before = share_kib();
    begin(&argc, &argv);
    MPI_Barrier(MPI_COMM_WORLD);
    report("after MPI_Init", before);
    double *out = calloc((size_t)ELEMENTS * size, sizeof *out), *in = calloc((size_t)ELEMENTS * size, sizeof *in);
    for (int i = 0; i < ELEMENTS * size; i++)
        out[i] = rank;
    memset(in, 1, sizeof *in * ELEMENTS * size);
    before += (long)(2 * sizeof *in * ELEMENTS * size / 1024);
    for (int root = 0; root < 4; root++) {
        MPI_Bcast(in, ELEMENTS, MPI_DOUBLE, root % size, MPI_COMM_WORLD);
        MPI_Gather(out, ELEMENTS, MPI_DOUBLE, in, ELEMENTS, MPI_DOUBLE, root % size, MPI_COMM_WORLD);
        MPI_Scatter(out, ELEMENTS, MPI_DOUBLE, in, ELEMENTS, MPI_DOUBLE, root % size, MPI_COMM_WORLD);
        MPI_Reduce(out, in, ELEMENTS, MPI_DOUBLE, MPI_SUM, root % size, MPI_COMM_WORLD);
        MPI_Allgather(out, ELEMENTS, MPI_DOUBLE, in, ELEMENTS, MPI_DOUBLE, MPI_COMM_WORLD);
        MPI_Alltoall(out, ELEMENTS, MPI_DOUBLE, in, ELEMENTS, MPI_DOUBLE, MPI_COMM_WORLD);
        MPI_Scan(out, in, ELEMENTS, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
        MPI_Allreduce(out, in, ELEMENTS, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
        CHECK(in[0] == size * (size - 1) / 2.0);
    }
    report("after collectives of 2 KiB", before);
    free(out);
    free(in);
    return finish();
}
