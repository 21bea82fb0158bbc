//! New communicators from one group (MPI-5.0 section 7.4.2).

use std::sync::Arc;

use super::context::{Contexts, Key, Members};
use super::core::CommCore;
use super::words;
use crate::collective::Ports;
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::group::{self, Group};

/// `MPI_Comm_dup`. `ports` are those of `parent`, an intracommunicator.
///
/// # Errors
/// Those of the ports, and `MPI_ERR_OTHER` when context ids are used up.
pub async fn dup<P: Ports>(ports: &P, contexts: &Contexts, key: Key, parent: &CommCore) -> Result<CommCore> {
    let context = contexts.agree(key, &Members(ports)).await?;
    Ok(CommCore::new(context, Arc::clone(parent.group())))
}

/// `MPI_Comm_create` from an intracommunicator. Every process of `parent`
/// takes part; those outside their `group` get nothing.
///
/// # Errors
/// As [`dup`].
pub async fn create<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    group: &Arc<Group>,
) -> Result<Option<CommCore>> {
    let context = contexts.agree(key, &Members(ports)).await?;
    Ok(group.rank().map(|_| CommCore::new(context, Arc::clone(group))))
}

/// `MPI_Comm_create_group` and `MPI_Comm_create_from_group`. `ports` are those
/// of the group itself; `key` and the ports' context and tag are common to
/// this call alone.
///
/// # Errors
/// As [`dup`].
pub async fn create_group<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    group: &Arc<Group>,
) -> Result<CommCore> {
    let context = contexts.agree(key, &Members(ports)).await?;
    Ok(CommCore::new(context, Arc::clone(group)))
}

/// Whether all of `group` are in the (local) group of `parent`.
///
/// # Errors
/// `MPI_ERR_GROUP` when they are not.
pub fn check_subset(group: &Group, parent: &CommCore) -> Result<()> {
    if let Some(rank) = (0..group.size()).find(|&rank| parent.group().rank_of(group.process(rank)).is_none())
    {
        fail!(
            ErrorClass::Group,
            "rank {rank} of the group is no member of the communicator, which has {} processes",
            parent.size()
        );
    }
    Ok(())
}

/// One process's part in a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Processes of one color come together. `None`: `MPI_UNDEFINED`.
    pub color: Option<u32>,
    /// Orders ranks; ties by the old rank.
    pub key: i32,
}

impl Split {
    /// Words per process.
    pub(super) const WORDS: usize = 3;

    pub(super) fn words(self) -> [u32; Self::WORDS] {
        [self.color.is_some().into(), self.color.unwrap_or(0), self.key as u32]
    }

    /// Of each process, from the words of all.
    pub(super) fn read(words: &[u32]) -> Vec<Self> {
        let (all, _) = words.as_chunks::<{ Self::WORDS }>();
        all.iter().map(|w| Self { color: (w[0] != 0).then_some(w[1]), key: w[2] as i32 }).collect()
    }
}

/// The processes of `group` that have this color, in the order of their keys.
pub(super) fn part(group: &Group, splits: &[Split], color: u32) -> Vec<u32> {
    let mut ranks: Vec<usize> = (0..splits.len()).filter(|&rank| splits[rank].color == Some(color)).collect();
    ranks.sort_by_key(|&rank| splits[rank].key);
    ranks.into_iter().map(|rank| group.process(rank)).collect()
}

/// `MPI_Comm_split` of an intracommunicator.
///
/// # Errors
/// As [`dup`].
pub async fn split<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    split: Split,
) -> Result<Option<CommCore>> {
    let splits = Split::read(&words::all(ports, &split.words()).await?);
    let context = contexts.agree(key, &Members(ports)).await?;
    let Some(color) = split.color else { return Ok(None) };
    let group = parent.group();
    let own = group.process(parent.rank());
    let part = group::share(Group::new(part(group, &splits, color), own), group);
    Ok(Some(CommCore::new(context, part)))
}
