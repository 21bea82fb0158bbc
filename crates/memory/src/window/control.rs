//! The control blocks of a window, one per rank.
//!
//! ```text
//! block of rank r: head | posted by 0..n | completed by 0..n | places of the lock | attached pieces
//! ```
//!
//! # Access protocol
//! - `arrived[round]` is written by the one rank that is `2^round` below; counts
//!   never go back.
//! - `posted[t]` is written by rank `t`, which offers its memory to the block's
//!   rank; `completed[o]` by rank `o`, which has ended its accesses to it.
//! - The attached pieces and `turn` are written by the block's rank alone.

use std::ops::Range;

use super::gate::Gate;
use super::ticket::{LockWords, TicketLock};
use crate::arena::{Extent, Region, View};
use crate::asymmetric::Fences;
use crate::atomic::{AtomicU32, AtomicU64, Ordering, fence};

/// Rounds of a barrier among as many ranks as a job can have.
const ROUNDS: usize = 16;
/// Pieces of memory that a rank can have attached to one dynamic window.
pub const MAX_ATTACHED: usize = 4096;
const LINE: usize = 64;
/// Where the fixed part of a block ends.
const POSTED: usize = size_of::<Head>();

/// The fixed part of a block.
#[repr(C, align(64))]
struct Head {
    lock: LockWords,
    settled: AtomicU32,
    /// Ranks that have let go of the window.
    departed: AtomicU32,
    /// Somebody cannot reach this rank's memory by itself.
    wants_help: AtomicU32,
    mailbox_offset: AtomicU64,
    mailbox_bytes: AtomicU64,
    /// Odd while the attached pieces change.
    turn: AtomicU32,
    attached: AtomicU32,
    arrived: Arrived,
    gate: Gate,
}

#[repr(C, align(64))]
struct Arrived([AtomicU32; ROUNDS]);

// SAFETY: atomics only.
unsafe impl crate::arena::Shared for Head {}

/// The blocks of all ranks of a window.
pub struct Control {
    region: Region,
    layout: ControlLayout,
    /// The fixed parts of the blocks, by rank.
    heads: Box<[View<Head>]>,
    fences: Fences,
}

/// Where the blocks of a window have what, in bytes from a block's start.
#[derive(Clone, Copy, Debug)]
pub struct ControlLayout {
    ranks: usize,
    completed: usize,
    places: usize,
    attached: usize,
    block: usize,
}

impl ControlLayout {
    /// Of a window of `ranks` ranks that memory is attached to later, if
    /// `dynamic`.
    pub fn new(ranks: usize, dynamic: bool) -> Self {
        let words = size_of::<AtomicU32>() * ranks;
        let completed = POSTED + words;
        let places = completed + words;
        let end = places + size_of::<AtomicU32>() * ranks.next_power_of_two();
        let attached = end.next_multiple_of(LINE);
        let pieces = if dynamic { 2 * size_of::<AtomicU64>() * MAX_ATTACHED } else { 0 };
        Self { ranks, completed, places, attached, block: attached + pieces }
    }

    /// Bytes of all blocks.
    pub fn bytes(self) -> usize {
        self.ranks * self.block
    }
}

impl Control {
    /// The blocks in a region that was zero before the first of them was made.
    ///
    /// # Panics
    /// When the region is too small.
    pub fn new(region: Region, layout: ControlLayout, fences: Fences) -> Self {
        assert!(region.len() >= layout.bytes(), "{} bytes for {layout:?}", region.len());
        let heads = (0..layout.ranks).map(|rank| region.kept_view(rank * layout.block)).collect();
        Self { region, layout, heads, fences }
    }

    fn block(&self, rank: usize) -> usize {
        assert!(rank < self.layout.ranks);
        rank * self.layout.block
    }

    #[inline(always)]
    fn head(&self, rank: usize) -> &Head {
        &self.heads[rank]
    }

    /// What is shared of the lock of a rank's memory, once the rank, if there is
    /// one, has settled.
    #[inline(always)]
    pub fn settled_lock(&self, rank: usize) -> Option<&LockWords> {
        let head = self.heads.get(rank)?;
        // Acquire: pairs with the Release of the rank that stores it.
        if head.settled.load(Ordering::Acquire) != 0 { Some(&head.lock) } else { None }
    }

    /// What is shared of the lock of a rank's memory.
    #[inline(always)]
    pub fn lock_words(&self, rank: usize) -> &LockWords {
        &self.head(rank).lock
    }

    /// Those of all the window's locks.
    #[inline(always)]
    pub fn fences(&self) -> Fences {
        self.fences
    }

    /// The lock of a rank's memory.
    pub fn lock(&self, rank: usize) -> TicketLock<'_> {
        let places = self.layout.ranks.next_power_of_two();
        let places = self.region.words(self.block(rank) + self.layout.places, places);
        TicketLock::new(&self.head(rank).lock, places, self.fences)
    }

    /// Whether a rank has called MPI again since it made the window.
    #[inline]
    pub fn settled(&self, rank: usize) -> &AtomicU32 {
        &self.head(rank).settled
    }

    /// The gate of a rank's memory.
    #[inline(always)]
    pub fn gate(&self, rank: usize) -> &Gate {
        &self.head(rank).gate
    }

    /// The count of barriers that the rank `2^round` below has come so far in.
    pub fn arrived(&self, rank: usize, round: usize) -> &AtomicU32 {
        &self.head(rank).arrived.0[round]
    }

    /// How often `target` has offered its memory to `rank`.
    pub fn posted(&self, rank: usize, target: usize) -> &AtomicU32 {
        assert!(target < self.layout.ranks);
        &self.region.words(self.block(rank) + POSTED, self.layout.ranks)[target]
    }

    /// How often `origin` has ended its accesses to the memory of `rank`.
    pub fn completed(&self, rank: usize, origin: usize) -> &AtomicU32 {
        assert!(origin < self.layout.ranks);
        &self.region.words(self.block(rank) + self.layout.completed, self.layout.ranks)[origin]
    }

    /// How many ranks have let go of the window; kept at rank 0.
    pub fn departed(&self) -> &AtomicU32 {
        &self.head(0).departed
    }

    /// Whether a rank must help others to reach its memory.
    pub fn wants_help(&self, rank: usize) -> &AtomicU32 {
        &self.head(rank).wants_help
    }

    /// Says where the mailbox of a rank lies.
    pub fn set_mailbox(&self, rank: usize, extent: Extent) {
        // Relaxed: a barrier comes before anybody reads it.
        self.head(rank).mailbox_offset.store(extent.offset, Ordering::Relaxed);
        self.head(rank).mailbox_bytes.store(extent.bytes, Ordering::Relaxed);
    }

    pub fn mailbox(&self, rank: usize) -> Extent {
        // Relaxed: see `set_mailbox`.
        Extent {
            offset: self.head(rank).mailbox_offset.load(Ordering::Relaxed),
            bytes: self.head(rank).mailbox_bytes.load(Ordering::Relaxed),
        }
    }

    fn pieces(&self, rank: usize) -> &[AtomicU64] {
        let bytes = self.layout.block - self.layout.attached;
        self.region.double_words(self.block(rank) + self.layout.attached, bytes / size_of::<AtomicU64>())
    }

    /// Tells the others what `rank`, which is the caller, has attached now: start
    /// and end addresses. One caller at a time.
    ///
    /// # Panics
    /// With more than [`MAX_ATTACHED`] pieces.
    pub fn set_attached(&self, rank: usize, pieces: &[Range<u64>]) {
        assert!(pieces.len() <= MAX_ATTACHED);
        let head = self.head(rank);
        let turn = head.turn.load(Ordering::Relaxed);
        head.turn.store(turn.wrapping_add(1), Ordering::Relaxed);
        // Release: pairs with the Acquire fence in `is_attached`. Who has read one
        // of the new words finds that the turn has changed.
        fence(Ordering::Release);
        // Relaxed, all: `turn` releases them.
        head.attached.store(pieces.len() as u32, Ordering::Relaxed);
        for (words, piece) in self.pieces(rank).chunks_exact(2).zip(pieces) {
            words[0].store(piece.start, Ordering::Relaxed);
            words[1].store(piece.end, Ordering::Relaxed);
        }
        // Release: pairs with the Acquire in `is_attached`.
        head.turn.store(turn.wrapping_add(2), Ordering::Release);
    }

    /// Whether `rank` has attached a piece that holds these addresses.
    pub fn is_attached(&self, rank: usize, wanted: Range<u64>) -> bool {
        let head = self.head(rank);
        loop {
            // Acquire: pairs with the Release in `set_attached`.
            let turn = head.turn.load(Ordering::Acquire);
            if turn.is_multiple_of(2) {
                let count = (head.attached.load(Ordering::Relaxed) as usize).min(MAX_ATTACHED);
                let found = self.pieces(rank).chunks_exact(2).take(count).any(|words| {
                    words[0].load(Ordering::Relaxed) <= wanted.start
                        && wanted.end <= words[1].load(Ordering::Relaxed)
                });
                // Acquire: pairs with the Release fence in `set_attached`.
                fence(Ordering::Acquire);
                if head.turn.load(Ordering::Relaxed) == turn {
                    return found;
                }
            }
            std::thread::yield_now();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::job::Job;
    use crate::window::ticket::LockKind;

    fn control(ranks: usize, dynamic: bool) -> Control {
        let job = Arc::new(Job::create(1, 1).unwrap());
        let layout = ControlLayout::new(ranks, dynamic);
        let grant = Arc::new(job.arena(0)).allocate(layout.bytes()).unwrap();
        Control::new(grant.region().clone(), layout, Fences::Equal)
    }

    #[test]
    fn no_two_words_are_the_same() {
        const RANKS: usize = 5;
        let control = control(RANKS, false);
        for rank in 0..RANKS {
            assert_eq!(control.lock(rank).take(LockKind::Exclusive), Ok(None));
            control.arrived(rank, 15).fetch_add(1, Ordering::Relaxed);
            for other in 0..RANKS {
                control.posted(rank, other).fetch_add(1 + other as u32, Ordering::Relaxed);
                control.completed(rank, other).fetch_add(10 + other as u32, Ordering::Relaxed);
            }
            drop(control.gate(rank).enter());
            control.departed().fetch_add(1, Ordering::Relaxed);
        }
        assert_eq!(control.departed().load(Ordering::Relaxed), RANKS as u32);
        for rank in 0..RANKS {
            assert_eq!(control.arrived(rank, 15).load(Ordering::Relaxed), 1);
            for other in 0..RANKS {
                assert_eq!(control.posted(rank, other).load(Ordering::Relaxed), 1 + other as u32);
                assert_eq!(control.completed(rank, other).load(Ordering::Relaxed), 10 + other as u32);
            }
            assert_eq!(control.lock(rank).release(LockKind::Exclusive), None);
        }
    }

    #[test]
    fn attached_pieces_are_found_until_they_are_gone() {
        let control = control(2, true);
        assert!(!control.is_attached(1, 100..101));
        control.set_attached(1, &[100..200, 300..400]);
        assert!(control.is_attached(1, 300..400) && control.is_attached(1, 150..151));
        assert!(!control.is_attached(1, 199..201) && !control.is_attached(0, 150..151));
        control.set_attached(1, &std::array::from_fn::<_, 1, _>(|_| 300..400));
        assert!(!control.is_attached(1, 150..151) && control.is_attached(1, 399..400));
    }
}
