//! Writing by one process (MPI-5.0 sections 14.4.2 to 14.4.4).

use core::ffi::{c_int, c_void};

use super::access::{Call, Ending, Memory, Place};
use crate::abi::Abi;

/// `MPI_File_write_at`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_write_at<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_at",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_iwrite_at`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iwrite_at<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iwrite_at",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_write`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_write<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write",
        file: fh,
        place: Place::Individual,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_iwrite`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iwrite<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iwrite",
        file: fh,
        place: Place::Individual,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_write_shared`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_write_shared<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_shared",
        file: fh,
        place: Place::Shared,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_iwrite_shared`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iwrite_shared<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iwrite_shared",
        file: fh,
        place: Place::Shared,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}
