//! Accumulates, fetch-and-op, compare-and-swap.

use core::ffi::{c_int, c_void};

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::op::for_accumulate;
use engine::rma::access::Allowed;
use engine::rma::accumulate::{check_swappable, is_swappable};
use memory::kernels::Operator;

use super::access::{Origin, Remote};
use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::{process, with_objects};

/// An accumulate, with a result for those that return what was there.
///
/// # Safety
/// As the MPI standard asks of the buffers.
#[inline(always)]
pub(super) unsafe fn accumulate_with<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    result: Option<Origin<*mut c_void, A::Datatype>>,
    op: A::Op,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        match accumulate_near(&origin, result.as_ref(), op, &remote, allowed) {
            Some(()) => Ok(()),
            None => {
                let result = result.map(|result| Origin { ..result });
                accumulate_far(Origin { ..origin }, result, op, Remote { ..remote }, allowed)
            }
        }
    }
}

/// An accumulate of few elements of a predefined datatype, if it can be done at
/// once.
///
/// # Safety
/// As [`accumulate_with`].
#[inline(always)]
unsafe fn accumulate_near<A: Abi>(
    origin: &Origin<*const c_void, A::Datatype>,
    result: Option<&Origin<*mut c_void, A::Datatype>>,
    op: A::Op,
    remote: &Remote<A>,
    allowed: Allowed,
) -> Option<()> {
    let state = process().lock();
    let objects = &state.objects;
    let (near, entry) = remote.near_basic(objects, allowed)?;
    let operator = for_accumulate(op.decode().raw(), entry)?;
    let origin = match operator {
        // What it names is ignored.
        Operator::NoOp => None,
        // SAFETY: the caller's promise.
        _ => Some(unsafe { origin.near(objects, remote, &near)? }),
    };
    let before = match result {
        // SAFETY: the caller's promise.
        Some(result) => Some(unsafe { result.near(objects, remote, &near)? }),
        None if operator == Operator::NoOp => return None,
        None => None,
    };
    near.update(entry.element, operator, origin, before).then_some(())
}

/// # Safety
/// As [`accumulate_with`].
#[inline(never)]
unsafe fn accumulate_far<A: Abi>(
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
        let place = remote.find(objects, allowed)?;
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
    finish_win::<A>("MPI_Accumulate", win, outcome)
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
    finish_win::<A>("MPI_Get_accumulate", win, outcome)
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
    let remote = Remote::<A> { rank: target_rank, disp: target_disp, count: 1, datatype, win };
    // SAFETY: the caller's promise.
    let outcome = unsafe {
        match accumulate_near(&origin, Some(&result), op, &remote, Allowed::Always) {
            Some(()) => Ok(()),
            None => check_predefined::<A>(datatype).and_then(|()| {
                let result = Some(Origin { ..result });
                accumulate_far(Origin { ..origin }, result, op, Remote { ..remote }, Allowed::Always)
            }),
        }
    };
    finish_win::<A>("MPI_Fetch_and_op", win, outcome)
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
    let origin = Origin { buffer: origin_addr, count: 1, datatype };
    let compare = Origin { buffer: compare_addr, count: 1, datatype };
    let result = Origin { buffer: result_addr, count: 1, datatype };
    let remote = Remote::<A> { rank: target_rank, disp: target_disp, count: 1, datatype, win };
    // SAFETY: the caller's promise.
    let outcome = unsafe {
        match swap_near(&origin, &compare, &result, &remote) {
            Some(()) => Ok(()),
            None => {
                let (origin, compare) = (Origin { ..origin }, Origin { ..compare });
                swap_far(origin, compare, Origin { ..result }, Remote { ..remote })
            }
        }
    };
    finish_win::<A>("MPI_Compare_and_swap", win, outcome)
}

/// # Safety
/// As [`compare_and_swap`].
#[inline(always)]
unsafe fn swap_near<A: Abi>(
    origin: &Origin<*const c_void, A::Datatype>,
    compare: &Origin<*const c_void, A::Datatype>,
    result: &Origin<*mut c_void, A::Datatype>,
    remote: &Remote<A>,
) -> Option<()> {
    let state = process().lock();
    let objects = &state.objects;
    let (near, entry) = remote.near_basic(objects, Allowed::Always)?;
    if !is_swappable(entry) {
        return None;
    }
    // SAFETY: the caller's promise.
    let (origin, compare, result) = unsafe {
        (
            origin.near(objects, remote, &near)?,
            compare.near(objects, remote, &near)?,
            result.near(objects, remote, &near)?,
        )
    };
    near.compare_and_swap(entry.element, origin, compare, result).then_some(())
}

/// # Safety
/// As [`compare_and_swap`].
#[inline(never)]
unsafe fn swap_far<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    compare: Origin<*const c_void, A::Datatype>,
    result: Origin<*mut c_void, A::Datatype>,
    remote: Remote<A>,
) -> Result<()> {
    let far = with_objects(|objects| {
        let element = call::committed(objects, remote.datatype.decode())?;
        check_swappable(element)?;
        // SAFETY: the caller's promise.
        let (origin, compare, result) = unsafe {
            (
                call::send_data(origin.buffer, 1, element)?,
                call::send_data(compare.buffer, 1, element)?,
                call::recv_data(result.buffer, 1, element)?,
            )
        };
        let place = remote.find(objects, Allowed::Always)?;
        Ok::<_, Error>(place.map(|place| (place, origin, compare, result)))
    })?;
    match far {
        Some((place, origin, compare, result)) => place.compare_and_swap(&origin, &compare, &result),
        None => Ok(()),
    }
}
