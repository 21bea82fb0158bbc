// Threads of each rank use one file at once: with the shared pointer, at offsets, and with requests.
// ranks: 1 3
// limit: 40
#include "file.h"
#include <pthread.h>

enum { THREADS = 4, TURNS = 60, LEN = 100 };

static MPI_File file;

static void *use_file(void *argument)
{
    int thread = (int)(long)argument, record[LEN], got[LEN];
    MPI_Request request;
    MPI_Status status;
    int count;
    for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < LEN; i++)
            record[i] = (rank * THREADS + thread) * TURNS + turn;
        if (turn % 2) {
            MPI_File_write_shared(file, record, LEN, MPI_INT, MPI_STATUS_IGNORE);
        } else {
            MPI_File_iwrite_shared(file, record, LEN, MPI_INT, &request);
            MPI_Wait(&request, &status);
            MPI_Get_count(&status, MPI_INT, &count);
            CHECK_EQ(count, LEN);
        }
        /* A place of this thread's own, far behind. */
        MPI_Offset where = 1000000 + (MPI_Offset)((rank * THREADS + thread) * TURNS + turn) * LEN;
        MPI_File_iwrite_at(file, where, record, LEN, MPI_INT, &request);
        int flag = 0;
        while (!flag)
            MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
        MPI_File_iread_at(file, where, got, LEN, MPI_INT, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK(memcmp(record, got, sizeof got) == 0);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int level, total, *seen, record[LEN];
    pthread_t threads[THREADS];
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    CHECK(level == MPI_THREAD_MULTIPLE);
    choose_name("threads");
    file = open_new(MPI_COMM_WORLD);
    MPI_File_set_view(file, 0, MPI_INT, MPI_INT, "native", MPI_INFO_NULL);
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, use_file, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    MPI_Barrier(MPI_COMM_WORLD);
    /* Every record is in the file once, and whole. */
    total = size * THREADS * TURNS;
    seen = calloc(total, sizeof *seen);
    for (int i = 0; i < total; i++) {
        MPI_File_read_at(file, (MPI_Offset)i * LEN, record, LEN, MPI_INT, MPI_STATUS_IGNORE);
        for (int j = 1; j < LEN; j++)
            CHECK_EQ(record[j], record[0]);
        if (record[0] >= 0 && record[0] < total)
            seen[record[0]]++;
    }
    for (int i = 0; i < total; i++)
        CHECK_EQ(seen[i], 1);
    free(seen);
    MPI_File_close(&file);
    start_over();
    return finish();
}
