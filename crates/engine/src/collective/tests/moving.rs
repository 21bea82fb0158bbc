//! Operations that move data.

use super::model::*;
use crate::collective::allgather::{self, Allgather, allgather_by};
use crate::collective::alltoall::{self, Alltoall, alltoall, alltoall_by, alltoallv};
use crate::collective::barrier::barrier;
use crate::collective::bcast::{self, Bcast, bcast, bcast_by};
use crate::collective::gather::{self, Gather, gather, gather_by, gatherv};
use crate::collective::ports::Ports;
use crate::collective::scatter::{self, Scatter, scatter, scatter_by, scatterv};
use crate::collective::simulator::{Sends, SimulatedPorts, run};
use std::cell::Cell;

const COUNTS: [usize; 3] = [0, 1, 7];

/// Layouts of sends and receives that differ but have the same signature.
const KINDS: [(Kind, Kind); 3] =
    [(Kind::Word, Kind::Pair), (Kind::Vector, Kind::Resized), (Kind::Backwards, Kind::Vector)];

#[test]
fn nobody_leaves_a_barrier_before_everybody_has_entered() {
    for size in SIZES {
        for sends in SENDS {
            for seed in 0..20 {
                let entered = Cell::new(0);
                let report = run(size, seed, sends, |ports| {
                    let entered = &entered;
                    async move {
                        entered.set(entered.get() + 1);
                        barrier(&ports).await?;
                        assert_eq!(entered.get(), size);
                        Ok(())
                    }
                });
                all_done("barrier", &report);
            }
        }
    }
}

#[test]
fn broadcast_copies_the_roots_data() {
    use bcast::Algorithm::*;
    let algorithms = [Tree, ScatterRing, Chain { segment_bytes: 12 }, Chain { segment_bytes: 1 << 20 }];
    for size in SIZES {
        for root in roots(size) {
            for pairs in COUNTS {
                for (even, odd) in KINDS {
                    // Even and odd ranks describe the data differently.
                    let kind = |rank: usize| if rank.is_multiple_of(2) { even } else { odd };
                    let words = content(root, 0, pairs);
                    let prepare = |rank| {
                        let mine = if rank == root { words.clone() } else { content(rank, 9, pairs) };
                        Buffer::with(kind(rank), &mine)
                    };
                    let args =
                        |buffer: &Buffer| Bcast { root, data: buffer.recv_data(buffer.kind.elements(pairs)) };
                    let expected = |rank| Buffer::with(kind(rank), &words);
                    for algorithm in algorithms {
                        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                            bcast_by(&ports, args(&buffer), algorithm).await
                        };
                        check(&format!("{algorithm:?}"), size, prepare, operation, expected);
                    }
                    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                        bcast(&ports, args(&buffer)).await
                    };
                    check("bcast", size, prepare, operation, expected);
                }
            }
        }
    }
}

/// Lengths from 0 to 4 for each rank.
fn lengths(size: usize) -> Vec<usize> {
    (0..size).map(|rank| (rank * 3 + 1) % 5).collect()
}

/// The root's buffer with every rank's block in it.
fn gathered(layout: &Layout, kind: Kind, size: usize) -> Buffer {
    let buffer = layout.buffer(kind, size);
    for from in 0..size {
        put_block(&buffer, layout, from, from, 0);
    }
    buffer
}

/// Puts what `from` gives to `to` at block `index`.
fn put_block(buffer: &Buffer, layout: &Layout, index: usize, from: usize, to: usize) {
    buffer.put(2 * layout.start(index), &content(from, to, layout.pairs(index)));
}

#[test]
fn gather_brings_all_blocks_to_the_root() {
    for size in SIZES {
        for root in roots(size) {
            let mut layouts: Vec<_> = COUNTS.map(Layout::Uniform).into();
            layouts.push(Layout::Varying(lengths(size)));
            for (layout, in_place) in layouts.iter().flat_map(|layout| [(layout, false), (layout, true)]) {
                for (send_kind, recv_kind) in KINDS {
                    let prepare = |rank| {
                        if rank != root {
                            return Buffer::new(recv_kind, 0);
                        }
                        let buffer = layout.buffer(recv_kind, size);
                        if in_place {
                            put_block(&buffer, layout, root, root, 0);
                        }
                        buffer
                    };
                    let args = |rank: usize, buffer: &Buffer| {
                        let words = content(rank, 0, layout.pairs(rank));
                        let own = Buffer::with(send_kind, &words);
                        let own = own.send_data(send_kind.elements(layout.pairs(rank)));
                        let here = rank == root;
                        let recv = here.then(|| buffer.recv_blocks(layout));
                        Gather { root, send: if here && in_place { None } else { Some(own) }, recv }
                    };
                    let expected = |rank| {
                        if rank == root {
                            gathered(layout, recv_kind, size)
                        } else {
                            Buffer::new(recv_kind, 0)
                        }
                    };
                    if let Layout::Varying(_) = layout {
                        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                            gatherv(&ports, args(ports.rank(), &buffer)).await
                        };
                        check("gatherv", size, prepare, operation, expected);
                        continue;
                    }
                    for algorithm in [gather::Algorithm::Tree, gather::Algorithm::Direct] {
                        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                            gather_by(&ports, args(ports.rank(), &buffer), algorithm).await
                        };
                        check(&format!("gather {algorithm:?}"), size, prepare, operation, expected);
                    }
                    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                        gather(&ports, args(ports.rank(), &buffer)).await
                    };
                    check("gather", size, prepare, operation, expected);
                }
            }
        }
    }
}

#[test]
fn scatter_gives_each_rank_its_block() {
    for size in SIZES {
        for root in roots(size) {
            let mut layouts: Vec<_> = COUNTS.map(Layout::Uniform).into();
            layouts.push(Layout::Varying(lengths(size)));
            for (layout, in_place) in layouts.iter().flat_map(|layout| [(layout, false), (layout, true)]) {
                for (send_kind, recv_kind) in KINDS {
                    let elements = |rank| recv_kind.elements(layout.pairs(rank));
                    let prepare = |rank| Buffer::new(recv_kind, elements(rank));
                    let args = |rank: usize, buffer: &Buffer| {
                        let here = rank == root;
                        let send = here.then(|| gathered(layout, send_kind, size).send_blocks(layout));
                        let room = buffer.recv_data(elements(rank));
                        Scatter { root, send, recv: if here && in_place { None } else { Some(room) } }
                    };
                    let expected = |rank| {
                        if rank == root && in_place {
                            return prepare(rank);
                        }
                        Buffer::with(recv_kind, &content(rank, 0, layout.pairs(rank)))
                    };
                    if let Layout::Varying(_) = layout {
                        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                            scatterv(&ports, args(ports.rank(), &buffer)).await
                        };
                        check("scatterv", size, prepare, operation, expected);
                        continue;
                    }
                    for algorithm in [scatter::Algorithm::Tree, scatter::Algorithm::Direct] {
                        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                            scatter_by(&ports, args(ports.rank(), &buffer), algorithm).await
                        };
                        check(&format!("scatter {algorithm:?}"), size, prepare, operation, expected);
                    }
                    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                        scatter(&ports, args(ports.rank(), &buffer)).await
                    };
                    check("scatter", size, prepare, operation, expected);
                }
            }
        }
    }
}

#[test]
fn allgather_brings_all_blocks_to_all_ranks() {
    use allgather::Algorithm::*;
    for size in SIZES {
        let mut layouts: Vec<_> = COUNTS.map(Layout::Uniform).into();
        layouts.push(Layout::Varying(lengths(size)));
        layouts.push(Layout::Varying(vec![0; size]));
        for (layout, in_place) in layouts.iter().flat_map(|layout| [(layout, false), (layout, true)]) {
            for (send_kind, recv_kind) in KINDS {
                let prepare = |rank| {
                    let buffer = layout.buffer(recv_kind, size);
                    if in_place {
                        put_block(&buffer, layout, rank, rank, 0);
                    }
                    buffer
                };
                let args = |rank: usize, buffer: &Buffer| {
                    let own = Buffer::with(send_kind, &content(rank, 0, layout.pairs(rank)));
                    let own = own.send_data(send_kind.elements(layout.pairs(rank)));
                    let send = if in_place { None } else { Some(own) };
                    Allgather { send, recv: buffer.recv_blocks(layout) }
                };
                let expected = |_| gathered(layout, recv_kind, size);
                let uniform = matches!(layout, Layout::Uniform(_));
                let doubling = uniform && size.is_power_of_two();
                for algorithm in [Bruck, Ring, if doubling { Doubling } else { Ring }] {
                    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                        allgather_by(&ports, args(ports.rank(), &buffer), algorithm).await
                    };
                    check(&format!("allgather {algorithm:?}"), size, prepare, operation, expected);
                }
                let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                    allgather::allgather(&ports, args(ports.rank(), &buffer)).await
                };
                check("allgather", size, prepare, operation, expected);
            }
        }
    }
}

/// The lengths that `rank` sends to each rank: symmetric, so that they serve
/// in place, and with zeros.
fn exchanged_lengths(rank: usize, size: usize) -> Vec<usize> {
    (0..size).map(|peer| (rank + peer) % 4).collect()
}

#[test]
fn alltoall_gives_every_rank_its_block_of_every_rank() {
    use alltoall::Algorithm::*;
    for size in SIZES {
        for (form, in_place) in (0..5).flat_map(|form| [(form, false), (form, true)]) {
            let layout = |rank: usize| match form {
                0..3 => Layout::Uniform(COUNTS[form]),
                3 => Layout::Varying(exchanged_lengths(rank, size)),
                _ => Layout::Each(exchanged_lengths(rank, size)),
            };
            for (send_kind, recv_kind) in KINDS {
                let outgoing = |kind, rank: usize| {
                    let buffer = layout(rank).buffer(kind, size);
                    (0..size).for_each(|to| put_block(&buffer, &layout(rank), to, rank, to));
                    buffer
                };
                let prepare = |rank| {
                    if in_place { outgoing(recv_kind, rank) } else { layout(rank).buffer(recv_kind, size) }
                };
                let args = |rank: usize, buffer: &Buffer| {
                    let send = outgoing(send_kind, rank).send_blocks(&layout(rank));
                    let recv = buffer.recv_blocks(&layout(rank));
                    Alltoall { send: if in_place { None } else { Some(send) }, recv }
                };
                let expected = |rank| {
                    let buffer = layout(rank).buffer(recv_kind, size);
                    (0..size).for_each(|from| put_block(&buffer, &layout(rank), from, from, rank));
                    buffer
                };
                if form >= 3 {
                    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                        alltoallv(&ports, args(ports.rank(), &buffer)).await
                    };
                    check("alltoallv", size, prepare, operation, expected);
                    continue;
                }
                for algorithm in [Bruck, Direct { window: 1 }, Direct { window: 3 }, Direct { window: 100 }] {
                    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                        alltoall_by(&ports, args(ports.rank(), &buffer), algorithm).await
                    };
                    check(&format!("alltoall {algorithm:?}"), size, prepare, operation, expected);
                }
                let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
                    alltoall(&ports, args(ports.rank(), &buffer)).await
                };
                check("alltoall", size, prepare, operation, expected);
            }
        }
    }
}

#[test]
fn ranks_that_disagree_about_a_length_are_told() {
    let report = run(3, 1, Sends::Buffered, |ports| async move {
        let pairs = if ports.rank() == 0 { 2 } else { 3 };
        let buffer = Buffer::new(Kind::Pair, 3);
        bcast(&ports, Bcast { root: 0, data: buffer.recv_data(pairs) }).await
    });
    let error = report.results[1].clone().unwrap_err();
    assert!(error.message().contains("16 bytes came from rank 0 where 24 were expected"), "{error}");
}
