// Files on a small disk that gets full and on one that is read-only, whose folders are the arguments: each error has
// its class on all ranks, names the file and what the system says, and nothing is lost that was written before.
#include "../check.h"
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { BLOCK = 1000, BLOCKS = 4000, FIRST = 500000, PAGE = 4096 };

static char name[600], bytes[BLOCK * BLOCKS], seen[BLOCK * BLOCKS];

static const char *in(const char *folder, const char *file)
{
    snprintf(name, sizeof name, "%s/%s", folder, file);
    return name;
}

static MPI_File open_file(int mode)
{
    MPI_File file = MPI_FILE_NULL;
    CHECK_EQ(MPI_File_open(MPI_COMM_WORLD, name, mode, MPI_INFO_NULL, &file), MPI_SUCCESS);
    return file;
}

/* How many of the first bytes in a file are not `value`. */
static int wrong_bytes(MPI_File file, MPI_Offset from, int len, char value)
{
    int count, wrong = 0;
    MPI_Status status;
    CHECK_EQ(MPI_File_read_at(file, from, seen, len, MPI_BYTE, &status), MPI_SUCCESS);
    MPI_Get_count(&status, MPI_BYTE, &count);
    CHECK_EQ(count, len);
    for (int i = 0; i < count; i++)
        wrong += seen[i] != value;
    return wrong;
}

static void no_space(int code)
{
    CHECK_CLASS(code, MPI_ERR_NO_SPACE);
    CHECK_WORD(code, name);
    CHECK_WORD(code, "No space left on device");
}

static long long free_bytes(const char *folder)
{
    struct statvfs about;
    return statvfs(folder, &about) == 0 ? (long long)(about.f_bavail * about.f_frsize) : -1;
}

/* Leaves so many bytes free. */
static void fill(const char *folder, long long left)
{
    char filler[700];
    snprintf(filler, sizeof filler, "%s/filler", folder);
    if (rank == 0) {
        int fd = open(filler, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        CHECK(fd >= 0);
        long long len = free_bytes(folder) - left;
        CHECK(len > 0 && posix_fallocate(fd, 0, len) == 0);
        close(fd);
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

static void make_room(const char *folder)
{
    char filler[700];
    snprintf(filler, sizeof filler, "%s/filler", folder);
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0)
        CHECK_EQ(unlink(filler), 0);
    MPI_Barrier(MPI_COMM_WORLD);
}

/* Blocks of all ranks that interleave, behind what was written before. */
static void interleave(MPI_File file)
{
    MPI_Datatype type;
    MPI_Type_vector(BLOCKS, BLOCK, BLOCK * size, MPI_BYTE, &type);
    MPI_Type_commit(&type);
    MPI_File_set_view(file, FIRST + (MPI_Offset)rank * BLOCK, MPI_BYTE, type, "native", MPI_INFO_NULL);
    MPI_Type_free(&type);
}

static void full(const char *folder)
{
    MPI_Status status;
    MPI_Request request;
    MPI_Offset length;
    int code, count, total;
    in(folder, "data");
    MPI_File file = open_file(MPI_MODE_RDWR | MPI_MODE_CREATE);
    memset(bytes, 'A', FIRST);
    CHECK_EQ(MPI_File_write_at_all(file, 0, bytes, rank == 0 ? FIRST : 0, MPI_BYTE, MPI_STATUS_IGNORE), MPI_SUCCESS);
    memset(bytes, 'a' + rank, sizeof bytes);

    /* All together, with and without waiting: all are told, and what the counts say is in the file. */
    for (int form = 0; form < 3; form++) {
        fill(folder, 600000);
        interleave(file);
        if (form == 0) {
            code = MPI_File_write_all(file, bytes, sizeof bytes, MPI_BYTE, &status);
        } else if (form == 1) {
            CHECK_EQ(MPI_File_iwrite_all(file, bytes, sizeof bytes, MPI_BYTE, &request), MPI_SUCCESS);
            code = MPI_Wait(&request, &status);
        } else {
            CHECK_EQ(MPI_File_write_all_begin(file, bytes, sizeof bytes, MPI_BYTE), MPI_SUCCESS);
            code = MPI_File_write_all_end(file, bytes, &status);
        }
        no_space(code);
        MPI_Get_count(&status, MPI_BYTE, &count);
        MPI_Allreduce(&count, &total, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
        /* What lies behind a gap is not counted. */
        CHECK(total > 0 && total <= 600000 + 2 * PAGE);
        CHECK_EQ(wrong_bytes(file, 0, count, (char)('a' + rank)), 0);
        MPI_File_set_view(file, 0, MPI_BYTE, MPI_BYTE, "native", MPI_INFO_NULL);
        CHECK_EQ(wrong_bytes(file, 0, FIRST, 'A'), 0);
        make_room(folder);
        CHECK_EQ(MPI_File_set_size(file, FIRST), MPI_SUCCESS);
    }

    /* By one rank. */
    fill(folder, 100000);
    if (rank == size - 1) {
        no_space(MPI_File_write_at(file, FIRST, bytes, sizeof bytes, MPI_BYTE, &status));
        MPI_Get_count(&status, MPI_BYTE, &count);
        CHECK(count > 50000 && count <= 100000 + 2 * PAGE);
        CHECK_EQ(wrong_bytes(file, FIRST, count, (char)('a' + rank)), 0);
        no_space(MPI_File_write_shared(file, bytes, sizeof bytes, MPI_BYTE, &status));
    }
    MPI_Barrier(MPI_COMM_WORLD);
    no_space(MPI_File_preallocate(file, 50000000));
    CHECK_EQ(MPI_File_sync(file), MPI_SUCCESS);
    /* With room again the file goes on, by the same handle. */
    make_room(folder);
    CHECK_EQ(MPI_File_write_at_all(file, FIRST + rank * 10, bytes, 10, MPI_BYTE, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(wrong_bytes(file, FIRST + rank * 10, 10, (char)('a' + rank)), 0);
    MPI_File_get_size(file, &length);
    CHECK(length >= FIRST + size * 10);
    CHECK_EQ(MPI_File_close(&file), MPI_SUCCESS);
    if (rank == 0)
        CHECK_EQ(MPI_File_delete(name, MPI_INFO_NULL), MPI_SUCCESS);
}

static void read_only(const char *folder)
{
    MPI_File file = MPI_FILE_NULL;
    char byte;
    for (int i = 0; i < 2; i++) {
        in(folder, i == 0 ? "new" : "there");
        int mode = i == 0 ? MPI_MODE_WRONLY | MPI_MODE_CREATE : MPI_MODE_RDWR;
        int code = MPI_File_open(MPI_COMM_WORLD, name, mode, MPI_INFO_NULL, &file);
        CHECK_CLASS(code, MPI_ERR_READ_ONLY);
        CHECK_WORD(code, name);
        CHECK_WORD(code, "Read-only file system");
        CHECK(file == MPI_FILE_NULL);
    }
    int code = MPI_File_delete(name, MPI_INFO_NULL);
    CHECK_CLASS(code, MPI_ERR_READ_ONLY);
    CHECK_WORD(code, name);
    file = open_file(MPI_MODE_RDONLY);
    CHECK_EQ(MPI_File_read_at_all(file, 0, &byte, 1, MPI_BYTE, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(byte, 'x');
    CHECK_CLASS(MPI_File_write_at(file, 0, &byte, 1, MPI_BYTE, MPI_STATUS_IGNORE), MPI_ERR_READ_ONLY);
    CHECK_EQ(MPI_File_close(&file), MPI_SUCCESS);

    in(folder, "no/such/folder");
    code = MPI_File_open(MPI_COMM_WORLD, name, MPI_MODE_WRONLY | MPI_MODE_CREATE, MPI_INFO_NULL, &file);
    CHECK_CLASS(code, MPI_ERR_NO_SUCH_FILE);
    CHECK_WORD(code, name);
    CHECK_WORD(code, "No such file or directory");
    in(folder, "there/file");
    code = MPI_File_open(MPI_COMM_WORLD, name, MPI_MODE_WRONLY | MPI_MODE_CREATE, MPI_INFO_NULL, &file);
    CHECK_CLASS(code, MPI_ERR_BAD_FILE);
    CHECK_WORD(code, name);
    CHECK_WORD(code, "Not a directory");
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    full(argv[1]);
    read_only(argv[2]);
    return finish();
}
