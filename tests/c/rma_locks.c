// Locks of windows: exclusive ones exclude, waiting for one costs no processor time, and targets that compute are
// reached all the same. Post and start, too.
// ranks: 2 3 5
// limit: 60
#include "check.h"
#include <sys/resource.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void nap(double seconds)
{
    struct timespec time = {(time_t)seconds, (long)((seconds - (time_t)seconds) * 1e9)};
    nanosleep(&time, NULL);
}

/* A counter that every rank reads, changes and writes under the lock. */
static void exclusion(MPI_Win win, int *memory)
{
    enum { TURNS = 200 };
    for (int turn = 0; turn < TURNS; turn++) {
        int counter[2];
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
        MPI_Get(counter, 2, MPI_INT, 0, 0, 2, MPI_INT, win);
        MPI_Win_flush(0, win);
        CHECK_EQ(counter[0], counter[1]);
        counter[0]++;
        MPI_Put(&counter[0], 1, MPI_INT, 0, 0, 1, MPI_INT, win);
        MPI_Put(&counter[0], 1, MPI_INT, 0, 1, 1, MPI_INT, win);
        MPI_Win_unlock(0, win);
        if (turn % 10 == 0) {
            MPI_Win_lock_all(0, win);
            MPI_Get(counter, 2, MPI_INT, 0, 0, 2, MPI_INT, win);
            MPI_Win_unlock_all(win);
            CHECK_EQ(counter[0], counter[1]);
        }
    }
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0) {
        MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
        CHECK_EQ(memory[0], TURNS * size);
        MPI_Win_unlock(0, win);
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

/* Rank 0 holds everything for a second: those who wait for it sleep. */
static void sleeping(MPI_Win win)
{
    char library[MPI_MAX_LIBRARY_VERSION_STRING];
    int length;
    MPI_Get_library_version(library, &length);
    if (rank == 0)
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
    MPI_Barrier(MPI_COMM_WORLD);
    double begun = cpu_seconds(), at = MPI_Wtime();
    if (rank == 0) {
        nap(1);
        MPI_Win_unlock(0, win);
    } else {
        MPI_Win_lock(rank % 2 ? MPI_LOCK_EXCLUSIVE : MPI_LOCK_SHARED, 0, 0, win);
        CHECK(MPI_Wtime() - at > 0.5);
        MPI_Win_unlock(0, win);
        double used = cpu_seconds() - begun;
        if (used > 0.02 && strstr(library, "Passel")) {
            failures++;
            fprintf(stderr, "rank %d used %.3f s of CPU in a second of MPI_Win_lock\n", rank, used);
        }
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

/* A rank that waits for a lock takes part in messages all the same: rank 0 gives the lock back only after a large
 * message from rank 1, which is under way when rank 1 asks for the lock. */
static void progress(MPI_Win win)
{
    enum { BYTES = 1 << 22 };
    char *data = calloc(BYTES, 1);
    MPI_Request request;
    if (rank == 0)
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0) {
        nap(0.05);
        MPI_Recv(data, BYTES, MPI_CHAR, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Win_unlock(0, win);
    } else if (rank == 1) {
        MPI_Isend(data, BYTES, MPI_CHAR, 0, 0, MPI_COMM_WORLD, &request);
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
        MPI_Win_unlock(0, win);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    free(data);
}

/* Rank 0 computes until it sees what rank 1 does to its memory; it calls nothing. */
static void computing(MPI_Win win, volatile int *memory)
{
    if (rank == 0) {
        double limit = MPI_Wtime() + 10;
        while (memory[4] != 42 && MPI_Wtime() < limit)
            ;
        CHECK_EQ(memory[4], 42);
    } else if (rank == 1) {
        int value = 42, one = 1, before;
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
        MPI_Fetch_and_op(&one, &before, MPI_INT, 0, 3, MPI_SUM, win);
        MPI_Put(&value, 1, MPI_INT, 0, 4, 1, MPI_INT, win);
        MPI_Win_unlock(0, win);
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

/* Rank 0 offers its memory to all others, several times; they put their ranks there. */
static void post_and_start(MPI_Win win, int *memory)
{
    MPI_Group everybody, others, root;
    int zero = 0, flag = 0;
    MPI_Win_get_group(win, &everybody);
    MPI_Group_excl(everybody, 1, &zero, &others);
    MPI_Group_incl(everybody, 1, &zero, &root);
    for (int round = 1; round <= 20; round++) {
        if (rank == 0) {
            MPI_Win_post(others, round % 2 ? 0 : MPI_MODE_NOSTORE, win);
            if (round % 3) {
                MPI_Win_wait(win);
            } else {
                while (!flag)
                    MPI_Win_test(win, &flag);
                flag = 0;
            }
            for (int origin = 1; origin < size; origin++)
                CHECK_EQ(memory[8 + origin], origin * round);
        } else {
            int value = rank * round;
            MPI_Win_start(root, 0, win);
            MPI_Put(&value, 1, MPI_INT, 0, 8 + rank, 1, MPI_INT, win);
            MPI_Win_complete(win);
        }
    }
    MPI_Group_free(&everybody);
    MPI_Group_free(&others);
    MPI_Group_free(&root);
}

static void all(MPI_Win win, int *memory)
{
    memset(memory, 0, 64 * sizeof *memory);
    MPI_Barrier(MPI_COMM_WORLD);
    exclusion(win, memory);
    sleeping(win);
    progress(win);
    computing(win, memory);
    post_and_start(win, memory);
    MPI_Win_free(&win);
}

int main(int argc, char **argv)
{
    MPI_Win win;
    int *memory;
    begin(&argc, &argv);
    MPI_Win_allocate(64 * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
    all(win, memory);
    memory = malloc(64 * sizeof(int));
    MPI_Win_create(memory, 64 * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    all(win, memory);
    free(memory);
    return finish();
}
