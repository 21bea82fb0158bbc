//! The neighbours that a communicator was given (MPI-5.0 chapter 8).

/// A virtual topology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topology {
    Cart(Cart),
    Graph(Graph),
    DistGraph(DistGraph),
}

/// A grid, row-major: the last dimension varies fastest with the rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cart {
    /// Processes along each dimension.
    pub dims: Box<[i32]>,
    /// Which dimensions wrap around.
    pub periods: Box<[bool]>,
}

/// A graph that every process knows as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// Where the neighbours of each rank end in `edges`.
    pub index: Box<[i32]>,
    pub edges: Box<[i32]>,
}

/// The edges of this process in a distributed graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistGraph {
    pub sources: Box<[i32]>,
    pub destinations: Box<[i32]>,
    pub weights: Option<Weights>,
}

/// Of the edges from `sources` and of those to `destinations`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    pub sources: Box<[i32]>,
    pub destinations: Box<[i32]>,
}
