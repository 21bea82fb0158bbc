//! Access by all ranks of a file (MPI-5.0 sections 14.4.2 to 14.4.4).

use core::ffi::{c_int, c_void};

use super::access::{Call, Ending, Memory, Place};
use crate::abi::Abi;

/// `MPI_File_read_at_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_read_at_all<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_at_all",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_iread_at_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iread_at_all<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iread_at_all",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_read_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_read_all<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_all",
        file: fh,
        place: Place::Individual,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_iread_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iread_all<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iread_all",
        file: fh,
        place: Place::Individual,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_read_ordered`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_read_ordered<A: Abi>(
    fh: A::File,
    buf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_read_ordered",
        file: fh,
        place: Place::Shared,
        memory: Memory::Read(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_write_at_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_write_at_all<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_at_all",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_iwrite_at_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iwrite_at_all<A: Abi>(
    fh: A::File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iwrite_at_all",
        file: fh,
        place: Place::At(offset),
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_write_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_write_all<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_all",
        file: fh,
        place: Place::Individual,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_iwrite_all`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the request completes;
/// `request` may be written.
pub unsafe fn file_iwrite_all<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    request: *mut A::Request,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_iwrite_all",
        file: fh,
        place: Place::Individual,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Request(request),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}

/// `MPI_File_write_ordered`.
///
/// # Safety
/// As the MPI standard asks of the buffer; `status` is to be ignored or may be
/// written.
pub unsafe fn file_write_ordered<A: Abi>(
    fh: A::File,
    buf: *const c_void,
    count: i64,
    datatype: A::Datatype,
    status: *mut A::Status,
) -> c_int {
    let call = Call::<A> {
        function: "MPI_File_write_ordered",
        file: fh,
        place: Place::Shared,
        memory: Memory::Write(buf),
        count,
        datatype,
        ending: Ending::Status(status),
    };
    // SAFETY: the caller's promise.
    unsafe { call.together() }
}
