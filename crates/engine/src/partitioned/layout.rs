//! Which partitions of the two sides are the same data.

use std::ops::Range;

use memory::buffer::Scratch;

/// What a sender's partitions are, as it tells the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The tag of partition 0; those of the others follow, 0 after the largest.
    pub first_tag: u32,
    pub partitions: u32,
    /// Of each partition.
    pub bytes: u64,
}

/// Tags of partitions, before they start again.
const TAG_MASK: u32 = i32::MAX as u32;

impl Layout {
    /// Of its encoding.
    pub const BYTES: usize = 16;

    pub fn encode(self) -> Scratch {
        let mut bytes = [0; Self::BYTES];
        bytes[..4].copy_from_slice(&self.first_tag.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.partitions.to_le_bytes());
        bytes[8..].copy_from_slice(&self.bytes.to_le_bytes());
        Scratch::from_bytes(&bytes)
    }

    /// Of the first [`Self::BYTES`] bytes.
    pub fn decode(room: &Scratch) -> Self {
        let mut bytes = [0; Self::BYTES];
        room.send_buffer().copy_to(0, &mut bytes);
        let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Self {
            first_tag: word(0),
            partitions: word(4),
            bytes: u64::from(word(8)) | u64::from(word(12)) << 32,
        }
    }

    pub fn tag(&self, partition: u32) -> i32 {
        (self.first_tag.wrapping_add(partition) & TAG_MASK) as i32
    }

    /// The partition whose messages have this tag.
    pub fn partition(&self, tag: i32) -> u32 {
        (tag as u32).wrapping_sub(self.first_tag) & TAG_MASK
    }

    /// Bytes of all partitions.
    pub fn total(&self) -> u64 {
        self.bytes.saturating_mul(self.partitions.into())
    }

    /// The sender's partitions that the data of partition `index` come in, if
    /// the receiver has `of` partitions of `bytes` bytes. Without any, it gets
    /// none of the data.
    pub fn covering(&self, index: usize, of: usize, bytes: u64) -> Range<usize> {
        let senders = self.partitions as usize;
        let (index, of) = (index as u128, of as u128);
        // Shares of the whole tell more than bytes, of which there may be none.
        let (first, end, unit) = if self.total() == bytes.saturating_mul(of as u64) {
            (index * senders as u128, (index + 1) * senders as u128, of)
        } else {
            let bytes = u128::from(bytes);
            (index * bytes, (index + 1) * bytes, u128::from(self.bytes))
        };
        if unit == 0 {
            return 0..0;
        }
        let limit = |partition: u128| partition.min(senders as u128) as usize;
        limit(first / unit)..limit(end.div_ceil(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(partitions: u32, bytes: u64) -> Layout {
        Layout { first_tag: 7, partitions, bytes }
    }

    #[test]
    fn a_layout_survives_encoding() {
        let layout = Layout { first_tag: u32::MAX, partitions: 3, bytes: (5 << 32) + 9 };
        assert_eq!(Layout::decode(&layout.encode()), layout);
    }

    #[test]
    fn tags_name_partitions_even_where_they_start_again() {
        let layout = Layout { first_tag: i32::MAX as u32 - 1, partitions: 4, bytes: 1 };
        let tags: Vec<i32> = (0..4).map(|partition| layout.tag(partition)).collect();
        assert_eq!(tags, [i32::MAX - 1, i32::MAX, 0, 1]);
        for partition in 0..4 {
            assert_eq!(layout.partition(layout.tag(partition)), partition);
        }
    }

    #[test]
    fn equal_amounts_are_shared_out_whatever_the_numbers_of_partitions() {
        let four = layout(4, 30);
        let of_three: Vec<_> = (0..3).map(|index| four.covering(index, 3, 40)).collect();
        assert_eq!(of_three, [0..2, 1..3, 2..4]);
        let of_eight: Vec<_> = (0..8).map(|index| four.covering(index, 8, 15)).collect();
        assert_eq!(of_eight, [0..1, 0..1, 1..2, 1..2, 2..3, 2..3, 3..4, 3..4]);
        assert_eq!(four.covering(0, 1, 120), 0..4);
    }

    #[test]
    fn no_data_are_shared_out_too() {
        let none = layout(4, 0);
        let of_two: Vec<_> = (0..2).map(|index| none.covering(index, 2, 0)).collect();
        assert_eq!(of_two, [0..2, 2..4]);
    }

    #[test]
    fn what_is_beyond_the_data_is_covered_by_nothing() {
        let two = layout(2, 10);
        let of_three: Vec<_> = (0..3).map(|index| two.covering(index, 3, 15)).collect();
        assert_eq!(of_three, [0..2, 1..2, 2..2]);
        assert!(layout(2, 0).covering(0, 3, 15).is_empty());
    }

    #[test]
    fn sizes_that_overflow_bytes_do_no_harm() {
        let huge = layout(u32::MAX, u64::MAX);
        assert_eq!(huge.total(), u64::MAX);
        assert!(!huge.covering(1, 2, u64::MAX / 2).is_empty());
    }
}
