//! Sessions (MPI-5.0 section 11.3).

use core::ffi::{CStr, c_char, c_int};
use std::sync::Arc;

use engine::comm::split_type::{PROCESS_SETS, SHARED_MEMORY};
use engine::errhandler::ErrhandlerFor;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::group::Group;
use engine::handle::SessionId;
use engine::info::{Info, MEMORY_ALLOC_KINDS, MEMORY_ALLOC_KINDS_KEY};
use engine::objects::SessionEntry;
use engine::request::buffered::Owner;
use platform::topology::Binding;

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::{Object, put_string};
use crate::point_to_point::buffer::dismiss;
use crate::runtime::{self, level, with_objects};

/// `MPI_Session_init`.
///
/// # Safety
/// `session` may be written.
pub unsafe fn session_init<A: Abi>(
    info: A::Info,
    errhandler: A::Errhandler,
    session: *mut A::Session,
) -> c_int {
    let outcome = call::out(session, "session").and_then(|()| {
        let hints = match info.decode() {
            id if id.is_null() => Info::new(),
            id => with_objects(|objects| objects.info(id).cloned())?,
        };
        let required = hints.hint("thread_level").and_then(level::of_name).unwrap_or(level::MULTIPLE);
        runtime::join(required)?;
        let id = with_objects(|objects| {
            let errhandler = objects.errhandlers.attach(errhandler.decode(), ErrhandlerFor::Session)?;
            Ok(objects.sessions.insert(SessionEntry { errhandler, info: hints, thread_level: required }))
        });
        let id = id.inspect_err(|_| runtime::part())?;
        // SAFETY: the caller's promise; not null.
        unsafe { *session = A::Session::encode(id) };
        Ok(())
    });
    finish::<A>("MPI_Session_init", || Object::None, outcome)
}

/// `MPI_Session_finalize`.
///
/// # Safety
/// `session` may be read and written.
pub unsafe fn session_finalize<A: Abi>(session: *mut A::Session) -> c_int {
    let mut object = Object::None;
    let outcome = call::out(session, "session").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*session).decode() };
        with_objects(|objects| objects.session_mut(id).map(|_| ()))?;
        object = Object::Session(id);
        dismiss(Owner::Session(id))?;
        runtime::drain_last()?;
        with_objects(|objects| {
            if let Some(entry) = objects.sessions.remove(id) {
                objects.errhandlers.detach(entry.errhandler);
            }
        });
        runtime::part();
        // SAFETY: the caller's promise; not null.
        unsafe { *session = A::Session::encode(SessionId::NULL) };
        Ok(())
    });
    finish::<A>("MPI_Session_finalize", || object, outcome)
}

fn check(session: SessionId) -> Result<()> {
    with_objects(|objects| objects.session_mut(session).map(|_| ()))
}

/// # Safety
/// `info` may be written.
unsafe fn put_info<A: Abi>(new: Info, info: *mut A::Info) {
    let id = with_objects(|objects| objects.infos.insert(new));
    // SAFETY: the caller's promise.
    unsafe { *info = A::Info::encode(id) };
}

/// `MPI_Session_get_info`.
///
/// # Safety
/// `info_used` may be written.
pub unsafe fn session_get_info<A: Abi>(session: A::Session, info_used: *mut A::Info) -> c_int {
    let id = session.decode();
    let outcome = call::out(info_used, "info_used").and_then(|()| {
        let mut used = with_objects(|objects| objects.session_mut(id).map(|session| session.info.clone()))?;
        let provided = with_objects(|objects| objects.session_mut(id).map(|session| session.thread_level))?;
        used.set(b"thread_level", level::name(provided).as_bytes())?;
        used.set(MEMORY_ALLOC_KINDS_KEY.as_bytes(), MEMORY_ALLOC_KINDS.as_bytes())?;
        // SAFETY: the caller's promise; not null.
        unsafe { put_info::<A>(used, info_used) };
        Ok(())
    });
    finish::<A>("MPI_Session_get_info", || Object::Session(id), outcome)
}

/// `MPI_Session_get_num_psets`.
///
/// # Safety
/// `npset_names` may be written.
pub unsafe fn session_get_num_psets<A: Abi>(
    session: A::Session,
    _info: A::Info,
    npset_names: *mut c_int,
) -> c_int {
    let id = session.decode();
    let outcome = call::out(npset_names, "npset_names").and_then(|()| {
        check(id)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *npset_names = PROCESS_SETS.len() as c_int };
        Ok(())
    });
    finish::<A>("MPI_Session_get_num_psets", || Object::Session(id), outcome)
}

/// `MPI_Session_get_nth_pset`.
///
/// # Safety
/// `pset_len` may be read and written; `pset_name` has `*pset_len` bytes.
pub unsafe fn session_get_nth_pset<A: Abi>(
    session: A::Session,
    _info: A::Info,
    n: c_int,
    pset_len: *mut c_int,
    pset_name: *mut c_char,
) -> c_int {
    let id = session.decode();
    let outcome = call::out(pset_len, "pset_len").and_then(|()| {
        check(id)?;
        let Some(name) = usize::try_from(n).ok().and_then(|n| PROCESS_SETS.get(n)) else {
            fail!(ErrorClass::Arg, "process set number {n} of {}", PROCESS_SETS.len());
        };
        // SAFETY: the caller's promise; `pset_len` is not null.
        unsafe {
            let room = usize::try_from(*pset_len).unwrap_or(0);
            if room != 0 {
                call::out(pset_name, "pset_name")?;
                put_string(name.as_bytes(), pset_name, room);
            }
            *pset_len = name.len() as c_int + 1;
        }
        Ok(())
    });
    finish::<A>("MPI_Session_get_nth_pset", || Object::Session(id), outcome)
}

/// The processes of a set.
///
/// # Safety
/// `name` is null or a C string.
unsafe fn processes_of(name: *const c_char) -> Result<Group> {
    call::out(name.cast_mut(), "pset_name")?;
    // SAFETY: the caller's promise; not null.
    let name = unsafe { CStr::from_ptr(name) }.to_string_lossy();
    let Some((rank, size)) = runtime::rank_and_size() else {
        fail!(ErrorClass::Session, "no session is open");
    };
    let (own, size) = (rank as u32, size as u32);
    // Names of process sets are compared without case (RFC 3986).
    match PROCESS_SETS.iter().position(|known| known.eq_ignore_ascii_case(&name)) {
        Some(0) => Ok(Group::run(0, size, own)),
        Some(_) => Ok(Group::run(own, 1, own)),
        None => fail!(
            ErrorClass::Arg,
            "there is no process set \"{name}\"; the sets are {}",
            PROCESS_SETS.join(" and ")
        ),
    }
}

/// `MPI_Session_get_pset_info`.
///
/// # Safety
/// `pset_name` is a C string; `info` may be written.
pub unsafe fn session_get_pset_info<A: Abi>(
    session: A::Session,
    pset_name: *const c_char,
    info: *mut A::Info,
) -> c_int {
    let id = session.decode();
    let outcome = call::out(info, "info").and_then(|()| {
        check(id)?;
        // SAFETY: the caller's promise.
        let group = unsafe { processes_of(pset_name)? };
        let mut new = Info::new();
        new.set(b"mpi_size", group.size().to_string().as_bytes())?;
        // SAFETY: the caller's promise; not null.
        unsafe { put_info::<A>(new, info) };
        Ok(())
    });
    finish::<A>("MPI_Session_get_pset_info", || Object::Session(id), outcome)
}

/// `MPI_Group_from_session_pset`.
///
/// # Safety
/// `pset_name` is a C string; `newgroup` may be written.
pub unsafe fn group_from_session_pset<A: Abi>(
    session: A::Session,
    pset_name: *const c_char,
    newgroup: *mut A::Group,
) -> c_int {
    let id = session.decode();
    let outcome = call::out(newgroup, "newgroup").and_then(|()| {
        check(id)?;
        // SAFETY: the caller's promise.
        let group = unsafe { processes_of(pset_name)? };
        let group = Arc::new(group.of_session(id));
        let made = with_objects(|objects| crate::group::add(objects, group));
        // SAFETY: the caller's promise; not null.
        unsafe { *newgroup = A::Group::encode(made) };
        Ok(())
    });
    finish::<A>("MPI_Group_from_session_pset", || Object::Session(id), outcome)
}

/// `MPI_Get_hw_resource_info`: what this process is bound to (MPI-5.0 section
/// 9.1.2). The keys name hardware for `MPI_Comm_split_type`.
///
/// # Safety
/// `hw_info` may be written.
pub unsafe fn get_hw_resource_info<A: Abi>(hw_info: *mut A::Info) -> c_int {
    let outcome = call::out(hw_info, "hw_info").and_then(|()| {
        let mut new = Info::new();
        new.set(SHARED_MEMORY.as_bytes(), b"true")?;
        for (name, binding) in crate::comm::create::bindings() {
            let restricted: &[u8] = match binding {
                Binding::One(_) => b"true",
                Binding::Several => b"false",
                Binding::Unknown => continue,
            };
            new.set(name.as_bytes(), restricted)?;
        }
        // SAFETY: the caller's promise; not null.
        unsafe { put_info::<A>(new, hw_info) };
        Ok::<_, Error>(())
    });
    finish::<A>("MPI_Get_hw_resource_info", || Object::None, outcome)
}
