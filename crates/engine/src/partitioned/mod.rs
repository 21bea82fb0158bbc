//! Partitioned communication (MPI-5.0 chapter 4): one message whose parts
//! leave when the sender says that they are ready, and are seen by the
//! receiver as they arrive.
//!
//! # Invariants
//! - The sender tells the receiver once, when the request is made, in how many
//!   parts of how many bytes the data come, and with which tags: a [`Layout`].
//!   Both sides' requests meet in the order in which they are made, because
//!   these messages match like any other.
//! - Every partition of the sender's is a message of its own in a context for
//!   partitions. Its tag belongs to it for the life of the request, so rounds
//!   follow each other in the order of their messages, and a sender may be a
//!   round ahead.
//! - The receiver posts one receive for each partition of the sender's when it
//!   is started and knows the layout, whichever comes later. Its own partitions
//!   are a way to ask what has arrived.
//! - All of this runs under the state lock; threads that say that partitions
//!   are ready at the same time do so one after the other.
//!
//! - [`layout`]: which partitions of the two sides are the same data
//! - [`send`], [`receive`]: the two sides

pub mod layout;
pub mod receive;
pub mod send;

#[cfg(test)]
mod tests;

pub use layout::Layout;
use transport::Transport;

use crate::error::{Error, ErrorClass};
use crate::handle::{CommId, RequestId};
use crate::protocol::Endpoint;
use crate::protocol::endpoint::Core;
use crate::request::{Persistent, Phase, Request};
use crate::status::Status;
use receive::{PartitionedReceive, Setup};
use send::PartitionedSend;

/// The contexts of a communicator's partitioned messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contexts {
    /// Of layouts.
    pub setup: u32,
    /// Of partitions.
    pub data: u32,
}

/// What a partitioned request keeps from start to start.
pub enum Partitioned {
    Send(PartitionedSend),
    Receive(PartitionedReceive),
}

#[cold]
fn no_request(function: &str, maker: &str) -> Error {
    let message =
        format!("the request is none of {maker}, which {function} needs: was it freed, or never made?");
    Error::new(ErrorClass::Request, message)
}

#[cold]
fn no_partition(partition: i32, partitions: usize) -> Error {
    let message =
        format!("there is no partition {partition}: the request was made with {partitions} partitions");
    Error::new(ErrorClass::Arg, message)
}

impl Core {
    /// An inactive request that keeps what `partitioned` says.
    fn prepare_partitioned(&mut self, comm: CommId, partitioned: Partitioned) -> RequestId {
        let mut request = Request::complete(comm, Status::EMPTY);
        request.phase = Phase::Inactive;
        request.persistent = Some(Box::new(Persistent::Partitioned));
        request.partitioned = Some(Box::new(partitioned));
        self.requests.insert(request)
    }

    fn partitioned(&mut self, id: RequestId) -> Option<&mut Partitioned> {
        self.requests.get_mut(id)?.partitioned.as_deref_mut()
    }

    /// A part of a partitioned request has completed: the layout, or the
    /// message of a partition.
    pub(crate) fn complete_partition(&mut self, part: RequestId, whole: RequestId) {
        let Some(part) = self.requests.remove(part) else { return };
        let Some(request) = self.requests.get_mut(whole) else { return };
        let (left, status) = match request.partitioned.as_deref_mut() {
            None => return,
            Some(Partitioned::Send(send)) => (send.count_gone(), Status::EMPTY),
            Some(Partitioned::Receive(receive)) => {
                if let Setup::Awaited { room, .. } = &receive.setup {
                    receive.setup = match part.error {
                        None => Setup::Known(Layout::decode(room)),
                        Some(error) => Setup::Lost(error),
                    };
                    if request.phase == Phase::Pending {
                        self.post_partitions(whole);
                    }
                    return;
                }
                (receive.count_arrived(part.status.tag), receive.status())
            }
        };
        if request.error.is_none() {
            request.error = part.error;
        }
        if left == 0 {
            request.status = status;
            self.complete(whole);
        }
    }
}

impl<T: Transport> Endpoint<T> {
    /// Starts a round of an inactive partitioned request.
    pub(crate) fn start_partitioned(&mut self, id: RequestId) {
        match self.core.requests.get(id).and_then(|request| request.partitioned.as_deref()) {
            Some(Partitioned::Send(_)) => self.start_partitioned_send(id),
            Some(Partitioned::Receive(_)) => self.start_partitioned_receive(id),
            None => {}
        }
    }
}
