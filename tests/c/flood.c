// A million messages of a kibibyte that nobody waits for: none is lost, the order is kept, and the receiver's
// memory stays bounded, because a sender that is far ahead has to wait.
// ranks: 2
// limit: 60
#include "check.h"
#include <unistd.h>

enum { MESSAGES = 1000000, BYTES = 1024, BOUND_MIB = 256 };

static long resident_mib(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &pages, &resident) != 2)
        resident = -1;
    if (file)
        fclose(file);
    return resident * sysconf(_SC_PAGESIZE) >> 20;
}

int main(int argc, char **argv)
{
    static char data[BYTES];
    begin(&argc, &argv);
    if (rank == 0) {
        for (int i = 0; i < MESSAGES; i++) {
            memcpy(data, &i, sizeof i);
            MPI_Send(data, BYTES, MPI_CHAR, 1, i % 1000, MPI_COMM_WORLD);
        }
    } else {
        /* The receiver looks at something else for a while, so that messages pile up. */
        int flag;
        double until = MPI_Wtime() + 1;
        while (MPI_Wtime() < until)
            MPI_Iprobe(0, 5000, MPI_COMM_WORLD, &flag, MPI_STATUS_IGNORE);
        long most = resident_mib();
        for (int i = 0; i < MESSAGES; i++) {
            MPI_Status status;
            int number = -1;
            MPI_Recv(data, BYTES, MPI_CHAR, 0, MPI_ANY_TAG, MPI_COMM_WORLD, &status);
            memcpy(&number, data, sizeof number);
            if (number != i || status.MPI_TAG != i % 1000) {
                CHECK_EQ(number, i);
                MPI_Abort(MPI_COMM_WORLD, 1);
            }
            if (i % 10000 == 0 && resident_mib() > most)
                most = resident_mib();
        }
        char library[MPI_MAX_LIBRARY_VERSION_STRING];
        int length;
        MPI_Get_library_version(library, &length);
        if (most > BOUND_MIB && strstr(library, "Passel")) {
            failures++;
            fprintf(stderr, "the receiver used %ld MiB, and %d MiB are the bound\n", most, BOUND_MIB);
        }
    }
    return finish();
}
