//! What a rank is doing, for the launcher's reports.
//!
//! # Access protocol
//! The rank writes, the launcher reads at any time. `turn` is odd while a wait
//! is described, and changes with every wait: a reader that sees the same odd
//! number before and after has read one description.

use crate::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering, fence};

/// Lives in the control block of a rank.
#[cfg_attr(test, derive(Default))]
#[repr(C)]
pub struct Activity {
    turn: AtomicU32,
    what: AtomicU32,
    peer: AtomicI32,
    tag: AtomicI32,
    context: AtomicU32,
    bytes: AtomicU64,
    progress: AtomicU64,
}

/// A wait that a rank is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Number of the function in the launcher's table of names.
    pub what: u32,
    /// Rank in the communicator, or a negative special value.
    pub peer: i32,
    pub tag: i32,
    pub context: u32,
    pub bytes: u64,
}

impl Activity {
    /// Starts describing a wait.
    pub fn enter(&self, wait: Wait) {
        let turn = self.turn.load(Ordering::Relaxed);
        // Even: whatever is described now is not valid any more.
        let turn = turn.wrapping_add(turn & 1);
        self.turn.store(turn, Ordering::Relaxed);
        // Release: pairs with the Acquire fence in `current`. Who has read one of
        // the new words finds that the old turn is over.
        fence(Ordering::Release);
        // Relaxed, all: `turn` releases them.
        self.what.store(wait.what, Ordering::Relaxed);
        self.peer.store(wait.peer, Ordering::Relaxed);
        self.tag.store(wait.tag, Ordering::Relaxed);
        self.context.store(wait.context, Ordering::Relaxed);
        self.bytes.store(wait.bytes, Ordering::Relaxed);
        // Release: pairs with the Acquire in `current`.
        self.turn.store(turn | 1, Ordering::Release);
    }

    /// The wait is over.
    pub fn leave(&self) {
        // Release: pairs with the Acquire in `current`.
        self.turn.store((self.turn.load(Ordering::Relaxed) | 1).wrapping_add(1), Ordering::Release);
    }

    /// The wait that the rank is in, with a number that tells it from others.
    pub fn current(&self) -> Option<(u32, Wait)> {
        // Acquire: pairs with the Release in `enter`.
        let turn = self.turn.load(Ordering::Acquire);
        if turn & 1 == 0 {
            return None;
        }
        let wait = Wait {
            what: self.what.load(Ordering::Relaxed),
            peer: self.peer.load(Ordering::Relaxed),
            tag: self.tag.load(Ordering::Relaxed),
            context: self.context.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        };
        // Acquire: pairs with the Release fence in `enter`; the description is read
        // before the turn is read again.
        fence(Ordering::Acquire);
        (self.turn.load(Ordering::Relaxed) == turn).then_some((turn, wait))
    }

    /// Counts packets received, so that a reader sees whether anything moves.
    pub fn count_progress(&self, packets: u64) {
        // Relaxed: a statistic.
        let before = self.progress.load(Ordering::Relaxed);
        self.progress.store(before + packets, Ordering::Relaxed);
    }

    pub fn progress(&self) -> u64 {
        // Relaxed: a statistic.
        self.progress.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests;
