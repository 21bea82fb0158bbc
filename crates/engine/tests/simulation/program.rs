//! One run: a few ranks that do what the dice say, one step at a time.

use memory::buffer::Scratch;
use passel_engine::datatype::data::{RecvData, SendData};
use passel_engine::error::{Error, ErrorClass};
use passel_engine::handle::{CommId, MessageId, RequestId};
use passel_engine::protocol::arrival::ContentBody;
use passel_engine::protocol::direct::{self, Look};
use passel_engine::protocol::packet::Envelope;
use passel_engine::protocol::{EAGER_LIMIT_BYTES, Endpoint, credit};
use passel_engine::request::buffered::Owner;
use passel_engine::request::{Persistent, SendMode};
use passel_engine::status::{ANY_SOURCE, ANY_TAG, Status};
use passel_engine::tool::{Recorder, Settings};
use transport::sim::{Dice, SimNetwork, Weather};

use super::reference::{Message, MessageNumber, Place, ReceiveNumber, Reference, Wanted};
use super::spy::Spy;

/// What sort of program to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mixed,
    ShortOfCredit,
    Small,
    Death,
}

const COMM: CommId = CommId::from_raw(1);
const CONTEXTS: [u32; 3] = [0, 7, 1 << 20];
const TAGS: usize = 3;
/// What a receive buffer holds where nothing was received.
const UNTOUCHED: u8 = 0xee;
/// Bytes that a buffered send may use, where the program's memory is attached.
const ATTACHED_BYTES: usize = 40_000;

/// What a request is for.
#[derive(Clone, Debug)]
pub enum Task {
    Send {
        message: MessageNumber,
        mode: SendMode,
    },
    Receive {
        receive: ReceiveNumber,
        room: Room,
    },
    /// A send and a receive in one.
    Both {
        message: MessageNumber,
        receive: ReceiveNumber,
        room: Room,
    },
    /// A persistent request between starts.
    Rest,
}

/// The memory of a receive, with a strip behind it that nobody may write.
#[derive(Clone)]
pub struct Room {
    memory: Scratch,
    bytes: usize,
}

impl std::fmt::Debug for Room {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.bytes)
    }
}

const STRIP_BYTES: usize = 8;

impl Room {
    fn new(bytes: usize) -> Self {
        let room = Self { memory: Scratch::zeroed(bytes + STRIP_BYTES), bytes };
        room.wipe();
        room
    }

    fn wipe(&self) {
        self.memory.recv_buffer().slice_mut(0, self.bytes + STRIP_BYTES).fill(UNTOUCHED);
    }

    fn data(&self) -> RecvData {
        RecvData::bytes(self.memory.recv_buffer(), self.bytes)
    }

    /// Checks that exactly this has been received.
    fn check(&self, message: Option<&Message>) {
        let buffer = self.memory.send_buffer();
        let got = buffer.slice(0, self.bytes + STRIP_BYTES);
        let bytes = message.map_or(0, |message| message.bytes.min(self.bytes));
        if let Some(message) = message {
            let wrong = got[..bytes].iter().zip(pattern(message.pattern)).position(|(&at, to)| at != to);
            assert_eq!(wrong, None, "first wrong byte of {message:?}");
        }
        assert!(got[bytes..].iter().all(|&at| at == UNTOUCHED), "written behind the end of {message:?}");
    }
}

fn pattern(seed: u64) -> impl Iterator<Item = u8> {
    (0_u64..)
        .map(move |index| (seed.wrapping_mul(0x9e37_79b9) >> 8).wrapping_add(index * 7 + index / 256) as u8)
}

/// A request and what is known of it.
#[derive(Clone, Debug)]
pub struct Operation {
    pub rank: usize,
    pub id: RequestId,
    pub task: Task,
    /// Nobody asks for its outcome.
    pub detached: bool,
    pub cancel_tried: bool,
    pub done: bool,
    pub persistent: bool,
}

/// What a persistent request starts each time.
#[derive(Clone)]
struct Repeated {
    operation: usize,
    persistent: Persistent,
    memory: Option<Scratch>,
    room: Option<Room>,
}

pub struct Program {
    pub kind: Kind,
    pub dice: Dice,
    pub network: SimNetwork,
    pub ends: Vec<Endpoint<Spy>>,
    pub reference: Reference,
    pub operations: Vec<Operation>,
    repeated: Vec<Repeated>,
    /// Messages that a matched probe has taken: rank, handle, which.
    pub probed: Vec<(usize, MessageId, MessageNumber)>,
    pub dead: Option<usize>,
    /// The size that the ranks are told.
    told: usize,
    steps: usize,
}

impl Program {
    pub fn new(kind: Kind, seed: u64) -> Self {
        let mut dice = Dice::new(seed.wrapping_mul(4).wrapping_add(kind as u64));
        let ranks = if kind == Kind::Death { 3 + dice.below(3) } else { 1 + dice.below(5) };
        let weather = if dice.chance(20) { Weather::FAIR } else { Weather::draw(&mut dice) };
        let network = SimNetwork::new(ranks, dice.number(), weather);
        let told = if kind == Kind::ShortOfCredit { 1024 } else { ranks };
        // Whatever is announced may be read where it lies.
        let settings = Settings { single_copy_bytes: 1, ..Settings::default() };
        let end = |end| Endpoint::with(Spy::new(end, told), &settings, Recorder::default());
        let mut ends: Vec<_> = network.ends().into_iter().map(end).collect();
        for end in &mut ends {
            let memory = Scratch::zeroed(ATTACHED_BYTES).recv_buffer();
            match dice.below(3) {
                0 => {}
                1 => end.core.buffers.attach(Owner::Process, None, 0).unwrap(),
                _ => end.core.buffers.attach(Owner::Process, Some(memory), ATTACHED_BYTES).unwrap(),
            }
        }
        let steps = 20 + dice.below(150);
        let reference = Reference::new(ranks);
        let operations = Vec::new();
        let (repeated, probed) = (Vec::new(), Vec::new());
        Self { kind, dice, network, ends, reference, operations, repeated, probed, dead: None, told, steps }
    }

    pub fn run(mut self) {
        let death = (self.kind == Kind::Death).then(|| self.dice.below(self.steps));
        for step in 0..self.steps {
            if death == Some(step) {
                let rank = self.dice.below(self.ends.len());
                self.network.kill(rank);
                self.dead = Some(rank);
            }
            self.step();
        }
        self.end();
    }

    pub fn is_dead(&self, rank: usize) -> bool {
        self.dead == Some(rank)
    }

    fn live_rank(&mut self) -> usize {
        loop {
            let rank = self.dice.below(self.ends.len());
            if !self.is_dead(rank) {
                return rank;
            }
        }
    }

    fn step(&mut self) {
        let rank = self.live_rank();
        match self.dice.below(100) {
            0..22 => self.start_send(rank),
            22..42 => self.start_receive(rank),
            42..46 => self.start_both(rank),
            46..50 => self.prepare(rank),
            50..55 => self.restart(),
            55..59 => self.probe(rank),
            59..63 => self.probe_out(rank),
            63..66 => self.receive_probed(),
            66..71 => self.cancel(),
            71..73 => self.detach(),
            73..77 => self.look(),
            77..80 => self.receive_now(rank),
            _ => {
                self.progress(rank);
            }
        }
    }

    pub fn progress(&mut self, rank: usize) -> usize {
        let moved = self.ends[rank].progress().unwrap();
        self.hear(rank);
        self.check_memory(rank);
        moved
    }

    /// Tells the reference what has come in.
    fn hear(&mut self, rank: usize) {
        for arrival in std::mem::take(&mut self.ends[rank].transport.arrivals) {
            self.reference.arrive(rank, arrival);
        }
    }

    /// What a rank keeps of messages that nobody waits for is within bounds.
    fn check_memory(&mut self, rank: usize) {
        let mut kept = vec![0; self.ends.len()];
        let mut count = 0;
        self.ends[rank].core.matcher.find_message(|message| {
            if !matches!(message.content.body, ContentBody::Announced(_)) {
                kept[message.content.peer] += credit::cost(message.content.bytes() as usize);
            }
            count += 1;
            false
        });
        assert!(kept.iter().all(|&bytes| bytes <= credit::per_peer(self.told)), "{kept:?} bytes are kept");
        assert_eq!(count, self.reference.unexpected[rank].len());
        assert_eq!(self.ends[rank].core.matcher.posted_count(), self.reference.posted[rank].len());
    }

    fn bytes(&mut self) -> usize {
        let dice = &mut self.dice;
        let class = match self.kind {
            Kind::Small => dice.below(3),
            Kind::ShortOfCredit => 2 + dice.below(4),
            Kind::Mixed | Kind::Death => dice.below(7),
        };
        match class {
            0 => dice.below(2),
            1 => 2 + dice.below(47),
            2 => 49 + dice.below(500),
            3 => EAGER_LIMIT_BYTES - dice.below(2000),
            4 => EAGER_LIMIT_BYTES - dice.below(2),
            5 => EAGER_LIMIT_BYTES + 1 + dice.below(10),
            _ => 2 * EAGER_LIMIT_BYTES + dice.below(180_000),
        }
    }

    fn mode(&mut self) -> SendMode {
        match self.dice.below(10) {
            0..5 => SendMode::Standard,
            5..7 => SendMode::Synchronous,
            7 => SendMode::Ready,
            _ => SendMode::Buffered,
        }
    }

    fn message(&mut self, sender: usize) -> Message {
        let receiver = self.dice.below(self.ends.len());
        let context = CONTEXTS[self.dice.below(CONTEXTS.len())];
        let envelope = Envelope::new(context, sender as i32, self.dice.below(TAGS) as i32);
        let (bytes, pattern) = (self.bytes(), self.dice.number());
        Message { sender, receiver, envelope, bytes, pattern, place: Place::OnTheWay, announced: None }
    }

    pub fn wanted(&mut self, rank: usize) -> Wanted {
        let source = if self.dice.chance(40) { ANY_SOURCE } else { self.dice.below(self.ends.len()) as i32 };
        let tag = if self.dice.chance(40) { ANY_TAG } else { self.dice.below(TAGS) as i32 };
        Wanted { rank, context: CONTEXTS[self.dice.below(CONTEXTS.len())], source, tag }
    }

    fn remember(&mut self, rank: usize, id: RequestId, task: Task) -> usize {
        let operation = Operation {
            rank,
            id,
            task,
            detached: false,
            cancel_tried: false,
            done: false,
            persistent: false,
        };
        self.operations.push(operation);
        self.operations.len() - 1
    }

    fn start_send(&mut self, rank: usize) {
        let message = self.message(rank);
        let mode = self.mode();
        self.send(message, mode);
    }

    /// Sends a message of any size that a receive with this envelope takes.
    pub fn send_to(&mut self, receiver: usize, envelope: Envelope) {
        let sender = envelope.source as usize;
        let message = Message { receiver, envelope, ..self.message(sender) };
        self.send(message, SendMode::Standard);
    }

    /// Starts a send, unless no buffer has room for it.
    pub fn send(&mut self, message: Message, mode: SendMode) {
        let rank = message.sender;
        let bytes: Vec<u8> = pattern(message.pattern).take(message.bytes).collect();
        let memory = Scratch::from_bytes(&bytes);
        let data = SendData::bytes(memory.send_buffer(), message.bytes);
        match self.ends[rank].start_send(COMM, message.receiver, message.envelope, mode, data) {
            Ok(id) => {
                let message = self.reference.send(message);
                self.remember(rank, id, Task::Send { message, mode });
            }
            Err(error) => self.check_no_buffer(rank, &error, message.bytes),
        }
        if mode == SendMode::Buffered {
            // The program may use its memory again at once.
            memory.recv_buffer().slice_mut(0, bytes.len()).fill(UNTOUCHED);
        }
    }

    /// A buffered send may fail only where the buffer is none or too full.
    fn check_no_buffer(&mut self, rank: usize, error: &Error, bytes: usize) {
        assert_eq!(error.class(), ErrorClass::Buffer, "{error}");
        let buffers = &self.ends[rank].core.buffers;
        let room = buffers.is_attached(Owner::Process) && !buffers.is_busy(Owner::Process);
        assert!(!room || bytes > ATTACHED_BYTES, "an empty buffer refused {bytes} bytes: {error}");
    }

    fn start_receive(&mut self, rank: usize) {
        let wanted = self.wanted(rank);
        let bytes = self.bytes();
        self.receive(wanted, bytes);
    }

    pub fn receive(&mut self, wanted: Wanted, bytes: usize) {
        let room = Room::new(bytes);
        let Wanted { rank, context, source, tag } = wanted;
        let id = self.ends[rank].start_receive(COMM, context, source, tag, room.data());
        let receive = self.reference.receive(wanted);
        self.remember(rank, id, Task::Receive { receive, room });
    }

    /// A blocking receive looks for its message once, and gives up.
    fn receive_now(&mut self, rank: usize) {
        let wanted = self.wanted(rank);
        let room = Room::new(self.bytes());
        let Wanted { context, source, tag, .. } = wanted;
        let others_first = !self.reference.posted[rank].is_empty();
        let waits = self.reference.find(wanted);
        let is_announced = waits.is_some_and(|number| self.reference.messages[number].announced.is_some());
        let look =
            self.ends[rank].receive_now(direct::Wanted { context, source, tag }, &room.data()).unwrap();
        if others_first || is_announced {
            assert!(matches!(look, Look::NeedsRequest));
            return;
        }
        let receive = self.reference.receive_now(wanted);
        self.hear(rank);
        match look {
            Look::Received((status, error)) => {
                self.check_receive(receive, &room, status, error.as_ref());
            }
            Look::Nothing(_) => assert!(self.reference.cancel_receive(receive), "a message was missed"),
            Look::NeedsRequest => panic!("nothing but this receive was there"),
        }
        self.check_memory(rank);
    }

    fn start_both(&mut self, rank: usize) {
        let message = self.message(rank);
        let (wanted, bytes) = (self.wanted(rank), self.bytes());
        self.receive(wanted, bytes);
        self.send(message, SendMode::Standard);
        let (Some(send), Some(receive)) = (self.operations.pop(), self.operations.pop()) else { return };
        let id = self.ends[rank].combine(COMM, &[receive.id, send.id]);
        if let (Task::Send { message, .. }, Task::Receive { receive, room }) = (send.task, receive.task) {
            self.remember(rank, id, Task::Both { message, receive, room });
        }
    }

    /// Makes a persistent request.
    fn prepare(&mut self, rank: usize) {
        let (persistent, memory, room) = if self.dice.chance(50) {
            let message = self.message(rank);
            let memory = Scratch::zeroed(message.bytes);
            let data = SendData::bytes(memory.send_buffer(), message.bytes);
            let (peer, mode) = (Some(message.receiver), self.mode());
            (Persistent::Send { peer, envelope: message.envelope, mode, data }, Some(memory), None)
        } else {
            let Wanted { context, source, tag, .. } = self.wanted(rank);
            let room = Room::new(self.bytes());
            let data = room.data();
            (Persistent::Receive { peer_exists: true, context, source, tag, data }, None, Some(room))
        };
        let id = self.ends[rank].prepare(COMM, persistent.clone());
        let operation = self.remember(rank, id, Task::Rest);
        self.operations[operation].persistent = true;
        self.operations[operation].done = true;
        self.repeated.push(Repeated { operation, persistent, memory, room });
    }

    /// Starts a persistent request that rests.
    fn restart(&mut self) {
        let at = self.dice.below(self.repeated.len());
        let Some(Repeated { operation, persistent, memory, room }) = self.repeated.get(at).cloned() else {
            return;
        };
        let Operation { rank, id, .. } = self.operations[operation];
        let resting = matches!(self.operations[operation].task, Task::Rest);
        if !resting || self.operations[operation].detached || self.is_dead(rank) {
            return;
        }
        let task = match &persistent {
            Persistent::Send { peer, envelope, mode, .. } => {
                let memory = memory.unwrap();
                let (bytes, seed) = (memory.len(), self.dice.number());
                let fresh: Vec<u8> = pattern(seed).take(bytes).collect();
                memory.recv_buffer().copy_from(0, &fresh);
                let (mode, envelope, receiver) = (*mode, *envelope, peer.unwrap());
                if let Err(error) = self.ends[rank].start(id, persistent) {
                    return self.check_no_buffer(rank, &error, bytes);
                }
                let place = Place::OnTheWay;
                let message = Message {
                    sender: rank,
                    receiver,
                    envelope,
                    bytes,
                    pattern: seed,
                    place,
                    announced: None,
                };
                Task::Send { message: self.reference.send(message), mode }
            }
            &Persistent::Receive { context, source, tag, .. } => {
                let room = room.unwrap();
                room.wipe();
                self.ends[rank].start(id, persistent).unwrap();
                let receive = self.reference.receive(Wanted { rank, context, source, tag });
                Task::Receive { receive, room }
            }
            Persistent::Work(_) | Persistent::Partitioned => unreachable!("only messages repeat here"),
        };
        let operation = &mut self.operations[operation];
        (operation.task, operation.done, operation.cancel_tried) = (task, false, false);
    }

    fn status_of(&self, message: MessageNumber) -> Status {
        let message = &self.reference.messages[message];
        let Envelope { source, tag, .. } = message.envelope;
        Status::of(source, tag, message.bytes as u64)
    }

    fn probe(&mut self, rank: usize) {
        let wanted = self.wanted(rank);
        let expected = self.reference.find(wanted).map(|message| self.status_of(message));
        let found = self.ends[rank].probe(wanted.context, wanted.source, wanted.tag);
        assert_eq!(found, expected, "probe of {wanted:?}");
    }

    fn probe_out(&mut self, rank: usize) {
        let wanted = self.wanted(rank);
        let expected = self.reference.probe_out(wanted);
        let found = self.ends[rank].match_probe(COMM, wanted.context, wanted.source, wanted.tag);
        let status = expected.map(|message| self.status_of(message));
        assert_eq!(found.map(|(_, status)| status), status, "matched probe of {wanted:?}");
        if let (Some((id, _)), Some(message)) = (found, expected) {
            self.probed.push((rank, id, message));
        }
    }

    pub fn receive_probed(&mut self) {
        if self.probed.is_empty() {
            return;
        }
        let at = self.dice.below(self.probed.len());
        let (rank, id, message) = self.probed.swap_remove(at);
        if self.is_dead(rank) {
            return;
        }
        let Message { envelope, bytes, .. } = self.reference.messages[message];
        let room = Room::new(if self.dice.chance(70) { bytes } else { self.bytes() });
        let matched = self.ends[rank].core.messages.remove(id).unwrap();
        let id = self.ends[rank].start_matched(matched, room.data());
        let Envelope { context, source, tag, .. } = envelope;
        let receive = self.reference.receive_probed(Wanted { rank, context, source, tag }, message);
        self.remember(rank, id, Task::Receive { receive, room });
    }

    /// One of the requests that somebody still waits for.
    fn some_operation(&mut self) -> Option<usize> {
        let active: Vec<usize> = (0..self.operations.len())
            .filter(|&at| {
                let operation = &self.operations[at];
                !operation.done && !operation.detached && !self.is_dead(operation.rank)
            })
            .collect();
        active.get(self.dice.below(active.len())).copied()
    }

    fn cancel(&mut self) {
        if let Some(at) = self.some_operation() {
            self.cancel_operation(at);
        }
    }

    pub fn cancel_operation(&mut self, at: usize) {
        let Operation { rank, id, ref task, .. } = self.operations[at];
        let task = task.clone();
        self.ends[rank].cancel(id);
        self.operations[at].cancel_tried = true;
        match task {
            Task::Receive { receive, .. } => {
                let in_time = self.reference.cancel_receive(receive);
                let now = self.ends[rank].core.requests.get(id).map(|request| request.status.is_cancelled());
                assert_eq!(now, Some(in_time), "a receive is cancelled at once or never");
            }
            Task::Send { message, .. } => {
                let now = self.ends[rank].core.requests.get(id).map(|request| request.status.is_cancelled());
                if now == Some(true) && self.reference.messages[message].place != Place::Cancelled {
                    self.reference.never_sent(message);
                }
            }
            Task::Both { .. } | Task::Rest => {}
        }
    }

    fn detach(&mut self) {
        if let Some(at) = self.some_operation() {
            let Operation { rank, id, .. } = self.operations[at];
            self.ends[rank].free_request(id);
            self.operations[at].detached = true;
        }
    }

    fn look(&mut self) {
        if let Some(at) = self.some_operation() {
            self.look_at(at);
        }
    }

    /// Asks for the outcome of a request, and checks it if there is one.
    pub fn look_at(&mut self, at: usize) -> bool {
        let Operation { rank, id, .. } = self.operations[at];
        let Some((status, error)) = self.ends[rank].take_outcome(id) else { return false };
        let operation = self.operations[at].clone();
        match &operation.task {
            Task::Send { message, mode } => self.check_send(&operation, *message, *mode, status, error),
            Task::Receive { receive, room } => self.check_receive(*receive, room, status, error.as_ref()),
            Task::Both { message, receive, room } => {
                self.check_receive(*receive, room, status, error.as_ref());
                self.check_send(&operation, *message, SendMode::Standard, Status::EMPTY, None);
            }
            Task::Rest => {}
        }
        self.operations[at].done = true;
        if operation.persistent {
            self.operations[at].task = Task::Rest;
        } else {
            assert!(self.ends[rank].core.requests.get(id).is_none(), "the handle outlives its request");
        }
        true
    }

    fn check_send(
        &self,
        operation: &Operation,
        message: MessageNumber,
        mode: SendMode,
        status: Status,
        error: Option<Error>,
    ) {
        let message = &self.reference.messages[message];
        assert_eq!(error, None, "{message:?}");
        if status.is_cancelled() {
            assert!(operation.cancel_tried);
            assert_eq!(message.place, Place::Cancelled);
            return;
        }
        assert_ne!(message.place, Place::Cancelled, "{message:?} is said to be sent");
        let met = matches!(message.place, Place::Met(_));
        let copied = mode == SendMode::Buffered;
        if mode == SendMode::Synchronous || (message.bytes > EAGER_LIMIT_BYTES && !copied) {
            assert!(met, "completed before it met its receive: {message:?}");
        }
    }

    fn check_receive(&self, receive: ReceiveNumber, room: &Room, status: Status, error: Option<&Error>) {
        let receive = &self.reference.receives[receive];
        let message = receive.met.map(|message| &self.reference.messages[message]);
        room.check(message);
        assert_eq!(status.is_cancelled(), receive.cancelled);
        let Some(message) = message else {
            assert!(receive.cancelled, "completed without a message: {receive:?}");
            return;
        };
        let Envelope { source, tag, .. } = message.envelope;
        let bytes = message.bytes.min(room.bytes) as u64;
        assert_eq!(status, Status::of(source, tag, bytes));
        let truncated = message.bytes > room.bytes;
        assert_eq!(error.map(Error::class), truncated.then_some(ErrorClass::Truncate), "{error:?}");
        if let Some(error) = error {
            let says = |number: usize| error.message().contains(&number.to_string());
            assert!(says(message.bytes) && says(room.bytes), "both sizes belong into {error}");
        }
    }
}
