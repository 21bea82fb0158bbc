// Buffers for buffered sends: of a session, for all communicators that come from it; of a communicator before the
// session's; freeing either gives its memory back, once the messages in it have left.
// ranks: 2 3
#include "check.h"

enum { BYTES = 100000, ROOM = BYTES + MPI_BSEND_OVERHEAD };

static char of_session[ROOM], of_comm[ROOM], message[BYTES];
static MPI_Session session;

static int holds(const char *buffer, char what)
{
    return memchr(buffer, what, ROOM) != NULL;
}

/* Rank 0 sends 100000 times `what` to rank 1, which receives after `later` was called. */
static void to_next(MPI_Comm comm, char what, void (*later)(void))
{
    if (rank == 0) {
        memset(message, what, BYTES);
        CHECK_EQ(MPI_Bsend(message, BYTES, MPI_CHAR, 1, 7, comm), MPI_SUCCESS);
        memset(message, 0, BYTES);
        MPI_Send(NULL, 0, MPI_CHAR, 1, 8, comm);
        later();
    } else if (rank == 1) {
        MPI_Recv(NULL, 0, MPI_CHAR, 0, 8, comm, MPI_STATUS_IGNORE);
        MPI_Recv(message, BYTES, MPI_CHAR, 0, 7, comm, MPI_STATUS_IGNORE);
        CHECK(message[0] == what && message[BYTES - 1] == what);
    }
}

static void flush(void)
{
    CHECK_EQ(MPI_Session_flush_buffer(session), MPI_SUCCESS);
}

static void flush_later(void)
{
    MPI_Request request;
    CHECK_EQ(MPI_Session_iflush_buffer(session, &request), MPI_SUCCESS);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
}

static void nothing(void)
{
}

int main(void)
{
    MPI_Group group;
    MPI_Comm comm, copy;
    MPI_Info info;
    void *address;
    int bytes;
    MPI_Count large;
    MPI_Info_create(&info);
    MPI_Session_init(info, MPI_ERRORS_RETURN, &session);
    MPI_Info_free(&info);
    MPI_Group_from_session_pset(session, "mpi://WORLD", &group);
    MPI_Group_size(group, &size);
    MPI_Group_rank(group, &rank);
    MPI_Comm_create_from_group(group, "org.example.buffers", MPI_INFO_NULL, MPI_ERRORS_RETURN, &comm);
    MPI_Group_free(&group);
    MPI_Comm_dup(comm, &copy);

    CHECK_CLASS(MPI_Bsend(message, BYTES, MPI_CHAR, 0, 0, comm), MPI_ERR_BUFFER);
    CHECK_EQ(MPI_Session_attach_buffer(session, of_session, ROOM), MPI_SUCCESS);
    CHECK_CLASS(MPI_Session_attach_buffer(session, of_session, ROOM), MPI_ERR_BUFFER);
    to_next(comm, 'a', flush);
    CHECK(rank != 0 || holds(of_session, 'a'));
    to_next(copy, 'b', flush_later);
    CHECK(rank != 0 || holds(of_session, 'b'));

    /* The communicator's own goes first. */
    CHECK_EQ(MPI_Comm_attach_buffer(copy, of_comm, ROOM), MPI_SUCCESS);
    to_next(copy, 'c', nothing);
    CHECK(rank != 0 || (holds(of_comm, 'c') && !holds(of_session, 'c')));
    to_next(comm, 'd', nothing);
    CHECK(rank != 0 || (holds(of_session, 'd') && !holds(of_comm, 'd')));

    CHECK_EQ(MPI_Session_detach_buffer(session, &address, &bytes), MPI_SUCCESS);
    CHECK(address == of_session && bytes == ROOM);
    CHECK_EQ(MPI_Session_attach_buffer_c(session, of_session, ROOM), MPI_SUCCESS);
    CHECK_EQ(MPI_Session_detach_buffer_c(session, &address, &large), MPI_SUCCESS);
    CHECK(address == of_session && large == ROOM);
    CHECK_EQ(MPI_Session_attach_buffer(session, MPI_BUFFER_AUTOMATIC, 0), MPI_SUCCESS);
    to_next(comm, 'e', nothing);

    /* What is freed gives its buffer back: the memory is the program's again. */
    to_next(copy, 'f', nothing);
    MPI_Comm_free(&copy);
    memset(of_comm, 0, ROOM);
    MPI_Comm_dup(comm, &copy);
    CHECK_EQ(MPI_Comm_attach_buffer(copy, of_comm, ROOM), MPI_SUCCESS);
    to_next(copy, 'g', nothing);
    MPI_Comm_disconnect(&copy);
    MPI_Comm_disconnect(&comm);
    CHECK_EQ(MPI_Session_finalize(&session), MPI_SUCCESS);
    return failures != 0;
}
