//! Pieces of a file as one rank tells them to another: equal pieces at equal
//! distances are one run, so that a regular pattern is a few words however
//! many pieces it has.

use super::view::Piece;
use crate::error::{ErrorClass, Result};
use crate::fail;

/// `count` pieces of `len` bytes, `stride` bytes apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub offset: u64,
    pub len: u64,
    pub stride: u64,
    pub count: u64,
}

/// Bytes of a run in a message.
pub(super) const RUN_BYTES: usize = 32;

/// The runs of pieces whose offsets increase.
pub(super) fn runs_of(pieces: &[Piece]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for piece in pieces {
        let len = piece.len as u64;
        if let Some(run) = runs.last_mut()
            && run.len == len
        {
            let distance = piece.offset - (run.offset + (run.count - 1) * run.stride);
            if run.count == 1 || distance == run.stride {
                run.stride = distance;
                run.count += 1;
                continue;
            }
        }
        runs.push(Run { offset: piece.offset, len, stride: 0, count: 1 });
    }
    runs
}

pub(super) fn encode(runs: &[Run]) -> Vec<u8> {
    runs.iter()
        .flat_map(|run| [run.offset, run.len, run.stride, run.count])
        .flat_map(u64::to_le_bytes)
        .collect()
}

/// The runs of a message, all of whose pieces lie in a window of `window`
/// bytes from `base` on and have `bytes` bytes together.
///
/// # Errors
/// `MPI_ERR_INTERN` for anything else.
pub(super) fn decode(message: &[u8], base: u64, window: u64, bytes: u64) -> Result<Vec<Run>> {
    let (words, _) = message.as_chunks::<8>();
    let (words, rest) = words.as_chunks::<4>();
    let mut sum = 0u64;
    let mut runs = Vec::with_capacity(words.len());
    for words in words {
        let [offset, len, stride, count] = words.map(u64::from_le_bytes);
        let run = Run { offset, len, stride, count };
        let mut inside = || {
            let reach = count.checked_sub(1)?.checked_mul(stride)?.checked_add(len)?;
            let end = offset.checked_sub(base)?.checked_add(reach)?;
            sum = sum.checked_add(len.checked_mul(count)?)?;
            (end <= window).then_some(())
        };
        if inside().is_none() {
            fail!(ErrorClass::Intern, "a rank sent {run:?} for a window of {window} bytes at {base}");
        }
        runs.push(run);
    }
    if !rest.is_empty() || sum != bytes {
        fail!(ErrorClass::Intern, "a rank sent runs of {sum} bytes in all where it had announced {bytes}");
    }
    Ok(runs)
}

impl Run {
    /// The pieces: offset and length.
    pub(super) fn pieces(self) -> impl Iterator<Item = (u64, usize)> {
        (0..self.count).map(move |index| (self.offset + index * self.stride, self.len as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_survive_the_way_through_a_message(
            steps in prop::collection::vec((1u64..4, 1usize..4), 0..50),
            base in 0u64..1 << 40,
        ) {
            let mut at = base;
            let mut pieces = Vec::new();
            for (gap, len) in steps {
                pieces.push(Piece { offset: at, len });
                at += len as u64 + gap;
            }
            let bytes = pieces.iter().map(|piece| piece.len as u64).sum();
            let runs = decode(&encode(&runs_of(&pieces)), base, at - base, bytes).unwrap();
            let again: Vec<_> =
                runs.iter().flat_map(|run| run.pieces()).map(|(offset, len)| Piece { offset, len }).collect();
            prop_assert_eq!(again, pieces);
        }

        /// Whatever comes, decoding neither panics nor gives pieces outside.
        #[test]
        fn wild_messages_are_refused(
            words in prop::collection::vec(any::<u64>(), 0..12),
            bytes in any::<u64>(),
        ) {
            let message: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            if let Ok(runs) = decode(&message, 100, 1000, bytes) {
                for (offset, len) in runs.iter().flat_map(|run| run.pieces()).take(10_000) {
                    prop_assert!(offset >= 100 && offset + len as u64 <= 1100);
                }
            }
        }
    }

    #[test]
    fn a_regular_pattern_is_one_run() {
        let pieces: Vec<Piece> = (0..1000).map(|i| Piece { offset: 10 + 16 * i, len: 4 }).collect();
        assert_eq!(runs_of(&pieces), [Run { offset: 10, len: 4, stride: 16, count: 1000 }]);
    }
}
