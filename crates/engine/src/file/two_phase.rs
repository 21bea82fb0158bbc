//! Reading and writing by all ranks of a file together.
//!
//! When small pieces of the ranks interleave, some of them, the aggregators,
//! each take a domain of the file: a contiguous part of what is accessed. They
//! go through it in windows. In every round the ranks tell by where they want
//! to go on, so that windows begin where data are; then each sends an
//! aggregator its pieces of the window, and its data when it writes. The
//! aggregator makes few large calls of many small pieces and, reading, sends
//! back what was asked for.
//!
//! Otherwise, and in atomic mode, each rank reads and writes by itself.

use std::ops::Range;

use memory::buffer::Scratch;

use super::agree::{agree, agree_on_fault, all_words};
use super::hints::{Buffering, Hints};
use super::independent::{Access, Done};
use super::runs::{RUN_BYTES, Run, decode, encode, runs_of};
use super::storage::Runner;
use super::window::{Part, Window};
use crate::collective::Ports;
use crate::datatype::data::{RecvData, SendData};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;

/// Domains are no smaller, so that a little data is no work for many, unless
/// the number of aggregators was given.
const LEAST_DOMAIN: u64 = 1 << 20;
/// Pieces of at least so many bytes are read and written by the ranks that have
/// them, at about the cost of passing them to another.
const LARGE_PIECE: u64 = 8 << 10;
/// Domains begin at multiples of it: no two aggregators share a page.
const ALIGNMENT: u64 = 4096;

/// What a rank tells of its access.
#[derive(Clone, Copy, Debug)]
struct Extent {
    start: u64,
    end: u64,
    bytes: u64,
    /// About so many bytes lie together.
    piece: u64,
    /// It may go through aggregators.
    may_join: bool,
    writes: bool,
}

impl Extent {
    const WORDS: usize = 6;

    fn of(access: &Access, writes: bool) -> Self {
        let may_join = access.view.is_in_order() && !access.atomic;
        let span = if may_join { access.span() } else { 0..0 };
        let bytes = access.range.end - access.range.start;
        // Every call to another machine costs, whatever it carries.
        let piece = if access.file.is_remote() { 0 } else { access.view.piece_bytes() };
        Self { start: span.start, end: span.end, bytes, piece, may_join, writes }
    }

    fn words(self) -> [u64; Self::WORDS] {
        [self.start, self.end, self.bytes, self.piece, self.may_join.into(), self.writes.into()]
    }

    fn from_words([start, end, bytes, piece, may_join, writes]: [u64; Self::WORDS]) -> Self {
        Self { start, end, bytes, piece, may_join: may_join != 0, writes: writes != 0 }
    }

    fn has_gaps(&self) -> bool {
        self.end - self.start != self.bytes
    }
}

/// Whether aggregators are of use: small pieces of ranks interleave.
fn interleave(extents: &[Extent]) -> bool {
    let mut sorted: Vec<&Extent> = extents.iter().filter(|extent| extent.bytes != 0).collect();
    sorted.sort_by_key(|extent| extent.start);
    let overlap = sorted.windows(2).any(|pair| pair[1].start < pair[0].end);
    overlap && sorted.iter().any(|extent| extent.has_gaps() && extent.piece < LARGE_PIECE)
}

/// The domains of the aggregators, or none when every rank works by itself.
fn domains(extents: &[Extent], buffering: Buffering, hints: &Hints) -> Vec<Range<u64>> {
    let joined = match buffering {
        Buffering::Never => false,
        Buffering::Always => true,
        Buffering::Automatic => interleave(extents),
    };
    let all_may = extents.iter().all(|extent| extent.may_join);
    let with_data = || extents.iter().filter(|extent| extent.bytes != 0);
    let (Some(start), Some(end)) =
        (with_data().map(|extent| extent.start).min(), with_data().map(|extent| extent.end).max())
    else {
        return Vec::new();
    };
    if !joined || !all_may || extents.len() == 1 {
        return Vec::new();
    }
    let aggregators = hints.aggregators(extents.len()) as u64;
    let least = if hints.cb_nodes == 0 { LEAST_DOMAIN } else { ALIGNMENT };
    let share = (end - start).div_ceil(aggregators).max(least);
    let mut domains = Vec::new();
    let mut from = start;
    while from < end {
        let to = (from + share).next_multiple_of(ALIGNMENT).min(end);
        domains.push(from..to);
        from = to;
    }
    domains
}

/// A collective access under way, on one rank.
struct Round<'a, P, R> {
    ports: &'a P,
    runner: &'a R,
    access: &'a Access,
    domains: Vec<Range<u64>>,
    /// For each domain, what of our range lies in it and is not yet done.
    left: Vec<Range<u64>>,
    window_bytes: u64,
    /// What we read and write at once, if we are an aggregator.
    window: Option<Window>,
    /// The first byte of the file that we failed at.
    fault: Option<(u64, Error)>,
}

/// One window of one domain in one round.
#[derive(Clone)]
struct Turn {
    aggregator: usize,
    range: Range<u64>,
    /// What of our range lies in the window.
    ours: Range<u64>,
    /// Which ranks have something there.
    ranks: Vec<usize>,
}

/// A rank, its pieces in a window, and their bytes.
type Heard = (usize, Vec<Run>, u64);

impl<'a, P: Ports, R: Runner> Round<'a, P, R> {
    fn new(ports: &'a P, runner: &'a R, access: &'a Access, domains: Vec<Range<u64>>, hints: &Hints) -> Self {
        let within = |domain: &Range<u64>| {
            let view = &access.view;
            let bound = |offset| view.position_of(offset).clamp(access.range.start, access.range.end);
            bound(domain.start)..bound(domain.end)
        };
        let left = domains.iter().map(within).collect();
        let window_bytes = hints.cb_buffer_size as u64;
        Self { ports, runner, access, domains, left, window_bytes, window: None, fault: None }
    }

    /// Agrees with the others on the next windows; none when all is done.
    async fn turns(&mut self) -> Result<Vec<Turn>> {
        let next = |left: &Range<u64>| {
            if left.is_empty() { u64::MAX } else { self.access.view.offset_of(left.start) }
        };
        let own: Vec<u64> = self.left.iter().map(next).collect();
        let all = all_words(self.ports, &own).await?;
        let (domains, ranks) = (self.domains.len(), self.ports.size());
        let mut turns = Vec::new();
        for domain in 0..domains {
            let offset = |rank: usize| all[rank * domains + domain];
            let start = (0..ranks).map(offset).min().unwrap_or(u64::MAX);
            if start == u64::MAX {
                continue;
            }
            let end = start.saturating_add(self.window_bytes).min(self.domains[domain].end);
            let upto = self.access.view.position_of(end).min(self.left[domain].end);
            let ours = self.left[domain].start..upto.max(self.left[domain].start);
            self.left[domain].start = ours.end;
            turns.push(Turn {
                aggregator: aggregator(domain, domains, ranks),
                range: start..end,
                ours,
                ranks: (0..ranks).filter(|&rank| offset(rank) < end).collect(),
            });
        }
        Ok(turns)
    }

    fn is_mine(&self, turn: &Turn) -> bool {
        turn.aggregator == self.ports.rank()
    }

    fn position(&self, range: &Range<u64>) -> (usize, usize) {
        ((range.start - self.access.range.start) as usize, (range.end - range.start) as usize)
    }

    fn our_runs(&self, turn: &Turn) -> Vec<Run> {
        runs_of(&self.access.view.pieces(turn.ours.clone()))
    }

    /// Tells an aggregator our pieces of its window.
    fn tell(&self, turn: &Turn, sends: &mut Vec<P::Pending>) -> Result<()> {
        let message = encode(&self.our_runs(turn));
        let bytes = turn.ours.end - turn.ours.start;
        let header: Vec<u8> =
            [message.len() as u64, bytes].iter().flat_map(|word| word.to_le_bytes()).collect();
        for part in [header, message] {
            let part = Scratch::from_bytes(&part);
            sends.push(
                self.ports.start_send(turn.aggregator, SendData::bytes(part.send_buffer(), part.len()))?,
            );
        }
        Ok(())
    }

    /// Hears from the others which pieces of our window they mean.
    async fn hear(&self, turn: &Turn) -> Result<Vec<Heard>> {
        let base = turn.range.start;
        let window = turn.range.end - base;
        let others = || turn.ranks.iter().copied().filter(|&rank| rank != self.ports.rank());
        let mut headers = Vec::new();
        for rank in others() {
            let room = Scratch::zeroed(16);
            let pending = self.ports.start_recv(rank, RecvData::bytes(room.recv_buffer(), 16))?;
            headers.push((rank, room, pending));
        }
        let mut messages = Vec::new();
        for (rank, room, pending) in headers {
            pending.await?;
            let lent = room.send_buffer();
            let (words, _) = lent.slice(0, 16).as_chunks::<8>();
            let (len, bytes) = (u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]));
            if bytes > window || len > window.saturating_mul(RUN_BYTES as u64) {
                fail!(ErrorClass::Intern, "rank {rank} announced {bytes} bytes for a window of {window}");
            }
            let room = Scratch::zeroed(len as usize);
            let data = RecvData::bytes(room.recv_buffer(), len as usize);
            messages.push((rank, bytes, room, self.ports.start_recv(rank, data)?));
        }
        let mut heard = Vec::new();
        for (rank, bytes, room, pending) in messages {
            pending.await?;
            let runs = decode(room.send_buffer().slice(0, room.len()), base, window, bytes)?;
            heard.push((rank, runs, bytes));
        }
        Ok(heard)
    }

    fn take_window(&mut self, turn: &Turn) -> Window {
        let window = self.window.take().unwrap_or_else(|| Window::new(self.access.file.clone()));
        window.moved(turn.range.clone())
    }

    /// Keeps the first fault.
    fn failed(&mut self, fault: Option<(u64, Error)>) {
        if self.fault.is_none() {
            self.fault = fault;
        }
    }

    async fn write(&mut self, data: &SendData) -> Result<()> {
        loop {
            let turns = self.turns().await?;
            if turns.is_empty() {
                return Ok(());
            }
            let mut sends = Vec::new();
            for turn in turns.iter().filter(|turn| !turn.ours.is_empty() && !self.is_mine(turn)) {
                self.tell(turn, &mut sends)?;
                let piece = part_of(data, self.position(&turn.ours));
                sends.push(self.ports.start_send(turn.aggregator, piece)?);
            }
            if let Some(turn) = turns.iter().find(|turn| self.is_mine(turn)) {
                let mut parts = Vec::new();
                let mut incoming = Vec::new();
                for (rank, runs, bytes) in self.hear(turn).await? {
                    let room = Scratch::zeroed(bytes as usize);
                    let data = RecvData::bytes(room.recv_buffer(), bytes as usize);
                    incoming.push(self.ports.start_recv(rank, data)?);
                    parts.push(Part {
                        rank,
                        runs,
                        data: SendData::bytes(room.send_buffer(), bytes as usize),
                    });
                }
                for pending in incoming {
                    pending.await?;
                }
                if !turn.ours.is_empty() {
                    let data = part_of(data, self.position(&turn.ours));
                    parts.push(Part { rank: self.ports.rank(), runs: self.our_runs(turn), data });
                }
                if self.fault.is_none() {
                    self.access.file.soil();
                    let mut window = self.take_window(turn);
                    let work = move || (window.write(parts), window);
                    let (fault, window) = self.runner.run(work)?.await;
                    self.window = Some(window);
                    self.failed(fault);
                }
            }
            for pending in sends {
                pending.await?;
            }
        }
    }

    /// Returns the bytes that came.
    async fn read(&mut self, room: &RecvData) -> Result<u64> {
        let mut total = 0;
        loop {
            let turns = self.turns().await?;
            if turns.is_empty() {
                return Ok(total);
            }
            let mut sends = Vec::new();
            let theirs = || turns.iter().filter(|turn| !turn.ours.is_empty());
            for turn in theirs().filter(|turn| !self.is_mine(turn)) {
                self.tell(turn, &mut sends)?;
            }
            let own = turns.iter().find(|turn| self.is_mine(turn));
            // What an aggregator wants to know from us comes before what it has for us.
            let heard = match own {
                Some(turn) => self.hear(turn).await?,
                None => Vec::new(),
            };
            let mut incoming = Vec::new();
            for turn in theirs().filter(|turn| !self.is_mine(turn)) {
                let (at, len) = self.position(&turn.ours);
                let (data, aside) = room_for(room, at, len);
                incoming.push((at, aside, self.ports.start_recv(turn.aggregator, data)?));
            }
            if let Some(turn) = own {
                total += self.serve(turn, heard, room, &mut sends).await?;
            }
            for (at, aside, pending) in incoming {
                let bytes = pending.await?;
                if let Some(aside) = aside {
                    room.unpack(at, aside.send_buffer().slice(0, bytes as usize));
                }
                total += bytes;
            }
            for pending in sends {
                pending.await?;
            }
        }
    }

    /// Reads our window and sends everybody what is theirs. Returns the bytes
    /// that are ours.
    async fn serve(
        &mut self,
        turn: &Turn,
        heard: Vec<Heard>,
        room: &RecvData,
        sends: &mut Vec<P::Pending>,
    ) -> Result<u64> {
        let me = self.ports.rank();
        let mut wanted: Vec<(usize, Vec<Run>)> =
            heard.into_iter().map(|(rank, runs, _)| (rank, runs)).collect();
        if !turn.ours.is_empty() {
            wanted.push((me, self.our_runs(turn)));
        }
        let (mut window, broken) = (self.take_window(turn), self.fault.is_some());
        let work = move || (window.read(wanted, broken), window);
        let ((answers, fault), window) = self.runner.run(work)?.await;
        self.window = Some(window);
        self.failed(fault);
        let mut ours = 0;
        for (rank, answer) in answers {
            let data = SendData::bytes(answer.send_buffer(), answer.len());
            if rank == me {
                ours = answer.len() as u64;
                room.unpack(self.position(&turn.ours).0, answer.send_buffer().slice(0, answer.len()));
            } else {
                sends.push(self.ports.start_send(rank, data)?);
            }
        }
        Ok(ours)
    }
}

/// The rank that has domain `domain` of `domains`: they are spread evenly.
fn aggregator(domain: usize, domains: usize, ranks: usize) -> usize {
    domain * ranks / domains
}

/// Some packed bytes of data, where they are or as a copy.
fn part_of(data: &SendData, (at, len): (usize, usize)) -> SendData {
    if data.is_contiguous() {
        return SendData::bytes(data.buffer.shifted(at as isize), len);
    }
    let copy = Scratch::zeroed(len);
    data.pack(at, copy.recv_buffer().slice_mut(0, len));
    SendData::bytes(copy.send_buffer(), len)
}

/// Room for some packed bytes: where they belong, or aside.
fn room_for(room: &RecvData, at: usize, len: usize) -> (RecvData, Option<Scratch>) {
    if room.is_contiguous() {
        return (RecvData::bytes(room.buffer.shifted(at as isize), len), None);
    }
    let aside = Scratch::zeroed(len);
    (RecvData::bytes(aside.recv_buffer(), len), Some(aside))
}

/// Agrees with the others on the domains.
///
/// # Errors
/// `MPI_ERR_NOT_SAME`, on every rank, when some read and some write.
async fn plan<P: Ports>(ports: &P, access: &Access, writes: bool, hints: &Hints) -> Result<Vec<Range<u64>>> {
    if ports.size() == 1 {
        return Ok(Vec::new());
    }
    let words = all_words(ports, &Extent::of(access, writes).words()).await?;
    let (words, _) = words.as_chunks::<{ Extent::WORDS }>();
    let extents: Vec<Extent> = words.iter().map(|words| Extent::from_words(*words)).collect();
    if let Some(rank) = extents.iter().position(|extent| extent.writes != extents[0].writes) {
        let [first, other] = if extents[0].writes { ["writes", "reads"] } else { ["reads", "writes"] };
        fail!(
            ErrorClass::NotSame,
            "in one collective access to a file rank 0 {first} and rank {rank} {other}: all ranks call the same \
             function"
        );
    }
    let buffering = if writes { hints.cb_write } else { hints.cb_read };
    Ok(domains(&extents, buffering, hints))
}

/// What of an access was done before the place in the file where it failed.
fn before(access: &Access, fault: u64) -> u64 {
    let position = access.view.position_of(fault).clamp(access.range.start, access.range.end);
    position - access.range.start
}

/// Writes together (`MPI_File_write_all` and its like). Collective.
pub async fn write<P: Ports, R: Runner>(
    ports: &P,
    runner: &R,
    access: Access,
    hints: &Hints,
    data: SendData,
) -> Done {
    match try_write(ports, runner, access, hints, data).await {
        Ok(done) => done,
        Err(error) => Done::failed(error),
    }
}

async fn try_write<P: Ports, R: Runner>(
    ports: &P,
    runner: &R,
    access: Access,
    hints: &Hints,
    data: SendData,
) -> Result<Done> {
    let domains = plan(ports, &access, true, hints).await?;
    if domains.is_empty() {
        let done = runner.run(move || access.write(&data))?.await;
        let error = agree(ports, done.error.map_or(Ok(()), Err)).await.err();
        return Ok(Done { bytes: done.bytes, error });
    }
    let mut round = Round::new(ports, runner, &access, domains, hints);
    round.write(&data).await?;
    Ok(match agree_on_fault(ports, round.fault.take()).await? {
        None => Done { bytes: access.range.end - access.range.start, error: None },
        Some((offset, error)) => Done { bytes: before(&access, offset), error: Some(error) },
    })
}

/// Reads together (`MPI_File_read_all` and its like). Collective.
pub async fn read<P: Ports, R: Runner>(
    ports: &P,
    runner: &R,
    access: Access,
    hints: &Hints,
    room: RecvData,
) -> Done {
    match try_read(ports, runner, access, hints, room).await {
        Ok(done) => done,
        Err(error) => Done::failed(error),
    }
}

async fn try_read<P: Ports, R: Runner>(
    ports: &P,
    runner: &R,
    access: Access,
    hints: &Hints,
    room: RecvData,
) -> Result<Done> {
    let domains = plan(ports, &access, false, hints).await?;
    if domains.is_empty() {
        let window = hints.ind_rd_buffer_size;
        let done = runner.run(move || access.read(&room, window))?.await;
        let error = agree(ports, done.error.map_or(Ok(()), Err)).await.err();
        return Ok(Done { bytes: done.bytes, error });
    }
    let mut round = Round::new(ports, runner, &access, domains, hints);
    let bytes = round.read(&room).await?;
    Ok(match agree_on_fault(ports, round.fault.take()).await? {
        None => Done { bytes, error: None },
        Some((offset, error)) => Done { bytes: bytes.min(before(&access, offset)), error: Some(error) },
    })
}
