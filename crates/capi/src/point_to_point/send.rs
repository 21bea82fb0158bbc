//! Sends of all modes (MPI-5.0 sections 3.2, 3.4 and 3.7.2).

use core::ffi::{c_int, c_void};

use engine::error::Result;
use engine::handle::{CommId, DatatypeId, RequestId};
use engine::protocol::packet::Envelope;
use engine::request::{Request, SendMode};
use engine::status::Status;

use super::{buffer, wait_for};
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::process;

/// What every send is given, translated.
#[derive(Clone, Copy)]
pub(super) struct SendArguments {
    pub buffer: *const c_void,
    pub count: i64,
    pub datatype: DatatypeId,
    pub destination: i32,
    pub tag: i32,
    pub comm: CommId,
}

impl SendArguments {
    #[inline]
    pub(super) fn new<A: Abi>(
        buffer: *const c_void,
        count: i64,
        datatype: A::Datatype,
        destination: c_int,
        tag: c_int,
        comm: A::Comm,
    ) -> Self {
        Self {
            buffer,
            count,
            datatype: datatype.decode(),
            destination: A::rank_in(destination),
            tag: A::tag_in(tag),
            comm: comm.decode(),
        }
    }

    /// Sends at once, or starts a send that has to be waited for.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules until the send completes.
    #[inline]
    pub(super) unsafe fn send(self, mode: SendMode) -> Result<Option<RequestId>> {
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let comm = objects.comm(self.comm)?;
        let core = &comm.core;
        let datatype = call::of_message(objects, self.datatype, self.count)?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(self.buffer, self.count, datatype)? };
        let tag = call::send_tag(self.tag)?;
        let Some(peer) = call::destination(core, self.destination)? else { return Ok(None) };
        let envelope = Envelope::new(core.point_to_point(), core.rank() as i32, tag);
        if mode == SendMode::Buffered {
            buffer::adopt(endpoint, self.comm, comm);
            endpoint.check_buffer(self.comm, &data)?;
        }
        if mode != SendMode::Synchronous && endpoint.send_now(peer, envelope, &data) {
            return Ok(None);
        }
        endpoint.start_send(self.comm, peer, envelope, mode, data).map(Some)
    }

    /// Starts a send.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules until the send completes.
    pub(super) unsafe fn start(self, mode: SendMode) -> Result<RequestId> {
        // SAFETY: the caller's promise.
        let started = unsafe { self.send(mode)? };
        match started {
            Some(request) => Ok(request),
            None => {
                let done = Request::complete(self.comm, Status::EMPTY);
                Ok(process().lock().endpoint()?.core.requests.insert(done))
            }
        }
    }

    /// Sends and waits until the buffer may be used again.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules.
    #[inline]
    unsafe fn blocking<A: Abi>(self, function: &'static str, mode: SendMode) -> c_int {
        // SAFETY: the caller's promise.
        let outcome = match unsafe { self.send(mode) } {
            Ok(None) => Ok(()),
            Ok(Some(request)) => wait_for(request).and_then(|(_, error)| error.map_or(Ok(()), Err)),
            Err(error) => Err(error),
        };
        finish_comm::<A>(function, self.comm, outcome)
    }

    /// # Safety
    /// As [`Self::start`]; `request` may be written.
    unsafe fn nonblocking<A: Abi>(
        self,
        function: &'static str,
        mode: SendMode,
        request: *mut A::Request,
    ) -> c_int {
        let outcome = call::out(request, "request").and_then(|()| {
            // SAFETY: the caller's promise.
            let started = unsafe { self.start(mode)? };
            // SAFETY: the caller's promise; not null.
            unsafe { *request = A::Request::encode(started) };
            Ok(())
        });
        finish_comm::<A>(function, self.comm, outcome)
    }
}

/// `MPI_Send`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub unsafe fn send<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { arguments.blocking::<A>("MPI_Send", SendMode::Standard) }
}

/// `MPI_Isend`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn isend<A: Abi>(
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
    unsafe { arguments.nonblocking::<A>("MPI_Isend", SendMode::Standard, request) }
}

/// `MPI_Bsend`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub unsafe fn bsend<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { arguments.blocking::<A>("MPI_Bsend", SendMode::Buffered) }
}

/// `MPI_Ibsend`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn ibsend<A: Abi>(
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
    unsafe { arguments.nonblocking::<A>("MPI_Ibsend", SendMode::Buffered, request) }
}

/// `MPI_Ssend`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub unsafe fn ssend<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { arguments.blocking::<A>("MPI_Ssend", SendMode::Synchronous) }
}

/// `MPI_Issend`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn issend<A: Abi>(
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
    unsafe { arguments.nonblocking::<A>("MPI_Issend", SendMode::Synchronous, request) }
}

/// `MPI_Rsend`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub unsafe fn rsend<A: Abi>(
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
) -> c_int {
    let arguments = SendArguments::new::<A>(buf, count, datatype, dest, tag, comm);
    // SAFETY: the caller's promise.
    unsafe { arguments.blocking::<A>("MPI_Rsend", SendMode::Ready) }
}

/// `MPI_Irsend`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn irsend<A: Abi>(
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
    unsafe { arguments.nonblocking::<A>("MPI_Irsend", SendMode::Ready, request) }
}
