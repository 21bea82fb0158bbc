//! What a communicator is, its name and its hints.

use core::ffi::{CStr, c_char, c_int};

use engine::comm::{Comm, compare, hints};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::InfoId;

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::errors::put_string;
use crate::group::{add, comparison};
use crate::runtime::with_objects;

/// Answers a question about a communicator with a value.
///
/// # Safety
/// `out` may be written.
#[inline]
unsafe fn answer<A: Abi, T>(
    function: &'static str,
    comm: A::Comm,
    (out, what): (*mut T, &str),
    question: impl FnOnce(&Comm) -> Result<T>,
) -> c_int {
    let id = comm.decode();
    let outcome = call::out(out, what).and_then(|()| {
        let value = with_objects(|objects| question(objects.comm(id)?))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *out = value };
        Ok(())
    });
    finish_comm::<A>(function, id, outcome)
}

/// `MPI_Comm_size`.
///
/// # Safety
/// `size` may be written.
pub unsafe fn comm_size<A: Abi>(comm: A::Comm, size: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A, _>("MPI_Comm_size", comm, (size, "size"), |comm| Ok(comm.core.size() as c_int)) }
}

/// `MPI_Comm_rank`.
///
/// # Safety
/// `rank` may be written.
pub unsafe fn comm_rank<A: Abi>(comm: A::Comm, rank: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { answer::<A, _>("MPI_Comm_rank", comm, (rank, "rank"), |comm| Ok(comm.core.rank() as c_int)) }
}

/// `MPI_Comm_remote_size`.
///
/// # Safety
/// `size` may be written.
pub unsafe fn comm_remote_size<A: Abi>(comm: A::Comm, size: *mut c_int) -> c_int {
    let question = |comm: &Comm| match comm.core.remote() {
        Some(remote) => Ok(remote.size() as c_int),
        None => fail!(ErrorClass::Comm, "this is an intracommunicator: it has no remote group"),
    };
    // SAFETY: the caller's promise.
    unsafe { answer::<A, _>("MPI_Comm_remote_size", comm, (size, "size"), question) }
}

/// `MPI_Comm_test_inter`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn comm_test_inter<A: Abi>(comm: A::Comm, flag: *mut c_int) -> c_int {
    let question = |comm: &Comm| Ok(comm.core.is_inter().into());
    // SAFETY: the caller's promise.
    unsafe { answer::<A, _>("MPI_Comm_test_inter", comm, (flag, "flag"), question) }
}

/// `MPI_Comm_compare`.
///
/// # Safety
/// `result` may be written.
pub unsafe fn comm_compare<A: Abi>(comm1: A::Comm, comm2: A::Comm, result: *mut c_int) -> c_int {
    let outcome = call::out(result, "result").and_then(|()| {
        let found = with_objects(|objects| {
            let (first, second) = (objects.comm(comm1.decode())?, objects.comm(comm2.decode())?);
            Ok(compare(&first.core, &second.core))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *result = comparison::<A>(found) };
        Ok(())
    });
    finish_comm::<A>("MPI_Comm_compare", comm1.decode(), outcome)
}

/// `MPI_Comm_group`.
///
/// # Safety
/// `group` may be written.
pub unsafe fn comm_group<A: Abi>(comm: A::Comm, group: *mut A::Group) -> c_int {
    let id = comm.decode();
    let outcome = call::out(group, "group").and_then(|()| {
        let new = with_objects(|objects| {
            let local = objects.comm(id)?.core.group().clone();
            Ok(add(objects, local))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *group = A::Group::encode(new) };
        Ok(())
    });
    finish_comm::<A>("MPI_Comm_group", id, outcome)
}

/// `MPI_Comm_remote_group`.
///
/// # Safety
/// `group` may be written.
pub unsafe fn comm_remote_group<A: Abi>(comm: A::Comm, group: *mut A::Group) -> c_int {
    let id = comm.decode();
    let outcome = call::out(group, "group").and_then(|()| {
        let new = with_objects(|objects| match objects.comm(id)?.core.remote().cloned() {
            Some(remote) => Ok(add(objects, remote)),
            None => fail!(ErrorClass::Comm, "this is an intracommunicator: it has no remote group"),
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *group = A::Group::encode(new) };
        Ok(())
    });
    finish_comm::<A>("MPI_Comm_remote_group", id, outcome)
}

/// `MPI_Comm_set_name`. A name that is too long is cut.
///
/// # Safety
/// `comm_name` is a C string.
pub unsafe fn comm_set_name<A: Abi>(comm: A::Comm, comm_name: *const c_char) -> c_int {
    let id = comm.decode();
    let outcome = call::out(comm_name.cast_mut(), "comm_name").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let name = unsafe { CStr::from_ptr(comm_name) }.to_bytes();
        let name = name[..name.len().min(A::MAX_OBJECT_NAME - 1)].to_vec();
        with_objects(|objects| objects.comm_mut(id).map(|comm| comm.name = name))
    });
    finish_comm::<A>("MPI_Comm_set_name", id, outcome)
}

/// `MPI_Comm_get_name`.
///
/// # Safety
/// `comm_name` has `MPI_MAX_OBJECT_NAME` bytes; `resultlen` may be written.
pub unsafe fn comm_get_name<A: Abi>(comm: A::Comm, comm_name: *mut c_char, resultlen: *mut c_int) -> c_int {
    let id = comm.decode();
    let outcome =
        call::out(comm_name, "comm_name").and_then(|()| call::out(resultlen, "resultlen")).and_then(|()| {
            // The null handle has a name, too (MPI-5.0 section 7.8).
            let name = if id.is_null() {
                b"MPI_COMM_NULL".to_vec()
            } else {
                with_objects(|objects| objects.comm(id).map(|comm| comm.name.clone()))?
            };
            // SAFETY: the caller's promise; neither is null.
            unsafe { *resultlen = put_string(&name, comm_name, A::MAX_OBJECT_NAME) as c_int };
            Ok(())
        });
    finish_comm::<A>("MPI_Comm_get_name", id, outcome)
}

/// `MPI_Comm_set_info`. Hints that are not known are not kept.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_set_info<A: Abi>(comm: A::Comm, info: A::Info) -> c_int {
    let id = comm.decode();
    let outcome = with_objects(|objects| {
        objects.comm(id)?;
        let hints = hints::known(objects.info(info.decode())?);
        let comm = objects.comm_mut(id)?;
        hints.iter().try_for_each(|(key, value)| comm.info.set(key, value))
    });
    finish_comm::<A>("MPI_Comm_set_info", id, outcome)
}

/// `MPI_Comm_get_info`: the hints that are known, with their values.
///
/// # Safety
/// `info_used` may be written.
pub unsafe fn comm_get_info<A: Abi>(comm: A::Comm, info_used: *mut A::Info) -> c_int {
    let id = comm.decode();
    let outcome = call::out(info_used, "info_used").and_then(|()| {
        let new: InfoId = with_objects(|objects| {
            let used = hints::in_use(&objects.comm(id)?.info);
            Ok(objects.infos.insert(used))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *info_used = A::Info::encode(new) };
        Ok(())
    });
    finish_comm::<A>("MPI_Comm_get_info", id, outcome)
}
