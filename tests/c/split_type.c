// Splits by hardware and by process set: guided, unguided, and what the machine says of itself.
// ranks: 1 2 3 5
#define _GNU_SOURCE
#include "check.h"
#include <sched.h>

static int size_of(MPI_Comm comm)
{
    int members = 0;
    if (comm != MPI_COMM_NULL)
        MPI_Comm_size(comm, &members);
    return members;
}

/* Splits by the value of an info key; gives the size of the part, 0 without one. */
static int part_by(int type, const char *key, const char *value, int *own)
{
    MPI_Info info;
    MPI_Comm part;
    MPI_Info_create(&info);
    MPI_Info_set(info, key, value);
    MPI_Comm_split_type(MPI_COMM_WORLD, type, -rank, info, &part);
    MPI_Info_free(&info);
    int members = size_of(part);
    if (own && members)
        MPI_Comm_rank(part, own);
    if (members)
        MPI_Comm_free(&part);
    return members;
}

static void guided(void)
{
    const char *resource = "mpi_hw_resource_type", *set = "mpi_pset_name";
    int own;
    CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, resource, "mpi_shared_memory", &own), size);
    CHECK_EQ(own, size - 1 - rank);
    CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, resource, "no such thing", NULL), 0);
    CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, "color", "blue", NULL), 0);
    CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, set, "mpi://SELF", NULL), 0);
    CHECK_EQ(part_by(MPI_COMM_TYPE_RESOURCE_GUIDED, resource, "mpi_shared_memory", NULL), size);
    CHECK_EQ(part_by(MPI_COMM_TYPE_RESOURCE_GUIDED, set, "mpi://SELF", &own), 1);
    CHECK_EQ(own, 0);
    CHECK_EQ(part_by(MPI_COMM_TYPE_RESOURCE_GUIDED, set, "mpi://world", NULL), size);
    CHECK_EQ(part_by(MPI_COMM_TYPE_RESOURCE_GUIDED, set, "mpi://NOBODY", NULL), 0);
    MPI_Comm part;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_HW_GUIDED, 0, MPI_INFO_NULL, &part);
    CHECK(part == MPI_COMM_NULL);
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_RESOURCE_GUIDED, 0, MPI_INFO_NULL, &part);
    CHECK(part == MPI_COMM_NULL);

    /* Hints go with the info. The others of the world take part with MPI_UNDEFINED. */
    MPI_Info info, used;
    char value[8];
    int room = sizeof value, found;
    MPI_Info_create(&info);
    MPI_Info_set(info, "mpi_assert_exact_length", "true");
    MPI_Comm_split_type(MPI_COMM_WORLD, rank == 0 ? MPI_COMM_TYPE_SHARED : MPI_UNDEFINED, 0, info, &part);
    MPI_Info_free(&info);
    CHECK_EQ(size_of(part), rank == 0);
    if (rank == 0) {
        MPI_Comm_get_info(part, &used);
        MPI_Info_get_string(used, "mpi_assert_exact_length", &room, value, &found);
        CHECK(found && strcmp(value, "true") == 0);
        MPI_Info_free(&used);
        MPI_Comm_free(&part);
    }
}

/* The processors that this process may use, as a list. */
static int processors(int *list, int room)
{
    cpu_set_t set;
    int count = 0;
    sched_getaffinity(0, sizeof set, &set);
    for (int cpu = 0; cpu < CPU_SETSIZE && count < room; cpu++)
        if (CPU_ISSET(cpu, &set))
            list[count++] = cpu;
    return count;
}

/* Ranks bound to two processors part somewhere, and in the end nobody shares anything smaller. */
static void unguided(void)
{
    enum { MOST = 1024, LEVELS = 32 };
    int all[MOST], count = processors(all, MOST), deep = 0;
    cpu_set_t before, alone;
    sched_getaffinity(0, sizeof before, &before);
    CPU_ZERO(&alone);
    CPU_SET(all[count > 1 ? rank % 2 : 0], &alone);
    sched_setaffinity(0, sizeof alone, &alone);
    MPI_Comm comms[LEVELS] = {MPI_COMM_WORLD};
    while (deep < LEVELS - 1) {
        MPI_Info info;
        char name[64];
        int room = sizeof name, found;
        MPI_Info_create(&info);
        MPI_Comm_split_type(comms[deep], MPI_COMM_TYPE_HW_UNGUIDED, rank, info, &comms[deep + 1]);
        MPI_Info_get_string(info, "mpi_hw_resource_type", &room, name, &found);
        MPI_Info_free(&info);
        CHECK_EQ(found, comms[deep + 1] != MPI_COMM_NULL);
        if (comms[deep + 1] == MPI_COMM_NULL)
            break;
        CHECK(size_of(comms[deep + 1]) < size_of(comms[deep]));
        /* The name guides to the same part. */
        if (deep == 0)
            CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, "mpi_hw_resource_type", name, NULL), size_of(comms[1]));
        deep++;
    }
    CHECK_EQ(deep > 0, size > 1 && count > 1);
    if (deep > 0)
        CHECK_EQ(size_of(comms[deep]), (size + 1 - rank % 2) / 2);
    CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, "mpi_hw_resource_type", "hwloc://PU", NULL),
             count > 1 ? (size + 1 - rank % 2) / 2 : size);
    for (; deep > 0; deep--)
        MPI_Comm_free(&comms[deep]);

    MPI_Info machine;
    char value[8];
    int room = sizeof value, found;
    MPI_Get_hw_resource_info(&machine);
    MPI_Info_get_string(machine, "hwloc://PU", &room, value, &found);
    CHECK(found && strcmp(value, "true") == 0);
    MPI_Info_free(&machine);
    sched_setaffinity(0, sizeof before, &before);
    if (count > 1) {
        room = sizeof value;
        MPI_Get_hw_resource_info(&machine);
        MPI_Info_get_string(machine, "hwloc://PU", &room, value, &found);
        CHECK(found && strcmp(value, "false") == 0);
        MPI_Info_free(&machine);
        CHECK_EQ(part_by(MPI_COMM_TYPE_HW_GUIDED, "mpi_hw_resource_type", "hwloc://PU", NULL), 0);
    }
}

static void errors(void)
{
    MPI_Comm part;
    MPI_Info info;
    CHECK_CLASS(MPI_Comm_split_type(MPI_COMM_WORLD, 1234, 0, MPI_INFO_NULL, &part), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, NULL), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_split_type(MPI_COMM_NULL, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &part), MPI_ERR_COMM);
    MPI_Info_create(&info);
    MPI_Info_set(info, "mpi_hw_resource_type", "mpi_shared_memory");
    MPI_Info_set(info, "mpi_pset_name", "mpi://SELF");
    CHECK_CLASS(MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_RESOURCE_GUIDED, 0, info, &part), MPI_ERR_INFO);
    MPI_Info_free(&info);
    if (size > 1)
        CHECK_CLASS(MPI_Comm_split_type(MPI_COMM_WORLD, rank ? MPI_COMM_TYPE_SHARED : MPI_COMM_TYPE_HW_UNGUIDED, 0,
                                        MPI_INFO_NULL, &part),
                    MPI_ERR_NOT_SAME);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    guided();
    unguided();
    errors();
    return finish();
}
