//! Constructors (MPI-5.0 sections 5.1.2 to 5.1.9).

use core::ffi::c_int;

use engine::datatype::{Counts, Darray, Datatype, Distribution, Order};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::DatatypeId;

use super::{add, derive, done, elements, form};
use crate::abi::{Abi, CHandle, Constants};
use crate::call;
use crate::runtime::with_objects;
use crate::wide::IntArray;

/// `MPI_Type_contiguous`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_contiguous<A: Abi>(count: i64, oldtype: A::Datatype, newtype: *mut A::Datatype) -> c_int {
    let make = |old: &_| Datatype::contiguous(Counts::Int, count, old);
    // SAFETY: the caller's promise.
    unsafe { derive::<A>("MPI_Type_contiguous", oldtype, newtype, make) }
}

/// `MPI_Type_vector`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_vector<A: Abi>(
    count: i64,
    blocklength: i64,
    stride: i64,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let make = |old: &_| Datatype::vector(Counts::Int, count, blocklength, stride, old);
    // SAFETY: the caller's promise.
    unsafe { derive::<A>("MPI_Type_vector", oldtype, newtype, make) }
}

/// `MPI_Type_create_hvector`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_create_hvector<A: Abi>(
    count: i64,
    blocklength: i64,
    stride: i64,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let make = |old: &_| Datatype::hvector(Counts::Int, count, blocklength, stride, old);
    // SAFETY: the caller's promise.
    unsafe { derive::<A>("MPI_Type_create_hvector", oldtype, newtype, make) }
}

/// `MPI_Type_hvector`, removed from the standard.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_hvector<A: Abi>(
    count: c_int,
    blocklength: c_int,
    stride: isize,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let make = |old: &_| Datatype::hvector(Counts::Int, count.into(), blocklength.into(), stride as i64, old);
    // SAFETY: the caller's promise.
    unsafe { derive::<A>("MPI_Type_hvector", oldtype, newtype, make) }
}

/// `MPI_Type_indexed`.
///
/// # Safety
/// The arrays have `count` elements; `newtype` may be written.
pub unsafe fn type_indexed<A: Abi>(
    count: i64,
    array_of_blocklengths: IntArray,
    array_of_displacements: IntArray,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Type_indexed", oldtype, newtype, |old| {
            let count = call::count(count)?;
            let lengths = elements(array_of_blocklengths, count, "block lengths")?;
            let displacements = elements(array_of_displacements, count, "displacements")?;
            Datatype::indexed(form(array_of_blocklengths), &lengths, &displacements, old)
        })
    }
}

/// # Safety
/// As [`type_create_hindexed`].
unsafe fn hindexed<A: Abi>(
    function: &'static str,
    count: i64,
    lengths: IntArray,
    displacements: IntArray,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>(function, oldtype, newtype, |old| {
            let count = call::count(count)?;
            let counts = form(lengths);
            let lengths = elements(lengths, count, "block lengths")?;
            let displacements = elements(displacements, count, "displacements")?;
            Datatype::hindexed(counts, &lengths, &displacements, old)
        })
    }
}

/// `MPI_Type_create_hindexed`.
///
/// # Safety
/// The arrays have `count` elements; `newtype` may be written.
pub unsafe fn type_create_hindexed<A: Abi>(
    count: i64,
    array_of_blocklengths: IntArray,
    array_of_displacements: IntArray,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let (lengths, displacements) = (array_of_blocklengths, array_of_displacements);
    // SAFETY: the caller's promise.
    unsafe { hindexed::<A>("MPI_Type_create_hindexed", count, lengths, displacements, oldtype, newtype) }
}

/// `MPI_Type_hindexed`, removed from the standard.
///
/// # Safety
/// As [`type_create_hindexed`].
pub unsafe fn type_hindexed<A: Abi>(
    count: c_int,
    array_of_blocklengths: *mut c_int,
    array_of_displacements: *mut isize,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let lengths = IntArray::Int(array_of_blocklengths);
    let displacements = IntArray::Count(array_of_displacements.cast());
    // SAFETY: the caller's promise.
    unsafe { hindexed::<A>("MPI_Type_hindexed", count.into(), lengths, displacements, oldtype, newtype) }
}

/// `MPI_Type_create_indexed_block`.
///
/// # Safety
/// The array has `count` elements; `newtype` may be written.
pub unsafe fn type_create_indexed_block<A: Abi>(
    count: i64,
    blocklength: i64,
    array_of_displacements: IntArray,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Type_create_indexed_block", oldtype, newtype, |old| {
            let displacements = elements(array_of_displacements, call::count(count)?, "displacements")?;
            Datatype::indexed_block(form(array_of_displacements), blocklength, &displacements, old)
        })
    }
}

/// `MPI_Type_create_hindexed_block`.
///
/// # Safety
/// The array has `count` elements; `newtype` may be written.
pub unsafe fn type_create_hindexed_block<A: Abi>(
    count: i64,
    blocklength: i64,
    array_of_displacements: IntArray,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Type_create_hindexed_block", oldtype, newtype, |old| {
            let displacements = elements(array_of_displacements, call::count(count)?, "displacements")?;
            Datatype::hindexed_block(Counts::Int, blocklength, &displacements, old)
        })
    }
}

/// # Safety
/// As [`type_create_struct`].
unsafe fn structure<A: Abi>(
    function: &'static str,
    count: i64,
    lengths: IntArray,
    displacements: IntArray,
    types: *const A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let outcome = call::out(newtype, "newtype").and_then(|()| {
        let count = call::count(count)?;
        let counts = form(lengths);
        if count != 0 {
            call::out(types.cast_mut(), "array of datatypes")?;
        }
        // SAFETY: the caller's promise.
        let (lengths, displacements, handles) = unsafe {
            let handles: Vec<DatatypeId> = (0..count).map(|index| (*types.add(index)).decode()).collect();
            (
                elements(lengths, count, "block lengths")?,
                elements(displacements, count, "displacements")?,
                handles,
            )
        };
        let id = with_objects(|objects| {
            let types = handles
                .iter()
                .map(|&handle| objects.datatype(handle).cloned())
                .collect::<Result<Vec<_>>>()?;
            let new = Datatype::structure(counts, &lengths, &displacements, &types)?;
            Ok(add(objects, new))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *newtype = A::Datatype::encode(id) };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// `MPI_Type_create_struct`.
///
/// # Safety
/// The arrays have `count` elements; `newtype` may be written.
pub unsafe fn type_create_struct<A: Abi>(
    count: i64,
    array_of_blocklengths: IntArray,
    array_of_displacements: IntArray,
    array_of_types: *const A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let (lengths, displacements) = (array_of_blocklengths, array_of_displacements);
    // SAFETY: the caller's promise.
    unsafe {
        structure::<A>("MPI_Type_create_struct", count, lengths, displacements, array_of_types, newtype)
    }
}

/// `MPI_Type_struct`, removed from the standard.
///
/// # Safety
/// As [`type_create_struct`].
pub unsafe fn type_struct<A: Abi>(
    count: c_int,
    array_of_blocklengths: *mut c_int,
    array_of_displacements: *mut isize,
    array_of_types: *mut A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    let lengths = IntArray::Int(array_of_blocklengths);
    let displacements = IntArray::Count(array_of_displacements.cast());
    // SAFETY: the caller's promise.
    unsafe {
        structure::<A>("MPI_Type_struct", count.into(), lengths, displacements, array_of_types, newtype)
    }
}

/// `MPI_Type_create_resized`.
///
/// # Safety
/// `newtype` may be written.
pub unsafe fn type_create_resized<A: Abi>(
    oldtype: A::Datatype,
    lb: i64,
    extent: i64,
    newtype: *mut A::Datatype,
) -> c_int {
    let make = |old: &_| Datatype::resized(Counts::Int, lb, extent, old);
    // SAFETY: the caller's promise.
    unsafe { derive::<A>("MPI_Type_create_resized", oldtype, newtype, make) }
}

fn order_of<A: Abi>(order: c_int) -> Result<Order> {
    let order = A::constant_in(Constants::Distribution, order);
    match [Order::C, Order::Fortran].into_iter().find(|&known| known as c_int == order) {
        Some(order) => Ok(order),
        None => fail!(ErrorClass::Arg, "the order of the array must be MPI_ORDER_C or MPI_ORDER_FORTRAN"),
    }
}

fn dimensions(ndims: c_int) -> Result<usize> {
    match usize::try_from(ndims) {
        Ok(ndims) if ndims > 0 => Ok(ndims),
        _ => fail!(ErrorClass::Arg, "the number of dimensions is {ndims}; an array has at least one"),
    }
}

/// `MPI_Type_create_subarray`.
///
/// # Safety
/// The arrays have `ndims` elements; `newtype` may be written.
pub unsafe fn type_create_subarray<A: Abi>(
    ndims: c_int,
    array_of_sizes: IntArray,
    array_of_subsizes: IntArray,
    array_of_starts: IntArray,
    order: c_int,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Type_create_subarray", oldtype, newtype, |old| {
            let dims = dimensions(ndims)?;
            let sizes = elements(array_of_sizes, dims, "sizes")?;
            let subsizes = elements(array_of_subsizes, dims, "subsizes")?;
            let starts = elements(array_of_starts, dims, "starts")?;
            let order = order_of::<A>(order)?;
            Datatype::subarray(form(array_of_sizes), &sizes, &subsizes, &starts, order, old)
        })
    }
}

fn distribution_of<A: Abi>(distribution: c_int, argument: c_int) -> Result<Distribution> {
    use crate::abi::constants::standard as c;
    let argument = (argument != A::DISTRIBUTE_DFLT_DARG).then_some(argument);
    match i64::from(A::constant_in(Constants::Distribution, distribution)) {
        c::MPI_DISTRIBUTE_NONE => Ok(Distribution::None),
        c::MPI_DISTRIBUTE_BLOCK => Ok(Distribution::Block(argument)),
        c::MPI_DISTRIBUTE_CYCLIC => Ok(Distribution::Cyclic(argument)),
        _ => fail!(
            ErrorClass::Arg,
            "a distribution must be MPI_DISTRIBUTE_NONE, MPI_DISTRIBUTE_BLOCK or MPI_DISTRIBUTE_CYCLIC"
        ),
    }
}

/// `MPI_Type_create_darray`.
///
/// # Safety
/// The arrays have `ndims` elements; `newtype` may be written.
pub unsafe fn type_create_darray<A: Abi>(
    size: c_int,
    rank: c_int,
    ndims: c_int,
    array_of_gsizes: IntArray,
    array_of_distribs: *const c_int,
    array_of_dargs: *const c_int,
    array_of_psizes: *const c_int,
    order: c_int,
    oldtype: A::Datatype,
    newtype: *mut A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Type_create_darray", oldtype, newtype, |old| {
            let dims = dimensions(ndims)?;
            let global_sizes = elements(array_of_gsizes, dims, "global sizes")?;
            call::out(array_of_distribs.cast_mut(), "array of distributions")?;
            call::out(array_of_dargs.cast_mut(), "array of distribution arguments")?;
            call::out(array_of_psizes.cast_mut(), "array of process sizes")?;
            let distributions = (0..dims)
                .map(|dim| distribution_of::<A>(*array_of_distribs.add(dim), *array_of_dargs.add(dim)))
                .collect::<Result<Vec<_>>>()?;
            let array = Darray {
                processes: size,
                rank,
                global_sizes: &global_sizes,
                distributions: &distributions,
                process_sizes: core::slice::from_raw_parts(array_of_psizes, dims),
                order: order_of::<A>(order)?,
            };
            Datatype::darray(form(array_of_gsizes), &array, old)
        })
    }
}

/// `MPI_Type_commit`.
///
/// # Safety
/// `datatype` may be read.
pub unsafe fn type_commit<A: Abi>(datatype: *mut A::Datatype) -> c_int {
    let outcome = call::out(datatype, "datatype").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*datatype).decode() };
        with_objects(|objects| objects.datatype(id).cloned())?.commit();
        Ok(())
    });
    done::<A>("MPI_Type_commit", outcome)
}
