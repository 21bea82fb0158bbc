//! The lock of a window at one rank (`MPI_Win_lock`): shared or exclusive, in
//! the order in which it was asked for.
//!
//! One word holds three counters of 16 bits: the next ticket to give out, the
//! ticket that a reader may enter with, and the ticket that a writer may enter
//! with. Whoever asks takes a ticket. A reader that enters lets the next
//! ticket's holder try (`readers` + 1), a reader that leaves counts `writers`
//! up, and a writer both: so a writer enters when all before it have left.
//!
//! # Access protocol
//! - A rank holds or waits for the lock at most once, so tickets in use are
//!   fewer than there are ranks, and differ modulo the number of places.
//! - Nobody sleeps here. Who has to wait has written its name into the place
//!   of its ticket, and looks at the word again before it sleeps; who changes
//!   the word looks at the place of the ticket whose turn it is, and rings its
//!   holder. The fences of the doorbell and in [`TicketLock::next_in_line`] make
//!   sure that one of the two sees the other. A name left over from an earlier
//!   ticket costs a ring in vain.

use crate::atomic::{AtomicU32, AtomicU64, Ordering, fence};

/// How a window is locked (MPI-5.0 section 12.5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockKind {
    Shared,
    Exclusive,
}

/// A turn that has not come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the turn of a ticket must be waited for, or everybody behind it waits for ever"]
pub struct Ticket {
    number: u16,
    kind: LockKind,
}

/// The three counters.
#[derive(Clone, Copy)]
struct Counters {
    next: u16,
    readers: u16,
    writers: u16,
}

impl Counters {
    #[inline]
    fn of(word: u64) -> Self {
        Self { next: word as u16, readers: (word >> 16) as u16, writers: (word >> 32) as u16 }
    }

    #[inline]
    fn word(self) -> u64 {
        u64::from(self.next) | u64::from(self.readers) << 16 | u64::from(self.writers) << 32
    }
}

/// The lock, over its memory: zero is free.
#[derive(Clone, Copy)]
pub struct TicketLock<'a> {
    word: &'a AtomicU64,
    /// A power of two, at least as many as there are ranks.
    places: &'a [AtomicU32],
}

impl<'a> TicketLock<'a> {
    /// # Panics
    /// Unless the number of places is a power of two of at most 32768.
    #[inline]
    pub fn new(word: &'a AtomicU64, places: &'a [AtomicU32]) -> Self {
        assert!(places.len().is_power_of_two() && places.len() <= 1 << 15);
        Self { word, places }
    }

    /// Takes the lock for `rank` (any number of the caller's that is not
    /// `u32::MAX`), or a ticket.
    ///
    /// # Errors
    /// The ticket, when others hold the lock or wait for it.
    #[inline]
    pub fn acquire(&self, kind: LockKind, rank: u32) -> Result<(), Ticket> {
        // Relaxed: the exchange orders.
        let mut seen = self.word.load(Ordering::Relaxed);
        loop {
            let old = Counters::of(seen);
            let mut new = old;
            new.next = old.next.wrapping_add(1);
            let enters = match kind {
                LockKind::Shared => old.next == old.readers,
                LockKind::Exclusive => old.next == old.writers,
            };
            if enters && kind == LockKind::Shared {
                new.readers = new.next;
            }
            // Acquire: pairs with the Release in `release`; what was done under the
            // lock before is visible.
            match self.word.compare_exchange_weak(seen, new.word(), Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) if enters => return Ok(()),
                Ok(_) => {
                    // Relaxed: the waiter's doorbell has a fence before its last look.
                    self.place(old.next).store(rank + 1, Ordering::Relaxed);
                    return Err(Ticket { number: old.next, kind });
                }
                Err(changed) => seen = changed,
            }
        }
    }

    /// Takes the lock if it is the ticket's turn: the rank to be rung
    /// afterwards, if there is one.
    ///
    /// # Errors
    /// The ticket, when its turn has not come.
    pub fn enter(&self, ticket: Ticket) -> Result<Option<u32>, Ticket> {
        // Acquire, here and below: pairs with the Release in `release`.
        let mut seen = self.word.load(Ordering::Acquire);
        loop {
            let mut counters = Counters::of(seen);
            let turn = match ticket.kind {
                LockKind::Exclusive => {
                    return if counters.writers == ticket.number { Ok(None) } else { Err(ticket) };
                }
                LockKind::Shared => counters.readers == ticket.number,
            };
            if !turn {
                return Err(ticket);
            }
            counters.readers = counters.readers.wrapping_add(1);
            match self.word.compare_exchange_weak(seen, counters.word(), Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => return Ok(self.next_in_line(counters)),
                Err(changed) => seen = changed,
            }
        }
    }

    /// Gives the lock back: the rank to be rung afterwards, if there is one.
    #[inline]
    #[must_use = "the next rank sleeps until it is rung"]
    pub fn release(&self, kind: LockKind) -> Option<u32> {
        // Relaxed: the exchange orders.
        let mut seen = self.word.load(Ordering::Relaxed);
        loop {
            let mut counters = Counters::of(seen);
            counters.writers = counters.writers.wrapping_add(1);
            if kind == LockKind::Exclusive {
                counters.readers = counters.readers.wrapping_add(1);
            }
            // Release: pairs with the Acquire in `acquire` and `enter`.
            match self.word.compare_exchange_weak(seen, counters.word(), Ordering::Release, Ordering::Relaxed)
            {
                Ok(_) if kind == LockKind::Exclusive || counters.writers == counters.readers => {
                    return self.next_in_line(counters);
                }
                Ok(_) => return None,
                Err(changed) => seen = changed,
            }
        }
    }

    /// Who waits with the ticket whose turn it is.
    #[inline]
    fn next_in_line(&self, counters: Counters) -> Option<u32> {
        if counters.next == counters.readers {
            return None;
        }
        // SeqCst: pairs with the fence in `Doorbell::announce`. Either we see the
        // waiter's name, or it sees the word that we have changed.
        fence(Ordering::SeqCst);
        // Relaxed: ordered by the fence.
        self.place(counters.readers).load(Ordering::Relaxed).checked_sub(1)
    }

    #[inline]
    fn place(&self, ticket: u16) -> &AtomicU32 {
        &self.places[usize::from(ticket) & (self.places.len() - 1)]
    }
}

#[cfg(test)]
mod tests;
