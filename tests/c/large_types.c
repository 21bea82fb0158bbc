// Every constructor of datatypes in both forms: the two types are alike in size, extent, envelope and what they
// select of a buffer; packing gives the same bytes in both forms.
// ranks: 1
#include "check.h"

#define INTS 64

static int numbers[INTS];

/* Packs one element in both forms, and unpacks it in both. */
static void compare_packing(MPI_Datatype small, MPI_Datatype large)
{
    char first[1024] = {0}, second[1024] = {0};
    int whole, position = 0, back[INTS] = {0}, back_c[INTS] = {0};
    MPI_Count whole_c, position_c = 0;
    MPI_Pack_size(1, small, MPI_COMM_SELF, &whole);
    MPI_Pack_size_c(1, large, MPI_COMM_SELF, &whole_c);
    CHECK_EQ(whole, whole_c);
    MPI_Pack(numbers, 1, small, first, sizeof first, &position, MPI_COMM_SELF);
    MPI_Pack_c(numbers, 1, large, second, sizeof second, &position_c, MPI_COMM_SELF);
    CHECK_EQ(position, position_c);
    CHECK(position > 0 && memcmp(first, second, sizeof first) == 0);
    position = 0, position_c = 0;
    MPI_Unpack(first, sizeof first, &position, back, 1, small, MPI_COMM_SELF);
    MPI_Unpack_c(second, sizeof second, &position_c, back_c, 1, large, MPI_COMM_SELF);
    CHECK_EQ(position, position_c);
    CHECK(memcmp(back, back_c, sizeof back) == 0);
    int taken = 0;
    for (int i = 0; i < INTS; i++) {
        CHECK(back[i] == 0 || back[i] == numbers[i]);
        taken += back[i] != 0;
    }
    CHECK_EQ(taken * sizeof(int), position);
}

/* The same in the portable representation, whose integers are big-endian. */
static void compare_external(MPI_Datatype small, MPI_Datatype large)
{
    char first[1024] = {0}, second[1024] = {0};
    int back[INTS] = {0}, back_c[INTS] = {0};
    MPI_Aint whole, position = 0;
    MPI_Count whole_c, position_c = 0;
    MPI_Pack_external_size("external32", 1, small, &whole);
    MPI_Pack_external_size_c("external32", 1, large, &whole_c);
    CHECK_EQ(whole, whole_c);
    MPI_Pack_external("external32", numbers, 1, small, first, sizeof first, &position);
    MPI_Pack_external_c("external32", numbers, 1, large, second, sizeof second, &position_c);
    CHECK_EQ(position, whole);
    CHECK_EQ(position_c, whole);
    CHECK(first[0] == 0 && first[3] != 0);
    CHECK(memcmp(first, second, sizeof first) == 0);
    position = 0, position_c = 0;
    MPI_Unpack_external("external32", first, whole, &position, back, 1, small);
    MPI_Unpack_external_c("external32", second, whole_c, &position_c, back_c, 1, large);
    CHECK_EQ(position, position_c);
    CHECK(memcmp(back, back_c, sizeof back) == 0);
}

/* Compares two types that should be the same, made by different forms of one constructor, and frees them. */
static void compare(MPI_Datatype small, MPI_Datatype large, int combiner)
{
    int whole, integers, addresses, types, made_by;
    MPI_Aint lb, extent, true_lb, true_extent;
    MPI_Count whole_c, lb_c, extent_c, true_lb_c, true_extent_c;
    MPI_Count integers_c, addresses_c, counts_c, types_c;
    MPI_Type_commit(&small);
    MPI_Type_commit(&large);
    MPI_Type_size(small, &whole);
    MPI_Type_size_c(large, &whole_c);
    MPI_Type_get_extent(small, &lb, &extent);
    MPI_Type_get_extent_c(large, &lb_c, &extent_c);
    MPI_Type_get_true_extent(small, &true_lb, &true_extent);
    MPI_Type_get_true_extent_c(large, &true_lb_c, &true_extent_c);
    CHECK_EQ(whole, whole_c);
    CHECK_EQ(lb, lb_c);
    CHECK_EQ(extent, extent_c);
    CHECK_EQ(true_lb, true_lb_c);
    CHECK_EQ(true_extent, true_extent_c);

    MPI_Type_get_envelope(small, &integers, &addresses, &types, &made_by);
    CHECK_EQ(made_by, combiner);
    MPI_Type_get_envelope_c(large, &integers_c, &addresses_c, &counts_c, &types_c, &made_by);
    CHECK_EQ(made_by, combiner);
    CHECK_EQ(types, 1);
    CHECK_EQ(types_c, 1);
    CHECK_EQ(integers + addresses, integers_c + addresses_c + counts_c);
    int plain[32], plain_c[32];
    MPI_Aint displacements[32], displacements_c[32];
    MPI_Count counts[32];
    MPI_Datatype old, old_c;
    MPI_Type_get_contents(small, integers, addresses, types, plain, displacements, &old);
    MPI_Type_get_contents_c(large, integers_c, addresses_c, counts_c, types_c, plain_c, displacements_c, counts,
                            &old_c);
    CHECK(old == MPI_INT && old_c == MPI_INT);
    /* The order of what moved to the large counts differs among the constructors, the sum does not. */
    long long sum = 0, sum_c = 0;
    for (int i = 0; i < integers; i++)
        sum += plain[i];
    for (int i = 0; i < addresses; i++)
        sum += displacements[i];
    for (int i = 0; i < integers_c; i++)
        sum_c += plain_c[i];
    for (int i = 0; i < addresses_c; i++)
        sum_c += displacements_c[i];
    for (int i = 0; i < counts_c; i++)
        sum_c += counts[i];
    CHECK_EQ(sum, sum_c);

    compare_packing(small, large);
    compare_external(small, large);
    MPI_Type_free(&small);
    MPI_Type_free(&large);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    for (int i = 0; i < INTS; i++)
        numbers[i] = i + 1;
    const int lengths[] = {1, 3, 2}, places[] = {0, 2, 9};
    const MPI_Count lengths_c[] = {1, 3, 2}, places_c[] = {0, 2, 9}, bytes_c[] = {4, 12, 40};
    const MPI_Aint bytes[] = {4, 12, 40};
    const MPI_Datatype ints[] = {MPI_INT};
    MPI_Datatype small, large;

    MPI_Type_contiguous(5, MPI_INT, &small);
    MPI_Type_contiguous_c(5, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_CONTIGUOUS);
    MPI_Type_vector(4, 2, 5, MPI_INT, &small);
    MPI_Type_vector_c(4, 2, 5, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_VECTOR);
    MPI_Type_create_hvector(4, 2, 20, MPI_INT, &small);
    MPI_Type_create_hvector_c(4, 2, 20, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_HVECTOR);
    MPI_Type_indexed(3, lengths, places, MPI_INT, &small);
    MPI_Type_indexed_c(3, lengths_c, places_c, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_INDEXED);
    MPI_Type_create_hindexed(3, lengths, bytes, MPI_INT, &small);
    MPI_Type_create_hindexed_c(3, lengths_c, bytes_c, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_HINDEXED);
    MPI_Type_create_indexed_block(3, 2, places, MPI_INT, &small);
    MPI_Type_create_indexed_block_c(3, 2, places_c, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_INDEXED_BLOCK);
    MPI_Type_create_hindexed_block(3, 2, bytes, MPI_INT, &small);
    MPI_Type_create_hindexed_block_c(3, 2, bytes_c, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_HINDEXED_BLOCK);
    MPI_Type_create_struct(1, lengths + 1, bytes, ints, &small);
    MPI_Type_create_struct_c(1, lengths_c + 1, bytes_c, ints, &large);
    compare(small, large, MPI_COMBINER_STRUCT);
    MPI_Type_create_resized(MPI_INT, 0, 12, &small);
    MPI_Type_create_resized_c(MPI_INT, 0, 12, &large);
    compare(small, large, MPI_COMBINER_RESIZED);

    const int sizes[] = {6, 8}, part[] = {3, 2}, starts[] = {1, 4};
    const MPI_Count sizes_c[] = {6, 8}, part_c[] = {3, 2}, starts_c[] = {1, 4};
    MPI_Type_create_subarray(2, sizes, part, starts, MPI_ORDER_C, MPI_INT, &small);
    MPI_Type_create_subarray_c(2, sizes_c, part_c, starts_c, MPI_ORDER_C, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_SUBARRAY);
    const int ways[] = {MPI_DISTRIBUTE_BLOCK, MPI_DISTRIBUTE_CYCLIC}, args[] = {MPI_DISTRIBUTE_DFLT_DARG, 2};
    const int grid[] = {2, 2};
    MPI_Type_create_darray(4, 3, 2, sizes, ways, args, grid, MPI_ORDER_C, MPI_INT, &small);
    MPI_Type_create_darray_c(4, 3, 2, sizes_c, ways, args, grid, MPI_ORDER_C, MPI_INT, &large);
    compare(small, large, MPI_COMBINER_DARRAY);
    return finish();
}
