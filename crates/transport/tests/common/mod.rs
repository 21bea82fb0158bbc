//! Packets whose every byte follows from their sender and number, and the
//! checks that a receiver makes of them.

use passel_transport::{Header, INLINE_BYTES, MAX_PACKET_BYTES, Transport};

/// Bytes of packet `number`: none, inline, just beyond, and all sizes up.
pub fn length(number: u32) -> usize {
    const EDGES: [usize; 8] = [0, 1, INLINE_BYTES, INLINE_BYTES + 1, 64, 4096, 20_000, MAX_PACKET_BYTES];
    let mixed = number.wrapping_mul(2_654_435_761) >> 7;
    if mixed.is_multiple_of(5) { EDGES[mixed as usize / 5 % 8] } else { mixed as usize % 600 }
}

fn byte(sender: usize, number: u32, index: usize) -> u8 {
    (sender * 101 + number as usize * 31 + index * 7 + index / 256 + 1) as u8
}

pub fn header(sender: usize, number: u32) -> Header {
    Header { kind: (number % 128) as u8, words: [number, sender as u32, !number] }
}

/// Pushes packet `number`; false when there is no room.
pub fn push<T: Transport>(end: &mut T, peer: usize, number: u32) -> bool {
    let own = end.rank();
    let mut filled = 0;
    let pushed = end.push(peer, header(own, number), length(number), |out| {
        assert_eq!(out.len(), length(number));
        filled += 1;
        for (index, to) in out.iter_mut().enumerate() {
            *to = byte(own, number, index);
        }
    });
    assert_eq!(filled, u32::from(pushed.is_ok()), "filled once when taken, never when given back");
    pushed.is_ok()
}

/// Checks that the packet is whole and the next one of its sender.
pub fn check(expected: &mut u32, sender: usize, got: Header, payload: &[u8]) {
    let number = *expected;
    assert_eq!(got, header(sender, number), "packet {number} of rank {sender} is next");
    assert_eq!(payload.len(), length(number), "length of packet {number} of rank {sender}");
    let torn = payload.iter().enumerate().position(|(index, &at)| at != byte(sender, number, index));
    assert_eq!(torn, None, "packet {number} of rank {sender} is torn");
    *expected += 1;
}
