//! Who may change the memory of one rank in a window by accumulates.
//!
//! Elements of one to eight bytes are changed by the CPU's atomics, everything
//! else, and long runs of elements, by plain loads and stores. The two must
//! never meet: an atomic is atomic only among atomics. So those who use atomics
//! pass through the gate many at a time ([`Gate::pass`]), and who uses plain
//! accesses shuts it and waits until nobody is inside ([`Gate::alone`]).
//!
//! # Access protocol
//! - `mutex` is held by whoever is alone, or found the gate shut. `shut` and
//!   plain accesses belong to its holder.
//! - Who passes counts itself in, and only then looks whether the gate is shut;
//!   who shuts the gate shuts it, and only then looks at the counts. All four
//!   are sequentially consistent, so at least one sees the other. Who finds the
//!   gate shut counts itself out again and takes the mutex; then no plain
//!   access is under way, and atomics are right.
//! - Nobody waits for anything else while inside, so waits are short and
//!   need no progress of messages.

use crate::atomic::{AtomicU32, Ordering, fence};
use crate::futex::Word;

/// Counts of those inside; a rank uses its own line, most of the time.
const STRIPES: usize = if cfg!(any(loom, shuttle)) { 2 } else { 16 };
/// Looks at a word before a sleep: about what a short critical section takes.
const SPINS: usize = if cfg!(any(loom, shuttle)) { 1 } else { 200 };

const FREE: u32 = 0;
const HELD: u32 = 1;
/// Held, and somebody sleeps.
const WANTED: u32 = 2;

#[cfg_attr(test, derive(Default))]
#[repr(C, align(64))]
struct Stripe {
    inside: Word,
}

/// Lives in shared memory; zero is open and empty.
#[cfg_attr(test, derive(Default))]
#[repr(C, align(64))]
pub struct Gate {
    mutex: Word,
    shut: AtomicU32,
    stripes: [Stripe; STRIPES],
}

impl Gate {
    /// Runs `work`, which uses atomics, for `rank` (any number).
    #[inline]
    pub fn pass<R>(&self, rank: usize, work: impl FnOnce() -> R) -> R {
        match self.try_pass(rank, work) {
            Ok(result) => result,
            Err(work) => self.with_mutex(work),
        }
    }

    /// As [`Self::pass`], without waiting.
    ///
    /// # Errors
    /// The work, when the gate is shut.
    #[inline]
    pub fn try_pass<R, W: FnOnce() -> R>(&self, rank: usize, work: W) -> Result<R, W> {
        let stripe = &self.stripes[rank % STRIPES].inside;
        // SeqCst, all three: see the access protocol. The subtraction also
        // releases what `work` did to the Acquire in `alone`.
        stripe.value.fetch_add(1, Ordering::SeqCst);
        fence_for_models();
        if self.shut.load(Ordering::SeqCst) == 0 {
            let result = work();
            self.leave(stripe);
            return Ok(result);
        }
        self.leave(stripe);
        Err(work)
    }

    #[inline]
    fn leave(&self, stripe: &Word) {
        stripe.value.fetch_sub(1, Ordering::SeqCst);
        fence_for_models();
        if self.shut.load(Ordering::SeqCst) != 0 {
            stripe.wake_all();
        }
    }

    /// Runs `work`, which uses plain loads and stores, while nobody else is
    /// inside.
    pub fn alone<R>(&self, work: impl FnOnce() -> R) -> R {
        self.with_mutex(|| {
            self.shut.store(1, Ordering::SeqCst);
            fence_for_models();
            for stripe in &self.stripes {
                // SeqCst, as in `pass`; Acquire for what those did who left.
                wait_while(&stripe.inside, |inside| inside != 0, Ordering::SeqCst);
            }
            let result = work();
            // Release: pairs with the load in `pass`; who finds the gate open sees
            // what was done.
            self.shut.store(0, Ordering::Release);
            result
        })
    }

    fn with_mutex<R>(&self, work: impl FnOnce() -> R) -> R {
        self.lock();
        let result = work();
        // Release: pairs with the Acquire in `lock`.
        if self.mutex.value.swap(FREE, Ordering::Release) == WANTED {
            self.mutex.wake_one();
        }
        result
    }

    fn lock(&self) {
        // Acquire, all: pairs with the Release in `with_mutex`.
        let exchange = |old, new| {
            self.mutex.value.compare_exchange(old, new, Ordering::Acquire, Ordering::Relaxed).is_ok()
        };
        for _ in 0..SPINS {
            if exchange(FREE, HELD) {
                return;
            }
            std::hint::spin_loop();
        }
        while self.mutex.value.swap(WANTED, Ordering::Acquire) != FREE {
            self.mutex.wait(WANTED, None);
        }
    }
}

/// Waits until the word's value is another one: looks for a while, then sleeps.
pub(super) fn wait_while(word: &Word, again: impl Fn(u32) -> bool, ordering: Ordering) -> u32 {
    let mut looks = 0;
    loop {
        let value = word.value.load(ordering);
        if !again(value) {
            return value;
        }
        looks += 1;
        if looks > SPINS {
            word.wait(value, None);
        } else {
            std::hint::spin_loop();
        }
    }
}

/// The model checkers know sequential consistency of fences only; processors,
/// and the language, know that of accesses.
#[inline]
fn fence_for_models() {
    if cfg!(loom) {
        fence(Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests;
