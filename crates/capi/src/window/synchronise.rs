//! Fences, post and start, locks, flushes. Assertions promise less work; of
//! them only `MPI_MODE_NOCHECK` of a lock and `MPI_MODE_NOSUCCEED` matter here.

use core::ffi::c_int;
use std::sync::Arc;

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::group::Group;
use engine::rma::synchronise::AtOnce;
use engine::status::PROC_NULL;
use memory::window::ticket::{LockKind, Next, Ticket};

use super::finish_win;
use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::call::{self, succeed};
use crate::runtime::{process, with_objects};

/// Checks an assertion: a set of the modes that `allowed` names.
#[inline]
fn assertion<A: Abi>(assert: c_int, allowed: &[(i64, &str)]) -> Result<i64> {
    if assert == 0 { Ok(0) } else { modes::<A>(assert, allowed) }
}

fn modes<A: Abi>(assert: c_int, allowed: &[(i64, &str)]) -> Result<i64> {
    let modes = A::modes_in(assert);
    let known = allowed.iter().fold(0, |all, (mode, _)| all | mode);
    if modes < 0 || i64::from(modes) & !known != 0 {
        let names: Vec<&str> = allowed.iter().map(|(_, name)| *name).collect();
        fail!(
            ErrorClass::Assert,
            "the assertion {assert:#x} has bits other than those of {}",
            names.join(", ")
        );
    }
    Ok(modes.into())
}

const NOCHECK: (i64, &str) = (c::MPI_MODE_NOCHECK, "MPI_MODE_NOCHECK");
const NOSTORE: (i64, &str) = (c::MPI_MODE_NOSTORE, "MPI_MODE_NOSTORE");
const NOPUT: (i64, &str) = (c::MPI_MODE_NOPUT, "MPI_MODE_NOPUT");
const NOPRECEDE: (i64, &str) = (c::MPI_MODE_NOPRECEDE, "MPI_MODE_NOPRECEDE");
const NOSUCCEED: (i64, &str) = (c::MPI_MODE_NOSUCCEED, "MPI_MODE_NOSUCCEED");

/// `MPI_Win_fence`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_fence<A: Abi>(assert: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = assertion::<A>(assert, &[NOSTORE, NOPUT, NOPRECEDE, NOSUCCEED])
        .and_then(|modes| process().win_fence(id, modes & NOSUCCEED.0 != 0));
    finish_win::<A>("MPI_Win_fence", win, outcome)
}

fn group_of<A: Abi>(group: A::Group) -> Result<Arc<Group>> {
    with_objects(|objects| objects.group(group.decode()).cloned())
}

/// `MPI_Win_post`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_post<A: Abi>(group: A::Group, assert: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = assertion::<A>(assert, &[NOCHECK, NOSTORE, NOPUT])
        .and_then(|_| group_of::<A>(group))
        .and_then(|group| process().win_post(id, &group));
    finish_win::<A>("MPI_Win_post", win, outcome)
}

/// `MPI_Win_start`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_start<A: Abi>(group: A::Group, assert: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = assertion::<A>(assert, &[NOCHECK])
        .and_then(|_| group_of::<A>(group))
        .and_then(|group| process().win_start(id, &group));
    finish_win::<A>("MPI_Win_start", win, outcome)
}

/// `MPI_Win_complete`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_complete<A: Abi>(win: A::Win) -> c_int {
    let id = win.decode();
    finish_win::<A>("MPI_Win_complete", win, process().win_complete(id))
}

/// `MPI_Win_wait`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_wait<A: Abi>(win: A::Win) -> c_int {
    let id = win.decode();
    finish_win::<A>("MPI_Win_wait", win, process().win_wait(id))
}

/// `MPI_Win_test`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn win_test<A: Abi>(win: A::Win, flag: *mut c_int) -> c_int {
    let id = win.decode();
    let outcome = call::out(flag, "flag").and_then(|()| {
        let ended = process().win_test(id)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *flag = ended.into() };
        Ok(())
    });
    finish_win::<A>("MPI_Win_test", win, outcome)
}

/// `MPI_Win_lock`.
///
/// # Safety
/// None beyond MPI's.
#[inline]
pub unsafe fn win_lock<A: Abi>(lock_type: c_int, rank: c_int, assert: c_int, win: A::Win) -> c_int {
    let is_plain = assert == 0 && matches!(lock_kind::<A>(lock_type), Some(LockKind::Exclusive));
    if is_plain {
        match process().win_lock_at_once(win.decode(), rank) {
            AtOnce::Done => return succeed::<A>(),
            AtOnce::Turn(ticket) => return lock_in_turn::<A>(rank, win, ticket),
            AtOnce::No | AtOnce::Next(_) => {}
        }
    }
    lock::<A>(lock_type, rank, assert, win)
}

#[inline(never)]
fn lock_in_turn<A: Abi>(rank: c_int, win: A::Win, ticket: Ticket) -> c_int {
    finish_win::<A>("MPI_Win_lock", win, process().win_lock_in_turn(win.decode(), rank, ticket))
}

#[inline(never)]
fn lock<A: Abi>(lock_type: c_int, rank: c_int, assert: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = lock_kind::<A>(lock_type).ok_or_else(|| no_lock_kind(lock_type)).and_then(|kind| {
        let modes = assertion::<A>(assert, &[NOCHECK])?;
        match A::rank_in(rank) {
            PROC_NULL => with_objects(|objects| objects.win(id).map(|_| ())),
            rank => process().win_lock(id, rank, kind, modes & NOCHECK.0 != 0),
        }
    });
    finish_win::<A>("MPI_Win_lock", win, outcome)
}

#[inline(always)]
fn lock_kind<A: Abi>(lock_type: c_int) -> Option<LockKind> {
    match i64::from(A::constant_in(Constants::LockType, lock_type)) {
        c::MPI_LOCK_EXCLUSIVE => Some(LockKind::Exclusive),
        c::MPI_LOCK_SHARED => Some(LockKind::Shared),
        _ => None,
    }
}

#[cold]
fn no_lock_kind(lock_type: c_int) -> Error {
    Error::new(
        ErrorClass::Locktype,
        format!("the lock type is {lock_type}; it is MPI_LOCK_SHARED or MPI_LOCK_EXCLUSIVE"),
    )
}

/// `MPI_Win_unlock`.
///
/// # Safety
/// None beyond MPI's.
#[inline]
pub unsafe fn win_unlock<A: Abi>(rank: c_int, win: A::Win) -> c_int {
    match process().win_unlock_at_once(win.decode(), rank) {
        AtOnce::Done => succeed::<A>(),
        AtOnce::Next(next) => hand_over::<A>(rank, win, next),
        AtOnce::No | AtOnce::Turn(_) => unlock::<A>(rank, win),
    }
}

#[inline(never)]
fn hand_over<A: Abi>(rank: c_int, win: A::Win, next: Next) -> c_int {
    finish_win::<A>("MPI_Win_unlock", win, process().win_hand_over(win.decode(), rank, next))
}

#[inline(never)]
fn unlock<A: Abi>(rank: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = match A::rank_in(rank) {
        PROC_NULL => with_objects(|objects| objects.win(id).map(|_| ())),
        rank => process().win_unlock(id, rank),
    };
    finish_win::<A>("MPI_Win_unlock", win, outcome)
}

/// `MPI_Win_lock_all`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_lock_all<A: Abi>(assert: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = assertion::<A>(assert, &[NOCHECK])
        .and_then(|modes| process().win_lock_all(id, modes & NOCHECK.0 != 0));
    finish_win::<A>("MPI_Win_lock_all", win, outcome)
}

/// `MPI_Win_unlock_all`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_unlock_all<A: Abi>(win: A::Win) -> c_int {
    let id = win.decode();
    finish_win::<A>("MPI_Win_unlock_all", win, process().win_unlock_all(id))
}

/// A flush of one rank.
#[inline(always)]
fn flush_one<A: Abi>(function: &'static str, rank: c_int, win: A::Win) -> c_int {
    if process().win_flush_at_once(win.decode(), rank) {
        return succeed::<A>();
    }
    flush::<A>(function, Some(rank), win)
}

/// A flush of one rank, or all.
#[inline(never)]
fn flush<A: Abi>(function: &'static str, rank: Option<c_int>, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = match rank.map(A::rank_in) {
        Some(PROC_NULL) => with_objects(|objects| objects.win(id).map(|_| ())),
        rank => process().win_flush(id, rank),
    };
    finish_win::<A>(function, win, outcome)
}

/// `MPI_Win_flush`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_flush<A: Abi>(rank: c_int, win: A::Win) -> c_int {
    flush_one::<A>("MPI_Win_flush", rank, win)
}

/// `MPI_Win_flush_all`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_flush_all<A: Abi>(win: A::Win) -> c_int {
    flush::<A>("MPI_Win_flush_all", None, win)
}

/// `MPI_Win_flush_local`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_flush_local<A: Abi>(rank: c_int, win: A::Win) -> c_int {
    flush_one::<A>("MPI_Win_flush_local", rank, win)
}

/// `MPI_Win_flush_local_all`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_flush_local_all<A: Abi>(win: A::Win) -> c_int {
    flush::<A>("MPI_Win_flush_local_all", None, win)
}

/// `MPI_Win_sync`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_sync<A: Abi>(win: A::Win) -> c_int {
    let id = win.decode();
    finish_win::<A>("MPI_Win_sync", win, process().win_sync(id))
}
