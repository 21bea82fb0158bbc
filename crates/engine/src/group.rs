//! Groups (MPI-5.0 section 7.3).
//!
//! A [`Group`] is an ordered set of processes. A process is named by its index
//! among the transport's peers; a rank is a position in the group. Groups are
//! immutable and shared by `Arc`, so everything here is local and without
//! locks.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::SessionId;
use crate::status::{PROC_NULL, UNDEFINED};

#[cfg(test)]
mod tests;

/// An ordered set of processes.
pub struct Group {
    members: Members,
    rank: Option<usize>,
    /// Which session the group comes from, or the first group that it is made of.
    session: Option<SessionId>,
}

enum Members {
    /// Rank `r` is process `first + r`: `MPI_COMM_WORLD`, `MPI_COMM_SELF`, and
    /// whatever is cut out of them in one piece.
    Run { first: u32, len: u32 },
    List {
        processes: Box<[u32]>,
        /// Process to rank; made when first asked for.
        ranks: OnceLock<FxHashMap<u32, u32>>,
    },
}

/// How two groups, or the groups of two communicators, relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Same processes in the same order (for communicators: the same object).
    Ident,
    /// Communicators with identical groups and different contexts.
    Congruent,
    /// Same processes in another order.
    Similar,
    Unequal,
}

/// A range of ranks: `first`, `first + stride`, ... up to `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankRange {
    pub first: i32,
    pub last: i32,
    pub stride: i32,
}

impl Group {
    /// `MPI_GROUP_EMPTY`.
    pub fn empty() -> Self {
        Self { members: Members::Run { first: 0, len: 0 }, rank: None, session: None }
    }

    /// The processes `first..first + len`, seen by process `own`.
    pub fn run(first: u32, len: u32, own: u32) -> Self {
        let rank = own.checked_sub(first).filter(|&rank| rank < len);
        Self { members: Members::Run { first, len }, rank: rank.map(|rank| rank as usize), session: None }
    }

    /// These different processes in this order, seen by process `own`.
    pub fn new(processes: Vec<u32>, own: u32) -> Self {
        Self::seen_by(processes, Some(own))
    }

    fn seen_by(processes: Vec<u32>, own: Option<u32>) -> Self {
        let rank = own.and_then(|own| processes.iter().position(|&process| process == own));
        let first = processes.first().copied().unwrap_or(0);
        let is_run = processes.iter().zip(first..).all(|(&process, expected)| process == expected);
        let members = if is_run {
            Members::Run { first, len: processes.len() as u32 }
        } else {
            Members::List { processes: processes.into(), ranks: OnceLock::new() }
        };
        Self { members, rank, session: None }
    }

    /// The same group, as one of a session's.
    #[must_use]
    pub fn of_session(self, session: SessionId) -> Self {
        Self { session: Some(session), ..self }
    }

    /// The session that the group comes from (MPI-5.0 section 11.3).
    pub fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// A group made of this one.
    fn derive(&self, processes: Vec<u32>, own: Option<u32>) -> Self {
        Self { session: self.session, ..Self::seen_by(processes, own) }
    }

    #[inline]
    pub fn size(&self) -> usize {
        match &self.members {
            Members::Run { len, .. } => *len as usize,
            Members::List { processes, .. } => processes.len(),
        }
    }

    /// The calling process's rank, unless it is no member.
    #[inline]
    pub fn rank(&self) -> Option<usize> {
        self.rank
    }

    /// The process with this rank.
    ///
    /// # Panics
    /// When the rank is not below [`Self::size`].
    #[inline]
    pub fn process(&self, rank: usize) -> u32 {
        match &self.members {
            Members::Run { first, len } => {
                assert!(rank < *len as usize, "rank {rank} of a group of {len}");
                first + rank as u32
            }
            Members::List { processes, .. } => processes[rank],
        }
    }

    /// The processes, by rank.
    pub fn processes(&self) -> impl Iterator<Item = u32> {
        (0..self.size()).map(|rank| self.process(rank))
    }

    /// Whether all members are among these processes.
    pub fn is_within(&self, processes: &Range<u32>) -> bool {
        match &self.members {
            Members::Run { first, len } => {
                *len == 0 || processes.start <= *first && first + len <= processes.end
            }
            Members::List { processes: members, .. } => {
                members.iter().all(|member| processes.contains(member))
            }
        }
    }

    /// The rank of this process, unless it is no member.
    pub fn rank_of(&self, process: u32) -> Option<usize> {
        match &self.members {
            Members::Run { first, len } => {
                process.checked_sub(*first).filter(|rank| rank < len).map(|rank| rank as usize)
            }
            Members::List { processes, ranks } => {
                let ranks = ranks.get_or_init(|| processes.iter().copied().zip(0..).collect());
                ranks.get(&process).map(|&rank| rank as usize)
            }
        }
    }

    fn own(&self) -> Option<u32> {
        self.rank.map(|rank| self.process(rank))
    }

    /// The ranks that these ranks of `self` have in `other`, `MPI_UNDEFINED`
    /// for those that have none; `MPI_PROC_NULL` stays what it is.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` for a rank that is not in the group.
    pub fn translate(&self, ranks: &[i32], other: &Self) -> Result<Vec<i32>> {
        let translate = |&rank: &i32| match rank {
            PROC_NULL => Ok(PROC_NULL),
            _ => {
                let process = self.process(self.check(rank)?);
                Ok(other.rank_of(process).map_or(UNDEFINED, |rank| rank as i32))
            }
        };
        ranks.iter().map(translate).collect()
    }

    /// `Ident`, `Similar` or `Unequal`.
    pub fn compare(&self, other: &Self) -> Comparison {
        if self.size() != other.size() {
            Comparison::Unequal
        } else if self.processes().eq(other.processes()) {
            Comparison::Ident
        } else if self.processes().all(|process| other.rank_of(process).is_some()) {
            Comparison::Similar
        } else {
            Comparison::Unequal
        }
    }

    /// The members of `self`, then those of `other` that `self` has not.
    pub fn union(&self, other: &Self) -> Self {
        let new = other.processes().filter(|&process| self.rank_of(process).is_none());
        self.derive(self.processes().chain(new).collect(), self.own().or(other.own()))
    }

    /// The members of `self` that `other` has too, in `self`'s order.
    pub fn intersection(&self, other: &Self) -> Self {
        let common = self.processes().filter(|&process| other.rank_of(process).is_some());
        self.derive(common.collect(), self.own())
    }

    /// The members of `self` that `other` has not, in `self`'s order.
    pub fn difference(&self, other: &Self) -> Self {
        let rest = self.processes().filter(|&process| other.rank_of(process).is_none());
        self.derive(rest.collect(), self.own())
    }

    /// The members with these ranks, in the order of `ranks`.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` for a rank that is not in the group or is there twice.
    pub fn incl(&self, ranks: &[i32]) -> Result<Self> {
        self.select(ranks)?;
        let processes = ranks.iter().map(|&rank| self.process(rank as usize)).collect();
        Ok(self.derive(processes, self.own()))
    }

    /// The members without these ranks, in `self`'s order.
    ///
    /// # Errors
    /// As [`Self::incl`].
    pub fn excl(&self, ranks: &[i32]) -> Result<Self> {
        let left_out = self.select(ranks)?;
        let rest = self.processes().zip(left_out).filter(|(_, left_out)| !left_out);
        Ok(self.derive(rest.map(|(process, _)| process).collect(), self.own()))
    }

    /// As [`Self::incl`], of the ranks in `ranges`.
    ///
    /// # Errors
    /// As [`Self::incl`], and `MPI_ERR_ARG` for a stride of zero.
    pub fn range_incl(&self, ranges: &[RankRange]) -> Result<Self> {
        self.incl(&self.expand(ranges)?)
    }

    /// As [`Self::excl`], of the ranks in `ranges`.
    ///
    /// # Errors
    /// As [`Self::range_incl`].
    pub fn range_excl(&self, ranges: &[RankRange]) -> Result<Self> {
        self.excl(&self.expand(ranges)?)
    }

    fn check(&self, rank: i32) -> Result<usize> {
        match usize::try_from(rank) {
            Ok(rank) if rank < self.size() => Ok(rank),
            _ if self.size() == 0 => fail!(ErrorClass::Rank, "rank {rank} in an empty group"),
            _ => fail!(ErrorClass::Rank, "rank {rank} is not in 0..{}, the ranks of the group", self.size()),
        }
    }

    /// Which ranks are in the list, each at most once.
    fn select(&self, ranks: &[i32]) -> Result<Vec<bool>> {
        let mut selected = vec![false; self.size()];
        for (position, &rank) in ranks.iter().enumerate() {
            if std::mem::replace(&mut selected[self.check(rank)?], true) {
                fail!(ErrorClass::Rank, "rank {rank} comes twice, the second time as number {position}");
            }
        }
        Ok(selected)
    }

    /// The ranks in `ranges`, one after the other. A range whose stride leads
    /// away from `last` is empty, as the formula of MPI-5.0 section 7.3.2 has
    /// it.
    fn expand(&self, ranges: &[RankRange]) -> Result<Vec<i32>> {
        let mut ranks = Vec::new();
        for (position, range) in ranges.iter().enumerate() {
            let [first, last, stride] = [range.first, range.last, range.stride].map(i64::from);
            if stride == 0 {
                fail!(ErrorClass::Arg, "range {position} ({first}, {last}, 0) has a stride of zero");
            }
            let mut rank = first;
            while if stride > 0 { rank <= last } else { rank >= last } {
                if self.check(rank as i32).is_err() {
                    fail!(
                        ErrorClass::Rank,
                        "range {position} ({first}, {last}, {stride}) contains rank {rank}, \
                         the group has {} ranks",
                        self.size()
                    );
                }
                ranks.push(rank as i32);
                rank += stride;
            }
        }
        Ok(ranks)
    }
}

/// The group with the same processes: `group` itself when that is what it is,
/// so that equal groups are kept once.
pub fn share(group: Group, known: &Arc<Group>) -> Arc<Group> {
    if known.rank == group.rank && known.compare(&group) == Comparison::Ident {
        return Arc::clone(known);
    }
    Arc::new(group)
}
