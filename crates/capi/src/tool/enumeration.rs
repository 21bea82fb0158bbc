//! Enumerations: the names of states (MPI-5.0 section 15.3.5). There is one,
//! that of the variable `connection`.

use core::ffi::{c_char, c_int, c_void};

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::tool::variable::STATES;

use super::{FIRST_HANDLE, finish, put, put_text, with};
use crate::abi::Abi;

/// The handle of the enumeration.
pub(super) fn states() -> *mut c_void {
    core::ptr::without_provenance_mut(FIRST_HANDLE)
}

fn check(enumtype: *mut c_void) -> Result<()> {
    if enumtype != states() {
        fail!(ErrorClass::ToolInvalidHandle, "the handle is none of an enumeration");
    }
    Ok(())
}

/// `MPI_T_enum_get_info`.
///
/// # Safety
/// Results are null or may be written; `name` has `*name_len` bytes.
pub unsafe fn t_enum_get_info<A: Abi>(
    enumtype: *mut c_void,
    num: *mut c_int,
    name: *mut c_char,
    name_len: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        check(enumtype)?;
        // SAFETY: the caller's promise.
        unsafe {
            put(num, STATES.len() as c_int);
            put_text("connection_state", name, name_len);
        }
        Ok(())
    }))
}

/// `MPI_T_enum_get_item`.
///
/// # Safety
/// Results are null or may be written; `name` has `*name_len` bytes.
pub unsafe fn t_enum_get_item<A: Abi>(
    enumtype: *mut c_void,
    indx: c_int,
    value: *mut c_int,
    name: *mut c_char,
    name_len: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        check(enumtype)?;
        let Some(state) = usize::try_from(indx).ok().and_then(|index| STATES.get(index)) else {
            fail!(ErrorClass::ToolInvalidIndex, "the enumeration has {} items", STATES.len());
        };
        // SAFETY: the caller's promise.
        unsafe {
            put(value, indx);
            put_text(state, name, name_len);
        }
        Ok(())
    }))
}
