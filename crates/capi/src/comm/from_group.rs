//! Communicators that only the processes of a group make (MPI-5.0 sections
//! 7.4.2 and 7.6.2).

use core::ffi::{CStr, c_char, c_int};
use std::hash::Hasher;
use std::sync::Arc;

use engine::comm::{CommCore, Key, context, create};
use engine::errhandler::ErrhandlerFor;
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::group::Group;
use engine::handle::{CommId, ErrhandlerId};
use engine::info::Info;
use engine::process::creation_ports::CreationPorts;

use super::create::{group_of, hints_of};
use super::{block_on, core_of, store};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::{process, with_objects};

/// Keys of calls that are not collective over a communicator: above those of
/// collective operations, which are not negative.
pub(super) fn tagged_key(context: context::ContextId, tag: c_int) -> Key {
    Key { context, sequence: 1 << 31 | tag as u32 }
}

/// `MPI_Comm_create_group`. Processes outside the group may call it, too, and
/// get `MPI_COMM_NULL`.
///
/// # Safety
/// `newcomm` may be written.
pub unsafe fn comm_create_group<A: Abi>(
    comm: A::Comm,
    group: A::Group,
    tag: c_int,
    newcomm: *mut A::Comm,
) -> c_int {
    let parent = comm.decode();
    let made = call::out(newcomm, "newcomm").and_then(|()| {
        let core = with_objects(|objects| core_of(objects, parent))?;
        let (group, tag) = (group_of::<A>(group)?, call::send_tag(A::tag_in(tag))?);
        if core.is_inter() {
            fail!(
                ErrorClass::Comm,
                "MPI_Comm_create_group works within one group, and this is an intercommunicator"
            );
        }
        create::check_subset(&group, &core)?;
        if group.rank().is_none() {
            return Ok(None);
        }
        let ports = CreationPorts::of_members(process().clone(), (parent, &core), tag, &group)?;
        let contexts = with_objects(|objects| objects.contexts.clone());
        let key = tagged_key(core.context(), tag);
        let new = block_on(create::create_group(&ports, &contexts, key, &group))?;
        Ok(Some(with_objects(|objects| objects.add_comm(new, Some(parent)))))
    });
    // SAFETY: the caller's promise.
    unsafe { store::<A>("MPI_Comm_create_group", parent, newcomm, made) }
}

/// The message tag for a string that tells calls apart.
///
/// # Safety
/// `stringtag` is null or a C string.
pub(super) unsafe fn tag_of_string(stringtag: *const c_char) -> Result<c_int> {
    call::out(stringtag.cast_mut(), "stringtag")?;
    // SAFETY: the caller's promise; not null.
    let text = unsafe { CStr::from_ptr(stringtag) }.to_bytes();
    let mut hasher = Fnv::default();
    hasher.write(text);
    Ok((hasher.finish() as u32 & i32::MAX as u32) as c_int)
}

/// FNV-1a: the same in every process, whatever its build.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

/// A communicator without a parent, with its hints and error handler.
pub(super) fn add_orphan(core: CommCore, info: Info, errhandler: ErrhandlerId) -> Result<CommId> {
    with_objects(|objects| {
        let errhandler = objects.errhandlers.attach(errhandler, ErrhandlerFor::Comm)?;
        let id = objects.add_comm(core, None);
        let comm = objects.comm_mut(id)?;
        comm.info = info;
        let inherited = std::mem::replace(&mut comm.errhandler, errhandler);
        objects.errhandlers.detach(inherited);
        Ok(id)
    })
}

/// Whether an error handler argument can be that of a communicator.
pub(super) fn check_errhandler(errhandler: ErrhandlerId) -> Result<()> {
    with_objects(|objects| {
        objects.errhandlers.attach(errhandler, ErrhandlerFor::Comm)?;
        objects.errhandlers.detach(errhandler);
        Ok(())
    })
}

fn from_group(group: &Arc<Group>, tag: c_int) -> Result<CommCore> {
    let ports = CreationPorts::of_processes(process().clone(), tag, group)?;
    let contexts = with_objects(|objects| objects.contexts.clone());
    let key = tagged_key(context::PARENTLESS, tag);
    block_on(create::create_group(&ports, &contexts, key, group))
}

/// `MPI_Comm_create_from_group`.
///
/// # Safety
/// `stringtag` is a C string; `newcomm` may be written.
pub unsafe fn comm_create_from_group<A: Abi>(
    group: A::Group,
    stringtag: *const c_char,
    info: A::Info,
    errhandler: A::Errhandler,
    newcomm: *mut A::Comm,
) -> c_int {
    let made = call::out(newcomm, "newcomm").and_then(|()| {
        let (group, info) = (group_of::<A>(group)?, hints_of(info.decode())?);
        // SAFETY: the caller's promise.
        let tag = unsafe { tag_of_string(stringtag)? };
        check_errhandler(errhandler.decode())?;
        if group.size() == 0 {
            return Ok(None);
        }
        let core = from_group(&group, tag)?;
        add_orphan(core, info, errhandler.decode()).map(Some)
    });
    // SAFETY: the caller's promise.
    unsafe { store::<A>("MPI_Comm_create_from_group", CommId::NULL, newcomm, made) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_tags_are_tags_and_differ() {
        let tag = |text: &CStr| {
            // SAFETY: a C string.
            unsafe { tag_of_string(text.as_ptr()) }.unwrap()
        };
        assert!(tag(c"org.example.one") >= 0 && tag(c"") >= 0);
        assert_ne!(tag(c"org.example.one"), tag(c"org.example.two"));
        assert_eq!(tag(c"a"), tag(c"a"));
        // SAFETY: null is allowed, and refused.
        assert!(unsafe { tag_of_string(core::ptr::null()) }.is_err());
    }

    #[test]
    fn keys_of_tags_are_no_keys_of_collectives() {
        assert!(tagged_key(3, 0) > Key { context: 3, sequence: i32::MAX as u32 });
        assert!(tagged_key(3, i32::MAX) < Key { context: 4, sequence: 0 });
    }
}
