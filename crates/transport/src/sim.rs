//! A network with a seed: every delay, refusal and order between pairs is
//! drawn from it, so that a run can be repeated exactly.
//!
//! What a real transport promises holds here too: order and wholeness between
//! two ranks, bounded links, a refused packet given back uncalled. What it does
//! not promise is made to vary: when packets arrive, in which order those of
//! different senders do, when room is found, when acknowledgements are seen.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::{Full, Header, MAX_PACKET_BYTES, Transport, Waiter};

/// A small generator of numbers that look random (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..end`, or 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.number() % end as u64) as usize }
    }

    /// True `percent` times out of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// How rough a network is.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Packets that a link holds.
    pub link_packets: usize,
    /// Bytes of payload that a link holds; an empty one takes any packet.
    pub link_bytes: usize,
    /// Out of a hundred pushes, those that are refused without a reason; below 100.
    pub refusals_percent: usize,
    /// Most ticks that a packet travels. Every poll of every rank is a tick.
    pub delay_ticks: usize,
    /// Most ticks until an acknowledgement is seen.
    pub acknowledgement_ticks: usize,
    pub reading: Reading,
}

/// What becomes of reading another rank's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nobody tries.
    Untried,
    /// It is tried, and fails now and then.
    Failing,
    Done,
}

impl Weather {
    /// Links like those in shared memory: prompt, in order, roomy.
    pub const FAIR: Self = Self {
        link_packets: 256,
        link_bytes: 256 * 1024,
        refusals_percent: 0,
        delay_ticks: 0,
        acknowledgement_ticks: 0,
        reading: Reading::Untried,
    };

    /// Some weather, narrow links included, drawn from `dice`.
    pub fn draw(dice: &mut Dice) -> Self {
        Self {
            link_packets: [1, 2, 3, 8, 256][dice.below(5)],
            link_bytes: [64, 20_000, 64 * 1024, 256 * 1024][dice.below(4)],
            refusals_percent: [0, 5, 50][dice.below(3)],
            delay_ticks: [0, 3, 40][dice.below(3)],
            acknowledgement_ticks: [0, 10, 100][dice.below(3)],
            reading: [Reading::Untried, Reading::Failing, Reading::Done][dice.below(3)],
        }
    }
}

struct Packet {
    arrives: u64,
    header: Header,
    payload: Vec<u8>,
}

/// From one rank to another.
#[derive(Default)]
struct Link {
    packets: VecDeque<Packet>,
    bytes: usize,
    /// The sender was refused since its last announcement or success.
    refused: bool,
    acknowledged: u64,
    /// Acknowledgements on their way: when seen, and the count.
    returning: VecDeque<(u64, u64)>,
    seen: u64,
}

struct Network {
    weather: Weather,
    dice: Dice,
    now: u64,
    ranks: usize,
    /// Of sender `s` to receiver `r` at `s * ranks + r`.
    links: Vec<Link>,
    dead: Vec<bool>,
}

impl Network {
    fn link(&mut self, sender: usize, receiver: usize) -> &mut Link {
        &mut self.links[sender * self.ranks + receiver]
    }

    fn has_room(&mut self, sender: usize, receiver: usize, len: usize) -> bool {
        let weather = self.weather;
        let link = self.link(sender, receiver);
        link.packets.is_empty()
            || (link.packets.len() < weather.link_packets && link.bytes + len <= weather.link_bytes)
    }

    fn send(&mut self, sender: usize, receiver: usize, header: Header, payload: Vec<u8>) {
        let due = self.now + self.dice.below(self.weather.delay_ticks + 1) as u64;
        let link = self.link(sender, receiver);
        // Behind those that left before it.
        let arrives = link.packets.back().map_or(due, |last| last.arrives.max(due));
        link.bytes += payload.len();
        link.packets.push_back(Packet { arrives, header, payload });
    }

    fn arrived(&mut self, sender: usize, receiver: usize) -> bool {
        let now = self.now;
        self.link(sender, receiver).packets.front().is_some_and(|packet| packet.arrives <= now)
    }

    fn take(&mut self, sender: usize, receiver: usize) -> Option<Packet> {
        if !self.arrived(sender, receiver) {
            return None;
        }
        let link = self.link(sender, receiver);
        let packet = link.packets.pop_front()?;
        link.bytes -= packet.payload.len();
        Some(packet)
    }

    /// The ranks in an order of chance.
    fn shuffled(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.ranks).collect();
        for place in (1..order.len()).rev() {
            let other = self.dice.below(place + 1);
            order.swap(place, other);
        }
        order
    }

    /// When the next packet to `rank` arrives.
    fn next_arrival(&self, rank: usize) -> Option<u64> {
        (0..self.ranks)
            .filter_map(|sender| self.links[sender * self.ranks + rank].packets.front())
            .map(|packet| packet.arrives)
            .min()
    }
}

/// The network of a job, from which each rank takes its end.
#[derive(Clone)]
pub struct SimNetwork {
    network: Arc<Mutex<Network>>,
}

impl SimNetwork {
    pub fn new(ranks: usize, seed: u64, weather: Weather) -> Self {
        assert!(weather.refusals_percent < 100, "a network that refuses everything is none");
        let links = (0..ranks * ranks).map(|_| Link::default()).collect();
        let dice = Dice::new(seed);
        let network = Network { weather, dice, now: 0, ranks, links, dead: vec![false; ranks] };
        Self { network: Arc::new(Mutex::new(network)) }
    }

    /// The end of `rank`, to be taken once.
    pub fn end(&self, rank: usize) -> SimTransport {
        let ranks = self.lock().ranks;
        assert!(rank < ranks, "rank {rank} is not in 0..{ranks}");
        SimTransport { network: self.clone(), rank, ranks }
    }

    /// All ends.
    pub fn ends(&self) -> Vec<SimTransport> {
        let ranks = self.lock().ranks;
        (0..ranks).map(|rank| self.end(rank)).collect()
    }

    /// From now on `rank` neither takes nor sends. What it has sent arrives;
    /// what is sent to it stays in the links until they are full.
    pub fn kill(&self, rank: usize) {
        self.lock().dead[rank] = true;
    }

    /// Packets that have been sent and not been taken.
    pub fn under_way(&self) -> usize {
        self.lock().links.iter().map(|link| link.packets.len()).sum()
    }

    fn lock(&self) -> MutexGuard<'_, Network> {
        self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One rank's end of a [`SimNetwork`].
pub struct SimTransport {
    network: SimNetwork,
    rank: usize,
    ranks: usize,
}

/// Packets taken from one sender in one poll, at most.
const POLL_BUDGET: usize = 32;

impl Transport for SimTransport {
    type Waiter = SimWaiter;

    fn rank(&self) -> usize {
        self.rank
    }

    fn size(&mut self) -> usize {
        self.ranks
    }

    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        assert!(len <= MAX_PACKET_BYTES, "a packet carries at most {MAX_PACKET_BYTES} bytes");
        let mut network = self.network.lock();
        let percent = network.weather.refusals_percent;
        let refused = network.dead[self.rank]
            || !network.has_room(self.rank, peer, len)
            || network.dice.chance(percent);
        network.link(self.rank, peer).refused = refused;
        if refused {
            return Err(Full);
        }
        // As in memory that was used before: bytes that are not written show.
        let mut payload = vec![0xa5; len];
        fill(&mut payload);
        network.send(self.rank, peer, header, payload);
        Ok(())
    }

    fn lets_read(&mut self, peer: usize) -> bool {
        peer != self.rank && self.network.lock().weather.reading != Reading::Untried
    }

    /// All ranks are this process, which can read its own memory as another would.
    fn read(&mut self, _peer: usize, address: u64, into: &mut [u8]) -> io::Result<()> {
        let mut network = self.network.lock();
        if network.weather.reading == Reading::Failing && network.dice.chance(50) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        File::open("/proc/self/mem")?.read_exact_at(into, address)
    }

    fn poll(&mut self, mut sink: impl FnMut(usize, Header, &[u8])) -> usize {
        let mut network = self.network.lock();
        if network.dead[self.rank] {
            return 0;
        }
        network.now += 1;
        let mut packets = 0;
        for sender in network.shuffled() {
            let budget = 1 + network.dice.below(POLL_BUDGET);
            for _ in 0..budget {
                let Some(packet) = network.take(sender, self.rank) else { break };
                sink(sender, packet.header, &packet.payload);
                packets += 1;
            }
        }
        packets
    }

    fn acknowledge(&mut self, peer: usize, units: u64) {
        let mut network = self.network.lock();
        let most = network.weather.acknowledgement_ticks;
        let delay = network.dice.below(most + 1) as u64;
        let due = network.now + delay;
        let link = network.link(peer, self.rank);
        link.acknowledged += units;
        let seen_at = link.returning.back().map_or(due, |last| last.0.max(due));
        link.returning.push_back((seen_at, link.acknowledged));
    }

    fn acknowledged(&mut self, peer: usize) -> u64 {
        let mut network = self.network.lock();
        let now = network.now;
        let link = network.link(self.rank, peer);
        while let Some(&(_, count)) = link.returning.front().filter(|back| back.0 <= now) {
            link.seen = count;
            link.returning.pop_front();
        }
        link.seen
    }

    fn waiter(&self) -> SimWaiter {
        SimWaiter { network: self.network.clone(), rank: self.rank }
    }

    fn announce_sleep(&mut self) -> bool {
        let mut network = self.network.lock();
        let mut awake = false;
        for peer in 0..self.ranks {
            awake |= network.arrived(peer, self.rank);
            let room = network.has_room(self.rank, peer, 0);
            let link = network.link(self.rank, peer);
            awake |= std::mem::take(&mut link.refused) && room;
        }
        !awake
    }
}

/// See [`Waiter`]. Nobody really sleeps here: time goes on instead.
#[derive(Clone)]
pub struct SimWaiter {
    network: SimNetwork,
    rank: usize,
}

impl Waiter for SimWaiter {
    fn sleep(&self, _timeout: Option<Duration>) {
        let mut network = self.network.lock();
        network.now = match network.next_arrival(self.rank) {
            Some(arrival) => network.now.max(arrival),
            None => network.now + 1,
        };
        drop(network);
        std::thread::yield_now();
    }

    fn wake(&self) {}

    fn may_spin(&self) -> bool {
        false
    }
}
