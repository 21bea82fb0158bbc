//! When a rank may write its notes and cells, and read those of others.
//!
//! # Access protocol
//! - Steps only grow. A rank enters a step when it has done all that it had to
//!   do in the steps before, reading included, and says so in `entered`, or by
//!   posting.
//! - A rank may post ahead: in up to [`AHEAD`] steps from the one that it has
//!   entered, which all ranks of the operation take together. It reads them, and
//!   goes on to the step behind them, as if they were one.
//! - A note, with its `posted` word, and a cell are written by their rank alone.
//!   They belong to the readers from the moment `posted` names the step until
//!   all of them have entered a later one, else to their rank.
//! - Fresh memory is zero, which is before every step.

use super::{AHEAD, BUSY, CELLS, CELLS_AT_FIRST, NOTES};
use crate::atomic::{AtomicU64, Ordering};

/// A step of an operation. Operations have numbers, which grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(u64);

/// Bits of a step's number within its operation.
const BITS: u32 = 24;
/// Notes and cells from where an operation begins to where the next one does:
/// operations of several steps do not get into each other's. Odd, so that those of
/// one step use all.
const STRIDE: u64 = 17;

impl Step {
    /// Steps use notes and cells in turn.
    #[inline]
    fn turn(self) -> u64 {
        (self.0 >> BITS) * STRIDE + (self.0 & ((1 << BITS) - 1))
    }

    /// The note of each rank that its data lie in.
    #[inline]
    pub fn note(self) -> usize {
        (self.turn() % NOTES as u64) as usize
    }

    /// The first step of the operation that comes so many later.
    #[inline]
    pub fn later(self, operations: u64) -> Self {
        Self(((self.0 >> BITS) + operations) << BITS)
    }

    /// The cell of each rank that its data lie in if they are long, where a board
    /// that is used much has so many cells in use, a power of two.
    #[inline]
    pub fn cell(self, cells: usize) -> usize {
        let cells = if self.is_early() { CELLS_AT_FIRST } else { cells };
        self.turn() as usize & (cells - 1)
    }

    /// The part of its cell that its data take, if they leave room for so many.
    #[inline]
    pub fn part(self, cells: usize, parts: usize) -> usize {
        if self.is_early() { 0 } else { (self.turn() / cells as u64 % parts as u64) as usize }
    }

    /// Whether the board has not been used much.
    #[inline]
    fn is_early(self) -> bool {
        self.0 >> BITS < BUSY
    }

    /// The first step of the operation of this number, less than 2^40 - 1.
    #[inline]
    fn first_of(operation: u64) -> Self {
        // Zero is before every step.
        Self((operation + 1) << BITS)
    }

    /// Of fresh memory, none.
    pub fn operation(self) -> Option<u64> {
        (self.0 >> BITS).checked_sub(1)
    }
}

/// The words by which ranks tell one another where they are.
///
/// # Safety
/// Every method names the same word each time, which starts out zero.
pub unsafe trait Signals {
    fn ranks(&self) -> usize;
    /// The step that a rank has entered.
    fn entered(&self, rank: usize) -> &AtomicU64;
    /// The step that a note of a rank belongs to.
    fn posted(&self, note: usize, rank: usize) -> &AtomicU64;
}

/// Who reads what a rank posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    All,
    /// The ranks above the one that posts.
    Above,
    One(usize),
}

/// What a look at another rank finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Its data of this step may be read.
    Posted,
    NotYet,
    /// It has gone on without posting.
    Passed,
}

/// A rank's own view of a board. There is one per rank.
#[derive(Debug)]
pub struct Seat {
    rank: usize,
    /// The step that it has entered, or is about to.
    step: Step,
    /// How many steps later is the one that it posts in or looks at.
    ahead: u64,
    /// The steps that the ranks are known to have entered.
    known: Vec<Step>,
    /// What was last posted in each note, and for whom; and in each cell.
    notes: [(Step, Readers); NOTES],
    cells: [(Step, Readers); CELLS],
    /// As [`Step::cell`] takes it.
    cells_in_use: usize,
}

impl Seat {
    /// The seat of `rank` at a board of so many ranks; `cells_in_use` as [`Step::cell`]
    /// takes it.
    ///
    /// # Panics
    /// Unless that is a power of two from [`CELLS_AT_FIRST`] to [`CELLS`].
    pub fn new(rank: usize, ranks: usize, cells_in_use: usize) -> Self {
        assert!((CELLS_AT_FIRST..=CELLS).contains(&cells_in_use) && cells_in_use.is_power_of_two());
        Self {
            rank,
            step: Step::default(),
            ahead: 0,
            known: vec![Step::default(); ranks],
            notes: [(Step::default(), Readers::All); NOTES],
            cells: [(Step::default(), Readers::All); CELLS],
            cells_in_use,
        }
    }

    /// The step that it posts in or looks at.
    #[inline]
    pub fn step(&self) -> Step {
        Step(self.step.0 + self.ahead)
    }

    /// Goes on to the operation of this number. Everybody else's data of the last
    /// one have been read.
    #[inline]
    pub fn begin(&mut self, operation: u64) {
        debug_assert!(self.step.operation().is_none_or(|last| last < operation));
        self.step = Step::first_of(operation);
        self.ahead = 0;
    }

    /// Turns to one of the steps that are taken together with the one that this rank
    /// has entered; it has posted something there.
    ///
    /// # Panics
    /// With [`AHEAD`] or more.
    #[inline]
    pub fn turn_to(&mut self, ahead: u64) {
        assert!(ahead < AHEAD);
        self.ahead = ahead;
    }

    /// Goes on by so many steps, which were taken together, to the operation's next;
    /// as for [`Self::begin`].
    #[inline]
    pub fn advance(&mut self, steps: u64) {
        self.step.0 += steps;
        self.ahead = 0;
        debug_assert_ne!(self.step.0 & ((1 << BITS) - 1), 0, "an operation has at most 2^{BITS} steps");
    }

    /// Says that this rank is in its step, without posting anything.
    #[inline]
    pub fn enter(&self, signals: &impl Signals) {
        // Release: pairs with the Acquire in `has_passed` and `look_closely`: our reads come
        // before others write.
        signals.entered(self.rank).store(self.step.0, Ordering::Release);
    }

    /// Whether the note of this step may be written, and its cell if the data are
    /// `long`: nobody reads any more what was there.
    #[inline]
    pub fn may_post(&mut self, signals: &impl Signals, long: bool) -> bool {
        self.laggard(signals, long).is_none()
    }

    /// As [`Self::laggard`], of this step and of one half the notes later: who had to
    /// wait for room goes on when there is enough for a while, and leaves the words of
    /// others alone until then.
    pub fn laggard_well_ahead(&mut self, signals: &impl Signals, long: bool) -> Option<usize> {
        let later = self.notes[(self.step().turn() + NOTES as u64 / 2 * STRIDE) as usize % NOTES];
        self.laggard(signals, long).or_else(|| self.late_reader(signals, later))
    }

    /// A rank that still has to read what is in the note of this step, or in its
    /// cell if the data are `long`.
    #[inline]
    pub fn laggard(&mut self, signals: &impl Signals, long: bool) -> Option<usize> {
        let step = self.step();
        let late_in_note = self.late_reader(signals, self.notes[step.note()]);
        if late_in_note.is_some() || !long {
            return late_in_note;
        }
        self.late_reader(signals, self.cells[step.cell(self.cells_in_use)])
    }

    #[inline]
    fn late_reader(&mut self, signals: &impl Signals, (old, readers): (Step, Readers)) -> Option<usize> {
        let first = match readers {
            Readers::One(reader) => return (!self.has_passed(signals, reader, old)).then_some(reader),
            Readers::All => 0,
            Readers::Above => self.rank + 1,
        };
        (first..self.known.len())
            .find(|&reader| reader != self.rank && !self.has_passed(signals, reader, old))
    }

    #[inline]
    fn has_passed(&mut self, signals: &impl Signals, reader: usize, old: Step) -> bool {
        let known = &mut self.known[reader];
        if *known <= old && old != Step::default() {
            // Acquire: pairs with the Release in `enter`.
            *known = Step(signals.entered(reader).load(Ordering::Acquire)).max(*known);
            return *known > old;
        }
        true
    }

    /// Publishes what was written to the note, and if it is `long` to the cell, of
    /// this step.
    #[inline]
    pub fn post(&mut self, signals: &impl Signals, readers: Readers, long: bool) {
        let step = self.step();
        self.notes[step.note()] = (step, readers);
        if long {
            self.cells[step.cell(self.cells_in_use)] = (step, readers);
        }
        // Release: pairs with the Acquire in `has_posted`.
        signals.posted(step.note(), self.rank).store(step.0, Ordering::Release);
        if self.ahead == 0 {
            self.enter(signals);
        }
    }

    /// Whether another rank has posted in this step, whether or not it is asked to.
    #[inline]
    pub fn has_posted(&self, signals: &impl Signals, rank: usize) -> bool {
        // Acquire: pairs with the Release in `post`.
        let step = self.step();
        signals.posted(step.note(), rank).load(Ordering::Acquire) == step.0
    }

    /// Whether another rank's data of this step are there.
    #[inline]
    pub fn look(&mut self, signals: &impl Signals, rank: usize) -> Look {
        if self.has_posted(signals, rank) {
            // It has posted in those before, too, but read only what is before them all.
            self.known[rank] = self.known[rank].max(self.step);
            return Look::Posted;
        }
        Look::NotYet
    }

    /// As [`Self::look`], and finds out whether there is nothing to wait for.
    pub fn look_closely(&mut self, signals: &impl Signals, rank: usize) -> Look {
        // Acquire: pairs with the Release in `enter`; what was posted before is seen.
        let entered = Step(signals.entered(rank).load(Ordering::Acquire));
        match self.look(signals, rank) {
            Look::NotYet if entered > self.step() => Look::Passed,
            found => found,
        }
    }
}

#[cfg(test)]
mod tests;
