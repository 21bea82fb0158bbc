//! Copies of equal blocks at regular distances.
//!
//! Packing, unpacking and copying from layout to layout are one loop nest: in
//! packed bytes the distance from block to block is the block's length. The
//! innermost loop is chosen once per call, by block length and by which side
//! is packed, so that the compiler knows both distances where it can.

use crate::buffer::{RecvBuffer, SendBuffer};
use crate::copy::copy;
use std::ops::{Deref, Range};

/// Loops that one layout may have: four of a datatype and one over elements.
pub const MAX_DIMS: usize = 5;

const CACHE_LINE: usize = 64;

/// Turns of either loop in one tile of a transposition.
const TILE: usize = 8;

/// One loop: `count` times, `stride` bytes apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dim {
    pub count: usize,
    pub stride: isize,
}

/// Loops, the innermost first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dims {
    dims: [Dim; MAX_DIMS],
    len: usize,
}

impl Dims {
    pub const NONE: Self = Self { dims: [Dim { count: 0, stride: 0 }; MAX_DIMS], len: 0 };

    /// These loops with one more around them.
    ///
    /// # Panics
    /// With more than [`MAX_DIMS`] loops.
    #[must_use]
    pub fn with(mut self, dim: Dim) -> Self {
        self.dims[self.len] = dim;
        self.len += 1;
        self
    }

    /// The loops without the outermost, and the outermost.
    pub fn split_outermost(mut self) -> Option<(Self, Dim)> {
        self.len = self.len.checked_sub(1)?;
        Some((self, self.dims[self.len]))
    }
}

impl Deref for Dims {
    type Target = [Dim];

    fn deref(&self) -> &[Dim] {
        &self.dims[..self.len]
    }
}

/// Blocks of `block` bytes, the first one `offset` bytes from the buffer's
/// base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strided {
    pub offset: isize,
    pub block: usize,
    pub dims: Dims,
}

impl Strided {
    /// How many bytes the blocks hold.
    pub fn bytes(&self) -> usize {
        self.dims.iter().fold(self.block, |bytes, dim| bytes.saturating_mul(dim.count))
    }

    /// The bytes between the lowest and the highest block, or `None` when they
    /// leave the address space.
    fn reach(&self) -> Option<Range<isize>> {
        let (mut low, mut high) = (self.offset, self.offset.checked_add_unsigned(self.block)?);
        for dim in self.dims.iter() {
            let last = dim.stride.checked_mul(isize::try_from(dim.count.saturating_sub(1)).ok()?)?;
            low = low.checked_add(last.min(0))?;
            high = high.checked_add(last.max(0))?;
        }
        Some(low..high)
    }
}

#[cold]
#[inline(never)]
fn leaves_the_address_space(shape: &Strided) -> ! {
    panic!("{shape:?} leaves the address space")
}

/// One loop with its distance on both sides.
#[derive(Clone, Copy)]
struct Loop {
    count: usize,
    src: isize,
    dst: isize,
}

type Loops = [Loop; MAX_DIMS];

/// Packs the blocks of `shape` in order.
///
/// # Panics
/// Unless `dst` has exactly `shape.bytes()` bytes, or if a block lies outside
/// the buffer's lent range.
pub fn pack_strided(src: &SendBuffer, shape: &Strided, dst: &mut [u8]) {
    assert_eq!(dst.len(), shape.bytes(), "the packed bytes are as many as the blocks hold");
    if dst.is_empty() {
        return;
    }
    let reach = shape.reach().unwrap_or_else(|| leaves_the_address_space(shape));
    let from = src.reach(shape.offset, reach);
    let (loops, packed) = loops(shape.block, &shape.dims, |dim, packed| (dim.stride, packed));
    debug_assert_eq!(packed as usize, dst.len());
    // SAFETY: `reach` covers every block read; the loops write `dst` from
    // front to back, as many bytes as it has.
    unsafe { nest(&loops[..shape.dims.len()], shape.block, Packed::Destination, from, dst.as_mut_ptr()) }
}

/// Unpacks bytes that [`pack_strided`] packed.
///
/// # Panics
/// Unless `src` has exactly `shape.bytes()` bytes, or if a block lies outside
/// the buffer's lent range.
pub fn unpack_strided(src: &[u8], dst: &RecvBuffer, shape: &Strided) {
    assert_eq!(src.len(), shape.bytes(), "the packed bytes are as many as the blocks hold");
    if src.is_empty() {
        return;
    }
    let reach = shape.reach().unwrap_or_else(|| leaves_the_address_space(shape));
    let to = dst.reach(shape.offset, reach);
    let (loops, _) = loops(shape.block, &shape.dims, |dim, packed| (packed, dim.stride));
    // SAFETY: as in `pack_strided`, with the sides exchanged.
    unsafe { nest(&loops[..shape.dims.len()], shape.block, Packed::Source, src.as_ptr(), to) }
}

/// Copies from blocks to blocks. Both shapes have the same block length and
/// the same counts.
///
/// # Panics
/// If the shapes differ in that, or if a block lies outside a lent range.
pub fn copy_strided(src: &SendBuffer, from: &Strided, dst: &RecvBuffer, to: &Strided) {
    let same_counts = from.dims.iter().map(|dim| dim.count).eq(to.dims.iter().map(|dim| dim.count));
    assert!(same_counts && from.block == to.block, "{from:?} and {to:?} differ in more than distances");
    if from.bytes() == 0 {
        return;
    }
    let src = src.reach(from.offset, from.reach().unwrap_or_else(|| leaves_the_address_space(from)));
    let dst = dst.reach(to.offset, to.reach().unwrap_or_else(|| leaves_the_address_space(to)));
    let mut strides = to.dims.iter();
    let (loops, _) =
        loops(from.block, &from.dims, |dim, _| (dim.stride, strides.next().map_or(0, |dim| dim.stride)));
    // SAFETY: every block read and written lies within the checked reaches.
    unsafe { nest(&loops[..from.dims.len()], from.block, Packed::Neither, src, dst) }
}

/// The loop nest of `dims`; `strides` gets each loop and its distance in packed
/// bytes, and answers with the distances of source and destination. Also the
/// number of packed bytes.
fn loops(block: usize, dims: &Dims, mut strides: impl FnMut(Dim, isize) -> (isize, isize)) -> (Loops, isize) {
    let mut loops = [Loop { count: 0, src: 0, dst: 0 }; MAX_DIMS];
    let mut packed = block as isize;
    for (one, dim) in loops.iter_mut().zip(dims.iter()) {
        let (src, dst) = strides(*dim, packed);
        *one = Loop { count: dim.count, src, dst };
        packed *= dim.count as isize;
    }
    (loops, packed)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Packed {
    Source,
    Destination,
    Neither,
}

type Row = unsafe fn(Loop, usize, *const u8, *mut u8);

/// # Safety
/// Every block that the loops name is readable at `src` and writable at `dst`,
/// and no two blocks overlap.
unsafe fn nest(loops: &[Loop], block: usize, packed: Packed, src: *const u8, dst: *mut u8) {
    // SAFETY: passed on from the caller.
    unsafe {
        match loops.split_first() {
            None => copy(src, dst, block),
            Some((inner, outer)) => {
                let row = match packed {
                    Packed::Source => choose_row::<true, false>(block),
                    Packed::Destination => choose_row::<false, true>(block),
                    Packed::Neither => choose_row::<false, false>(block),
                };
                rows(row, *inner, outer, block, src, dst);
            }
        }
    }
}

/// # Safety
/// As for [`nest`].
unsafe fn rows(row: Row, inner: Loop, outer: &[Loop], block: usize, src: *const u8, dst: *mut u8) {
    let Some((last, others)) = outer.split_last() else {
        // SAFETY: passed on from the caller.
        return unsafe { row(inner, block, src, dst) };
    };
    if others.is_empty() && crosses_lines(inner, *last, block) {
        // SAFETY: passed on from the caller.
        return unsafe { tiles(row, inner, *last, block, src, dst) };
    }
    for i in 0..last.count as isize {
        let (src, dst) = (src.wrapping_offset(i * last.src), dst.wrapping_offset(i * last.dst));
        // SAFETY: one turn of a loop of the nest that the caller vouches for.
        unsafe { rows(row, inner, others, block, src, dst) }
    }
}

/// Whether the inner loop leaves a cache line with every block, on the side
/// where the outer loop would stay in it: the transposition of a matrix.
fn crosses_lines(inner: Loop, outer: Loop, block: usize) -> bool {
    let crosses = |inner: isize, outer: isize| {
        inner.unsigned_abs() > 2 * CACHE_LINE && 2 * outer.unsigned_abs() <= CACHE_LINE
    };
    block <= CACHE_LINE / 2
        && inner.count > TILE
        && outer.count > 1
        && (crosses(inner.src, outer.src) || crosses(inner.dst, outer.dst))
}

/// The two loops in squares, so that a cache line is used up before it is
/// driven out.
///
/// # Safety
/// As for [`nest`].
unsafe fn tiles(row: Row, inner: Loop, outer: Loop, block: usize, src: *const u8, dst: *mut u8) {
    for first in (0..outer.count).step_by(TILE) {
        for start in (0..inner.count).step_by(TILE) {
            let part = Loop { count: TILE.min(inner.count - start), ..inner };
            for turn in first..outer.count.min(first + TILE) {
                let (turn, start) = (turn as isize, start as isize);
                let src = src.wrapping_offset(turn * outer.src + start * inner.src);
                let dst = dst.wrapping_offset(turn * outer.dst + start * inner.dst);
                // SAFETY: some turns of the two loops that the caller vouches for.
                unsafe { row(part, block, src, dst) }
            }
        }
    }
}

fn choose_row<const SRC_PACKED: bool, const DST_PACKED: bool>(block: usize) -> Row {
    match block {
        1 => fixed_row::<1, SRC_PACKED, DST_PACKED>,
        2 => fixed_row::<2, SRC_PACKED, DST_PACKED>,
        4 => fixed_row::<4, SRC_PACKED, DST_PACKED>,
        8 => fixed_row::<8, SRC_PACKED, DST_PACKED>,
        12 => fixed_row::<12, SRC_PACKED, DST_PACKED>,
        16 => fixed_row::<16, SRC_PACKED, DST_PACKED>,
        24 => fixed_row::<24, SRC_PACKED, DST_PACKED>,
        32 => fixed_row::<32, SRC_PACKED, DST_PACKED>,
        64 => fixed_row::<64, SRC_PACKED, DST_PACKED>,
        _ => any_row,
    }
}

/// # Safety
/// The `row.count` blocks of `N` bytes are readable at `src` and writable at
/// `dst`. A packed side has a distance of `N`.
unsafe fn fixed_row<const N: usize, const SRC_PACKED: bool, const DST_PACKED: bool>(
    row: Loop,
    _block: usize,
    src: *const u8,
    dst: *mut u8,
) {
    let src_stride = if SRC_PACKED { N as isize } else { row.src };
    let dst_stride = if DST_PACKED { N as isize } else { row.dst };
    let (mut src, mut dst) = (src, dst);
    // Four blocks at a time: the loads do not wait for one another.
    for _ in 0..row.count / 4 {
        // SAFETY: `[u8; N]` has alignment 1; the caller vouches for the bytes.
        unsafe {
            let block = |i: isize| src.wrapping_offset(i * src_stride).cast::<[u8; N]>().read();
            let (a, b, c, d) = (block(0), block(1), block(2), block(3));
            dst.cast::<[u8; N]>().write(a);
            dst.wrapping_offset(dst_stride).cast::<[u8; N]>().write(b);
            dst.wrapping_offset(2 * dst_stride).cast::<[u8; N]>().write(c);
            dst.wrapping_offset(3 * dst_stride).cast::<[u8; N]>().write(d);
        }
        src = src.wrapping_offset(4 * src_stride);
        dst = dst.wrapping_offset(4 * dst_stride);
    }
    for _ in 0..row.count % 4 {
        // SAFETY: as above.
        unsafe { dst.cast::<[u8; N]>().write(src.cast::<[u8; N]>().read()) };
        src = src.wrapping_offset(src_stride);
        dst = dst.wrapping_offset(dst_stride);
    }
}

/// # Safety
/// As for [`fixed_row`], with blocks of `block` bytes.
unsafe fn any_row(row: Loop, block: usize, src: *const u8, dst: *mut u8) {
    let (mut src, mut dst) = (src, dst);
    for _ in 0..row.count {
        // SAFETY: the caller vouches for the block.
        unsafe { copy_small(src, dst, block) };
        src = src.wrapping_offset(row.src);
        dst = dst.wrapping_offset(row.dst);
    }
}

/// Copies a block whose length is known only now; up to 64 bytes without a
/// call, with two loads that overlap where the length is not a power of two.
///
/// # Safety
/// `src` is readable and `dst` writable for `len` bytes, and they do not
/// overlap.
#[inline(always)]
pub(super) unsafe fn copy_small(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: each pair covers exactly `len` bytes when N <= len <= 2 * N; all
    // types have alignment 1.
    unsafe {
        match len {
            33..=64 => two_ends::<32>(src, dst, len),
            17..=32 => two_ends::<16>(src, dst, len),
            9..=16 => two_ends::<8>(src, dst, len),
            5..=8 => two_ends::<4>(src, dst, len),
            3..=4 => two_ends::<2>(src, dst, len),
            1..=2 => two_ends::<1>(src, dst, len),
            _ => copy(src, dst, len),
        }
    }
}

/// # Safety
/// As for [`copy_small`], and `N <= len <= 2 * N`.
#[inline(always)]
unsafe fn two_ends<const N: usize>(src: *const u8, dst: *mut u8, len: usize) {
    // SAFETY: both ends lie within `len` bytes because `N <= len`.
    unsafe {
        let head = src.cast::<[u8; N]>().read();
        let tail = src.add(len - N).cast::<[u8; N]>().read();
        dst.cast::<[u8; N]>().write(head);
        dst.add(len - N).cast::<[u8; N]>().write(tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::Scratch;

    fn numbered(len: usize) -> Vec<u8> {
        (0..len).map(|i| (i * 7 + i / 256) as u8).collect()
    }

    /// Every block by itself, in the order of the loops.
    fn offsets(shape: &Strided) -> Vec<isize> {
        shape.dims.iter().fold(vec![shape.offset], |inner, dim| {
            let turn = |i: usize| inner.iter().map(move |offset| offset + i as isize * dim.stride);
            (0..dim.count).flat_map(turn).collect()
        })
    }

    fn shapes() -> Vec<Strided> {
        let mut shapes = Vec::new();
        for block in [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 24, 31, 32, 33, 63, 64, 65, 130] {
            let step = block as isize + 3;
            let row = Dims::NONE.with(Dim { count: 7, stride: step });
            shapes.push(Strided { offset: 5, block, dims: row });
            let plane = row.with(Dim { count: 3, stride: -8 * step });
            shapes.push(Strided { offset: 20 * step, block, dims: plane });
            let volume = plane.with(Dim { count: 2, stride: 30 * step });
            shapes.push(Strided { offset: 20 * step, block, dims: volume });
            shapes.push(Strided { offset: 1, block, dims: Dims::NONE });
        }
        // A transposition, with tiles that do not come out even.
        let column = Dims::NONE.with(Dim { count: 19, stride: 160 });
        let matrix = column.with(Dim { count: 18, stride: 8 });
        shapes.push(Strided { offset: 3, block: 8, dims: matrix });
        shapes.push(Strided { offset: 3, block: 4, dims: matrix.with(Dim { count: 2, stride: 5000 }) });
        shapes
    }

    #[test]
    fn packing_and_unpacking_visit_the_blocks_in_order() {
        for shape in shapes() {
            let memory = numbered(16000);
            let source = Scratch::from_bytes(&memory);
            let blocks = offsets(&shape);
            let expected: Vec<u8> =
                blocks.iter().flat_map(|&offset| memory[offset as usize..][..shape.block].to_vec()).collect();
            let mut packed = vec![0; shape.bytes()];
            pack_strided(&source.send_buffer(), &shape, &mut packed);
            assert_eq!(packed, expected, "{shape:?}");

            let target = Scratch::zeroed(memory.len());
            unpack_strided(&packed, &target.recv_buffer(), &shape);
            let copied = Scratch::zeroed(memory.len());
            copy_strided(&source.send_buffer(), &shape, &copied.recv_buffer(), &shape);
            let mut reference = vec![0; memory.len()];
            for (&offset, bytes) in blocks.iter().zip(expected.chunks(shape.block)) {
                reference[offset as usize..][..shape.block].copy_from_slice(bytes);
            }
            assert_eq!(target.send_buffer().slice(0, memory.len()), &reference[..], "{shape:?}");
            assert_eq!(copied.send_buffer().slice(0, memory.len()), &reference[..], "{shape:?}");
        }
    }

    #[test]
    #[should_panic(expected = "outside the lent range")]
    fn a_block_outside_the_lent_range_is_refused() {
        let source = Scratch::zeroed(64);
        let dims = Dims::NONE.with(Dim { count: 5, stride: 16 });
        pack_strided(&source.send_buffer(), &Strided { offset: 0, block: 8, dims }, &mut [0; 40]);
    }

    #[test]
    #[should_panic(expected = "leaves the address space")]
    fn an_overflowing_stride_is_refused() {
        let source = Scratch::zeroed(64);
        let dims = Dims::NONE.with(Dim { count: 4, stride: isize::MAX / 2 });
        pack_strided(&source.send_buffer(), &Strided { offset: 0, block: 8, dims }, &mut [0; 32]);
    }
}
