// MPI_T: control variables, performance variables, categories and enumerations; before MPI_Init and after
// MPI_Finalize, too. The numbers are those of messages that this program sends.
// ranks: 2
#include "check.h"

typedef unsigned long long whole;

static MPI_T_pvar_session session;

static int index_of(const char *name, int class)
{
    int index = -1;
    CHECK_EQ(MPI_T_pvar_get_index(name, class, &index), MPI_SUCCESS);
    return index;
}

static MPI_T_pvar_handle handle_of(const char *name, int class, MPI_Comm *comm)
{
    MPI_T_pvar_handle handle = MPI_T_PVAR_HANDLE_NULL;
    int count = 0;
    CHECK_EQ(MPI_T_pvar_handle_alloc(session, index_of(name, class), comm, &handle, &count), MPI_SUCCESS);
    CHECK_EQ(count, 1);
    return handle;
}

static whole value_of(MPI_T_pvar_handle handle)
{
    whole value = -1;
    CHECK_EQ(MPI_T_pvar_read(session, handle, &value), MPI_SUCCESS);
    return value;
}

static void before(void)
{
    int number, provided = -1;
    CHECK_EQ(MPI_T_cvar_get_num(&number), MPI_T_ERR_NOT_INITIALIZED);
    CHECK_EQ(MPI_T_pvar_session_create(&session), MPI_T_ERR_NOT_INITIALIZED);
    CHECK_EQ(MPI_T_finalize(), MPI_T_ERR_NOT_INITIALIZED);
    CHECK_EQ(MPI_T_init_thread(MPI_THREAD_SINGLE, &provided), MPI_SUCCESS);
    CHECK_EQ(provided, MPI_THREAD_SINGLE);
    CHECK_EQ(MPI_T_init_thread(MPI_THREAD_SINGLE, &provided), MPI_SUCCESS);
    CHECK_EQ(MPI_T_finalize(), MPI_SUCCESS);
    CHECK_EQ(MPI_T_pvar_session_create(&session), MPI_SUCCESS);
}

/* Every row of every table can be looked up by number and by name. */
static void tables(void)
{
    char name[64], text[512];
    int number, index, verbosity, bind, scope, class, readonly, continuous, atomic;
    MPI_Datatype type;
    MPI_T_enum names;
    MPI_T_cvar_get_num(&number);
    CHECK(number >= 4);
    for (int i = 0; i < number; i++) {
        int room = sizeof name, length = sizeof text;
        CHECK_EQ(MPI_T_cvar_get_info(i, name, &room, &verbosity, &type, &names, text, &length, &bind, &scope),
                 MPI_SUCCESS);
        CHECK_EQ(room, strlen(name) + 1);
        CHECK_EQ(length, strlen(text) + 1);
        CHECK_EQ(bind, MPI_T_BIND_NO_OBJECT);
        CHECK(type == MPI_UNSIGNED_LONG_LONG);
        CHECK(names == MPI_T_ENUM_NULL);
        CHECK(scope == MPI_T_SCOPE_LOCAL || scope == MPI_T_SCOPE_ALL_EQ);
        CHECK_EQ(MPI_T_cvar_get_index(name, &index), MPI_SUCCESS);
        CHECK_EQ(index, i);
    }
    CHECK_EQ(MPI_T_cvar_get_info(number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
             MPI_T_ERR_INVALID_INDEX);
    MPI_T_pvar_get_num(&number);
    CHECK(number >= 15);
    for (int i = 0; i < number; i++) {
        int room = 4, length = 0;
        CHECK_EQ(MPI_T_pvar_get_info(i, name, &room, &verbosity, &class, &type, &names, NULL, &length, &bind,
                                     &readonly, &continuous, &atomic),
                 MPI_SUCCESS);
        CHECK_EQ(strlen(name), 3);
        CHECK(room > 4 && length > 10);
        CHECK_EQ(MPI_T_pvar_get_info(i, name, &room, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                 MPI_SUCCESS);
        CHECK_EQ(MPI_T_pvar_get_index(name, class, &index), MPI_SUCCESS);
        CHECK_EQ(index, i);
        CHECK_EQ(MPI_T_pvar_get_index(name, MPI_T_PVAR_CLASS_GENERIC, &index), MPI_T_ERR_INVALID_NAME);
        CHECK_EQ(readonly, continuous);
        CHECK_EQ(atomic, !continuous);
    }
    CHECK_EQ(MPI_T_cvar_get_index("nothing", &index), MPI_T_ERR_INVALID_NAME);
}

static void categories(void)
{
    char name[64];
    int number, cvars, pvars, children, events, index, update = -1, sums[4] = {0}, totals[4], list[64];
    CHECK_EQ(MPI_T_category_get_num(&number), MPI_SUCCESS);
    for (int i = 0; i < number; i++) {
        int room = sizeof name;
        CHECK_EQ(MPI_T_category_get_info(i, name, &room, NULL, NULL, &cvars, &pvars, &children), MPI_SUCCESS);
        CHECK_EQ(MPI_T_category_get_index(name, &index), MPI_SUCCESS);
        CHECK_EQ(index, i);
        MPI_T_category_get_num_events(i, &events);
        sums[0] += cvars, sums[1] += pvars, sums[2] += children, sums[3] += events;
        list[pvars] = -7;
        CHECK_EQ(MPI_T_category_get_pvars(i, pvars, list), MPI_SUCCESS);
        CHECK_EQ(list[pvars], -7);
        CHECK_EQ(MPI_T_category_get_cvars(i, 64, list), MPI_SUCCESS);
        CHECK_EQ(MPI_T_category_get_events(i, 64, list), MPI_SUCCESS);
        CHECK_EQ(MPI_T_category_get_categories(i, 64, list), MPI_SUCCESS);
        if (strcmp(name, "passel") == 0)
            CHECK(children == number - 1 && list[0] != i);
    }
    MPI_T_cvar_get_num(&totals[0]);
    MPI_T_pvar_get_num(&totals[1]);
    totals[2] = number - 1;
    MPI_T_event_get_num(&totals[3]);
    for (int i = 0; i < 4; i++)
        CHECK_EQ(sums[i], totals[i]);
    CHECK_EQ(MPI_T_category_changed(&update), MPI_SUCCESS);
    CHECK_EQ(update, 0);
}

static whole setting(const char *name, const whole *write, int outcome)
{
    int index, count;
    whole value = -1;
    MPI_T_cvar_handle handle;
    CHECK_EQ(MPI_T_cvar_get_index(name, &index), MPI_SUCCESS);
    CHECK_EQ(MPI_T_cvar_handle_alloc(index, NULL, &handle, &count), MPI_SUCCESS);
    if (write)
        CHECK_EQ(MPI_T_cvar_write(handle, write), outcome);
    CHECK_EQ(MPI_T_cvar_read(handle, &value), MPI_SUCCESS);
    MPI_T_cvar_handle freed = handle;
    CHECK_EQ(MPI_T_cvar_handle_free(&handle), MPI_SUCCESS);
    CHECK(handle == MPI_T_CVAR_HANDLE_NULL);
    CHECK_EQ(MPI_T_cvar_read(freed, &value), MPI_T_ERR_INVALID_HANDLE);
    return value;
}

static void settings(int initialized)
{
    whole few = 5, far = 1ull << 40, credit = 100000;
    CHECK_EQ(setting("yields", &few, MPI_SUCCESS), 5);
    CHECK_EQ(setting("yields", &far, MPI_T_ERR_INVALID), 5);
    if (initialized)
        CHECK_EQ(setting("credit_per_sender_bytes", &few, MPI_T_ERR_CVAR_SET_NOT_NOW), 100000);
    else
        CHECK_EQ(setting("credit_per_sender_bytes", &credit, MPI_SUCCESS), 100000);
}

static void state(int now)
{
    MPI_T_pvar_handle handle = handle_of("connection", MPI_T_PVAR_CLASS_STATE, NULL);
    MPI_T_enum names;
    char name[32];
    int value = -1, number, item, room = sizeof name;
    CHECK_EQ(MPI_T_pvar_read(session, handle, &value), MPI_SUCCESS);
    CHECK_EQ(value, now);
    MPI_T_pvar_get_info(index_of("connection", MPI_T_PVAR_CLASS_STATE), NULL, NULL, NULL, NULL, NULL, &names, NULL,
                        NULL, NULL, NULL, NULL, NULL);
    CHECK_EQ(MPI_T_enum_get_info(names, &number, NULL, NULL), MPI_SUCCESS);
    CHECK_EQ(number, 2);
    CHECK_EQ(MPI_T_enum_get_item(names, value, &item, name, &room), MPI_SUCCESS);
    CHECK_EQ(item, value);
    CHECK(strcmp(name, now ? "connected" : "apart") == 0);
    CHECK_EQ(MPI_T_enum_get_item(names, 2, NULL, NULL, NULL), MPI_T_ERR_INVALID_INDEX);
    CHECK_EQ(MPI_T_enum_get_info(MPI_T_ENUM_NULL, &number, NULL, NULL), MPI_T_ERR_INVALID_HANDLE);
    MPI_T_pvar_handle freed = handle;
    CHECK_EQ(MPI_T_pvar_handle_free(session, &handle), MPI_SUCCESS);
    CHECK_EQ(MPI_T_pvar_read(session, freed, &value), MPI_T_ERR_INVALID_HANDLE);
}

/* Rank 0 sends three small messages and a large one, all before rank 1 receives. */
static void messages(void)
{
    enum { SMALL = 3, LARGE = 1 << 20 };
    static char data[LARGE];
    MPI_Comm comm;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    const char *names[] = {"messages_sent", "bytes_sent", "messages_received", "bytes_received", "messages_unexpected"};
    MPI_T_pvar_handle counters[5], waiting, posted, peak, kept;
    for (int i = 0; i < 5; i++)
        counters[i] = handle_of(names[i], MPI_T_PVAR_CLASS_COUNTER, NULL);
    waiting = handle_of("comm_unexpected_messages", MPI_T_PVAR_CLASS_LEVEL, &comm);
    posted = handle_of("comm_posted_receives", MPI_T_PVAR_CLASS_LEVEL, &comm);
    peak = handle_of("unexpected_messages_peak", MPI_T_PVAR_CLASS_HIGHWATERMARK, NULL);
    kept = handle_of("unexpected_bytes", MPI_T_PVAR_CLASS_LEVEL, NULL);
    MPI_Request request = MPI_REQUEST_NULL;
    /* Rank 1 counts before rank 0 sends; rank 0 counts after it was told so. */
    if (rank == 0)
        MPI_Recv(data, 0, MPI_CHAR, 1, 99, comm, MPI_STATUS_IGNORE);
    CHECK_EQ(MPI_T_pvar_start(session, MPI_T_PVAR_ALL_HANDLES), MPI_SUCCESS);
    if (rank == 1)
        MPI_Send(data, 0, MPI_CHAR, 0, 99, comm);
    if (rank == 0) {
        for (int i = 0; i < SMALL; i++)
            MPI_Send(data, 10, MPI_CHAR, 1, i, comm);
        MPI_Isend(data, LARGE, MPI_CHAR, 1, SMALL, comm, &request);
        CHECK_EQ(value_of(counters[0]), SMALL + 1);
        CHECK_EQ(value_of(counters[1]), SMALL * 10);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK_EQ(MPI_T_pvar_stop(session, counters[1]), MPI_SUCCESS);
        CHECK_EQ(value_of(counters[1]), SMALL * 10 + LARGE);
        CHECK_EQ(value_of(counters[3]), 0);
    } else {
        MPI_Status status;
        MPI_Probe(0, SMALL, comm, &status);
        CHECK_EQ(value_of(waiting), SMALL + 1);
        CHECK_EQ(value_of(kept), SMALL * 10);
        CHECK_EQ(value_of(counters[4]), SMALL + 1);
        CHECK_EQ(value_of(counters[2]), 0);
        for (int i = 0; i < SMALL; i++)
            MPI_Recv(data, 10, MPI_CHAR, 0, i, comm, MPI_STATUS_IGNORE);
        MPI_Recv(data, LARGE, MPI_CHAR, 0, SMALL, comm, MPI_STATUS_IGNORE);
        CHECK_EQ(MPI_T_pvar_stop(session, MPI_T_PVAR_ALL_HANDLES), MPI_SUCCESS);
        CHECK_EQ(value_of(counters[2]), SMALL + 1);
        CHECK_EQ(value_of(counters[3]), SMALL * 10 + LARGE);
        CHECK_EQ(value_of(waiting), 0);
        CHECK_EQ(value_of(peak), SMALL + 1);
        MPI_Irecv(data, 1, MPI_CHAR, 0, 77, comm, &request);
        CHECK_EQ(value_of(posted), 1);
        MPI_Cancel(&request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        CHECK_EQ(value_of(posted), 0);
    }
    MPI_Comm_free(&comm);
    whole value;
    CHECK_EQ(MPI_T_pvar_read(session, waiting, &value), MPI_T_ERR_INVALID_HANDLE);
    for (int i = 0; i < 5; i++)
        MPI_T_pvar_handle_free(session, &counters[i]);
}

/* What a handle may and may not do. */
static void handles(void)
{
    MPI_T_pvar_handle calls, level;
    MPI_Comm comm;
    whole value = 100;
    MPI_Comm_dup(MPI_COMM_SELF, &comm);
    calls = handle_of("comm_collectives", MPI_T_PVAR_CLASS_COUNTER, &comm);
    level = handle_of("communicators", MPI_T_PVAR_CLASS_LEVEL, NULL);
    CHECK_EQ(value_of(level), 3);
    CHECK_EQ(MPI_T_pvar_start(session, level), MPI_T_ERR_PVAR_NO_STARTSTOP);
    CHECK_EQ(MPI_T_pvar_reset(session, level), MPI_T_ERR_PVAR_NO_WRITE);
    CHECK_EQ(MPI_T_pvar_write(session, level, &value), MPI_T_ERR_PVAR_NO_WRITE);
    CHECK_EQ(MPI_T_pvar_readreset(session, level, &value), MPI_T_ERR_PVAR_NO_ATOMIC);
    MPI_T_pvar_start(session, calls);
    MPI_Barrier(comm);
    MPI_Barrier(comm);
    CHECK_EQ(MPI_T_pvar_readreset(session, calls, &value), MPI_SUCCESS);
    CHECK_EQ(value, 2);
    CHECK_EQ(value_of(calls), 0);
    value = 40;
    CHECK_EQ(MPI_T_pvar_write(session, calls, &value), MPI_SUCCESS);
    MPI_Barrier(comm);
    CHECK_EQ(value_of(calls), 41);
    CHECK_EQ(MPI_T_pvar_reset(session, MPI_T_PVAR_ALL_HANDLES), MPI_SUCCESS);
    CHECK_EQ(value_of(calls), 0);
    MPI_T_pvar_session other;
    MPI_T_pvar_session_create(&other);
    CHECK_EQ(MPI_T_pvar_read(other, calls, &value), MPI_T_ERR_INVALID_HANDLE);
    MPI_T_pvar_session freed = other;
    CHECK_EQ(MPI_T_pvar_session_free(&other), MPI_SUCCESS);
    CHECK(other == MPI_T_PVAR_SESSION_NULL);
    CHECK_EQ(MPI_T_pvar_read(freed, calls, &value), MPI_T_ERR_INVALID_SESSION);
    MPI_Comm_free(&comm);
    double seconds = -1;
    MPI_T_pvar_handle timer = handle_of("sleep_time", MPI_T_PVAR_CLASS_TIMER, NULL);
    CHECK_EQ(MPI_T_pvar_read(session, timer, &seconds), MPI_SUCCESS);
    CHECK(seconds == 0);
}

int main(int argc, char **argv)
{
    before();
    tables();
    settings(0);
    state(0);
    begin(&argc, &argv);
    state(1);
    categories();
    settings(1);
    messages();
    handles();
    MPI_Finalize();
    state(0);
    CHECK_EQ(MPI_T_finalize(), MPI_SUCCESS);
    CHECK_EQ(MPI_T_pvar_session_free(&session), MPI_T_ERR_NOT_INITIALIZED);
    return failures != 0;
}
