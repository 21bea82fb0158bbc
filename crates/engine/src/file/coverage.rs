//! Which bytes of a window of a file are accessed.

use std::ops::Range;

/// A set of bytes below a bound.
pub(super) struct Coverage {
    words: Vec<u64>,
    len: usize,
}

const BITS: usize = u64::BITS as usize;

/// Ones from bit `from` on.
fn ones_from(from: usize) -> u64 {
    !0 << from
}

/// Ones before bit `to`, which is not 0.
fn ones_to(to: usize) -> u64 {
    !0 >> (BITS - to)
}

impl Coverage {
    /// No bytes of `len`.
    pub(super) fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(BITS)], len }
    }

    /// No bytes of `len`, in the same memory.
    pub(super) fn clear(&mut self, len: usize) {
        self.words.clear();
        self.words.resize(len.div_ceil(BITS), 0);
        self.len = len;
    }

    /// Adds bytes.
    pub(super) fn mark(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        assert!(range.end <= self.len, "bytes {range:?} of a window of {}", self.len);
        let (first, last) = (range.start / BITS, (range.end - 1) / BITS);
        let (head, tail) = (ones_from(range.start % BITS), ones_to((range.end - 1) % BITS + 1));
        if first == last {
            self.words[first] |= head & tail;
            return;
        }
        self.words[first] |= head;
        self.words[first + 1..last].fill(!0);
        self.words[last] |= tail;
    }

    /// The first byte from `from` on that is (or is not) in the set.
    fn find(&self, from: usize, present: bool) -> Option<usize> {
        if from >= self.len {
            return None;
        }
        let word = |index: usize| if present { self.words[index] } else { !self.words[index] };
        let mut index = from / BITS;
        let mut found = word(index) & ones_from(from % BITS);
        while found == 0 {
            index += 1;
            if index == self.words.len() {
                return None;
            }
            found = word(index);
        }
        Some(index * BITS + found.trailing_zeros() as usize).filter(|&at| at < self.len)
    }

    /// The longest runs of bytes in the set, in their order.
    pub(super) fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = self.find(at, true)?;
            at = self.find(start, false).unwrap_or(self.len);
            Some(start..at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_are_those_of_a_list_of_flags(
            len in 1usize..400,
            marks in prop::collection::vec((0usize..400, 0usize..130), 0..20),
        ) {
            let mut coverage = Coverage::new(len);
            let mut flags = vec![false; len];
            for (start, size) in marks {
                let range = start.min(len)..(start + size).min(len);
                flags[range.clone()].fill(true);
                coverage.mark(range);
            }
            let runs: Vec<_> = coverage.runs().collect();
            prop_assert!(runs.windows(2).all(|pair| pair[0].end < pair[1].start));
            let mut again = vec![false; len];
            runs.into_iter().for_each(|run| again[run].fill(true));
            prop_assert_eq!(again, flags);
        }
    }
}
