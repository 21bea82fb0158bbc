//! Memory for buffered sends (MPI-5.0 section 3.6): of the process, of a
//! communicator, of a session.

use core::ffi::{c_int, c_void};

use engine::comm::Comm;
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::CommId;
use engine::objects::Objects;
use engine::request::buffered::{Attached, Owner};
use memory::buffer::RecvBuffer;

use super::completion::Port;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::process;
use crate::wide::IntOut;

/// # Safety
/// `buffer` is `MPI_BUFFER_AUTOMATIC` or `size` bytes that are lent until
/// they are detached.
unsafe fn attach<A: Abi>(owner: Owner, buffer: *mut c_void, size: i64) -> Result<()> {
    let Ok(size) = usize::try_from(size) else {
        fail!(ErrorClass::Arg, "the size of the buffer is {size}; it must not be negative")
    };
    let memory = if buffer.cast_const() == A::BUFFER_AUTOMATIC {
        None
    } else {
        if buffer.is_null() && size != 0 {
            fail!(ErrorClass::Buffer, "the buffer to attach is a null pointer");
        }
        // SAFETY: the caller's promise.
        Some(unsafe { RecvBuffer::new(buffer.cast(), 0..size as isize) })
    };
    let mut state = process().lock();
    check_owner(&mut state.objects, owner)?;
    state.endpoint()?.core.buffers.attach(owner, memory, size)
}

fn check_owner(objects: &mut Objects, owner: Owner) -> Result<()> {
    match owner {
        Owner::Comm(comm) => objects.comm(comm).map(|_| ()),
        Owner::Session(session) => objects.session_mut(session).map(|_| ()),
        Owner::Process => Ok(()),
    }
}

/// Tells the buffers which session a communicator comes from.
pub(super) fn adopt(endpoint: &mut Port, id: CommId, comm: &Comm) {
    if let Some(session) = comm.session {
        endpoint.core.buffers.adopt(id, session);
    }
}

/// Takes the buffer of a communicator or a session that is freed away, once
/// all messages in it have left (MPI-5.0 section 3.6).
pub(crate) fn dismiss(owner: Owner) -> Result<()> {
    if process().lock().endpoint().is_ok_and(|endpoint| endpoint.core.buffers.is_attached(owner)) {
        process().wait_until(|endpoint| (!endpoint.core.buffers.is_busy(owner)).then_some(()))?;
        process().lock().endpoint()?.core.buffers.detach(owner);
    }
    if let (Owner::Comm(comm), Ok(endpoint)) = (owner, process().lock().endpoint()) {
        endpoint.core.buffers.forget(comm);
    }
    Ok(())
}

/// Waits until nothing is in the owner's buffer any more.
fn flush(owner: Owner) -> Result<()> {
    check_owner(&mut process().lock().objects, owner)?;
    process().wait_until(|endpoint| (!endpoint.core.buffers.is_busy(owner)).then_some(()))
}

/// # Safety
/// `buffer_addr` points to a pointer that may be written, `size` may be written.
unsafe fn detach<A: Abi>(owner: Owner, buffer_addr: *mut c_void, size: IntOut) -> Result<()> {
    call::out(buffer_addr, "buffer address")?;
    if size.is_null() {
        fail!(ErrorClass::Arg, "the size argument is a null pointer");
    }
    flush(owner)?;
    let detached = process().lock().endpoint()?.core.buffers.detach(owner);
    let (address, bytes) = match detached {
        Some(Attached::Memory { address, bytes }) => (address as usize as *const c_void, bytes),
        Some(Attached::Automatic) => (A::BUFFER_AUTOMATIC, 0),
        None if owner == Owner::Process => {
            fail!(ErrorClass::Buffer, "no buffer is attached: MPI_Buffer_attach comes first")
        }
        None => (core::ptr::null(), 0),
    };
    // SAFETY: the caller's promise; not null.
    unsafe {
        *buffer_addr.cast::<*const c_void>() = address;
        size.set(bytes as i64);
    }
    Ok(())
}

/// # Safety
/// `request` may be written.
unsafe fn iflush<A: Abi>(owner: Owner, request: *mut A::Request) -> Result<()> {
    call::out(request, "request")?;
    check_owner(&mut process().lock().objects, owner)?;
    let mut state = process().lock();
    let endpoint = state.endpoint()?;
    let id = endpoint.flush_request(owner);
    // SAFETY: the caller's promise; not null.
    unsafe { *request = A::Request::encode(id) };
    Ok(())
}

/// The object on which an error is raised.
fn object(owner: Owner) -> Object {
    match owner {
        Owner::Process => Object::None,
        Owner::Comm(comm) => Object::Comm(comm),
        Owner::Session(session) => Object::Session(session),
    }
}

/// `MPI_Buffer_attach`.
///
/// # Safety
/// `buffer` is `MPI_BUFFER_AUTOMATIC` or memory of `size` bytes that is lent until it is
/// detached.
pub unsafe fn buffer_attach<A: Abi>(buffer: *mut c_void, size: i64) -> c_int {
    let owner = Owner::Process;
    // SAFETY: the caller's promise.
    let outcome = unsafe { attach::<A>(owner, buffer, size) };
    finish::<A>("MPI_Buffer_attach", || object(owner), outcome)
}

/// `MPI_Buffer_detach`.
///
/// # Safety
/// `buffer_addr` points to a pointer that may be written; `size` may be written.
pub unsafe fn buffer_detach<A: Abi>(buffer_addr: *mut c_void, size: IntOut) -> c_int {
    let owner = Owner::Process;
    // SAFETY: the caller's promise.
    let outcome = unsafe { detach::<A>(owner, buffer_addr, size) };
    finish::<A>("MPI_Buffer_detach", || object(owner), outcome)
}

/// `MPI_Buffer_flush`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn buffer_flush<A: Abi>() -> c_int {
    let owner = Owner::Process;
    let outcome = flush(owner);
    finish::<A>("MPI_Buffer_flush", || object(owner), outcome)
}

/// `MPI_Buffer_iflush`.
///
/// # Safety
/// `request` may be written.
pub unsafe fn buffer_iflush<A: Abi>(request: *mut A::Request) -> c_int {
    let owner = Owner::Process;
    // SAFETY: the caller's promise.
    let outcome = unsafe { iflush::<A>(owner, request) };
    finish::<A>("MPI_Buffer_iflush", || object(owner), outcome)
}

/// `MPI_Comm_attach_buffer`.
///
/// # Safety
/// `buffer` is `MPI_BUFFER_AUTOMATIC` or memory of `size` bytes that is lent until it is
/// detached.
pub unsafe fn comm_attach_buffer<A: Abi>(comm: A::Comm, buffer: *mut c_void, size: i64) -> c_int {
    let owner = Owner::Comm(comm.decode());
    // SAFETY: the caller's promise.
    let outcome = unsafe { attach::<A>(owner, buffer, size) };
    finish::<A>("MPI_Comm_attach_buffer", || object(owner), outcome)
}

/// `MPI_Comm_detach_buffer`.
///
/// # Safety
/// `buffer_addr` points to a pointer that may be written; `size` may be written.
pub unsafe fn comm_detach_buffer<A: Abi>(comm: A::Comm, buffer_addr: *mut c_void, size: IntOut) -> c_int {
    let owner = Owner::Comm(comm.decode());
    // SAFETY: the caller's promise.
    let outcome = unsafe { detach::<A>(owner, buffer_addr, size) };
    finish::<A>("MPI_Comm_detach_buffer", || object(owner), outcome)
}

/// `MPI_Comm_flush_buffer`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_flush_buffer<A: Abi>(comm: A::Comm) -> c_int {
    let owner = Owner::Comm(comm.decode());
    let outcome = flush(owner);
    finish::<A>("MPI_Comm_flush_buffer", || object(owner), outcome)
}

/// `MPI_Comm_iflush_buffer`.
///
/// # Safety
/// `request` may be written.
pub unsafe fn comm_iflush_buffer<A: Abi>(comm: A::Comm, request: *mut A::Request) -> c_int {
    let owner = Owner::Comm(comm.decode());
    // SAFETY: the caller's promise.
    let outcome = unsafe { iflush::<A>(owner, request) };
    finish::<A>("MPI_Comm_iflush_buffer", || object(owner), outcome)
}

/// `MPI_Session_attach_buffer`.
///
/// # Safety
/// `buffer` is `MPI_BUFFER_AUTOMATIC` or memory of `size` bytes that is lent until it is
/// detached.
pub unsafe fn session_attach_buffer<A: Abi>(session: A::Session, buffer: *mut c_void, size: i64) -> c_int {
    let owner = Owner::Session(session.decode());
    // SAFETY: the caller's promise.
    let outcome = unsafe { attach::<A>(owner, buffer, size) };
    finish::<A>("MPI_Session_attach_buffer", || object(owner), outcome)
}

/// `MPI_Session_detach_buffer`.
///
/// # Safety
/// `buffer_addr` points to a pointer that may be written; `size` may be written.
pub unsafe fn session_detach_buffer<A: Abi>(
    session: A::Session,
    buffer_addr: *mut c_void,
    size: IntOut,
) -> c_int {
    let owner = Owner::Session(session.decode());
    // SAFETY: the caller's promise.
    let outcome = unsafe { detach::<A>(owner, buffer_addr, size) };
    finish::<A>("MPI_Session_detach_buffer", || object(owner), outcome)
}

/// `MPI_Session_flush_buffer`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_flush_buffer<A: Abi>(session: A::Session) -> c_int {
    let owner = Owner::Session(session.decode());
    let outcome = flush(owner);
    finish::<A>("MPI_Session_flush_buffer", || object(owner), outcome)
}

/// `MPI_Session_iflush_buffer`.
///
/// # Safety
/// `request` may be written.
pub unsafe fn session_iflush_buffer<A: Abi>(session: A::Session, request: *mut A::Request) -> c_int {
    let owner = Owner::Session(session.decode());
    // SAFETY: the caller's promise.
    let outcome = unsafe { iflush::<A>(owner, request) };
    finish::<A>("MPI_Session_iflush_buffer", || object(owner), outcome)
}
