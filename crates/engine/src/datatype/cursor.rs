//! Packing, unpacking and copying, at once or in chunks.

use super::Datatype;
use super::data::{RecvData, SendData, Shape};
use super::layout::Body;
use super::walk::{Pack, Sink, Unpack, Visit, walk_copies};
use memory::kernels::strided::{self, Dim, MAX_DIMS, Strided};
use std::ops::Range;

/// Bytes that a copy between two layouts without a common kernel goes through:
/// small enough to stay in the first-level cache.
const BOUNCE_BYTES: usize = 8192;

impl Datatype {
    /// Calls `block` with the offset and length of every contiguous piece of
    /// the packed bytes `range` of `count` elements, in typemap order.
    ///
    /// # Panics
    /// If the range ends after the last element.
    pub fn for_each_block(&self, count: usize, range: Range<usize>, block: impl FnMut(isize, usize)) {
        self.walk(count, range, &mut Visit(block));
    }

    fn walk(&self, count: usize, range: Range<usize>, sink: &mut impl Sink) {
        let layout = self.layout();
        let total = layout.size.checked_mul(count);
        assert!(
            total.is_some_and(|total| range.end <= total),
            "bytes {range:?} of {count} elements of {} bytes",
            layout.size
        );
        walk_copies(layout, Dim { count, stride: self.extent() as isize }, 0, range, sink);
    }

    /// `count` elements as one regular piece, if they are one.
    fn as_strided(&self, count: usize) -> Option<Strided> {
        let outer = Dim { count, stride: self.extent() as isize };
        match self.layout().body {
            Body::Strided(shape) => {
                let dims = super::layout::add_dim(shape.dims, outer, MAX_DIMS)?;
                Some(Strided { dims, ..shape })
            }
            Body::Block(block) => Some(Strided {
                offset: block.offset,
                block: block.len,
                dims: super::layout::add_dim(Default::default(), outer, MAX_DIMS)?,
            }),
            _ => None,
        }
    }
}

impl SendData {
    /// Packs bytes from `position` of the packed data on, as many as `dst` has
    /// room for and as are left, and says how many.
    #[inline]
    pub fn pack(&self, position: usize, dst: &mut [u8]) -> usize {
        let len = dst.len().min(self.total_bytes().saturating_sub(position));
        let dst = &mut dst[..len];
        match &self.shape {
            Shape::Bytes(_) => self.buffer.copy_to(position as isize, dst),
            Shape::Typed { datatype, count } => {
                datatype.walk(*count, position..position + len, &mut Pack { src: &self.buffer, dst });
            }
        }
        len
    }

    /// As [`Self::pack`], to where another process reads it next.
    #[inline]
    pub fn pack_for_reader(&self, position: usize, dst: &mut [u8]) -> usize {
        if self.is_contiguous() && position < self.total_bytes() {
            let len = dst.len().min(self.total_bytes() - position);
            self.buffer.copy_for_reader(position as isize, &mut dst[..len]);
            return len;
        }
        self.pack(position, dst)
    }

    /// Calls `block` with the offset and length of every contiguous piece, in
    /// packing order.
    pub fn for_each_block(&self, mut block: impl FnMut(isize, usize)) {
        match &self.shape {
            Shape::Bytes(0) => {}
            Shape::Bytes(len) => block(0, *len),
            Shape::Typed { datatype, count } => datatype.for_each_block(*count, 0..self.total_bytes(), block),
        }
    }
}

impl RecvData {
    /// Unpacks bytes that belong at `position` of the packed data, as many as
    /// there is room for, and says how many.
    #[inline]
    pub fn unpack(&self, position: usize, src: &[u8]) -> usize {
        let len = src.len().min(self.total_bytes().saturating_sub(position));
        let src = &src[..len];
        match &self.shape {
            Shape::Bytes(_) => self.buffer.copy_from(position as isize, src),
            Shape::Typed { datatype, count } => {
                datatype.walk(*count, position..position + len, &mut Unpack { src, dst: &self.buffer });
            }
        }
        len
    }

    /// As [`SendData::for_each_block`].
    pub fn for_each_block(&self, mut block: impl FnMut(isize, usize)) {
        match &self.shape {
            Shape::Bytes(0) => {}
            Shape::Bytes(len) => block(0, *len),
            Shape::Typed { datatype, count } => datatype.for_each_block(*count, 0..self.total_bytes(), block),
        }
    }

    /// Copies from layout to layout within this process, as many bytes as both
    /// have, and says how many. The memories do not overlap.
    pub fn copy_from(&self, src: &SendData) -> usize {
        let total = self.total_bytes().min(src.total_bytes());
        if src.is_contiguous() {
            return self.unpack(0, src.buffer.slice(0, total));
        }
        if self.is_contiguous() {
            return src.pack(0, self.buffer.slice_mut(0, total));
        }
        if let (Some(from), Some(to)) = (src.shape.as_strided(), self.shape.as_strided())
            && from.block == to.block
            && from.dims.iter().map(|dim| dim.count).eq(to.dims.iter().map(|dim| dim.count))
        {
            strided::copy_strided(&src.buffer, &from, &self.buffer, &to);
            return total;
        }
        let mut bounce = [0; BOUNCE_BYTES];
        let mut position = 0;
        while position < total {
            let len = src.pack(position, &mut bounce[..BOUNCE_BYTES.min(total - position)]);
            self.unpack(position, &bounce[..len]);
            position += len;
        }
        total
    }
}

impl Shape {
    fn as_strided(&self) -> Option<Strided> {
        match self {
            Self::Bytes(_) => None,
            Self::Typed { datatype, count } => datatype.as_strided(*count),
        }
    }
}

/// A place in packed data that moves as chunks are packed or unpacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    position: usize,
}

impl Cursor {
    /// At the first byte.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes before the cursor.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Moves on without touching data.
    pub fn skip(&mut self, bytes: usize) {
        self.position += bytes;
    }

    /// Packs the next bytes, as many as `dst` has room for and as are left,
    /// and says how many.
    pub fn pack(&mut self, data: &SendData, dst: &mut [u8]) -> usize {
        let len = data.pack(self.position, dst);
        self.position += len;
        len
    }

    /// Unpacks the next bytes, as many as there is room for, and says how
    /// many.
    pub fn unpack(&mut self, data: &RecvData, src: &[u8]) -> usize {
        let len = data.unpack(self.position, src);
        self.position += len;
        len
    }
}
