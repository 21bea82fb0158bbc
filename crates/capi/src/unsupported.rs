//! Functions that do not work yet.

use core::ffi::{CStr, c_int};

use engine::error::{Error, ErrorClass};

use crate::abi::Abi;
use crate::errors::{Object, raise};

/// Raises `MPI_ERR_UNSUPPORTED_OPERATION` for the function of this name.
#[cold]
pub fn unsupported<A: Abi>(function: &'static CStr) -> c_int {
    let name = function.to_str().unwrap_or("an MPI function");
    let error = Error::new(
        ErrorClass::UnsupportedOperation,
        format!("{name} does not work in this version of Passel; docs/coverage.md lists what does"),
    );
    raise::<A>(name, Object::None, error)
}

/// What such a function returns when that is not an error code.
pub fn nothing<T>() -> T {
    // SAFETY: only instantiated, by generated code, for integers and handles,
    // for all of which zero bits are a value.
    unsafe { core::mem::zeroed() }
}
