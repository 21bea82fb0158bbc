// Blocks of all ranks interleaved in one file, written together, read back in other shapes, compared byte by byte.
// ranks: 4 3 1
// limit: 60
// args: 64
#include "file.h"

static const int BLOCK = 1000;

/* The byte at a place in the file. */
static unsigned char content(long long place)
{
    return (unsigned char)(place * 131 + (place >> 11) * 7 + 3);
}

static long long wrong_bytes(const unsigned char *bytes, long long len, long long place)
{
    long long wrong = 0;
    for (long long i = 0; i < len; i++)
        wrong += bytes[i] != content(place + i);
    return wrong;
}

/* Byte `i` of what this rank sees through its view. */
static long long place_of(long long i)
{
    return (i / BLOCK * size + rank) * BLOCK + i % BLOCK;
}

static MPI_File open_with(const char *key, const char *value, int mode)
{
    MPI_File file;
    MPI_Info info;
    MPI_Info_create(&info);
    if (key)
        MPI_Info_set(info, key, value);
    CHECK_EQ(MPI_File_open(MPI_COMM_WORLD, name, mode, info, &file), MPI_SUCCESS);
    MPI_Info_free(&info);
    return file;
}

static void interleaved(MPI_File file)
{
    MPI_Datatype block, tile;
    MPI_Type_contiguous(BLOCK, MPI_BYTE, &block);
    MPI_Type_create_resized(block, 0, (MPI_Aint)BLOCK * size, &tile);
    MPI_Type_commit(&tile);
    CHECK_EQ(MPI_File_set_view(file, (MPI_Offset)rank * BLOCK, MPI_BYTE, tile, "native", MPI_INFO_NULL), MPI_SUCCESS);
    MPI_Type_free(&block);
    MPI_Type_free(&tile);
}

/* Writes `blocks` blocks a rank; with gaps in memory when `spread`. */
static void write_together(int blocks, int spread, const char *key, const char *value)
{
    long long len = (long long)blocks * BLOCK;
    unsigned char *bytes = malloc(spread ? 2 * len : len);
    MPI_Datatype memory;
    MPI_Status status;
    MPI_Count count;
    start_over();
    for (long long i = 0; i < len; i++)
        bytes[spread ? 2 * i : i] = content(place_of(i));
    MPI_Type_vector(BLOCK, 1, spread ? 2 : 1, MPI_BYTE, &memory);
    MPI_Type_create_resized(memory, 0, spread ? 2 * BLOCK : BLOCK, &memory);
    MPI_Type_commit(&memory);
    MPI_File file = open_with(key, value, MPI_MODE_WRONLY | MPI_MODE_CREATE);
    interleaved(file);
    CHECK_EQ(MPI_File_write_all(file, bytes, blocks, memory, &status), MPI_SUCCESS);
    MPI_Get_elements_x(&status, MPI_BYTE, &count);
    CHECK_EQ(count, len);
    CHECK_EQ(MPI_File_close(&file), MPI_SUCCESS);
    CHECK_EQ(raw_size(), len * size);
    MPI_Type_free(&memory);
    free(bytes);
}

/* Each rank reads a part of the file as it lies there. */
static void read_parts(int blocks)
{
    long long len = (long long)blocks * BLOCK;
    unsigned char *bytes = calloc(len, 1);
    MPI_File file = open_with(NULL, NULL, MPI_MODE_RDONLY);
    MPI_Status status;
    MPI_Count count;
    CHECK_EQ(MPI_File_read_at_all_c(file, rank * len, bytes, len, MPI_BYTE, &status), MPI_SUCCESS);
    MPI_Get_elements_x(&status, MPI_BYTE, &count);
    CHECK_EQ(count, len);
    CHECK_EQ(wrong_bytes(bytes, len, rank * len), 0);
    memset(bytes, 0, len);
    MPI_File_close(&file);
    CHECK_EQ(raw_read(rank * len, bytes, len < 1000000 ? len : 1000000), len < 1000000 ? len : 1000000);
    CHECK_EQ(wrong_bytes(bytes, len < 1000000 ? len : 1000000, rank * len), 0);
    free(bytes);
}

/* Each rank reads its blocks, through aggregators or by itself, in several calls. */
static void read_together(int blocks, const char *key, const char *value)
{
    long long len = (long long)blocks * BLOCK;
    unsigned char *bytes = calloc(len, 1);
    MPI_File file = open_with(key, value, MPI_MODE_RDONLY);
    MPI_Request request;
    int half = blocks / 2 * BLOCK + 17;
    interleaved(file);
    CHECK_EQ(MPI_File_read_all(file, bytes, half, MPI_BYTE, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(MPI_File_iread_all(file, bytes + half, (int)(len - half), MPI_BYTE, &request), MPI_SUCCESS);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    long long wrong = 0;
    for (long long i = 0; i < len; i++)
        wrong += bytes[i] != content(place_of(i));
    CHECK_EQ(wrong, 0);
    MPI_File_close(&file);
    free(bytes);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    choose_name("interleaved");
    long long all = (argc > 1 ? atoll(argv[1]) : 16) << 20;
    int blocks = (int)(all / size / BLOCK);
    write_together(blocks, 0, NULL, NULL);
    read_parts(blocks);
    read_together(blocks, NULL, NULL);
    /* Less of it by other ways. */
    blocks = blocks / 16 + 3;
    write_together(blocks, 1, "cb_buffer_size", "65536");
    read_parts(blocks);
    read_together(blocks, "romio_cb_read", "disable");
    write_together(blocks, 1, "collective_buffering", "false");
    read_parts(blocks);
    read_together(blocks, "cb_nodes", "1");
    start_over();
    return finish();
}
