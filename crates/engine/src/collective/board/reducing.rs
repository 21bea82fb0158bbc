//! Reductions and scans over a board, for predefined operations.
//!
//! Operands lie on the board without gaps, and are combined from the right:
//! `x0 op (x1 op (x2 ...))`, at every rank in the same order, so results repeat
//! and all ranks have the same bits.

use std::ops::Range;

use memory::board::step::Readers;
use memory::buffer::{RecvBuffer, SendBuffer};

use super::{Meet, Turn, pieces};
use crate::collective::allreduce::Allreduce;
use crate::collective::blocks::{given, share};
use crate::collective::reduce::Reduce;
use crate::collective::reduce_scatter::ReduceScatter;
use crate::collective::reduction::Reduction;
use crate::collective::scan::Scan;
use crate::error::Result;

/// Whether operands can lie on a board: what decides is the same at all ranks,
/// for predefined operations take predefined datatypes.
pub(in crate::collective) fn is_possible(reduction: &Reduction) -> bool {
    reduction.op.is_predefined() && reduction.datatype.is_contiguous() && reduction.datatype.size() != 0
}

/// A reduction whose elements lie side by side.
struct Elements<'a> {
    reduction: &'a Reduction,
    /// Bytes of one.
    size: usize,
    /// The most of them that fit a cell.
    per_cell: usize,
}

impl<'a> Elements<'a> {
    fn new<M: Meet>(reduction: &'a Reduction, turn: &Turn<'_, M>) -> Self {
        let size = reduction.datatype.size() as usize;
        Self { reduction, size, per_cell: turn.cell_bytes() / size }
    }

    fn bytes(&self, count: usize) -> usize {
        count * self.size
    }

    /// The pieces of `count` elements of which each fits a cell `parts` times,
    /// at most [`memory::board::MAX_RANKS`].
    fn pieces(&self, count: usize, parts: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        pieces(count, self.per_cell / parts).map(|(first, len)| first..first + len)
    }

    fn from(&self, buffer: &SendBuffer, first: usize) -> SendBuffer {
        buffer.shifted(self.bytes(first) as isize)
    }

    fn room(&self, buffer: &RecvBuffer, first: usize) -> RecvBuffer {
        buffer.shifted(self.bytes(first) as isize)
    }

    fn copy(&self, from: &SendBuffer, to: &RecvBuffer, count: usize) {
        let bytes = self.bytes(count);
        to.copy_from(0, from.slice(0, bytes));
    }

    /// `inout = input op inout`.
    fn combine(&self, input: &SendBuffer, inout: &RecvBuffer, count: usize) -> Result<()> {
        let Reduction { datatype, op, id } = self.reduction;
        op.apply(input, inout, count, datatype, *id)
    }

    /// Combines `count` elements that the ranks in `ranks` have posted, from
    /// element `first` of their `len` bytes on, into `result`.
    fn fold<M: Meet>(
        &self,
        turn: &Turn<'_, M>,
        ranks: Range<usize>,
        (first, count, len): (usize, usize, usize),
        result: &RecvBuffer,
    ) -> Result<()> {
        let mut ranks = ranks.rev();
        let Some(last) = ranks.next() else { return Ok(()) };
        self.copy(&self.from(&turn.data(last, len), first), result, count);
        for rank in ranks {
            self.combine(&self.from(&turn.data(rank, len), first), result, count)?;
        }
        Ok(())
    }
}

/// Everybody combines everything.
pub(in crate::collective) fn allreduce_whole<M: Meet>(meet: &M, args: &Allreduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (ranks, elements) = (turn.ranks(), Elements::new(&args.reduction, &turn));
    let operand = args.operand();
    for piece in elements.pieces(args.count, 1) {
        let len = elements.bytes(piece.len());
        turn.next();
        turn.post(Readers::All, len, |cell| {
            elements.copy(&elements.from(&operand, piece.start), cell, piece.len());
            Ok(())
        })?;
        turn.wait_for_all(0..ranks, |_| len)?;
        elements.fold(&turn, 0..ranks, (0, piece.len(), len), &elements.room(&args.recv, piece.start))?;
    }
    Ok(())
}

/// Combines this rank's slice of a piece that all have posted, posts the
/// result, and leaves it at its place in `result`.
fn reduce_slice<M: Meet>(
    turn: &mut Turn<'_, M>,
    elements: &Elements<'_>,
    piece: &Range<usize>,
    operand: &SendBuffer,
    (result, readers): (&RecvBuffer, Readers),
) -> Result<()> {
    let (ranks, len) = (turn.ranks(), elements.bytes(piece.len()));
    turn.next();
    turn.post(Readers::All, len, |cell| {
        elements.copy(&elements.from(operand, piece.start), cell, piece.len());
        Ok(())
    })?;
    turn.wait_for_all(0..ranks, |_| len)?;
    let slice = share(piece.len(), ranks, turn.rank());
    elements.fold(turn, 0..ranks, (slice.start, slice.len(), len), result)?;
    turn.next();
    turn.post(readers, elements.bytes(slice.len()), |cell| {
        elements.copy(&result.as_send(), cell, slice.len());
        Ok(())
    })
}

/// Copies the slices of a piece that the other ranks have combined.
fn collect_slices<M: Meet>(
    turn: &mut Turn<'_, M>,
    elements: &Elements<'_>,
    piece: &Range<usize>,
    result: &RecvBuffer,
) -> Result<()> {
    let (rank, ranks) = (turn.rank(), turn.ranks());
    for from in (1..ranks).map(|step| (rank + step) % ranks) {
        let slice = share(piece.len(), ranks, from);
        let data = turn.read(from, elements.bytes(slice.len()))?;
        elements.copy(&data, &elements.room(result, piece.start + slice.start), slice.len());
    }
    Ok(())
}

/// Each rank combines a slice of every piece, and everybody copies all slices.
pub(in crate::collective) fn allreduce_by_slices<M: Meet>(meet: &M, args: &Allreduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let elements = Elements::new(&args.reduction, &turn);
    let operand = args.operand();
    for piece in elements.pieces(args.count, 1) {
        let own = share(piece.len(), turn.ranks(), turn.rank());
        let result = elements.room(&args.recv, piece.start + own.start);
        reduce_slice(&mut turn, &elements, &piece, &operand, (&result, Readers::All))?;
        collect_slices(&mut turn, &elements, &piece, &args.recv)?;
    }
    Ok(())
}

/// The root combines everything.
pub(in crate::collective) fn reduce_whole<M: Meet>(meet: &M, args: &Reduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction, &turn));
    let operand = args.source(rank)?;
    for piece in elements.pieces(args.count, 1) {
        let len = elements.bytes(piece.len());
        turn.next();
        turn.post(Readers::One(args.root), len, |cell| {
            elements.copy(&elements.from(&operand, piece.start), cell, piece.len());
            Ok(())
        })?;
        if rank == args.root {
            let recv = given(args.recv.as_ref(), "receive buffer")?;
            turn.wait_for_all(0..ranks, |_| len)?;
            elements.fold(&turn, 0..ranks, (0, piece.len(), len), &elements.room(recv, piece.start))?;
        }
    }
    Ok(())
}

/// Each rank combines a slice of every piece, and the root copies all slices.
pub(in crate::collective) fn reduce_by_slices<M: Meet>(meet: &M, args: &Reduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction, &turn));
    let operand = args.source(rank)?;
    let is_root = rank == args.root;
    let temporary = if is_root { None } else { Some(args.reduction.temporary(0..elements.per_cell)?) };
    for piece in elements.pieces(args.count, 1) {
        let own = share(piece.len(), ranks, rank);
        let result = match (&temporary, &args.recv) {
            (Some(temporary), _) => temporary.clone(),
            (None, recv) => elements.room(given(recv.as_ref(), "receive buffer")?, piece.start + own.start),
        };
        reduce_slice(&mut turn, &elements, &piece, &operand, (&result, Readers::One(args.root)))?;
        if let (true, Some(recv)) = (is_root, &args.recv) {
            collect_slices(&mut turn, &elements, &piece, recv)?;
        }
    }
    Ok(())
}

/// In every step everybody posts a piece of each rank's block, and each rank
/// combines those of its own.
pub(in crate::collective) fn reduce_scatter<M: Meet>(meet: &M, args: &ReduceScatter) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction, &turn));
    let operand = args.operand();
    let starts = crate::collective::blocks::boundaries(args.counts.iter().copied());
    let longest = args.counts.iter().copied().max().unwrap_or(0);
    let own_count = args.counts[rank];
    // In place, the result's place holds operands that are still to be posted.
    let temporary = if args.send.is_none() { Some(args.reduction.temporary(0..own_count)?) } else { None };
    let result = temporary.as_ref().unwrap_or(&args.recv);
    for piece in elements.pieces(longest, ranks) {
        let part = |to: usize| piece.start.min(args.counts[to])..piece.end.min(args.counts[to]);
        let places = crate::collective::blocks::boundaries((0..ranks).map(|to| part(to).len()));
        let len = elements.bytes(places[ranks]);
        turn.next();
        turn.post(Readers::All, len, |cell| {
            for (to, &place) in places[..ranks].iter().enumerate() {
                let from = elements.from(&operand, starts[to] + part(to).start);
                elements.copy(&from, &elements.room(cell, place), part(to).len());
            }
            Ok(())
        })?;
        turn.wait_for_all(0..ranks, |_| len)?;
        let own = part(rank);
        elements.fold(&turn, 0..ranks, (places[rank], own.len(), len), &elements.room(result, own.start))?;
    }
    if let Some(temporary) = temporary {
        elements.copy(&temporary.as_send(), &args.recv, own_count);
    }
    Ok(())
}

/// Each rank combines what those before it have posted, and, unless
/// `exclusive`, its own.
pub(in crate::collective) fn scan_whole<M: Meet>(meet: &M, args: &Scan, exclusive: bool) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, elements) = (turn.rank(), Elements::new(&args.reduction, &turn));
    let operand = args.operand();
    let last = if exclusive { rank } else { rank + 1 };
    for piece in elements.pieces(args.count, 1) {
        let len = elements.bytes(piece.len());
        turn.next();
        turn.post(Readers::All, len, |cell| {
            elements.copy(&elements.from(&operand, piece.start), cell, piece.len());
            Ok(())
        })?;
        turn.wait_for_all(0..rank, |_| len)?;
        elements.fold(&turn, 0..last, (0, piece.len(), len), &elements.room(&args.recv, piece.start))?;
    }
    Ok(())
}

/// Each rank combines what the one before it has posted with its own, piece by
/// piece, and posts that for the next.
pub(in crate::collective) fn scan_chain<M: Meet>(meet: &M, args: &Scan, exclusive: bool) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction, &turn));
    let operand = args.operand();
    for piece in elements.pieces(args.count, 1) {
        let (count, len) = (piece.len(), elements.bytes(piece.len()));
        let (own, room) = (elements.from(&operand, piece.start), elements.room(&args.recv, piece.start));
        turn.next();
        turn.enter();
        let before = if rank > 0 { Some(turn.read(rank - 1, len)?) } else { None };
        let post = |turn: &mut Turn<'_, M>, value: &SendBuffer, before: Option<&SendBuffer>| {
            if rank + 1 == ranks {
                return Ok(());
            }
            turn.post(Readers::One(rank + 1), len, |cell| {
                elements.copy(value, cell, count);
                before.map_or(Ok(()), |before| elements.combine(before, cell, count))
            })
        };
        if exclusive {
            post(&mut turn, &own, before.as_ref())?;
            if let Some(before) = &before {
                elements.copy(before, &room, count);
            }
            continue;
        }
        if args.send.is_some() {
            elements.copy(&own, &room, count);
        }
        if let Some(before) = &before {
            elements.combine(before, &room, count)?;
        }
        post(&mut turn, &room.as_send(), None)?;
    }
    Ok(())
}
