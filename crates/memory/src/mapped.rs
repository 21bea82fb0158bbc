//! Rings over the memory that the ranks of a job share.

use std::io;
use std::ptr::NonNull;
use std::sync::Arc;

use platform::memfd::Mapping;

use crate::atomic::{AtomicU32, AtomicU64};
use crate::job::Job;
use crate::ring::{Consumer, MAX_PACKET_BYTES, Producer, RingMemory, SLOT_BYTES, Shares, SlotBody};

const SLOTS: usize = 256;
const LINES_BYTES: usize = 128;
/// Bytes of a ring's payload area, most of which is not used: see
/// [`MappedRing::payload_shares`].
const PAYLOAD_BYTES: usize = 2 * 1024 * 1024;
const PAYLOAD_BYTES_AT_FIRST: usize = 64 * 1024;
const PAYLOAD_BYTES_OUTRUN: usize = 256 * 1024;
/// Bytes that long packets go round in all rings together, if that leaves each
/// what they take when they outrun the receiver: a part of a shared cache.
const ROUND_BYTES: usize = 16 * 1024 * 1024;
/// Bytes of one ring: the two sides' lines + slots + payload, in whole pages.
pub const RING_BYTES: usize = (LINES_BYTES + SLOTS * SLOT_BYTES + PAYLOAD_BYTES).next_multiple_of(4096);

const _: () = assert!(SLOTS.is_power_of_two());
const _: () = assert!(PAYLOAD_BYTES_AT_FIRST >= 2 * MAX_PACKET_BYTES);
const _: () = assert!(PAYLOAD_BYTES_OUTRUN <= PAYLOAD_BYTES && PAYLOAD_BYTES.is_multiple_of(SLOT_BYTES));

#[repr(C, align(64))]
struct ConsumerLine {
    consumed: AtomicU32,
    acknowledged: AtomicU64,
}

#[repr(C, align(64))]
struct ProducerLine {
    wants_space: AtomicU32,
}

#[repr(C, align(64))]
struct Slot {
    mark: AtomicU32,
    body: SlotBody,
}

const _: () = assert!(size_of::<Slot>() == SLOT_BYTES);
const _: () = assert!(size_of::<ConsumerLine>() + size_of::<ProducerLine>() == LINES_BYTES);

/// The ring of one directed pair of ranks.
pub struct MappedRing {
    /// Ranks of the job at its start.
    ranks: usize,
    base: NonNull<u8>,
    /// Keeps `base` mapped.
    _mapping: Arc<Mapping>,
}

// SAFETY: the mapping may be reached from any thread; who may touch what is
// the ring's access protocol.
unsafe impl Send for MappedRing {}

impl MappedRing {
    fn new(job: &Job, mapping: Arc<Mapping>) -> Self {
        assert!(mapping.len() >= RING_BYTES);
        Self { ranks: job.ranks(), base: mapping.base(), _mapping: mapping }
    }

    fn consumer_line(&self) -> &ConsumerLine {
        // SAFETY: the first line of the mapping, aligned, atomics only.
        unsafe { self.base.cast::<ConsumerLine>().as_ref() }
    }

    fn producer_line(&self) -> &ProducerLine {
        // SAFETY: the second line of the mapping, aligned, atomics only.
        unsafe { self.base.add(size_of::<ConsumerLine>()).cast::<ProducerLine>().as_ref() }
    }

    #[inline]
    fn slot(&self, slot: usize) -> *mut Slot {
        debug_assert!(slot < SLOTS);
        // SAFETY: slots lie inside the mapping; the index is masked.
        unsafe { self.base.add(LINES_BYTES).cast::<Slot>().as_ptr().add(slot & (SLOTS - 1)) }
    }

    #[inline]
    fn payload(&self, offset: usize, len: usize) -> *mut u8 {
        assert!(offset + len <= PAYLOAD_BYTES);
        // SAFETY: inside the payload area, checked above.
        unsafe { self.base.add(LINES_BYTES + SLOTS * SLOT_BYTES + offset).as_ptr() }
    }
}

// SAFETY: all addresses are fixed parts of one mapping that do not overlap,
// and the memory file was zero when the job was created.
unsafe impl RingMemory for MappedRing {
    #[inline]
    fn slots(&self) -> usize {
        SLOTS
    }
    #[inline]
    fn payload_bytes(&self) -> usize {
        PAYLOAD_BYTES
    }
    fn payload_shares(&self) -> Shares {
        let share = ROUND_BYTES / (self.ranks * self.ranks) / SLOT_BYTES * SLOT_BYTES;
        let round = share.clamp(PAYLOAD_BYTES_OUTRUN, PAYLOAD_BYTES);
        Shares { at_first: PAYLOAD_BYTES_AT_FIRST, outrun: PAYLOAD_BYTES_OUTRUN, round }
    }
    #[inline]
    fn mark(&self, slot: usize) -> &AtomicU32 {
        // SAFETY: inside the mapping, aligned, and only reached as an atomic.
        unsafe { &(*self.slot(slot)).mark }
    }
    #[inline]
    fn consumed(&self) -> &AtomicU32 {
        &self.consumer_line().consumed
    }
    #[inline]
    fn acknowledged(&self) -> &AtomicU64 {
        &self.consumer_line().acknowledged
    }
    #[inline]
    fn wants_space(&self) -> &AtomicU32 {
        &self.producer_line().wants_space
    }
    #[inline]
    fn with_body_mut<R>(&self, slot: usize, f: impl FnOnce(*mut SlotBody) -> R) -> R {
        // SAFETY: only the address is taken.
        f(unsafe { &raw mut (*self.slot(slot)).body })
    }
    #[inline]
    fn with_body<R>(&self, slot: usize, f: impl FnOnce(*const SlotBody) -> R) -> R {
        // SAFETY: only the address is taken.
        f(unsafe { &raw const (*self.slot(slot)).body })
    }
    #[inline]
    fn with_payload_mut<R>(&self, offset: usize, len: usize, f: impl FnOnce(*mut u8) -> R) -> R {
        f(self.payload(offset, len))
    }
    #[inline]
    fn with_payload<R>(&self, offset: usize, len: usize, f: impl FnOnce(*const u8) -> R) -> R {
        f(self.payload(offset, len))
    }
}

/// The sending end of the ring from `sender`, which is this process, to `receiver`.
///
/// # Safety
/// Called once per pair in the life of the job, by the process that is `sender`.
pub unsafe fn producer(job: &Job, sender: usize, receiver: usize) -> io::Result<Producer<MappedRing>> {
    let ring = MappedRing::new(job, job.map_ring(sender, receiver)?);
    // SAFETY: the caller's promise.
    Ok(unsafe { Producer::new(ring) })
}

/// The receiving end of the ring from `sender` to `receiver`, which is this process.
///
/// # Safety
/// Called once per pair in the life of the job, by the process that is `receiver`.
pub unsafe fn consumer(job: &Job, sender: usize, receiver: usize) -> io::Result<Consumer<MappedRing>> {
    let ring = MappedRing::new(job, job.map_ring(sender, receiver)?);
    // SAFETY: the caller's promise.
    Ok(unsafe { Consumer::new(ring) })
}
