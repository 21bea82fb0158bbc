//! Messages, bytes and rounds of every algorithm: what the table of choices
//! rests on. A round lets every rank start one message and takes one message
//! time.

use super::model::*;
use crate::collective::allgather::{self, Allgather, allgather_by};
use crate::collective::allreduce::{self, Allreduce, allreduce_by};
use crate::collective::alltoall::{self, Alltoall, alltoall_by};
use crate::collective::barrier;
use crate::collective::bcast::{self, Bcast, bcast_by};
use crate::collective::gather::{self, Gather, gather_by};
use crate::collective::ports::Ports;
use crate::collective::reduce::{self, Reduce, reduce_by};
use crate::collective::reduce_scatter::{self, ReduceScatter, reduce_scatter_by};
use crate::collective::scan::{self, Scan, scan_by};
use crate::collective::scatter::{self, Scatter, scatter_by};
use crate::collective::simulator::{Report, Sends, SimulatedPorts, run};
use crate::collective::tree::Tree;
use crate::datatype::DatatypeId;
use crate::error::Result;
use crate::op::UserFunction;
use memory::buffer::{RecvBuffer, SendBuffer};

const KIND: Kind = Kind::Pair;
/// Bytes of an element of that kind.
const ELEMENT: usize = 8;

fn measure<F: Future<Output = Result<()>>>(size: usize, operation: impl Fn(SimulatedPorts) -> F) -> Report {
    let report = run(size, 1, Sends::Synchronous, operation);
    all_done("measured", &report);
    report
}

/// Doubling steps that reach `size` ranks.
fn steps(size: usize) -> usize {
    size.next_power_of_two().ilog2() as usize
}

/// Rounds that fold a number of ranks that is not a power of two, there and
/// back, and the doubling steps of the rest.
fn folded(size: usize) -> (usize, usize) {
    (usize::from(!size.is_power_of_two()), size.ilog2() as usize)
}

#[test]
fn a_barrier() {
    for size in SIZES {
        let report = measure(size, |ports| async move { barrier::barrier(&ports).await });
        assert_eq!((report.rounds, report.bytes()), (steps(size), 0));
        assert_eq!(report.messages(), size * steps(size));
    }
}

#[test]
fn a_broadcast() {
    use bcast::Algorithm::*;
    let elements = 64 * 17 * 9;
    let bytes = elements * ELEMENT;
    let report = |size, root, algorithm| {
        measure(size, move |ports| async move {
            let data = Buffer::new(KIND, elements).recv_data(elements);
            bcast_by(&ports, Bcast { root, data }, algorithm).await
        })
    };
    for size in SIZES {
        for root in roots(size) {
            let tree = report(size, root, Tree);
            assert_eq!(tree.rounds, steps(size));
            assert_eq!((tree.messages(), tree.bytes()), (size - 1, (size - 1) * bytes));

            let ring = report(size, root, ScatterRing);
            assert!(ring.rounds < steps(size) + size, "{size} ranks: {} rounds", ring.rounds);
            assert!(ring.busiest().bytes_out <= 2 * bytes);
            // Nobody receives anything twice.
            assert_eq!(ring.bytes(), (size - 1) * bytes);
            assert!(ring.busiest().bytes_in <= bytes);

            let segments = 16;
            let chain = report(size, root, Chain { segment_bytes: bytes / segments });
            assert_eq!(chain.rounds, if size == 1 { 0 } else { size - 2 + segments });
            assert_eq!(chain.bytes(), (size - 1) * bytes);
            assert!(chain.busiest().bytes_out <= bytes);
        }
    }
}

#[test]
fn a_gather_and_a_scatter() {
    let (elements, bytes) = (3, 3 * ELEMENT);
    let layout = &Layout::Uniform(elements);
    for size in SIZES {
        for root in roots(size) {
            let gather = |algorithm| {
                measure(size, move |ports| async move {
                    let send = Some(Buffer::new(KIND, elements).send_data(elements));
                    let recv = (ports.rank() == root).then(|| layout.buffer(KIND, size).recv_blocks(layout));
                    gather_by(&ports, Gather { root, send, recv }, algorithm).await
                })
            };
            let scatter = |algorithm| {
                measure(size, move |ports| async move {
                    let recv = Some(Buffer::new(KIND, elements).recv_data(elements));
                    let send = (ports.rank() == root).then(|| layout.buffer(KIND, size).send_blocks(layout));
                    scatter_by(&ports, Scatter { root, send, recv }, algorithm).await
                })
            };
            let tree = gather(gather::Algorithm::Tree);
            assert_eq!((tree.rounds, tree.messages()), (depth(size, root), size - 1));
            assert!(tree.busiest().messages_in <= steps(size));
            assert_eq!(tree.busiest().bytes_in, (size - 1) * bytes);
            let tree = scatter(scatter::Algorithm::Tree);
            assert_eq!((tree.rounds, tree.messages()), (steps(size), size - 1));
            assert!(tree.busiest().messages_out <= steps(size));

            let direct = gather(gather::Algorithm::Direct);
            assert_eq!((direct.rounds, direct.bytes()), (usize::from(size > 1), (size - 1) * bytes));
            let direct = scatter(scatter::Algorithm::Direct);
            assert_eq!((direct.rounds, direct.bytes()), (size - 1, (size - 1) * bytes));
        }
    }
}

/// Hops of the longest way to the root of the tree.
fn depth(size: usize, root: usize) -> usize {
    let hops = |rank| {
        let way = std::iter::successors(Some(rank), |&at| Tree::new(at, size, root).parent);
        way.count() - 1
    };
    (0..size).map(hops).max().unwrap_or(0)
}

#[test]
fn an_allgather() {
    use allgather::Algorithm::*;
    let (elements, bytes) = (3, 3 * ELEMENT);
    let layout = &Layout::Uniform(elements);
    for size in SIZES {
        let report = |algorithm| {
            measure(size, move |ports| async move {
                let send = Some(Buffer::new(KIND, elements).send_data(elements));
                let recv = layout.buffer(KIND, size).recv_blocks(layout);
                allgather_by(&ports, Allgather { send, recv }, algorithm).await
            })
        };
        let moved = (size - 1) * bytes;
        for algorithm in [Bruck, if size.is_power_of_two() { Doubling } else { Bruck }] {
            let report = report(algorithm);
            assert_eq!((report.rounds, report.messages()), (steps(size), size * steps(size)));
            assert!(report.traffic.iter().all(|one| one.bytes_out == moved && one.bytes_in == moved));
        }
        let report = report(Ring);
        assert_eq!((report.rounds, report.messages()), (size - 1, size * (size - 1)));
        assert!(report.traffic.iter().all(|one| one.bytes_out == moved && one.bytes_in == moved));
    }
}

#[test]
fn an_alltoall() {
    use alltoall::Algorithm::*;
    let (elements, bytes) = (3, 3 * ELEMENT);
    let layout = &Layout::Uniform(elements);
    for size in SIZES {
        let report = |algorithm| {
            measure(size, move |ports| async move {
                let send = Some(layout.buffer(KIND, size).send_blocks(layout));
                let recv = layout.buffer(KIND, size).recv_blocks(layout);
                alltoall_by(&ports, Alltoall { send, recv }, algorithm).await
            })
        };
        let bruck = report(Bruck);
        assert_eq!((bruck.rounds, bruck.messages()), (steps(size), size * steps(size)));
        let hops = (1..size).map(|distance| distance.count_ones() as usize).sum::<usize>();
        assert!(bruck.traffic.iter().all(|one| one.bytes_out == hops * bytes));
        for window in [1, 4] {
            let direct = report(Direct { window });
            assert_eq!((direct.rounds, direct.messages()), (size - 1, size * (size - 1)));
            assert_eq!(direct.bytes(), size * (size - 1) * bytes);
        }
    }
}

#[test]
fn a_reduction() {
    use reduce::Algorithm::*;
    let elements = 16 * 9;
    let bytes = elements * ELEMENT;
    for size in SIZES {
        for root in roots(size) {
            let report = |algorithm| {
                measure(size, move |ports| async move {
                    let send = Some(Buffer::new(KIND, elements).send());
                    let recv = (ports.rank() == root).then(|| Buffer::new(KIND, elements).recv());
                    let reduction = composition(KIND);
                    reduce_by(&ports, Reduce { root, send, recv, count: elements, reduction }, algorithm)
                        .await
                })
            };
            let tree = report(Tree);
            assert_eq!((tree.rounds, tree.bytes()), (depth(size, root), (size - 1) * bytes));

            let (fold, steps) = folded(size);
            let halving = report(HalvingGather);
            assert_eq!(halving.rounds, fold + 2 * steps);
            // Twice the vector, less what stays; a folded rank hears its partner first.
            assert!(halving.busiest().bytes_in <= (2 + fold) * bytes);
            assert!(halving.busiest().bytes_out <= 2 * bytes);
        }
    }
}

#[test]
fn a_reduction_to_all() {
    use allreduce::Algorithm::*;
    let elements = 16 * 9 * 5 * 7 * 17;
    let bytes = elements * ELEMENT;
    for size in SIZES {
        let report = |algorithm| {
            measure(size, move |ports| async move {
                let (send, recv) =
                    (Some(Buffer::new(KIND, elements).send()), Buffer::new(KIND, elements).recv());
                let reduction = bound(KIND, Keep);
                allreduce_by(&ports, Allreduce { send, recv, count: elements, reduction }, algorithm).await
            })
        };
        let (fold, steps) = folded(size);
        let doubling = report(Doubling);
        assert_eq!(doubling.rounds, 2 * fold + steps);
        assert_eq!(doubling.busiest().bytes_out, (fold + steps) * bytes);

        let halving = report(HalvingDoubling);
        assert_eq!(halving.rounds, 2 * fold + 2 * steps);
        assert!(halving.busiest().bytes_out <= (2 + fold) * bytes);

        let slices = report(Slices);
        assert_eq!(slices.rounds, 2 * (size - 1));
        assert!(slices.traffic.iter().all(|one| one.bytes_out == 2 * bytes / size * (size - 1)));
    }
}

/// An operation for counting bytes that leaves the right operand as it is.
struct Keep;

impl UserFunction for Keep {
    fn call(&self, _: &SendBuffer, _: &RecvBuffer, _: usize, _: DatatypeId) {}
}

#[test]
fn a_reduction_with_scatter() {
    use reduce_scatter::Algorithm::*;
    let bytes = 3 * ELEMENT;
    for size in SIZES {
        let report = |algorithm| {
            measure(size, move |ports| async move {
                let (send, recv) = (Some(Buffer::new(KIND, 3 * size).send()), Buffer::new(KIND, 3).recv());
                let (counts, reduction) = (vec![3; size], composition(KIND));
                reduce_scatter_by(&ports, ReduceScatter { send, recv, counts, reduction }, algorithm).await
            })
        };
        let (fold, steps) = folded(size);
        let halving = report(Halving);
        assert_eq!(halving.rounds, 2 * fold + steps);
        // Folded ranks have two blocks, so halves may differ by a block per step.
        assert!(halving.busiest().bytes_in <= ((1 + fold) * size + steps) * bytes);

        let pairwise = report(Pairwise);
        assert_eq!((pairwise.rounds, pairwise.bytes()), (size - 1, size * (size - 1) * bytes));
    }
}

#[test]
fn a_scan() {
    use scan::Algorithm::*;
    let (elements, segments) = (64, 8);
    let bytes = elements * ELEMENT;
    for size in SIZES {
        let report = |algorithm| {
            measure(size, move |ports| async move {
                let (recv, reduction) = (Buffer::new(KIND, elements).recv(), composition(KIND));
                scan_by(&ports, Scan { send: None, recv, count: elements, reduction }, algorithm).await
            })
        };
        assert_eq!(report(Doubling).rounds, steps(size));
        assert!(report(Doubling).busiest().bytes_out <= steps(size) * bytes);
        let chain = report(Chain { segment_bytes: bytes / segments });
        assert_eq!(chain.rounds, if size == 1 { 0 } else { size - 2 + segments });
        assert_eq!(chain.bytes(), (size - 1) * bytes);
    }
}
