//! One buffer, one block per rank: the shapes of `counts`, `displs` and
//! `types` arguments.

use crate::datatype::Datatype;
use crate::datatype::Kept;
use crate::datatype::data::{RecvData, SendData};
use crate::error::{Error, ErrorClass, Result};
use memory::buffer::{RecvBuffer, SendBuffer};
use std::ops::Range;
use std::sync::Arc;

/// Where the block of each rank (or neighbour) lies, relative to the buffer
/// that the user gave.
#[derive(Clone)]
pub enum Blocks {
    /// Block `i` is the `count` elements from element `i * count` on.
    Uniform(Uniform),
    /// Blocks without gaps.
    Dense(Vec<Span>),
    /// Blocks of which some have gaps, each with a datatype of its own.
    Each(Vec<Part>),
}

#[derive(Clone)]
pub struct Uniform {
    datatype: Kept,
    count: usize,
    /// Bytes of a block without gaps.
    dense: Option<usize>,
}

/// A block without gaps.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Bytes from the buffer's base.
    offset: isize,
    bytes: usize,
}

/// A block with its own datatype.
#[derive(Clone)]
pub struct Part {
    pub datatype: Kept,
    pub count: usize,
    /// Bytes from the buffer's base.
    pub displacement: isize,
}

/// Blocks to be sent.
#[derive(Clone)]
pub struct SendBlocks {
    /// Based at the address that the user gave.
    pub buffer: SendBuffer,
    pub blocks: Blocks,
}

/// Room for blocks to be received.
#[derive(Clone)]
pub struct RecvBlocks {
    /// Based at the address that the user gave.
    pub buffer: RecvBuffer,
    pub blocks: Blocks,
}

/// The bytes between element 0 and element `index`.
pub(super) fn distance(datatype: &Datatype, index: isize) -> Result<isize> {
    (datatype.extent() as isize).checked_mul(index).ok_or_else(|| {
        Error::new(
            ErrorClass::Count,
            format!("element {index} of extent {} lies outside the address space", datatype.extent()),
        )
    })
}

/// Bytes of data in so many elements. A product that no memory can hold is an
/// error when the block is made ([`SendData::new`]).
pub(super) fn bytes(datatype: &Datatype, count: usize) -> usize {
    (datatype.size() as usize).saturating_mul(count)
}

impl Blocks {
    /// Blocks that are all alike.
    ///
    /// # Errors
    /// As [`Datatype::check_count`].
    #[inline]
    pub fn uniform(datatype: Kept, count: usize) -> Result<Self> {
        let dense = datatype.dense_bytes(count);
        if dense.is_none() {
            datatype.check_count(count)?;
        }
        Ok(Self::Uniform(Uniform { datatype, count, dense }))
    }

    /// Blocks of so many elements each, so many extents from the buffer's base.
    ///
    /// # Errors
    /// Those of `places`, and `MPI_ERR_COUNT` for a block outside the address space.
    #[inline]
    pub fn varying(
        datatype: &Kept,
        places: impl ExactSizeIterator<Item = Result<(usize, isize)>>,
    ) -> Result<Self> {
        let Some(unit) = datatype.dense_bytes(1) else {
            let part = |place: Result<(usize, isize)>| {
                let (count, displacement) = place?;
                let displacement = if count == 0 { 0 } else { distance(datatype, displacement)? };
                Ok(Part { datatype: datatype.clone(), count, displacement })
            };
            return Self::each(places.map(part));
        };
        let mut spans = Vec::with_capacity(places.len());
        for place in places {
            let (count, displacement) = place?;
            let (bytes, offset) = (unit.checked_mul(count), displacement.checked_mul(unit as isize));
            match (bytes.filter(|&bytes| bytes <= isize::MAX as usize), offset) {
                (Some(0), _) => spans.push(Span { offset: 0, bytes: 0 }),
                (Some(bytes), Some(offset)) => spans.push(Span { offset, bytes }),
                _ => return Err(outside(datatype, count, displacement)),
            }
        }
        Ok(Self::Dense(spans))
    }

    /// Blocks that have each a datatype of its own.
    ///
    /// # Errors
    /// Those that are given, and as [`Datatype::check_count`].
    #[inline]
    pub fn each(given: impl ExactSizeIterator<Item = Result<Part>>) -> Result<Self> {
        let mut parts = Vec::with_capacity(given.len());
        for part in given {
            let part = part?;
            // Nothing lies where an empty block is said to be.
            let displacement = if part.count == 0 { 0 } else { part.displacement };
            parts.push(Part { displacement, ..part });
        }
        let dense = |part: &Part| {
            let bytes = part.datatype.dense_bytes(part.count)?;
            Some(Span { offset: part.displacement, bytes })
        };
        if let Some(spans) = parts.iter().map(dense).collect() {
            return Ok(Self::Dense(spans));
        }
        parts.iter().try_for_each(|part| part.datatype.check_count(part.count))?;
        Ok(Self::Each(parts))
    }

    /// Blocks of so many elements, one after the other.
    ///
    /// # Errors
    /// As [`Self::varying`].
    pub(crate) fn following(datatype: &Kept, counts: impl ExactSizeIterator<Item = usize>) -> Result<Self> {
        let mut next = 0;
        Self::varying(
            datatype,
            counts.map(|count| {
                let start = next;
                next += count as isize;
                Ok((count, start))
            }),
        )
    }

    /// The bytes that blocks of `ranks` ranks lie in.
    pub fn byte_range(&self, ranks: usize) -> Range<isize> {
        let join = |all: Range<isize>, next: Range<isize>| match (all.is_empty(), next.is_empty()) {
            (_, true) => all,
            (true, false) => next,
            (false, false) => all.start.min(next.start)..all.end.max(next.end),
        };
        let moved = |range: Range<isize>, by: isize| {
            if range.is_empty() {
                range
            } else {
                range.start.saturating_add(by)..range.end.saturating_add(by)
            }
        };
        match self {
            Self::Uniform(Uniform { datatype, count, .. }) => {
                datatype.byte_range(count.saturating_mul(ranks))
            }
            Self::Dense(spans) => {
                spans.iter().fold(0..0, |all, span| join(all, moved(0..span.bytes as isize, span.offset)))
            }
            Self::Each(parts) => parts.iter().fold(0..0, |all, part| {
                join(all, moved(part.datatype.byte_range(part.count), part.displacement))
            }),
        }
    }

    /// The block if it has no gaps.
    #[inline]
    fn dense(&self, index: usize) -> Option<Span> {
        match self {
            Self::Uniform(Uniform { dense, .. }) => {
                let bytes = (*dense)?;
                Some(Span { offset: isize::try_from(index).ok()?.checked_mul(bytes as isize)?, bytes })
            }
            Self::Dense(spans) => Some(spans[index]),
            Self::Each(parts) => {
                let part = &parts[index];
                Some(Span { offset: part.displacement, bytes: part.datatype.dense_bytes(part.count)? })
            }
        }
    }

    /// Datatype, count and byte offset of a block that is not dense.
    fn place(&self, index: usize) -> Result<(&Arc<Datatype>, usize, isize)> {
        match self {
            Self::Uniform(_) => self.place_run(index..index + 1),
            Self::Dense(_) => unreachable!("dense, all of them"),
            Self::Each(parts) => {
                let part = &parts[index];
                Ok((&part.datatype, part.count, part.displacement))
            }
        }
    }

    /// Offset of the `len` bytes at `position` of a block without gaps, if it has them.
    #[inline]
    fn dense_part(&self, index: usize, position: usize, len: usize) -> Option<isize> {
        let Span { offset, bytes } = self.dense(index)?;
        let fits = position.checked_add(len).is_some_and(|end| end <= bytes);
        // No overflow that matters: the buffer checks what is reached.
        fits.then(|| offset.wrapping_add(position as isize))
    }

    /// Bytes of data in a block, gaps not counted.
    #[inline]
    pub fn bytes(&self, index: usize) -> usize {
        match self {
            Self::Uniform(uniform) => uniform.bytes(),
            Self::Dense(spans) => spans[index].bytes,
            Self::Each(parts) => bytes(&parts[index].datatype, parts[index].count),
        }
    }

    /// Whether all blocks are alike and follow each other, so that a run of
    /// blocks is a run of elements.
    #[inline]
    pub fn is_uniform(&self) -> bool {
        matches!(self, Self::Uniform(_))
    }

    /// Datatype, count and byte offset of the blocks in `range`.
    ///
    /// # Panics
    /// Unless the blocks are uniform.
    fn place_run(&self, range: Range<usize>) -> Result<(&Arc<Datatype>, usize, isize)> {
        let Self::Uniform(Uniform { datatype, count, .. }) = self else {
            unreachable!("only uniform blocks have runs");
        };
        let elements = count.checked_mul(range.len()).ok_or_else(|| too_many(*count, range.len()))?;
        Ok((datatype, elements, run_offset(datatype, *count, range.start)?))
    }
}

impl Uniform {
    /// Bytes of data in a block, gaps not counted.
    #[inline]
    pub fn bytes(&self) -> usize {
        self.dense.unwrap_or_else(|| bytes(&self.datatype, self.count))
    }
}

/// The error of a block of a datatype without gaps.
#[cold]
fn outside(datatype: &Datatype, count: usize, displacement: isize) -> Error {
    let error = || datatype.check_count(count).and(distance(datatype, displacement).map(drop)).err();
    error().unwrap_or_else(|| too_many(count, 1))
}

fn run_offset(datatype: &Datatype, count: usize, blocks: usize) -> Result<isize> {
    let elements = count.checked_mul(blocks).and_then(|elements| isize::try_from(elements).ok());
    distance(datatype, elements.ok_or_else(|| too_many(count, blocks))?)
}

#[cold]
fn too_many(count: usize, blocks: usize) -> Error {
    Error::new(
        ErrorClass::Count,
        format!("{blocks} blocks of {count} elements are more than the address space holds"),
    )
}

impl SendBlocks {
    /// The block for rank (or neighbour) `index`.
    #[inline]
    pub fn block(&self, index: usize) -> Result<SendData> {
        if let Some(Span { offset, bytes }) = self.blocks.dense(index) {
            return Ok(SendData::bytes(self.buffer.shifted(offset), bytes));
        }
        let (datatype, count, offset) = self.blocks.place(index)?;
        SendData::new(self.buffer.shifted(offset), datatype, count)
    }

    /// Packs what belongs at `position` of the packed block `index`, to where another
    /// process reads it next.
    #[inline]
    pub(super) fn pack_for_reader(&self, index: usize, position: usize, dst: &mut [u8]) -> Result<()> {
        if let Some(offset) = self.blocks.dense_part(index, position, dst.len()) {
            self.buffer.copy_for_reader(offset, dst);
        } else {
            self.block(index)?.pack_for_reader(position, dst);
        }
        Ok(())
    }

    /// A run of uniform blocks.
    pub(super) fn run(&self, range: Range<usize>) -> Result<SendData> {
        let (datatype, count, offset) = self.blocks.place_run(range)?;
        SendData::new(self.buffer.shifted(offset), datatype, count)
    }
}

impl RecvBlocks {
    /// Room for the block of rank (or neighbour) `index`.
    #[inline]
    pub fn block(&self, index: usize) -> Result<RecvData> {
        if let Some(Span { offset, bytes }) = self.blocks.dense(index) {
            return Ok(RecvData::bytes(self.buffer.shifted(offset), bytes));
        }
        let (datatype, count, offset) = self.blocks.place(index)?;
        RecvData::new(self.buffer.shifted(offset), datatype, count)
    }

    /// Unpacks bytes that belong at `position` of the packed block `index`.
    #[inline]
    pub(super) fn unpack(&self, index: usize, position: usize, src: &[u8]) -> Result<()> {
        if let Some(offset) = self.blocks.dense_part(index, position, src.len()) {
            self.buffer.copy_from(offset, src);
        } else {
            self.block(index)?.unpack(position, src);
        }
        Ok(())
    }

    /// Room for a run of uniform blocks.
    pub(super) fn run(&self, range: Range<usize>) -> Result<RecvData> {
        let (datatype, count, offset) = self.blocks.place_run(range)?;
        RecvData::new(self.buffer.shifted(offset), datatype, count)
    }
}

/// The part of `0..total` that falls to `index` when `parts` share it evenly,
/// the first ones taking one more each.
pub(super) fn share(total: usize, parts: usize, index: usize) -> Range<usize> {
    let (each, more) = (total / parts, total % parts);
    let start = each * index + index.min(more);
    start..start + each + usize::from(index < more)
}

/// An argument that this rank's part in the operation cannot do without.
///
/// # Errors
/// `MPI_ERR_ARG` when it is missing: the caller lets `MPI_IN_PLACE` or an
/// insignificant argument through where neither is allowed.
pub(super) fn given<T>(argument: Option<T>, what: &str) -> Result<T> {
    argument.ok_or_else(|| {
        Error::new(
            ErrorClass::Arg,
            format!("this rank gave no {what}, which its part in the collective needs"),
        )
    })
}

/// Where blocks of these lengths begin when they follow each other, and where
/// the last one ends.
pub(super) fn boundaries(lengths: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut at = 0;
    let mut starts = vec![0];
    starts.extend(lengths.into_iter().map(|length| {
        at += length;
        at
    }));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatype::{predefined, predefined_datatype};

    #[test]
    fn shares_follow_each_other_and_cover_everything() {
        for total in [0, 1, 5, 16, 17, usize::MAX / 2, usize::MAX - 3] {
            for parts in 1..=9 {
                let shares: Vec<_> = (0..parts).map(|index| share(total, parts, index)).collect();
                assert_eq!(shares[0].start, 0);
                assert_eq!(shares[parts - 1].end, total);
                assert!(shares.windows(2).all(|pair| pair[0].end == pair[1].start));
                assert!(shares[0].len() - shares[parts - 1].len() <= 1);
            }
        }
    }

    #[test]
    fn blocks_beyond_two_gibibytes_lie_where_they_should() {
        let int = predefined_datatype(predefined::index::INT).expect("MPI_INT is predefined");
        let count = (1 << 31) + 5;
        let send = |blocks| SendBlocks { buffer: SendBuffer::empty(), blocks };
        let base = SendBuffer::empty().address(0);

        let uniform = |count| send(Blocks::uniform(int.into(), count).unwrap());
        assert_eq!(uniform(count).block(3).unwrap().buffer.address(0) - base, 12 * count as u64);
        assert_eq!(uniform(count).block(3).unwrap().total_bytes(), 4 * count);
        assert_eq!(uniform(count).run(1..4).unwrap().total_bytes(), 12 * count);

        let varying = |place| Blocks::varying(&int.into(), [Ok((0, 0)), Ok(place)].into_iter());
        let blocks = send(varying((count, 1 << 40)).unwrap());
        assert_eq!(blocks.block(1).unwrap().buffer.address(0) - base, 4 << 40);
        assert_eq!(blocks.blocks.bytes(1), 4 * count);
        assert_eq!(blocks.blocks.byte_range(2), 4 << 40..(4 << 40) + 4 * count as isize);

        let class = |error: Option<Error>| error.map(|error| error.class());
        let most = isize::MAX as usize / 4;
        assert_eq!(class(uniform(most).block(5).err()), Some(ErrorClass::Count));
        assert_eq!(class(uniform(most).run(0..5).err()), Some(ErrorClass::Count));
        assert_eq!(class(Blocks::uniform(int.into(), usize::MAX / 2).err()), Some(ErrorClass::Count));
        assert_eq!(class(varying((usize::MAX / 2, 0)).err()), Some(ErrorClass::Count));
        assert_eq!(class(varying((1, isize::MIN)).err()), Some(ErrorClass::Count));
    }

    #[test]
    fn boundaries_are_running_sums() {
        assert_eq!(boundaries([3, 0, 2]), [0, 3, 3, 5]);
        assert_eq!(boundaries([]), [0]);
    }
}
