//! Reductions and scans over a board, for predefined operations.
//!
//! Operands lie on the board without gaps, and are combined from the right:
//! `x0 op (x1 op (x2 ...))`, at every rank in the same order, so results repeat
//! and all ranks have the same bits.

use std::ops::Range;

use memory::board::step::Readers;
use memory::buffer::{RecvBuffer, SendBuffer};
use memory::copy::{copy_slice, copy_slice_for_reader};
use memory::kernels::{Element, Operator, combine, reduce};

use super::{Meet, Turn, pieces};
use crate::collective::allreduce::Allreduce;
use crate::collective::blocks::{given, share};
use crate::collective::reduce::Reduce;
use crate::collective::reduce_scatter::ReduceScatter;
use crate::collective::reduction::Reduction;
use crate::collective::scan::Scan;
use crate::error::{ErrorClass, Result};
use crate::fail;

/// Whether operands can lie on a board: what decides is the same at all ranks,
/// for predefined operations take predefined datatypes.
pub(in crate::collective) fn is_possible(reduction: &Reduction) -> bool {
    reduction.op.is_predefined() && reduction.datatype.is_contiguous() && reduction.datatype.size() != 0
}

/// A reduction whose elements lie side by side. Where elements are meant, they
/// are counted from the base of the buffer.
struct Elements {
    operator: Operator,
    element: Element,
    /// Bytes of one.
    size: usize,
}

impl Elements {
    /// # Errors
    /// `MPI_ERR_OP` where [`is_possible`] says no.
    fn new(reduction: &Reduction) -> Result<Self> {
        let operator = reduction.op.operator()?;
        let Some(entry) = reduction.datatype.as_basic() else {
            fail!(ErrorClass::Op, "{:?} is not defined for a {:?}", reduction.op, reduction.datatype);
        };
        Ok(Self { operator, element: entry.element, size: entry.element.size() })
    }

    fn bytes(&self, count: usize) -> usize {
        count * self.size
    }

    /// The pieces of `count` elements of which each has at most `room` bytes.
    fn pieces(&self, count: usize, room: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let piece = if self.bytes(count) <= room { count } else { room / self.size };
        pieces(count, piece).map(|(first, len)| first..first + len)
    }

    fn of<'b>(&self, buffer: &'b SendBuffer, elements: &Range<usize>) -> &'b [u8] {
        buffer.slice(self.bytes(elements.start) as isize, self.bytes(elements.len()))
    }

    fn room<'b>(&self, buffer: &'b RecvBuffer, elements: &Range<usize>) -> &'b mut [u8] {
        buffer.slice_mut(self.bytes(elements.start) as isize, self.bytes(elements.len()))
    }

    /// Copies elements to the same place in another buffer.
    fn copy(&self, from: &SendBuffer, to: &RecvBuffer, elements: &Range<usize>) {
        to.copy_from(self.bytes(elements.start) as isize, self.of(from, elements));
    }

    /// `inout = input op inout`.
    #[inline]
    fn combine(&self, input: &[u8], inout: &mut [u8]) {
        reduce(self.operator, self.element, input, inout);
    }

    /// Combines the operands of the ranks in `ranks`, each as long as `result`.
    #[inline]
    fn fold<'b>(&self, mut ranks: Range<usize>, operand: impl Fn(usize) -> &'b [u8], result: &mut [u8]) {
        match (ranks.next_back(), ranks.next_back()) {
            (Some(last), Some(before)) => {
                combine(self.operator, self.element, operand(before), operand(last), result);
            }
            (Some(last), None) => copy_slice(operand(last), result),
            (None, _) => {}
        }
        self.fold_into(ranks, operand, result);
    }

    /// Combines the operands of the ranks in `ranks` with what `result` holds on the
    /// right.
    #[inline]
    fn fold_into<'b>(&self, ranks: Range<usize>, operand: impl Fn(usize) -> &'b [u8], result: &mut [u8]) {
        for rank in ranks.rev() {
            self.combine(operand(rank), result);
        }
    }
}

/// Copies what others combine of a rank's operand: all but its `own` bytes, or
/// everything when the result lies in its place.
fn copy_for_others(operand: &[u8], cell: &mut [u8], own: &Range<usize>, in_place: bool) {
    if in_place {
        return copy_slice_for_reader(operand, cell);
    }
    copy_slice_for_reader(&operand[..own.start], &mut cell[..own.start]);
    copy_slice_for_reader(&operand[own.end..], &mut cell[own.end..]);
}

/// Posts a piece of an operand.
fn post<M: Meet>(
    turn: &mut Turn<'_, M>,
    elements: &Elements,
    readers: Readers,
    operand: &SendBuffer,
    piece: &Range<usize>,
) -> Result<usize> {
    let data = elements.of(operand, piece);
    turn.next();
    turn.post(readers, data.len(), |cell| {
        copy_slice_for_reader(data, cell);
        Ok(())
    })?;
    Ok(data.len())
}

/// Everybody combines everything.
pub(in crate::collective) fn allreduce_whole<M: Meet>(meet: &M, args: &Allreduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (ranks, elements) = (turn.ranks(), Elements::new(&args.reduction)?);
    let operand = args.operand();
    for piece in elements.pieces(args.count, turn.board.cell_bytes()) {
        let len = post(&mut turn, &elements, Readers::All, &operand, &piece)?;
        turn.wait_for_all(0..ranks, |_| len)?;
        elements.fold(0..ranks, |rank| turn.data(rank, len), elements.room(&args.recv, &piece));
    }
    Ok(())
}

/// The slice of a piece that falls to a rank.
fn slice_of(piece: &Range<usize>, ranks: usize, rank: usize) -> Range<usize> {
    let slice = share(piece.len(), ranks, rank);
    piece.start + slice.start..piece.start + slice.end
}

/// Combines this rank's slice of a piece of all operands into `result`, and posts
/// that. Of its own operand a rank posts what others combine; all of it when
/// `result` lies in its place.
fn reduce_slice<M: Meet>(
    turn: &mut Turn<'_, M>,
    elements: &Elements,
    (operand, piece, in_place): (&SendBuffer, &Range<usize>, bool),
    result: &mut [u8],
    readers: Readers,
) -> Result<()> {
    let (ranks, data) = (turn.ranks(), elements.of(operand, piece));
    let first = share(piece.len(), ranks, turn.rank()).start;
    let own = elements.bytes(first)..elements.bytes(first) + result.len();
    turn.next();
    turn.post(Readers::All, data.len(), |cell| {
        copy_for_others(data, cell, &own, in_place);
        Ok(())
    })?;
    turn.wait_for_all(0..ranks, |_| data.len())?;
    let operand = |rank: usize| {
        let whole = if rank == turn.rank() && !in_place { data } else { turn.data(rank, data.len()) };
        &whole[own.clone()]
    };
    elements.fold(0..ranks, operand, result);
    turn.next();
    turn.post(readers, result.len(), |cell| {
        copy_slice_for_reader(result, cell);
        Ok(())
    })
}

/// Copies the slices of a piece that the other ranks have combined.
fn collect_slices<M: Meet>(
    turn: &mut Turn<'_, M>,
    elements: &Elements,
    piece: &Range<usize>,
    result: &RecvBuffer,
) -> Result<()> {
    let ranks = turn.ranks();
    for from in turn.others() {
        let slice = elements.room(result, &slice_of(piece, ranks, from));
        copy_slice(turn.read(from, slice.len())?, slice);
    }
    Ok(())
}

/// Each rank combines a slice of every piece, and everybody copies all slices.
/// With what others combine of its operand of a piece a rank posts its slice of
/// the piece before, so that all wait once for a piece. Both together are no
/// longer than a piece.
pub(in crate::collective) fn allreduce_by_slices<M: Meet>(meet: &M, args: &Allreduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction)?);
    let (operand, in_place) = (args.operand(), args.send.is_none());
    let slice = |piece: &Range<usize>, rank: usize| elements.bytes(share(piece.len(), ranks, rank).len());
    // In place, a rank's slice of its operand, which the result overwrites.
    let mut kept = Vec::new();
    // Nothing before the first piece, and nothing after the last.
    let mut before = 0..0;
    let pieces =
        elements.pieces(args.count, turn.board.cell_bytes()).chain(std::iter::once(args.count..args.count));
    for piece in pieces {
        let (own_before, own) = (slice_of(&before, ranks, rank), slice_of(&piece, ranks, rank));
        let len = |rank: usize| slice(&before, rank) + elements.bytes(piece.len()) - slice(&piece, rank);
        turn.next();
        turn.post(Readers::All, len(rank), |cell| {
            let (combined, rest) = cell.split_at_mut(slice(&before, rank));
            let (lower, upper) = rest.split_at_mut(elements.bytes(own.start - piece.start));
            copy_slice_for_reader(elements.room(&args.recv, &own_before), combined);
            copy_slice_for_reader(elements.of(&operand, &(piece.start..own.start)), lower);
            copy_slice_for_reader(elements.of(&operand, &(own.end..piece.end)), upper);
            Ok(())
        })?;
        turn.wait_for_all(0..ranks, len)?;
        for from in turn.others() {
            let room = elements.room(&args.recv, &slice_of(&before, ranks, from));
            copy_slice(&turn.data(from, len(from))[..room.len()], room);
        }
        let own_bytes = elements.bytes(own.len());
        if in_place {
            kept.clear();
            kept.extend_from_slice(elements.of(&operand, &own));
        }
        let operands = |from: usize| {
            if from == rank {
                return if in_place { &kept[..] } else { elements.of(&operand, &own) };
            }
            // What a rank combines itself is left out.
            let left_out = if from < rank { slice(&piece, from) } else { 0 };
            let start = slice(&before, from) + elements.bytes(own.start - piece.start) - left_out;
            &turn.data(from, len(from))[start..start + own_bytes]
        };
        elements.fold(0..ranks, operands, elements.room(&args.recv, &own));
        before = piece;
    }
    Ok(())
}

/// The root combines everything.
pub(in crate::collective) fn reduce_whole<M: Meet>(meet: &M, args: &Reduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction)?);
    let operand = args.source(rank)?;
    // The root's own operand is where it is, unless the result is to come there.
    let in_place = args.send.is_none();
    for piece in elements.pieces(args.count, turn.board.step_bytes(elements.bytes(args.count))) {
        if rank != args.root {
            post(&mut turn, &elements, Readers::One(args.root), &operand, &piece)?;
            continue;
        }
        let (own, len) = (elements.of(&operand, &piece), elements.bytes(piece.len()));
        if in_place {
            post(&mut turn, &elements, Readers::One(rank), &operand, &piece)?;
        } else {
            turn.next();
            turn.enter();
        }
        turn.wait_for_all(0..ranks, |_| len)?;
        let result = elements.room(given(args.recv.as_ref(), "receive buffer")?, &piece);
        let operand = |from: usize| if from == rank && !in_place { own } else { turn.data(from, len) };
        elements.fold(0..ranks, operand, result);
    }
    Ok(())
}

/// Each rank combines a slice of every piece, and the root copies all slices.
pub(in crate::collective) fn reduce_by_slices<M: Meet>(meet: &M, args: &Reduce) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction)?);
    let operand = args.source(rank)?;
    let mut temporary = Vec::new();
    for piece in elements.pieces(args.count, turn.board.cell_bytes()) {
        let own = slice_of(&piece, ranks, rank);
        let parts = (&operand, &piece, rank == args.root && args.send.is_none());
        if rank == args.root {
            let recv = given(args.recv.as_ref(), "receive buffer")?;
            reduce_slice(&mut turn, &elements, parts, elements.room(recv, &own), Readers::One(rank))?;
            collect_slices(&mut turn, &elements, &piece, recv)?;
        } else {
            temporary.resize(elements.bytes(own.len()), 0);
            reduce_slice(&mut turn, &elements, parts, &mut temporary, Readers::One(args.root))?;
        }
    }
    Ok(())
}

/// In every step everybody posts a piece of each other rank's block, and each rank
/// combines those of its own.
pub(in crate::collective) fn reduce_scatter<M: Meet>(meet: &M, args: &ReduceScatter) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction)?);
    let operand = args.operand();
    let longest = args.counts.iter().copied().max().unwrap_or(0);
    let (own_start, own_count) = (args.counts[..rank].iter().sum::<usize>(), args.counts[rank]);
    // In place, the result's place holds operands that are still to be posted.
    let temporary = if args.send.is_none() { Some(args.reduction.temporary(0..own_count)?) } else { None };
    let result = temporary.as_ref().unwrap_or(&args.recv);
    for piece in elements.pieces(longest, turn.board.cell_bytes() / ranks) {
        let part = |count: usize| piece.start.min(count)..piece.end.min(count);
        // Bytes of the parts of so many ranks, but of that which `from` leaves out.
        let bytes = |ranks: usize, from: usize| {
            let others = (0..ranks).filter(|&rank| rank != from);
            elements.bytes(others.map(|rank| part(args.counts[rank]).len()).sum())
        };
        turn.next();
        turn.post(Readers::All, bytes(ranks, rank), |cell| {
            let (mut start, mut place) = (0, 0);
            for (to, &count) in args.counts.iter().enumerate() {
                let part = part(count);
                let data = elements.of(&operand, &(start + part.start..start + part.end));
                if to != rank {
                    copy_slice_for_reader(data, &mut cell[place..place + data.len()]);
                    place += data.len();
                }
                start += count;
            }
            Ok(())
        })?;
        turn.wait_for_all(0..ranks, |from| bytes(ranks, from))?;
        let own = part(own_count);
        let (result, result_bytes) = (elements.room(result, &own), elements.bytes(own.len()));
        let operands = |from: usize| {
            if from == rank {
                return elements.of(&operand, &(own_start + own.start..own_start + own.end));
            }
            let start = bytes(rank, from);
            &turn.data(from, bytes(ranks, from))[start..start + result_bytes]
        };
        elements.fold(0..ranks, operands, result);
    }
    if let Some(temporary) = temporary {
        elements.copy(&temporary.as_send(), &args.recv, &(0..own_count));
    }
    Ok(())
}

/// Each rank combines what those before it have posted, and, unless
/// `exclusive`, its own.
pub(in crate::collective) fn scan_whole<M: Meet>(meet: &M, args: &Scan, exclusive: bool) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, elements) = (turn.rank(), Elements::new(&args.reduction)?);
    let operand = args.operand();
    for piece in elements.pieces(args.count, turn.board.step_bytes(elements.bytes(args.count))) {
        let (own, len) = (elements.of(&operand, &piece), elements.bytes(piece.len()));
        if rank + 1 < turn.ranks() {
            post(&mut turn, &elements, Readers::Above, &operand, &piece)?;
        } else {
            turn.next();
            turn.enter();
        }
        turn.wait_for_all(0..rank, |_| len)?;
        let result = elements.room(&args.recv, &piece);
        if !exclusive {
            // In place, it is there already.
            if args.send.is_some() {
                copy_slice(own, result);
            }
            elements.fold_into(0..rank, |from| turn.data(from, len), result);
        } else if rank > 0 {
            elements.fold(0..rank, |from| turn.data(from, len), result);
        }
    }
    Ok(())
}

/// Each rank combines what the one before it has posted with its own, piece by
/// piece, and posts that for the next.
pub(in crate::collective) fn scan_chain<M: Meet>(meet: &M, args: &Scan, exclusive: bool) -> Result<()> {
    let mut turn = Turn::begin(meet);
    let (rank, ranks, elements) = (turn.rank(), turn.ranks(), Elements::new(&args.reduction)?);
    let operand = args.operand();
    for piece in elements.pieces(args.count, turn.board.step_bytes(elements.bytes(args.count))) {
        let len = elements.bytes(piece.len());
        turn.next();
        turn.enter();
        let before = if rank > 0 { Some(turn.read(rank - 1, len)?) } else { None };
        let post = |turn: &mut Turn<'_, M>, value: &SendBuffer, before: Option<&[u8]>| {
            if rank + 1 == ranks {
                return Ok(());
            }
            turn.post(Readers::One(rank + 1), len, |cell| {
                let value = elements.of(value, &piece);
                match before {
                    None => copy_slice_for_reader(value, cell),
                    Some(before) => {
                        copy_slice(value, cell);
                        elements.combine(before, cell);
                    }
                }
                Ok(())
            })
        };
        if exclusive {
            post(&mut turn, &operand, before)?;
            if let Some(before) = before {
                copy_slice(before, elements.room(&args.recv, &piece));
            }
            continue;
        }
        if args.send.is_some() {
            elements.copy(&operand, &args.recv, &piece);
        }
        if let Some(before) = before {
            elements.combine(before, elements.room(&args.recv, &piece));
        }
        post(&mut turn, &args.recv.as_send(), None)?;
    }
    Ok(())
}
