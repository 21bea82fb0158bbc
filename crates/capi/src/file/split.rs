//! Collective access in two calls (MPI-5.0 section 14.4.5).

use core::ffi::{c_int, c_void};

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::FileId;

use super::access::{Call, Ending, Memory, Place};
use super::done;
use crate::abi::{Abi, CHandle};
use crate::runtime::{process, with_objects};

/// Waits for the split collective that has begun on a file.
///
/// # Safety
/// `status` is to be ignored or may be written.
unsafe fn end<A: Abi>(function: &'static str, id: FileId, status: *mut A::Status) -> Result<()> {
    let split = with_objects(|objects| {
        let entry = objects.file_mut(id)?;
        match entry.split {
            Some(split) if split.end == function => {
                entry.split = None;
                Ok(split)
            }
            Some(split) => {
                fail!(ErrorClass::Io, "the split collective that has begun is ended by {}", split.end)
            }
            None => fail!(ErrorClass::Io, "no split collective has begun on this file"),
        }
    })?;
    let (value, error) = process().wait_until(|endpoint| endpoint.take_outcome(split.request))?;
    // SAFETY: the caller's promise.
    unsafe { A::put_status(status, &value) };
    error.map_or(Ok(()), Err)
}

/// `MPI_File_read_at_all_begin`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the operation has ended.
pub unsafe fn file_read_at_all_begin<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_at_all_begin",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Split("MPI_File_read_at_all_end"),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_read_at_all_end`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn file_read_at_all_end<A: Abi>(fh: A::File, _buf: *mut c_void, status: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { end::<A>("MPI_File_read_at_all_end", fh.decode(), status) };
    done::<A>("MPI_File_read_at_all_end", fh.decode(), outcome)
}

/// `MPI_File_read_all_begin`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the operation has ended.
pub unsafe fn file_read_all_begin<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_all_begin",
        file: fh,
        place: Place::Individual,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Split("MPI_File_read_all_end"),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_read_all_end`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn file_read_all_end<A: Abi>(fh: A::File, _buf: *mut c_void, status: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { end::<A>("MPI_File_read_all_end", fh.decode(), status) };
    done::<A>("MPI_File_read_all_end", fh.decode(), outcome)
}

/// `MPI_File_read_ordered_begin`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the operation has ended.
pub unsafe fn file_read_ordered_begin<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_ordered_begin",
        file: fh,
        place: Place::Shared,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Split("MPI_File_read_ordered_end"),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_read_ordered_end`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn file_read_ordered_end<A: Abi>(fh: A::File, _buf: *mut c_void, status: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { end::<A>("MPI_File_read_ordered_end", fh.decode(), status) };
    done::<A>("MPI_File_read_ordered_end", fh.decode(), outcome)
}

/// `MPI_File_write_at_all_begin`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the operation has ended.
pub unsafe fn file_write_at_all_begin<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_at_all_begin",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Split("MPI_File_write_at_all_end"),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_write_at_all_end`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn file_write_at_all_end<A: Abi>(
    fh: A::File,
    _buf: *const c_void,
    status: *mut A::Status,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { end::<A>("MPI_File_write_at_all_end", fh.decode(), status) };
    done::<A>("MPI_File_write_at_all_end", fh.decode(), outcome)
}

/// `MPI_File_write_all_begin`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the operation has ended.
pub unsafe fn file_write_all_begin<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_all_begin",
        file: fh,
        place: Place::Individual,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Split("MPI_File_write_all_end"),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_write_all_end`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn file_write_all_end<A: Abi>(fh: A::File, _buf: *const c_void, status: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { end::<A>("MPI_File_write_all_end", fh.decode(), status) };
    done::<A>("MPI_File_write_all_end", fh.decode(), outcome)
}

/// `MPI_File_write_ordered_begin`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the operation has ended.
pub unsafe fn file_write_ordered_begin<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_ordered_begin",
        file: fh,
        place: Place::Shared,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Split("MPI_File_write_ordered_end"),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_write_ordered_end`.
///
/// # Safety
/// `status` is to be ignored or may be written.
pub unsafe fn file_write_ordered_end<A: Abi>(
    fh: A::File,
    _buf: *const c_void,
    status: *mut A::Status,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { end::<A>("MPI_File_write_ordered_end", fh.decode(), status) };
    done::<A>("MPI_File_write_ordered_end", fh.decode(), outcome)
}
