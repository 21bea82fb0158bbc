//! The lock of a window at one rank (`MPI_Win_lock`): shared or exclusive, in
//! the order in which it was asked for.
//!
//! One word holds three counters of 16 bits: the next ticket to give out, at the
//! top, the ticket that a reader may enter with, and the ticket that a writer may
//! enter with. Whoever asks takes a ticket. A reader that enters lets the next
//! ticket's holder try (`readers` + 1), a reader that leaves counts `writers`
//! up, and a writer both: so a writer enters when all before it have left.
//!
//! # Access protocol
//! - While a writer is inside, nobody else changes `readers` and `writers`. So it
//!   takes its ticket, and leaves, by additions, which need not know what the word
//!   was before: to look first would take longer than all else.
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

/// Where they are in the word. Past the last ticket `next` starts again, and
/// nothing is above it.
const READERS: u32 = 0;
const WRITERS: u32 = 16;
const NEXT: u32 = 48;

impl Counters {
    #[inline]
    fn of(word: u64) -> Self {
        Self {
            next: (word >> NEXT) as u16,
            readers: (word >> READERS) as u16,
            writers: (word >> WRITERS) as u16,
        }
    }

    #[inline]
    fn word(self) -> u64 {
        u64::from(self.next) << NEXT | u64::from(self.readers) << READERS | u64::from(self.writers) << WRITERS
    }
}

/// What has to be added to a word for a counter to go on by one, if the counter
/// starts again after the last ticket.
#[inline]
fn step(counter: u16, place: u32) -> u64 {
    // A branch that is foreseen, where a choice of values would have to be waited for.
    if counter == u16::MAX { 0_u64.wrapping_sub(u64::from(u16::MAX) << place) } else { 1 << place }
}

/// Takes the lock over this word, or a ticket, which must be announced.
///
/// # Errors
/// The ticket, when others hold the lock or wait for it.
#[inline]
pub fn take(word: &AtomicU64, kind: LockKind) -> Result<(), Ticket> {
    if kind == LockKind::Shared {
        return take_shared(word);
    }
    // Acquire: pairs with the Release in `leave`; what was done under the lock
    // before is visible.
    let old = Counters::of(word.fetch_add(1 << NEXT, Ordering::Acquire));
    if old.next == old.writers { Ok(()) } else { Err(Ticket { number: old.next, kind }) }
}

fn take_shared(word: &AtomicU64) -> Result<(), Ticket> {
    // Relaxed: the exchange orders.
    let mut seen = word.load(Ordering::Relaxed);
    loop {
        let old = Counters::of(seen);
        let next = old.next.wrapping_add(1);
        let enters = old.next == old.readers;
        let new = Counters { next, readers: if enters { next } else { old.readers }, ..old };
        // Acquire: as in `take`.
        match word.compare_exchange_weak(seen, new.word(), Ordering::Acquire, Ordering::Relaxed) {
            Ok(_) if enters => return Ok(()),
            Ok(_) => return Err(Ticket { number: old.next, kind: LockKind::Shared }),
            Err(changed) => seen = changed,
        }
    }
}

/// The lock was given back, and somebody may wait for it.
#[must_use = "the next rank sleeps until it is rung"]
pub struct Left(Counters);

/// Gives the lock over this word back.
#[inline]
pub fn leave(word: &AtomicU64, kind: LockKind) -> Option<Left> {
    if kind == LockKind::Shared {
        return leave_shared(word);
    }
    // Relaxed: nobody else changes the two counters that count here.
    let Counters { readers, writers, .. } = Counters::of(word.load(Ordering::Relaxed));
    let both = step(readers, READERS).wrapping_add(step(writers, WRITERS));
    // Release: pairs with the Acquire in `take` and `enter`.
    let left = Counters::of(word.fetch_add(both, Ordering::Release).wrapping_add(both));
    if left.next == left.readers { None } else { Some(Left(left)) }
}

fn leave_shared(word: &AtomicU64) -> Option<Left> {
    // Relaxed: the exchange orders.
    let mut seen = word.load(Ordering::Relaxed);
    loop {
        let old = Counters::of(seen);
        let new = Counters { writers: old.writers.wrapping_add(1), ..old };
        // Release: as in `leave`.
        match word.compare_exchange_weak(seen, new.word(), Ordering::Release, Ordering::Relaxed) {
            // The last of the readers inside lets a writer in.
            Ok(_) => return (new.writers == new.readers && new.next != new.readers).then_some(Left(new)),
            Err(changed) => seen = changed,
        }
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
    pub fn new(word: &'a AtomicU64, places: &'a [AtomicU32]) -> Self {
        assert!(places.len().is_power_of_two() && places.len() <= 1 << 15);
        Self { word, places }
    }

    /// Takes the lock for `rank` (any number of the caller's that is not
    /// `u32::MAX`), or a ticket.
    ///
    /// # Errors
    /// The ticket, when others hold the lock or wait for it.
    pub fn acquire(&self, kind: LockKind, rank: u32) -> Result<(), Ticket> {
        take(self.word, kind).inspect_err(|&ticket| self.announce(ticket, rank))
    }

    /// Says that `rank` waits with a ticket.
    pub fn announce(&self, ticket: Ticket, rank: u32) {
        // Relaxed: the waiter's doorbell has a fence before its last look.
        self.place(ticket.number).store(rank + 1, Ordering::Relaxed);
    }

    /// Takes the lock if it is the ticket's turn: the rank to be rung
    /// afterwards, if there is one.
    ///
    /// # Errors
    /// The ticket, when its turn has not come.
    pub fn enter(&self, ticket: Ticket) -> Result<Option<u32>, Ticket> {
        // Acquire, here and below: pairs with the Release in `leave`.
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
                Ok(_) => return Ok(self.next_in_line(Left(counters))),
                Err(changed) => seen = changed,
            }
        }
    }

    /// Gives the lock back: the rank to be rung afterwards, if there is one.
    #[must_use = "the next rank sleeps until it is rung"]
    pub fn release(&self, kind: LockKind) -> Option<u32> {
        leave(self.word, kind).and_then(|left| self.next_in_line(left))
    }

    /// Who waits with the ticket whose turn it is.
    pub fn next_in_line(&self, Left(counters): Left) -> Option<u32> {
        if counters.next == counters.readers {
            return None;
        }
        // SeqCst: pairs with the fence in `Doorbell::announce`. Either we see the
        // waiter's name, or it sees the word that we have changed.
        fence(Ordering::SeqCst);
        // Relaxed: ordered by the fence.
        self.place(counters.readers).load(Ordering::Relaxed).checked_sub(1)
    }

    fn place(&self, ticket: u16) -> &AtomicU32 {
        &self.places[usize::from(ticket) & (self.places.len() - 1)]
    }
}

#[cfg(test)]
mod tests;
