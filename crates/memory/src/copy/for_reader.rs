//! Copies of what another process reads next.

use std::arch::x86_64::_rdtsc;

use super::pace::{Pace, TRIED_BYTES, Way};
use super::streaming;

/// Bytes from which on it matters how they are written.
pub const LONG: usize = 4096;

static PACE: Pace = Pace::new();

/// # Safety
/// As [`super::copy`], of at least [`LONG`] bytes.
pub unsafe fn copy(src: *const u8, dst: *mut u8, len: usize) {
    debug_assert!(len >= LONG);
    let way = PACE.way(len);
    // SAFETY: the caller's promise; both parts lie within `len`. `PACE` has never
    // been told of slow stores where nothing can be streamed.
    unsafe {
        match way {
            Way::Streamed => streaming::copy(src, dst, len),
            Way::Stored => {
                let ticks = timed_copy(src, dst, len);
                if streaming::is_possible() {
                    PACE.stored(len, ticks);
                }
            }
            Way::Tried => {
                let tried = if len < 2 * TRIED_BYTES { len } else { TRIED_BYTES };
                PACE.tried(tried, timed_copy(src, dst, tried));
                if tried < len {
                    streaming::copy(src.add(tried), dst.add(tried), len - tried);
                }
            }
        }
    }
}

/// Returns the ticks that it took.
///
/// # Safety
/// As [`super::copy`].
unsafe fn timed_copy(src: *const u8, dst: *mut u8, len: usize) -> u64 {
    // SAFETY: the caller's promise.
    unsafe {
        let start = _rdtsc();
        super::copy(src, dst, len);
        _rdtsc().wrapping_sub(start)
    }
}
