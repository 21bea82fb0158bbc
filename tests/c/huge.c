// One message of more than two gibibytes, counted in 64 bits.
// ranks: 2
// limit: 60
#include "check.h"
#include <sys/mman.h>

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    const size_t bytes = ((size_t)2 << 30) + 4099;
    unsigned char *data = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CHECK(data != MAP_FAILED);
    if (rank == 0) {
        for (size_t i = 0; i < bytes; i += 65521)
            data[i] = (unsigned char)(i / 65521);
        data[bytes - 1] = 0xa5;
        MPI_Send_c(data, (MPI_Count)bytes, MPI_BYTE, 1, 3, MPI_COMM_WORLD);
    } else {
        MPI_Status status;
        MPI_Count count = 0;
        int small = 0;
        MPI_Recv_c(data, (MPI_Count)bytes, MPI_BYTE, 0, 3, MPI_COMM_WORLD, &status);
        MPI_Get_count_c(&status, MPI_BYTE, &count);
        CHECK_EQ(count, bytes);
        MPI_Get_count(&status, MPI_BYTE, &small);
        CHECK_EQ(small, MPI_UNDEFINED);
        size_t wrong = 0;
        for (size_t i = 0; i < bytes - 1; i += 65521)
            wrong += data[i] != (unsigned char)(i / 65521);
        CHECK_EQ(wrong, 0);
        CHECK_EQ(data[bytes - 1], 0xa5);
    }
    munmap(data, bytes);
    return finish();
}
