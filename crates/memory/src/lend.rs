//! Lending slices, checked instead of promised.
//!
//! A buffer made here keeps a token alive, as do all copies of the buffer, and
//! whoever lends looks at the end whether all of them are gone. So nothing has
//! to be promised about the operation that gets the buffer: should it still
//! have one when the borrow ends, the process ends instead of the memory's
//! owner getting it back.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::ptr::slice_from_raw_parts_mut;

use num_complex::Complex;

use crate::buffer::{Owner, RecvBuffer, Scratch, SendBuffer};

/// Types of which any bytes are a value, and all of whose bytes are values.
///
/// # Safety
/// No padding, no invalid bit patterns, no pointers, no interior mutability.
pub unsafe trait Plain: Copy + Send + Sync + 'static {
    /// All bytes zero.
    const ZERO: Self;
}

macro_rules! plain {
    ($($type:ident $zero:literal),*) => {$(
        // SAFETY: a number without padding; every bit pattern is one.
        unsafe impl Plain for $type {
            const ZERO: Self = $zero;
        }
    )*};
}
plain!(u8 0, u16 0, u32 0, u64 0, usize 0, i8 0, i16 0, i32 0, i64 0, isize 0, f32 0.0, f64 0.0);

// SAFETY: two numbers next to each other (`repr(C)`), without padding.
unsafe impl<T: Plain> Plain for Complex<T> {
    const ZERO: Self = Complex::new(T::ZERO, T::ZERO);
}

// SAFETY: arrays have no padding between or after their elements.
unsafe impl<T: Plain, const N: usize> Plain for [T; N] {
    const ZERO: Self = [T::ZERO; N];
}

thread_local! {
    /// A token for the next [`scope`], so that a blocking call allocates none.
    static SPARE: Cell<Option<Scratch>> = const { Cell::new(None) };
}

/// The tokens of the buffers that one scope has lent.
struct Loans {
    /// Of what comes back at the end.
    common: Scratch,
    /// Of what may come back earlier.
    single: RefCell<Vec<Scratch>>,
}

impl Loans {
    fn are_returned(&self) -> bool {
        self.common.is_sole() && self.single.borrow().iter().all(Scratch::is_sole)
    }
}

impl Drop for Loans {
    fn drop(&mut self) {
        if !self.are_returned() {
            eprintln!(
                "passel: an operation under way uses memory whose borrow ends here, most likely because a \
                 panic cut the wait for it short; the process ends, since it cannot go on safely"
            );
            std::process::abort();
        }
        // A thread that is about to end keeps none.
        let _ = SPARE.try_with(|spare| spare.set(Some(self.common.clone())));
    }
}

/// Lends slices until the end of a [`scope`].
#[derive(Clone, Copy)]
pub struct Lender<'scope, 'env: 'scope> {
    loans: &'scope Loans,
    /// Neither lifetime may be shortened or lengthened, as in
    /// [`std::thread::Scope`].
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// Calls `f` with a lender of slices that outlive the call.
///
/// When `f` ends, with a panic or without, all buffers made with the lender
/// must be gone; the process aborts if one is not.
pub fn scope<'env, R>(f: impl for<'scope> FnOnce(&Lender<'scope, 'env>) -> R) -> R {
    let spare = SPARE.try_with(Cell::take).ok().flatten();
    let common = spare.unwrap_or_else(|| Scratch::zeroed(0));
    // Looks at the tokens when it is dropped, last of all.
    let loans = Loans { common, single: RefCell::default() };
    f(&Lender { loans: &loans, scope: PhantomData, env: PhantomData })
}

impl<'scope> Lender<'scope, '_> {
    /// The bytes of a slice, to be read.
    pub fn lend<T: Plain>(&self, slice: &'scope [T]) -> SendBuffer {
        // SAFETY: the slice is initialised, has no padding and is borrowed
        // until `scope` ends, which it does not while the buffer, or a copy of
        // it, keeps the token.
        unsafe {
            SendBuffer::of_owner(
                slice.as_ptr().cast(),
                size_of_val(slice),
                Owner::Scratch(self.loans.common.clone()),
            )
        }
    }

    /// The bytes of a slice, to be written.
    pub fn lend_mut<T: Plain>(&self, slice: &'scope mut [T]) -> RecvBuffer {
        let len = size_of_val(slice);
        // SAFETY: any bytes make a `T`; the slice is borrowed exclusively until
        // `scope` ends, which it does not while the buffer, or a copy of it,
        // keeps the token.
        unsafe {
            RecvBuffer::of_owner(slice.as_mut_ptr().cast(), len, Owner::Scratch(self.loans.common.clone()))
        }
    }

    /// As [`Self::lend_mut`], for a slice that can be had back before the
    /// scope ends.
    pub fn lend_until_reclaimed<T: Plain>(&self, slice: &'scope mut [T]) -> (RecvBuffer, Loan<'scope, T>) {
        let token = Scratch::zeroed(0);
        let mut single = self.loans.single.borrow_mut();
        single.push(token.clone());
        let loan = Loan { slice, loans: self.loans, index: single.len() - 1, borrow: PhantomData };
        let (base, len) = (loan.slice.cast::<u8>(), loan.slice.len() * size_of::<T>());
        // SAFETY: as in `lend_mut`; `loan` does not touch the slice while the
        // token is kept.
        (unsafe { RecvBuffer::of_owner(base, len, Owner::Scratch(token)) }, loan)
    }

    /// Whether no buffer is left of those that were lent so far.
    pub fn is_returned(&self) -> bool {
        self.loans.are_returned()
    }
}

/// A slice that is lent and can be had back.
pub struct Loan<'scope, T> {
    slice: *mut [T],
    loans: &'scope Loans,
    index: usize,
    borrow: PhantomData<&'scope mut [T]>,
}

impl<'scope, T: Plain> Loan<'scope, T> {
    /// The slice, once no buffer of it is left.
    ///
    /// # Errors
    /// The loan itself while there is one.
    pub fn reclaim(self) -> Result<&'scope mut [T], Self> {
        if !self.loans.single.borrow()[self.index].is_sole() {
            return Err(self);
        }
        let slice = slice_from_raw_parts_mut(self.slice.cast::<T>(), self.slice.len());
        // SAFETY: made from a slice that is borrowed exclusively for `'scope`;
        // no buffer of it is left, and no loan either, since this one ends.
        Ok(unsafe { &mut *slice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_to_a_lent_slice_is_there_afterwards() {
        let (mut numbers, source) = ([0u32; 3], [7u32, 8, 9]);
        scope(|lender| {
            let (from, to) = (lender.lend(&source), lender.lend_mut(&mut numbers));
            assert!(!lender.is_returned());
            to.copy_from(0, from.slice(0, 12));
        });
        assert_eq!(numbers, source);
    }

    #[test]
    fn a_loan_ends_with_the_last_copy_of_its_buffer() {
        let mut bytes = [0u8; 4];
        scope(|lender| {
            let (buffer, loan) = lender.lend_until_reclaimed(&mut bytes);
            let copy = buffer.shifted(2);
            drop(buffer);
            let loan = loan.reclaim().expect_err("a copy of the buffer is left");
            copy.copy_from(0, &[1, 2]);
            drop(copy);
            let slice = loan.reclaim().ok().expect("no buffer is left");
            slice[0] = 9;
        });
        assert_eq!(bytes, [9, 0, 1, 2]);
    }

    #[test]
    fn scopes_nest() {
        let (outer, inner) = ([1u8], [2u8]);
        scope(|lender| {
            let first = lender.lend(&outer);
            scope(|lender| assert_eq!(lender.lend(&inner).slice(0, 1), [2]));
            assert_eq!(first.slice(0, 1), [1]);
        });
    }
}
