/* What every test program uses: checks that name the place, and a rank and a size. */
#ifndef PASSEL_TEST_CHECK_H
#define PASSEL_TEST_CHECK_H

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int rank, size, failures;

/* Reports a condition that does not hold, and goes on. */
#define CHECK(condition)                                                                       \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            failures++;                                                                        \
            fprintf(stderr, "%s:%d: rank %d of %d: %s\n", __FILE__, __LINE__, rank, size, #condition); \
        }                                                                                      \
    } while (0)

/* Reports a call that does not return the error class `class`. */
#define CHECK_CLASS(call, class) check_class(call, class, #call, #class, __FILE__, __LINE__)

/* Reports two integers that differ. */
#define CHECK_EQ(a, b)                                                                         \
    do {                                                                                       \
        long long first_ = (long long)(a), second_ = (long long)(b);                            \
        if (first_ != second_) {                                                               \
            failures++;                                                                        \
            fprintf(stderr, "%s:%d: rank %d of %d: %s is %lld, and %s is %lld\n", __FILE__,    \
                    __LINE__, rank, size, #a, first_, #b, second_);                            \
        }                                                                                      \
    } while (0)

static inline void check_class(int code, int class, const char *call, const char *name, const char *file, int line)
{
    int actual = 0;
    MPI_Error_class(code, &actual);
    if (actual != class) {
        char text[MPI_MAX_ERROR_STRING] = "";
        int length = 0;
        MPI_Error_string(code, text, &length);
        failures++;
        fprintf(stderr, "%s:%d: rank %d of %d: %s gives class %d (%s), not %s\n", file, line, rank, size, call,
                actual, text, name);
    }
}

/* Reports a word that an error's text does not have. Only Passel promises the words. */
static inline void check_word(int code, const char *word, const char *file, int line)
{
    char library[MPI_MAX_LIBRARY_VERSION_STRING], text[MPI_MAX_ERROR_STRING];
    int length;
    MPI_Get_library_version(library, &length);
    if (!strstr(library, "Passel"))
        return;
    MPI_Error_string(code, text, &length);
    if (!strstr(text, word)) {
        failures++;
        fprintf(stderr, "%s:%d: rank %d of %d: \"%s\" does not say \"%s\"\n", file, line, rank, size, text, word);
    }
}
#define CHECK_WORD(code, word) check_word(code, word, __FILE__, __LINE__)

static inline void begin(int *argc, char ***argv)
{
    MPI_Init(argc, argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
}

/* Ends the program: the exit code is nonzero if a check failed on this rank. */
static inline int finish(void)
{
    MPI_Finalize();
    return failures != 0;
}

#endif
