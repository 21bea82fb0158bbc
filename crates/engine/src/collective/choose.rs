//! Which algorithm a collective uses: one table per operation, read from the
//! top, the first row that fits wins.
//!
//! Every rank must come to the same row, so a row asks only for what all ranks
//! know: bytes that the standard makes equal, the number of ranks, and whether
//! they can meet on a board, which for a reduction takes a predefined operation.
//! Nothing else of the operation matters: all algorithms keep rank order.

use super::{allgather, allreduce, alltoall, barrier, bcast, gather, reduce, reduce_scatter, scan, scatter};

/// A row: used up to this many bytes and ranks, if the rest of what it needs
/// is given.
struct Row<A> {
    max_bytes: usize,
    max_ranks: usize,
    needs: Needs,
    algorithm: A,
}

/// What an algorithm needs beyond fitting sizes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// A board.
    Board,
    /// A power of two of ranks, and blocks that follow each other.
    UniformPower,
    /// A power of two of ranks.
    Power,
    /// At least one element for each rank.
    ElementPerRank,
}

const ANY: usize = usize::MAX;
const KIB: usize = 1024;

/// Segments of pipelined transfers: two of them fit a core's second-level
/// cache several times over, and the start-up of one is small against its copy.
const SEGMENT_BYTES: usize = 64 * KIB;

/// How many transfers each way an all-to-all of unknown sizes keeps going.
pub(super) const ALLTOALLV_WINDOW: usize = 32;

const fn row<A>(max_bytes: usize, max_ranks: usize, needs: Needs, algorithm: A) -> Row<A> {
    Row { max_bytes, max_ranks, needs, algorithm }
}

use Needs::{Board, ElementPerRank, Nothing, Power, UniformPower};

const BARRIER: &[Row<barrier::Algorithm>] = &[
    row(ANY, ANY, Board, barrier::Algorithm::Board),
    row(ANY, ANY, Nothing, barrier::Algorithm::Dissemination),
];

/// Bytes: of the data.
const BCAST: &[Row<bcast::Algorithm>] = &[
    //  bytes up to, ranks up to, needs, algorithm
    row(ANY, ANY, Board, bcast::Algorithm::Board),
    row(16 * KIB, ANY, Nothing, bcast::Algorithm::Tree),
    row(ANY, 2, Nothing, bcast::Algorithm::Tree),
    row(512 * KIB, ANY, Nothing, bcast::Algorithm::ScatterRing),
    row(ANY, 16, Nothing, bcast::Algorithm::Chain { segment_bytes: SEGMENT_BYTES }),
    row(ANY, ANY, Nothing, bcast::Algorithm::ScatterRing),
];

/// Bytes: of one rank's block.
const GATHER: &[Row<gather::Algorithm>] = &[
    row(256 * KIB, ANY, Board, gather::Algorithm::Board),
    row(ANY, 2, Board, gather::Algorithm::Board),
    row(ANY, 4, Nothing, gather::Algorithm::Direct),
    row(2 * KIB, ANY, Nothing, gather::Algorithm::Tree),
    row(ANY, ANY, Nothing, gather::Algorithm::Direct),
];

/// Bytes: of one rank's block.
const SCATTER: &[Row<scatter::Algorithm>] = &[
    row(256 * KIB, ANY, Board, scatter::Algorithm::Board),
    row(ANY, 2, Board, scatter::Algorithm::Board),
    row(ANY, 4, Nothing, scatter::Algorithm::Direct),
    row(2 * KIB, ANY, Nothing, scatter::Algorithm::Tree),
    row(ANY, ANY, Nothing, scatter::Algorithm::Direct),
];

/// Bytes: of all blocks together.
const ALLGATHER: &[Row<allgather::Algorithm>] = &[
    row(ANY, ANY, Board, allgather::Algorithm::Board),
    row(128 * KIB, ANY, UniformPower, allgather::Algorithm::Doubling),
    row(64 * KIB, ANY, Nothing, allgather::Algorithm::Bruck),
    row(ANY, ANY, Nothing, allgather::Algorithm::Ring),
];

/// Bytes: of one block.
const ALLTOALL: &[Row<alltoall::Algorithm>] = &[
    row(64 * KIB, ANY, Board, alltoall::Algorithm::Board),
    row(ANY, 2, Board, alltoall::Algorithm::Board),
    row(ANY, 4, Nothing, alltoall::Algorithm::Direct { window: 3 }),
    row(256, ANY, Nothing, alltoall::Algorithm::Bruck),
    row(32 * KIB, ANY, Nothing, alltoall::Algorithm::Direct { window: ALLTOALLV_WINDOW }),
    row(ANY, ANY, Nothing, alltoall::Algorithm::Direct { window: 1 }),
];

/// Bytes: of the vector.
const REDUCE: &[Row<reduce::Algorithm>] = &[
    row(4 * KIB, ANY, Board, reduce::Algorithm::BoardWhole),
    row(ANY, 2, Board, reduce::Algorithm::BoardWhole),
    row(ANY, ANY, Board, reduce::Algorithm::BoardSlices),
    row(8 * KIB, ANY, Nothing, reduce::Algorithm::Tree),
    row(ANY, 2, Nothing, reduce::Algorithm::Tree),
    row(ANY, ANY, ElementPerRank, reduce::Algorithm::HalvingGather),
    row(ANY, ANY, Nothing, reduce::Algorithm::Tree),
];

/// Bytes: of the vector.
const ALLREDUCE: &[Row<allreduce::Algorithm>] = &[
    row(4 * KIB, ANY, Board, allreduce::Algorithm::BoardWhole),
    row(ANY, ANY, Board, allreduce::Algorithm::BoardSlices),
    row(4 * KIB, ANY, Nothing, allreduce::Algorithm::Doubling),
    row(ANY, ANY, Power, allreduce::Algorithm::HalvingDoubling),
    row(64 * KIB, ANY, ElementPerRank, allreduce::Algorithm::HalvingDoubling),
    row(ANY, ANY, ElementPerRank, allreduce::Algorithm::Slices),
    row(ANY, ANY, Nothing, allreduce::Algorithm::Doubling),
];

/// Bytes: of the whole vector.
const REDUCE_SCATTER: &[Row<reduce_scatter::Algorithm>] = &[
    row(ANY, ANY, Board, reduce_scatter::Algorithm::Board),
    row(ANY, 2, Nothing, reduce_scatter::Algorithm::Pairwise),
    row(64 * KIB, ANY, Nothing, reduce_scatter::Algorithm::Halving),
    row(ANY, ANY, Nothing, reduce_scatter::Algorithm::Pairwise),
];

/// Bytes: of the vector.
const SCAN: &[Row<scan::Algorithm>] = &[
    row(4 * KIB, ANY, Board, scan::Algorithm::BoardWhole),
    row(ANY, ANY, Board, scan::Algorithm::BoardChain),
    row(64 * KIB, ANY, Nothing, scan::Algorithm::Doubling),
    row(ANY, ANY, Nothing, scan::Algorithm::Chain { segment_bytes: SEGMENT_BYTES }),
];

/// What is known about one call.
struct Call {
    bytes: usize,
    ranks: usize,
    uniform: bool,
    /// Elements of the vector, where it is to be cut between elements.
    elements: usize,
    /// The ranks can meet on a board.
    board: bool,
}

fn first_fit<A: Copy>(table: &[Row<A>], call: &Call) -> A {
    let power = call.ranks.is_power_of_two();
    let fits = |row: &&Row<A>| {
        call.bytes <= row.max_bytes
            && call.ranks <= row.max_ranks
            && match row.needs {
                Nothing => true,
                Board => call.board,
                UniformPower => power && call.uniform,
                Power => power && call.elements >= call.ranks,
                ElementPerRank => call.elements >= call.ranks,
            }
    };
    table.iter().find(fits).expect("the last row of every table fits everything").algorithm
}

pub(super) fn barrier(board: bool, ranks: usize) -> barrier::Algorithm {
    first_fit(BARRIER, &Call { bytes: 0, ranks, uniform: true, elements: ANY, board })
}

pub(super) fn bcast(board: bool, bytes: usize, ranks: usize) -> bcast::Algorithm {
    first_fit(BCAST, &Call { bytes, ranks, uniform: true, elements: bytes, board })
}

pub(super) fn gather(board: bool, bytes: usize, ranks: usize) -> gather::Algorithm {
    first_fit(GATHER, &Call { bytes, ranks, uniform: true, elements: ANY, board })
}

pub(super) fn scatter(board: bool, bytes: usize, ranks: usize) -> scatter::Algorithm {
    first_fit(SCATTER, &Call { bytes, ranks, uniform: true, elements: ANY, board })
}

pub(super) fn allgather(board: bool, bytes: usize, ranks: usize, uniform: bool) -> allgather::Algorithm {
    first_fit(ALLGATHER, &Call { bytes, ranks, uniform, elements: ANY, board })
}

pub(super) fn alltoall(board: bool, bytes: usize, ranks: usize) -> alltoall::Algorithm {
    first_fit(ALLTOALL, &Call { bytes, ranks, uniform: true, elements: ANY, board })
}

pub(super) fn reduce(board: bool, bytes: usize, elements: usize, ranks: usize) -> reduce::Algorithm {
    first_fit(REDUCE, &Call { bytes, ranks, uniform: true, elements, board })
}

pub(super) fn allreduce(board: bool, bytes: usize, elements: usize, ranks: usize) -> allreduce::Algorithm {
    first_fit(ALLREDUCE, &Call { bytes, ranks, uniform: true, elements, board })
}

pub(super) fn reduce_scatter(board: bool, bytes: usize, ranks: usize) -> reduce_scatter::Algorithm {
    first_fit(REDUCE_SCATTER, &Call { bytes, ranks, uniform: false, elements: ANY, board })
}

pub(super) fn scan(board: bool, bytes: usize, ranks: usize) -> scan::Algorithm {
    first_fit(SCAN, &Call { bytes, ranks, uniform: true, elements: ANY, board })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<A: Copy + PartialEq>(table: &[Row<A>]) {
        let last = table.last().unwrap();
        assert!(last.max_bytes == ANY && last.max_ranks == ANY && last.needs == Nothing);
        // Every row is reached by a call that just fits it.
        for row in table {
            let ranks = if row.max_ranks == ANY { 1 << 20 } else { row.max_ranks };
            let reached = [ranks, 1000].into_iter().flat_map(|ranks| {
                [true, false].map(|uniform| {
                    let elements = if row.needs == Nothing { 1 } else { ANY };
                    let board = row.needs == Board;
                    first_fit(table, &Call { bytes: row.max_bytes, ranks, uniform, elements, board })
                })
            });
            assert!(reached.into_iter().any(|algorithm| algorithm == row.algorithm));
        }
    }

    #[test]
    fn every_table_ends_with_a_row_that_fits_everything_and_has_no_dead_row() {
        check(BARRIER);
        check(BCAST);
        check(GATHER);
        check(SCATTER);
        check(ALLGATHER);
        check(ALLTOALL);
        check(REDUCE);
        check(ALLREDUCE);
        check(REDUCE_SCATTER);
        check(SCAN);
    }
}
