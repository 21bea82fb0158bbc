//! One rank's end: sends, receives, progress.

use transport::Transport;

use super::arrival::Content;
use super::credit::{self, Account};
use super::outbox::Outbox;
use super::packet::{Envelope, Packet};
use super::stream::{RecvStream, SendStream};
use crate::collective::fingerprint::Doing;
use crate::datatype::data::{RecvData, SendData};
use crate::error::{Error, Result};
use crate::handle::{CommId, MessageKind, RequestId, RequestKind, Table};
use crate::matching::{Matcher, Posted, Unexpected};
use crate::request::buffered::{Buffers, Owner};
use crate::request::{Body, Phase, Receive, Request, Send, SendMode, SendStage};
use crate::status::Status;
use crate::tool::{Counters, Recorder, Settings};

/// A message that `MPI_Mprobe` has matched.
pub struct Matched {
    pub comm: CommId,
    pub message: Unexpected<Content>,
}

/// One rank's end. Everything here runs under the state lock.
pub struct Endpoint<T> {
    pub transport: T,
    pub core: Core,
}

/// All of an endpoint but its transport.
pub struct Core {
    pub matcher: Matcher<Content>,
    pub requests: Table<RequestKind, Request>,
    pub messages: Table<MessageKind, Matched>,
    pub buffers: Buffers,
    /// Requests that complete when an owner's buffer is empty.
    flushes: Vec<(Owner, RequestId)>,
    pub(super) outboxes: Vec<Outbox>,
    /// Peers whose outbox is not empty.
    pub(super) busy: Vec<usize>,
    pub(super) accounts: Vec<Account>,
    pub(super) credit_per_peer: u64,
    /// Peers from here on came later.
    newcomers: usize,
    /// Credit that each peer has not got back yet.
    owed: Vec<u64>,
    pub(super) eager_limit: usize,
    /// Messages that others may read out of this rank's memory and have not read.
    pub(super) offered: u32,
    /// Messages that this rank is reading out of the memory of others.
    pub(super) reading: u32,
    /// Bytes of messages that are read where they lie, or 0.
    pub(super) single_copy: usize,
    pub counters: Counters,
    pub(super) recorder: Recorder,
    /// Credit to give back after this poll.
    pub(super) returns: Vec<(usize, u64)>,
    /// Counts completions, so that waiters see that something has changed.
    completions: u64,
    /// The next tag of a partition.
    partition_tags: u32,
    /// The first error that no request can carry.
    pub(super) fault: Option<Error>,
}

impl Core {
    fn new(ranks: usize, recorder: Recorder) -> Self {
        let mut messages = Table::new();
        // MPI_MESSAGE_NO_PROC is no message that could be looked up.
        messages.reserve_predefined(1);
        Self {
            matcher: Matcher::default(),
            requests: Table::new(),
            messages,
            buffers: Buffers::default(),
            flushes: Vec::new(),
            outboxes: (0..ranks).map(|_| Outbox::default()).collect(),
            busy: Vec::new(),
            accounts: vec![Account::default(); ranks],
            credit_per_peer: 0,
            newcomers: ranks,
            owed: vec![0; ranks],
            eager_limit: 0,
            offered: 0,
            reading: 0,
            single_copy: 0,
            counters: Counters::default(),
            recorder,
            returns: Vec::new(),
            completions: 0,
            partition_tags: 0,
            fault: None,
        }
    }

    /// Puts the peer's outbox on the list of those to serve.
    pub(super) fn list(&mut self, peer: usize) {
        if !self.outboxes[peer].listed {
            self.outboxes[peer].listed = true;
            self.busy.push(peer);
        }
    }

    pub(super) fn answer(&mut self, peer: usize, packet: Packet, value: u64) {
        self.outboxes[peer].answers.push_back((packet, value));
        self.list(peer);
    }

    /// Gives credit back, in portions.
    #[inline]
    pub(super) fn return_credit(&mut self, peer: usize, cost: u64) {
        let owed = &mut self.owed[peer];
        *owed += cost;
        // Those that came later may have counted more peers than we did, and have
        // less credit.
        let credit = if peer < self.newcomers { self.credit_per_peer } else { credit::LEAST_PER_PEER_BYTES };
        if *owed >= credit / credit::RETURNS_PER_CREDIT {
            self.returns.push((peer, std::mem::take(owed)));
        }
    }

    /// Credit that `peer` has not got back yet: less than a portion.
    pub fn owed(&self, peer: usize) -> u64 {
        self.owed[peer]
    }

    /// Ends a pending request whose status is set.
    #[inline]
    pub(crate) fn complete(&mut self, id: RequestId) {
        let Some(request) = self.requests.get_mut(id) else { return };
        let lease = match &mut request.body {
            Body::Send(send) => send.lease.take(),
            Body::Idle | Body::Receive(_) | Body::Parts { .. } | Body::Partitions => None,
        };
        request.body = Body::Idle;
        request.phase = Phase::Complete;
        self.completions += 1;
        if let Some(whole) = request.whole {
            self.complete_part(id, whole);
        } else if request.detached {
            self.requests.discard(id);
        }
        if let Some(lease) = lease {
            self.buffers.release(&lease);
            self.complete_flushes(lease.owner());
        }
    }

    fn complete_flushes(&mut self, owner: Owner) {
        if self.flushes.is_empty() || self.buffers.is_busy(owner) {
            return;
        }
        let (done, waiting) = std::mem::take(&mut self.flushes).into_iter().partition(|&(of, _)| of == owner);
        self.flushes = waiting;
        let done: Vec<(Owner, RequestId)> = done;
        for (_, request) in done {
            self.complete(request);
        }
    }

    /// A part of a request has completed: the whole takes over a receive's
    /// status, and completes with its last part.
    fn complete_part(&mut self, part: RequestId, whole: RequestId) {
        if self.requests.get(whole).is_some_and(|whole| whole.partitioned.is_some()) {
            return self.complete_partition(part, whole);
        }
        let Some(part) = self.requests.remove(part) else { return };
        let Some(request) = self.requests.get_mut(whole) else { return };
        if part.status != Status::EMPTY {
            request.status = part.status;
        }
        if part.error.is_some() {
            request.error = part.error;
        }
        if let Body::Parts { left } = &mut request.body {
            *left -= 1;
            if *left == 0 {
                self.complete(whole);
            }
        }
    }

    pub(super) fn complete_cancelled(&mut self, id: RequestId) {
        self.withdraw_offer(id);
        let Some(request) = self.requests.get_mut(id) else { return };
        if request.phase == Phase::Pending {
            request.status = Status::CANCELLED;
            self.complete(id);
        }
    }

    /// An announced message has met its receive, or was cancelled: whether its data
    /// were offered for reading.
    pub(super) fn withdraw_offer(&mut self, send: RequestId) -> bool {
        let body = self.requests.get_mut(send).map(|request| &mut request.body);
        let Some(Body::Send(Send { stage: SendStage::Announced { is_offered }, .. })) = body else {
            return false;
        };
        let was_offered = std::mem::take(is_offered);
        self.offered -= u32::from(was_offered);
        was_offered
    }

    /// Takes over all settings, while the process is not connected.
    pub fn apply_apart(&mut self, settings: &Settings) {
        self.credit_per_peer = match settings.credit_per_sender_bytes {
            0 => credit::per_peer(self.outboxes.len()),
            bytes => bytes,
        };
        self.apply(settings);
    }

    /// Takes over what may change while the process is connected.
    pub fn apply(&mut self, settings: &Settings) {
        self.eager_limit = settings.eager_limit_bytes as usize;
        self.single_copy = settings.single_copy_bytes as usize;
    }

    /// Bytes that this rank may have unreceived at another.
    pub fn credit_per_peer(&self) -> u64 {
        self.credit_per_peer
    }

    /// Posts a pending receive; true when its message is here already.
    #[inline]
    pub(crate) fn post(&mut self, id: RequestId, context: u32, source: i32, tag: i32) -> bool {
        if let Some(found) = self.matcher.find_unexpected(context, source, tag) {
            let message = self.matcher.take_unexpected(found);
            self.hand_over(id, message);
            return true;
        }
        let node = self.matcher.post(Posted { context, source, tag, owner: id.raw() });
        if let Some(Body::Receive(body)) = self.requests.get_mut(id).map(|request| &mut request.body) {
            body.posted = Some(node);
        }
        false
    }

    /// The first of as many tags for partitions; they come around after 2^31.
    pub(crate) fn take_partition_tags(&mut self, partitions: u32) -> u32 {
        let first = self.partition_tags;
        self.partition_tags = first.wrapping_add(partitions) & i32::MAX as u32;
        first
    }

    /// How many operations have completed since the start.
    pub fn completions(&self) -> u64 {
        self.completions
    }
}

impl<T: Transport> Endpoint<T> {
    /// With the defaults of all settings.
    pub fn new(transport: T) -> Self {
        Self::with(transport, &Settings::default(), Recorder::default())
    }

    pub fn with(mut transport: T, settings: &Settings, recorder: Recorder) -> Self {
        let mut core = Core::new(transport.size(), recorder);
        core.apply_apart(settings);
        Self { transport, core }
    }

    /// Makes room for peers that have come since the last time.
    #[cold]
    pub(super) fn welcome(&mut self) {
        let peers = self.transport.size();
        self.core.outboxes.resize_with(peers, Outbox::default);
        self.core.accounts.resize(peers, Account::default());
        self.core.owed.resize(peers, 0);
    }

    /// The outbox of a peer that may be new.
    #[inline]
    fn outbox(&mut self, peer: usize) -> &mut Outbox {
        if peer >= self.core.outboxes.len() {
            self.welcome();
        }
        &mut self.core.outboxes[peer]
    }

    /// Sends a message if that takes neither waiting nor asking the receiver.
    #[inline]
    pub fn send_now(&mut self, peer: usize, envelope: Envelope, data: &SendData) -> bool {
        let bytes = data.total_bytes();
        if bytes > self.core.eager_limit || !self.outbox(peer).envelopes.is_empty() {
            return false;
        }
        self.push_eager(peer, envelope, bytes, |out| {
            data.pack_for_reader(0, out);
        })
    }

    #[inline]
    fn push_eager(
        &mut self,
        peer: usize,
        envelope: Envelope,
        bytes: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> bool {
        let cost = credit::cost(bytes);
        let account = &mut self.core.accounts[peer];
        if !account.spend(cost, self.core.credit_per_peer, || self.transport.acknowledged(peer)) {
            return false;
        }
        if self.transport.push(peer, Packet::Eager(envelope).encode(), bytes, fill).is_err() {
            self.core.accounts[peer].refund(cost);
            return false;
        }
        self.core.counters.sent(bytes);
        true
    }

    /// Starts a send. The request may be complete already.
    ///
    /// # Errors
    /// `MPI_ERR_BUFFER` when a buffered send finds no room in `owners`' buffers.
    pub fn start_send(
        &mut self,
        comm: CommId,
        peer: usize,
        envelope: Envelope,
        mode: SendMode,
        data: SendData,
    ) -> Result<RequestId> {
        if mode == SendMode::Buffered {
            self.check_buffer(comm, &data)?;
        }
        if mode != SendMode::Synchronous && self.send_now(peer, envelope, &data) {
            return Ok(self.core.requests.insert(Request::complete(comm, Status::EMPTY)));
        }
        if mode == SendMode::Buffered {
            return self.start_buffered(comm, peer, envelope, &data);
        }
        Ok(self.queue_send(comm, peer, envelope, mode, data))
    }

    fn queue_send(
        &mut self,
        comm: CommId,
        peer: usize,
        envelope: Envelope,
        mode: SendMode,
        data: SendData,
    ) -> RequestId {
        let stream = SendStream::new(data);
        let send = Send { peer, envelope, mode, stream, stage: SendStage::Queued, lease: None };
        let id = self.core.requests.insert(Request::pending(comm, Body::Send(send)));
        self.queue_envelope(peer, id);
        id
    }

    pub(crate) fn queue_envelope(&mut self, peer: usize, id: RequestId) {
        self.outbox(peer).envelopes.push_back(id);
        self.core.list(peer);
        self.serve(peer);
    }

    /// A program that has no buffer, or too small a one, is told so even where
    /// the message could leave without it.
    ///
    /// # Errors
    /// `MPI_ERR_BUFFER`.
    pub fn check_buffer(&mut self, comm: CommId, data: &SendData) -> Result<()> {
        let owners = self.core.buffers.owners(comm);
        self.core.buffers.check(&owners, data.total_bytes())
    }

    /// Copies the message into an attached buffer; the copy leaves by itself.
    fn start_buffered(
        &mut self,
        comm: CommId,
        peer: usize,
        envelope: Envelope,
        data: &SendData,
    ) -> Result<RequestId> {
        let bytes = data.total_bytes();
        let owners = self.core.buffers.owners(comm);
        let (write, read, lease) = self.core.buffers.lease(&owners, bytes)?;
        data.pack(0, write.slice_mut(0, bytes));
        let stream = SendStream::new(SendData::bytes(read, bytes));
        let mode = SendMode::Standard;
        let send = Send { peer, envelope, mode, stream, stage: SendStage::Queued, lease: Some(lease) };
        let mut request = Request::pending(comm, Body::Send(send));
        request.detached = true;
        let copy = self.core.requests.insert(request);
        self.queue_envelope(peer, copy);
        Ok(self.core.requests.insert(Request::complete(comm, Status::EMPTY)))
    }

    /// Starts a receive. The request may be complete already.
    #[inline(always)]
    pub fn start_receive(
        &mut self,
        comm: CommId,
        context: u32,
        source: i32,
        tag: i32,
        data: RecvData,
    ) -> RequestId {
        self.start_receive_in(comm, Doing::default(), (context, source, tag), data)
    }

    /// Starts a receive that is part of a collective; `from` is context, source
    /// and tag.
    #[inline(always)]
    pub fn start_receive_in(
        &mut self,
        comm: CommId,
        doing: Doing,
        (context, source, tag): (u32, i32, i32),
        data: RecvData,
    ) -> RequestId {
        let body = Body::Receive(Receive { stream: RecvStream::new(data), posted: None, doing });
        let id = self.core.requests.insert(Request::pending(comm, body));
        self.post(id, context, source, tag);
        id
    }

    pub(crate) fn post(&mut self, id: RequestId, context: u32, source: i32, tag: i32) {
        if self.core.post(id, context, source, tag) {
            self.settle();
        }
    }

    /// Starts to receive a message that was matched before.
    pub fn start_matched(&mut self, matched: Matched, data: RecvData) -> RequestId {
        let body = Body::Receive(Receive::new(data));
        let id = self.core.requests.insert(Request::pending(matched.comm, body));
        self.core.hand_over(id, matched.message);
        self.settle();
        id
    }

    /// Makes one request of several; it has the status of the receive among
    /// them.
    pub fn combine(&mut self, comm: CommId, parts: &[RequestId]) -> RequestId {
        let whole = self.core.requests.insert(Request::pending(comm, Body::Parts { left: parts.len() }));
        for &part in parts {
            let Some(request) = self.core.requests.get_mut(part) else { continue };
            request.whole = Some(whole);
            if request.phase == Phase::Complete {
                self.core.complete_part(part, whole);
            }
        }
        whole
    }

    /// Tries to give an operation up (MPI-5.0 section 3.8.4). It completes
    /// either way, by itself, later.
    pub fn cancel(&mut self, id: RequestId) {
        let Some(request) = self.core.requests.get_mut(id) else { return };
        match &mut request.body {
            Body::Idle | Body::Parts { .. } | Body::Partitions => {}
            Body::Receive(receive) => {
                if let Some(node) = receive.posted.take() {
                    self.core.matcher.cancel_posted(node);
                    self.core.complete_cancelled(id);
                }
            }
            Body::Send(send) => match send.stage {
                SendStage::Queued => {
                    let peer = send.peer;
                    self.core.outboxes[peer].envelopes.retain(|&queued| queued != id);
                    self.core.complete_cancelled(id);
                }
                SendStage::Announced { .. } => {
                    let peer = send.peer;
                    self.core.answer(peer, Packet::CancelSend { send: id.raw() }, 0);
                    self.serve(peer);
                }
                SendStage::Streaming { .. } => {}
            },
        }
    }

    /// Ends a receive that has not met its message, with `error`.
    pub fn fail_posted(&mut self, id: RequestId, error: Error) {
        let Some(request) = self.core.requests.get_mut(id) else { return };
        let Body::Receive(receive) = &mut request.body else { return };
        if let Some(node) = receive.posted.take() {
            request.error = Some(error);
            self.core.matcher.cancel_posted(node);
            self.core.complete(id);
        }
    }

    /// A request that completes when nothing is in the owner's buffer any more.
    pub fn flush_request(&mut self, owner: Owner) -> RequestId {
        let comm = match owner {
            Owner::Comm(comm) => comm,
            Owner::Process | Owner::Session(_) => crate::comm::WORLD,
        };
        if !self.core.buffers.is_busy(owner) {
            return self.core.requests.insert(Request::complete(comm, Status::EMPTY));
        }
        let request = self.core.requests.insert(Request::pending(comm, Body::Idle));
        self.core.flushes.push((owner, request));
        request
    }

    /// A request that [`Self::finish_task`] completes.
    pub fn start_task(&mut self, comm: CommId) -> RequestId {
        self.core.requests.insert(Request::pending(comm, Body::Idle))
    }

    pub fn finish_task(&mut self, id: RequestId, (status, error): (Status, Option<Error>)) {
        if let Some(request) = self.core.requests.get_mut(id) {
            request.status = status;
            request.error = error;
            self.core.complete(id);
        }
    }

    /// Takes the outcome of a completed request: its status, or the error it
    /// ended with. The handle is gone afterwards, unless it is persistent.
    /// `None` while it is pending.
    #[inline(always)]
    pub fn take_outcome(&mut self, id: RequestId) -> Option<(Status, Option<Error>)> {
        let request = self.core.requests.get_mut(id)?;
        match request.phase {
            Phase::Pending => None,
            Phase::Inactive => Some((Status::EMPTY, None)),
            Phase::Complete if request.persistent.is_some() => {
                request.phase = Phase::Inactive;
                Some((request.status, request.error.take()))
            }
            Phase::Complete => {
                let outcome = (request.status, request.error.take());
                self.core.requests.discard(id);
                Some(outcome)
            }
        }
    }

    /// Lets go of a request; a pending operation goes on by itself.
    pub fn free_request(&mut self, id: RequestId) {
        let Some(request) = self.core.requests.get_mut(id) else { return };
        if request.phase == Phase::Pending {
            request.detached = true;
        } else {
            self.core.free_layout(id);
            self.core.requests.discard(id);
        }
    }

    /// Whether nothing that was started here still has to leave.
    pub fn is_drained(&self) -> bool {
        self.core.busy.is_empty() && self.core.outboxes.iter().all(Outbox::is_empty)
    }
}
