//! What the random programs of `simulation` reach rarely, or cannot see.

use memory::buffer::Scratch;
use passel_engine::datatype::data::{RecvData, SendData};
use passel_engine::handle::{CommId, RequestId};
use passel_engine::protocol::arrival::ContentBody;
use passel_engine::protocol::packet::Envelope;
use passel_engine::protocol::{EAGER_LIMIT_BYTES, Endpoint, credit};
use passel_engine::request::{Persistent, SendMode};
use passel_engine::status::{ANY_TAG, Status};
use transport::sim::{SimNetwork, SimTransport, Weather};

const COMM: CommId = CommId::from_raw(1);

fn pair(weather: Weather) -> (Endpoint<SimTransport>, Endpoint<SimTransport>) {
    let network = SimNetwork::new(2, 1, weather);
    (Endpoint::new(network.end(0)), Endpoint::new(network.end(1)))
}

fn envelope(tag: i32) -> Envelope {
    Envelope::new(0, 0, tag)
}

fn data(bytes: usize) -> SendData {
    SendData::bytes(Scratch::zeroed(bytes).send_buffer(), bytes)
}

fn send(rank: &mut Endpoint<SimTransport>, tag: i32, bytes: usize, mode: SendMode) -> RequestId {
    rank.start_send(COMM, 1, envelope(tag), mode, data(bytes)).unwrap()
}

/// Lets both ranks do what they can.
fn settle(one: &mut Endpoint<SimTransport>, other: &mut Endpoint<SimTransport>) {
    while one.progress().unwrap() + other.progress().unwrap() != 0 {}
}

/// Sends messages that nobody receives; how many of them came with their data.
fn kept_eagerly(
    sender: &mut Endpoint<SimTransport>,
    receiver: &mut Endpoint<SimTransport>,
    messages: usize,
    bytes: usize,
) -> usize {
    for _ in 0..messages {
        send(sender, 5, bytes, SendMode::Standard);
        receiver.progress().unwrap();
    }
    settle(sender, receiver);
    let (mut eager, mut all) = (0, 0);
    receiver.core.matcher.find_message(|message| {
        all += 1;
        eager += usize::from(!matches!(message.content.body, ContentBody::Announced(_)));
        false
    });
    assert_eq!(all, messages);
    eager
}

fn most_eager(bytes: usize) -> usize {
    (credit::per_peer(2) / credit::cost(bytes)) as usize
}

#[test]
fn a_sender_without_credit_announces() {
    let (mut sender, mut receiver) = pair(Weather::FAIR);
    let most = most_eager(EAGER_LIMIT_BYTES);
    assert_eq!(kept_eagerly(&mut sender, &mut receiver, most + 20, EAGER_LIMIT_BYTES), most);
}

#[test]
fn a_message_of_no_bytes_costs_its_entry() {
    assert!(credit::cost(0) >= credit::ENTRY_BYTES);
    let (mut sender, mut receiver) = pair(Weather::FAIR);
    let most = (credit::per_peer(2) / credit::ENTRY_BYTES) as usize;
    assert_eq!(kept_eagerly(&mut sender, &mut receiver, most + 20, 0), most);
}

#[test]
fn a_refused_packet_costs_no_credit() {
    let (mut sender, mut receiver) = pair(Weather { link_packets: 1, ..Weather::FAIR });
    let occupy = send(&mut sender, 0, 1, SendMode::Standard);
    assert!(sender.take_outcome(occupy).is_some());
    for _ in 0..1000 {
        assert!(!sender.send_now(1, envelope(0), &data(EAGER_LIMIT_BYTES)));
    }
    let queued = send(&mut sender, 0, EAGER_LIMIT_BYTES, SendMode::Standard);
    for _ in 0..1000 {
        sender.progress().unwrap();
        assert!(sender.take_outcome(queued).is_none());
    }
    settle(&mut sender, &mut receiver);
    assert!(sender.take_outcome(queued).is_some());
    for bytes in [1, EAGER_LIMIT_BYTES] {
        let room = RecvData::bytes(Scratch::zeroed(bytes).recv_buffer(), bytes);
        let receive = receiver.start_receive(COMM, 0, 0, 0, room);
        assert!(receiver.take_outcome(receive).is_some());
    }
    let credit = credit::per_peer(2) - receiver.core.owed(0);
    let most = (credit / credit::cost(EAGER_LIMIT_BYTES)) as usize;
    assert_eq!(kept_eagerly(&mut sender, &mut receiver, most + 20, EAGER_LIMIT_BYTES), most);
}

#[test]
fn a_queued_persistent_send_is_cancelled_and_started_again() {
    let (mut sender, mut receiver) = pair(Weather { link_packets: 1, ..Weather::FAIR });
    let persistent = Persistent::Send {
        peer: Some(1),
        envelope: envelope(1),
        mode: SendMode::Synchronous,
        data: data(10),
    };
    let request = sender.prepare(COMM, persistent.clone());
    let first = send(&mut sender, 0, 1, SendMode::Standard);
    sender.start(request, persistent.clone()).unwrap();
    sender.cancel(request);
    assert!(sender.take_outcome(request).unwrap().0.is_cancelled());
    // In front of the second start, where the first one was.
    let second = send(&mut sender, 2, 1, SendMode::Standard);
    sender.start(request, persistent).unwrap();
    settle(&mut sender, &mut receiver);
    for tag in [0, 2, 1] {
        let room = RecvData::bytes(Scratch::zeroed(10).recv_buffer(), 10);
        let receive = receiver.start_receive(COMM, 0, 0, ANY_TAG, room);
        settle(&mut sender, &mut receiver);
        assert_eq!(receiver.take_outcome(receive).unwrap().0.tag, tag);
    }
    assert_eq!(receiver.probe(0, 0, ANY_TAG), None, "the message came twice");
    for request in [first, second, request] {
        assert_eq!(sender.take_outcome(request), Some((Status::EMPTY, None)));
    }
}
