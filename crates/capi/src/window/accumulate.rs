//! Accumulates, fetch-and-op, compare-and-swap.

use core::ffi::{c_int, c_void};

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::rma::access::Allowed;
use engine::rma::accumulate::check_compare_and_swap;
use memory::kernels::Operator;

use super::access::{Origin, Remote, access_remote};
use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::with_objects;

/// An accumulate, with a result for those that return what was there.
///
/// # Safety
/// As the MPI standard asks of the buffers.
#[inline]
pub(super) unsafe fn accumulate_with<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    result: Option<Origin<*mut c_void, A::Datatype>>,
    op: A::Op,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    let far = with_objects(|objects| {
        let op = objects.op(op.decode())?;
        let operator = op.operator()?;
        if operator == Operator::NoOp && result.is_none() {
            fail!(
                ErrorClass::Op,
                "MPI_NO_OP would change nothing; it is for the functions that return what was there"
            );
        }
        let target = call::committed(objects, remote.datatype.decode())?;
        if remote.count != 0 {
            op.check_accumulate(target)?;
        }
        let origin = match operator {
            // What it names is ignored.
            Operator::NoOp => None,
            _ => {
                let datatype = call::committed(objects, origin.datatype.decode())?;
                // SAFETY: the caller's promise.
                Some(unsafe { call::send_data(origin.buffer, origin.count, datatype)? })
            }
        };
        let result = match result {
            Some(result) => {
                let datatype = call::committed(objects, result.datatype.decode())?;
                // SAFETY: the caller's promise.
                Some(unsafe { call::recv_data(result.buffer, result.count, datatype)? })
            }
            None => None,
        };
        let place = access_remote::<A>(objects, &remote, allowed, |near| match target.as_basic() {
            Some(entry) => near.update(entry.element, operator, origin.as_ref(), result.as_ref()),
            None => false,
        })?;
        Ok::<_, Error>(place.map(|place| (place, op.clone(), origin, result)))
    })?;
    match far {
        Some((place, op, origin, result)) => place.accumulate(&op, origin.as_ref(), result.as_ref()),
        None => Ok(()),
    }
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
    let outcome = unsafe { accumulate_with::<A>(origin, None, op, remote, Allowed::Always) };
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
    let outcome = unsafe { accumulate_with::<A>(origin, Some(result), op, remote, Allowed::Always) };
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
        .and_then(|()| unsafe { accumulate_with::<A>(origin, Some(result), op, remote, Allowed::Always) });
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
    let far = with_objects(|objects| {
        let element = call::committed(objects, datatype.decode())?;
        let entry = check_compare_and_swap(element)?;
        // SAFETY: the caller's promise.
        let (origin, compare, result) = unsafe {
            (
                call::send_data(origin_addr, 1, element)?,
                call::send_data(compare_addr, 1, element)?,
                call::recv_data(result_addr, 1, element)?,
            )
        };
        let place = access_remote::<A>(objects, &remote, Allowed::Always, |near| {
            near.compare_and_swap(entry.element, &origin, &compare, &result)
        })?;
        Ok(place.map(|place| (place, origin, compare, result)))
    });
    let outcome = far.and_then(|far| match far {
        Some((place, origin, compare, result)) => place.compare_and_swap(&origin, &compare, &result),
        None => Ok(()),
    });
    finish_win::<A>("MPI_Compare_and_swap", win.decode(), outcome)
}
