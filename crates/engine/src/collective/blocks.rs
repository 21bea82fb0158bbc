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
    Uniform { datatype: Kept, count: usize },
    /// Each block has a place of its own.
    Varying { datatype: Kept, places: Vec<Place> },
    /// Each block has a datatype of its own (`MPI_Alltoallw`).
    Each(Vec<Part>),
}

/// Where a block of elements of a common datatype lies.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub count: usize,
    /// Extents from the buffer's base.
    pub displacement: isize,
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
    /// Blocks of so many elements, one after the other.
    pub(crate) fn following(datatype: Kept, counts: impl Iterator<Item = usize>) -> Self {
        let mut displacement = 0;
        let place = |count| {
            let place = Place { count, displacement };
            displacement += count as isize;
            place
        };
        Self::Varying { datatype, places: counts.map(place).collect() }
    }

    /// Datatype, count and byte offset of a block.
    fn place(&self, index: usize) -> Result<(&Arc<Datatype>, usize, isize)> {
        match self {
            Self::Uniform { datatype, count } => Ok((datatype, *count, run_offset(datatype, *count, index)?)),
            Self::Varying { datatype, places } => {
                let Place { count, displacement } = places[index];
                Ok((datatype, count, distance(datatype, displacement)?))
            }
            Self::Each(parts) => {
                let part = &parts[index];
                Ok((&part.datatype, part.count, part.displacement))
            }
        }
    }

    /// Offset and length of a block without gaps, both in bytes.
    #[inline]
    fn dense_place(&self, index: usize) -> Option<(isize, usize)> {
        let (datatype, count, from) = match self {
            Self::Uniform { datatype, count } => (datatype, *count, isize::try_from(index).ok()?),
            Self::Varying { datatype, places } => {
                let Place { count, displacement } = places[index];
                (datatype, count, displacement)
            }
            Self::Each(parts) => {
                let part = &parts[index];
                return Some((part.displacement, part.datatype.dense_bytes(part.count)?));
            }
        };
        let bytes = datatype.dense_bytes(count)?;
        let unit = if self.is_uniform() { bytes } else { datatype.size() as usize };
        Some((from.checked_mul(unit as isize)?, bytes))
    }

    /// Bytes of data in a block, gaps not counted.
    pub fn bytes(&self, index: usize) -> usize {
        match self {
            Self::Uniform { datatype, count } => bytes(datatype, *count),
            Self::Varying { datatype, places } => bytes(datatype, places[index].count),
            Self::Each(parts) => bytes(&parts[index].datatype, parts[index].count),
        }
    }

    /// Whether all blocks are alike and follow each other, so that a run of
    /// blocks is a run of elements.
    #[inline]
    pub fn is_uniform(&self) -> bool {
        matches!(self, Self::Uniform { .. })
    }

    /// Datatype, count and byte offset of the blocks in `range`.
    ///
    /// # Panics
    /// Unless the blocks are uniform.
    fn place_run(&self, range: Range<usize>) -> Result<(&Arc<Datatype>, usize, isize)> {
        let Self::Uniform { datatype, count } = self else {
            unreachable!("only uniform blocks have runs");
        };
        let elements = count.checked_mul(range.len()).ok_or_else(|| too_many(*count, range.len()))?;
        Ok((datatype, elements, run_offset(datatype, *count, range.start)?))
    }
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
        if let Some((offset, bytes)) = self.blocks.dense_place(index) {
            return Ok(SendData::bytes(self.buffer.shifted(offset), bytes));
        }
        let (datatype, count, offset) = self.blocks.place(index)?;
        SendData::new(self.buffer.shifted(offset), datatype, count)
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
        if let Some((offset, bytes)) = self.blocks.dense_place(index) {
            return Ok(RecvData::bytes(self.buffer.shifted(offset), bytes));
        }
        let (datatype, count, offset) = self.blocks.place(index)?;
        RecvData::new(self.buffer.shifted(offset), datatype, count)
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

        let uniform = send(Blocks::Uniform { datatype: int.into(), count });
        assert_eq!(uniform.block(3).unwrap().buffer.address(0) - base, 12 * count as u64);
        assert_eq!(uniform.block(3).unwrap().total_bytes(), 4 * count);
        assert_eq!(uniform.run(1..4).unwrap().total_bytes(), 12 * count);

        let places = vec![Place { count: 0, displacement: 0 }, Place { count, displacement: 1 << 40 }];
        let varying = send(Blocks::Varying { datatype: int.into(), places });
        assert_eq!(varying.block(1).unwrap().buffer.address(0) - base, 4 << 40);
        assert_eq!(varying.blocks.bytes(1), 4 * count);

        let endless = send(Blocks::Uniform { datatype: int.into(), count: usize::MAX / 2 });
        assert_eq!(endless.block(5).err().map(|error| error.class()), Some(ErrorClass::Count));
        assert_eq!(endless.run(0..5).err().map(|error| error.class()), Some(ErrorClass::Count));
    }

    #[test]
    fn boundaries_are_running_sums() {
        assert_eq!(boundaries([3, 0, 2]), [0, 3, 3, 5]);
        assert_eq!(boundaries([]), [0]);
    }
}
