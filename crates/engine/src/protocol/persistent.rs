//! Persistent requests: made once, started any number of times (MPI-5.0
//! section 3.9).

use transport::Transport;

use super::endpoint::Endpoint;
use super::stream::SendStream;
use crate::error::Result;
use crate::handle::{CommId, RequestId};
use crate::request::{Body, Persistent, Phase, Receive, Request, Send, SendMode, SendStage};
use crate::status::Status;

impl<T: Transport> Endpoint<T> {
    /// An inactive request that [`Self::start`] starts.
    pub fn prepare(&mut self, comm: CommId, persistent: Persistent) -> RequestId {
        let mut request = Request::complete(comm, Status::EMPTY);
        request.phase = Phase::Inactive;
        request.persistent = Some(Box::new(persistent));
        self.core.requests.insert(request)
    }

    /// Starts an inactive persistent request; the work of one that has some is
    /// the caller's.
    ///
    /// # Errors
    /// As [`Self::start_send`].
    pub fn start(&mut self, id: RequestId, persistent: Persistent) -> Result<()> {
        let Some(comm) = self.core.requests.get(id).map(|request| request.comm) else { return Ok(()) };
        match persistent {
            Persistent::Send { peer: Some(peer), envelope, mode: SendMode::Buffered, data } => {
                let copy = self.start_send(comm, peer, envelope, SendMode::Buffered, data)?;
                self.core.requests.remove(copy);
                self.finish_start(id);
            }
            Persistent::Send { peer: Some(peer), envelope, mode, data } => {
                if mode != SendMode::Synchronous && self.send_now(peer, envelope, &data) {
                    self.finish_start(id);
                    return Ok(());
                }
                let stream = SendStream::new(data);
                let send = Send { peer, envelope, mode, stream, stage: SendStage::Queued, lease: None };
                self.activate(id, Body::Send(send));
                self.queue_envelope(peer, id);
            }
            Persistent::Receive { peer_exists: true, context, source, tag, data } => {
                self.activate(id, Body::Receive(Receive::new(data)));
                self.post(id, context, source, tag);
            }
            Persistent::Send { peer: None, .. } => self.finish_start(id),
            Persistent::Work(_) => self.activate(id, Body::Idle),
            Persistent::Partitioned => self.start_partitioned(id),
            Persistent::Receive { peer_exists: false, .. } => {
                self.finish_start(id);
                if let Some(request) = self.core.requests.get_mut(id) {
                    request.status = Status::PROC_NULL;
                }
            }
        }
        Ok(())
    }

    /// An operation that needed nothing but its start.
    fn finish_start(&mut self, id: RequestId) {
        self.activate(id, Body::Idle);
        self.core.complete(id);
    }

    pub(crate) fn activate(&mut self, id: RequestId, body: Body) {
        if let Some(request) = self.core.requests.get_mut(id) {
            request.phase = Phase::Pending;
            request.status = Status::EMPTY;
            request.error = None;
            request.body = body;
        }
    }
}
