//! What the ranks of a window share besides its memory (MPI-5.0 chapter 12).
//!
//! # Invariants
//! - All control blocks of a window lie in one piece of shared memory, so a
//!   process maps one piece per window, whatever the number of ranks.
//! - Everything in them is atomics, for which zero is the first value.
//!
//! - [`ticket`]: the lock of a rank's memory, shared or exclusive, in order
//! - [`gate`]: lets in one at a time who accumulates
//! - [`control`]: where a rank's control block has what
//! - [`mailbox`]: accesses that the owner of the memory makes for others

#[cfg(not(any(loom, shuttle)))]
pub mod control;
pub mod gate;
#[cfg(not(any(loom, shuttle)))]
pub mod mailbox;
pub mod ticket;
