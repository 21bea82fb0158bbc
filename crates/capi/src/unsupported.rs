//! Functions that do not work yet.

use core::ffi::c_int;

use engine::error::{Error, ErrorClass};

use crate::abi::Abi;
use crate::errors::{Object, raise};

/// Raises `MPI_ERR_UNSUPPORTED_OPERATION` for the function of this name.
#[cold]
pub fn unsupported<A: Abi>(function: &'static str) -> c_int {
    let error = Error::new(
        ErrorClass::UnsupportedOperation,
        format!("{function} does not work in this version of Passel; docs/coverage.md lists what does"),
    );
    raise::<A>(function, Object::None, error)
}
