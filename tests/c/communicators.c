// Making communicators: duplicates, splits, groups, intercommunicators and back; names, hints, comparison.
// ranks: 1 2 3 5
#include "check.h"

static int sum_over(MPI_Comm comm, int value)
{
    int sum = 0;
    MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, comm);
    return sum;
}

static int compared(MPI_Comm a, MPI_Comm b)
{
    int result;
    MPI_Comm_compare(a, b, &result);
    return result;
}

static void duplicates(void)
{
    MPI_Comm copy, with_info, many;
    MPI_Comm_dup(MPI_COMM_WORLD, &copy);
    CHECK_EQ(compared(copy, copy), MPI_IDENT);
    CHECK_EQ(compared(copy, MPI_COMM_WORLD), MPI_CONGRUENT);
    CHECK_EQ(sum_over(copy, 1), size);

    MPI_Info info;
    char value[16];
    int room = sizeof value, found;
    MPI_Info_create(&info);
    MPI_Info_set(info, "mpi_assert_no_any_tag", "true");
    MPI_Info_set(info, "nobody_knows_this", "1");
    MPI_Comm_dup_with_info(copy, info, &with_info);
    MPI_Info_free(&info);
    MPI_Comm_get_info(with_info, &info);
    MPI_Info_get_string(info, "mpi_assert_no_any_tag", &room, value, &found);
    CHECK(found && strcmp(value, "true") == 0);
    MPI_Info_get_string(info, "nobody_knows_this", &room, value, &found);
    CHECK(!found);
    MPI_Info_free(&info);
    MPI_Comm_free(&with_info);
    MPI_Comm_free(&copy);
    CHECK(copy == MPI_COMM_NULL);

    for (int i = 0; i < 100; i++) {
        MPI_Comm_dup(i % 4 ? MPI_COMM_WORLD : MPI_COMM_SELF, &many);
        MPI_Comm_free(&many);
    }
}

/* Even and odd ranks part; each side counts its ranks backwards. */
static void splits(void)
{
    MPI_Comm part, rest;
    int own, members;
    MPI_Comm_split(MPI_COMM_WORLD, rank % 2, -rank, &part);
    MPI_Comm_rank(part, &own);
    MPI_Comm_size(part, &members);
    CHECK_EQ(members, (size + 1 - rank % 2) / 2);
    CHECK_EQ(own, members - 1 - rank / 2);
    CHECK_EQ(sum_over(part, 1), members);
    MPI_Comm_free(&part);

    MPI_Comm_split(MPI_COMM_WORLD, rank == 0 ? MPI_UNDEFINED : 1, 0, &rest);
    CHECK_EQ(rest == MPI_COMM_NULL, rank == 0);
    if (rest != MPI_COMM_NULL)
        MPI_Comm_free(&rest);

    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &part);
    CHECK(part != MPI_COMM_NULL);
    MPI_Comm_free(&part);
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_UNDEFINED, 0, MPI_INFO_NULL, &part);
    CHECK(part == MPI_COMM_NULL);
}

/* The last rank and rank 0, in this order. */
static void groups(void)
{
    MPI_Group all, ends;
    MPI_Comm made;
    int ranks[2] = {size - 1, 0}, own, member = rank == 0 || rank == size - 1;
    MPI_Comm_group(MPI_COMM_WORLD, &all);
    MPI_Group_incl(all, size > 1 ? 2 : 1, ranks, &ends);

    MPI_Comm_create(MPI_COMM_WORLD, ends, &made);
    CHECK_EQ(made != MPI_COMM_NULL, member);
    if (made != MPI_COMM_NULL) {
        MPI_Comm_rank(made, &own);
        CHECK_EQ(own, rank != size - 1);
        MPI_Comm_free(&made);
    }
    if (member) {
        for (int i = 0; i < 5; i++) {
            MPI_Comm_create_group(MPI_COMM_WORLD, ends, 3, &made);
            CHECK_EQ(sum_over(made, 1), size > 1 ? 2 : 1);
            MPI_Comm_disconnect(&made);
            CHECK(made == MPI_COMM_NULL);
        }
        MPI_Comm_create_from_group(ends, "passel.test", MPI_INFO_NULL, MPI_ERRORS_RETURN, &made);
        CHECK_EQ(sum_over(made, 1), size > 1 ? 2 : 1);
        CHECK_CLASS(MPI_Send(ranks, 1, MPI_INT, size, 0, made), MPI_ERR_RANK);
        MPI_Comm_free(&made);
    }
    MPI_Group_free(&ends);
    MPI_Group_free(&all);
}

/* Even ranks and odd ranks meet, and become one again, the odd ones last. */
static void two_groups(void)
{
    MPI_Comm part, inter, copy, merged, again;
    int flag, others, own;
    MPI_Comm_split(MPI_COMM_WORLD, rank % 2, rank, &part);
    MPI_Intercomm_create(part, 0, MPI_COMM_WORLD, rank % 2 ? 0 : 1, 5, &inter);
    MPI_Comm_test_inter(inter, &flag);
    CHECK(flag);
    MPI_Comm_remote_size(inter, &others);
    CHECK_EQ(others, (size + rank % 2) / 2);

    MPI_Comm_dup(inter, &copy);
    CHECK_EQ(compared(inter, copy), MPI_CONGRUENT);
    CHECK_EQ(sum_over(copy, 1), others);
    MPI_Comm_split(inter, 0, 0, &again);
    CHECK_EQ(compared(inter, again), MPI_CONGRUENT);
    MPI_Comm_free(&again);

    MPI_Intercomm_merge(copy, rank % 2, &merged);
    MPI_Comm_rank(merged, &own);
    CHECK_EQ(own, rank % 2 ? (size + 1) / 2 + rank / 2 : rank / 2);
    CHECK_EQ(sum_over(merged, 1), size);
    MPI_Comm_free(&merged);
    MPI_Comm_free(&copy);
    MPI_Comm_free(&inter);
    MPI_Comm_free(&part);
}

static void names_and_errors(void)
{
    char name[MPI_MAX_OBJECT_NAME];
    int length;
    MPI_Comm world = MPI_COMM_WORLD, copy;
    MPI_Comm_get_name(MPI_COMM_WORLD, name, &length);
    CHECK(strcmp(name, "MPI_COMM_WORLD") == 0 && length == 14);
    MPI_Comm_dup(MPI_COMM_WORLD, &copy);
    MPI_Comm_get_name(copy, name, &length);
    CHECK_EQ(length, 0);
    MPI_Comm_set_name(copy, "copy");
    MPI_Comm_get_name(copy, name, &length);
    CHECK(strcmp(name, "copy") == 0);

    CHECK_CLASS(MPI_Comm_free(&world), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_remote_size(copy, &length), MPI_ERR_COMM);
    MPI_Comm stale = copy;
    MPI_Comm_free(&copy);
    CHECK_CLASS(MPI_Comm_size(stale, &length), MPI_ERR_COMM);
}

/* Wrong arguments, each refused with the class that names it, before anybody waits. */
static void refused(void)
{
    MPI_Comm made;
    MPI_Group group;
    int value;
    char name[MPI_MAX_OBJECT_NAME];
    MPI_Comm_group(MPI_COMM_WORLD, &group);
    CHECK_CLASS(MPI_Comm_size(MPI_COMM_NULL, &value), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_rank(MPI_COMM_WORLD, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_compare(MPI_COMM_WORLD, MPI_COMM_NULL, &value), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_compare(MPI_COMM_WORLD, MPI_COMM_WORLD, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_group(MPI_COMM_NULL, &group), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_remote_group(MPI_COMM_WORLD, &group), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_create(MPI_COMM_WORLD, MPI_GROUP_NULL, &made), MPI_ERR_GROUP);
    CHECK_CLASS(MPI_Comm_create(MPI_COMM_WORLD, group, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_create_group(MPI_COMM_WORLD, group, -1, &made), MPI_ERR_TAG);
    CHECK_CLASS(MPI_Comm_create_group(MPI_COMM_WORLD, group, MPI_ANY_TAG, &made), MPI_ERR_TAG);
    CHECK_CLASS(MPI_Comm_create_from_group(group, NULL, MPI_INFO_NULL, MPI_ERRORS_RETURN, &made), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_create_from_group(MPI_GROUP_NULL, "x", MPI_INFO_NULL, MPI_ERRORS_RETURN, &made),
                MPI_ERR_GROUP);
    CHECK_CLASS(MPI_Comm_create_from_group(MPI_GROUP_EMPTY, "x", MPI_INFO_NULL, MPI_ERRORS_RETURN, &made),
                MPI_SUCCESS);
    CHECK(made == MPI_COMM_NULL);
    CHECK_CLASS(MPI_Comm_create_from_group(group, "x", MPI_INFO_NULL, MPI_ERRHANDLER_NULL, &made),
                MPI_ERR_ERRHANDLER);
    int code = MPI_Comm_split(MPI_COMM_WORLD, -5, 0, &made);
    CHECK_CLASS(code, MPI_ERR_ARG);
    CHECK_WORD(code, "MPI_UNDEFINED");
    CHECK_CLASS(MPI_Comm_split(MPI_COMM_NULL, 0, 0, &made), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_set_name(MPI_COMM_WORLD, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_get_name(MPI_COMM_WORLD, name, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_get_name(MPI_COMM_NULL, name, &value), MPI_SUCCESS);
    CHECK(strcmp(name, "MPI_COMM_NULL") == 0);
    CHECK_CLASS(MPI_Comm_free(NULL), MPI_ERR_ARG);
    made = MPI_COMM_NULL;
    CHECK_CLASS(MPI_Comm_disconnect(&made), MPI_ERR_COMM);
    if (size > 1) {
        /* Rank 1 is no member of MPI_COMM_SELF of rank 0, nor the other way round. */
        int stranger = rank == 0 ? 1 : 0;
        MPI_Group alone;
        MPI_Group_incl(group, 1, &stranger, &alone);
        CHECK_CLASS(MPI_Comm_create(MPI_COMM_SELF, alone, &made), MPI_ERR_GROUP);
        CHECK_CLASS(MPI_Comm_create_group(MPI_COMM_SELF, alone, 0, &made), MPI_ERR_GROUP);
        CHECK_CLASS(MPI_Comm_create_from_group(alone, "x", MPI_INFO_NULL, MPI_ERRORS_RETURN, &made), MPI_ERR_GROUP);
        MPI_Group_free(&alone);
    }
    MPI_Group_free(&group);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    duplicates();
    splits();
    groups();
    if (size > 1)
        two_groups();
    names_and_errors();
    refused();
    return finish();
}
