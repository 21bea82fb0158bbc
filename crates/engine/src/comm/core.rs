//! What a message needs to know of its communicator.

use std::sync::{Arc, OnceLock};

use memory::board::mapped::Board;

use super::context::ContextId;
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::group::Group;
use crate::partitioned;

/// Contexts on the wire per context id.
pub(crate) const LANES: u32 = 6;

/// The part of a communicator that never changes.
pub struct CommCore {
    context: ContextId,
    group: Arc<Group>,
    remote: Option<Arc<Group>>,
    rank: usize,
    /// Opened by the first operation that may use it; none where its members
    /// cannot meet.
    board: OnceLock<Option<Board>>,
}

impl CommCore {
    /// An intracommunicator of `group`, of which this process is a member.
    ///
    /// # Panics
    /// When it is not.
    pub fn new(context: ContextId, group: Arc<Group>) -> Self {
        Self::with_remote(context, group, None)
    }

    /// An intercommunicator; this process is in `group`.
    ///
    /// # Panics
    /// When it is not.
    pub fn between(context: ContextId, group: Arc<Group>, remote: Arc<Group>) -> Self {
        Self::with_remote(context, group, Some(remote))
    }

    fn with_remote(context: ContextId, group: Arc<Group>, remote: Option<Arc<Group>>) -> Self {
        let rank = group.rank().expect("whoever makes a communicator is a member of it");
        Self { context, group, remote, rank, board: OnceLock::new() }
    }

    /// The board, if it is open.
    #[inline]
    pub fn board(&self) -> Option<&Board> {
        self.board.get()?.as_ref()
    }

    /// The board, which `open` opens the first time.
    ///
    /// # Errors
    /// That of `open`.
    #[inline]
    pub fn find_board(&self, open: impl FnOnce() -> Result<Option<Board>>) -> Result<Option<&Board>> {
        if let Some(found) = self.board.get() {
            return Ok(found.as_ref());
        }
        let opened = open()?;
        Ok(self.board.get_or_init(|| opened).as_ref())
    }

    /// What stands for a duplicate until its members have agreed on a context:
    /// the same groups, and a context in which no message is ever sent.
    pub fn unborn_duplicate(&self) -> Self {
        Self::with_remote(CONTEXT_LIMIT - 1, Arc::clone(&self.group), self.remote.clone())
    }

    pub fn context(&self) -> ContextId {
        self.context
    }

    /// The calling process's rank in its own group.
    #[inline]
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Processes in the own group.
    #[inline]
    pub fn size(&self) -> usize {
        self.group.size()
    }

    /// The own group.
    pub fn group(&self) -> &Arc<Group> {
        &self.group
    }

    /// The other group of an intercommunicator.
    pub fn remote(&self) -> Option<&Arc<Group>> {
        self.remote.as_ref()
    }

    #[inline]
    pub fn is_inter(&self) -> bool {
        self.remote.is_some()
    }

    /// The group that point-to-point messages go to and come from.
    #[inline]
    pub fn peers(&self) -> &Group {
        self.remote.as_deref().unwrap_or(&self.group)
    }

    /// The process that a message to this rank goes to.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` when there is no such rank. `MPI_PROC_NULL` and
    /// `MPI_ANY_SOURCE` are the caller's.
    #[inline]
    pub fn peer(&self, rank: i32) -> Result<u32> {
        let peers = self.peers();
        if rank >= 0 && (rank as usize) < peers.size() {
            return Ok(peers.process(rank as usize));
        }
        self.no_such_rank(rank)
    }

    #[cold]
    fn no_such_rank(&self, rank: i32) -> Result<u32> {
        let size = self.peers().size();
        let group = if self.is_inter() { "remote group" } else { "communicator" };
        fail!(
            ErrorClass::Rank,
            "rank {rank} is not in 0..{size}: the {group} has {size} process{}",
            if size == 1 { "" } else { "es" }
        );
    }

    /// The context of point-to-point messages.
    #[inline]
    pub fn point_to_point(&self) -> u32 {
        self.context * LANES
    }

    /// The context of collective operations; for an intercommunicator of their
    /// messages between the groups.
    #[inline]
    pub fn collective(&self) -> u32 {
        self.context * LANES + 1
    }

    /// The context of messages within the own group of an intercommunicator.
    pub fn local(&self) -> u32 {
        self.context * LANES + 2
    }

    /// The context in which some of the members make a communicator
    /// (`MPI_Comm_create_group`, `MPI_Intercomm_create`); tags tell the calls
    /// apart, and sources are ranks in this communicator.
    pub fn creation(&self) -> u32 {
        self.context * LANES + 3
    }

    /// The contexts of partitioned communication.
    pub fn partitioned(&self) -> partitioned::Contexts {
        partitioned::Contexts { setup: self.context * LANES + 4, data: self.context * LANES + 5 }
    }
}

/// The context for making communicators without a parent
/// (`MPI_Comm_create_from_group`); sources are process numbers.
pub const fn parentless_creation() -> u32 {
    super::context::PARENTLESS * LANES + 3
}

/// Context ids end here, so that every context fits its 32 bits.
pub(super) const CONTEXT_LIMIT: u32 = u32::MAX / LANES;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_an_intercommunicator_go_to_the_other_group() {
        let local = Arc::new(Group::run(0, 2, 1));
        let remote = Arc::new(Group::new(vec![5, 3, 4], 1));
        let inter = CommCore::between(7, Arc::clone(&local), remote);
        assert_eq!((inter.rank(), inter.size(), inter.peer(1)), (1, 2, Ok(3)));
        let error = inter.peer(3).unwrap_err();
        assert_eq!(error.message(), "rank 3 is not in 0..3: the remote group has 3 processes");
        let intra = CommCore::new(8, local);
        assert_eq!(intra.peer(0), Ok(0));
        assert_eq!(intra.peer(-5).unwrap_err().class(), ErrorClass::Rank);
    }

    #[test]
    fn no_two_contexts_are_the_same() {
        let group = Arc::new(Group::run(0, 1, 0));
        let mut all: Vec<u32> = (0..10)
            .map(|context| CommCore::new(context, Arc::clone(&group)))
            .flat_map(|core| {
                let partitioned = core.partitioned();
                let collective = [core.collective(), core.local()];
                let others = [core.point_to_point(), core.creation(), partitioned.setup, partitioned.data];
                collective.into_iter().chain(others)
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 60);
    }
}
