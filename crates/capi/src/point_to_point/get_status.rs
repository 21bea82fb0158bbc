//! Looking at requests without completing them (MPI-5.0 section 3.7.6).

use core::ffi::c_int;

use engine::error::Result;
use engine::handle::RequestId;
use engine::request::Phase;
use engine::status::{Status, UNDEFINED};

use super::completion::{Port, attempt, element, fail, phase, requests};
use crate::abi::{Abi, CHandle};
use crate::call::{self, SUCCESS};
use crate::runtime::process;

/// The status of a request that is complete, without completing it.
fn peek(endpoint: &Port, id: RequestId) -> Result<Option<Status>> {
    Ok(match phase(endpoint, id)? {
        None | Some(Phase::Inactive) => Some(Status::EMPTY),
        Some(Phase::Pending) => None,
        Some(Phase::Complete) => endpoint.core.requests.get(id).map(|request| request.status),
    })
}

/// `MPI_Request_get_status`.
///
/// # Safety
/// `flag` may be written; `status` is to be ignored or may be written.
pub unsafe fn request_get_status<A: Abi>(
    request: A::Request,
    flag: *mut c_int,
    status: *mut A::Status,
) -> c_int {
    let id = request.decode();
    let looked = call::out(flag, "flag").and_then(|()| attempt(|endpoint| peek(endpoint, id)));
    match looked {
        Err(error) => fail::<A>("MPI_Request_get_status", error),
        Ok(found) => {
            // SAFETY: the caller's promise; not null.
            unsafe {
                *flag = found.is_some().into();
                if let Some(found) = found {
                    A::put_status(status, &found);
                }
            }
            SUCCESS
        }
    }
}

/// `MPI_Request_get_status_all`.
///
/// # Safety
/// `array_of_requests` has `count` elements that may be read, `flag` may be
/// written; `array_of_statuses` is to be ignored or has as many elements.
pub unsafe fn request_get_status_all<A: Abi>(
    count: c_int,
    array_of_requests: *const A::Request,
    flag: *mut c_int,
    array_of_statuses: *mut A::Status,
) -> c_int {
    let looked = call::out(flag, "flag").and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(count, array_of_requests)? };
        attempt(|endpoint| ids.iter().map(|&id| peek(endpoint, id)).collect::<Result<Option<Vec<_>>>>())
    });
    match looked {
        Err(error) => fail::<A>("MPI_Request_get_status_all", error),
        Ok(found) => {
            // SAFETY: the caller's promise; not null.
            unsafe {
                *flag = found.is_some().into();
                for (index, status) in found.iter().flatten().enumerate() {
                    A::put_status(element::<A>(array_of_statuses, index), status);
                }
            }
            SUCCESS
        }
    }
}

/// Index and status of the active requests that are complete; `None` while
/// none is although some are active.
fn peek_some(endpoint: &Port, ids: &[RequestId]) -> Result<(bool, Vec<(usize, Status)>)> {
    let mut active = false;
    let mut found = Vec::new();
    for (index, &id) in ids.iter().enumerate() {
        match phase(endpoint, id)? {
            None | Some(Phase::Inactive) => {}
            Some(Phase::Pending) => active = true,
            Some(Phase::Complete) => {
                active = true;
                if let Some(request) = endpoint.core.requests.get(id) {
                    found.push((index, request.status));
                }
            }
        }
    }
    Ok((active, found))
}

/// `MPI_Request_get_status_any`.
///
/// # Safety
/// `array_of_requests` has `count` elements that may be read; `index` and
/// `flag` may be written; `status` is to be ignored or may be written.
pub unsafe fn request_get_status_any<A: Abi>(
    count: c_int,
    array_of_requests: *const A::Request,
    index: *mut c_int,
    flag: *mut c_int,
    status: *mut A::Status,
) -> c_int {
    let looked = call::out(index, "index").and_then(|()| call::out(flag, "flag")).and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(count, array_of_requests)? };
        process().progress()?;
        peek_some(process().lock().endpoint()?, &ids)
    });
    match looked {
        Err(error) => fail::<A>("MPI_Request_get_status_any", error),
        Ok((active, found)) => {
            // SAFETY: the caller's promise; neither is null.
            unsafe {
                *flag = (!active || !found.is_empty()).into();
                *index = found.first().map_or(UNDEFINED, |&(which, _)| which as c_int);
                if *flag != 0 {
                    A::put_status(status, &found.first().map_or(Status::EMPTY, |&(_, status)| status));
                }
            }
            SUCCESS
        }
    }
}

/// `MPI_Request_get_status_some`.
///
/// # Safety
/// `array_of_requests` has `incount` elements that may be read,
/// `array_of_indices` as many that may be written, `outcount` may be written;
/// `array_of_statuses` is to be ignored or has `incount` elements.
pub unsafe fn request_get_status_some<A: Abi>(
    incount: c_int,
    array_of_requests: *const A::Request,
    outcount: *mut c_int,
    array_of_indices: *mut c_int,
    array_of_statuses: *mut A::Status,
) -> c_int {
    let looked = call::out(outcount, "outcount").and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(incount, array_of_requests)? };
        process().progress()?;
        peek_some(process().lock().endpoint()?, &ids)
    });
    match looked {
        Err(error) => fail::<A>("MPI_Request_get_status_some", error),
        Ok((active, found)) => {
            // SAFETY: the caller's promise; not null.
            unsafe {
                *outcount = if active { found.len() as c_int } else { UNDEFINED };
                for (place, (index, status)) in found.iter().enumerate() {
                    *array_of_indices.add(place) = *index as c_int;
                    A::put_status(element::<A>(array_of_statuses, place), status);
                }
            }
            SUCCESS
        }
    }
}
