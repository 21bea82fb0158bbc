// Ports, published names and sockets: jobs that were started separately connect with this one, exchange messages,
// merge into one communicator, make others from it, and part.
// ranks: 0 1 2 3
// limit: 60
#include "check.h"
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { LARGE = 200000, CLIENTS = 2 };

/* A ring of messages of all sizes. */
static void ring(MPI_Comm comm)
{
    static const int counts[] = {1, 1000, LARGE};
    int own, all, wrong = 0;
    MPI_Comm_rank(comm, &own);
    MPI_Comm_size(comm, &all);
    int *out = malloc(LARGE * sizeof(int)), *in = malloc(LARGE * sizeof(int));
    for (int round = 0; round < 30; round++) {
        int count = counts[round % 3], left = (own + all - 1) % all;
        for (int i = 0; i < count; i++)
            out[i] = own * 100 + round + i;
        MPI_Sendrecv(out, count, MPI_INT, (own + 1) % all, round, in, count, MPI_INT, left, round, comm,
                     MPI_STATUS_IGNORE);
        for (int i = 0; i < count; i++)
            wrong += in[i] != left * 100 + round + i;
    }
    CHECK_EQ(wrong, 0);
    free(out);
    free(in);
    int sum;
    MPI_Allreduce(&own, &sum, 1, MPI_INT, MPI_SUM, comm);
    CHECK_EQ(sum, all * (all - 1) / 2);
}

/* What server and clients do together, once the clients are connected one after the other: everybody gets into one
   communicator, in which the clients are the last ranks. */
static void together(MPI_Comm everybody, int clients)
{
    int own, all;
    MPI_Comm_rank(everybody, &own);
    MPI_Comm_size(everybody, &all);
    ring(everybody);
    if (clients < CLIENTS)
        return;
    /* The clients alone, who have never met; then they and the others as two groups, both ways to make them. */
    int is_client = own >= all - clients, local, remote;
    MPI_Comm half, inter, merged;
    MPI_Comm_split(everybody, is_client, 0, &half);
    ring(half);
    MPI_Intercomm_create(half, 0, everybody, is_client ? 0 : all - clients, 5, &inter);
    MPI_Comm_size(inter, &local);
    MPI_Comm_remote_size(inter, &remote);
    CHECK_EQ(local + remote, all);
    MPI_Intercomm_merge(inter, 1, &merged);
    ring(merged);
    /* They share no memory for windows, and are told so. */
    MPI_Win win;
    void *base;
    MPI_Comm_set_errhandler(merged, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Win_allocate(8, 1, MPI_INFO_NULL, merged, &base, &win), MPI_ERR_UNSUPPORTED_OPERATION);
    MPI_Group group;
    MPI_Comm fresh;
    MPI_Comm_group(merged, &group);
    MPI_Comm_create_from_group(group, "passel.test", MPI_INFO_NULL, MPI_ERRORS_ARE_FATAL, &fresh);
    ring(fresh);
    MPI_Group_free(&group);
    MPI_Comm_free(&fresh);
    MPI_Comm_free(&merged);
    MPI_Comm_free(&inter);
    MPI_Comm_free(&half);
}

/* Arguments: "client", the service, and its number, or "join" and a socket. */
static int client(char **argv)
{
    MPI_Comm inter, everybody;
    CHECK_EQ(size, 1);
    if (strcmp(argv[1], "join") == 0) {
        MPI_Comm_join(atoi(argv[2]), &inter);
        MPI_Intercomm_merge(inter, 1, &everybody);
        ring(everybody);
        MPI_Comm_free(&everybody);
        MPI_Comm_disconnect(&inter);
        MPI_Finalize();
        return failures != 0;
    }
    char port[MPI_MAX_PORT_NAME];
    int number = atoi(argv[3]);
    MPI_Lookup_name(argv[2], MPI_INFO_NULL, port);
    MPI_Comm_connect(port, MPI_INFO_NULL, 0, MPI_COMM_SELF, &inter);
    MPI_Intercomm_merge(inter, 1, &everybody);
    MPI_Comm_disconnect(&inter);
    for (int clients = number;; clients++) {
        together(everybody, clients);
        if (clients == CLIENTS)
            break;
        /* The next client comes to all who are here. */
        MPI_Comm more, wider;
        MPI_Comm_accept(NULL, MPI_INFO_NULL, 0, everybody, &more);
        MPI_Intercomm_merge(more, 0, &wider);
        MPI_Comm_disconnect(&more);
        MPI_Comm_disconnect(&everybody);
        everybody = wider;
    }
    MPI_Comm_disconnect(&everybody);
    MPI_Finalize();
    return failures != 0;
}

/* Starts this program as a job of its own. */
static pid_t start(char *program, char *role, char *argument, char *number)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    char *kept[200];
    int count = 0;
    for (char **entry = environ; *entry && count < 199; entry++)
        if (strncmp(*entry, "PASSEL_", 7) != 0 || strncmp(*entry, "PASSEL_TEST_", 12) == 0)
            kept[count++] = *entry;
    kept[count] = NULL;
    char *arguments[] = {program, role, argument, number, NULL};
    execve(program, arguments, kept);
    _exit(127);
}

static void ended_well(pid_t pid)
{
    int status = -1;
    waitpid(pid, &status, 0);
    CHECK_EQ(status, 0);
}

static void serve(char *program)
{
    char port[MPI_MAX_PORT_NAME], found[MPI_MAX_PORT_NAME], service[100] = "";
    MPI_Comm everybody, inter, wider;
    if (rank == 0) {
        snprintf(service, sizeof service, "passel test %d", (int)getpid());
        MPI_Open_port(MPI_INFO_NULL, port);
        MPI_Publish_name(service, MPI_INFO_NULL, port);
        MPI_Lookup_name(service, MPI_INFO_NULL, found);
        CHECK(strcmp(port, found) == 0);
    }
    MPI_Comm_dup(MPI_COMM_WORLD, &everybody);
    for (int number = 1; number <= CLIENTS; number++) {
        pid_t pid = 0;
        char text[12];
        snprintf(text, sizeof text, "%d", number);
        if (rank == 0)
            pid = start(program, "client", service, text);
        MPI_Comm_accept(port, MPI_INFO_NULL, 0, everybody, &inter);
        MPI_Intercomm_merge(inter, 0, &wider);
        MPI_Comm_disconnect(&inter);
        MPI_Comm_disconnect(&everybody);
        everybody = wider;
        together(everybody, number);
        (void)pid;
    }
    MPI_Comm_disconnect(&everybody);
    if (rank == 0) {
        for (int number = 1; number <= CLIENTS; number++)
            ended_well(-1);
        MPI_Unpublish_name(service, MPI_INFO_NULL, port);
        MPI_Close_port(port);
    }
}

static void join(char *program)
{
    int sockets[2];
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
    char number[12];
    snprintf(number, sizeof number, "%d", sockets[1]);
    pid_t pid = start(program, "join", number, NULL);
    close(sockets[1]);
    MPI_Comm inter, both;
    MPI_Comm_join(sockets[0], &inter);
    MPI_Intercomm_merge(inter, 0, &both);
    ring(both);
    MPI_Comm_free(&both);
    MPI_Comm_disconnect(&inter);
    close(sockets[0]);
    ended_well(pid);
}

static void errors(void)
{
    char port[MPI_MAX_PORT_NAME], closed[MPI_MAX_PORT_NAME], service[100];
    MPI_Comm inter = MPI_COMM_NULL;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    snprintf(service, sizeof service, "passel errors %d", (int)getpid());
    int code = MPI_Lookup_name(service, MPI_INFO_NULL, port);
    CHECK_CLASS(code, MPI_ERR_NAME);
    CHECK_WORD(code, service);
    MPI_Open_port(MPI_INFO_NULL, closed);
    MPI_Close_port(closed);
    CHECK_CLASS(MPI_Close_port(closed), MPI_ERR_PORT);
    CHECK_CLASS(MPI_Comm_accept(closed, MPI_INFO_NULL, 0, MPI_COMM_SELF, &inter), MPI_ERR_PORT);
    code = MPI_Comm_connect(closed, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &inter);
    CHECK_CLASS(code, MPI_ERR_PORT);
    CHECK_WORD(code, "no such port");
    CHECK_CLASS(MPI_Comm_connect("nonsense", MPI_INFO_NULL, 0, MPI_COMM_WORLD, &inter), MPI_ERR_PORT);
    /* Nobody accepts. */
    MPI_Info info;
    MPI_Info_create(&info);
    MPI_Info_set(info, "timeout", "0.05");
    MPI_Open_port(MPI_INFO_NULL, port);
    code = MPI_Comm_connect(port, info, 0, MPI_COMM_SELF, &inter);
    CHECK_CLASS(code, MPI_ERR_PORT);
    CHECK_WORD(code, "MPI_Comm_accept");
    MPI_Info_set(info, "timeout", "soon");
    CHECK_CLASS(MPI_Comm_connect(port, info, 0, MPI_COMM_SELF, &inter), MPI_ERR_INFO_VALUE);
    MPI_Info_free(&info);
    CHECK_CLASS(MPI_Unpublish_name(service, MPI_INFO_NULL, port), MPI_ERR_SERVICE);
    CHECK_EQ(MPI_Publish_name(service, MPI_INFO_NULL, port), MPI_SUCCESS);
    CHECK_CLASS(MPI_Publish_name(service, MPI_INFO_NULL, port), MPI_ERR_SERVICE);
    CHECK_EQ(MPI_Unpublish_name(service, MPI_INFO_NULL, port), MPI_SUCCESS);
    MPI_Close_port(port);
    CHECK(inter == MPI_COMM_NULL);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_ARE_FATAL);
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (argc > 1)
        return client(argv);
    errors();
    serve(argv[0]);
    if (rank == 0)
        join(argv[0]);
    MPI_Finalize();
    return failures != 0;
}
