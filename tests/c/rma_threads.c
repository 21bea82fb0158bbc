// Threads of every rank at once, each with a window of its own, and all of them with one window that they share.
// ranks: 2 3
// limit: 60
#include "check.h"
#include <pthread.h>

enum { THREADS = 4, TURNS = 300, LONGS = 500 };

static MPI_Win own[THREADS], common;
static long *common_memory;

/* Locks its own window, in which it meets its like of other ranks, and counts in the common one. */
static void *work(void *argument)
{
    long index = (long)argument, one = 1, before, counter, many[LONGS], rotating = index;
    for (int i = 0; i < LONGS; i++)
        many[i] = 1;
    for (int turn = 0; turn < TURNS; turn++) {
        int target = (int)(rotating++ % size);
        MPI_Win_lock(MPI_LOCK_EXCLUSIVE, target, 0, own[index]);
        MPI_Get(&counter, 1, MPI_LONG, target, 0, 1, MPI_LONG, own[index]);
        MPI_Win_flush(target, own[index]);
        counter++;
        MPI_Put(&counter, 1, MPI_LONG, target, 0, 1, MPI_LONG, own[index]);
        MPI_Win_unlock(target, own[index]);
        MPI_Fetch_and_op(&one, &before, MPI_LONG, 0, 0, MPI_SUM, common);
        if (turn % 10 == 0)
            MPI_Accumulate(many, LONGS, MPI_LONG, 0, 0, LONGS, MPI_LONG, MPI_SUM, common);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int provided;
    pthread_t threads[THREADS];
    long *memory[THREADS], sum = 0, all;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    CHECK_EQ(provided, MPI_THREAD_MULTIPLE);
    for (int i = 0; i < THREADS; i++) {
        MPI_Win_allocate(sizeof(long), sizeof(long), MPI_INFO_NULL, MPI_COMM_WORLD, &memory[i], &own[i]);
        *memory[i] = 0;
    }
    common_memory = calloc(LONGS, sizeof(long));
    MPI_Win_create(common_memory, LONGS * sizeof(long), sizeof(long), MPI_INFO_NULL, MPI_COMM_WORLD, &common);
    MPI_Win_lock_all(0, common);
    MPI_Barrier(MPI_COMM_WORLD);
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    MPI_Win_unlock_all(common);
    MPI_Barrier(MPI_COMM_WORLD);
    for (int i = 0; i < THREADS; i++) {
        MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, own[i]);
        sum += *memory[i];
        MPI_Win_unlock(rank, own[i]);
    }
    MPI_Allreduce(&sum, &all, 1, MPI_LONG, MPI_SUM, MPI_COMM_WORLD);
    CHECK_EQ(all, (long)size * THREADS * TURNS);
    if (rank == 0) {
        CHECK_EQ(common_memory[0], (long)size * THREADS * (TURNS + TURNS / 10));
        CHECK_EQ(common_memory[LONGS - 1], (long)size * THREADS * TURNS / 10);
    }
    for (int i = 0; i < THREADS; i++)
        MPI_Win_free(&own[i]);
    MPI_Win_free(&common);
    free(common_memory);
    return finish();
}
