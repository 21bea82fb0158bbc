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
    /// Whether `lower` was set by `MPI_Type_create_resized` (or MPI-1's `MPI_LB`)
    /// somewhere inside: then it, and not the data, bounds every datatype built
    /// from this one.
    pub lower_marked: bool,
    /// The same of `upper`.
    pub upper_marked: bool,
    pub true_lower: i64,
    pub true_upper: i64,
    /// The strictest alignment of a basic element, at least 1.
    pub alignment: i64,
}

/// What MPI-1 had instead of `MPI_Type_create_resized`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Lower,
    Upper,
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
        lower_marked: false,
        upper_marked: false,
        true_lower: 0,
        true_upper: 0,
        alignment: 1,
    };

    /// Of a marker at `displacement` alone.
    pub(super) fn of_marker(marker: Marker, displacement: i64) -> Self {
        match marker {
            Marker::Lower => Self { lower: displacement, lower_marked: true, ..Self::EMPTY },
            Marker::Upper => Self { upper: displacement, upper_marked: true, ..Self::EMPTY },
        }
    }

    pub(super) fn has_data(&self) -> bool {
        self.elements > 0
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
            if self.lower_marked || self.has_data() {
                all.lower = self.lower.checked_add(low)?;
            }
            if self.upper_marked || self.has_data() {
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
            both.lower_marked = self.lower_marked || other.lower_marked;
            both.upper_marked = self.upper_marked || other.upper_marked;
            let lower = |one: &Self| if both.lower_marked { one.lower_marked } else { one.has_data() };
            let upper = |one: &Self| if both.upper_marked { one.upper_marked } else { one.has_data() };
            both.lower = self.joined(other, lower, |one| one.lower, i64::min);
            both.upper = self.joined(other, upper, |one| one.upper, i64::max);
            both.true_lower = self.joined(other, Self::has_data, |one| one.true_lower, i64::min);
            both.true_upper = self.joined(other, Self::has_data, |one| one.true_upper, i64::max);
            Some(both)
        };
        union().ok_or_else(too_large)
    }

    /// A bound of both together, of those of which it `counts`.
    fn joined(
        &self,
        other: &Self,
        counts: impl Fn(&Self) -> bool,
        bound: fn(&Self) -> i64,
        outermost: fn(i64, i64) -> i64,
    ) -> i64 {
        match (counts(self), counts(other)) {
            (true, true) => outermost(bound(self), bound(other)),
            (false, true) => bound(other),
            _ => bound(self),
        }
    }

    /// Settles the bounds of a typemap put together with `copies` and `union`:
    /// unless one is marked, the extent is padded to the alignment.
    pub(super) fn settled(mut self) -> Result<Self> {
        let mut settle = || {
            if !self.lower_marked && !self.upper_marked {
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
