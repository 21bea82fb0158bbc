//! The one waiting place of a rank: a word that its threads sleep on and that
//! whoever has work for it rings.
//!
//! A sender publishes work and then looks for a sleeper; a sleeper announces
//! itself and then looks for work. A full fence between the two steps on both
//! sides makes sure that at least one of them sees the other. (`membarrier`
//! would take the fence from the sender, but was measured to cost a sleeper
//! tens of microseconds, and the sender's fence to cost next to nothing.)

use std::time::Duration;

use crate::atomic::{Ordering, fence};
use crate::futex::Word;

/// Lives in shared memory; zero means that nobody sleeps.
#[repr(C, align(64))]
#[cfg_attr(test, derive(Default))]
pub struct Doorbell {
    asleep: Word,
}

impl Doorbell {
    /// Wakes the rank if it sleeps. Call after the work has been published.
    #[inline]
    pub fn ring(&self) {
        // SeqCst: pairs with the fence in `announce`.
        fence(Ordering::SeqCst);
        self.ring_after_fence();
    }

    /// As [`Self::ring`], after a fence of the caller's that several bells share.
    #[inline]
    pub fn ring_after_fence(&self) {
        // Relaxed: ordered after the work by the fence.
        if self.asleep.value.load(Ordering::Relaxed) != 0 {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        // Relaxed: the futex call orders; the sleeper re-checks everything.
        if self.asleep.value.swap(0, Ordering::Relaxed) != 0 {
            self.asleep.wake_all();
        }
    }

    /// Whether the rank sleeps, or is about to.
    pub fn is_anybody_asleep(&self) -> bool {
        // Relaxed: a hint, out of date at once.
        self.asleep.value.load(Ordering::Relaxed) != 0
    }

    /// Says that the rank is about to sleep. The caller then looks for work
    /// once more, and either retracts or sleeps.
    pub fn announce(&self) {
        // Relaxed: the fence orders it before the caller's last look. A swap, where a
        // store would do, because loom takes a store and a concurrent swap for
        // unordered, and then sees wake-ups lost that cannot be.
        self.asleep.value.swap(1, Ordering::Relaxed);
        // SeqCst: pairs with the fence in `ring`.
        fence(Ordering::SeqCst);
    }

    /// The last look found work. Other threads of this rank that sleep on the
    /// same word look again too.
    pub fn retract(&self) {
        self.wake();
    }

    /// Sleeps until rung, at most `timeout`. May return early. Only after
    /// `announce` and a last look.
    pub fn sleep(&self, timeout: Option<Duration>) {
        self.asleep.wait(1, timeout);
    }
}

#[cfg(test)]
mod tests;
