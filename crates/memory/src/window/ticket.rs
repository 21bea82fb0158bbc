//! The lock of a window at one rank (`MPI_Win_lock`): shared or exclusive, in
//! the order in which it was asked for.
//!
//! There are three counters of 16 bits: the next ticket to give out, the ticket
//! that a reader may enter with, and the ticket that a writer may enter with.
//! Whoever asks takes a ticket. A reader that enters lets the next ticket's holder
//! try (`readers` + 1), a reader that leaves counts `writers` up, and a writer both:
//! so a writer enters when all before it have left.
//!
//! # Access protocol
//! - `next` is only added to; that is the one locked instruction of a writer. While
//!   it is inside, nobody else changes `turn`, which holds the two other counters:
//!   it leaves by a store.
//! - A rank holds or waits for the lock at most once, so tickets in use are
//!   fewer than there are ranks, and differ modulo the number of places.
//! - Nobody sleeps here. Who has to wait has taken a ticket, has written its name
//!   into the place of that, and looks at `turn` again after a heavy fence before
//!   it sleeps; who changes `turn` looks, after a light one, whether there is such
//!   a ticket and who has it, and rings its holder. The fences make sure that one
//!   of the two sees the other. A name left over from an earlier ticket costs a
//!   ring in vain.

use crate::asymmetric::Fences;
use crate::atomic::{AtomicU32, Ordering};

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

/// The tickets whose holders may enter.
#[derive(Clone, Copy)]
struct Turn {
    readers: u16,
    writers: u16,
}

/// Where the ticket of writers begins in the word.
const WRITERS: u32 = 16;

impl Turn {
    #[inline(always)]
    fn of(word: u32) -> Self {
        Self { readers: word as u16, writers: (word >> WRITERS) as u16 }
    }

    #[inline(always)]
    fn word(self) -> u32 {
        u32::from(self.writers) << WRITERS | u32::from(self.readers)
    }
}

/// What is shared of a lock, beside the names of those who wait: zero is free.
#[cfg_attr(test, derive(Default))]
#[repr(C, align(8))]
pub struct LockWords {
    /// The next ticket; its upper half counts on, and is not looked at.
    next: AtomicU32,
    turn: AtomicU32,
}

/// The turn has gone on to somebody who may sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the next rank sleeps until it is rung"]
pub struct Next(u16);

impl LockWords {
    #[inline(always)]
    fn draw(&self) -> u16 {
        // Relaxed: entering orders.
        self.next.fetch_add(1, Ordering::Relaxed) as u16
    }

    /// Takes the lock, or a ticket, which must be announced. Only readers let
    /// others in while they enter.
    ///
    /// # Errors
    /// The ticket, when others hold the lock or wait for it.
    #[inline]
    pub fn take(&self, kind: LockKind, fences: Fences) -> Result<Option<Next>, Ticket> {
        match kind {
            LockKind::Exclusive => self.take_alone().map(|()| None),
            LockKind::Shared => self.enter(Ticket { number: self.draw(), kind }, fences),
        }
    }

    /// Takes the lock for a writer, or a ticket, which must be announced.
    ///
    /// # Errors
    /// The ticket, when others hold the lock or wait for it.
    #[inline(always)]
    pub fn take_alone(&self) -> Result<(), Ticket> {
        let number = self.draw();
        if self.is_turn_of_writer(number) {
            Ok(())
        } else {
            Err(Ticket { number, kind: LockKind::Exclusive })
        }
    }

    #[inline(always)]
    fn is_turn_of_writer(&self, number: u16) -> bool {
        // Acquire: pairs with the Release in `leave` and `leave_alone`; what was done
        // under the lock before is visible.
        Turn::of(self.turn.load(Ordering::Acquire)).writers == number
    }

    /// Takes the lock if it is the ticket's turn.
    fn enter(&self, ticket: Ticket, fences: Fences) -> Result<Option<Next>, Ticket> {
        if ticket.kind == LockKind::Exclusive {
            return if self.is_turn_of_writer(ticket.number) { Ok(None) } else { Err(ticket) };
        }
        // Acquire, here and below: as in `is_turn_of_writer`.
        let mut seen = self.turn.load(Ordering::Acquire);
        loop {
            let turn = Turn::of(seen);
            if turn.readers != ticket.number {
                return Err(ticket);
            }
            let turn = Turn { readers: turn.readers.wrapping_add(1), ..turn };
            // Release: what came before readers, they hand on.
            match self.turn.compare_exchange_weak(seen, turn.word(), Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Ok(self.next(turn, fences)),
                Err(changed) => seen = changed,
            }
        }
    }

    /// Gives the lock back.
    #[inline]
    pub fn leave(&self, kind: LockKind, fences: Fences) -> Option<Next> {
        if kind == LockKind::Exclusive {
            return self.leave_alone(fences);
        }
        // Release: pairs with the Acquire in `enter` and `is_turn_of_writer`. The
        // counter is at the top, so that nothing else changes when it starts again.
        let turn = Turn::of(self.turn.fetch_add(1 << WRITERS, Ordering::Release).wrapping_add(1 << WRITERS));
        // The last of the readers inside lets a writer in.
        if turn.writers == turn.readers { self.next(turn, fences) } else { None }
    }

    /// Gives the lock of a writer back.
    #[inline(always)]
    pub fn leave_alone(&self, fences: Fences) -> Option<Next> {
        // Relaxed: nobody else changes it now.
        let turn = Turn::of(self.turn.load(Ordering::Relaxed));
        let turn = Turn { readers: turn.readers.wrapping_add(1), writers: turn.writers.wrapping_add(1) };
        // Release: as in `leave`.
        self.turn.store(turn.word(), Ordering::Release);
        self.next(turn, fences)
    }

    /// Whether somebody has taken the ticket whose turn has come.
    #[inline(always)]
    fn next(&self, turn: Turn, fences: Fences) -> Option<Next> {
        fences.light();
        // Relaxed: ordered by the fence.
        let next = self.next.load(Ordering::Relaxed) as u16;
        (next != turn.readers).then_some(Next(turn.readers))
    }
}

/// The lock, over its memory.
#[derive(Clone, Copy)]
pub struct TicketLock<'a> {
    words: &'a LockWords,
    /// A power of two, at least as many as there are ranks.
    places: &'a [AtomicU32],
    fences: Fences,
}

impl<'a> TicketLock<'a> {
    /// # Panics
    /// Unless the number of places is a power of two of at most 32768.
    pub fn new(words: &'a LockWords, places: &'a [AtomicU32], fences: Fences) -> Self {
        assert!(places.len().is_power_of_two() && places.len() <= 1 << 15);
        Self { words, places, fences }
    }

    /// Takes the lock, or a ticket, which must be announced: the rank to be rung
    /// afterwards, if there is one.
    ///
    /// # Errors
    /// The ticket, when others hold the lock or wait for it.
    pub fn take(&self, kind: LockKind) -> Result<Option<u32>, Ticket> {
        let next = self.words.take(kind, self.fences)?;
        Ok(next.and_then(|next| self.holder(next)))
    }

    /// Says that `rank` (any number of the caller's that is not `u32::MAX`) waits
    /// with a ticket. Before it sleeps it does a heavy fence.
    pub fn announce(&self, ticket: Ticket, rank: u32) {
        // Relaxed: ordered by the heavy fence.
        self.place(ticket.number).store(rank + 1, Ordering::Relaxed);
    }

    /// Takes the lock if it is the ticket's turn: the rank to be rung
    /// afterwards, if there is one.
    ///
    /// # Errors
    /// The ticket, when its turn has not come.
    pub fn enter(&self, ticket: Ticket) -> Result<Option<u32>, Ticket> {
        let next = self.words.enter(ticket, self.fences)?;
        Ok(next.and_then(|next| self.holder(next)))
    }

    /// Gives the lock back: the rank to be rung afterwards, if there is one.
    #[must_use = "the next rank sleeps until it is rung"]
    pub fn release(&self, kind: LockKind) -> Option<u32> {
        self.words.leave(kind, self.fences).and_then(|next| self.holder(next))
    }

    /// Who waits with the ticket whose turn it is, if it has said so.
    pub fn holder(&self, Next(number): Next) -> Option<u32> {
        // Relaxed: ordered by the light fence that came before.
        self.place(number).load(Ordering::Relaxed).checked_sub(1)
    }

    fn place(&self, ticket: u16) -> &AtomicU32 {
        &self.places[usize::from(ticket) & (self.places.len() - 1)]
    }
}

#[cfg(test)]
mod tests;
