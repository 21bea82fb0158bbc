//! Barrier, broadcast, gather, scatter, allgather and all-to-all over a board.
//!
//! What is posted are packed bytes, so the datatypes of the ranks may differ as
//! long as their bytes agree.

use memory::board::mapped::Board;
use memory::board::step::Readers;

use super::{Meet, Turn, pieces};
use crate::collective::allgather::Allgather;
use crate::collective::alltoall::Alltoall;
use crate::collective::bcast::Bcast;
use crate::collective::blocks::{RecvBlocks, SendBlocks, given};
use crate::collective::gather::Gather;
use crate::collective::packed::transfer;
use crate::collective::scatter::Scatter;
use crate::error::Result;

/// Steps for blocks whose lengths only the two ranks concerned know. Each rank takes
/// part in as many as it needs.
const PRIVATE_STEPS: usize = 4;

/// How blocks are cut for these steps.
#[derive(Clone, Copy)]
pub(in crate::collective) struct Private {
    /// Bytes of a block in each step.
    room: usize,
}

impl Private {
    pub(in crate::collective) fn on(board: &Board) -> Self {
        Self { room: board.part_bytes() }
    }

    /// Bytes that each of the other ranks may get of this rank in all steps. A longer
    /// block of `MPI_Alltoallv` and the like travels in messages.
    pub(in crate::collective) fn most(self) -> usize {
        PRIVATE_STEPS * self.room
    }

    /// Bytes of a block of so many that are taken.
    fn taken(self, bytes: usize) -> usize {
        if bytes > self.most() { 0 } else { bytes }
    }

    /// Bytes of a block of so many that are in the step that begins at `start` of it.
    fn part(self, start: usize, bytes: usize) -> usize {
        self.taken(bytes).saturating_sub(start).min(self.room)
    }

    /// Where each step begins in the blocks.
    fn starts(self) -> impl Iterator<Item = usize> {
        (0..PRIVATE_STEPS).map(move |step| step * self.room)
    }

    /// As [`Self::starts`], of the steps that take `longest` bytes, and of the first.
    fn starts_for(self, longest: usize) -> impl Iterator<Item = usize> {
        self.starts().take_while(move |&start| start == 0 || start < longest)
    }
}

/// Posts what is in the step that begins at `start` of the blocks for the others.
fn post_private<M: Meet>(
    turn: &mut Turn<'_, M>,
    private: Private,
    send: &SendBlocks,
    start: usize,
) -> Result<()> {
    turn.post_parts(
        |to| private.part(start, send.blocks.bytes(to)),
        |to, cell| send.pack_for_reader(to, start, cell),
    )
}

pub(in crate::collective) fn barrier<M: Meet>(meet: &M) -> Result<()> {
    let mut turn = Turn::begin(meet);
    turn.post(Readers::All, 0, |_| Ok(()))?;
    turn.wait_for_all(0..turn.ranks(), |_| 0)
}

pub(in crate::collective) fn bcast<M: Meet>(meet: &M, args: &Bcast) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let outgoing = (turn.rank() == args.root).then(|| args.data.as_send());
    let total = args.data.total_bytes();
    for (offset, len) in pieces(total, turn.board.step_bytes(total)) {
        turn.next();
        if let Some(data) = &outgoing {
            turn.post(Readers::All, len, |cell| {
                data.pack_for_reader(offset, cell);
                Ok(())
            })?;
        } else {
            turn.enter();
            let cell = turn.read(args.root, len)?;
            args.data.unpack(offset, cell);
        }
    }
    Ok(())
}

/// Blocks of `bytes` bytes each.
pub(in crate::collective) fn gather<M: Meet>(meet: &M, args: &Gather, bytes: usize) -> Result<()> {
    gather_any(meet, args, |_| bytes)
}

/// Blocks of any length, of which those that are not `short` are left out: whoever
/// has one sends a message.
pub(in crate::collective) fn gatherv<M: Meet>(
    meet: &M,
    args: &Gather,
    short: impl Fn(usize) -> bool,
) -> Result<()> {
    gather_any(meet, args, |rank| {
        let bytes = match (&args.recv, &args.send) {
            (Some(recv), _) => recv.blocks.bytes(rank),
            (None, Some(send)) => send.total_bytes(),
            (None, None) => 0,
        };
        if short(bytes) { bytes } else { 0 }
    })
}

fn gather_any<M: Meet>(meet: &M, args: &Gather, bytes: impl Fn(usize) -> usize) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, board) = (turn.rank(), turn.board);
    if rank != args.root {
        let own = given(args.send.as_ref(), "send buffer")?;
        let bytes = bytes(rank);
        if bytes == 0 {
            turn.enter();
        }
        for (offset, len) in pieces(bytes, board.step_bytes(bytes)) {
            turn.next();
            turn.post(Readers::One(args.root), len, |cell| {
                own.pack_for_reader(offset, cell);
                Ok(())
            })?;
        }
        return Ok(());
    }
    let recv = given(args.recv.as_ref(), "receive buffer")?;
    if let Some(own) = &args.send {
        transfer(own, &recv.block(rank)?)?;
    }
    let (mut step, mut is_over) = (0, false);
    while !is_over {
        turn.next();
        turn.enter();
        is_over = true;
        for from in turn.others() {
            let bytes = bytes(from);
            let piece = board.step_bytes(bytes);
            let offset = step * piece;
            if offset < bytes {
                let cell = turn.read(from, piece.min(bytes - offset))?;
                recv.unpack(from, offset, cell)?;
                is_over &= bytes - offset <= piece;
            }
        }
        step += 1;
    }
    Ok(())
}

/// Blocks of `bytes` bytes each.
pub(in crate::collective) fn scatter<M: Meet>(meet: &M, args: &Scatter, bytes: usize) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks) = (turn.rank(), turn.ranks());
    let room = turn.board.step_bytes(bytes).min(turn.board.part_bytes());
    if rank != args.root {
        let own = given(args.recv.as_ref(), "receive buffer")?;
        let place = turn.place(args.root, rank);
        for (offset, len) in pieces(bytes, room) {
            turn.next();
            turn.enter();
            let cell = turn.read(args.root, len * (ranks - 1))?;
            own.unpack(offset, &cell[place * len..][..len]);
        }
        return Ok(());
    }
    let send = given(args.send.as_ref(), "send buffer")?;
    for (offset, len) in pieces(bytes, room) {
        turn.next();
        let others = turn.others();
        turn.post(Readers::All, len * (ranks - 1), |cell| {
            for (place, to) in others.enumerate() {
                send.pack_for_reader(to, offset, &mut cell[place * len..][..len])?;
            }
            Ok(())
        })?;
    }
    match &args.recv {
        Some(own) => transfer(&send.block(rank)?, own),
        None => Ok(()),
    }
}

/// Blocks of any length, of which those above [`Private::most`] are left out.
pub(in crate::collective) fn scatterv<M: Meet>(meet: &M, args: &Scatter) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let private = Private::on(turn.board);
    if turn.rank() != args.root {
        let own = given(args.recv.as_ref(), "receive buffer")?;
        let bytes = private.taken(own.total_bytes());
        for start in private.starts_for(bytes) {
            turn.next();
            turn.enter();
            if bytes > 0 {
                own.unpack(start, turn.read_part(args.root, private.part(start, bytes))?);
            }
        }
        return Ok(());
    }
    let send = given(args.send.as_ref(), "send buffer")?;
    let longest = turn.others().map(|to| private.taken(send.blocks.bytes(to))).max().unwrap_or(0);
    for start in private.starts_for(longest) {
        turn.next();
        post_private(&mut turn, private, send, start)?;
    }
    Ok(())
}

/// Blocks whose lengths all ranks know.
pub(in crate::collective) fn allgather<M: Meet>(meet: &M, args: &Allgather) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks) = (turn.rank(), turn.ranks());
    let recv = &args.recv;
    let own = match &args.send {
        Some(own) => own.clone(),
        None => recv.block(rank)?.as_send(),
    };
    let longest = (0..ranks).map(|from| recv.blocks.bytes(from)).max().unwrap_or(0);
    let piece = turn.board.cell_bytes();
    for (offset, _) in pieces(longest, piece) {
        let len = |from: usize| piece.min(recv.blocks.bytes(from).saturating_sub(offset));
        turn.next();
        if len(rank) > 0 {
            turn.post(Readers::All, len(rank), |cell| {
                own.pack_for_reader(offset, cell);
                Ok(())
            })?;
        } else {
            turn.enter();
        }
        // While others post.
        if offset == 0
            && let Some(own) = &args.send
        {
            transfer(own, &recv.block(rank)?)?;
        }
        for from in turn.others().filter(|&from| len(from) > 0) {
            let cell = turn.read(from, len(from))?;
            recv.unpack(from, offset, cell)?;
        }
    }
    Ok(())
}

/// Blocks of `bytes` bytes each. In place, what is to be sent is posted before
/// it is overwritten.
pub(in crate::collective) fn alltoall<M: Meet>(meet: &M, args: &Alltoall, bytes: usize) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks) = (turn.rank(), turn.ranks());
    let room = turn.board.part_bytes();
    for (start, len) in pieces(bytes, turn.together() * room) {
        let steps = || pieces(len, room).enumerate().map(|(step, (offset, len))| (step, start + offset, len));
        turn.next_together(steps().count());
        for (step, offset, len) in steps() {
            turn.turn_to(step);
            let others = turn.others();
            turn.post(Readers::All, len * (ranks - 1), |cell| {
                for (place, to) in others.enumerate() {
                    pack_outgoing(args, to, offset, &mut cell[place * len..][..len])?;
                }
                Ok(())
            })?;
        }
        // While others post.
        if start == 0 {
            keep_own(args, rank)?;
        }
        for from in turn.others() {
            let place = turn.place(from, rank);
            for (step, offset, len) in steps() {
                turn.turn_to(step);
                let cell = turn.read(from, len * (ranks - 1))?;
                args.recv.unpack(from, offset, &cell[place * len..][..len])?;
            }
        }
    }
    Ok(())
}

/// Blocks of any length, of which those above [`Private::most`] are left out, and
/// this rank's own.
pub(in crate::collective) fn alltoallv<M: Meet>(
    meet: &M,
    send: &SendBlocks,
    recv: &RecvBlocks,
) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let private = Private::on(turn.board);
    let either =
        |peer: usize| private.taken(send.blocks.bytes(peer)).max(private.taken(recv.blocks.bytes(peer)));
    let longest = turn.others().map(either).max().unwrap_or(0);
    let together = turn.together();
    for first in private.starts_for(longest).step_by(together) {
        let starts = || private.starts().skip_while(move |&start| start < first).take(together).enumerate();
        turn.next_together(together);
        for (step, start) in starts() {
            turn.turn_to(step);
            post_private(&mut turn, private, send, start)?;
        }
        for from in turn.others() {
            let parts =
                starts().map(|(step, start)| (step, start, private.part(start, recv.blocks.bytes(from))));
            for (step, start, len) in parts.filter(|(.., len)| *len > 0) {
                turn.turn_to(step);
                let part = turn.read_part(from, len)?;
                recv.unpack(from, start, part)?;
            }
        }
    }
    Ok(())
}

/// Packs a part of what goes to a rank: in place, what came from it would lie there.
fn pack_outgoing(args: &Alltoall, to: usize, offset: usize, cell: &mut [u8]) -> Result<()> {
    if let Some(send) = &args.send {
        return send.pack_for_reader(to, offset, cell);
    }
    args.recv.block(to)?.as_send().pack_for_reader(offset, cell);
    Ok(())
}

fn keep_own(args: &Alltoall, rank: usize) -> Result<()> {
    match &args.send {
        Some(send) => transfer(&send.block(rank)?, &args.recv.block(rank)?),
        None => Ok(()),
    }
}
