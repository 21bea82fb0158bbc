// Does without end, or for the seconds of the third argument, what the first one names, for somebody to kill one of the
// processes in the middle of it. The second one is a file to write.
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int rank, size;
static double end;

static int go_on(void)
{
    return MPI_Wtime() < end;
}

/* Locks of both kinds on windows of all ranks, and lock_all in between. */
static void lock(void)
{
    enum { INTS = 50000 };
    static int own[INTS];
    MPI_Win win;
    void *memory;
    MPI_Win_allocate(sizeof own, sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
    for (unsigned round = rank; go_on(); round++) {
        int target = rand_r(&round) % size;
        MPI_Win_lock(round % 3 ? MPI_LOCK_EXCLUSIVE : MPI_LOCK_SHARED, target, 0, win);
        MPI_Put(own, INTS, MPI_INT, target, 0, INTS, MPI_INT, win);
        MPI_Win_flush(target, win);
        MPI_Accumulate(own, INTS, MPI_INT, target, 0, INTS, MPI_INT, MPI_SUM, win);
        MPI_Win_unlock(target, win);
        if (round % 16)
            continue;
        MPI_Win_lock_all(0, win);
        MPI_Get(own, INTS, MPI_INT, target, 0, INTS, MPI_INT, win);
        MPI_Win_unlock_all(win);
    }
    MPI_Win_free(&win);
}

/* Writes blocks of all ranks that interleave, over and over. */
static void file(const char *name)
{
    enum { BLOCK = 1000, BLOCKS = 2000 };
    static char own[BLOCK * BLOCKS];
    MPI_File file;
    MPI_Datatype type;
    int again = 1;
    memset(own, 'a' + rank, sizeof own);
    MPI_File_open(MPI_COMM_WORLD, name, MPI_MODE_WRONLY | MPI_MODE_CREATE, MPI_INFO_NULL, &file);
    MPI_Type_vector(BLOCKS, BLOCK, BLOCK * size, MPI_BYTE, &type);
    MPI_Type_commit(&type);
    MPI_File_set_view(file, (MPI_Offset)rank * BLOCK, MPI_BYTE, type, "native", MPI_INFO_NULL);
    while (again) {
        MPI_File_write_at_all(file, 0, own, sizeof own, MPI_BYTE, MPI_STATUS_IGNORE);
        again = go_on();
        MPI_Bcast(&again, 1, MPI_INT, 0, MPI_COMM_WORLD);
    }
    MPI_File_close(&file);
}

/* Starts processes, meets with them and parts from them. */
static void spawn(char *program, MPI_Comm parent)
{
    int sum, again = 1;
    MPI_Comm children;
    if (parent != MPI_COMM_NULL) {
        MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, parent);
        MPI_Comm_disconnect(&parent);
        return;
    }
    while (again) {
        char *arguments[] = {"spawn", NULL};
        MPI_Comm_spawn(program, arguments, 2, MPI_INFO_NULL, size - 1, MPI_COMM_WORLD, &children, MPI_ERRCODES_IGNORE);
        MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, children);
        MPI_Comm_disconnect(&children);
        again = go_on();
        MPI_Bcast(&again, 1, MPI_INT, 0, MPI_COMM_WORLD);
    }
}

/* Two jobs stay connected, and connect again and again; the service is named after the file. */
static void meet(const char *name, int serves)
{
    char port[MPI_MAX_PORT_NAME] = "";
    MPI_Comm stays, comes;
    int sum, again = 1;
    int (*come)(const char *, MPI_Info, int, MPI_Comm, MPI_Comm *) = serves ? MPI_Comm_accept : MPI_Comm_connect;
    if (rank == 0 && serves) {
        MPI_Open_port(MPI_INFO_NULL, port);
        MPI_Publish_name(name, MPI_INFO_NULL, port);
    } else if (rank == 0) {
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
        while (MPI_Lookup_name(name, MPI_INFO_NULL, port) != MPI_SUCCESS)
            usleep(1000);
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
    }
    come(port, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &stays);
    if (rank == 0)
        puts("connected");
    fflush(stdout);
    while (again) {
        come(port, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &comes);
        MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, comes);
        MPI_Comm_disconnect(&comes);
        again = go_on();
        MPI_Bcast(&again, 1, MPI_INT, 0, MPI_COMM_WORLD);
    }
    MPI_Comm_disconnect(&stays);
}

/* Does not want to end: spins, without MPI, and so do processes that it has forked, one in a session of its own. */
static void stubborn(void)
{
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (fork() == 0 && fork() == 0)
        setsid();
    for (volatile unsigned turns = 0;; turns++)
        if (rank > 0)
            usleep(1000);
}

int main(int argc, char **argv)
{
    const char *what = argv[1];
    MPI_Comm parent;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Comm_get_parent(&parent);
    end = MPI_Wtime() + (argc > 3 ? atof(argv[3]) : 3600);
    if (strcmp(what, "lock") == 0)
        lock();
    else if (strcmp(what, "file") == 0)
        file(argv[2]);
    else if (strcmp(what, "spawn") == 0)
        spawn(argv[0], parent);
    else if (strcmp(what, "serve") == 0 || strcmp(what, "call") == 0)
        meet(argv[2], strcmp(what, "serve") == 0);
    else
        stubborn();
    MPI_Finalize();
    return 0;
}
