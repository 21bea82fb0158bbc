//! Intercommunicators and neighbourhoods.

use super::model::*;
use crate::collective::allgather::Allgather;
use crate::collective::allreduce::Allreduce;
use crate::collective::alltoall::Alltoall;
use crate::collective::gather::Gather;
use crate::collective::inter::*;
use crate::collective::neighbor::*;
use crate::collective::ports::{InterPorts, Ports};
use crate::collective::reduce::Reduce;
use crate::collective::reduce_scatter::ReduceScatter;
use crate::collective::scatter::Scatter;
use crate::collective::simulator::{SimulatedPorts, run_groups};
use crate::error::Result;
use std::cell::Cell;

const GROUPS: [[usize; 2]; 6] = [[1, 1], [1, 3], [2, 2], [4, 3], [5, 1], [3, 6]];
const KIND: Kind = Kind::Vector;

/// A number for each rank of both groups.
fn id(group: usize, rank: usize) -> usize {
    100 * group + rank
}

/// Runs an operation on buffers made anew for each rank of both groups and
/// compares them with `expected` afterwards.
fn check_groups<F: Future<Output = Result<()>>>(
    name: &str,
    groups: [usize; 2],
    prepare: impl Fn(usize, usize) -> Buffer,
    operation: impl Fn(usize, SimulatedPorts, Buffer) -> F,
    expected: impl Fn(usize, usize) -> Buffer,
) {
    for (seed, sends) in SENDS.into_iter().enumerate() {
        let buffers = [0, 1].map(|group| {
            let ranks = 0..groups[group];
            ranks.map(|rank| prepare(group, rank)).collect::<Vec<_>>()
        });
        let report = run_groups(groups, seed as u64, sends, |group, ports| {
            let buffer = buffers[group][ports.rank()].clone();
            operation(group, ports, buffer)
        });
        all_done(name, &report);
        for (group, buffers) in buffers.iter().enumerate() {
            for (rank, buffer) in buffers.iter().enumerate() {
                let expected = expected(group, rank).bytes();
                assert_eq!(buffer.bytes(), expected, "{name}: rank {rank} of group {group} of {groups:?}");
            }
        }
    }
}

#[test]
fn a_barrier_between_groups_holds_both() {
    for groups in GROUPS {
        for (seed, sends) in SENDS.into_iter().enumerate() {
            let entered = Cell::new(0);
            let report = run_groups(groups, seed as u64, sends, |_, ports| {
                let entered = &entered;
                async move {
                    entered.set(entered.get() + 1);
                    inter_barrier(&ports).await?;
                    assert_eq!(entered.get(), groups[0] + groups[1]);
                    Ok(())
                }
            });
            all_done("barrier", &report);
        }
    }
}

/// Every possible root: its group and rank.
fn all_roots(groups: [usize; 2]) -> impl Iterator<Item = (usize, usize)> {
    (0..2).flat_map(move |group| (0..groups[group]).map(move |rank| (group, rank)))
}

/// What `rank` of `group` passes as the root argument.
fn root_argument(root: (usize, usize), group: usize, rank: usize) -> Root {
    match root {
        here if here == (group, rank) => Root::Here,
        (root_group, _) if root_group == group => Root::Beside,
        (_, root_rank) => Root::Remote(root_rank),
    }
}

#[test]
fn rooted_operations_cross_the_groups() {
    for groups in GROUPS {
        for root in all_roots(groups) {
            for pairs in [0, 1, 4] {
                rooted(groups, root, pairs);
            }
        }
    }
}

fn rooted(groups: [usize; 2], root: (usize, usize), pairs: usize) {
    let elements = KIND.elements(pairs);
    let others = groups[1 - root.0];
    let words = |group, rank| content(id(group, rank), 0, pairs);
    let layout = &Layout::Varying((0..others).map(|rank| pairs + rank % 2).collect());
    let own = |group: usize, rank: usize| content(id(group, rank), 1, layout.pairs(rank));

    let expected = |group: usize, rank| {
        let from = if group == root.0 { (group, rank) } else { root };
        Buffer::with(KIND, &words(from.0, from.1))
    };
    let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
        inter_bcast(&ports, root_argument(root, group, ports.rank()), buffer.recv_data(elements)).await
    };
    let prepare = |group, rank| Buffer::with(KIND, &words(group, rank));
    check_groups("bcast", groups, prepare, operation, expected);

    // Gather into, and scatter from, this buffer of the root.
    let full = || {
        let buffer = layout.buffer(KIND, others);
        (0..others).for_each(|rank| buffer.put(2 * layout.start(rank), &own(1 - root.0, rank)));
        buffer
    };
    let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
        let rank = ports.rank();
        let gives = group != root.0;
        let send = gives.then(|| Buffer::with(KIND, &own(group, rank)).send_data(layout.pairs(rank)));
        let recv = ((group, rank) == root).then(|| buffer.recv_blocks(layout));
        inter_gather(&ports, root_argument(root, group, rank), Gather { root: 0, send, recv }).await
    };
    let prepare = |group, rank| {
        if (group, rank) == root { layout.buffer(KIND, others) } else { Buffer::new(KIND, 0) }
    };
    let expected = |group, rank| if (group, rank) == root { full() } else { Buffer::new(KIND, 0) };
    check_groups("gather", groups, prepare, operation, expected);

    let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
        let rank = ports.rank();
        let send = ((group, rank) == root).then(|| full().send_blocks(layout));
        let recv = (group != root.0).then(|| buffer.recv_data(layout.pairs(rank)));
        inter_scatter(&ports, root_argument(root, group, rank), Scatter { root: 0, send, recv }).await
    };
    let prepare = |group, rank| Buffer::new(KIND, if group == root.0 { 0 } else { layout.pairs(rank) });
    let expected = |group, rank| {
        if group == root.0 { Buffer::new(KIND, 0) } else { Buffer::with(KIND, &own(group, rank)) }
    };
    check_groups("scatter", groups, prepare, operation, expected);

    let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
        let rank = ports.rank();
        let send = (group != root.0).then(|| Buffer::with(KIND, &words(group, rank)).send());
        let recv = ((group, rank) == root).then(|| buffer.recv());
        let args = Reduce { root: 0, send, recv, count: pairs, reduction: composition(KIND) };
        inter_reduce(&ports, root_argument(root, group, rank), args).await
    };
    let prepare = |_, _| Buffer::new(KIND, pairs);
    let expected = |group, rank| {
        if (group, rank) == root {
            Buffer::with(KIND, &reduced(groups, 1 - group, pairs))
        } else {
            prepare(0, 0)
        }
    };
    check_groups("reduce", groups, prepare, operation, expected);
}

/// The combined operands of a group.
fn reduced(groups: [usize; 2], group: usize, pairs: usize) -> Vec<u32> {
    let operands = (0..groups[group]).map(|rank| content(id(group, rank), 0, pairs));
    operands.reduce(|left, right| compose(&left, &right)).expect("a group has ranks")
}

#[test]
fn allgather_and_alltoall_cross_the_groups_in_both_directions() {
    for groups in GROUPS {
        // Group 0 gives blocks of other lengths than group 1, or none.
        for lengths in [[2, 3], [0, 4], [5, 0]] {
            let layout = |from: usize| {
                Layout::Varying((0..groups[from]).map(|rank| lengths[from] * (1 + rank % 2)).collect())
            };
            let filled = |group: usize, to: usize| {
                let (from, buffer) = (1 - group, layout(1 - group).buffer(KIND, groups[1 - group]));
                for rank in 0..groups[from] {
                    let words = content(id(from, rank), to, layout(from).pairs(rank));
                    buffer.put(2 * layout(from).start(rank), &words);
                }
                buffer
            };
            let prepare = |group: usize, _| layout(1 - group).buffer(KIND, groups[1 - group]);
            let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
                let (rank, pairs) = (ports.rank(), layout(group).pairs(ports.rank()));
                let send = Buffer::with(KIND, &content(id(group, rank), 0, pairs)).send_data(pairs);
                let recv = buffer.recv_blocks(&layout(1 - group));
                inter_allgather(&ports, Allgather { send: Some(send), recv }).await
            };
            check_groups("allgather", groups, prepare, operation, |group, _| filled(group, 0));

            let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
                let (rank, remote) = (ports.rank(), ports.remote_size());
                let pairs = layout(group).pairs(rank);
                let blocks = Layout::Uniform(pairs);
                let outgoing = blocks.buffer(KIND, remote);
                for to in 0..remote {
                    outgoing.put(2 * blocks.start(to), &content(id(group, rank), to, pairs));
                }
                let send = Some(outgoing.send_blocks(&blocks));
                inter_alltoall(&ports, Alltoall { send, recv: buffer.recv_blocks(&layout(1 - group)) }).await
            };
            check_groups("alltoall", groups, prepare, operation, filled);
        }
    }
}

#[test]
fn each_group_gets_the_others_reduction() {
    for groups in GROUPS {
        for pairs in [0, 3] {
            let prepare = |_, _| Buffer::new(KIND, pairs);
            let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
                let send = Buffer::with(KIND, &content(id(group, ports.rank()), 0, pairs)).send();
                let (recv, reduction) = (buffer.recv(), composition(KIND));
                inter_allreduce(&ports, Allreduce { send: Some(send), recv, count: pairs, reduction }).await
            };
            let expected = |group: usize, _| Buffer::with(KIND, &reduced(groups, 1 - group, pairs));
            check_groups("allreduce", groups, prepare, operation, expected);
        }

        // Both groups cut the same length into as many blocks as they have ranks.
        let total = 13;
        let count = |group: usize, rank: usize| match rank {
            0 => total - 2 * (groups[group] - 1),
            _ => 2,
        };
        let prepare = |group, rank| Buffer::new(KIND, count(group, rank));
        let operation = |group: usize, ports: SimulatedPorts, buffer: Buffer| async move {
            let send = Buffer::with(KIND, &content(id(group, ports.rank()), 0, total)).send();
            let counts = (0..ports.size()).map(|rank| count(group, rank)).collect();
            let (recv, reduction) = (buffer.recv(), composition(KIND));
            inter_reduce_scatter(&ports, ReduceScatter { send: Some(send), recv, counts, reduction }).await
        };
        let expected = |group: usize, rank: usize| {
            let first = (0..rank).map(|rank| count(group, rank)).sum::<usize>();
            let words = reduced(groups, 1 - group, total);
            Buffer::with(KIND, &words[2 * first..2 * (first + count(group, rank))])
        };
        check_groups("reduce_scatter", groups, prepare, operation, expected);
    }
}

/// The neighbours of a rank on a line of `size` ranks, closed to a ring or not.
fn line(rank: usize, size: usize, closed: bool) -> Neighbors {
    let below = if closed || rank > 0 { Some((rank + size - 1) % size) } else { None };
    let above = if closed || rank + 1 < size { Some((rank + 1) % size) } else { None };
    Neighbors { sources: vec![below, above], destinations: vec![below, above], cartesian: true }
}

#[test]
fn what_leaves_in_one_direction_arrives_from_the_other() {
    for (size, closed) in [1, 2, 3, 6].into_iter().flat_map(|size| [(size, true), (size, false)]) {
        let layout = &Layout::Varying(vec![2, 3]);
        let prepare = |_| layout.buffer(KIND, 2);
        // Block 0 comes from below, where it left upwards as block 1.
        let expected = |rank| {
            let buffer = layout.buffer(KIND, 2);
            for (index, source) in line(rank, size, closed).sources.into_iter().enumerate() {
                if let Some(source) = source {
                    buffer.put(2 * layout.start(index), &content(source, 1 - index, layout.pairs(index)));
                }
            }
            buffer
        };
        let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
            let outgoing = Layout::Varying(vec![3, 2]);
            let send = outgoing.buffer(Kind::Resized, 2);
            for index in 0..2 {
                send.put(2 * outgoing.start(index), &content(ports.rank(), index, outgoing.pairs(index)));
            }
            let neighbors = line(ports.rank(), size, closed);
            let (send, recv) = (send.send_blocks(&outgoing), buffer.recv_blocks(layout));
            neighbor_alltoall(&ports, NeighborAlltoall { neighbors, send, recv }).await
        };
        check("neighbor_alltoall", size, prepare, operation, expected);
    }
}

#[test]
fn a_neighbourhood_allgather_follows_the_edges() {
    // From each rank to the next one, twice, and to rank 0.
    let size = 4;
    let destinations = |rank: usize| vec![(rank + 1) % size, 0, (rank + 1) % size];
    let sources = |rank: usize| {
        let edges = (0..size).flat_map(|from| destinations(from).into_iter().map(move |to| (from, to)));
        edges.filter(|&(_, to)| to == rank).map(|(from, _)| from).collect::<Vec<_>>()
    };
    let layout = &Layout::Uniform(2);
    let prepare = |rank| layout.buffer(KIND, sources(rank).len());
    let expected = |rank| {
        let buffer = prepare(rank);
        for (index, from) in sources(rank).into_iter().enumerate() {
            buffer.put(4 * index, &content(from, 0, 2));
        }
        buffer
    };
    let operation = |ports: SimulatedPorts, buffer: Buffer| async move {
        let rank = ports.rank();
        let neighbors = Neighbors {
            sources: sources(rank).into_iter().map(Some).collect(),
            destinations: destinations(rank).into_iter().map(Some).collect(),
            cartesian: false,
        };
        let send = Buffer::with(Kind::Word, &content(rank, 0, 2)).send_data(4);
        let recv = buffer.recv_blocks(layout);
        neighbor_allgather(&ports, NeighborAllgather { neighbors, send, recv }).await
    };
    check("neighbor_allgather", size, prepare, operation, expected);
}
