//! The names that functions of attributes had in MPI-1.

use core::ffi::{c_int, c_void};

use engine::attribute::AttributeOf;

use super::comm::CommAttributes;
use super::{create_keyval, delete_attribute, free_keyval, get_attribute, predefined, set_attribute};
use crate::abi::{Abi, CHandle};
use crate::errors::Object;

/// `MPI_Keyval_create`.
///
/// # Safety
/// As for `MPI_Comm_create_keyval`.
pub unsafe fn keyval_create<A: Abi>(
    copy_fn: *const c_void,
    delete_fn: *const c_void,
    keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    let functions = (copy_fn, delete_fn);
    // SAFETY: the caller's promise.
    unsafe {
        create_keyval::<A, A::Comm>("MPI_Keyval_create", AttributeOf::Comm, functions, keyval, extra_state)
    }
}

/// `MPI_Keyval_free`.
///
/// # Safety
/// `keyval` may be read and written.
pub unsafe fn keyval_free<A: Abi>(keyval: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { free_keyval::<A>("MPI_Keyval_free", AttributeOf::Comm, keyval) }
}

/// `MPI_Attr_put`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn attr_put<A: Abi>(comm: A::Comm, keyval: c_int, attribute_val: *mut c_void) -> c_int {
    let id = comm.decode();
    set_attribute::<A>("MPI_Attr_put", Object::Comm(id), &CommAttributes(id), keyval, attribute_val)
}

/// `MPI_Attr_get`.
///
/// # Safety
/// As for `MPI_Comm_get_attr`.
pub unsafe fn attr_get<A: Abi>(
    comm: A::Comm,
    keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    let id = comm.decode();
    let answer = (attribute_val, flag);
    let predefined = |attribute| Ok(predefined::of_comm::<A>(attribute));
    // SAFETY: the caller's promise.
    unsafe {
        get_attribute::<A>("MPI_Attr_get", Object::Comm(id), &CommAttributes(id), keyval, answer, predefined)
    }
}

/// `MPI_Attr_delete`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn attr_delete<A: Abi>(comm: A::Comm, keyval: c_int) -> c_int {
    let id = comm.decode();
    delete_attribute::<A>("MPI_Attr_delete", Object::Comm(id), &CommAttributes(id), keyval)
}
