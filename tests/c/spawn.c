// MPI_Comm_spawn and MPI_Comm_spawn_multiple: children exchange messages of all sizes with their parents, merge with
// them, start children of their own, and part; what cannot be started is an error at all ranks.
// ranks: 0 1 2 3
// limit: 60
#include "check.h"
#include <unistd.h>

enum { LARGE = 300000 };
static int *numbers;

/* Every process of one group sends to every one of the other, and the other way round. */
static void exchange(MPI_Comm inter, int local, int remote, int own)
{
    static const int counts[] = {0, 1, 100, 10000, LARGE};
    MPI_Request *requests = malloc(remote * sizeof(MPI_Request));
    for (int i = 0; i < 5; i++) {
        for (int n = 0; n < LARGE; n++)
            numbers[n] = own * 1000 + n;
        for (int peer = 0; peer < remote; peer++)
            MPI_Isend(numbers, counts[i], MPI_INT, peer, own, inter, &requests[peer]);
        int *in = malloc(LARGE * sizeof(int)), wrong = 0;
        for (int peer = 0; peer < remote; peer++) {
            MPI_Status status;
            MPI_Recv(in, LARGE, MPI_INT, peer, MPI_ANY_TAG, inter, &status);
            int count;
            MPI_Get_count(&status, MPI_INT, &count);
            CHECK_EQ(count, counts[i]);
            CHECK_EQ(status.MPI_SOURCE, peer);
            CHECK_EQ(status.MPI_TAG, peer);
            for (int n = 0; n < count; n++)
                wrong += in[n] != peer * 1000 + n;
        }
        MPI_Waitall(remote, requests, MPI_STATUSES_IGNORE);
        CHECK_EQ(wrong, 0);
        free(in);
    }
    int sum = 0;
    MPI_Allreduce(&own, &sum, 1, MPI_INT, MPI_SUM, inter);
    CHECK_EQ(sum, remote * (remote - 1) / 2);
    (void)local;
    free(requests);
}

/* Parents come first; all of both groups are there. */
static void merge(MPI_Comm inter, int is_child, int local, int remote, int own)
{
    MPI_Comm all;
    MPI_Intercomm_merge(inter, is_child, &all);
    int all_rank, all_size, sum, parents = is_child ? remote : local;
    MPI_Comm_rank(all, &all_rank);
    MPI_Comm_size(all, &all_size);
    CHECK_EQ(all_size, local + remote);
    CHECK_EQ(all_rank, is_child ? parents + own : own);
    MPI_Allreduce(&all_rank, &sum, 1, MPI_INT, MPI_SUM, all);
    CHECK_EQ(sum, all_size * (all_size - 1) / 2);
    MPI_Comm half;
    MPI_Comm_split(all, all_rank % 2, -all_rank, &half);
    int half_size;
    MPI_Comm_size(half, &half_size);
    CHECK_EQ(half_size, (all_size + 1 - all_rank % 2) / 2);
    MPI_Barrier(half);
    /* Memory is shared with those who came later. */
    MPI_Win win;
    int *base, *first, unit;
    MPI_Aint bytes;
    MPI_Win_allocate_shared(sizeof(int), 1, MPI_INFO_NULL, all, &base, &win);
    MPI_Win_shared_query(win, 0, &bytes, &unit, &first);
    *base = 0;
    MPI_Win_fence(0, win);
    MPI_Accumulate(&all_rank, 1, MPI_INT, 0, 0, 1, MPI_INT, MPI_SUM, win);
    MPI_Win_fence(0, win);
    CHECK_EQ(*first, all_size * (all_size - 1) / 2);
    MPI_Win_free(&win);
    MPI_Comm_free(&half);
    MPI_Comm_free(&all);
}

static int appnum(void)
{
    int *value = NULL, flag = 0;
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_APPNUM, &value, &flag);
    return flag ? *value : -1;
}

static void meet(MPI_Comm inter, int is_child)
{
    int local, remote, own;
    MPI_Comm_size(inter, &local);
    MPI_Comm_remote_size(inter, &remote);
    MPI_Comm_rank(inter, &own);
    exchange(inter, local, remote, own);
    merge(inter, is_child, local, remote, own);
    MPI_Comm_disconnect(&inter);
    CHECK(inter == MPI_COMM_NULL);
}

/* Arguments: "child", its appnum, the size of its world, and how many generations come after it. */
static int child(char **argv)
{
    MPI_Comm parent, again;
    MPI_Comm_get_parent(&parent);
    CHECK(parent != MPI_COMM_NULL);
    char name[MPI_MAX_OBJECT_NAME];
    int length;
    MPI_Comm_get_name(parent, name, &length);
    CHECK(strcmp(name, "MPI_COMM_PARENT") == 0);
    CHECK_EQ(appnum(), atoi(argv[2]));
    CHECK_EQ(size, atoi(argv[3]));
    if (atoi(argv[4]) > 0) {
        char *arguments[] = {"child", "0", "1", "0", NULL};
        MPI_Comm grandchildren;
        MPI_Comm_spawn(argv[0], arguments, 1, MPI_INFO_NULL, 0, MPI_COMM_SELF, &grandchildren, MPI_ERRCODES_IGNORE);
        meet(grandchildren, 0);
    }
    meet(parent, 1);
    MPI_Comm_get_parent(&again);
    CHECK(again == MPI_COMM_NULL);
    MPI_Finalize();
    return failures != 0;
}

static void errors(char *program)
{
    char *none[] = {NULL};
    int codes[3] = {7, 7, 7};
    MPI_Comm inter = MPI_COMM_NULL;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    int code = MPI_Comm_spawn("no-such-program-anywhere", none, 3, MPI_INFO_NULL, size - 1, MPI_COMM_WORLD, &inter,
                              codes);
    CHECK_CLASS(code, MPI_ERR_SPAWN);
    CHECK_WORD(code, "no-such-program-anywhere");
    CHECK(inter == MPI_COMM_NULL);
    if (rank == size - 1)
        CHECK_CLASS(codes[2], MPI_ERR_SPAWN);
    CHECK_CLASS(MPI_Comm_spawn(program, none, 0, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &inter, codes), MPI_ERR_ARG);
    CHECK_CLASS(MPI_Comm_spawn(program, none, 1, MPI_INFO_NULL, size, MPI_COMM_WORLD, &inter, codes), MPI_ERR_ROOT);
    MPI_Info info;
    MPI_Info_create(&info);
    MPI_Info_set(info, "wdir", "/no/such/directory");
    code = MPI_Comm_spawn(program, none, 1, info, 0, MPI_COMM_WORLD, &inter, codes);
    CHECK_CLASS(code, MPI_ERR_SPAWN);
    CHECK_WORD(code, "/no/such/directory");
    MPI_Info_delete(info, "wdir");
    MPI_Info_set(info, "host", "elsewhere.example");
    code = MPI_Comm_spawn(program, none, 1, info, 0, MPI_COMM_WORLD, &inter, codes);
    CHECK_CLASS(code, MPI_ERR_SPAWN);
    CHECK_WORD(code, "elsewhere.example");
    MPI_Info_free(&info);
    /* One of two commands is wrong: neither is started. */
    char *commands[] = {program, "no-such-program-anywhere"};
    int counts[] = {1, 2};
    MPI_Info infos[] = {MPI_INFO_NULL, MPI_INFO_NULL};
    code = MPI_Comm_spawn_multiple(2, commands, MPI_ARGVS_NULL, counts, infos, 0, MPI_COMM_WORLD, &inter, codes);
    CHECK_CLASS(code, MPI_ERR_SPAWN);
    CHECK_WORD(code, "no-such-program-anywhere");
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    numbers = malloc(LARGE * sizeof(int));
    if (argc > 1)
        return child(argv);
    MPI_Comm parent, inter;
    MPI_Comm_get_parent(&parent);
    CHECK(parent == MPI_COMM_NULL);
    int *universe = NULL, flag = 0;
    MPI_Comm_get_attr(MPI_COMM_WORLD, MPI_UNIVERSE_SIZE, &universe, &flag);
    CHECK(flag && *universe > size);
    errors(argv[0]);

    int codes[4] = {7, 7, 7, 7};
    char *arguments[] = {"child", "0", "2", "1", NULL};
    MPI_Comm_spawn(argv[0], arguments, 2, MPI_INFO_NULL, size - 1, MPI_COMM_WORLD, &inter, codes);
    CHECK_EQ(codes[0] | codes[1], MPI_SUCCESS);
    meet(inter, 0);

    /* Every rank by itself, all at once. */
    char *alone[] = {"child", "0", "1", "0", NULL};
    MPI_Comm_spawn(argv[0], alone, 1, MPI_INFO_NULL, 0, MPI_COMM_SELF, &inter, MPI_ERRCODES_IGNORE);
    meet(inter, 0);

    char *first[] = {"child", "0", "3", "0", NULL}, *second[] = {"child", "1", "3", "0", NULL};
    char *commands[] = {argv[0], argv[0]}, **argvs[] = {first, second};
    int counts[] = {1, 9};
    MPI_Info infos[] = {MPI_INFO_NULL, MPI_INFO_NULL};
    MPI_Info_create(&infos[1]);
    MPI_Info_set(infos[1], "soft", "0:2,20");
    MPI_Comm_spawn_multiple(2, commands, argvs, counts, infos, 0, MPI_COMM_WORLD, &inter, codes);
    CHECK_EQ(codes[2], MPI_SUCCESS);
    MPI_Info_free(&infos[1]);
    meet(inter, 0);
    MPI_Finalize();
    return failures != 0;
}
