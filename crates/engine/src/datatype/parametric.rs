//! Datatypes that are chosen by what they must hold (MPI-5.0 sections 5.1.12,
//! 6.9.4 and 19.1.5).

use super::contents::{Combiner, Contents};
use super::predefined::{self, index};
use super::typemap::Datatype;
use crate::error::{ErrorClass, Result};
use crate::fail;
use std::sync::Arc;

/// The parameters of `MPI_Type_create_f90_integer` and its siblings. `None` is
/// `MPI_UNDEFINED`. Equal parameters must give the same handle: whoever owns
/// the handles keeps them in a map with this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum F90 {
    Integer { range: i32 },
    Real { precision: Option<i32>, range: Option<i32> },
    Complex { precision: Option<i32>, range: Option<i32> },
}

/// Decimal exponent range of the Fortran integers, smallest first.
const INTEGERS: [(i32, u32); 5] = [
    (2, index::INTEGER1),
    (4, index::INTEGER2),
    (9, index::INTEGER4),
    (18, index::INTEGER8),
    (38, index::INTEGER16),
];

/// Decimal precision and exponent range of the IEEE formats, and the real and
/// complex datatypes that have them.
const REALS: [(i32, i32, u32, u32); 3] = [
    (6, 37, index::REAL4, index::COMPLEX8),
    (15, 307, index::REAL8, index::COMPLEX16),
    (33, 4931, index::REAL16, index::COMPLEX32),
];

impl F90 {
    /// The unnamed predefined datatype with these parameters: the smallest
    /// Fortran kind that has them. Committed, and never to be freed.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when no kind has them.
    pub fn create(self) -> Result<Arc<Datatype>> {
        let (combiner, index, integers) = match self {
            Self::Integer { range } => {
                let found = INTEGERS.iter().find(|(most, _)| range <= *most).map(|(_, index)| *index);
                (Combiner::F90Integer, found, vec![range])
            }
            Self::Real { precision, range } => {
                (Combiner::F90Real, real(precision, range)?.map(|found| found.0), numbers(precision, range))
            }
            Self::Complex { precision, range } => (
                Combiner::F90Complex,
                real(precision, range)?.map(|found| found.1),
                numbers(precision, range),
            ),
        };
        let Some((entry, index)) = index.and_then(|index| Some((predefined::get(index)?, index))) else {
            fail!(ErrorClass::Arg, "no Fortran kind of this platform has {self:?}");
        };
        let contents = Contents::new(combiner, integers, Vec::new(), Vec::new(), Vec::new());
        Ok(Arc::new(Datatype::basic(entry, index, contents)))
    }
}

fn numbers(precision: Option<i32>, range: Option<i32>) -> Vec<i32> {
    [precision, range].map(|value| value.unwrap_or(crate::status::UNDEFINED)).to_vec()
}

fn real(precision: Option<i32>, range: Option<i32>) -> Result<Option<(u32, u32)>> {
    if precision.is_none() && range.is_none() {
        fail!(ErrorClass::Arg, "precision and range are both MPI_UNDEFINED; at least one must be given");
    }
    let enough = |wanted: Option<i32>, most: i32| wanted.is_none_or(|wanted| wanted <= most);
    let found =
        REALS.iter().find(|(digits, exponent, ..)| enough(precision, *digits) && enough(range, *exponent));
    Ok(found.map(|&(_, _, real, complex)| (real, complex)))
}

/// The `typeclass` argument of `MPI_Type_match_size`. The numbers are the
/// standard ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum TypeClass {
    Logical = 191,
    Integer = 192,
    Real = 193,
    Complex = 194,
}

/// `MPI_Type_match_size`: the handle index of the Fortran datatype of this
/// class with this many bytes.
///
/// # Errors
/// `MPI_ERR_ARG` when there is none.
pub fn match_size(class: TypeClass, size: i32) -> Result<u32> {
    let stem = match class {
        TypeClass::Logical => "LOGICAL",
        TypeClass::Integer => "INTEGER",
        TypeClass::Real => "REAL",
        TypeClass::Complex => "COMPLEX",
    };
    match predefined::index_of(&format!("MPI_{stem}{size}")) {
        Some(index) => Ok(index),
        None => fail!(ErrorClass::Arg, "there is no Fortran {stem} of {size} bytes"),
    }
}

/// `MPI_Type_get_value_index`: the handle index of the pair datatype of these
/// two, or `None` where there is none and the answer is `MPI_DATATYPE_NULL`.
pub fn value_index(value: &Datatype, position: &Datatype) -> Option<u32> {
    let wanted = (value.predefined_index()?, position.predefined_index()?);
    let pairs = [
        (index::FLOAT, index::INT, index::FLOAT_INT),
        (index::DOUBLE, index::INT, index::DOUBLE_INT),
        (index::LONG, index::INT, index::LONG_INT),
        (index::INT, index::INT, index::TWO_INT),
        (index::SHORT, index::INT, index::SHORT_INT),
        (index::LONG_DOUBLE, index::INT, index::LONG_DOUBLE_INT),
        (index::REAL, index::REAL, index::TWO_REAL),
        (index::DOUBLE_PRECISION, index::DOUBLE_PRECISION, index::TWO_DOUBLE_PRECISION),
        (index::INTEGER, index::INTEGER, index::TWO_INTEGER),
    ];
    pairs.iter().find(|pair| (pair.0, pair.1) == wanted).map(|pair| pair.2)
}

#[cfg(test)]
mod tests {
    use super::super::typemap::predefined_datatype;
    use super::*;

    #[test]
    fn parameters_choose_the_smallest_kind() {
        let size = |f90: F90| f90.create().map(|datatype| datatype.size());
        assert_eq!(size(F90::Integer { range: 9 }), Ok(4));
        assert_eq!(size(F90::Integer { range: 10 }), Ok(8));
        assert_eq!(size(F90::Real { precision: Some(6), range: Some(38) }), Ok(8));
        assert_eq!(size(F90::Complex { precision: None, range: Some(400) }), Ok(32));
        assert!(size(F90::Real { precision: None, range: None }).is_err());
        assert!(size(F90::Integer { range: 39 }).is_err());
        let real = F90::Real { precision: Some(15), range: None }.create().unwrap();
        assert_eq!(real.contents().combiner(), Combiner::F90Real);
        assert_eq!(real.contents().integers(), [15, crate::status::UNDEFINED]);
        assert_eq!((real.predefined_index(), real.is_committed()), (None, true));
    }

    #[test]
    fn sizes_and_pairs_are_matched() {
        assert_eq!(match_size(TypeClass::Real, 8), Ok(index::REAL8));
        assert!(match_size(TypeClass::Complex, 2).is_err());
        let named = |index| predefined_datatype(index).unwrap();
        assert_eq!(value_index(named(index::DOUBLE), named(index::INT)), Some(index::DOUBLE_INT));
        assert_eq!(value_index(named(index::INT), named(index::DOUBLE)), None);
    }
}
