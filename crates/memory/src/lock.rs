//! The lock around the engine's state, and around what else a process has that
//! only a thread in an MPI call touches.
//!
//! Below `MPI_THREAD_MULTIPLE` the program promises that no two threads call
//! at the same time, and the lock costs no atomic read-modify-write. A guard
//! that is asked for while one is held by the same caller is a bug of ours (a
//! user callback ran under the lock), and is noticed in either mode.

pub mod loan;

use std::cell::{Cell, UnsafeCell};
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whether threads of a process may call at the same time.
pub struct Threads(AtomicBool);

/// Of this process. Starts out as true, which is right for every program.
pub static THREADS: Threads = Threads(AtomicBool::new(true));

impl Threads {
    /// # Safety
    /// No other thread holds or awaits a lock that goes by this during the call.
    /// With `false` no two threads call [`StateLock::lock`] at the same time from
    /// now on, and whatever orders their calls also makes memory visible (MPI-5.0
    /// section 11.6.2, levels up to `MPI_THREAD_SERIALIZED`).
    pub unsafe fn set(&self, threaded: bool) {
        // Relaxed: nobody else is here, as promised.
        self.0.store(threaded, Ordering::Relaxed);
    }

    #[inline]
    fn are_several(&self) -> bool {
        // Relaxed: changes only while nobody is here.
        self.0.load(Ordering::Relaxed)
    }
}

pub struct StateLock<T> {
    threads: &'static Threads,
    mutex: Mutex<()>,
    held: Cell<bool>,
    state: UnsafeCell<T>,
}

// SAFETY: `state` and `held` are reached by the holder of the lock alone: the
// mutex sees to it when there are threads, else the promise given to
// `Threads::set`.
unsafe impl<T: Send> Sync for StateLock<T> {}

pub struct StateGuard<'a, T> {
    lock: &'a StateLock<T>,
    /// Where there are threads; dropped with the guard.
    mutex: ManuallyDrop<Option<MutexGuard<'a, ()>>>,
}

impl<T> StateLock<T> {
    /// Goes by [`THREADS`].
    pub const fn new(state: T) -> Self {
        Self::with(&THREADS, state)
    }

    const fn with(threads: &'static Threads, state: T) -> Self {
        Self { threads, mutex: Mutex::new(()), held: Cell::new(false), state: UnsafeCell::new(state) }
    }

    #[inline]
    pub fn lock(&self) -> StateGuard<'_, T> {
        let mutex = if self.threads.are_several() { Some(self.lock_mutex()) } else { None };
        self.enter(mutex)
    }

    /// As [`Self::lock`], in the one case that takes no mutex: not where threads may
    /// call at the same time.
    #[inline(always)]
    pub fn lock_unthreaded(&self) -> Option<StateGuard<'_, T>> {
        if self.threads.are_several() { None } else { Some(self.enter(None)) }
    }

    #[inline(always)]
    fn enter<'a>(&'a self, mutex: Option<MutexGuard<'a, ()>>) -> StateGuard<'a, T> {
        assert!(!self.held.replace(true), "the engine was entered twice by one thread");
        StateGuard { lock: self, mutex: ManuallyDrop::new(mutex) }
    }

    // Not within every call: programs with one thread are the rule.
    #[inline(never)]
    fn lock_mutex(&self) -> MutexGuard<'_, ()> {
        self.mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> StateGuard<'_, T> {
    // As `StateLock::lock_mutex`.
    #[inline(never)]
    fn unlock_mutex(&mut self) {
        // SAFETY: called by the guard's drop and nowhere else.
        unsafe { ManuallyDrop::drop(&mut self.mutex) }
    }
}

impl<T> Deref for StateGuard<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: this guard is the only one.
        unsafe { &*self.lock.state.get() }
    }
}

impl<T> DerefMut for StateGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard is the only one, and borrowed exclusively.
        unsafe { &mut *self.lock.state.get() }
    }
}

impl<T> Drop for StateGuard<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.lock.held.set(false);
        // So that nothing but a look remains where there are no threads.
        if self.mutex.is_some() {
            self.unlock_mutex();
        }
    }
}

#[cfg(test)]
mod tests;
