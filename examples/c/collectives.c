// What all ranks do together: broadcast, scatter, gather, all-to-all, reduction.
#include <mpi.h>
#include <stdio.h>

enum { MOST = 64 };

static int rank, size;

static void say(const char *what, const int *values, int count)
{
    char line[32 + 12 * MOST];
    int end = snprintf(line, sizeof line, "rank %d: %s", rank, what);
    for (int i = 0; i < count; i++)
        end += snprintf(line + end, sizeof line - end, " %d", values[i]);
    puts(line);
}

int main(int argc, char **argv)
{
    int number, piece, square, sum, mine, out[MOST], in[MOST];
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    // Rank 0 has it, and then everyone has it.
    number = rank == 0 ? 42 : 0;
    MPI_Bcast(&number, 1, MPI_INT, 0, MPI_COMM_WORLD);
    say("broadcast", &number, 1);

    // Rank 0 deals out, one piece each.
    for (int r = 0; r < size; r++)
        out[r] = 10 * r;
    MPI_Scatter(out, 1, MPI_INT, &piece, 1, MPI_INT, 0, MPI_COMM_WORLD);
    say("scatter", &piece, 1);

    // Rank 0 collects.
    square = rank * rank;
    MPI_Gather(&square, 1, MPI_INT, in, 1, MPI_INT, 0, MPI_COMM_WORLD);
    if (rank == 0)
        say("gather", in, size);

    // Everyone has one piece for everyone.
    for (int r = 0; r < size; r++)
        out[r] = 10 * rank + r;
    MPI_Alltoall(out, 1, MPI_INT, in, 1, MPI_INT, MPI_COMM_WORLD);
    say("all-to-all", in, size);

    // One result for everyone, made of what each has.
    mine = rank + 1;
    MPI_Allreduce(&mine, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    say("sum", &sum, 1);
    MPI_Finalize();
    return 0;
}
