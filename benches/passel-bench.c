// One benchmark for every MPI library: passel-bench PART [LARGEST], on two ranks or more. It prints lines `BYTES
// VALUE`: microseconds (latency, barrier, allreduce, rma-...), megabytes per second (bandwidth), million messages per
// second (rate) or per cent of a CPU (idle). Buffers are touched between repetitions, so that no copy flatters itself
// with data that has not changed.
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { WINDOW = 64, BLOCKS = 40 };

static const double SECONDS = 0.2;

static int rank, size;
static char *out, *in;

/* How often a message of this size is sent: about the same time for every size. */
static int repetitions(long bytes)
{
    long count = bytes < 4096 ? 5000 : 5000L * 4096 / bytes;
    return count < 8 ? 8 : (int)count;
}

static void show(long bytes, double value)
{
    if (rank == 0)
        printf("%ld %.4f\n", bytes, value);
    fflush(stdout);
}

static void latency(long bytes)
{
    int count = repetitions(bytes), warm = count / 5;
    double begun = 0;
    for (int i = -warm; i < count; i++) {
        if (i == 0)
            begun = MPI_Wtime();
        if (bytes > 0)
            out[0] = out[bytes - 1] = (char)i;
        if (rank == 0) {
            MPI_Send(out, (int)bytes, MPI_CHAR, 1, 0, MPI_COMM_WORLD);
            MPI_Recv(in, (int)bytes, MPI_CHAR, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else if (rank == 1) {
            MPI_Recv(in, (int)bytes, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(out, (int)bytes, MPI_CHAR, 0, 0, MPI_COMM_WORLD);
        }
    }
    show(bytes, (MPI_Wtime() - begun) * 1e6 / count / 2);
}

/* A window of messages, and an answer: messages per second. */
static double stream(long bytes)
{
    int window = bytes > 1 << 20 ? 4 : WINDOW, rounds = repetitions(bytes) / window + 4, warm = rounds / 5 + 1;
    MPI_Request requests[WINDOW];
    double begun = 0;
    for (int i = -warm; i < rounds; i++) {
        if (i == 0)
            begun = MPI_Wtime();
        if (bytes > 0)
            out[0] = out[bytes - 1] = (char)i;
        for (int w = 0; w < window && rank < 2; w++) {
            if (rank == 0)
                MPI_Isend(out, (int)bytes, MPI_CHAR, 1, 0, MPI_COMM_WORLD, &requests[w]);
            else
                MPI_Irecv(in, (int)bytes, MPI_CHAR, 0, 0, MPI_COMM_WORLD, &requests[w]);
        }
        if (rank < 2)
            MPI_Waitall(window, requests, MPI_STATUSES_IGNORE);
        if (rank == 0)
            MPI_Recv(in, 0, MPI_CHAR, 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        else if (rank == 1)
            MPI_Send(out, 0, MPI_CHAR, 0, 1, MPI_COMM_WORLD);
    }
    return (double)rounds * window / (MPI_Wtime() - begun);
}

static void barrier(void)
{
    /* With more ranks than processors some libraries need milliseconds: the clock decides how many are done. */
    int count = 0, more = 1;
    MPI_Barrier(MPI_COMM_WORLD);
    double begun = MPI_Wtime();
    while (more) {
        for (int i = 0; i < 20; i++)
            MPI_Barrier(MPI_COMM_WORLD);
        count += 20;
        more = count < 5000 && MPI_Wtime() - begun < 1;
        MPI_Bcast(&more, 1, MPI_INT, 0, MPI_COMM_WORLD);
    }
    show(0, (MPI_Wtime() - begun) * 1e6 / count);
}

static void allreduce(long bytes)
{
    int elements = (int)(bytes / (long)sizeof(double)), count = 0, limit = repetitions(bytes * size), more = 1;
    double *data = (double *)out, *result = (double *)in;
    memset(out, 0, bytes);
    MPI_Allreduce(data, result, elements, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    double begun = MPI_Wtime();
    while (more) {
        for (int i = 0; i < 10; i++) {
            if (elements > 0)
                data[0] = i;
            MPI_Allreduce(data, result, elements, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
        }
        count += 10;
        more = count < limit && MPI_Wtime() - begun < 1;
        MPI_Bcast(&more, 1, MPI_INT, 0, MPI_COMM_WORLD);
    }
    show(bytes, (MPI_Wtime() - begun) * 1e6 / count);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/* Rank 0 waits two seconds for rank 1. */
static void idle(void)
{
    int value = 0;
    MPI_Barrier(MPI_COMM_WORLD);
    double begun = cpu_seconds();
    if (rank == 1) {
        struct timespec two = {2, 0};
        nanosleep(&two, NULL);
        MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    } else if (rank == 0) {
        MPI_Recv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        show(0, (cpu_seconds() - begun) * 50);
    }
}

/* One access from rank 0 to rank 1, and what completes it there; the target waits in a barrier. */
static void access_once(const char *what, long bytes, MPI_Win win)
{
    long one = 1, before;
    int elements = (int)(bytes / (long)sizeof(double));
    if (strcmp(what, "lock") == 0) {
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 1, 0, win);
        if (bytes > 0)
            MPI_Put(out, (int)bytes, MPI_CHAR, 1, 0, (int)bytes, MPI_CHAR, win);
        MPI_Win_unlock(1, win);
        return;
    }
    if (strcmp(what, "put") == 0)
        MPI_Put(out, (int)bytes, MPI_CHAR, 1, 0, (int)bytes, MPI_CHAR, win);
    else if (strcmp(what, "get") == 0)
        MPI_Get(in, (int)bytes, MPI_CHAR, 1, 0, (int)bytes, MPI_CHAR, win);
    else if (strcmp(what, "accumulate") == 0)
        MPI_Accumulate(out, elements, MPI_DOUBLE, 1, 0, elements, MPI_DOUBLE, MPI_SUM, win);
    else if (strcmp(what, "fetch_and_op") == 0)
        MPI_Fetch_and_op(&one, &before, MPI_LONG, 1, 0, MPI_SUM, win);
    else
        MPI_Compare_and_swap(&one, &one, &before, MPI_LONG, 1, 0, win);
    MPI_Win_flush(1, win);
}

/* Seconds of some repetitions; `passive`: the target takes no part. */
static double some_accesses(const char *what, long bytes, MPI_Win win, int passive, int count)
{
    double begun = MPI_Wtime();
    for (int i = 0; i < count; i++) {
        if (bytes > 0 && strcmp(what, "accumulate") != 0)
            out[0] = out[bytes - 1] = (char)i;
        if (passive) {
            access_once(what, bytes, win);
        } else {
            if (rank == 0 && bytes > 0)
                MPI_Put(out, (int)bytes, MPI_CHAR, 1, 0, (int)bytes, MPI_CHAR, win);
            MPI_Win_fence(0, win);
        }
    }
    return MPI_Wtime() - begun;
}

/* An access is tens of instructions, and whoever shares the core with us (a virtual machine's neighbours do, for
   fractions of a second) takes as many of its slots. So many blocks of repetitions, over a longer time than that, and
   the fastest counts. */
static void one_sided(const char *what, long bytes, MPI_Win win)
{
    int count = repetitions(bytes), passive = strcmp(what, "fence") != 0;
    int holds = passive && strcmp(what, "lock") != 0;
    memset(out, 0, bytes);
    if (!passive)
        MPI_Win_fence(0, win);
    else if (rank == 0 && holds)
        MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, win);
    double begun = MPI_Wtime(), least = 1e9;
    for (int block = 0; block < BLOCKS || (passive && MPI_Wtime() - begun < SECONDS); block++) {
        if (passive && rank != 0)
            break;
        double seconds = some_accesses(what, bytes, win, passive, count);
        least = block > 0 && seconds < least ? seconds : least;
    }
    show(bytes, least * 1e6 / count);
    if (rank == 0 && holds)
        MPI_Win_unlock(1, win);
    MPI_Barrier(MPI_COMM_WORLD);
}

/* Memory that the library has allocated for the window. */
static void window(const char *what, long largest)
{
    static const long sizes[] = {0, 8, 1024, 65536};
    int single = strcmp(what, "fetch_and_op") == 0 || strcmp(what, "compare_and_swap") == 0;
    int synchronises = strcmp(what, "lock") == 0 || strcmp(what, "fence") == 0;
    char *memory;
    MPI_Win win;
    MPI_Win_allocate(65536, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
    memset(memory, 0, 65536);
    MPI_Barrier(MPI_COMM_WORLD);
    for (int i = synchronises ? 0 : 1; i < 4 && sizes[i] <= largest; i++)
        if (i < 2 || !single)
            one_sided(what, sizes[i], win);
    MPI_Win_free(&win);
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    const char *part = argc > 1 ? argv[1] : "latency";
    long largest = argc > 2 ? atol(argv[2]) : 1 << 20;
    out = calloc(largest + 64, 1);
    in = calloc(largest + 64, 1);
    if (strcmp(part, "barrier") == 0) {
        barrier();
    } else if (strcmp(part, "idle") == 0) {
        idle();
    } else if (strncmp(part, "rma-", 4) == 0) {
        window(part + 4, largest);
    } else if (strcmp(part, "hello") != 0) {
        for (long bytes = strcmp(part, "allreduce") ? 0 : 8; bytes <= largest; bytes = bytes ? 2 * bytes : 1) {
            if (strcmp(part, "latency") == 0)
                latency(bytes);
            else if (strcmp(part, "allreduce") == 0)
                allreduce(bytes);
            else if (strcmp(part, "bandwidth") == 0 && bytes > 0)
                show(bytes, stream(bytes) * (double)bytes / 1e6);
            else if (strcmp(part, "rate") == 0)
                show(bytes, stream(bytes) / 1e6);
        }
    }
    MPI_Finalize();
    free(out);
    free(in);
    return 0;
}
