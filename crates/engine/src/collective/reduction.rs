//! Elements and how they combine: what all reductions share.

use super::blocks::{bytes, distance};
use super::packed::transfer;
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::{DatatypeId, Kept};
use crate::error::Result;
use crate::op::Op;
use memory::buffer::{RecvBuffer, Scratch, SendBuffer};
use std::ops::Range;

/// A datatype and the operation that combines its elements.
///
/// The collectives need associativity only: they combine neighbouring ranks
/// with the lower one on the left, always, so an operation that does not
/// commute comes out in rank order and results repeat from run to run.
///
/// Buffers are addressed by element index, and every buffer of one collective
/// uses the same indices, temporaries included.
#[derive(Clone)]
pub struct Reduction {
    pub datatype: Kept,
    pub op: Op,
    /// The handle that a user's function is to get.
    pub id: DatatypeId,
}

/// Temporaries keep every element aligned as it would be in a buffer that a
/// compiler laid out.
const ALIGNMENT: isize = 16;

impl Reduction {
    /// Bytes of data in `count` elements.
    pub(super) fn bytes(&self, count: usize) -> usize {
        bytes(&self.datatype, count)
    }

    fn offset(&self, index: usize) -> Result<isize> {
        distance(&self.datatype, index as isize)
    }

    /// The elements in `range`, to be sent.
    pub(super) fn send(&self, buffer: &SendBuffer, range: Range<usize>) -> Result<SendData> {
        SendData::new(buffer.shifted(self.offset(range.start)?), &self.datatype, range.len())
    }

    /// Room for the elements in `range`.
    pub(super) fn recv(&self, buffer: &RecvBuffer, range: Range<usize>) -> Result<RecvData> {
        RecvData::new(buffer.shifted(self.offset(range.start)?), &self.datatype, range.len())
    }

    /// Memory of our own for the elements in `range`, addressed by their
    /// indices.
    pub(super) fn temporary(&self, range: Range<usize>) -> Result<RecvBuffer> {
        let reach = self.datatype.byte_range(range.len());
        // The base keeps the alignment of the allocation, whatever the lower bound.
        let base = -(reach.start.div_euclid(ALIGNMENT) * ALIGNMENT);
        let scratch = Scratch::zeroed((reach.end + base).max(0) as usize);
        Ok(scratch.recv_buffer().shifted(base - self.offset(range.start)?))
    }

    /// Copies the elements in `range`.
    pub(super) fn copy(&self, from: &SendBuffer, to: &RecvBuffer, range: Range<usize>) -> Result<()> {
        transfer(&self.send(from, range.clone())?, &self.recv(to, range)?)
    }

    /// `inout = input OP inout` for the elements in `range`.
    pub(super) fn combine(&self, input: &SendBuffer, inout: &RecvBuffer, range: Range<usize>) -> Result<()> {
        if range.is_empty() {
            return Ok(());
        }
        let offset = self.offset(range.start)?;
        self.op.apply(&input.shifted(offset), &inout.shifted(offset), range.len(), &self.datatype, self.id)
    }
}

/// Which neighbour of a partial result another one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Of lower ranks: the left operand.
    Left,
    /// Of higher ranks: the right operand.
    Right,
}

/// A partial result, and room for a neighbour's that is to be combined with it.
pub(super) struct Accumulator<'a> {
    reduction: &'a Reduction,
    /// The partial result.
    pub value: RecvBuffer,
    /// Where the neighbour's partial result is received.
    pub spare: RecvBuffer,
    swapped: bool,
}

impl<'a> Accumulator<'a> {
    /// Starts with `value`'s content.
    pub(super) fn new(reduction: &'a Reduction, value: RecvBuffer, spare: RecvBuffer) -> Self {
        Self { reduction, value, spare, swapped: false }
    }

    /// Starts with a copy of the elements in `range`, or with `value`'s own
    /// content when there is no `input` (in place).
    pub(super) fn load(
        reduction: &'a Reduction,
        input: Option<&SendBuffer>,
        value: RecvBuffer,
        range: Range<usize>,
    ) -> Result<Self> {
        let spare = reduction.temporary(range.clone())?;
        let accumulator = Self::new(reduction, value, spare);
        accumulator.fetch(input, range)?;
        Ok(accumulator)
    }

    /// Copies the elements in `range` of `input`, if there is one, to `value`.
    pub(super) fn fetch(&self, input: Option<&SendBuffer>, range: Range<usize>) -> Result<()> {
        match input {
            Some(input) => self.reduction.copy(input, &self.value, range),
            None => Ok(()),
        }
    }

    /// Combines what `spare` holds into `value`, for the elements in `range`.
    /// The operation writes to its right operand, so `value` and `spare` change
    /// places when the neighbour is on the right.
    pub(super) fn absorb(&mut self, side: Side, range: Range<usize>) -> Result<()> {
        match side {
            Side::Left => self.reduction.combine(&self.spare.as_send(), &self.value, range),
            Side::Right => {
                self.reduction.combine(&self.value.as_send(), &self.spare, range)?;
                std::mem::swap(&mut self.value, &mut self.spare);
                self.swapped = !self.swapped;
                Ok(())
            }
        }
    }

    /// Brings the elements in `range` of the partial result back to the
    /// buffer that `value` was at first.
    pub(super) fn settle(&mut self, range: Range<usize>) -> Result<()> {
        if self.swapped {
            self.reduction.copy(&self.value.as_send(), &self.spare, range)?;
            std::mem::swap(&mut self.value, &mut self.spare);
            self.swapped = false;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatype::{Counts, Datatype, predefined, predefined_datatype};

    #[test]
    fn temporaries_keep_elements_aligned_whatever_their_bounds() {
        let double = predefined_datatype(predefined::index::DOUBLE).expect("MPI_DOUBLE is predefined");
        for displacement in [-24, -16, 0, 40] {
            let shifted = Datatype::hindexed(Counts::Int, &[1], &[displacement], double).unwrap();
            let datatype = Datatype::resized(Counts::Int, 0, 48, &shifted).unwrap();
            datatype.commit();
            let reduction =
                Reduction { datatype: datatype.into(), op: Op::predefined(1).unwrap(), id: DatatypeId::NULL };
            let room = reduction.temporary(3..5).unwrap();
            for index in 3..5 {
                let element = 48 * index + displacement as isize;
                assert_eq!(room.address(48 * index) % ALIGNMENT as u64, 0);
                room.copy_from(element, &[7; 8]);
            }
        }
    }
}
