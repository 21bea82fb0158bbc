//! What waits for room on the link to one peer.

use std::collections::VecDeque;

use super::packet::Packet;
use crate::handle::RequestId;

/// Three lines, served in this order: answers, so that the peer's messages
/// move; envelopes, in the order of the sends; data, in turns.
#[derive(Default)]
pub struct Outbox {
    /// Small packets with up to eight bytes of payload.
    pub answers: VecDeque<(Packet, u64)>,
    /// Sends whose envelope has not left.
    pub envelopes: VecDeque<RequestId>,
    /// Sends that have been cleared and whose data have not all left.
    pub streams: VecDeque<RequestId>,
    /// Whether the endpoint has this outbox on its list of those to serve.
    pub listed: bool,
}

impl Outbox {
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.envelopes.is_empty() && self.streams.is_empty()
    }
}
