//! Payload descriptions: lent memory and what lies in it.

use super::Datatype;
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};
use std::sync::Arc;

/// What a lent buffer holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// This many contiguous bytes that start at offset 0 of the buffer. Every
    /// (count, datatype) pair without gaps collapses to this.
    Bytes(usize),
    /// `count` elements of a datatype with gaps or an order of its own,
    /// relative to offset 0 of the buffer.
    Typed { datatype: Arc<Datatype>, count: usize },
}

impl Shape {
    /// The shape of `count` elements, and how far the buffer's base has to
    /// move for it, in bytes.
    #[inline]
    pub(crate) fn of(datatype: &Arc<Datatype>, count: usize) -> Result<(Self, isize)> {
        if let Some(bytes) = datatype.dense_bytes(count) {
            return Ok((Self::Bytes(bytes), 0));
        }
        datatype.check_count(count)?;
        let total = datatype.size() as usize * count;
        if total == 0 {
            return Ok((Self::Bytes(0), 0));
        }
        if datatype.is_contiguous() || (count == 1 && datatype.is_one_block()) {
            return Ok((Self::Bytes(total), datatype.true_lower_bound() as isize));
        }
        Ok((Self::Typed { datatype: Arc::clone(datatype), count }, 0))
    }

    /// Bytes of data, gaps not counted.
    #[inline]
    pub fn total_bytes(&self) -> usize {
        match self {
            Self::Bytes(len) => *len,
            // No overflow: `Shape::of` checked it.
            Self::Typed { datatype, count } => datatype.size() as usize * count,
        }
    }
}

/// Data to be sent: lent memory and its shape.
#[derive(Clone)]
pub struct SendData {
    pub buffer: SendBuffer,
    pub shape: Shape,
}

/// Room for data to be received: lent memory and its shape.
#[derive(Clone)]
pub struct RecvData {
    pub buffer: RecvBuffer,
    pub shape: Shape,
}

impl SendData {
    /// `count` elements of `datatype` at the buffer's base. The buffer lends
    /// [`Datatype::byte_range`] of them.
    ///
    /// # Errors
    /// As [`Datatype::check_count`].
    #[inline]
    pub fn new(buffer: SendBuffer, datatype: &Arc<Datatype>, count: usize) -> Result<Self> {
        let (shape, offset) = Shape::of(datatype, count)?;
        let buffer = if offset == 0 { buffer } else { buffer.shifted(offset) };
        Ok(Self { buffer, shape })
    }

    /// The first `len` bytes of the buffer.
    #[inline]
    pub fn bytes(buffer: SendBuffer, len: usize) -> Self {
        Self { buffer, shape: Shape::Bytes(len) }
    }

    /// No data.
    pub fn empty() -> Self {
        Self::bytes(SendBuffer::empty(), 0)
    }

    /// Bytes of data, gaps not counted.
    #[inline]
    pub fn total_bytes(&self) -> usize {
        self.shape.total_bytes()
    }

    /// Whether the data are `total_bytes` bytes at offset 0 of the buffer.
    #[inline]
    pub fn is_contiguous(&self) -> bool {
        matches!(self.shape, Shape::Bytes(_))
    }
}

impl RecvData {
    /// Room for `count` elements of `datatype` at the buffer's base. The
    /// buffer lends [`Datatype::byte_range`] of them.
    ///
    /// # Errors
    /// As [`Datatype::check_count`].
    #[inline]
    pub fn new(buffer: RecvBuffer, datatype: &Arc<Datatype>, count: usize) -> Result<Self> {
        let (shape, offset) = Shape::of(datatype, count)?;
        let buffer = if offset == 0 { buffer } else { buffer.shifted(offset) };
        Ok(Self { buffer, shape })
    }

    /// The first `len` bytes of the buffer.
    #[inline]
    pub fn bytes(buffer: RecvBuffer, len: usize) -> Self {
        Self { buffer, shape: Shape::Bytes(len) }
    }

    /// Room for nothing.
    pub fn empty() -> Self {
        Self::bytes(RecvBuffer::empty(), 0)
    }

    /// Bytes of data, gaps not counted.
    #[inline]
    pub fn total_bytes(&self) -> usize {
        self.shape.total_bytes()
    }

    /// Whether the room is `total_bytes` bytes at offset 0 of the buffer.
    #[inline]
    pub fn is_contiguous(&self) -> bool {
        matches!(self.shape, Shape::Bytes(_))
    }

    /// The same memory and shape, to be read (in-place collectives).
    pub fn as_send(&self) -> SendData {
        SendData { buffer: self.buffer.as_send(), shape: self.shape.clone() }
    }
}
