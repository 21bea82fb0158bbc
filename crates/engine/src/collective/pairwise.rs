//! Reduce-scatter by pairs: every rank sends each other one its slice, and
//! combines the slices that it receives. Any number of ranks, no folding, each
//! byte moves once; `n - 1` rounds.

use super::ports::{Ports, expect};
use super::reduction::{Accumulator, Reduction, Side};
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};
use std::ops::Range;

/// Reduces the slice `slice(rank)` of all ranks' `input` into `value`, which
/// is addressed by the same element indices and may be the same memory.
///
/// A rank takes the slices of the ranks below it from the nearest to rank 0,
/// each to the left of what it has; then those of the ranks above from the
/// last to the nearest, each to the left of the ones before; and combines both
/// in the end. So operands stay in rank order.
pub(super) async fn reduce_slices<P: Ports>(
    ports: &P,
    reduction: &Reduction,
    input: &SendBuffer,
    value: &RecvBuffer,
    slice: impl Fn(usize) -> Range<usize>,
) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let own = slice(rank);
    let start = |step: usize, room: &RecvBuffer| {
        let (to, from) = ((rank + step) % size, (rank + size - step) % size);
        let receiving = expect(ports, from, reduction.recv(room, own.clone())?)?;
        let sending = ports.start_send(to, reduction.send(input, slice(to))?)?;
        Ok::<_, crate::error::Error>((receiving, sending))
    };

    // What comes in while the one before is combined.
    let mut rooms = [reduction.temporary(own.clone())?, reduction.temporary(own.clone())?];
    let mut above: Option<RecvBuffer> = None;
    let mut next = if size > 1 { Some(start(1, &rooms[0])?) } else { None };
    for step in 1..size {
        if let Some((receiving, sending)) = next.take() {
            receiving.whole().await?;
            sending.await?;
        }
        if step + 1 < size {
            next = Some(start(step + 1, &rooms[1])?);
        }
        let [received, _] = &mut rooms;
        if step <= rank {
            reduction.combine(&received.as_send(), value, own.clone())?;
        } else if let Some(above) = &above {
            reduction.combine(&received.as_send(), above, own.clone())?;
        } else {
            above = Some(std::mem::replace(received, reduction.temporary(own.clone())?));
        }
        rooms.swap(0, 1);
    }
    if let Some(above) = above {
        let mut accumulator = Accumulator::new(reduction, value.clone(), above);
        accumulator.absorb(Side::Right, own.clone())?;
        accumulator.settle(own)?;
    }
    Ok(())
}
