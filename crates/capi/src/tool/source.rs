//! Event sources (MPI-5.0 section 15.3.8). There is one: the engine, which
//! tells events in the order in which they happen.

use core::ffi::{c_char, c_int};

use engine::error::{ErrorClass, Result};
use engine::fail;

use super::event::new_info;
use super::{constant, finish, give, put, put_text, with};
use crate::abi::{Abi, Constants};

/// Ticks of the clock, which are nanoseconds, in a second.
const TICKS_PER_SECOND: i64 = 1_000_000_000;

/// Nanoseconds on the clock of `MPI_Wtime`.
pub(super) fn ticks() -> u64 {
    platform::clock::monotonic().as_nanos() as u64
}

fn check(source: c_int) -> Result<()> {
    if source != 0 {
        fail!(ErrorClass::ToolInvalidIndex, "there is one event source, number 0");
    }
    Ok(())
}

/// `MPI_T_source_get_num`.
///
/// # Safety
/// `num_sources` may be written.
pub unsafe fn t_source_get_num<A: Abi>(num_sources: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    finish::<A>(with(|_| unsafe { give(num_sources, 1) }))
}

/// `MPI_T_source_get_info`.
///
/// # Safety
/// Results are null or may be written; texts have as many bytes as the lengths
/// beside them say.
pub unsafe fn t_source_get_info<A: Abi>(
    source_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    desc: *mut c_char,
    desc_len: *mut c_int,
    ordering: *mut c_int,
    ticks_per_second: *mut i64,
    max_ticks: *mut i64,
    info: *mut A::Info,
) -> c_int {
    finish::<A>(with(|_| {
        check(source_index)?;
        // SAFETY: the caller's promise.
        unsafe {
            put_text("engine", name, name_len);
            put_text("The message-passing engine of this rank.", desc, desc_len);
            put(ordering, A::constant_out(Constants::ToolOrdering, constant::SOURCE_ORDERED));
            put(ticks_per_second, TICKS_PER_SECOND);
            put(max_ticks, i64::MAX);
            new_info::<A>(info, None);
        }
        Ok(())
    }))
}

/// `MPI_T_source_get_timestamp`.
///
/// # Safety
/// `timestamp` may be written.
pub unsafe fn t_source_get_timestamp<A: Abi>(source_index: c_int, timestamp: *mut i64) -> c_int {
    finish::<A>(with(|_| {
        check(source_index)?;
        // SAFETY: the caller's promise.
        unsafe { give(timestamp, ticks() as i64) }
    }))
}
