//! What each packet does when it arrives.

use super::credit;
use super::endpoint::Core;
use super::outbox::Reading;
use super::packet::{Announcement, Envelope, Packet};
use crate::collective::fingerprint::{Doing, Fingerprint, mismatch};
use crate::error::{Error, ErrorClass, Result};
use crate::handle::RequestId;
use crate::matching::Unexpected;
use crate::request::{Body, SendStage};
use crate::status::Status;
use crate::tool::event::EventKind;
use transport::{Header, INLINE_BYTES};

/// What is kept of a message that no receive waits for.
#[derive(Debug)]
pub struct Content {
    pub peer: usize,
    pub fingerprint: Fingerprint,
    pub body: ContentBody,
}

#[derive(Debug)]
pub enum ContentBody {
    Small { len: u8, bytes: [u8; INLINE_BYTES] },
    Eager(Box<[u8]>),
    Announced(Announcement),
}

impl Content {
    /// Bytes of the message.
    pub fn bytes(&self) -> u64 {
        match &self.body {
            ContentBody::Small { len, .. } => u64::from(*len),
            ContentBody::Eager(data) => data.len() as u64,
            ContentBody::Announced(announcement) => announcement.bytes,
        }
    }

    /// Whether its bytes are kept here; those of an announced message are
    /// still with its sender.
    pub fn is_here(&self) -> bool {
        !matches!(self.body, ContentBody::Announced(_))
    }
}

#[cold]
pub(super) fn truncated(source: i32, tag: i32, bytes: u64, room: usize) -> Error {
    Error::new(
        ErrorClass::Truncate,
        format!(
            "a message of {bytes} bytes from rank {source} with tag {tag} does not fit into the receive buffer \
             of {room} bytes; receive with a larger count, or ask for the size first with MPI_Probe"
        ),
    )
}

#[cold]
fn other_collective(here: Doing, envelope: Envelope) -> Error {
    mismatch(here, Doing { rank: envelope.source as u32, what: envelope.fingerprint })
}

impl Core {
    /// # Errors
    /// `MPI_ERR_INTERN` for a packet that makes no sense.
    #[inline]
    pub fn arrive(&mut self, peer: usize, header: Header, payload: &[u8]) -> Result<()> {
        match Packet::decode(header)? {
            Packet::Eager(envelope) => {
                self.check_source(envelope)?;
                self.eager(peer, envelope, payload);
            }
            Packet::RequestToSend(envelope) => {
                self.check_source(envelope)?;
                let announcement = Announcement::decode(payload).ok_or_else(|| malformed("announcement"))?;
                self.announced(peer, envelope, announcement);
            }
            Packet::ClearToSend { send, receive } => {
                let limit = payload.get(..8).and_then(|bytes| bytes.try_into().ok());
                let limit = u64::from_le_bytes(limit.ok_or_else(|| malformed("clearance"))?);
                self.cleared(RequestId::from_raw(send), receive, limit);
            }
            Packet::Data { receive } => self.data(RequestId::from_raw(receive), payload),
            Packet::Read { send } => {
                let bytes = payload.get(..8).and_then(|bytes| bytes.try_into().ok());
                let bytes = u64::from_le_bytes(bytes.ok_or_else(|| malformed("receipt"))?);
                if self.withdraw_offer(RequestId::from_raw(send)) {
                    self.counters.bytes_sent += bytes;
                    self.complete(RequestId::from_raw(send));
                }
            }
            Packet::CancelSend { send } => self.cancel_send(peer, send),
            Packet::CancelAnswer { send, cancelled } => {
                if cancelled {
                    self.complete_cancelled(RequestId::from_raw(send));
                }
            }
        }
        Ok(())
    }

    /// The matcher has a lane for every source, so a wild one must not reach it.
    /// No communicator is larger than the job.
    #[inline]
    fn check_source(&self, envelope: Envelope) -> Result<()> {
        if self.is_member(envelope) { Ok(()) } else { Err(malformed("envelope")) }
    }

    /// Whether a rank of the job can have sent this.
    #[inline]
    pub(super) fn is_member(&self, envelope: Envelope) -> bool {
        usize::try_from(envelope.source).is_ok_and(|source| source < self.outboxes.len())
    }

    #[inline]
    fn eager(&mut self, peer: usize, envelope: Envelope, payload: &[u8]) {
        let Some(posted) = self.matcher.take_posted(envelope.context, envelope.source, envelope.tag) else {
            self.keep_eager(peer, envelope, payload);
            return;
        };
        self.deliver(RequestId::from_raw(posted.owner), peer, envelope, payload);
    }

    fn keep_eager(&mut self, peer: usize, envelope: Envelope, payload: &[u8]) {
        let body = if payload.len() <= INLINE_BYTES {
            let mut bytes = [0; INLINE_BYTES];
            bytes[..payload.len()].copy_from_slice(payload);
            ContentBody::Small { len: payload.len() as u8, bytes }
        } else {
            ContentBody::Eager(payload.into())
        };
        self.keep(envelope, peer, body);
    }

    fn keep(&mut self, envelope: Envelope, peer: usize, body: ContentBody) {
        let Envelope { context, source, tag, fingerprint } = envelope;
        let content = Content { peer, fingerprint, body };
        self.counters.messages_unexpected += 1;
        if self.recorder.watches(EventKind::UnexpectedMessage) {
            let elements = [source.into(), tag.into(), content.bytes() as i64, 0];
            self.recorder.record(EventKind::UnexpectedMessage, context, elements);
        }
        self.matcher.keep(Unexpected { context, source, tag, content });
    }

    /// A whole message meets its receive.
    #[inline]
    fn deliver(&mut self, receive: RequestId, peer: usize, envelope: Envelope, payload: &[u8]) {
        self.return_credit(peer, credit::cost(payload.len()));
        let Some(request) = self.requests.get_mut(receive) else { return };
        let Body::Receive(body) = &mut request.body else { return };
        if body.doing.what != envelope.fingerprint {
            request.error = Some(other_collective(body.doing, envelope));
            self.complete(receive);
            return;
        }
        let room = body.stream.remaining();
        body.stream.take(payload);
        if payload.len() > room {
            request.error = Some(truncated(envelope.source, envelope.tag, payload.len() as u64, room));
        }
        request.status = Status::of(envelope.source, envelope.tag, payload.len().min(room) as u64);
        self.counters.received(payload.len().min(room));
        self.complete(receive);
    }

    fn announced(&mut self, peer: usize, envelope: Envelope, announcement: Announcement) {
        match self.matcher.take_posted(envelope.context, envelope.source, envelope.tag) {
            Some(posted) => self.clear(RequestId::from_raw(posted.owner), peer, envelope, announcement),
            None => self.keep(envelope, peer, ContentBody::Announced(announcement)),
        }
    }

    /// An announced message meets its receive, which asks for its data or reads them.
    fn clear(&mut self, receive: RequestId, peer: usize, envelope: Envelope, announcement: Announcement) {
        let Some(request) = self.requests.get_mut(receive) else { return };
        let Body::Receive(body) = &mut request.body else { return };
        body.posted = None;
        let room = body.stream.remaining();
        if announcement.bytes > room as u64 {
            request.error = Some(truncated(envelope.source, envelope.tag, announcement.bytes, room));
        }
        let mut limit = announcement.bytes.min(room as u64);
        if body.doing.what != envelope.fingerprint {
            request.error = Some(other_collective(body.doing, envelope));
            limit = 0;
        }
        body.stream.limit(limit as usize);
        request.status = Status::of(envelope.source, envelope.tag, limit);
        self.counters.messages_received += 1;
        let Announcement { send, address, waiting, .. } = announcement;
        let can_read = address != 0 && body.stream.is_contiguous() && !self.outboxes[peer].is_unreadable;
        // Whoever has more to do leaves it to the other: a root that gathers has many
        // senders that can write at once.
        if can_read && limit != 0 && self.reading < waiting {
            let bytes = limit as usize;
            self.reading += 1;
            self.outboxes[peer].readings.push_back(Reading { receive, send, address, bytes, done: 0 });
            self.list(peer);
            return;
        }
        self.answer(peer, Packet::ClearToSend { send, receive: receive.raw() }, limit);
        if limit == 0 {
            self.complete(receive);
        }
    }

    /// A message taken out of the matcher meets its receive.
    pub fn hand_over(&mut self, receive: RequestId, message: Unexpected<Content>) {
        let Unexpected { context, source, tag, content } = message;
        let envelope = Envelope { context, source, tag, fingerprint: content.fingerprint };
        match &content.body {
            ContentBody::Small { len, bytes } => {
                self.deliver(receive, content.peer, envelope, &bytes[..usize::from(*len)]);
            }
            ContentBody::Eager(bytes) => self.deliver(receive, content.peer, envelope, bytes),
            ContentBody::Announced(announcement) => {
                self.clear(receive, content.peer, envelope, *announcement);
            }
        }
    }

    fn cleared(&mut self, send: RequestId, receive: u32, limit: u64) {
        self.withdraw_offer(send);
        let Some(request) = self.requests.get_mut(send) else { return };
        let Body::Send(body) = &mut request.body else { return };
        body.stream.limit(usize::try_from(limit).unwrap_or(usize::MAX));
        if body.stream.remaining() == 0 {
            self.complete(send);
            return;
        }
        body.stage = SendStage::Streaming { receive };
        let peer = body.peer;
        self.outboxes[peer].streams.push_back(send);
        self.list(peer);
    }

    #[inline]
    fn data(&mut self, receive: RequestId, payload: &[u8]) {
        let Some(request) = self.requests.get_mut(receive) else { return };
        let Body::Receive(body) = &mut request.body else { return };
        body.stream.take(payload);
        self.counters.bytes_received += payload.len() as u64;
        if body.stream.remaining() == 0 {
            self.complete(receive);
        }
    }

    /// The sender gives up an announced message, unless it has met a receive.
    fn cancel_send(&mut self, peer: usize, send: u32) {
        let found = self.matcher.find_message(|message| {
            message.content.peer == peer
                && matches!(&message.content.body, ContentBody::Announced(it) if it.send == send)
        });
        if let Some(id) = found {
            self.matcher.take_unexpected(id);
        }
        self.answer(peer, Packet::CancelAnswer { send, cancelled: found.is_some() }, 0);
    }
}

#[cold]
fn malformed(what: &str) -> Error {
    Error::new(
        ErrorClass::Intern,
        format!("a malformed {what} arrived: are all ranks of one version of Passel?"),
    )
}
