// Messages of one sender on one communicator do not overtake each other, whatever their size; wildcards see
// them in the order of sending; communicators are separate worlds.
// ranks: 2 3 5
// limit: 40
#include "check.h"

enum { ROUNDS = 300 };
static const int sizes[] = {0, 1, 7, 48, 64, 1000, 4096, 16384, 70000, 300000};
enum { SIZES = sizeof sizes / sizeof sizes[0], LARGEST = 300000 };

static void fill(unsigned char *data, int bytes, int seed)
{
    for (int i = 0; i < bytes; i++)
        data[i] = (unsigned char)(seed * 31 + i);
}

static int is_filled(const unsigned char *data, int bytes, int seed)
{
    for (int i = 0; i < bytes; i++)
        if (data[i] != (unsigned char)(seed * 31 + i))
            return 0;
    return 1;
}

/* Rank 0 receives with both wildcards; of each sender the rounds come in order. */
static void wildcards(MPI_Comm comm)
{
    unsigned char *data = malloc(LARGEST);
    if (rank != 0) {
        for (int round = 0; round < ROUNDS; round++) {
            int bytes = sizes[(round + rank) % SIZES];
            fill(data, bytes, round);
            MPI_Send(data, bytes, MPI_BYTE, 0, round, comm);
        }
    } else {
        int *next = calloc(size, sizeof *next);
        for (int i = 0; i < (size - 1) * ROUNDS; i++) {
            MPI_Status status;
            int bytes;
            MPI_Recv(data, LARGEST, MPI_BYTE, MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &status);
            MPI_Get_count(&status, MPI_BYTE, &bytes);
            int round = next[status.MPI_SOURCE]++;
            CHECK_EQ(status.MPI_TAG, round);
            CHECK_EQ(bytes, sizes[(round + status.MPI_SOURCE) % SIZES]);
            CHECK(is_filled(data, bytes, round));
        }
        free(next);
    }
    free(data);
}

/* Receives posted for tags in the reverse order of sending take the right messages. */
static void tags_reversed(MPI_Comm comm)
{
    enum { COUNT = 40 };
    int value[COUNT];
    MPI_Request requests[COUNT];
    if (rank == 0) {
        for (int tag = 0; tag < COUNT; tag++)
            MPI_Send(&tag, 1, MPI_INT, 1, tag, comm);
    } else if (rank == 1) {
        MPI_Probe(0, COUNT - 1, comm, MPI_STATUS_IGNORE);
        for (int i = 0; i < COUNT; i++)
            MPI_Irecv(&value[i], 1, MPI_INT, 0, COUNT - 1 - i, comm, &requests[i]);
        MPI_Waitall(COUNT, requests, MPI_STATUSES_IGNORE);
        for (int i = 0; i < COUNT; i++)
            CHECK_EQ(value[i], COUNT - 1 - i);
    }
}

/* Posted receives are matched in the order of posting, wildcard or not. */
static void posting_order(MPI_Comm comm)
{
    enum { COUNT = 20 };
    int value[COUNT];
    MPI_Request requests[COUNT];
    if (rank == 1) {
        for (int i = 0; i < COUNT; i++) {
            int source = i % 2 ? MPI_ANY_SOURCE : 0, tag = i % 3 ? MPI_ANY_TAG : 5;
            MPI_Irecv(&value[i], 1, MPI_INT, source, tag, comm, &requests[i]);
        }
        MPI_Send(NULL, 0, MPI_INT, 0, 9, comm);
        MPI_Waitall(COUNT, requests, MPI_STATUSES_IGNORE);
        for (int i = 0; i < COUNT; i++)
            CHECK_EQ(value[i], i);
    } else if (rank == 0) {
        MPI_Recv(NULL, 0, MPI_INT, 1, 9, comm, MPI_STATUS_IGNORE);
        for (int i = 0; i < COUNT; i++)
            MPI_Send(&i, 1, MPI_INT, 1, 5, comm);
    }
}

/* The same envelope on another communicator does not match. */
static void separate_worlds(void)
{
    MPI_Comm other;
    MPI_Comm_dup(MPI_COMM_WORLD, &other);
    if (rank == 0) {
        int first = 1, second = 2;
        MPI_Send(&first, 1, MPI_INT, 1, 3, other);
        MPI_Send(&second, 1, MPI_INT, 1, 3, MPI_COMM_WORLD);
    } else if (rank == 1) {
        int value = 0;
        MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        CHECK_EQ(value, 2);
        MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, other, MPI_STATUS_IGNORE);
        CHECK_EQ(value, 1);
    }
    MPI_Comm_free(&other);
    CHECK(other == MPI_COMM_NULL);
}

/* Messages to oneself, and the empty message. */
static void to_self(void)
{
    int sent = 17, got = 0, count = -1;
    MPI_Request request;
    MPI_Status status;
    MPI_Isend(&sent, 1, MPI_INT, rank, 1, MPI_COMM_WORLD, &request);
    MPI_Recv(&got, 1, MPI_INT, rank, 1, MPI_COMM_WORLD, &status);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK_EQ(got, 17);
    MPI_Sendrecv(NULL, 0, MPI_INT, 0, 2, NULL, 0, MPI_INT, 0, 2, MPI_COMM_SELF, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, 0);
    CHECK_EQ(status.MPI_SOURCE, 0);
    CHECK_EQ(status.MPI_TAG, 2);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    wildcards(MPI_COMM_WORLD);
    MPI_Barrier(MPI_COMM_WORLD);
    tags_reversed(MPI_COMM_WORLD);
    MPI_Barrier(MPI_COMM_WORLD);
    posting_order(MPI_COMM_WORLD);
    MPI_Barrier(MPI_COMM_WORLD);
    separate_worlds();
    to_self();
    return finish();
}
