//! Who may change the memory of one rank in a window by accumulates: one at a
//! time, by plain loads and stores.
//!
//! To enter costs one locked instruction, and to leave a store. The CPU's
//! atomics would need one as well, but for one element only, and not for every
//! kind; and who uses them would have to be kept apart from those who use plain
//! accesses, which costs two more.
//!
//! # Access protocol
//! - Who has set `word` from free to held is inside, and sets it back.
//! - Who leaves wakes nobody, for it would have to look whether anybody sleeps,
//!   after a fence. So whoever waits looks again by itself: at once for about as
//!   long as short accumulates take, then after others had the processor, for
//!   one of them may be inside, and then after naps.
//! - Nobody waits for messages while inside, so waits need no progress of them.

use crate::atomic::{AtomicU32, Ordering};

const FREE: u32 = 0;
const HELD: u32 = 1;

/// Lives in shared memory; zero is free.
#[cfg_attr(test, derive(Default))]
#[repr(C, align(64))]
pub struct Gate {
    word: AtomicU32,
}

/// Being inside of a gate, until it is dropped.
#[must_use = "whoever drops this lets others in"]
pub struct Inside<'a>(&'a Gate);

impl Drop for Inside<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        // Release: pairs with the Acquire in `try_take`.
        self.0.word.store(FREE, Ordering::Release);
    }
}

impl Gate {
    /// Waits until nobody is inside.
    #[inline]
    pub fn enter(&self) -> Inside<'_> {
        if !self.try_take() {
            self.wait();
        }
        Inside(self)
    }

    /// As [`Self::enter`], without waiting: nothing if somebody is inside.
    #[inline(always)]
    pub fn try_enter(&self) -> Option<Inside<'_>> {
        self.try_take().then(|| Inside(self))
    }

    #[inline(always)]
    fn try_take(&self) -> bool {
        // Acquire: pairs with the Release in the drop of `Inside`.
        self.word.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn wait(&self) {
        for look in 0.. {
            // Relaxed: what counts is the exchange.
            if self.word.load(Ordering::Relaxed) == FREE && self.try_take() {
                return;
            }
            pause(look);
        }
    }
}

/// What is done between two looks.
#[cfg(not(any(loom, shuttle)))]
fn pause(look: u32) {
    use std::time::Duration;

    const SPINS: u32 = 200;
    const YIELDS: u32 = 20;
    const NAP: Duration = Duration::from_micros(50);
    const LONGEST_NAP: u32 = 20;

    match look.checked_sub(SPINS + YIELDS) {
        Some(naps) => std::thread::sleep(NAP * (1 + naps).min(LONGEST_NAP)),
        None if look < SPINS => std::hint::spin_loop(),
        None => std::thread::yield_now(),
    }
}

#[cfg(loom)]
fn pause(_look: u32) {
    loom::thread::yield_now();
}

#[cfg(shuttle)]
fn pause(_look: u32) {
    shuttle::thread::yield_now();
}

#[cfg(test)]
mod tests;
