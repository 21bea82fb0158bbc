//! Moving packets in and out.

use transport::{Header, MAX_PACKET_BYTES, Transport};

use super::credit;
use super::endpoint::{Core, Endpoint};
use super::outbox::Reading;
use super::packet::{Announcement, Packet};
use crate::error::Result;
use crate::handle::RequestId;
use crate::request::{Body, SendMode, SendStage};

/// Bytes of a data packet. Two or more are under way at once, so that sender
/// and receiver copy at the same time.
const DATA_PACKET_BYTES: usize = 16 * 1024;
/// Bytes that are read out of a sender's memory before anything else has its turn.
const READ_BYTES: usize = 512 * 1024;
/// Data packets of one message that leave before another message's turn.
const TURN_PACKETS: usize = 8;

const _: () = assert!(DATA_PACKET_BYTES <= MAX_PACKET_BYTES);

impl<T: Transport> Endpoint<T> {
    /// Takes in what has arrived and sends what there is room for. Returns how
    /// many packets moved.
    ///
    /// # Errors
    /// Of class `MPI_ERR_INTERN`, when a packet makes no sense.
    #[inline]
    pub fn progress(&mut self) -> Result<usize> {
        self.progress_with(|_, _, _, _| false)
    }

    /// As [`Self::progress`]; what `divert` takes goes no other way.
    #[inline]
    pub(super) fn progress_with(
        &mut self,
        mut divert: impl FnMut(&mut Core, usize, Header, &[u8]) -> bool,
    ) -> Result<usize> {
        if self.transport.size() != self.core.outboxes.len() {
            self.welcome();
        }
        let core = &mut self.core;
        let mut packets = self.transport.poll(|peer, header, payload| {
            if !divert(core, peer, header, payload)
                && let Err(error) = core.arrive(peer, header, payload)
            {
                core.fault.get_or_insert(error);
            }
        });
        if packets != 0 || !self.core.busy.is_empty() {
            packets += self.settle();
        }
        if self.core.fault.is_some() {
            return self.core.fault.take().map_or(Ok(packets), Err);
        }
        Ok(packets)
    }

    /// Gives credit back and serves the outboxes.
    pub(crate) fn settle(&mut self) -> usize {
        for (peer, cost) in self.core.returns.drain(..) {
            self.transport.acknowledge(peer, cost);
        }
        let mut moved = 0;
        for peer in std::mem::take(&mut self.core.busy) {
            self.core.outboxes[peer].listed = false;
            moved += self.serve(peer);
        }
        moved
    }

    /// Sends what there is room for on the link to `peer`.
    pub(super) fn serve(&mut self, peer: usize) -> usize {
        let mut moved = 0;
        // First, so that the sender hears of it before this rank leaves MPI.
        if let Some(reading) = self.core.outboxes[peer].readings.pop_front() {
            self.read_some(peer, reading);
            moved += 1;
        }
        while let Some(packets) = self.serve_one(peer) {
            moved += packets;
        }
        if !self.core.outboxes[peer].is_empty() {
            self.core.list(peer);
        }
        moved
    }

    /// Reads the next bytes of a message out of its sender's memory. Who cannot asks
    /// for them.
    fn read_some(&mut self, peer: usize, reading: Reading) {
        let Reading { receive, send, address, bytes, done } = reading;
        let request = self.core.requests.get_mut(receive);
        let Some(Body::Receive(body)) = request.map(|request| &mut request.body) else { return };
        let part = READ_BYTES.min(bytes - done);
        let from = address.wrapping_add(done as u64);
        let read = body.stream.take_with(part, |room| self.transport.read(peer, from, room));
        if read.is_err() {
            body.stream.rewind(done + part);
            self.core.outboxes[peer].is_unreadable = true;
            let answer = Packet::ClearToSend { send, receive: receive.raw() };
            self.core.reading -= 1;
            return self.core.answer(peer, answer, bytes as u64);
        }
        let done = done + part;
        if done < bytes {
            self.core.outboxes[peer].readings.push_back(Reading { done, ..reading });
            return;
        }
        self.core.reading -= 1;
        self.core.counters.bytes_received += bytes as u64;
        self.core.answer(peer, Packet::Read { send }, bytes as u64);
        self.core.complete(receive);
    }

    /// Serves the first in line; `None` when nothing (more) can leave.
    fn serve_one(&mut self, peer: usize) -> Option<usize> {
        let outbox = &mut self.core.outboxes[peer];
        if let Some(&(packet, value)) = outbox.answers.front() {
            self.transport
                .push(peer, packet.encode(), 8, |out| out.copy_from_slice(&value.to_le_bytes()))
                .ok()?;
            outbox.answers.pop_front();
            return Some(1);
        }
        if let Some(&id) = outbox.envelopes.front() {
            if !self.send_envelope(peer, id) {
                return None;
            }
            self.core.outboxes[peer].envelopes.pop_front();
            return Some(1);
        }
        let id = *outbox.streams.front()?;
        self.send_data(peer, id)
    }

    /// Sends the envelope of a queued send, with its data if it may.
    fn send_envelope(&mut self, peer: usize, id: RequestId) -> bool {
        let Some(Body::Send(send)) = self.core.requests.get_mut(id).map(|request| &mut request.body) else {
            return true;
        };
        let envelope = send.envelope;
        let bytes = send.stream.remaining();
        let may_be_eager = send.mode != SendMode::Synchronous && bytes <= self.core.eager_limit;
        if may_be_eager {
            let cost = credit::cost(bytes);
            let account = &mut self.core.accounts[peer];
            if account.spend(cost, self.core.credit_per_peer, || self.transport.acknowledged(peer)) {
                let header = Packet::Eager(envelope).encode();
                let pushed = self.transport.push(peer, header, bytes, |out| send.stream.fill(out));
                if pushed.is_err() {
                    account.refund(cost);
                    return false;
                }
                self.core.counters.sent(bytes);
                self.core.complete(id);
                return true;
            }
        }
        let is_long = self.core.single_copy != 0 && bytes >= self.core.single_copy;
        let lets_read = is_long && self.transport.lets_read(peer);
        let address = if lets_read { send.stream.address().unwrap_or(0) } else { 0 };
        let is_offered = address != 0;
        let waiting = self.core.offered + u32::from(is_offered);
        let announcement = Announcement { bytes: bytes as u64, send: id.raw(), address, waiting };
        let header = Packet::RequestToSend(envelope).encode();
        let pushed = self.transport.push(peer, header, Announcement::BYTES, |out| announcement.encode(out));
        if pushed.is_ok() {
            send.stage = SendStage::Announced { is_offered };
            self.core.offered = waiting;
            self.core.counters.messages_sent += 1;
        }
        pushed.is_ok()
    }

    /// Sends the next data packets of one message.
    fn send_data(&mut self, peer: usize, id: RequestId) -> Option<usize> {
        let mut moved = 0;
        if let Some(Body::Send(send)) = self.core.requests.get_mut(id).map(|request| &mut request.body) {
            let SendStage::Streaming { receive } = send.stage else { return None };
            let header = Packet::Data { receive }.encode();
            while send.stream.remaining() != 0 && moved < TURN_PACKETS {
                let bytes = send.stream.remaining().min(DATA_PACKET_BYTES);
                if self.transport.push(peer, header, bytes, |out| send.stream.fill(out)).is_err() {
                    return (moved != 0).then_some(moved);
                }
                self.core.counters.bytes_sent += bytes as u64;
                moved += 1;
            }
            if send.stream.remaining() != 0 {
                self.core.outboxes[peer].streams.rotate_left(1);
                return Some(moved);
            }
        }
        self.core.outboxes[peer].streams.pop_front();
        self.core.complete(id);
        Some(moved)
    }
}
