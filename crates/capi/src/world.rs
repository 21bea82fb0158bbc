//! Starting and ending (MPI-5.0 section 11.2 to 11.6).

use core::ffi::{c_char, c_int};

use engine::error::{Error, ErrorClass, Result};

use crate::abi::{Abi, Constants};
use crate::call::{self, finish};
use crate::dynamic::spawn::meet_parent;
use crate::errors::Object;
use crate::runtime::{self, Stage};

/// `MPI_Init`. The arguments belong to the program and stay as they are.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn init<A: Abi>(_argc: *mut c_int, _argv: *mut *mut *mut c_char) -> c_int {
    let outcome = runtime::init(runtime::level::SINGLE).and_then(|_| meet_parent::<A>());
    finish::<A>("MPI_Init", || Object::None, outcome)
}

/// `MPI_Init_thread`.
///
/// # Safety
/// `provided` may be written.
pub unsafe fn init_thread<A: Abi>(
    _argc: *mut c_int,
    _argv: *mut *mut *mut c_char,
    required: c_int,
    provided: *mut c_int,
) -> c_int {
    let outcome = call::out(provided, "provided").and_then(|()| {
        let level = runtime::init(A::constant_in(Constants::ThreadLevel, required))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *provided = A::constant_out(Constants::ThreadLevel, level) };
        meet_parent::<A>()
    });
    finish::<A>("MPI_Init_thread", || Object::None, outcome)
}

/// `MPI_Initialized`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn initialized<A: Abi>(flag: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A>("MPI_Initialized", flag, runtime::stage() != Stage::Before) }
}

/// `MPI_Finalized`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn finalized<A: Abi>(flag: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A>("MPI_Finalized", flag, runtime::stage() == Stage::Finalized) }
}

/// `MPI_Is_thread_main`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn is_thread_main<A: Abi>(flag: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A>("MPI_Is_thread_main", flag, runtime::is_main_thread()) }
}

/// # Safety
/// `flag` may be written.
unsafe fn answer<A: Abi>(function: &'static str, flag: *mut c_int, value: bool) -> c_int {
    let outcome = call::out(flag, "flag");
    if outcome.is_ok() {
        // SAFETY: the caller's promise; not null.
        unsafe { *flag = value.into() };
    }
    finish::<A>(function, || Object::None, outcome)
}

/// `MPI_Query_thread`.
///
/// # Safety
/// `provided` may be written.
pub unsafe fn query_thread<A: Abi>(provided: *mut c_int) -> c_int {
    let outcome = call::out(provided, "provided");
    if outcome.is_ok() {
        let level = A::constant_out(Constants::ThreadLevel, runtime::thread_level());
        // SAFETY: the caller's promise; not null.
        unsafe { *provided = level };
    }
    finish::<A>("MPI_Query_thread", || Object::None, outcome)
}

/// `MPI_Abort`. The whole job ends, whatever the communicator.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn abort<A: Abi>(_comm: A::Comm, errorcode: c_int) -> c_int {
    runtime::abort(errorcode)
}

/// `MPI_Finalize`: what is in the attached buffers leaves, everybody arrives,
/// and the process leaves the job.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn finalize<A: Abi>() -> c_int {
    let outcome = match runtime::stage() {
        Stage::Running => finish_world(),
        Stage::Before => Err(not_now("MPI was not initialised")),
        Stage::Finalized => Err(not_now("MPI was finalised already")),
    };
    finish::<A>("MPI_Finalize", || Object::None, outcome)
}

fn not_now(why: &str) -> Error {
    Error::new(ErrorClass::Other, format!("{why}: MPI_Finalize is called once, after MPI_Init"))
}

fn finish_world() -> Result<()> {
    crate::attribute::delete_all_of_self()?;
    runtime::farewell()?;
    runtime::close_world();
    Ok(())
}
