//! Communicators between two groups (MPI-5.0 section 7.6).

use std::sync::Arc;

use super::context::{Contexts, Key, Meeting};
use super::core::CommCore;
use super::create::{Split, part};
use super::words;
use crate::collective::{InterPorts, Ports};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::group::Group;
use transport::ProcessName;

/// How one of this group's processes, its leader, reaches the leader of the
/// other group.
pub struct Bridge<'a, P> {
    /// Ports in which the other leader has the rank `leader`.
    pub ports: &'a P,
    pub leader: usize,
}

/// What one group knows on its way to an intercommunicator.
pub struct Side<'a, P, B> {
    /// Ports of the own group.
    pub ports: &'a P,
    pub group: &'a Arc<Group>,
    /// Rank of the leader in the own group.
    pub leader: usize,
    /// At the leader.
    pub bridge: Option<Bridge<'a, B>>,
}

impl<P: Ports, B: Ports> Side<'_, P, B> {
    /// The leaders swap `words` for `count` of the other side's, and tell their
    /// groups.
    async fn swap(&self, words: &[u32], count: usize) -> Result<Vec<u32>> {
        let theirs = match &self.bridge {
            Some(Bridge { ports, leader }) => {
                let receive = |room| ports.start_recv(*leader, room);
                words::swap(words, count, receive, |data| ports.start_send(*leader, data)).await?
            }
            None => Vec::new(),
        };
        words::from_root(self.ports, self.leader, &theirs, count).await
    }
}

impl<P: Ports, B: Ports> Meeting for Side<'_, P, B> {
    async fn max(&self, words: [u32; 4]) -> Result<[u32; 4]> {
        let ours = words::max(self.ports, words).await?;
        let theirs = self.swap(&ours, ours.len()).await?;
        Ok(std::array::from_fn(|i| ours[i].max(theirs[i])))
    }
}

/// `MPI_Intercomm_create` and `MPI_Intercomm_create_from_groups`. `key` is of
/// the own side; the lower one of both sides' is used.
///
/// # Errors
/// Those of the ports; `MPI_ERR_COMM` when the groups overlap.
pub async fn create<P: Ports, B: Ports>(
    side: &Side<'_, P, B>,
    contexts: &Contexts,
    key: Key,
) -> Result<CommCore> {
    let header = side.swap(&[side.group.size() as u32, key.context, key.sequence], 3).await?;
    let theirs = swap_processes(side, header[0] as usize).await?;
    let ours: Vec<u32> = side.group.processes().collect();
    if let Some(rank) = ours.iter().position(|process| theirs.contains(process)) {
        fail!(
            ErrorClass::Comm,
            "the groups of an intercommunicator must be disjoint, and rank {rank} of ours is in both"
        );
    }
    let key = key.min(Key { context: header[1], sequence: header[2] });
    let context = contexts.agree(key, side).await?;
    let own = side.group.process(side.ports.rank());
    Ok(CommCore::between(context, Arc::clone(side.group), Arc::new(Group::new(theirs, own))))
}

/// The processes of the other group, of which there are `count`.
async fn swap_processes<P: Ports, B: Ports>(side: &Side<'_, P, B>, count: usize) -> Result<Vec<u32>> {
    let mut ours = Vec::with_capacity(side.group.size() * ProcessName::WORDS);
    for process in side.group.processes() {
        ours.extend(side.ports.name_of(process)?.0);
    }
    let theirs = side.swap(&ours, count * ProcessName::WORDS).await?;
    let (names, _) = theirs.as_chunks();
    names.iter().map(|&name| side.ports.process_named(ProcessName(name))).collect()
}

/// Both groups of an intercommunicator; the ranks 0 lead.
struct Both<'a, P>(&'a P);

impl<P: InterPorts> Both<'_, P> {
    async fn swap(&self, words: &[u32], count: usize) -> Result<Vec<u32>> {
        let ports = self.0;
        let mut theirs = Vec::new();
        if ports.rank() == 0 {
            let receive = |room| ports.start_recv_remote(0, room);
            theirs = words::swap(words, count, receive, |data| ports.start_send_remote(0, data)).await?;
        }
        words::from_root(ports, 0, &theirs, count).await
    }
}

impl<P: InterPorts> Meeting for Both<'_, P> {
    async fn max(&self, words: [u32; 4]) -> Result<[u32; 4]> {
        let ours = words::max(self.0, words).await?;
        let theirs = self.swap(&ours, ours.len()).await?;
        Ok(std::array::from_fn(|i| ours[i].max(theirs[i])))
    }
}

fn remote(parent: &CommCore) -> &Arc<Group> {
    parent.remote().expect("the parent is an intercommunicator")
}

/// `MPI_Comm_dup` of an intercommunicator.
///
/// # Errors
/// As [`super::create::dup`].
///
/// # Panics
/// When `parent` is no intercommunicator; so do the others.
pub async fn dup<P: InterPorts>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
) -> Result<CommCore> {
    let context = contexts.agree(key, &Both(ports)).await?;
    Ok(CommCore::between(context, Arc::clone(parent.group()), Arc::clone(remote(parent))))
}

/// `MPI_Comm_split` of an intercommunicator: processes of a color that only
/// one of the groups has get nothing.
///
/// # Errors
/// As [`dup`].
pub async fn split<P: InterPorts>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    split: Split,
) -> Result<Option<CommCore>> {
    let both = Both(ports);
    let ours = words::all(ports, &split.words()).await?;
    let theirs = both.swap(&ours, ports.remote_size() * Split::WORDS).await?;
    let context = contexts.agree(key, &both).await?;
    let Some(color) = split.color else { return Ok(None) };
    let own = parent.group().process(parent.rank());
    let local = part(parent.group(), &Split::read(&ours), color);
    let remote = part(remote(parent), &Split::read(&theirs), color);
    if remote.is_empty() {
        return Ok(None);
    }
    let (local, remote) = (Arc::new(Group::new(local, own)), Arc::new(Group::new(remote, own)));
    Ok(Some(CommCore::between(context, local, remote)))
}

/// `MPI_Comm_create` from an intercommunicator; `group` is a part of the local
/// group.
///
/// # Errors
/// As [`dup`].
pub async fn create_part<P: InterPorts>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    group: &Group,
) -> Result<Option<CommCore>> {
    let rank = group.rank();
    let own = Split { color: rank.map(|_| 0), key: rank.unwrap_or(0) as i32 };
    split(ports, contexts, key, parent, own).await
}

/// `MPI_Intercomm_merge`: the group whose processes say `high` comes second.
/// When both say the same, the one whose first process has the lower name
/// comes first.
///
/// # Errors
/// As [`dup`]; `MPI_ERR_ARG` when the processes of one group disagree.
pub async fn merge<P: InterPorts>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    high: bool,
) -> Result<CommCore> {
    let both = Both(ports);
    let [someone_high, someone_low, ..] = words::max(ports, [high.into(), (!high).into(), 0, 0]).await?;
    let theirs = both.swap(&[someone_high, someone_low], 2).await?;
    let context = contexts.agree(key, &both).await?;
    for (highs, lows, whose) in [(someone_high, someone_low, "this"), (theirs[0], theirs[1], "the other")] {
        if highs != 0 && lows != 0 {
            fail!(ErrorClass::Arg, "the processes of {whose} group do not agree on the argument high");
        }
    }
    let (local, remote) = (parent.group(), remote(parent));
    let local_first = match (high, theirs[0] != 0) {
        (false, true) => true,
        (true, false) => false,
        _ => ports.name_of(local.process(0))? < ports.name_of(remote.process(0))?,
    };
    let merged = if local_first { local.union(remote) } else { remote.union(local) };
    let own = local.process(parent.rank());
    Ok(CommCore::new(context, Arc::new(Group::new(merged.processes().collect(), own))))
}
