/* Built in every way that check.py knows, as C and as C++. Ranks agree on a sum, and the constants that are
   symbols of the library are what the library takes them for. */
#include <mpi.h>
#include <stdio.h>

#define CHECK(what) \
    do { \
        if (!(what)) { \
            fprintf(stderr, "line %d: not true: %s\n", __LINE__, #what); \
            MPI_Abort(MPI_COMM_WORLD, 1); \
        } \
    } while (0)

int main(int argc, char **argv)
{
    int rank = -1, size = -1, sum = -1, version = 0, subversion = -1;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Get_version(&version, &subversion);
    CHECK(version == MPI_VERSION && subversion == MPI_SUBVERSION);
    MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    CHECK(sum == size * (size - 1) / 2);
    CHECK(MPI_UNWEIGHTED != MPI_WEIGHTS_EMPTY && MPI_UNWEIGHTED != NULL);

    /* The predefined copy function, which is a symbol in one ABI and a number in the other. */
    int keyval = MPI_KEYVAL_INVALID, flag = 0, value = 7;
    void *found = NULL;
    MPI_Comm twin = MPI_COMM_NULL;
    MPI_Comm_create_keyval(MPI_COMM_DUP_FN, MPI_COMM_NULL_DELETE_FN, &keyval, NULL);
    MPI_Comm_set_attr(MPI_COMM_SELF, keyval, &value);
    MPI_Comm_dup(MPI_COMM_SELF, &twin);
    MPI_Comm_get_attr(twin, keyval, &found, &flag);
    CHECK(flag && found == &value);
    MPI_Comm_free(&twin);
    MPI_Comm_free_keyval(&keyval);

    MPI_Finalize();
    if (rank == 0)
        printf("%d ranks agree\n", size);
    return 0;
}
