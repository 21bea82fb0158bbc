//! Enquiries and the environment (MPI-5.0 chapters 9 and 20).
//!
//! - [`added`]: error classes, codes and strings that the program adds
//! - [`fortran`]: what is assumed of Fortran
//! - [`memory`]: memory and addresses

pub mod added;
pub mod fortran;
pub mod memory;

use core::ffi::{c_char, c_int};

use engine::error::{Error, ErrorClass, Result};

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::{Object, describe, put_string};

/// `MPI_Get_version`.
///
/// # Safety
/// Both may be written.
pub unsafe fn get_version<A: Abi>(version: *mut c_int, subversion: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { put_pair::<A>("MPI_Get_version", (version, subversion), (5, 0)) }
}

/// `MPI_Abi_get_version`.
///
/// # Safety
/// Both may be written.
pub unsafe fn abi_get_version<A: Abi>(abi_major: *mut c_int, abi_minor: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { put_pair::<A>("MPI_Abi_get_version", (abi_major, abi_minor), A::ABI_VERSION) }
}

/// # Safety
/// Both may be written.
unsafe fn put_pair<A: Abi>(
    function: &'static str,
    to: (*mut c_int, *mut c_int),
    value: (c_int, c_int),
) -> c_int {
    let outcome = call::out(to.0, "first").and_then(|()| call::out(to.1, "second"));
    if outcome.is_ok() {
        // SAFETY: the caller's promise; neither is null.
        unsafe { (*to.0, *to.1) = value };
    }
    finish::<A>(function, || Object::None, outcome)
}

/// Writes a string of at most `room` bytes, with its length.
///
/// # Safety
/// `out` has `room` bytes, `length` may be written.
unsafe fn put_text<A: Abi>(
    function: &'static str,
    text: &[u8],
    out: *mut c_char,
    length: *mut c_int,
    room: usize,
) -> c_int {
    let outcome = call::out(out, "string").and_then(|()| call::out(length, "length"));
    if outcome.is_ok() {
        // SAFETY: the caller's promise; neither is null.
        unsafe { *length = put_string(text, out, room) as c_int };
    }
    finish::<A>(function, || Object::None, outcome)
}

/// `MPI_Get_library_version`.
///
/// # Safety
/// `version` has `MPI_MAX_LIBRARY_VERSION_STRING` bytes, `resultlen` may be written.
pub unsafe fn get_library_version<A: Abi>(version: *mut c_char, resultlen: *mut c_int) -> c_int {
    let text = format!("Passel {}, MPI 5.0, {}", env!("CARGO_PKG_VERSION"), A::NAME);
    let room = A::MAX_LIBRARY_VERSION_STRING;
    // SAFETY: the caller's promise.
    unsafe { put_text::<A>("MPI_Get_library_version", text.as_bytes(), version, resultlen, room) }
}

/// `MPI_Get_processor_name`.
///
/// # Safety
/// `name` has `MPI_MAX_PROCESSOR_NAME` bytes, `resultlen` may be written.
pub unsafe fn get_processor_name<A: Abi>(name: *mut c_char, resultlen: *mut c_int) -> c_int {
    let host = crate::runtime::host_name();
    // SAFETY: the caller's promise.
    unsafe {
        put_text::<A>("MPI_Get_processor_name", host.as_bytes(), name, resultlen, A::MAX_PROCESSOR_NAME)
    }
}

/// `MPI_Error_string`.
///
/// # Safety
/// `string` has `MPI_MAX_ERROR_STRING` bytes, `resultlen` may be written.
pub unsafe fn error_string<A: Abi>(errorcode: c_int, string: *mut c_char, resultlen: *mut c_int) -> c_int {
    match describe::<A>(errorcode) {
        // SAFETY: the caller's promise.
        Some(text) => unsafe {
            put_text::<A>("MPI_Error_string", text.as_bytes(), string, resultlen, A::MAX_ERROR_STRING)
        },
        None => finish::<A>("MPI_Error_string", || Object::None, Err(no_code(errorcode))),
    }
}

fn no_code(code: c_int) -> Error {
    Error::new(ErrorClass::Arg, format!("{code} is no error code that this library has given out"))
}

/// `MPI_Error_class`.
///
/// # Safety
/// `errorclass` may be written.
pub unsafe fn error_class<A: Abi>(errorcode: c_int, errorclass: *mut c_int) -> c_int {
    let outcome = call::out(errorclass, "errorclass").and_then(|()| {
        let class = match added::class_of(errorcode) {
            Some(class) => class,
            None => {
                let (class, _) = A::split_error_code(errorcode);
                A::class_in(class).ok_or_else(|| no_code(errorcode))?;
                class
            }
        };
        // SAFETY: the caller's promise; not null.
        unsafe { *errorclass = class };
        Ok(())
    });
    finish::<A>("MPI_Error_class", || Object::None, outcome)
}

/// `MPI_Wtime`: seconds since some time in the past, the same time in all
/// ranks of a machine.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn wtime<A: Abi>() -> f64 {
    crate::runtime::seconds()
}

/// `MPI_Wtick`: seconds between two ticks of `MPI_Wtime`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn wtick<A: Abi>() -> f64 {
    1e-9
}

/// `MPI_Pcontrol`: the level is for profilers, and there is none here.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn pcontrol<A: Abi>(_level: c_int) -> c_int {
    call::SUCCESS
}

/// `MPI_Abi_get_info`: sizes of the types of the interface.
///
/// # Safety
/// `info` may be written.
pub unsafe fn abi_get_info<A: Abi>(info: *mut A::Info) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        new_info::<A>(
            "MPI_Abi_get_info",
            info,
            &[("mpi_aint_size", "8"), ("mpi_count_size", "8"), ("mpi_offset_size", "8")],
        )
    }
}

/// `MPI_Abi_get_fortran_info`: there are no Fortran bindings, so only what
/// datatypes assume. An interface that is not the standard's has nothing to
/// say here (`MPI_INFO_NULL`): which optional types its programs know differs
/// between the headers that they were built with.
///
/// # Safety
/// `info` may be written.
pub unsafe fn abi_get_fortran_info<A: Abi>(info: *mut A::Info) -> c_int {
    if A::ABI_VERSION.0 < 0 {
        let outcome = call::out(info, "info");
        if outcome.is_ok() {
            // SAFETY: the caller's promise; not null.
            unsafe { *info = A::Info::encode(engine::handle::InfoId::NULL) };
        }
        return finish::<A>("MPI_Abi_get_fortran_info", || Object::None, outcome);
    }
    let optional = fortran::supported::<A>();
    let optional = optional.iter().map(|(key, value)| (key.as_str(), *value));
    let entries: Vec<(&str, &str)> = fortran::SIZES.into_iter().chain(optional).collect();
    // SAFETY: the caller's promise.
    unsafe { new_info::<A>("MPI_Abi_get_fortran_info", info, &entries) }
}

/// # Safety
/// `info` may be written.
unsafe fn new_info<A: Abi>(function: &'static str, info: *mut A::Info, entries: &[(&str, &str)]) -> c_int {
    let outcome: Result<()> = call::out(info, "info").and_then(|()| {
        let mut new = engine::info::Info::new();
        for (key, value) in entries {
            new.set(key.as_bytes(), value.as_bytes())?;
        }
        let id = crate::runtime::with_objects(|objects| objects.infos.insert(new));
        // SAFETY: the caller's promise; not null.
        unsafe { *info = A::Info::encode(id) };
        Ok(())
    });
    finish::<A>(function, || Object::None, outcome)
}
