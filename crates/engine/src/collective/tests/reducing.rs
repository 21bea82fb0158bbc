//! Reductions and scans. The operation does not commute, so a result is right
//! only if every operand came in rank order.

use super::model::*;
use crate::collective::allreduce::{self, Allreduce, allreduce, allreduce_by};
use crate::collective::ports::Ports;
use crate::collective::reduce::{self, Reduce, reduce, reduce_by};
use crate::collective::reduce_scatter::{self, ReduceScatter, reduce_scatter, reduce_scatter_by};
use crate::collective::reduction::Reduction;
use crate::collective::scan::{self, Scan, exscan, exscan_by, scan, scan_by};
use crate::collective::simulator::{Sends, SimulatedPorts, run};
use crate::datatype::{DatatypeId, predefined, predefined_datatype};
use crate::error::ErrorClass;
use crate::op::Op;
use memory::buffer::{Scratch, SendBuffer};

const COUNTS: [usize; 4] = [0, 1, 5, 40];

/// The operands of ranks `0..end` combined.
fn combined(end: usize, pairs: usize) -> Vec<u32> {
    (1..end).fold(content(0, 0, pairs), |left, rank| compose(&left, &content(rank, 0, pairs)))
}

/// Calls `test` with every size, count and kind, not in place and in place.
fn every_case(test: impl Fn(usize, usize, Kind, bool)) {
    for size in SIZES {
        for count in COUNTS {
            for kind in PAIRS {
                test(size, count, kind, false);
                test(size, count, kind, true);
            }
        }
    }
}

/// A buffer for the result that holds the operand if that is to be in place.
fn result_buffer(rank: usize, count: usize, kind: Kind, in_place: bool) -> Buffer {
    if in_place { Buffer::with(kind, &content(rank, 0, count)) } else { Buffer::new(kind, count) }
}

/// The operand, unless it is in place.
fn operand(rank: usize, count: usize, kind: Kind, in_place: bool) -> Option<SendBuffer> {
    (!in_place).then(|| Buffer::with(kind, &content(rank, 0, count)).send())
}

#[test]
fn reduce_combines_in_rank_order_at_the_root() {
    every_case(|size, count, kind, in_place| {
        for root in roots(size) {
            let prepare = |rank| result_buffer(rank, count, kind, in_place && rank == root);
            let args = |rank: usize, buffer: &Buffer| Reduce {
                root,
                send: operand(rank, count, kind, in_place && rank == root),
                recv: (rank == root).then(|| buffer.recv()),
                count,
                reduction: composition(kind),
            };
            let expected = |rank| {
                if rank == root {
                    Buffer::with(kind, &combined(size, count))
                } else {
                    Buffer::new(kind, count)
                }
            };
            for algorithm in [reduce::Algorithm::Tree, reduce::Algorithm::HalvingGather] {
                let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                    reduce_by(&ports, args(ports.rank(), &buffer), algorithm).await
                };
                check(&format!("reduce {algorithm:?}"), size, prepare, operation, expected);
            }
            let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                reduce(&ports, args(ports.rank(), &buffer)).await
            };
            check("reduce", size, prepare, operation, expected);
        }
    });
}

#[test]
fn allreduce_combines_in_rank_order_everywhere() {
    use allreduce::Algorithm::*;
    every_case(|size, count, kind, in_place| {
        let prepare = |rank| result_buffer(rank, count, kind, in_place);
        let args = |rank: usize, buffer: &Buffer| Allreduce {
            send: operand(rank, count, kind, in_place),
            recv: buffer.recv(),
            count,
            reduction: composition(kind),
        };
        let expected = |_| Buffer::with(kind, &combined(size, count));
        for algorithm in [Doubling, HalvingDoubling, Slices] {
            let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                allreduce_by(&ports, args(ports.rank(), &buffer), algorithm).await
            };
            check(&format!("allreduce {algorithm:?}"), size, prepare, operation, expected);
        }
        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
            allreduce(&ports, args(ports.rank(), &buffer)).await
        };
        check("allreduce", size, prepare, operation, expected);
    });
}

/// The combined vector of all ranks, and each rank's counts of it.
fn scattered_counts(form: usize, size: usize) -> Vec<usize> {
    match form {
        0 => vec![3; size],
        1 => (0..size).map(|rank| (rank * 3 + 1) % 5).collect(),
        _ => vec![0; size],
    }
}

#[test]
fn reduce_scatter_gives_each_rank_its_block_of_the_result() {
    use reduce_scatter::Algorithm::*;
    for (size, form) in SIZES.into_iter().flat_map(|size| [0, 1, 2].map(|form| (size, form))) {
        for (kind, in_place) in PAIRS.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
            let counts = scattered_counts(form, size);
            let (counts, total) = (&counts, counts.iter().sum::<usize>());
            let length = |rank: usize| if in_place { total } else { counts[rank] };
            let prepare = |rank| result_buffer(rank, length(rank), kind, in_place);
            let args = |rank: usize, buffer: &Buffer| ReduceScatter {
                send: operand(rank, total, kind, in_place),
                recv: buffer.recv(),
                counts: counts.clone(),
                reduction: composition(kind),
            };
            let block = |rank: usize| {
                let first = counts[..rank].iter().sum::<usize>();
                combined(size, total)[2 * first..2 * (first + counts[rank])].to_vec()
            };
            for algorithm in [Some(Halving), Some(Pairwise), None] {
                // In place, what follows the block in the buffer is not specified.
                let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                    let rank = ports.rank();
                    let args = args(rank, &buffer);
                    match algorithm {
                        Some(algorithm) => reduce_scatter_by(&ports, args, algorithm).await?,
                        None => reduce_scatter(&ports, args).await?,
                    }
                    if in_place {
                        buffer.put(2 * counts[rank], &content(rank, 5, total - counts[rank]));
                    }
                    Ok(())
                };
                let expected = |rank: usize| {
                    let buffer = Buffer::with(kind, &block(rank));
                    if !in_place {
                        return buffer;
                    }
                    let whole = Buffer::new(kind, total);
                    whole.put(0, &block(rank));
                    whole.put(2 * counts[rank], &content(rank, 5, total - counts[rank]));
                    whole
                };
                check(&format!("reduce_scatter {algorithm:?}"), size, prepare, operation, expected);
            }
        }
    }
}

#[test]
fn scans_combine_the_ranks_up_to_each_and_before_each() {
    use scan::Algorithm::*;
    every_case(|size, count, kind, in_place| {
        let prepare = |rank| result_buffer(rank, count, kind, in_place);
        let args = |rank: usize, buffer: &Buffer| Scan {
            send: operand(rank, count, kind, in_place),
            recv: buffer.recv(),
            count,
            reduction: composition(kind),
        };
        let inclusive = |rank| Buffer::with(kind, &combined(rank + 1, count));
        let exclusive = |rank| match rank {
            0 => prepare(0),
            rank => Buffer::with(kind, &combined(rank, count)),
        };
        for algorithm in [Doubling, Chain { segment_bytes: 20 }, Chain { segment_bytes: 1 << 20 }] {
            let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                scan_by(&ports, args(ports.rank(), &buffer), algorithm).await
            };
            check(&format!("scan {algorithm:?}"), size, prepare, operation, inclusive);
            let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                exscan_by(&ports, args(ports.rank(), &buffer), algorithm).await
            };
            check(&format!("exscan {algorithm:?}"), size, prepare, operation, exclusive);
        }
        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
            scan(&ports, args(ports.rank(), &buffer)).await
        };
        check("scan", size, prepare, operation, inclusive);
        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
            exscan(&ports, args(ports.rank(), &buffer)).await
        };
        check("exscan", size, prepare, operation, exclusive);
    });
}

#[test]
fn rounding_is_the_same_on_every_rank_and_in_every_run() {
    use allreduce::Algorithm::*;
    let float = predefined_datatype(predefined::index::FLOAT).unwrap();
    let (sum, count) = (Op::predefined(1).unwrap(), 11);
    for (size, algorithm) in
        SIZES.into_iter().flat_map(|size| [Doubling, HalvingDoubling, Slices].map(|a| (size, a)))
    {
        let mut first: Option<Vec<u8>> = None;
        for seed in 0..5 {
            let buffers: Vec<_> = (0..size)
                .map(|rank| {
                    let number =
                        |i: usize| 10f32.powi((rank * 5 + i * 3) as i32 % 13 - 6) * (1.0 + rank as f32 / 7.0);
                    Scratch::from_bytes(&(0..count).flat_map(|i| number(i).to_ne_bytes()).collect::<Vec<_>>())
                })
                .collect();
            let report = run(size, seed, Sends::Mixed, |ports| {
                let recv = buffers[ports.rank()].recv_buffer();
                let reduction = Reduction { datatype: float.into(), op: sum.clone(), id: DatatypeId::NULL };
                let args = Allreduce { send: None, recv, count, reduction };
                async move { allreduce_by(&ports, args, algorithm).await }
            });
            all_done("allreduce", &report);
            for buffer in &buffers {
                let bytes = buffer.send_buffer().slice(0, 4 * count).to_vec();
                assert_eq!(
                    first.get_or_insert_with(|| bytes.clone()),
                    &bytes,
                    "{algorithm:?}, {size} ranks, seed {seed}"
                );
            }
        }
    }
}

#[test]
fn an_operation_that_the_datatype_does_not_have_is_an_error() {
    let report = run(4, 3, Sends::Buffered, |ports| async move {
        let buffer = Buffer::with(Kind::Pair, &content(ports.rank(), 0, 1));
        let sum = Op::predefined(1).unwrap();
        let reduction = Reduction { datatype: Kind::Pair.datatype().into(), op: sum, id: DatatypeId::NULL };
        allreduce(&ports, Allreduce { send: None, recv: buffer.recv(), count: 1, reduction }).await
    });
    let errors: Vec<_> = report.results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert!(!errors.is_empty() && errors.iter().all(|error| error.class() == ErrorClass::Op), "{errors:?}");
}
