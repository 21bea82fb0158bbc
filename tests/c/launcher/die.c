// Rank 1 leaves in the way that the first argument names, while the others wait for a message from it, or for a lock
// of a window that it holds. "early-CALL"
// is a leave by way of MPI_Finalize while the others wait in CALL.
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void wait_in(const char *call)
{
    int value = 0, all = 0;
    MPI_Request request;
    if (strcmp(call, "recv") == 0) {
        MPI_Recv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else if (strcmp(call, "any") == 0) {
        MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else if (strcmp(call, "probe") == 0) {
        MPI_Probe(1, MPI_ANY_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else if (strcmp(call, "wait") == 0) {
        MPI_Irecv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
        MPI_Waitall(1, &request, MPI_STATUSES_IGNORE);
    } else if (strcmp(call, "allreduce") == 0) {
        MPI_Allreduce(&value, &all, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    } else if (strcmp(call, "ibarrier") == 0) {
        MPI_Ibarrier(MPI_COMM_WORLD, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    }
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    int rank, value = 0;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Barrier(MPI_COMM_WORLD);
    if (strcmp(how, "late") == 0) {
        MPI_Finalize();
        return rank == 1 ? 3 : 0;
    }
    if (strncmp(how, "early-", 6) == 0) {
        if (rank != 1)
            wait_in(how + 6);
        MPI_Finalize();
        return rank == 1 && strcmp(how, "early-any") == 0 ? 3 : 0;
    }
    if (strcmp(how, "lock") == 0) {
        MPI_Win win;
        void *memory;
        MPI_Win_allocate(64, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
        if (rank == 1)
            MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, win);
        MPI_Barrier(MPI_COMM_WORLD);
        if (rank == 1)
            raise(SIGKILL);
        MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
    }
    if (rank != 1) {
        MPI_Recv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else if (strcmp(how, "signal") == 0) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    } else if (strcmp(how, "kill") == 0) {
        raise(SIGKILL);
    } else if (strcmp(how, "exit") == 0) {
        _exit(7);
    } else if (strcmp(how, "return") == 0) {
        _exit(0);
    } else if (strcmp(how, "abort") == 0) {
        MPI_Abort(MPI_COMM_WORLD, 42);
    } else if (strcmp(how, "fatal") == 0) {
        MPI_Send(&value, 1, MPI_INT, 12345, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
