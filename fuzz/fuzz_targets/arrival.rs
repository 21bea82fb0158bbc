#![no_main]
//! A rank that has sends and receives under way takes in whatever comes.

use engine::datatype::data::{RecvData, SendData};
use engine::handle::CommId;
use engine::protocol::Endpoint;
use engine::protocol::packet::Envelope;
use engine::request::SendMode;
use libfuzzer_sys::fuzz_target;
use transport::Header;
use transport::sim::{SimNetwork, Weather};

const RANKS: usize = 3;
const COMM: CommId = CommId::from_raw(1);

fuzz_target!(|input: Vec<(u8, u8, [u32; 3], Vec<u8>)>| {
    let network = SimNetwork::new(RANKS, 1, Weather::FAIR);
    let mut rank = Endpoint::new(network.end(0));
    let envelope = Envelope::new(0, 0, 0);
    for peer in 1..RANKS {
        let sent = rank.start_send(COMM, peer, envelope, SendMode::Synchronous, SendData::empty());
        assert!(sent.is_ok());
        rank.start_receive(COMM, 0, peer as i32, 0, RecvData::empty());
    }
    for (peer, kind, words, mut payload) in input {
        payload.truncate(transport::MAX_PACKET_BYTES);
        let header = Header { kind: kind & 0x7f, words };
        // A malformed packet is an error, which the endpoint would report.
        let _ = rank.core.arrive(usize::from(peer) % RANKS, header, &payload);
    }
    assert!(rank.progress().is_ok());
});
