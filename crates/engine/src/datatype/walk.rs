//! Walking over a range of the packed bytes of a layout.
//!
//! A position in the packed bytes is all the state there is: a walk finds its
//! place with a division per loop and a search per list, hands whole regular
//! pieces to the kernels, and single blocks at its ends. So packing can stop
//! and go on at any byte, and skipping costs nothing.

use super::layout::{Body, Layout, add_dim};
use memory::buffer::{RecvBuffer, SendBuffer};
use memory::kernels::list::{self, BlockList, Repeat};
use memory::kernels::strided::{self, Dim, Dims, MAX_DIMS, Strided};
use std::ops::Range;

/// Takes the pieces of a walk, in packing order.
pub(super) trait Sink {
    fn block(&mut self, offset: isize, len: usize);
    fn strided(&mut self, shape: &Strided);
    fn list(&mut self, list: &BlockList, repeat: Repeat);
    /// Some blocks of one copy of the list, moved by `offset`.
    fn some(&mut self, list: &BlockList, indices: Range<usize>, offset: isize);
}

/// Walks over the packed bytes `range` of `copies` of a layout, of which the
/// first is displaced by `offset`.
pub(super) fn walk_copies(
    layout: &Layout,
    copies: Dim,
    offset: isize,
    range: Range<usize>,
    sink: &mut impl Sink,
) {
    if range.is_empty() {
        return;
    }
    if copies.count == 1 {
        return walk(layout, offset, range, sink);
    }
    let pieces = Pieces::new(layout.size, &range);
    let at = |index: usize| offset + index as isize * copies.stride;
    if let Some((index, bytes)) = pieces.head {
        walk(layout, at(index), bytes, sink);
    }
    if !pieces.whole.is_empty() {
        let (offset, count) = (at(pieces.whole.start), pieces.whole.len());
        if !whole_copies(layout, Dim { count, ..copies }, offset, sink) {
            for index in pieces.whole.clone() {
                walk(layout, at(index), 0..layout.size, sink);
            }
        }
    }
    if let Some((index, bytes)) = pieces.tail {
        walk(layout, at(index), bytes, sink);
    }
}

/// Whole copies of a layout by one kernel call, if there is a kernel for them.
fn whole_copies(layout: &Layout, copies: Dim, offset: isize, sink: &mut impl Sink) -> bool {
    let shape = match &layout.body {
        Body::Block(block) => Strided { offset: block.offset, block: block.len, dims: Dims::NONE },
        Body::Strided(shape) => *shape,
        Body::List(list) => {
            sink.list(list, Repeat { offset, count: copies.count, stride: copies.stride });
            return true;
        }
        Body::Empty | Body::Parts(_) => return false,
    };
    let offset = offset + shape.offset;
    if shape.dims.is_empty() && copies.stride == shape.block as isize {
        sink.block(offset, shape.block * copies.count);
        return true;
    }
    let Some(dims) = add_dim(shape.dims, copies, MAX_DIMS) else { return false };
    sink.strided(&Strided { offset, block: shape.block, dims });
    true
}

fn walk(layout: &Layout, offset: isize, range: Range<usize>, sink: &mut impl Sink) {
    match &layout.body {
        Body::Empty => {}
        Body::Block(block) => sink.block(offset + block.offset + range.start as isize, range.len()),
        Body::Strided(shape) => {
            walk_strided(&Strided { offset: offset + shape.offset, ..*shape }, layout.size, range, sink);
        }
        Body::List(list) => walk_list(list, offset, range, sink),
        Body::Parts(parts) => {
            let first = parts.partition_point(|part| part.start <= range.start) - 1;
            for part in &parts[first..] {
                if part.start >= range.end {
                    break;
                }
                let from = range.start.max(part.start) - part.start;
                let to = (range.end - part.start).min(part.bytes());
                let copies = Dim { count: part.count, stride: part.stride };
                walk_copies(&part.inner, copies, offset + part.offset, from..to, sink);
            }
        }
    }
}

fn walk_strided(shape: &Strided, size: usize, range: Range<usize>, sink: &mut impl Sink) {
    if range.len() == size {
        return sink.strided(shape);
    }
    let Some((dims, outer)) = shape.dims.split_outermost() else {
        return sink.block(shape.offset + range.start as isize, range.len());
    };
    let inner_size = size / outer.count;
    let inner = |index: usize| Strided {
        offset: shape.offset + index as isize * outer.stride,
        block: shape.block,
        dims,
    };
    let pieces = Pieces::new(inner_size, &range);
    if let Some((index, bytes)) = pieces.head {
        walk_strided(&inner(index), inner_size, bytes, sink);
    }
    if !pieces.whole.is_empty() {
        let dims = dims.with(Dim { count: pieces.whole.len(), stride: outer.stride });
        sink.strided(&Strided { dims, ..inner(pieces.whole.start) });
    }
    if let Some((index, bytes)) = pieces.tail {
        walk_strided(&inner(index), inner_size, bytes, sink);
    }
}

fn walk_list(list: &BlockList, offset: isize, range: Range<usize>, sink: &mut impl Sink) {
    if range.len() == list.bytes() {
        return sink.list(list, Repeat { offset, count: 1, stride: 0 });
    }
    let (first, first_start) = list.locate(range.start);
    let (last, last_start) = list.locate(range.end);
    let block = |index: usize, bytes: Range<usize>, sink: &mut dyn FnMut(isize, usize)| {
        if !bytes.is_empty() {
            sink(offset + list.blocks()[index].offset + bytes.start as isize, bytes.len());
        }
    };
    let mut one = |at, len| sink.block(at, len);
    if first == last {
        return block(first, range.start - first_start..range.end - first_start, &mut one);
    }
    let whole_from = if range.start == first_start {
        first
    } else {
        block(first, range.start - first_start..list.blocks()[first].len, &mut one);
        first + 1
    };
    if whole_from < last {
        sink.some(list, whole_from..last, offset);
    }
    if last < list.blocks().len() {
        block(last, 0..range.end - last_start, &mut |at, len| sink.block(at, len));
    }
}

/// A range of bytes over equal pieces: the end of one, whole ones, and the
/// beginning of one. A range inside one piece is a head.
struct Pieces {
    head: Option<(usize, Range<usize>)>,
    whole: Range<usize>,
    tail: Option<(usize, Range<usize>)>,
}

impl Pieces {
    fn new(size: usize, range: &Range<usize>) -> Self {
        // Most walks start at the beginning: no division for them.
        let (first, skipped) =
            if range.start == 0 { (0, 0) } else { (range.start / size, range.start % size) };
        let (last, rest) = (range.end / size, range.end % size);
        if skipped != 0 && first == last {
            return Self { head: Some((first, skipped..rest)), whole: 0..0, tail: None };
        }
        Self {
            head: (skipped != 0).then_some((first, skipped..size)),
            whole: first + usize::from(skipped != 0)..last,
            tail: (rest != 0).then_some((last, 0..rest)),
        }
    }
}

/// Packs what it is given.
pub(super) struct Pack<'a> {
    pub src: &'a SendBuffer,
    /// Not yet written.
    pub dst: &'a mut [u8],
}

impl Pack<'_> {
    fn take(&mut self, len: usize) -> &mut [u8] {
        self.dst.split_off_mut(..len).unwrap_or_default()
    }
}

impl Sink for Pack<'_> {
    fn block(&mut self, offset: isize, len: usize) {
        let src = self.src;
        src.copy_to(offset, self.take(len));
    }

    fn strided(&mut self, shape: &Strided) {
        let src = self.src;
        strided::pack_strided(src, shape, self.take(shape.bytes()));
    }

    fn list(&mut self, list: &BlockList, repeat: Repeat) {
        let src = self.src;
        list::pack_list(src, list, repeat, self.take(list.bytes() * repeat.count));
    }

    fn some(&mut self, list: &BlockList, indices: Range<usize>, offset: isize) {
        let src = self.src;
        let dst = self.take(list.bytes_of(&indices));
        list::pack_some(src, list, indices, offset, dst);
    }
}

/// Unpacks into what it is given.
pub(super) struct Unpack<'a> {
    /// Not yet read.
    pub src: &'a [u8],
    pub dst: &'a RecvBuffer,
}

impl<'a> Unpack<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        self.src.split_off(..len).unwrap_or_default()
    }
}

impl Sink for Unpack<'_> {
    fn block(&mut self, offset: isize, len: usize) {
        self.dst.copy_from(offset, self.take(len));
    }

    fn strided(&mut self, shape: &Strided) {
        strided::unpack_strided(self.take(shape.bytes()), self.dst, shape);
    }

    fn list(&mut self, list: &BlockList, repeat: Repeat) {
        list::unpack_list(self.take(list.bytes() * repeat.count), self.dst, list, repeat);
    }

    fn some(&mut self, list: &BlockList, indices: Range<usize>, offset: isize) {
        list::unpack_some(self.take(list.bytes_of(&indices)), self.dst, list, indices, offset);
    }
}

/// Calls a function with every block.
pub(super) struct Visit<F>(pub F);

impl<F: FnMut(isize, usize)> Visit<F> {
    fn dims(&mut self, offset: isize, block: usize, dims: Dims) {
        match dims.split_outermost() {
            None => (self.0)(offset, block),
            Some((inner, outer)) => {
                for i in 0..outer.count as isize {
                    self.dims(offset + i * outer.stride, block, inner);
                }
            }
        }
    }
}

impl<F: FnMut(isize, usize)> Sink for Visit<F> {
    fn block(&mut self, offset: isize, len: usize) {
        (self.0)(offset, len);
    }

    fn strided(&mut self, shape: &Strided) {
        self.dims(shape.offset, shape.block, shape.dims);
    }

    fn list(&mut self, list: &BlockList, repeat: Repeat) {
        for i in 0..repeat.count as isize {
            self.some(list, 0..list.blocks().len(), repeat.offset + i * repeat.stride);
        }
    }

    fn some(&mut self, list: &BlockList, indices: Range<usize>, offset: isize) {
        for block in &list.blocks()[indices] {
            (self.0)(offset + block.offset, block.len);
        }
    }
}
