// Send and receive by rank: an array goes round, and every rank adds its number.
#include <mpi.h>
#include <stdio.h>

enum { MOST = 64, TAG = 1 };

int main(int argc, char **argv)
{
    int rank, size, token[MOST] = {0}, count = 1;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    if (rank == 0)
        MPI_Send(token, count, MPI_INT, right, TAG, MPI_COMM_WORLD);
    MPI_Status status;
    MPI_Recv(token, MOST, MPI_INT, left, TAG, MPI_COMM_WORLD, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    if (rank == 0) {
        printf("The token came back after visiting");
        for (int i = 0; i < count; i++)
            printf(" %d", token[i]);
        printf("\n");
    } else {
        printf("Rank %d got the token from rank %d\n", rank, status.MPI_SOURCE);
        if (count < MOST)
            token[count++] = rank;
        MPI_Send(token, count, MPI_INT, right, TAG, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
