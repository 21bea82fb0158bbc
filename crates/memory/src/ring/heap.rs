//! A ring on the heap, of any size, that notices when both ends touch the same
//! bytes at the same time: under loom by loom's own cells, which know what
//! happens before what, else by counting who is inside.

use std::cell::UnsafeCell;
use std::sync::Arc;

use super::{Consumer, Producer, RingMemory, SLOT_BYTES, Shares, SlotBody};
use crate::atomic::{AtomicU32, AtomicU64};

#[derive(Clone)]
pub struct HeapRing(Arc<Heap>);

struct Heap {
    marks: Vec<AtomicU32>,
    consumed: AtomicU32,
    acknowledged: AtomicU64,
    wants_space: AtomicU32,
    bodies: Vec<(Watch, UnsafeCell<SlotBody>)>,
    payload_at_first: usize,
    payload: Box<[UnsafeCell<u8>]>,
    /// One for each line of 64 bytes of payload.
    lines: Vec<Watch>,
}

// SAFETY: plain memory; the ring's access protocol, which the watches check,
// says who may touch what.
unsafe impl Send for Heap {}
// SAFETY: as for `Send`.
unsafe impl Sync for Heap {}

impl HeapRing {
    /// # Panics
    /// When the sizes are none that a ring has.
    pub fn new(slots: usize, payload_at_first: usize, payload: usize) -> Self {
        assert!(slots.is_power_of_two());
        assert!(payload.is_multiple_of(SLOT_BYTES) && payload_at_first <= payload);
        Self(Arc::new(Heap {
            marks: (0..slots).map(|_| AtomicU32::new(0)).collect(),
            consumed: AtomicU32::new(0),
            acknowledged: AtomicU64::new(0),
            wants_space: AtomicU32::new(0),
            bodies: (0..slots).map(|_| (Watch::default(), UnsafeCell::new(SlotBody::ZERO))).collect(),
            payload_at_first,
            payload: (0..payload).map(|_| UnsafeCell::new(0)).collect(),
            lines: (0..payload / SLOT_BYTES).map(|_| Watch::default()).collect(),
        }))
    }

    /// The two ends of a fresh ring.
    pub fn ends(slots: usize, payload_at_first: usize, payload: usize) -> (Producer<Self>, Consumer<Self>) {
        let ring = Self::new(slots, payload_at_first, payload);
        // SAFETY: one of each, of memory that nobody else knows.
        unsafe { (Producer::new(ring.clone()), Consumer::new(ring)) }
    }

    fn lines(&self, offset: usize, len: usize) -> &[Watch] {
        &self.0.lines[offset / SLOT_BYTES..(offset + len).div_ceil(SLOT_BYTES)]
    }

    fn payload(&self, offset: usize, len: usize) -> *mut u8 {
        UnsafeCell::raw_get(self.0.payload[offset..offset + len].as_ptr())
    }
}

// SAFETY: every part is a memory of its own, and starts out zero.
unsafe impl RingMemory for HeapRing {
    fn slots(&self) -> usize {
        self.0.marks.len()
    }
    fn payload_bytes(&self) -> usize {
        self.0.payload.len()
    }
    fn payload_shares(&self) -> Shares {
        Shares {
            at_first: self.0.payload_at_first,
            outrun: self.payload_bytes(),
            round: self.payload_bytes(),
        }
    }
    fn mark(&self, slot: usize) -> &AtomicU32 {
        &self.0.marks[slot]
    }
    fn consumed(&self) -> &AtomicU32 {
        &self.0.consumed
    }
    fn acknowledged(&self) -> &AtomicU64 {
        &self.0.acknowledged
    }
    fn wants_space(&self) -> &AtomicU32 {
        &self.0.wants_space
    }
    fn with_body_mut<R>(&self, slot: usize, f: impl FnOnce(*mut SlotBody) -> R) -> R {
        let (watch, body) = &self.0.bodies[slot];
        let _writing = watch.write();
        f(body.get())
    }
    fn with_body<R>(&self, slot: usize, f: impl FnOnce(*const SlotBody) -> R) -> R {
        let (watch, body) = &self.0.bodies[slot];
        let _reading = watch.read();
        f(body.get())
    }
    fn with_payload_mut<R>(&self, offset: usize, len: usize, f: impl FnOnce(*mut u8) -> R) -> R {
        let _writing: Vec<_> = self.lines(offset, len).iter().map(Watch::write).collect();
        f(self.payload(offset, len))
    }
    fn with_payload<R>(&self, offset: usize, len: usize, f: impl FnOnce(*const u8) -> R) -> R {
        let _reading: Vec<_> = self.lines(offset, len).iter().map(Watch::read).collect();
        f(self.payload(offset, len))
    }
}

#[cfg(not(loom))]
use by_count::Watch;
#[cfg(loom)]
use by_loom::Watch;

#[cfg(loom)]
mod by_loom {
    use loom::cell::{ConstPtr, MutPtr, UnsafeCell};

    /// Panics when a write is not ordered with every other access.
    #[derive(Default)]
    pub struct Watch(UnsafeCell<()>);

    impl Watch {
        pub fn read(&self) -> ConstPtr<()> {
            self.0.get()
        }

        pub fn write(&self) -> MutPtr<()> {
            self.0.get_mut()
        }
    }
}

#[cfg(not(loom))]
mod by_count {
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Panics when a writer is inside together with anybody else. It lives
    /// outside the checker's sight, so looking does not change what happens.
    #[derive(Default)]
    pub struct Watch(AtomicU32);

    const WRITER: u32 = 1 << 16;

    pub struct Inside<'a>(&'a AtomicU32, u32);

    impl Watch {
        pub fn read(&self) -> Inside<'_> {
            // Relaxed: it must find a mistake, not prevent it.
            assert!(self.0.fetch_add(1, Ordering::Relaxed) < WRITER, "read while it is written");
            Inside(&self.0, 1)
        }

        pub fn write(&self) -> Inside<'_> {
            // Relaxed: as in `read`.
            assert_eq!(self.0.fetch_add(WRITER, Ordering::Relaxed), 0, "written while it is in use");
            Inside(&self.0, WRITER)
        }
    }

    impl Drop for Inside<'_> {
        fn drop(&mut self) {
            // Relaxed: as in `read`.
            self.0.fetch_sub(self.1, Ordering::Relaxed);
        }
    }
}
