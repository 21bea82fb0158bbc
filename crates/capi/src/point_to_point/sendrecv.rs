//! Sends and receives in one (MPI-5.0 section 3.11).

use core::ffi::{c_int, c_void};

use engine::datatype::data::SendData;
use engine::error::Result;
use engine::handle::{CommId, RequestId};
use engine::protocol::direct::Outcome;
use engine::protocol::packet::Envelope;
use engine::request::{Request, SendMode};
use engine::status::Status;
use memory::buffer::Scratch;

use super::receive::ReceiveArguments;
use super::send::SendArguments;
use super::wait_for;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::process;

/// Starts both; one request stands for the two and has the receive's status.
///
/// # Safety
/// Both buffers keep MPI's rules until the request completes.
unsafe fn start_pair(send: SendArguments, receive: ReceiveArguments) -> Result<RequestId> {
    // SAFETY: the caller's promise.
    let received = unsafe { receive.start()? };
    // SAFETY: the caller's promise.
    match unsafe { send.start(SendMode::Standard) } {
        Ok(sent) => combine(receive.comm, sent, received),
        Err(error) => {
            give_up(received)?;
            Err(error)
        }
    }
}

/// Sends and receives, waiting for both.
///
/// # Safety
/// Both buffers keep MPI's rules.
unsafe fn send_and_receive(send: SendArguments, receive: ReceiveArguments) -> Result<Outcome> {
    // SAFETY: the caller's promise.
    unsafe {
        receive.check_all()?;
        match send.send(SendMode::Standard)? {
            None => receive.receive(),
            Some(sent) => {
                let received = receive.start()?;
                wait_for(combine(receive.comm, sent, received)?)
            }
        }
    }
}

fn combine(comm: CommId, sent: RequestId, received: RequestId) -> Result<RequestId> {
    Ok(process().lock().endpoint()?.combine(comm, &[sent, received]))
}

/// Takes back a receive whose send could not be started.
fn give_up(request: RequestId) -> Result<()> {
    let mut state = process().lock();
    let endpoint = state.endpoint()?;
    endpoint.cancel(request);
    endpoint.free_request(request);
    Ok(())
}

/// Sends a copy of the buffer and receives into it.
///
/// # Safety
/// The buffer keeps MPI's rules until the request completes.
unsafe fn start_replace(room: ReceiveArguments, destination: i32, send_tag: i32) -> Result<RequestId> {
    let (copy, peer, envelope) = {
        let mut state = process().lock();
        let (objects, _) = state.parts()?;
        let core = &objects.comm(room.comm)?.core;
        let datatype = call::committed(objects, room.datatype)?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(room.buffer, room.count, datatype)? };
        let tag = call::send_tag(send_tag)?;
        let peer = call::destination(core, destination)?;
        let bytes = data.total_bytes();
        let copy = Scratch::zeroed(bytes);
        data.pack(0, copy.recv_buffer().slice_mut(0, bytes));
        let envelope = Envelope::new(core.point_to_point(), core.rank() as i32, tag);
        (SendData::bytes(copy.send_buffer(), bytes), peer, envelope)
    };
    // SAFETY: the caller's promise; what is sent has been copied.
    let received = unsafe { room.start()? };
    let mut state = process().lock();
    let endpoint = state.endpoint()?;
    let sent = match peer {
        Some(peer) => endpoint.start_send(room.comm, peer, envelope, SendMode::Standard, copy)?,
        None => endpoint.core.requests.insert(Request::complete(room.comm, Status::EMPTY)),
    };
    Ok(endpoint.combine(room.comm, &[sent, received]))
}

/// # Safety
/// `status` is to be ignored or may be written.
unsafe fn finish_blocking<A: Abi>(
    function: &'static str,
    comm: CommId,
    outcome: Result<Outcome>,
    status: *mut A::Status,
) -> c_int {
    let outcome = outcome.and_then(|(value, error)| {
        // SAFETY: the caller's promise.
        unsafe { A::put_status(status, &value) };
        error.map_or(Ok(()), Err)
    });
    finish_comm::<A>(function, comm, outcome)
}

/// `MPI_Sendrecv`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `status` is to be ignored or may
/// be written.
pub unsafe fn sendrecv<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    dest: c_int,
    sendtag: c_int,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    source: c_int,
    recvtag: c_int,
    comm: A::Comm,
    status: *mut A::Status,
) -> c_int {
    let send = SendArguments::new::<A>(sendbuf, sendcount, sendtype, dest, sendtag, comm);
    let receive = ReceiveArguments::new::<A>(recvbuf, recvcount, recvtype, source, recvtag, comm);
    // SAFETY: the caller's promise.
    unsafe { finish_blocking::<A>("MPI_Sendrecv", send.comm, send_and_receive(send, receive), status) }
}

/// `MPI_Isendrecv`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `request` may be written.
pub unsafe fn isendrecv<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    dest: c_int,
    sendtag: c_int,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    source: c_int,
    recvtag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let send = SendArguments::new::<A>(sendbuf, sendcount, sendtype, dest, sendtag, comm);
    let receive = ReceiveArguments::new::<A>(recvbuf, recvcount, recvtype, source, recvtag, comm);
    let outcome = call::out(request, "request").and_then(|()| {
        // SAFETY: the caller's promise.
        let started = unsafe { start_pair(send, receive)? };
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(started) };
        Ok(())
    });
    finish_comm::<A>("MPI_Isendrecv", send.comm, outcome)
}

/// `MPI_Sendrecv_replace`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may
/// be written.
pub unsafe fn sendrecv_replace<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    sendtag: c_int,
    source: c_int,
    recvtag: c_int,
    comm: A::Comm,
    status: *mut A::Status,
) -> c_int {
    let room = ReceiveArguments::new::<A>(buf, count, datatype, source, recvtag, comm);
    // SAFETY: the caller's promise.
    unsafe {
        let outcome = start_replace(room, A::rank_in(dest), A::tag_in(sendtag)).and_then(wait_for);
        finish_blocking::<A>("MPI_Sendrecv_replace", room.comm, outcome, status)
    }
}

/// `MPI_Isendrecv_replace`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn isendrecv_replace<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    sendtag: c_int,
    source: c_int,
    recvtag: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    let room = ReceiveArguments::new::<A>(buf, count, datatype, source, recvtag, comm);
    let outcome = call::out(request, "request").and_then(|()| {
        // SAFETY: the caller's promise.
        let started = unsafe { start_replace(room, A::rank_in(dest), A::tag_in(sendtag))? };
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(started) };
        Ok(())
    });
    finish_comm::<A>("MPI_Isendrecv_replace", room.comm, outcome)
}
