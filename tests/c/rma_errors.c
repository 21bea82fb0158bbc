// Windows and wrong arguments: each call comes back with the right class and a text that names what is wrong; and
// what windows say of themselves.
// ranks: 1 3
#include "check.h"

static MPI_Win win;
static int *memory, value;

static void epochs(void)
{
    int code, flag;
    MPI_Request request;
    MPI_Group everybody;
    MPI_Win_get_group(win, &everybody);
    code = MPI_Put(&value, 1, MPI_INT, 0, 0, 1, MPI_INT, win);
    CHECK_CLASS(code, MPI_ERR_RMA_SYNC);
    CHECK_WORD(code, "MPI_Win_fence");
    CHECK_CLASS(MPI_Win_unlock(0, win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_unlock_all(win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_flush(0, win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_flush_all(win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_complete(win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_wait(win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_test(win, &flag), MPI_ERR_RMA_SYNC);
    MPI_Win_fence(0, win);
    CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, rank, 0, 1, MPI_INT, win), MPI_SUCCESS);
    CHECK_CLASS(MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_start(everybody, 0, win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Rput(&value, 1, MPI_INT, rank, 0, 1, MPI_INT, win, &request), MPI_ERR_RMA_SYNC);
    MPI_Win_fence(MPI_MODE_NOSUCCEED, win);
    MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, win);
    code = MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, win);
    CHECK_CLASS(code, MPI_ERR_RMA_SYNC);
    CHECK_WORD(code, "already");
    CHECK_CLASS(MPI_Win_fence(0, win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_lock_all(0, win), MPI_ERR_RMA_SYNC);
    CHECK_CLASS(MPI_Win_free(&win), MPI_ERR_RMA_SYNC);
    CHECK(win != MPI_WIN_NULL);
    if (size > 1)
        CHECK_CLASS(MPI_Get(&value, 1, MPI_INT, (rank + 1) % size, 0, 1, MPI_INT, win), MPI_ERR_RMA_SYNC);
    MPI_Win_unlock(rank, win);
    MPI_Group_free(&everybody);
}

static void arguments(void)
{
    int code, result;
    double real = 0;
    MPI_Datatype derived;
    MPI_Win_lock_all(0, win);
    code = MPI_Put(&value, 1, MPI_INT, rank, 100, 1, MPI_INT, win);
    CHECK_CLASS(code, MPI_ERR_RMA_RANGE);
    CHECK_WORD(code, "100");
    CHECK_WORD(code, "400");
    CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, rank, -1, 1, MPI_INT, win), MPI_ERR_RMA_RANGE);
    CHECK_CLASS(MPI_Get(&value, 1, MPI_INT, rank, ((MPI_Aint)1) << 62, 1, MPI_INT, win), MPI_ERR_RMA_RANGE);
    CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, size, 0, 1, MPI_INT, win), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Put(&value, -1, MPI_INT, rank, 0, 1, MPI_INT, win), MPI_ERR_COUNT);
    CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, rank, 0, 2, MPI_INT, win), MPI_ERR_TRUNCATE);
    CHECK_CLASS(MPI_Put(&value, 1, MPI_DATATYPE_NULL, rank, 0, 1, MPI_INT, win), MPI_ERR_TYPE);
    CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, MPI_PROC_NULL, 0, 1, MPI_INT, win), MPI_SUCCESS);
    CHECK_CLASS(MPI_Accumulate(&value, 1, MPI_INT, rank, 0, 1, MPI_INT, MPI_OP_NULL, win), MPI_ERR_OP);
    CHECK_CLASS(MPI_Accumulate(&value, 1, MPI_INT, rank, 0, 1, MPI_INT, MPI_NO_OP, win), MPI_ERR_OP);
    CHECK_CLASS(MPI_Accumulate(&real, 1, MPI_DOUBLE, rank, 0, 1, MPI_DOUBLE, MPI_BAND, win), MPI_ERR_OP);
    CHECK_CLASS(MPI_Compare_and_swap(&real, &real, &real, MPI_DOUBLE, rank, 0, win), MPI_ERR_TYPE);
    MPI_Type_contiguous(2, MPI_INT, &derived);
    MPI_Type_commit(&derived);
    CHECK_CLASS(MPI_Fetch_and_op(&value, &result, derived, rank, 0, MPI_SUM, win), MPI_ERR_TYPE);
    MPI_Type_free(&derived);
    MPI_Win_unlock_all(win);
    CHECK_CLASS(MPI_Win_lock(12345, rank, 0, win), MPI_ERR_LOCKTYPE);
    CHECK_CLASS(MPI_Win_lock(MPI_LOCK_SHARED, size, 0, win), MPI_ERR_RANK);
    CHECK_CLASS(MPI_Win_lock(MPI_LOCK_SHARED, rank, MPI_MODE_NOPUT, win), MPI_ERR_ASSERT);
    CHECK_CLASS(MPI_Win_lock(MPI_LOCK_SHARED, rank, 1 << 28, win), MPI_ERR_ASSERT);
    CHECK_CLASS(MPI_Win_attach(win, memory, 4), MPI_ERR_RMA_FLAVOR);
}

static void making(void)
{
    MPI_Win other;
    MPI_Info info;
    int *base;
    CHECK_CLASS(MPI_Win_create(memory, 4, 0, MPI_INFO_NULL, MPI_COMM_WORLD, &other), MPI_ERR_DISP);
    CHECK_CLASS(MPI_Win_create(memory, -4, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &other), MPI_ERR_SIZE);
    CHECK_CLASS(MPI_Win_create(NULL, 4, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &other), MPI_ERR_BASE);
    CHECK_CLASS(MPI_Win_create(memory, 4, 1, MPI_INFO_NULL, MPI_COMM_NULL, &other), MPI_ERR_COMM);
    MPI_Win_create(NULL, 0, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &other);
    MPI_Win_free(&other);
    /* More than there is. */
    CHECK_CLASS(MPI_Win_allocate(((MPI_Aint)1) << 60, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &base, &other),
                MPI_ERR_NO_MEM);
    MPI_Info_create(&info);
    MPI_Info_set(info, "no_locks", "true");
    MPI_Info_set(info, "mpi_minimum_memory_alignment", "256");
    MPI_Win_allocate(4 + rank, 1, info, MPI_COMM_WORLD, &base, &other);
    MPI_Info_free(&info);
    CHECK_EQ((MPI_Aint)base % 256, 0);
    MPI_Win_set_errhandler(other, MPI_ERRORS_RETURN);
    CHECK_CLASS(MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, other), MPI_ERR_RMA_SYNC);
    MPI_Win_get_info(other, &info);
    char text[32] = "";
    int flag = 0, length = sizeof text;
    MPI_Info_get_string(info, "no_locks", &length, text, &flag);
    CHECK(flag && strcmp(text, "true") == 0);
    MPI_Info_free(&info);
    MPI_Win_free(&other);
}

static void dynamic(void)
{
    MPI_Win other;
    MPI_Aint address, *addresses = malloc(size * sizeof *addresses);
    int array[8] = {0}, code, unit;
    void *base;
    MPI_Win_create_dynamic(MPI_INFO_NULL, MPI_COMM_WORLD, &other);
    MPI_Win_set_errhandler(other, MPI_ERRORS_RETURN);
    MPI_Get_address(array, &address);
    MPI_Allgather(&address, 1, MPI_AINT, addresses, 1, MPI_AINT, MPI_COMM_WORLD);
    CHECK_CLASS(MPI_Win_attach(other, array, sizeof array), MPI_SUCCESS);
    CHECK_CLASS(MPI_Win_attach(other, array + 4, 4), MPI_ERR_RMA_ATTACH);
    CHECK_CLASS(MPI_Win_detach(other, array + 4), MPI_ERR_RMA_ATTACH);
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Win_lock_all(0, other);
    for (int target = 0; target < size; target++) {
        CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, target, addresses[target] + 28, 1, MPI_INT, other), MPI_SUCCESS);
        code = MPI_Put(&value, 1, MPI_INT, target, addresses[target] + 29, 1, MPI_INT, other);
        CHECK_CLASS(code, MPI_ERR_RMA_RANGE);
        CHECK_WORD(code, "attached");
    }
    MPI_Win_unlock_all(other);
    MPI_Barrier(MPI_COMM_WORLD);
    CHECK_CLASS(MPI_Win_detach(other, array), MPI_SUCCESS);
    MPI_Aint bytes;
    CHECK_CLASS(MPI_Win_shared_query(other, 0, &bytes, &unit, &base), MPI_ERR_RMA_FLAVOR);
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, other);
    CHECK_CLASS(MPI_Put(&value, 1, MPI_INT, 0, addresses[0], 1, MPI_INT, other), MPI_ERR_RMA_RANGE);
    MPI_Win_unlock(0, other);
    MPI_Win_free(&other);
    free(addresses);
}

/* Neighbours' memories lie next to each other, and are the same memory everywhere. */
static void shared(void)
{
    MPI_Win other;
    MPI_Aint bytes;
    int *base, *found, *next, unit, *attribute, flag;
    MPI_Win_allocate_shared(rank == 0 ? 0 : 8, 4, MPI_INFO_NULL, MPI_COMM_WORLD, &base, &other);
    MPI_Win_get_attr(other, MPI_WIN_CREATE_FLAVOR, &attribute, &flag);
    CHECK(flag && *attribute == MPI_WIN_FLAVOR_SHARED);
    MPI_Win_get_attr(other, MPI_WIN_MODEL, &attribute, &flag);
    CHECK(flag && *attribute == MPI_WIN_UNIFIED);
    if (rank > 0)
        base[0] = base[1] = rank;
    MPI_Win_fence(0, other);
    for (int target = 1; target < size; target++) {
        MPI_Win_shared_query(other, target, &bytes, &unit, &found);
        CHECK(bytes == 8 && unit == 4 && found[0] == target && found[1] == target);
        if (target > 1)
            CHECK(found == next);
        next = found + 2;
    }
    MPI_Win_shared_query(other, MPI_PROC_NULL, &bytes, &unit, &found);
    CHECK_EQ(bytes, size > 1 ? 8 : 0);
    CHECK(size == 1 || found[0] == 1);
    CHECK_CLASS(MPI_Win_shared_query(win, rank, &bytes, &unit, &found), MPI_SUCCESS);
    CHECK(bytes == 400 && found == memory);
    MPI_Win_free(&other);
}

int main(int argc, char **argv)
{
    begin(&argc, &argv);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    memory = calloc(100, sizeof *memory);
    MPI_Win_create(memory, 400, 4, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Win_set_errhandler(win, MPI_ERRORS_RETURN);
    epochs();
    arguments();
    making();
    dynamic();
    shared();
    CHECK_CLASS(MPI_Win_fence(0, MPI_WIN_NULL), MPI_ERR_WIN);
    MPI_Win freed = win;
    MPI_Win_free(&win);
    CHECK_CLASS(MPI_Win_fence(0, freed), MPI_ERR_WIN);
    free(memory);
    return finish();
}
