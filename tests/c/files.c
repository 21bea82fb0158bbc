// Files: pointers, views, representations, split and nonblocking access, atomic mode, far offsets.
// ranks: 1 2 4
// limit: 40
#include "file.h"

static void individual_pointers(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Offset where;
    MPI_Status status;
    int values[4] = {10 * rank, 10 * rank + 1, 10 * rank + 2, 10 * rank + 3}, count;
    CHECK_EQ(MPI_File_set_view(file, 8, MPI_INT, MPI_INT, "native", MPI_INFO_NULL), MPI_SUCCESS);
    MPI_File_seek(file, 4 * rank, MPI_SEEK_SET);
    MPI_File_write(file, values, 2, MPI_INT, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, 2);
    MPI_File_write(file, values + 2, 2, MPI_INT, MPI_STATUS_IGNORE);
    MPI_File_get_position(file, &where);
    CHECK_EQ(where, 4 * rank + 4);
    MPI_File_get_byte_offset(file, where, &where);
    CHECK_EQ(where, 8 + 4 * (4 * rank + 4));
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_File_seek(file, -1, MPI_SEEK_END);
    MPI_File_get_position(file, &where);
    CHECK_EQ(where, 4 * size - 1);
    /* The pointer moves by what was asked for, the status counts what came. */
    MPI_File_read(file, values, 4, MPI_INT, &status);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, 1);
    CHECK_EQ(values[0], 10 * (size - 1) + 3);
    MPI_File_get_position(file, &where);
    CHECK_EQ(where, 4 * size + 3);
    MPI_File_seek(file, -4 * size, MPI_SEEK_CUR);
    MPI_File_get_position(file, &where);
    CHECK_EQ(where, 3);
    MPI_File_close(&file);
    CHECK_EQ(raw_size(), 8 + 16 * size);
}

static void shared_pointer(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Offset where;
    MPI_Request requests[10];
    int each = 20, total = each * size, record[3], *seen = calloc(total, sizeof *seen);
    MPI_Datatype type;
    MPI_Type_contiguous(3, MPI_INT, &type);
    MPI_Type_commit(&type);
    MPI_File_set_view(file, 0, type, type, "native", MPI_INFO_NULL);
    for (int i = 0; i < each; i++) {
        record[0] = record[2] = rank;
        record[1] = i;
        MPI_File_write_shared(file, record, 1, type, MPI_STATUS_IGNORE);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_File_get_position_shared(file, &where);
    CHECK_EQ(where, total);
    MPI_File_seek_shared(file, 0, MPI_SEEK_SET);
    /* Every record is read once, by somebody. */
    int (*records)[3] = calloc(each, sizeof *records);
    for (int i = 0; i < 10; i++)
        MPI_File_iread_shared(file, records[i], 1, type, &requests[i]);
    MPI_Waitall(10, requests, MPI_STATUSES_IGNORE);
    for (int i = 10; i < each; i++)
        MPI_File_read_shared(file, records[i], 1, type, MPI_STATUS_IGNORE);
    for (int i = 0; i < each; i++) {
        CHECK(records[i][0] == records[i][2] && records[i][0] < size && records[i][1] < each);
        seen[records[i][0] * each + records[i][1]]++;
    }
    MPI_Allreduce(MPI_IN_PLACE, seen, total, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    for (int i = 0; i < total; i++)
        CHECK_EQ(seen[i], 1);
    /* In the order of ranks, of different lengths. */
    MPI_File_seek_shared(file, 1, MPI_SEEK_SET);
    for (int i = 0; i < each; i++)
        records[i][0] = records[i][1] = records[i][2] = rank;
    MPI_File_write_ordered(file, records, rank + 1, type, MPI_STATUS_IGNORE);
    MPI_File_get_position_shared(file, &where);
    CHECK_EQ(where, 1 + size * (size + 1) / 2);
    MPI_File_seek_shared(file, -size * (size + 1) / 2, MPI_SEEK_CUR);
    memset(records, 0xff, each * sizeof *records);
    MPI_File_read_ordered_begin(file, records, rank + 1, type);
    MPI_File_read_ordered_end(file, records, MPI_STATUS_IGNORE);
    for (int i = 0; i <= rank; i++)
        CHECK_EQ(records[i][1], rank);
    CHECK_EQ(records[rank + 1][1], -1);
    MPI_File_close(&file);
    MPI_Type_free(&type);
    free(records);
    free(seen);
}

static void sequential(void)
{
    MPI_File file;
    char byte = 'a' + rank, bytes[8] = "";
    start_over();
    int mode = MPI_MODE_WRONLY | MPI_MODE_CREATE | MPI_MODE_SEQUENTIAL;
    CHECK_EQ(MPI_File_open(MPI_COMM_WORLD, name, mode, MPI_INFO_NULL, &file), MPI_SUCCESS);
    MPI_File_write_ordered(file, &byte, 1, MPI_CHAR, MPI_STATUS_IGNORE);
    MPI_Offset here;
    CHECK_EQ(MPI_File_set_view(file, MPI_DISPLACEMENT_CURRENT, MPI_CHAR, MPI_CHAR, "native", MPI_INFO_NULL),
             MPI_SUCCESS);
    MPI_Datatype etype, filetype;
    char datarep[MPI_MAX_DATAREP_STRING];
    MPI_File_get_view(file, &here, &etype, &filetype, datarep);
    CHECK(here == size && etype == MPI_CHAR && filetype == MPI_CHAR && strcmp(datarep, "native") == 0);
    MPI_File_write_ordered(file, &byte, 1, MPI_CHAR, MPI_STATUS_IGNORE);
    MPI_File_close(&file);
    CHECK_EQ(raw_read(0, bytes, 8), 2 * size);
    CHECK(memcmp(bytes, bytes + size, size) == 0 && bytes[rank] == byte);
    /* What is appended comes after. */
    mode = MPI_MODE_WRONLY | MPI_MODE_APPEND | MPI_MODE_DELETE_ON_CLOSE;
    CHECK_EQ(MPI_File_open(MPI_COMM_WORLD, name, mode, MPI_INFO_NULL, &file), MPI_SUCCESS);
    MPI_File_get_position(file, &here);
    CHECK_EQ(here, 2 * size);
    MPI_File_get_position_shared(file, &here);
    CHECK_EQ(here, 2 * size);
    MPI_File_close(&file);
    MPI_Barrier(MPI_COMM_WORLD);
    CHECK_EQ(raw_size(), -1);
}

static void external32(void)
{
    struct { long number; short small; } element = {-2 - rank, 258}, got = {0, 0};
    unsigned char raw[6];
    int lengths[] = {1, 1}, code;
    MPI_Aint offsets[] = {0, sizeof(long)}, extent;
    MPI_Datatype fields[] = {MPI_LONG, MPI_SHORT}, type;
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Status status;
    MPI_Count count;
    CHECK_EQ(MPI_File_set_view(file, 0, MPI_BYTE, MPI_BYTE, "external32", MPI_INFO_NULL), MPI_SUCCESS);
    MPI_File_get_type_extent(file, MPI_LONG, &extent);
    CHECK_EQ(extent, 4);
    MPI_Type_create_struct(2, lengths, offsets, fields, &type);
    MPI_Type_commit(&type);
    CHECK_EQ(MPI_File_write_at_all(file, 6 * rank, &element, 1, type, &status), MPI_SUCCESS);
    MPI_Get_elements_x(&status, type, &count);
    CHECK_EQ(count, 2);
    MPI_File_sync(file);
    MPI_Barrier(MPI_COMM_WORLD);
    CHECK_EQ(raw_read(6 * rank, raw, 6), 6);
    CHECK(raw[0] == 255 && raw[1] == 255 && raw[2] == 255 && raw[3] == 254 - rank && raw[4] == 1 && raw[5] == 2);
    CHECK_EQ(MPI_File_read_at(file, 6 * rank, &got, 1, type, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK(got.number == element.number && got.small == 258);
    /* A filetype of numbers that have another size in the file. */
    CHECK_EQ(MPI_File_set_view(file, 0, MPI_LONG, MPI_LONG, "external32", MPI_INFO_NULL), MPI_SUCCESS);
    element.number = 7;
    CHECK_EQ(MPI_File_write_at(file, 100 + rank, &element.number, 1, MPI_LONG, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(raw_read(4 * (100 + rank), raw, 4), 4);
    CHECK(raw[0] == 0 && raw[3] == 7);
    element.number = 1L << 40;
    code = MPI_File_write_at(file, 0, &element.number, 1, MPI_LONG, MPI_STATUS_IGNORE);
    CHECK_CLASS(code, MPI_ERR_CONVERSION);
    MPI_Type_free(&type);
    MPI_File_close(&file);
}

static int extent_calls;

/* Shorts take three bytes in the file: a mark and the value, inverted. */
static int marked_extent(MPI_Datatype type, MPI_Aint *extent, void *state)
{
    CHECK(type == MPI_SHORT && state == &extent_calls);
    extent_calls++;
    *extent = 3;
    return MPI_SUCCESS;
}

/* Where a program's datatype has its shorts: its own, since it knows only one such type. */
static short *slot(void *memory, MPI_Datatype type, long long index)
{
    MPI_Aint lower, extent;
    MPI_Type_get_extent(type, &lower, &extent);
    return (short *)((char *)memory + index * extent);
}

static int marked_write(void *memory, MPI_Datatype type, int count, void *file, MPI_Offset position, void *state)
{
    unsigned char *out = file;
    CHECK(position == 0 && state == &extent_calls);
    for (int i = 0; i < count; i++, out += 3) {
        short value = ~*slot(memory, type, i);
        out[0] = 'm';
        memcpy(out + 1, &value, 2);
    }
    return MPI_SUCCESS;
}

static int marked_read(void *memory, MPI_Datatype type, int count, void *file, MPI_Offset position, void *state)
{
    unsigned char *in = file;
    CHECK(position == 0 && state == &extent_calls);
    for (int i = 0; i < count; i++, in += 3) {
        short value;
        memcpy(&value, in + 1, 2);
        if (in[0] != 'm')
            return MPI_ERR_OTHER;
        *slot(memory, type, i) = ~value;
    }
    return MPI_SUCCESS;
}

static void own_representation(void)
{
    short values[] = {1, -1, 2, -1, 3, -1}, got[] = {0, -5, 0, -5, 0, -5};
    unsigned char raw[9];
    MPI_Datatype spaced;
    MPI_Request request;
    MPI_Status status;
    int count;
    MPI_Datarep_conversion_function *none = MPI_CONVERSION_FN_NULL;
    CHECK_EQ(MPI_Register_datarep("marked", marked_read, marked_write, marked_extent, &extent_calls), MPI_SUCCESS);
    CHECK_CLASS(MPI_Register_datarep("marked", none, none, marked_extent, NULL), MPI_ERR_DUP_DATAREP);
    CHECK_CLASS(MPI_Register_datarep("native", none, none, marked_extent, NULL), MPI_ERR_DUP_DATAREP);
    MPI_File file = open_new(MPI_COMM_WORLD);
    CHECK_EQ(MPI_File_set_view(file, 0, MPI_SHORT, MPI_SHORT, "marked", MPI_INFO_NULL), MPI_SUCCESS);
    CHECK(extent_calls > 0);
    MPI_Type_create_resized(MPI_SHORT, 0, 4, &spaced);
    MPI_Type_commit(&spaced);
    MPI_File_iwrite_at(file, 3 * rank, values, 3, spaced, &request);
    CHECK_EQ(MPI_Wait(&request, &status), MPI_SUCCESS);
    MPI_Get_count(&status, MPI_SHORT, &count);
    CHECK_EQ(count, 3);
    MPI_File_sync(file);
    MPI_Barrier(MPI_COMM_WORLD);
    CHECK_EQ(raw_size(), 9 * size);
    CHECK_EQ(raw_read(9 * rank, raw, 9), 9);
    CHECK(raw[3] == 'm' && raw[4] == 253 && raw[5] == 255);
    MPI_File_iread_at_all(file, 3 * rank, got, 3, spaced, &request);
    CHECK_EQ(MPI_Wait(&request, &status), MPI_SUCCESS);
    CHECK(got[0] == 1 && got[2] == 2 && got[4] == 3 && got[1] == -5 && got[3] == -5 && got[5] == -5);
    /* Past the end of the file nothing is converted. */
    CHECK_EQ(MPI_File_read_at(file, 3 * size - 1, got, 3, spaced, &status), MPI_SUCCESS);
    MPI_Get_count(&status, MPI_SHORT, &count);
    CHECK_EQ(count, 1);
    CHECK(got[0] == 3 && got[2] == 2);
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_File_set_view(file, 1, MPI_SHORT, MPI_SHORT, "marked", MPI_INFO_NULL);
    CHECK_CLASS(MPI_File_read_at(file, 0, got, 1, spaced, &status), MPI_ERR_CONVERSION);
    MPI_Type_free(&spaced);
    MPI_File_close(&file);
}

static int usual_extent(MPI_Datatype type, MPI_Aint *extent, void *state)
{
    MPI_Aint lower;
    (void)state;
    return MPI_Type_get_extent(type, &lower, extent);
}

static int large_write(void *memory, MPI_Datatype type, MPI_Count count, void *file, MPI_Offset position, void *state)
{
    return marked_write(memory, type, (int)count, file, position, state);
}

/* A representation that is memory's, and one whose functions count large. */
static void null_and_large_representations(void)
{
    int value = 77 + rank, got = 0;
    short word = 5;
    unsigned char raw[4];
    MPI_Datarep_conversion_function *none = MPI_CONVERSION_FN_NULL;
    CHECK_EQ(MPI_Register_datarep("usual", none, none, usual_extent, NULL), MPI_SUCCESS);
    CHECK_EQ(MPI_Register_datarep("odd", none, none, marked_extent, &extent_calls), MPI_SUCCESS);
    CHECK_EQ(MPI_Register_datarep_c("large", MPI_CONVERSION_FN_NULL_C, large_write, marked_extent, &extent_calls),
             MPI_SUCCESS);
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_File_set_view(file, 0, MPI_INT, MPI_INT, "usual", MPI_INFO_NULL);
    CHECK_EQ(MPI_File_write_at_all(file, rank, &value, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(MPI_File_read_at(file, rank, &got, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(got, value);
    MPI_File_set_view(file, 0, MPI_SHORT, MPI_SHORT, "odd", MPI_INFO_NULL);
    CHECK_CLASS(MPI_File_write_at(file, rank, &word, 1, MPI_SHORT, MPI_STATUS_IGNORE), MPI_ERR_CONVERSION);
    MPI_File_set_view(file, 0, MPI_SHORT, MPI_SHORT, "large", MPI_INFO_NULL);
    CHECK_EQ(MPI_File_write_at(file, rank, &word, 1, MPI_SHORT, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(raw_read(3 * rank, raw, 3), 3);
    CHECK(raw[0] == 'm' && raw[1] == 250 && raw[2] == 255);
    MPI_File_close(&file);
}

static void nonblocking(void)
{
    enum { COUNT = 64, LEN = 5000 };
    static int values[COUNT][LEN], got[COUNT][LEN];
    MPI_Request requests[COUNT];
    MPI_Status statuses[COUNT];
    MPI_File file = open_new(MPI_COMM_WORLD);
    int count, wrong = 0;
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < LEN; j++)
            values[i][j] = (rank * COUNT + i) * LEN + j;
        MPI_Offset where = (MPI_Offset)(i * size + rank) * sizeof values[i];
        MPI_File_iwrite_at(file, where, values[i], LEN, MPI_INT, &requests[i]);
    }
    CHECK_EQ(MPI_Waitall(COUNT, requests, statuses), MPI_SUCCESS);
    for (int i = 0; i < COUNT; i++) {
        MPI_Get_count(&statuses[i], MPI_INT, &count);
        CHECK_EQ(count, LEN);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    int other = (rank + 1) % size;
    for (int i = 0; i < COUNT; i++) {
        MPI_Offset where = (MPI_Offset)(i * size + other) * sizeof values[i];
        MPI_File_iread_at(file, where, got[i], LEN, MPI_INT, &requests[i]);
    }
    /* Completed one by one, with others under way. */
    for (int left = COUNT; left > 0; left--) {
        int index;
        MPI_Waitany(COUNT, requests, &index, MPI_STATUS_IGNORE);
        for (int j = 0; j < LEN; j++)
            wrong += got[index][j] != (other * COUNT + index) * LEN + j;
    }
    CHECK_EQ(wrong, 0);
    MPI_File_close(&file);
}

static void split(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    int value = 40 + rank, got = 0, code, count;
    MPI_Status status;
    CHECK_EQ(MPI_File_write_at_all_begin(file, rank * sizeof value, &value, 1, MPI_INT), MPI_SUCCESS);
    code = MPI_File_write_all(file, &value, 1, MPI_INT, MPI_STATUS_IGNORE);
    CHECK_CLASS(code, MPI_ERR_IO);
    CHECK_WORD(code, "MPI_File_write_at_all_end");
    CHECK_CLASS(MPI_File_write_all_end(file, &value, &status), MPI_ERR_IO);
    MPI_File other = file;
    CHECK_CLASS(MPI_File_close(&other), MPI_ERR_IO);
    CHECK_EQ(MPI_File_write_at_all_end(file, &value, &status), MPI_SUCCESS);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, 1);
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_File_seek(file, rank * sizeof value, MPI_SEEK_SET);
    MPI_File_read_all_begin(file, &got, 1, MPI_INT);
    MPI_File_read_all_end(file, &got, &status);
    CHECK_EQ(got, value);
    MPI_File_close(&file);
}

/* In atomic mode overlapping writes do not mix. */
static void atomic_mode(void)
{
    enum { LEN = 300000 };
    static char bytes[LEN];
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Datatype holes;
    int flag;
    MPI_File_set_atomicity(file, 1);
    MPI_File_get_atomicity(file, &flag);
    CHECK(flag);
    MPI_Type_vector(LEN / 1000, 500, 1000, MPI_CHAR, &holes);
    MPI_Type_commit(&holes);
    MPI_File_set_view(file, 0, MPI_CHAR, holes, "native", MPI_INFO_NULL);
    for (int round = 0; round < 5; round++) {
        memset(bytes, 'a' + rank, LEN / 2);
        if (round % 2)
            MPI_File_write_at_all(file, 0, bytes, LEN / 2, MPI_CHAR, MPI_STATUS_IGNORE);
        else
            MPI_File_write_at(file, 0, bytes, LEN / 2, MPI_CHAR, MPI_STATUS_IGNORE);
        MPI_Barrier(MPI_COMM_WORLD);
        CHECK_EQ(MPI_File_read_at(file, 0, bytes, LEN / 2, MPI_CHAR, MPI_STATUS_IGNORE), MPI_SUCCESS);
        int different = 0;
        for (int i = 1; i < LEN / 2; i++)
            different += bytes[i] != bytes[0];
        CHECK_EQ(different, 0);
        MPI_Barrier(MPI_COMM_WORLD);
    }
    MPI_Type_free(&holes);
    MPI_File_close(&file);
}

/* A file of more than 4 GiB that takes little space, far from the beginning through a view. */
static void far_out(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Datatype tile, pair;
    MPI_Offset where, bytes;
    long long value = 1000 + rank, got = 0, far = 1LL << 30;
    MPI_Type_create_resized(MPI_LONG_LONG, 0, 16 * size, &tile);
    MPI_Type_commit(&tile);
    CHECK_EQ(MPI_File_set_view(file, 16 * rank, MPI_LONG_LONG, tile, "native", MPI_INFO_NULL), MPI_SUCCESS);
    CHECK_EQ(MPI_File_write_at_all(file, far, &value, 1, MPI_LONG_LONG, MPI_STATUS_IGNORE), MPI_SUCCESS);
    MPI_File_get_byte_offset(file, far, &where);
    CHECK_EQ(where, 16 * rank + far * 16 * size);
    MPI_File_get_size(file, &bytes);
    CHECK_EQ(bytes, 16 * (size - 1) + far * 16 * size + 8);
    CHECK_EQ(MPI_File_read_at_all(file, far, &got, 1, MPI_LONG_LONG, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(got, value);
    CHECK_EQ(MPI_File_read_at(file, far / 2, &got, 1, MPI_LONG_LONG, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK_EQ(got, 0);
    struct stat about;
    CHECK(stat(name, &about) == 0 && about.st_blocks < 10000);
    CHECK_CLASS(MPI_File_seek(file, 1LL << 60, MPI_SEEK_SET) ? MPI_File_seek(file, 1LL << 60, MPI_SEEK_SET)
                : MPI_File_read(file, &got, 1, MPI_LONG_LONG, MPI_STATUS_IGNORE), MPI_ERR_ARG);
    /* Two pieces 8 GiB apart in one access, all ranks interleaved at both. */
    MPI_Type_vector(2, 1, (int)far, MPI_LONG_LONG, &pair);
    MPI_Type_commit(&pair);
    MPI_File_set_view(file, 8 * rank, MPI_LONG_LONG, pair, "native", MPI_INFO_NULL);
    long long both[2] = {rank + 1, rank + 2}, back[2] = {0, 0};
    CHECK_EQ(MPI_File_write_all(file, both, 2, MPI_LONG_LONG, MPI_STATUS_IGNORE), MPI_SUCCESS);
    MPI_File_seek(file, 0, MPI_SEEK_SET);
    CHECK_EQ(MPI_File_read_all(file, back, 2, MPI_LONG_LONG, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK(both[0] == back[0] && both[1] == back[1]);
    CHECK_EQ(raw_read(8 * far + 8 * rank, back, 8), 8);
    CHECK_EQ(back[0], rank + 2);
    MPI_Type_free(&tile);
    MPI_Type_free(&pair);
    MPI_File_close(&file);
}

/* A rank that has nothing to write or read takes part with a filetype without data. */
static void nothing_to_do(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    int lengths[2] = {rank == 0 ? 3 : 0, rank == 0 ? 2 : 0}, values[5] = {1, 2, 3, 4, 5}, got[5] = {0}, count = -1;
    MPI_Aint places[2] = {40, 80};
    MPI_Offset where = -1;
    MPI_Datatype tile;
    MPI_Status status;
    int mine = rank == 0 ? 5 : 0;
    MPI_Type_create_hindexed(2, lengths, places, MPI_INT, &tile);
    MPI_Type_commit(&tile);
    CHECK_EQ(MPI_File_set_view(file, 0, MPI_INT, tile, "native", MPI_INFO_NULL), MPI_SUCCESS);
    CHECK_EQ(MPI_File_write_at_all(file, 0, values, mine, MPI_INT, &status), MPI_SUCCESS);
    MPI_Get_count(&status, MPI_INT, &count);
    CHECK_EQ(count, mine);
    CHECK_EQ(MPI_File_read_all(file, got, mine, MPI_INT, MPI_STATUS_IGNORE), MPI_SUCCESS);
    CHECK(rank != 0 || memcmp(values, got, sizeof got) == 0);
    if (rank != 0) {
        CHECK_EQ(MPI_File_write_at(file, 7, values, 0, MPI_INT, MPI_STATUS_IGNORE), MPI_SUCCESS);
        CHECK_CLASS(MPI_File_write(file, values, 1, MPI_INT, MPI_STATUS_IGNORE), MPI_ERR_IO);
        CHECK_EQ(MPI_File_seek(file, 0, MPI_SEEK_END), MPI_SUCCESS);
        MPI_File_get_position(file, &where);
        CHECK_EQ(where, 0);
    }
    MPI_Type_free(&tile);
    MPI_File_close(&file);
    CHECK_EQ(raw_size(), 88);
    CHECK(raw_read(80, got, 8) == 8 && got[0] == 4 && got[1] == 5);
}

static void sizes_and_hints(void)
{
    MPI_File file = open_new(MPI_COMM_WORLD);
    MPI_Offset bytes;
    MPI_Info info, used;
    MPI_Group group;
    char value[64];
    int room = sizeof value, flag, members;
    CHECK_EQ(MPI_File_set_size(file, 1000), MPI_SUCCESS);
    CHECK_EQ(MPI_File_preallocate(file, 500), MPI_SUCCESS);
    MPI_File_get_size(file, &bytes);
    CHECK_EQ(bytes, 1000);
    CHECK_EQ(MPI_File_preallocate(file, 100000), MPI_SUCCESS);
    CHECK_EQ(raw_size(), 100000);
    struct stat about;
    CHECK(stat(name, &about) == 0 && about.st_blocks * 512 >= 100000);
    MPI_Info_create(&info);
    MPI_Info_set(info, "cb_buffer_size", rank == 0 ? "8192" : "16384");
    MPI_Info_set(info, "no_such_hint", "x");
    CHECK_EQ(MPI_File_set_info(file, info), MPI_SUCCESS);
    CHECK_EQ(MPI_File_get_info(file, &used), MPI_SUCCESS);
    MPI_Info_get_string(used, "cb_buffer_size", &room, value, &flag);
    CHECK(flag && strcmp(value, "8192") == 0);
    MPI_Info_get_string(used, "no_such_hint", &room, value, &flag);
    CHECK(!flag);
    MPI_Info_free(&info);
    MPI_Info_free(&used);
    MPI_File_get_group(file, &group);
    MPI_Group_size(group, &members);
    CHECK_EQ(members, size);
    MPI_Group_free(&group);
    MPI_File_close(&file);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    choose_name("files");
    individual_pointers();
    shared_pointer();
    sequential();
    external32();
    own_representation();
    null_and_large_representations();
    nonblocking();
    split();
    atomic_mode();
    far_out();
    nothing_to_do();
    sizes_and_hints();
    start_over();
    return finish();
}
