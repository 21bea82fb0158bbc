//! Neighbourhood collectives (MPI-5.0 section 8.6): every rank receives from
//! its sources and sends to its destinations, in one round.

use super::blocks::{RecvBlocks, SendBlocks};
use super::ports::{Ports, wait_all};
use crate::datatype::data::SendData;
use crate::error::Result;

/// The neighbours of a rank, in the order of the topology.
#[derive(Clone)]
pub struct Neighbors {
    /// Block `i` is received from `sources[i]`; `None` is `MPI_PROC_NULL`,
    /// whose block stays as it is.
    pub sources: Vec<Option<usize>>,
    /// Block `i` goes to `destinations[i]`.
    pub destinations: Vec<Option<usize>>,
    /// In a Cartesian topology, neighbours `2d` and `2d + 1` are the two of
    /// dimension `d`, and what leaves in one direction arrives from the other.
    /// That makes a difference where both are the same rank.
    pub cartesian: bool,
}

impl Neighbors {
    /// The sources in the order in which their messages match: that in which
    /// the other sides send them.
    fn matching_order(&self) -> impl Iterator<Item = (usize, usize)> {
        let flip = usize::from(self.cartesian);
        (0..self.sources.len()).filter_map(move |index| {
            let index = index ^ flip;
            self.sources[index].map(|source| (index, source))
        })
    }
}

/// Arguments of a neighbourhood allgather.
#[derive(Clone)]
pub struct NeighborAllgather {
    pub neighbors: Neighbors,
    pub send: SendData,
    /// Room for one block per source.
    pub recv: RecvBlocks,
}

/// Arguments of a neighbourhood all-to-all.
#[derive(Clone)]
pub struct NeighborAlltoall {
    pub neighbors: Neighbors,
    /// One block per destination.
    pub send: SendBlocks,
    /// Room for one block per source.
    pub recv: RecvBlocks,
}

/// Gives every destination the same data. Serves `MPI_Neighbor_allgather` and
/// `MPI_Neighbor_allgatherv`.
pub async fn neighbor_allgather<P: Ports>(ports: &P, args: NeighborAllgather) -> Result<()> {
    transfer_all(ports, &args.neighbors, &args.recv, |_| Ok(args.send.clone())).await
}

/// Gives every destination its block. Serves `MPI_Neighbor_alltoall`,
/// `MPI_Neighbor_alltoallv` and `MPI_Neighbor_alltoallw`.
pub async fn neighbor_alltoall<P: Ports>(ports: &P, args: NeighborAlltoall) -> Result<()> {
    transfer_all(ports, &args.neighbors, &args.recv, |index| args.send.block(index)).await
}

async fn transfer_all<P: Ports>(
    ports: &P,
    neighbors: &Neighbors,
    recv: &RecvBlocks,
    block: impl Fn(usize) -> Result<SendData>,
) -> Result<()> {
    let mut transfers = Vec::with_capacity(neighbors.sources.len() + neighbors.destinations.len());
    for (index, source) in neighbors.matching_order() {
        transfers.push(ports.start_recv(source, recv.block(index)?)?);
    }
    for (index, destination) in neighbors.destinations.iter().enumerate() {
        if let Some(destination) = *destination {
            transfers.push(ports.start_send(destination, block(index)?)?);
        }
    }
    wait_all(transfers).await
}
