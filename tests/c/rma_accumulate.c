// Accumulates of every size and kind of element by all ranks at once: nothing is lost, whichever way they go.
// ranks: 1 2 4 5
// limit: 60
#include "check.h"

enum { COUNT = 3000, ROUNDS = 60 };

struct pair {
    double value;
    int place;
};

static char *memory;

/* The memory of rank 0 holds a long, COUNT ints, COUNT doubles, two long doubles, a pair, and some odd bytes. */
enum {
    LONG = 0,
    INTS = 64,
    DOUBLES = INTS + 4 * COUNT,
    WIDE = (DOUBLES + 8 * COUNT + 15) / 16 * 16,
    PAIR = WIDE + 32,
    ODD = PAIR + 17,
    BYTES = ODD + 16
};

/* Single elements and long runs of the same memory, by all ranks. */
static void sums(MPI_Win win)
{
    int ones[COUNT];
    double halves[COUNT];
    long double wide[2] = {1, 2};
    long one = 1, before;
    long seen = -1;
    for (int i = 0; i < COUNT; i++) {
        ones[i] = 1;
        halves[i] = 0.5;
    }
    MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
    for (int round = 0; round < ROUNDS; round++) {
        MPI_Fetch_and_op(&one, &before, MPI_LONG, 0, LONG, MPI_SUM, win);
        MPI_Win_flush(0, win);
        CHECK(before > seen);
        seen = before;
        /* The same elements one time by ones and twos, and one time all together. */
        MPI_Accumulate(ones, COUNT, MPI_INT, 0, INTS, COUNT, MPI_INT, MPI_SUM, win);
        MPI_Accumulate(ones, 3, MPI_INT, 0, INTS + 4 * round, 3, MPI_INT, MPI_SUM, win);
        MPI_Accumulate(halves, 2, MPI_DOUBLE, 0, DOUBLES, 2, MPI_DOUBLE, MPI_SUM, win);
        MPI_Accumulate(halves, COUNT, MPI_DOUBLE, 0, DOUBLES, COUNT, MPI_DOUBLE, MPI_SUM, win);
        MPI_Accumulate(wide, 2, MPI_LONG_DOUBLE, 0, WIDE, 2, MPI_LONG_DOUBLE, MPI_SUM, win);
        MPI_Accumulate(ones, 1, MPI_INT, 0, ODD, 1, MPI_INT, MPI_SUM, win);
    }
    struct pair mine = {.value = (rank * 7 + 3) % size, .place = rank};
    MPI_Accumulate(&mine, 1, MPI_DOUBLE_INT, 0, PAIR, 1, MPI_DOUBLE_INT, MPI_MAXLOC, win);
    MPI_Win_unlock(0, win);
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank != 0)
        return;
    MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
    int all = size * ROUNDS, odd, *ints = (int *)(memory + INTS);
    double *doubles = (double *)(memory + DOUBLES);
    CHECK_EQ(*(long *)(memory + LONG), all);
    CHECK_EQ(ints[0], all + size);
    CHECK_EQ(ints[10], all + 3 * size);
    CHECK_EQ(ints[COUNT - 1], all);
    CHECK(doubles[1] == all && doubles[2] == all / 2. && doubles[COUNT - 1] == all / 2.);
    CHECK(((long double *)(memory + WIDE))[1] == 2 * all);
    memcpy(&odd, memory + ODD, sizeof odd);
    CHECK_EQ(odd, all);
    CHECK(((struct pair *)(memory + PAIR))->value == size - 1);
    MPI_Win_unlock(0, win);
}

/* A lock made of compare-and-swap guards a counter that is read and written. */
static void spin_lock(MPI_Win win)
{
    int free_ = 0, own = rank + 1, seen, counter;
    for (int turn = 0; turn < 20; turn++) {
        MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
        do {
            MPI_Compare_and_swap(&own, &free_, &seen, MPI_INT, 0, INTS, win);
            MPI_Win_flush(0, win);
        } while (seen != 0);
        MPI_Get(&counter, 1, MPI_INT, 0, INTS + 4, 1, MPI_INT, win);
        MPI_Win_flush(0, win);
        counter++;
        MPI_Put(&counter, 1, MPI_INT, 0, INTS + 4, 1, MPI_INT, win);
        MPI_Win_flush(0, win);
        MPI_Fetch_and_op(&free_, &seen, MPI_INT, 0, INTS, MPI_REPLACE, win);
        CHECK_EQ(seen, own);
        MPI_Win_unlock(0, win);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0)
        CHECK_EQ(((int *)(memory + INTS))[1], 20 * size);
}

/* What was there before comes back, into and out of strided types; MPI_NO_OP reads. */
static void fetches(MPI_Win win)
{
    int ones[40], before[40], after[40];
    MPI_Datatype evens;
    MPI_Type_vector(20, 1, 2, MPI_INT, &evens);
    MPI_Type_commit(&evens);
    for (int i = 0; i < 40; i++)
        ones[i] = i;
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, rank, 0, win);
    MPI_Put(ones, 40, MPI_INT, rank, INTS, 40, MPI_INT, win);
    MPI_Win_flush(rank, win);
    MPI_Get_accumulate(ones, 20, MPI_INT, before, 1, evens, rank, INTS, 1, evens, MPI_SUM, win);
    MPI_Get_accumulate(NULL, 0, MPI_INT, after, 40, MPI_INT, rank, INTS, 40, MPI_INT, MPI_NO_OP, win);
    MPI_Win_flush(rank, win);
    for (int i = 0; i < 40; i++) {
        if (i % 2 == 0)
            CHECK_EQ(before[i], i);
        CHECK_EQ(after[i], i % 2 ? i : i + i / 2);
    }
    MPI_Get_accumulate(ones, 40, MPI_INT, before, 40, MPI_INT, rank, INTS, 40, MPI_INT, MPI_REPLACE, win);
    MPI_Win_flush(rank, win);
    CHECK(memcmp(before, after, sizeof after) == 0);
    MPI_Win_unlock(rank, win);
    MPI_Type_free(&evens);
}

/* The forms with requests, which are for windows that are locked. */
static void requests(MPI_Win win)
{
    int two = 2, before = -1, now = -1;
    MPI_Request request[2];
    MPI_Win_lock_all(0, win);
    MPI_Rput(&two, 1, MPI_INT, rank, INTS, 1, MPI_INT, win, &request[0]);
    MPI_Wait(&request[0], MPI_STATUS_IGNORE);
    MPI_Win_flush(rank, win);
    MPI_Raccumulate(&two, 1, MPI_INT, rank, INTS, 1, MPI_INT, MPI_PROD, win, &request[0]);
    MPI_Wait(&request[0], MPI_STATUS_IGNORE);
    MPI_Win_flush(rank, win);
    MPI_Rget_accumulate(&two, 1, MPI_INT, &before, 1, MPI_INT, rank, INTS, 1, MPI_INT, MPI_SUM, win, &request[0]);
    MPI_Wait(&request[0], MPI_STATUS_IGNORE);
    MPI_Rget(&now, 1, MPI_INT, rank, INTS, 1, MPI_INT, win, &request[0]);
    MPI_Rput(&two, 0, MPI_INT, MPI_PROC_NULL, 0, 0, MPI_INT, win, &request[1]);
    MPI_Waitall(2, request, MPI_STATUSES_IGNORE);
    MPI_Win_unlock_all(win);
    CHECK_EQ(before, 4);
    CHECK_EQ(now, 6);
}

static void all(MPI_Win win)
{
    void (*const parts[])(MPI_Win) = {sums, spin_lock, fetches, requests};
    for (int part = 0; part < 4; part++) {
        memset(memory, 0, BYTES);
        MPI_Barrier(MPI_COMM_WORLD);
        parts[part](win);
        MPI_Barrier(MPI_COMM_WORLD);
    }
    MPI_Win_free(&win);
}

int main(int argc, char **argv)
{
    MPI_Win win;
    begin(&argc, &argv);
    MPI_Win_allocate(BYTES, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &win);
    all(win);
    memory = malloc(BYTES);
    MPI_Win_create(memory, BYTES, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    all(win);
    free(memory);
    return finish();
}
