// Threads make communicators at once, in another order on every rank: all calls end, and no two communicators of a
// process get into each other's messages.
// ranks: 1 2 3
// limit: 60
#include "check.h"
#include <pthread.h>

enum { THREADS = 4, ROUNDS = 50 };

static MPI_Comm parents[THREADS];
static int wrong[THREADS];

static void *make(void *argument)
{
    long thread = (long)argument;
    for (int round = 0; round < ROUNDS; round++) {
        MPI_Comm copy, part;
        int members, sum = 0, own = (int)thread * ROUNDS + round;
        MPI_Comm_dup(parents[thread], &copy);
        MPI_Comm_size(copy, &members);
        MPI_Allreduce(&own, &sum, 1, MPI_INT, MPI_SUM, copy);
        wrong[thread] += sum != own * members;
        MPI_Comm_split(copy, round % 2, 0, &part);
        MPI_Allreduce(&own, &sum, 1, MPI_INT, MPI_SUM, part);
        wrong[thread] += sum != own * members;
        MPI_Comm_free(&part);
        MPI_Comm_free(&copy);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int provided;
    pthread_t threads[THREADS];
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    CHECK_EQ(provided, MPI_THREAD_MULTIPLE);
    for (int i = 0; i < THREADS; i++)
        MPI_Comm_dup(i == THREADS - 1 ? MPI_COMM_SELF : MPI_COMM_WORLD, &parents[i]);
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, make, (void *)((i + rank) % THREADS));
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQ(wrong[i], 0);
        MPI_Comm_free(&parents[i]);
    }
    return finish();
}
