// Partitioned messages: parts are seen as they arrive, whatever the numbers of partitions on both sides and the order
// in which they are ready; many threads say so at once; rounds follow each other; misuse is refused.
// ranks: 1 2 3 5
// limit: 60
#include "check.h"

#include <pthread.h>

static MPI_Comm comm;

/* The standard ABI has a second name for either function. */
#ifndef MPI_ABI_VERSION
#define MPI_Psend_init_c MPI_Psend_init
#define MPI_Precv_init_c MPI_Precv_init
#endif

static int arrived(MPI_Request request, int partition)
{
    int flag = -1;
    CHECK_EQ(MPI_Parrived(request, partition, &flag), MPI_SUCCESS);
    return flag;
}

/* From each rank to the next, with `senders` partitions on one side and `receivers` on the other. */
static void ring(int senders, int receivers, int each)
{
    int next = (rank + 1) % size, before = (rank + size - 1) % size, total = senders * receivers * each;
    int *out = calloc(total + 1, sizeof *out), *in = calloc(total + 1, sizeof *in), count;
    MPI_Request send, receive;
    MPI_Status status;
    (each % 2 ? MPI_Psend_init : MPI_Psend_init_c)(out, senders, receivers * each, MPI_INT, next, 3, comm,
                                                   MPI_INFO_NULL, &send);
    (each % 2 ? MPI_Precv_init : MPI_Precv_init_c)(in, receivers, senders * each, MPI_INT, before, 3, comm,
                                                   MPI_INFO_NULL, &receive);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < total; i++) {
            out[i] = rank * 100000 + i + round;
            in[i] = -1;
        }
        MPI_Start(&receive);
        for (int p = 0; p < receivers; p++)
            CHECK(!arrived(receive, p));
        MPI_Barrier(comm);
        MPI_Start(&send);
        for (int p = 0; p < senders; p++)
            CHECK_EQ(MPI_Pready((p * 5 + round) % senders, send), MPI_SUCCESS);
        for (int p = receivers - 1; p >= 0; p--) {
            while (!arrived(receive, p)) {
            }
            for (int i = p * senders * each; i < (p + 1) * senders * each; i++)
                CHECK_EQ(in[i], before * 100000 + i + round);
        }
        MPI_Wait(&receive, &status);
        CHECK(receive != MPI_REQUEST_NULL && arrived(receive, 0));
        MPI_Get_count(&status, MPI_INT, &count);
        CHECK(status.MPI_SOURCE == before && status.MPI_TAG == 3 && count == total);
        MPI_Wait(&send, MPI_STATUS_IGNORE);
        CHECK(send != MPI_REQUEST_NULL);
        MPI_Barrier(comm);
    }
    MPI_Request_free(&send);
    MPI_Request_free(&receive);
    CHECK(send == MPI_REQUEST_NULL && receive == MPI_REQUEST_NULL);
    free(out);
    free(in);
}

/* The first half is here long before the second is ready. */
static void seen_before_the_whole_arrives(void)
{
    static char data[4 << 20];
    MPI_Request request;
    int flag;
    if (size < 2 || rank > 1)
        return;
    if (rank == 0) {
        MPI_Psend_init(data, 4, sizeof data / 4, MPI_CHAR, 1, 0, MPI_COMM_WORLD, MPI_INFO_NULL, &request);
        MPI_Start(&request);
        memset(data, 7, sizeof data / 2);
        MPI_Pready_range(0, 1, request);
        MPI_Recv(NULL, 0, MPI_CHAR, 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Request_get_status(request, &flag, MPI_STATUS_IGNORE);
        CHECK(!flag);
        memset(data + sizeof data / 2, 8, sizeof data / 2);
        MPI_Pready_list(2, (int[]){3, 2}, request);
    } else {
        MPI_Precv_init(data, 2, sizeof data / 2, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_INFO_NULL, &request);
        MPI_Start(&request);
        while (!arrived(request, 0)) {
        }
        CHECK(data[0] == 7 && data[sizeof data / 2 - 1] == 7 && !arrived(request, 1));
        MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
        CHECK(!flag);
        MPI_Send(NULL, 0, MPI_CHAR, 0, 1, MPI_COMM_WORLD);
    }
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK(data[sizeof data - 1] == 8);
    MPI_Request_free(&request);
}

/* Every other column of a matrix on one side, contiguous on the other. */
static void derived_types(void)
{
    enum { ROWS = 6, COLUMNS = 10 };
    int matrix[ROWS][COLUMNS], packed[ROWS * COLUMNS / 2];
    MPI_Datatype row;
    MPI_Request send, receive;
    MPI_Type_vector(COLUMNS / 2, 1, 2, MPI_INT, &row);
    MPI_Type_create_resized(row, 0, sizeof matrix[0], &row);
    MPI_Type_commit(&row);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        matrix[i / COLUMNS][i % COLUMNS] = i;
    for (int there = 0; there < 2; there++) {
        MPI_Psend_init(there ? (void *)packed : matrix, there ? 2 : 3, there ? 15 : 2, there ? MPI_INT : row, rank, 0,
                       comm, MPI_INFO_NULL, &send);
        MPI_Precv_init(there ? (void *)matrix : packed, there ? 6 : 2, there ? 1 : 15, there ? row : MPI_INT, rank, 0,
                       comm, MPI_INFO_NULL, &receive);
        if (there)
            memset(matrix, -1, sizeof matrix);
        MPI_Start(&send);
        MPI_Start(&receive);
        MPI_Pready_range(0, there ? 1 : 2, send);
        MPI_Wait(&receive, MPI_STATUS_IGNORE);
        MPI_Wait(&send, MPI_STATUS_IGNORE);
        for (int i = 0; i < ROWS * COLUMNS / 2; i++) {
            CHECK_EQ(packed[i], 2 * i);
            CHECK_EQ(matrix[2 * i / COLUMNS][2 * i % COLUMNS], 2 * i);
            CHECK_EQ(matrix[2 * i / COLUMNS][2 * i % COLUMNS + 1], there ? -1 : 2 * i + 1);
        }
        MPI_Request_free(&send);
        MPI_Request_free(&receive);
    }
    MPI_Type_free(&row);
}

enum { THREADS = 4, PER_THREAD = 25, ELEMENTS = 300 };

static int parts[THREADS * PER_THREAD * ELEMENTS];
static MPI_Request shared;

static void *fill(void *argument)
{
    int thread = *(int *)argument;
    for (int i = 0; i < PER_THREAD; i++) {
        int partition = i * THREADS + thread;
        for (int e = 0; e < ELEMENTS; e++)
            parts[partition * ELEMENTS + e] += partition;
        MPI_Pready(partition, shared);
    }
    return NULL;
}

/* Threads make the parts ready while the main thread waits. */
static void many_threads(void)
{
    static int in[THREADS * PER_THREAD * ELEMENTS];
    pthread_t threads[THREADS];
    int numbers[THREADS], n = THREADS * PER_THREAD * ELEMENTS;
    MPI_Request receive;
    int next = (rank + 1) % size, before = (rank + size - 1) % size;
    MPI_Psend_init(parts, THREADS * PER_THREAD, ELEMENTS, MPI_INT, next, 0, comm, MPI_INFO_NULL, &shared);
    MPI_Precv_init(in, 3, n / 3, MPI_INT, before, 0, comm, MPI_INFO_NULL, &receive);
    for (int round = 1; round <= 5; round++) {
        MPI_Request both[2] = {shared, receive};
        MPI_Startall(2, both);
        for (int t = 0; t < THREADS; t++) {
            numbers[t] = t;
            pthread_create(&threads[t], NULL, fill, &numbers[t]);
        }
        MPI_Waitall(2, both, MPI_STATUSES_IGNORE);
        for (int t = 0; t < THREADS; t++)
            pthread_join(threads[t], NULL);
        for (int i = 0; i < n; i += 97)
            CHECK_EQ(in[i], i / ELEMENTS * round);
        MPI_Barrier(comm);
    }
    MPI_Request_free(&shared);
    MPI_Request_free(&receive);
}

static void nobody(void)
{
    MPI_Request send, receive;
    MPI_Status status;
    int value = 1, flag;
    MPI_Psend_init(&value, 1, 1, MPI_INT, MPI_PROC_NULL, 0, comm, MPI_INFO_NULL, &send);
    MPI_Precv_init(&value, 1, 1, MPI_INT, MPI_PROC_NULL, 0, comm, MPI_INFO_NULL, &receive);
    MPI_Start(&send);
    MPI_Start(&receive);
    CHECK(arrived(receive, 0));
    MPI_Wait(&receive, &status);
    CHECK(status.MPI_SOURCE == MPI_PROC_NULL);
    MPI_Test(&send, &flag, MPI_STATUS_IGNORE);
    CHECK(!flag);
    MPI_Pready(0, send);
    MPI_Test(&send, &flag, MPI_STATUS_IGNORE);
    CHECK(flag);
    MPI_Request_free(&send);
    MPI_Request_free(&receive);
}

static void misuse(void)
{
    MPI_Request send = MPI_REQUEST_NULL, receive = MPI_REQUEST_NULL;
    int out[4] = {0}, in[4], flag, code;
    MPI_Info none = MPI_INFO_NULL;
    CHECK_CLASS(MPI_Precv_init(in, 2, 2, MPI_INT, MPI_ANY_SOURCE, 0, comm, none, &receive), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Precv_init(in, 2, 2, MPI_INT, 0, MPI_ANY_TAG, comm, none, &receive), MPI_ERR_TAG);
    CHECK_CLASS(MPI_Psend_init(out, -1, 2, MPI_INT, 0, 0, comm, none, &send), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Psend_init(out, 2, -1, MPI_INT, 0, 0, comm, none, &send), MPI_ERR_COUNT);
    CHECK_CLASS(MPI_Psend_init(out, 2, 2, MPI_INT, size, 0, comm, none, &send), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Psend_init(out, 2, 2, MPI_INT, 0, -1, comm, none, &send), MPI_ERR_TAG);
    CHECK_CLASS(MPI_Pready(0, MPI_REQUEST_NULL), MPI_ERR_REQUEST);
    CHECK(arrived(MPI_REQUEST_NULL, 0));
    MPI_Psend_init(out, 2, 2, MPI_INT, rank, 0, comm, none, &send);
    MPI_Precv_init(in, 1, 2, MPI_INT, rank, 0, comm, none, &receive);
    CHECK(arrived(receive, 0));
    CHECK_CLASS(MPI_Pready(0, send), MPI_ERR_REQUEST);
    MPI_Start(&send);
    MPI_Start(&receive);
    CHECK_CLASS(MPI_Start(&send), MPI_ERR_REQUEST);
    code = MPI_Pready(2, send);
    CHECK_CLASS(code, MPI_ERR_ARG);
    CHECK_WORD(code, "no partition 2: the request was made with 2");
    CHECK_CLASS(MPI_Pready(0, receive), MPI_ERR_REQUEST);
    CHECK_CLASS(MPI_Parrived(send, 0, &flag), MPI_ERR_REQUEST);
    CHECK_CLASS(MPI_Parrived(receive, 1, &flag), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Pready_range(1, 0, send), MPI_ERR_ARG);
    CHECK_EQ(MPI_Pready_range(1, 1, send), MPI_SUCCESS);
    CHECK_CLASS(MPI_Pready_list(1, (int[]){1}, send), MPI_ERR_ARG);
    CHECK_EQ(MPI_Pready_list(1, (int[]){0}, send), MPI_SUCCESS);
    MPI_Wait(&send, MPI_STATUS_IGNORE);
    code = MPI_Wait(&receive, MPI_STATUS_IGNORE);
    CHECK_CLASS(code, MPI_ERR_TRUNCATE);
    CHECK_WORD(code, "2 partitions of 8 bytes");
    MPI_Request_free(&send);
    MPI_Request_free(&receive);
}

int main(int argc, char **argv)
{
    int provided;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    CHECK_EQ(provided, MPI_THREAD_MULTIPLE);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    ring(1, 1, 10);
    ring(4, 3, 0);
    ring(4, 3, 7);
    ring(3, 5, 2000);
    ring(2, 8, 30000);
    seen_before_the_whole_arrives();
    derived_types();
    many_threads();
    nobody();
    misuse();
    MPI_Comm_free(&comm);
    return finish();
}
