//! Long copies by stores past the caches.

use std::arch::x86_64::{__m256i, _mm_sfence, _mm256_loadu_si256, _mm256_stream_si256};

use super::LINE;

/// Bytes of a vector.
const VECTOR: usize = size_of::<__m256i>();

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
    // SAFETY: every access lies within the first `len` bytes: what comes before the
    // loop because it is less than a line, what is in it and after it by its bound.
    // The stores in the loop are aligned, `at` being chosen so. They write whole
    // lines, which need not be read first.
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
