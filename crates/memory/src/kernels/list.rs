//! Copies of blocks at arbitrary places.

use super::strided::copy_small;
use crate::buffer::{RecvBuffer, SendBuffer};
use crate::copy::copy;
use std::ops::Range;

/// `len` bytes that start `offset` bytes from a buffer's base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub offset: isize,
    pub len: usize,
}

/// Blocks in the order in which they are packed. None is empty.
#[derive(Debug)]
pub struct BlockList {
    blocks: Box<[Block]>,
    /// Packed bytes before each block, and after the last.
    starts: Box<[usize]>,
    /// From the lowest byte of a block to the highest.
    reach: Range<isize>,
    /// The length of all blocks, when they have the same; else 0.
    uniform: usize,
}

impl BlockList {
    /// # Panics
    /// If a block is empty or leaves the address space.
    pub fn new(blocks: Vec<Block>) -> Self {
        let mut starts = Vec::with_capacity(blocks.len() + 1);
        let mut packed: usize = 0;
        let (mut low, mut high) = (isize::MAX, isize::MIN);
        for block in &blocks {
            assert!(block.len > 0, "blocks of a list are not empty");
            let end = block.offset.checked_add_unsigned(block.len).expect("blocks lie in the address space");
            (low, high) = (low.min(block.offset), high.max(end));
            starts.push(packed);
            packed = packed.checked_add(block.len).expect("blocks fit the address space");
        }
        starts.push(packed);
        let first = blocks.first().map_or(0, |block| block.len);
        let uniform = if blocks.iter().all(|block| block.len == first) { first } else { 0 };
        Self { blocks: blocks.into(), starts: starts.into(), reach: low..high, uniform }
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Packed bytes of the whole list.
    pub fn bytes(&self) -> usize {
        self.starts[self.blocks.len()]
    }

    /// Packed bytes of the blocks with these indices.
    pub fn bytes_of(&self, indices: &Range<usize>) -> usize {
        self.starts[indices.end] - self.starts[indices.start]
    }

    /// The block that holds the packed byte at `position`, and where the block
    /// starts in the packed bytes.
    pub fn locate(&self, position: usize) -> (usize, usize) {
        let index = self.starts.partition_point(|&start| start <= position).saturating_sub(1);
        (index, self.starts[index])
    }

    /// From the lowest byte of all repetitions to the highest.
    fn reach(&self, repeat: Repeat) -> Option<Range<isize>> {
        let last = repeat.stride.checked_mul(isize::try_from(repeat.count.checked_sub(1)?).ok()?)?;
        let start = self.reach.start.checked_add(repeat.offset)?.checked_add(last.min(0))?;
        let end = self.reach.end.checked_add(repeat.offset)?.checked_add(last.max(0))?;
        Some(start..end)
    }
}

/// Where the copies of a list lie: the first is moved by `offset` bytes, each
/// further one by `stride` more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    pub offset: isize,
    pub count: usize,
    pub stride: isize,
}

fn reach(list: &BlockList, repeat: Repeat) -> Range<isize> {
    list.reach(repeat).unwrap_or_else(|| panic!("{repeat:?} of a block list leaves the address space"))
}

/// Packs the blocks, repetition by repetition.
///
/// # Panics
/// Unless `dst` has exactly as many bytes as the blocks, or if a block lies
/// outside the buffer's lent range.
pub fn pack_list(src: &SendBuffer, list: &BlockList, repeat: Repeat, dst: &mut [u8]) {
    assert_eq!(Some(dst.len()), list.bytes().checked_mul(repeat.count), "as many bytes as the blocks hold");
    if dst.is_empty() {
        return;
    }
    let base = src.reach(repeat.offset, reach(list, repeat));
    let mut packed = dst.as_mut_ptr();
    for i in 0..repeat.count as isize {
        let base = base.wrapping_offset(i * repeat.stride);
        packed = each(list, 0..list.blocks.len(), packed, |offset, packed, len| {
            // SAFETY: the reach of all repetitions was checked, and `packed`
            // stays inside `dst`, which has as many bytes as the blocks.
            unsafe { copy_block(base.wrapping_offset(offset), packed, len) }
        });
    }
}

/// Unpacks bytes that [`pack_list`] packed.
///
/// # Panics
/// Unless `src` has exactly as many bytes as the blocks, or if a block lies
/// outside the buffer's lent range.
pub fn unpack_list(src: &[u8], dst: &RecvBuffer, list: &BlockList, repeat: Repeat) {
    assert_eq!(Some(src.len()), list.bytes().checked_mul(repeat.count), "as many bytes as the blocks hold");
    if src.is_empty() {
        return;
    }
    let base = dst.reach(repeat.offset, reach(list, repeat));
    let mut packed = src.as_ptr().cast_mut();
    for i in 0..repeat.count as isize {
        let base = base.wrapping_offset(i * repeat.stride);
        packed = each(list, 0..list.blocks.len(), packed, |offset, packed, len| {
            // SAFETY: as in `pack_list`; `packed` is only read.
            unsafe { copy_block(packed, base.wrapping_offset(offset), len) }
        });
    }
}

/// Packs the blocks with these indices of one copy of the list, moved by
/// `offset` bytes.
///
/// # Panics
/// As [`pack_list`].
pub fn pack_some(src: &SendBuffer, list: &BlockList, indices: Range<usize>, offset: isize, dst: &mut [u8]) {
    assert_eq!(dst.len(), list.bytes_of(&indices), "as many bytes as the blocks hold");
    each(list, indices, dst.as_mut_ptr(), |block, packed, len| {
        let start = offset + block;
        let src = src.reach(start, start..start + len as isize);
        // SAFETY: the block's reach was just checked; `packed` as in `pack_list`.
        unsafe { copy_block(src, packed, len) }
    });
}

/// Unpacks the blocks with these indices of one copy of the list, moved by
/// `offset` bytes.
///
/// # Panics
/// As [`unpack_list`].
pub fn unpack_some(src: &[u8], dst: &RecvBuffer, list: &BlockList, indices: Range<usize>, offset: isize) {
    assert_eq!(src.len(), list.bytes_of(&indices), "as many bytes as the blocks hold");
    each(list, indices, src.as_ptr().cast_mut(), |block, packed, len| {
        let start = offset + block;
        let dst = dst.reach(start, start..start + len as isize);
        // SAFETY: as in `pack_some`; `packed` is only read.
        unsafe { copy_block(packed, dst, len) }
    });
}

/// Calls `one` with the offset of each block, its place among the packed bytes
/// that start at `packed`, and its length. Gives the place after the last. The
/// length is a constant where all are the same common one.
#[inline(always)]
fn each(
    list: &BlockList,
    indices: Range<usize>,
    mut packed: *mut u8,
    one: impl Fn(isize, *mut u8, usize),
) -> *mut u8 {
    let blocks = &list.blocks[indices];
    match list.uniform {
        4 => uniform::<4>(blocks, packed, one),
        8 => uniform::<8>(blocks, packed, one),
        16 => uniform::<16>(blocks, packed, one),
        24 => uniform::<24>(blocks, packed, one),
        _ => {
            for block in blocks {
                one(block.offset, packed, block.len);
                packed = packed.wrapping_add(block.len);
            }
            packed
        }
    }
}

#[inline(always)]
fn uniform<const LEN: usize>(
    blocks: &[Block],
    mut packed: *mut u8,
    one: impl Fn(isize, *mut u8, usize),
) -> *mut u8 {
    for block in blocks {
        one(block.offset, packed, LEN);
        packed = packed.wrapping_add(LEN);
    }
    packed
}

/// # Safety
/// `src` is readable and `dst` writable for `len` bytes, and they do not
/// overlap.
#[inline(always)]
unsafe fn copy_block(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: passed on from the caller.
    unsafe {
        if len > 64 {
            copy(src, dst, len);
        } else {
            copy_small(src, dst, len);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::Scratch;

    fn list(lens: &[usize]) -> BlockList {
        let mut offset = 400;
        let block = |&len: &usize| {
            offset -= len as isize + 1;
            Block { offset, len }
        };
        BlockList::new(lens.iter().map(block).collect())
    }

    #[test]
    fn lists_are_packed_in_their_order() {
        let memory: Vec<u8> = (0..3000).map(|i| (i * 11 + i / 256) as u8).collect();
        let source = Scratch::from_bytes(&memory).send_buffer();
        for lens in [&[1, 2, 3, 5, 8, 9, 17, 33, 64, 65, 100][..], &[8; 9], &[4; 9], &[16; 7], &[24; 5]] {
            let list = list(lens);
            let repeat = Repeat { offset: 3, count: 4, stride: 500 };
            let copies = (0..4).map(|i| 3 + i * 500);
            let blocks = copies.flat_map(|base| list.blocks().iter().map(move |b| (base + b.offset, b.len)));
            let mut expected = Vec::new();
            let mut target = vec![0; memory.len()];
            for (offset, len) in blocks {
                let offset = offset as usize;
                expected.extend_from_slice(&memory[offset..offset + len]);
                target[offset..offset + len].copy_from_slice(&memory[offset..offset + len]);
            }
            let mut packed = vec![0; list.bytes() * 4];
            pack_list(&source, &list, repeat, &mut packed);
            assert_eq!(packed, expected);
            let scratch = Scratch::zeroed(memory.len());
            unpack_list(&packed, &scratch.recv_buffer(), &list, repeat);
            assert_eq!(scratch.send_buffer().slice(0, memory.len()), target);

            let some = 2..4;
            let mut part = vec![0; list.bytes_of(&some)];
            pack_some(&source, &list, some, 3, &mut part);
            let start = lens[0] + lens[1];
            assert_eq!(part, expected[start..start + lens[2] + lens[3]]);
        }
    }

    #[test]
    fn a_position_is_found_in_its_block() {
        let list = list(&[3, 5, 2]);
        let found: Vec<_> = [0, 2, 3, 7, 8, 9].map(|position| list.locate(position)).to_vec();
        assert_eq!(found, [(0, 0), (0, 0), (1, 3), (1, 3), (2, 8), (2, 8)]);
    }

    #[test]
    #[should_panic(expected = "outside the lent range")]
    fn a_block_outside_the_lent_range_is_refused() {
        let list = BlockList::new(vec![Block { offset: 8, len: 8 }, Block { offset: 60, len: 8 }]);
        let once = Repeat { offset: 0, count: 1, stride: 0 };
        pack_list(&Scratch::zeroed(64).send_buffer(), &list, once, &mut [0; 16]);
    }
}
