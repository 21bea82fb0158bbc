//! Partitioned communication (MPI-5.0 chapter 4).

use core::ffi::{c_int, c_void};

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::{CommId, RequestId};
use engine::partitioned::receive::RecvPartitions;
use engine::partitioned::send::SendPartitions;
use engine::protocol::packet::Envelope;
use engine::status::{ANY_SOURCE, ANY_TAG};

use super::completion::attempt;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::info;
use crate::runtime::process;

/// Partitions, elements of each, elements of all.
fn partitions(partitions: c_int, count: i64) -> Result<(usize, usize, i64)> {
    let Ok(number) = usize::try_from(partitions) else {
        fail!(ErrorClass::Arg, "the number of partitions is {partitions}; it must not be negative");
    };
    let each = call::count(count)?;
    match count.checked_mul(partitions.into()) {
        Some(all) => Ok((number, each, all)),
        None => {
            fail!(ErrorClass::Count, "{partitions} partitions of {count} elements are more than memory holds")
        }
    }
}

/// `MPI_Psend_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn psend_init<A: Abi>(
    buf: *const c_void,
    partitions: c_int,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    let id = comm.decode();
    let outcome = call::out(request, "request").and_then(|()| {
        info::check_optional::<A>(info)?;
        let (partitions, count, all) = self::partitions(partitions, count)?;
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let core = &objects.comm(id)?.core;
        let datatype = call::committed(objects, datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(buf, all, datatype)? };
        let tag = call::send_tag(A::tag_in(tag))?;
        let peer = call::destination(core, A::rank_in(dest))?;
        let envelope = Envelope::new(core.point_to_point(), core.rank() as i32, tag);
        let data = SendPartitions { data, count, partitions };
        let made = endpoint.prepare_partitioned_send(id, peer, core.partitioned(), envelope, data)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(made) };
        Ok(())
    });
    finish_comm::<A>("MPI_Psend_init", id, outcome)
}

/// `MPI_Precv_init`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn precv_init<A: Abi>(
    buf: *mut c_void,
    partitions: c_int,
    count: i64,
    datatype: A::Datatype,
    dest: c_int,
    tag: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    let id = comm.decode();
    let outcome = call::out(request, "request").and_then(|()| {
        info::check_optional::<A>(info)?;
        let (partitions, _, all) = self::partitions(partitions, count)?;
        let (source, tag) = (A::rank_in(dest), A::tag_in(tag));
        let mut state = process().lock();
        let (objects, endpoint) = state.parts()?;
        let core = &objects.comm(id)?.core;
        let datatype = call::committed(objects, datatype.decode())?;
        // SAFETY: the caller's promise.
        let room = unsafe { call::recv_data(buf, all, datatype)? };
        if source == ANY_SOURCE {
            fail!(
                ErrorClass::Rank,
                "a partitioned receive must name its source; MPI_ANY_SOURCE is not allowed"
            );
        }
        if tag == ANY_TAG {
            fail!(ErrorClass::Tag, "a partitioned receive must name its tag; MPI_ANY_TAG is not allowed");
        }
        let tag = call::receive_tag(tag)?;
        let from = call::source(core, source)?.then_some((source, tag));
        let contexts = core.partitioned();
        let made =
            endpoint.prepare_partitioned_receive(id, from, contexts, RecvPartitions { room, partitions });
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(made) };
        Ok(())
    });
    finish_comm::<A>("MPI_Precv_init", id, outcome)
}

/// The communicator of a request, for errors.
fn comm_of(request: RequestId) -> CommId {
    let mut state = process().lock();
    let found = state.endpoint().ok().and_then(|endpoint| endpoint.core.requests.get(request));
    found.map_or(engine::comm::WORLD, |found| found.comm)
}

/// Lets partitions of a send leave.
fn ready<A: Abi>(
    function: &'static str,
    request: A::Request,
    partitions: Result<impl IntoIterator<Item = c_int>>,
) -> c_int {
    let id = request.decode();
    let outcome = partitions.and_then(|partitions| process().ready(id, partitions));
    match outcome {
        Ok(()) => call::SUCCESS,
        Err(error) => finish_comm::<A>(function, comm_of(id), Err(error)),
    }
}

/// `MPI_Pready`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn pready<A: Abi>(partition: c_int, request: A::Request) -> c_int {
    ready::<A>("MPI_Pready", request, Ok([partition]))
}

/// `MPI_Pready_range`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn pready_range<A: Abi>(
    partition_low: c_int,
    partition_high: c_int,
    request: A::Request,
) -> c_int {
    let check = || {
        if partition_low > partition_high {
            fail!(
                ErrorClass::Arg,
                "the range {partition_low} to {partition_high} is empty: the first partition must not be behind \
                 the last"
            );
        }
        Ok(partition_low..=partition_high)
    };
    ready::<A>("MPI_Pready_range", request, check())
}

/// `MPI_Pready_list`.
///
/// # Safety
/// `array_of_partitions` has `length` elements.
pub unsafe fn pready_list<A: Abi>(
    length: c_int,
    array_of_partitions: *const c_int,
    request: A::Request,
) -> c_int {
    let list = call::count(length.into()).and_then(|length| {
        if length != 0 {
            call::out(array_of_partitions.cast_mut(), "array_of_partitions")?;
        }
        // SAFETY: the caller's promise.
        Ok((0..length).map(move |index| unsafe { *array_of_partitions.add(index) }))
    });
    ready::<A>("MPI_Pready_list", request, list)
}

/// `MPI_Parrived`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn parrived<A: Abi>(request: A::Request, partition: c_int, flag: *mut c_int) -> c_int {
    let id = request.decode();
    let looked = call::out(flag, "flag")
        .and_then(|()| attempt(|endpoint| Ok(endpoint.arrived(id, partition)?.then_some(()))));
    match looked {
        Ok(found) => {
            // SAFETY: the caller's promise; not null.
            unsafe { *flag = found.is_some().into() };
            call::SUCCESS
        }
        Err(error) => finish_comm::<A>("MPI_Parrived", comm_of(id), Err(error)),
    }
}
