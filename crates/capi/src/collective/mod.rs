//! Collective communication (MPI-5.0 chapter 6), blocking and nonblocking.
//!
//! - [`arguments`]: from C's arguments to the engine's
//! - [`all`]: everybody to everybody: allgather, alltoall
//! - [`neighbor`]: along the edges of a topology
//! - [`reduction`]: reductions and scans
//! - [`rooted`]: barrier, and to or from one rank: bcast, gather, scatter

pub mod all;
pub mod arguments;
pub mod neighbor;
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
use crate::call::{self, finish_comm};
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

/// Which function was called, and whether it waits.
struct Call<A: Abi> {
    function: &'static str,
    /// Where a nonblocking function stores its request.
    request: Option<*mut A::Request>,
}

impl<A: Abi> Call<A> {
    fn wait(function: &'static str) -> Self {
        Self { function, request: None }
    }

    /// # Safety
    /// `request` is null or may be written.
    unsafe fn start(function: &'static str, request: *mut A::Request) -> Self {
        Self { function, request: Some(request) }
    }
}

/// Runs the operation that `make` makes to its end, or starts it.
fn run<A: Abi, F>(call: Call<A>, comm: A::Comm, make: impl FnOnce(Operation) -> Result<F>) -> c_int
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let id = comm.decode();
    let outcome = match call.request {
        None => Operation::start(id)
            .and_then(make)
            .and_then(|future| process().block_on(future))
            .and_then(|done| done),
        Some(request) => call::out(request, "request").and_then(|()| {
            let started = Operation::start(id).and_then(make).and_then(|work| process().spawn(id, work))?;
            // SAFETY: `Call::start` was promised that it may be written; not null.
            unsafe { *request = A::Request::encode(started) };
            Ok(())
        }),
    };
    finish_comm::<A>(call.function, id, outcome)
}
