//! Joining and leaving the job.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use engine::comm::WORLD;
use engine::process::Process;
use memory::job::{Job, RankState};
use transport::shm::ShmTransport;

use crate::{Communicator, Error, Result};

/// Whether the process has joined before.
static JOINED: AtomicBool = AtomicBool::new(false);

/// This process, shared by its communicators.
pub(crate) struct Shared {
    pub(crate) process: Process<ShmTransport>,
    job: Arc<Job>,
    /// In the world.
    rank: usize,
    /// A call has failed.
    failed: AtomicBool,
}

impl Shared {
    /// Makes the engine's error of `call` the caller's.
    pub(crate) fn check<T>(
        &self,
        call: &'static str,
        rank: usize,
        outcome: engine::error::Result<T>,
    ) -> Result<T> {
        outcome.map_err(|error| {
            // Relaxed: nothing else is said by it.
            self.failed.store(true, Ordering::Relaxed);
            Error::of_call(call, rank, error)
        })
    }

    /// Ends the job with `code`.
    pub(crate) fn abort(&self, code: i32) -> ! {
        self.job.control(self.rank).abort(code);
        // What the parent sees is the low byte: failure must not look like success.
        std::process::exit(if code & 0xff == 0 { 1 } else { code & 0xff })
    }

    /// Leaves the job, after everybody has come here.
    fn leave(&self, world: &Communicator) -> Result<()> {
        self.check("finalize", world.rank(), self.process.farewell(false))?;
        self.process.lock().objects.end_world();
        drop(self.process.disconnect());
        self.job.control(self.rank).set_state(RankState::Finalized);
        Ok(())
    }
}

/// The job while this process is part of it, and the communicator of all its
/// processes (`MPI_COMM_WORLD`).
///
/// A process leaves the job when this is dropped, once all others do so too.
/// After a panic or an error it does not wait for the others: it just ends, the
/// launcher notices, and the job ends with a message instead of waiting for
/// ever for a rank that does not come. A program that has dealt with an error
/// says so by calling [`World::finalize`].
pub struct World {
    /// `None` once it was left.
    comm: Option<Communicator>,
}

/// Joins the job that `mpiexec` started this process for; without `mpiexec` the
/// process is a job of one (`MPI_Init_thread` with `MPI_THREAD_MULTIPLE`,
/// MPI-5.0 section 11.2).
///
/// # Errors
/// When called a second time, or when the job cannot be joined; the message
/// says why.
pub fn init() -> Result<World> {
    // Relaxed: one of several callers gets `false`, whatever the order.
    if JOINED.swap(true, Ordering::Relaxed) {
        return Err(Error::twice());
    }
    let membership = bootstrap::join().map_err(Error::joining)?;
    let (rank, slot, appnum) = (membership.rank(), membership.slot() as u32, membership.appnum());
    let world = membership.world();
    let world = world.first as u32..(world.first + world.size) as u32;
    let transport = ShmTransport::join(membership);
    let job = transport.job().clone();
    let process = Process::new();
    process.lock().objects.start_world(slot, world, appnum);
    process.connect(transport);
    let core = process.lock().objects.comm(WORLD).map(|comm| comm.core.clone());
    let shared = Arc::new(Shared { process, job, rank, failed: AtomicBool::new(false) });
    let core = shared.check("init", rank, core)?;
    Ok(World { comm: Some(Communicator::new(shared, WORLD, core)) })
}

impl World {
    /// The communicator of all processes.
    pub fn comm(&self) -> &Communicator {
        self.comm.as_ref().expect("it is there until the world is left")
    }

    /// Leaves the job; returns when all processes are about to leave. Dropping
    /// the world does the same, except after an error.
    ///
    /// # Errors
    /// When the others could not be reached.
    pub fn finalize(mut self) -> Result<()> {
        match self.comm.take() {
            Some(comm) => comm.shared.leave(&comm),
            None => Ok(()),
        }
    }
}

impl Deref for World {
    type Target = Communicator;

    fn deref(&self) -> &Communicator {
        self.comm()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let Some(comm) = self.comm.take() else { return };
        // Relaxed: what other threads did with the world happened before.
        let failed = comm.shared.failed.load(Ordering::Relaxed);
        if failed || std::thread::panicking() {
            return;
        }
        if let Err(error) = comm.shared.leave(&comm) {
            eprintln!("passel: {error}");
        }
    }
}
