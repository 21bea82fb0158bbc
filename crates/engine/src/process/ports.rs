//! Point-to-point for collective algorithms: messages of one collective
//! operation on one communicator.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use transport::Transport;

use super::Process;
use crate::collective::ports::{InterPorts, Ports};
use crate::comm::CommCore;
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use crate::handle::{CommId, RequestId};
use crate::protocol::packet::Envelope;
use crate::request::SendMode;

/// Tag bit of messages inside the local group of an intercommunicator.
const LOCAL: i32 = 1 << 30;

/// The ports of one collective operation.
pub struct CommPorts<T: Transport> {
    process: Process<T>,
    core: Arc<CommCore>,
    comm: CommId,
    /// Tells the operation from others on the communicator.
    tag: i32,
}

impl<T: Transport> CommPorts<T> {
    /// Operation number `sequence` on a communicator.
    pub fn new(process: Process<T>, core: Arc<CommCore>, comm: CommId, sequence: u32) -> Self {
        Self { process, core, comm, tag: (sequence & (LOCAL as u32 - 1)) as i32 }
    }

    /// Tag of messages within the local group.
    fn local_tag(&self) -> i32 {
        if self.core.is_inter() { self.tag | LOCAL } else { self.tag }
    }

    fn send(&self, peer: usize, tag: i32, data: SendData) -> Result<Pending<T>> {
        let bytes = data.total_bytes() as u64;
        let envelope = Envelope { context: self.core.context_collective(), source: self.core.rank(), tag };
        let mut state = self.process.lock();
        let endpoint = state.endpoint()?;
        if endpoint.send_now(peer, envelope, &data) {
            return Ok(Pending::Done(bytes));
        }
        let request = endpoint.start_send(self.comm, peer, envelope, SendMode::Standard, data)?;
        Ok(Pending::Send { process: self.process.clone(), request, bytes })
    }

    fn receive(&self, from: usize, tag: i32, data: RecvData) -> Result<Pending<T>> {
        let mut state = self.process.lock();
        let endpoint = state.endpoint()?;
        let context = self.core.context_collective();
        let request = endpoint.start_receive(self.comm, context, from as i32, tag, data);
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

impl<T: Transport> Ports for CommPorts<T> {
    type Pending = Pending<T>;

    fn rank(&self) -> usize {
        self.core.rank() as usize
    }

    fn size(&self) -> usize {
        self.core.size()
    }

    fn start_send(&self, to: usize, data: SendData) -> Result<Pending<T>> {
        self.send(self.core.local_peer(to), self.local_tag(), data)
    }

    fn start_recv(&self, from: usize, data: RecvData) -> Result<Pending<T>> {
        self.receive(from, self.local_tag(), data)
    }
}

impl<T: Transport> InterPorts for CommPorts<T> {
    fn remote_size(&self) -> usize {
        self.core.remote_size()
    }

    fn start_send_remote(&self, to: usize, data: SendData) -> Result<Pending<T>> {
        self.send(self.core.remote_peer(to), self.tag, data)
    }

    fn start_recv_remote(&self, from: usize, data: RecvData) -> Result<Pending<T>> {
        self.receive(from, self.tag, data)
    }
}
