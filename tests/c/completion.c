// Wait and test over many requests, request status without freeing, cancel, probes and matched probes.
// ranks: 2 3
#include "check.h"

enum { COUNT = 16 };

/* Rank 1 posts COUNT receives; rank 0 sends in a stirred order when told to. */
static void post(int *values, MPI_Request *requests)
{
    for (int i = 0; i < COUNT; i++) {
        values[i] = -1;
        MPI_Irecv(&values[i], 1, MPI_INT, 0, i, MPI_COMM_WORLD, &requests[i]);
    }
}

static void feed(void)
{
    for (int i = 0; i < COUNT; i++) {
        int tag = i * 7 % COUNT;
        MPI_Send(&tag, 1, MPI_INT, 1, tag, MPI_COMM_WORLD);
    }
}

static void go(void)
{
    if (rank == 1)
        MPI_Send(NULL, 0, MPI_INT, 0, 100, MPI_COMM_WORLD);
    else if (rank == 0)
        MPI_Recv(NULL, 0, MPI_INT, 1, 100, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

static void any_and_some(void)
{
    int values[COUNT], index, flag, done[COUNT] = {0}, outcount;
    MPI_Request requests[COUNT];
    MPI_Status status, statuses[COUNT];
    if (rank == 1) {
        post(values, requests);
        MPI_Testany(COUNT, requests, &index, &flag, &status);
        CHECK(!flag);
        CHECK_EQ(index, MPI_UNDEFINED);
        MPI_Testsome(COUNT, requests, &outcount, done, statuses);
        CHECK_EQ(outcount, 0);
        MPI_Testall(COUNT, requests, &flag, statuses);
        CHECK(!flag);
    }
    go();
    if (rank == 0) {
        feed();
        feed();
        feed();
    } else if (rank == 1) {
        memset(done, 0, sizeof done);
        for (int i = 0; i < COUNT; i++) {
            MPI_Waitany(COUNT, requests, &index, &status);
            CHECK(index >= 0 && index < COUNT && !done[index]);
            CHECK_EQ(status.MPI_TAG, index);
            CHECK_EQ(values[index], index);
            CHECK(requests[index] == MPI_REQUEST_NULL);
            done[index] = 1;
        }
        MPI_Waitany(COUNT, requests, &index, &status);
        CHECK_EQ(index, MPI_UNDEFINED);
        post(values, requests);
        int total = 0, indices[COUNT];
        while (total < COUNT) {
            MPI_Waitsome(COUNT, requests, &outcount, indices, statuses);
            CHECK(outcount > 0);
            for (int i = 0; i < outcount; i++) {
                CHECK_EQ(statuses[i].MPI_TAG, indices[i]);
                CHECK_EQ(values[indices[i]], indices[i]);
            }
            total += outcount;
        }
        CHECK_EQ(total, COUNT);
        MPI_Waitsome(COUNT, requests, &outcount, indices, statuses);
        CHECK_EQ(outcount, MPI_UNDEFINED);
        post(values, requests);
        do
            MPI_Testall(COUNT, requests, &flag, statuses);
        while (!flag);
        for (int i = 0; i < COUNT; i++)
            CHECK_EQ(statuses[i].MPI_TAG, i);
    }
}

static void status_kept(void)
{
    int value = 9, got = 0, flag, index;
    MPI_Request requests[2] = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
    MPI_Status status;
    MPI_Request_get_status(MPI_REQUEST_NULL, &flag, &status);
    CHECK(flag);
    if (rank == 0) {
        MPI_Recv(NULL, 0, MPI_INT, 1, 2, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Send(&value, 1, MPI_INT, 1, 1, MPI_COMM_WORLD);
    } else if (rank == 1) {
        MPI_Irecv(&got, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &requests[1]);
        MPI_Request_get_status(requests[1], &flag, &status);
        CHECK(!flag);
        MPI_Send(NULL, 0, MPI_INT, 0, 2, MPI_COMM_WORLD);
        do
            MPI_Request_get_status(requests[1], &flag, &status);
        while (!flag);
        CHECK(requests[1] != MPI_REQUEST_NULL);
        CHECK_EQ(status.MPI_SOURCE, 0);
        CHECK_EQ(got, 9);
        MPI_Request_get_status_any(2, requests, &index, &flag, &status);
        CHECK(flag);
        CHECK_EQ(index, 1);
        MPI_Wait(&requests[1], &status);
        CHECK_EQ(status.MPI_TAG, 1);
        CHECK(requests[1] == MPI_REQUEST_NULL);
    }
}

static void cancelled(void)
{
    int value = 0, flag;
    MPI_Request request;
    MPI_Status status;
    MPI_Irecv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 999, MPI_COMM_WORLD, &request);
    MPI_Cancel(&request);
    MPI_Wait(&request, &status);
    MPI_Test_cancelled(&status, &flag);
    CHECK(flag);
    /* A receive that is already matched cannot be cancelled. */
    MPI_Request send;
    int out = 4;
    MPI_Irecv(&value, 1, MPI_INT, rank, 998, MPI_COMM_WORLD, &request);
    MPI_Isend(&out, 1, MPI_INT, rank, 998, MPI_COMM_WORLD, &send);
    MPI_Wait(&send, MPI_STATUS_IGNORE);
    do
        MPI_Request_get_status(request, &flag, MPI_STATUS_IGNORE);
    while (!flag);
    MPI_Cancel(&request);
    MPI_Wait(&request, &status);
    MPI_Test_cancelled(&status, &flag);
    CHECK(!flag);
    CHECK_EQ(value, 4);
    MPI_Barrier(MPI_COMM_WORLD);
}

static void probes(void)
{
    enum { N = 1000 };
    double data[N];
    MPI_Status status;
    int flag, count;
    MPI_Message message, second;
    if (rank == 0) {
        MPI_Iprobe(MPI_ANY_SOURCE, 50, MPI_COMM_WORLD, &flag, &status);
        CHECK(!flag);
        MPI_Improbe(MPI_ANY_SOURCE, 50, MPI_COMM_WORLD, &flag, &message, &status);
        CHECK(!flag);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 1) {
        for (int i = 0; i < N; i++)
            data[i] = i;
        MPI_Send(data, 10, MPI_DOUBLE, 0, 50, MPI_COMM_WORLD);
        MPI_Send(data, N, MPI_DOUBLE, 0, 50, MPI_COMM_WORLD);
        MPI_Send(data, 30, MPI_DOUBLE, 0, 51, MPI_COMM_WORLD);
        MPI_Ssend(data, 40, MPI_DOUBLE, 0, 52, MPI_COMM_WORLD);
    } else if (rank == 0) {
        MPI_Probe(MPI_ANY_SOURCE, 51, MPI_COMM_WORLD, &status);
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        CHECK_EQ(count, 30);
        CHECK_EQ(status.MPI_SOURCE, 1);
        /* Two messages with one envelope: each matched probe takes the next one out of the queue. */
        MPI_Mprobe(1, 50, MPI_COMM_WORLD, &message, &status);
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        CHECK_EQ(count, 10);
        MPI_Mprobe(1, 50, MPI_COMM_WORLD, &second, &status);
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        CHECK_EQ(count, N);
        MPI_Iprobe(1, 50, MPI_COMM_WORLD, &flag, &status);
        CHECK(!flag);
        MPI_Request request;
        MPI_Imrecv(data, N, MPI_DOUBLE, &second, &request);
        CHECK(second == MPI_MESSAGE_NULL);
        MPI_Wait(&request, &status);
        CHECK(data[N - 1] == N - 1);
        MPI_Mrecv(data, N, MPI_DOUBLE, &message, &status);
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        CHECK_EQ(count, 10);
        MPI_Recv(data, N, MPI_DOUBLE, 1, 51, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Mprobe(1, 52, MPI_COMM_WORLD, &message, &status);
        MPI_Mrecv(data, N, MPI_DOUBLE, &message, &status);
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        CHECK_EQ(count, 40);
    }
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    any_and_some();
    MPI_Barrier(MPI_COMM_WORLD);
    status_kept();
    MPI_Barrier(MPI_COMM_WORLD);
    cancelled();
    probes();
    return finish();
}
