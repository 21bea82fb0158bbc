// Wrong arguments: each call comes back with the right class and a text that names what is wrong.
// ranks: 2
#include "check.h"

static int value;

static void envelope(void)
{
    int code;
    code = MPI_Send(&value, 1, MPI_INT, size, 0, MPI_COMM_WORLD);
    CHECK_CLASS(code, MPI_ERR_RANK);
    CHECK_WORD(code, "MPI_Send");
    CHECK_WORD(code, "2");
    CHECK_CLASS(MPI_Send(&value, 1, MPI_INT, -100, 0, MPI_COMM_WORLD), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Recv(&value, 1, MPI_INT, size, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Send(&value, 1, MPI_INT, MPI_ANY_SOURCE, 0, MPI_COMM_WORLD), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Probe(size, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE), MPI_ERR_RANK);
    code = MPI_Send(&value, 1, MPI_INT, 0, -5, MPI_COMM_WORLD);
    CHECK_CLASS(code, MPI_ERR_TAG);
    CHECK_WORD(code, "-5");
    CHECK_CLASS(MPI_Send(&value, 1, MPI_INT, 0, MPI_ANY_TAG, MPI_COMM_WORLD), MPI_ERR_TAG);
    CHECK_CLASS(MPI_Recv(&value, 1, MPI_INT, 0, -5, MPI_COMM_WORLD, MPI_STATUS_IGNORE), MPI_ERR_TAG);
    code = MPI_Send(&value, -1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    CHECK_CLASS(code, MPI_ERR_COUNT);
    CHECK_WORD(code, "-1");
    CHECK_CLASS(MPI_Recv(&value, -1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE), MPI_ERR_COUNT);
    CHECK_CLASS(MPI_Send(NULL, 1, MPI_INT, 0, 0, MPI_COMM_WORLD), MPI_ERR_BUFFER);
}

static void objects(void)
{
    MPI_Comm comm;
    MPI_Datatype type;
    MPI_Request request;
    CHECK_CLASS(MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_NULL), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_size(MPI_COMM_NULL, &value), MPI_ERR_COMM);
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Comm freed = comm;
    MPI_Comm_free(&comm);
    CHECK(comm == MPI_COMM_NULL);
    CHECK_CLASS(MPI_Send(&value, 1, MPI_INT, 0, 0, freed), MPI_ERR_COMM);
    comm = MPI_COMM_WORLD;
    CHECK_CLASS(MPI_Comm_free(&comm), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Send(&value, 1, MPI_DATATYPE_NULL, 0, 0, MPI_COMM_WORLD), MPI_ERR_TYPE);
    MPI_Type_contiguous(3, MPI_INT, &type);
    CHECK_CLASS(MPI_Send(&value, 1, type, 0, 0, MPI_COMM_WORLD), MPI_ERR_TYPE);
    MPI_Type_free(&type);
    type = MPI_INT;
    CHECK_CLASS(MPI_Type_free(&type), MPI_ERR_TYPE);
    request = MPI_REQUEST_NULL;
    CHECK_CLASS(MPI_Start(&request), MPI_ERR_REQUEST);
    CHECK_CLASS(MPI_Request_free(&request), MPI_ERR_REQUEST);
    MPI_Group group = MPI_GROUP_NULL;
    CHECK_CLASS(MPI_Group_size(group, &value), MPI_ERR_GROUP);
}

static void collective_arguments(void)
{
    int result, code;
    code = MPI_Bcast(&value, 1, MPI_INT, size, MPI_COMM_WORLD);
    CHECK_CLASS(code, MPI_ERR_ROOT);
    CHECK_CLASS(MPI_Allreduce(&value, &result, 1, MPI_INT, MPI_OP_NULL, MPI_COMM_WORLD), MPI_ERR_OP);
    code = MPI_Allreduce(&value, &result, 1, MPI_FLOAT, MPI_BAND, MPI_COMM_WORLD);
    CHECK_CLASS(code, MPI_ERR_OP);
    CHECK_WORD(code, "MPI_FLOAT");
    CHECK_CLASS(MPI_Allreduce(&value, &result, -1, MPI_INT, MPI_SUM, MPI_COMM_WORLD), MPI_ERR_COUNT);
    MPI_Op op = MPI_SUM;
    CHECK_CLASS(MPI_Op_free(&op), MPI_ERR_OP);
}

/* A message that is too long: an error on the receiver, and the next one arrives. */
static void truncated(int sent, int room)
{
    char *data = calloc(sent, 1);
    if (rank == 0) {
        MPI_Send(data, sent, MPI_CHAR, 1, 11, MPI_COMM_WORLD);
        MPI_Send(data, 4, MPI_CHAR, 1, 12, MPI_COMM_WORLD);
    } else {
        MPI_Status status;
        char number[32];
        int count;
        int code = MPI_Recv(data, room, MPI_CHAR, MPI_ANY_SOURCE, 11, MPI_COMM_WORLD, &status);
        CHECK_CLASS(code, MPI_ERR_TRUNCATE);
        snprintf(number, sizeof number, "%d", sent);
        CHECK_WORD(code, number);
        snprintf(number, sizeof number, "%d", room);
        CHECK_WORD(code, number);
        CHECK_WORD(code, "rank 0");
        CHECK_WORD(code, "tag 11");
        CHECK_EQ(status.MPI_SOURCE, 0);
        CHECK_EQ(status.MPI_TAG, 11);
        code = MPI_Recv(data, 4, MPI_CHAR, 0, 12, MPI_COMM_WORLD, &status);
        CHECK_CLASS(code, MPI_SUCCESS);
        MPI_Get_count(&status, MPI_CHAR, &count);
        CHECK_EQ(count, 4);
    }
    free(data);
}

/* One of several requests fails: the statuses say which. */
static void in_status(void)
{
    if (rank == 0) {
        MPI_Send("0123456789", 10, MPI_CHAR, 1, 0, MPI_COMM_WORLD);
        MPI_Send("0123456789", 10, MPI_CHAR, 1, 1, MPI_COMM_WORLD);
    } else {
        char data[2][10];
        MPI_Request requests[2];
        MPI_Status statuses[2];
        MPI_Irecv(data[0], 5, MPI_CHAR, 0, 0, MPI_COMM_WORLD, &requests[0]);
        MPI_Irecv(data[1], 10, MPI_CHAR, 0, 1, MPI_COMM_WORLD, &requests[1]);
        CHECK_CLASS(MPI_Waitall(2, requests, statuses), MPI_ERR_IN_STATUS);
        CHECK_CLASS(statuses[0].MPI_ERROR, MPI_ERR_TRUNCATE);
        /* The other is complete, or said to be pending and still there to be waited for. */
        if (statuses[1].MPI_ERROR != MPI_SUCCESS) {
            CHECK_CLASS(statuses[1].MPI_ERROR, MPI_ERR_PENDING);
            CHECK_CLASS(MPI_Wait(&requests[1], MPI_STATUS_IGNORE), MPI_SUCCESS);
        }
        CHECK_EQ(data[1][9], '9');
    }
}

static int handled;

static void handle(MPI_Comm *comm, int *code, ...)
{
    int class;
    MPI_Error_class(*code, &class);
    handled += *comm != MPI_COMM_NULL && class == MPI_ERR_RANK;
    /* It is what the call returns. */
    *code = handled == 1 ? MPI_ERR_PENDING : MPI_SUCCESS;
}

static void own_handler(void)
{
    MPI_Comm comm;
    MPI_Errhandler handler, got;
    int class, code, length;
    char text[MPI_MAX_ERROR_STRING];
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Comm_create_errhandler(handle, &handler);
    MPI_Comm_set_errhandler(comm, handler);
    MPI_Comm_get_errhandler(comm, &got);
    CHECK(got == handler);
    MPI_Errhandler_free(&got);
    MPI_Errhandler_free(&handler);
    CHECK(handler == MPI_ERRHANDLER_NULL);
    CHECK_EQ(MPI_Send(&value, 1, MPI_INT, 1000, 0, comm), MPI_ERR_PENDING);
    CHECK_EQ(handled, 1);
    MPI_Comm_call_errhandler(comm, MPI_ERR_RANK);
    CHECK_EQ(handled, 2);
    MPI_Comm_free(&comm);
    MPI_Add_error_class(&class);
    MPI_Add_error_code(class, &code);
    MPI_Add_error_string(code, "the sky is falling");
    CHECK_CLASS(code, class);
    MPI_Error_string(code, text, &length);
    CHECK(strcmp(text, "the sky is falling") == 0 && length == (int)strlen(text));
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    envelope();
    objects();
    collective_arguments();
    truncated(100, 50);
    truncated(5000, 4097);
    truncated(1000000, 65000);
    in_status();
    own_handler();
    return finish();
}
