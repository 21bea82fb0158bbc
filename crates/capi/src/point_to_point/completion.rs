//! Waiting, testing, freeing and cancelling requests (MPI-5.0 sections 3.7.3
//! to 3.8.4).
//!
//! # Invariants
//! - Null and inactive requests complete at once with the empty status and are
//!   no candidates of the `any` and `some` forms.
//! - The handle of a completed request becomes null unless it is persistent.
//! - Errors of several requests come as `MPI_ERR_IN_STATUS`, with each
//!   request's code in its status.

use core::ffi::c_int;

use engine::error::{Error, ErrorClass, Result};
use engine::handle::{CommId, RequestId};
use engine::process::silence::Needs;
use engine::protocol::Endpoint;
use engine::request::Phase;
use engine::status::{Status, UNDEFINED};
use transport::shm::ShmTransport;

use super::general::{self, General, finish_code};
use crate::abi::{Abi, CHandle, CStatus};
use crate::call::{self, SUCCESS, finish_comm};
use crate::errors::{Object, describe, raise, register};
use crate::runtime::process;
use crate::tool::event;

pub(super) type Port = Endpoint<ShmTransport>;

/// A request that has completed.
struct Completed {
    status: Status,
    error: Option<Error>,
    comm: CommId,
    /// What becomes of the handle: null, unless the request is persistent.
    left: RequestId,
    /// Of a generalised request.
    general: Option<Box<General>>,
}

#[cold]
fn no_request() -> Error {
    Error::new(
        ErrorClass::Request,
        "a request names nothing: it was completed or freed before, or never made (MPI_Wait sets the handle \
         that it is given to MPI_REQUEST_NULL; a copy of it stays behind)",
    )
}

/// The phase of a request; `None` for the null request.
pub(super) fn phase(endpoint: &Port, request: RequestId) -> Result<Option<Phase>> {
    if request.is_null() {
        return Ok(None);
    }
    endpoint.core.requests.get(request).map(|found| Some(found.phase)).ok_or_else(no_request)
}

/// Takes the outcome of a request that is complete.
#[inline(always)]
fn take(endpoint: &mut Port, request: RequestId) -> Option<Completed> {
    let found = endpoint.core.requests.get(request)?;
    let left = if found.persistent.is_some() { request } else { RequestId::NULL };
    let comm = found.comm;
    let (status, error) = endpoint.take_outcome(request)?;
    Some(Completed { status, error, comm, left, general: general::take(request).map(Box::new) })
}

/// The requests of a C array.
///
/// # Safety
/// The array has `count` elements that may be read.
pub(super) unsafe fn requests<A: Abi>(count: c_int, array: *const A::Request) -> Result<Vec<RequestId>> {
    let count = call::count(count.into())?;
    if count != 0 {
        call::out(array.cast_mut(), "array of requests")?;
    }
    // SAFETY: the caller's promise.
    Ok((0..count).map(|index| unsafe { (*array.add(index)).decode() }).collect())
}

/// Stores what became of one request of a single-request call.
///
/// # Safety
/// `request` may be written; `status` is to be ignored or may be written.
unsafe fn store_one<A: Abi>(
    function: &'static str,
    completed: Completed,
    request: *mut A::Request,
    status: *mut A::Status,
) -> c_int {
    event::deliver::<A>();
    // SAFETY: the caller's promise.
    unsafe {
        *request = A::Request::encode(completed.left);
        A::put_status(status, &completed.status);
    }
    if let Some(general) = completed.general {
        // SAFETY: the caller's promise.
        return finish_code::<A>(function, unsafe { general.end::<A>(status) });
    }
    match completed.error {
        None => SUCCESS,
        Some(error) => raise::<A>(function, Object::Comm(completed.comm), error),
    }
}

/// Element `index` of an array of statuses, or none when they are ignored.
///
/// # Safety
/// `array` is to be ignored or has more than `index` elements.
pub(super) unsafe fn element<A: Abi>(array: *mut A::Status, index: usize) -> *mut A::Status {
    if array == A::STATUS_IGNORE {
        return array;
    }
    // SAFETY: the caller's promise.
    unsafe { array.add(index) }
}

/// Stores the outcomes of several requests: the index of each, and what came of
/// it. Statuses follow one another as the outcomes do.
///
/// # Safety
/// `requests` may be written at the indices, `statuses` is to be ignored or may be
/// written from 0 on.
unsafe fn store_many<A: Abi>(
    function: &'static str,
    outcomes: Vec<(usize, Completed)>,
    requests: *mut A::Request,
    statuses: *mut A::Status,
) -> c_int {
    event::deliver::<A>();
    let mut failed: Option<CommId> = None;
    let mut first: Option<String> = None;
    let mut failures = Vec::new();
    let all = 0..outcomes.len();
    for (status, (request, completed)) in outcomes.into_iter().enumerate() {
        // SAFETY: the caller's promise.
        unsafe {
            *requests.add(request) = A::Request::encode(completed.left);
            A::put_status(element::<A>(statuses, status), &completed.status);
        }
        // SAFETY: the caller's promise.
        let ended = completed.general.map(|it| unsafe { it.end::<A>(element::<A>(statuses, status)) });
        let code = match completed.error {
            None => match ended.unwrap_or(SUCCESS) {
                SUCCESS => continue,
                code => {
                    failed.get_or_insert(completed.comm);
                    first.get_or_insert_with(|| describe::<A>(code).unwrap_or_default());
                    code
                }
            },
            Some(error) => {
                failed.get_or_insert(completed.comm);
                first.get_or_insert_with(|| error.to_string());
                register::<A>(function, error)
            }
        };
        failures.push((status, code));
    }
    let Some(comm) = failed else { return SUCCESS };
    if statuses != A::STATUS_IGNORE {
        for (status, code) in all.map(|status| (status, SUCCESS)).chain(failures) {
            // SAFETY: the caller's promise.
            unsafe { (*statuses.add(status)).set_error(code) };
        }
    }
    let message =
        format!("a request failed; each status has its own code. The first: {}", first.unwrap_or_default());
    raise::<A>(function, Object::Comm(comm), Error::new(ErrorClass::InStatus, message))
}

pub(super) fn fail<A: Abi>(function: &'static str, error: Error) -> c_int {
    finish_comm::<A>(function, engine::comm::WORLD, Err(error))
}

/// `MPI_Wait`.
///
/// # Safety
/// `request` may be read and written; `status` is to be ignored or may be written.
pub unsafe fn wait<A: Abi>(request: *mut A::Request, status: *mut A::Status) -> c_int {
    let waited = call::out(request, "request").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*request).decode() };
        if id.is_null() {
            return Ok(None);
        }
        phase(process().lock().endpoint()?, id)?;
        process().wait_needing(Needs::All(&[id]), |endpoint| take(endpoint, id)).map(Some)
    });
    match waited {
        Err(error) => fail::<A>("MPI_Wait", error),
        Ok(None) => {
            // SAFETY: the caller's promise.
            unsafe { A::put_status(status, &Status::EMPTY) };
            SUCCESS
        }
        // SAFETY: the caller's promise.
        Ok(Some(completed)) => unsafe { store_one::<A>("MPI_Wait", completed, request, status) },
    }
}

/// `MPI_Test`.
///
/// # Safety
/// `request` may be read and written, `flag` written; `status` is to be
/// ignored or may be written.
pub unsafe fn test<A: Abi>(request: *mut A::Request, flag: *mut c_int, status: *mut A::Status) -> c_int {
    event::deliver::<A>();
    let tested = call::out(request, "request").and_then(|()| call::out(flag, "flag")).and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*request).decode() };
        if id.is_null() {
            return Ok((None, true));
        }
        phase(process().lock().endpoint()?, id)?;
        let mut completed = take(process().lock().endpoint()?, id);
        if completed.is_none() {
            process().progress()?;
            completed = take(process().lock().endpoint()?, id);
        }
        let done = completed.is_some();
        Ok((completed, done))
    });
    match tested {
        Err(error) => fail::<A>("MPI_Test", error),
        Ok((completed, done)) => {
            // SAFETY: the caller's promise; `flag` is not null.
            unsafe {
                *flag = done.into();
                match completed {
                    Some(completed) => return store_one::<A>("MPI_Test", completed, request, status),
                    None if done => A::put_status(status, &Status::EMPTY),
                    None => {}
                }
            }
            SUCCESS
        }
    }
}

/// Whether every request is complete, inactive or null, from `next` on, which
/// moves past those that are.
fn all_done(endpoint: &Port, ids: &[RequestId], next: &mut usize) -> Result<bool> {
    while *next < ids.len() {
        if phase(endpoint, ids[*next])? == Some(Phase::Pending) {
            return Ok(false);
        }
        *next += 1;
    }
    Ok(true)
}

fn take_all(endpoint: &mut Port, ids: &[RequestId]) -> Vec<(usize, Completed)> {
    let empty = || Completed {
        status: Status::EMPTY,
        error: None,
        comm: CommId::NULL,
        left: RequestId::NULL,
        general: None,
    };
    ids.iter().enumerate().map(|(index, &id)| (index, take(endpoint, id).unwrap_or_else(empty))).collect()
}

/// `MPI_Waitall`.
///
/// # Safety
/// `array_of_requests` has `count` elements that may be read and written;
/// `array_of_statuses` is to be ignored or has as many that may be written.
pub unsafe fn waitall<A: Abi>(
    count: c_int,
    array_of_requests: *mut A::Request,
    array_of_statuses: *mut A::Status,
) -> c_int {
    // SAFETY: the caller's promise.
    let waited = unsafe { requests::<A>(count, array_of_requests) }.and_then(|ids| {
        let mut next = 0;
        process().wait_needing(Needs::All(&ids), |endpoint| match all_done(endpoint, &ids, &mut next) {
            Ok(false) => None,
            Ok(true) => Some(Ok(take_all(endpoint, &ids))),
            Err(error) => Some(Err(error)),
        })?
    });
    match waited {
        Err(error) => fail::<A>("MPI_Waitall", error),
        // SAFETY: the caller's promise.
        Ok(outcomes) => unsafe {
            store_many::<A>("MPI_Waitall", outcomes, array_of_requests, array_of_statuses)
        },
    }
}

/// Tries, polls, and tries again.
pub(super) fn attempt<R>(mut look: impl FnMut(&mut Port) -> Result<Option<R>>) -> Result<Option<R>> {
    if let Some(found) = look(process().lock().endpoint()?)? {
        return Ok(Some(found));
    }
    process().progress()?;
    look(process().lock().endpoint()?)
}

/// Polls, tries, and waits. What has arrived already counts as complete.
fn wait_for_arrived<R>(needs: Needs<'_>, look: impl FnMut(&mut Port) -> Result<Option<R>>) -> Result<R> {
    process().progress()?;
    wait_for(needs, look)
}

/// Waits until `look` finds something or fails.
fn wait_for<R>(needs: Needs<'_>, mut look: impl FnMut(&mut Port) -> Result<Option<R>>) -> Result<R> {
    process().wait_needing(needs, |endpoint| look(endpoint).transpose())?
}

/// `MPI_Testall`.
///
/// # Safety
/// As [`waitall`]; `flag` may be written.
pub unsafe fn testall<A: Abi>(
    count: c_int,
    array_of_requests: *mut A::Request,
    flag: *mut c_int,
    array_of_statuses: *mut A::Status,
) -> c_int {
    event::deliver::<A>();
    let tested = call::out(flag, "flag").and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(count, array_of_requests)? };
        attempt(|endpoint| {
            Ok(if all_done(endpoint, &ids, &mut 0)? { Some(take_all(endpoint, &ids)) } else { None })
        })
    });
    match tested {
        Err(error) => fail::<A>("MPI_Testall", error),
        Ok(found) => {
            // SAFETY: the caller's promise; not null.
            unsafe { *flag = found.is_some().into() };
            match found {
                None => SUCCESS,
                // SAFETY: the caller's promise.
                Some(outcomes) => unsafe {
                    store_many::<A>("MPI_Testall", outcomes, array_of_requests, array_of_statuses)
                },
            }
        }
    }
}

/// What an `any` form finds.
enum Any {
    /// All are null or inactive.
    None,
    Found(usize, Completed),
}

fn find_any(endpoint: &mut Port, ids: &[RequestId]) -> Result<Option<Any>> {
    let mut active = false;
    for (index, &id) in ids.iter().enumerate() {
        match phase(endpoint, id)? {
            None | Some(Phase::Inactive) => {}
            Some(Phase::Pending) => active = true,
            Some(Phase::Complete) => {
                return Ok(take(endpoint, id).map(|completed| Any::Found(index, completed)));
            }
        }
    }
    Ok((!active).then_some(Any::None))
}

/// # Safety
/// `index` may be written; requests and status as in [`waitany`].
unsafe fn store_any<A: Abi>(
    function: &'static str,
    found: Any,
    requests: *mut A::Request,
    index: *mut c_int,
    status: *mut A::Status,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match found {
            Any::None => {
                *index = UNDEFINED;
                A::put_status(status, &Status::EMPTY);
                SUCCESS
            }
            Any::Found(which, completed) => {
                *index = which as c_int;
                store_one::<A>(function, completed, requests.add(which), status)
            }
        }
    }
}

/// `MPI_Waitany`.
///
/// # Safety
/// `array_of_requests` has `count` elements that may be read and written,
/// `index` may be written; `status` is to be ignored or may be written.
pub unsafe fn waitany<A: Abi>(
    count: c_int,
    array_of_requests: *mut A::Request,
    index: *mut c_int,
    status: *mut A::Status,
) -> c_int {
    let waited = call::out(index, "index").and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(count, array_of_requests)? };
        wait_for(Needs::Any(&ids), |endpoint| find_any(endpoint, &ids))
    });
    match waited {
        Err(error) => fail::<A>("MPI_Waitany", error),
        // SAFETY: the caller's promise; `index` is not null.
        Ok(found) => unsafe { store_any::<A>("MPI_Waitany", found, array_of_requests, index, status) },
    }
}

/// `MPI_Testany`.
///
/// # Safety
/// As [`waitany`]; `flag` may be written.
pub unsafe fn testany<A: Abi>(
    count: c_int,
    array_of_requests: *mut A::Request,
    index: *mut c_int,
    flag: *mut c_int,
    status: *mut A::Status,
) -> c_int {
    event::deliver::<A>();
    let tested = call::out(index, "index").and_then(|()| call::out(flag, "flag")).and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(count, array_of_requests)? };
        attempt(|endpoint| find_any(endpoint, &ids))
    });
    match tested {
        Err(error) => fail::<A>("MPI_Testany", error),
        Ok(None) => {
            // SAFETY: the caller's promise; neither is null.
            unsafe {
                *flag = 0;
                *index = UNDEFINED;
            }
            SUCCESS
        }
        Ok(Some(found)) => {
            // SAFETY: the caller's promise; neither is null.
            unsafe {
                *flag = 1;
                store_any::<A>("MPI_Testany", found, array_of_requests, index, status)
            }
        }
    }
}

/// What the `some` forms find: `None` when no request is active.
type SomeFound = Option<Vec<(usize, Completed)>>;

fn find_some(endpoint: &mut Port, ids: &[RequestId]) -> Result<Option<SomeFound>> {
    let mut active = false;
    let mut found = Vec::new();
    for (index, &id) in ids.iter().enumerate() {
        match phase(endpoint, id)? {
            None | Some(Phase::Inactive) => {}
            Some(Phase::Pending) => active = true,
            Some(Phase::Complete) => {
                active = true;
                if let Some(completed) = take(endpoint, id) {
                    found.push((index, completed));
                }
            }
        }
    }
    if !active {
        return Ok(Some(None));
    }
    Ok((!found.is_empty()).then_some(Some(found)))
}

/// # Safety
/// As [`waitsome`].
unsafe fn store_some<A: Abi>(
    function: &'static str,
    found: SomeFound,
    requests: *mut A::Request,
    outcount: *mut c_int,
    indices: *mut c_int,
    statuses: *mut A::Status,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(found) = found else {
            *outcount = UNDEFINED;
            return SUCCESS;
        };
        *outcount = found.len() as c_int;
        for (place, &(request, _)) in found.iter().enumerate() {
            *indices.add(place) = request as c_int;
        }
        store_many::<A>(function, found, requests, statuses)
    }
}

/// `MPI_Waitsome`.
///
/// # Safety
/// `array_of_requests` has `incount` elements that may be read and written,
/// `array_of_indices` as many that may be written, `outcount` may be written;
/// `array_of_statuses` is to be ignored or has `incount` elements.
pub unsafe fn waitsome<A: Abi>(
    incount: c_int,
    array_of_requests: *mut A::Request,
    outcount: *mut c_int,
    array_of_indices: *mut c_int,
    array_of_statuses: *mut A::Status,
) -> c_int {
    let waited = call::out(outcount, "outcount").and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(incount, array_of_requests)? };
        wait_for_arrived(Needs::Any(&ids), |endpoint| find_some(endpoint, &ids))
    });
    match waited {
        Err(error) => fail::<A>("MPI_Waitsome", error),
        // SAFETY: the caller's promise.
        Ok(found) => unsafe {
            let (requests, statuses) = (array_of_requests, array_of_statuses);
            store_some::<A>("MPI_Waitsome", found, requests, outcount, array_of_indices, statuses)
        },
    }
}

/// `MPI_Testsome`.
///
/// # Safety
/// As [`waitsome`].
pub unsafe fn testsome<A: Abi>(
    incount: c_int,
    array_of_requests: *mut A::Request,
    outcount: *mut c_int,
    array_of_indices: *mut c_int,
    array_of_statuses: *mut A::Status,
) -> c_int {
    event::deliver::<A>();
    let tested = call::out(outcount, "outcount").and_then(|()| {
        // SAFETY: the caller's promise.
        let ids = unsafe { requests::<A>(incount, array_of_requests)? };
        process().progress()?;
        find_some(process().lock().endpoint()?, &ids)
    });
    match tested {
        Err(error) => fail::<A>("MPI_Testsome", error),
        Ok(found) => {
            let found = found.unwrap_or(Some(Vec::new()));
            // SAFETY: the caller's promise.
            unsafe {
                let (requests, statuses) = (array_of_requests, array_of_statuses);
                store_some::<A>("MPI_Testsome", found, requests, outcount, array_of_indices, statuses)
            }
        }
    }
}

/// `MPI_Request_free`.
///
/// # Safety
/// `request` may be read and written.
pub unsafe fn request_free<A: Abi>(request: *mut A::Request) -> c_int {
    let mut general = None;
    let freed = call::out(request, "request").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*request).decode() };
        let mut state = process().lock();
        let endpoint = state.endpoint()?;
        match phase(endpoint, id)? {
            None => return Err(no_request()),
            Some(Phase::Pending) => general::release(id),
            Some(Phase::Complete | Phase::Inactive) => general = general::take(id),
        }
        endpoint.free_request(id);
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(RequestId::NULL) };
        Ok(())
    });
    if let Some(general) = general {
        return finish_code::<A>("MPI_Request_free", general.free());
    }
    finish_comm::<A>("MPI_Request_free", engine::comm::WORLD, freed)
}

/// `MPI_Cancel`.
///
/// # Safety
/// `request` may be read.
pub unsafe fn cancel<A: Abi>(request: *mut A::Request) -> c_int {
    let mut general = None;
    let cancelled = call::out(request, "request").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*request).decode() };
        let mut state = process().lock();
        let endpoint = state.endpoint()?;
        let Some(phase) = phase(endpoint, id)? else { return Err(no_request()) };
        general = general::of(id).map(|general| (general, phase == Phase::Complete));
        endpoint.cancel(id);
        Ok(())
    });
    if let Some((general, is_complete)) = general {
        return finish_code::<A>("MPI_Cancel", general.cancel(is_complete));
    }
    finish_comm::<A>("MPI_Cancel", engine::comm::WORLD, cancelled)
}
