//! Packing and unpacking (MPI-5.0 section 5.2).

use core::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Arc;

use engine::datatype::Datatype;
use engine::error::{ErrorClass, Result};
use engine::fail;
use memory::buffer::{RecvBuffer, SendBuffer};

use super::done;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::with_objects;
use crate::wide::IntOut;

/// The datatype, the communicator being one.
fn checked<A: Abi>(datatype: A::Datatype, comm: A::Comm) -> Result<Arc<Datatype>> {
    with_objects(|objects| {
        objects.comm(comm.decode())?;
        call::committed(objects, datatype.decode()).cloned()
    })
}

/// The part of a pack buffer from its position on.
///
/// # Safety
/// `position` may be read.
unsafe fn window(size: i64, position: IntOut, what: &str) -> Result<(usize, usize)> {
    if position.is_null() {
        fail!(ErrorClass::Arg, "the position argument is a null pointer");
    }
    // SAFETY: the caller's promise; not null.
    let at = unsafe { position.get() };
    match (usize::try_from(at), usize::try_from(size)) {
        (Ok(at), Ok(size)) if at <= size => Ok((at, size - at)),
        _ => fail!(ErrorClass::Arg, "position {at} lies outside the {what} buffer of {size} bytes"),
    }
}

/// `MPI_Pack`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `position` may be read and written.
pub unsafe fn pack<A: Abi>(
    inbuf: *const c_void,
    incount: i64,
    datatype: A::Datatype,
    outbuf: *mut c_void,
    outsize: i64,
    position: IntOut,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = checked::<A>(datatype, comm).and_then(|datatype| unsafe {
        let data = call::send_data(inbuf, incount, &datatype)?;
        let (at, room) = window(outsize, position, "output")?;
        let bytes = data.total_bytes();
        if bytes > room {
            fail!(
                ErrorClass::Truncate,
                "{bytes} bytes do not fit: {room} of {outsize} are left at position {at}"
            );
        }
        if bytes != 0 {
            call::out(outbuf, "outbuf")?;
            data.pack(0, core::slice::from_raw_parts_mut(outbuf.cast::<u8>().add(at), bytes));
        }
        position.set((at + bytes) as i64);
        Ok(())
    });
    finish_comm::<A>("MPI_Pack", comm.decode(), outcome)
}

/// `MPI_Unpack`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `position` may be read and written.
pub unsafe fn unpack<A: Abi>(
    inbuf: *const c_void,
    insize: i64,
    position: IntOut,
    outbuf: *mut c_void,
    outcount: i64,
    datatype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = checked::<A>(datatype, comm).and_then(|datatype| unsafe {
        let data = call::recv_data(outbuf, outcount, &datatype)?;
        let (at, left) = window(insize, position, "input")?;
        let bytes = data.total_bytes();
        if bytes > left {
            fail!(
                ErrorClass::Truncate,
                "{bytes} bytes are wanted: {left} of {insize} are left at position {at}"
            );
        }
        if bytes != 0 {
            call::out(inbuf.cast_mut(), "inbuf")?;
            data.unpack(0, core::slice::from_raw_parts(inbuf.cast::<u8>().add(at), bytes));
        }
        position.set((at + bytes) as i64);
        Ok(())
    });
    finish_comm::<A>("MPI_Unpack", comm.decode(), outcome)
}

/// `MPI_Pack_size`.
///
/// # Safety
/// The place of `size` may be written.
pub unsafe fn pack_size<A: Abi>(incount: i64, datatype: A::Datatype, comm: A::Comm, size: IntOut) -> c_int {
    let outcome = checked::<A>(datatype, comm).and_then(|datatype| {
        let count = call::count(incount)?;
        datatype.check_count(count)?;
        if size.is_null() {
            fail!(ErrorClass::Arg, "the size argument is a null pointer");
        }
        // SAFETY: the caller's promise; not null.
        unsafe { size.set((datatype.size() * count as u64) as i64) };
        Ok(())
    });
    finish_comm::<A>("MPI_Pack_size", comm.decode(), outcome)
}

/// # Safety
/// `datarep` is a C string.
unsafe fn check_datarep(datarep: *const c_char) -> Result<()> {
    call::out(datarep.cast_mut(), "datarep")?;
    // SAFETY: the caller's promise; not null.
    let name = unsafe { CStr::from_ptr(datarep) };
    if name != c"external32" {
        let name = name.to_string_lossy();
        fail!(ErrorClass::Arg, "the data representation is \"{name}\"; packing knows \"external32\" alone");
    }
    Ok(())
}

fn committed<A: Abi>(datatype: A::Datatype) -> Result<Arc<Datatype>> {
    with_objects(|objects| call::committed(objects, datatype.decode()).cloned())
}

/// `MPI_Pack_external_size`.
///
/// # Safety
/// `datarep` is a C string; the place of `size` may be written.
pub unsafe fn pack_external_size<A: Abi>(
    datarep: *const c_char,
    incount: i64,
    datatype: A::Datatype,
    size: IntOut,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { check_datarep(datarep) }.and_then(|()| {
        let bytes = committed::<A>(datatype)?.external_size(call::count(incount)?)?;
        if size.is_null() {
            fail!(ErrorClass::Arg, "the size argument is a null pointer");
        }
        // SAFETY: the caller's promise; not null.
        unsafe { size.set(bytes as i64) };
        Ok(())
    });
    done::<A>("MPI_Pack_external_size", outcome)
}

/// `MPI_Pack_external`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `datarep` is a C string,
/// `position` may be read and written.
pub unsafe fn pack_external<A: Abi>(
    datarep: *const c_char,
    inbuf: *const c_void,
    incount: i64,
    datatype: A::Datatype,
    outbuf: *mut c_void,
    outsize: i64,
    position: IntOut,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { check_datarep(datarep) }.and_then(|()| unsafe {
        let datatype = committed::<A>(datatype)?;
        let count = call::count(incount)?;
        datatype.check_count(count)?;
        let (at, room) = window(outsize, position, "output")?;
        let bytes = datatype.external_size(count)? as usize;
        if bytes > room {
            fail!(
                ErrorClass::Truncate,
                "{bytes} bytes do not fit: {room} of {outsize} are left at position {at}"
            );
        }
        if bytes != 0 {
            call::out(outbuf, "outbuf")?;
            let source = SendBuffer::new(inbuf.cast(), datatype.byte_range(count));
            let out = core::slice::from_raw_parts_mut(outbuf.cast::<u8>().add(at), bytes);
            datatype.pack_external(&source, count, out)?;
        }
        position.set((at + bytes) as i64);
        Ok(())
    });
    done::<A>("MPI_Pack_external", outcome)
}

/// `MPI_Unpack_external`.
///
/// # Safety
/// As the MPI standard asks of the buffers; `datarep` is a C string,
/// `position` may be read and written.
pub unsafe fn unpack_external<A: Abi>(
    datarep: *const c_char,
    inbuf: *const c_void,
    insize: i64,
    position: IntOut,
    outbuf: *mut c_void,
    outcount: i64,
    datatype: A::Datatype,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { check_datarep(datarep) }.and_then(|()| unsafe {
        let datatype = committed::<A>(datatype)?;
        let count = call::count(outcount)?;
        datatype.check_count(count)?;
        let (at, left) = window(insize, position, "input")?;
        let bytes = datatype.external_size(count)? as usize;
        if bytes > left {
            fail!(
                ErrorClass::Truncate,
                "{bytes} bytes are wanted: {left} of {insize} are left at position {at}"
            );
        }
        if bytes != 0 {
            call::out(inbuf.cast_mut(), "inbuf")?;
            let room = RecvBuffer::new(outbuf.cast(), datatype.byte_range(count));
            let packed = core::slice::from_raw_parts(inbuf.cast::<u8>().add(at), bytes);
            datatype.unpack_external(packed, &room, count)?;
        }
        position.set((at + bytes) as i64);
        Ok(())
    });
    done::<A>("MPI_Unpack_external", outcome)
}
