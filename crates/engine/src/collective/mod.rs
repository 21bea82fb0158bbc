//! Collective operations (MPI-5.0 chapter 6), and those on neighbourhoods
//! (section 8.6).
//!
//! - Every operation is an `async fn` over [`Ports`], the point-to-point view
//!   of its communicator, and owns its arguments: a blocking call polls it to
//!   completion, a nonblocking one leaves that to progress. There is no other
//!   code for either. Arguments are checked by the caller.
//! - `operation` chooses its algorithm from the table in `choose`;
//!   `operation_by` takes one. Every rank has to come to the same choice.
//! - Between two ranks, messages match in the order in which both sides start
//!   them. So each side of a pair starts its transfers in the same order,
//!   whatever others do.
//! - Reductions combine neighbouring ranks, the lower one on the left: rank
//!   order holds for operations that do not commute, and results repeat from
//!   run to run. No algorithm needs an operation to commute.
//! - What passes through a rank travels packed, as bytes; typed data are sent
//!   from and received into the user's buffers directly.
//! - No transfer is left running when an operation returns success.
//!
//! Shared by all:
//! - [`ports`]: the communicator as a collective sees it
//! - [`choose`](self): which algorithm when
//! - [`board`]: algorithms over shared memory instead of messages
//! - [`blocks`]: one block per rank: counts, displacements, types
//! - [`alias`]: buffers that must not be the same memory
//! - [`fingerprint`]: what all ranks have to agree on
//! - [`reduction`]: elements and how they combine
//! - `packed`: data without gaps
//! - `tree`: the tree of rooted operations
//! - `fold`: any number of ranks as a power of two
//! - `halving`, `pairwise`: the two ways to reduce and scatter
//!
//! Operations:
//! - [`barrier`], [`bcast`], [`gather`], [`scatter`], [`allgather`], [`alltoall`]
//! - [`reduce`], [`allreduce`], [`reduce_scatter`], [`scan`]
//! - [`inter`]: between the groups of an intercommunicator
//! - [`neighbor`]: along the edges of a topology

pub mod alias;
pub mod allgather;
pub mod allreduce;
pub mod alltoall;
pub mod barrier;
pub mod bcast;
pub mod blocks;
pub mod board;
mod choose;
pub mod fingerprint;
mod fold;
pub mod gather;
mod halving;
pub mod inter;
pub mod neighbor;
mod packed;
mod pairwise;
pub mod ports;
pub mod reduce;
pub mod reduce_scatter;
pub mod reduction;
pub mod scan;
pub mod scatter;
mod tree;

#[cfg(test)]
pub(crate) mod simulator;
#[cfg(test)]
mod tests;

pub use blocks::{Blocks, Part, RecvBlocks, SendBlocks};
pub use ports::{InterPorts, Ports};
pub use reduction::Reduction;
