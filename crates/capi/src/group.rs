//! Groups (MPI-5.0 section 7.3).

use core::ffi::c_int;
use std::sync::Arc;

use engine::error::Result;
use engine::group::{Comparison, Group, RankRange};
use engine::handle::GroupId;
use engine::objects::{GROUP_EMPTY, Objects};
use engine::status::UNDEFINED;

use crate::abi::{Abi, CHandle, Constants};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::with_objects;

fn done<A: Abi>(function: &'static str, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::None, outcome)
}

/// The handle of a new group; all empty ones are `MPI_GROUP_EMPTY`.
pub(crate) fn add(objects: &mut Objects, group: Arc<Group>) -> GroupId {
    if group.size() == 0 { GROUP_EMPTY } else { objects.groups.insert(group) }
}

/// The engine's number of a comparison: the standard ABI's constant.
pub(crate) fn comparison<A: Abi>(comparison: Comparison) -> c_int {
    use crate::abi::constants::standard as c;
    let value = match comparison {
        Comparison::Ident => c::MPI_IDENT,
        Comparison::Congruent => c::MPI_CONGRUENT,
        Comparison::Similar => c::MPI_SIMILAR,
        Comparison::Unequal => c::MPI_UNEQUAL,
    };
    A::constant_out(Constants::Comparison, value as c_int)
}

/// Makes a new group out of one.
///
/// # Safety
/// `newgroup` may be written.
unsafe fn derive<A: Abi>(
    function: &'static str,
    group: A::Group,
    newgroup: *mut A::Group,
    make: impl FnOnce(&Group) -> Result<Group>,
) -> c_int {
    let outcome = call::out(newgroup, "newgroup").and_then(|()| {
        let id = with_objects(|objects| {
            let new = make(objects.group(group.decode())?)?;
            Ok(add(objects, Arc::new(new)))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *newgroup = A::Group::encode(id) };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// Makes a new group out of two.
///
/// # Safety
/// `newgroup` may be written.
unsafe fn join<A: Abi>(
    function: &'static str,
    groups: (A::Group, A::Group),
    newgroup: *mut A::Group,
    make: impl FnOnce(&Group, &Group) -> Group,
) -> c_int {
    let outcome = call::out(newgroup, "newgroup").and_then(|()| {
        let id = with_objects(|objects| {
            let new = make(objects.group(groups.0.decode())?, objects.group(groups.1.decode())?);
            Ok(add(objects, Arc::new(new)))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *newgroup = A::Group::encode(id) };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// # Safety
/// As [`call::array`].
unsafe fn ranges(array: *mut [c_int; 3], n: c_int) -> Result<Vec<RankRange>> {
    // SAFETY: the caller's promise.
    let triples = unsafe { call::array(array, n, "ranges")? };
    Ok(triples.iter().map(|&[first, last, stride]| RankRange { first, last, stride }).collect())
}

/// `MPI_Group_size`.
///
/// # Safety
/// `size` may be written.
pub unsafe fn group_size<A: Abi>(group: A::Group, size: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ask::<A>("MPI_Group_size", group, size, |group| group.size() as c_int) }
}

/// `MPI_Group_rank`.
///
/// # Safety
/// `rank` may be written.
pub unsafe fn group_rank<A: Abi>(group: A::Group, rank: *mut c_int) -> c_int {
    let own = |group: &Group| group.rank().map_or(UNDEFINED, |rank| rank as c_int);
    // SAFETY: the caller's promise.
    unsafe { ask::<A>("MPI_Group_rank", group, rank, own) }
}

/// # Safety
/// `out` may be written.
unsafe fn ask<A: Abi>(
    function: &'static str,
    group: A::Group,
    out: *mut c_int,
    answer: impl FnOnce(&Group) -> c_int,
) -> c_int {
    let outcome = call::out(out, "result").and_then(|()| {
        let value = with_objects(|objects| objects.group(group.decode()).map(|group| answer(group)))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *out = value };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// `MPI_Group_translate_ranks`.
///
/// # Safety
/// `ranks1` has `n` elements that may be read, `ranks2` as many to be written.
pub unsafe fn group_translate_ranks<A: Abi>(
    group1: A::Group,
    n: c_int,
    ranks1: *const c_int,
    group2: A::Group,
    ranks2: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { call::array(ranks1, n, "ranks1") }.and_then(|ranks| {
        if !ranks.is_empty() {
            call::out(ranks2, "ranks2")?;
        }
        let ranks: Vec<i32> = ranks.iter().map(|&rank| A::rank_in(rank)).collect();
        let translated = with_objects(|objects| {
            objects.group(group1.decode())?.translate(&ranks, objects.group(group2.decode())?)
        })?;
        for (index, rank) in translated.into_iter().enumerate() {
            // SAFETY: the caller's promise.
            unsafe { *ranks2.add(index) = A::rank_out(rank) };
        }
        Ok(())
    });
    done::<A>("MPI_Group_translate_ranks", outcome)
}

/// `MPI_Group_compare`.
///
/// # Safety
/// `result` may be written.
pub unsafe fn group_compare<A: Abi>(group1: A::Group, group2: A::Group, result: *mut c_int) -> c_int {
    let outcome = call::out(result, "result").and_then(|()| {
        let found = with_objects(|objects| {
            Ok(objects.group(group1.decode())?.compare(objects.group(group2.decode())?))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *result = comparison::<A>(found) };
        Ok(())
    });
    done::<A>("MPI_Group_compare", outcome)
}

/// `MPI_Group_free`.
///
/// # Safety
/// `group` may be read and written.
pub unsafe fn group_free<A: Abi>(group: *mut A::Group) -> c_int {
    let outcome = call::out(group, "group").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*group).decode() };
        with_objects(|objects| {
            objects.group(id)?;
            if !objects.groups.is_predefined(id) {
                objects.groups.remove(id);
            }
            Ok(())
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *group = A::Group::encode(GroupId::NULL) };
        Ok(())
    });
    done::<A>("MPI_Group_free", outcome)
}

/// `MPI_Group_union`.
///
/// # Safety
/// `newgroup` may be written.
pub unsafe fn group_union<A: Abi>(group1: A::Group, group2: A::Group, newgroup: *mut A::Group) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { join::<A>("MPI_Group_union", (group1, group2), newgroup, Group::union) }
}

/// `MPI_Group_intersection`.
///
/// # Safety
/// `newgroup` may be written.
pub unsafe fn group_intersection<A: Abi>(
    group1: A::Group,
    group2: A::Group,
    newgroup: *mut A::Group,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { join::<A>("MPI_Group_intersection", (group1, group2), newgroup, Group::intersection) }
}

/// `MPI_Group_difference`.
///
/// # Safety
/// `newgroup` may be written.
pub unsafe fn group_difference<A: Abi>(group1: A::Group, group2: A::Group, newgroup: *mut A::Group) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { join::<A>("MPI_Group_difference", (group1, group2), newgroup, Group::difference) }
}

/// `MPI_Group_incl`.
///
/// # Safety
/// `ranks` has `n` elements that may be read, `newgroup` may be written.
pub unsafe fn group_incl<A: Abi>(
    group: A::Group,
    n: c_int,
    ranks: *const c_int,
    newgroup: *mut A::Group,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Group_incl", group, newgroup, |group| group.incl(call::array(ranks, n, "ranks")?))
    }
}

/// `MPI_Group_range_incl`.
///
/// # Safety
/// `ranges` has `n` elements that may be read, `newgroup` may be written.
pub unsafe fn group_range_incl<A: Abi>(
    group: A::Group,
    n: c_int,
    ranges: *mut [c_int; 3],
    newgroup: *mut A::Group,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let make = |group: &Group| group.range_incl(&self::ranges(ranges, n)?);
        derive::<A>("MPI_Group_range_incl", group, newgroup, make)
    }
}

/// `MPI_Group_excl`.
///
/// # Safety
/// `ranks` has `n` elements that may be read, `newgroup` may be written.
pub unsafe fn group_excl<A: Abi>(
    group: A::Group,
    n: c_int,
    ranks: *const c_int,
    newgroup: *mut A::Group,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        derive::<A>("MPI_Group_excl", group, newgroup, |group| group.excl(call::array(ranks, n, "ranks")?))
    }
}

/// `MPI_Group_range_excl`.
///
/// # Safety
/// `ranges` has `n` elements that may be read, `newgroup` may be written.
pub unsafe fn group_range_excl<A: Abi>(
    group: A::Group,
    n: c_int,
    ranges: *mut [c_int; 3],
    newgroup: *mut A::Group,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let make = |group: &Group| group.range_excl(&self::ranges(ranges, n)?);
        derive::<A>("MPI_Group_range_excl", group, newgroup, make)
    }
}
