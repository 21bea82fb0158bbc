//! Graphs of which every process knows its own edges only (MPI-5.0 section
//! 8.5.4).

use crate::collective::Ports;
use crate::comm::words;
use crate::error::{ErrorClass, Result};
use crate::fail;

/// The edges of this process in a distributed graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistGraph {
    sources: Box<[i32]>,
    destinations: Box<[i32]>,
    weights: Option<Weights>,
}

/// Of the edges from the sources and of those to the destinations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    pub sources: Box<[i32]>,
    pub destinations: Box<[i32]>,
}

/// An edge that some process tells of; ranks that [`Edge::check`] has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub source: i32,
    pub destination: i32,
    /// 1 in a graph without weights.
    pub weight: i32,
}

fn check_rank(rank: i32, processes: usize, what: &str, position: usize) -> Result<()> {
    if usize::try_from(rank).is_ok_and(|rank| rank < processes) {
        return Ok(());
    }
    fail!(
        ErrorClass::Rank,
        "{what} {position} is rank {rank}, which is not in 0..{processes}, the ranks of the communicator"
    );
}

fn check_weight(weight: i32, what: &str, position: usize) -> Result<()> {
    if weight < 0 {
        fail!(ErrorClass::Arg, "the weight of {what} {position} is {weight}; it must not be negative");
    }
    Ok(())
}

impl Edge {
    /// # Errors
    /// `MPI_ERR_RANK` and `MPI_ERR_ARG`; the message says that it is edge
    /// number `position`.
    pub fn check(&self, processes: usize, position: usize) -> Result<()> {
        check_rank(self.source, processes, "the source of edge", position)?;
        check_rank(self.destination, processes, "the destination of edge", position)?;
        check_weight(self.weight, "edge", position)
    }
}

impl DistGraph {
    /// A process's part in a graph of `processes` nodes, as the process itself
    /// tells it. Where there are weights, each edge has one.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` for a neighbour that is no rank, `MPI_ERR_ARG` for a
    /// negative weight.
    pub fn adjacent(
        processes: usize,
        sources: &[i32],
        destinations: &[i32],
        weights: Option<Weights>,
    ) -> Result<Self> {
        for (ranks, what) in [(sources, "source"), (destinations, "destination")] {
            for (position, &rank) in ranks.iter().enumerate() {
                check_rank(rank, processes, what, position)?;
            }
        }
        if let Some(weights) = &weights {
            for (all, what) in [(&weights.sources, "source"), (&weights.destinations, "destination")] {
                for (position, &weight) in all.iter().enumerate() {
                    check_weight(weight, what, position)?;
                }
            }
        }
        Ok(Self { sources: sources.into(), destinations: destinations.into(), weights })
    }

    /// A process's part in a graph whose edges the processes tell in any
    /// distribution. `weighted`: whether those that this process tells have
    /// weights; a process that tells none has a say only if nobody tells any.
    ///
    /// Both ends of an edge that is there several times have its copies in the
    /// same order, that of the ranks that tell them.
    ///
    /// # Errors
    /// Those of the ports; `MPI_ERR_NOT_SAME` on all ranks where some give
    /// weights and others none.
    pub async fn gathered<P: Ports>(ports: &P, edges: &[Edge], weighted: bool) -> Result<Self> {
        let tells = !edges.is_empty();
        let said = [tells && weighted, tells && !weighted, !tells && !weighted, false];
        let [weighted, unweighted, empty_unweighted, _] =
            words::max(ports, said.map(u32::from)).await?.map(|said| said != 0);
        if weighted && unweighted {
            fail!(
                ErrorClass::NotSame,
                "some ranks give weights and others MPI_UNWEIGHTED: a graph has weights on all edges or on none"
            );
        }
        let mut messages = vec![Vec::new(); ports.size()];
        for edge in edges {
            messages[edge.source as usize].extend([OUTGOING, edge.destination as u32, edge.weight as u32]);
            messages[edge.destination as usize].extend([INCOMING, edge.source as u32, edge.weight as u32]);
        }
        let (mut incoming, mut outgoing) = (Vec::new(), Vec::new());
        for message in words::exchange(ports, &messages).await? {
            for &[direction, rank, weight] in message.as_chunks().0 {
                let ends = if direction == OUTGOING { &mut outgoing } else { &mut incoming };
                ends.push((rank as i32, weight as i32));
            }
        }
        let ranks = |ends: &[(i32, i32)]| ends.iter().map(|end| end.0).collect();
        let weights_of = |ends: &[(i32, i32)]| ends.iter().map(|end| end.1).collect();
        let weights = (weighted || !unweighted && !empty_unweighted)
            .then(|| Weights { sources: weights_of(&incoming), destinations: weights_of(&outgoing) });
        Ok(Self { sources: ranks(&incoming), destinations: ranks(&outgoing), weights })
    }

    /// Ranks that have an edge to this process.
    pub fn sources(&self) -> &[i32] {
        &self.sources
    }

    /// Ranks that this process has an edge to.
    pub fn destinations(&self) -> &[i32] {
        &self.destinations
    }

    pub fn weights(&self) -> Option<&Weights> {
        self.weights.as_ref()
    }
}

const OUTGOING: u32 = 0;
const INCOMING: u32 = 1;

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::collective::simulator::{Sends, run};

    fn edge(source: i32, destination: i32, weight: i32) -> Edge {
        Edge { source, destination, weight }
    }

    #[test]
    fn edges_reach_both_of_their_ends() {
        let parts = RefCell::new(vec![None; 3]);
        for seed in 0..10 {
            let report = run(3, seed, Sends::Mixed, |ports| {
                let parts = &parts;
                async move {
                    // Rank 1 tells nothing, and has no say.
                    let told =
                        [vec![edge(0, 1, 5), edge(2, 2, 6)], vec![], vec![edge(0, 1, 7), edge(1, 0, 0)]];
                    let rank = ports.rank();
                    let part = DistGraph::gathered(&ports, &told[rank], rank != 1).await?;
                    parts.borrow_mut()[rank] = Some(part);
                    Ok(())
                }
            });
            assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
            let weights = |sources: &[i32], destinations: &[i32]| {
                Some(Weights { sources: sources.into(), destinations: destinations.into() })
            };
            let expected = [
                DistGraph::adjacent(3, &[1], &[1, 1], weights(&[0], &[5, 7])),
                DistGraph::adjacent(3, &[0, 0], &[0], weights(&[5, 7], &[0])),
                DistGraph::adjacent(3, &[2], &[2], weights(&[6], &[6])),
            ];
            assert_eq!(parts.take(), expected.map(Result::ok));
            parts.replace(vec![None; 3]);
        }
    }

    #[test]
    fn weights_on_some_ranks_only_are_refused_on_all() {
        let report = run(3, 1, Sends::Mixed, |ports| async move {
            let edges = [edge(0, 1, 1)];
            let outcome = DistGraph::gathered(&ports, &edges, ports.rank() == 1).await;
            assert_eq!(outcome.unwrap_err().class(), ErrorClass::NotSame);
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }

    #[test]
    fn wrong_edges_are_named() {
        let class = |edge: Edge| edge.check(2, 3).unwrap_err().class();
        assert_eq!(class(edge(0, 2, 1)), ErrorClass::Rank);
        assert_eq!(class(edge(-1, 0, 1)), ErrorClass::Rank);
        assert_eq!(class(edge(0, 1, -1)), ErrorClass::Arg);
        assert_eq!(DistGraph::adjacent(2, &[0], &[2], None).unwrap_err().class(), ErrorClass::Rank);
        let negative = Weights { sources: [-1].into(), destinations: [].into() };
        assert_eq!(DistGraph::adjacent(2, &[0], &[], Some(negative)).unwrap_err().class(), ErrorClass::Arg);
    }
}
