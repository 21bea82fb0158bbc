//! Both sides over a simulated network, in all orders of readiness.

use memory::buffer::Scratch;
use transport::sim::{Dice, SimNetwork, SimTransport, Weather};

use super::Contexts;
use super::receive::RecvPartitions;
use super::send::SendPartitions;
use crate::datatype::data::{RecvData, SendData};
use crate::error::{Error, ErrorClass};
use crate::handle::{CommId, RequestId};
use crate::protocol::packet::Envelope;
use crate::protocol::{EAGER_LIMIT_BYTES, Endpoint};
use crate::request::Persistent;
use crate::status::Status;

const COMM: CommId = CommId::from_raw(1);
const CONTEXTS: Contexts = Contexts { setup: 4, data: 5 };
const TAG: i32 = 9;

/// Two ranks, 0 the sender and 1 the receiver.
struct Pair {
    sender: Endpoint<SimTransport>,
    receiver: Endpoint<SimTransport>,
}

impl Pair {
    fn new(seed: u64, weather: Weather) -> Self {
        let network = SimNetwork::new(2, seed, weather);
        Self { sender: Endpoint::new(network.end(0)), receiver: Endpoint::new(network.end(1)) }
    }

    fn send(&mut self, memory: &Scratch, partitions: usize) -> RequestId {
        let data = SendData::bytes(memory.send_buffer(), memory.len());
        let count = memory.len().checked_div(partitions).unwrap_or(0);
        let data = SendPartitions { data, count, partitions };
        let envelope = Envelope::new(0, 0, TAG);
        self.sender.prepare_partitioned_send(COMM, Some(1), CONTEXTS, envelope, data).unwrap()
    }

    fn receive(&mut self, room: &Scratch, partitions: usize) -> RequestId {
        let data = RecvPartitions { room: RecvData::bytes(room.recv_buffer(), room.len()), partitions };
        self.receiver.prepare_partitioned_receive(COMM, Some((0, TAG)), CONTEXTS, data)
    }

    fn start(&mut self, send: RequestId, receive: RequestId) {
        self.sender.start(send, Persistent::Partitioned).unwrap();
        self.receiver.start(receive, Persistent::Partitioned).unwrap();
    }

    /// Lets both do what they can.
    fn settle(&mut self) {
        let mut idle = 0;
        while idle < 64 {
            let moved = self.sender.progress().unwrap() + self.receiver.progress().unwrap();
            idle = if moved == 0 { idle + 1 } else { 0 };
        }
    }

    fn arrived(&self, receive: RequestId, partitions: usize) -> Vec<bool> {
        (0..partitions as i32).map(|partition| self.receiver.arrived(receive, partition).unwrap()).collect()
    }
}

fn filled(bytes: usize, seed: u64) -> Scratch {
    let mut dice = Dice::new(seed);
    Scratch::from_bytes(&(0..bytes).map(|_| dice.number() as u8).collect::<Vec<_>>())
}

fn content(memory: &Scratch) -> Vec<u8> {
    let mut bytes = vec![0; memory.len()];
    memory.send_buffer().copy_to(0, &mut bytes);
    bytes
}

#[test]
fn partitions_are_seen_as_they_arrive() {
    let mut pair = Pair::new(1, Weather::FAIR);
    let (data, room) = (filled(120, 3), Scratch::zeroed(120));
    let (send, receive) = (pair.send(&data, 4), pair.receive(&room, 3));
    pair.start(send, receive);
    pair.settle();
    assert_eq!(pair.arrived(receive, 3), [false, false, false]);
    for (partition, seen) in [
        (3, [false, false, false]),
        (2, [false, false, true]),
        (0, [false, false, true]),
        (1, [true, true, true]),
    ] {
        assert!(pair.receiver.take_outcome(receive).is_none());
        pair.sender.ready(send, partition).unwrap();
        pair.settle();
        assert_eq!(pair.arrived(receive, 3), seen);
    }
    let (status, error) = pair.receiver.take_outcome(receive).unwrap();
    assert_eq!((status, error), (Status::of(0, TAG, 120), None));
    assert_eq!(pair.sender.take_outcome(send).unwrap(), (Status::EMPTY, None));
    assert_eq!(content(&room), content(&data));
}

/// Rounds of random sizes and partitions, with readiness in a random order,
/// on a network in any weather; the sender may be a round ahead.
#[test]
fn every_round_brings_its_data() {
    for seed in 0..150 {
        let mut dice = Dice::new(seed);
        let weather = Weather { link_packets: 1 + dice.below(6), ..Weather::FAIR };
        let mut pair = Pair::new(seed, weather);
        let (senders, receivers) = (1 + dice.below(6), 1 + dice.below(6));
        let unit = [0, 1, 7, 900, EAGER_LIMIT_BYTES][dice.below(5)];
        let bytes = senders * receivers * unit;
        let room = Scratch::zeroed(bytes);
        let data = filled(bytes, seed);
        let early = dice.chance(50);
        let mut receive = if early { pair.receive(&room, receivers) } else { RequestId::NULL };
        let send = pair.send(&data, senders);
        if !early {
            pair.settle();
            receive = pair.receive(&room, receivers);
        }
        for round in 0..3 {
            data.recv_buffer().copy_from(0, &content(&filled(bytes, seed + round)));
            pair.sender.start(send, Persistent::Partitioned).unwrap();
            let mut order: Vec<i32> = (0..senders as i32).collect();
            (0..senders).for_each(|at| order.swap(at, dice.below(senders)));
            let started_after = dice.below(senders + 1);
            for (ready, &partition) in order.iter().enumerate() {
                if ready == started_after {
                    pair.receiver.start(receive, Persistent::Partitioned).unwrap();
                }
                pair.sender.ready(send, partition).unwrap();
                if dice.chance(50) {
                    pair.settle();
                }
            }
            if started_after == senders {
                pair.receiver.start(receive, Persistent::Partitioned).unwrap();
            }
            pair.settle();
            assert_eq!(pair.sender.take_outcome(send).unwrap().1, None, "seed {seed}");
            assert_eq!(pair.receiver.take_outcome(receive).unwrap().0.bytes, bytes as u64, "seed {seed}");
            assert!(content(&room) == content(&data), "seed {seed}, round {round}");
        }
        pair.sender.free_request(send);
        pair.receiver.free_request(receive);
        let left = pair.sender.core.requests.iter().count() + pair.receiver.core.requests.iter().count();
        assert_eq!(left, 0, "seed {seed}");
    }
}

#[test]
fn a_sender_may_be_a_round_ahead() {
    let mut pair = Pair::new(2, Weather::FAIR);
    let (data, room) = (filled(8, 1), Scratch::zeroed(8));
    let (send, receive) = (pair.send(&data, 2), pair.receive(&room, 2));
    for round in [10u8, 20] {
        data.recv_buffer().copy_from(0, &[round; 8]);
        pair.sender.start(send, Persistent::Partitioned).unwrap();
        pair.sender.ready(send, 1).unwrap();
        pair.sender.ready(send, 0).unwrap();
        pair.settle();
        assert!(pair.sender.take_outcome(send).is_some());
    }
    for round in [10u8, 20] {
        pair.receiver.start(receive, Persistent::Partitioned).unwrap();
        assert!(pair.receiver.take_outcome(receive).is_some());
        assert_eq!(content(&room), [round; 8]);
    }
}

#[test]
fn requests_meet_in_the_order_in_which_they_are_made() {
    let mut pair = Pair::new(3, Weather::FAIR);
    let (first, second) = (filled(4, 1), filled(4, 2));
    let (one, other) = (Scratch::zeroed(4), Scratch::zeroed(4));
    let receives = [pair.receive(&one, 1), pair.receive(&other, 2)];
    let sends = [pair.send(&first, 2), pair.send(&second, 1)];
    pair.start(sends[1], receives[1]);
    pair.start(sends[0], receives[0]);
    pair.sender.ready(sends[1], 0).unwrap();
    pair.sender.ready(sends[0], 1).unwrap();
    pair.sender.ready(sends[0], 0).unwrap();
    pair.settle();
    assert!(receives.iter().all(|&receive| pair.receiver.take_outcome(receive).is_some()));
    assert_eq!((content(&one), content(&other)), (content(&first), content(&second)));
}

#[test]
fn a_request_that_is_freed_unused_takes_its_partner_with_it() {
    let mut pair = Pair::new(4, Weather::FAIR);
    let (data, room) = (filled(4, 1), Scratch::zeroed(4));
    let unused = pair.receive(&room, 1);
    pair.receiver.free_request(unused);
    let unused = pair.send(&data, 1);
    pair.sender.free_request(unused);
    let (send, receive) = (pair.send(&data, 2), pair.receive(&room, 1));
    pair.start(send, receive);
    pair.sender.ready(send, 0).unwrap();
    pair.sender.ready(send, 1).unwrap();
    pair.settle();
    assert_eq!(pair.receiver.take_outcome(receive).unwrap().1, None);
    assert_eq!(content(&room), content(&data));
    assert_eq!(pair.receiver.core.requests.iter().count(), 1);
    assert_eq!(pair.sender.core.requests.iter().count(), 1);
}

#[test]
fn more_data_than_room_is_an_error_that_says_how_much() {
    let mut pair = Pair::new(5, Weather::FAIR);
    let (data, room) = (filled(30, 1), Scratch::zeroed(20));
    let (send, receive) = (pair.send(&data, 3), pair.receive(&room, 2));
    pair.start(send, receive);
    (0..3).for_each(|partition| pair.sender.ready(send, partition).unwrap());
    pair.settle();
    let (status, error) = pair.receiver.take_outcome(receive).unwrap();
    let error = error.unwrap();
    assert_eq!((status.bytes, error.class()), (20, ErrorClass::Truncate));
    assert!(error.message().contains("3 partitions of 10 bytes"), "{}", error.message());
    assert_eq!(content(&room), content(&data)[..20]);
}

#[test]
fn less_data_than_room_is_seen_by_its_size() {
    let mut pair = Pair::new(6, Weather::FAIR);
    let (data, room) = (filled(20, 1), Scratch::zeroed(30));
    let (send, receive) = (pair.send(&data, 2), pair.receive(&room, 3));
    pair.start(send, receive);
    pair.sender.ready(send, 0).unwrap();
    pair.settle();
    assert_eq!(pair.arrived(receive, 3), [true, false, false]);
    pair.sender.ready(send, 1).unwrap();
    pair.settle();
    assert_eq!(pair.arrived(receive, 3), [true, true, true]);
    assert_eq!(pair.receiver.take_outcome(receive).unwrap().0.bytes, 20);
}

#[test]
fn misuse_is_refused() {
    let mut pair = Pair::new(7, Weather::FAIR);
    let (data, room) = (filled(4, 1), Scratch::zeroed(4));
    let (send, receive) = (pair.send(&data, 2), pair.receive(&room, 2));
    let class = |outcome: crate::error::Result<()>| outcome.unwrap_err().class();
    assert_eq!(class(pair.sender.ready(send, 0)), ErrorClass::Request);
    assert!(pair.receiver.arrived(receive, 0).unwrap());
    pair.start(send, receive);
    assert_eq!(class(pair.sender.ready(send, 2)), ErrorClass::Arg);
    assert_eq!(class(pair.sender.ready(send, -1)), ErrorClass::Arg);
    assert_eq!(class(pair.receiver.ready(receive, 0)), ErrorClass::Request);
    pair.sender.ready(send, 0).unwrap();
    assert_eq!(class(pair.sender.ready(send, 0)), ErrorClass::Arg);
    assert_eq!(class(pair.sender.ready(RequestId::NULL, 0)), ErrorClass::Request);
    assert_eq!(pair.receiver.arrived(receive, 2).unwrap_err().class(), ErrorClass::Arg);
    assert_eq!(pair.sender.arrived(send, 0).unwrap_err().class(), ErrorClass::Request);
    assert!(pair.receiver.arrived(RequestId::NULL, 0).unwrap());
}

#[test]
fn a_layout_that_never_comes_ends_every_round() {
    let mut pair = Pair::new(9, Weather::FAIR);
    let receive = pair.receive(&Scratch::zeroed(4), 1);
    pair.receiver.start(receive, Persistent::Partitioned).unwrap();
    let awaited = pair.receiver.core.requests.iter().map(|(id, _)| id).find(|&id| id != receive).unwrap();
    pair.receiver.fail_posted(awaited, Error::new(ErrorClass::Other, "the sender is gone"));
    for _ in 0..2 {
        assert_eq!(pair.receiver.take_outcome(receive).unwrap().1.unwrap().class(), ErrorClass::Other);
        pair.receiver.start(receive, Persistent::Partitioned).unwrap();
    }
}

#[test]
fn nobody_at_the_other_end_takes_all_and_gives_nothing() {
    let mut pair = Pair::new(8, Weather::FAIR);
    let data = SendData::bytes(filled(4, 1).send_buffer(), 4);
    let data = SendPartitions { data, count: 2, partitions: 2 };
    let envelope = Envelope::new(0, 0, TAG);
    let send = pair.sender.prepare_partitioned_send(COMM, None, CONTEXTS, envelope, data).unwrap();
    pair.sender.start(send, Persistent::Partitioned).unwrap();
    pair.sender.ready(send, 1).unwrap();
    assert!(pair.sender.take_outcome(send).is_none());
    pair.sender.ready(send, 0).unwrap();
    assert!(pair.sender.take_outcome(send).is_some());
    let data = RecvPartitions { room: RecvData::empty(), partitions: 2 };
    let receive = pair.receiver.prepare_partitioned_receive(COMM, None, CONTEXTS, data);
    pair.receiver.start(receive, Persistent::Partitioned).unwrap();
    assert!(pair.receiver.arrived(receive, 1).unwrap());
    assert_eq!(pair.receiver.take_outcome(receive).unwrap().0, Status::PROC_NULL);
}
