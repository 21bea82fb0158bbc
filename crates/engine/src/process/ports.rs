//! Point-to-point for collective algorithms: messages of one collective
//! operation on one communicator.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use memory::arena::Arena;
use memory::board::mapped::Board;
use transport::{Leave, ProcessName, Transport};

use super::silence::has_left;
use super::{Process, mismatch};
use crate::collective::board::Meet;
use crate::collective::fingerprint::{Doing, Fingerprint};
use crate::collective::{InterPorts, Ports};
use crate::comm::{CommCore, Number};
use crate::datatype::data::{RecvData, SendData};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::group::Group;
use crate::handle::{CommId, RequestId};
use crate::protocol::packet::Envelope;
use crate::request::SendMode;

/// Looks at a board before a wait goes through the state's lock, and where ranks
/// have processors of their own.
const LOOKS: u32 = 8;
const LOOKS_WITH_PROCESSORS: u32 = 256;

/// The ports of one collective operation.
pub struct CommPorts<T: Transport> {
    process: Process<T>,
    core: Arc<CommCore>,
    comm: CommId,
    /// Tells the operation from others on the communicator.
    number: Number,
    /// What its messages carry, and those of others must.
    fingerprint: Fingerprint,
    /// The caller waits until the operation ends.
    blocking: bool,
}

impl<T: Transport> Clone for CommPorts<T> {
    fn clone(&self) -> Self {
        let (process, core) = (self.process.clone(), Arc::clone(&self.core));
        Self { process, core, ..*self }
    }
}

impl<T: Transport> Process<T> {
    /// Takes back the number of an operation that was refused before it began.
    #[cold]
    pub fn refuse_collective(&self, comm: CommId, number: Number) {
        if let Ok(comm) = self.lock().objects.comm_mut(comm) {
            comm.refuse_collective(number);
        }
    }
}

impl<T: Transport> CommPorts<T> {
    /// The operation that [`crate::comm::Comm::next_collective`] gave `number`.
    pub fn new(process: Process<T>, core: Arc<CommCore>, comm: CommId, number: Number) -> Self {
        Self { process, core, comm, number, fingerprint: Fingerprint::NONE, blocking: false }
    }

    /// The same for an operation whose ranks are to find out when they differ.
    #[must_use]
    pub fn marked(self, fingerprint: Fingerprint) -> Self {
        Self { fingerprint, ..self }
    }

    /// The same for an operation in which the caller waits, like all ranks: they
    /// may meet on the communicator's board.
    #[must_use]
    pub fn blocking(self) -> Self {
        Self { blocking: true, ..self }
    }

    /// Does `work`, the operation of these ports. Where it fails, others may wait
    /// for what this process would have sent, so they are told, unless this
    /// process ends with them (`goes_on`): then its own report is the one to read.
    pub async fn conclude(
        self,
        work: impl Future<Output = Result<()>>,
        goes_on: impl FnOnce() -> bool,
    ) -> Result<()> {
        let outcome = work.await;
        if outcome.is_err() && goes_on() {
            self.give_up();
        }
        outcome
    }

    /// Sends every other process of the communicator a message that fails whatever
    /// receive of the operation it meets. Where none waits it stays, and is in
    /// nobody's way: no other operation has its number.
    #[cold]
    fn give_up(&self) {
        let farewell = Self { fingerprint: Fingerprint::GIVEN_UP, ..self.clone() };
        let own = self.core.rank();
        for to in (0..self.core.size()).filter(|&rank| rank != own) {
            // Whom it cannot reach has worse to report than this.
            let _ = farewell.start_send(to, SendData::empty());
        }
        if self.core.is_inter() {
            for to in 0..self.remote_size() {
                let _ = farewell.start_send_remote(to, SendData::empty());
            }
        }
    }

    /// Memory that all members of the communicator can share.
    ///
    /// # Errors
    /// At all of them, `MPI_ERR_UNSUPPORTED_OPERATION` when there is none.
    pub fn arena(&self) -> Result<Arc<Arena>> {
        let mut state = self.process.lock();
        let transport = &state.endpoint()?.transport;
        let Some(arena) = transport.arena() else {
            fail!(
                ErrorClass::UnsupportedOperation,
                "this needs memory that all ranks of the communicator can share, and these ranks have none"
            );
        };
        let groups = [self.core.group(), self.core.peers()];
        let mut members = groups.into_iter().flat_map(Group::processes);
        if members.any(|process| !transport.shares_memory_with(process as usize)) {
            fail!(
                ErrorClass::UnsupportedOperation,
                "windows and files need memory that all ranks of the communicator share, and some of these ranks \
                 belong to a job that was started separately; MPI_Comm_spawn starts ranks that share memory"
            );
        }
        Ok(arena.clone())
    }

    /// The context of messages within the (local) group.
    fn local_context(&self) -> u32 {
        if self.core.is_inter() { self.core.local() } else { self.core.collective() }
    }

    fn send(&self, group: &Group, to: usize, context: u32, data: SendData) -> Result<Pending<T>> {
        let bytes = data.total_bytes() as u64;
        let peer = group.process(to) as usize;
        let (source, tag, fingerprint) = (self.core.rank() as i32, self.number.tag(), self.fingerprint);
        let envelope = Envelope { context, source, tag, fingerprint };
        let mut state = self.process.lock();
        let endpoint = state.endpoint()?;
        if endpoint.send_now(peer, envelope, &data) {
            return Ok(Pending::Done(bytes));
        }
        let request = endpoint.start_send(self.comm, peer, envelope, SendMode::Standard, data)?;
        Ok(Pending::Send { process: self.process.clone(), request, bytes })
    }

    fn receive(&self, from: usize, context: u32, data: RecvData) -> Result<Pending<T>> {
        let mut state = self.process.lock();
        let endpoint = state.endpoint()?;
        let doing = Doing { rank: self.core.rank() as u32, what: self.fingerprint };
        let request =
            endpoint.start_receive_in(self.comm, doing, (context, from as i32, self.number.tag()), data);
        Ok(Pending::Receive { process: self.process.clone(), request })
    }
}

/// A transfer of a collective operation.
pub enum Pending<T: Transport> {
    Done(u64),
    Send { process: Process<T>, request: RequestId, bytes: u64 },
    Receive { process: Process<T>, request: RequestId },
}

impl<T: Transport> Future for Pending<T> {
    type Output = Result<u64>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<u64>> {
        let (process, request, sent) = match &*self {
            Self::Done(bytes) => return Poll::Ready(Ok(*bytes)),
            Self::Send { process, request, bytes } => (process, *request, Some(*bytes)),
            Self::Receive { process, request } => (process, *request, None),
        };
        let outcome = process.lock().endpoint()?.take_outcome(request);
        match outcome {
            None => Poll::Pending,
            Some((_, Some(error))) => {
                *self = Self::Done(0);
                Poll::Ready(Err(error))
            }
            Some((status, None)) => {
                let bytes = sent.unwrap_or(status.bytes);
                *self = Self::Done(bytes);
                Poll::Ready(Ok(bytes))
            }
        }
    }
}

impl<T: Transport> Drop for Pending<T> {
    fn drop(&mut self) {
        let (process, request) = match &*self {
            Self::Done(_) => return,
            Self::Send { process, request, .. } | Self::Receive { process, request } => (process, *request),
        };
        // The operation was given up: what is under way ends by itself.
        if let Ok(endpoint) = process.lock().endpoint() {
            endpoint.cancel(request);
            endpoint.free_request(request);
        }
    }
}

/// A blocking operation on the board of its communicator.
pub struct Meeting<'a, T: Transport> {
    process: &'a Process<T>,
    core: &'a CommCore,
    board: &'a Board,
    number: u64,
    fingerprint: Fingerprint,
}

impl<'a, T: Transport> Meeting<'a, T> {
    /// None where the ranks cannot meet on a board.
    ///
    /// # Errors
    /// `MPI_ERR_NO_MEM` when it cannot be mapped.
    #[inline(always)]
    pub fn of(
        process: &'a Process<T>,
        core: &'a CommCore,
        number: Number,
        fingerprint: Fingerprint,
    ) -> Result<Option<Self>> {
        let Number::InOrder(number) = number else { return Ok(None) };
        let board = match core.board() {
            Some(board) => Some(board),
            None => mismatch::board(process.lock().endpoint()?, core)?,
        };
        Ok(board.map(|board| Self { process, core, board, number, fingerprint }))
    }
}

impl<T: Transport> Meet for Meeting<'_, T> {
    fn board(&self) -> &Board {
        self.board
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    fn number(&self) -> u64 {
        self.number
    }

    fn wait<R>(
        &self,
        mut look: impl FnMut(bool) -> Option<Result<R>>,
        awaited: impl Fn() -> usize,
    ) -> Result<R> {
        // Others are most often near. Their words are looked at without taking the
        // state's lock.
        let may_spin = self.process.may_spin();
        for _ in 0..if may_spin { LOOKS_WITH_PROCESSORS } else { LOOKS } {
            if let Some(found) = look(false) {
                return found;
            }
            std::hint::spin_loop();
        }
        let _awaiting = self.board.await_rank(awaited());
        // A close look takes cache lines from ranks that are busy, so where they are
        // it is for those that would soon sleep.
        let mut looks = 0;
        self.process.wait_until(|endpoint| {
            looks += 1;
            let closely = looks > if may_spin { LOOKS_WITH_PROCESSORS / 4 } else { 1 };
            if let Some(found) = look(closely) {
                return Some(found);
            }
            if !closely {
                return None;
            }
            let (core, number) = (self.core, Number::InOrder(self.number));
            if let Some(error) = mismatch::message_of_another(endpoint, core, number, self.fingerprint) {
                return Some(Err(error));
            }
            if !endpoint.transport.has_anybody_left() {
                return None;
            }
            let rank = awaited();
            if endpoint.transport.leave(self.core.group().process(rank) as usize) != Leave::Silent {
                return None;
            }
            // What it did before it fell silent is seen now.
            Some(look(true).unwrap_or_else(|| Err(has_left(rank))))
        })?
    }
}

impl<T: Transport> Ports for CommPorts<T> {
    type Pending = Pending<T>;
    type Meet<'a>
        = Meeting<'a, T>
    where
        Self: 'a;

    fn meet(&self) -> Result<Option<Meeting<'_, T>>> {
        if !self.blocking {
            return Ok(None);
        }
        Meeting::of(&self.process, &self.core, self.number, self.fingerprint)
    }

    fn rank(&self) -> usize {
        self.core.rank()
    }

    fn size(&self) -> usize {
        self.core.size()
    }

    fn start_send(&self, to: usize, data: SendData) -> Result<Pending<T>> {
        self.send(self.core.group(), to, self.local_context(), data)
    }

    fn start_recv(&self, from: usize, data: RecvData) -> Result<Pending<T>> {
        self.receive(from, self.local_context(), data)
    }

    fn name_of(&self, process: u32) -> Result<ProcessName> {
        self.process.name_of(process)
    }

    fn process_named(&self, name: ProcessName) -> Result<u32> {
        self.process.process_named(name)
    }
}

impl<T: Transport> InterPorts for CommPorts<T> {
    fn remote_size(&self) -> usize {
        self.core.peers().size()
    }

    fn start_send_remote(&self, to: usize, data: SendData) -> Result<Pending<T>> {
        self.send(self.core.peers(), to, self.core.collective(), data)
    }

    fn start_recv_remote(&self, from: usize, data: RecvData) -> Result<Pending<T>> {
        self.receive(from, self.core.collective(), data)
    }
}
