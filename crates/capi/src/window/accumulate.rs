//! Accumulates, fetch-and-op, compare-and-swap.

use core::ffi::{c_int, c_void};

use engine::datatype::data::{RecvData, SendData};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::op::Op;
use engine::rma::access::{Allowed, Place};
use engine::rma::accumulate::check_compare_and_swap;
use memory::kernels::Operator;

use super::access::{Origin, Remote, remote_place};
use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::with_objects;

/// An accumulate whose arguments are checked.
pub(super) struct Accumulate {
    place: Place,
    op: Op,
    /// None for `MPI_NO_OP`, which ignores it.
    origin: Option<SendData>,
    /// None for `MPI_Accumulate`.
    result: Option<RecvData>,
}

impl Accumulate {
    pub(super) fn run(&self) -> Result<()> {
        self.place.accumulate(&self.op, self.origin.as_ref(), self.result.as_ref())
    }
}

/// The checked arguments; `None` for `MPI_PROC_NULL`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub(super) unsafe fn arguments<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    result: Option<Origin<*mut c_void, A::Datatype>>,
    op: A::Op,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<Option<Accumulate>> {
    with_objects(|objects| {
        let op = objects.op(op.decode())?.clone();
        let changes_nothing = op.operator()? == Operator::NoOp;
        if changes_nothing && result.is_none() {
            fail!(
                ErrorClass::Op,
                "MPI_NO_OP would change nothing; it is for the functions that return what was there"
            );
        }
        if remote.count != 0 {
            op.check_accumulate(call::committed(objects, remote.datatype.decode())?)?;
        }
        let origin = if changes_nothing {
            None
        } else {
            let datatype = call::committed(objects, origin.datatype.decode())?;
            // SAFETY: the caller's promise.
            Some(unsafe { call::send_data(origin.buffer, origin.count, datatype)? })
        };
        let result = match result {
            Some(result) => {
                let datatype = call::committed(objects, result.datatype.decode())?;
                // SAFETY: the caller's promise.
                Some(unsafe { call::recv_data(result.buffer, result.count, datatype)? })
            }
            None => None,
        };
        let place = remote_place::<A>(objects, remote, allowed)?;
        Ok(place.map(|place| Accumulate { place, op, origin, result }))
    })
}

fn run(arguments: Option<Accumulate>) -> Result<()> {
    arguments.map_or(Ok(()), |accumulate| accumulate.run())
}

/// `MPI_Accumulate`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
pub unsafe fn accumulate<A: Abi>(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    op: A::Op,
    win: A::Win,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    let outcome = unsafe { arguments::<A>(origin, None, op, remote, Allowed::Always) }.and_then(run);
    finish_win::<A>("MPI_Accumulate", win.decode(), outcome)
}

/// `MPI_Get_accumulate`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn get_accumulate<A: Abi>(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    result_addr: *mut c_void,
    result_count: i64,
    result_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    op: A::Op,
    win: A::Win,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let result = Origin { buffer: result_addr, count: result_count, datatype: result_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    let outcome = unsafe { arguments::<A>(origin, Some(result), op, remote, Allowed::Always) }.and_then(run);
    finish_win::<A>("MPI_Get_accumulate", win.decode(), outcome)
}

/// `MPI_Fetch_and_op`.
///
/// # Safety
/// As the MPI standard asks of the buffers: one element each.
pub unsafe fn fetch_and_op<A: Abi>(
    origin_addr: *const c_void,
    result_addr: *mut c_void,
    datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    op: A::Op,
    win: A::Win,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: 1, datatype };
    let result = Origin { buffer: result_addr, count: 1, datatype };
    let remote = Remote { rank: target_rank, disp: target_disp, count: 1, datatype, win };
    let outcome = check_predefined::<A>(datatype)
        // SAFETY: the caller's promise.
        .and_then(|()| unsafe { arguments::<A>(origin, Some(result), op, remote, Allowed::Always) })
        .and_then(|arguments| match arguments {
            Some(Accumulate { place, op, origin, result: Some(result) }) => {
                place.fetch_and_op(&op, origin.as_ref(), &result)
            }
            _ => Ok(()),
        });
    finish_win::<A>("MPI_Fetch_and_op", win.decode(), outcome)
}

fn check_predefined<A: Abi>(datatype: A::Datatype) -> Result<()> {
    with_objects(|objects| {
        let datatype = call::committed(objects, datatype.decode())?;
        if datatype.as_basic().is_none() {
            fail!(
                ErrorClass::Type,
                "MPI_Fetch_and_op takes one element of a predefined datatype, not a {datatype:?}; \
                 MPI_Get_accumulate takes others"
            );
        }
        Ok(())
    })
}

/// `MPI_Compare_and_swap`.
///
/// # Safety
/// As the MPI standard asks of the buffers: one element each.
pub unsafe fn compare_and_swap<A: Abi>(
    origin_addr: *const c_void,
    compare_addr: *const c_void,
    result_addr: *mut c_void,
    datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    win: A::Win,
) -> c_int {
    let remote = Remote { rank: target_rank, disp: target_disp, count: 1, datatype, win };
    let arguments = with_objects(|objects| {
        let element = call::committed(objects, datatype.decode())?;
        check_compare_and_swap(element)?;
        // SAFETY: the caller's promise.
        let (origin, compare, result) = unsafe {
            (
                call::send_data(origin_addr, 1, element)?,
                call::send_data(compare_addr, 1, element)?,
                call::recv_data(result_addr, 1, element)?,
            )
        };
        let place = remote_place::<A>(objects, remote, Allowed::Always)?;
        Ok(place.map(|place| (place, origin, compare, result)))
    });
    let outcome = arguments.and_then(|arguments| match arguments {
        Some((place, origin, compare, result)) => place.compare_and_swap(&origin, &compare, &result),
        None => Ok(()),
    });
    finish_win::<A>("MPI_Compare_and_swap", win.decode(), outcome)
}
