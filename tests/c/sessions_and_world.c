// Sessions and the world: before, between, after and without one another, and several at once; process sets, hints,
// buffers, what is freed and in which order.
// ranks: 1 3
#include "check.h"

static int order[4], ordered;

/* A communicator of all processes of a session, which works. */
static MPI_Comm whole_job(MPI_Session session, const char *tag)
{
    MPI_Group group;
    MPI_Comm comm;
    int sum = 0;
    CHECK_EQ(MPI_Group_from_session_pset(session, "mpi://WORLD", &group), MPI_SUCCESS);
    CHECK_EQ(MPI_Comm_create_from_group(group, tag, MPI_INFO_NULL, MPI_ERRORS_RETURN, &comm), MPI_SUCCESS);
    MPI_Group_free(&group);
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, comm);
    CHECK_EQ(sum, size * (size - 1) / 2);
    return comm;
}

static MPI_Session open_session(void)
{
    MPI_Session session = MPI_SESSION_NULL;
    CHECK_EQ(MPI_Session_init(MPI_INFO_NULL, MPI_ERRORS_RETURN, &session), MPI_SUCCESS);
    CHECK(session != MPI_SESSION_NULL);
    return session;
}

static void close_session(MPI_Session *session)
{
    CHECK_EQ(MPI_Session_finalize(session), MPI_SUCCESS);
    CHECK(*session == MPI_SESSION_NULL);
}

static void flags(int initialized, int finalized)
{
    int flag;
    MPI_Initialized(&flag);
    CHECK_EQ(flag, initialized);
    MPI_Finalized(&flag);
    CHECK_EQ(flag, finalized);
}

static void process_sets(MPI_Session session)
{
    char name[MPI_MAX_PSET_NAME_LEN], value[64];
    int number, length, own = -1, members, room;
    MPI_Group group;
    MPI_Info info;
    CHECK_EQ(MPI_Session_get_num_psets(session, MPI_INFO_NULL, &number), MPI_SUCCESS);
    CHECK(number >= 2);
    for (int i = 0; i < number; i++) {
        length = 0;
        CHECK_EQ(MPI_Session_get_nth_pset(session, MPI_INFO_NULL, i, &length, NULL), MPI_SUCCESS);
        CHECK_EQ(MPI_Session_get_nth_pset(session, MPI_INFO_NULL, i, &length, name), MPI_SUCCESS);
        CHECK_EQ(length, strlen(name) + 1);
        CHECK_EQ(MPI_Group_from_session_pset(session, name, &group), MPI_SUCCESS);
        MPI_Group_size(group, &members);
        MPI_Group_rank(group, &own);
        CHECK(own >= 0 && own < members);
        CHECK_EQ(MPI_Session_get_pset_info(session, name, &info), MPI_SUCCESS);
        room = sizeof value;
        MPI_Info_get_string(info, "mpi_size", &room, value, &own);
        CHECK(own && atoi(value) == members);
        MPI_Info_free(&info);
        MPI_Group_free(&group);
    }
    int code = MPI_Group_from_session_pset(session, "mpi://NOTHING", &group);
    CHECK_CLASS(code, MPI_ERR_ARG);
    CHECK_WORD(code, "mpi://WORLD");
    CHECK_CLASS(MPI_Session_get_nth_pset(session, MPI_INFO_NULL, number, &length, name), MPI_ERR_ARG);
}

static void says(MPI_Info info, const char *key, const char *expected)
{
    char value[128] = "";
    int room = sizeof value, flag = 0;
    MPI_Info_get_string(info, key, &room, value, &flag);
    CHECK(flag);
    if (strcmp(value, expected) != 0) {
        failures++;
        fprintf(stderr, "%s is \"%s\", not \"%s\"\n", key, value, expected);
    }
}

static void hints(void)
{
    MPI_Session session;
    MPI_Info info;
    MPI_Info_create(&info);
    MPI_Info_set(info, "thread_level", "MPI_THREAD_SERIALIZED");
    MPI_Info_set(info, "mpi_memory_alloc_kinds", "system,cuda:device");
    CHECK_EQ(MPI_Session_init(info, MPI_ERRORS_RETURN, &session), MPI_SUCCESS);
    MPI_Info_free(&info);
    CHECK_EQ(MPI_Session_get_info(session, &info), MPI_SUCCESS);
    says(info, "thread_level", "MPI_THREAD_SERIALIZED");
    says(info, "mpi_memory_alloc_kinds", "system,mpi");
    MPI_Info_free(&info);
    MPI_Comm comm = whole_job(session, "hints");
    MPI_Comm_get_info(comm, &info);
    says(info, "mpi_memory_alloc_kinds", "system,mpi");
    MPI_Info_free(&info);
    MPI_Get_hw_resource_info(&info);
    says(info, "mpi_shared_memory", "true");
    MPI_Info_free(&info);
    char text[16];
    snprintf(text, sizeof text, "%d", size);
    says(MPI_INFO_ENV, "maxprocs", text);
    MPI_Comm_free(&comm);
    close_session(&session);
}

/* A communicator that was made of a session's, by whatever way, uses the session's buffer. */
static void buffers(void)
{
    enum { ROOM = 1000 };
    static char memory[ROOM + MPI_BSEND_OVERHEAD];
    char data[100] = "buffered", got[100] = "";
    int bytes;
    void *address;
    MPI_Session session = open_session();
    MPI_Comm comm = whole_job(session, "buffers"), part;
    MPI_Request request;
    MPI_Comm_split(comm, 0, -rank, &part);
    CHECK_CLASS(MPI_Bsend(data, 100, MPI_CHAR, rank, 0, part), MPI_ERR_BUFFER);
    CHECK_EQ(MPI_Session_attach_buffer(session, memory, sizeof memory), MPI_SUCCESS);
    CHECK_CLASS(MPI_Session_attach_buffer(session, memory, sizeof memory), MPI_ERR_BUFFER);
    MPI_Comm_rank(part, &bytes);
    CHECK_EQ(MPI_Bsend(data, 100, MPI_CHAR, bytes, 0, part), MPI_SUCCESS);
    MPI_Recv(got, 100, MPI_CHAR, bytes, 0, part, MPI_STATUS_IGNORE);
    CHECK(strcmp(data, got) == 0);
    CHECK_EQ(MPI_Session_flush_buffer(session), MPI_SUCCESS);
    CHECK_EQ(MPI_Session_iflush_buffer(session, &request), MPI_SUCCESS);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK_EQ(MPI_Session_detach_buffer(session, &address, &bytes), MPI_SUCCESS);
    CHECK(address == memory && bytes == sizeof memory);
    MPI_Comm_free(&part);
    MPI_Comm_free(&comm);
    close_session(&session);
}

static int forgotten(MPI_Comm comm, int keyval, void *value, void *state)
{
    (void)comm, (void)keyval, (void)state;
    order[ordered++] = *(int *)value;
    return MPI_SUCCESS;
}

/* A session's communicators that the program has not freed go with the session. */
static void left_over(void)
{
    static int one = 1;
    int keyval;
    MPI_Session session = open_session();
    MPI_Comm comm = whole_job(session, "left");
    MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, forgotten, &keyval, NULL);
    MPI_Comm_set_attr(comm, keyval, &one);
    ordered = 0;
    close_session(&session);
    CHECK(ordered == 1 && order[0] == 1);
}

/* The last thing set on MPI_COMM_SELF is the first to be deleted, while MPI still works. */
static int at_the_end(MPI_Comm comm, int keyval, void *value, void *state)
{
    int flag;
    (void)keyval, (void)state;
    CHECK(comm == MPI_COMM_SELF);
    MPI_Finalized(&flag);
    CHECK(!flag);
    MPI_Barrier(MPI_COMM_WORLD);
    order[ordered++] = *(int *)value;
    return MPI_SUCCESS;
}

static void world(void)
{
    static int numbers[] = {1, 2, 3};
    MPI_Init(NULL, NULL);
    flags(1, 0);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Init(NULL, NULL), MPI_ERR_OTHER);
    MPI_Session inside = open_session();
    MPI_Comm comm = whole_job(inside, "inside"), left;
    MPI_Comm_free(&comm);
    close_session(&inside);
    for (int i = 0; i < 3; i++) {
        int keyval;
        MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, at_the_end, &keyval, NULL);
        MPI_Comm_set_attr(MPI_COMM_SELF, keyval, &numbers[i]);
    }
    MPI_Comm_dup(MPI_COMM_WORLD, &left);
    ordered = 0;
    CHECK_EQ(MPI_Finalize(), MPI_SUCCESS);
    CHECK(ordered == 3 && order[0] == 3 && order[1] == 2 && order[2] == 1);
    flags(1, 1);
}

int main(void)
{
    flags(0, 0);
    for (int i = 0; i < 3; i++) {
        MPI_Session session = open_session();
        MPI_Comm comm = whole_job(session, "again");
        process_sets(session);
        MPI_Comm_free(&comm);
        close_session(&session);
        flags(0, 0);
    }
    hints();
    buffers();
    left_over();
    MPI_Session first = open_session(), second = open_session();
    MPI_Comm one = whole_job(first, "first"), two = whole_job(second, "second");
    MPI_Comm_free(&one);
    close_session(&first);
    MPI_Barrier(two);
    world();
    MPI_Barrier(two);
    MPI_Comm_free(&two);
    close_session(&second);
    first = open_session();
    one = whole_job(first, "after");
    MPI_Comm_free(&one);
    close_session(&first);
    flags(1, 1);
    return failures != 0;
}
