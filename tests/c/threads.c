// MPI_THREAD_MULTIPLE: threads of two ranks exchange messages at once, on one communicator with a tag each, on
// communicators of their own, and with wildcards.
// ranks: 2 3
// limit: 60
#include "check.h"
#include <pthread.h>

enum { THREADS = 4, ROUNDS = 400 };
static const int sizes[] = {1, 16, 500, 5000, 60000};
static MPI_Comm comms[THREADS];
static int wrong[THREADS];

static void *exchange(void *argument)
{
    int thread = (int)(long)argument;
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    int *out = malloc(60000 * sizeof(int)), *in = malloc(60000 * sizeof(int));
    for (int round = 0; round < ROUNDS; round++) {
        int count = sizes[(round + thread) % 5];
        MPI_Comm comm = round % 2 ? comms[thread] : MPI_COMM_WORLD;
        MPI_Request requests[2];
        MPI_Status status;
        for (int i = 0; i < count; i++)
            out[i] = round * 7 + thread + i;
        if (round % 3 == 0) {
            MPI_Irecv(in, count, MPI_INT, left, thread, comm, &requests[0]);
            MPI_Isend(out, count, MPI_INT, right, thread, comm, &requests[1]);
            MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
        } else if (round % 3 == 1) {
            MPI_Sendrecv(out, count, MPI_INT, right, thread, in, count, MPI_INT, left, thread, comm, &status);
            wrong[thread] += status.MPI_SOURCE != left || status.MPI_TAG != thread;
        } else {
            MPI_Message message;
            MPI_Isend(out, count, MPI_INT, right, thread, comm, &requests[1]);
            MPI_Mprobe(MPI_ANY_SOURCE, thread, comm, &message, &status);
            MPI_Mrecv(in, count, MPI_INT, &message, &status);
            MPI_Wait(&requests[1], MPI_STATUS_IGNORE);
        }
        for (int i = 0; i < count; i++)
            wrong[thread] += in[i] != round * 7 + thread + i;
    }
    free(out);
    free(in);
    return NULL;
}

int main(int argc, char **argv)
{
    int provided;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    CHECK_EQ(provided, MPI_THREAD_MULTIPLE);
    for (int i = 0; i < THREADS; i++)
        MPI_Comm_dup(MPI_COMM_WORLD, &comms[i]);
    pthread_t threads[THREADS];
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, exchange, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        CHECK_EQ(wrong[i], 0);
        MPI_Comm_free(&comms[i]);
    }
    return finish();
}
