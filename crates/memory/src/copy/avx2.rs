//! Long copies by 32-byte loads and stores.

use std::arch::x86_64::{__cpuid, __m256i, _mm256_loadu_si256, _mm256_store_si256, _mm256_storeu_si256};

/// Bytes of a vector.
const VECTOR: usize = size_of::<__m256i>();

/// Whether this processor copies long blocks faster so than by `rep movsb`:
/// AMD's families 17h and 19h (Zen to Zen 4).
pub fn pays() -> bool {
    if !std::arch::is_x86_feature_detected!("avx2") {
        return false;
    }
    let vendor = __cpuid(0);
    let is_amd = [vendor.ebx, vendor.edx, vendor.ecx].map(u32::to_le_bytes).concat() == b"AuthenticAMD";
    let signature = __cpuid(1).eax;
    let family = (signature >> 8 & 0xf) + (signature >> 20 & 0xff);
    is_amd && matches!(family, 0x17 | 0x19)
}

/// # Safety
/// As [`super::copy`], of at least [`super::LONG`] bytes, on a processor that
/// has AVX2.
pub unsafe fn copy(src: *const u8, dst: *mut u8, len: usize) {
    debug_assert!(len >= super::LONG);
    // SAFETY: the caller's promise.
    unsafe { copy_vectors(src, dst, len) }
}

/// # Safety
/// As [`copy`].
#[target_feature(enable = "avx2")]
unsafe fn copy_vectors(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: every access lies within the first `len` bytes: the first and the
    // last vector because `len` is more than one, those between by the bounds of
    // the loops. The stores in the loops are aligned, `at` being chosen so.
    unsafe {
        let load = |at: usize| _mm256_loadu_si256(src.add(at).cast());
        let last = load(len - VECTOR);
        _mm256_storeu_si256(dst.cast(), load(0));
        let mut at = VECTOR - dst.addr() % VECTOR;
        while at + 4 * VECTOR <= len {
            let vectors = [load(at), load(at + VECTOR), load(at + 2 * VECTOR), load(at + 3 * VECTOR)];
            for (index, vector) in vectors.into_iter().enumerate() {
                _mm256_store_si256(dst.add(at + index * VECTOR).cast(), vector);
            }
            at += 4 * VECTOR;
        }
        while at + VECTOR <= len {
            _mm256_store_si256(dst.add(at).cast(), load(at));
            at += VECTOR;
        }
        _mm256_storeu_si256(dst.add(len - VECTOR).cast(), last);
    }
}
