//! What can go wrong at joining, in words that a person can act on.

use std::io;

/// Why `MPI_Init` could not find its place in a job.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    #[error(
        "this process was started by {launcher} as one of {size} ({variable}={size}), but it is linked with \
         Passel, which cannot join that job. Start it with {mpiexec}. To run a job of one process here, unset \
         {variable}"
    )]
    ForeignLauncher { launcher: &'static str, variable: &'static str, size: u64, mpiexec: String },

    #[error(
        "{variable} is {value:?}, which Passel's mpiexec did not set: {expected}. Unset it, or start the \
         program with {mpiexec}"
    )]
    Environment { variable: &'static str, value: String, expected: String, mpiexec: String },

    #[error("this rank cannot use the job table (descriptor {fd}): {source}")]
    Table { fd: i32, source: io::Error },

    #[error(
        "this process should be process {slot} of a job, but a program between mpiexec and it closed descriptor {fd} (the job \
         table), and the table cannot be reached through /proc either. Keep the descriptor open (Python: \
         subprocess.run(..., close_fds=False)). To run a job of one process, unset PASSEL_JOB_FD"
    )]
    TableClosed { slot: usize, fd: i32 },

    #[error(
        "rank {rank} is already process {holder}, and process {pid} wants to be it, too. One process per rank \
         may call MPI_Init: start more ranks with mpiexec -n, or, for an independent job of one, unset \
         PASSEL_JOB_FD in process {pid}"
    )]
    RankTaken { rank: usize, holder: u32, pid: u32 },

    #[error(
        "rank {rank} was process {holder}, which has ended; process {pid} cannot be it again. A rank's program \
         may call MPI_Init once: run two MPI programs with two mpiexec commands, not with one script under \
         mpiexec, or unset PASSEL_JOB_FD for a job of one"
    )]
    RankUsed { rank: usize, holder: u32, pid: u32 },

    #[error(
        "process {pid} has already joined its job as rank {rank}. MPI can be initialized once per process: \
         either MPI_Init was called again, or two copies of Passel (libmpi.so.12, libmpi_abi.so.1, the passel \
         crate) are loaded: link one of them only"
    )]
    AlreadyJoined { rank: usize, pid: u32 },

    #[error("mpiexec (process {launcher}) ended while rank {rank} was starting")]
    LauncherGone { rank: usize, launcher: u32 },

    #[error("shared memory for a job of one process cannot be had: {0}")]
    Singleton(io::Error),
}
