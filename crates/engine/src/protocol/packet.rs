//! Packets and their encoding.

use memory::job::MAX_RANKS;
use transport::Header;

use crate::collective::fingerprint::Fingerprint;
use crate::error::{Error, ErrorClass, Result};

/// What names a message to its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub context: u32,
    /// Rank of the sender in the communicator.
    pub source: i32,
    pub tag: i32,
    /// Of the collective that the message is part of, whose tags have at most
    /// [`MARKED_TAG_BITS`] bits.
    pub fingerprint: Fingerprint,
}

/// Bits of the tags of messages that carry a fingerprint.
pub const MARKED_TAG_BITS: u32 = u32::BITS - Fingerprint::LOW_BITS;
/// Bits of the ranks that such messages come from; those above are the root's.
const MARKED_SOURCE_BITS: u32 = 16;

const _: () = assert!(MAX_RANKS < 1 << MARKED_SOURCE_BITS);

/// A packet without its payload. Requests are named by the raw handle that
/// they have at the rank that owns them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packet {
    /// A whole message; the payload is its data.
    Eager(Envelope),
    /// The payload is a [`Announcement`].
    RequestToSend(Envelope),
    /// The receive is there; the payload is the number of bytes it takes (u64).
    ClearToSend { send: u32, receive: u32 },
    /// The next bytes of a message.
    Data { receive: u32 },
    /// The receiver has read the message out of the sender's memory; the payload is
    /// the number of its bytes that it wanted (u64).
    Read { send: u32 },
    /// The sender gives up a message that it has announced.
    CancelSend { send: u32 },
    /// Whether the message was given up in time.
    CancelAnswer { send: u32, cancelled: bool },
}

const EAGER: u8 = 1;
const REQUEST_TO_SEND: u8 = 2;
const CLEAR_TO_SEND: u8 = 3;
const DATA: u8 = 4;
const CANCEL_SEND: u8 = 5;
const CANCEL_ANSWER: u8 = 6;
/// As [`EAGER`] and [`REQUEST_TO_SEND`], of messages that carry a fingerprint.
const MARKED_EAGER: u8 = 7;
const MARKED_REQUEST_TO_SEND: u8 = 8;
const READ: u8 = 9;

impl Envelope {
    /// Of a message that is part of no collective.
    #[inline]
    pub fn new(context: u32, source: i32, tag: i32) -> Self {
        Self { context, source, tag, fingerprint: Fingerprint::NONE }
    }

    /// The kind of a packet, which is `plain` without a fingerprint, and its words.
    #[inline]
    fn encode(self, plain: u8, marked: u8) -> Header {
        let (source, tag) = (self.source as u32, self.tag as u32);
        if self.fingerprint.is_none() {
            return Header { kind: plain, words: [self.context, source, tag] };
        }
        debug_assert!(source >> MARKED_SOURCE_BITS == 0 && tag >> MARKED_TAG_BITS == 0);
        let (low, root) = self.fingerprint.parts();
        let words = [self.context, source | root << MARKED_SOURCE_BITS, tag | low << MARKED_TAG_BITS];
        Header { kind: marked, words }
    }

    #[inline]
    fn from_words(words: [u32; 3]) -> Self {
        Self::new(words[0], words[1] as i32, words[2] as i32)
    }

    #[inline]
    fn from_marked_words(words: [u32; 3]) -> Self {
        Self {
            context: words[0],
            source: (words[1] & ((1 << MARKED_SOURCE_BITS) - 1)) as i32,
            tag: (words[2] & ((1 << MARKED_TAG_BITS) - 1)) as i32,
            fingerprint: Fingerprint::from_parts(words[2] >> MARKED_TAG_BITS, words[1] >> MARKED_SOURCE_BITS),
        }
    }
}

impl Packet {
    #[inline]
    pub fn encode(self) -> Header {
        let (kind, words) = match self {
            Self::Eager(envelope) => return envelope.encode(EAGER, MARKED_EAGER),
            Self::RequestToSend(envelope) => return envelope.encode(REQUEST_TO_SEND, MARKED_REQUEST_TO_SEND),
            Self::ClearToSend { send, receive } => (CLEAR_TO_SEND, [send, receive, 0]),
            Self::Data { receive } => (DATA, [receive, 0, 0]),
            Self::Read { send } => (READ, [send, 0, 0]),
            Self::CancelSend { send } => (CANCEL_SEND, [send, 0, 0]),
            Self::CancelAnswer { send, cancelled } => (CANCEL_ANSWER, [send, cancelled.into(), 0]),
        };
        Header { kind, words }
    }

    /// # Errors
    /// `MPI_ERR_INTERN` for a kind that no Passel of this version sends.
    #[inline]
    pub fn decode(header: Header) -> Result<Self> {
        let words = header.words;
        Ok(match header.kind {
            EAGER => Self::Eager(Envelope::from_words(words)),
            REQUEST_TO_SEND => Self::RequestToSend(Envelope::from_words(words)),
            MARKED_EAGER => Self::Eager(Envelope::from_marked_words(words)),
            MARKED_REQUEST_TO_SEND => Self::RequestToSend(Envelope::from_marked_words(words)),
            CLEAR_TO_SEND => Self::ClearToSend { send: words[0], receive: words[1] },
            DATA => Self::Data { receive: words[0] },
            READ => Self::Read { send: words[0] },
            CANCEL_SEND => Self::CancelSend { send: words[0] },
            CANCEL_ANSWER => Self::CancelAnswer { send: words[0], cancelled: words[1] != 0 },
            kind => return Err(unknown(kind)),
        })
    }
}

#[cold]
fn unknown(kind: u8) -> Error {
    Error::new(
        ErrorClass::Intern,
        format!("a packet of unknown kind {kind} arrived: are all ranks of one version of Passel?"),
    )
}

/// The payload of a [`Packet::RequestToSend`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Bytes of the message.
    pub bytes: u64,
    /// The sender's request.
    pub send: u32,
    /// Where they lie in the sender's memory, one after the other, if the receiver may
    /// read them there; otherwise 0.
    pub address: u64,
    /// Messages that the sender has announced so and not got rid of, with this one.
    pub waiting: u32,
}

impl Announcement {
    pub const BYTES: usize = 24;

    pub fn encode(self, out: &mut [u8]) {
        out[..8].copy_from_slice(&self.bytes.to_le_bytes());
        out[8..12].copy_from_slice(&self.send.to_le_bytes());
        out[12..20].copy_from_slice(&self.address.to_le_bytes());
        out[20..24].copy_from_slice(&self.waiting.to_le_bytes());
    }

    /// `None` when the payload is too short.
    pub fn decode(payload: &[u8]) -> Option<Self> {
        Some(Self {
            bytes: u64::from_le_bytes(payload.get(..8)?.try_into().ok()?),
            send: u32::from_le_bytes(payload.get(8..12)?.try_into().ok()?),
            address: u64::from_le_bytes(payload.get(12..20)?.try_into().ok()?),
            waiting: u32::from_le_bytes(payload.get(20..24)?.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::collective::fingerprint::Operation;

    #[test]
    fn every_packet_survives_encoding() {
        let envelope = Envelope::new(9, 3, i32::MAX);
        let fingerprint = Fingerprint::new(Operation::Bcast).with_root(4095).with_bytes(1 << 40);
        let marked = Envelope { tag: (1 << MARKED_TAG_BITS) - 1, fingerprint, ..envelope };
        for packet in [
            Packet::Eager(envelope),
            Packet::RequestToSend(envelope),
            Packet::Eager(marked),
            Packet::RequestToSend(marked),
            Packet::ClearToSend { send: 1, receive: 2 },
            Packet::Data { receive: 3 },
            Packet::Read { send: 6 },
            Packet::CancelSend { send: 4 },
            Packet::CancelAnswer { send: 5, cancelled: true },
            Packet::CancelAnswer { send: 5, cancelled: false },
        ] {
            assert_eq!(Packet::decode(packet.encode()), Ok(packet));
        }
        assert!(Packet::decode(Header { kind: 0, words: [0; 3] }).is_err());
    }

    proptest! {
        /// Whatever arrives is a packet or an error, and what is a packet is read
        /// as it was written. The fuzz targets do the same for longer.
        #[test]
        fn any_header_is_decoded_or_refused(kind in any::<u8>(), words in any::<[u32; 3]>()) {
            if let Ok(packet) = Packet::decode(Header { kind, words }) {
                prop_assert_eq!(Packet::decode(packet.encode()), Ok(packet));
            } else {
                prop_assert!(!(EAGER..=READ).contains(&kind));
            }
        }

        #[test]
        fn any_announcement_is_decoded_or_refused(payload in prop::collection::vec(any::<u8>(), 0..40)) {
            match Announcement::decode(&payload) {
                Some(announcement) => {
                    let mut out = [0; Announcement::BYTES];
                    announcement.encode(&mut out);
                    prop_assert_eq!(&out[..], &payload[..Announcement::BYTES]);
                }
                None => prop_assert!(payload.len() < Announcement::BYTES),
            }
        }
    }

    #[test]
    fn a_short_announcement_is_refused() {
        let announcement = Announcement { bytes: 1 << 40, send: 77, address: 1 << 46, waiting: 9 };
        let mut payload = [0; Announcement::BYTES];
        announcement.encode(&mut payload);
        assert_eq!(Announcement::decode(&payload), Some(announcement));
        assert_eq!(Announcement::decode(&payload[..23]), None);
    }
}
