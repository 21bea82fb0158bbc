//! Graphs that every process knows as a whole (MPI-5.0 sections 8.5.3, 8.5.5).

use crate::error::{ErrorClass, Result};
use crate::fail;

/// A graph whose nodes are the ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    index: Box<[i32]>,
    edges: Box<[i32]>,
}

impl Graph {
    /// How many edges a graph has whose nodes have these `index` entries:
    /// `index[r]` is the number of neighbours of the nodes up to `r`.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when there are more than `processes` nodes, or an entry is
    /// less than the one before it.
    pub fn count_edges(index: &[i32], processes: usize) -> Result<usize> {
        if index.len() > processes {
            fail!(
                ErrorClass::Arg,
                "a graph of {} nodes needs more processes than the {processes} of the communicator",
                index.len()
            );
        }
        let mut before = 0;
        for (node, &end) in index.iter().enumerate() {
            if end < before {
                fail!(
                    ErrorClass::Arg,
                    "index {node} is {end}, less than the {before} before it: \
                     each entry counts the neighbours of all nodes up to its own"
                );
            }
            before = end;
        }
        Ok(before as usize)
    }

    /// A graph; `index` has passed [`Self::count_edges`], which gives the
    /// length of `edges`.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` for an edge to no node.
    pub fn new(index: &[i32], edges: &[i32]) -> Result<Self> {
        let nodes = index.len();
        let is_node = |&edge: &i32| usize::try_from(edge).is_ok_and(|edge| edge < nodes);
        if let Some(position) = edges.iter().position(|edge| !is_node(edge)) {
            fail!(
                ErrorClass::Arg,
                "edge {position} goes to node {}, which is not in 0..{nodes}, the nodes of the graph",
                edges[position]
            );
        }
        Ok(Self { index: index.into(), edges: edges.into() })
    }

    /// Where the neighbours of each rank end in [`Self::edges`].
    pub fn index(&self) -> &[i32] {
        &self.index
    }

    /// The neighbours of all ranks, one after the other.
    pub fn edges(&self) -> &[i32] {
        &self.edges
    }

    /// The neighbours of a node.
    ///
    /// # Panics
    /// When there is no such node.
    pub fn neighbors(&self, node: usize) -> &[i32] {
        let start = if node == 0 { 0 } else { self.index[node - 1] };
        &self.edges[start as usize..self.index[node] as usize]
    }

    /// The neighbours of a rank that a program names.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` when there is no such rank.
    pub fn neighbors_of(&self, rank: i32) -> Result<&[i32]> {
        match usize::try_from(rank) {
            Ok(rank) if rank < self.index.len() => Ok(self.neighbors(rank)),
            _ => fail!(
                ErrorClass::Rank,
                "rank {rank} is not in 0..{}, the nodes of the graph",
                self.index.len()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_found_by_the_index() {
        let (index, edges) = ([2, 3, 3, 5], [1, 3, 0, 0, 3]);
        assert_eq!(Graph::count_edges(&index, 4), Ok(5));
        let graph = Graph::new(&index, &edges).unwrap();
        let expected: [&[i32]; 4] = [&[1, 3], &[0], &[], &[0, 3]];
        for (rank, expected) in expected.into_iter().enumerate() {
            assert_eq!(graph.neighbors_of(rank as i32), Ok(expected));
        }
        assert_eq!(graph.neighbors_of(4).unwrap_err().class(), ErrorClass::Rank);
    }

    #[test]
    fn impossible_graphs_are_refused() {
        let class = |index: &[i32]| Graph::count_edges(index, 3).unwrap_err().class();
        assert_eq!(class(&[1, 0]), ErrorClass::Arg);
        assert_eq!(class(&[-1]), ErrorClass::Arg);
        assert_eq!(class(&[0, 0, 0, 0]), ErrorClass::Arg);
        assert_eq!(Graph::new(&[1, 2], &[1, 2]).unwrap_err().class(), ErrorClass::Arg);
        assert_eq!(Graph::new(&[1, 2], &[-1, 0]).unwrap_err().class(), ErrorClass::Arg);
        assert_eq!(Graph::count_edges(&[], 3), Ok(0));
    }
}
