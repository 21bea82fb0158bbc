//! Shared memory that ranks give to one another while they run.
//!
//! Every rank owns an arena: a range of the job's memory file, far larger than
//! it will ever need, of which nothing is allocated before it is touched. The
//! owner alone decides what lies where, so no lock is shared; it tells the
//! others by the [`Extent`] of what it allocated, which any rank of the job
//! maps as a [`Region`]. Nothing has a name: what a killed rank leaves goes
//! with the file, when the last process of the job has ended.
//!
//! # Invariants
//! - Extents in use are whole pages and do not overlap.
//! - What is allocated reads as zero.

use std::collections::BTreeMap;
use std::io;
use std::ops::{Deref, Range};
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, PoisonError};

use platform::memfd::{self, Mapping};

use crate::atomic::{AtomicU32, AtomicU64};
use crate::buffer::{Owner, RecvBuffer, SendBuffer};
use crate::job::{ARENA_BYTES, Job};

const PAGE: u64 = 4096;

/// Where a piece of shared memory lies: offset and bytes in the job's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub offset: u64,
    pub bytes: u64,
}

/// What a rank may give out. Made once for a rank, by its transport.
pub struct Arena {
    job: Arc<Job>,
    /// Free ranges of the file: start to end.
    free: Mutex<BTreeMap<u64, u64>>,
}

impl Arena {
    pub(crate) fn new(job: Arc<Job>, range: Range<u64>) -> Self {
        Self { job, free: Mutex::new(BTreeMap::from([(range.start, range.end)])) }
    }

    /// Allocates `bytes` zero bytes, at least one page.
    ///
    /// # Errors
    /// `OutOfMemory` when the arena is exhausted; those of mapping.
    pub fn allocate(self: &Arc<Self>, bytes: usize) -> io::Result<Grant> {
        let wanted = (bytes.max(1) as u64).checked_next_multiple_of(PAGE).unwrap_or(u64::MAX);
        let offset = self.take(wanted).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::OutOfMemory,
                format!(
                    "{bytes} bytes of shared memory asked for; a rank has {ARENA_BYTES} in all and this much is not \
                     free in one piece"
                ),
            )
        })?;
        let extent = Extent { offset, bytes: wanted };
        match self.map(extent) {
            Ok(region) => Ok(Grant { arena: self.clone(), extent, region }),
            Err(error) => {
                self.give(extent);
                Err(error)
            }
        }
    }

    /// Maps what this or another rank has allocated.
    ///
    /// # Errors
    /// `InvalidInput` when that is not in anybody's arena; those of mapping.
    pub fn map(&self, extent: Extent) -> io::Result<Region> {
        self.job.map_extent(extent).map(Region::new)
    }

    /// As [`Job::permit_ranks`].
    pub fn permit_ranks(&self) {
        self.job.permit_ranks();
    }

    /// A number that tells the job's memory file from that of any other job: only
    /// ranks of one file can map each other's extents.
    ///
    /// # Errors
    /// Those of looking at the file.
    pub fn job_identity(&self) -> io::Result<u64> {
        Ok(memfd::identity(self.job.fd())?)
    }

    /// First fit, at the lowest address: the file stays compact.
    fn take(&self, bytes: u64) -> Option<u64> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, end) =
            free.iter().map(|(&start, &end)| (start, end)).find(|(start, end)| end - start >= bytes)?;
        free.remove(&start);
        if start + bytes < end {
            free.insert(start + bytes, end);
        }
        Some(start)
    }

    fn give(&self, extent: Extent) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut start, mut end) = (extent.offset, extent.offset + extent.bytes);
        if let Some((&before, &until)) = free.range(..start).next_back()
            && until == start
        {
            free.remove(&before);
            start = before;
        }
        if let Some(until) = free.remove(&end) {
            end = until;
        }
        free.insert(start, end);
    }
}

/// Memory allocated from an arena, mapped here. Its pages are freed when it is
/// dropped: whoever else has mapped them must have stopped to use them.
pub struct Grant {
    arena: Arc<Arena>,
    extent: Extent,
    region: Region,
}

impl Grant {
    /// What to tell others, for [`Arena::map`].
    pub fn extent(&self) -> Extent {
        self.extent
    }

    pub fn region(&self) -> &Region {
        &self.region
    }
}

impl Drop for Grant {
    fn drop(&mut self) {
        let Extent { offset, bytes } = self.extent;
        // Pages that cannot be freed must not be given out again: they are not zero.
        if memfd::discard(self.arena.job.fd(), offset, bytes).is_ok() {
            self.arena.give(self.extent);
        }
    }
}

/// Types that may lie in shared memory, where any process may change them.
///
/// # Safety
/// Made of atomics only, for which any bytes are a value.
pub unsafe trait Shared {}

/// A mapped piece of shared memory. Clones are the same mapping.
///
/// Its bytes are plain data that other processes change at any time: copies
/// see each byte old or new, as MPI says of conflicting accesses (MPI-5.0
/// section 12.7); what must be seen whole is an atomic.
#[derive(Clone, Debug)]
pub struct Region {
    mapping: Arc<Mapping>,
}

impl Region {
    pub(crate) fn new(mapping: Mapping) -> Self {
        Self { mapping: Arc::new(mapping) }
    }

    /// Where it begins in this process, for a program that uses it directly.
    #[inline]
    pub fn base(&self) -> NonNull<u8> {
        self.mapping.base()
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.mapping.len()
    }

    pub fn is_empty(&self) -> bool {
        self.mapping.is_empty()
    }

    /// The whole region, to be read; keeps it mapped.
    pub fn send_buffer(&self) -> SendBuffer {
        // SAFETY: mapped as long as the owner that the buffer keeps.
        unsafe { SendBuffer::of_owner(self.base().as_ptr(), self.len(), Owner::Region(self.clone())) }
    }

    /// The whole region, to be written; keeps it mapped.
    pub fn recv_buffer(&self) -> RecvBuffer {
        // SAFETY: as in `send_buffer`.
        unsafe { RecvBuffer::of_owner(self.base().as_ptr(), self.len(), Owner::Region(self.clone())) }
    }

    /// The word at `offset` bytes.
    ///
    /// # Panics
    /// When `offset` is not aligned to 4 or outside.
    pub fn atomic_u32(&self, offset: usize) -> &AtomicU32 {
        &self.words(offset, 1)[0]
    }

    /// The double word at `offset` bytes.
    ///
    /// # Panics
    /// When `offset` is not aligned to 8 or outside.
    pub fn atomic_u64(&self, offset: usize) -> &AtomicU64 {
        &self.double_words(offset, 1)[0]
    }

    /// `count` words from `offset` bytes on.
    ///
    /// # Panics
    /// As [`Self::atomic_u32`].
    #[inline]
    pub fn words(&self, offset: usize, count: usize) -> &[AtomicU32] {
        self.check::<AtomicU32>(offset, count);
        // SAFETY: inside the mapping and aligned (checked), and any bytes are a
        // value; the mapping lives as long as `self`.
        unsafe { std::slice::from_raw_parts(self.base().add(offset).cast().as_ptr(), count) }
    }

    /// `count` double words from `offset` bytes on.
    ///
    /// # Panics
    /// As [`Self::atomic_u64`].
    #[inline]
    pub fn double_words(&self, offset: usize, count: usize) -> &[AtomicU64] {
        self.check::<AtomicU64>(offset, count);
        // SAFETY: as in `words`.
        unsafe { std::slice::from_raw_parts(self.base().add(offset).cast().as_ptr(), count) }
    }

    /// The value at `offset` bytes.
    ///
    /// # Panics
    /// When `offset` is not aligned for it or it does not fit.
    #[inline]
    pub fn view<T: Shared>(&self, offset: usize) -> &T {
        self.check::<T>(offset, 1);
        // SAFETY: inside the mapping and aligned (checked), and any bytes are a
        // value (`Shared`); the mapping lives as long as `self`.
        unsafe { self.base().add(offset).cast::<T>().as_ref() }
    }

    /// As [`Self::view`], found once for many looks; it keeps the region mapped.
    ///
    /// # Panics
    /// As [`Self::view`].
    pub fn kept_view<T: Shared>(&self, offset: usize) -> View<T> {
        View { value: NonNull::from(self.view::<T>(offset)), region: self.clone() }
    }

    #[inline(always)]
    fn check<T>(&self, offset: usize, count: usize) {
        let end = size_of::<T>().checked_mul(count).and_then(|bytes| bytes.checked_add(offset));
        assert!(
            offset.is_multiple_of(align_of::<T>()) && end.is_some_and(|end| end <= self.len()),
            "no {count} values of {} bytes at offset {offset} of a region of {}",
            size_of::<T>(),
            self.len()
        );
    }
}

/// A value in a region.
pub struct View<T> {
    value: NonNull<T>,
    #[expect(dead_code, reason = "kept, not read: the value lies in it")]
    region: Region,
}

// SAFETY: all that it gives away are references to what any process may change
// at any time (`Shared`).
unsafe impl<T: Shared> Send for View<T> {}
// SAFETY: as above.
unsafe impl<T: Shared> Sync for View<T> {}

impl<T> Deref for View<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a reference was checked and made of it in `Region::kept_view`, and
        // the region is kept.
        unsafe { self.value.as_ref() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering::Relaxed;

    use super::*;

    fn arenas() -> [Arc<Arena>; 2] {
        let job = Arc::new(Job::create(2, 1).unwrap());
        [0, 1].map(|rank| Arc::new(job.arena(rank)))
    }

    #[test]
    fn what_one_writes_the_other_reads() {
        let [one, other] = arenas();
        let grant = one.allocate(10_000).unwrap();
        grant.region().atomic_u64(8192).store(7, Relaxed);
        grant.region().recv_buffer().copy_from(100, b"hello");
        let seen = other.map(grant.extent()).unwrap();
        assert_eq!(seen.len(), 12_288);
        assert_eq!(seen.atomic_u64(8192).load(Relaxed), 7);
        assert_eq!(seen.send_buffer().slice(100, 5), b"hello");
    }

    #[test]
    fn freed_pages_come_back_as_zeros() {
        let [one, _] = arenas();
        let first = one.allocate(4096).unwrap();
        first.region().atomic_u32(0).store(1, Relaxed);
        let extent = first.extent();
        drop(first);
        let again = one.allocate(1).unwrap();
        assert_eq!(again.extent(), extent);
        assert_eq!(again.region().atomic_u32(0).load(Relaxed), 0);
    }

    #[test]
    fn neighbours_do_not_overlap_and_holes_are_joined() {
        let [one, other] = arenas();
        let grants: Vec<Grant> = (0..3).map(|_| one.allocate(4096).unwrap()).collect();
        let offsets: Vec<u64> = grants.iter().map(|grant| grant.extent().offset).collect();
        assert!(offsets.is_sorted_by(|a, b| a + 4096 <= *b));
        let foreign = other.allocate(4096).unwrap().extent().offset;
        assert!(foreign >= offsets[0] + ARENA_BYTES);
        drop(grants);
        assert_eq!(one.allocate(3 * 4096).unwrap().extent().offset, offsets[0]);
    }

    #[test]
    fn what_lies_in_no_arena_is_not_mapped() {
        let [one, _] = arenas();
        for extent in [
            Extent { offset: 0, bytes: 4096 },
            Extent { offset: u64::MAX - 4095, bytes: 8192 },
            Extent { offset: one.allocate(1).unwrap().extent().offset + 1, bytes: 4096 },
        ] {
            assert_eq!(one.map(extent).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        }
        assert_eq!(
            one.allocate(usize::MAX / 2).err().map(|error| error.kind()),
            Some(io::ErrorKind::OutOfMemory)
        );
    }
}
