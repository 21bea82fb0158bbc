//! The sending side (`MPI_Psend_init`, `MPI_Pready`).

use transport::Transport;

use super::{Contexts, Layout, Partitioned, no_partition, no_request};
use crate::datatype::data::{SendData, Shape};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::{CommId, RequestId};
use crate::process::Process;
use crate::protocol::Endpoint;
use crate::protocol::endpoint::Core;
use crate::protocol::packet::Envelope;
use crate::protocol::stream::SendStream;
use crate::request::{Body, Phase, Request, Send, SendMode, SendStage};

/// Data that leave in parts.
#[derive(Clone)]
pub struct SendPartitions {
    /// All of them.
    pub data: SendData,
    /// Elements of each partition.
    pub count: usize,
    pub partitions: usize,
}

impl SendPartitions {
    fn bytes(&self) -> usize {
        self.data.total_bytes().checked_div(self.partitions).unwrap_or(0)
    }

    fn partition(&self, index: usize) -> Result<SendData> {
        match &self.data.shape {
            Shape::Bytes(_) => {
                let bytes = self.bytes();
                Ok(SendData::bytes(self.data.buffer.shifted((index * bytes) as isize), bytes))
            }
            // No overflow: all partitions together are in memory.
            Shape::Typed { datatype, .. } => {
                let offset = (index * self.count) as isize * datatype.extent() as isize;
                SendData::new(self.data.buffer.shifted(offset), datatype, self.count)
            }
        }
    }
}

/// A partitioned send.
pub struct PartitionedSend {
    /// Without one: to `MPI_PROC_NULL`.
    peer: Option<usize>,
    /// In the context for partitions, without a tag.
    envelope: Envelope,
    layout: Layout,
    data: SendPartitions,
    /// In this round.
    ready: Vec<bool>,
    /// Partitions that have not left in this round.
    left: usize,
}

impl PartitionedSend {
    /// Counts a partition that has left; how many have not.
    pub(super) fn count_gone(&mut self) -> usize {
        self.left -= 1;
        self.left
    }
}

impl<T: Transport> Endpoint<T> {
    /// Makes an inactive partitioned send and tells the receiver of it. The
    /// envelope's context does not matter.
    ///
    /// # Errors
    /// Those of [`Self::start_send`].
    pub fn prepare_partitioned_send(
        &mut self,
        comm: CommId,
        peer: Option<usize>,
        contexts: Contexts,
        envelope: Envelope,
        data: SendPartitions,
    ) -> Result<RequestId> {
        let partitions = data.partitions as u32;
        let first_tag = self.core.take_partition_tags(partitions);
        let layout = Layout { first_tag, partitions, bytes: data.bytes() as u64 };
        if let Some(peer) = peer {
            let setup = SendData::bytes(layout.encode().send_buffer(), Layout::BYTES);
            let envelope = Envelope { context: contexts.setup, ..envelope };
            let sending = self.start_send(comm, peer, envelope, SendMode::Standard, setup)?;
            self.free_request(sending);
        }
        let envelope = Envelope { context: contexts.data, ..envelope };
        let ready = vec![false; data.partitions];
        let send = PartitionedSend { peer, envelope, layout, data, ready, left: 0 };
        Ok(self.core.prepare_partitioned(comm, Partitioned::Send(send)))
    }

    pub(super) fn start_partitioned_send(&mut self, id: RequestId) {
        self.activate(id, Body::Partitions);
        let Some(Partitioned::Send(send)) = self.core.partitioned(id) else { return };
        send.ready.fill(false);
        send.left = send.data.partitions;
        if send.left == 0 {
            self.core.complete(id);
        }
    }

    /// Lets a partition of an active send leave (`MPI_Pready`).
    ///
    /// # Errors
    /// `MPI_ERR_REQUEST` when the request is no active partitioned send,
    /// `MPI_ERR_ARG` when the partition does not exist or is ready already.
    pub fn ready(&mut self, id: RequestId, partition: i32) -> Result<()> {
        let Some(request) = self.core.requests.get_mut(id) else {
            return Err(no_request("MPI_Pready", "MPI_Psend_init's"));
        };
        let (comm, phase) = (request.comm, request.phase);
        let Some(Partitioned::Send(send)) = request.partitioned.as_deref_mut() else {
            return Err(no_request("MPI_Pready", "MPI_Psend_init's"));
        };
        let index = usize::try_from(partition).unwrap_or(usize::MAX);
        let Some(ready) = send.ready.get_mut(index) else {
            return Err(no_partition(partition, send.data.partitions));
        };
        if phase == Phase::Inactive {
            fail!(
                ErrorClass::Request,
                "partition {partition} of a request that is not active: call MPI_Start first"
            );
        }
        if *ready {
            fail!(ErrorClass::Arg, "partition {partition} is ready already since the last MPI_Start");
        }
        *ready = true;
        let envelope = Envelope { tag: send.layout.tag(partition as u32), ..send.envelope };
        let (peer, data) = (send.peer, send.data.partition(index)?);
        let Some(peer) = peer.filter(|&peer| !self.send_now(peer, envelope, &data)) else {
            self.core.partition_gone(id);
            return Ok(());
        };
        let (stream, mode) = (SendStream::new(data), SendMode::Standard);
        let part = Body::Send(Send { peer, envelope, mode, stream, stage: SendStage::Queued, lease: None });
        let part = self.core.requests.insert(Request { whole: Some(id), ..Request::pending(comm, part) });
        self.queue_envelope(peer, part);
        Ok(())
    }
}

impl<T: Transport> Process<T> {
    /// As [`Endpoint::ready`], of several partitions; wakes whoever sleeps until
    /// they have left.
    ///
    /// # Errors
    /// As [`Endpoint::ready`], for the first that cannot be ready; those before
    /// it are.
    pub fn ready(&self, id: RequestId, partitions: impl IntoIterator<Item = i32>) -> Result<()> {
        let mut state = self.lock();
        let endpoint = state.endpoint()?;
        let outcome = partitions.into_iter().try_for_each(|partition| endpoint.ready(id, partition));
        state.wake_others();
        outcome
    }
}

impl Core {
    /// A partition has left at once.
    fn partition_gone(&mut self, id: RequestId) {
        if let Some(Partitioned::Send(send)) = self.partitioned(id)
            && send.count_gone() == 0
        {
            self.complete(id);
        }
    }
}
