/* What the test programs of files share: a name that all ranks agree on, and the file as the system sees it. */
#ifndef PASSEL_TEST_FILE_H
#define PASSEL_TEST_FILE_H

#include "check.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char name[512];

/* A name in the folder for temporary files, the same on all ranks. */
static inline void choose_name(const char *what)
{
    const char *folder = getenv("TMPDIR");
    snprintf(name, sizeof name, "%s/passel-%s-%d", folder ? folder : "/tmp", what, (int)getpid());
    MPI_Bcast(name, sizeof name, MPI_CHAR, 0, MPI_COMM_WORLD);
}

/* Removes what an earlier part has left, on rank 0 while the others wait. */
static inline void start_over(void)
{
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0)
        unlink(name);
    MPI_Barrier(MPI_COMM_WORLD);
}

static inline MPI_File open_new(MPI_Comm comm)
{
    MPI_File file;
    if (comm == MPI_COMM_WORLD)
        start_over();
    CHECK_EQ(MPI_File_open(comm, name, MPI_MODE_RDWR | MPI_MODE_CREATE, MPI_INFO_NULL, &file), MPI_SUCCESS);
    return file;
}

/* Reads bytes past MPI; says how many there were. */
static inline int raw_read(long long offset, void *room, int len)
{
    int fd = open(name, O_RDONLY), done = 0, got = 1;
    while (fd >= 0 && done < len && got > 0) {
        got = pread(fd, (char *)room + done, len - done, offset + done);
        if (got > 0)
            done += got;
    }
    if (fd >= 0)
        close(fd);
    return done;
}

static inline long long raw_size(void)
{
    struct stat about;
    return stat(name, &about) == 0 ? (long long)about.st_size : -1;
}

#endif
