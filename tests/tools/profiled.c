/* Calls whose numbers are known, for the profiler of examples/tools: on two ranks, 3 messages of 100 bytes each way of
   sending, and 5 sums of 8 bytes, of which MPI_Pcontrol hides the last two. */
#include <mpi.h>

int main(int argc, char **argv)
{
    char data[100] = "";
    double value = 1, sum;
    int rank;
    MPI_Request request;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    for (int i = 0; i < 3; i++) {
        if (rank == 0) {
            MPI_Send(data, 100, MPI_CHAR, 1, 0, MPI_COMM_WORLD);
            MPI_Isend_c(data, 100, MPI_CHAR, 1, 0, MPI_COMM_WORLD, &request);
            MPI_Wait(&request, MPI_STATUS_IGNORE);
        } else {
            MPI_Recv(data, 100, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Recv_c(data, 100, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        }
    }
    for (int i = 0; i < 5; i++) {
        MPI_Pcontrol(i < 3);
        MPI_Allreduce(&value, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
