//! A transport that notes the envelopes that arrive, and checks that no sender
//! spends more credit than it has.

use passel_engine::protocol::credit;
use std::io;

use passel_engine::protocol::packet::{Announcement, Envelope, Packet};
use transport::sim::{SimTransport, SimWaiter};
use transport::{Full, Header, Transport};

/// What a rank has taken from the network and the reference has to hear of.
#[derive(Clone, Copy, Debug)]
pub enum Arrival {
    /// A whole message of this many bytes.
    Eager { sender: usize, envelope: Envelope, bytes: usize },
    /// A message that is announced, under its sender's request.
    Announced { sender: usize, envelope: Envelope, announcement: Announcement },
    /// The sender wants its announced message back.
    Cancel { sender: usize, send: u32 },
}

pub struct Spy {
    inner: SimTransport,
    /// Ranks that the engine is told of; the surplus is never heard of.
    size: usize,
    pub arrivals: Vec<Arrival>,
    /// Credit spent at each peer.
    spent: Vec<u64>,
}

impl Spy {
    pub fn new(mut inner: SimTransport, size: usize) -> Self {
        let spent = vec![0; inner.size()];
        Self { inner, size, arrivals: Vec::new(), spent }
    }

    /// Credit that `peer` has not been seen to give back.
    pub fn outstanding(&mut self, peer: usize) -> u64 {
        let returned = self.inner.acknowledged(peer);
        assert!(returned <= self.spent[peer], "rank {peer} gave back more credit than was spent there");
        self.spent[peer] - returned
    }
}

impl Transport for Spy {
    type Waiter = SimWaiter;

    fn rank(&self) -> usize {
        self.inner.rank()
    }

    fn size(&mut self) -> usize {
        self.size
    }

    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        self.inner.push(peer, header, len, fill)?;
        if let Ok(Packet::Eager(_)) = Packet::decode(header) {
            self.spent[peer] += credit::cost(len);
            let (outstanding, limit) = (self.outstanding(peer), credit::per_peer(self.size));
            assert!(outstanding <= limit, "{outstanding} bytes of credit in use of {limit}");
        }
        Ok(())
    }

    fn poll(&mut self, mut sink: impl FnMut(usize, Header, &[u8])) -> usize {
        let arrivals = &mut self.arrivals;
        self.inner.poll(|sender, header, payload| {
            match Packet::decode(header).unwrap() {
                Packet::Eager(envelope) => {
                    arrivals.push(Arrival::Eager { sender, envelope, bytes: payload.len() });
                }
                Packet::RequestToSend(envelope) => {
                    let announcement = Announcement::decode(payload).unwrap();
                    arrivals.push(Arrival::Announced { sender, envelope, announcement });
                }
                Packet::CancelSend { send } => arrivals.push(Arrival::Cancel { sender, send }),
                Packet::ClearToSend { .. }
                | Packet::Data { .. }
                | Packet::Read { .. }
                | Packet::CancelAnswer { .. } => {}
            }
            sink(sender, header, payload);
        })
    }

    fn lets_read(&mut self, peer: usize) -> bool {
        self.inner.lets_read(peer)
    }

    fn read(&mut self, peer: usize, address: u64, into: &mut [u8]) -> io::Result<()> {
        self.inner.read(peer, address, into)
    }

    fn acknowledge(&mut self, peer: usize, units: u64) {
        self.inner.acknowledge(peer, units);
    }

    fn acknowledged(&mut self, peer: usize) -> u64 {
        self.inner.acknowledged(peer)
    }

    fn waiter(&self) -> SimWaiter {
        self.inner.waiter()
    }

    fn announce_sleep(&mut self) -> bool {
        self.inner.announce_sleep()
    }
}
