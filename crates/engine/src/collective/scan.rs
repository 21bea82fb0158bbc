//! `MPI_Scan` and `MPI_Exscan` (MPI-5.0 section 6.11).

use super::board::{self, Meet};
use super::choose;
use super::ports::{Ports, expect, met, receive, send, wait_all};
use super::reduction::Reduction;
use crate::error::Result;
use memory::buffer::{RecvBuffer, SendBuffer};
use std::ops::Range;

/// Arguments of a scan.
#[derive(Clone)]
pub struct Scan {
    /// This rank's operand. `None`: in place, it is what `recv` holds.
    pub send: Option<SendBuffer>,
    /// Room for the result.
    pub recv: RecvBuffer,
    pub count: usize,
    pub reduction: Reduction,
}

/// How prefixes are formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// All post their operands on the board, and every rank combines those
    /// before its own there.
    BoardWhole,
    /// In pieces, from each rank to the next, on the board.
    BoardChain,
    /// From ranks at doubling distances: `ceil(log2(n))` rounds of whole
    /// vectors.
    Doubling,
    /// In segments along the ranks: `n - 2 + segments` rounds, every rank
    /// sends and receives the vector once.
    Chain { segment_bytes: usize },
}

/// Gives rank `r` the combination of the operands of ranks `0..=r`.
pub async fn scan<P: Ports>(ports: &P, args: Scan) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && scan_at_once(&meet, &args, false)?
    {
        return Ok(());
    }
    let algorithm = choose::scan(false, args.reduction.bytes(args.count), ports.size());
    scan_by(ports, args, algorithm).await
}

/// Gives rank `r` the combination of the operands of ranks `0..r`; rank 0's
/// `recv` stays as it is.
pub async fn exscan<P: Ports>(ports: &P, args: Scan) -> Result<()> {
    if let Some(meet) = ports.meet()?
        && scan_at_once(&meet, &args, true)?
    {
        return Ok(());
    }
    let algorithm = choose::scan(false, args.reduction.bytes(args.count), ports.size());
    exscan_by(ports, args, algorithm).await
}

/// As [`scan`], or with `exclusive` as [`exscan`], if that takes no messages;
/// says whether it did.
///
/// # Errors
/// As [`scan`].
pub fn scan_at_once<M: Meet>(meet: &M, args: &Scan, exclusive: bool) -> Result<bool> {
    let bytes = args.reduction.bytes(args.count);
    if bytes == 0 {
        return Ok(true);
    }
    if !board::reducing::is_possible(&args.reduction) {
        return Ok(false);
    }
    match choose::scan(true, bytes, meet.ranks()) {
        Algorithm::BoardWhole => board::reducing::scan_whole(meet, args, exclusive)?,
        Algorithm::BoardChain => board::reducing::scan_chain(meet, args, exclusive)?,
        _ => return Ok(false),
    }
    Ok(true)
}

impl Scan {
    /// What this rank contributes.
    pub(super) fn operand(&self) -> SendBuffer {
        self.send.clone().unwrap_or_else(|| self.recv.as_send())
    }
}

/// As [`scan`], with the algorithm given: the same on every rank.
pub async fn scan_by<P: Ports>(ports: &P, args: Scan, algorithm: Algorithm) -> Result<()> {
    if args.reduction.bytes(args.count) == 0 {
        return Ok(());
    }
    match algorithm {
        Algorithm::BoardWhole => return board::reducing::scan_whole(&met(ports)?, &args, false),
        Algorithm::BoardChain => return board::reducing::scan_chain(&met(ports)?, &args, false),
        Algorithm::Doubling | Algorithm::Chain { .. } => {}
    }
    if let Some(operand) = &args.send {
        args.reduction.copy(operand, &args.recv, 0..args.count)?;
    }
    match algorithm {
        Algorithm::BoardWhole | Algorithm::BoardChain => unreachable!("done above"),
        Algorithm::Doubling => doubling(ports, &args).await,
        Algorithm::Chain { segment_bytes } => chain(ports, &args, segment_bytes).await,
    }
}

/// As [`exscan`], with the algorithm given: the same on every rank.
pub async fn exscan_by<P: Ports>(ports: &P, args: Scan, algorithm: Algorithm) -> Result<()> {
    if args.reduction.bytes(args.count) == 0 || ports.size() == 1 {
        return Ok(());
    }
    match algorithm {
        Algorithm::BoardWhole => board::reducing::scan_whole(&met(ports)?, &args, true),
        Algorithm::BoardChain => board::reducing::scan_chain(&met(ports)?, &args, true),
        Algorithm::Doubling => exclusive_doubling(ports, &args).await,
        Algorithm::Chain { segment_bytes } => exclusive_chain(ports, &args, segment_bytes).await,
    }
}

/// One round of doubling: sends `window` up and receives `room` from below,
/// where there is somebody. Says whether something was received.
async fn shift<P: Ports>(
    ports: &P,
    args: &Scan,
    distance: usize,
    window: &RecvBuffer,
    room: &RecvBuffer,
) -> Result<bool> {
    let (rank, everything) = (ports.rank(), 0..args.count);
    let receiving = match rank.checked_sub(distance) {
        Some(from) => Some(expect(ports, from, args.reduction.recv(room, everything.clone())?)?),
        None => None,
    };
    if rank + distance < ports.size() {
        send(ports, rank + distance, args.reduction.send(&window.as_send(), everything)?).await?;
    }
    let Some(receiving) = receiving else { return Ok(false) };
    receiving.whole().await?;
    Ok(true)
}

/// Before the round of `distance`, `recv` combines the `distance` ranks up to
/// this one.
async fn doubling<P: Ports>(ports: &P, args: &Scan) -> Result<()> {
    let everything = 0..args.count;
    let received = args.reduction.temporary(everything.clone())?;
    let mut distance = 1;
    while distance < ports.size() {
        if shift(ports, args, distance, &args.recv, &received).await? {
            args.reduction.combine(&received.as_send(), &args.recv, everything.clone())?;
        }
        distance *= 2;
    }
    Ok(())
}

/// As [`doubling`], with the combination that includes this rank in a
/// temporary, and the one that does not in `recv`.
async fn exclusive_doubling<P: Ports>(ports: &P, args: &Scan) -> Result<()> {
    let (reduction, everything) = (&args.reduction, 0..args.count);
    let window = reduction.temporary(everything.clone())?;
    let operand = args.operand();
    reduction.copy(&operand, &window, everything.clone())?;
    let received = reduction.temporary(everything.clone())?;
    let mut distance = 1;
    while distance < ports.size() {
        if shift(ports, args, distance, &window, &received).await? {
            let received = received.as_send();
            if distance == 1 {
                reduction.copy(&received, &args.recv, everything.clone())?;
            } else {
                reduction.combine(&received, &args.recv, everything.clone())?;
            }
            reduction.combine(&received, &window, everything.clone())?;
        }
        distance *= 2;
    }
    Ok(())
}

/// The element ranges of segments of at most `segment_bytes` bytes, but of one
/// element at least.
fn segments(args: &Scan, segment_bytes: usize) -> impl Iterator<Item = Range<usize>> + use<> {
    let (count, length) = (args.count, (segment_bytes / args.reduction.bytes(1).max(1)).max(1));
    (0..count).step_by(length).map(move |first| first..count.min(first.saturating_add(length)))
}

async fn chain<P: Ports>(ports: &P, args: &Scan, segment_bytes: usize) -> Result<()> {
    let (rank, reduction) = (ports.rank(), &args.reduction);
    let received = reduction.temporary(0..args.count)?;
    let mut sends = Vec::new();
    for segment in segments(args, segment_bytes) {
        if rank > 0 {
            receive(ports, rank - 1, reduction.recv(&received, segment.clone())?).await?;
            reduction.combine(&received.as_send(), &args.recv, segment.clone())?;
        }
        if rank + 1 < ports.size() {
            sends.push(ports.start_send(rank + 1, reduction.send(&args.recv.as_send(), segment)?)?);
        }
    }
    wait_all(sends).await
}

async fn exclusive_chain<P: Ports>(ports: &P, args: &Scan, segment_bytes: usize) -> Result<()> {
    let (rank, reduction) = (ports.rank(), &args.reduction);
    let last = rank + 1 == ports.size();
    let inclusive = reduction.temporary(0..args.count)?;
    let operand = args.operand();
    let mut sends = Vec::new();
    for segment in segments(args, segment_bytes) {
        if !last {
            reduction.copy(&operand, &inclusive, segment.clone())?;
        }
        if rank > 0 {
            receive(ports, rank - 1, reduction.recv(&args.recv, segment.clone())?).await?;
        }
        if !last {
            if rank > 0 {
                reduction.combine(&args.recv.as_send(), &inclusive, segment.clone())?;
            }
            sends.push(ports.start_send(rank + 1, reduction.send(&inclusive.as_send(), segment)?)?);
        }
    }
    wait_all(sends).await
}
