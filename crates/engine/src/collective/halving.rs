//! Reduce-scatter by vector halving: the first half of every reduction of
//! long vectors.
//!
//! The vector is cut into one slot per active rank of a [`Fold`]. In step `k`
//! a rank and its partner `2^k` away each keep one half of the slots that both
//! still have, so groups of neighbours double from step to step and the lower
//! group is always the left operand. Afterwards the active rank `index` has
//! the result of the slot at the bit reversal of `index`.

use super::fold::Fold;
use super::ports::{Ports, exchange, receive};
use super::reduction::{Accumulator, Reduction, Side};
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};
use std::ops::Range;

pub(super) struct Halving<'a, P> {
    pub ports: &'a P,
    pub reduction: &'a Reduction,
    pub fold: Fold,
    /// Slot `i` is the elements from `bounds[i]` to `bounds[i + 1]`.
    pub bounds: Vec<usize>,
}

/// The index with its lowest `bits` bits in reverse order.
pub(super) fn reversed(index: usize, bits: u32) -> usize {
    if bits == 0 { 0 } else { index.reverse_bits() >> (usize::BITS - bits) }
}

impl<P: Ports> Halving<'_, P> {
    /// All elements.
    pub(super) fn everything(&self) -> Range<usize> {
        0..self.bounds[self.fold.power]
    }

    /// The slots that the active rank `index` still has after `steps` steps.
    fn slots(&self, index: usize, steps: u32) -> Range<usize> {
        let length = self.fold.power >> steps;
        let first = reversed(index & ((1 << steps) - 1), steps) * length;
        first..first + length
    }

    /// The elements of those slots.
    pub(super) fn elements(&self, index: usize, steps: u32) -> Range<usize> {
        let slots = self.slots(index, steps);
        self.bounds[slots.start]..self.bounds[slots.end]
    }

    /// Reduces the vectors of the active ranks (their `input`, or what `value`
    /// holds without one) and of their resting partners, who send them.
    /// Afterwards `value` holds the result in the slot that is left to `index`.
    pub(super) async fn reduce(
        &self,
        index: usize,
        partner: Option<usize>,
        input: Option<&SendBuffer>,
        value: &RecvBuffer,
    ) -> Result<()> {
        // Without a partner nothing beyond the first half is ever received.
        let room = if partner.is_some() { self.everything() } else { self.elements(index, 1) };
        let spare = self.reduction.temporary(room)?;
        let mut accumulator = Accumulator::new(self.reduction, value.clone(), spare);
        let mut unread = input;
        if let Some(partner) = partner {
            accumulator.fetch(unread.take(), self.everything())?;
            let room = self.reduction.recv(&accumulator.spare, self.everything())?;
            receive(self.ports, partner, room).await?;
            accumulator.absorb(side(partner, self.fold.active(index)), self.everything())?;
        }
        for step in 0..self.fold.steps() {
            let other = index ^ 1 << step;
            let peer = self.fold.active(other);
            let (kept, given) = (self.elements(index, step + 1), self.elements(other, step + 1));
            // What the first step gives away is not worth a copy.
            let source = unread.cloned().unwrap_or_else(|| accumulator.value.as_send());
            accumulator.fetch(unread.take(), kept.clone())?;
            let room = self.reduction.recv(&accumulator.spare, kept.clone())?;
            exchange(self.ports, peer, self.reduction.send(&source, given)?, peer, room).await?;
            accumulator.absorb(side(other, index), kept)?;
        }
        let left = self.elements(index, self.fold.steps());
        accumulator.fetch(unread, left.clone())?;
        accumulator.settle(left)
    }

    /// Gives every active rank all slots, of which each has its own in
    /// `vector`: the steps of [`Halving::reduce`] backwards.
    pub(super) async fn collect(&self, index: usize, vector: &RecvBuffer) -> Result<()> {
        for step in (0..self.fold.steps()).rev() {
            let other = index ^ 1 << step;
            let peer = self.fold.active(other);
            let outgoing = self.reduction.send(&vector.as_send(), self.elements(index, step + 1))?;
            let room = self.reduction.recv(vector, self.elements(other, step + 1))?;
            exchange(self.ports, peer, outgoing, peer, room).await?;
        }
        Ok(())
    }
}

/// Which side of `own` the data of `other` belongs to.
pub(super) fn side(other: usize, own: usize) -> Side {
    if other < own { Side::Left } else { Side::Right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reversal_reverses() {
        assert_eq!(reversed(0b011, 3), 0b110);
        assert_eq!(reversed(0, 0), 0);
        assert_eq!(reversed(1, 1), 1);
    }
}
