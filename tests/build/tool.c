/* A profiling tool: its own MPI_Allreduce in front of the library's, which it calls by its second name. */
#include <mpi.h>
#include <stdio.h>

int MPI_Allreduce(const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
                  MPI_Comm comm)
{
    fprintf(stderr, "tool: MPI_Allreduce of %d\n", count);
    return PMPI_Allreduce(sendbuf, recvbuf, count, datatype, op, comm);
}
