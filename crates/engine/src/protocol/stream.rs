//! Payload on its way in or out, resumable at any byte.

use crate::datatype::cursor::Cursor;
use crate::datatype::data::{RecvData, SendData, Shape};

/// Data to be sent, part of which may have left.
pub struct SendStream {
    data: SendData,
    position: usize,
    end: usize,
    cursor: Option<Box<Cursor>>,
}

/// Room for data, part of which may have arrived.
pub struct RecvStream {
    data: RecvData,
    position: usize,
    end: usize,
    cursor: Option<Box<Cursor>>,
}

fn cursor(shape: &Shape) -> Option<Box<Cursor>> {
    match shape {
        Shape::Bytes(_) => None,
        Shape::Typed { datatype, count } => Some(Box::new(Cursor::new(datatype, *count))),
    }
}

/// Copies all of `data`, which is `out.len()` bytes.
#[inline]
pub fn pack_all(data: &SendData, out: &mut [u8]) {
    match &data.shape {
        Shape::Bytes(_) => data.buffer.copy_to(0, out),
        Shape::Typed { datatype, count } => {
            Cursor::new(datatype, *count).pack(&data.buffer, out);
        }
    }
}

impl SendStream {
    pub fn new(data: SendData) -> Self {
        let end = data.total_bytes();
        let cursor = cursor(&data.shape);
        Self { data, position: 0, end, cursor }
    }

    pub fn data(&self) -> &SendData {
        &self.data
    }

    /// Bytes that have not left.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.end - self.position
    }

    /// The receiver takes only the first `bytes`.
    pub fn limit(&mut self, bytes: usize) {
        self.end = self.end.min(bytes);
    }

    /// Writes the next `out.len()` bytes, at most `remaining`.
    #[inline]
    pub fn fill(&mut self, out: &mut [u8]) {
        match &mut self.cursor {
            None => self.data.buffer.copy_to(self.position as isize, out),
            Some(cursor) => {
                cursor.pack(&self.data.buffer, out);
            }
        }
        self.position += out.len();
    }
}

impl RecvStream {
    pub fn new(data: RecvData) -> Self {
        let end = data.total_bytes();
        let cursor = cursor(&data.shape);
        Self { data, position: 0, end, cursor }
    }

    /// Bytes that there is still room, or need, for.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.end - self.position
    }

    /// The message has only `bytes`.
    pub fn limit(&mut self, bytes: usize) {
        self.end = self.end.min(bytes);
    }

    /// Stores the next bytes; what there is no room for is dropped.
    #[inline]
    pub fn take(&mut self, bytes: &[u8]) {
        let bytes = &bytes[..bytes.len().min(self.remaining())];
        match &mut self.cursor {
            None => self.data.buffer.copy_from(self.position as isize, bytes),
            Some(cursor) => {
                cursor.unpack(&self.data.buffer, bytes);
            }
        }
        self.position += bytes.len();
    }
}
