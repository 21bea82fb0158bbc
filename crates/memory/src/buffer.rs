//! Memory that somebody lent for the time of an operation.
//!
//! An MPI call hands over a base address and promises that every byte that
//! the (count, datatype) pair names relative to it may be read (or written)
//! until the operation completes. [`SendBuffer`] and [`RecvBuffer`] carry that
//! promise: they are made by an `unsafe` constructor, where the promise is
//! given, and are safe to use from then on because every access is checked
//! against the byte range that was promised. [`Scratch`] is memory of our own
//! that lends buffers without any promise: the buffers keep it alive.

pub mod part;

use std::cell::UnsafeCell;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{Ordering, fence};

#[cfg(not(any(loom, shuttle)))]
use crate::arena::Region;

/// Heap memory that lends [`SendBuffer`]s and [`RecvBuffer`]s of itself.
///
/// Used for the temporaries of collectives. Reading a part while an operation
/// still writes it gives unspecified bytes, never undefined addresses.
#[derive(Clone)]
pub struct Scratch {
    bytes: Arc<[UnsafeCell<u8>]>,
}

// SAFETY: the bytes are plain data that is only reached through raw copies;
// the engine orders accesses by request completion, under its lock.
unsafe impl Send for Scratch {}
// SAFETY: as for `Send`.
unsafe impl Sync for Scratch {}

impl Scratch {
    /// Zeroed memory of `len` bytes.
    pub fn zeroed(len: usize) -> Self {
        let mut cells = Arc::<[UnsafeCell<u8>]>::new_uninit_slice(len);
        let raw = Arc::get_mut(&mut cells).expect("nobody shares it yet").as_mut_ptr();
        // SAFETY: `raw` is the start of `len` cells, which any byte initialises.
        let bytes = unsafe {
            raw.write_bytes(0, len);
            cells.assume_init()
        };
        Self { bytes }
    }

    /// A copy of `bytes`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let scratch = Self::zeroed(bytes.len());
        scratch.recv_buffer().copy_from(0, bytes);
        scratch
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether neither a copy nor a buffer of it is left. What they did is
    /// visible then.
    pub(crate) fn is_sole(&self) -> bool {
        let sole = Arc::strong_count(&self.bytes) == 1;
        // Acquire: pairs with the Release in the drop of an `Arc`.
        fence(Ordering::Acquire);
        sole
    }

    fn base(&self) -> *mut u8 {
        self.bytes.as_ptr() as *mut u8
    }

    /// The whole scratch, to be read; keeps the scratch alive.
    pub fn send_buffer(&self) -> SendBuffer {
        SendBuffer {
            base: self.base(),
            range: 0..self.len() as isize,
            owner: Some(Owner::Scratch(self.clone())),
        }
    }

    /// The whole scratch, to be written; keeps the scratch alive.
    pub fn recv_buffer(&self) -> RecvBuffer {
        RecvBuffer {
            base: self.base(),
            range: 0..self.len() as isize,
            owner: Some(Owner::Scratch(self.clone())),
        }
    }
}

/// What keeps lent memory of our own.
#[derive(Clone)]
pub(crate) enum Owner {
    Scratch(#[expect(dead_code, reason = "kept, not read")] Scratch),
    #[cfg(not(any(loom, shuttle)))]
    Region(#[expect(dead_code, reason = "kept, not read")] Region),
}

/// Memory lent for reading. Offsets are bytes relative to the base address and
/// may be negative where the datatype's lower bound is.
#[derive(Clone)]
pub struct SendBuffer {
    base: *const u8,
    range: Range<isize>,
    owner: Option<Owner>,
}

/// Memory lent for writing. Offsets as for [`SendBuffer`].
#[derive(Clone)]
pub struct RecvBuffer {
    base: *mut u8,
    range: Range<isize>,
    owner: Option<Owner>,
}

// SAFETY: the lender promised validity until completion, whichever thread
// makes the progress (MPI-5.0 section 11.6).
unsafe impl Send for SendBuffer {}
// SAFETY: as above; only reads happen through it.
unsafe impl Sync for SendBuffer {}
// SAFETY: as for `SendBuffer`.
unsafe impl Send for RecvBuffer {}
// SAFETY: writes are raw copies ordered by the engine's lock.
unsafe impl Sync for RecvBuffer {}

#[cold]
#[inline(never)]
fn outside(range: &Range<isize>, offset: isize, len: usize) -> ! {
    panic!("access of {len} bytes at offset {offset} outside the lent range {range:?}")
}

#[inline(always)]
fn check(range: &Range<isize>, offset: isize, len: usize) {
    let inside = offset >= range.start
        && isize::try_from(len).is_ok_and(|len| offset.checked_add(len).is_some_and(|end| end <= range.end));
    if !inside && len != 0 {
        outside(range, offset, len);
    }
}

impl SendBuffer {
    /// # Safety
    /// Every byte in `range`, relative to `base`, that the operation's
    /// datatype names is readable until the operation completes.
    pub unsafe fn new(base: *const u8, range: Range<isize>) -> Self {
        Self { base, range, owner: None }
    }

    /// The `len` bytes from `base` on, which `owner` keeps.
    ///
    /// # Safety
    /// They are readable as long as `owner` or a copy of it is there.
    pub(crate) unsafe fn of_owner(base: *const u8, len: usize, owner: Owner) -> Self {
        Self { base, range: 0..len as isize, owner: Some(owner) }
    }

    /// A buffer of no bytes.
    pub fn empty() -> Self {
        Self { base: std::ptr::null(), range: 0..0, owner: None }
    }

    /// The same memory with the base moved by `offset` bytes.
    #[inline]
    pub fn shifted(&self, offset: isize) -> Self {
        Self {
            base: self.base.wrapping_offset(offset),
            range: self.range.start - offset..self.range.end - offset,
            owner: self.owner.clone(),
        }
    }

    /// Whether a byte may lie in both.
    #[inline]
    pub fn overlaps(&self, room: &RecvBuffer) -> bool {
        let start = |base: *const u8, offset: isize| base.wrapping_offset(offset) as usize;
        start(self.base, self.range.start) < start(room.base, room.range.end)
            && start(room.base, room.range.start) < start(self.base, self.range.end)
    }

    /// Copies `dst.len()` bytes that start at `offset`.
    #[inline]
    pub fn copy_to(&self, offset: isize, dst: &mut [u8]) {
        check(&self.range, offset, dst.len());
        // SAFETY: inside the promised range, checked above; `dst` is exclusive.
        unsafe { crate::copy::copy(self.base.wrapping_offset(offset), dst.as_mut_ptr(), dst.len()) }
    }

    /// As [`Self::copy_to`], of what another process reads next.
    #[inline]
    pub fn copy_for_reader(&self, offset: isize, dst: &mut [u8]) {
        check(&self.range, offset, dst.len());
        // SAFETY: as in `copy_to`.
        unsafe {
            crate::copy::copy_for_reader(self.base.wrapping_offset(offset), dst.as_mut_ptr(), dst.len());
        }
    }

    /// The bytes `offset..offset + len`, for kernels that only read.
    #[inline]
    pub fn slice(&self, offset: isize, len: usize) -> &[u8] {
        check(&self.range, offset, len);
        if len == 0 {
            return &[];
        }
        // SAFETY: inside the promised range; MPI forbids the user to write a
        // send buffer while the operation is pending (MPI-5.0 section 3.7.2).
        unsafe { std::slice::from_raw_parts(self.base.wrapping_offset(offset), len) }
    }

    /// The address of `offset`, for a kernel that reads bytes of `reach` only.
    #[inline]
    pub(crate) fn reach(&self, offset: isize, reach: Range<isize>) -> *const u8 {
        check(&self.range, reach.start, reach.len());
        self.base.wrapping_offset(offset)
    }

    /// The address of `offset`, for single-copy transports that read it from
    /// another process.
    pub fn address(&self, offset: isize) -> u64 {
        self.base.wrapping_offset(offset) as u64
    }
}

impl RecvBuffer {
    /// # Safety
    /// Every byte in `range`, relative to `base`, that the operation's
    /// datatype names is writable until the operation completes.
    pub unsafe fn new(base: *mut u8, range: Range<isize>) -> Self {
        Self { base, range, owner: None }
    }

    /// The `len` bytes from `base` on, which `owner` keeps.
    ///
    /// # Safety
    /// They are writable, by the operation alone, as long as `owner` or a copy
    /// of it is there.
    pub(crate) unsafe fn of_owner(base: *mut u8, len: usize, owner: Owner) -> Self {
        Self { base, range: 0..len as isize, owner: Some(owner) }
    }

    /// A buffer of no bytes.
    pub fn empty() -> Self {
        Self { base: std::ptr::null_mut(), range: 0..0, owner: None }
    }

    /// The same memory with the base moved by `offset` bytes.
    #[inline]
    pub fn shifted(&self, offset: isize) -> Self {
        Self {
            base: self.base.wrapping_offset(offset),
            range: self.range.start - offset..self.range.end - offset,
            owner: self.owner.clone(),
        }
    }

    /// The `len` bytes from `offset` on.
    ///
    /// # Panics
    /// When they are not all lent.
    pub fn part(&self, offset: isize, len: usize) -> Self {
        check(&self.range, offset, len);
        Self { base: self.base.wrapping_offset(offset), range: 0..len as isize, owner: self.owner.clone() }
    }

    /// This memory and `next` as one, if the program lent both itself and `next`
    /// begins where this ends.
    pub fn joined(&self, next: &Self) -> Option<Self> {
        let end = self.base.wrapping_offset(self.range.end);
        let start = next.base.wrapping_offset(next.range.start);
        let all = self.range.start..self.range.end + (next.range.end - next.range.start);
        let adjacent = end == start && self.owner.is_none() && next.owner.is_none();
        adjacent.then(|| Self { base: self.base, range: all, owner: None })
    }

    /// Copies `src` to the bytes that start at `offset`.
    #[inline]
    pub fn copy_from(&self, offset: isize, src: &[u8]) {
        check(&self.range, offset, src.len());
        // SAFETY: inside the promised range, checked above.
        unsafe { crate::copy::copy(src.as_ptr(), self.base.wrapping_offset(offset), src.len()) }
    }

    /// The bytes `offset..offset + len`, for kernels that change them in
    /// place. The caller makes sure that no second view of them is in use.
    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub fn slice_mut(&self, offset: isize, len: usize) -> &mut [u8] {
        check(&self.range, offset, len);
        if len == 0 {
            return &mut [];
        }
        // SAFETY: inside the promised range; the lender gave the memory to the
        // operation alone until it completes.
        unsafe { std::slice::from_raw_parts_mut(self.base.wrapping_offset(offset), len) }
    }

    /// The address of `offset`, for a kernel that writes bytes of `reach` only.
    #[inline(always)]
    pub(crate) fn reach(&self, offset: isize, reach: Range<isize>) -> *mut u8 {
        check(&self.range, reach.start, reach.len());
        self.base.wrapping_offset(offset)
    }

    /// The same memory, to be read (in-place collectives).
    #[inline]
    pub fn as_send(&self) -> SendBuffer {
        SendBuffer { base: self.base, range: self.range.clone(), owner: self.owner.clone() }
    }

    /// The address of `offset`, for single-copy transports.
    #[inline]
    pub fn address(&self, offset: isize) -> u64 {
        self.base.wrapping_offset(offset) as u64
    }
}
