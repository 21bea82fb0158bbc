//! Communicators (MPI-5.0 chapter 7).
//!
//! - [`inquire`]: size, rank, groups, names, hints
//! - [`create`]: duplicates and parts of a communicator
//! - [`from_group`]: communicators that only some processes make
//! - [`intercomm`]: two groups
//! - [`free`]: the end of a communicator

pub mod create;
pub mod free;
pub mod from_group;
pub mod inquire;
pub mod intercomm;

use core::ffi::c_int;
use std::sync::Arc;

use engine::attribute::Failure;
use engine::comm::{CommCore, Contexts, Key};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::CommId;
use engine::objects::Objects;
use engine::process::ports::CommPorts;
use transport::shm::ShmTransport;

use crate::abi::{Abi, CHandle};
use crate::call::{self, SUCCESS, finish_comm};
use crate::errhandler::raise_code;
use crate::errors::{Object, raise};
use crate::runtime::{process, with_objects};

/// A communicator in the making, and its parent.
pub(crate) struct Creation {
    pub ports: CommPorts<ShmTransport>,
    pub core: Arc<CommCore>,
    pub contexts: Contexts,
    pub key: Key,
}

impl Creation {
    /// The next collective operation on the parent.
    pub(crate) fn start(parent: CommId) -> Result<Self> {
        let mut state = process().lock();
        let (objects, _) = state.parts()?;
        let contexts = objects.contexts.clone();
        let comm = objects.comm_mut(parent)?;
        let number = comm.next_collective();
        let core = Arc::clone(&comm.core);
        drop(state);
        let key = Key { context: core.context(), sequence: number.tag() as u32 };
        let ports = CommPorts::new(process().clone(), Arc::clone(&core), parent, number);
        Ok(Self { ports, core, contexts, key })
    }
}

/// Runs `work` to its end.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    process().block_on(work)?
}

/// Stores the handle of the new communicator, or `MPI_COMM_NULL` where there is
/// none or it failed, and returns the code of the function that made it.
///
/// # Safety
/// `newcomm` is null or may be written.
pub(crate) unsafe fn store<A: Abi>(
    function: &'static str,
    parent: CommId,
    newcomm: *mut A::Comm,
    made: Result<Option<CommId>>,
) -> c_int {
    let (id, outcome) = match made {
        Ok(id) => (id, Ok(())),
        Err(error) => (None, Err(error)),
    };
    if !newcomm.is_null() {
        // SAFETY: the caller's promise.
        unsafe { *newcomm = A::Comm::encode(id.unwrap_or(CommId::NULL)) };
    }
    finish_comm::<A>(function, parent, outcome)
}

/// Makes a communicator out of `parent`, with nothing of the parent's but its
/// error handler.
///
/// # Safety
/// `newcomm` may be written.
unsafe fn derive<A: Abi, F>(
    function: &'static str,
    parent: CommId,
    newcomm: *mut A::Comm,
    make: impl FnOnce(Creation) -> Result<F>,
) -> c_int
where
    F: Future<Output = Result<Option<CommCore>>>,
{
    let made = call::out(newcomm, "newcomm").and_then(|()| {
        let core = Creation::start(parent).and_then(make).and_then(block_on)?;
        Ok(core.map(|core| with_objects(|objects| objects.add_comm(core, Some(parent)))))
    });
    // SAFETY: the caller's promise.
    unsafe { store::<A>(function, parent, newcomm, made) }
}

/// # Errors
/// `MPI_ERR_COMM` for an intercommunicator.
pub(crate) fn check_intra(core: &CommCore, what: &str) -> Result<()> {
    if core.is_inter() {
        fail!(ErrorClass::Comm, "{what} must be an intracommunicator, and this is an intercommunicator");
    }
    Ok(())
}

/// Return value of a function that may have run a callback.
fn finish_callback<A: Abi>(
    function: &'static str,
    comm: CommId,
    outcome: std::result::Result<(), Failure>,
) -> c_int {
    match outcome {
        Ok(()) => SUCCESS,
        Err(Failure::Callback(code)) => raise_code::<A>(function, Object::Comm(comm), code),
        Err(Failure::Engine(error)) => raise::<A>(function, Object::Comm(comm), error),
    }
}

/// The core of a communicator.
fn core_of(objects: &Objects, comm: CommId) -> Result<Arc<CommCore>> {
    objects.comm(comm).map(|comm| Arc::clone(&comm.core))
}
