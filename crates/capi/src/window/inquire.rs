//! Groups, names, hints, shared memory.

use core::ffi::{CStr, c_char, c_int, c_void};

use engine::error::Error;
use engine::status::PROC_NULL;

use super::create::hints_of;
use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::errors::put_string;
use crate::runtime::with_objects;
use crate::wide::IntOut;

/// `MPI_Win_shared_query`. With `MPI_PROC_NULL`: of the first rank that has
/// memory. Memory that cannot be shared is of no size.
///
/// # Safety
/// `size` and `disp_unit` may be written; `baseptr` points to a pointer that
/// may be written.
pub unsafe fn win_shared_query<A: Abi>(
    win: A::Win,
    rank: c_int,
    size: *mut isize,
    disp_unit: IntOut,
    baseptr: *mut c_void,
) -> c_int {
    let id = win.decode();
    let outcome = call::out(size, "size").and_then(|()| call::out(baseptr, "baseptr")).and_then(|()| {
        if disp_unit.is_null() {
            call::out(core::ptr::null_mut::<c_int>(), "disp_unit")?;
        }
        let rank = Some(A::rank_in(rank)).filter(|&rank| rank != PROC_NULL);
        let segment = with_objects(|objects| objects.win(id)?.window.shared_query(rank))?;
        // SAFETY: the caller's promise; none is null.
        unsafe {
            *size = segment.size as isize;
            disp_unit.set(segment.unit);
            *baseptr.cast::<*mut c_void>() = core::ptr::with_exposed_provenance_mut(segment.base as usize);
        }
        Ok(())
    });
    finish_win::<A>("MPI_Win_shared_query", win, outcome)
}

/// `MPI_Win_get_group`.
///
/// # Safety
/// `group` may be written.
pub unsafe fn win_get_group<A: Abi>(win: A::Win, group: *mut A::Group) -> c_int {
    let id = win.decode();
    let outcome = call::out(group, "group").and_then(|()| {
        let made = with_objects(|objects| {
            let members = objects.win(id)?.window.group().clone();
            Ok::<_, Error>(crate::group::add(objects, members))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *group = A::Group::encode(made) };
        Ok(())
    });
    finish_win::<A>("MPI_Win_get_group", win, outcome)
}

/// `MPI_Win_set_info`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_set_info<A: Abi>(win: A::Win, info: A::Info) -> c_int {
    let id = win.decode();
    let outcome = with_objects(|objects| objects.win(id).map(|win| win.info.clone()))
        .and_then(|before| hints_of::<A>(info, &before))
        .and_then(|hints| {
            with_objects(|objects| {
                let win = objects.win_mut(id)?;
                win.epochs.set_no_locks(hints.flag("no_locks") == Some(true));
                win.info = hints;
                Ok(())
            })
        });
    finish_win::<A>("MPI_Win_set_info", win, outcome)
}

/// `MPI_Win_get_info`.
///
/// # Safety
/// `info_used` may be written.
pub unsafe fn win_get_info<A: Abi>(win: A::Win, info_used: *mut A::Info) -> c_int {
    let id = win.decode();
    let outcome = call::out(info_used, "info_used").and_then(|()| {
        let made = with_objects(|objects| {
            let hints = objects.win(id)?.info.clone();
            Ok::<_, Error>(objects.infos.insert(hints))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *info_used = A::Info::encode(made) };
        Ok(())
    });
    finish_win::<A>("MPI_Win_get_info", win, outcome)
}

/// `MPI_Win_set_name`.
///
/// # Safety
/// `win_name` is a C string.
pub unsafe fn win_set_name<A: Abi>(win: A::Win, win_name: *const c_char) -> c_int {
    let id = win.decode();
    let outcome = call::out(win_name.cast_mut(), "win_name").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let name = unsafe { CStr::from_ptr(win_name) }.to_bytes();
        let name = name[..name.len().min(A::MAX_OBJECT_NAME - 1)].to_vec();
        with_objects(|objects| {
            objects.win_mut(id)?.name = name;
            Ok(())
        })
    });
    finish_win::<A>("MPI_Win_set_name", win, outcome)
}

/// `MPI_Win_get_name`. `MPI_WIN_NULL` has a name, too.
///
/// # Safety
/// `win_name` has `MPI_MAX_OBJECT_NAME` bytes, `resultlen` may be written.
pub unsafe fn win_get_name<A: Abi>(win: A::Win, win_name: *mut c_char, resultlen: *mut c_int) -> c_int {
    let id = win.decode();
    let outcome =
        call::out(win_name, "win_name").and_then(|()| call::out(resultlen, "resultlen")).and_then(|()| {
            let name = match id.is_null() {
                true => b"MPI_WIN_NULL".to_vec(),
                false => with_objects(|objects| objects.win(id).map(|win| win.name.clone()))?,
            };
            // SAFETY: the caller's promise; neither is null.
            unsafe { *resultlen = put_string(&name, win_name, A::MAX_OBJECT_NAME) as c_int };
            Ok(())
        });
    finish_win::<A>("MPI_Win_get_name", win, outcome)
}
