//! Sizes, extents, envelopes and contents, names (MPI-5.0 sections 5.1.5 to
//! 5.1.14 and 7.8).

use core::ffi::{c_char, c_int};
use std::sync::Arc;

use engine::datatype::{Combiner, Contents, Datatype};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::status::UNDEFINED;

use super::{add, done};
use crate::abi::{Abi, CHandle, Constants};
use crate::call;
use crate::errors::put_string;
use crate::runtime::with_objects;
use crate::wide::IntOut;

fn datatype_of<A: Abi>(handle: A::Datatype) -> Result<Arc<Datatype>> {
    with_objects(|objects| objects.datatype(handle.decode()).cloned())
}

/// Writes numbers that a datatype has.
///
/// # Safety
/// The places may be written.
unsafe fn answer<A: Abi, const N: usize>(
    function: &'static str,
    handle: A::Datatype,
    places: [IntOut; N],
    values: impl FnOnce(&Datatype) -> [i64; N],
) -> c_int {
    let outcome = datatype_of::<A>(handle).and_then(|datatype| {
        if places.iter().any(|place| place.is_null()) {
            fail!(ErrorClass::Arg, "a result argument is a null pointer");
        }
        for (place, value) in places.into_iter().zip(values(&datatype)) {
            // SAFETY: the caller's promise; not null.
            unsafe { place.set(value) };
        }
        Ok(())
    });
    done::<A>(function, outcome)
}

fn size(datatype: &Datatype) -> [i64; 1] {
    // Optional datatypes that do not exist here have no size.
    [if datatype.is_supported() { datatype.size() as i64 } else { UNDEFINED.into() }]
}

fn extent(datatype: &Datatype) -> [i64; 2] {
    [datatype.lower_bound(), datatype.extent()]
}

fn true_extent(datatype: &Datatype) -> [i64; 2] {
    [datatype.true_lower_bound(), datatype.true_extent()]
}

/// `MPI_Type_size`.
///
/// # Safety
/// The place of `size` may be written.
pub unsafe fn type_size<A: Abi>(datatype: A::Datatype, size: IntOut) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 1>("MPI_Type_size", datatype, [size], self::size) }
}

/// `MPI_Type_size_x`, deprecated.
///
/// # Safety
/// `size` may be written.
pub unsafe fn type_size_x<A: Abi>(datatype: A::Datatype, size: *mut i64) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 1>("MPI_Type_size_x", datatype, [IntOut::Count(size)], self::size) }
}

/// `MPI_Type_get_extent`.
///
/// # Safety
/// The places may be written.
pub unsafe fn type_get_extent<A: Abi>(datatype: A::Datatype, lb: IntOut, extent: IntOut) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 2>("MPI_Type_get_extent", datatype, [lb, extent], self::extent) }
}

/// `MPI_Type_get_extent_x`, deprecated.
///
/// # Safety
/// Both may be written.
pub unsafe fn type_get_extent_x<A: Abi>(datatype: A::Datatype, lb: *mut i64, extent: *mut i64) -> c_int {
    let places = [IntOut::Count(lb), IntOut::Count(extent)];
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 2>("MPI_Type_get_extent_x", datatype, places, self::extent) }
}

/// `MPI_Type_get_true_extent`.
///
/// # Safety
/// The places may be written.
pub unsafe fn type_get_true_extent<A: Abi>(
    datatype: A::Datatype,
    true_lb: IntOut,
    true_extent: IntOut,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 2>("MPI_Type_get_true_extent", datatype, [true_lb, true_extent], self::true_extent) }
}

/// `MPI_Type_get_true_extent_x`, deprecated.
///
/// # Safety
/// Both may be written.
pub unsafe fn type_get_true_extent_x<A: Abi>(
    datatype: A::Datatype,
    true_lb: *mut i64,
    true_extent: *mut i64,
) -> c_int {
    let places = [IntOut::Count(true_lb), IntOut::Count(true_extent)];
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 2>("MPI_Type_get_true_extent_x", datatype, places, self::true_extent) }
}

/// `MPI_Type_extent`, removed from the standard.
///
/// # Safety
/// `extent` may be written.
pub unsafe fn type_extent<A: Abi>(datatype: A::Datatype, extent: *mut isize) -> c_int {
    let place = [IntOut::Count(extent.cast())];
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 1>("MPI_Type_extent", datatype, place, |datatype| [datatype.extent()]) }
}

/// `MPI_Type_lb`, removed from the standard.
///
/// # Safety
/// `displacement` may be written.
pub unsafe fn type_lb<A: Abi>(datatype: A::Datatype, displacement: *mut isize) -> c_int {
    let place = [IntOut::Count(displacement.cast())];
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 1>("MPI_Type_lb", datatype, place, |datatype| [datatype.lower_bound()]) }
}

/// `MPI_Type_ub`, removed from the standard.
///
/// # Safety
/// `displacement` may be written.
pub unsafe fn type_ub<A: Abi>(datatype: A::Datatype, displacement: *mut isize) -> c_int {
    let place = [IntOut::Count(displacement.cast())];
    // SAFETY: the caller's promise.
    unsafe { answer::<A, 1>("MPI_Type_ub", datatype, place, |datatype| [datatype.upper_bound()]) }
}

/// What an envelope counts: integers, addresses, large counts, datatypes.
fn lengths(contents: &Contents) -> [usize; 4] {
    [
        contents.integers().len(),
        contents.addresses().len(),
        contents.large_counts().len(),
        contents.datatypes().len(),
    ]
}

/// `MPI_Type_get_envelope`.
///
/// # Safety
/// All results may be written.
pub unsafe fn type_get_envelope<A: Abi>(
    datatype: A::Datatype,
    num_integers: *mut c_int,
    num_addresses: *mut c_int,
    num_datatypes: *mut c_int,
    combiner: *mut c_int,
) -> c_int {
    let outcome = datatype_of::<A>(datatype).and_then(|datatype| {
        let contents = datatype.contents();
        let [integers, addresses, large, datatypes] = lengths(contents);
        if large != 0 {
            fail!(
                ErrorClass::Type,
                "the datatype was made with large counts: ask with MPI_Type_get_envelope_c"
            );
        }
        for place in [num_integers, num_addresses, num_datatypes, combiner] {
            call::out(place, "result")?;
        }
        // SAFETY: the caller's promise; none is null.
        unsafe {
            *num_integers = integers as c_int;
            *num_addresses = addresses as c_int;
            *num_datatypes = datatypes as c_int;
            *combiner = A::constant_out(Constants::Combiner, contents.combiner() as c_int);
        }
        Ok(())
    });
    done::<A>("MPI_Type_get_envelope", outcome)
}

/// `MPI_Type_get_envelope_c`.
///
/// # Safety
/// All results may be written.
pub unsafe fn type_get_envelope_c<A: Abi>(
    datatype: A::Datatype,
    num_integers: *mut i64,
    num_addresses: *mut i64,
    num_large_counts: *mut i64,
    num_datatypes: *mut i64,
    combiner: *mut c_int,
) -> c_int {
    let outcome = datatype_of::<A>(datatype).and_then(|datatype| {
        let contents = datatype.contents();
        let places = [num_integers, num_addresses, num_large_counts, num_datatypes];
        call::out(combiner, "combiner")?;
        for (place, length) in places.into_iter().zip(lengths(contents)) {
            call::out(place, "result")?;
            // SAFETY: the caller's promise; not null.
            unsafe { *place = length as i64 };
        }
        // SAFETY: the caller's promise; not null.
        unsafe { *combiner = A::constant_out(Constants::Combiner, contents.combiner() as c_int) };
        Ok(())
    });
    done::<A>("MPI_Type_get_envelope_c", outcome)
}

/// The integers of contents with the constants among them as the ABI has them.
fn integers_out<A: Abi>(contents: &Contents) -> Vec<c_int> {
    let mut integers = contents.integers().to_vec();
    let translate = |value: &mut c_int| *value = A::constant_out(Constants::Distribution, *value);
    match contents.combiner() {
        Combiner::Subarray => integers.iter_mut().next_back().into_iter().for_each(translate),
        Combiner::Darray => {
            // size, rank, ndims, [gsizes], distributions, arguments, psizes, order
            let dims = integers[2] as usize;
            let sizes = if contents.large_counts().is_empty() { dims } else { 0 };
            let first = 3 + sizes;
            integers[first..first + 2 * dims].iter_mut().for_each(translate);
            integers.iter_mut().next_back().into_iter().for_each(translate);
        }
        _ => {}
    }
    integers
}

/// Where the contents go, and how many there is room for.
struct Places<A: Abi> {
    room: [i64; 4],
    integers: *mut c_int,
    addresses: *mut isize,
    large_counts: *mut i64,
    datatypes: *mut A::Datatype,
}

/// # Safety
/// The places have the room that they say.
unsafe fn put_contents<A: Abi>(function: &'static str, handle: A::Datatype, places: Places<A>) -> c_int {
    let outcome = datatype_of::<A>(handle).and_then(|datatype| {
        let contents = datatype.contents();
        if matches!(contents.combiner(), Combiner::Named) {
            fail!(
                ErrorClass::Type,
                "a predefined datatype has no contents: MPI_Type_get_envelope says MPI_COMBINER_NAMED"
            );
        }
        for (length, room) in lengths(contents).into_iter().zip(places.room) {
            if length as i64 > room {
                fail!(ErrorClass::Arg, "there is room for {room} values where the datatype has {length}");
            }
        }
        let inner = contents.datatypes().to_vec();
        let handles =
            with_objects(|objects| inner.into_iter().map(|inner| add(objects, inner)).collect::<Vec<_>>());
        // SAFETY: the caller's promise; the lengths were checked.
        unsafe {
            for (index, value) in integers_out::<A>(contents).into_iter().enumerate() {
                *places.integers.add(index) = value;
            }
            for (index, &value) in contents.addresses().iter().enumerate() {
                *places.addresses.add(index) = value as isize;
            }
            for (index, &value) in contents.large_counts().iter().enumerate() {
                *places.large_counts.add(index) = value;
            }
            for (index, handle) in handles.into_iter().enumerate() {
                *places.datatypes.add(index) = A::Datatype::encode(handle);
            }
        }
        Ok(())
    });
    done::<A>(function, outcome)
}

/// `MPI_Type_get_contents`.
///
/// # Safety
/// The arrays have the room that is said.
pub unsafe fn type_get_contents<A: Abi>(
    datatype: A::Datatype,
    max_integers: c_int,
    max_addresses: c_int,
    max_datatypes: c_int,
    array_of_integers: *mut c_int,
    array_of_addresses: *mut isize,
    array_of_datatypes: *mut A::Datatype,
) -> c_int {
    let places = Places::<A> {
        room: [max_integers.into(), max_addresses.into(), 0, max_datatypes.into()],
        integers: array_of_integers,
        addresses: array_of_addresses,
        large_counts: core::ptr::null_mut(),
        datatypes: array_of_datatypes,
    };
    // SAFETY: the caller's promise.
    unsafe { put_contents::<A>("MPI_Type_get_contents", datatype, places) }
}

/// `MPI_Type_get_contents_c`.
///
/// # Safety
/// The arrays have the room that is said.
pub unsafe fn type_get_contents_c<A: Abi>(
    datatype: A::Datatype,
    max_integers: i64,
    max_addresses: i64,
    max_large_counts: i64,
    max_datatypes: i64,
    array_of_integers: *mut c_int,
    array_of_addresses: *mut isize,
    array_of_large_counts: *mut i64,
    array_of_datatypes: *mut A::Datatype,
) -> c_int {
    let places = Places::<A> {
        room: [max_integers, max_addresses, max_large_counts, max_datatypes],
        integers: array_of_integers,
        addresses: array_of_addresses,
        large_counts: array_of_large_counts,
        datatypes: array_of_datatypes,
    };
    // SAFETY: the caller's promise.
    unsafe { put_contents::<A>("MPI_Type_get_contents_c", datatype, places) }
}

/// `MPI_Type_get_name`.
///
/// # Safety
/// `type_name` has `MPI_MAX_OBJECT_NAME` bytes, `resultlen` may be written.
pub unsafe fn type_get_name<A: Abi>(
    datatype: A::Datatype,
    type_name: *mut c_char,
    resultlen: *mut c_int,
) -> c_int {
    let outcome =
        call::out(type_name, "type_name").and_then(|()| call::out(resultlen, "resultlen")).and_then(|()| {
            let id = datatype.decode();
            let name = match id.is_null() {
                true => b"MPI_DATATYPE_NULL".to_vec(),
                false => with_objects(|objects| objects.datatype_entry(id).map(|entry| entry.name.clone()))?,
            };
            // SAFETY: the caller's promise; neither is null.
            unsafe { *resultlen = put_string(&name, type_name, A::MAX_OBJECT_NAME) as c_int };
            Ok(())
        });
    done::<A>("MPI_Type_get_name", outcome)
}

/// `MPI_Type_set_name`.
///
/// # Safety
/// `type_name` is a C string.
pub unsafe fn type_set_name<A: Abi>(datatype: A::Datatype, type_name: *const c_char) -> c_int {
    let outcome = call::out(type_name.cast_mut(), "type_name").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let name = unsafe { core::ffi::CStr::from_ptr(type_name) }.to_bytes();
        let name = name[..name.len().min(A::MAX_OBJECT_NAME - 1)].to_vec();
        with_objects(|objects| {
            objects.datatype_entry(datatype.decode())?.name = name;
            Ok(())
        })
    });
    done::<A>("MPI_Type_set_name", outcome)
}
