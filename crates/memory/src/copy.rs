//! Copy kernels, chosen at run time.

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
        } else {
            std::ptr::copy_nonoverlapping(src, dst, len);
        }
    }
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
}
