//! Persistent requests (MPI-5.0 section 3.9).

use core::ffi::{c_int, c_void};

use engine::comm::hints;
use engine::protocol::packet::Envelope;
use engine::request::{Persistent, SendMode};

use super::buffer;
use super::receive::ReceiveArguments;
use super::send::SendArguments;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::process;

/// # Safety
/// The buffer keeps MPI's rules whenever the request is active; `request` may
/// be written.
unsafe fn send_init_mode<A: Abi>(
    function: &'static str,
    mode: SendMode,
    arguments: SendArguments,
    request: *mut A::Request,
) -> c_int {
    let outcome = call::out(request, "request").and_then(|()| {
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let comm = objects.comm(arguments.comm)?;
        let core = &comm.core;
        if mode == SendMode::Buffered {
            buffer::adopt(endpoint, arguments.comm, comm);
        }
        let datatype = call::committed(objects, arguments.datatype)?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(arguments.buffer, arguments.count, datatype)? };
        let tag = call::send_tag(arguments.tag)?;
        let peer = call::destination(core, arguments.destination)?;
        let envelope = Envelope::new(core.point_to_point(), core.rank() as i32, tag);
        let made = endpoint.prepare(arguments.comm, Persistent::Send { peer, envelope, mode, data });
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(made) };
        Ok(())
    });
    finish_comm::<A>(function, arguments.comm, outcome)
}

/// `MPI_Recv_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn recv_init<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    source: c_int,
    tag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let arguments = ReceiveArguments::new::<A>(buf, count, datatype, source, tag, comm);
    let outcome = call::out(request, "request").and_then(|()| {
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let comm = objects.comm(arguments.comm)?;
        let core = &comm.core;
        let datatype = call::committed(objects, arguments.datatype)?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::recv_data(arguments.buffer, arguments.count, datatype)? };
        let tag = call::receive_tag(arguments.tag)?;
        let peer_exists = call::source(core, arguments.source)?;
        hints::check_wildcards(&comm.info, arguments.source, tag)?;
        let context = core.point_to_point();
        let source = arguments.source;
        let made =
            endpoint.prepare(arguments.comm, Persistent::Receive { peer_exists, context, source, tag, data });
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(made) };
        Ok(())
    });
    finish_comm::<A>("MPI_Recv_init", arguments.comm, outcome)
}

/// `MPI_Start`.
///
/// # Safety
/// `request` may be read; its buffer keeps MPI's rules while it is active.
pub unsafe fn start<A: Abi>(request: *mut A::Request) -> c_int {
    if let Err(error) = call::out(request, "request") {
        return finish_comm::<A>("MPI_Start", engine::comm::WORLD, Err(error));
    }
    // SAFETY: the caller's promise; not null.
    let (comm, outcome) = process().start(unsafe { (*request).decode() });
    finish_comm::<A>("MPI_Start", comm, outcome)
}

/// `MPI_Startall`.
///
/// # Safety
/// `array_of_requests` has `count` elements that may be read.
pub unsafe fn startall<A: Abi>(count: c_int, array_of_requests: *mut A::Request) -> c_int {
    let checked = call::count(count.into());
    // SAFETY: the caller's promise.
    let requests = match checked.and_then(|_| unsafe { call::array(array_of_requests, count, "requests") }) {
        Ok(requests) => requests,
        Err(error) => return finish_comm::<A>("MPI_Startall", engine::comm::WORLD, Err(error)),
    };
    for request in requests {
        let (comm, outcome) = process().start(request.decode());
        if outcome.is_err() {
            return finish_comm::<A>("MPI_Startall", comm, outcome);
        }
    }
    call::SUCCESS
}

/// `MPI_Send_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn send_init<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { send_init_mode::<A>("MPI_Send_init", SendMode::Standard, arguments, request) }
}

/// `MPI_Bsend_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn bsend_init<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { send_init_mode::<A>("MPI_Bsend_init", SendMode::Buffered, arguments, request) }
}

/// `MPI_Ssend_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn ssend_init<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { send_init_mode::<A>("MPI_Ssend_init", SendMode::Synchronous, arguments, request) }
}

/// `MPI_Rsend_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn rsend_init<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { send_init_mode::<A>("MPI_Rsend_init", SendMode::Ready, arguments, request) }
}
