//! Collective communication (MPI-5.0 chapter 6), blocking forms.
//!
//! - [`arguments`]: from C's arguments to the engine's
//! - [`all`]: everybody to everybody: allgather, alltoall
//! - [`reduction`]: reductions and scans
//! - [`rooted`]: barrier, and to or from one rank: bcast, gather, scatter

pub mod all;
pub mod arguments;
pub mod reduction;
pub mod rooted;

use core::ffi::c_int;
use std::sync::Arc;

use engine::comm::CommCore;
use engine::error::Result;
use engine::handle::CommId;
use engine::process::ports::CommPorts;
use transport::shm::ShmTransport;

use crate::abi::{Abi, CHandle};
use crate::call::finish_comm;
use crate::runtime::process;

/// One collective operation about to run.
struct Operation {
    ports: CommPorts<ShmTransport>,
    core: Arc<CommCore>,
}

impl Operation {
    /// The next operation on a communicator.
    fn start(id: CommId) -> Result<Self> {
        let mut state = process().lock();
        let (objects, _) = state.parts()?;
        let comm = objects.comm_mut(id)?;
        let sequence = comm.next_collective();
        let core = comm.core.clone();
        drop(state);
        Ok(Self { ports: CommPorts::new(process().clone(), core.clone(), id, sequence), core })
    }

    /// Ranks that data go to or come from.
    fn partners(&self) -> usize {
        self.core.peers().size()
    }
}

/// Runs the operation that `make` makes, to its end.
fn run<A: Abi, F>(function: &'static str, comm: A::Comm, make: impl FnOnce(Operation) -> Result<F>) -> c_int
where
    F: Future<Output = Result<()>>,
{
    let id = comm.decode();
    let outcome = Operation::start(id)
        .and_then(make)
        .and_then(|future| process().block_on(future))
        .and_then(|done| done);
    finish_comm::<A>(function, id, outcome)
}
