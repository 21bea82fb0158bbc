//! The board of a communicator: shared memory on which its ranks meet in
//! collective operations, without messages.
//!
//! A rank posts its part of a step in a note of its own, and in a cell if it is
//! long, and reads those of the others where they lie. Which step a note belongs
//! to is said by a word in it ([`step`]); where notes and cells lie, by [`mapped`].
//!
//! # Invariants
//! - All ranks take the same operations in the same order, and number them.
//! - A note or a cell is written by its rank alone, and only when nobody can read
//!   any more what was there.

#[cfg(not(any(loom, shuttle)))]
pub mod mapped;
pub mod step;

/// Ranks of a communicator that has a board: every rank looks at all others,
/// which pays as long as they are few.
pub const MAX_RANKS: usize = 64;
/// Steps that a rank can have posted at once: so far a fast rank can be ahead of
/// a slow one. Where ranks share processors, each runs for a while before others
/// have their turn.
pub const NOTES: usize = if cfg!(loom) {
    1
} else if cfg!(shuttle) {
    3
} else {
    256
};
/// Of these, the steps whose data are too long for a note: of a board that has not
/// been used much.
pub const CELLS_AT_FIRST: usize = if cfg!(loom) {
    1
} else if cfg!(shuttle) {
    2
} else {
    4
};
/// Of any board, at most; as those at first, a power of two. That is more than one needs
/// to be ahead; but a core is several times faster to write what has left the caches
/// of those that read it.
pub const CELLS: usize = if cfg!(loom) {
    1
} else if cfg!(shuttle) {
    4
} else {
    32
};
/// Operations after which a board counts as used much.
pub const BUSY: u64 = if cfg!(any(loom, shuttle)) { 2 } else { 1024 };
/// Steps that can be taken together, which have their own cells on every board.
pub const AHEAD: u64 = CELLS_AT_FIRST as u64;
