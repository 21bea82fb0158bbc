//! The committed form of a datatype: as few and as regular pieces as possible.
//!
//! Pieces are in typemap order, so that walking a layout visits the bytes in
//! the order in which they are packed. Building it merges what is adjacent in
//! memory and in that order, finds constant distances, and turns small trees
//! into lists; it never expands a long repetition.

use super::Datatype;
use super::typemap::{Form, Run};
use memory::kernels::list::{Block, BlockList};
use memory::kernels::strided::{Dim, Dims, MAX_DIMS, Strided};
use std::sync::Arc;

/// Loops in one `Body::Strided`: one is left for the count of a buffer.
const LAYOUT_DIMS: usize = MAX_DIMS - 1;
/// A tree with at most this many blocks becomes a list.
const SMALL_LIST: usize = 64;
/// A longer one does when it has at most this many blocks per node of the tree.
const LIST_PER_PART: usize = 4;

/// Where the bytes of one element lie, in typemap order.
#[derive(Debug)]
pub(super) struct Layout {
    /// Packed bytes.
    pub size: usize,
    /// How many blocks the layout has.
    pub blocks: usize,
    pub body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Empty,
    Block(Block),
    Strided(Strided),
    List(BlockList),
    Parts(Box<[Part]>),
}

/// `count` copies of a layout, the first displaced by `offset` bytes, each
/// further one by `stride` more.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Packed bytes of the parts before this one.
    pub start: usize,
    pub offset: isize,
    pub count: usize,
    pub stride: isize,
    pub inner: Arc<Layout>,
}

impl Part {
    fn new(offset: i64, count: u64, stride: i64, inner: &Arc<Layout>) -> Self {
        let inner = Arc::clone(inner);
        Self { start: 0, offset: offset as isize, count: count as usize, stride: stride as isize, inner }
    }

    pub(super) fn bytes(&self) -> usize {
        self.count * self.inner.size
    }

    /// The one block that the part is, if it is one.
    fn as_block(&self) -> Option<Block> {
        match self.inner.body {
            Body::Block(block) if self.count == 1 || self.stride == block.len as isize => {
                Some(Block { offset: self.offset + block.offset, len: block.len * self.count })
            }
            _ => None,
        }
    }

    fn blocks(&self) -> usize {
        if self.as_block().is_some() { 1 } else { self.count.saturating_mul(self.inner.blocks) }
    }
}

impl Layout {
    pub(super) fn of(datatype: &Datatype) -> Arc<Self> {
        let body = match &datatype.form {
            Form::Basic(_) => basic(datatype),
            Form::Repeat { offset, count, stride, of } => {
                return from_parts(vec![Part::new(*offset, *count, *stride, of.layout())]);
            }
            Form::Blocks { blocks, of } => {
                let part = |run: &Run| Part::new(run.offset, run.count, of.extent(), of.layout());
                return from_parts(blocks.iter().map(part).collect());
            }
            Form::Fields(fields) => {
                let part = |(run, of): &(Run, Arc<Datatype>)| {
                    Part::new(run.offset, run.count, of.extent(), of.layout())
                };
                return from_parts(fields.iter().map(part).collect());
            }
        };
        Arc::new(Self::new(body))
    }

    fn new(body: Body) -> Self {
        let (size, blocks) = match &body {
            Body::Empty => (0, 0),
            Body::Block(block) => (block.len, 1),
            Body::Strided(shape) => (shape.bytes(), shape.bytes() / shape.block),
            Body::List(list) => (list.bytes(), list.blocks().len()),
            Body::Parts(parts) => (
                parts.last().map_or(0, |last| last.start + last.bytes()),
                parts.iter().fold(0, |blocks, part| part.blocks().saturating_add(blocks)),
            ),
        };
        Self { size, blocks, body }
    }

    #[inline]
    pub(super) fn is_block(&self) -> bool {
        matches!(self.body, Body::Block(_))
    }
}

fn basic(datatype: &Datatype) -> Body {
    let Some(entry) = datatype.as_basic().filter(|entry| entry.supported) else { return Body::Empty };
    match entry.element.pair() {
        Some((value, index, offset)) if offset != value.size() => {
            let value = Block { offset: 0, len: value.size() };
            let index = Block { offset: offset as isize, len: index.size() };
            Body::List(BlockList::new(vec![value, index]))
        }
        _ => Body::Block(Block { offset: 0, len: entry.size() }),
    }
}

/// The layout of parts that follow one another in packing order.
fn from_parts(mut parts: Vec<Part>) -> Arc<Layout> {
    parts.retain(|part| part.bytes() > 0);
    if let [part] = &parts[..] {
        if part.count == 1 && part.offset == 0 {
            return Arc::clone(&part.inner);
        }
        if let Some(body) = repeated(part) {
            return Arc::new(Layout::new(body));
        }
    }
    let blocks = parts.iter().fold(0, |blocks: usize, part| blocks.saturating_add(part.blocks()));
    let few = blocks <= SMALL_LIST.max(parts.len().saturating_mul(LIST_PER_PART));
    // One long repetition of a list stays one: it has its own kernel.
    let body = if few && (parts.len() > 1 || blocks <= SMALL_LIST) {
        let mut list = Vec::with_capacity(blocks);
        parts.iter().for_each(|part| push_part(&mut list, part));
        from_blocks(list)
    } else {
        let mut start = 0;
        for part in &mut parts {
            part.start = start;
            start += part.bytes();
        }
        Body::Parts(parts.into())
    };
    Arc::new(Layout::new(body))
}

/// A part as one regular piece, if it is one.
fn repeated(part: &Part) -> Option<Body> {
    if let Some(block) = part.as_block() {
        return Some(Body::Block(block));
    }
    let outer = Dim { count: part.count, stride: part.stride };
    let shape = match part.inner.body {
        Body::Block(block) => Strided {
            offset: part.offset + block.offset,
            block: block.len,
            dims: add_dim(Dims::NONE, outer, LAYOUT_DIMS)?,
        },
        Body::Strided(shape) => Strided {
            offset: part.offset + shape.offset,
            dims: add_dim(shape.dims, outer, LAYOUT_DIMS)?,
            ..shape
        },
        _ => return None,
    };
    Some(Body::Strided(shape))
}

/// The loops with `outer` around them: merged with the outermost when it just
/// goes on, and `None` when there would be more than `limit`.
pub(super) fn add_dim(dims: Dims, outer: Dim, limit: usize) -> Option<Dims> {
    if outer.count == 1 {
        return Some(dims);
    }
    if let Some((inner, last)) = dims.split_outermost()
        && last.stride.checked_mul(last.count as isize) == Some(outer.stride)
    {
        return Some(inner.with(Dim { count: last.count * outer.count, stride: last.stride }));
    }
    (dims.len() < limit).then(|| dims.with(outer))
}

fn push_block(list: &mut Vec<Block>, block: Block) {
    if let Some(last) = list.last_mut()
        && last.offset + last.len as isize == block.offset
    {
        last.len += block.len;
        return;
    }
    list.push(block);
}

fn push_part(list: &mut Vec<Block>, part: &Part) {
    if let Some(block) = part.as_block() {
        return push_block(list, block);
    }
    for i in 0..part.count as isize {
        push_layout(list, part.offset + i * part.stride, &part.inner);
    }
}

fn push_layout(list: &mut Vec<Block>, offset: isize, layout: &Layout) {
    match &layout.body {
        Body::Empty => {}
        Body::Block(block) => push_block(list, Block { offset: offset + block.offset, ..*block }),
        Body::Strided(shape) => push_strided(list, offset + shape.offset, shape.block, shape.dims),
        Body::List(blocks) => {
            let moved = |block: &Block| Block { offset: offset + block.offset, ..*block };
            blocks.blocks().iter().for_each(|block| push_block(list, moved(block)));
        }
        Body::Parts(parts) => {
            let moved = |part: &Part| Part { offset: offset + part.offset, ..part.clone() };
            parts.iter().for_each(|part| push_part(list, &moved(part)));
        }
    }
}

fn push_strided(list: &mut Vec<Block>, offset: isize, block: usize, dims: Dims) {
    match dims.split_outermost() {
        None => push_block(list, Block { offset, len: block }),
        Some((inner, outer)) => {
            for i in 0..outer.count as isize {
                push_strided(list, offset + i * outer.stride, block, inner);
            }
        }
    }
}

/// The body of blocks that are not adjacent to their successors: strided when
/// they are equally long and equally far apart.
fn from_blocks(blocks: Vec<Block>) -> Body {
    match blocks[..] {
        [] => return Body::Empty,
        [block] => return Body::Block(block),
        [first, second, ..] => {
            let distance = |pair: &[Block]| pair[1].offset - pair[0].offset;
            let stride = second.offset - first.offset;
            let regular = blocks.iter().all(|block| block.len == first.len)
                && blocks.windows(2).all(|pair| distance(pair) == stride);
            if regular {
                let dims = Dims::NONE.with(Dim { count: blocks.len(), stride });
                return Body::Strided(Strided { offset: first.offset, block: first.len, dims });
            }
        }
    }
    Body::List(BlockList::new(blocks))
}

#[cfg(test)]
mod tests {
    use super::super::predefined::index;
    use super::super::{Counts, predefined_datatype};
    use super::*;

    fn named(index: u32) -> Arc<Datatype> {
        Arc::clone(predefined_datatype(index).unwrap())
    }

    #[test]
    fn what_is_adjacent_becomes_one_block() {
        let int = named(index::INT);
        let inner = Datatype::contiguous(Counts::Int, 5, &int).unwrap();
        let vector = Datatype::vector(Counts::Int, 3, 2, 2, &inner).unwrap();
        let lengths = [1, 2, 1];
        let indexed = Datatype::indexed(Counts::Int, &lengths, &[0, 1, 3], &vector).unwrap();
        assert!(vector.is_contiguous() && indexed.is_contiguous());
        assert_eq!(indexed.size(), 4 * 3 * 2 * 5 * 4);
    }

    #[test]
    fn nested_vectors_become_loops() {
        let byte = named(index::BYTE);
        let row = Datatype::hvector(Counts::Int, 4, 1, 2, &byte).unwrap();
        let plane = Datatype::hvector(Counts::Int, 5, 1, 16, &row).unwrap();
        // The third loop goes on where the second ends.
        let volume = Datatype::hvector(Counts::Int, 6, 1, 80, &plane).unwrap();
        let Body::Strided(shape) = &volume.layout().body else { panic!("{:?}", volume.layout()) };
        let dims = Dims::NONE.with(Dim { count: 4, stride: 2 }).with(Dim { count: 30, stride: 16 });
        assert_eq!(*shape, Strided { offset: 0, block: 1, dims });
    }

    #[test]
    fn a_long_repetition_is_not_expanded() {
        let fields = [named(index::INT), named(index::DOUBLE)];
        let pair = Datatype::structure(Counts::Int, &[1, 1], &[0, 8], &fields).unwrap();
        let many = Datatype::contiguous(Counts::Int, 1_000_000, &pair).unwrap();
        let Body::Parts(parts) = &many.layout().body else { panic!("expanded") };
        assert_eq!((parts.len(), many.layout().size), (1, 12_000_000));
    }

    #[test]
    fn regular_indices_become_a_vector() {
        let double = named(index::DOUBLE);
        let indexed = Datatype::indexed_block(Counts::Int, 2, &[0, 5, 10, 15], &double).unwrap();
        let Body::Strided(shape) = indexed.layout().body else { panic!("{:?}", indexed.layout()) };
        assert_eq!((shape.block, shape.dims[0]), (16, Dim { count: 4, stride: 40 }));
    }
}
