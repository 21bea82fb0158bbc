// Put and get in every kind of window, of contiguous and strided data, to every rank; the program's own memory is
// reached by system calls and, once those are refused, with the target's help.
// ranks: 1 2 3 5
// limit: 60
#include "check.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { COUNT = 1000, LARGE = 70000 };

/* From now on the kernel refuses to read and write other processes' memory, as it does in some containers. */
static void refuse(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_process_vm_readv, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_process_vm_writev, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

/* The value that `from` puts at `index` of another rank's memory. */
static int value(int from, int index)
{
    return from * 100000 + index;
}

/* Every rank puts a block into the memory of its right neighbour, and gets it back from there. */
static void blocks(MPI_Win win, int *memory, MPI_Aint start)
{
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    int out[COUNT], in[COUNT + 1];
    for (int i = 0; i < COUNT; i++)
        out[i] = value(rank, i);
    MPI_Win_fence(MPI_MODE_NOPRECEDE, win);
    MPI_Put(out, COUNT, MPI_INT, right, start, COUNT, MPI_INT, win);
    MPI_Win_fence(0, win);
    for (int i = 0; i < COUNT; i++)
        if (memory[i] != value(left, i)) {
            CHECK_EQ(memory[i], value(left, i));
            break;
        }
    in[COUNT] = -1;
    MPI_Get(in, COUNT, MPI_INT, right, start, COUNT, MPI_INT, win);
    MPI_Win_fence(MPI_MODE_NOSUCCEED, win);
    CHECK(memcmp(in, out, sizeof out) == 0);
    CHECK_EQ(in[COUNT], -1);
}

/* The same with every third element there, and pairs of them here. */
static void columns(MPI_Win win, int *memory, MPI_Aint start)
{
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    int out[COUNT], in[COUNT];
    MPI_Datatype thirds, pairs;
    MPI_Type_vector(100, 1, 3, MPI_INT, &thirds);
    MPI_Type_vector(50, 2, 4, MPI_INT, &pairs);
    MPI_Type_commit(&thirds);
    MPI_Type_commit(&pairs);
    for (int i = 0; i < COUNT; i++) {
        out[i] = value(rank, i);
        in[i] = memory[i] = -1;
    }
    MPI_Win_fence(0, win);
    MPI_Put(out, 1, pairs, right, start, 1, thirds, win);
    MPI_Win_fence(0, win);
    for (int i = 0; i < 300; i++)
        CHECK_EQ(memory[i], i % 3 ? -1 : value(left, i / 3 / 2 * 4 + i / 3 % 2));
    MPI_Get(in, 1, pairs, right, start, 1, thirds, win);
    MPI_Win_fence(0, win);
    for (int i = 0; i < 200; i++)
        CHECK_EQ(in[i], i % 4 < 2 ? out[i] : -1);
    MPI_Get(in, 100, MPI_INT, right, start, 1, thirds, win);
    MPI_Win_fence(0, win);
    for (int i = 0; i < 100; i++)
        CHECK_EQ(in[i], out[i / 2 * 4 + i % 2]);
    MPI_Type_free(&thirds);
    MPI_Type_free(&pairs);
}

/* More than goes at a time, in one piece and in many. */
static void large(MPI_Win win, int *memory, MPI_Aint start)
{
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    int *out = malloc(LARGE * sizeof *out), *in = malloc(LARGE * sizeof *in);
    MPI_Datatype halves;
    MPI_Type_vector(LARGE / 2, 1, 2, MPI_INT, &halves);
    MPI_Type_commit(&halves);
    for (int i = 0; i < LARGE; i++)
        out[i] = value(rank, i);
    MPI_Win_lock_all(0, win);
    MPI_Put(out, LARGE, MPI_INT, right, start, LARGE, MPI_INT, win);
    MPI_Get(in, LARGE, MPI_INT, right, start, LARGE, MPI_INT, win);
    MPI_Win_flush(right, win);
    CHECK(memcmp(in, out, LARGE * sizeof *in) == 0);
    MPI_Get(in, LARGE / 2, MPI_INT, right, start, 1, halves, win);
    MPI_Win_flush_local_all(win);
    for (int i = 0; i < LARGE / 2; i += 997)
        CHECK_EQ(in[i], out[2 * i]);
    MPI_Put(out, 1, halves, right, start, 1, halves, win);
    MPI_Win_flush_all(win);
    MPI_Win_unlock_all(win);
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Win_sync(win);
    for (int i = 0; i < LARGE; i += 9973)
        CHECK_EQ(memory[i], value(left, i));
    MPI_Type_free(&halves);
    free(out);
    free(in);
}

static void all(MPI_Win win, int *memory, MPI_Aint start)
{
    blocks(win, memory, start);
    columns(win, memory, start);
    large(win, memory, start);
    MPI_Win_free(&win);
    CHECK(win == MPI_WIN_NULL);
}

static void created(int *memory)
{
    MPI_Win win;
    MPI_Win_create(memory, LARGE * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    all(win, memory, 0);
}

/* Displacements are addresses, and all ranks but this one have their memory somewhere else. */
static void dynamic(int *memory)
{
    MPI_Win win;
    MPI_Aint address, *addresses = malloc(size * sizeof *addresses);
    MPI_Win_create_dynamic(MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Win_attach(win, memory, LARGE * sizeof(int));
    MPI_Get_address(memory, &address);
    MPI_Allgather(&address, 1, MPI_AINT, addresses, 1, MPI_AINT, MPI_COMM_WORLD);
    all(win, memory, addresses[(rank + 1) % size]);
    free(addresses);
}

int main(int argc, char **argv)
{
    MPI_Win win;
    int *memory;
    begin(&argc, &argv);
    MPI_Win_allocate(LARGE * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
    all(win, memory, 0);
    MPI_Win_allocate_shared(LARGE * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
    all(win, memory, 0);
    MPI_Alloc_mem((LARGE + 100) * sizeof(int), MPI_INFO_NULL, &memory);
    created(memory + 100);
    dynamic(memory + 10);
    MPI_Free_mem(memory);
    memory = malloc(LARGE * sizeof(int));
    created(memory);
    dynamic(memory);
    refuse();
    created(memory);
    dynamic(memory);
    free(memory);
    return finish();
}
