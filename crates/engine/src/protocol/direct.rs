//! Receives that meet their message without a request.
//!
//! A blocking receive has nothing to leave behind when it returns, so while its
//! caller looks for the message itself, no request is made, posted, matched and
//! taken away again: what arrives is compared with what is wanted, and copied
//! from the link to the buffer.

use transport::Transport;

use super::arrival::{Content, ContentBody, truncated};
use super::credit;
use super::endpoint::{Core, Endpoint};
use super::packet::{Envelope, Packet};
use crate::datatype::data::RecvData;
use crate::error::{Error, Result};
use crate::matching::Unexpected;
use crate::status::{ANY_SOURCE, ANY_TAG, Status};

/// Which messages a receive takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub context: u32,
    /// Rank in the communicator, or `ANY_SOURCE`.
    pub source: i32,
    /// Or `ANY_TAG`.
    pub tag: i32,
}

/// What a receive ended with.
pub type Outcome = (Status, Option<Error>);

impl Wanted {
    #[inline]
    fn takes(self, envelope: Envelope) -> bool {
        self.context == envelope.context
            && (self.source == envelope.source || self.source == ANY_SOURCE)
            && (self.tag == envelope.tag || self.tag == ANY_TAG)
    }
}

impl Core {
    /// A whole message meets its receive.
    #[inline]
    pub(super) fn receive_whole(
        &mut self,
        peer: usize,
        envelope: Envelope,
        payload: &[u8],
        room: &RecvData,
    ) -> Outcome {
        self.return_credit(peer, credit::cost(payload.len()));
        let taken = room.unpack(0, payload);
        self.counters.received(taken);
        let Envelope { source, tag, .. } = envelope;
        let error =
            (taken < payload.len()).then(|| truncated(source, tag, payload.len() as u64, room.total_bytes()));
        (Status::of(source, tag, taken as u64), error)
    }

    /// Takes a message that came before its receive; announced ones need a
    /// request.
    fn receive_unexpected(&mut self, wanted: Wanted, room: &RecvData) -> Option<Outcome> {
        let found = self.matcher.find_unexpected(wanted.context, wanted.source, wanted.tag)?;
        if matches!(self.matcher.unexpected(found).content.body, ContentBody::Announced(_)) {
            return None;
        }
        let Unexpected { context, source, tag, content: Content { peer, fingerprint, body } } =
            self.matcher.take_unexpected(found);
        let payload = match &body {
            ContentBody::Small { len, bytes } => &bytes[..usize::from(*len)],
            ContentBody::Eager(bytes) => bytes,
            ContentBody::Announced(_) => &[],
        };
        let envelope = Envelope { context, source, tag, fingerprint };
        Some(self.receive_whole(peer, envelope, payload, room))
    }
}

/// What one look of [`Endpoint::receive_now`] brought.
pub enum Look {
    Received(Outcome),
    /// Nothing for this receive; packets that were moved.
    Nothing(usize),
    /// Only a request can receive it: others were posted before, or the
    /// message is a large one.
    NeedsRequest,
}

impl<T: Transport> Endpoint<T> {
    /// Looks for a message that is here or arrives now.
    ///
    /// # Errors
    /// As [`Endpoint::progress`].
    #[inline]
    pub fn receive_now(&mut self, wanted: Wanted, room: &RecvData) -> Result<Look> {
        // Receives that were posted come first.
        if self.core.matcher.posted_count() != 0 {
            return Ok(Look::NeedsRequest);
        }
        if self.core.matcher.unexpected_count() != 0 {
            let found = self.core.matcher.find_unexpected(wanted.context, wanted.source, wanted.tag);
            if found.is_some() {
                let received = self.core.receive_unexpected(wanted, room);
                self.settle();
                return Ok(received.map_or(Look::NeedsRequest, Look::Received));
            }
        }
        let mut received = None;
        let moved = self.progress_with(|core, peer, header, payload| {
            if received.is_none()
                && let Ok(Packet::Eager(envelope)) = Packet::decode(header)
                && wanted.takes(envelope)
                && core.is_member(envelope)
            {
                received = Some(core.receive_whole(peer, envelope, payload, room));
                return true;
            }
            false
        })?;
        Ok(received.map_or(Look::Nothing(moved), Look::Received))
    }
}
