// What goes wrong with files: each error has its class on all ranks, names the file, and loses nothing written before.
// ranks: 1 3
#define _GNU_SOURCE
#include "file.h"
#include <signal.h>
#include <sys/resource.h>

static void opening(void)
{
    MPI_File file = MPI_FILE_NULL;
    int code;
    start_over();
    code = MPI_File_open(MPI_COMM_WORLD, name, MPI_MODE_RDWR, MPI_INFO_NULL, &file);
    CHECK_CLASS(code, MPI_ERR_NO_SUCH_FILE);
    CHECK_WORD(code, name);
    CHECK_WORD(code, "No such file");
    CHECK_CLASS(MPI_File_delete(name, MPI_INFO_NULL), MPI_ERR_NO_SUCH_FILE);
    CHECK_CLASS(MPI_File_open(MPI_COMM_WORLD, "", MPI_MODE_RDWR, MPI_INFO_NULL, &file), MPI_ERR_BAD_FILE);
    CHECK_CLASS(MPI_File_open(MPI_COMM_WORLD, "/", MPI_MODE_RDONLY, MPI_INFO_NULL, &file), MPI_ERR_BAD_FILE);
    code = MPI_File_open(MPI_COMM_WORLD, "/dev/null/x", MPI_MODE_RDONLY, MPI_INFO_NULL, &file);
    CHECK_CLASS(code, MPI_ERR_BAD_FILE);
    int modes[] = {0, MPI_MODE_RDONLY | MPI_MODE_RDWR, MPI_MODE_RDONLY | MPI_MODE_CREATE,
                   MPI_MODE_RDWR | MPI_MODE_SEQUENTIAL, MPI_MODE_RDWR | 1 << 20};
    for (int i = 0; i < 5; i++)
        CHECK_CLASS(MPI_File_open(MPI_COMM_WORLD, name, modes[i], MPI_INFO_NULL, &file), MPI_ERR_AMODE);
    if (size > 1) {
        int mode = MPI_MODE_CREATE | (rank == 0 ? MPI_MODE_RDWR : MPI_MODE_WRONLY);
        CHECK_CLASS(MPI_File_open(MPI_COMM_WORLD, name, mode, MPI_INFO_NULL, &file), MPI_ERR_NOT_SAME);
    }
    CHECK(file == MPI_FILE_NULL);
    file = open_new(MPI_COMM_WORLD);
    int exclusive = MPI_MODE_RDWR | MPI_MODE_CREATE | MPI_MODE_EXCL;
    MPI_File other;
    CHECK_CLASS(MPI_File_open(MPI_COMM_WORLD, name, exclusive, MPI_INFO_NULL, &other), MPI_ERR_FILE_EXISTS);
    MPI_File_close(&file);
    CHECK(file == MPI_FILE_NULL);
    CHECK_CLASS(MPI_File_close(&file), MPI_ERR_FILE);
}

/* A folder that cannot be written. Root may write anything, so it plays somebody else. */
static void read_only_folder(void)
{
    char folder[600], inside[700];
    MPI_File file;
    snprintf(folder, sizeof folder, "%s.folder", name);
    snprintf(inside, sizeof inside, "%s/file", folder);
    int root = geteuid() == 0;
    if (rank == 0) {
        CHECK_EQ(mkdir(folder, 0700), 0);
        CHECK_EQ(chmod(folder, 0555), 0);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    if (root && seteuid(65534) != 0)
        root = -1;
    if (root >= 0) {
        int code = MPI_File_open(MPI_COMM_WORLD, inside, MPI_MODE_WRONLY | MPI_MODE_CREATE, MPI_INFO_NULL, &file);
        CHECK_CLASS(code, MPI_ERR_ACCESS);
        CHECK_WORD(code, inside);
        CHECK_WORD(code, "Permission denied");
    }
    if (root == 1)
        CHECK_EQ(seteuid(0), 0);
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0)
        CHECK_EQ(rmdir(folder), 0);
}

static void arguments(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Datatype type;
    int value = 0, code;
    code = MPI_File_read_at(file, -1, &value, 1, MPI_INT, MPI_STATUS_IGNORE);
    CHECK_CLASS(code, MPI_ERR_ARG);
    CHECK_WORD(code, "-1");
    CHECK_CLASS(MPI_File_write(file, &value, -1, MPI_INT, MPI_STATUS_IGNORE), MPI_ERR_COUNT);
    CHECK_CLASS(MPI_File_write(file, NULL, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_ERR_BUFFER);
    CHECK_CLASS(MPI_File_write(file, &value, 1, MPI_DATATYPE_NULL, MPI_STATUS_IGNORE), MPI_ERR_TYPE);
    CHECK_CLASS(MPI_File_seek(file, -1, MPI_SEEK_SET), MPI_ERR_ARG);
    CHECK_CLASS(MPI_File_seek(file, 0, -9), MPI_ERR_ARG);
    CHECK_CLASS(MPI_File_set_size(file, -1), MPI_ERR_ARG);
    CHECK_CLASS(MPI_File_read_all_end(file, &value, MPI_STATUS_IGNORE), MPI_ERR_IO);
    MPI_Type_contiguous(2, MPI_INT, &type);
    CHECK_CLASS(MPI_File_set_view(file, 0, MPI_INT, type, "native", MPI_INFO_NULL), MPI_ERR_TYPE);
    MPI_Type_free(&type);
    CHECK_CLASS(MPI_File_set_view(file, 0, MPI_INT, MPI_SHORT, "native", MPI_INFO_NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_File_set_view(file, -5, MPI_INT, MPI_INT, "native", MPI_INFO_NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_File_set_view(file, MPI_DISPLACEMENT_CURRENT, MPI_INT, MPI_INT, "native", MPI_INFO_NULL),
                MPI_ERR_ARG);
    code = MPI_File_set_view(file, 0, MPI_INT, MPI_INT, "nonsense", MPI_INFO_NULL);
    CHECK_CLASS(code, MPI_ERR_UNSUPPORTED_DATAREP);
    CHECK_WORD(code, "nonsense");
    if (size > 1) {
        const char *datarep = rank == 0 ? "native" : "external32";
        CHECK_CLASS(MPI_File_set_view(file, 0, MPI_INT, MPI_INT, datarep, MPI_INFO_NULL), MPI_ERR_NOT_SAME);
        CHECK_CLASS(MPI_File_set_size(file, rank), MPI_ERR_NOT_SAME);
        code = rank == 0 ? MPI_File_write_at_all(file, 0, &value, 4, MPI_BYTE, MPI_STATUS_IGNORE)
                         : MPI_File_read_at_all(file, 0, &value, 4, MPI_BYTE, MPI_STATUS_IGNORE);
        CHECK_CLASS(code, MPI_ERR_NOT_SAME);
        CHECK_WORD(code, "rank 0 writes and rank 1 reads");
    }
    CHECK_EQ(MPI_File_set_view(file, 0, MPI_INT, MPI_INT, "native", MPI_INFO_NULL), MPI_SUCCESS);
    CHECK_CLASS(MPI_File_write(file, &value, 3, MPI_BYTE, MPI_STATUS_IGNORE), MPI_ERR_IO);
    MPI_File_close(&file);
}

static void modes(void)
{
    MPI_File file;
    int value = 1;
    CHECK_EQ(MPI_File_open(MPI_COMM_WORLD, name, MPI_MODE_RDONLY, MPI_INFO_NULL, &file), MPI_SUCCESS);
    CHECK_CLASS(MPI_File_write(file, &value, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_ERR_READ_ONLY);
    CHECK_CLASS(MPI_File_set_size(file, 10), MPI_ERR_READ_ONLY);
    CHECK_CLASS(MPI_File_preallocate(file, 10), MPI_ERR_READ_ONLY);
    MPI_File_close(&file);
    int sequential = MPI_MODE_WRONLY | MPI_MODE_SEQUENTIAL;
    CHECK_EQ(MPI_File_open(MPI_COMM_WORLD, name, sequential, MPI_INFO_NULL, &file), MPI_SUCCESS);
    CHECK_CLASS(MPI_File_read_shared(file, &value, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_ERR_ACCESS);
    CHECK_CLASS(MPI_File_write(file, &value, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_ERR_UNSUPPORTED_OPERATION);
    CHECK_CLASS(MPI_File_seek_shared(file, 0, MPI_SEEK_SET), MPI_ERR_UNSUPPORTED_OPERATION);
    CHECK_CLASS(MPI_File_set_view(file, 4, MPI_INT, MPI_INT, "native", MPI_INFO_NULL),
                MPI_ERR_UNSUPPORTED_OPERATION);
    CHECK_EQ(MPI_File_set_view(file, MPI_DISPLACEMENT_CURRENT, MPI_INT, MPI_INT, "native", MPI_INFO_NULL),
             MPI_SUCCESS);
    MPI_File_close(&file);
}

/* The file may not grow past a limit, as on a full disk. */
static void full(void)
{
    enum { LIMIT = 100000, BLOCK = 1000, BLOCKS = 200 };
    static char bytes[BLOCK * BLOCKS], seen[LIMIT + 1];
    MPI_Status status;
    MPI_Request request;
    struct rlimit before, limit;
    int code, count;
    MPI_File file = open_new(MPI_COMM_WORLD);
    memset(bytes, 'a' + rank, sizeof bytes);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = LIMIT;
    setrlimit(RLIMIT_FSIZE, &limit);

    /* By one rank: the status counts what is in the file. */
    if (rank == 0) {
        code = MPI_File_write_at(file, LIMIT - 300, bytes, 1000, MPI_BYTE, &status);
        CHECK_CLASS(code, MPI_ERR_NO_SPACE);
        CHECK_WORD(code, name);
        CHECK_WORD(code, "at byte 100000");
        MPI_Get_count(&status, MPI_BYTE, &count);
        CHECK_EQ(count, 300);
        MPI_File_iwrite_at(file, LIMIT - 100, bytes, 1000, MPI_BYTE, &request);
        CHECK_CLASS(MPI_Wait(&request, &status), MPI_ERR_NO_SPACE);
        MPI_Get_count(&status, MPI_BYTE, &count);
        CHECK_EQ(count, 100);
        CHECK(request == MPI_REQUEST_NULL);
        CHECK_EQ(raw_size(), LIMIT);
    }
    MPI_Barrier(MPI_COMM_WORLD);

    /* By all: all are told, and what comes before the limit is in the file. */
    MPI_Datatype type;
    MPI_Type_vector(BLOCKS, BLOCK, BLOCK * size, MPI_BYTE, &type);
    MPI_Type_commit(&type);
    MPI_File_set_view(file, (MPI_Offset)rank * BLOCK, MPI_BYTE, type, "native", MPI_INFO_NULL);
    MPI_Type_free(&type);
    code = MPI_File_write_all(file, bytes, sizeof bytes, MPI_BYTE, &status);
    CHECK_CLASS(code, MPI_ERR_NO_SPACE);
    CHECK_WORD(code, name);
    MPI_Get_count(&status, MPI_BYTE, &count);
    int total = 0;
    MPI_Allreduce(&count, &total, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    CHECK_EQ(total, LIMIT);
    CHECK_EQ(raw_read(0, seen, sizeof seen), LIMIT);
    int wrong = 0;
    for (int i = 0; i < LIMIT; i++)
        wrong += seen[i] != 'a' + i / BLOCK % size;
    CHECK_EQ(wrong, 0);
    CHECK_CLASS(MPI_File_set_size(file, 2 * LIMIT), MPI_ERR_NO_SPACE);
    setrlimit(RLIMIT_FSIZE, &before);
    MPI_File_close(&file);
}

/* A device that is always full. */
static void full_device(void)
{
    MPI_File file;
    char byte = 1;
    int code = MPI_File_open(MPI_COMM_WORLD, "/dev/full", MPI_MODE_RDWR, MPI_INFO_NULL, &file);
    CHECK_EQ(code, MPI_SUCCESS);
    code = MPI_File_write_at(file, 0, &byte, 1, MPI_BYTE, MPI_STATUS_IGNORE);
    CHECK_CLASS(code, MPI_ERR_NO_SPACE);
    CHECK_WORD(code, "No space left on device");
    CHECK_CLASS(MPI_File_write_at_all(file, 0, &byte, rank == 0, MPI_BYTE, MPI_STATUS_IGNORE), MPI_ERR_NO_SPACE);
    CHECK_EQ(MPI_File_close(&file), MPI_SUCCESS);
}

static MPI_File met;
static int calls;

static void handler(MPI_File *file, int *code, ...)
{
    met = *file;
    calls++;
    CHECK_CLASS(*code, MPI_ERR_NO_SPACE);
}

static void handlers(void)
{
    MPI_File file;
    MPI_Errhandler mine, old;
    MPI_Request request;
    char byte = 1;
    MPI_File_get_errhandler(MPI_FILE_NULL, &old);
    CHECK(old == MPI_ERRORS_RETURN);
    MPI_File_create_errhandler(handler, &mine);
    CHECK_EQ(MPI_File_set_errhandler(MPI_FILE_NULL, mine), MPI_SUCCESS);
    CHECK_EQ(MPI_File_open(MPI_COMM_SELF, "/dev/full", MPI_MODE_WRONLY, MPI_INFO_NULL, &file), MPI_SUCCESS);
    MPI_File_set_errhandler(MPI_FILE_NULL, old);
    MPI_Errhandler_free(&mine);
    CHECK_CLASS(MPI_File_write(file, &byte, 1, MPI_BYTE, MPI_STATUS_IGNORE), MPI_ERR_NO_SPACE);
    CHECK(calls == 1 && met == file);
    /* The error of a request goes to its file's handler too. */
    MPI_File_iwrite(file, &byte, 1, MPI_BYTE, &request);
    CHECK_CLASS(MPI_Wait(&request, MPI_STATUS_IGNORE), MPI_ERR_NO_SPACE);
    CHECK(calls == 2 && met == file);
    MPI_File_close(&file);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    choose_name("errors");
    opening();
    read_only_folder();
    arguments();
    modes();
    full();
    full_device();
    handlers();
    start_over();
    return finish();
}
