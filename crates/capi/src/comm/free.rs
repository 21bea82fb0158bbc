//! The end of a communicator.

use core::ffi::c_int;

use engine::attribute::Failure;
use engine::collective::barrier::barrier;
use engine::collective::inter::inter_barrier;
use engine::error::Result;
use engine::handle::CommId;
use engine::request::Phase;
use engine::request::buffered::Owner;

use super::{Creation, block_on, finish_callback};
use crate::abi::{Abi, CHandle};
use crate::attribute::delete_all_of_comm;
use crate::call;
use crate::point_to_point::buffer::dismiss;
use crate::runtime::{process, with_objects};

fn check(id: CommId) -> Result<()> {
    with_objects(|objects| objects.check_comm_freeable(id))
}

/// Frees a communicator. What is under way goes on without its handle.
fn free(id: CommId) -> std::result::Result<(), Failure> {
    check(id)?;
    delete_all_of_comm(id)?;
    dismiss(Owner::Comm(id))?;
    Ok(with_objects(|objects| objects.free_comm(id))?)
}

/// Waits until no request of the communicator is pending.
fn complete_all(id: CommId) -> Result<()> {
    process().wait_until(|endpoint| {
        let pending = |(_, request): (_, &engine::request::Request)| {
            request.comm == id && request.phase == Phase::Pending
        };
        (!endpoint.core.requests.iter().any(pending)).then_some(())
    })
}

/// # Safety
/// `comm` may be read and written.
unsafe fn end<A: Abi>(
    function: &'static str,
    comm: *mut A::Comm,
    end: impl FnOnce(CommId) -> std::result::Result<(), Failure>,
) -> c_int {
    if let Err(error) = call::out(comm, "comm") {
        return finish_callback::<A>(function, CommId::NULL, Err(Failure::Engine(error)));
    }
    // SAFETY: the caller's promise; not null.
    let id = unsafe { (*comm).decode() };
    let outcome = end(id);
    if outcome.is_ok() {
        // SAFETY: as above.
        unsafe { *comm = A::Comm::encode(CommId::NULL) };
    }
    finish_callback::<A>(function, id, outcome)
}

/// `MPI_Comm_free`.
///
/// # Safety
/// `comm` may be read and written.
pub unsafe fn comm_free<A: Abi>(comm: *mut A::Comm) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { end::<A>("MPI_Comm_free", comm, free) }
}

/// Waits until everybody's requests of the communicator have come to their end.
fn part(id: CommId) -> Result<()> {
    complete_all(id)?;
    let creation = Creation::start(id)?;
    block_on(async move {
        let ports = &creation.ports;
        if creation.core.is_inter() { inter_barrier(ports).await } else { barrier(ports).await }
    })?;
    process().wait_until(|endpoint| endpoint.is_drained().then_some(()))
}

/// `MPI_Comm_disconnect`: as `MPI_Comm_free`, after all that is under way, at
/// all processes.
///
/// # Safety
/// `comm` may be read and written.
pub unsafe fn comm_disconnect<A: Abi>(comm: *mut A::Comm) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        end::<A>("MPI_Comm_disconnect", comm, |id| {
            check(id)?;
            part(id)?;
            free(id)
        })
    }
}
