//! Which parts of a ring's payload area are in use: a circular allocator that
//! only the producer sees.
//!
//! It begins again at 0 whenever everything is found to be consumed, so that a
//! light user touches few pages, and short packets few cache lines. It takes more
//! of the area when the producer outruns the consumer.
//!
//! Long packets go on round the area instead, of which they take more as more of
//! them pass. A core writes a cache line several times faster if no other core
//! has it (2 ns against 8 were measured on Zen 4), and what long packets come back
//! to has left the other core's own caches by then.

use std::collections::VecDeque;

use super::SLOT_BYTES;

/// Bytes of packets that are long: shorter ones were measured to gain nothing.
const LONG: usize = 8 * 1024;
/// Times that long packets have filled what is in use, when it becomes twice as
/// much.
const ROUNDS: u64 = 8;

/// Bytes of a payload area that are in use.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    /// At first.
    pub at_first: usize,
    /// When the producer outruns the consumer, at most.
    pub outrun: usize,
    /// When many long packets have passed, at most.
    pub round: usize,
}

pub(super) struct PayloadSpace {
    shares: Shares,
    pub(super) capacity: usize,
    head: usize,
    /// (slot number, offset, end) of packets not known to be consumed.
    used: VecDeque<(u32, usize, usize)>,
    /// Where the last long packet ended.
    long_end: usize,
    /// Bytes of long packets so far.
    long_bytes: u64,
}

impl PayloadSpace {
    pub(super) fn new(shares: Shares) -> Self {
        let capacity = shares.at_first;
        Self { shares, capacity, head: 0, used: VecDeque::new(), long_end: 0, long_bytes: 0 }
    }

    /// Frees what lies before slot number `consumed`.
    pub(super) fn release(&mut self, consumed: u32) {
        while let Some(&(number, ..)) = self.used.front() {
            // Wrapping order: numbers are never 2^31 apart.
            if (number.wrapping_sub(consumed) as i32) >= 0 {
                break;
            }
            self.used.pop_front();
        }
    }

    /// A place for `len` bytes, if there is one.
    pub(super) fn reserve(&self, len: usize) -> Option<usize> {
        let Some(&(_, tail, _)) = self.used.front() else {
            let on = len >= LONG && self.long_end + len <= self.capacity;
            return (len <= self.capacity).then_some(if on { self.long_end } else { 0 });
        };
        if self.head > tail {
            if self.head + len <= self.capacity {
                return Some(self.head);
            }
            return (len < tail).then_some(0);
        }
        (self.head + len < tail).then_some(self.head)
    }

    /// As [`Self::reserve`], after a release: takes more of the area if that is due.
    pub(super) fn grow_and_reserve(&mut self, len: usize) -> Option<usize> {
        let is_wrapped = |space: &Self| space.used.front().is_some_and(|&(_, tail, _)| space.head <= tail);
        if !is_wrapped(self)
            && self.capacity < self.shares.round
            && self.long_bytes >= ROUNDS * self.capacity as u64
        {
            self.capacity = (self.capacity * 2).min(self.shares.round);
        }
        loop {
            if let Some(offset) = self.reserve(len) {
                return Some(offset);
            }
            if is_wrapped(self) || self.capacity >= self.shares.outrun {
                return None;
            }
            self.capacity = (self.capacity * 2).min(self.shares.outrun);
        }
    }

    pub(super) fn commit(&mut self, number: u32, offset: usize, len: usize) {
        let end = (offset + len).next_multiple_of(SLOT_BYTES);
        self.used.push_back((number, offset, end));
        self.head = end;
        if len >= LONG {
            self.long_end = end;
            self.long_bytes += len as u64;
        }
    }
}

#[cfg(all(test, not(any(loom, shuttle))))]
mod tests {
    use super::*;

    const KIB: usize = 1024;

    /// Sends packets that are consumed at once, and returns where they lay.
    fn places(space: &mut PayloadSpace, numbers: std::ops::Range<u32>, len: usize) -> Vec<usize> {
        let mut send = |number: u32| {
            let offset = match space.reserve(len) {
                Some(offset) => offset,
                None => {
                    space.release(number);
                    space.grow_and_reserve(len).unwrap()
                }
            };
            space.commit(number, offset, len);
            offset
        };
        numbers.map(&mut send).collect()
    }

    #[test]
    fn long_packets_go_round_more_and_more_of_the_area() {
        let mut space = PayloadSpace::new(Shares { at_first: 64 * KIB, outrun: 64 * KIB, round: 512 * KIB });
        let offsets = places(&mut space, 0..1000, 16 * KIB);
        let (early, late) = (&offsets[..20], &offsets[900..]);
        assert!(early.iter().all(|&offset| offset + 16 * KIB <= 64 * KIB));
        let furthest = late.iter().max().unwrap() + 16 * KIB;
        assert_eq!(furthest, 512 * KIB);
        assert!(
            late.windows(32).all(|turn| turn.iter().collect::<std::collections::BTreeSet<_>>().len() == 32)
        );
    }

    #[test]
    fn short_packets_stay_in_the_first_part() {
        let mut space = PayloadSpace::new(Shares { at_first: 64 * KIB, outrun: 64 * KIB, round: 512 * KIB });
        let offsets = places(&mut space, 0..5000, 4 * KIB);
        assert!(offsets.iter().all(|&offset| offset + 4 * KIB <= 64 * KIB));
    }

    #[test]
    fn who_outruns_the_consumer_gets_so_much_and_no_more() {
        let mut space = PayloadSpace::new(Shares { at_first: 64 * KIB, outrun: 256 * KIB, round: 256 * KIB });
        let mut taken = 0;
        while let Some(offset) = space.reserve(16 * KIB).or_else(|| space.grow_and_reserve(16 * KIB)) {
            space.commit(taken, offset, 16 * KIB);
            taken += 1;
        }
        assert_eq!(taken, 16);
    }
}
