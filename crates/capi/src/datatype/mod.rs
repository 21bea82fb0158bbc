//! Datatypes (MPI-5.0 chapter 5).
//!
//! - [`construct`]: all constructors
//! - [`inquire`]: sizes, extents, envelopes and contents, names
//! - [`lifetime`]: duplicating and freeing
//! - [`pack`]: packing and unpacking
//! - [`parametric`]: datatypes by precision, size or parts

pub mod construct;
pub mod inquire;
pub mod lifetime;
pub mod pack;
pub mod parametric;

use core::ffi::c_int;
use std::sync::Arc;

use engine::datatype::{Counts, Datatype};
use engine::error::Result;
use engine::handle::DatatypeId;
use engine::objects::{DatatypeEntry, Objects};

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::with_objects;
use crate::wide::IntArray;

fn done<A: Abi>(function: &'static str, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::None, outcome)
}

/// The handle of a datatype that is to be given out: a predefined one has its
/// own.
pub(crate) fn add(objects: &mut Objects, datatype: Arc<Datatype>) -> DatatypeId {
    match datatype.predefined_index() {
        Some(index) => DatatypeId::from_raw(index),
        None => objects.datatypes.insert(DatatypeEntry::new(datatype)),
    }
}

/// Makes a datatype out of another.
///
/// # Safety
/// `newtype` may be written.
unsafe fn derive<A: Abi>(
    function: &'static str,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
    make: impl FnOnce(&Arc<Datatype>) -> Result<Arc<Datatype>>,
) -> c_int {
    let outcome = call::out(newtype, "newtype").and_then(|()| {
        let old = with_objects(|objects| objects.datatype(oldtype.decode()).cloned())?;
        let new = make(&old)?;
        let id = with_objects(|objects| objects.datatypes.insert(DatatypeEntry::new(new)));
        // SAFETY: the caller's promise; not null.
        unsafe { *newtype = A::Datatype::encode(id) };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// The form that was called, as far as its arrays tell.
fn form(array: IntArray) -> Counts {
    match array {
        IntArray::Int(_) => Counts::Int,
        IntArray::Count(_) => Counts::Large,
    }
}

/// The elements of an array of counts or displacements.
///
/// # Safety
/// The array has `len` elements.
unsafe fn elements(array: IntArray, len: usize, what: &str) -> Result<Vec<i64>> {
    if len != 0 && array.is_null() {
        engine::fail!(engine::error::ErrorClass::Arg, "the array of {what} is a null pointer");
    }
    // SAFETY: the caller's promise.
    Ok(unsafe { array.to_vec(len) })
}
