//! A rank takes in whatever packets come, from peers that are broken: no panic,
//! no memory from a length that was not checked.

use memory::buffer::Scratch;
use passel_engine::datatype::data::{RecvData, SendData};
use passel_engine::error::ErrorClass;
use passel_engine::handle::CommId;
use passel_engine::protocol::Endpoint;
use passel_engine::protocol::packet::Envelope;
use passel_engine::request::SendMode;
use passel_engine::status::{ANY_SOURCE, ANY_TAG};
use proptest::prelude::*;
use transport::sim::{SimNetwork, SimTransport, Weather};
use transport::{Header, INLINE_BYTES};

const RANKS: usize = 3;
const COMM: CommId = CommId::from_raw(1);

/// A rank with sends and receives of all sorts under way.
fn busy_rank() -> Endpoint<SimTransport> {
    let mut rank = Endpoint::new(SimNetwork::new(RANKS, 1, Weather::FAIR).end(0));
    let envelope = Envelope::new(0, 0, 0);
    for bytes in [0, 10, 100_000] {
        for peer in 0..RANKS {
            let data = SendData::bytes(Scratch::zeroed(bytes).send_buffer(), bytes);
            rank.start_send(COMM, peer, envelope, SendMode::Synchronous, data).unwrap();
            let room = RecvData::bytes(Scratch::zeroed(bytes).recv_buffer(), bytes);
            rank.start_receive(COMM, 0, peer as i32, 0, room);
        }
        let room = RecvData::bytes(Scratch::zeroed(bytes).recv_buffer(), bytes);
        rank.start_receive(COMM, 1, ANY_SOURCE, ANY_TAG, room);
    }
    rank
}

/// Words that often name something: small numbers, requests, or anything.
fn word() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0..24_u32, 1 => any::<u32>(), 1 => Just(u32::MAX), 1 => Just(i32::MAX as u32)]
}

fn packet() -> impl Strategy<Value = (usize, Header, Vec<u8>)> {
    let kind = prop_oneof![8 => 0..8_u8, 1 => 0..128_u8];
    let payload = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..16),
        word().prop_map(|bytes| u64::from(bytes).to_le_bytes().to_vec()),
        (word(), word()).prop_map(|(bytes, send)| {
            [&u64::from(bytes).to_le_bytes()[..], &send.to_le_bytes()].concat()
        }),
        Just(vec![7; INLINE_BYTES + 1]),
        Just(vec![7; 16 * 1024]),
    ];
    (0..RANKS, kind, [word(), word(), word()], payload)
        .prop_map(|(peer, kind, words, payload)| (peer, Header { kind, words }, payload))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_arrives_is_taken_or_refused(packets in prop::collection::vec(packet(), 0..60)) {
        let mut rank = busy_rank();
        for (peer, header, payload) in packets {
            if let Err(error) = rank.core.arrive(peer, header, &payload) {
                prop_assert_eq!(error.class(), ErrorClass::Intern);
            }
        }
        for _ in 0..10 {
            rank.progress().unwrap();
        }
    }
}

#[test]
fn a_wild_source_is_refused() {
    for source in [RANKS as i32, i32::MAX, -1, i32::MIN] {
        for kind in [1, 2] {
            let header = Header { kind, words: [0, source as u32, 0] };
            let error = busy_rank().core.arrive(1, header, &[0; 12]).unwrap_err();
            assert_eq!(error.class(), ErrorClass::Intern);
        }
    }
}
