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
        // with the sleeper's in `sleep`.
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

    /// Sleeps until rung, at most `timeout`, unless `has_work` finds something
    /// once the sleep is announced. May return early.
    pub fn sleep(&self, fences: FencePair, timeout: Option<Duration>, has_work: impl FnOnce() -> bool) {
        // Relaxed: the fence below orders it before `has_work` looks.
        self.asleep.store(1, Ordering::Relaxed);
        fences.sleeper();
        if has_work() {
            self.asleep.store(0, Ordering::Relaxed);
            // Another thread of this rank may have gone to sleep meanwhile.
            platform::futex::wake_all(&self.asleep);
            return;
        }
        platform::futex::wait(&self.asleep, 1, timeout);
    }
}
