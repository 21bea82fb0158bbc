//! Error classes, codes and strings that the program adds (MPI-5.0 section 9.5).

use core::ffi::{CStr, c_char, c_int};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use engine::error::{Error, ErrorClass, Result};

use crate::abi::Abi;
use crate::call::{self, finish};
use crate::errors::Object;

/// What the program has added. Numbers above the ABI's `MPI_ERR_LASTCODE`;
/// freed ones are given out again, newest first.
struct Added {
    /// Number to: its class if it is a code, and its text.
    entries: BTreeMap<c_int, Entry>,
}

struct Entry {
    /// The class of a code; `None` for a class.
    class: Option<c_int>,
    text: String,
}

static ADDED: Mutex<Added> = Mutex::new(Added { entries: BTreeMap::new() });

fn with<R>(f: impl FnOnce(&mut Added) -> R) -> R {
    f(&mut ADDED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The largest number in use: `MPI_LASTUSEDCODE`.
pub fn last_used<A: Abi>() -> c_int {
    with(|added| added.entries.last_key_value().map_or(A::ERR_LASTCODE, |(&last, _)| last))
}

/// The text of an added class or code.
pub(crate) fn describe(code: c_int) -> Option<String> {
    with(|added| added.entries.get(&code).map(|entry| entry.text.clone()))
}

/// The class of an added class or code.
pub(crate) fn class_of(code: c_int) -> Option<c_int> {
    with(|added| added.entries.get(&code).map(|entry| entry.class.unwrap_or(code)))
}

fn is_class<A: Abi>(number: c_int) -> bool {
    A::class_in(number).is_some()
        || with(|added| added.entries.get(&number).is_some_and(|e| e.class.is_none()))
}

fn unknown(what: &str, number: c_int) -> Error {
    Error::new(ErrorClass::Arg, format!("{number} is no error {what} that the program has added"))
}

fn has_string(what: &str, number: c_int) -> Error {
    let message =
        format!("error {what} {number} still has its string: remove it first, with MPI_Remove_error_string");
    Error::new(ErrorClass::Arg, message)
}

fn add<A: Abi>(class: Option<c_int>) -> Result<c_int> {
    if let Some(class) = class
        && !is_class::<A>(class)
    {
        return Err(Error::new(ErrorClass::Arg, format!("{class} is no error class")));
    }
    with(|added| {
        let number = added.entries.last_key_value().map_or(A::ERR_LASTCODE, |(&last, _)| last).checked_add(1);
        let number = number.ok_or_else(|| Error::new(ErrorClass::Other, "no more error numbers are left"))?;
        added.entries.insert(number, Entry { class, text: String::new() });
        Ok(number)
    })
}

/// `MPI_Add_error_class`.
///
/// # Safety
/// `errorclass` may be written.
pub unsafe fn add_error_class<A: Abi>(errorclass: *mut c_int) -> c_int {
    let outcome = call::out(errorclass, "errorclass").and_then(|()| {
        let number = add::<A>(None)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *errorclass = number };
        Ok(())
    });
    finish::<A>("MPI_Add_error_class", || Object::None, outcome)
}

/// `MPI_Add_error_code`.
///
/// # Safety
/// `errorcode` may be written.
pub unsafe fn add_error_code<A: Abi>(errorclass: c_int, errorcode: *mut c_int) -> c_int {
    let outcome = call::out(errorcode, "errorcode").and_then(|()| {
        let number = add::<A>(Some(errorclass))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *errorcode = number };
        Ok(())
    });
    finish::<A>("MPI_Add_error_code", || Object::None, outcome)
}

/// `MPI_Add_error_string`.
///
/// # Safety
/// `string` is a C string.
pub unsafe fn add_error_string<A: Abi>(errorcode: c_int, string: *const c_char) -> c_int {
    let outcome = call::out(string.cast_mut(), "string").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let text = unsafe { CStr::from_ptr(string) }.to_string_lossy().into_owned();
        with(|added| match added.entries.get_mut(&errorcode) {
            Some(entry) => {
                entry.text = text;
                Ok(())
            }
            None => Err(unknown("code", errorcode)),
        })
    });
    finish::<A>("MPI_Add_error_string", || Object::None, outcome)
}

/// `MPI_Remove_error_class`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn remove_error_class<A: Abi>(errorclass: c_int) -> c_int {
    let outcome = with(|added| {
        if added.entries.values().any(|entry| entry.class == Some(errorclass)) {
            let message = format!("error class {errorclass} still has codes: remove them first");
            return Err(Error::new(ErrorClass::Arg, message));
        }
        match added.entries.get(&errorclass) {
            Some(entry) if !entry.text.is_empty() => Err(has_string("class", errorclass)),
            Some(Entry { class: None, .. }) => {
                added.entries.remove(&errorclass);
                Ok(())
            }
            _ => Err(unknown("class", errorclass)),
        }
    });
    finish::<A>("MPI_Remove_error_class", || Object::None, outcome)
}

/// `MPI_Remove_error_code`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn remove_error_code<A: Abi>(errorcode: c_int) -> c_int {
    let outcome = with(|added| match added.entries.get(&errorcode) {
        Some(entry) if !entry.text.is_empty() => Err(has_string("code", errorcode)),
        Some(Entry { class: Some(_), .. }) => {
            added.entries.remove(&errorcode);
            Ok(())
        }
        _ => Err(unknown("code", errorcode)),
    });
    finish::<A>("MPI_Remove_error_code", || Object::None, outcome)
}

/// `MPI_Remove_error_string`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn remove_error_string<A: Abi>(errorcode: c_int) -> c_int {
    let outcome = with(|added| match added.entries.get_mut(&errorcode) {
        Some(entry) if !entry.text.is_empty() => {
            entry.text.clear();
            Ok(())
        }
        _ => Err(Error::new(ErrorClass::Arg, format!("error code {errorcode} has no string that was added"))),
    });
    finish::<A>("MPI_Remove_error_string", || Object::None, outcome)
}
