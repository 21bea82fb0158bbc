// Nonblocking sends in buffered and ready mode: the first is over before anybody receives, the second meets a
// receive that is there.
// ranks: 2
#include "check.h"

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    int numbers[100], got[100] = {0}, other = 1 - rank, count;
    static char space[100 * sizeof(int) + MPI_BSEND_OVERHEAD];
    void *back;
    MPI_Request request, receive;
    MPI_Status status;
    for (int i = 0; i < 100; i++)
        numbers[i] = 1000 * rank + i;
    MPI_Buffer_attach(space, sizeof space);
    MPI_Ibsend(numbers, 100, MPI_INT, other, 1, MPI_COMM_WORLD, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    for (int i = 0; i < 100; i++)
        numbers[i] = -1;
    /* Both sends are over here, and neither has been received. */
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Recv(got, 100, MPI_INT, other, 1, MPI_COMM_WORLD, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, 100);
    CHECK(got[0] == 1000 * other && got[99] == 1000 * other + 99);
    MPI_Buffer_detach(&back, &count);
    CHECK(back == space);

    MPI_Irecv(got, 100, MPI_INT, other, 2, MPI_COMM_WORLD, &receive);
    MPI_Barrier(MPI_COMM_WORLD);
    numbers[42] = rank;
    MPI_Irsend(numbers, 100, MPI_INT, other, 2, MPI_COMM_WORLD, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Wait(&receive, &status);
    CHECK_EQ(status.MPI_SOURCE, other);
    CHECK_EQ(got[42], other);
    CHECK_EQ(got[43], -1);
    return finish();
}
