// A sender far ahead of its receiver: nothing is lost, and the order is kept.
#include <mpi.h>
#include <stdio.h>
#include <time.h>

enum { MESSAGES = 20000 };

int main(int argc, char **argv)
{
    int rank, in_order = 1;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (rank == 0) {
        for (int number = 0; number < MESSAGES; number++)
            MPI_Send(&number, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    } else {
        // What has not been received yet waits; when there is no more room, the sender waits, too.
        nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
        for (int expected = 0; expected < MESSAGES; expected++) {
            int number = -1;
            MPI_Recv(&number, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            in_order = in_order && number == expected;
        }
        printf("%d messages came %s\n", MESSAGES, in_order ? "in order" : "in disorder");
    }
    MPI_Finalize();
    return 0;
}
