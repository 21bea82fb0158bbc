//! Copy kernels, chosen at run time.
//!
//! | bytes | kernel |
//! |---|---|
//! | up to 64 | two loads and two stores, inline |
//! | up to [`LONG`] | `memcpy` |
//! | more | `memcpy`, or [`avx2`] where `memcpy` is known to be slow |
//!
//! glibc's `memcpy` turns to `rep movsb` at about [`LONG`] bytes. On AMD's Zen 2
//! to Zen 4 that runs at a tenth of the speed of plain vector loads and stores
//! for some alignments; everywhere else it is as good as anything.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod for_reader;
#[cfg(target_arch = "x86_64")]
mod pace;
#[cfg(target_arch = "x86_64")]
mod streaming;

use std::sync::OnceLock;

/// Bytes of a cache line.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;

/// Bytes from which on a kernel for long copies is used.
const LONG: usize = 2048;

/// # Safety
/// Of a kernel: as [`copy`], of at least [`LONG`] bytes.
type Kernel = unsafe fn(src: *const u8, dst: *mut u8, len: usize);

static LONG_KERNEL: OnceLock<Kernel> = OnceLock::new();

#[cfg(target_arch = "x86_64")]
fn choose() -> Kernel {
    if avx2::pays() { avx2::copy } else { std::ptr::copy_nonoverlapping }
}

/// The twin for every other processor.
#[cfg(not(target_arch = "x86_64"))]
fn choose() -> Kernel {
    std::ptr::copy_nonoverlapping
}

/// Copies `len` bytes.
///
/// # Safety
/// `src` is readable and `dst` writable for `len` bytes, and they do not overlap.
#[inline]
pub unsafe fn copy(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: passed on from the caller.
    unsafe {
        if len <= 2 * size_of::<Piece>() {
            copy_small(src, dst, len);
        } else if len < LONG {
            std::ptr::copy_nonoverlapping(src, dst, len);
        } else {
            LONG_KERNEL.get_or_init(choose)(src, dst, len);
        }
    }
}

/// Copies all bytes of one slice to another.
///
/// # Panics
/// Unless they have the same length.
#[inline]
pub fn copy_slice(src: &[u8], dst: &mut [u8]) {
    assert_eq!(src.len(), dst.len(), "both slices have as many bytes");
    // SAFETY: both have so many bytes, and `dst` is exclusive.
    unsafe { copy(src.as_ptr(), dst.as_mut_ptr(), src.len()) }
}

/// As [`copy`], of what another process reads next.
///
/// # Safety
/// As [`copy`].
#[inline]
pub unsafe fn copy_for_reader(src: *const u8, dst: *mut u8, len: usize) {
    #[cfg(target_arch = "x86_64")]
    if len >= for_reader::LONG {
        // SAFETY: passed on from the caller.
        return unsafe { for_reader::copy(src, dst, len) };
    }
    // SAFETY: passed on from the caller.
    unsafe { copy(src, dst, len) }
}

/// As [`copy_slice`], of what another process reads next.
///
/// # Panics
/// As [`copy_slice`].
#[inline]
pub fn copy_slice_for_reader(src: &[u8], dst: &mut [u8]) {
    assert_eq!(src.len(), dst.len(), "both slices have as many bytes");
    // SAFETY: as in `copy_slice`.
    unsafe { copy_for_reader(src.as_ptr(), dst.as_mut_ptr(), src.len()) }
}

type Piece = [u64; 4];

/// Short copies without a call: two loads and two stores that may overlap.
///
/// # Safety
/// As [`copy`], of at most two pieces.
#[inline]
unsafe fn copy_small(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: each branch copies its first and its last bytes, all within `len`.
    unsafe {
        if len >= size_of::<Piece>() {
            copy_ends::<Piece>(src, dst, len);
        } else if len >= size_of::<u128>() {
            copy_ends::<[u64; 2]>(src, dst, len);
        } else if len >= size_of::<u64>() {
            copy_ends::<u64>(src, dst, len);
        } else if len >= size_of::<u32>() {
            copy_ends::<u32>(src, dst, len);
        } else if len >= size_of::<u16>() {
            copy_ends::<u16>(src, dst, len);
        } else if len == 1 {
            *dst = *src;
        }
    }
}

/// Copies the first and the last `T` of `len` bytes.
///
/// # Safety
/// As [`copy`], of at least one and at most two `T`.
#[inline]
unsafe fn copy_ends<T>(src: *const u8, dst: *mut u8, len: usize) {
    let last = len - size_of::<T>();
    // SAFETY: both lie within `len`, as promised; unaligned accesses are used.
    unsafe {
        let (first_value, last_value) =
            (src.cast::<T>().read_unaligned(), src.add(last).cast::<T>().read_unaligned());
        dst.cast::<T>().write_unaligned(first_value);
        dst.add(last).cast::<T>().write_unaligned(last_value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_length_is_copied_whole_and_nothing_else() {
        let source: Vec<u8> = (1..=100).collect();
        for len in 0..=90 {
            for offset in 0..8 {
                let mut target = [0; 110];
                // SAFETY: both sides have `offset + len` bytes and more.
                unsafe { copy(source.as_ptr().add(offset), target.as_mut_ptr().add(offset), len) };
                assert_eq!(target[offset..offset + len], source[offset..offset + len]);
                assert!(target[..offset].iter().chain(&target[offset + len..]).all(|&byte| byte == 0));
            }
        }
    }

    fn check_long(kernel: Kernel) {
        let source: Vec<u8> = (0..LONG + 700).map(|i| (i * 7 + i / 256) as u8).collect();
        for len in (LONG..LONG + 260).chain([LONG + 600]) {
            for (from, to) in [(0, 0), (1, 0), (0, 1), (13, 3), (31, 33)] {
                let mut target = vec![0; LONG + 700];
                // SAFETY: both sides have 33 + 600 bytes more than `LONG`.
                unsafe { kernel(source.as_ptr().add(from), target.as_mut_ptr().add(to), len) };
                assert_eq!(target[to..to + len], source[from..from + len], "{len} bytes from {from} to {to}");
                assert!(target[..to].iter().chain(&target[to + len..]).all(|&byte| byte == 0));
            }
        }
    }

    #[test]
    fn the_chosen_kernel_copies_every_length_and_alignment() {
        check_long(choose());
    }

    #[test]
    fn the_portable_kernel_copies_every_length_and_alignment() {
        check_long(std::ptr::copy_nonoverlapping);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn the_vector_kernel_copies_every_length_and_alignment() {
        if std::arch::is_x86_feature_detected!("avx2") {
            check_long(avx2::copy);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn the_kernel_past_the_caches_copies_every_length_and_alignment() {
        if streaming::is_possible() {
            check_long(streaming::copy);
        }
    }
}
