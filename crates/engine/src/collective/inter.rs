//! Collectives between the two groups of an intercommunicator (MPI-5.0
//! section 6.2.3). Ranks of one group give, those of the other take; where
//! both do, both directions have sizes of their own.

use super::allgather::Allgather;
use super::allreduce::Allreduce;
use super::alltoall::Alltoall;
use super::barrier::barrier;
use super::bcast::{Bcast, bcast};
use super::blocks::{Blocks, SendBlocks, boundaries, given};
use super::gather::Gather;
use super::packed::unpack;
use super::ports::{InterPorts, wait_all};
use super::reduce::{Reduce, reduce};
use super::reduce_scatter::ReduceScatter;
use super::reduction::Reduction;
use super::scatter::{Scatter, scatterv};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use memory::buffer::{RecvBuffer, Scratch, SendBuffer};

/// The root argument of an intercommunicator collective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// `MPI_ROOT`: this process is the root.
    Here,
    /// `MPI_PROC_NULL`: the root is another process of this group, and this
    /// one has nothing to do.
    Beside,
    /// The root is this rank of the remote group.
    Remote(usize),
}

/// Returns when every rank of both groups has entered.
pub async fn inter_barrier<P: InterPorts>(ports: &P) -> Result<()> {
    barrier(ports).await?;
    if ports.rank() == 0 {
        swap_leaders(ports, SendData::empty(), RecvData::empty()).await?;
    }
    barrier(ports).await
}

/// The two groups' ranks 0 give each other something.
async fn swap_leaders<P: InterPorts>(ports: &P, outgoing: SendData, room: RecvData) -> Result<()> {
    let receiving = ports.start_recv_remote(0, room)?;
    let sending = ports.start_send_remote(0, outgoing)?;
    wait_all([receiving, sending]).await
}

/// Copies the root's data to every rank of the other group.
pub async fn inter_bcast<P: InterPorts>(ports: &P, root: Root, data: RecvData) -> Result<()> {
    match root {
        Root::Beside => Ok(()),
        Root::Here => wait_all([ports.start_send_remote(0, data.as_send())?]).await,
        Root::Remote(root) => {
            if ports.rank() == 0 {
                wait_all([ports.start_recv_remote(root, data.clone())?]).await?;
            }
            bcast(ports, Bcast { root: 0, data }).await
        }
    }
}

/// Brings blocks of all ranks of the other group to the root; `args.root` is
/// not looked at. Serves `MPI_Gather` and `MPI_Gatherv`.
pub async fn inter_gather<P: InterPorts>(ports: &P, root: Root, args: Gather) -> Result<()> {
    match root {
        Root::Beside => Ok(()),
        Root::Remote(root) => {
            let own = given(args.send, "send buffer")?;
            wait_all([ports.start_send_remote(root, own)?]).await
        }
        Root::Here => {
            let recv = given(args.recv, "receive buffer")?;
            let mut receives = Vec::with_capacity(ports.remote_size());
            for from in 0..ports.remote_size() {
                receives.push(ports.start_recv_remote(from, recv.block(from)?)?);
            }
            wait_all(receives).await
        }
    }
}

/// Gives each rank of the other group its block of the root's buffer;
/// `args.root` is not looked at. Serves `MPI_Scatter` and `MPI_Scatterv`.
pub async fn inter_scatter<P: InterPorts>(ports: &P, root: Root, args: Scatter) -> Result<()> {
    match root {
        Root::Beside => Ok(()),
        Root::Remote(root) => {
            let own = given(args.recv, "receive buffer")?;
            wait_all([ports.start_recv_remote(root, own)?]).await
        }
        Root::Here => {
            let send = given(args.send, "send buffer")?;
            let mut sends = Vec::with_capacity(ports.remote_size());
            for to in 0..ports.remote_size() {
                sends.push(ports.start_send_remote(to, send.block(to)?)?);
            }
            wait_all(sends).await
        }
    }
}

/// Brings the blocks of all ranks of each group to all ranks of the other:
/// they come to its rank 0, which broadcasts them. Serves `MPI_Allgather` and
/// `MPI_Allgatherv`.
pub async fn inter_allgather<P: InterPorts>(ports: &P, args: Allgather) -> Result<()> {
    let (Allgather { send, recv }, remote) = (args, ports.remote_size());
    let starts = boundaries((0..remote).map(|from| recv.blocks.bytes(from)));
    let packed = Scratch::zeroed(starts[remote]);
    let mut transfers = Vec::new();
    if ports.rank() == 0 {
        for from in 0..remote {
            let room = packed.recv_buffer().shifted(starts[from] as isize);
            let room = RecvData::bytes(room, starts[from + 1] - starts[from]);
            transfers.push(ports.start_recv_remote(from, room)?);
        }
    }
    transfers.push(ports.start_send_remote(0, send.unwrap_or_else(SendData::empty))?);
    wait_all(transfers).await?;
    let data = RecvData::bytes(packed.recv_buffer(), packed.len());
    bcast(ports, Bcast { root: 0, data }).await?;
    for (from, &start) in starts[..remote].iter().enumerate() {
        unpack(&packed.send_buffer().shifted(start as isize), &recv.block(from)?);
    }
    Ok(())
}

/// Gives every rank of each group its block from every rank of the other.
/// Serves `MPI_Alltoall`, `MPI_Alltoallv` and `MPI_Alltoallw`.
pub async fn inter_alltoall<P: InterPorts>(ports: &P, args: Alltoall) -> Result<()> {
    let send = given(args.send, "send buffer")?;
    let (rank, remote) = (ports.rank(), ports.remote_size());
    // In round `sum` two ranks meet whose numbers add up to it.
    let rounds = remote.max(ports.size());
    for sum in 0..rounds {
        let peer = (sum + rounds - rank) % rounds;
        if peer < remote {
            let receiving = ports.start_recv_remote(peer, args.recv.block(peer)?)?;
            let sending = ports.start_send_remote(peer, send.block(peer)?)?;
            wait_all([receiving, sending]).await?;
        }
    }
    Ok(())
}

/// Combines the operands of the other group's ranks at the root; `args.root`
/// is not looked at.
pub async fn inter_reduce<P: InterPorts>(ports: &P, root: Root, args: Reduce) -> Result<()> {
    let everything = 0..args.count;
    match root {
        Root::Beside => Ok(()),
        Root::Here => {
            let recv = given(args.recv, "receive buffer")?;
            wait_all([ports.start_recv_remote(0, args.reduction.recv(&recv, everything)?)?]).await
        }
        Root::Remote(root) => {
            let operand = given(args.send, "send buffer")?;
            match reduce_to_leader(ports, &operand, args.count, &args.reduction).await? {
                Some(result) => {
                    let outgoing = args.reduction.send(&result.as_send(), everything)?;
                    wait_all([ports.start_send_remote(root, outgoing)?]).await
                }
                None => Ok(()),
            }
        }
    }
}

/// Combines the operands of this group's ranks at its rank 0, which gets the
/// result.
async fn reduce_to_leader<P: InterPorts>(
    ports: &P,
    operand: &SendBuffer,
    count: usize,
    reduction: &Reduction,
) -> Result<Option<RecvBuffer>> {
    let result = if ports.rank() == 0 { Some(reduction.temporary(0..count)?) } else { None };
    let (send, recv) = (Some(operand.clone()), result.clone());
    reduce(ports, Reduce { root: 0, send, recv, count, reduction: reduction.clone() }).await?;
    Ok(result)
}

/// Combines the operands of each group's ranks for all ranks of the other.
pub async fn inter_allreduce<P: InterPorts>(ports: &P, args: Allreduce) -> Result<()> {
    let operand = &given(args.send, "send buffer")?;
    let (reduction, everything) = (&args.reduction, 0..args.count);
    if let Some(result) = reduce_to_leader(ports, operand, args.count, reduction).await? {
        let outgoing = reduction.send(&result.as_send(), everything.clone())?;
        swap_leaders(ports, outgoing, reduction.recv(&args.recv, everything.clone())?).await?;
    }
    bcast(ports, Bcast { root: 0, data: reduction.recv(&args.recv, everything)? }).await
}

/// Combines the operands of each group's ranks and scatters the result over
/// the ranks of the other. The counts of each group's ranks add up to the same
/// length (MPI-5.0 section 6.10.2).
pub async fn inter_reduce_scatter<P: InterPorts>(ports: &P, args: ReduceScatter) -> Result<()> {
    let operand = &given(args.send, "send buffer")?;
    let reduction = &args.reduction;
    let starts = boundaries(args.counts.iter().copied());
    let total = starts[args.counts.len()];
    let blocks = match reduce_to_leader(ports, operand, total, reduction).await? {
        Some(result) => {
            let theirs = reduction.temporary(0..total)?;
            let outgoing = reduction.send(&result.as_send(), 0..total)?;
            swap_leaders(ports, outgoing, reduction.recv(&theirs, 0..total)?).await?;
            let blocks = Blocks::following(&reduction.datatype, args.counts.iter().copied())?;
            Some(SendBlocks { buffer: theirs.as_send(), blocks })
        }
        None => None,
    };
    let room = reduction.recv(&args.recv, 0..args.counts[ports.rank()])?;
    scatterv(ports, Scatter { root: 0, send: blocks, recv: Some(room) }).await
}
