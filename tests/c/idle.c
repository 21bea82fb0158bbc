// A rank that waits two seconds in MPI_Recv, in MPI_Barrier and in MPI_Wait uses less than one per cent of a CPU.
// ranks: 2
// limit: 30
#include "check.h"
#include <sys/resource.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void nap(void)
{
    struct timespec two = {2, 0};
    nanosleep(&two, NULL);
}

int main(int argc, char **argv)
{
    static const char *calls[] = {"MPI_Recv", "MPI_Barrier", "MPI_Wait"};
    char library[MPI_MAX_LIBRARY_VERSION_STRING];
    int value = 0, length;
    begin(&argc, &argv);
    MPI_Get_library_version(library, &length);
    for (int call = 0; call < 3; call++) {
        MPI_Request request;
        double begun = cpu_seconds();
        if (rank == 0) {
            nap();
            if (call == 1)
                MPI_Barrier(MPI_COMM_WORLD);
            else
                MPI_Send(&call, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
        } else if (call == 0) {
            MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else if (call == 1) {
            MPI_Barrier(MPI_COMM_WORLD);
        } else {
            MPI_Irecv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &request);
            MPI_Wait(&request, MPI_STATUS_IGNORE);
        }
        double used = cpu_seconds() - begun;
        if (used > 0.02 && strstr(library, "Passel")) {
            failures++;
            fprintf(stderr, "rank %d used %.3f s of CPU in two seconds of %s\n", rank, used, calls[call]);
        }
    }
    return finish();
}
