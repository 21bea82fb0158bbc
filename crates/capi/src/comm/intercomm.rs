//! Communicators between two groups (MPI-5.0 section 7.6).

use core::ffi::{c_char, c_int};
use std::sync::Arc;

use engine::comm::intercomm::{Bridge, Side, create, merge};
use engine::comm::{CommCore, context};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::group::Group;
use engine::handle::CommId;
use engine::process::creation_ports::CreationPorts;

use super::create::{group_of, hints_of};
use super::from_group::{add_orphan, check_errhandler, tag_of_string, tagged_key};
use super::{Creation, block_on, check_intra, core_of, derive, store};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::dynamic::watch_others;
use crate::runtime::{process, with_objects};

fn leader(rank: c_int, size: usize, whose: &str) -> Result<usize> {
    match usize::try_from(rank) {
        Ok(rank) if rank < size => Ok(rank),
        _ => fail!(ErrorClass::Rank, "the {whose} leader is {rank}, which is not in 0..{size}"),
    }
}

/// `MPI_Intercomm_create`. What concerns the peer communicator counts at the
/// local leader only.
///
/// # Safety
/// `newintercomm` may be written.
pub unsafe fn intercomm_create<A: Abi>(
    local_comm: A::Comm,
    local_leader: c_int,
    peer_comm: A::Comm,
    remote_leader: c_int,
    tag: c_int,
    newintercomm: *mut A::Comm,
) -> c_int {
    let (local, peer) = (local_comm.decode(), peer_comm.decode());
    let make = |creation: Creation| {
        check_intra(&creation.core, "the local communicator")?;
        let own_leader = leader(A::rank_in(local_leader), creation.core.size(), "local")?;
        let mut link = None;
        if creation.core.rank() == own_leader {
            let peers = with_objects(|objects| core_of(objects, peer))?;
            let other = leader(A::rank_in(remote_leader), peers.peers().size(), "remote")?;
            let tag = call::send_tag(A::tag_in(tag))?;
            link = Some((CreationPorts::of_peers(process().clone(), (peer, &peers), tag), other));
        }
        Ok(async move {
            let bridge = link.as_ref().map(|(ports, leader)| Bridge { ports, leader: *leader });
            let group = creation.core.group();
            let side = Side { ports: &creation.ports, group, leader: own_leader, bridge };
            let made = create(&side, &creation.contexts, creation.key).await?;
            watch_others()?;
            Ok(Some(made))
        })
    };
    // SAFETY: the caller's promise.
    unsafe { derive::<A, _>("MPI_Intercomm_create", local, newintercomm, make) }
}

fn between_groups(
    local: &Arc<Group>,
    own_leader: usize,
    remote: impl FnOnce() -> Result<(Arc<Group>, usize)>,
    tag: c_int,
) -> Result<CommCore> {
    let ports = CreationPorts::of_processes(process().clone(), tag, local)?;
    let mut link = None;
    if local.rank() == Some(own_leader) {
        let (remote, other) = remote()?;
        link = Some((CreationPorts::of_strangers(process().clone(), tag, &remote), other));
    }
    let bridge = link.as_ref().map(|(ports, leader)| Bridge { ports, leader: *leader });
    let side = Side { ports: &ports, group: local, leader: own_leader, bridge };
    let contexts = with_objects(|objects| objects.contexts.clone());
    let made = block_on(create(&side, &contexts, tagged_key(context::PARENTLESS, tag)))?;
    watch_others()?;
    Ok(made)
}

/// `MPI_Intercomm_create_from_groups`. The remote group counts at the local
/// leader only.
///
/// # Safety
/// `stringtag` is a C string; `newintercomm` may be written.
#[allow(clippy::too_many_arguments)]
pub unsafe fn intercomm_create_from_groups<A: Abi>(
    local_group: A::Group,
    local_leader: c_int,
    remote_group: A::Group,
    remote_leader: c_int,
    stringtag: *const c_char,
    info: A::Info,
    errhandler: A::Errhandler,
    newintercomm: *mut A::Comm,
) -> c_int {
    let made = call::out(newintercomm, "newintercomm").and_then(|()| {
        let (local, info) = (group_of::<A>(local_group)?, hints_of(info.decode())?);
        // SAFETY: the caller's promise.
        let tag = unsafe { tag_of_string(stringtag)? };
        check_errhandler(errhandler.decode())?;
        let own_leader = leader(A::rank_in(local_leader), local.size(), "local")?;
        let remote = || {
            let remote = group_of::<A>(remote_group)?;
            let other = leader(A::rank_in(remote_leader), remote.size(), "remote")?;
            Ok((remote, other))
        };
        let core = between_groups(&local, own_leader, remote, tag)?;
        add_orphan(core, info, errhandler.decode()).map(Some)
    });
    // SAFETY: the caller's promise.
    unsafe { store::<A>("MPI_Intercomm_create_from_groups", CommId::NULL, newintercomm, made) }
}

/// `MPI_Intercomm_merge`.
///
/// # Safety
/// `newintracomm` may be written.
pub unsafe fn intercomm_merge<A: Abi>(intercomm: A::Comm, high: c_int, newintracomm: *mut A::Comm) -> c_int {
    let make = |creation: Creation| {
        if !creation.core.is_inter() {
            fail!(ErrorClass::Comm, "this is an intracommunicator: there is nothing to merge");
        }
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            merge(ports, contexts, *key, core, high != 0).await.map(Some)
        })
    };
    // SAFETY: the caller's promise.
    unsafe { derive::<A, _>("MPI_Intercomm_merge", intercomm.decode(), newintracomm, make) }
}
