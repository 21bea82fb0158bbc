//! `MPI_Allgather` and `MPI_Allgatherv` (MPI-5.0 section 6.7).

use super::blocks::{RecvBlocks, boundaries};
use super::board::{self, Meet};
use super::choose;
use super::packed::{transfer, unpack};
use super::ports::{Ports, exchange, met};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use memory::buffer::Scratch;

/// Arguments of an allgather.
#[derive(Clone)]
pub struct Allgather {
    /// This rank's block. `None`: in place, the block lies where it belongs.
    pub send: Option<SendData>,
    /// Room for every rank's block.
    pub recv: RecvBlocks,
}

/// How blocks come to all ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Each rank posts its block on the board, in pieces, and all copy them from
    /// there.
    Board,
    /// Exchanges of doubling runs of blocks, in place in the user's buffer:
    /// `log2(n)` rounds. For powers of two and uniform blocks.
    Doubling,
    /// Doubling distances in a packed, rotated copy: `ceil(log2(n))` rounds
    /// and two local copies, for any number of ranks and any blocks.
    Bruck,
    /// Around a ring, in place in the user's buffer: `n - 1` rounds of one
    /// block each.
    Ring,
}

/// Brings every rank's block (the same lengths known to all) to every rank.
/// Serves `MPI_Allgather` and `MPI_Allgatherv`.
pub async fn allgather<P: Ports>(ports: &P, args: Allgather) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && allgather_at_once(&meet, &args)?
    {
        return Ok(());
    }
    let (total, is_uniform) = (total_bytes(&args, ports.size()), args.recv.blocks.is_uniform());
    allgather_by(ports, args, choose::allgather(false, total, ports.size(), is_uniform)).await
}

/// As [`allgather`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`allgather`].
pub fn allgather_at_once<M: Meet>(meet: &M, args: &Allgather) -> Result<bool> {
    let (total, ranks) = (total_bytes(args, meet.ranks()), meet.ranks());
    let algorithm = choose::allgather(true, total, ranks, args.recv.blocks.is_uniform());
    let is_done = total == 0 || algorithm == Algorithm::Board;
    if is_done && total != 0 {
        board::moving::allgather(meet, args)?;
    }
    Ok(is_done)
}

/// Bytes of all blocks.
fn total_bytes(args: &Allgather, ranks: usize) -> usize {
    (0..ranks).map(|rank| args.recv.blocks.bytes(rank)).fold(0, usize::saturating_add)
}

/// As [`allgather`], with the algorithm given: the same on every rank.
pub async fn allgather_by<P: Ports>(ports: &P, args: Allgather, algorithm: Algorithm) -> Result<()> {
    if (0..ports.size()).all(|rank| args.recv.blocks.bytes(rank) == 0) {
        return Ok(());
    }
    match algorithm {
        Algorithm::Board => return board::moving::allgather(&met(ports)?, &args),
        Algorithm::Bruck => return bruck(ports, args).await,
        Algorithm::Doubling | Algorithm::Ring => {}
    }
    if let Some(own) = &args.send {
        transfer(own, &args.recv.block(ports.rank())?)?;
    }
    match algorithm {
        Algorithm::Board | Algorithm::Bruck => unreachable!("done above"),
        Algorithm::Doubling => doubling(ports, &args.recv).await,
        Algorithm::Ring => ring(ports, &args.recv).await,
    }
}

async fn doubling<P: Ports>(ports: &P, recv: &RecvBlocks) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    assert!(size.is_power_of_two() && recv.blocks.is_uniform(), "the table gives doubling nothing else");
    let mut width = 1;
    while width < size {
        let mine = rank / width * width;
        let theirs = mine ^ width;
        let outgoing = recv.run(mine..mine + width)?.as_send();
        let partner = rank ^ width;
        exchange(ports, partner, outgoing, partner, recv.run(theirs..theirs + width)?).await?;
        width *= 2;
    }
    Ok(())
}

/// Every rank's own block lies in its place.
async fn ring<P: Ports>(ports: &P, recv: &RecvBlocks) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let (right, left) = ((rank + 1) % size, (rank + size - 1) % size);
    for step in 0..size - 1 {
        let outgoing = recv.block((rank + size - step) % size)?.as_send();
        let incoming = recv.block((rank + size - step - 1) % size)?;
        exchange(ports, right, outgoing, left, incoming).await?;
    }
    Ok(())
}

/// The packed copy holds the blocks of ranks `rank, rank + 1, ...`; each round
/// fetches what the rank `distance` above has.
async fn bruck<P: Ports>(ports: &P, args: Allgather) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let recv = &args.recv;
    let starts = boundaries((0..size).map(|step| recv.blocks.bytes((rank + step) % size)));
    let packed = Scratch::zeroed(starts[size]);
    let own = match &args.send {
        Some(own) => own.clone(),
        None => recv.block(rank)?.as_send(),
    };
    transfer(&own, &RecvData::bytes(packed.recv_buffer(), starts[1]))?;

    let mut distance = 1;
    while distance < size {
        let more = distance.min(size - distance);
        let (above, below) = ((rank + distance) % size, (rank + size - distance) % size);
        let outgoing = SendData::bytes(packed.send_buffer(), starts[more]);
        let room = packed.recv_buffer().shifted(starts[distance] as isize);
        let room = RecvData::bytes(room, starts[distance + more] - starts[distance]);
        exchange(ports, below, outgoing, above, room).await?;
        distance *= 2;
    }

    for (step, &start) in starts[..size].iter().enumerate() {
        if step == 0 && args.send.is_none() {
            continue;
        }
        let block = packed.send_buffer().shifted(start as isize);
        unpack(&block, &recv.block((rank + step) % size)?);
    }
    Ok(())
}
