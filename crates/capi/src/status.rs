//! What a status says (MPI-5.0 sections 3.2.5, 5.1.11 and 13.3).

use core::ffi::c_int;

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::status::UNDEFINED;

use crate::abi::{Abi, CHandle, CStatus};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::with_objects;
use crate::wide::IntOut;

fn done<A: Abi>(function: &'static str, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::None, outcome)
}

/// A status to be read.
///
/// # Safety
/// `status` is null, to be ignored, or may be read.
unsafe fn read<A: Abi>(status: *const A::Status) -> Result<A::Status> {
    if status.is_null() || status.cast_mut() == A::STATUS_IGNORE {
        fail!(ErrorClass::Arg, "the status is MPI_STATUS_IGNORE or null, which says nothing");
    }
    // SAFETY: the caller's promise.
    Ok(unsafe { *status })
}

/// Changes a status.
///
/// # Safety
/// `status` is null, to be ignored, or may be read and written.
unsafe fn change<A: Abi>(
    function: &'static str,
    status: *mut A::Status,
    change: impl FnOnce(&mut A::Status) -> Result<()>,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { read::<A>(status) }.and_then(|_| {
        // SAFETY: the caller's promise; `read` has checked it.
        change(unsafe { &mut *status })
    });
    done::<A>(function, outcome)
}

/// # Safety
/// `status` may be read, the place of `count` written.
unsafe fn count_with<A: Abi>(
    function: &'static str,
    status: *const A::Status,
    datatype: A::Datatype,
    out: IntOut,
    count: impl FnOnce(&engine::datatype::Datatype, u64) -> Option<u64>,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { read::<A>(status) }.and_then(|status| {
        if out.is_null() {
            fail!(ErrorClass::Arg, "the count argument is a null pointer");
        }
        let datatype = with_objects(|objects| objects.datatype(datatype.decode()).cloned())?;
        let count = count(&datatype, status.bytes());
        // SAFETY: the caller's promise; not null.
        unsafe { out.set(count.map_or(UNDEFINED.into(), |count| count as i64)) };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// `MPI_Get_count`.
///
/// # Safety
/// `status` may be read, the place of `count` written.
pub unsafe fn get_count<A: Abi>(status: *const A::Status, datatype: A::Datatype, count: IntOut) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        count_with::<A>("MPI_Get_count", status, datatype, count, |datatype, bytes| datatype.count_in(bytes))
    }
}

/// `MPI_Get_elements`.
///
/// # Safety
/// `status` may be read, the place of `count` written.
pub unsafe fn get_elements<A: Abi>(status: *const A::Status, datatype: A::Datatype, count: IntOut) -> c_int {
    let elements = |datatype: &engine::datatype::Datatype, bytes| datatype.elements_in(bytes);
    // SAFETY: the caller's promise.
    unsafe { count_with::<A>("MPI_Get_elements", status, datatype, count, elements) }
}

/// `MPI_Get_elements_x`, deprecated.
///
/// # Safety
/// `status` may be read, `count` written.
pub unsafe fn get_elements_x<A: Abi>(
    status: *const A::Status,
    datatype: A::Datatype,
    count: *mut i64,
) -> c_int {
    let elements = |datatype: &engine::datatype::Datatype, bytes| datatype.elements_in(bytes);
    // SAFETY: the caller's promise.
    unsafe { count_with::<A>("MPI_Get_elements_x", status, datatype, IntOut::Count(count), elements) }
}

/// `MPI_Test_cancelled`.
///
/// # Safety
/// `status` may be read, `flag` written.
pub unsafe fn test_cancelled<A: Abi>(status: *const A::Status, flag: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Test_cancelled", status, flag, |status| status.cancelled().into()) }
}

/// # Safety
/// `status` may be read, `out` written.
unsafe fn get<A: Abi>(
    function: &'static str,
    status: *const A::Status,
    out: *mut c_int,
    field: impl FnOnce(&A::Status) -> c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { read::<A>(status) }.and_then(|status| {
        call::out(out, "result")?;
        // SAFETY: the caller's promise; not null.
        unsafe { *out = field(&status) };
        Ok(())
    });
    done::<A>(function, outcome)
}

/// `MPI_Status_set_cancelled`.
///
/// # Safety
/// `status` may be read and written.
pub unsafe fn status_set_cancelled<A: Abi>(status: *mut A::Status, flag: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        change::<A>("MPI_Status_set_cancelled", status, |status| {
            status.set(status.source(), status.tag(), status.bytes(), flag != 0);
            Ok(())
        })
    }
}

/// # Safety
/// `status` may be read and written.
unsafe fn set_elements<A: Abi>(
    function: &'static str,
    status: *mut A::Status,
    datatype: A::Datatype,
    count: i64,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        change::<A>(function, status, |status| {
            let datatype = with_objects(|objects| objects.datatype(datatype.decode()).cloned())?;
            let count = call::count(count)? as u64;
            let Some(bytes) = datatype.bytes_of(count) else {
                fail!(ErrorClass::Count, "{count} elements of this datatype are no number of bytes");
            };
            status.set(status.source(), status.tag(), bytes, status.cancelled());
            Ok(())
        })
    }
}

/// `MPI_Status_set_elements`.
///
/// # Safety
/// `status` may be read and written.
pub unsafe fn status_set_elements<A: Abi>(
    status: *mut A::Status,
    datatype: A::Datatype,
    count: i64,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { set_elements::<A>("MPI_Status_set_elements", status, datatype, count) }
}

/// `MPI_Status_set_elements_x`, deprecated.
///
/// # Safety
/// `status` may be read and written.
pub unsafe fn status_set_elements_x<A: Abi>(
    status: *mut A::Status,
    datatype: A::Datatype,
    count: i64,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { set_elements::<A>("MPI_Status_set_elements_x", status, datatype, count) }
}

/// `MPI_Status_get_source`.
///
/// # Safety
/// `status` may be read, `source` written.
pub unsafe fn status_get_source<A: Abi>(status: *const A::Status, source: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Status_get_source", status, source, CStatus::source) }
}

/// `MPI_Status_set_source`.
///
/// # Safety
/// `status` may be read and written.
pub unsafe fn status_set_source<A: Abi>(status: *mut A::Status, source: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        change::<A>("MPI_Status_set_source", status, |status| {
            status.set(source, status.tag(), status.bytes(), status.cancelled());
            Ok(())
        })
    }
}

/// `MPI_Status_get_tag`.
///
/// # Safety
/// `status` may be read, `tag` written.
pub unsafe fn status_get_tag<A: Abi>(status: *const A::Status, tag: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Status_get_tag", status, tag, CStatus::tag) }
}

/// `MPI_Status_set_tag`.
///
/// # Safety
/// `status` may be read and written.
pub unsafe fn status_set_tag<A: Abi>(status: *mut A::Status, tag: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        change::<A>("MPI_Status_set_tag", status, |status| {
            status.set(status.source(), tag, status.bytes(), status.cancelled());
            Ok(())
        })
    }
}

/// `MPI_Status_get_error`.
///
/// # Safety
/// `status` may be read, `error` written.
pub unsafe fn status_get_error<A: Abi>(status: *const A::Status, error: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Status_get_error", status, error, CStatus::error) }
}

/// `MPI_Status_set_error`.
///
/// # Safety
/// `status` may be read and written.
pub unsafe fn status_set_error<A: Abi>(status: *mut A::Status, error: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        change::<A>("MPI_Status_set_error", status, |status| {
            status.set_error(error);
            Ok(())
        })
    }
}
