//! Looking at requests without completing them (MPI-5.0 section 3.7.6).

use core::ffi::c_int;

use engine::error::Result;
use engine::handle::RequestId;
use engine::request::Phase;
use engine::status::{Status, UNDEFINED};

use super::completion::{Port, attempt, element, fail, phase, requests};
use super::general;
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

/// Writes the status of a request that stays: a generalised one fills it in
/// itself. Returns the code of its function.
///
/// # Safety
/// `status` is to be ignored or may be written.
unsafe fn put<A: Abi>(id: RequestId, value: &Status, status: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        A::put_status(status, value);
        general::of(id).map_or(SUCCESS, |general| general.query::<A>(status))
    }
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
                let code = found.map_or(SUCCESS, |found| put::<A>(id, &found, status));
                general::finish_code::<A>("MPI_Request_get_status", code)
            }
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
        attempt(|endpoint| {
            let peek = |&id: &RequestId| Ok(peek(endpoint, id)?.map(|status| (id, status)));
            ids.iter().map(peek).collect::<Result<Option<Vec<_>>>>()
        })
    });
    match looked {
        Err(error) => fail::<A>("MPI_Request_get_status_all", error),
        Ok(found) => {
            let mut code = SUCCESS;
            // SAFETY: the caller's promise; not null.
            unsafe {
                *flag = found.is_some().into();
                for (index, (id, status)) in found.iter().flatten().enumerate() {
                    code = code.max(put::<A>(*id, status, element::<A>(array_of_statuses, index)));
                }
            }
            general::finish_code::<A>("MPI_Request_get_status_all", code)
        }
    }
}

/// Index, name and status of a request that is complete.
type Peeked = (usize, RequestId, Status);

/// Whether any request is active, and index, name and status of those that are
/// complete.
fn peek_some(endpoint: &Port, ids: &[RequestId]) -> Result<(bool, Vec<Peeked>)> {
    let mut active = false;
    let mut found = Vec::new();
    for (index, &id) in ids.iter().enumerate() {
        match phase(endpoint, id)? {
            None | Some(Phase::Inactive) => {}
            Some(Phase::Pending) => active = true,
            Some(Phase::Complete) => {
                active = true;
                if let Some(request) = endpoint.core.requests.get(id) {
                    found.push((index, id, request.status));
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
                *index = found.first().map_or(UNDEFINED, |&(which, ..)| which as c_int);
                let code = match found.first() {
                    Some((_, id, value)) => put::<A>(*id, value, status),
                    None if *flag != 0 => put::<A>(RequestId::NULL, &Status::EMPTY, status),
                    None => SUCCESS,
                };
                general::finish_code::<A>("MPI_Request_get_status_any", code)
            }
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
            let mut code = SUCCESS;
            // SAFETY: the caller's promise; not null.
            unsafe {
                *outcount = if active { found.len() as c_int } else { UNDEFINED };
                for (place, (index, id, status)) in found.iter().enumerate() {
                    *array_of_indices.add(place) = *index as c_int;
                    code = code.max(put::<A>(*id, status, element::<A>(array_of_statuses, place)));
                }
            }
            general::finish_code::<A>("MPI_Request_get_status_some", code)
        }
    }
}
