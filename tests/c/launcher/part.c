// Dies among processes that were started later or separately, in the way that the first argument says. Where others
// are connected with the dead one they wait for it, and must be ended; where they have parted they go on.
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void die(void)
{
    kill(getpid(), SIGKILL);
}

/* Waits for a message that never comes. */
static void wait_for_ever(MPI_Comm comm)
{
    int nothing;
    MPI_Recv(&nothing, 1, MPI_INT, 0, 99, comm, MPI_STATUS_IGNORE);
}

/* Starts this program as a job of its own. */
static pid_t start(char *program, char *how, char *port)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    char *kept[400], *arguments[] = {program, how, "client", port, NULL};
    int count = 0;
    for (char **entry = environ; *entry && count < 399; entry++)
        if (strncmp(*entry, "PASSEL_", 7) != 0 || strncmp(*entry, "PASSEL_TEST_", 12) == 0)
            kept[count++] = *entry;
    kept[count] = NULL;
    execve(program, arguments, kept);
    _exit(127);
}

static void child(const char *how, int rank, MPI_Comm parent)
{
    int is_victim = rank == 1;
    if (strcmp(how, "child") == 0 && is_victim)
        die();
    if (strcmp(how, "child-abort") == 0 && is_victim)
        MPI_Abort(MPI_COMM_WORLD, 42);
    if (strncmp(how, "parted", 6) == 0) {
        MPI_Comm_disconnect(&parent);
        if (strcmp(how, "parted-all") == 0 && !is_victim) {
            MPI_Finalize();
            exit(0);
        }
        if (is_victim && strcmp(how, "parted-exit") != 0)
            die();
        if (is_victim)
            exit(5);
        wait_for_ever(MPI_COMM_WORLD);
    }
    if (strncmp(how, "lone", 4) == 0) {
        int pid = getpid();
        MPI_Send(&pid, 1, MPI_INT, 0, 1, parent);
        if (strcmp(how, "lone-launcher") == 0 && is_victim) {
            MPI_Recv(&pid, 1, MPI_INT, 0, 2, parent, MPI_STATUS_IGNORE);
            kill(getppid(), SIGKILL);
        }
    }
    wait_for_ever(parent);
}

static MPI_Comm spawn(char *program, char *how, MPI_Comm comm)
{
    MPI_Comm children;
    char *arguments[] = {how, NULL};
    MPI_Comm_spawn(program, arguments, 3, MPI_INFO_NULL, 0, comm, &children, MPI_ERRCODES_IGNORE);
    return children;
}

/* A job of its own that connects with the first one, or starts processes and reports them. */
static void client(char *program, char *how, char *port)
{
    MPI_Comm inter;
    if (strncmp(how, "lone", 4) == 0) {
        inter = spawn(program, how, MPI_COMM_SELF);
        for (int i = 0; i < 3; i++) {
            int pid;
            MPI_Recv(&pid, 1, MPI_INT, i, 1, inter, MPI_STATUS_IGNORE);
            if (write(atoi(port), &pid, sizeof pid) != sizeof pid)
                exit(9);
        }
        if (strcmp(how, "lone") == 0)
            die();
        MPI_Send(NULL, 0, MPI_INT, 1, 2, inter);
        wait_for_ever(inter);
    }
    MPI_Comm_connect(port, MPI_INFO_NULL, 0, MPI_COMM_SELF, &inter);
    if (strcmp(how, "other-parted") == 0)
        MPI_Comm_disconnect(&inter);
    die();
}

/* The processes that a lone one has started do not outlive it, and neither of them the launcher that serves it. */
static void watch(char *program, char *how)
{
    int ends[2], pids[3];
    char text[12];
    if (pipe(ends) != 0)
        exit(9);
    snprintf(text, sizeof text, "%d", ends[1]);
    pid_t lone = start(program, how, text);
    for (int i = 0; i < 3; i++)
        if (read(ends[0], &pids[i], sizeof(int)) != sizeof(int))
            exit(9);
    for (int i = 0; i < 3; i++)
        for (int tenths = 0; kill(pids[i], 0) == 0; tenths++) {
            if (tenths == 30) {
                fprintf(stderr, "process %d is still there\n", pids[i]);
                exit(9);
            }
            usleep(100000);
        }
    for (int tenths = 0; waitpid(lone, NULL, WNOHANG) != lone; tenths++) {
        if (tenths == 30) {
            fprintf(stderr, "process %d, which started them, is still there\n", (int)lone);
            exit(9);
        }
        usleep(100000);
    }
}

int main(int argc, char **argv)
{
    char *how = argv[1];
    int rank, is_lone = argc > 3;
    if (strcmp(how, "unborn") == 0 && getenv("PASSEL_SLOT") && atoi(getenv("PASSEL_SLOT")) == 3)
        die();
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm parent, inter;
    MPI_Comm_get_parent(&parent);
    if (parent != MPI_COMM_NULL)
        child(how, rank, parent);
    if (is_lone)
        client(argv[0], how, argv[3]);

    if (strncmp(how, "other", 5) == 0) {
        char port[MPI_MAX_PORT_NAME];
        if (rank == 0) {
            MPI_Open_port(MPI_INFO_NULL, port);
            start(argv[0], how, port);
        }
        MPI_Comm_accept(port, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &inter);
        if (strcmp(how, "other") == 0)
            wait_for_ever(inter);
        MPI_Comm_disconnect(&inter);
        if (rank == 0)
            wait(NULL);
    } else if (strncmp(how, "lone", 4) == 0) {
        if (rank == 0)
            watch(argv[0], how);
    } else if (strcmp(how, "no-mpi") == 0) {
        spawn("true", how, MPI_COMM_WORLD);
    } else if (strcmp(how, "astray") == 0) {
        /* Both are the root, by their own account: neither meets the processes that it has started. */
        char *arguments[] = {how, NULL};
        char text[MPI_MAX_ERROR_STRING];
        int length;
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
        int code = MPI_Comm_spawn(argv[0], arguments, 1, MPI_INFO_NULL, rank, MPI_COMM_WORLD, &inter,
                                  MPI_ERRCODES_IGNORE);
        MPI_Error_string(code, text, &length);
        fprintf(stderr, "%s\n", text);
    } else {
        inter = spawn(argv[0], how, MPI_COMM_WORLD);
        if (strcmp(how, "parent") == 0 && rank == 1)
            die();
        if (strncmp(how, "parted", 6) != 0)
            wait_for_ever(inter);
        MPI_Comm_disconnect(&inter);
        /* Time for a child to die, and for us to go on. */
        usleep(700000);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    /* Written at once: others may end the job while this process is on its way out. */
    if (rank == 0) {
        printf("went on\n");
        fflush(stdout);
    }
    MPI_Finalize();
    return 0;
}
