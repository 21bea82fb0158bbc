//! Attributes (MPI-5.0 section 7.7), of communicators, datatypes and windows.
//! Copy and delete functions run with no lock held.
//!
//! - `callbacks`: a program's copy and delete functions
//! - `predefined`: the values of the attributes that MPI sets
//! - [`comm`], [`datatype`], [`win`]: the functions
//! - [`deprecated`]: the names of MPI-1

mod callbacks;
pub mod comm;
pub mod datatype;
pub mod deprecated;
mod predefined;
pub mod win;

use core::ffi::{c_int, c_void};
use std::sync::Arc;

use engine::attribute::operation::{copy_all, delete, delete_all, get, set};
use engine::attribute::{AttributeOf, AttributeSet, Failure, PredefinedAttribute, Store};
use engine::comm::SELF;
use engine::error::{Error, ErrorClass, Result};
use engine::handle::{CommId, DatatypeId, KeyvalId, WinId};

use crate::abi::{Abi, CHandle, Keyval};
use crate::call::{self, finish};
use crate::errhandler::raise_code;
use crate::errors::Object;
use crate::runtime::with_objects;
use callbacks::Functions;
use comm::CommAttributes;
use datatype::DatatypeAttributes;
use win::WinAttributes;

/// A keyval that no table knows.
const UNKNOWN: KeyvalId = KeyvalId::from_raw((1 << engine::handle::RAW_BITS) - 1);

fn keyval_in<A: Abi>(keyval: c_int) -> KeyvalId {
    match A::keyval_in(keyval) {
        Some(Keyval::Predefined(constant)) => {
            predefined::of_constant(constant).map_or(KeyvalId::NULL, PredefinedAttribute::keyval)
        }
        Some(Keyval::Dynamic(id)) => id,
        None => UNKNOWN,
    }
}

/// Return value of a function that may have run a callback.
pub(crate) fn finish_callback<A: Abi>(
    function: &'static str,
    object: Object,
    outcome: std::result::Result<(), Failure>,
) -> c_int {
    match outcome {
        Err(Failure::Callback(code)) => raise_code::<A>(function, object, code),
        Err(Failure::Engine(error)) => finish::<A>(function, || object, Err(error)),
        Ok(()) => finish::<A>(function, || object, Ok(())),
    }
}

/// What a callback's refusal is where no code of its own can be returned.
pub(crate) fn refused(failure: Failure) -> Error {
    match failure {
        Failure::Engine(error) => error,
        Failure::Callback(code) => Error::new(
            ErrorClass::Other,
            format!("an attribute's delete function returned the error code {code}"),
        ),
    }
}

/// # Safety
/// The functions are for handles `H`; `keyval` may be written.
unsafe fn create_keyval<A: Abi, H: CHandle + 'static>(
    function: &'static str,
    of: AttributeOf,
    (copy, delete): (*const c_void, *const c_void),
    keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    let outcome = call::out(keyval, "keyval").map(|()| {
        // SAFETY: the caller's promise.
        let functions = unsafe { Functions::<A, H>::new(copy, delete, extra_state) };
        let id = with_objects(|objects| objects.keyvals.create(of, Arc::new(functions)));
        // SAFETY: the caller's promise; not null.
        unsafe { *keyval = A::keyval_out(id) };
    });
    finish::<A>(function, || Object::None, outcome)
}

/// # Safety
/// `keyval` may be read and written.
unsafe fn free_keyval<A: Abi>(function: &'static str, of: AttributeOf, keyval: *mut c_int) -> c_int {
    let outcome = call::out(keyval, "keyval").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = keyval_in::<A>(unsafe { *keyval });
        with_objects(|objects| objects.keyvals.free(id, of))?;
        // SAFETY: as above.
        unsafe { *keyval = A::KEYVAL_INVALID };
        Ok(())
    });
    finish::<A>(function, || Object::None, outcome)
}

fn set_attribute<A: Abi>(
    function: &'static str,
    object: Object,
    store: &impl Store,
    keyval: c_int,
    value: *mut c_void,
) -> c_int {
    let outcome = set(store, keyval_in::<A>(keyval), value as usize as u64);
    finish_callback::<A>(function, object, outcome)
}

fn delete_attribute<A: Abi>(
    function: &'static str,
    object: Object,
    store: &impl Store,
    keyval: c_int,
) -> c_int {
    finish_callback::<A>(function, object, delete(store, keyval_in::<A>(keyval)))
}

/// Answers `MPI_Comm_get_attr` and its siblings. `predefined` gives the values
/// that the program has not set.
///
/// # Safety
/// `value` points to a pointer that may be written; `flag` may be written.
unsafe fn get_attribute<A: Abi>(
    function: &'static str,
    object: Object,
    store: &impl Store,
    keyval: c_int,
    (value, flag): (*mut c_void, *mut c_int),
    predefined: impl FnOnce(PredefinedAttribute) -> Result<Option<*const c_void>>,
) -> c_int {
    let outcome = call::out(value, "attribute_val").and_then(|()| call::out(flag, "flag")).and_then(|()| {
        let id = keyval_in::<A>(keyval);
        let own = get(store, id)?.map(|value| value as usize as *const c_void);
        let found = match PredefinedAttribute::of_keyval(id) {
            Some(attribute) => predefined(attribute)?,
            None => own,
        };
        // SAFETY: the caller's promise; neither is null.
        unsafe {
            *flag = found.is_some().into();
            if let Some(found) = found {
                *value.cast::<*const c_void>() = found;
            }
        }
        Ok(())
    });
    finish::<A>(function, || object, outcome)
}

/// The attributes that a duplicate of a communicator gets.
pub(crate) fn copies_of_comm(comm: CommId) -> std::result::Result<AttributeSet, Failure> {
    copy_all(&CommAttributes(comm))
}

/// Deletes the attributes of a communicator that is going.
pub(crate) fn delete_all_of_comm(comm: CommId) -> std::result::Result<(), Failure> {
    delete_all(&CommAttributes(comm))
}

/// The attributes that a duplicate of a datatype gets.
///
/// # Errors
/// Also when a copy function refused.
pub(crate) fn copies_of_datatype(datatype: DatatypeId) -> std::result::Result<AttributeSet, Failure> {
    copy_all(&DatatypeAttributes(datatype))
}

/// Deletes the attributes of a datatype that is going.
pub(crate) fn delete_all_of_datatype(datatype: DatatypeId) -> std::result::Result<(), Failure> {
    delete_all(&DatatypeAttributes(datatype))
}

/// Deletes the attributes of a window that is going.
pub(crate) fn delete_all_of_win(win: WinId) -> std::result::Result<(), Failure> {
    delete_all(&WinAttributes(win))
}

/// Deletes the attributes of `MPI_COMM_SELF`, the first thing that
/// `MPI_Finalize` does (MPI-5.0 section 11.2.4).
///
/// # Errors
/// When a delete function refused.
pub(crate) fn delete_all_of_self() -> Result<()> {
    delete_all(&CommAttributes(SELF)).map_err(refused)
}
