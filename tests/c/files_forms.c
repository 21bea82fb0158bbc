// Every way to read and write a file, in both forms of its function: each rank writes its own block, reads it back, and
// reads that of the rank after it.
// ranks: 1 3
#include "file.h"

enum { COUNT = 5 };

static MPI_File file;
static int round_number;

static int value_of(int owner, int index)
{
    return 1000 * round_number + 10 * owner + index;
}

static void fill(int *data)
{
    round_number++;
    for (int index = 0; index < COUNT; index++)
        data[index] = value_of(rank, index);
}

static void check_data(const char *what, const int *data, int owner)
{
    for (int index = 0; index < COUNT; index++)
        if (data[index] != value_of(owner, index)) {
            failures++;
            fprintf(stderr, "rank %d of %d: %s read %d, not %d\n", rank, size, what, data[index],
                    value_of(owner, index));
        }
}

static void check_status(const char *what, int code, MPI_Status *status)
{
    int count = -1;
    MPI_Get_count(status, MPI_INT, &count);
    CHECK_EQ(code, MPI_SUCCESS);
    if (count != COUNT) {
        failures++;
        fprintf(stderr, "rank %d of %d: %s moved %d elements\n", rank, size, what, count);
    }
}

/* Waits for everybody's data. */
static void settle(void)
{
    MPI_File_sync(file);
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_File_sync(file);
}

static void at_own_block(void)
{
    MPI_File_seek(file, rank * COUNT, MPI_SEEK_SET);
}

static void at_start(void)
{
    MPI_File_seek_shared(file, 0, MPI_SEEK_SET);
}

static void nowhere(void)
{
}

/* Blocks lie in the order of ranks, but for those at the shared pointer, which are taken as they come. */
#define ROUND(go, write, read, ordered)                                                                          \
    do {                                                                                                         \
        int data[COUNT], back[COUNT] = {0}, code;                                                                \
        MPI_Status status;                                                                                       \
        MPI_Request request = MPI_REQUEST_NULL;                                                                  \
        (void)request;                                                                                           \
        fill(data);                                                                                              \
        go();                                                                                                    \
        write;                                                                                                   \
        check_status(#write, code, &status);                                                                     \
        settle();                                                                                                \
        go();                                                                                                    \
        read;                                                                                                    \
        check_status(#read, code, &status);                                                                      \
        if (ordered)                                                                                             \
            check_data(#read, back, rank);                                                                       \
        else                                                                                                     \
            check_data(#read, back, back[0] / 10 % 100);                                                         \
        MPI_Barrier(MPI_COMM_WORLD);                                                                             \
        MPI_Offset next = (MPI_Offset)(rank + 1) % size * COUNT;                                                 \
        code = MPI_File_read_at(file, next, back, COUNT, MPI_INT, &status);                                      \
        if (ordered)                                                                                             \
            check_data("a neighbour", back, (rank + 1) % size);                                                  \
        MPI_Barrier(MPI_COMM_WORLD);                                                                             \
    } while (0)

#define OWN (MPI_Offset) rank *COUNT
#define WAIT (void)MPI_Wait(&request, &status)

/* One form of all functions: SUFFIX is nothing or _c. */
#define FORM(SUFFIX)                                                                                             \
    do {                                                                                                         \
        ROUND(nowhere, code = MPI_File_write_at##SUFFIX(file, OWN, data, COUNT, MPI_INT, &status),                \
              code = MPI_File_read_at##SUFFIX(file, OWN, back, COUNT, MPI_INT, &status), 1);                      \
        ROUND(nowhere, code = MPI_File_write_at_all##SUFFIX(file, OWN, data, COUNT, MPI_INT, &status),            \
              code = MPI_File_read_at_all##SUFFIX(file, OWN, back, COUNT, MPI_INT, &status), 1);                  \
        ROUND(nowhere, code = MPI_File_iwrite_at##SUFFIX(file, OWN, data, COUNT, MPI_INT, &request); WAIT,        \
              code = MPI_File_iread_at##SUFFIX(file, OWN, back, COUNT, MPI_INT, &request); WAIT, 1);              \
        ROUND(nowhere, code = MPI_File_iwrite_at_all##SUFFIX(file, OWN, data, COUNT, MPI_INT, &request); WAIT,    \
              code = MPI_File_iread_at_all##SUFFIX(file, OWN, back, COUNT, MPI_INT, &request); WAIT, 1);          \
        ROUND(nowhere, code = MPI_File_write_at_all_begin##SUFFIX(file, OWN, data, COUNT, MPI_INT);               \
              MPI_File_write_at_all_end(file, data, &status),                                                    \
              code = MPI_File_read_at_all_begin##SUFFIX(file, OWN, back, COUNT, MPI_INT);                         \
              MPI_File_read_at_all_end(file, back, &status), 1);                                                 \
        ROUND(at_own_block, code = MPI_File_write##SUFFIX(file, data, COUNT, MPI_INT, &status),                   \
              code = MPI_File_read##SUFFIX(file, back, COUNT, MPI_INT, &status), 1);                              \
        ROUND(at_own_block, code = MPI_File_write_all##SUFFIX(file, data, COUNT, MPI_INT, &status),               \
              code = MPI_File_read_all##SUFFIX(file, back, COUNT, MPI_INT, &status), 1);                          \
        ROUND(at_own_block, code = MPI_File_iwrite##SUFFIX(file, data, COUNT, MPI_INT, &request); WAIT,           \
              code = MPI_File_iread##SUFFIX(file, back, COUNT, MPI_INT, &request); WAIT, 1);                      \
        ROUND(at_own_block, code = MPI_File_iwrite_all##SUFFIX(file, data, COUNT, MPI_INT, &request); WAIT,       \
              code = MPI_File_iread_all##SUFFIX(file, back, COUNT, MPI_INT, &request); WAIT, 1);                  \
        ROUND(at_own_block, code = MPI_File_write_all_begin##SUFFIX(file, data, COUNT, MPI_INT);                  \
              MPI_File_write_all_end(file, data, &status),                                                       \
              code = MPI_File_read_all_begin##SUFFIX(file, back, COUNT, MPI_INT);                                 \
              MPI_File_read_all_end(file, back, &status), 1);                                                    \
        ROUND(at_start, code = MPI_File_write_shared##SUFFIX(file, data, COUNT, MPI_INT, &status),                \
              code = MPI_File_read_shared##SUFFIX(file, back, COUNT, MPI_INT, &status), 0);                       \
        ROUND(at_start, code = MPI_File_iwrite_shared##SUFFIX(file, data, COUNT, MPI_INT, &request); WAIT,        \
              code = MPI_File_iread_shared##SUFFIX(file, back, COUNT, MPI_INT, &request); WAIT, 0);               \
        ROUND(at_start, code = MPI_File_write_ordered##SUFFIX(file, data, COUNT, MPI_INT, &status),               \
              code = MPI_File_read_ordered##SUFFIX(file, back, COUNT, MPI_INT, &status), 1);                      \
        ROUND(at_start, code = MPI_File_write_ordered_begin##SUFFIX(file, data, COUNT, MPI_INT);                  \
              MPI_File_write_ordered_end(file, data, &status),                                                   \
              code = MPI_File_read_ordered_begin##SUFFIX(file, back, COUNT, MPI_INT);                             \
              MPI_File_read_ordered_end(file, back, &status), 1);                                                \
    } while (0)

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    choose_name("forms");
    file = open_new(MPI_COMM_WORLD);
    CHECK_EQ(MPI_File_set_view(file, 0, MPI_INT, MPI_INT, "native", MPI_INFO_NULL), MPI_SUCCESS);
    FORM();
    FORM(_c);
    MPI_File_close(&file);
    start_over();
    return finish();
}
