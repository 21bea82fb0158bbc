// Hints of communicators: what is kept, what is passed on (nothing), and promises that are held against the program.
// ranks: 1 2 3
#include "check.h"

/* The value of a hint of a communicator, or "none". */
static const char *hint(MPI_Comm comm, const char *key)
{
    static char value[64];
    int room = sizeof value, found = 0;
    MPI_Info info;
    MPI_Comm_get_info(comm, &info);
    MPI_Info_get_string(info, key, &room, value, &found);
    MPI_Info_free(&info);
    return found ? value : "none";
}

#define CHECK_HINT(comm, key, value) CHECK(strcmp(hint(comm, key), value) == 0)

static const char *const promises[5] = {
    "mpi_assert_no_any_tag",
    "mpi_assert_no_any_source",
    "mpi_assert_exact_length",
    "mpi_assert_allow_overtaking",
    "mpi_assert_strict_persistent_collective_ordering",
};

static void kept_and_not_kept(void)
{
    MPI_Comm comm, copy;
    MPI_Info info;
    for (int i = 0; i < 5; i++)
        CHECK_HINT(MPI_COMM_WORLD, promises[i], "false");
    CHECK(strstr(hint(MPI_COMM_WORLD, "mpi_memory_alloc_kinds"), "system") != NULL);
    CHECK_HINT(MPI_COMM_WORLD, "mpi_assert_memory_alloc_kinds", "none");

    MPI_Info_create(&info);
    MPI_Info_set(info, promises[2], "true");
    MPI_Info_set(info, promises[3], "maybe");
    MPI_Info_set(info, "mpi_assert_memory_alloc_kinds", "system");
    MPI_Info_set(info, "nobody_knows_this", "1");
    MPI_Comm_dup_with_info(MPI_COMM_WORLD, info, &comm);
    CHECK_HINT(comm, promises[2], "true");
    CHECK_HINT(comm, promises[3], "false");
    CHECK_HINT(comm, "mpi_assert_memory_alloc_kinds", "system");
    CHECK_HINT(comm, "nobody_knows_this", "none");

    /* What a call does not name stays as it is. */
    MPI_Info_delete(info, promises[2]);
    MPI_Info_set(info, promises[3], "true");
    MPI_Info_set(info, "mpi_assert_memory_alloc_kinds", "unobtainium");
    MPI_Comm_set_info(comm, info);
    CHECK_HINT(comm, promises[2], "true");
    CHECK_HINT(comm, promises[3], "true");
    CHECK_HINT(comm, "mpi_assert_memory_alloc_kinds", "system");
    MPI_Info_free(&info);

    /* Nothing is passed on. */
    MPI_Request request;
    MPI_Comm_dup(comm, &copy);
    CHECK_HINT(copy, promises[2], "false");
    MPI_Comm_free(&copy);
    MPI_Comm_idup(comm, &copy, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK_HINT(copy, promises[2], "false");
    MPI_Comm_free(&copy);
    MPI_Comm_split(comm, 0, rank, &copy);
    CHECK_HINT(copy, promises[2], "false");
    MPI_Comm_free(&copy);

    MPI_Comm_get_info(comm, &info);
    MPI_Comm_idup_with_info(comm, info, &copy, &request);
    MPI_Info_free(&info);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK_HINT(copy, promises[2], "true");
    CHECK_HINT(copy, promises[0], "false");
    int same = 0, sum = 0;
    MPI_Comm_compare(comm, copy, &same);
    CHECK_EQ(same, MPI_CONGRUENT);
    MPI_Allreduce(&size, &sum, 1, MPI_INT, MPI_SUM, copy);
    CHECK_EQ(sum, size * size);
    MPI_Comm_free(&copy);
    MPI_Comm_free(&comm);
}

/* A wildcard that was promised away is an error that names the promise; other receives are not touched. */
static void promises_are_kept(void)
{
    MPI_Comm comm;
    MPI_Info info;
    MPI_Request request, send;
    MPI_Message message;
    int value = 0, flag, code;
    MPI_Info_create(&info);
    MPI_Info_set(info, promises[0], "true");
    MPI_Info_set(info, promises[1], "true");
    MPI_Comm_dup_with_info(MPI_COMM_WORLD, info, &comm);
    MPI_Info_free(&info);
    MPI_Comm_set_errhandler(comm, MPI_ERRORS_RETURN);

    code = MPI_Recv(&value, 1, MPI_INT, MPI_ANY_SOURCE, 1, comm, MPI_STATUS_IGNORE);
    CHECK_CLASS(code, MPI_ERR_RANK);
    CHECK_WORD(code, "mpi_assert_no_any_source");
    code = MPI_Irecv(&value, 1, MPI_INT, rank, MPI_ANY_TAG, comm, &request);
    CHECK_CLASS(code, MPI_ERR_TAG);
    CHECK_WORD(code, "mpi_assert_no_any_tag");
    CHECK_CLASS(MPI_Recv_init(&value, 1, MPI_INT, MPI_ANY_SOURCE, 1, comm, &request), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Iprobe(MPI_ANY_SOURCE, 1, comm, &flag, MPI_STATUS_IGNORE), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Improbe(0, MPI_ANY_TAG, comm, &flag, &message, MPI_STATUS_IGNORE), MPI_ERR_TAG);
    CHECK_CLASS(MPI_Sendrecv(&value, 1, MPI_INT, rank, 0, &flag, 1, MPI_INT, rank, MPI_ANY_TAG, comm,
                             MPI_STATUS_IGNORE),
                MPI_ERR_TAG);

    value = 7 + rank;
    MPI_Isend(&value, 1, MPI_INT, (rank + 1) % size, 3, comm, &send);
    CHECK_CLASS(MPI_Recv(&value, 1, MPI_INT, (rank + size - 1) % size, 3, comm, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(value, 7 + (rank + size - 1) % size);
    MPI_Wait(&send, MPI_STATUS_IGNORE);
    CHECK_CLASS(MPI_Recv(&value, 1, MPI_INT, MPI_PROC_NULL, MPI_ANY_TAG, comm, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_CLASS(MPI_Iprobe(MPI_PROC_NULL, MPI_ANY_TAG, comm, &flag, MPI_STATUS_IGNORE), MPI_SUCCESS);

    /* The promise can be taken back. */
    MPI_Info_create(&info);
    MPI_Info_set(info, promises[0], "false");
    MPI_Info_set(info, promises[1], "false");
    MPI_Comm_set_info(comm, info);
    MPI_Info_free(&info);
    CHECK_CLASS(MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &flag, MPI_STATUS_IGNORE), MPI_SUCCESS);
    MPI_Comm_free(&comm);
}

static void errors(void)
{
    MPI_Comm copy;
    MPI_Info info;
    MPI_Request request;
    CHECK_CLASS(MPI_Comm_set_info(MPI_COMM_WORLD, MPI_INFO_NULL), MPI_ERR_INFO);
    CHECK_CLASS(MPI_Comm_set_info(MPI_COMM_NULL, MPI_INFO_NULL), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_get_info(MPI_COMM_WORLD, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_idup(MPI_COMM_WORLD, &copy, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_idup(MPI_COMM_NULL, &copy, &request), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_dup(MPI_COMM_WORLD, NULL), MPI_ERR_ARG);
    MPI_Info_create(&info);
    MPI_Info stale = info;
    MPI_Info_free(&info);
    CHECK_CLASS(MPI_Comm_dup_with_info(MPI_COMM_WORLD, stale, &copy), MPI_ERR_INFO);
    CHECK_CLASS(MPI_Comm_idup_with_info(MPI_COMM_WORLD, stale, &copy, &request), MPI_ERR_INFO);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    kept_and_not_kept();
    promises_are_kept();
    errors();
    return finish();
}
