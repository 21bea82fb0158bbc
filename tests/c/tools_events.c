// MPI_T events: communicators that are made, messages that come early, errors; several levels of safety, dropped
// events, and what a callback may do.
// ranks: 2
#include "check.h"

static struct {
    int seen, freed, value[3];
    MPI_Count when, dropped;
    int nested;
} told;

static int event_index(const char *name)
{
    int index = -1;
    CHECK_EQ(MPI_T_event_get_index(name, &index), MPI_SUCCESS);
    return index;
}

static MPI_T_event_registration listen_to(const char *name, MPI_Comm *comm, MPI_T_cb_safety safety,
                                          MPI_T_event_cb_function callback)
{
    MPI_T_event_registration registration;
    CHECK_EQ(MPI_T_event_handle_alloc(event_index(name), comm, MPI_INFO_NULL, &registration), MPI_SUCCESS);
    CHECK_EQ(MPI_T_event_register_callback(registration, safety, MPI_INFO_NULL, &told, callback), MPI_SUCCESS);
    memset(&told, 0, sizeof told);
    return registration;
}

static void gone(MPI_T_event_registration registration, MPI_T_cb_safety safety, void *data)
{
    (void)registration, (void)safety;
    CHECK(data == &told);
    told.freed++;
}

static void on_communicator(MPI_T_event_instance event, MPI_T_event_registration registration,
                            MPI_T_cb_safety safety, void *data)
{
    struct {
        unsigned long long context;
        int rank, size, remote;
    } copy;
    int index = -1;
    (void)registration;
    CHECK(data == &told);
    CHECK_EQ(safety, MPI_T_CB_REQUIRE_NONE);
    CHECK_EQ(MPI_T_event_copy(event, &copy), MPI_SUCCESS);
    CHECK_EQ(MPI_T_event_read(event, 2, &told.value[1]), MPI_SUCCESS);
    CHECK_EQ(copy.size, told.value[1]);
    CHECK_EQ(MPI_T_event_read(event, 9, &index), MPI_T_ERR_INVALID_INDEX);
    CHECK_EQ(MPI_T_event_get_source(event, &index), MPI_SUCCESS);
    CHECK_EQ(index, 0);
    CHECK_EQ(MPI_T_event_get_timestamp(event, &told.when), MPI_SUCCESS);
    told.value[0] = copy.rank, told.value[2] = copy.remote;
    /* A callback may call MPI; what happens then is told afterwards, not in between. */
    if (told.seen++ == 0) {
        MPI_Comm nested;
        MPI_Comm_dup(MPI_COMM_SELF, &nested);
        CHECK_EQ(told.seen, 1);
        MPI_Comm_free(&nested);
        told.nested++;
    }
}

static void communicators(void)
{
    MPI_Count earlier, later;
    MPI_Comm comm;
    MPI_T_event_registration registration =
        listen_to("communicator_created", NULL, MPI_T_CB_REQUIRE_NONE, on_communicator);
    MPI_T_source_get_timestamp(0, &earlier);
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_T_source_get_timestamp(0, &later);
    CHECK_EQ(told.seen, 2);
    CHECK_EQ(told.nested, 1);
    CHECK_EQ(told.value[1], 1);
    CHECK(earlier <= told.when && told.when <= later);
    MPI_Comm_free(&comm);
    told.seen = 5;
    MPI_Comm_split(MPI_COMM_WORLD, 0, size - rank, &comm);
    CHECK_EQ(told.seen, 6);
    CHECK_EQ(told.value[0], size - 1 - rank);
    CHECK_EQ(told.value[1], size);
    CHECK_EQ(told.value[2], 0);
    MPI_Comm_free(&comm);
    CHECK_EQ(MPI_T_event_handle_free(registration, &told, gone), MPI_SUCCESS);
    CHECK_EQ(told.freed, 1);
    CHECK_EQ(MPI_T_event_handle_free(registration, &told, gone), MPI_T_ERR_INVALID_HANDLE);
    MPI_Comm_dup(MPI_COMM_SELF, &comm);
    CHECK_EQ(told.seen, 6);
    MPI_Comm_free(&comm);
}

static void on_message(MPI_T_event_instance event, MPI_T_event_registration registration, MPI_T_cb_safety safety,
                       void *data)
{
    unsigned long long bytes = 0;
    (void)registration, (void)safety, (void)data;
    MPI_T_event_read(event, 0, &told.value[0]);
    MPI_T_event_read(event, 1, &told.value[1]);
    MPI_T_event_read(event, 2, &bytes);
    told.value[2] = (int)bytes;
    told.seen++;
}

static void lost(MPI_Count count, MPI_T_event_registration registration, int source, MPI_T_cb_safety safety, void *data)
{
    (void)registration, (void)source, (void)safety;
    CHECK(data == &told);
    told.dropped += count;
}

static void unexpected(void)
{
    enum { MANY = 3000 };
    char data[100] = "";
    MPI_Comm comm, other;
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Comm_dup(MPI_COMM_WORLD, &other);
    MPI_T_event_registration registration =
        listen_to("unexpected_message", &comm, MPI_T_CB_REQUIRE_ASYNC_SIGNAL_SAFE, on_message);
    CHECK_EQ(MPI_T_event_set_dropped_handler(registration, lost), MPI_SUCCESS);
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0) {
        MPI_Send(data, 1, MPI_CHAR, 1, 5, other);
        MPI_Send(data, 100, MPI_CHAR, 1, 6, comm);
    } else {
        MPI_Probe(0, 6, comm, MPI_STATUS_IGNORE);
        CHECK_EQ(told.seen, 1);
        CHECK_EQ(told.value[0], 0);
        CHECK_EQ(told.value[1], 6);
        CHECK_EQ(told.value[2], 100);
        MPI_Recv(data, 1, MPI_CHAR, 0, 5, other, MPI_STATUS_IGNORE);
        MPI_Recv(data, 100, MPI_CHAR, 0, 6, comm, MPI_STATUS_IGNORE);
        CHECK_EQ(told.seen, 1);
    }
    /* Too many at once: what does not fit is counted, and nothing is told twice. */
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0) {
        for (int i = 0; i < MANY; i++)
            MPI_Send(data, 1, MPI_CHAR, 1, i, comm);
    } else {
        MPI_Probe(0, MANY - 1, comm, MPI_STATUS_IGNORE);
        CHECK_EQ(told.seen - 1 + told.dropped, MANY);
        for (int i = 0; i < MANY; i++)
            MPI_Recv(data, 1, MPI_CHAR, 0, i, comm, MPI_STATUS_IGNORE);
    }
    MPI_T_event_handle_free(registration, NULL, NULL);
    MPI_Comm_free(&comm);
    MPI_Comm_free(&other);
}

static void on_error(MPI_T_event_instance event, MPI_T_event_registration registration, MPI_T_cb_safety safety,
                     void *data)
{
    (void)registration, (void)safety, (void)data;
    MPI_T_event_read(event, 0, &told.value[0]);
    told.seen++;
}

static void errors(void)
{
    MPI_T_event_registration registration = listen_to("error_raised", NULL, MPI_T_CB_REQUIRE_THREAD_SAFE, on_error);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Send(NULL, 0, MPI_CHAR, size, 0, MPI_COMM_WORLD), MPI_ERR_RANK);
    CHECK_EQ(told.seen, 1);
    CHECK_EQ(told.value[0], MPI_ERR_RANK);
    /* Of two callbacks the one that promises less is called. */
    CHECK_EQ(MPI_T_event_register_callback(registration, MPI_T_CB_REQUIRE_NONE, MPI_INFO_NULL, &told, on_message),
             MPI_SUCCESS);
    CHECK_CLASS(MPI_Send(NULL, 0, MPI_CHAR, 0, -9, MPI_COMM_WORLD), MPI_ERR_TAG);
    CHECK_EQ(told.seen, 2);
    CHECK_EQ(told.value[0], MPI_ERR_TAG);
    CHECK_EQ(told.value[2], 0);
    CHECK_EQ(MPI_T_event_register_callback(registration, 77, MPI_INFO_NULL, &told, on_error), MPI_T_ERR_INVALID);
    MPI_T_event_handle_free(registration, NULL, NULL);
}

static void enquiries(void)
{
    char name[64];
    int number, sources, bind, elements = 4, room = sizeof name;
    MPI_Datatype types[4];
    MPI_Aint places[4];
    MPI_Info info;
    CHECK_EQ(MPI_T_event_get_num(&number), MPI_SUCCESS);
    CHECK(number >= 3);
    CHECK_EQ(MPI_T_event_get_info(event_index("unexpected_message"), name, &room, NULL, types, places, &elements, NULL,
                                  &info, NULL, NULL, &bind),
             MPI_SUCCESS);
    CHECK_EQ(elements, 3);
    CHECK_EQ(bind, MPI_T_BIND_MPI_COMM);
    CHECK(types[0] == MPI_INT && types[2] == MPI_UNSIGNED_LONG_LONG);
    CHECK(places[0] == 0 && places[1] == 4 && places[2] == 8);
    MPI_Info_free(&info);
    CHECK_EQ(MPI_T_event_get_info(number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
             MPI_T_ERR_INVALID_INDEX);
    MPI_T_event_registration registration;
    CHECK_EQ(MPI_T_event_handle_alloc(event_index("unexpected_message"), NULL, MPI_INFO_NULL, &registration),
             MPI_T_ERR_INVALID_HANDLE);
    CHECK_EQ(MPI_T_event_handle_alloc(event_index("error_raised"), NULL, MPI_INFO_NULL, &registration), MPI_SUCCESS);
    CHECK_EQ(MPI_T_event_handle_set_info(registration, MPI_INFO_NULL), MPI_SUCCESS);
    CHECK_EQ(MPI_T_event_handle_get_info(registration, &info), MPI_SUCCESS);
    MPI_Info_free(&info);
    CHECK_EQ(MPI_T_event_callback_set_info(registration, MPI_T_CB_REQUIRE_NONE, MPI_INFO_NULL), MPI_SUCCESS);
    CHECK_EQ(MPI_T_event_callback_get_info(registration, MPI_T_CB_REQUIRE_NONE, &info), MPI_SUCCESS);
    MPI_Info_free(&info);
    MPI_T_event_handle_free(registration, NULL, NULL);
    MPI_T_source_order order;
    MPI_Count ticks, most;
    CHECK_EQ(MPI_T_source_get_num(&sources), MPI_SUCCESS);
    CHECK_EQ(sources, 1);
    room = sizeof name;
    CHECK_EQ(MPI_T_source_get_info(0, name, &room, NULL, NULL, &order, &ticks, &most, NULL), MPI_SUCCESS);
    CHECK_EQ(order, MPI_T_SOURCE_ORDERED);
    CHECK(ticks == 1000000000 && most > ticks);
    CHECK_EQ(MPI_T_source_get_timestamp(1, &most), MPI_T_ERR_INVALID_INDEX);
}

int main(int argc, char **argv)
{
    int provided;
    begin(&argc, &argv);
    MPI_T_init_thread(MPI_THREAD_SINGLE, &provided);
    enquiries();
    communicators();
    unexpected();
    errors();
    MPI_T_finalize();
    return finish();
}
