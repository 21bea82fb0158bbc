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
    let tried = match PACE.way(len) {
        Way::Stored => len,
        Way::Streamed => 0,
        Way::Tried if len < 2 * TRIED_BYTES => len,
        Way::Tried => TRIED_BYTES,
    };
    // SAFETY: the caller's promise; both parts lie within `len`. Nothing is streamed
    // before `PACE` has been told of slow stores.
    unsafe {
        if tried > 0 {
            let start = _rdtsc();
            super::copy(src, dst, tried);
            let ticks = _rdtsc().wrapping_sub(start);
            if streaming::is_possible() {
                PACE.took(tried, ticks);
            }
        }
        if tried < len {
            streaming::copy(src.add(tried), dst.add(tried), len - tried);
        }
    }
}
