//! Lent bytes that were checked once, for accesses that are made at once: an
//! address and a length, which a compiler can keep in registers.

use std::marker::PhantomData;

use super::RecvBuffer;

/// Bytes lent for reading.
#[derive(Clone, Copy)]
pub struct SendPart<'a> {
    base: *const u8,
    len: usize,
    lent: PhantomData<&'a [u8]>,
}

/// Bytes lent for reading and writing.
#[derive(Clone, Copy)]
pub struct RecvPart<'a> {
    base: *mut u8,
    len: usize,
    lent: PhantomData<&'a RecvBuffer>,
}

impl<'a> SendPart<'a> {
    /// # Safety
    /// `base` is not null, and its first `len` bytes are readable during `'a`. Only
    /// the caller writes to them meanwhile.
    #[inline(always)]
    pub unsafe fn new(base: *const u8, len: usize) -> Self {
        Self { base, len, lent: PhantomData }
    }

    /// A copy of bytes whose number is known.
    ///
    /// # Panics
    /// Unless there are as many.
    #[inline(always)]
    pub fn array<const BYTES: usize>(self) -> [u8; BYTES] {
        assert_eq!(self.len, BYTES, "the operand is one element");
        // SAFETY: so many bytes are readable, and an array of them needs no alignment.
        unsafe { self.base.cast::<[u8; BYTES]>().read() }
    }

    /// The bytes, for kernels that only read.
    #[inline]
    pub fn bytes(self) -> &'a [u8] {
        // SAFETY: readable, and the program does not write to what it has lent for
        // reading (MPI-5.0 section 3.7.2).
        unsafe { std::slice::from_raw_parts(self.base, self.len) }
    }

    /// Copies the bytes from `from` on.
    ///
    /// # Panics
    /// Unless there are as many as `into` takes.
    pub fn copy_to(self, from: usize, into: &mut [u8]) {
        assert!(from <= self.len && into.len() <= self.len - from, "{} bytes at {from}", into.len());
        // SAFETY: inside, as checked; `into` is exclusive.
        unsafe { crate::copy::copy(self.base.add(from), into.as_mut_ptr(), into.len()) }
    }
}

impl<'a> From<&'a [u8]> for SendPart<'a> {
    #[inline(always)]
    fn from(bytes: &'a [u8]) -> Self {
        Self { base: bytes.as_ptr(), len: bytes.len(), lent: PhantomData }
    }
}

impl<'a> RecvPart<'a> {
    /// # Safety
    /// `base` is not null, and its first `len` bytes are writable during `'a`, by
    /// the caller alone.
    #[inline(always)]
    pub unsafe fn new(base: *mut u8, len: usize) -> Self {
        Self { base, len, lent: PhantomData }
    }

    /// Bytes: at least one, where a [`RecvBuffer`] has lent them.
    #[inline(always)]
    pub fn size(self) -> usize {
        self.len
    }

    #[inline(always)]
    pub fn address(self) -> usize {
        self.base.addr()
    }

    /// Where the bytes are, for a kernel that knows how many.
    #[inline(always)]
    pub(crate) fn base(self) -> *mut u8 {
        self.base
    }

    /// Copies `from` to the first bytes.
    ///
    /// # Panics
    /// When there are fewer.
    #[inline(always)]
    pub fn copy_from(self, from: SendPart<'_>) {
        assert!(from.len <= self.len, "{} bytes where {} were lent", from.len, self.len);
        // SAFETY: so many bytes are readable there and writable here. A program that
        // has the two overlap breaks the rules of MPI (MPI-5.0 section 12.3).
        unsafe { crate::copy::copy(from.base, self.base, from.len) }
    }

    /// As [`Self::copy_from`], of bytes whose number is known.
    ///
    /// # Panics
    /// When there are fewer.
    #[inline(always)]
    pub fn set<const BYTES: usize>(self, bytes: [u8; BYTES]) {
        assert!(BYTES <= self.len, "{BYTES} bytes where {} were lent", self.len);
        // SAFETY: so many bytes are writable, and an array of them needs no alignment.
        unsafe { self.base.cast::<[u8; BYTES]>().write(bytes) }
    }

    /// The `len` bytes from `from` on.
    ///
    /// # Panics
    /// Unless there are as many.
    pub fn part(self, from: usize, len: usize) -> Self {
        assert!(from <= self.len && len <= self.len - from, "{len} bytes at {from}");
        // SAFETY: inside, as checked.
        Self { base: unsafe { self.base.add(from) }, len, lent: PhantomData }
    }

    #[inline(always)]
    pub fn as_send(self) -> SendPart<'a> {
        SendPart { base: self.base, len: self.len, lent: PhantomData }
    }

    /// The bytes, for kernels that change them in place. The caller makes sure
    /// that no second view of them is in use.
    #[inline]
    pub fn bytes_mut(self) -> &'a mut [u8] {
        // SAFETY: writable, by the operation alone until it completes.
        unsafe { std::slice::from_raw_parts_mut(self.base, self.len) }
    }
}

impl<'a> From<&'a mut [u8]> for RecvPart<'a> {
    #[inline(always)]
    fn from(bytes: &'a mut [u8]) -> Self {
        Self { base: bytes.as_mut_ptr(), len: bytes.len(), lent: PhantomData }
    }
}

impl RecvBuffer {
    /// The `len` bytes from `offset` on, if they are lent.
    #[inline(always)]
    pub fn find(&self, offset: isize, len: usize) -> Option<RecvPart<'_>> {
        let end = offset.checked_add_unsigned(len)?;
        if offset < self.range.start || end > self.range.end || len == 0 {
            return None;
        }
        Some(RecvPart { base: self.base.wrapping_offset(offset), len, lent: PhantomData })
    }
}

#[cfg(test)]
mod tests {
    use crate::buffer::Scratch;

    #[test]
    fn a_part_is_found_only_where_all_of_it_is_lent() {
        let buffer = Scratch::from_bytes(&[1, 2, 3, 4]).recv_buffer();
        let found = |offset, len| buffer.find(offset, len).map(|part| part.as_send().bytes().to_vec());
        assert_eq!(found(1, 2), Some(vec![2, 3]));
        assert_eq!(found(0, 4), Some(vec![1, 2, 3, 4]));
        assert_eq!([found(1, 4), found(-1, 2), found(4, 1), found(1, 0)], [None, None, None, None]);
        assert_eq!((found(isize::MAX, 1), found(0, usize::MAX)), (None, None));
    }

    #[test]
    fn bytes_go_to_the_front_of_a_part_and_out_of_its_middle() {
        let buffer = Scratch::from_bytes(&[0; 5]).recv_buffer();
        let part = buffer.find(1, 3).unwrap();
        part.copy_from((&[7, 8][..]).into());
        part.part(2, 1).copy_from((&[9][..]).into());
        let mut middle = [0; 2];
        part.as_send().copy_to(1, &mut middle);
        assert_eq!((middle, part.as_send().array()), ([8, 9], [7, 8, 9]));
        assert_eq!(buffer.find(0, 5).unwrap().bytes_mut(), [0, 7, 8, 9, 0]);
    }

    #[test]
    #[should_panic(expected = "where 1 were lent")]
    fn more_than_was_lent_is_not_written() {
        let buffer = Scratch::from_bytes(&[0; 2]).recv_buffer();
        buffer.find(0, 1).unwrap().copy_from((&[1, 2][..]).into());
    }
}
