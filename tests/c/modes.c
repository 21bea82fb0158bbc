// Send modes: Ssend waits for the receive, Bsend returns at once and its buffer can be lost and found, Rsend
// works when the receive is posted; persistent and combined forms of each.
// ranks: 2 3
#include "check.h"

/* A synchronous send is not complete before its receive has begun. */
static void synchronous(void)
{
    int value = 5, flag = 1;
    MPI_Request request;
    if (rank == 0) {
        MPI_Issend(&value, 1, MPI_INT, 1, 1, MPI_COMM_WORLD, &request);
        double until = MPI_Wtime() + 0.1;
        while (MPI_Wtime() < until) {
            MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
            CHECK(!flag);
            if (flag)
                break;
        }
        MPI_Send(NULL, 0, MPI_INT, 1, 2, MPI_COMM_WORLD);
        if (!flag)
            MPI_Wait(&request, MPI_STATUS_IGNORE);
        double begun = MPI_Wtime();
        MPI_Ssend(&value, 1, MPI_INT, 1, 3, MPI_COMM_WORLD);
        CHECK(MPI_Wtime() - begun > 0.1);
    } else if (rank == 1) {
        int got = 0;
        MPI_Recv(NULL, 0, MPI_INT, 0, 2, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Recv(&got, 1, MPI_INT, 0, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        CHECK_EQ(got, 5);
        double until = MPI_Wtime() + 0.2;
        while (MPI_Wtime() < until)
            ;
        MPI_Recv(&got, 1, MPI_INT, 0, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
}

/* Rank 0 sends `count` buffered messages that rank 1 takes only after it was told that all were sent. */
static void buffered_burst(MPI_Comm comm, int count, int bytes)
{
    char *data = malloc(bytes);
    if (rank == 0) {
        for (int i = 0; i < count; i++) {
            memset(data, i, bytes);
            MPI_Bsend(data, bytes, MPI_CHAR, 1, i, comm);
        }
        memset(data, 0x55, bytes);
        MPI_Send(NULL, 0, MPI_CHAR, 1, count, MPI_COMM_WORLD);
    } else if (rank == 1) {
        MPI_Recv(NULL, 0, MPI_CHAR, 0, count, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        for (int i = 0; i < count; i++) {
            MPI_Recv(data, bytes, MPI_CHAR, 0, i, comm, MPI_STATUS_IGNORE);
            CHECK_EQ(data[0], i);
            CHECK_EQ(data[bytes - 1], i);
        }
    }
    free(data);
}

static void buffered(void)
{
    enum { COUNT = 8, BYTES = 100000 };
    int room = COUNT * (BYTES + MPI_BSEND_OVERHEAD);
    char *buffer = malloc(room), *back = NULL;
    int back_size = 0;
    MPI_Buffer_attach(buffer, room);
    buffered_burst(MPI_COMM_WORLD, COUNT, BYTES);
    MPI_Buffer_flush();
    /* The whole buffer is free again. */
    buffered_burst(MPI_COMM_WORLD, COUNT, BYTES);
    MPI_Buffer_detach(&back, &back_size);
    CHECK(back == buffer);
    CHECK_EQ(back_size, room);

    /* A message that neither leaves at once nor fits is an error, and the next that fits is none. */
    enum { LONG = 16000000 };
    char *data = calloc(LONG, 1);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    MPI_Buffer_attach(buffer, 1000 + MPI_BSEND_OVERHEAD);
    CHECK_CLASS(MPI_Bsend(data, LONG, MPI_CHAR, MPI_PROC_NULL, 0, MPI_COMM_WORLD), MPI_SUCCESS);
    CHECK_CLASS(MPI_Bsend(data, LONG, MPI_CHAR, rank, 0, MPI_COMM_WORLD), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_Bsend(data, 1000, MPI_CHAR, rank, 0, MPI_COMM_WORLD), MPI_SUCCESS);
    MPI_Recv(data, 1000, MPI_CHAR, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    /* An error of no communicator goes to MPI_COMM_SELF (MPI-5.0 section 9.3). */
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    CHECK(MPI_Buffer_attach(buffer, 100) != MPI_SUCCESS);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_ARE_FATAL);
    MPI_Buffer_detach(&back, &back_size);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_ARE_FATAL);
    free(data);
    free(buffer);
}

static void automatic_and_per_communicator(void)
{
    MPI_Comm comm;
    void *back;
    int back_size;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Buffer_attach(MPI_BUFFER_AUTOMATIC, 0);
    buffered_burst(MPI_COMM_WORLD, 5, 300000);
    MPI_Buffer_detach(&back, &back_size);
    CHECK(back == MPI_BUFFER_AUTOMATIC);

    enum { COUNT = 4, BYTES = 5000 };
    static char buffer[COUNT * (BYTES + MPI_BSEND_OVERHEAD)];
    MPI_Comm_attach_buffer(comm, buffer, sizeof buffer);
    buffered_burst(comm, COUNT, BYTES);
    MPI_Comm_flush_buffer(comm);
    MPI_Request request;
    MPI_Comm_iflush_buffer(comm, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Comm_detach_buffer(comm, &back, &back_size);
    CHECK(back == buffer);
    CHECK_EQ(back_size, sizeof buffer);
    MPI_Comm_free(&comm);
}

static void ready(void)
{
    int value = 3, got = 0;
    MPI_Request request;
    if (rank == 1) {
        MPI_Irecv(&got, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, &request);
        MPI_Send(NULL, 0, MPI_INT, 0, 8, MPI_COMM_WORLD);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK_EQ(got, 3);
    } else if (rank == 0) {
        MPI_Recv(NULL, 0, MPI_INT, 1, 8, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Rsend(&value, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
    }
}

/* Persistent requests of every mode, started many times. */
static void persistent(void)
{
    enum { MODES = 4, ROUNDS = 50 };
    int out[MODES], in[MODES];
    static char buffer[2 * MODES * (sizeof(int) + MPI_BSEND_OVERHEAD)];
    MPI_Request sends[MODES], receives[MODES];
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    MPI_Buffer_attach(buffer, sizeof buffer);
    MPI_Send_init(&out[0], 1, MPI_INT, right, 0, MPI_COMM_WORLD, &sends[0]);
    MPI_Ssend_init(&out[1], 1, MPI_INT, right, 1, MPI_COMM_WORLD, &sends[1]);
    MPI_Bsend_init(&out[2], 1, MPI_INT, right, 2, MPI_COMM_WORLD, &sends[2]);
    MPI_Rsend_init(&out[3], 1, MPI_INT, right, 3, MPI_COMM_WORLD, &sends[3]);
    for (int i = 0; i < MODES; i++)
        MPI_Recv_init(&in[i], 1, MPI_INT, left, i, MPI_COMM_WORLD, &receives[i]);
    for (int round = 0; round < ROUNDS; round++) {
        MPI_Startall(MODES, receives);
        MPI_Barrier(MPI_COMM_WORLD);
        for (int i = 0; i < MODES; i++)
            out[i] = round * 10 + i;
        MPI_Start(&sends[0]);
        MPI_Startall(MODES - 1, &sends[1]);
        MPI_Waitall(MODES, sends, MPI_STATUSES_IGNORE);
        MPI_Waitall(MODES, receives, MPI_STATUSES_IGNORE);
        for (int i = 0; i < MODES; i++) {
            CHECK_EQ(in[i], round * 10 + i);
            CHECK(sends[i] != MPI_REQUEST_NULL);
        }
    }
    /* An inactive persistent request is complete, with an empty status. */
    MPI_Status status;
    int count = -1;
    MPI_Wait(&receives[0], &status);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, 0);
    CHECK_EQ(status.MPI_SOURCE, MPI_ANY_SOURCE);
    CHECK_EQ(status.MPI_TAG, MPI_ANY_TAG);
    for (int i = 0; i < MODES; i++) {
        MPI_Request_free(&sends[i]);
        MPI_Request_free(&receives[i]);
        CHECK(sends[i] == MPI_REQUEST_NULL);
    }
    void *back;
    int back_size;
    MPI_Buffer_detach(&back, &back_size);
}

static void combined(void)
{
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    enum { COUNT = 50000 };
    static int out[COUNT], in[COUNT];
    for (int i = 0; i < COUNT; i++)
        out[i] = rank * COUNT + i;
    MPI_Status status;
    MPI_Sendrecv(out, COUNT, MPI_INT, right, 4, in, COUNT, MPI_INT, left, 4, MPI_COMM_WORLD, &status);
    CHECK_EQ(status.MPI_SOURCE, left);
    CHECK_EQ(in[0], left * COUNT);
    CHECK_EQ(in[COUNT - 1], left * COUNT + COUNT - 1);
    MPI_Sendrecv_replace(out, COUNT, MPI_INT, right, 5, left, 5, MPI_COMM_WORLD, &status);
    CHECK(memcmp(out, in, sizeof in) == 0);
    MPI_Request request;
    MPI_Isendrecv(in, COUNT, MPI_INT, left, 6, out, COUNT, MPI_INT, right, 6, MPI_COMM_WORLD, &request);
    MPI_Wait(&request, &status);
    CHECK_EQ(out[7], rank * COUNT + 7);
    MPI_Isendrecv_replace(out, COUNT, MPI_INT, right, 7, left, 7, MPI_COMM_WORLD, &request);
    MPI_Wait(&request, &status);
    CHECK_EQ(out[7], left * COUNT + 7);
}

/* A partner that is MPI_PROC_NULL makes every call return at once. */
static void nobody(void)
{
    int value = 77, count = -1, flag = 0;
    MPI_Status status;
    MPI_Request request;
    MPI_Message message;
    MPI_Send(&value, 1, MPI_INT, MPI_PROC_NULL, 0, MPI_COMM_WORLD);
    MPI_Ssend(&value, 1, MPI_INT, MPI_PROC_NULL, 0, MPI_COMM_WORLD);
    MPI_Recv(&value, 1, MPI_INT, MPI_PROC_NULL, 3, MPI_COMM_WORLD, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(value, 77);
    CHECK_EQ(count, 0);
    CHECK_EQ(status.MPI_SOURCE, MPI_PROC_NULL);
    CHECK_EQ(status.MPI_TAG, MPI_ANY_TAG);
    MPI_Irecv(&value, 1, MPI_INT, MPI_PROC_NULL, 3, MPI_COMM_WORLD, &request);
    MPI_Test(&request, &flag, &status);
    CHECK(flag);
    CHECK_EQ(status.MPI_SOURCE, MPI_PROC_NULL);
    MPI_Probe(MPI_PROC_NULL, 3, MPI_COMM_WORLD, &status);
    CHECK_EQ(status.MPI_SOURCE, MPI_PROC_NULL);
    MPI_Mprobe(MPI_PROC_NULL, 3, MPI_COMM_WORLD, &message, &status);
    CHECK(message == MPI_MESSAGE_NO_PROC);
    MPI_Mrecv(&value, 1, MPI_INT, &message, &status);
    CHECK(message == MPI_MESSAGE_NULL);
    CHECK_EQ(status.MPI_SOURCE, MPI_PROC_NULL);
    CHECK_EQ(value, 77);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    synchronous();
    MPI_Barrier(MPI_COMM_WORLD);
    buffered();
    MPI_Barrier(MPI_COMM_WORLD);
    automatic_and_per_communicator();
    ready();
    MPI_Barrier(MPI_COMM_WORLD);
    persistent();
    combined();
    nobody();
    return finish();
}
