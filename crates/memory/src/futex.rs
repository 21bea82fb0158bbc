//! A word of memory that threads sleep on: the kernel's futex, or, under a
//! model checker, which knows no system calls, a mutex and a condition variable.

#[cfg(not(any(loom, shuttle)))]
use std::time::Duration;

use crate::atomic::AtomicU32;

/// In shared memory it is one `u32`.
#[cfg_attr(test, derive(Default))]
#[cfg_attr(not(any(loom, shuttle)), repr(transparent))]
pub struct Word {
    pub value: AtomicU32,
    #[cfg(any(loom, shuttle))]
    queue: model::Queue,
}

#[cfg(not(any(loom, shuttle)))]
impl Word {
    /// Sleeps while the value is `expected`, at most `timeout`. May return early.
    #[inline]
    pub fn wait(&self, expected: u32, timeout: Option<Duration>) {
        platform::futex::wait(&self.value, expected, timeout);
    }

    /// Wakes every thread, of whatever process, that sleeps on this word.
    #[inline]
    pub fn wake_all(&self) {
        platform::futex::wake_all(&self.value);
    }
}

#[cfg(any(loom, shuttle))]
mod model {
    #[cfg(loom)]
    use loom::sync::{Condvar, Mutex};
    #[cfg(shuttle)]
    use shuttle::sync::{Condvar, Mutex};
    use std::time::Duration;

    use super::Word;
    use crate::atomic::Ordering;

    /// Who sleeps on a word. The mutex is what the kernel's lock on the word's
    /// bucket is: looking at the value and going to sleep are one step.
    #[derive(Default)]
    pub struct Queue {
        bucket: Mutex<()>,
        sleepers: Condvar,
    }

    impl Word {
        /// Sleeps while the value is `expected`. Models have no time: nothing
        /// but a wake-up ends the sleep, so a lost one shows as a deadlock.
        pub fn wait(&self, expected: u32, _timeout: Option<Duration>) {
            let guard = self.queue.bucket.lock().unwrap();
            // Relaxed: the bucket's lock orders it after a wake-up that came first.
            if self.value.load(Ordering::Relaxed) == expected {
                drop(self.queue.sleepers.wait(guard).unwrap());
            }
        }

        /// Wakes every thread that sleeps on this word.
        pub fn wake_all(&self) {
            let _guard = self.queue.bucket.lock().unwrap();
            self.queue.sleepers.notify_all();
        }
    }
}
