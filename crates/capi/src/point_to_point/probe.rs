//! Probing and matched receives (MPI-5.0 section 3.8).

use core::ffi::{c_int, c_void};

use engine::comm::hints;
use engine::error::{Error, ErrorClass, Result};
use engine::handle::{CommId, MessageId};
use engine::process::silence::Needs;
use engine::status::Status;

use super::wait_for;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::process;

/// `MPI_MESSAGE_NO_PROC`.
const NO_PROC: MessageId = MessageId::from_raw(1);

/// Context, source and tag of a probe; `None` for `MPI_PROC_NULL`.
fn criteria(comm: CommId, source: i32, tag: i32) -> Result<Option<(u32, i32, i32)>> {
    let mut state = process().lock();
    let (objects, _) = state.parts()?;
    let comm = objects.comm(comm)?;
    let core = &comm.core;
    let tag = call::receive_tag(tag)?;
    hints::check_wildcards(&comm.info, source, tag)?;
    Ok(call::source(core, source)?.then(|| (core.point_to_point(), source, tag)))
}

/// Looks for a message, first among those that are here, then among those
/// that have just arrived.
fn look<R>(
    mut find: impl FnMut(&mut engine::protocol::Endpoint<transport::shm::ShmTransport>) -> Option<R>,
) -> Result<Option<R>> {
    if let Some(found) = find(process().lock().endpoint()?) {
        return Ok(Some(found));
    }
    process().progress()?;
    Ok(find(process().lock().endpoint()?))
}

/// `MPI_Probe`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn probe<A: Abi>(source: c_int, tag: c_int, comm: A::Comm, status: *mut A::Status) -> c_int {
    let comm = comm.decode();
    let outcome = criteria(comm, A::rank_in(source), A::tag_in(tag)).and_then(|criteria| {
        let found = match criteria {
            None => Status::PROC_NULL,
            Some((context, source, tag)) => process()
                .wait_needing(Needs::Message { comm, source }, |endpoint| {
                    endpoint.probe(context, source, tag)
                })?,
        };
        // SAFETY: the caller's promise.
        unsafe { A::put_status(status, &found) };
        Ok(())
    });
    finish_comm::<A>("MPI_Probe", comm, outcome)
}

/// `MPI_Iprobe`.
///
/// # Safety
/// `flag` may be written; `status` is to be ignored or may be written.
pub unsafe fn iprobe<A: Abi>(
    source: c_int,
    tag: c_int,
    comm: A::Comm,
    flag: *mut c_int,
    status: *mut A::Status,
) -> c_int {
    let comm = comm.decode();
    let outcome = call::out(flag, "flag")
        .and_then(|()| criteria(comm, A::rank_in(source), A::tag_in(tag)))
        .and_then(|criteria| {
            let found = match criteria {
                None => Some(Status::PROC_NULL),
                Some((context, source, tag)) => look(|endpoint| endpoint.probe(context, source, tag))?,
            };
            // SAFETY: the caller's promise; `flag` is not null.
            unsafe {
                *flag = found.is_some().into();
                if let Some(found) = found {
                    A::put_status(status, &found);
                }
            }
            Ok(())
        });
    finish_comm::<A>("MPI_Iprobe", comm, outcome)
}

/// `MPI_Mprobe`.
///
/// # Safety
/// `message` may be written; `status` is to be ignored or may be written.
pub unsafe fn mprobe<A: Abi>(
    source: c_int,
    tag: c_int,
    comm: A::Comm,
    message: *mut A::Message,
    status: *mut A::Status,
) -> c_int {
    let comm = comm.decode();
    let outcome = call::out(message, "message")
        .and_then(|()| criteria(comm, A::rank_in(source), A::tag_in(tag)))
        .and_then(|criteria| {
            let (matched, found) = match criteria {
                None => (NO_PROC, Status::PROC_NULL),
                Some((context, source, tag)) => process()
                    .wait_needing(Needs::Message { comm, source }, |endpoint| {
                        endpoint.match_probe(comm, context, source, tag)
                    })?,
            };
            // SAFETY: the caller's promise; `message` is not null.
            unsafe {
                *message = A::Message::encode(matched);
                A::put_status(status, &found);
            }
            Ok(())
        });
    finish_comm::<A>("MPI_Mprobe", comm, outcome)
}

/// `MPI_Improbe`.
///
/// # Safety
/// `flag` and `message` may be written; `status` is to be ignored or may be
/// written.
pub unsafe fn improbe<A: Abi>(
    source: c_int,
    tag: c_int,
    comm: A::Comm,
    flag: *mut c_int,
    message: *mut A::Message,
    status: *mut A::Status,
) -> c_int {
    let comm = comm.decode();
    let outcome = call::out(flag, "flag")
        .and_then(|()| call::out(message, "message"))
        .and_then(|()| criteria(comm, A::rank_in(source), A::tag_in(tag)))
        .and_then(|criteria| {
            let found = match criteria {
                None => Some((NO_PROC, Status::PROC_NULL)),
                Some((context, source, tag)) => {
                    look(|endpoint| endpoint.match_probe(comm, context, source, tag))?
                }
            };
            // SAFETY: the caller's promise; neither is null.
            unsafe {
                *flag = found.is_some().into();
                if let Some((matched, found)) = found {
                    *message = A::Message::encode(matched);
                    A::put_status(status, &found);
                }
            }
            Ok(())
        });
    finish_comm::<A>("MPI_Improbe", comm, outcome)
}

/// Starts the receive of a matched message; its communicator, too, for errors.
///
/// # Safety
/// The buffer keeps MPI's rules until the receive completes.
unsafe fn start_matched<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    message: MessageId,
) -> Result<engine::handle::RequestId> {
    let mut state = process().lock();
    let (objects, endpoint) = state.parts()?;
    let datatype = call::committed(objects, datatype.decode())?;
    // SAFETY: the caller's promise.
    let data = unsafe { call::recv_data(buf, count, datatype)? };
    if message == NO_PROC {
        let comm = engine::comm::WORLD;
        return Ok(endpoint
            .core
            .requests
            .insert(engine::request::Request::complete(comm, Status::PROC_NULL)));
    }
    let matched = endpoint.core.messages.remove(message).ok_or_else(|| {
        Error::new(
            ErrorClass::Request,
            "the message argument names no matched message: each is received once, with the handle that \
             MPI_Mprobe gave",
        )
    })?;
    Ok(endpoint.start_matched(matched, data))
}

/// The communicator on which an error of this message is raised.
fn comm_of(message: MessageId) -> CommId {
    let mut state = process().lock();
    let found = state.endpoint().ok().and_then(|endpoint| endpoint.core.messages.get(message));
    found.map_or(engine::comm::WORLD, |matched| matched.comm)
}

/// `MPI_Mrecv`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `message` may be read and written;
/// `status` is to be ignored or may be written.
pub unsafe fn mrecv<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    message: *mut A::Message,
    status: *mut A::Status,
) -> c_int {
    let mut comm = engine::comm::WORLD;
    let outcome = call::out(message, "message").and_then(|()| {
        // SAFETY: the caller's promise; `message` is not null.
        let id = unsafe { (*message).decode() };
        comm = comm_of(id);
        // SAFETY: the caller's promise.
        let request = unsafe { start_matched::<A>(buf, count, datatype, id)? };
        // SAFETY: the caller's promise; `message` is not null.
        unsafe { *message = A::Message::encode(MessageId::NULL) };
        let (value, error) = wait_for(request)?;
        // SAFETY: the caller's promise.
        unsafe { A::put_status(status, &value) };
        error.map_or(Ok(()), Err)
    });
    finish_comm::<A>("MPI_Mrecv", comm, outcome)
}

/// `MPI_Imrecv`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `message` may be read and written,
/// `request` written.
pub unsafe fn imrecv<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    message: *mut A::Message,
    request: *mut A::Request,
) -> c_int {
    let mut comm = engine::comm::WORLD;
    let outcome = call::out(message, "message").and_then(|()| call::out(request, "request")).and_then(|()| {
        // SAFETY: the caller's promise; `message` is not null.
        let id = unsafe { (*message).decode() };
        comm = comm_of(id);
        // SAFETY: the caller's promise.
        let started = unsafe { start_matched::<A>(buf, count, datatype, id)? };
        // SAFETY: the caller's promise; neither is null.
        unsafe {
            *message = A::Message::encode(MessageId::NULL);
            *request = A::Request::encode(started);
        }
        Ok(())
    });
    finish_comm::<A>("MPI_Imrecv", comm, outcome)
}
