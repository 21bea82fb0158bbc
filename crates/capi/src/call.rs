//! What every entry point does first and last: checks of arguments, and the
//! way from an error to a code.

use core::ffi::{c_int, c_void};
use std::sync::Arc;

use engine::comm::CommCore;
use engine::datatype::data::{RecvData, SendData};
use engine::datatype::{Datatype, predefined};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::{CommId, DatatypeId};
use engine::objects::Objects;
use engine::status::{ANY_SOURCE, ANY_TAG, PROC_NULL};
use memory::buffer::{RecvBuffer, SendBuffer};

use crate::abi::Abi;
use crate::errors::{Object, raise};
use crate::tool::event;

/// `MPI_SUCCESS`, the same in every ABI.
pub const SUCCESS: c_int = 0;

/// The return value of a function in which nothing can have gone wrong.
#[inline(always)]
pub fn succeed<A: Abi>() -> c_int {
    event::deliver::<A>();
    SUCCESS
}

/// Turns the outcome of `function` into its return value.
#[inline]
pub fn finish<A: Abi>(function: &'static str, object: impl FnOnce() -> Object, outcome: Result<()>) -> c_int {
    event::deliver::<A>();
    match outcome {
        Ok(()) => SUCCESS,
        Err(error) => raise::<A>(function, object(), error),
    }
}

/// As [`finish`], for a function of a communicator.
#[inline]
pub fn finish_comm<A: Abi>(function: &'static str, comm: CommId, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::Comm(comm), outcome)
}

/// The datatype of `count` elements of a message. Nothing has no datatype:
/// programs pass `MPI_DATATYPE_NULL` with a count of 0, and other libraries take
/// it.
#[inline]
pub fn of_message(objects: &Objects, id: DatatypeId, count: i64) -> Result<&Arc<Datatype>> {
    let id =
        if count == 0 && id == DatatypeId::NULL { DatatypeId::from_raw(predefined::index::BYTE) } else { id };
    committed(objects, id)
}

/// A datatype that may be used in communication.
#[inline]
pub fn committed(objects: &Objects, id: DatatypeId) -> Result<&Arc<Datatype>> {
    let datatype = objects.datatype(id)?;
    if datatype.is_dense() {
        return Ok(datatype);
    }
    if !datatype.is_committed() {
        fail!(
            ErrorClass::Type,
            "the datatype is not committed: call MPI_Type_commit before communicating with it"
        );
    }
    if !datatype.is_supported() {
        fail!(ErrorClass::Type, "this optional datatype does not exist on this machine");
    }
    Ok(datatype)
}

#[inline]
pub fn count(count: i64) -> Result<usize> {
    usize::try_from(count).map_err(|_| negative_count(count))
}

#[cold]
fn negative_count(count: i64) -> Error {
    Error::new(ErrorClass::Count, format!("the count is {count}; it must not be negative"))
}

/// The peer that `rank` names as a destination; `None` for `MPI_PROC_NULL`.
#[inline]
pub fn destination(core: &CommCore, rank: i32) -> Result<Option<usize>> {
    if rank >= 0 {
        return core.peer(rank).map(|peer| Some(peer as usize));
    }
    match rank {
        PROC_NULL => Ok(None),
        ANY_SOURCE => fail!(ErrorClass::Rank, "MPI_ANY_SOURCE names nobody that a message could be sent to"),
        rank => core.peer(rank).map(|peer| Some(peer as usize)),
    }
}

/// Checks a source; false for `MPI_PROC_NULL`.
#[inline]
pub fn source(core: &CommCore, rank: i32) -> Result<bool> {
    match rank {
        ANY_SOURCE => Ok(true),
        PROC_NULL => Ok(false),
        rank => core.peer(rank).map(|_| true),
    }
}

/// The largest tag, as `MPI_TAG_UB` says.
pub const TAG_UB: i32 = i32::MAX;

#[inline]
pub fn send_tag(tag: i32) -> Result<i32> {
    if tag < 0 {
        fail!(
            ErrorClass::Tag,
            "the tag of a send must be 0 to {TAG_UB} (MPI_TAG_UB); it is {}",
            if tag == ANY_TAG { "MPI_ANY_TAG".to_owned() } else { tag.to_string() }
        );
    }
    Ok(tag)
}

#[inline]
pub fn receive_tag(tag: i32) -> Result<i32> {
    if tag < 0 && tag != ANY_TAG {
        fail!(
            ErrorClass::Tag,
            "the tag of a receive must be 0 to {TAG_UB} (MPI_TAG_UB) or MPI_ANY_TAG; it is {tag}"
        );
    }
    Ok(tag)
}

#[cold]
fn no_buffer() -> Error {
    Error::new(ErrorClass::Buffer, "the buffer is a null pointer while the count is not zero")
}

/// A null buffer stands for `MPI_BOTTOM`, which makes sense only with a
/// datatype that holds absolute addresses.
#[inline]
pub(crate) fn check_buffer(buffer: *const c_void, count: usize, datatype: &Datatype) -> Result<()> {
    if buffer.is_null() && count != 0 && datatype.predefined_index().is_some() {
        return Err(no_buffer());
    }
    Ok(())
}

/// The data of a send.
///
/// # Safety
/// MPI's rules for a send buffer hold for `buffer` until the send completes.
#[inline(always)]
pub unsafe fn send_data(buffer: *const c_void, count: i64, datatype: &Arc<Datatype>) -> Result<SendData> {
    let count = self::count(count)?;
    if !buffer.is_null()
        && let Some(bytes) = datatype.dense_bytes(count)
    {
        // SAFETY: the caller's promise, for the bytes that the datatype names.
        let buffer = unsafe { SendBuffer::new(buffer.cast(), 0..bytes as isize) };
        return Ok(SendData::bytes(buffer, bytes));
    }
    // SAFETY: the caller's promise.
    unsafe { send_data_with_gaps(buffer, count, datatype) }
}

/// As [`send_data`], of any datatype and any buffer.
///
/// # Safety
/// As [`send_data`].
unsafe fn send_data_with_gaps(
    buffer: *const c_void,
    count: usize,
    datatype: &Arc<Datatype>,
) -> Result<SendData> {
    check_buffer(buffer, count, datatype)?;
    datatype.check_count(count)?;
    // SAFETY: the caller's promise, for the bytes that the datatype names.
    let buffer = unsafe { SendBuffer::new(buffer.cast(), datatype.byte_range(count)) };
    SendData::new(buffer, datatype, count)
}

/// The room of a receive.
///
/// # Safety
/// MPI's rules for a receive buffer hold for `buffer` until the receive completes.
#[inline(always)]
pub unsafe fn recv_data(buffer: *mut c_void, count: i64, datatype: &Arc<Datatype>) -> Result<RecvData> {
    let count = self::count(count)?;
    if !buffer.is_null()
        && let Some(bytes) = datatype.dense_bytes(count)
    {
        // SAFETY: the caller's promise, for the bytes that the datatype names.
        let buffer = unsafe { RecvBuffer::new(buffer.cast(), 0..bytes as isize) };
        return Ok(RecvData::bytes(buffer, bytes));
    }
    // SAFETY: the caller's promise.
    unsafe { recv_data_with_gaps(buffer, count, datatype) }
}

/// As [`recv_data`], of any datatype and any buffer.
///
/// # Safety
/// As [`recv_data`].
unsafe fn recv_data_with_gaps(
    buffer: *mut c_void,
    count: usize,
    datatype: &Arc<Datatype>,
) -> Result<RecvData> {
    check_buffer(buffer, count, datatype)?;
    datatype.check_count(count)?;
    // SAFETY: the caller's promise, for the bytes that the datatype names.
    let buffer = unsafe { RecvBuffer::new(buffer.cast(), datatype.byte_range(count)) };
    RecvData::new(buffer, datatype, count)
}

/// # Errors
/// `MPI_ERR_ARG` for a null pointer where a result goes.
#[inline]
pub fn out<T>(pointer: *mut T, what: &str) -> Result<()> {
    if pointer.is_null() {
        fail!(ErrorClass::Arg, "the {what} argument is a null pointer");
    }
    Ok(())
}

/// The length of an array that a program gives.
///
/// # Errors
/// `MPI_ERR_ARG` when it is negative.
pub fn length(n: c_int, what: &str) -> Result<usize> {
    match usize::try_from(n) {
        Ok(length) => Ok(length),
        Err(_) => fail!(ErrorClass::Arg, "the number of {what} is {n}; it must not be negative"),
    }
}

/// The elements of an array argument; a null pointer is good for none.
///
/// # Errors
/// As [`length`], and for a null pointer to some.
///
/// # Safety
/// `array` has `n` elements that may be read.
pub unsafe fn array<'a, T>(array: *const T, n: c_int, what: &str) -> Result<&'a [T]> {
    let length = length(n, what)?;
    if length == 0 {
        return Ok(&[]);
    }
    out(array.cast_mut(), what)?;
    // SAFETY: the caller's promise; not null.
    Ok(unsafe { core::slice::from_raw_parts(array, length) })
}
