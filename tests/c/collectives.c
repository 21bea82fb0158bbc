// Every blocking collective against values computed from the ranks: in place, on all roots, small and large, with an
// operation of the user's and with derived datatypes, on a communicator with its ranks reversed too.
// ranks: 1 2 3 5 8
// limit: 60
#include "check.h"

static MPI_Comm comm;
static int me, n;

/* What rank `r` contributes at place `i`. */
static int given(int r, int i)
{
    return r * 1009 + i * 3 + 1;
}

static int sum_of(int i)
{
    int sum = 0;
    for (int r = 0; r < n; r++)
        sum += given(r, i);
    return sum;
}

static int *ints(int count)
{
    int *data = malloc(sizeof(int) * (count > 0 ? count : 1));
    for (int i = 0; i < count; i++)
        data[i] = -7;
    return data;
}

static int *mine(int count)
{
    int *data = ints(count);
    for (int i = 0; i < count; i++)
        data[i] = given(me, i);
    return data;
}

/* Counts that differ by rank, with gaps between the blocks. */
static int count_of(int r, int count)
{
    return r % 3 == 2 ? 0 : count + r;
}

static void rooted(int count, int root)
{
    int *own = mine(count), *all = ints(count * n), *other = mine(count);
    MPI_Bcast(other, count, MPI_INT, root, comm);
    for (int i = 0; i < count; i++)
        CHECK_EQ(other[i], given(root, i));

    MPI_Gather(own, count, MPI_INT, all, count, MPI_INT, root, comm);
    if (me == root)
        for (int r = 0; r < n; r++)
            for (int i = 0; i < count; i++)
                CHECK_EQ(all[r * count + i], given(r, i));
    if (me == root)
        MPI_Gather(MPI_IN_PLACE, count, MPI_INT, all, count, MPI_INT, root, comm);
    else
        MPI_Gather(own, count, MPI_INT, NULL, count, MPI_INT, root, comm);
    memset(other, 0, sizeof(int) * count);
    MPI_Scatter(all, count, MPI_INT, other, count, MPI_INT, root, comm);
    for (int i = 0; i < count; i++)
        CHECK_EQ(other[i], given(me, i));

    MPI_Reduce(own, other, count, MPI_INT, MPI_SUM, root, comm);
    if (me == root)
        for (int i = 0; i < count; i++)
            CHECK_EQ(other[i], sum_of(i));
    memcpy(other, own, sizeof(int) * count);
    MPI_Reduce(me == root ? MPI_IN_PLACE : other, other, count, MPI_INT, MPI_MAX, root, comm);
    if (me == root)
        for (int i = 0; i < count; i++)
            CHECK_EQ(other[i], given(n - 1, i));
    free(own);
    free(all);
    free(other);
}

static void to_all(int count)
{
    int *own = mine(count), *all = ints(count * n), *out = ints(count * n), *result = ints(count);
    for (int kind = 0; kind < 2; kind++) {
        memset(all, 0, sizeof(int) * count * n);
        if (kind == 0) {
            MPI_Allgather(own, count, MPI_INT, all, count, MPI_INT, comm);
        } else {
            memcpy(all + me * count, own, sizeof(int) * count);
            MPI_Allgather(MPI_IN_PLACE, 0, MPI_INT, all, count, MPI_INT, comm);
        }
        for (int r = 0; r < n; r++)
            for (int i = 0; i < count; i++)
                CHECK_EQ(all[r * count + i], given(r, i));
    }
    for (int kind = 0; kind < 2; kind++) {
        for (int r = 0; r < n; r++)
            for (int i = 0; i < count; i++)
                out[r * count + i] = given(me, i) + r * 17;
        if (kind == 0) {
            MPI_Alltoall(out, count, MPI_INT, all, count, MPI_INT, comm);
        } else {
            memcpy(all, out, sizeof(int) * count * n);
            MPI_Alltoall(MPI_IN_PLACE, 0, MPI_INT, all, count, MPI_INT, comm);
        }
        for (int r = 0; r < n; r++)
            for (int i = 0; i < count; i++)
                CHECK_EQ(all[r * count + i], given(r, i) + me * 17);
    }
    MPI_Allreduce(own, result, count, MPI_INT, MPI_SUM, comm);
    for (int i = 0; i < count; i++)
        CHECK_EQ(result[i], sum_of(i));
    memcpy(result, own, sizeof(int) * count);
    MPI_Allreduce(MPI_IN_PLACE, result, count, MPI_INT, MPI_SUM, comm);
    for (int i = 0; i < count; i++)
        CHECK_EQ(result[i], sum_of(i));
    free(own);
    free(all);
    free(out);
    free(result);
}

static void prefixes(int count)
{
    int *own = mine(count), *result = ints(count), expected;
    MPI_Scan(own, result, count, MPI_INT, MPI_SUM, comm);
    for (int i = 0; i < count; i++) {
        expected = 0;
        for (int r = 0; r <= me; r++)
            expected += given(r, i);
        CHECK_EQ(result[i], expected);
    }
    MPI_Exscan(own, result, count, MPI_INT, MPI_SUM, comm);
    for (int i = 0; i < count && me > 0; i++) {
        expected = 0;
        for (int r = 0; r < me; r++)
            expected += given(r, i);
        CHECK_EQ(result[i], expected);
    }
    free(own);
    free(result);
}

static void scattered_reductions(int count)
{
    int *out = ints(count * n + n * n), *block = ints(count + n), *counts = ints(n);
    for (int i = 0; i < count * n; i++)
        out[i] = given(me, i);
    MPI_Reduce_scatter_block(out, block, count, MPI_INT, MPI_SUM, comm);
    for (int i = 0; i < count; i++)
        CHECK_EQ(block[i], sum_of(me * count + i));
    int before = 0, total = 0;
    for (int r = 0; r < n; r++) {
        counts[r] = count_of(r, count);
        before += r < me ? counts[r] : 0;
        total += counts[r];
    }
    for (int i = 0; i < total; i++)
        out[i] = given(me, i);
    MPI_Reduce_scatter(out, block, counts, MPI_INT, MPI_SUM, comm);
    for (int i = 0; i < counts[me]; i++)
        CHECK_EQ(block[i], sum_of(before + i));
    free(out);
    free(block);
    free(counts);
}

static void varying(int count, int root)
{
    int *counts = ints(n), *places = ints(n), own_count = count_of(me, count), span = 0;
    for (int r = 0; r < n; r++) {
        counts[r] = count_of(r, count);
        places[r] = span + 2;
        span += counts[r] + 2;
    }
    int *own = mine(own_count), *all = ints(span), *back = ints(own_count);
    MPI_Gatherv(own, own_count, MPI_INT, all, counts, places, MPI_INT, root, comm);
    if (me == root)
        for (int r = 0; r < n; r++) {
            CHECK_EQ(all[places[r] - 1], -7);
            for (int i = 0; i < counts[r]; i++)
                CHECK_EQ(all[places[r] + i], given(r, i));
        }
    MPI_Scatterv(all, counts, places, MPI_INT, back, own_count, MPI_INT, root, comm);
    for (int i = 0; i < own_count; i++)
        CHECK_EQ(back[i], given(me, i));
    memset(all, 0, sizeof(int) * span);
    MPI_Allgatherv(own, own_count, MPI_INT, all, counts, places, MPI_INT, comm);
    for (int r = 0; r < n; r++)
        for (int i = 0; i < counts[r]; i++)
            CHECK_EQ(all[places[r] + i], given(r, i));
    free(counts);
    free(places);
    free(own);
    free(all);
    free(back);
}

/* Rank s sends count_of(s + d) elements to rank d. */
static void all_to_all_varying(int count)
{
    int *counts[2], *places[2], *bytes[2], spans[2] = {0, 0};
    MPI_Datatype *types = malloc(sizeof *types * n);
    for (int side = 0; side < 2; side++) {
        counts[side] = ints(n);
        places[side] = ints(n);
        bytes[side] = ints(n);
    }
    for (int r = 0; r < n; r++) {
        types[r] = MPI_INT;
        for (int side = 0; side < 2; side++) {
            counts[side][r] = count_of(me + r, count);
            places[side][r] = spans[side] + 1;
            bytes[side][r] = places[side][r] * (int)sizeof(int);
            spans[side] += counts[side][r] + 1;
        }
    }
    int *out = ints(spans[0]), *in = ints(spans[1]);
    for (int r = 0; r < n; r++)
        for (int i = 0; i < counts[0][r]; i++)
            out[places[0][r] + i] = given(me, i) + r;
    for (int kind = 0; kind < 2; kind++) {
        memset(in, 0, sizeof(int) * spans[1]);
        if (kind == 0) {
            MPI_Alltoallv(out, counts[0], places[0], MPI_INT, in, counts[1], places[1], MPI_INT, comm);
        } else {
            MPI_Alltoallw(out, counts[0], bytes[0], types, in, counts[1], bytes[1], types, comm);
        }
        for (int r = 0; r < n; r++)
            for (int i = 0; i < counts[1][r]; i++)
                CHECK_EQ(in[places[1][r] + i], given(r, i) + me);
    }
    for (int side = 0; side < 2; side++) {
        free(counts[side]);
        free(places[side]);
        free(bytes[side]);
    }
    free(types);
    free(out);
    free(in);
}

/* Associative, not commutative: multiplies 2 by 2 matrices of small numbers. */
static void multiply(void *in, void *inout, int *length, MPI_Datatype *type)
{
    (void)type;
    unsigned *a = in, *b = inout;
    for (int i = 0; i < *length; i++, a += 4, b += 4) {
        unsigned c[4] = {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
                         a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]};
        memcpy(b, c, sizeof c);
    }
}

static void own_operation(void)
{
    enum { COUNT = 100 };
    static unsigned own[COUNT][4], result[COUNT][4], expected[COUNT][4];
    MPI_Op op;
    MPI_Datatype matrix;
    int commutes, one = 1;
    MPI_Op_create(multiply, 0, &op);
    MPI_Op_commutative(op, &commutes);
    CHECK(!commutes);
    MPI_Type_contiguous(4, MPI_UNSIGNED, &matrix);
    MPI_Type_commit(&matrix);
    for (int r = n - 1; r >= 0; r--)
        for (int i = 0; i < COUNT; i++) {
            unsigned m[4] = {r + 1, i, 1, r + 2};
            if (r == me)
                memcpy(own[i], m, sizeof m);
            if (r == n - 1)
                memcpy(expected[i], m, sizeof m);
            else
                multiply(m, expected[i], &one, NULL);
        }
    MPI_Allreduce(own, result, COUNT, matrix, op, comm);
    CHECK(memcmp(result, expected, sizeof result) == 0);
    memset(result, 0, sizeof result);
    MPI_Reduce(own, result, COUNT, matrix, op, n - 1, comm);
    CHECK(me != n - 1 || memcmp(result, expected, sizeof result) == 0);
    MPI_Scan(own, result, COUNT, matrix, op, comm);
    CHECK(me != n - 1 || memcmp(result, expected, sizeof result) == 0);
    MPI_Op_free(&op);
    CHECK(op == MPI_OP_NULL);
    MPI_Type_free(&matrix);
}

static void predefined_operations(void)
{
    struct {
        double value;
        int place;
    } pair = {(double)(me % 3), me}, found;
    int logical = me % 2, result;
    unsigned bits = 1u << me % 16, all;
    MPI_Allreduce(&pair, &found, 1, MPI_DOUBLE_INT, MPI_MAXLOC, comm);
    CHECK_EQ(found.place, n > 2 ? 2 : n - 1);
    MPI_Allreduce(&pair, &found, 1, MPI_DOUBLE_INT, MPI_MINLOC, comm);
    CHECK_EQ(found.place, 0);
    MPI_Allreduce(&logical, &result, 1, MPI_INT, MPI_LOR, comm);
    CHECK_EQ(result, n > 1);
    MPI_Allreduce(&logical, &result, 1, MPI_INT, MPI_LAND, comm);
    CHECK_EQ(result, 0);
    MPI_Allreduce(&logical, &result, 1, MPI_INT, MPI_LXOR, comm);
    CHECK_EQ(result, n / 2 % 2);
    MPI_Allreduce(&bits, &all, 1, MPI_UNSIGNED, MPI_BOR, comm);
    CHECK_EQ(all, n >= 16 ? 0xffffu : (1u << n) - 1);
    MPI_Allreduce(&bits, &all, 1, MPI_UNSIGNED, MPI_BXOR, comm);
    CHECK_EQ(all, (1u << n) - 1);
    MPI_Allreduce(&bits, &all, 1, MPI_UNSIGNED, MPI_BAND, comm);
    CHECK_EQ(all, n > 1 ? 0 : 1);
    float third = (float)(me + 1), product;
    MPI_Allreduce(&third, &product, 1, MPI_FLOAT, MPI_PROD, comm);
    float factorial = 1;
    for (int i = 2; i <= n; i++)
        factorial *= i;
    CHECK(product == factorial);
    int a[3] = {1, 2, 3}, b[3] = {10, 20, 30};
    MPI_Reduce_local(a, b, 3, MPI_INT, MPI_SUM);
    CHECK(b[0] == 11 && b[1] == 22 && b[2] == 33);
}

/* A column of a matrix is broadcast into a row. */
static void derived(void)
{
    enum { N = 64 };
    double matrix[N][N] = {{0}};
    MPI_Datatype column;
    MPI_Type_vector(N, 1, N, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    for (int i = 0; i < N; i++)
        matrix[i][5] = me == 0 ? i + 0.5 : 0;
    if (me == 0)
        MPI_Bcast(&matrix[0][5], 1, column, 0, comm);
    else
        MPI_Bcast(&matrix[7][0], N, MPI_DOUBLE, 0, comm);
    for (int i = 0; i < N; i++)
        CHECK((me == 0 ? matrix[i][5] : matrix[7][i]) == i + 0.5);
    MPI_Type_free(&column);
}

int main(int argc, char **argv)
{
    static const int counts[] = {0, 1, 5, 300, 20000};
    MPI_Comm reversed;
    begin(&argc, &argv);
    MPI_Comm_split(MPI_COMM_WORLD, 0, -rank, &reversed);
    for (int round = 0; round < 2; round++) {
        comm = round ? reversed : MPI_COMM_WORLD;
        MPI_Comm_rank(comm, &me);
        MPI_Comm_size(comm, &n);
        for (unsigned i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            for (int root = 0; root < n; root++)
                rooted(counts[i], root);
            to_all(counts[i]);
            prefixes(counts[i]);
            scattered_reductions(counts[i]);
            varying(counts[i], n - 1);
            all_to_all_varying(counts[i]);
        }
        own_operation();
        predefined_operations();
        derived();
        MPI_Barrier(comm);
    }
    MPI_Comm_free(&reversed);
    return finish();
}
