//! Duplicating and freeing datatypes, with their attributes.

use core::ffi::c_int;

use engine::attribute::Failure;
use engine::datatype::Datatype;
use engine::handle::DatatypeId;
use engine::objects::DatatypeEntry;

use crate::abi::{Abi, CHandle};
use crate::attribute::{copies_of_datatype, delete_all_of_datatype, finish_callback};
use crate::call;
use crate::errors::Object;
use crate::runtime::with_objects;

/// `MPI_Type_dup`: the same datatype, with what the copy functions make of its
/// attributes.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_dup<A: Abi>(oldtype: A::Datatype, newtype: *mut A::Datatype) -> c_int {
    let outcome = call::out(newtype, "newtype").map_err(Failure::Engine).and_then(|()| {
        let old = oldtype.decode();
        // SAFETY: the caller's promise; not null.
        unsafe { *newtype = A::Datatype::encode(DatatypeId::NULL) };
        let datatype = with_objects(|objects| Datatype::dup(objects.datatype(old)?))?;
        let attributes = copies_of_datatype(old)?;
        let entry = DatatypeEntry { attributes, ..DatatypeEntry::new(datatype) };
        let id = with_objects(|objects| objects.datatypes.insert(entry));
        // SAFETY: as above.
        unsafe { *newtype = A::Datatype::encode(id) };
        Ok(())
    });
    finish_callback::<A>("MPI_Type_dup", Object::None, outcome)
}

/// `MPI_Type_free`. What is under way, and what was made of it, keep it.
///
/// # Safety
/// `datatype` may be read and written.
pub unsafe fn type_free<A: Abi>(datatype: *mut A::Datatype) -> c_int {
    let outcome = call::out(datatype, "datatype").map_err(Failure::Engine).and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*datatype).decode() };
        with_objects(|objects| objects.check_datatype_freeable(id))?;
        delete_all_of_datatype(id)?;
        with_objects(|objects| objects.free_datatype(id))?;
        // SAFETY: as above.
        unsafe { *datatype = A::Datatype::encode(DatatypeId::NULL) };
        Ok(())
    });
    finish_callback::<A>("MPI_Type_free", Object::None, outcome)
}
