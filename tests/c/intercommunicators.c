// Intercommunicators: made from communicators and from groups, their groups, roots beside which nothing counts.
// ranks: 2 3 5
#include "check.h"

/* Even ranks on one side, odd ones on the other. */
static int side, others;

static void look(MPI_Comm inter)
{
    MPI_Group local, remote, world;
    int flag, count, first = 0, there, sum = 0;
    MPI_Comm_test_inter(inter, &flag);
    CHECK(flag);
    MPI_Comm_remote_size(inter, &count);
    CHECK_EQ(count, others);
    MPI_Comm_group(inter, &local);
    MPI_Comm_remote_group(inter, &remote);
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    MPI_Group_translate_ranks(local, 1, &first, world, &there);
    CHECK_EQ(there, side);
    MPI_Group_translate_ranks(remote, 1, &first, world, &there);
    CHECK_EQ(there, 1 - side);
    MPI_Group_free(&local);
    MPI_Group_free(&remote);
    MPI_Group_free(&world);
    MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, inter);
    for (int other = 1 - side; other < size; other += 2)
        sum -= other;
    CHECK_EQ(sum, 0);
}

/* Processes beside the root give rubbish, which nobody looks at. */
static void beside_the_root(MPI_Comm inter)
{
    int value = 5, result = 0, own;
    MPI_Comm_rank(inter, &own);
    if (side == 0 && own != 0) {
        CHECK_CLASS(MPI_Reduce(NULL, NULL, -1, MPI_DATATYPE_NULL, MPI_OP_NULL, MPI_PROC_NULL, inter), MPI_SUCCESS);
        CHECK_CLASS(MPI_Bcast(NULL, -1, MPI_DATATYPE_NULL, MPI_PROC_NULL, inter), MPI_SUCCESS);
        CHECK_CLASS(MPI_Gather(NULL, -1, MPI_DATATYPE_NULL, NULL, -1, MPI_DATATYPE_NULL, MPI_PROC_NULL, inter),
                    MPI_SUCCESS);
        CHECK_CLASS(MPI_Scatter(NULL, -1, MPI_DATATYPE_NULL, NULL, -1, MPI_DATATYPE_NULL, MPI_PROC_NULL, inter),
                    MPI_SUCCESS);
        return;
    }
    int root = side == 0 ? MPI_ROOT : 0, all[8] = {0};
    MPI_Reduce(&value, &result, 1, MPI_INT, MPI_SUM, root, inter);
    CHECK_EQ(result, side == 0 ? 5 * others : 0);
    result = side == 0 ? 6 : 0;
    MPI_Bcast(&result, 1, MPI_INT, root, inter);
    CHECK_EQ(result, 6);
    MPI_Gather(&rank, 1, MPI_INT, all, 1, MPI_INT, root, inter);
    for (int i = 0; side == 0 && i < others; i++)
        CHECK_EQ(all[i], 2 * i + 1);
    MPI_Scatter(all, 1, MPI_INT, &result, 1, MPI_INT, root, inter);
    CHECK_EQ(result, side == 0 ? 6 : rank);
}

static void from_groups(void)
{
    MPI_Group world, ours, theirs;
    MPI_Comm inter;
    MPI_Info info;
    MPI_Comm_group(MPI_COMM_WORLD, &world);
    int even[1][3] = {{0, (size - 1) / 2 * 2, 2}}, odd[1][3] = {{1, (size - 2) / 2 * 2 + 1, 2}};
    MPI_Group_range_incl(world, 1, side ? odd : even, &ours);
    MPI_Group_range_incl(world, 1, side ? even : odd, &theirs);
    MPI_Info_create(&info);
    MPI_Info_set(info, "mpi_assert_exact_length", "true");
    int own_last, their_last;
    MPI_Group_size(ours, &own_last);
    MPI_Group_size(theirs, &their_last);
    own_last--;
    their_last--;
    for (int round = 0; round < 3; round++) {
        /* The last of each group leads; what only it needs to know, only it tells. */
        int leads = rank + 2 >= size;
        MPI_Intercomm_create_from_groups(ours, own_last, leads ? theirs : MPI_GROUP_NULL, leads ? their_last : -3,
                                         "passel.test.two", info, MPI_ERRORS_RETURN, &inter);
        look(inter);
        int found, room = 8;
        char value[8];
        MPI_Info used;
        MPI_Comm_get_info(inter, &used);
        MPI_Info_get_string(used, "mpi_assert_exact_length", &room, value, &found);
        CHECK(found && strcmp(value, "true") == 0);
        MPI_Info_free(&used);
        CHECK_CLASS(MPI_Send(&found, 1, MPI_INT, others, 0, inter), MPI_ERR_RANK);
        MPI_Comm_free(&inter);
    }
    CHECK_CLASS(MPI_Intercomm_create_from_groups(ours, -1, theirs, 0, "x", info, MPI_ERRORS_RETURN, &inter),
                MPI_ERR_RANK);
    CHECK_CLASS(MPI_Intercomm_create_from_groups(ours, 0, theirs, 0, NULL, info, MPI_ERRORS_RETURN, &inter),
                MPI_ERR_ARG);
    CHECK_CLASS(MPI_Intercomm_create_from_groups(MPI_GROUP_NULL, 0, theirs, 0, "x", info, MPI_ERRORS_RETURN, &inter),
                MPI_ERR_GROUP);
    CHECK_CLASS(MPI_Intercomm_create_from_groups(ours, 0, theirs, 0, "x", info, MPI_ERRHANDLER_NULL, &inter),
                MPI_ERR_ERRHANDLER);
    CHECK_CLASS(MPI_Intercomm_create_from_groups(theirs, 0, ours, 0, "x", info, MPI_ERRORS_RETURN, &inter),
                MPI_ERR_GROUP);
    MPI_Info_free(&info);
    MPI_Group_free(&ours);
    MPI_Group_free(&theirs);
    MPI_Group_free(&world);
}

static void refused(MPI_Comm part, MPI_Comm inter)
{
    MPI_Comm made;
    int value;
    CHECK_CLASS(MPI_Intercomm_create(part, -1, MPI_COMM_WORLD, 0, 0, &made), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Intercomm_create(inter, 0, MPI_COMM_WORLD, 0, 0, &made), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Intercomm_create(MPI_COMM_NULL, 0, MPI_COMM_WORLD, 0, 0, &made), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Intercomm_merge(part, 0, &made), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Comm_remote_size(part, &value), MPI_ERR_COMM);
    CHECK_CLASS(MPI_Scan(&value, &value, 1, MPI_INT, MPI_SUM, inter), MPI_ERR_COMM);
    MPI_Group group;
    CHECK_CLASS(MPI_Comm_remote_group(part, &group), MPI_ERR_COMM);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    side = rank % 2;
    others = (size + side) / 2;
    MPI_Comm part, inter;
    MPI_Comm_split(MPI_COMM_WORLD, side, 0, &part);
    MPI_Intercomm_create(part, 0, MPI_COMM_WORLD, 1 - side, 4, &inter);
    look(inter);
    beside_the_root(inter);
    refused(part, inter);
    MPI_Comm_free(&inter);
    MPI_Comm_free(&part);
    from_groups();
    return finish();
}
