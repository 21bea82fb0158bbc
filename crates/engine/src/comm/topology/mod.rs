//! Virtual topologies (MPI-5.0 chapter 8): the neighbours that a communicator
//! was given.
//!
//! # Invariants
//! - Arguments are checked when a topology is made: every rank in one is a rank
//!   of its communicator.
//! - A topology is the same as long as it lives, and its neighbours come in the
//!   same order in every function.
//! - Ranks stay where they are, whatever `reorder` says: the processes of a job
//!   share one machine and are not bound to processors, so that no order of
//!   ranks is nearer to the hardware than another.
//!
//! - [`cart`]: Cartesian grids
//! - [`graph`]: graphs that every process knows
//! - [`dist_graph`]: graphs of which a process knows its edges
//! - [`dims`]: dimensions of balanced grids
//! - [`create`]: communicators that have a topology

pub mod cart;
pub mod create;
pub mod dims;
pub mod dist_graph;
pub mod graph;

pub use cart::Cart;
pub use dist_graph::{DistGraph, Edge, Weights};
pub use graph::Graph;

use crate::collective::neighbor::Neighbors;
use crate::error::{Error, ErrorClass, Result};

/// A virtual topology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topology {
    Cart(Cart),
    Graph(Graph),
    DistGraph(DistGraph),
}

impl Topology {
    /// For people.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cart(_) => "Cartesian topology",
            Self::Graph(_) => "graph topology",
            Self::DistGraph(_) => "distributed graph topology",
        }
    }

    /// Whom `rank`, which is the calling process, exchanges data with in
    /// neighbourhood collectives.
    pub fn neighbors(&self, rank: usize) -> Neighbors {
        match self {
            Self::Cart(cart) => {
                let neighbors = cart.neighbors(rank);
                Neighbors { sources: neighbors.clone(), destinations: neighbors, cartesian: true }
            }
            Self::Graph(graph) => {
                let neighbors = known(graph.neighbors(rank));
                Neighbors { sources: neighbors.clone(), destinations: neighbors, cartesian: false }
            }
            Self::DistGraph(graph) => Neighbors {
                sources: known(graph.sources()),
                destinations: known(graph.destinations()),
                cartesian: false,
            },
        }
    }
}

/// Ranks that are checked, as neighbours.
fn known(ranks: &[i32]) -> Vec<Option<usize>> {
    ranks.iter().map(|&rank| usize::try_from(rank).ok()).collect()
}

/// What the communicator has instead of a topology that a function needs.
///
/// # Errors
/// Always: `MPI_ERR_TOPOLOGY`.
pub fn lacking<T>(found: Option<&Topology>, wanted: &str) -> Result<T> {
    let found = match found {
        None => "no topology".to_owned(),
        Some(topology) => format!("a {}", topology.name()),
    };
    Err(Error::new(
        ErrorClass::Topology,
        format!("this function needs a communicator with {wanted}, and this one has {found}"),
    ))
}
