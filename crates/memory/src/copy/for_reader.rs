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
    // SAFETY: the caller's promise.
    unsafe { copy_at_pace(&PACE, src, dst, len) }
}

/// # Safety
/// As [`copy`].
unsafe fn copy_at_pace(pace: &Pace, src: *const u8, dst: *mut u8, len: usize) {
    debug_assert!(len >= LONG);
    // SAFETY: the caller's promise; both parts lie within `len`. The pace has never
    // been told of slow stores where nothing can be streamed.
    unsafe {
        match pace.way(len) {
            Way::Streamed => streaming::copy(src, dst, len),
            Way::Stored => {
                let ticks = timed_copy(src, dst, len);
                if streaming::is_possible() {
                    pace.stored(len, ticks);
                }
            }
            Way::Tried => {
                let tried = if len < 2 * TRIED_BYTES { len } else { TRIED_BYTES };
                pace.tried(tried, timed_copy(src, dst, tried));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_pace_everything_is_copied() {
        let source: Vec<u8> = (0..100_000).map(|i| (i * 7 + i / 256) as u8).collect();
        for len in [LONG, LONG + 1, 2 * LONG - 1, 2 * LONG, 2 * LONG + 77, 70_001] {
            let pace = Pace::new();
            for (round, from) in (0..300).zip([0, 1, 13, 64].into_iter().cycle()) {
                // Slow stores, so that all ways have their turn.
                if streaming::is_possible() && round % 2 == 0 {
                    pace.stored(len, u64::MAX);
                }
                let mut target = vec![0; len];
                // SAFETY: the source has more than 64 bytes beyond the longest.
                unsafe { copy_at_pace(&pace, source.as_ptr().add(from), target.as_mut_ptr(), len) };
                assert!(target == source[from..from + len], "{len} bytes, round {round}");
            }
        }
    }
}
