//! Datatypes by precision, size or parts (MPI-5.0 sections 5.1.4 and 19.1.9).

use core::ffi::c_int;

use engine::datatype::{F90, TypeClass, match_size, value_index};
use engine::error::ErrorClass;
use engine::fail;
use engine::handle::DatatypeId;
use engine::status::UNDEFINED;

use super::done;
use crate::abi::{Abi, CHandle, Constants};
use crate::call;
use crate::runtime::with_objects;

/// # Safety
/// `newtype` may be written.
unsafe fn put_f90<A: Abi>(function: &'static str, parameters: F90, newtype: *mut A::Datatype) -> c_int {
    let outcome = call::out(newtype, "newtype").and_then(|()| {
        let id = with_objects(|objects| objects.f90_datatype(parameters))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *newtype = A::Datatype::encode(id) };
        Ok(())
    });
    done::<A>(function, outcome)
}

fn given(value: c_int) -> Option<i32> {
    (value != UNDEFINED).then_some(value)
}

/// `MPI_Type_create_f90_integer`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_create_f90_integer<A: Abi>(r: c_int, newtype: *mut A::Datatype) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { put_f90::<A>("MPI_Type_create_f90_integer", F90::Integer { range: r }, newtype) }
}

/// `MPI_Type_create_f90_real`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_create_f90_real<A: Abi>(p: c_int, r: c_int, newtype: *mut A::Datatype) -> c_int {
    let parameters = F90::Real { precision: given(p), range: given(r) };
    // SAFETY: the caller's promise.
    unsafe { put_f90::<A>("MPI_Type_create_f90_real", parameters, newtype) }
}

/// `MPI_Type_create_f90_complex`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_create_f90_complex<A: Abi>(p: c_int, r: c_int, newtype: *mut A::Datatype) -> c_int {
    let parameters = F90::Complex { precision: given(p), range: given(r) };
    // SAFETY: the caller's promise.
    unsafe { put_f90::<A>("MPI_Type_create_f90_complex", parameters, newtype) }
}

/// `MPI_Type_match_size`.
///
/// # Safety
/// `datatype` may be written.
pub unsafe fn type_match_size<A: Abi>(typeclass: c_int, size: c_int, datatype: *mut A::Datatype) -> c_int {
    let outcome = call::out(datatype, "datatype").and_then(|()| {
        let class = A::constant_in(Constants::TypeClass, typeclass);
        let all = [TypeClass::Logical, TypeClass::Integer, TypeClass::Real, TypeClass::Complex];
        let Some(class) = all.into_iter().find(|&known| known as c_int == class) else {
            fail!(ErrorClass::Arg, "the type class must be one of the MPI_TYPECLASS_ constants");
        };
        let id = DatatypeId::from_raw(match_size(class, size)?);
        // SAFETY: the caller's promise; not null.
        unsafe { *datatype = A::Datatype::encode(id) };
        Ok(())
    });
    done::<A>("MPI_Type_match_size", outcome)
}

/// `MPI_Type_get_value_index`.
///
/// # Safety
/// `pair_type` may be written.
pub unsafe fn type_get_value_index<A: Abi>(
    value_type: A::Datatype,
    index_type: A::Datatype,
    pair_type: *mut A::Datatype,
) -> c_int {
    let outcome = call::out(pair_type, "pair_type").and_then(|()| {
        let found = with_objects(|objects| {
            let value = objects.datatype(value_type.decode())?;
            Ok(value_index(value, objects.datatype(index_type.decode())?))
        })?;
        let id = DatatypeId::from_raw(found.unwrap_or(0));
        // SAFETY: the caller's promise; not null.
        unsafe { *pair_type = A::Datatype::encode(id) };
        Ok(())
    });
    done::<A>("MPI_Type_get_value_index", outcome)
}
