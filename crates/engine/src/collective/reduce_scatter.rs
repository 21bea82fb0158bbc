//! `MPI_Reduce_scatter_block` and `MPI_Reduce_scatter` (MPI-5.0 section 6.10).

use super::blocks::{boundaries, distance};
use super::board::{self, Meet};
use super::choose;
use super::fold::{Fold, Role};
use super::halving::{Halving, reversed};
use super::packed::transfer;
use super::pairwise::reduce_slices;
use super::ports::{Ports, met, receive, send};
use super::reduction::Reduction;
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};
use std::ops::Range;

/// Arguments of a reduction whose result is scattered.
#[derive(Clone)]
pub struct ReduceScatter {
    /// This rank's operand, the blocks of all ranks. `None`: in place, it is
    /// what `recv` holds.
    pub send: Option<SendBuffer>,
    /// Room for this rank's block of the result (in place: at its beginning).
    pub recv: RecvBuffer,
    /// Elements of each rank's block.
    pub counts: Vec<usize>,
    pub reduction: Reduction,
}

/// How the blocks are reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// All post a piece of every block on the board, again and again, and each
    /// rank combines its own there.
    Board,
    /// Vector halving: `log2(n)` rounds, two more to fold numbers of ranks
    /// that are not powers of two.
    Halving,
    /// Each rank combines its block straight from all others: `n - 1` rounds,
    /// every block moves once.
    Pairwise,
}

/// Combines all ranks' operands, in rank order, and gives each rank its block
/// of the result. Serves `MPI_Reduce_scatter_block`, where all counts are the
/// same, too.
pub async fn reduce_scatter<P: Ports>(ports: &P, args: ReduceScatter) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && reduce_scatter_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let algorithm = choose::reduce_scatter(false, args.total_bytes(), ports.size());
    reduce_scatter_by(ports, args, algorithm).await
}

/// As [`reduce_scatter`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`reduce_scatter`].
pub fn reduce_scatter_at_once<M: Meet>(meet: &M, args: &ReduceScatter) -> Result<bool> {
    let bytes = args.total_bytes();
    if bytes == 0 {
        return Ok(true);
    }
    if !board::reducing::is_possible(&args.reduction) {
        return Ok(false);
    }
    match choose::reduce_scatter(true, args.total_bytes(), meet.ranks()) {
        Algorithm::Board => board::reducing::reduce_scatter(meet, args)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// As [`reduce_scatter`], with the algorithm given: the same on every rank.
pub async fn reduce_scatter_by<P: Ports>(ports: &P, args: ReduceScatter, algorithm: Algorithm) -> Result<()> {
    if args.total_bytes() == 0 {
        return Ok(());
    }
    match algorithm {
        Algorithm::Board => board::reducing::reduce_scatter(&met(ports)?, &args),
        Algorithm::Halving => halving(ports, &args).await,
        Algorithm::Pairwise => pairwise(ports, &args).await,
    }
}

impl ReduceScatter {
    /// Bytes of a rank's operand.
    fn total_bytes(&self) -> usize {
        self.reduction.bytes(self.counts.iter().sum())
    }

    /// What this rank contributes.
    pub(super) fn operand(&self) -> SendBuffer {
        self.send.clone().unwrap_or_else(|| self.recv.as_send())
    }
}

/// Copies `from[source]` to `to[target..]`, by element index.
fn copy_elements(
    reduction: &Reduction,
    from: &SendBuffer,
    source: Range<usize>,
    to: &RecvBuffer,
    target: usize,
) -> Result<()> {
    let room = reduction.recv(to, target..target + source.len())?;
    transfer(&reduction.send(from, source)?, &room)
}

async fn pairwise<P: Ports>(ports: &P, args: &ReduceScatter) -> Result<()> {
    let starts = boundaries(args.counts.iter().copied());
    let block = |rank: usize| starts[rank]..starts[rank + 1];
    let own = block(ports.rank());
    let operand = args.operand();
    if args.send.is_none() {
        // What lies behind the first block is the caller's, and stays as it is.
        let value = args.reduction.temporary(own.clone())?;
        args.reduction.copy(&operand, &value, own.clone())?;
        reduce_slices(ports, &args.reduction, &operand, &value, block).await?;
        return copy_elements(&args.reduction, &value.as_send(), own, &args.recv, 0);
    }
    // The result's elements go by their indices in the whole vector.
    let value = args.recv.shifted(-distance(&args.reduction.datatype, own.start as isize)?);
    args.reduction.copy(&operand, &value, own)?;
    reduce_slices(ports, &args.reduction, &operand, &value, block).await
}

/// The operand is copied anyway, because the halving changes it; so the copy
/// has the blocks in the order in which the halving leaves them with their
/// ranks.
async fn halving<P: Ports>(ports: &P, args: &ReduceScatter) -> Result<()> {
    let (rank, fold) = (ports.rank(), Fold::new(ports.size()));
    let reduction = &args.reduction;
    let starts = boundaries(args.counts.iter().copied());
    // The elements of the ranks that slot `slot` belongs to.
    let source = |slot: usize| {
        let members = fold.members(reversed(slot, fold.steps()));
        starts[members.start]..starts[members.end]
    };
    let bounds = boundaries((0..fold.power).map(|slot| source(slot).len()));
    let everything = 0..bounds[fold.power];
    let operand = args.operand();
    let vector = reduction.temporary(everything.clone())?;
    for (slot, &start) in bounds[..fold.power].iter().enumerate() {
        copy_elements(reduction, &operand, source(slot), &vector, start)?;
    }

    let own_count = args.counts[rank];
    let room = reduction.recv(&args.recv, 0..own_count)?;
    let (index, partner) = match fold.role(rank) {
        Role::Resting { partner } => {
            send(ports, partner, reduction.send(&vector.as_send(), everything)?).await?;
            return if own_count > 0 { receive(ports, partner, room).await } else { Ok(()) };
        }
        Role::Active { index, partner } => (index, partner),
    };
    let halving = Halving { ports, reduction, fold, bounds };
    halving.reduce(index, partner, None, &vector).await?;

    // This rank's block, and the partner's below or above it.
    let slot = halving.elements(index, fold.steps());
    let members = fold.members(index);
    let place = |member: usize| {
        let first = slot.start + starts[member] - starts[members.start];
        first..first + args.counts[member]
    };
    let value = vector.as_send();
    copy_elements(reduction, &value, place(rank), &args.recv, 0)?;
    match partner {
        Some(partner) if args.counts[partner] > 0 => {
            send(ports, partner, reduction.send(&value, place(partner))?).await
        }
        _ => Ok(()),
    }
}
