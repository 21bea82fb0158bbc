//! A bounded queue of packets from one process to another.
//!
//! A ring is an array of 64-byte slots and a payload area. A slot holds the
//! packet's header and up to [`INLINE_BYTES`] of payload, so a small packet
//! moves one cache line. A larger packet puts its payload into the payload
//! area and its place into the slot.
//!
//! # Access protocol
//! - The producer alone writes slots, the payload area and `wants_space`.
//! - The consumer alone writes `consumed` and `acknowledged`.
//! - A slot belongs to the consumer from the moment its mark carries the phase
//!   of the current lap until `consumed` has passed it, else to the producer.
//!   Payload belongs to whoever owns the slot that names it.
//! - Fresh memory is zero; the phase of lap 0 is 1, and it flips every lap.
//!
//! The memory itself is behind [`RingMemory`], so that the same code runs over
//! a shared mapping and, on the heap, under a model checker.

mod payload;

use crate::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::prefetch;
use payload::PayloadSpace;
pub use payload::Shares;

/// Payload bytes that fit into the slot itself.
pub const INLINE_BYTES: usize = 48;
/// Bytes of one slot: one cache line.
pub const SLOT_BYTES: usize = 64;
/// Payload bytes of the largest packet.
pub const MAX_PACKET_BYTES: usize = 32 * 1024;

/// What the engine says about a packet. The ring does not look into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// What sort of packet: 0..128.
    pub kind: u8,
    pub words: [u32; 3],
}

/// The ring has no room now; the packet was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// Packets in which the line of a slot comes from the consumer's core.
const PREPARED: u32 = 4;

const PHASE: u32 = 1 << 31;
const OUTSIDE: u32 = 1 << 30;
const KIND_SHIFT: u32 = 16;
const KIND_MASK: u32 = 0x7f;
const LEN_MASK: u32 = 0xffff;

/// The 60 bytes of a slot behind its mark.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SlotBody {
    words: [u32; 3],
    inline: [u8; INLINE_BYTES],
}

impl SlotBody {
    pub const ZERO: Self = Self { words: [0; 3], inline: [0; INLINE_BYTES] };
}

/// The memory under a ring.
///
/// # Safety
/// Every method names the same memory each time, slots and payload do not
/// overlap, and the memory starts out zero.
pub unsafe trait RingMemory {
    /// A power of two.
    fn slots(&self) -> usize;
    /// A multiple of 64, at least `2 * MAX_PACKET_BYTES` (of the model, less).
    fn payload_bytes(&self) -> usize;
    /// How many of them are used when.
    fn payload_shares(&self) -> Shares;
    fn mark(&self, slot: usize) -> &AtomicU32;
    /// Slots consumed since the start, modulo 2^32.
    fn consumed(&self) -> &AtomicU32;
    /// Units that the consumer has acknowledged since the start.
    fn acknowledged(&self) -> &AtomicU64;
    /// Not zero while the producer waits for room.
    fn wants_space(&self) -> &AtomicU32;
    fn with_body_mut<R>(&self, slot: usize, f: impl FnOnce(*mut SlotBody) -> R) -> R;
    fn with_body<R>(&self, slot: usize, f: impl FnOnce(*const SlotBody) -> R) -> R;
    fn with_payload_mut<R>(&self, offset: usize, len: usize, f: impl FnOnce(*mut u8) -> R) -> R;
    fn with_payload<R>(&self, offset: usize, len: usize, f: impl FnOnce(*const u8) -> R) -> R;
}

/// The sending end. There is one per ring.
pub struct Producer<M> {
    memory: M,
    /// Slots filled since the start, modulo 2^32.
    filled: u32,
    /// What `consumed` was when last read.
    consumed: u32,
    payload: PayloadSpace,
}

/// The receiving end. There is one per ring.
pub struct Consumer<M> {
    memory: M,
    /// Slots taken since the start, modulo 2^32.
    taken: u32,
    acknowledged: u64,
}

impl<M: RingMemory> Producer<M> {
    /// # Safety
    /// The only producer that this memory ever has.
    pub unsafe fn new(memory: M) -> Self {
        let payload = PayloadSpace::new(memory.payload_shares());
        Self { memory, filled: 0, consumed: 0, payload }
    }

    fn refresh(&mut self) {
        // Acquire: pairs with the Release in `Consumer::pop`; what the consumer
        // read is read before we write over it.
        self.consumed = self.memory.consumed().load(Ordering::Acquire);
        self.payload.release(self.consumed);
    }

    fn has_slot(&self) -> bool {
        self.filled.wrapping_sub(self.consumed) < self.memory.slots() as u32
    }

    /// Sends a packet whose `len` payload bytes are written by `fill`.
    ///
    /// # Panics
    /// With more than [`MAX_PACKET_BYTES`].
    #[inline]
    pub fn push(&mut self, header: Header, len: usize, fill: impl FnOnce(&mut [u8])) -> Result<(), Full> {
        if !self.has_slot() {
            self.refresh();
            if !self.has_slot() {
                return Err(Full);
            }
        }
        let slot = self.filled as usize & (self.memory.slots() - 1);
        if len <= INLINE_BYTES {
            self.memory.with_body_mut(slot, |body| {
                // SAFETY: sole producer, and the check above keeps the slot ours.
                let body = unsafe { &mut *body };
                body.words = header.words;
                fill(&mut body.inline[..len]);
            });
            self.publish(slot, header.kind, len as u32);
            return Ok(());
        }
        self.push_outside(slot, header, len, fill)
    }

    fn push_outside(
        &mut self,
        slot: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        assert!(len <= MAX_PACKET_BYTES, "a packet carries at most {MAX_PACKET_BYTES} bytes");
        let offset = match self.payload.reserve(len) {
            Some(offset) => offset,
            None => {
                self.refresh();
                self.payload.grow_and_reserve(len).ok_or(Full)?
            }
        };
        self.memory.with_payload_mut(offset, len, |bytes| {
            // SAFETY: sole producer; `reserve` gave out a part that no
            // unconsumed slot names.
            fill(unsafe { std::slice::from_raw_parts_mut(bytes, len) });
        });
        self.payload.commit(self.filled, offset, len);
        self.memory.with_body_mut(slot, |body| {
            // SAFETY: sole producer, and `push` checked that the slot is ours.
            let body = unsafe { &mut *body };
            body.words = header.words;
            body.inline[..4].copy_from_slice(&(offset as u32).to_ne_bytes());
        });
        self.publish(slot, header.kind, len as u32 | OUTSIDE);
        Ok(())
    }

    #[inline]
    fn publish(&mut self, slot: usize, kind: u8, len_and_place: u32) {
        let phase = if self.filled & self.memory.slots() as u32 == 0 { PHASE } else { 0 };
        let mark = phase | u32::from(kind) << KIND_SHIFT | len_and_place;
        // Release: pairs with the Acquire in `Consumer::ready`.
        self.memory.mark(slot).store(mark, Ordering::Release);
        self.filled = self.filled.wrapping_add(1);
        let soon = self.filled.wrapping_add(PREPARED) as usize & (self.memory.slots() - 1);
        prefetch::for_writing(self.memory.mark(soon));
    }

    /// Units that the consumer has acknowledged since the start.
    pub fn acknowledged(&self) -> u64 {
        // Acquire: pairs with the Release in `Consumer::acknowledge`.
        self.memory.acknowledged().load(Ordering::Acquire)
    }

    /// Says whether the consumer should wake us when it has made room. The
    /// caller fences, and then tries once more before it sleeps.
    pub fn set_wants_space(&self, wants: bool) {
        // Relaxed: the caller's fence orders it before the last look.
        self.memory.wants_space().store(wants.into(), Ordering::Relaxed);
    }

    /// Whether the consumer has made room since the last push that found none.
    pub fn has_new_room(&mut self) -> bool {
        let before = self.consumed;
        self.refresh();
        self.consumed != before
    }
}

impl<M: RingMemory> Consumer<M> {
    /// # Safety
    /// The only consumer that this memory ever has.
    pub unsafe fn new(memory: M) -> Self {
        Self { memory, taken: 0, acknowledged: 0 }
    }

    /// The mark of the next slot, if a packet is there.
    #[inline]
    fn ready(&self, slot: usize) -> Option<u32> {
        // Acquire: pairs with the Release in `Producer::publish`.
        let mark = self.memory.mark(slot).load(Ordering::Acquire);
        let phase = if self.taken & self.memory.slots() as u32 == 0 { PHASE } else { 0 };
        (mark & PHASE == phase).then_some(mark)
    }

    /// Whether a packet waits.
    #[inline]
    pub fn has_packet(&self) -> bool {
        self.ready(self.taken as usize & (self.memory.slots() - 1)).is_some()
    }

    /// Takes the next packet, if there is one, and hands it to `f`.
    #[inline]
    pub fn pop<R>(&mut self, f: impl FnOnce(Header, &[u8]) -> R) -> Option<R> {
        let slot = self.taken as usize & (self.memory.slots() - 1);
        let mark = self.ready(slot)?;
        let kind = (mark >> KIND_SHIFT & KIND_MASK) as u8;
        let len = (mark & LEN_MASK) as usize;
        let result = self.memory.with_body(slot, |body| {
            // SAFETY: the mark's phase says that the slot is the consumer's
            // until `consumed` passes it, below.
            let body = unsafe { &*body };
            let header = Header { kind, words: body.words };
            if mark & OUTSIDE == 0 {
                return f(header, &body.inline[..len.min(INLINE_BYTES)]);
            }
            let offset = u32::from_ne_bytes([body.inline[0], body.inline[1], body.inline[2], body.inline[3]]);
            let offset = offset as usize;
            // A wild value, from a peer whose memory is broken, must not lead outside.
            assert!(offset + len <= self.memory.payload_bytes(), "a packet names memory outside its ring");
            self.memory.with_payload(offset, len, |bytes| {
                // SAFETY: inside the payload area, and the consumer's as the slot is.
                f(header, unsafe { std::slice::from_raw_parts(bytes, len) })
            })
        });
        self.taken = self.taken.wrapping_add(1);
        // Release: pairs with the Acquire in `Producer::refresh`.
        self.memory.consumed().store(self.taken, Ordering::Release);
        Some(result)
    }

    /// Adds `units` to what the producer reads in `Producer::acknowledged`.
    #[inline]
    pub fn acknowledge(&mut self, units: u64) {
        self.acknowledged += units;
        // Release: pairs with the Acquire in `Producer::acknowledged`.
        self.memory.acknowledged().store(self.acknowledged, Ordering::Release);
    }

    /// Whether the producer waits for room. The caller has fenced since it
    /// took packets.
    #[inline]
    pub fn producer_wants_space(&self) -> bool {
        // Relaxed: the caller's fence orders it after `consumed`.
        self.memory.wants_space().load(Ordering::Relaxed) != 0
    }
}

#[cfg(test)]
mod heap;
#[cfg(all(test, any(loom, shuttle)))]
mod model;
#[cfg(all(test, not(any(loom, shuttle))))]
mod tests;
