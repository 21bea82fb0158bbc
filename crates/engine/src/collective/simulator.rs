//! A deterministic network of ranks in one thread, for tests.
//!
//! Ranks are futures. A seed decides who runs next, when a message is
//! delivered, and which sends complete before they are received. Between two
//! ranks messages match in the order in which both sides started them. A
//! receive's room is overwritten when it starts and a synchronous send's data
//! are read when it is delivered, so an algorithm that touches either too
//! early is found out. The simulator notices when nobody can go on, when a rank
//! does not wait for a transfer, and what is left over at the end.

use super::board::Nowhere;
use super::ports::{InterPorts, Ports};
use crate::datatype::data::{RecvData, SendData};
use crate::error::{ErrorClass, Result};
use crate::fail;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A small generator of test choices.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// When a send completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sends {
    /// At once: the data are copied.
    Buffered,
    /// When the message is delivered.
    Synchronous,
    /// Either, by chance.
    Mixed,
}

/// What one rank moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traffic {
    pub messages_out: usize,
    pub messages_in: usize,
    pub bytes_out: usize,
    pub bytes_in: usize,
}

/// What a simulated operation came to.
pub(crate) struct Report {
    pub results: Vec<Result<()>>,
    pub traffic: Vec<Traffic>,
    /// Message times on the longest path, when a rank can start one message
    /// per time and a message takes one.
    pub rounds: usize,
}

impl Report {
    pub(crate) fn messages(&self) -> usize {
        self.traffic.iter().map(|traffic| traffic.messages_out).sum()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.traffic.iter().map(|traffic| traffic.bytes_out).sum()
    }

    /// The most that a rank sends or receives.
    pub(crate) fn busiest(&self) -> Traffic {
        self.traffic.iter().fold(Traffic::default(), |most, one| Traffic {
            messages_out: most.messages_out.max(one.messages_out),
            messages_in: most.messages_in.max(one.messages_in),
            bytes_out: most.bytes_out.max(one.bytes_out),
            bytes_in: most.bytes_in.max(one.bytes_in),
        })
    }
}

enum Transfer {
    /// `data` until it completes, then its outcome and when it arrives.
    Recv {
        rank: usize,
        room: RecvData,
        outcome: Option<(Result<u64>, usize)>,
    },
    Send {
        rank: usize,
        payload: Payload,
        arrives: usize,
        done: bool,
    },
}

enum Payload {
    Copied(Vec<u8>),
    Lent(SendData),
}

#[derive(Default)]
struct Channel {
    sends: VecDeque<usize>,
    receives: VecDeque<usize>,
}

struct Network {
    random: Random,
    sends: Sends,
    transfers: Vec<Transfer>,
    channels: HashMap<(usize, usize), Channel>,
    /// Channels with a message and room for it.
    deliverable: Vec<(usize, usize)>,
    /// Ranks for which something happened since they were polled.
    runnable: Vec<bool>,
    /// Transfers that each rank started and has not waited for.
    open: Vec<HashSet<usize>>,
    clocks: Vec<usize>,
    next_start: Vec<usize>,
    traffic: Vec<Traffic>,
}

impl Network {
    fn new(ranks: usize, seed: u64, sends: Sends) -> Self {
        Self {
            random: Random::new(seed),
            sends,
            transfers: Vec::new(),
            channels: HashMap::new(),
            deliverable: Vec::new(),
            runnable: vec![true; ranks],
            open: vec![HashSet::new(); ranks],
            clocks: vec![0; ranks],
            next_start: vec![0; ranks],
            traffic: vec![Traffic::default(); ranks],
        }
    }

    fn post(&mut self, from: usize, to: usize, transfer: Transfer) -> usize {
        let id = self.transfers.len();
        let channel = self.channels.entry((from, to)).or_default();
        let (rank, own, other) = match transfer {
            Transfer::Send { rank, .. } => (rank, &mut channel.sends, &channel.receives),
            Transfer::Recv { rank, .. } => (rank, &mut channel.receives, &channel.sends),
        };
        self.open[rank].insert(id);
        own.push_back(id);
        if own.len() <= other.len() {
            self.deliverable.push((from, to));
        }
        self.transfers.push(transfer);
        id
    }

    fn start_send(&mut self, from: usize, to: usize, data: SendData) -> usize {
        let traffic = &mut self.traffic[from];
        traffic.messages_out += 1;
        traffic.bytes_out += data.total_bytes();
        let starts = self.clocks[from].max(self.next_start[from]);
        self.next_start[from] = starts + 1;
        let buffered = match self.sends {
            Sends::Buffered => true,
            Sends::Synchronous => false,
            Sends::Mixed => self.random.below(2) == 0,
        };
        let payload = if buffered { Payload::Copied(packed(&data)) } else { Payload::Lent(data) };
        self.post(from, to, Transfer::Send { rank: from, payload, arrives: starts + 1, done: buffered })
    }

    fn start_recv(&mut self, from: usize, to: usize, room: RecvData) -> usize {
        room.unpack(0, &vec![0xEE; room.total_bytes()]);
        self.post(from, to, Transfer::Recv { rank: to, room, outcome: None })
    }

    /// Moves the first message of a channel into the first room of it.
    fn deliver(&mut self, channel: (usize, usize)) {
        let queues = self.channels.get_mut(&channel).expect("a deliverable channel exists");
        let (send, recv) = (queues.sends.pop_front().unwrap(), queues.receives.pop_front().unwrap());
        let Transfer::Send { rank: from, payload, arrives, done } = &mut self.transfers[send] else {
            unreachable!("sends are queued as sends");
        };
        let (from, arrives) = (*from, *arrives);
        let payload = match std::mem::replace(payload, Payload::Copied(Vec::new())) {
            Payload::Copied(bytes) => bytes,
            Payload::Lent(data) => packed(&data),
        };
        *done = true;
        let Transfer::Recv { rank: to, room, outcome } = &mut self.transfers[recv] else {
            unreachable!("receives are queued as receives");
        };
        *outcome = Some((fill(room, &payload, from), arrives));
        let to = *to;
        self.traffic[to].messages_in += 1;
        self.traffic[to].bytes_in += payload.len();
        self.runnable[from] = true;
        self.runnable[to] = true;
    }

    fn poll(&mut self, id: usize) -> Poll<Result<u64>> {
        match &self.transfers[id] {
            Transfer::Send { done: false, .. } | Transfer::Recv { outcome: None, .. } => Poll::Pending,
            Transfer::Send { rank, .. } => {
                self.open[*rank].remove(&id);
                Poll::Ready(Ok(0))
            }
            Transfer::Recv { rank, outcome: Some((result, arrives)), .. } => {
                self.open[*rank].remove(&id);
                self.clocks[*rank] = self.clocks[*rank].max(*arrives);
                Poll::Ready(result.clone())
            }
        }
    }

    /// Who waits for whom.
    fn waiting(&self) -> String {
        let mut lines = Vec::new();
        for ((from, to), channel) in &self.channels {
            if !channel.sends.is_empty() || !channel.receives.is_empty() {
                let (sends, receives) = (channel.sends.len(), channel.receives.len());
                lines.push(format!("{from} -> {to}: {sends} sends, {receives} receives unmatched"));
            }
        }
        lines.sort();
        lines.join("\n")
    }
}

fn packed(data: &SendData) -> Vec<u8> {
    let mut bytes = vec![0; data.total_bytes()];
    data.pack(0, &mut bytes);
    bytes
}

fn fill(room: &RecvData, payload: &[u8], from: usize) -> Result<u64> {
    if payload.len() > room.total_bytes() {
        fail!(ErrorClass::Truncate, "{} bytes from {from} for {}", payload.len(), room.total_bytes());
    }
    room.unpack(0, payload);
    Ok(payload.len() as u64)
}

/// One rank's ports.
pub(crate) struct SimulatedPorts {
    network: Rc<RefCell<Network>>,
    /// Of all ranks of both groups.
    me: usize,
    local: Range<usize>,
    remote: Range<usize>,
}

/// A transfer under way.
pub(crate) struct SimulatedTransfer {
    network: Rc<RefCell<Network>>,
    id: usize,
}

impl Future for SimulatedTransfer {
    type Output = Result<u64>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        self.network.borrow_mut().poll(self.id)
    }
}

impl SimulatedPorts {
    fn send(&self, group: &Range<usize>, to: usize, data: SendData) -> Result<SimulatedTransfer> {
        assert!(to < group.len(), "rank {} sends to rank {to} of {}", self.me, group.len());
        let id = self.network.borrow_mut().start_send(self.me, group.start + to, data);
        Ok(SimulatedTransfer { network: Rc::clone(&self.network), id })
    }

    fn recv(&self, group: &Range<usize>, from: usize, data: RecvData) -> Result<SimulatedTransfer> {
        assert!(from < group.len(), "rank {} receives from rank {from} of {}", self.me, group.len());
        let id = self.network.borrow_mut().start_recv(group.start + from, self.me, data);
        Ok(SimulatedTransfer { network: Rc::clone(&self.network), id })
    }
}

impl Ports for SimulatedPorts {
    type Pending = SimulatedTransfer;
    type Meet<'a>
        = Nowhere
    where
        Self: 'a;

    fn rank(&self) -> usize {
        self.me - self.local.start
    }

    fn size(&self) -> usize {
        self.local.len()
    }

    fn start_send(&self, to: usize, data: SendData) -> Result<SimulatedTransfer> {
        self.send(&self.local, to, data)
    }

    fn start_recv(&self, from: usize, data: RecvData) -> Result<SimulatedTransfer> {
        self.recv(&self.local, from, data)
    }
}

impl InterPorts for SimulatedPorts {
    fn remote_size(&self) -> usize {
        self.remote.len()
    }

    fn start_send_remote(&self, to: usize, data: SendData) -> Result<SimulatedTransfer> {
        self.send(&self.remote, to, data)
    }

    fn start_recv_remote(&self, from: usize, data: RecvData) -> Result<SimulatedTransfer> {
        self.recv(&self.remote, from, data)
    }
}

/// Runs what `operation` makes of each rank's ports to completion.
pub(crate) fn run<F: Future<Output = Result<()>>>(
    ranks: usize,
    seed: u64,
    sends: Sends,
    operation: impl Fn(SimulatedPorts) -> F,
) -> Report {
    run_groups([ranks, 0], seed, sends, |_, ports| operation(ports))
}

/// As [`run`], for two groups; `operation` is told which of them (0 or 1) a
/// rank is in.
///
/// # Panics
/// When ranks wait for ever, or messages are left over after success.
pub(crate) fn run_groups<F: Future<Output = Result<()>>>(
    groups: [usize; 2],
    seed: u64,
    sends: Sends,
    operation: impl Fn(usize, SimulatedPorts) -> F,
) -> Report {
    let ranks = groups[0] + groups[1];
    let ranges = [0..groups[0], groups[0]..ranks];
    let network = Rc::new(RefCell::new(Network::new(ranks, seed, sends)));
    let mut running: Vec<Option<Pin<Box<F>>>> = (0..ranks)
        .map(|me| {
            let group = usize::from(me >= groups[0]);
            let (local, remote) = (ranges[group].clone(), ranges[1 - group].clone());
            let ports = SimulatedPorts { network: Rc::clone(&network), me, local, remote };
            Some(Box::pin(operation(group, ports)))
        })
        .collect();
    let mut results: Vec<Option<Result<()>>> = vec![None; ranks];
    let mut context = Context::from_waker(Waker::noop());

    while running.iter().any(Option::is_some) {
        let mut now = network.borrow_mut();
        let able: Vec<_> = (0..ranks).filter(|&rank| now.runnable[rank] && running[rank].is_some()).collect();
        let choices = able.len() + now.deliverable.len();
        if choices == 0 {
            if results.iter().flatten().any(Result::is_err) {
                // The others wait for a rank that gave up.
                break;
            }
            panic!("nobody can go on (seed {seed}, {sends:?}):\n{}", now.waiting());
        }
        let choice = now.random.below(choices);
        if let Some(&rank) = able.get(choice) {
            now.runnable[rank] = false;
            drop(now);
            let future = running[rank].as_mut().expect("only running ranks are able");
            if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
                let open = network.borrow().open[rank].len();
                assert!(result.is_err() || open == 0, "rank {rank} is done, {open} transfers are not");
                results[rank] = Some(result);
                running[rank] = None;
            }
        } else {
            let channel = now.deliverable.swap_remove(choice - able.len());
            now.deliver(channel);
        }
    }

    let network = network.borrow();
    let results: Vec<_> = results.into_iter().map(|result| result.unwrap_or(Ok(()))).collect();
    if results.iter().all(Result::is_ok) {
        let left = network.waiting();
        assert!(left.is_empty(), "left over (seed {seed}, {sends:?}):\n{left}");
    }
    let rounds = network.clocks.iter().copied().max().unwrap_or(0);
    Report { results, traffic: network.traffic.clone(), rounds }
}
