// More ranks than processors: a ring, everyone to everyone, and collectives still get through.
// ranks: 8 16
// limit: 40
#include "check.h"

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    int right = (rank + 1) % size, left = (rank + size - 1) % size, token = 0;
    for (int round = 0; round < 20; round++) {
        if (rank == 0) {
            token = round;
            MPI_Send(&token, 1, MPI_INT, right, 0, MPI_COMM_WORLD);
            MPI_Recv(&token, 1, MPI_INT, left, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            CHECK_EQ(token, round + size - 1);
        } else {
            MPI_Recv(&token, 1, MPI_INT, left, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            token++;
            MPI_Send(&token, 1, MPI_INT, right, 0, MPI_COMM_WORLD);
        }
    }
    enum { COUNT = 3000 };
    int *out = malloc(sizeof(int) * COUNT * size), *in = malloc(sizeof(int) * COUNT * size);
    MPI_Request *requests = malloc(sizeof *requests * 2 * size);
    for (int peer = 0; peer < size; peer++) {
        for (int i = 0; i < COUNT; i++)
            out[peer * COUNT + i] = rank * 1000 + peer + i;
        MPI_Irecv(&in[peer * COUNT], COUNT, MPI_INT, peer, 1, MPI_COMM_WORLD, &requests[peer]);
    }
    for (int peer = 0; peer < size; peer++)
        MPI_Isend(&out[peer * COUNT], COUNT, MPI_INT, peer, 1, MPI_COMM_WORLD, &requests[size + peer]);
    MPI_Waitall(2 * size, requests, MPI_STATUSES_IGNORE);
    int wrong = 0;
    for (int peer = 0; peer < size; peer++)
        for (int i = 0; i < COUNT; i++)
            wrong += in[peer * COUNT + i] != peer * 1000 + rank + i;
    CHECK_EQ(wrong, 0);
    for (int round = 0; round < 50; round++) {
        int sum = 0;
        MPI_Barrier(MPI_COMM_WORLD);
        MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
        CHECK_EQ(sum, size * (size - 1) / 2);
    }
    free(out);
    free(in);
    free(requests);
    return finish();
}
