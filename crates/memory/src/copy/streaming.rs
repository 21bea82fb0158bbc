//! Long copies by stores past the caches.

use std::arch::x86_64::{__m256i, _mm_sfence, _mm256_loadu_si256, _mm256_stream_si256};

/// Bytes of a vector.
const VECTOR: usize = size_of::<__m256i>();
/// Bytes of a cache line: all are written together, or it would have to be read first.
const LINE: usize = 64;

/// Whether this processor has the instructions.
pub fn is_possible() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

/// # Safety
/// As [`super::copy`], of at least a line, on a processor that has AVX2.
pub unsafe fn copy(src: *const u8, dst: *mut u8, len: usize) {
    debug_assert!(len >= LINE);
    // SAFETY: the caller's promise.
    unsafe { copy_lines(src, dst, len) }
}

/// # Safety
/// As [`copy`].
#[target_feature(enable = "avx2")]
unsafe fn copy_lines(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: what is copied before the loop, in it and after it lies within the
    // first `len` bytes, of which a line at least is left for the loop, and the
    // stores in the loop are aligned, `at` being chosen so.
    unsafe {
        let mut at = dst.addr().wrapping_neg() % LINE;
        super::copy_small(src, dst, at);
        while at + LINE <= len {
            let load = |at: usize| _mm256_loadu_si256(src.add(at).cast());
            let (first, second) = (load(at), load(at + VECTOR));
            _mm256_stream_si256(dst.add(at).cast(), first);
            _mm256_stream_si256(dst.add(at + VECTOR).cast(), second);
            at += LINE;
        }
        super::copy_small(src.add(at), dst.add(at), len - at);
        // Nothing else orders these stores, not even a Release that follows.
        _mm_sfence();
    }
}
