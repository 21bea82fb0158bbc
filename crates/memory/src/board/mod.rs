//! The board of a communicator: shared memory on which its ranks meet in
//! collective operations, without messages.
//!
//! A rank posts its part of a step in a slot of its own, and reads those of the
//! others where they lie. Which step a slot belongs to is said by a word beside
//! it ([`step`]); where slots lie, by [`mapped`].
//!
//! # Invariants
//! - All ranks take the same operations in the same order, and number them.
//! - A slot is written by its rank alone, and only when nobody can read any more
//!   what was there.

#[cfg(not(any(loom, shuttle)))]
pub mod mapped;
pub mod step;

/// Ranks of a communicator that has a board: every rank looks at all others,
/// which pays as long as they are few.
pub const MAX_RANKS: usize = 64;
/// Steps whose data a rank can have posted at once: so far a fast rank can be
/// ahead of a slow one.
pub const SLOTS: usize = if cfg!(loom) {
    1
} else if cfg!(shuttle) {
    2
} else {
    4
};
