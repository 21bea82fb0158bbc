//! Point-to-point among processes that make a communicator without a
//! communicator of their own: `MPI_Comm_create_group`, the leaders of
//! `MPI_Intercomm_create`, and making communicators from groups.

use std::sync::Arc;

use transport::{ProcessName, Transport};

use super::Process;
use super::ports::Pending;
use crate::collective::Ports;
use crate::collective::board::Nowhere;
use crate::comm::{CommCore, parentless_creation};
use crate::datatype::data::{RecvData, SendData};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::group::Group;
use crate::handle::CommId;
use crate::protocol::packet::Envelope;
use crate::request::SendMode;

/// The ports of one such call. A message names its sender so that calls of
/// different groups with the same tag, one after the other, do not mix.
pub struct CreationPorts<T: Transport> {
    process: Process<T>,
    /// Whose error handler a failure concerns.
    comm: CommId,
    context: u32,
    tag: i32,
    group: Arc<Group>,
    rank: usize,
    /// How messages name this process; none where that is its number at the
    /// receiver.
    own_name: Option<i32>,
    /// How messages name the others, by rank in the group.
    names: Vec<i32>,
}

impl<T: Transport> CreationPorts<T> {
    /// Of a group of members of a communicator, this process among them.
    ///
    /// # Errors
    /// `MPI_ERR_GROUP` when a process is no member.
    pub fn of_members(
        process: Process<T>,
        (comm, parent): (CommId, &CommCore),
        tag: i32,
        group: &Arc<Group>,
    ) -> Result<Self> {
        crate::comm::create::check_subset(group, parent)?;
        let name = |process| parent.group().rank_of(process).map_or(-1, |rank| rank as i32);
        let names = group.processes().map(name).collect();
        Self::new(process, comm, parent.creation(), tag, group, (Some(parent.rank() as i32), names))
    }

    /// Of a group without a communicator, this process among them.
    ///
    /// # Errors
    /// `MPI_ERR_GROUP` when this process is no member.
    pub fn of_processes(process: Process<T>, tag: i32, group: &Arc<Group>) -> Result<Self> {
        let names: Vec<i32> = group.processes().map(|process| process as i32).collect();
        Self::new(process, CommId::NULL, parentless_creation(), tag, group, (None, names))
    }

    fn new(
        process: Process<T>,
        comm: CommId,
        context: u32,
        tag: i32,
        group: &Arc<Group>,
        (own_name, names): (Option<i32>, Vec<i32>),
    ) -> Result<Self> {
        let Some(rank) = group.rank() else { return Err(no_member()) };
        Ok(Self { process, comm, context, tag, group: Arc::clone(group), rank, own_name, names })
    }

    /// From a leader to the peers of a communicator, the other leader among
    /// them.
    pub fn of_peers(process: Process<T>, (comm, peers): (CommId, &CommCore), tag: i32) -> Self {
        let group = Arc::clone(peers.remote().unwrap_or(peers.group()));
        let names = (0..group.size() as i32).collect();
        let (context, rank) = (peers.creation(), peers.rank());
        Self { process, comm, context, tag, group, rank, own_name: Some(rank as i32), names }
    }

    /// From a leader to the other group.
    pub fn of_strangers(process: Process<T>, tag: i32, others: &Arc<Group>) -> Self {
        let names = others.processes().map(|process| process as i32).collect();
        let (context, group) = (parentless_creation(), Arc::clone(others));
        Self { process, comm: CommId::NULL, context, tag, group, rank: 0, own_name: None, names }
    }
}

#[cold]
fn no_member() -> crate::error::Error {
    crate::error::Error::new(ErrorClass::Group, "the calling process is no member of the group")
}

impl<T: Transport> Ports for CreationPorts<T> {
    type Pending = Pending<T>;
    type Meet<'a>
        = Nowhere
    where
        Self: 'a;

    fn rank(&self) -> usize {
        self.rank
    }

    fn size(&self) -> usize {
        self.group.size()
    }

    fn start_send(&self, to: usize, data: SendData) -> Result<Pending<T>> {
        let bytes = data.total_bytes() as u64;
        let peer = self.peer(to)? as usize;
        let mut state = self.process.lock();
        let endpoint = state.endpoint()?;
        let source = match self.own_name {
            Some(name) => name,
            None => endpoint.transport.own_number_at(peer) as i32,
        };
        let envelope = Envelope::new(self.context, source, self.tag);
        let request = endpoint.start_send(self.comm, peer, envelope, SendMode::Standard, data)?;
        Ok(Pending::Send { process: self.process.clone(), request, bytes })
    }

    fn start_recv(&self, from: usize, data: RecvData) -> Result<Pending<T>> {
        self.peer(from)?;
        let mut state = self.process.lock();
        let endpoint = state.endpoint()?;
        let request = endpoint.start_receive(self.comm, self.context, self.names[from], self.tag, data);
        Ok(Pending::Receive { process: self.process.clone(), request })
    }

    fn name_of(&self, process: u32) -> Result<ProcessName> {
        self.process.name_of(process)
    }

    fn process_named(&self, name: ProcessName) -> Result<u32> {
        self.process.process_named(name)
    }
}

impl<T: Transport> CreationPorts<T> {
    fn peer(&self, rank: usize) -> Result<u32> {
        if rank >= self.group.size() {
            fail!(ErrorClass::Rank, "rank {rank} is not in 0..{}, the ranks of the group", self.group.size());
        }
        Ok(self.group.process(rank))
    }
}
