//! Receives (MPI-5.0 sections 3.2.4 and 3.7.2).

use core::ffi::{c_int, c_void};

use engine::comm::hints;
use engine::datatype::data::RecvData;
use engine::error::Result;
use engine::handle::{CommId, DatatypeId, RequestId};
use engine::objects::Objects;
use engine::protocol::direct::{Look, Outcome, Wanted};
use engine::request::Request;
use engine::status::Status;

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

    /// Where the message goes.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules until the receive completes.
    #[inline(always)]
    unsafe fn room(&self, objects: &Objects) -> Result<RecvData> {
        let datatype = call::of_message(objects, self.datatype, self.count)?;
        // SAFETY: the caller's promise.
        unsafe { call::recv_data(self.buffer, self.count, datatype) }
    }

    /// What is wanted; `None` from `MPI_PROC_NULL`.
    #[inline(always)]
    fn wanted(&self, objects: &Objects) -> Result<Option<Wanted>> {
        let comm = objects.comm(self.comm)?;
        let core = &comm.core;
        let tag = call::receive_tag(self.tag)?;
        if !call::source(core, self.source)? {
            return Ok(None);
        }
        hints::check_wildcards(&comm.info, self.source, tag)?;
        Ok(Some(Wanted { context: core.point_to_point(), source: self.source, tag }))
    }

    /// # Errors
    /// Those of the arguments.
    ///
    /// # Safety
    /// As [`Self::start`].
    pub(super) unsafe fn check_all(&self) -> Result<()> {
        let mut state = process().lock();
        let (objects, _) = state.parts()?;
        self.wanted(objects)?;
        // SAFETY: the caller's promise.
        unsafe { self.room(objects).map(drop) }
    }

    /// Starts a receive.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules until the receive completes.
    pub(super) unsafe fn start(self) -> Result<RequestId> {
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let wanted = self.wanted(objects)?;
        // SAFETY: the caller's promise.
        let room = unsafe { self.room(objects)? };
        Ok(match wanted {
            Some(Wanted { context, source, tag }) => {
                endpoint.start_receive(self.comm, context, source, tag, room)
            }
            None => endpoint.core.requests.insert(Request::complete(self.comm, Status::PROC_NULL)),
        })
    }

    /// Receives, waiting for the message.
    ///
    /// # Safety
    /// The buffer keeps MPI's rules.
    #[inline]
    pub(super) unsafe fn receive(self) -> Result<Outcome> {
        let mut state = process().lock();
        let (objects, _) = state.parts()?;
        let wanted = self.wanted(objects)?;
        // SAFETY: the caller's promise.
        let room = unsafe { self.room(objects)? };
        let Some(wanted) = wanted else { return Ok((Status::PROC_NULL, None)) };
        let look = state.receive_now(wanted, &room)?;
        drop(state);
        match look {
            Look::Received(outcome) => Ok(outcome),
            look => process().receive_after(look, self.comm, wanted, room),
        }
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
    let received = unsafe { arguments.receive() };
    let outcome = received.and_then(|(value, error)| {
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
