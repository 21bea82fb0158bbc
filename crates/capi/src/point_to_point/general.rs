//! Generalised requests: operations of the program's own (MPI-5.0 section
//! 13.2).
//!
//! # Invariants
//! - The engine knows such a request as a task that the program completes;
//!   its functions are kept here, under the same handle.
//! - Functions run without any lock, in the thread of the call that needs them:
//!   `query_fn` whenever a status is wanted, `free_fn` once, when the request
//!   goes, after the last `query_fn`.

use core::ffi::{c_int, c_void};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::comm::WORLD;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::RequestId;
use engine::request::Phase;
use engine::status::Status;

use super::completion::phase;
use crate::abi::{Abi, CHandle, CStatus};
use crate::call::{self, SUCCESS, finish_comm};
use crate::errhandler::raise_code;
use crate::errors::Object;
use crate::runtime::process;

type QueryFunction = unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int;
type FreeFunction = unsafe extern "C" fn(*mut c_void) -> c_int;
type CancelFunction = unsafe extern "C" fn(*mut c_void, c_int) -> c_int;

/// The functions of a request.
#[derive(Clone, Copy)]
pub(super) struct General {
    query: Option<QueryFunction>,
    free: Option<FreeFunction>,
    cancel: Option<CancelFunction>,
    extra_state: usize,
    /// `MPI_Request_free` came before `MPI_Grequest_complete`.
    released: bool,
}

/// By the number of the handle.
static REQUESTS: Mutex<BTreeMap<u32, General>> = Mutex::new(BTreeMap::new());
/// How many there are, so that programs without any do not take the lock.
static COUNT: AtomicUsize = AtomicUsize::new(0);

fn requests() -> MutexGuard<'static, BTreeMap<u32, General>> {
    REQUESTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The functions of a request, if it is a generalised one.
#[inline]
pub(super) fn of(request: RequestId) -> Option<General> {
    // Relaxed: whoever has the handle has seen the request made.
    if COUNT.load(Ordering::Relaxed) == 0 {
        return None;
    }
    requests().get(&request.raw()).copied()
}

/// Takes the functions of a request that goes.
#[inline]
pub(super) fn take(request: RequestId) -> Option<General> {
    // Relaxed: as in `of`.
    if COUNT.load(Ordering::Relaxed) == 0 {
        return None;
    }
    let mut requests = requests();
    let taken = requests.remove(&request.raw());
    // Relaxed: as in `of`.
    COUNT.store(requests.len(), Ordering::Relaxed);
    taken
}

impl General {
    fn extra_state(&self) -> *mut c_void {
        self.extra_state as *mut c_void
    }

    /// Lets the program fill in a status, one that nobody sees where `status`
    /// is to be ignored. Returns the function's code.
    ///
    /// # Safety
    /// `status` is to be ignored or may be read and written.
    pub(super) unsafe fn query<A: Abi>(&self, status: *mut A::Status) -> c_int {
        let Some(query) = self.query else { return SUCCESS };
        if status != A::STATUS_IGNORE {
            // SAFETY: the function is a query function, as
            // `MPI_Grequest_start` was promised; the caller's promise.
            return unsafe { query(self.extra_state(), status.cast()) };
        }
        let mut unseen = core::mem::MaybeUninit::<A::Status>::zeroed();
        // SAFETY: a status consists of integers, so zeros are one; as above.
        unsafe {
            A::put_status(unseen.as_mut_ptr(), &Status::EMPTY);
            (*unseen.as_mut_ptr()).set_error(SUCCESS);
            query(self.extra_state(), unseen.as_mut_ptr().cast())
        }
    }

    /// Ends the request: fills in its status and lets the program free what
    /// belongs to it. Returns the code of the last function that failed.
    ///
    /// # Safety
    /// As [`Self::query`].
    pub(super) unsafe fn end<A: Abi>(&self, status: *mut A::Status) -> c_int {
        // SAFETY: the caller's promise.
        let queried = unsafe { self.query::<A>(status) };
        match self.free() {
            SUCCESS => queried,
            code => code,
        }
    }

    /// Lets the program free what belongs to the request.
    pub(super) fn free(&self) -> c_int {
        // SAFETY: the function is a free function, as `MPI_Grequest_start`
        // was promised, and this is its only call.
        self.free.map_or(SUCCESS, |free| unsafe { free(self.extra_state()) })
    }

    /// Asks the program to give the operation up.
    pub(super) fn cancel(&self, is_complete: bool) -> c_int {
        // SAFETY: the function is a cancel function, as `MPI_Grequest_start`
        // was promised.
        self.cancel.map_or(SUCCESS, |cancel| unsafe { cancel(self.extra_state(), is_complete.into()) })
    }
}

/// Remembers that a pending request is to go as soon as it completes.
pub(super) fn release(request: RequestId) {
    if let Some(general) = requests().get_mut(&request.raw()) {
        general.released = true;
    }
}

/// Turns the code of a program's function into the call's return value.
pub(super) fn finish_code<A: Abi>(function: &'static str, code: c_int) -> c_int {
    if code == SUCCESS { SUCCESS } else { raise_code::<A>(function, Object::Comm(WORLD), code) }
}

/// `MPI_Grequest_start`.
///
/// # Safety
/// The functions are null or of the types that the standard asks for, and may
/// be called with `extra_state` until the request has gone; `request` may be
/// written.
pub unsafe fn grequest_start<A: Abi>(
    query_fn: *const c_void,
    free_fn: *const c_void,
    cancel_fn: *const c_void,
    extra_state: *mut c_void,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise; null pointers are `None`.
    let general = unsafe {
        General {
            query: core::mem::transmute::<*const c_void, Option<QueryFunction>>(query_fn),
            free: core::mem::transmute::<*const c_void, Option<FreeFunction>>(free_fn),
            cancel: core::mem::transmute::<*const c_void, Option<CancelFunction>>(cancel_fn),
            extra_state: extra_state as usize,
            released: false,
        }
    };
    let outcome = call::out(request, "request").and_then(|()| {
        let id = process().lock().endpoint()?.start_task(WORLD);
        let mut requests = requests();
        requests.insert(id.raw(), general);
        // Relaxed: see `of`.
        COUNT.store(requests.len(), Ordering::Relaxed);
        // SAFETY: the caller's promise; not null.
        unsafe { *request = A::Request::encode(id) };
        Ok(())
    });
    finish_comm::<A>("MPI_Grequest_start", WORLD, outcome)
}

fn complete(id: RequestId) -> Result<()> {
    let found = phase(process().lock().endpoint()?, id)?;
    if of(id).is_none() {
        fail!(ErrorClass::Request, "only a request of MPI_Grequest_start can be completed by the program");
    }
    if found != Some(Phase::Pending) {
        fail!(ErrorClass::Request, "the request is complete already");
    }
    process().complete_task(id)
}

/// `MPI_Grequest_complete`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn grequest_complete<A: Abi>(request: A::Request) -> c_int {
    let id = request.decode();
    let released = of(id).is_some_and(|general| general.released);
    let outcome = if id.is_null() {
        Err(Error::new(ErrorClass::Request, "the request is MPI_REQUEST_NULL"))
    } else if released {
        process().complete_task(id)
    } else {
        complete(id)
    };
    if released
        && outcome.is_ok()
        && let Some(general) = take(id)
    {
        return finish_code::<A>("MPI_Grequest_complete", general.free());
    }
    finish_comm::<A>("MPI_Grequest_complete", WORLD, outcome)
}
