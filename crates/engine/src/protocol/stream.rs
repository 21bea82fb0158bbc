//! Payload on its way in or out, resumable at any byte.

use std::ops::Range;

use crate::datatype::data::{RecvData, SendData};

/// Data to be sent, part of which may have left.
pub struct SendStream {
    data: SendData,
    position: usize,
    end: usize,
}

/// Room for data, part of which may have arrived.
pub struct RecvStream {
    data: RecvData,
    position: usize,
    end: usize,
}

impl SendStream {
    pub fn new(data: SendData) -> Self {
        let end = data.total_bytes();
        Self { data, position: 0, end }
    }

    /// Bytes that have not left.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.end - self.position
    }

    /// Where the next byte lies, if all that remain lie one after the other.
    pub fn address(&self) -> Option<u64> {
        self.data.is_contiguous().then(|| self.data.buffer.address(self.position as isize))
    }

    /// The receiver takes only the first `bytes`, or what has left if that is more.
    pub fn limit(&mut self, bytes: usize) {
        self.end = self.end.min(bytes).max(self.position);
    }

    /// Writes the next `out.len()` bytes, at most `remaining`.
    #[inline]
    pub fn fill(&mut self, out: &mut [u8]) {
        self.position += self.data.pack_for_reader(self.position, out);
    }
}

impl RecvStream {
    #[inline(always)]
    pub fn new(data: RecvData) -> Self {
        let end = data.total_bytes();
        Self { data, position: 0, end }
    }

    /// The bytes of `range` only, gaps not counted.
    pub fn part(data: RecvData, range: Range<usize>) -> Self {
        debug_assert!(range.start <= range.end && range.end <= data.total_bytes());
        Self { data, position: range.start, end: range.end }
    }

    /// Bytes that there is still room, or need, for.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.end - self.position
    }

    /// Whether all that remain are to lie one after the other.
    pub fn is_contiguous(&self) -> bool {
        self.data.is_contiguous()
    }

    /// Has the next `bytes` bytes, at most `remaining` and contiguous, written by
    /// `fill`.
    pub fn take_with<R>(&mut self, bytes: usize, fill: impl FnOnce(&mut [u8]) -> R) -> R {
        debug_assert!(self.is_contiguous() && bytes <= self.remaining());
        let result = fill(self.data.buffer.slice_mut(self.position as isize, bytes));
        self.position += bytes;
        result
    }

    /// Forgets the last `bytes` bytes that were taken.
    pub fn rewind(&mut self, bytes: usize) {
        debug_assert!(bytes <= self.position);
        self.position -= bytes;
    }

    /// Only `bytes` more are to come.
    pub fn limit(&mut self, bytes: usize) {
        self.end = self.end.min(self.position.saturating_add(bytes));
    }

    /// Stores the next bytes; what there is no room for is dropped.
    #[inline]
    pub fn take(&mut self, bytes: &[u8]) {
        let bytes = &bytes[..bytes.len().min(self.remaining())];
        self.position += self.data.unpack(self.position, bytes);
    }
}
