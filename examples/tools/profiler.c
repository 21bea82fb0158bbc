/*
 * A profiler for any MPI program, without compiling it again: how often each rank called what, how long it was in
 * there, and how many bytes it handed over. It stands between the program and the library, as section 15.2 of the
 * standard provides: it has functions of MPI's names, which count and then call the library's PMPI_ names.
 *
 *     mpicc -shared -fPIC -o libprofiler.so profiler.c        (for mpi4py's wheel from PyPI: mpicc --abi=mpich)
 *     mpiexec -n 4 -env LD_PRELOAD $PWD/libprofiler.so ./program
 *     mpiexec -n 4 -env LD_PRELOAD $PWD/libprofiler.so python script.py
 *
 * Rank 0 prints a table of all ranks together when the program calls MPI_Finalize. MPI_Pcontrol(0) stops counting,
 * MPI_Pcontrol(1) goes on.
 */
#include <mpi.h>
#include <stdio.h>

/* Each function: its parameters, and then the arguments by which it is called. */
#define BYTES_NONE 0
#define FUNCTIONS(X)                                                                                                 \
    X(Send, (const void *b, int n, MPI_Datatype t, int r, int g, MPI_Comm c), (b, n, t, r, g, c), bytes(n, t))        \
    X(Ssend, (const void *b, int n, MPI_Datatype t, int r, int g, MPI_Comm c), (b, n, t, r, g, c), bytes(n, t))       \
    X(Isend, (const void *b, int n, MPI_Datatype t, int r, int g, MPI_Comm c, MPI_Request *q), (b, n, t, r, g, c, q), \
      bytes(n, t))                                                                                                   \
    X(Recv, (void *b, int n, MPI_Datatype t, int r, int g, MPI_Comm c, MPI_Status *s), (b, n, t, r, g, c, s),         \
      BYTES_NONE)                                                                                                    \
    X(Irecv, (void *b, int n, MPI_Datatype t, int r, int g, MPI_Comm c, MPI_Request *q), (b, n, t, r, g, c, q),       \
      BYTES_NONE)                                                                                                    \
    X(Probe, (int r, int g, MPI_Comm c, MPI_Status *s), (r, g, c, s), BYTES_NONE)                                     \
    X(Mprobe, (int r, int g, MPI_Comm c, MPI_Message *m, MPI_Status *s), (r, g, c, m, s), BYTES_NONE)                 \
    X(Mrecv, (void *b, int n, MPI_Datatype t, MPI_Message *m, MPI_Status *s), (b, n, t, m, s), BYTES_NONE)            \
    X(Wait, (MPI_Request * q, MPI_Status * s), (q, s), BYTES_NONE)                                                    \
    X(Waitall, (int n, MPI_Request q[], MPI_Status s[]), (n, q, s), BYTES_NONE)                                       \
    X(Test, (MPI_Request * q, int *f, MPI_Status *s), (q, f, s), BYTES_NONE)                                          \
    X(Barrier, (MPI_Comm c), (c), BYTES_NONE)                                                                         \
    X(Bcast, (void *b, int n, MPI_Datatype t, int r, MPI_Comm c), (b, n, t, r, c), bytes(n, t))                       \
    X(Reduce, (const void *b, void *o, int n, MPI_Datatype t, MPI_Op p, int r, MPI_Comm c), (b, o, n, t, p, r, c),    \
      bytes(n, t))                                                                                                   \
    X(Allreduce, (const void *b, void *o, int n, MPI_Datatype t, MPI_Op p, MPI_Comm c), (b, o, n, t, p, c),           \
      bytes(n, t))                                                                                                   \
    X(Allgather, (const void *b, int n, MPI_Datatype t, void *o, int m, MPI_Datatype u, MPI_Comm c),                  \
      (b, n, t, o, m, u, c), bytes(n, t))                                                                            \
    X(Alltoall, (const void *b, int n, MPI_Datatype t, void *o, int m, MPI_Datatype u, MPI_Comm c),                   \
      (b, n, t, o, m, u, c), bytes(n, t))

/* The same functions with large counts, which newer programs, mpi4py among them, call. */
#define LARGE(X)                                                                                                     \
    X(Send, (const void *b, MPI_Count n, MPI_Datatype t, int r, int g, MPI_Comm c), (b, n, t, r, g, c), bytes(n, t))  \
    X(Isend, (const void *b, MPI_Count n, MPI_Datatype t, int r, int g, MPI_Comm c, MPI_Request *q),                  \
      (b, n, t, r, g, c, q), bytes(n, t))                                                                            \
    X(Recv, (void *b, MPI_Count n, MPI_Datatype t, int r, int g, MPI_Comm c, MPI_Status *s), (b, n, t, r, g, c, s),   \
      BYTES_NONE)                                                                                                    \
    X(Irecv, (void *b, MPI_Count n, MPI_Datatype t, int r, int g, MPI_Comm c, MPI_Request *q), (b, n, t, r, g, c, q), \
      BYTES_NONE)                                                                                                    \
    X(Mrecv, (void *b, MPI_Count n, MPI_Datatype t, MPI_Message *m, MPI_Status *s), (b, n, t, m, s), BYTES_NONE)      \
    X(Bcast, (void *b, MPI_Count n, MPI_Datatype t, int r, MPI_Comm c), (b, n, t, r, c), bytes(n, t))                 \
    X(Reduce, (const void *b, void *o, MPI_Count n, MPI_Datatype t, MPI_Op p, int r, MPI_Comm c),                     \
      (b, o, n, t, p, r, c), bytes(n, t))                                                                            \
    X(Allreduce, (const void *b, void *o, MPI_Count n, MPI_Datatype t, MPI_Op p, MPI_Comm c), (b, o, n, t, p, c),     \
      bytes(n, t))

#define NUMBER(name, ...) F_##name,
#define NAME(name, ...) "MPI_" #name,
enum { FUNCTIONS(NUMBER) F_COUNT };
static const char *const names[] = {FUNCTIONS(NAME)};

/* Per function: calls, bytes, seconds. */
enum { CALLS, BYTES, SECONDS, MEASURES };
static double seen[F_COUNT][MEASURES];
static int counting = 1;

static double bytes(MPI_Count count, MPI_Datatype type)
{
    MPI_Count size = 0;
    if (counting && type != MPI_DATATYPE_NULL)
        PMPI_Type_size_c(type, &size);
    return (double)count * (double)size;
}

/* Whole programs with threads of their own may lose a count here and there: a profile does not need locks. */
static int count(int function, double size, double since, int code)
{
    if (counting) {
        seen[function][CALLS]++;
        seen[function][BYTES] += size;
        seen[function][SECONDS] += PMPI_Wtime() - since;
    }
    return code;
}

#define WRAP_AS(mpi, pmpi, function, parameters, arguments, size)                                                     \
    int mpi parameters                                                                                               \
    {                                                                                                                \
        double since = PMPI_Wtime(), handed = (size);                                                                 \
        return count(function, handed, since, pmpi arguments);                                                        \
    }
#define WRAP(name, ...) WRAP_AS(MPI_##name, PMPI_##name, F_##name, __VA_ARGS__)
#define WRAP_LARGE(name, ...) WRAP_AS(MPI_##name##_c, PMPI_##name##_c, F_##name, __VA_ARGS__)
FUNCTIONS(WRAP)
LARGE(WRAP_LARGE)

int MPI_Pcontrol(const int level, ...)
{
    counting = level != 0;
    return MPI_SUCCESS;
}

int MPI_Finalize(void)
{
    static double sum[F_COUNT][MEASURES];
    int rank, size;
    PMPI_Comm_rank(MPI_COMM_WORLD, &rank);
    PMPI_Comm_size(MPI_COMM_WORLD, &size);
    PMPI_Reduce(seen, sum, F_COUNT * MEASURES, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
    if (rank == 0) {
        fprintf(stderr, "%-16s %10s %14s %12s   (%d ranks together)\n", "function", "calls", "bytes", "seconds", size);
        for (int i = 0; i < F_COUNT; i++)
            if (sum[i][CALLS] > 0)
                fprintf(stderr, "%-16s %10.0f %14.0f %12.6f\n", names[i], sum[i][CALLS], sum[i][BYTES],
                        sum[i][SECONDS]);
    }
    return PMPI_Finalize();
}
