// Derived datatypes through point-to-point: strided to contiguous and back, structs, negative strides, resized,
// small and large, and counts of elements.
// ranks: 2
#include "check.h"
#include <stddef.h>

/* A matrix is sent by columns and arrives transposed. */
static void columns(int n, int tag)
{
    double *matrix = malloc(sizeof(double) * n * n);
    MPI_Datatype column, packed;
    MPI_Type_vector(n, 1, n, MPI_DOUBLE, &column);
    MPI_Type_create_resized(column, 0, sizeof(double), &packed);
    MPI_Type_commit(&packed);
    if (rank == 0) {
        for (int i = 0; i < n * n; i++)
            matrix[i] = i;
        MPI_Send(matrix, n, packed, 1, tag, MPI_COMM_WORLD);
        MPI_Send(matrix, n * n, MPI_DOUBLE, 1, tag, MPI_COMM_WORLD);
    } else {
        MPI_Status status;
        int count;
        MPI_Recv(matrix, n * n, MPI_DOUBLE, 0, tag, MPI_COMM_WORLD, &status);
        MPI_Get_count(&status, MPI_DOUBLE, &count);
        CHECK_EQ(count, n * n);
        int wrong = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                wrong += matrix[i * n + j] != j * n + i;
        CHECK_EQ(wrong, 0);
        memset(matrix, 0, sizeof(double) * n * n);
        MPI_Recv(matrix, n, packed, 0, tag, MPI_COMM_WORLD, &status);
        MPI_Get_count(&status, packed, &count);
        CHECK_EQ(count, n);
        wrong = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                wrong += matrix[j * n + i] != i * n + j;
        CHECK_EQ(wrong, 0);
    }
    MPI_Type_free(&column);
    MPI_Type_free(&packed);
    CHECK(packed == MPI_DATATYPE_NULL);
    free(matrix);
}

struct particle {
    char kind;
    double position[3];
    short charge;
    int id;
};

static void structs(void)
{
    enum { COUNT = 500 };
    static struct particle particles[COUNT];
    int lengths[] = {1, 3, 1, 1};
    MPI_Aint places[] = {offsetof(struct particle, kind), offsetof(struct particle, position),
                         offsetof(struct particle, charge), offsetof(struct particle, id)};
    MPI_Datatype members[] = {MPI_CHAR, MPI_DOUBLE, MPI_SHORT, MPI_INT}, raw, type;
    MPI_Type_create_struct(4, lengths, places, members, &raw);
    MPI_Type_create_resized(raw, 0, sizeof(struct particle), &type);
    MPI_Type_commit(&type);
    int type_size;
    MPI_Type_size(type, &type_size);
    CHECK_EQ(type_size, 1 + 3 * 8 + 2 + 4);
    if (rank == 0) {
        for (int i = 0; i < COUNT; i++)
            particles[i] = (struct particle){(char)i, {i, i + 0.5, -i}, (short)(i % 100), i * 1000};
        MPI_Send(particles, COUNT, type, 1, 0, MPI_COMM_WORLD);
        MPI_Send(particles, 2, MPI_DOUBLE, 1, 1, MPI_COMM_WORLD);
    } else {
        memset(particles, 0x7f, sizeof particles);
        MPI_Recv(particles, COUNT, type, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        int wrong = 0;
        for (int i = 0; i < COUNT; i++) {
            struct particle *p = &particles[i];
            wrong += p->kind != (char)i || p->position[1] != i + 0.5 || p->charge != i % 100 || p->id != i * 1000;
            /* The gap behind `kind` is not touched. */
            wrong += ((unsigned char *)p)[1] != 0x7f;
        }
        CHECK_EQ(wrong, 0);
        /* Two doubles are less than one vector of three. */
        MPI_Datatype three;
        MPI_Status status;
        int count;
        MPI_Type_contiguous(3, MPI_DOUBLE, &three);
        MPI_Type_commit(&three);
        double data[3];
        MPI_Recv(data, 1, three, 0, 1, MPI_COMM_WORLD, &status);
        MPI_Get_count(&status, three, &count);
        CHECK_EQ(count, MPI_UNDEFINED);
        MPI_Get_elements(&status, three, &count);
        CHECK_EQ(count, 2);
        MPI_Type_free(&three);
    }
    MPI_Type_free(&raw);
    MPI_Type_free(&type);
}

/* Every other element, backwards; the receiver takes them forwards. */
static void backwards(void)
{
    enum { N = 20000 };
    static int data[2 * N];
    MPI_Datatype reversed;
    MPI_Type_vector(N, 1, -2, MPI_INT, &reversed);
    MPI_Type_commit(&reversed);
    MPI_Aint low, extent;
    MPI_Type_get_extent(reversed, &low, &extent);
    CHECK_EQ(low, -(long)sizeof(int) * 2 * (N - 1));
    if (rank == 0) {
        for (int i = 0; i < 2 * N; i++)
            data[i] = i;
        MPI_Send(&data[2 * (N - 1)], 1, reversed, 1, 0, MPI_COMM_WORLD);
    } else {
        MPI_Recv(data, N, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        int wrong = 0;
        for (int i = 0; i < N; i++)
            wrong += data[i] != 2 * (N - 1 - i);
        CHECK_EQ(wrong, 0);
    }
    MPI_Type_free(&reversed);
}

/* A block of a three-dimensional array, packed by hand and by the library. */
static void packed(void)
{
    static int cube[12][10][8];
    int sizes[] = {12, 10, 8}, subsizes[] = {4, 5, 6}, starts[] = {1, 2, 1}, bytes, position = 0;
    MPI_Datatype block;
    MPI_Type_create_subarray(3, sizes, subsizes, starts, MPI_ORDER_C, MPI_INT, &block);
    MPI_Type_commit(&block);
    MPI_Pack_size(1, block, MPI_COMM_WORLD, &bytes);
    CHECK(bytes >= 4 * 5 * 6 * (int)sizeof(int));
    char *buffer = malloc(bytes + 100);
    for (int i = 0; i < 12 * 10 * 8; i++)
        (&cube[0][0][0])[i] = i;
    if (rank == 0) {
        MPI_Pack(cube, 1, block, buffer, bytes, &position, MPI_COMM_WORLD);
        CHECK_EQ(position, 4 * 5 * 6 * sizeof(int));
        MPI_Send(buffer, position, MPI_PACKED, 1, 0, MPI_COMM_WORLD);
    } else {
        int values[4 * 5 * 6], wrong = 0;
        MPI_Recv(values, 4 * 5 * 6, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 5; j++)
                for (int k = 0; k < 6; k++)
                    wrong += values[(i * 5 + j) * 6 + k] != cube[i + 1][j + 2][k + 1];
        CHECK_EQ(wrong, 0);
        MPI_Unpack(values, sizeof values, &position, cube, 1, block, MPI_COMM_WORLD);
        CHECK_EQ(position, sizeof values);
    }
    free(buffer);
    MPI_Type_free(&block);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    columns(3, 0);
    columns(50, 1);
    columns(700, 2);
    structs();
    backwards();
    packed();
    return finish();
}
