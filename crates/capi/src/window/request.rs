//! The forms that return a request (MPI-5.0 section 12.3.5). Accesses are
//! complete when they return, so the requests are, too.

use core::ffi::{c_int, c_void};

use engine::comm::WORLD;
use engine::error::Result;
use engine::request::Request;
use engine::rma::access::Allowed;
use engine::status::Status;

use super::access::{Origin, Remote, get_with, put_with};
use super::accumulate::accumulate_with;
use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::process;

/// Runs an access, and stores the request of it.
///
/// # Safety
/// `request` is null or may be written.
unsafe fn start<A: Abi>(
    function: &'static str,
    win: A::Win,
    request: *mut A::Request,
    access: impl FnOnce() -> Result<()>,
) -> c_int {
    let outcome = call::out(request, "request").and_then(|()| access()).and_then(|()| {
        let complete = Request::complete(WORLD, Status::EMPTY);
        let id = process().lock().endpoint()?.core.requests.insert(complete);
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(id) };
        Ok(())
    });
    finish_win::<A>(function, win, outcome)
}

/// `MPI_Rput`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn rput<A: Abi>(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    win: A::Win,
    request: *mut A::Request,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    unsafe { start::<A>("MPI_Rput", win, request, || put_with::<A>(origin, remote, Allowed::Locked)) }
}

/// `MPI_Rget`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn rget<A: Abi>(
    origin_addr: *mut c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    win: A::Win,
    request: *mut A::Request,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    unsafe { start::<A>("MPI_Rget", win, request, || get_with::<A>(origin, remote, Allowed::Locked)) }
}

/// `MPI_Raccumulate`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `request` may be written.
pub unsafe fn raccumulate<A: Abi>(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    op: A::Op,
    win: A::Win,
    request: *mut A::Request,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    unsafe {
        start::<A>("MPI_Raccumulate", win, request, || {
            accumulate_with::<A>(origin, None, op, remote, Allowed::Locked)
        })
    }
}

/// `MPI_Rget_accumulate`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `request` may be written.
pub unsafe fn rget_accumulate<A: Abi>(
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
    request: *mut A::Request,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let result = Origin { buffer: result_addr, count: result_count, datatype: result_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    unsafe {
        start::<A>("MPI_Rget_accumulate", win, request, || {
            accumulate_with::<A>(origin, Some(result), op, remote, Allowed::Locked)
        })
    }
}
