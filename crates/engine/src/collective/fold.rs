//! Any number of ranks, seen as a power of two.
//!
//! With `size = power + rest`, the first `2 * rest` ranks pair up as
//! neighbours. One of each pair hands its data to the other and rests; the
//! active ones are numbered in rank order, so a combination of neighbouring
//! active ranks is a combination of neighbouring ranks.

/// How `size` ranks fold into a power of two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fold {
    /// How many ranks stay active: the largest power of two not above the size.
    pub power: usize,
    /// How many pairs fold.
    rest: usize,
    /// This rank stays active although its pair would choose the other.
    keep: usize,
}

/// What a rank does in a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Hands its data to `partner` and waits for the result.
    Resting { partner: usize },
    /// Takes part as `index` of `power`, for `partner` too if there is one.
    Active { index: usize, partner: Option<usize> },
}

impl Fold {
    /// The upper rank of each pair stays active: the lower one's data is the
    /// left operand, and combines into the active rank's own in place.
    pub(super) fn new(size: usize) -> Self {
        Self::keeping(size, usize::MAX)
    }

    /// As [`Fold::new`], but `rank` is active in any case.
    pub(super) fn keeping(size: usize, rank: usize) -> Self {
        let power = 1 << size.ilog2();
        Self { power, rest: size - power, keep: rank }
    }

    pub(super) fn role(&self, rank: usize) -> Role {
        if rank >= 2 * self.rest {
            return Role::Active { index: rank - self.rest, partner: None };
        }
        let partner = rank ^ 1;
        if self.active(rank / 2) == rank {
            Role::Active { index: rank / 2, partner: Some(partner) }
        } else {
            Role::Resting { partner }
        }
    }

    /// The rank that is active as `index`.
    pub(super) fn active(&self, index: usize) -> usize {
        if index >= self.rest {
            return index + self.rest;
        }
        let lower = 2 * index;
        if self.keep == lower { lower } else { lower + 1 }
    }

    /// The ranks that `index` stands for, in order.
    pub(super) fn members(&self, index: usize) -> std::ops::Range<usize> {
        if index < self.rest { 2 * index..2 * index + 2 } else { index + self.rest..index + self.rest + 1 }
    }

    /// How many doubling steps the active ranks need.
    pub(super) fn steps(&self) -> u32 {
        self.power.ilog2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_ranks_are_numbered_in_order_and_pairs_know_each_other() {
        for size in 1..=40 {
            for keep in 0..=size {
                let fold = Fold::keeping(size, keep);
                let mut next = 0;
                for rank in 0..size {
                    match fold.role(rank) {
                        Role::Active { index, partner } => {
                            assert_eq!(index, next);
                            next += 1;
                            assert_eq!(fold.active(index), rank);
                            assert!(fold.members(index).contains(&rank));
                            if let Some(partner) = partner {
                                assert_eq!(fold.role(partner), Role::Resting { partner: rank });
                                assert!(fold.members(index).contains(&partner));
                            }
                        }
                        Role::Resting { partner } => {
                            assert_ne!(rank, keep);
                            assert!(
                                matches!(fold.role(partner), Role::Active { partner: Some(p), .. } if p == rank)
                            );
                        }
                    }
                }
                assert_eq!(next, fold.power);
            }
        }
    }
}
