// Sessions before, beside and after the world: process sets, communicators and intercommunicators from groups.
// ranks: 1 2 3 4
#include "check.h"

/* The value of a key, or "none"; frees the info. */
static const char *value_of(MPI_Info info, const char *key)
{
    static char value[64];
    int room = sizeof value, found = 0;
    MPI_Info_get_string(info, key, &room, value, &found);
    MPI_Info_free(&info);
    return found ? value : "none";
}

static int sum_over(MPI_Comm comm, int value)
{
    int sum = 0;
    MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, comm);
    return sum;
}

static void process_sets(MPI_Session session)
{
    int count, room = 0, seen = 0;
    char name[MPI_MAX_PSET_NAME_LEN];
    MPI_Info info;
    MPI_Session_get_num_psets(session, MPI_INFO_NULL, &count);
    CHECK(count >= 2);
    for (int n = 0; n < count; n++) {
        MPI_Session_get_nth_pset(session, MPI_INFO_NULL, n, &room, NULL);
        CHECK(room > 1 && room <= MPI_MAX_PSET_NAME_LEN);
        MPI_Session_get_nth_pset(session, MPI_INFO_NULL, n, &room, name);
        CHECK_EQ(strlen(name) + 1, room);
        seen += strcmp(name, "mpi://WORLD") == 0 || strcmp(name, "mpi://SELF") == 0;
        MPI_Session_get_pset_info(session, name, &info);
        CHECK(atoi(value_of(info, "mpi_size")) >= 1);
        room = 0;
    }
    CHECK_EQ(seen, 2);
    CHECK_CLASS(MPI_Session_get_nth_pset(session, MPI_INFO_NULL, count, &room, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Session_get_pset_info(session, "mpi://NOBODY", &info), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Session_get_num_psets(MPI_SESSION_NULL, MPI_INFO_NULL, &count), MPI_ERR_SESSION);
    MPI_Session_get_info(session, &info);
    CHECK(strstr(value_of(info, "mpi_memory_alloc_kinds"), "system") != NULL);
    MPI_Session_get_info(session, &info);
    CHECK(strcmp(value_of(info, "thread_level"), "MPI_THREAD_MULTIPLE") == 0);
}

/* A communicator of all, and one of each half joined to the other half. */
static void communicators(MPI_Session session)
{
    MPI_Group all, alone, ours, theirs;
    MPI_Comm comm, self, inter, merged, ring;
    MPI_Group_from_session_pset(session, "mpi://WORLD", &all);
    MPI_Group_from_session_pset(session, "mpi://SELF", &alone);
    MPI_Group_rank(all, &rank);
    MPI_Group_size(all, &size);
    CHECK_CLASS(MPI_Group_from_session_pset(session, "mpi://NOBODY", &ours), MPI_ERR_ARG);

    MPI_Comm_create_from_group(all, "passel.test.all", MPI_INFO_NULL, MPI_ERRORS_RETURN, &comm);
    MPI_Comm_create_from_group(alone, "passel.test.self", MPI_INFO_NULL, MPI_ERRORS_RETURN, &self);
    CHECK_EQ(sum_over(comm, 1), size);
    CHECK_EQ(sum_over(self, 1), 1);
    int *bound, found, periods[1] = {1};
    MPI_Comm_get_attr(comm, MPI_TAG_UB, &bound, &found);
    CHECK(found && *bound >= 32767);
    MPI_Cart_create(comm, 1, &size, periods, 1, &ring);
    CHECK_EQ(sum_over(ring, 1), size);
    MPI_Comm_free(&ring);

    if (size > 1) {
        int half = size / 2, upper = rank >= half;
        int low[1][3] = {{0, half - 1, 1}}, high[1][3] = {{half, size - 1, 1}};
        MPI_Group_range_incl(all, 1, upper ? high : low, &ours);
        MPI_Group_range_incl(all, 1, upper ? low : high, &theirs);
        MPI_Intercomm_create_from_groups(ours, 0, theirs, 0, "passel.test.halves", MPI_INFO_NULL, MPI_ERRORS_RETURN,
                                         &inter);
        CHECK_EQ(sum_over(inter, 1), upper ? half : size - half);
        MPI_Intercomm_merge(inter, upper, &merged);
        int place;
        MPI_Comm_rank(merged, &place);
        CHECK_EQ(place, rank);
        MPI_Comm_free(&merged);
        MPI_Comm_free(&inter);
        MPI_Group_free(&ours);
        MPI_Group_free(&theirs);
    }
    MPI_Comm_free(&self);
    MPI_Comm_disconnect(&comm);
    MPI_Group_free(&alone);
    MPI_Group_free(&all);
}

static MPI_Session opened(void)
{
    MPI_Session session;
    MPI_Info info;
    MPI_Info_create(&info);
    MPI_Info_set(info, "thread_level", "MPI_THREAD_MULTIPLE");
    MPI_Session_init(info, MPI_ERRORS_RETURN, &session);
    MPI_Info_free(&info);
    CHECK(session != MPI_SESSION_NULL);
    return session;
}

int main(int argc, char **argv)
{
    MPI_Session first = opened(), second;
    /* Errors that concern no object end the program until MPI_COMM_SELF has another handler. */
    communicators(first);
    MPI_Session_finalize(&first);
    CHECK(first == MPI_SESSION_NULL);

    MPI_Init(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    first = opened();
    second = opened();
    process_sets(first);
    communicators(first);
    MPI_Session_finalize(&first);
    communicators(second);
    CHECK_CLASS(MPI_Session_finalize(&first), MPI_ERR_SESSION);
    CHECK_EQ(sum_over(MPI_COMM_WORLD, 1), size);
    MPI_Finalize();

    communicators(second);
    MPI_Session_finalize(&second);
    first = opened();
    communicators(first);
    MPI_Session_finalize(&first);
    return failures != 0;
}
