//! How a process learns at `MPI_Init` which rank of which job it is.
//!
//! `mpiexec` keeps the job table in a memory file without a name and leaves it
//! open, at the same descriptor number, in every process that it starts. The
//! environment tells the number and the rank, nothing that is worth guarding:
//!
//! | variable | meaning |
//! |---|---|
//! | `PASSEL_JOB_FD` | descriptor of the job table |
//! | `PASSEL_SLOT` | the process's place in the table |
//! | `PASSEL_RANK` | rank in `MPI_COMM_WORLD`; for scripts |
//! | `PASSEL_SIZE` | ranks of the job; for scripts and `MPI_Info_create_env`, the table is what counts |
//! | `PASSEL_LOCAL_RANK` | rank among those on this machine; for scripts |
//!
//! # Who becomes the rank
//! The process that `mpiexec` starts is often a wrapper, and both it and the
//! rank may start helpers. The first process below `mpiexec` that calls
//! `MPI_Init` claims the rank's control block and is the rank.
//!
//! - A process that has the descriptor, or whose wrapper closed it (Python's
//!   `subprocess` does), claims. In the second case the table is opened through
//!   `/proc`, where the kernel checks that we may read the launcher.
//! - A process below a rank that has already claimed does not get the
//!   descriptor, because the claimant marks it close-on-exec: it is a job of one.
//! - Any other second claimant is an error, never a silent job of one.
//!
//! Without the variables a process is a job of one, unless another MPI's
//! launcher started it together with others: n jobs of one would look like a
//! wrong answer, so that is an error.
//!
//! - [`claim`]: the decisions above
//! - [`foreign`]: traces of other launchers
//! - [`launcher`]: asking the launcher to start more processes
//! - [`port`]: how jobs that were started separately find one another
//! - [`error`]: what can go wrong, in words

#![forbid(unsafe_code)]

mod claim;
mod error;
mod foreign;
pub mod launcher;
pub mod port;

use memory::job::{Job, Parent, RankControl, RankState, World};

pub use claim::{join, keep_from_children};
pub use error::BootstrapError;

/// Variables by which `mpiexec` tells a process its place.
pub mod variable {
    pub const JOB_FD: &str = "PASSEL_JOB_FD";
    pub const SLOT: &str = "PASSEL_SLOT";
    pub const RANK: &str = "PASSEL_RANK";
    pub const SIZE: &str = "PASSEL_SIZE";
    pub const LOCAL_RANK: &str = "PASSEL_LOCAL_RANK";
}

/// Ranks of the job that this process was started for, as the environment tells
/// before the job table does; 1 without a launcher.
pub fn announced_size() -> usize {
    std::env::var(variable::SIZE).ok().and_then(|size| size.parse().ok()).unwrap_or(1)
}

/// This process's place in a job. Its control block is claimed, with state
/// `Initialized`.
pub struct Membership {
    job: Job,
    slot: usize,
    launched: bool,
}

impl Membership {
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// Gives the job table away, to whoever maps its rings.
    pub fn into_job(self) -> Job {
        self.job
    }

    /// This process's place in the job table.
    pub fn slot(&self) -> usize {
        self.slot
    }

    /// The processes of `MPI_COMM_WORLD`.
    pub fn world(&self) -> World {
        self.control().world()
    }

    /// Rank in `MPI_COMM_WORLD`.
    pub fn rank(&self) -> usize {
        self.slot - self.world().first
    }

    /// Size of `MPI_COMM_WORLD`.
    pub fn size(&self) -> usize {
        self.world().size
    }

    /// Who asked for this process by `MPI_Comm_spawn`.
    pub fn parent(&self) -> Option<Parent> {
        self.control().parent()
    }

    /// False for a job of one that no launcher watches.
    pub fn launched(&self) -> bool {
        self.launched
    }

    /// Which program block of the command line we belong to: `MPI_APPNUM`
    /// (MPI-5.0 section 11.10.3), unset in a process that was not launched.
    pub fn appnum(&self) -> Option<u32> {
        self.launched.then(|| self.control().appnum())
    }

    /// Our own control block.
    pub fn control(&self) -> &RankControl {
        self.job.control(self.slot)
    }

    /// Tells the launcher that this rank may end now, with any exit code.
    pub fn finalize(&self) {
        self.control().set_state(RankState::Finalized);
    }
}
