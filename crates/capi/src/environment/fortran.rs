//! What the library assumes of Fortran (MPI-5.0 section 20.3).
//!
//! Datatypes and kernels are built for these sizes and values, so they are set
//! from the start; to set them again is fine as long as they stay the same.

use core::ffi::{c_int, c_void};

use engine::datatype::predefined;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::with_objects;

/// Sizes of Fortran's default types, in bytes, as text.
pub(super) const SIZES: [(&str, &str); 4] = [
    ("mpi_logical_size", "4"),
    ("mpi_integer_size", "4"),
    ("mpi_real_size", "4"),
    ("mpi_double_precision_size", "8"),
];

/// Fortran's types of a size in bytes; those of a kind share a name.
const SIZED: [(&str, &[&str]); 5] = [
    ("LOGICAL", &["1", "2", "4", "8", "16"]),
    ("INTEGER", &["1", "2", "4", "8", "16"]),
    ("REAL", &["2", "4", "8", "16"]),
    ("COMPLEX", &["4", "8", "16", "32"]),
    ("DOUBLE_COMPLEX", &[""]),
];

/// What `MPI_Abi_get_fortran_info` says of the optional types: key and
/// `true` or `false`.
pub(super) fn supported<A: Abi>() -> Vec<(String, &'static str)> {
    let names = SIZED.iter().flat_map(|(kind, sizes)| sizes.iter().map(move |size| format!("{kind}{size}")));
    let is_supported = |name: &str| {
        let full = format!("MPI_{name}");
        let entry = predefined::TABLE.iter().find(|entry| entry.name == full);
        A::DATATYPES.iter().any(|&(_, known)| known == full) && entry.is_some_and(|entry| entry.supported)
    };
    let row = |name: String| {
        let value = if is_supported(&name) { "true" } else { "false" };
        (format!("mpi_{}_supported", name.to_lowercase()), value)
    };
    names.map(row).collect()
}

/// `.TRUE.` and `.FALSE.`, in a `LOGICAL` of any size.
const TRUE: u64 = 1;
const FALSE: u64 = 0;

fn bytes_of_logical(size: c_int) -> Result<usize> {
    match usize::try_from(size) {
        Ok(size @ (1 | 2 | 4 | 8)) => Ok(size),
        _ => fail!(ErrorClass::Arg, "no LOGICAL has {size} bytes: it is 1, 2, 4 or 8"),
    }
}

/// `MPI_Abi_get_fortran_booleans`: the values that gfortran and others use.
///
/// # Safety
/// The values have `logical_size` bytes; `is_set` may be written.
pub unsafe fn abi_get_fortran_booleans<A: Abi>(
    logical_size: c_int,
    logical_true: *mut c_void,
    logical_false: *mut c_void,
    is_set: *mut c_int,
) -> c_int {
    let outcome = call::out(is_set, "is_set").and_then(|()| {
        let size = bytes_of_logical(logical_size)?;
        call::out(logical_true, "logical_true")?;
        call::out(logical_false, "logical_false")?;
        // SAFETY: the caller's promise; none is null.
        unsafe {
            core::ptr::copy_nonoverlapping(TRUE.to_le_bytes().as_ptr(), logical_true.cast(), size);
            core::ptr::copy_nonoverlapping(FALSE.to_le_bytes().as_ptr(), logical_false.cast(), size);
            *is_set = 1;
        }
        Ok(())
    });
    finish::<A>("MPI_Abi_get_fortran_booleans", || Object::None, outcome)
}

/// `MPI_Abi_set_fortran_booleans`.
///
/// # Safety
/// The values have `logical_size` bytes.
pub unsafe fn abi_set_fortran_booleans<A: Abi>(
    logical_size: c_int,
    logical_true: *mut c_void,
    logical_false: *mut c_void,
) -> c_int {
    let outcome = bytes_of_logical(logical_size).and_then(|size| {
        for (value, ours, what) in
            [(logical_true, TRUE, "logical_true"), (logical_false, FALSE, "logical_false")]
        {
            call::out(value, what)?;
            let mut bytes = [0; 8];
            // SAFETY: the caller's promise; not null, and `size` is at most 8.
            unsafe { core::ptr::copy_nonoverlapping(value.cast(), bytes.as_mut_ptr(), size) };
            let given = u64::from_le_bytes(bytes);
            if given != ours {
                fail!(ErrorClass::Abi, "{what} is {given:#x}, and this library is built for {ours}");
            }
        }
        Ok(())
    });
    finish::<A>("MPI_Abi_set_fortran_booleans", || Object::None, outcome)
}

/// `MPI_Abi_set_fortran_info`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn abi_set_fortran_info<A: Abi>(info: A::Info) -> c_int {
    let known: Vec<(String, &str)> =
        SIZES.iter().map(|&(key, ours)| (key.to_owned(), ours)).chain(supported::<A>()).collect();
    let check = |info: &engine::info::Info| {
        let other = known.iter().find(|(key, ours)| info.hint(key).is_some_and(|given| given != *ours));
        match other {
            None => Ok(()),
            Some((key, ours)) => Err(Error::new(
                ErrorClass::Abi,
                format!(
                    "{key} is \"{}\", and this library is built for {ours}",
                    info.hint(key).unwrap_or_default()
                ),
            )),
        }
    };
    let outcome = with_objects(|objects| objects.info(info.decode()).and_then(check));
    finish::<A>("MPI_Abi_set_fortran_info", || Object::None, outcome)
}
