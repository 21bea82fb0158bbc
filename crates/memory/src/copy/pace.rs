//! How long data are written for a reader on another processor.
//!
//! A store needs its cache line, and where processors are far apart the line of
//! what another one has read before comes slowly: 26 us for 64 KiB were measured
//! on a machine with two sockets, against 3 us past the caches; reading took 3 us
//! either way. On one socket stores take 1 to 6 us, and reading what was written
//! past the caches takes longer. As a process may be moved, what it is on is
//! measured over and over.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::LINE;

/// Ticks that stores of a cache line may take: a processor counts 2 to 4 in a ns.
const SLOW_TICKS: u64 = 24;
/// Ticks that stores may have lost before they are given up: more than is counted of
/// a single copy, which may have met the scheduler or new pages.
const LOSS: u64 = 40_000;
/// Ticks that a single copy can have lost.
const MOST_OF_ONE: u64 = LOSS * 3 / 4;
/// Bytes past the caches after which stores get another try.
const STREAMED_BYTES: usize = 2 << 20;
/// Bytes of such a try.
pub const TRIED_BYTES: usize = 4096;

/// Ticks that the stores of `len` bytes may take.
fn allowed(len: usize) -> u64 {
    (len / LINE) as u64 * SLOW_TICKS
}

/// How to write a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By stores, whose time is to be told.
    Stored,
    /// Past the caches.
    Streamed,
    /// The first [`TRIED_BYTES`] as [`Self::Stored`], the others as
    /// [`Self::Streamed`].
    Tried,
}

/// What a process has measured. Threads may take each other's times for their own:
/// they are on the same machine.
pub struct Pace {
    /// Bytes to be written past the caches, or 0.
    streamed: AtomicUsize,
    /// Ticks that stores have taken beyond what they may.
    loss: AtomicU64,
}

impl Pace {
    pub const fn new() -> Self {
        Self { streamed: AtomicUsize::new(0), loss: AtomicU64::new(0) }
    }

    /// How to write the next `len` bytes.
    pub fn way(&self, len: usize) -> Way {
        // Relaxed, all here and below: the numbers order nothing, and a lost one only
        // changes when the next try is.
        let left = self.streamed.load(Ordering::Relaxed);
        if left == 0 {
            return Way::Stored;
        }
        self.streamed.store(left.saturating_sub(len).max(1), Ordering::Relaxed);
        if left > len { Way::Streamed } else { Way::Tried }
    }

    /// Tells how many ticks the stores of `len` bytes took.
    pub fn stored(&self, len: usize, ticks: u64) {
        let (loss, allowed) = (self.loss.load(Ordering::Relaxed), allowed(len));
        let loss = (loss + ticks.min(allowed + MOST_OF_ONE)).saturating_sub(allowed);
        if loss < LOSS {
            self.loss.store(loss, Ordering::Relaxed);
        } else {
            self.loss.store(0, Ordering::Relaxed);
            self.streamed.store(STREAMED_BYTES, Ordering::Relaxed);
        }
    }

    /// As [`Self::stored`], of a try. After one that was fast a single slow copy will
    /// do: this one may have met lines that only a neighbour has read.
    pub fn tried(&self, len: usize, ticks: u64) {
        let is_slow = ticks > allowed(len);
        self.streamed.store(if is_slow { STREAMED_BYTES } else { 0 }, Ordering::Relaxed);
        self.loss.store(LOSS / 2, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEN: usize = 64 * 1024;
    /// Ticks of stores to lines that are near, and to those that are far.
    const NEAR: u64 = 8 * 1024;
    const FAR: u64 = 60 * 1024;

    /// Writes a block whose stores take so long, and says how.
    fn write(pace: &Pace, ticks: u64) -> Way {
        let way = pace.way(LEN);
        match way {
            Way::Stored => pace.stored(LEN, ticks),
            Way::Tried => pace.tried(TRIED_BYTES, ticks * TRIED_BYTES as u64 / LEN as u64),
            Way::Streamed => {}
        }
        way
    }

    #[test]
    fn near_lines_are_stored_even_if_the_scheduler_comes_between() {
        let pace = Pace::new();
        for round in 0..1000 {
            let ticks = if round % 10 == 0 { 10_000_000 } else { NEAR };
            assert_eq!(write(&pace, ticks), Way::Stored);
        }
    }

    #[test]
    fn far_lines_are_written_past_the_caches_until_they_are_near() {
        let pace = Pace::new();
        let stored = (0..100).take_while(|_| write(&pace, FAR) == Way::Stored).count();
        assert!((2..5).contains(&stored), "{stored} slow copies");
        let ways: Vec<Way> = (0..1000).map(|_| write(&pace, FAR)).collect();
        assert!(!ways.contains(&Way::Stored));
        let tries = ways.iter().filter(|way| **way == Way::Tried).count();
        assert!((10..100).contains(&tries), "{tries} tries");
        let before = (0..100).take_while(|_| write(&pace, NEAR) != Way::Stored).count();
        assert!(before <= STREAMED_BYTES / LEN + 1);
    }

    #[test]
    fn lines_of_which_some_are_far_are_written_past_the_caches() {
        let pace = Pace::new();
        let ways: Vec<Way> = (0..1000).map(|round| write(&pace, [NEAR, FAR][round % 2])).collect();
        let streamed = ways.iter().filter(|way| **way == Way::Streamed).count();
        assert!(streamed > 800, "{streamed} of 1000");
    }
}
