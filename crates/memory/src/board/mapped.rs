//! Boards in a job's memory file.
//!
//! ```text
//! head | entered, a line per rank | awaited, a line per rank
//!      | notes: the first of every rank, the second, ... | cells, in the same order
//! ```
//! A note is two cache lines: the word that says which step it belongs to, the
//! length of the data, what their rank is doing, and data of up to
//! [`INLINE_BYTES`], of which the first 48 bytes share a line with the word.
//! Longer data lie in a cell.
//!
//! Where a board lies follows from the process that is rank 0 of its
//! communicator and from the context id, which no other communicator of that
//! process ever has: so nobody has to be asked or told. Pages come into being
//! when they are touched, and the last rank to let go gives them back.

use std::io;
use std::sync::Arc;

use platform::memfd::Mapping;

use super::step::{Readers, Seat, Signals, Step};
use super::{CELLS, CELLS_AT_FIRST, MAX_RANKS, NOTES};
use crate::arena::Shared;
use crate::atomic::{AtomicU32, AtomicU64, Ordering, fence};
use crate::job::Job;
use crate::lock::{StateGuard, StateLock};
use crate::prefetch;

/// Operations in which the line of a note comes from another core.
const PREPARED: u64 = 4;

const LINE: usize = 64;
const NOTE_BYTES: usize = 2 * LINE;
/// Bytes that lie in the note itself.
pub const INLINE_BYTES: usize = NOTE_BYTES - size_of::<Note>();
/// Bytes of a cell, at most: longer steps were measured to gain nothing.
const MAX_CELL_BYTES: usize = 128 * 1024;
/// Bytes of the cells of one step, of all ranks together, if that leaves a cell
/// [`MIN_CELL_BYTES`].
const STEP_BYTES: usize = 1 << 20;
const MIN_CELL_BYTES: usize = STEP_BYTES / MAX_RANKS;
/// Bytes of a step that is one of several for the sake of speed: shorter ones cost
/// more than they hide.
const MIN_STEP_BYTES: usize = 32 * 1024;
/// Bytes of data that lie now in one part of a cell and now in another: what is
/// written again after a while has left the caches of those that have read it.
const ROVING: usize = 8 * 1024;
const PAGE: usize = 4096;
/// Bytes of all cells that are in use: a part of a shared cache.
const CELLS_BYTES: usize = 8 << 20;

/// Bytes of the file set aside for a board: as much for words and notes as
/// for cells, which is far more than they need.
pub(crate) const BOARD_BYTES: u64 = 2 * CELLS_BYTES as u64;

const _: () = assert!(Layout::new(MAX_RANKS).bytes as u64 <= BOARD_BYTES);
const _: () = assert!(Layout::new(STEP_BYTES / MAX_CELL_BYTES).bytes as u64 <= BOARD_BYTES);

/// Bytes of a cell of a board of so many ranks: the most that one can post in a
/// step.
pub const fn cell_bytes(ranks: usize) -> usize {
    let share = STEP_BYTES / ranks / 4096 * 4096;
    if share > MAX_CELL_BYTES {
        MAX_CELL_BYTES
    } else if share < MIN_CELL_BYTES {
        MIN_CELL_BYTES
    } else {
        share
    }
}

/// Cells of each rank that a board of so many ranks has in use when it is used
/// much: a power of two.
const fn cells_in_use(ranks: usize) -> usize {
    let cells = CELLS_BYTES / (ranks * cell_bytes(ranks));
    if cells > CELLS {
        CELLS
    } else if cells < CELLS_AT_FIRST {
        CELLS_AT_FIRST
    } else {
        1 << cells.ilog2()
    }
}

/// Bytes for each of `ranks - 1` parts of a cell of a board of so many ranks,
/// and for the words that say where they end.
pub const fn part_bytes(ranks: usize) -> usize {
    cell_bytes(ranks) / ranks / LINE * LINE
}

#[repr(C, align(64))]
struct Head {
    /// Ranks that have let go.
    departed: AtomicU32,
    /// Ranks that wait for a note or a cell.
    short: AtomicU32,
}

/// What a rank writes in every operation, and others read when they wait.
#[repr(C, align(64))]
struct Entered {
    step: AtomicU64,
    /// The operation, plus 1, and what the rank is doing there, as in its notes.
    doing: AtomicU64,
}

/// What others read in every operation, and a rank writes when it waits.
#[repr(C, align(64))]
struct Awaited {
    /// The rank, plus 1, that this one waits for; [`ANYBODY`], or 0 for none.
    rank: AtomicU32,
}

const ANYBODY: u32 = u32::MAX;

/// Bits of what a rank is doing.
const DOING_BITS: u32 = 27;

/// What a rank has posted; behind it lies the short data.
#[repr(C)]
struct Note {
    step: AtomicU64,
    /// What the rank is doing: the engine's word.
    doing: AtomicU32,
    len: AtomicU32,
}

// SAFETY: atomics only, all four.
unsafe impl Shared for Head {}
// SAFETY: as above.
unsafe impl Shared for Entered {}
// SAFETY: as above.
unsafe impl Shared for Awaited {}
// SAFETY: as above.
unsafe impl Shared for Note {}

/// Whether data lie in a cell.
#[inline]
pub fn is_long(len: usize) -> bool {
    len > INLINE_BYTES
}

#[derive(Clone, Copy, Debug)]
struct Layout {
    ranks: usize,
    notes: usize,
    cells: usize,
    cell_bytes: usize,
    part_bytes: usize,
    /// As [`Step::cell`] takes it.
    cells_in_use: usize,
    bytes: usize,
}

impl Layout {
    const fn new(ranks: usize) -> Self {
        let notes = LINE + 2 * ranks * LINE;
        let cells = (notes + NOTES * ranks * NOTE_BYTES).next_multiple_of(4096);
        let (cell_bytes, part_bytes) = (cell_bytes(ranks), part_bytes(ranks));
        let cells_in_use = cells_in_use(ranks);
        let bytes = cells + cells_in_use * ranks * cell_bytes;
        Self { ranks, notes, cells, cell_bytes, part_bytes, cells_in_use, bytes }
    }

    #[inline]
    fn entered(self, rank: usize) -> usize {
        assert!(rank < self.ranks);
        LINE + rank * LINE
    }

    #[inline]
    fn awaited(self, rank: usize) -> usize {
        assert!(rank < self.ranks);
        LINE + (self.ranks + rank) * LINE
    }

    #[inline]
    fn note(self, note: usize, rank: usize) -> usize {
        assert!(note < NOTES && rank < self.ranks);
        self.notes + (note * self.ranks + rank) * NOTE_BYTES
    }

    /// Where `len` bytes of a step lie.
    #[inline]
    fn data(self, step: Step, rank: usize, len: usize) -> usize {
        if !is_long(len) {
            return self.note(step.note(), rank) + size_of::<Note>();
        }
        assert!(rank < self.ranks && len <= self.cell_bytes);
        let cell = self.cells + (step.cell(self.cells_in_use) * self.ranks + rank) * self.cell_bytes;
        if len < ROVING {
            return cell;
        }
        let room = len.next_multiple_of(PAGE);
        cell + step.part(self.cells_in_use, self.cell_bytes / room) * room
    }
}

/// See [`Board::await_rank`].
pub struct Awaiting<'a>(&'a AtomicU32);

impl Drop for Awaiting<'_> {
    fn drop(&mut self) {
        // Relaxed: who sees it late rings once too often.
        self.0.store(0, Ordering::Relaxed);
    }
}

/// See [`Board::short_of_room`].
pub struct Shortage<'a>(&'a AtomicU32);

impl Drop for Shortage<'_> {
    fn drop(&mut self) {
        // Relaxed: who sees it late rings once too often.
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the note of a rank says besides its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    pub doing: u32,
    pub len: usize,
}

/// A rank's end of a board.
pub struct Board {
    job: Arc<Job>,
    /// Where it lies in the job's file.
    offset: u64,
    mapping: Mapping,
    layout: Layout,
    rank: usize,
    /// Whether its ranks are more than processors.
    is_crowded: bool,
    /// The job's slots of all ranks.
    slots: Box<[usize]>,
    seat: StateLock<Seat>,
}

impl Board {
    /// The end of `rank` of the board of the communicator whose ranks have these
    /// slots of the job and whose context id is `context`; none for the
    /// communicators of a process that has made very many.
    ///
    /// # Errors
    /// Those of mapping.
    ///
    /// # Panics
    /// With more than [`MAX_RANKS`] ranks.
    pub fn open(job: &Arc<Job>, context: u32, rank: usize, slots: &[usize]) -> io::Result<Option<Self>> {
        let ranks = slots.len();
        assert!(rank < ranks && ranks <= MAX_RANKS);
        let layout = Layout::new(ranks);
        let Some(offset) = Job::board(slots[0], context) else { return Ok(None) };
        let mapping = job.map_board(offset, layout.bytes)?;
        assert!(mapping.len() >= layout.bytes);
        let seat = StateLock::new(Seat::new(rank, ranks, layout.cells_in_use));
        let is_crowded = ranks > job.cpus();
        Ok(Some(Self {
            job: job.clone(),
            offset,
            mapping,
            layout,
            rank,
            is_crowded,
            slots: slots.into(),
            seat,
        }))
    }

    /// Wakes those that sleep and wait for this rank, after it has posted or
    /// entered something and the fence of [`Self::has_short_ranks`]. Others are
    /// left alone: where many ranks share few processors, each would else be woken
    /// by all.
    #[inline]
    pub fn ring(&self, readers: Readers) {
        let ring = |rank: usize| {
            // Relaxed: ordered by the fence, which pairs with that in `await_rank`.
            let awaited = self.awaited_by(rank).load(Ordering::Relaxed);
            if awaited == self.rank as u32 + 1 || awaited == ANYBODY {
                self.job.control(self.slots[rank]).doorbell.ring_after_fence();
            }
        };
        let first = match readers {
            Readers::One(rank) => return ring(rank),
            Readers::All => 0,
            Readers::Above => self.rank + 1,
        };
        (first..self.slots.len()).filter(|&rank| rank != self.rank).for_each(ring);
    }

    /// Says, until dropped, that this rank waits for another one. Who waits looks
    /// again before it sleeps.
    pub fn await_rank(&self, rank: usize) -> Awaiting<'_> {
        let awaited = self.awaited_by(self.rank);
        awaited.store(rank as u32 + 1, Ordering::Relaxed);
        // SeqCst: pairs with the fence in `has_short_ranks`: whoever posts sees this,
        // or is seen by the look that follows.
        fence(Ordering::SeqCst);
        Awaiting(awaited)
    }

    /// As [`Self::await_rank`], of anybody that posts something, until this rank
    /// begins an operation here.
    pub fn await_anybody(&self) {
        self.awaited_by(self.rank).store(ANYBODY, Ordering::Relaxed);
        // SeqCst: as in `await_rank`.
        fence(Ordering::SeqCst);
    }

    pub fn rank(&self) -> usize {
        self.rank
    }

    /// This rank's place; held by the thread that is in an operation.
    #[inline]
    pub fn seat(&self) -> StateGuard<'_, Seat> {
        self.seat.lock()
    }

    /// The most that can be posted in a step, as [`cell_bytes`] says.
    #[inline]
    pub fn cell_bytes(&self) -> usize {
        self.layout.cell_bytes
    }

    /// Whether its ranks are more than processors.
    #[inline]
    pub fn is_crowded(&self) -> bool {
        self.is_crowded
    }

    /// Bytes of each step in which `total` bytes of a rank go through its cells. Where
    /// ranks have processors of their own, a reader copies the first while the rank
    /// still writes the next.
    #[inline]
    pub fn step_bytes(&self, total: usize) -> usize {
        let cell = self.layout.cell_bytes;
        if self.is_crowded {
            cell
        } else {
            (total / 4).next_multiple_of(LINE).clamp(MIN_STEP_BYTES.min(cell), cell)
        }
    }

    /// The most that each other rank can get of what is posted, as [`part_bytes`]
    /// says.
    #[inline]
    pub fn part_bytes(&self) -> usize {
        self.layout.part_bytes
    }

    /// What lies at an offset of the layout.
    #[inline]
    fn view<T: Shared>(&self, offset: usize) -> &T {
        // SAFETY: the layout has made sure of the rank and of the note, so this is
        // aligned and inside the mapping, which has all bytes of the layout and lives
        // as long as `self`; any bytes are a value (`Shared`).
        unsafe { self.mapping.base().add(offset).cast::<T>().as_ref() }
    }

    #[inline]
    fn head(&self) -> &Head {
        self.view(0)
    }

    #[inline]
    fn entered_line(&self, rank: usize) -> &Entered {
        self.view(self.layout.entered(rank))
    }

    #[inline]
    fn awaited_by(&self, rank: usize) -> &AtomicU32 {
        &self.view::<Awaited>(self.layout.awaited(rank)).rank
    }

    /// Says what this rank does in the operation of this number, which it begins.
    #[inline]
    pub fn announce(&self, operation: u64, doing: u32) {
        debug_assert_eq!(doing >> DOING_BITS, 0);
        let word = (operation + 1) << DOING_BITS | u64::from(doing);
        let awaited = self.awaited_by(self.rank);
        // Relaxed, both: see `await_anybody`; who sees it late rings once too often.
        if awaited.load(Ordering::Relaxed) != 0 {
            awaited.store(0, Ordering::Relaxed);
        }
        // Release: pairs with the Acquire in `whereabouts`: what the rank has posted
        // before is seen.
        self.entered_line(self.rank).doing.store(word, Ordering::Release);
    }

    /// The operation that a rank has begun last, and what it does there.
    pub fn whereabouts(&self, rank: usize) -> Option<(u64, u32)> {
        // Acquire: pairs with the Release in `announce`.
        let word = self.entered_line(rank).doing.load(Ordering::Acquire);
        let doing = word & ((1 << DOING_BITS) - 1);
        Some(((word >> DOING_BITS).checked_sub(1)?, doing as u32))
    }

    #[inline]
    fn note(&self, note: usize, rank: usize) -> &Note {
        self.view(self.layout.note(note, rank))
    }

    /// Says that this rank waits for a note or a cell, until dropped: then it is rung by
    /// whoever enters a step, not only by whoever posts something for it.
    pub fn short_of_room(&self) -> Shortage<'_> {
        let short = &self.head().short;
        // SeqCst: pairs with the fence in `has_short_ranks`: who enters a step sees
        // this, or is seen by the look that follows.
        short.fetch_add(1, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        Shortage(short)
    }

    /// Whether a rank waits for a note or a cell. Also the fence between what this rank
    /// has published and its look for sleepers.
    #[inline]
    pub fn has_short_ranks(&self) -> bool {
        // SeqCst: pairs with `short_of_room` and with `Doorbell::announce`.
        fence(Ordering::SeqCst);
        // Relaxed: ordered by the fence.
        self.head().short.load(Ordering::Relaxed) != 0
    }

    /// Room for `len` bytes of a step, which the seat says may be written. The
    /// caller makes sure that no second view of it is in use.
    ///
    /// # Panics
    /// With more than [`cell_bytes`].
    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub fn room(&self, step: Step, len: usize) -> &mut [u8] {
        let start = self.layout.data(step, self.rank, len);
        // SAFETY: the layout has made sure that the rank's room for so many bytes is
        // at `start`, so they are inside the mapping, which lives as long as `self`.
        // Other ranks do not read them, as the seat says, nor does this one.
        unsafe { std::slice::from_raw_parts_mut(self.mapping.base().as_ptr().add(start), len) }
    }

    /// Gets the note of an operation soon to come ready for writing: a rank that only
    /// posts would wait for each.
    #[inline]
    pub fn prepare(&self, step: Step) {
        prefetch::for_writing(self.note(step.later(PREPARED).note(), self.rank));
    }

    /// Says of a step's note what its data are, before the seat posts it.
    #[inline]
    pub fn describe(&self, step: Step, posted: Posted) {
        let note = self.note(step.note(), self.rank);
        // Relaxed, both: `Seat::post` releases them.
        note.doing.store(posted.doing, Ordering::Relaxed);
        note.len.store(posted.len as u32, Ordering::Relaxed);
    }

    /// What a rank has posted in a step that the seat says may be read.
    #[inline]
    pub fn posted(&self, step: Step, rank: usize) -> Posted {
        let note = self.note(step.note(), rank);
        // Relaxed, both: the look of the seat acquired them.
        Posted { doing: note.doing.load(Ordering::Relaxed), len: note.len.load(Ordering::Relaxed) as usize }
    }

    /// The `len` bytes of a rank in a step that the seat says may be read.
    ///
    /// # Panics
    /// With more than [`cell_bytes`].
    #[inline]
    pub fn data(&self, step: Step, rank: usize, len: usize) -> &[u8] {
        let start = self.layout.data(step, rank, len);
        // SAFETY: as in `room`; while they may be read nobody writes them.
        unsafe { std::slice::from_raw_parts(self.mapping.base().as_ptr().add(start), len) }
    }
}

// SAFETY: parts of one mapping that do not overlap, and the file was zero when
// the job was created; no other communicator has this part of it.
unsafe impl Signals for Board {
    #[inline]
    fn ranks(&self) -> usize {
        self.layout.ranks
    }

    #[inline]
    fn entered(&self, rank: usize) -> &AtomicU64 {
        &self.entered_line(rank).step
    }

    #[inline]
    fn posted(&self, note: usize, rank: usize) -> &AtomicU64 {
        &self.note(note, rank).step
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        // AcqRel: the last one has seen that all others are done.
        let departed = self.head().departed.fetch_add(1, Ordering::AcqRel) + 1;
        if departed as usize == self.layout.ranks {
            // What cannot be given back goes with the job.
            let _ = self.job.discard_board(self.offset, self.layout.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::Look;
    use super::*;
    use std::collections::BTreeSet;

    fn boards(context: u32, ranks: usize) -> Vec<Board> {
        let job = Arc::new(Job::create(ranks, 1).unwrap());
        let open = |rank| Board::open(&job, context, rank, &Vec::from_iter(0..ranks)).unwrap().unwrap();
        (0..ranks).map(open).collect()
    }

    #[test]
    fn what_one_rank_posts_others_read() {
        let boards = boards(7, 3);
        for (number, len) in (0..).zip([0, 1, INLINE_BYTES, INLINE_BYTES + 1, cell_bytes(3)]) {
            let bytes: Vec<u8> = (0..len).map(|index| index as u8).collect();
            let step = {
                let mut seat = boards[1].seat();
                seat.begin(number);
                assert!(seat.may_post(&boards[1], is_long(len)));
                let step = seat.step();
                boards[1].room(step, len).copy_from_slice(&bytes);
                boards[1].describe(step, Posted { doing: 5, len });
                seat.post(&boards[1], Readers::All, is_long(len));
                step
            };
            for board in [&boards[0], &boards[2]] {
                let mut seat = board.seat();
                seat.begin(number);
                seat.enter(board);
                assert_eq!(seat.look(board, 1), Look::Posted);
                assert_eq!(board.posted(step, 1), Posted { doing: 5, len });
                assert_eq!(board.data(step, 1, len), bytes);
            }
        }
    }

    #[test]
    fn long_data_of_a_busy_board_use_the_whole_of_their_cells() {
        let (layout, len) = (Layout::new(2), MIN_STEP_BYTES + 1);
        let boards = boards(7, 2);
        let mut seat = boards[0].seat();
        let mut places = |operations: std::ops::Range<u64>, len: usize| {
            let place = |number| {
                seat.begin(number);
                layout.data(seat.step(), 1, len)
            };
            operations.map(place).collect::<BTreeSet<usize>>()
        };
        let (cells, parts) = (layout.cells_in_use, layout.cell_bytes / (MIN_STEP_BYTES + PAGE));
        assert_eq!(places(0..500, len).len(), CELLS_AT_FIRST);
        let late = places(10_000..11_000, len);
        assert_eq!(late.len(), cells * parts);
        for place in late {
            assert!((place - layout.cells) % layout.cell_bytes + len <= layout.cell_bytes);
        }
        assert_eq!(places(20_000..21_000, ROVING - 1).len(), cells);
    }

    #[test]
    fn the_last_to_let_go_gives_the_pages_back() {
        let job = Arc::new(Job::create(2, 1).unwrap());
        let open = |rank| Board::open(&job, 3, rank, &[1, 0]).unwrap().unwrap();
        let [one, other] = [open(0), open(1)];
        let mut seat = one.seat();
        seat.begin(0);
        let step = seat.step();
        one.room(step, 4096).fill(1);
        drop(seat);
        drop(one);
        assert_eq!(other.data(step, 0, 4096)[0], 1);
        drop(other);
        assert_eq!(open(0).data(step, 0, 4096)[0], 0);
    }

    #[test]
    fn boards_do_not_overlap() {
        let offset = |owner, context| Job::board(owner, context).unwrap();
        assert!(offset(0, 1) >= offset(0, 0) + Layout::new(MAX_RANKS).bytes as u64);
        assert!(offset(1, 0) > offset(0, 100_000));
        assert_eq!(Job::board(0, u32::MAX), None);
    }
}
