//! `MPI_Gather` and `MPI_Gatherv` (MPI-5.0 section 6.5).

use super::blocks::{RecvBlocks, given};
use super::board::{self, Meet};
use super::choose;
use super::packed::{pack, transfer};
use super::ports::{Ports, expect, met, send, wait_all};
use super::tree::Tree;
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use memory::buffer::Scratch;

/// Arguments of a gather.
#[derive(Clone)]
pub struct Gather {
    pub root: usize,
    /// This rank's block. `None` at the root: in place, the block lies where
    /// it belongs.
    pub send: Option<SendData>,
    /// Room for every rank's block, at the root only.
    pub recv: Option<RecvBlocks>,
}

/// How blocks come to the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Each rank posts its block on the board, in pieces, and the root copies
    /// them from there.
    Board,
    /// Up the tree: `ceil(log2(n))` rounds, the root receives that many
    /// messages, inner ranks forward what passes them.
    Tree,
    /// Each rank straight to the root: one round, the root receives `n - 1`
    /// messages, nothing is forwarded.
    Direct,
}

/// Brings equal blocks (equal in bytes) of all ranks to the root.
pub async fn gather<P: Ports>(ports: &P, args: Gather) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && gather_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let bytes = block_bytes(&args);
    gather_by(ports, args, choose::gather(false, bytes, ports.size())).await
}

/// As [`gather`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`gather`].
pub fn gather_at_once<M: Meet>(meet: &M, args: &Gather) -> Result<bool> {
    let bytes = block_bytes(args);
    let is_done = bytes == 0 || choose::gather(true, bytes, meet.ranks()) == Algorithm::Board;
    if is_done && bytes != 0 {
        board::moving::gather(meet, args, bytes)?;
    }
    Ok(is_done)
}

/// Brings blocks of any lengths to the root.
pub async fn gatherv<P: Ports>(ports: &P, args: Gather) -> Result<()> {
    // Only the root knows all lengths, so the others could not agree on more.
    let Some(meet) = ports.meet()? else { return direct(ports, args, |_| true).await };
    let ranks = ports.size();
    board::moving::gatherv(&meet, &args, |bytes| is_short(bytes, ranks))?;
    let is_root = ports.rank() == args.root;
    // The root's own block is in its place.
    let args = if is_root { Gather { send: None, ..args } } else { args };
    direct(ports, args, |bytes| !is_short(bytes, ranks)).await
}

/// Whether a block of `MPI_Gatherv` goes over the board: what only its rank and the
/// root know decides.
fn is_short(bytes: usize, ranks: usize) -> bool {
    choose::gather(true, bytes, ranks) == Algorithm::Board
}

/// As [`gatherv`], if that takes no messages, because no block of this rank, or
/// at the root of any, is long; says whether it did.
///
/// # Errors
/// As [`gatherv`].
pub fn gatherv_at_once<M: Meet>(meet: &M, args: &Gather) -> Result<bool> {
    let ranks = meet.ranks();
    let is_done = match &args.recv {
        Some(recv) if meet.rank() == args.root => {
            (0..ranks).all(|from| from == args.root || is_short(recv.blocks.bytes(from), ranks))
        }
        _ => is_short(block_bytes(args), ranks),
    };
    if is_done {
        board::moving::gatherv(meet, args, |bytes| is_short(bytes, ranks))?;
    }
    Ok(is_done)
}

/// As [`gather`], with the algorithm given: the same on every rank.
pub async fn gather_by<P: Ports>(ports: &P, args: Gather, algorithm: Algorithm) -> Result<()> {
    if block_bytes(&args) == 0 {
        return Ok(());
    }
    match algorithm {
        Algorithm::Tree => tree(ports, args).await,
        Algorithm::Board => {
            let bytes = block_bytes(&args);
            board::moving::gather(&met(ports)?, &args, bytes)
        }
        Algorithm::Direct => direct(ports, args, |_| true).await,
    }
}

/// Bytes of one rank's block: the same on every rank.
fn block_bytes(args: &Gather) -> usize {
    match (&args.send, &args.recv) {
        (Some(send), _) => send.total_bytes(),
        (None, Some(recv)) => recv.blocks.bytes(args.root),
        (None, None) => 0,
    }
}

/// Blocks of lengths that are `wanted`.
async fn direct<P: Ports>(ports: &P, args: Gather, wanted: impl Fn(usize) -> bool) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    if rank != args.root {
        let own = given(args.send, "send buffer")?;
        return if own.total_bytes() > 0 && wanted(own.total_bytes()) {
            send(ports, args.root, own).await
        } else {
            Ok(())
        };
    }
    let recv = given(args.recv, "receive buffer")?;
    let is_wanted = |bytes: usize| bytes > 0 && wanted(bytes);
    let mut receives = Vec::with_capacity(size);
    for from in (0..size).filter(|&from| from != rank && is_wanted(recv.blocks.bytes(from))) {
        receives.push(ports.start_recv(from, recv.block(from)?)?);
    }
    if let Some(own) = args.send {
        transfer(&own, &recv.block(rank)?)?;
    }
    wait_all(receives).await
}

async fn tree<P: Ports>(ports: &P, args: Gather) -> Result<()> {
    let tree = Tree::new(ports.rank(), ports.size(), args.root);
    let bytes = block_bytes(&args);
    let Some(parent) = tree.parent else {
        let recv = given(args.recv, "receive buffer")?;
        let mut receives = Vec::with_capacity(tree.children.len());
        for child in &tree.children {
            receives.push(expect(ports, child.leader, recv.run(child.ranks.clone())?)?);
        }
        if let Some(own) = args.send {
            transfer(&own, &recv.block(args.root)?)?;
        }
        for receive in receives {
            receive.whole().await?;
        }
        return Ok(());
    };
    let own = given(args.send, "send buffer")?;
    if tree.children.is_empty() {
        return send(ports, parent, own).await;
    }
    // The blocks of the subtree, packed, in rank order. Not being the root,
    // this rank is the lowest of its subtree.
    let subtree = Scratch::zeroed(bytes * tree.ranks.len());
    let mut receives = Vec::with_capacity(tree.children.len());
    for child in &tree.children {
        let offset = bytes * (child.ranks.start - tree.ranks.start);
        let room = subtree.recv_buffer().shifted(offset as isize);
        receives.push(expect(ports, child.leader, RecvData::bytes(room, bytes * child.ranks.len()))?);
    }
    pack(&own, &subtree.recv_buffer());
    for receive in receives {
        receive.whole().await?;
    }
    send(ports, parent, SendData::bytes(subtree.send_buffer(), subtree.len())).await
}
