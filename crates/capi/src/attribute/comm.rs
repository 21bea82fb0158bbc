//! Attributes of communicators.

use core::ffi::{c_int, c_void};

use engine::attribute::{AttributeOf, AttributeSet, Keyvals, Store};
use engine::error::Result;
use engine::handle::CommId;

use super::{create_keyval, delete_attribute, free_keyval, get_attribute, predefined, set_attribute};
use crate::abi::{Abi, CHandle};
use crate::errors::Object;
use crate::runtime::with_objects;

/// The attributes of this communicator.
pub(super) struct CommAttributes(pub CommId);

impl Store for CommAttributes {
    const OF: AttributeOf = AttributeOf::Comm;

    fn object(&self) -> u32 {
        self.0.raw()
    }

    fn with<R>(&self, access: impl FnOnce(&mut AttributeSet, &mut Keyvals) -> R) -> Result<R> {
        with_objects(|objects| {
            let (set, keyvals) = objects.comm_attributes(self.0)?;
            Ok(access(set, keyvals))
        })
    }
}

/// `MPI_Comm_create_keyval`.
///
/// # Safety
/// The functions are null, one of MPI's, or of the types that MPI asks for;
/// `comm_keyval` may be written.
pub unsafe fn comm_create_keyval<A: Abi>(
    comm_copy_attr_fn: *const c_void,
    comm_delete_attr_fn: *const c_void,
    comm_keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    let functions = (comm_copy_attr_fn, comm_delete_attr_fn);
    let function = "MPI_Comm_create_keyval";
    // SAFETY: the caller's promise.
    unsafe { create_keyval::<A, A::Comm>(function, AttributeOf::Comm, functions, comm_keyval, extra_state) }
}

/// `MPI_Comm_free_keyval`.
///
/// # Safety
/// `comm_keyval` may be read and written.
pub unsafe fn comm_free_keyval<A: Abi>(comm_keyval: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { free_keyval::<A>("MPI_Comm_free_keyval", AttributeOf::Comm, comm_keyval) }
}

/// `MPI_Comm_set_attr`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_set_attr<A: Abi>(comm: A::Comm, comm_keyval: c_int, attribute_val: *mut c_void) -> c_int {
    let id = comm.decode();
    set_attribute::<A>("MPI_Comm_set_attr", Object::Comm(id), &CommAttributes(id), comm_keyval, attribute_val)
}

/// `MPI_Comm_get_attr`.
///
/// # Safety
/// `attribute_val` points to a pointer that may be written; `flag` may be written.
pub unsafe fn comm_get_attr<A: Abi>(
    comm: A::Comm,
    comm_keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    let id = comm.decode();
    let answer = (attribute_val, flag);
    // SAFETY: the caller's promise.
    unsafe {
        get_attribute::<A>(
            "MPI_Comm_get_attr",
            Object::Comm(id),
            &CommAttributes(id),
            comm_keyval,
            answer,
            |attribute| Ok(predefined::of_comm::<A>(attribute)),
        )
    }
}

/// `MPI_Comm_delete_attr`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_delete_attr<A: Abi>(comm: A::Comm, comm_keyval: c_int) -> c_int {
    let id = comm.decode();
    delete_attribute::<A>("MPI_Comm_delete_attr", Object::Comm(id), &CommAttributes(id), comm_keyval)
}
