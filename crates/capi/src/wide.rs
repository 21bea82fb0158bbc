//! Arguments whose width differs between a function and its large-count form.

use core::ffi::{c_int, c_void};

use engine::status::UNDEFINED;

/// An array of counts or displacements.
#[derive(Clone, Copy)]
pub enum IntArray {
    Int(*const c_int),
    Count(*const i64),
}

impl IntArray {
    pub fn is_null(self) -> bool {
        match self {
            Self::Int(array) => array.is_null(),
            Self::Count(array) => array.is_null(),
        }
    }

    /// Element `index`.
    ///
    /// # Safety
    /// The array has more than `index` elements.
    #[inline]
    pub unsafe fn get(self, index: usize) -> i64 {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Self::Int(array) => i64::from(*array.add(index)),
                Self::Count(array) => *array.add(index),
            }
        }
    }

    /// The first `len` elements.
    ///
    /// # Safety
    /// The array has them.
    pub unsafe fn to_vec(self, len: usize) -> Vec<i64> {
        // SAFETY: the caller's promise.
        (0..len).map(|index| unsafe { self.get(index) }).collect()
    }
}

/// Where a count is to be written.
#[derive(Clone, Copy)]
pub enum IntOut {
    Int(*mut c_int),
    Count(*mut i64),
}

impl IntOut {
    pub fn is_null(self) -> bool {
        match self {
            Self::Int(out) => out.is_null(),
            Self::Count(out) => out.is_null(),
        }
    }

    /// Writes `value`, or `MPI_UNDEFINED` where it does not fit.
    ///
    /// # Safety
    /// The place may be written.
    pub unsafe fn set(self, value: i64) {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Self::Int(out) => *out = c_int::try_from(value).unwrap_or(UNDEFINED),
                Self::Count(out) => *out = value,
            }
        }
    }

    /// Reads what is there (a position that is moved on).
    ///
    /// # Safety
    /// The place may be read.
    pub unsafe fn get(self) -> i64 {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Self::Int(out) => i64::from(*out),
                Self::Count(out) => *out,
            }
        }
    }

    /// The largest value that fits.
    pub fn max(self) -> i64 {
        match self {
            Self::Int(_) => c_int::MAX.into(),
            Self::Count(_) => i64::MAX,
        }
    }
}

/// A user function that takes an `int` count or an `MPI_Count`.
#[derive(Clone, Copy)]
pub enum Callback {
    Small(*const c_void),
    Large(*const c_void),
}
