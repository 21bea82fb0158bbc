//! `MPI_Alltoall`, `MPI_Alltoallv` and `MPI_Alltoallw` (MPI-5.0 section 6.8).

use super::blocks::{RecvBlocks, SendBlocks};
use super::board::moving::Private;
use super::board::{self, Meet};
use super::choose;
use super::packed::{pack, transfer, unpack};
use super::ports::{Ports, exchange, met, wait_all};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use memory::buffer::Scratch;

/// Arguments of an all-to-all.
#[derive(Clone)]
pub struct Alltoall {
    /// The blocks to each rank. `None`: in place, they are what `recv` holds.
    pub send: Option<SendBlocks>,
    /// Room for the blocks from each rank.
    pub recv: RecvBlocks,
}

/// How blocks travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Each rank posts a piece of every block on the board, again and again.
    Board,
    /// Blocks hop along the binary digits of their distance: `ceil(log2(n))`
    /// rounds of about `n / 2` packed blocks.
    Bruck,
    /// Every block straight to its rank, `window` of them at a time:
    /// `ceil((n - 1) / window)` rounds.
    Direct { window: usize },
}

/// Gives every rank its block (equal in bytes) of every rank's buffer.
pub async fn alltoall<P: Ports>(ports: &P, args: Alltoall) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && alltoall_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let algorithm = choose::alltoall(false, args.recv.blocks.bytes(0), ports.size());
    alltoall_by(ports, args, algorithm).await
}

/// As [`alltoall`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`alltoall`].
pub fn alltoall_at_once<M: Meet>(meet: &M, args: &Alltoall) -> Result<bool> {
    let bytes = args.recv.blocks.bytes(0);
    let is_done = bytes == 0 || choose::alltoall(true, bytes, meet.ranks()) == Algorithm::Board;
    if is_done && bytes != 0 {
        board::moving::alltoall(meet, args, bytes)?;
    }
    Ok(is_done)
}

/// Gives every rank its block, of any length and datatype, of every rank's
/// buffer. Serves `MPI_Alltoallv` and `MPI_Alltoallw`; blocks without bytes
/// send no message.
pub async fn alltoallv<P: Ports>(ports: &P, args: Alltoall) -> Result<()> {
    let window = choose::ALLTOALLV_WINDOW;
    let (Some(meet), Some(send)) = (ports.meet()?, &args.send) else {
        return alltoall_by(ports, args, Algorithm::Direct { window }).await;
    };
    board::moving::alltoallv(&meet, send, &args.recv)?;
    let most = Private::on(meet.board()).most();
    direct(ports, send, &args.recv, window, |bytes| bytes > most).await
}

/// As [`alltoallv`], if that takes no messages, because no block from or for this
/// rank is long; says whether it did.
///
/// # Errors
/// As [`alltoallv`].
pub fn alltoallv_at_once<M: Meet>(meet: &M, args: &Alltoall) -> Result<bool> {
    let Some(send) = &args.send else { return Ok(false) };
    let (rank, most) = (meet.rank(), Private::on(meet.board()).most());
    let is_short =
        |peer: usize| peer == rank || send.blocks.bytes(peer) <= most && args.recv.blocks.bytes(peer) <= most;
    let is_done = (0..meet.ranks()).all(is_short);
    if is_done {
        board::moving::alltoallv(meet, send, &args.recv)?;
        transfer(&send.block(rank)?, &args.recv.block(rank)?)?;
    }
    Ok(is_done)
}

/// As [`alltoall`], with the algorithm given: the same on every rank.
pub async fn alltoall_by<P: Ports>(ports: &P, args: Alltoall, algorithm: Algorithm) -> Result<()> {
    if algorithm == Algorithm::Board {
        let bytes = args.recv.blocks.bytes(0);
        return if bytes == 0 { Ok(()) } else { board::moving::alltoall(&met(ports)?, &args, bytes) };
    }
    let Some(send) = &args.send else {
        return in_place(ports, &args.recv).await;
    };
    match algorithm {
        Algorithm::Board => unreachable!("done above"),
        Algorithm::Bruck => bruck(ports, send, &args.recv).await,
        Algorithm::Direct { window } => direct(ports, send, &args.recv, window, |_| true).await,
    }
}

/// Blocks of lengths that are `wanted`, and this rank's own.
async fn direct<P: Ports>(
    ports: &P,
    send: &SendBlocks,
    recv: &RecvBlocks,
    window: usize,
    wanted: impl Fn(usize) -> bool,
) -> Result<()> {
    let is_wanted = |bytes: usize| bytes > 0 && wanted(bytes);
    let (rank, size) = (ports.rank(), ports.size());
    transfer(&send.block(rank)?, &recv.block(rank)?)?;
    for first in (1..size).step_by(window) {
        let steps = first..size.min(first + window);
        let mut transfers = Vec::with_capacity(2 * steps.len());
        for step in steps.clone() {
            let from = (rank + size - step) % size;
            if is_wanted(recv.blocks.bytes(from)) {
                transfers.push(ports.start_recv(from, recv.block(from)?)?);
            }
        }
        for step in steps {
            let to = (rank + step) % size;
            if is_wanted(send.blocks.bytes(to)) {
                transfers.push(ports.start_send(to, send.block(to)?)?);
            }
        }
        wait_all(transfers).await?;
    }
    Ok(())
}

/// Swaps blocks with one rank after the other. In round `sum` the ranks pair
/// up so that their numbers add up to it, so both sides of a pair meet.
async fn in_place<P: Ports>(ports: &P, recv: &RecvBlocks) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let longest = (0..size).filter(|&peer| peer != rank).map(|peer| recv.blocks.bytes(peer)).max();
    let outgoing = Scratch::zeroed(longest.unwrap_or(0));
    for sum in 0..size {
        let peer = (sum + size - rank) % size;
        let bytes = recv.blocks.bytes(peer);
        if peer == rank || bytes == 0 {
            continue;
        }
        let room = recv.block(peer)?;
        pack(&room.as_send(), &outgoing.recv_buffer());
        exchange(ports, peer, SendData::bytes(outgoing.send_buffer(), bytes), peer, room).await?;
    }
    Ok(())
}

/// Position `i` of the packed copy holds a block that still has to travel the
/// distances of the digits of `i` that are not done yet.
async fn bruck<P: Ports>(ports: &P, send: &SendBlocks, recv: &RecvBlocks) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let bytes = recv.blocks.bytes(rank);
    if bytes == 0 {
        return Ok(());
    }
    let travelling = Scratch::zeroed(bytes * size);
    let at = |position: usize| (position * bytes) as isize;
    for position in 1..size {
        let block = send.block((rank + position) % size)?;
        transfer(&block, &RecvData::bytes(travelling.recv_buffer().shifted(at(position)), bytes))?;
    }
    transfer(&send.block(rank)?, &recv.block(rank)?)?;

    // One hop moves at most this many blocks, out and in.
    let most = size.div_ceil(2);
    let (out, into) = (Scratch::zeroed(bytes * most), Scratch::zeroed(bytes * most));
    let mut distance = 1;
    while distance < size {
        let moving = || (1..size).filter(|position| position & distance != 0);
        let mut count = 0;
        for position in moving() {
            let block = travelling.send_buffer().shifted(at(position));
            out.recv_buffer().copy_from(at(count), block.slice(0, bytes));
            count += 1;
        }
        let (to, from) = ((rank + distance) % size, (rank + size - distance) % size);
        let outgoing = SendData::bytes(out.send_buffer(), bytes * count);
        exchange(ports, to, outgoing, from, RecvData::bytes(into.recv_buffer(), bytes * count)).await?;
        for (index, position) in moving().enumerate() {
            travelling.recv_buffer().copy_from(at(position), into.send_buffer().slice(at(index), bytes));
        }
        distance *= 2;
    }

    // A block came from the rank whose distance its position is.
    for position in 1..size {
        let from = (rank + size - position) % size;
        unpack(&travelling.send_buffer().shifted(at(position)), &recv.block(from)?);
    }
    Ok(())
}
