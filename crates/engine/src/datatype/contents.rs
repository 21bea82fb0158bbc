//! How a datatype was made: envelope and contents (MPI-5.0 section 5.1.13).

use super::Datatype;
use std::sync::Arc;

macro_rules! combiners {
    ($($variant:ident = $number:literal, $name:literal;)*) => {
        /// Which constructor made a datatype. The numbers are the standard
        /// ABI's; an ABI with others translates by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum Combiner {
            $($variant = $number,)*
        }

        impl Combiner {
            /// `MPI_COMBINER_VECTOR` for example.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

combiners! {
    Named = 101, "MPI_COMBINER_NAMED";
    Dup = 102, "MPI_COMBINER_DUP";
    Contiguous = 103, "MPI_COMBINER_CONTIGUOUS";
    Vector = 104, "MPI_COMBINER_VECTOR";
    Hvector = 105, "MPI_COMBINER_HVECTOR";
    Indexed = 106, "MPI_COMBINER_INDEXED";
    Hindexed = 107, "MPI_COMBINER_HINDEXED";
    IndexedBlock = 108, "MPI_COMBINER_INDEXED_BLOCK";
    HindexedBlock = 109, "MPI_COMBINER_HINDEXED_BLOCK";
    Struct = 110, "MPI_COMBINER_STRUCT";
    Subarray = 111, "MPI_COMBINER_SUBARRAY";
    Darray = 112, "MPI_COMBINER_DARRAY";
    F90Real = 113, "MPI_COMBINER_F90_REAL";
    F90Complex = 114, "MPI_COMBINER_F90_COMPLEX";
    F90Integer = 115, "MPI_COMBINER_F90_INTEGER";
    Resized = 116, "MPI_COMBINER_RESIZED";
    ValueIndex = 117, "MPI_COMBINER_VALUE_INDEX";
}

/// Which form of a constructor was called. It decides where the envelope
/// counts the arguments: the `_c` forms have large counts where the others
/// have integers and addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Int,
    Large,
}

/// The combiner and arguments of a constructor, as `MPI_Type_get_contents`
/// gives them.
#[derive(Clone, Debug)]
pub struct Contents {
    combiner: Combiner,
    integers: Box<[i32]>,
    addresses: Box<[i64]>,
    large_counts: Box<[i64]>,
    datatypes: Box<[Arc<Datatype>]>,
}

impl Contents {
    pub(super) fn named() -> Self {
        Self::named_by(Combiner::Named)
    }

    pub(super) fn new(
        combiner: Combiner,
        integers: Vec<i32>,
        addresses: Vec<i64>,
        large_counts: Vec<i64>,
        datatypes: Vec<Arc<Datatype>>,
    ) -> Self {
        Self {
            combiner,
            integers: integers.into(),
            addresses: addresses.into(),
            large_counts: large_counts.into(),
            datatypes: datatypes.into(),
        }
    }

    /// Of a datatype that only stands inside another one.
    pub(super) fn named_by(combiner: Combiner) -> Self {
        Self::new(combiner, Vec::new(), Vec::new(), Vec::new(), Vec::new())
    }

    pub(super) fn is_named(&self) -> bool {
        self.combiner == Combiner::Named
    }

    pub fn combiner(&self) -> Combiner {
        self.combiner
    }

    /// Integer arguments, in the order of MPI-5.0 section 5.1.13. Array orders
    /// and distributions have the standard ABI's numbers.
    pub fn integers(&self) -> &[i32] {
        &self.integers
    }

    pub fn addresses(&self) -> &[i64] {
        &self.addresses
    }

    /// Not empty only for datatypes made with a `_c` constructor.
    pub fn large_counts(&self) -> &[i64] {
        &self.large_counts
    }

    /// The datatypes it was made from.
    pub fn datatypes(&self) -> &[Arc<Datatype>] {
        &self.datatypes
    }
}
