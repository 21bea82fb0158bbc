//! What waits for room on the link to one peer.

use std::collections::VecDeque;

use super::packet::Packet;
use crate::handle::RequestId;

/// Four lines, served in this order: what we read ourselves; answers, so that the
/// peer's messages move; envelopes, in the order of the sends; data, in turns.
#[derive(Default)]
pub struct Outbox {
    /// Small packets with up to eight bytes of payload.
    pub answers: VecDeque<(Packet, u64)>,
    /// Sends whose envelope has not left.
    pub envelopes: VecDeque<RequestId>,
    /// Sends that have been cleared and whose data have not all left.
    pub streams: VecDeque<RequestId>,
    /// Messages of the peer that are read out of its memory.
    pub readings: VecDeque<Reading>,
    /// Whether the peer's memory has turned out not to be readable.
    pub is_unreadable: bool,
    /// Whether the endpoint has this outbox on its list of those to serve.
    pub listed: bool,
}

impl Outbox {
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
            && self.envelopes.is_empty()
            && self.streams.is_empty()
            && self.readings.is_empty()
    }
}

/// A message that this rank reads out of its sender's memory.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub receive: RequestId,
    /// The sender's request.
    pub send: u32,
    /// Where the first byte lies in the sender's memory.
    pub address: u64,
    pub bytes: usize,
    /// How many of them are here.
    pub done: usize,
}
