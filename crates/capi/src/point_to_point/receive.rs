//! Receives (MPI-5.0 sections 3.2.4 and 3.7.2).

use core::ffi::{c_int, c_void};

use engine::error::Result;
use engine::handle::{CommId, DatatypeId, RequestId};
use engine::request::Request;
use engine::status::Status;

use super::wait_for;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::process;

/// What every receive is given, translated.
#[derive(Clone, Copy)]
pub(super) struct ReceiveArguments {
    pub buffer: *mut c_void,
    pub count: i64,
    pub datatype: DatatypeId,
    pub source: i32,
    pub tag: i32,
    pub comm: CommId,
}

impl ReceiveArguments {
    #[inline]
    pub(super) fn new<A: Abi>(
        buffer: *mut c_void,
        count: i64,
        datatype: A::Datatype,
        source: c_int,
        tag: c_int,
        comm: A::Comm,
    ) -> Self {
        Self {
            buffer,
            count,
            datatype: datatype.decode(),
            source: A::rank_in(source),
            tag: A::tag_in(tag),
            comm: comm.decode(),
        }
    }

    /// Starts a receive.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules until the receive completes.
    #[inline]
    pub(super) unsafe fn start(self) -> Result<RequestId> {
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let core = &objects.comm(self.comm)?.core;
        let datatype = call::committed(objects, self.datatype)?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::recv_data(self.buffer, self.count, datatype)? };
        let tag = call::receive_tag(self.tag)?;
        if !call::source(core, self.source)? {
            return Ok(endpoint.core.requests.insert(Request::complete(self.comm, Status::PROC_NULL)));
        }
        Ok(endpoint.start_receive(self.comm, core.point_to_point(), self.source, tag, data))
    }
}

/// `MPI_Recv`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
#[inline]
pub unsafe fn recv<A: Abi>(
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    source: c_int,
    tag: c_int,
    comm: A::Comm,
    status: *mut A::Status,
) -> c_int {
    let arguments = ReceiveArguments::new::<A>(buf, count, datatype, source, tag, comm);
    // SAFETY: the caller's promise.
    let started = unsafe { arguments.start() };
    let outcome = started.and_then(wait_for).and_then(|(value, error)| {
        // SAFETY: the caller's promise.
        unsafe { A::put_status(status, &value) };
        error.map_or(Ok(()), Err)
    });
    finish_comm::<A>("MPI_Recv", arguments.comm, outcome)
}

/// `MPI_Irecv`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn irecv<A: Abi>(
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
        // SAFETY: the caller's promise.
        let started = unsafe { arguments.start()? };
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(started) };
        Ok(())
    });
    finish_comm::<A>("MPI_Irecv", arguments.comm, outcome)
}
