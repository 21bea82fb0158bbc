#![no_main]
//! A header is a packet or an error; a packet is read as it was written.

use engine::protocol::packet::Packet;
use libfuzzer_sys::fuzz_target;
use transport::Header;

fuzz_target!(|input: (u8, [u32; 3])| {
    let (kind, words) = input;
    if let Ok(packet) = Packet::decode(Header { kind, words }) {
        assert_eq!(Packet::decode(packet.encode()), Ok(packet));
    }
});
