//! Collectives over a board: memory on which the ranks of a communicator meet
//! ([`memory::board`]), instead of messages.
//!
//! - They serve blocking calls only, in which a rank may wait: a [`Turn`] is an
//!   operation, in which a rank posts its part of each step and reads those of
//!   others where they lie.
//! - Every blocking call on a communicator that has a board takes a turn, or
//!   none at all ranks: what decides is known to all of them.
//! - In every step a rank posts something or says that it is there; it does so
//!   only when it has done with all steps before, but for those that are taken
//!   together.
//!
//! - [`moving`]: barrier, and what only moves data
//! - [`reducing`]: reductions and scans

pub(super) mod moving;
pub(super) mod reducing;

use memory::board::AHEAD;
use memory::board::mapped::{Board, Posted, is_long};
use memory::board::step::{Look, Readers, Seat, Signals};
use memory::lock::StateGuard;

use super::fingerprint::{Doing, Fingerprint, mismatch};
use crate::error::{Error, ErrorClass, Result};

/// A blocking operation's access to the board of its communicator.
pub trait Meet {
    fn board(&self) -> &Board;

    fn rank(&self) -> usize {
        self.board().rank()
    }

    fn ranks(&self) -> usize {
        self.board().ranks()
    }

    /// What the operation is.
    fn fingerprint(&self) -> Fingerprint;

    /// The operation's number among the collectives of the communicator.
    fn number(&self) -> u64;

    /// Waits until `look` finds something that the awaited rank has posted or
    /// entered; that rank rings. `look` is told whether to look closely: at all
    /// that can end the wait.
    ///
    /// # Errors
    /// What `look` finds, when that rank has left the job, when another is found to
    /// be in another collective, and those of waiting.
    fn wait<R>(&self, look: impl FnMut(bool) -> Option<Result<R>>, awaited: impl Fn() -> usize) -> Result<R>;
}

/// Where there is no board.
pub enum Nowhere {}

impl Meet for Nowhere {
    fn board(&self) -> &Board {
        match *self {}
    }

    fn fingerprint(&self) -> Fingerprint {
        match *self {}
    }

    fn number(&self) -> u64 {
        match *self {}
    }

    fn wait<R>(&self, _: impl FnMut(bool) -> Option<Result<R>>, _: impl Fn() -> usize) -> Result<R> {
        match *self {}
    }
}

/// This rank's part in an operation.
pub(super) struct Turn<'a, M> {
    meet: &'a M,
    board: &'a Board,
    seat: StateGuard<'a, Seat>,
    doing: Fingerprint,
    /// How many steps are taken together now; none before the first.
    taken: u64,
}

impl<'a, M: Meet> Turn<'a, M> {
    pub(super) fn begin(meet: &'a M) -> Self {
        let board = meet.board();
        let mut seat = board.seat();
        let (number, doing) = (meet.number(), meet.fingerprint());
        seat.begin(number);
        board.announce(number, doing.raw());
        Self { meet, board, seat, doing, taken: 0 }
    }

    fn rank(&self) -> usize {
        self.board.rank()
    }

    fn ranks(&self) -> usize {
        self.board.ranks()
    }

    /// The other ranks, in the order in which they follow this one.
    fn others(&self) -> impl Iterator<Item = usize> + use<M> {
        let (rank, ranks) = (self.rank(), self.ranks());
        (1..ranks).map(move |step| wrapped(rank + step, ranks))
    }

    /// Where among those that follow `from` the rank `to` is.
    fn place(&self, from: usize, to: usize) -> usize {
        let ranks = self.ranks();
        wrapped(to + ranks - from - 1, ranks)
    }

    /// Goes on to the next step, or to the first.
    fn next(&mut self) {
        self.next_together(1);
    }

    /// As [`Self::next`], to so many steps that are taken together: all ranks take as
    /// many.
    fn next_together(&mut self, steps: usize) {
        match std::mem::replace(&mut self.taken, steps as u64) {
            0 => {}
            taken => self.seat.advance(taken),
        }
    }

    /// Steps that can be taken together: where ranks share processors, each does as much
    /// as it can before it waits and another has its turn.
    fn together(&self) -> usize {
        if self.board.is_crowded() { AHEAD as usize } else { 1 }
    }

    /// Turns to one of the steps that are taken together.
    fn turn_to(&mut self, ahead: usize) {
        self.seat.turn_to(ahead as u64);
    }

    /// Posts `len` bytes, at most [`Self::cell_bytes`], that `fill` writes.
    fn post(
        &mut self,
        readers: Readers,
        len: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<()>,
    ) -> Result<()> {
        let long = is_long(len);
        if !self.seat.may_post(self.board, long) {
            self.wait_for_room(long)?;
        }
        let step = self.seat.step();
        fill(self.board.room(step, len))?;
        self.board.describe(step, Posted { doing: self.doing.raw(), len });
        self.seat.post(self.board, readers, long);
        self.board.prepare(step);
        let readers = if self.board.has_short_ranks() { Readers::All } else { readers };
        self.board.ring(readers);
        Ok(())
    }

    /// Says that this rank is in the step.
    fn enter(&mut self) {
        self.seat.enter(self.board);
        if self.board.has_short_ranks() {
            self.board.ring(Readers::All);
        }
    }

    #[cold]
    fn wait_for_room(&mut self, long: bool) -> Result<()> {
        // Others may wait for this rank to come so far, as it does for them.
        self.enter();
        let (board, seat) = (self.board, &mut *self.seat);
        let _short = board.short_of_room();
        while let Some(laggard) = seat.laggard_well_ahead(board, long) {
            let has_passed = |seat: &mut Seat| seat.laggard_well_ahead(board, long) != Some(laggard);
            self.meet.wait(|_| has_passed(seat).then_some(Ok(())), || laggard)?;
        }
        Ok(())
    }

    /// Waits for what a rank posts in this step: `len` bytes.
    fn read(&mut self, from: usize, len: usize) -> Result<&'a [u8]> {
        if self.seat.look(self.board, from) != Look::Posted {
            self.wait_for(from)?;
        }
        self.check(from, len)?;
        Ok(self.data(from, len))
    }

    /// Posts a part of `bytes` bytes, written by `fill`, for each of the other ranks:
    /// their ends, as words of 32 bits in the order in which ranks follow this one,
    /// then the parts.
    fn post_parts(
        &mut self,
        bytes: impl Fn(usize) -> usize,
        fill: impl Fn(usize, &mut [u8]) -> Result<()>,
    ) -> Result<()> {
        let table = (self.ranks() - 1) * END_BYTES;
        let others = self.others();
        let total = self.others().map(&bytes).sum::<usize>();
        if total == 0 {
            // Nothing for those behind the first of the steps that are taken together.
            self.enter();
            return Ok(());
        }
        self.post(Readers::All, table + total, |cell| {
            let mut end = table;
            for (place, to) in others.enumerate() {
                let len = bytes(to);
                if len > 0 {
                    fill(to, &mut cell[end..end + len])?;
                }
                end += len;
                cell[place * END_BYTES..][..END_BYTES].copy_from_slice(&(end as u32).to_ne_bytes());
            }
            Ok(())
        })
    }

    /// The part of `len` bytes, not 0, that a rank has posted for this one.
    fn read_part(&mut self, from: usize, len: usize) -> Result<&'a [u8]> {
        if self.seat.look(self.board, from) != Look::Posted {
            self.wait_for(from)?;
        }
        let posted = self.board.posted(self.seat.step(), from);
        self.check(from, posted.len)?;
        let cell = self.data(from, posted.len);
        let (ends, _) = cell.as_chunks::<END_BYTES>();
        let end = |place: usize| u32::from_ne_bytes(ends[place]) as usize;
        let place = self.place(from, self.rank());
        let start = if place == 0 { (self.ranks() - 1) * END_BYTES } else { end(place - 1) };
        if end(place).checked_sub(start) != Some(len) || end(place) > posted.len {
            return Err(self.differs(from, Posted { len: end(place).saturating_sub(start), ..posted }, len));
        }
        Ok(&cell[start..start + len])
    }

    /// As [`Self::read`], of a rank whose data have been waited for.
    #[inline]
    fn data(&self, from: usize, len: usize) -> &'a [u8] {
        self.board.data(self.seat.step(), from, len)
    }

    /// Waits until all ranks in `ranks` have posted `len(rank)` bytes.
    fn wait_for_all(
        &mut self,
        ranks: impl Iterator<Item = usize>,
        len: impl Fn(usize) -> usize,
    ) -> Result<()> {
        for rank in ranks.filter(|&rank| rank != self.board.rank()) {
            if self.seat.look(self.board, rank) != Look::Posted {
                self.wait_for(rank)?;
            }
            self.check(rank, len(rank))?;
        }
        Ok(())
    }

    #[cold]
    fn wait_for(&mut self, rank: usize) -> Result<()> {
        let (board, seat, doing) = (self.board, &mut *self.seat, self.doing);
        self.meet.wait(
            |closely| {
                if !closely {
                    return (seat.look(board, rank) == Look::Posted).then_some(Ok(()));
                }
                match seat.look_closely(board, rank) {
                    Look::Posted => Some(Ok(())),
                    found => others(board, seat, rank, doing)
                        .map(Err)
                        .or_else(|| (found == Look::Passed).then(|| Err(passed(rank, doing)))),
                }
            },
            || rank,
        )
    }

    /// Whether a rank is in the same operation as this one, with as many bytes.
    fn check(&self, rank: usize, len: usize) -> Result<()> {
        let posted = self.board.posted(self.seat.step(), rank);
        if posted.doing == self.doing.raw() && posted.len == len {
            return Ok(());
        }
        Err(self.differs(rank, posted, len))
    }

    #[cold]
    fn differs(&self, rank: usize, posted: Posted, len: usize) -> Error {
        let there = Fingerprint::of_raw(posted.doing);
        if there == self.doing {
            return Error::new(
                ErrorClass::Count,
                format!(
                    "{} bytes came from rank {rank} where {len} were expected, in {}: the counts or datatypes that \
                     the ranks gave to this collective differ",
                    posted.len, self.doing
                ),
            );
        }
        let doing = |rank: usize, what| Doing { rank: rank as u32, what };
        mismatch(doing(self.rank(), self.doing), doing(rank, there))
    }
}

/// The error of a rank that is in a collective of the same number as others,
/// but in another one. The one waited for is looked at first.
#[cold]
fn others(board: &Board, seat: &Seat, awaited: usize, doing: Fingerprint) -> Option<Error> {
    let ranks = std::iter::once(awaited).chain((0..board.ranks()).filter(|&rank| rank != awaited));
    let different = |rank: usize| {
        let is_here = |&(number, _): &(u64, u32)| seat.step().operation() == Some(number);
        let what = match seat.has_posted(board, rank) {
            true => board.posted(seat.step(), rank).doing,
            false => board.whereabouts(rank).filter(is_here)?.1,
        };
        let there = Doing { rank: rank as u32, what: Fingerprint::of_raw(what) };
        (there.what != doing).then_some(there)
    };
    let here = Doing { rank: board.rank() as u32, what: doing };
    ranks.filter(|&rank| rank != board.rank()).find_map(different).map(|there| mismatch(here, there))
}

#[cold]
fn passed(rank: usize, doing: Fingerprint) -> Error {
    Error::new(
        ErrorClass::Other,
        format!(
            "rank {rank} has left {doing} before this rank was done: it met an error, or gave other counts or \
             datatypes than this rank"
        ),
    )
}

/// The pieces of at most `piece` (not 0) that make up `total`: where each begins,
/// and its length.
fn pieces(total: usize, piece: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut begun = 0;
    std::iter::from_fn(move || {
        let (offset, len) = (begun, piece.min(total - begun));
        begun += len;
        (len > 0).then_some((offset, len))
    })
}

/// `rank`, which is less than `2 * ranks`, counted round.
#[inline]
fn wrapped(rank: usize, ranks: usize) -> usize {
    if rank < ranks { rank } else { rank - ranks }
}

/// Bytes of a word that says where a part of a cell ends.
const END_BYTES: usize = size_of::<u32>();
