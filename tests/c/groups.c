// Groups: sets of ranks, what they have in common, and what is refused.
// ranks: 1 4 5
#include "check.h"

static int size_of(MPI_Group group)
{
    int members;
    MPI_Group_size(group, &members);
    return members;
}

static int compared(MPI_Group a, MPI_Group b)
{
    int result;
    MPI_Group_compare(a, b, &result);
    return result;
}

/* The rank in the world of each member, as digits: 120 for ranks 1, 2 and 0 in this order. */
static int digits(MPI_Group group)
{
    MPI_Group world;
    int ranks[8] = {0, 1, 2, 3, 4, 5, 6, 7}, there[8], number = 0;
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    MPI_Group_translate_ranks(group, size_of(group), ranks, world, there);
    for (int i = 0; i < size_of(group); i++)
        number = 10 * number + there[i];
    MPI_Group_free(&world);
    return number;
}

static void sets(void)
{
    MPI_Group world, low, high, made;
    int first[3] = {2, 0, 1}, second[2] = {1, 3}, own;
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    MPI_Group_incl(world, 3, first, &low);
    MPI_Group_incl(world, 2, second, &high);
    CHECK_EQ(digits(low), 201);
    MPI_Group_rank(low, &own);
    CHECK_EQ(own, rank > 2 ? MPI_UNDEFINED : (rank + 1) % 3);

    MPI_Group_union(low, high, &made);
    CHECK_EQ(digits(made), 2013);
    MPI_Group_free(&made);
    MPI_Group_intersection(low, high, &made);
    CHECK_EQ(digits(made), 1);
    MPI_Group_free(&made);
    MPI_Group_difference(low, high, &made);
    CHECK_EQ(digits(made), 20);
    CHECK_EQ(compared(made, low), MPI_UNEQUAL);
    MPI_Group_free(&made);
    MPI_Group_difference(low, low, &made);
    CHECK(made == MPI_GROUP_EMPTY);

    MPI_Group_excl(low, 1, second, &made);
    CHECK_EQ(digits(made), 21);
    MPI_Group_free(&made);
    int ranges[2][3] = {{3, 1, -2}, {0, 0, 5}};
    MPI_Group_range_incl(world, 2, ranges, &made);
    CHECK_EQ(digits(made), 310);
    MPI_Group_free(&made);
    MPI_Group_range_excl(world, 2, ranges, &made);
    CHECK_EQ(digits(made), size == 4 ? 2 : 24);
    MPI_Group_free(&made);

    int sorted[3] = {0, 1, 2}, there[3];
    MPI_Group_incl(world, 3, sorted, &made);
    CHECK_EQ(compared(low, made), MPI_SIMILAR);
    MPI_Group_free(&made);
    MPI_Group_incl(world, 3, first, &made);
    CHECK_EQ(compared(low, made), MPI_IDENT);
    MPI_Group_free(&made);
    sorted[2] = MPI_PROC_NULL;
    MPI_Group_translate_ranks(low, 3, sorted, high, there);
    CHECK(there[0] == MPI_UNDEFINED && there[1] == MPI_UNDEFINED && there[2] == MPI_PROC_NULL);
    MPI_Group_free(&low);
    MPI_Group_free(&high);
    MPI_Group_free(&world);
    CHECK(world == MPI_GROUP_NULL);
}

static void refused(void)
{
    MPI_Group world, made;
    int outside[1] = {size}, twice[2] = {0, 0}, value, range[1][3] = {{0, 0, 0}};
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    CHECK_CLASS(MPI_Group_incl(world, 1, outside, &made), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Group_excl(world, 2, twice, &made), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Group_incl(world, -1, twice, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Group_incl(world, 1, NULL, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Group_range_incl(world, 1, range, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Group_union(world, MPI_GROUP_NULL, &made), MPI_ERR_GROUP);
    CHECK_CLASS(MPI_Group_size(MPI_GROUP_NULL, &value), MPI_ERR_GROUP);
    CHECK_CLASS(MPI_Group_size(world, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Group_translate_ranks(world, 1, outside, world, &value), MPI_ERR_RANK);
    MPI_Group_free(&world);
    CHECK_CLASS(MPI_Group_free(&world), MPI_ERR_GROUP);
    CHECK_EQ(size_of(MPI_GROUP_EMPTY), 0);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    if (size >= 4)
        sets();
    refused();
    return finish();
}
