//! Size and bounds of a typemap (MPI-5.0 sections 5.1.5 to 5.1.9).

use crate::error::{Error, ErrorClass, Result};

/// What is known about a typemap without looking at its entries again. All
/// lengths and displacements are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Bytes of data.
    pub size: i64,
    /// Basic elements; a pair counts as two.
    pub elements: i64,
    /// Of the data, or marked. Padding of what the typemap is put together from
    /// belongs to it: a component never reaches beyond the whole.
    pub lower: i64,
    pub upper: i64,
    /// Whether `lower` and `upper` were set by `MPI_Type_create_resized`
    /// somewhere inside: then they, and not the data, bound every datatype
    /// built from this one.
    pub marked: bool,
    pub true_lower: i64,
    pub true_upper: i64,
    /// The strictest alignment of a basic element, at least 1.
    pub alignment: i64,
}

/// The error for a datatype that leaves the 64-bit address space.
pub(super) fn too_large() -> Error {
    Error::new(
        ErrorClass::Arg,
        "the datatype would be larger than 2^63 - 1 bytes, or reach that far from its origin; \
         check the counts, strides and displacements",
    )
}

impl Bounds {
    pub(super) const EMPTY: Self = Self {
        size: 0,
        elements: 0,
        lower: 0,
        upper: 0,
        marked: false,
        true_lower: 0,
        true_upper: 0,
        alignment: 1,
    };

    pub(super) fn has_data(&self) -> bool {
        self.elements > 0
    }

    /// Whether `lower` and `upper` say anything.
    fn is_bounded(&self) -> bool {
        self.marked || self.has_data()
    }

    /// Bytes from one element of the datatype to the next.
    pub(super) fn extent(&self) -> i64 {
        self.upper - self.lower
    }

    /// Of `count` copies, of which the outermost are displaced by `first` and
    /// `last` bytes.
    pub(super) fn copies(&self, count: u64, first: i64, last: i64) -> Result<Self> {
        if count == 0 {
            return Ok(Self::EMPTY);
        }
        let copies = || {
            let count = i64::try_from(count).ok()?;
            let (low, high) = (first.min(last), first.max(last));
            let mut all = *self;
            all.size = self.size.checked_mul(count)?;
            all.elements = self.elements.checked_mul(count)?;
            if self.is_bounded() {
                all.lower = self.lower.checked_add(low)?;
                all.upper = self.upper.checked_add(high)?;
            }
            if self.has_data() {
                all.true_lower = self.true_lower.checked_add(low)?;
                all.true_upper = self.true_upper.checked_add(high)?;
            }
            Some(all)
        };
        copies().ok_or_else(too_large)
    }

    /// Of both typemaps together.
    pub(super) fn union(&self, other: &Self) -> Result<Self> {
        let union = || {
            let mut both = *self;
            both.size = self.size.checked_add(other.size)?;
            both.elements = self.elements.checked_add(other.elements)?;
            both.alignment = self.alignment.max(other.alignment);
            both.marked = self.marked || other.marked;
            let counts = |one: &Self| if both.marked { one.marked } else { one.has_data() };
            match (counts(self), counts(other)) {
                (true, true) => {
                    both.lower = self.lower.min(other.lower);
                    both.upper = self.upper.max(other.upper);
                }
                (false, true) => (both.lower, both.upper) = (other.lower, other.upper),
                _ => {}
            }
            match (self.has_data(), other.has_data()) {
                (true, true) => {
                    both.true_lower = self.true_lower.min(other.true_lower);
                    both.true_upper = self.true_upper.max(other.true_upper);
                }
                (false, true) => {
                    (both.true_lower, both.true_upper) = (other.true_lower, other.true_upper);
                }
                _ => {}
            }
            Some(both)
        };
        union().ok_or_else(too_large)
    }

    /// Settles the bounds of a typemap put together with `copies` and `union`:
    /// unless they are marked, the extent is padded to the alignment.
    pub(super) fn settled(mut self) -> Result<Self> {
        let mut settle = || {
            if !self.marked {
                let span = self.upper.checked_sub(self.lower)?;
                let padded = span.checked_add(self.alignment - 1)? / self.alignment * self.alignment;
                self.upper = self.lower.checked_add(padded)?;
            }
            self.upper.checked_sub(self.lower)?;
            Some(self)
        };
        settle().ok_or_else(too_large)
    }
}
