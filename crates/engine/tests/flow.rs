//! What the random programs of `simulation` reach rarely, or cannot see.

use memory::buffer::Scratch;
use passel_engine::datatype::data::{RecvData, SendData};
use passel_engine::handle::{CommId, RequestId};
use passel_engine::protocol::arrival::ContentBody;
use passel_engine::protocol::packet::Envelope;
use passel_engine::protocol::{EAGER_LIMIT_BYTES, Endpoint, credit};
use passel_engine::request::{Persistent, SendMode};
use passel_engine::status::{ANY_TAG, Status};
use transport::sim::{Reading, SimNetwork, SimTransport, Weather};

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

/// Sends a long message that begins one byte into its buffer, and returns whether
/// packets carried its data.
fn is_carried(reading: Reading, seed: u64) -> bool {
    const BYTES: usize = 3 << 20;
    let network = SimNetwork::new(2, seed, Weather { reading, ..Weather::FAIR });
    let (mut sender, mut receiver) = (Endpoint::new(network.end(0)), Endpoint::new(network.end(1)));
    let (outgoing, incoming) = (Scratch::zeroed(BYTES + 1), Scratch::zeroed(BYTES));
    for (index, byte) in outgoing.recv_buffer().slice_mut(0, BYTES + 1).iter_mut().enumerate() {
        *byte = (index * 7 + index / 256) as u8;
    }
    let message = SendData::bytes(outgoing.send_buffer().shifted(1), BYTES);
    let sent = sender.start_send(COMM, 1, envelope(5), SendMode::Standard, message).unwrap();
    let receive = receiver.start_receive(COMM, 0, 0, 5, RecvData::bytes(incoming.recv_buffer(), BYTES));
    let mut is_carried = false;
    while sender.progress().unwrap() + receiver.progress().unwrap() != 0 {
        is_carried |= network.under_way() > 1;
    }
    assert_eq!(receiver.take_outcome(receive).unwrap().0.bytes, BYTES as u64);
    assert!(sender.take_outcome(sent).is_some() && sender.is_drained() && receiver.is_drained());
    assert!(incoming.send_buffer().slice(0, BYTES) == outgoing.send_buffer().slice(1, BYTES));
    assert_eq!(
        (sender.core.counters.bytes_sent, receiver.core.counters.bytes_received),
        (BYTES as u64, BYTES as u64)
    );
    is_carried
}

#[test]
fn the_sender_hears_of_what_was_read_before_the_receiver_leaves() {
    let (mut sender, mut receiver) = pair(Weather { reading: Reading::Done, ..Weather::FAIR });
    let sent = send(&mut sender, 5, 300_000, SendMode::Standard);
    let room = RecvData::bytes(Scratch::zeroed(300_000).recv_buffer(), 300_000);
    let receive = receiver.start_receive(COMM, 0, 0, 5, room);
    while receiver.take_outcome(receive).is_none() {
        receiver.progress().unwrap();
    }
    sender.progress().unwrap();
    assert!(sender.take_outcome(sent).is_some());
}

#[test]
fn a_long_message_is_read_where_it_lies_if_that_is_possible() {
    assert!(is_carried(Reading::Untried, 1));
    assert!(!is_carried(Reading::Done, 1));
    // At the first piece, or at a later one.
    assert!((0..10).any(|seed| is_carried(Reading::Failing, seed)));
}
