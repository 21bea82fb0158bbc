//! A counted value for the time of one call.

use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;

use super::{THREADS, Threads};

/// A value that an [`Arc`] keeps. Where another thread may let go of it, the loan
/// counts; below `MPI_THREAD_MULTIPLE` it costs nothing, where counting up and down
/// is a tenth of a small collective.
pub struct Loan<T> {
    /// As [`Arc::as_ptr`] gave it.
    value: NonNull<T>,
    /// One count is the loan's.
    counted: bool,
}

impl<T> Loan<T> {
    /// # Safety
    /// While the loan lasts, the thread that takes it neither drops the last other
    /// [`Arc`] of the value nor calls [`Threads::set`] of [`THREADS`].
    #[inline]
    pub unsafe fn of(value: &Arc<T>) -> Self {
        // SAFETY: passed on from the caller.
        unsafe { Self::with(&THREADS, value) }
    }

    /// # Safety
    /// As of [`Self::of`].
    #[inline]
    unsafe fn with(threads: &Threads, value: &Arc<T>) -> Self {
        let counted = threads.are_several();
        let value = if counted { Arc::into_raw(Arc::clone(value)) } else { Arc::as_ptr(value) };
        // SAFETY: an `Arc`'s value is not at null.
        Self { value: unsafe { NonNull::new_unchecked(value.cast_mut()) }, counted }
    }

    pub fn to_arc(&self) -> Arc<T> {
        // SAFETY: the pointer came from an `Arc`, whose value lives as in `deref`; the
        // count that is added is the new `Arc`'s.
        unsafe {
            Arc::increment_strong_count(self.value.as_ptr());
            Arc::from_raw(self.value.as_ptr())
        }
    }
}

impl<T> Deref for Loan<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the value lives: by the loan's own count, or because no other thread
        // calls and this one keeps the promise given to `of`.
        unsafe { self.value.as_ref() }
    }
}

impl<T> Drop for Loan<T> {
    #[inline]
    fn drop(&mut self) {
        if self.counted {
            // SAFETY: `with` counted, and made the pointer of an `Arc`.
            unsafe { Arc::decrement_strong_count(self.value.as_ptr()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn a_loan_counts_where_there_are_threads() {
        let several = Threads(AtomicBool::new(true));
        let value = Arc::new(7);
        // SAFETY: it counts, so the other `Arc` may go first.
        let loan = unsafe { Loan::with(&several, &value) };
        assert_eq!(Arc::strong_count(&value), 2);
        let watch = Arc::downgrade(&value);
        drop(value);
        assert_eq!((*loan, watch.strong_count()), (7, 1));
        drop(loan);
        assert_eq!(watch.strong_count(), 0);
    }

    #[test]
    fn a_loan_costs_nothing_where_there_are_none() {
        let alone = Threads(AtomicBool::new(false));
        let value = Arc::new(7);
        // SAFETY: dropped before the `Arc`s.
        let loan = unsafe { Loan::with(&alone, &value) };
        assert_eq!((*loan, Arc::strong_count(&value)), (7, 1));
        let kept = loan.to_arc();
        drop(loan);
        assert_eq!(Arc::strong_count(&value), 2);
        drop(value);
        assert_eq!(*kept, 7);
    }
}
