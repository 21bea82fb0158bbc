//! The one waiting place of a rank: a word that its threads sleep on and that
//! whoever has work for it rings.

use std::time::Duration;

use platform::fence::FencePair;

use crate::atomic::{AtomicU32, Ordering};

/// Lives in shared memory; zero means that nobody sleeps.
#[repr(C, align(64))]
pub struct Doorbell {
    asleep: AtomicU32,
}

impl Doorbell {
    /// Wakes the rank if it sleeps. Call after the work has been published and
    /// `fences.sender()` has run.
    #[inline]
    pub fn ring(&self) {
        // Relaxed: ordered after the work by the caller's fence, which pairs
        // with the sleeper's in `announce`.
        if self.asleep.load(Ordering::Relaxed) != 0 {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        // Relaxed: the futex call orders; the sleeper re-checks everything.
        if self.asleep.swap(0, Ordering::Relaxed) != 0 {
            platform::futex::wake_all(&self.asleep);
        }
    }

    /// Says that the rank is about to sleep. The caller then looks for work
    /// once more, and either retracts or sleeps.
    pub fn announce(&self, fences: FencePair) {
        // Relaxed: the fence orders it before the caller's last look.
        self.asleep.store(1, Ordering::Relaxed);
        fences.sleeper();
    }

    /// The last look found work. Other threads of this rank that sleep on the
    /// same word look again too.
    pub fn retract(&self) {
        self.wake();
    }

    /// Sleeps until rung, at most `timeout`. May return early. Only after
    /// `announce` and a last look.
    pub fn sleep(&self, timeout: Option<Duration>) {
        platform::futex::wait(&self.asleep, 1, timeout);
    }
}
