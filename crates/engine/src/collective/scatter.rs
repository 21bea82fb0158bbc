//! `MPI_Scatter` and `MPI_Scatterv` (MPI-5.0 section 6.6).

use super::blocks::{SendBlocks, given};
use super::board::moving::Private;
use super::board::{self, Meet};
use super::choose;
use super::packed::{transfer, unpack};
use super::ports::{Ports, met, receive, wait_all};
use super::tree::Tree;
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use memory::buffer::Scratch;

/// Arguments of a scatter.
#[derive(Clone)]
pub struct Scatter {
    pub root: usize,
    /// Every rank's block, at the root only.
    pub send: Option<SendBlocks>,
    /// Room for this rank's block. `None` at the root: in place, the block
    /// stays where it is.
    pub recv: Option<RecvData>,
}

/// How blocks leave the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// The root posts a piece of every block on the board, again and again, and
    /// each rank copies its own from there.
    Board,
    /// Down the tree: `ceil(log2(n))` rounds, the root sends that many
    /// messages, inner ranks forward what passes them.
    Tree,
    /// The root straight to each rank: one round, `n - 1` messages from the
    /// root, nothing is forwarded.
    Direct,
}

/// Gives each rank its block (equal in bytes) of the root's buffer.
pub async fn scatter<P: Ports>(ports: &P, args: Scatter) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && scatter_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let bytes = block_bytes(&args);
    scatter_by(ports, args, choose::scatter(false, bytes, ports.size())).await
}

/// As [`scatter`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`scatter`].
pub fn scatter_at_once<M: Meet>(meet: &M, args: &Scatter) -> Result<bool> {
    let bytes = block_bytes(args);
    let is_done = bytes == 0 || choose::scatter(true, bytes, meet.ranks()) == Algorithm::Board;
    if is_done && bytes != 0 {
        board::moving::scatter(meet, args, bytes)?;
    }
    Ok(is_done)
}

/// Gives each rank its block, of any length, of the root's buffer.
pub async fn scatterv<P: Ports>(ports: &P, args: Scatter) -> Result<()> {
    // Only the root knows all lengths, so the others could not agree on more.
    let Some(meet) = ports.meet()? else { return direct(ports, args, |_| true).await };
    board::moving::scatterv(&meet, &args)?;
    let most = Private::on(meet.board()).most();
    direct(ports, args, |bytes| bytes > most).await
}

/// As [`scatterv`], if that takes no messages, because no block for this rank,
/// or at the root for any, is long; says whether it did.
///
/// # Errors
/// As [`scatterv`].
pub fn scatterv_at_once<M: Meet>(meet: &M, args: &Scatter) -> Result<bool> {
    let most = Private::on(meet.board()).most();
    let is_root = meet.rank() == args.root;
    let is_short = match &args.send {
        Some(send) if is_root => (0..meet.ranks()).all(|to| to == args.root || send.blocks.bytes(to) <= most),
        _ => block_bytes(args) <= most,
    };
    if is_short {
        board::moving::scatterv(meet, args)?;
        if let (true, Some(send), Some(own)) = (is_root, &args.send, &args.recv) {
            transfer(&send.block(args.root)?, own)?;
        }
    }
    Ok(is_short)
}

/// As [`scatter`], with the algorithm given: the same on every rank.
pub async fn scatter_by<P: Ports>(ports: &P, args: Scatter, algorithm: Algorithm) -> Result<()> {
    if block_bytes(&args) == 0 {
        return Ok(());
    }
    match algorithm {
        Algorithm::Tree => tree(ports, args).await,
        Algorithm::Board => {
            let bytes = block_bytes(&args);
            board::moving::scatter(&met(ports)?, &args, bytes)
        }
        Algorithm::Direct => direct(ports, args, |_| true).await,
    }
}

/// Bytes of one rank's block: the same on every rank.
fn block_bytes(args: &Scatter) -> usize {
    match (&args.recv, &args.send) {
        (Some(recv), _) => recv.total_bytes(),
        (None, Some(send)) => send.blocks.bytes(args.root),
        (None, None) => 0,
    }
}

/// Blocks of lengths that are `wanted`.
async fn direct<P: Ports>(ports: &P, args: Scatter, wanted: impl Fn(usize) -> bool) -> Result<()> {
    let is_wanted = |bytes: usize| bytes > 0 && wanted(bytes);
    let (rank, size) = (ports.rank(), ports.size());
    if rank != args.root {
        let own = given(args.recv, "receive buffer")?;
        let receiving =
            if is_wanted(own.total_bytes()) { Some(ports.start_recv(args.root, own)?) } else { None };
        return wait_all(receiving).await;
    }
    let send = given(args.send, "send buffer")?;
    let mut sends = Vec::with_capacity(size);
    for to in (0..size).filter(|&to| to != rank && is_wanted(send.blocks.bytes(to))) {
        sends.push(ports.start_send(to, send.block(to)?)?);
    }
    if let Some(own) = args.recv {
        transfer(&send.block(rank)?, &own)?;
    }
    wait_all(sends).await
}

async fn tree<P: Ports>(ports: &P, args: Scatter) -> Result<()> {
    let tree = Tree::new(ports.rank(), ports.size(), args.root);
    let bytes = block_bytes(&args);
    let Some(parent) = tree.parent else {
        let send = given(args.send, "send buffer")?;
        let mut sends = Vec::with_capacity(tree.children.len());
        for child in tree.children.iter().rev() {
            sends.push(ports.start_send(child.leader, send.run(child.ranks.clone())?)?);
        }
        if let Some(own) = args.recv {
            transfer(&send.block(args.root)?, &own)?;
        }
        return wait_all(sends).await;
    };
    let own = given(args.recv, "receive buffer")?;
    if tree.children.is_empty() {
        return receive(ports, parent, own).await;
    }
    // The blocks of the subtree, packed, in rank order. Not being the root,
    // this rank is the lowest of its subtree.
    let subtree = Scratch::zeroed(bytes * tree.ranks.len());
    receive(ports, parent, RecvData::bytes(subtree.recv_buffer(), subtree.len())).await?;
    let mut sends = Vec::with_capacity(tree.children.len());
    for child in tree.children.iter().rev() {
        let offset = bytes * (child.ranks.start - tree.ranks.start);
        let part = subtree.send_buffer().shifted(offset as isize);
        sends.push(ports.start_send(child.leader, SendData::bytes(part, bytes * child.ranks.len()))?);
    }
    unpack(&subtree.send_buffer(), &own);
    wait_all(sends).await
}
