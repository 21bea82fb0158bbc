//! What the ranks of a collective have to agree on, small enough for the
//! header of each of its messages: a rank that calls something else is found
//! out by the first message that it sends to, or gets from, another.

use std::fmt;

use crate::error::{Error, ErrorClass};

macro_rules! operations {
    ($($variant:ident = $number:literal, $name:literal;)*) => {
        /// A collective operation of MPI, in any of its forms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Operation {
            $($variant = $number,)*
        }

        /// The function that starts an operation with this number.
        fn name_of(number: u32) -> &'static str {
            match number {
                0 => "a function that makes a communicator, a window or a file",
                GIVEN_UP => "an operation that it has given up",
                $($number => $name,)*
                _ => "an unknown collective",
            }
        }
    };
}

operations! {
    Barrier = 1, "MPI_Barrier";
    Bcast = 2, "MPI_Bcast";
    Gather = 3, "MPI_Gather";
    Gatherv = 4, "MPI_Gatherv";
    Scatter = 5, "MPI_Scatter";
    Scatterv = 6, "MPI_Scatterv";
    Allgather = 7, "MPI_Allgather";
    Allgatherv = 8, "MPI_Allgatherv";
    Alltoall = 9, "MPI_Alltoall";
    Alltoallv = 10, "MPI_Alltoallv";
    Alltoallw = 11, "MPI_Alltoallw";
    Reduce = 12, "MPI_Reduce";
    Allreduce = 13, "MPI_Allreduce";
    ReduceScatter = 14, "MPI_Reduce_scatter";
    ReduceScatterBlock = 15, "MPI_Reduce_scatter_block";
    Scan = 16, "MPI_Scan";
    Exscan = 17, "MPI_Exscan";
    NeighborAllgather = 18, "MPI_Neighbor_allgather";
    NeighborAllgatherv = 19, "MPI_Neighbor_allgatherv";
    NeighborAlltoall = 20, "MPI_Neighbor_alltoall";
    NeighborAlltoallv = 21, "MPI_Neighbor_alltoallv";
    NeighborAlltoallw = 22, "MPI_Neighbor_alltoallw";
}

/// Operation, root and magnitude of the data of a collective.
///
/// | bits | what | 0 is |
/// |---|---|---|
/// | 0 to 4 | the operation | none of MPI's collectives |
/// | 5 to 10 | bits of the number of bytes, plus 1 | nothing that all ranks know |
/// | 11 to 26 | rank of the root, plus 1 | an operation without a root |
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint(u32);

/// Not an operation: see [`Fingerprint::GIVEN_UP`].
const GIVEN_UP: u32 = (1 << OPERATION_BITS) - 1;

const OPERATION_BITS: u32 = 5;
const SIZE_BITS: u32 = 6;
const ROOT_BITS: u32 = 16;
const _: () = assert!(OPERATION_BITS + SIZE_BITS + ROOT_BITS == 27);
const SIZE_MAX: u32 = (1 << SIZE_BITS) - 1;

impl Fingerprint {
    /// Of messages that belong to no collective of MPI.
    pub const NONE: Self = Self(0);
    /// Of the last message of a rank to one that may wait for others of a
    /// collective in vain, because that failed there.
    pub const GIVEN_UP: Self = Self(GIVEN_UP);
    /// Bits without those of the root, which are the highest.
    pub const LOW_BITS: u32 = OPERATION_BITS + SIZE_BITS;

    pub const fn new(operation: Operation) -> Self {
        Self(operation as u32)
    }

    /// The root's rank in its group.
    #[must_use]
    pub fn with_root(self, root: usize) -> Self {
        let root = (root as u32 + 1) & ((1 << ROOT_BITS) - 1);
        Self(self.without_root() | root << Self::LOW_BITS)
    }

    /// A number of bytes that is the same at all ranks.
    #[must_use]
    pub fn with_bytes(self, bytes: usize) -> Self {
        let size = (1 + usize::BITS - bytes.leading_zeros()).min(SIZE_MAX);
        Self(self.0 & !(SIZE_MAX << OPERATION_BITS) | size << OPERATION_BITS)
    }

    #[inline]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The low bits and those of the root, each from bit 0 on.
    #[inline]
    pub fn parts(self) -> (u32, u32) {
        (self.without_root(), self.0 >> Self::LOW_BITS)
    }

    /// Of what [`Self::parts`] gave.
    #[inline]
    pub fn from_parts(low: u32, root: u32) -> Self {
        Self(low & ((1 << Self::LOW_BITS) - 1) | (root & ((1 << ROOT_BITS) - 1)) << Self::LOW_BITS)
    }

    #[inline]
    fn without_root(self) -> u32 {
        self.0 & ((1 << Self::LOW_BITS) - 1)
    }

    /// As a word of 27 bits, for [`Self::of_raw`].
    #[inline]
    pub fn raw(self) -> u32 {
        self.0
    }

    #[inline]
    pub fn of_raw(raw: u32) -> Self {
        Self(raw)
    }

    fn operation(self) -> u32 {
        self.0 & ((1 << OPERATION_BITS) - 1)
    }

    fn root(self) -> Option<u32> {
        (self.0 >> Self::LOW_BITS).checked_sub(1)
    }

    /// The bits of the number of bytes.
    fn size(self) -> Option<u32> {
        (self.0 >> OPERATION_BITS & SIZE_MAX).checked_sub(1)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(name_of(self.operation()))?;
        if let Some(root) = self.root() {
            write!(f, " with root {root}")?;
        }
        match self.size() {
            None => Ok(()),
            Some(0) => f.write_str(" of no data"),
            Some(1) => f.write_str(" of 1 byte"),
            Some(bits) => write!(f, " of {} to {} bytes", 1u64 << (bits - 1), (1u64 << bits) - 1),
        }
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a rank of a communicator is doing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Doing {
    /// In the communicator.
    pub rank: u32,
    pub what: Fingerprint,
}

/// The error of a rank that gets a message of a collective other than its own.
#[cold]
pub fn mismatch(here: Doing, there: Doing) -> Error {
    let (own, other) = (here.what, there.what);
    if other.operation() == GIVEN_UP {
        let text = format!(
            "rank {} is in {own}, in which rank {} met an error: see what that rank reports; an operation that fails \
             on one rank fails on those that wait for it",
            here.rank, there.rank
        );
        return Error::new(ErrorClass::Other, text);
    }
    let (class, advice) = if own.operation() != other.operation() {
        (ErrorClass::Other, "all ranks of a communicator must call its collectives in the same order")
    } else if own.root() != other.root() {
        (ErrorClass::Root, "all ranks must name the same root")
    } else {
        (ErrorClass::Count, "all ranks must give as much data: compare their counts and datatypes")
    };
    let text = format!("rank {} is in {own}, while rank {} is in {other}: {advice}", here.rank, there.rank);
    Error::new(class, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_survives_its_parts() {
        let bare = Fingerprint::new(Operation::NeighborAlltoallw);
        for print in
            [bare, bare.with_bytes(0), bare.with_bytes(usize::MAX), bare.with_root(4095).with_bytes(7)]
        {
            let (low, root) = print.parts();
            assert!(low < 1 << Fingerprint::LOW_BITS && root < 1 << ROOT_BITS);
            assert_eq!(Fingerprint::from_parts(low, root), print);
            assert!(!print.is_none());
        }
        assert!(Fingerprint::NONE.is_none());
    }

    #[test]
    fn a_fingerprint_says_what_it_stands_for() {
        let bcast = Fingerprint::new(Operation::Bcast).with_root(3);
        assert_eq!(bcast.to_string(), "MPI_Bcast with root 3");
        assert_eq!(bcast.with_bytes(0).to_string(), "MPI_Bcast with root 3 of no data");
        assert_eq!(bcast.with_bytes(1).to_string(), "MPI_Bcast with root 3 of 1 byte");
        assert_eq!(bcast.with_bytes(1500).to_string(), "MPI_Bcast with root 3 of 1024 to 2047 bytes");
        assert_eq!(Fingerprint::new(Operation::Barrier).to_string(), "MPI_Barrier");
    }

    #[test]
    fn the_error_names_both_ranks_and_what_they_do() {
        let bcast = |root, bytes| Fingerprint::new(Operation::Bcast).with_root(root).with_bytes(bytes);
        let at = |rank, what| Doing { rank, what };
        let error = mismatch(at(2, Fingerprint::new(Operation::Barrier)), at(0, bcast(1, 4)));
        assert_eq!(error.class(), ErrorClass::Other);
        assert_eq!(
            error.message(),
            "rank 2 is in MPI_Barrier, while rank 0 is in MPI_Bcast with root 1 of 4 to 7 bytes: \
             all ranks of a communicator must call its collectives in the same order"
        );
        let error = mismatch(at(2, bcast(0, 4)), at(1, Fingerprint::GIVEN_UP));
        assert!(error.message().starts_with(
            "rank 2 is in MPI_Bcast with root 0 of 4 to 7 bytes, in which rank 1 met an error: "
        ));
        assert_eq!(mismatch(at(0, bcast(0, 4)), at(1, bcast(1, 4))).class(), ErrorClass::Root);
        assert_eq!(mismatch(at(0, bcast(0, 4)), at(1, bcast(0, 8))).class(), ErrorClass::Count);
    }
}
