//! Communicators, and making them.

use std::fmt;
use std::sync::Arc;

use engine::comm::create::{self, Split};
use engine::comm::{CommCore, Key, Number, WORLD};
use engine::error::Result as EngineResult;
use engine::handle::CommId;
use engine::process::ports::CommPorts;
use transport::shm::ShmTransport;

use crate::Result;
use crate::world::Shared;

/// Some processes of the job, numbered from 0, whose messages do not mix with
/// those of any other communicator (MPI-5.0 chapter 7).
///
/// Threads may use a communicator at the same time; of collective operations
/// only one may be under way at a time. Dropping frees it.
pub struct Communicator {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: CommId,
    pub(crate) core: Arc<CommCore>,
}

impl Communicator {
    pub(crate) fn new(shared: Arc<Shared>, id: CommId, core: Arc<CommCore>) -> Self {
        Self { shared, id, core }
    }

    /// This process's number, in `0..size`.
    pub fn rank(&self) -> usize {
        self.core.rank()
    }

    /// How many processes there are.
    pub fn size(&self) -> usize {
        self.core.size()
    }

    /// Makes the engine's error of `call` the caller's.
    pub(crate) fn check<T>(&self, call: &'static str, outcome: EngineResult<T>) -> Result<T> {
        self.shared.check(call, self.rank(), outcome)
    }

    /// The number and the ports of the collective operation that starts now.
    pub(crate) fn next_collective(&self) -> EngineResult<(Number, CommPorts<ShmTransport>)> {
        let process = &self.shared.process;
        let number = process.lock().objects.comm_mut(self.id)?.next_collective();
        Ok((number, CommPorts::new(process.clone(), self.core.clone(), self.id, number)))
    }

    /// The same processes, with messages of their own (`MPI_Comm_dup`).
    /// Collective.
    ///
    /// # Errors
    /// When context ids are used up, or after the world was left.
    pub fn dup(&self) -> Result<Self> {
        self.check("dup", self.duplicate())
    }

    fn duplicate(&self) -> EngineResult<Self> {
        let (number, ports) = self.next_collective()?;
        let contexts = self.shared.process.lock().objects.contexts.clone();
        let made = create::dup(&ports, &contexts, self.key(number), &self.core);
        let core = self.shared.process.block_on(made)??;
        self.add(core)
    }

    /// The processes that give the same color, ordered by key and then by
    /// rank (`MPI_Comm_split`); none for whoever gives no color. Collective.
    ///
    /// # Errors
    /// As [`Self::dup`].
    pub fn split(&self, color: impl Into<Option<u32>>, key: i32) -> Result<Option<Self>> {
        self.check("split", self.part(Split { color: color.into(), key }))
    }

    fn part(&self, split: Split) -> EngineResult<Option<Self>> {
        let (number, ports) = self.next_collective()?;
        let contexts = self.shared.process.lock().objects.contexts.clone();
        let made = create::split(&ports, &contexts, self.key(number), &self.core, split);
        self.shared.process.block_on(made)??.map(|core| self.add(core)).transpose()
    }

    fn key(&self, number: Number) -> Key {
        Key { context: self.core.context(), sequence: number.tag() as u32 }
    }

    fn add(&self, core: CommCore) -> EngineResult<Self> {
        let mut state = self.shared.process.lock();
        let id = state.objects.add_comm(core, Some(self.id));
        let core = state.objects.comm(id)?.core.clone();
        Ok(Self::new(self.shared.clone(), id, core))
    }

    /// Ends the whole job with `code` (`MPI_Abort`).
    pub fn abort(&self, code: i32) -> ! {
        self.shared.abort(code)
    }
}

impl Drop for Communicator {
    fn drop(&mut self) {
        if self.id != WORLD {
            // It is not predefined and nobody else has its handle.
            let _ = self.shared.process.lock().objects.free_comm(self.id);
        }
    }
}

impl fmt::Debug for Communicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Communicator(rank {} of {})", self.rank(), self.size())
    }
}
