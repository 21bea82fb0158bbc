//! Reading by one process (MPI-5.0 sections 14.4.2 to 14.4.4).

use core::ffi::{c_int, c_void};

use super::access::{Call, Ending, Memory, Place};
use crate::abi::Abi;

/// `MPI_File_read_at`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_read_at<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_at",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_iread_at`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iread_at<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iread_at",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_read`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_read<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read",
        file: fh,
        place: Place::Individual,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_iread`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iread<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iread",
        file: fh,
        place: Place::Individual,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_read_shared`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_read_shared<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_shared",
        file: fh,
        place: Place::Shared,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}

/// `MPI_File_iread_shared`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iread_shared<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iread_shared",
        file: fh,
        place: Place::Shared,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.alone() }
}
