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
