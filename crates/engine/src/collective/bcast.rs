//! `MPI_Bcast` (MPI-5.0 section 6.4).

use super::blocks::share;
use super::board::{self, Meet};
use super::choose;
use super::packed::Staging;
use super::ports::{Ports, expect, met, receive, wait_all};
use super::tree::Tree;
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use memory::buffer::RecvBuffer;
use std::ops::Range;

/// Arguments of a broadcast.
#[derive(Clone)]
pub struct Bcast {
    pub root: usize,
    /// Read at the root, written elsewhere. The ranks' shapes may differ, their
    /// bytes must not.
    pub data: RecvData,
}

/// How a broadcast travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// On the board, in pieces, which every rank copies from there.
    Board,
    /// Whole, down the tree: `ceil(log2(n))` rounds, every rank sends at most
    /// that often.
    Tree,
    /// Scattered down the tree, then collected around a ring: every rank sends
    /// and receives about the data's length once.
    ScatterRing,
    /// In segments along a chain of ranks: `n - 2 + segments` rounds, every
    /// rank sends and receives the data once.
    Chain { segment_bytes: usize },
}

/// Copies the root's data to every rank.
pub async fn bcast<P: Ports>(ports: &P, args: Bcast) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && bcast_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let algorithm = choose::bcast(false, args.data.total_bytes(), ports.size());
    bcast_by(ports, args, algorithm).await
}

/// As [`bcast`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`bcast`].
pub fn bcast_at_once<M: Meet>(meet: &M, args: &Bcast) -> Result<bool> {
    let bytes = args.data.total_bytes();
    let is_done = bytes == 0 || choose::bcast(true, bytes, meet.ranks()) == Algorithm::Board;
    if is_done && bytes != 0 {
        board::moving::bcast(meet, args)?;
    }
    Ok(is_done)
}

/// As [`bcast`], with the algorithm given: the same on every rank.
pub async fn bcast_by<P: Ports>(ports: &P, args: Bcast, algorithm: Algorithm) -> Result<()> {
    if ports.size() == 1 || args.data.total_bytes() == 0 {
        return Ok(());
    }
    let root = args.root;
    match algorithm {
        Algorithm::Board => return board::moving::bcast(&met(ports)?, &args),
        Algorithm::Tree => return tree(ports, root, args.data).await,
        Algorithm::ScatterRing | Algorithm::Chain { .. } => {}
    }
    let staging =
        if ports.rank() == root { Staging::to_send(&args.data) } else { Staging::to_fill(&args.data) };
    match algorithm {
        Algorithm::Board | Algorithm::Tree => unreachable!("done above"),
        Algorithm::ScatterRing => scatter_ring(ports, root, &staging).await?,
        Algorithm::Chain { segment_bytes } => chain(ports, root, &staging, segment_bytes).await?,
    }
    if ports.rank() != root {
        staging.finish();
    }
    Ok(())
}

async fn tree<P: Ports>(ports: &P, root: usize, data: RecvData) -> Result<()> {
    let tree = Tree::new(ports.rank(), ports.size(), root);
    if let Some(parent) = tree.parent {
        receive(ports, parent, data.clone()).await?;
    }
    // The largest subtree first: it has the longest way to go.
    let children = tree.children.iter().rev();
    let sends: Result<Vec<_>> =
        children.map(|child| ports.start_send(child.leader, data.as_send())).collect();
    wait_all(sends?).await
}

fn to_send(bytes: &RecvBuffer, range: Range<usize>) -> SendData {
    SendData::bytes(bytes.as_send().shifted(range.start as isize), range.len())
}

fn to_fill(bytes: &RecvBuffer, range: Range<usize>) -> RecvData {
    RecvData::bytes(bytes.shifted(range.start as isize), range.len())
}

async fn scatter_ring<P: Ports>(ports: &P, root: usize, staging: &Staging) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let piece = |index: usize| share(staging.len, size, index);
    let pieces = |ranks: &Range<usize>| piece(ranks.start).start..piece(ranks.end - 1).end;

    let tree = Tree::new(rank, size, root);
    if let Some(parent) = tree.parent {
        receive(ports, parent, to_fill(&staging.bytes, pieces(&tree.ranks))).await?;
    }
    let mut sends = Vec::with_capacity(tree.children.len());
    for child in tree.children.iter().rev() {
        sends.push(ports.start_send(child.leader, to_send(&staging.bytes, pieces(&child.ranks)))?);
    }

    // Around the ring; what a rank has from the scatter it does not need again.
    let (right, left) = ((rank + 1) % size, (rank + size - 1) % size);
    let right_has = Tree::new(right, size, root).ranks;
    for step in 0..size - 1 {
        let outgoing = (rank + size - step) % size;
        let incoming = (rank + 2 * size - step - 1) % size;
        let room = to_fill(&staging.bytes, piece(incoming));
        let wanted = !tree.ranks.contains(&incoming);
        let receiving = if wanted { Some(expect(ports, left, room)?) } else { None };
        if !right_has.contains(&outgoing) {
            sends.push(ports.start_send(right, to_send(&staging.bytes, piece(outgoing)))?);
        }
        if let Some(receiving) = receiving {
            receiving.whole().await?;
        }
    }
    wait_all(sends).await
}

async fn chain<P: Ports>(ports: &P, root: usize, staging: &Staging, segment_bytes: usize) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let position = (rank + size - root) % size;
    let (from, to) = ((rank + size - 1) % size, (rank + 1) % size);
    let segments = staging.len.div_ceil(segment_bytes);
    let segment =
        |index: usize| index * segment_bytes..staging.len.min((index + 1).saturating_mul(segment_bytes));

    let receive_segment = |index| {
        if position == 0 || index == segments {
            return Ok(None);
        }
        expect(ports, from, to_fill(&staging.bytes, segment(index))).map(Some)
    };
    let mut receiving = receive_segment(0)?;
    let mut sending = None;
    for index in 0..segments {
        if let Some(receiving) = receiving.take() {
            receiving.whole().await?;
        }
        // The next segment comes in while this one goes out.
        receiving = receive_segment(index + 1)?;
        if position < size - 1 {
            let earlier = sending.replace(ports.start_send(to, to_send(&staging.bytes, segment(index)))?);
            wait_all(earlier).await?;
        }
    }
    wait_all(sending).await
}
