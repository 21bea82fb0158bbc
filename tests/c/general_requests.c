// Generalised requests: which function is called when, by Wait, Test and their siblings, Get_status, Free and Cancel;
// codes of functions that fail; completion by another thread.
// ranks: 1 2
// limit: 30
#include "check.h"
#include <pthread.h>
#include <unistd.h>

struct calls {
    int queried, freed, cancelled, complete, code_of_query, code_of_free, code_of_cancel, cancels;
};

static int query(void *state, MPI_Status *status)
{
    struct calls *calls = state;
    CHECK_EQ(calls->freed, 0);
    calls->queried++;
    MPI_Status_set_elements(status, MPI_INT, 5);
    MPI_Status_set_cancelled(status, calls->cancels);
    status->MPI_SOURCE = 3;
    status->MPI_TAG = 7;
    return calls->code_of_query;
}

static int release(void *state)
{
    struct calls *calls = state;
    calls->freed++;
    return calls->code_of_free;
}

static int cancel(void *state, int complete)
{
    struct calls *calls = state;
    calls->cancelled++;
    calls->complete = complete;
    calls->cancels = !complete;
    return calls->code_of_cancel;
}

static MPI_Request start(struct calls *calls)
{
    MPI_Request request = MPI_REQUEST_NULL;
    memset(calls, 0, sizeof *calls);
    CHECK_EQ(MPI_Grequest_start(query, release, cancel, calls, &request), MPI_SUCCESS);
    CHECK(request != MPI_REQUEST_NULL);
    return request;
}

static void check_status(const MPI_Status *status, int is_cancelled)
{
    int count = -1, cancelled = -1;
    MPI_Get_count(status, MPI_INT, &count);
    MPI_Test_cancelled(status, &cancelled);
    CHECK_EQ(count, 5);
    CHECK_EQ(cancelled, is_cancelled);
    CHECK_EQ(status->MPI_SOURCE, 3);
    CHECK_EQ(status->MPI_TAG, 7);
}

static void one(void)
{
    struct calls calls;
    MPI_Status status;
    int flag = -1;
    MPI_Request request = start(&calls);
    MPI_Test(&request, &flag, &status);
    CHECK(!flag && calls.queried == 0);
    MPI_Request_get_status(request, &flag, &status);
    CHECK(!flag && calls.queried == 0);
    CHECK_EQ(MPI_Grequest_complete(request), MPI_SUCCESS);
    CHECK_CLASS(MPI_Grequest_complete(request), MPI_ERR_REQUEST);
    MPI_Request_get_status(request, &flag, &status);
    CHECK(flag && calls.queried == 1 && calls.freed == 0);
    check_status(&status, 0);
    MPI_Request_get_status(request, &flag, MPI_STATUS_IGNORE);
    CHECK_EQ(calls.queried, 2);
    memset(&status, -1, sizeof status);
    CHECK_EQ(MPI_Wait(&request, &status), MPI_SUCCESS);
    CHECK(request == MPI_REQUEST_NULL);
    CHECK(calls.queried == 3 && calls.freed == 1);
    check_status(&status, 0);
    request = start(&calls);
    MPI_Grequest_complete(request);
    MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
    CHECK(flag && request == MPI_REQUEST_NULL && calls.queried == 1 && calls.freed == 1);
    /* No functions at all. */
    MPI_Grequest_start(NULL, NULL, NULL, NULL, &request);
    MPI_Cancel(&request);
    MPI_Grequest_complete(request);
    CHECK_EQ(MPI_Wait(&request, &status), MPI_SUCCESS);
    CHECK_EQ(status.MPI_SOURCE, MPI_ANY_SOURCE);
}

static void freed_and_cancelled(void)
{
    struct calls calls;
    MPI_Status status;
    MPI_Request request = start(&calls), copy = request;
    MPI_Request_free(&request);
    CHECK(request == MPI_REQUEST_NULL && calls.freed == 0);
    MPI_Grequest_complete(copy);
    CHECK(calls.freed == 1 && calls.queried == 0);
    request = start(&calls);
    MPI_Grequest_complete(request);
    MPI_Request_free(&request);
    CHECK(calls.freed == 1 && calls.queried == 0);
    request = start(&calls);
    CHECK_EQ(MPI_Cancel(&request), MPI_SUCCESS);
    CHECK(calls.cancelled == 1 && calls.complete == 0);
    MPI_Grequest_complete(request);
    MPI_Wait(&request, &status);
    check_status(&status, 1);
    request = start(&calls);
    MPI_Grequest_complete(request);
    MPI_Cancel(&request);
    CHECK(calls.cancelled == 1 && calls.complete);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
}

static void several(void)
{
    struct calls calls[4];
    MPI_Request requests[4];
    MPI_Status statuses[4];
    int value = 1, got = 0, index, flag, count, indices[4];
    for (int i = 0; i < 3; i++)
        requests[i] = start(&calls[i]);
    MPI_Irecv(&got, 1, MPI_INT, 0, 5, MPI_COMM_SELF, &requests[3]);
    MPI_Testall(4, requests, &flag, statuses);
    CHECK(!flag);
    MPI_Grequest_complete(requests[1]);
    MPI_Request_get_status_any(4, requests, &index, &flag, statuses);
    CHECK(flag && index == 1 && calls[1].queried == 1);
    MPI_Request_get_status_some(4, requests, &count, indices, statuses);
    CHECK(count == 1 && indices[0] == 1 && calls[1].queried == 2);
    MPI_Waitany(4, requests, &index, &statuses[0]);
    CHECK(index == 1 && calls[1].freed == 1 && requests[1] == MPI_REQUEST_NULL);
    check_status(&statuses[0], 0);
    MPI_Grequest_complete(requests[2]);
    MPI_Waitsome(4, requests, &count, indices, statuses);
    CHECK(count == 1 && indices[0] == 2 && calls[2].freed == 1);
    check_status(&statuses[0], 0);
    MPI_Grequest_complete(requests[0]);
    MPI_Send(&value, 1, MPI_INT, 0, 5, MPI_COMM_SELF);
    MPI_Request_get_status_all(4, requests, &flag, statuses);
    CHECK(flag && calls[0].queried == 1);
    CHECK_EQ(MPI_Waitall(4, requests, statuses), MPI_SUCCESS);
    CHECK(got == 1 && calls[0].freed == 1 && calls[0].queried == 2);
    check_status(&statuses[0], 0);
}

static void failing(void)
{
    struct calls calls;
    MPI_Status status;
    MPI_Request request = start(&calls);
    calls.code_of_query = MPI_ERR_BUFFER;
    MPI_Grequest_complete(request);
    CHECK_EQ(MPI_Wait(&request, &status), MPI_ERR_BUFFER);
    CHECK(request == MPI_REQUEST_NULL && calls.freed == 1);
    request = start(&calls);
    calls.code_of_query = MPI_ERR_BUFFER;
    calls.code_of_free = MPI_ERR_COUNT;
    MPI_Grequest_complete(request);
    CHECK_EQ(MPI_Wait(&request, &status), MPI_ERR_COUNT);
    request = start(&calls);
    calls.code_of_cancel = MPI_ERR_RANK;
    CHECK_EQ(MPI_Cancel(&request), MPI_ERR_RANK);
    calls.code_of_free = MPI_ERR_COUNT;
    MPI_Grequest_complete(request);
    CHECK_CLASS(MPI_Waitall(1, &request, &status), MPI_ERR_IN_STATUS);
    CHECK_EQ(status.MPI_ERROR, MPI_ERR_COUNT);
    MPI_Irecv(&status, 1, MPI_INT, MPI_PROC_NULL, 0, MPI_COMM_WORLD, &request);
    CHECK_CLASS(MPI_Grequest_complete(request), MPI_ERR_REQUEST);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK_CLASS(MPI_Grequest_complete(MPI_REQUEST_NULL), MPI_ERR_REQUEST);
}

static void *complete_later(void *request)
{
    usleep(50000);
    MPI_Grequest_complete(*(MPI_Request *)request);
    return NULL;
}

static void threads(void)
{
    struct calls calls;
    pthread_t thread;
    MPI_Request request = start(&calls), copy = request;
    pthread_create(&thread, NULL, complete_later, &copy);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    CHECK_EQ(calls.freed, 1);
    pthread_join(thread, NULL);
}

int main(int argc, char **argv)
{
    int provided;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    one();
    freed_and_cancelled();
    several();
    failing();
    threads();
    return finish();
}
