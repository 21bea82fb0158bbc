//! Attributes of datatypes.

use core::ffi::{c_int, c_void};

use engine::attribute::{AttributeOf, AttributeSet, Keyvals, Store};
use engine::error::Result;
use engine::handle::DatatypeId;

use super::{create_keyval, delete_attribute, free_keyval, get_attribute, set_attribute};
use crate::abi::{Abi, CHandle};
use crate::errors::Object;
use crate::runtime::with_objects;

/// The attributes of this datatype.
pub(super) struct DatatypeAttributes(pub DatatypeId);

impl Store for DatatypeAttributes {
    const OF: AttributeOf = AttributeOf::Datatype;

    fn object(&self) -> u32 {
        self.0.raw()
    }

    fn with<R>(&self, access: impl FnOnce(&mut AttributeSet, &mut Keyvals) -> R) -> Result<R> {
        with_objects(|objects| {
            let (set, keyvals) = objects.datatype_attributes(self.0)?;
            Ok(access(set, keyvals))
        })
    }
}

/// `MPI_Type_create_keyval`.
///
/// # Safety
/// The functions are null, one of MPI's, or of the types that MPI asks for;
/// `type_keyval` may be written.
pub unsafe fn type_create_keyval<A: Abi>(
    type_copy_attr_fn: *const c_void,
    type_delete_attr_fn: *const c_void,
    type_keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    let functions = (type_copy_attr_fn, type_delete_attr_fn);
    let function = "MPI_Type_create_keyval";
    // SAFETY: the caller's promise.
    unsafe {
        create_keyval::<A, A::Datatype>(function, AttributeOf::Datatype, functions, type_keyval, extra_state)
    }
}

/// `MPI_Type_free_keyval`.
///
/// # Safety
/// `type_keyval` may be read and written.
pub unsafe fn type_free_keyval<A: Abi>(type_keyval: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { free_keyval::<A>("MPI_Type_free_keyval", AttributeOf::Datatype, type_keyval) }
}

/// `MPI_Type_set_attr`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn type_set_attr<A: Abi>(
    datatype: A::Datatype,
    type_keyval: c_int,
    attribute_val: *mut c_void,
) -> c_int {
    let id = datatype.decode();
    set_attribute::<A>("MPI_Type_set_attr", Object::None, &DatatypeAttributes(id), type_keyval, attribute_val)
}

/// `MPI_Type_get_attr`.
///
/// # Safety
/// `attribute_val` points to a pointer that may be written; `flag` may be written.
pub unsafe fn type_get_attr<A: Abi>(
    datatype: A::Datatype,
    type_keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    let id = datatype.decode();
    let answer = (attribute_val, flag);
    // SAFETY: the caller's promise.
    unsafe {
        get_attribute::<A>(
            "MPI_Type_get_attr",
            Object::None,
            &DatatypeAttributes(id),
            type_keyval,
            answer,
            |_| Ok(None),
        )
    }
}

/// `MPI_Type_delete_attr`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn type_delete_attr<A: Abi>(datatype: A::Datatype, type_keyval: c_int) -> c_int {
    let id = datatype.decode();
    delete_attribute::<A>("MPI_Type_delete_attr", Object::None, &DatatypeAttributes(id), type_keyval)
}
