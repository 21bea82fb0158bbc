//! The receiving side (`MPI_Precv_init`, `MPI_Parrived`).

use memory::buffer::Scratch;
use transport::Transport;

use super::{Contexts, Layout, Partitioned, no_partition, no_request};
use crate::collective::fingerprint::Doing;
use crate::datatype::data::RecvData;
use crate::error::{Error, ErrorClass, Result};
use crate::handle::{CommId, RequestId};
use crate::protocol::Endpoint;
use crate::protocol::endpoint::Core;
use crate::protocol::stream::RecvStream;
use crate::request::{Body, Phase, Receive, Request};
use crate::status::Status;

/// Room for data that arrive in parts.
#[derive(Clone)]
pub struct RecvPartitions {
    /// For all of them.
    pub room: RecvData,
    pub partitions: usize,
}

/// What is known of the sender's partitions.
pub(super) enum Setup {
    /// A receive waits for the layout, with this room for it.
    Awaited {
        room: Scratch,
        request: RequestId,
    },
    Known(Layout),
    /// It will not come.
    Lost(Error),
}

/// A partitioned receive.
pub struct PartitionedReceive {
    /// Rank of the sender, and the request's tag; without them: from
    /// `MPI_PROC_NULL`.
    from: Option<(i32, i32)>,
    /// Of partitions.
    context: u32,
    data: RecvPartitions,
    pub(super) setup: Setup,
    /// Which of the sender's partitions have arrived in this round.
    arrived: Vec<bool>,
    /// How many of them have not.
    left: usize,
}

impl PartitionedReceive {
    /// Counts the message with this tag; how many have not arrived.
    pub(super) fn count_arrived(&mut self, tag: i32) -> usize {
        if let Setup::Known(layout) = &self.setup
            && let Some(arrived) = self.arrived.get_mut(layout.partition(tag) as usize)
        {
            *arrived = true;
        }
        self.left -= 1;
        self.left
    }

    /// Of a round that is over.
    pub(super) fn status(&self) -> Status {
        let Some((source, tag)) = self.from else { return Status::PROC_NULL };
        let room = self.data.room.total_bytes() as u64;
        let bytes = if let Setup::Known(layout) = &self.setup { layout.total().min(room) } else { 0 };
        Status::of(source, tag, bytes)
    }

    /// Whether the data of one of the receiver's partitions are all here.
    fn has(&self, index: usize) -> bool {
        let Setup::Known(layout) = &self.setup else { return false };
        let bytes = self.data.room.total_bytes() / self.data.partitions;
        match layout.covering(index, self.data.partitions, bytes as u64) {
            none if none.is_empty() => false,
            covering => self.arrived.get(covering).is_some_and(|all| all.iter().all(|&arrived| arrived)),
        }
    }
}

#[cold]
fn too_much(layout: &Layout, room: usize) -> Error {
    let Layout { partitions, bytes, .. } = layout;
    let message = format!(
        "the sender has {partitions} partitions of {bytes} bytes, which do not fit into the receive buffer of \
         {room} bytes: MPI_Psend_init and MPI_Precv_init must be given as many elements in all"
    );
    Error::new(ErrorClass::Truncate, message)
}

impl<T: Transport> Endpoint<T> {
    /// Makes an inactive partitioned receive, which awaits the sender's layout
    /// from now on. `from` is a rank and a tag, neither of them a wildcard.
    pub fn prepare_partitioned_receive(
        &mut self,
        comm: CommId,
        from: Option<(i32, i32)>,
        contexts: Contexts,
        data: RecvPartitions,
    ) -> RequestId {
        let room = Scratch::zeroed(Layout::BYTES);
        let layout = RecvData::bytes(room.recv_buffer(), Layout::BYTES);
        let setup = Setup::Awaited { room, request: RequestId::NULL };
        let (context, arrived) = (contexts.data, Vec::new());
        let receive = PartitionedReceive { from, context, data, setup, arrived, left: 0 };
        let id = self.core.prepare_partitioned(comm, Partitioned::Receive(receive));
        let Some((source, tag)) = from else { return id };
        let body = Body::Receive(Receive::new(layout));
        let awaited = Request { whole: Some(id), ..Request::pending(comm, body) };
        let awaited = self.core.requests.insert(awaited);
        if let Some(Partitioned::Receive(receive)) = self.core.partitioned(id)
            && let Setup::Awaited { request, .. } = &mut receive.setup
        {
            *request = awaited;
        }
        self.post(awaited, contexts.setup, source, tag);
        id
    }

    pub(super) fn start_partitioned_receive(&mut self, id: RequestId) {
        self.activate(id, Body::Partitions);
        let Some(Partitioned::Receive(receive)) = self.core.partitioned(id) else { return };
        receive.arrived.clear();
        if receive.from.is_some() {
            self.core.post_partitions(id);
            self.settle();
            return;
        }
        if let Some(request) = self.core.requests.get_mut(id) {
            request.status = Status::PROC_NULL;
        }
        self.core.complete(id);
    }

    /// Whether a partition has arrived (`MPI_Parrived`); true for requests that
    /// are null, inactive or complete.
    ///
    /// # Errors
    /// `MPI_ERR_REQUEST` when the request is no partitioned receive,
    /// `MPI_ERR_ARG` when the partition does not exist.
    pub fn arrived(&self, id: RequestId, partition: i32) -> Result<bool> {
        if id.is_null() {
            return Ok(true);
        }
        let request = self.core.requests.get(id);
        let Some((request, partitioned)) = request.and_then(|it| Some((it, it.partitioned.as_deref()?)))
        else {
            return Err(no_request("MPI_Parrived", "MPI_Precv_init's"));
        };
        let Partitioned::Receive(receive) = partitioned else {
            return Err(no_request("MPI_Parrived", "MPI_Precv_init's"));
        };
        match usize::try_from(partition) {
            Ok(index) if index < receive.data.partitions => {
                Ok(request.phase != Phase::Pending || receive.has(index))
            }
            _ => Err(no_partition(partition, receive.data.partitions)),
        }
    }
}

impl Core {
    /// Starts to receive the sender's partitions, if it is known what they are.
    pub(super) fn post_partitions(&mut self, id: RequestId) {
        let Some(request) = self.requests.get_mut(id) else { return };
        let Some(Partitioned::Receive(receive)) = request.partitioned.as_deref_mut() else { return };
        if let Setup::Lost(error) = &receive.setup {
            request.error = Some(error.clone());
            return self.complete(id);
        }
        let (Setup::Known(layout), Some((source, _))) = (&receive.setup, receive.from) else { return };
        let (comm, context, layout) = (request.comm, receive.context, *layout);
        let data = receive.data.room.clone();
        let room = data.total_bytes();
        receive.left = layout.partitions as usize;
        receive.arrived = vec![false; layout.partitions as usize];
        if layout.total() > room as u64 {
            request.error = Some(too_much(&layout, room));
        }
        if layout.partitions == 0 {
            request.status = receive.status();
            self.complete(id);
        }
        let place = |partition: u32| {
            let offset = layout.bytes.saturating_mul(partition.into());
            usize::try_from(offset).unwrap_or(usize::MAX).min(room)
        };
        for partition in 0..layout.partitions {
            let stream = RecvStream::part(data.clone(), place(partition)..place(partition + 1));
            let body = Body::Receive(Receive { stream, posted: None, doing: Doing::default() });
            let part = self.requests.insert(Request { whole: Some(id), ..Request::pending(comm, body) });
            self.post(part, context, source, layout.tag(partition));
        }
    }

    /// A request is freed between starts: if its layout has not come, the
    /// receive for it stays, for it must not go to the next request.
    pub(crate) fn free_layout(&mut self, freed: RequestId) {
        if let Some(Partitioned::Receive(receive)) = self.partitioned(freed)
            && let Setup::Awaited { request, .. } = receive.setup
            && let Some(awaited) = self.requests.get_mut(request)
        {
            awaited.whole = None;
            awaited.detached = true;
        }
    }
}
