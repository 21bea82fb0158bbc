//! `MPI_Reduce` (MPI-5.0 section 6.9.1).

use super::blocks::{boundaries, given, share};
use super::board::{self, Meet};
use super::choose;
use super::fold::{Fold, Role};
use super::halving::{Halving, side};
use super::ports::{Ports, met, receive, send};
use super::reduction::{Accumulator, Reduction};
use super::tree::Tree;
use crate::datatype::data::SendData;
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};

/// Arguments of a reduction to one rank.
#[derive(Clone)]
pub struct Reduce {
    pub root: usize,
    /// This rank's operand. `None` at the root: in place, it is what `recv`
    /// holds.
    pub send: Option<SendBuffer>,
    /// Room for the result, at the root only.
    pub recv: Option<RecvBuffer>,
    pub count: usize,
    pub reduction: Reduction,
}

/// How operands come to the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// All post their operands on the board, and the root combines them there.
    BoardWhole,
    /// The same in pieces, of which every rank combines a slice.
    BoardSlices,
    /// Whole vectors, up the tree: `ceil(log2(n))` rounds. The grouping, and
    /// so the rounding, does not depend on the root.
    Tree,
    /// Vector halving, then the slots are gathered: `2 * log2(n)` rounds in
    /// which a rank moves about twice the vector altogether, and combines it
    /// once. One more round folds numbers of ranks that are not powers of two.
    HalvingGather,
}

/// Combines all ranks' operands, in rank order, at the root.
pub async fn reduce<P: Ports>(ports: &P, args: Reduce) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && reduce_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let algorithm = choose::reduce(false, args.reduction.bytes(args.count), args.count, ports.size());
    reduce_by(ports, args, algorithm).await
}

/// As [`reduce`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`reduce`].
pub fn reduce_at_once<M: Meet>(meet: &M, args: &Reduce) -> Result<bool> {
    let bytes = args.reduction.bytes(args.count);
    if bytes == 0 {
        return Ok(true);
    }
    if !board::reducing::is_possible(&args.reduction) {
        return Ok(false);
    }
    match choose::reduce(true, args.reduction.bytes(args.count), args.count, meet.ranks()) {
        Algorithm::BoardWhole => board::reducing::reduce_whole(meet, args)?,
        Algorithm::BoardSlices => board::reducing::reduce_by_slices(meet, args)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// As [`reduce`], with the algorithm given: the same on every rank.
pub async fn reduce_by<P: Ports>(ports: &P, args: Reduce, algorithm: Algorithm) -> Result<()> {
    if args.reduction.bytes(args.count) == 0 {
        return Ok(());
    }
    match algorithm {
        Algorithm::BoardWhole => board::reducing::reduce_whole(&met(ports)?, &args),
        Algorithm::BoardSlices => board::reducing::reduce_by_slices(&met(ports)?, &args),
        Algorithm::Tree => tree(ports, &args).await,
        Algorithm::HalvingGather => halving_gather(ports, &args).await,
    }
}

impl Reduce {
    /// Where the result is formed: the user's buffer at the root, a temporary
    /// elsewhere.
    fn value(&self, rank: usize) -> Result<RecvBuffer> {
        if rank == self.root {
            given(self.recv.clone(), "receive buffer")
        } else {
            self.reduction.temporary(0..self.count)
        }
    }

    /// Where this rank's operand lies.
    pub(super) fn source(&self, rank: usize) -> Result<SendBuffer> {
        match (&self.send, &self.recv) {
            (Some(send), _) => Ok(send.clone()),
            (None, Some(recv)) if rank == self.root => Ok(recv.as_send()),
            (None, _) => given(None, "send buffer"),
        }
    }

    /// The operand of a rank that is not the root, to be sent.
    fn operand(&self) -> Result<SendData> {
        self.reduction.send(&given(self.send.clone(), "send buffer")?, 0..self.count)
    }
}

async fn tree<P: Ports>(ports: &P, args: &Reduce) -> Result<()> {
    let (rank, everything) = (ports.rank(), 0..args.count);
    let tree = Tree::new(rank, ports.size(), args.root);
    if let (Some(parent), []) = (tree.parent, &tree.children[..]) {
        return send(ports, parent, args.operand()?).await;
    }
    let value = args.value(rank)?;
    let mut accumulator = Accumulator::load(&args.reduction, args.send.as_ref(), value, everything.clone())?;
    for child in &tree.children {
        let room = args.reduction.recv(&accumulator.spare, everything.clone())?;
        receive(ports, child.leader, room).await?;
        accumulator.absorb(side(child.leader, rank), everything.clone())?;
    }
    match tree.parent {
        Some(parent) => {
            send(ports, parent, args.reduction.send(&accumulator.value.as_send(), everything)?).await
        }
        None => accumulator.settle(everything),
    }
}

async fn halving_gather<P: Ports>(ports: &P, args: &Reduce) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let fold = Fold::keeping(size, args.root);
    let lengths = (0..fold.power).map(|slot| share(args.count, fold.power, slot).len());
    let halving = Halving { ports, reduction: &args.reduction, fold, bounds: boundaries(lengths) };
    let (index, partner) = match fold.role(rank) {
        Role::Resting { partner } => {
            return send(ports, partner, args.operand()?).await;
        }
        Role::Active { index, partner } => (index, partner),
    };
    let Role::Active { index: root, .. } = fold.role(args.root) else {
        unreachable!("the fold keeps the root active");
    };
    let value = args.value(rank)?;
    halving.reduce(index, partner, args.send.as_ref(), &value).await?;

    // The halving backwards, towards the root's side of each pair only.
    for step in (0..fold.steps()).rev() {
        let other = index ^ 1 << step;
        let peer = fold.active(other);
        if (index ^ root) >> step & 1 == 1 {
            let slots = halving.elements(index, step + 1);
            return send(ports, peer, args.reduction.send(&value.as_send(), slots)?).await;
        }
        let room = args.reduction.recv(&value, halving.elements(other, step + 1))?;
        receive(ports, peer, room).await?;
    }
    Ok(())
}
