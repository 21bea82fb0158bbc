//! Waiting keeps its promise to the transport: what was refused is tried once
//! more before the rank sleeps, because room is only looked for where the last
//! push was refused. And to shared memory: it is looked at after the sleep was
//! announced, because who changes it rings only for those who have announced one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use memory::buffer::Scratch;
use passel_engine::datatype::data::{RecvData, SendData};
use passel_engine::handle::CommId;
use passel_engine::process::Process;
use passel_engine::protocol::Endpoint;
use passel_engine::protocol::packet::Envelope;
use passel_engine::request::SendMode;
use transport::sim::{SimNetwork, SimTransport, SimWaiter, Weather};
use transport::{Full, Header, Transport, Waiter};

const COMM: CommId = CommId::from_raw(1);
const BYTES: usize = 100_000;

/// Panics when the rank sleeps though a packet of its was refused and not
/// tried again after a later one was taken.
struct Strict {
    inner: SimTransport,
    refused: bool,
    untried: bool,
    sleeps: usize,
}

impl Transport for Strict {
    type Waiter = SimWaiter;

    fn rank(&self) -> usize {
        self.inner.rank()
    }

    fn size(&mut self) -> usize {
        self.inner.size()
    }

    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        let pushed = self.inner.push(peer, header, len, fill);
        self.untried = pushed.is_ok() && (self.refused || self.untried);
        self.refused = pushed.is_err();
        pushed
    }

    fn poll(&mut self, sink: impl FnMut(usize, Header, &[u8])) -> usize {
        self.inner.poll(sink)
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
        assert!(!self.untried, "asleep, and nobody is told when there is room");
        self.sleeps += 1;
        self.inner.announce_sleep()
    }
}

#[test]
fn what_was_refused_is_tried_before_the_rank_sleeps() {
    let weather = Weather { link_bytes: 20_000, ..Weather::FAIR };
    let network = SimNetwork::new(2, 1, weather);
    let inner = network.end(0);
    let process = Process::new();
    process.connect(Strict { inner, refused: false, untried: false, sleeps: 0 });
    let mut receiver = Endpoint::new(network.end(1));

    let room = Scratch::zeroed(BYTES);
    receiver.start_receive(COMM, 0, 0, 0, RecvData::bytes(room.recv_buffer(), BYTES));
    let envelope = Envelope::new(0, 0, 0);
    let request = {
        let mut state = process.lock();
        let data = SendData::bytes(Scratch::zeroed(BYTES).send_buffer(), BYTES);
        let sender = state.endpoint().unwrap();
        sender.start_send(COMM, 1, envelope, SendMode::Standard, data).unwrap()
    };
    receiver.progress().unwrap();

    // Other messages, with room for them, while the data of the first have none.
    let mut looks = 0;
    let waited = process.wait_until(|sender| {
        looks += 1;
        if looks < 100 {
            assert!(sender.send_now(1, Envelope { tag: 1, ..envelope }, &SendData::empty()));
        } else {
            receiver.progress().unwrap();
        }
        sender.take_outcome(request)
    });
    assert_eq!(waited.unwrap().1, None);
    assert!(process.disconnect().unwrap().sleeps > 0, "the wait never came to its sleep");
}

/// Sleeps for ever, or rather counts the attempts and fails.
#[derive(Clone, Default)]
struct Sleepless {
    wakes: Arc<AtomicUsize>,
}

impl Waiter for Sleepless {
    fn sleep(&self, _: Option<Duration>) {
        panic!("asleep, though what is waited for has happened");
    }

    fn wake(&self) {
        self.wakes.fetch_add(1, Ordering::Relaxed);
    }

    fn may_spin(&self) -> bool {
        false
    }
}

/// Another rank changes shared memory just before the announcement of a sleep:
/// too late for the look before it, and too early to ring.
struct Late {
    inner: SimTransport,
    waiter: Sleepless,
    changed: Arc<AtomicBool>,
}

impl Transport for Late {
    type Waiter = Sleepless;

    fn rank(&self) -> usize {
        self.inner.rank()
    }

    fn size(&mut self) -> usize {
        self.inner.size()
    }

    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        self.inner.push(peer, header, len, fill)
    }

    fn poll(&mut self, sink: impl FnMut(usize, Header, &[u8])) -> usize {
        self.inner.poll(sink)
    }

    fn acknowledge(&mut self, peer: usize, units: u64) {
        self.inner.acknowledge(peer, units);
    }

    fn acknowledged(&mut self, peer: usize) -> u64 {
        self.inner.acknowledged(peer)
    }

    fn waiter(&self) -> Sleepless {
        self.waiter.clone()
    }

    fn announce_sleep(&mut self) -> bool {
        self.changed.store(true, Ordering::Relaxed);
        true
    }
}

#[test]
fn what_changes_in_shared_memory_before_a_sleep_is_seen() {
    let network = SimNetwork::new(1, 1, Weather::FAIR);
    let (waiter, changed) = (Sleepless::default(), Arc::new(AtomicBool::new(false)));
    let process = Process::new();
    process.connect(Late { inner: network.end(0), waiter: waiter.clone(), changed: changed.clone() });
    process.wait_until(|_| changed.load(Ordering::Relaxed).then_some(())).unwrap();
    assert_eq!(waiter.wakes.load(Ordering::Relaxed), 1, "the announcement was not taken back");
}
