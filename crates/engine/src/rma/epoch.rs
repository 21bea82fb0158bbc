//! Which calls are allowed when (MPI-5.0 sections 12.5 and 12.7).
//!
//! # Invariants
//! - At most one kind of access epoch is open: one of fences, one of
//!   `MPI_Win_start`, or locks. A fence that nothing has followed yet opens its
//!   epoch with the first access, so that locks may follow it, too; then it opens
//!   none any more.

use std::cell::Cell;

use memory::window::ticket::LockKind;

use crate::error::{Error, ErrorClass, Result};
use crate::fail;

/// What an origin has of a target's lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The lock.
    Locked(LockKind),
    /// Nothing, by promise that nobody else wants it (`MPI_MODE_NOCHECK`).
    Promised,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    Closed,
    /// Opens with the first access.
    Ready,
    Open,
}

/// The epochs that a process has open on a window.
pub struct Epochs {
    /// An access opens the epoch of a fence, and changes nothing else.
    fence: Cell<Fence>,
    /// Ranks that accesses are allowed to, between start and complete.
    started: Option<Vec<usize>>,
    /// Ranks that accesses are allowed from, between post and wait.
    posted: Option<Vec<usize>>,
    holds: Vec<Option<Hold>>,
    /// How many of them there are.
    held: usize,
    lock_all: bool,
    no_locks: bool,
}

#[cold]
fn not_passive(target: usize) -> Result<()> {
    wrong(format!(
        "rank {target} is not locked by this process: the call belongs between MPI_Win_lock (or MPI_Win_lock_all) \
         and the unlock"
    ))
}

#[cold]
fn wrong<T>(message: String) -> Result<T> {
    Err(Error::new(ErrorClass::RmaSync, message))
}

impl Epochs {
    /// Of a window of `ranks` ranks; with `no_locks` its info promises that
    /// nobody locks it.
    pub fn new(ranks: usize, no_locks: bool) -> Self {
        Self {
            fence: Cell::new(Fence::Closed),
            started: None,
            posted: None,
            holds: vec![None; ranks],
            held: 0,
            lock_all: false,
            no_locks,
        }
    }

    /// Whether the window's info promises that nobody locks it.
    pub fn set_no_locks(&mut self, no_locks: bool) {
        self.no_locks = no_locks;
    }

    /// An access to `target`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC` outside of every epoch that allows it.
    pub fn access(&self, target: usize) -> Result<()> {
        if self.opens(target) { Ok(()) } else { self.no_access(target) }
    }

    /// Whether an access to `target` is allowed; it opens the epoch of a fence.
    #[inline(always)]
    pub fn opens(&self, target: usize) -> bool {
        self.is_locked(target) || self.fence.get() == Fence::Open || self.opens_now(target)
    }

    #[inline(never)]
    fn opens_now(&self, target: usize) -> bool {
        match self.fence.get() {
            Fence::Ready => {
                self.fence.set(Fence::Open);
                true
            }
            _ => self.started.as_ref().is_some_and(|targets| targets.contains(&target)),
        }
    }

    /// Whether this process has locked `target`; nobody has a rank that is not there.
    #[inline(always)]
    pub fn is_locked(&self, target: usize) -> bool {
        self.holds.get(target).is_some_and(Option::is_some)
    }

    #[cold]
    fn no_access(&self, target: usize) -> Result<()> {
        if self.started.is_some() {
            return wrong(format!("rank {target} is not in the group that MPI_Win_start was called with"));
        }
        if self.held != 0 {
            return wrong(format!(
                "rank {target} is not locked: call MPI_Win_lock for it, or MPI_Win_lock_all"
            ));
        }
        wrong(format!(
            "no epoch is open for an access to rank {target}: call MPI_Win_fence, MPI_Win_start or MPI_Win_lock first"
        ))
    }

    /// A call that is allowed while `target` is locked only.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    #[inline]
    pub fn passive(&self, target: usize) -> Result<()> {
        if self.is_locked(target) { Ok(()) } else { not_passive(target) }
    }

    /// A call that is allowed while any target is locked only.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn any_passive(&self) -> Result<()> {
        if self.held == 0 {
            return wrong("this process has locked nobody in the window".into());
        }
        Ok(())
    }

    fn no_access_epoch(&self, what: &str) -> Result<()> {
        if self.started.is_some() {
            return wrong(format!(
                "{what} between MPI_Win_start and MPI_Win_complete: call the latter first"
            ));
        }
        if self.lock_all {
            return wrong(format!("{what} between MPI_Win_lock_all and MPI_Win_unlock_all: unlock first"));
        }
        Ok(())
    }

    fn no_locks_held(&self, what: &str) -> Result<()> {
        self.no_access_epoch(what)?;
        match self.holds.iter().position(Option::is_some) {
            Some(rank) => wrong(format!("{what} while rank {rank} is locked: call MPI_Win_unlock first")),
            None => Ok(()),
        }
    }

    fn no_fence_open(&self, what: &str) -> Result<()> {
        if self.fence.get() == Fence::Open {
            return wrong(format!(
                "{what} while accesses of a fence's epoch are open: call MPI_Win_fence first"
            ));
        }
        Ok(())
    }

    /// `MPI_Win_fence`; `last` says that no epoch follows.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn fence(&mut self, last: bool) -> Result<()> {
        self.no_locks_held("MPI_Win_fence was called")?;
        if self.posted.is_some() {
            return wrong("MPI_Win_fence was called between MPI_Win_post and MPI_Win_wait".into());
        }
        self.fence.set(if last { Fence::Closed } else { Fence::Ready });
        Ok(())
    }

    /// `MPI_Win_lock` for `target`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn lock(&mut self, target: usize, hold: Hold) -> Result<()> {
        if self.try_lock(target, hold) { Ok(()) } else { self.no_lock(target) }
    }

    /// As [`Self::lock`]: whether it is allowed, and done.
    #[inline(always)]
    pub fn try_lock(&mut self, target: usize, hold: Hold) -> bool {
        // Without branches, since it is always allowed.
        let forbidden =
            self.started.is_some() | self.lock_all | self.no_locks | (self.fence.get() == Fence::Open);
        match self.holds.get_mut(target) {
            Some(held @ None) if !forbidden => {
                *held = Some(hold);
                self.held += 1;
                self.fence.set(Fence::Closed);
                true
            }
            _ => false,
        }
    }

    #[cold]
    fn no_lock(&self, target: usize) -> Result<()> {
        self.no_access_epoch("MPI_Win_lock was called")?;
        self.may_lock()?;
        wrong(format!("rank {target} is locked by this process already"))
    }

    /// `MPI_Win_lock_all`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn lock_all(&mut self, hold: Hold) -> Result<()> {
        self.no_locks_held("MPI_Win_lock_all was called")?;
        self.may_lock()?;
        self.holds.fill(Some(hold));
        self.held = self.holds.len();
        self.lock_all = true;
        self.fence.set(Fence::Closed);
        Ok(())
    }

    fn may_lock(&self) -> Result<()> {
        if self.no_locks {
            return wrong(
                "the window was made with the info hint no_locks, which promises that nobody locks it".into(),
            );
        }
        self.no_fence_open("a lock was asked for")
    }

    /// `MPI_Win_unlock`: what is to be given back.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn unlock(&mut self, target: usize) -> Result<Hold> {
        match self.hold(target) {
            Some(hold) => {
                self.let_go(target);
                Ok(hold)
            }
            None if self.lock_all => {
                wrong("the lock is that of MPI_Win_lock_all: call MPI_Win_unlock_all".into())
            }
            None => wrong(format!("rank {target} is not locked by this process")),
        }
    }

    /// What this process has of the lock of `target` by `MPI_Win_lock`.
    #[inline(always)]
    pub fn hold(&self, target: usize) -> Option<Hold> {
        if self.lock_all { None } else { self.holds.get(target).copied().flatten() }
    }

    /// Forgets what [`Self::hold`] has told.
    #[inline(always)]
    pub fn let_go(&mut self, target: usize) {
        self.holds[target] = None;
        self.held -= 1;
    }

    /// `MPI_Win_unlock_all`: what is to be given back of every rank.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn unlock_all(&mut self) -> Result<Hold> {
        let Some(&Some(hold)) = self.holds.first().filter(|_| self.lock_all) else {
            return wrong("there was no MPI_Win_lock_all".into());
        };
        self.holds.fill(None);
        self.held = 0;
        self.lock_all = false;
        Ok(hold)
    }

    /// `MPI_Win_start`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn start(&mut self, targets: Vec<usize>) -> Result<()> {
        self.no_locks_held("MPI_Win_start was called")?;
        self.no_fence_open("MPI_Win_start was called")?;
        self.started = Some(targets);
        self.fence.set(Fence::Closed);
        Ok(())
    }

    /// `MPI_Win_complete`: the targets of the epoch.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn complete(&mut self) -> Result<Vec<usize>> {
        match self.started.take() {
            Some(targets) => Ok(targets),
            None => wrong("there was no MPI_Win_start".into()),
        }
    }

    /// `MPI_Win_post`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn post(&mut self, origins: Vec<usize>) -> Result<()> {
        if self.posted.is_some() {
            return wrong("the epoch of the last MPI_Win_post is open: call MPI_Win_wait first".into());
        }
        self.no_fence_open("MPI_Win_post was called")?;
        self.posted = Some(origins);
        Ok(())
    }

    /// The origins of the epoch that `MPI_Win_wait` ends.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC`.
    pub fn posted(&self) -> Result<&[usize]> {
        match &self.posted {
            Some(origins) => Ok(origins),
            None => wrong("there was no MPI_Win_post".into()),
        }
    }

    /// The epoch of `MPI_Win_post` has ended.
    pub fn end_post(&mut self) {
        self.posted = None;
    }

    /// `MPI_Win_free`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_SYNC` while an epoch is open.
    pub fn check_free(&self) -> Result<()> {
        self.no_locks_held("MPI_Win_free was called")?;
        self.no_fence_open("MPI_Win_free was called")?;
        if self.posted.is_some() {
            fail!(ErrorClass::RmaSync, "MPI_Win_free was called between MPI_Win_post and MPI_Win_wait");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARED: Hold = Hold::Locked(LockKind::Shared);

    fn class<T>(outcome: Result<T>) -> Option<ErrorClass> {
        outcome.err().map(|error| error.class())
    }

    const SYNC: Option<ErrorClass> = Some(ErrorClass::RmaSync);

    #[test]
    fn nothing_is_allowed_outside_of_epochs() {
        let mut epochs = Epochs::new(2, false);
        assert_eq!(class(epochs.access(0)), SYNC);
        assert_eq!((class(epochs.passive(0)), class(epochs.any_passive())), (SYNC, SYNC));
        assert_eq!((class(epochs.unlock(0)), class(epochs.unlock_all())), (SYNC, SYNC));
        assert_eq!((class(epochs.complete()), class(epochs.posted())), (SYNC, SYNC));
        assert_eq!(epochs.check_free(), Ok(()));
    }

    #[test]
    fn a_fence_opens_its_epoch_with_the_first_access() {
        let mut epochs = Epochs::new(2, false);
        epochs.fence(false).unwrap();
        epochs.lock(1, SHARED).unwrap();
        assert_eq!((class(epochs.access(0)), class(epochs.fence(false))), (SYNC, SYNC));
        epochs.unlock(1).unwrap();
        // The lock has shown that the fence opened no epoch.
        assert_eq!((class(epochs.access(0)), epochs.fence(false)), (SYNC, Ok(())));
        epochs.access(0).unwrap();
        assert_eq!((class(epochs.lock(1, SHARED)), class(epochs.start(vec![0]))), (SYNC, SYNC));
        assert_eq!((class(epochs.post(vec![0])), class(epochs.check_free())), (SYNC, SYNC));
        epochs.fence(true).unwrap();
        assert_eq!((class(epochs.access(0)), epochs.check_free()), (SYNC, Ok(())));
    }

    #[test]
    fn locks_are_held_once_and_given_back_as_they_were_taken() {
        let mut epochs = Epochs::new(3, false);
        epochs.lock(1, SHARED).unwrap();
        epochs.lock(2, Hold::Promised).unwrap();
        assert_eq!((class(epochs.lock(1, SHARED)), class(epochs.lock_all(SHARED))), (SYNC, SYNC));
        assert_eq!((class(epochs.unlock_all()), class(epochs.passive(0))), (SYNC, SYNC));
        assert_eq!((epochs.unlock(2), epochs.unlock(1)), (Ok(Hold::Promised), Ok(SHARED)));
        epochs.lock_all(SHARED).unwrap();
        assert_eq!((epochs.access(0), class(epochs.unlock(0))), (Ok(()), SYNC));
        assert_eq!((class(epochs.lock(0, SHARED)), class(epochs.check_free())), (SYNC, SYNC));
        assert_eq!(epochs.unlock_all(), Ok(SHARED));
        assert_eq!(class(Epochs::new(1, true).lock(0, SHARED)), SYNC);
    }

    #[test]
    fn start_allows_its_group_only() {
        let mut epochs = Epochs::new(3, false);
        epochs.start(vec![1]).unwrap();
        assert_eq!((epochs.access(1), class(epochs.access(2))), (Ok(()), SYNC));
        assert_eq!((class(epochs.start(vec![2])), class(epochs.lock(0, SHARED))), (SYNC, SYNC));
        epochs.post(vec![0, 2]).unwrap();
        assert_eq!((epochs.complete(), class(epochs.post(vec![]))), (Ok(vec![1]), SYNC));
        assert_eq!(epochs.posted(), Ok(&[0, 2][..]));
        assert_eq!(class(epochs.fence(false)), SYNC);
        epochs.end_post();
        assert_eq!(epochs.check_free(), Ok(()));
    }
}
