//! `MPI_Allreduce` (MPI-5.0 section 6.9.6).

use super::blocks::{boundaries, share};
use super::board::{self, Meet};
use super::choose;
use super::fold::{Fold, Role};
use super::halving::{Halving, side};
use super::pairwise::reduce_slices;
use super::ports::{Ports, exchange, met, receive, send};
use super::reduction::{Accumulator, Reduction};
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};

/// Arguments of a reduction to all ranks.
#[derive(Clone)]
pub struct Allreduce {
    /// This rank's operand. `None`: in place, it is what `recv` holds.
    pub send: Option<SendBuffer>,
    /// Room for the result.
    pub recv: RecvBuffer,
    pub count: usize,
    pub reduction: Reduction,
}

/// How every rank comes to the result. Every algorithm gives all ranks the
/// same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// All post their operands on the board, and every rank combines them there.
    BoardWhole,
    /// The same in pieces, of which every rank combines a slice for all.
    BoardSlices,
    /// Exchanges of whole vectors at doubling distances: `log2(n)` rounds, two
    /// more to fold numbers of ranks that are not powers of two.
    Doubling,
    /// Vector halving, then the slots are exchanged backwards: `2 * log2(n)`
    /// rounds in which a rank moves about twice the vector, two more to fold.
    HalvingDoubling,
    /// Each rank combines its slice straight from all others, then slices go
    /// around a ring: `2 * (n - 1)` rounds, twice the vector, no folding.
    Slices,
}

/// Combines all ranks' operands, in rank order, at every rank.
pub async fn allreduce<P: Ports>(ports: &P, args: Allreduce) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && allreduce_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let algorithm = choose::allreduce(false, args.reduction.bytes(args.count), args.count, ports.size());
    allreduce_by(ports, args, algorithm).await
}

/// As [`allreduce`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`allreduce`].
pub fn allreduce_at_once<M: Meet>(meet: &M, args: &Allreduce) -> Result<bool> {
    let bytes = args.reduction.bytes(args.count);
    if bytes == 0 {
        return Ok(true);
    }
    if !board::reducing::is_possible(&args.reduction) {
        return Ok(false);
    }
    match choose::allreduce(true, args.reduction.bytes(args.count), args.count, meet.ranks()) {
        Algorithm::BoardWhole => board::reducing::allreduce_whole(meet, args)?,
        Algorithm::BoardSlices => board::reducing::allreduce_by_slices(meet, args)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// As [`allreduce`], with the algorithm given: the same on every rank.
pub async fn allreduce_by<P: Ports>(ports: &P, args: Allreduce, algorithm: Algorithm) -> Result<()> {
    if args.reduction.bytes(args.count) == 0 {
        return Ok(());
    }
    match algorithm {
        Algorithm::BoardWhole => board::reducing::allreduce_whole(&met(ports)?, &args),
        Algorithm::BoardSlices => board::reducing::allreduce_by_slices(&met(ports)?, &args),
        Algorithm::Doubling => doubling(ports, &args).await,
        Algorithm::HalvingDoubling => halving_doubling(ports, &args).await,
        Algorithm::Slices => slices(ports, &args).await,
    }
}

impl Allreduce {
    /// What this rank contributes.
    pub(super) fn operand(&self) -> SendBuffer {
        self.send.clone().unwrap_or_else(|| self.recv.as_send())
    }

    /// What a resting rank does: its operand goes to `partner`, the result
    /// comes back.
    async fn rest<P: Ports>(&self, ports: &P, partner: usize) -> Result<()> {
        let everything = 0..self.count;
        send(ports, partner, self.reduction.send(&self.operand(), everything.clone())?).await?;
        receive(ports, partner, self.reduction.recv(&self.recv, everything)?).await
    }

    /// Sends the result to the partner that rests, if there is one.
    async fn wake<P: Ports>(&self, ports: &P, partner: Option<usize>) -> Result<()> {
        match partner {
            Some(partner) => {
                send(ports, partner, self.reduction.send(&self.recv.as_send(), 0..self.count)?).await
            }
            None => Ok(()),
        }
    }
}

async fn doubling<P: Ports>(ports: &P, args: &Allreduce) -> Result<()> {
    let (rank, everything) = (ports.rank(), 0..args.count);
    let fold = Fold::new(ports.size());
    let (index, partner) = match fold.role(rank) {
        Role::Resting { partner } => return args.rest(ports, partner).await,
        Role::Active { index, partner } => (index, partner),
    };
    let mut accumulator =
        Accumulator::load(&args.reduction, args.send.as_ref(), args.recv.clone(), everything.clone())?;
    if let Some(partner) = partner {
        receive(ports, partner, args.reduction.recv(&accumulator.spare, everything.clone())?).await?;
        accumulator.absorb(side(partner, rank), everything.clone())?;
    }
    for step in 0..fold.steps() {
        let other = index ^ 1 << step;
        let peer = fold.active(other);
        let outgoing = args.reduction.send(&accumulator.value.as_send(), everything.clone())?;
        let room = args.reduction.recv(&accumulator.spare, everything.clone())?;
        exchange(ports, peer, outgoing, peer, room).await?;
        accumulator.absorb(side(other, index), everything.clone())?;
    }
    accumulator.settle(everything)?;
    args.wake(ports, partner).await
}

async fn halving_doubling<P: Ports>(ports: &P, args: &Allreduce) -> Result<()> {
    let fold = Fold::new(ports.size());
    let (index, partner) = match fold.role(ports.rank()) {
        Role::Resting { partner } => return args.rest(ports, partner).await,
        Role::Active { index, partner } => (index, partner),
    };
    let lengths = (0..fold.power).map(|slot| share(args.count, fold.power, slot).len());
    let halving = Halving { ports, reduction: &args.reduction, fold, bounds: boundaries(lengths) };
    halving.reduce(index, partner, args.send.as_ref(), &args.recv).await?;
    halving.collect(index, &args.recv).await?;
    args.wake(ports, partner).await
}

async fn slices<P: Ports>(ports: &P, args: &Allreduce) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let slice = |index| share(args.count, size, index);
    if let Some(input) = &args.send {
        args.reduction.copy(input, &args.recv, slice(rank))?;
    }
    reduce_slices(ports, &args.reduction, &args.operand(), &args.recv, slice).await?;
    let (right, left) = ((rank + 1) % size, (rank + size - 1) % size);
    for step in 0..size - 1 {
        let (out, into) = (slice((rank + size - step) % size), slice((rank + size - step - 1) % size));
        let outgoing = args.reduction.send(&args.recv.as_send(), out)?;
        exchange(ports, right, outgoing, left, args.reduction.recv(&args.recv, into)?).await?;
    }
    Ok(())
}
