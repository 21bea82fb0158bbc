//! The tool information interface (MPI-5.0 chapter 15).
//!
//! # Invariants
//! - Nothing here calls an error handler: outcomes are returned, and the code
//!   is the class (section 15.3.10).
//! - Handles are numbers in the shape of pointers, which go up: one that was
//!   freed is noticed.
//! - Results that the caller does not want, null pointers, are left out.
//! - The tool lock is taken before the state lock, and neither is held while a
//!   tool's function runs.
//!
//! - [`cvar`]: the settings, as control variables
//! - [`pvar`]: variables and sessions
//! - [`category`]: what belongs together
//! - [`enumeration`]: names of states
//! - [`event`]: being told of what happens
//! - [`source`]: who tells it

pub mod category;
pub mod cvar;
pub mod enumeration;
pub mod event;
pub mod pvar;
pub mod source;

use core::ffi::{CStr, c_char, c_int, c_void};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use engine::datatype::predefined::index;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::DatatypeId;
use engine::tool::Sessions;

use crate::abi::{Abi, CHandle, Constants};
use crate::call::SUCCESS;
use crate::errors::put_string;
use crate::runtime;

/// What the tools of this process have.
#[derive(Default)]
struct Tool {
    /// `MPI_T_init_thread` without its `MPI_T_finalize`.
    users: usize,
    last_key: usize,
    /// Key of a handle to index of a setting.
    cvars: BTreeMap<usize, usize>,
    sessions: Sessions,
    registrations: BTreeMap<usize, event::Registration>,
}

static TOOL: Mutex<Option<Tool>> = Mutex::new(None);

/// Runs `f` on the tool interface while it is initialised.
fn with<R>(f: impl FnOnce(&mut Tool) -> Result<R>) -> Result<R> {
    match TOOL.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        Some(tool) => f(tool),
        None => fail!(ErrorClass::ToolNotInitialized, "call MPI_T_init_thread first"),
    }
}

impl Tool {
    fn next_key(&mut self) -> usize {
        self.last_key += 1;
        self.last_key
    }
}

/// The code of an outcome.
fn finish<A: Abi>(outcome: Result<()>) -> c_int {
    match outcome {
        Ok(()) => SUCCESS,
        Err(error) => A::class_out(error.class()),
    }
}

/// Handles start above every constant, and are aligned like pointers.
const FIRST_HANDLE: usize = 0x1000;
const HANDLE_STEP: usize = 16;

fn to_pointer(key: usize) -> *mut c_void {
    core::ptr::without_provenance_mut(FIRST_HANDLE + key * HANDLE_STEP)
}

/// The key that a handle stands for; 0, which is none, for any other pointer.
fn to_key(handle: *mut c_void) -> usize {
    let above = handle.addr().wrapping_sub(FIRST_HANDLE);
    if handle.addr() >= FIRST_HANDLE && above.is_multiple_of(HANDLE_STEP) { above / HANDLE_STEP } else { 0 }
}

/// A handle that the call is to change.
///
/// # Safety
/// `handle` is null or may be read.
unsafe fn handle_at(handle: *mut *mut c_void) -> Result<usize> {
    if handle.is_null() {
        fail!(ErrorClass::ToolInvalidHandle, "the handle argument is a null pointer");
    }
    // SAFETY: the caller's promise; not null.
    Ok(to_key(unsafe { *handle }))
}

/// Writes a result that is wanted.
///
/// # Safety
/// `out` is null or may be written.
unsafe fn put<T>(out: *mut T, value: T) {
    if !out.is_null() {
        // SAFETY: the caller's promise; not null.
        unsafe { out.write(value) };
    }
}

/// Writes a result that must be wanted.
///
/// # Safety
/// `out` is null or may be written.
unsafe fn give<T>(out: *mut T, value: T) -> Result<()> {
    if out.is_null() {
        fail!(ErrorClass::ToolInvalid, "an argument for a result is a null pointer");
    }
    // SAFETY: the caller's promise; not null.
    unsafe { out.write(value) };
    Ok(())
}

/// Writes as much of a text as there is room for, and the room that all of it
/// needs (section 15.3.3).
///
/// # Safety
/// `length` is null or may be read and written; `out` is null or has `*length`
/// bytes.
unsafe fn put_text(text: &str, out: *mut c_char, length: *mut c_int) {
    if length.is_null() {
        return;
    }
    // SAFETY: the caller's promise; not null.
    unsafe {
        if !out.is_null() && *length > 0 {
            put_string(text.as_bytes(), out, *length as usize);
        }
        *length = text.len() as c_int + 1;
    }
}

/// Writes a list of indices, as many as there is room for.
///
/// # Safety
/// `out` is null or has `room` elements.
unsafe fn put_indices(found: &[usize], room: c_int, out: *mut c_int) {
    if out.is_null() {
        return;
    }
    for (place, &index) in found.iter().enumerate().take(usize::try_from(room).unwrap_or(0)) {
        // SAFETY: the caller's promise; less than `room`.
        unsafe { out.add(place).write(index as c_int) };
    }
}

/// A row of a table.
fn row<'a, T>(table: &'a [T], index: c_int, what: &str) -> Result<&'a T> {
    match usize::try_from(index).ok().and_then(|index| table.get(index)) {
        Some(row) => Ok(row),
        None => fail!(ErrorClass::ToolInvalidIndex, "there are {} {what}, and none is {index}", table.len()),
    }
}

/// The index of the row with this name.
///
/// # Safety
/// `name` is null or a C string.
unsafe fn find<'a>(names: impl Iterator<Item = &'a str>, name: *const c_char) -> Result<c_int> {
    if name.is_null() {
        fail!(ErrorClass::ToolInvalidName, "the name is a null pointer");
    }
    // SAFETY: the caller's promise; not null.
    let wanted = unsafe { CStr::from_ptr(name) }.to_bytes();
    let found = names.into_iter().position(|known| known.as_bytes() == wanted);
    let unknown = || Error::new(ErrorClass::ToolInvalidName, "nothing has this name");
    found.map(|index| index as c_int).ok_or_else(unknown)
}

/// `MPI_UNSIGNED_LONG_LONG`, `MPI_DOUBLE` and `MPI_INT` for tools.
fn whole<A: Abi>() -> A::Datatype {
    A::Datatype::encode(DatatypeId::from_raw(index::UNSIGNED_LONG_LONG))
}

fn real<A: Abi>() -> A::Datatype {
    A::Datatype::encode(DatatypeId::from_raw(index::DOUBLE))
}

fn int<A: Abi>() -> A::Datatype {
    A::Datatype::encode(DatatypeId::from_raw(index::INT))
}

/// The communicator that a handle is to be bound to.
///
/// # Safety
/// `obj_handle` is null or points to a communicator's handle.
unsafe fn comm_at<A: Abi>(obj_handle: *mut c_void) -> Result<engine::handle::CommId> {
    if obj_handle.is_null() {
        fail!(
            ErrorClass::ToolInvalidHandle,
            "this is bound to a communicator: give the address of its handle"
        );
    }
    // SAFETY: the caller's promise; not null.
    Ok(unsafe { *obj_handle.cast::<A::Comm>() }.decode())
}

/// Values that the engine does not have: the standard ABI's.
mod constant {
    pub const BIND_NO_OBJECT: i32 = 1;
    pub const BIND_MPI_COMM: i32 = 2;
    pub const SCOPE_LOCAL: i32 = 3;
    pub const SCOPE_ALL_EQ: i32 = 7;
    pub const VERBOSITY_USER_BASIC: i32 = 9;
    pub const VERBOSITY_TUNER_BASIC: i32 = 17;
    pub const SOURCE_ORDERED: i32 = 1;
}

/// What a thing is bound to, as C says it.
fn binding<A: Abi>(of_comm: bool) -> c_int {
    let binding = if of_comm { constant::BIND_MPI_COMM } else { constant::BIND_NO_OBJECT };
    A::constant_out(Constants::ToolBinding, binding)
}

/// `MPI_T_init_thread`. May come before `MPI_Init` and after `MPI_Finalize`,
/// and more than once.
///
/// # Safety
/// `provided` may be written. No other thread calls MPI meanwhile.
pub unsafe fn t_init_thread<A: Abi>(required: c_int, provided: *mut c_int) -> c_int {
    let outcome = runtime::read_settings().map(|()| {
        let level = runtime::tool_level(A::constant_in(Constants::ThreadLevel, required));
        // SAFETY: the caller's promise.
        unsafe { put(provided, A::constant_out(Constants::ThreadLevel, level)) };
        TOOL.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().users += 1;
    });
    finish::<A>(outcome.map_err(|error| Error::new(ErrorClass::ToolCannotInit, error.message())))
}

/// `MPI_T_finalize`: with the last, all handles go.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn t_finalize<A: Abi>() -> c_int {
    let outcome = with(|tool| {
        tool.users -= 1;
        Ok(tool.users == 0)
    });
    finish::<A>(outcome.map(|last| {
        if last {
            *TOOL.lock().unwrap_or_else(PoisonError::into_inner) = None;
            event::watch_nothing();
        }
    }))
}
