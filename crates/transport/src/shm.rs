//! Packets through rings in shared memory.
//!
//! # Invariants
//! - A ring is mapped when its sender first uses it; the receiver learns of it
//!   by a bit in its contacts.
//! - Every push is followed by a look at the receiver's doorbell; every
//!   announcement of sleep by a last look at the rings.

use std::sync::Arc;
use std::sync::atomic::{Ordering, fence};
use std::time::Duration;

use bootstrap::Membership;
use memory::arena::Arena;
use memory::job::Job;
use memory::mapped::{self, MappedRing};
use memory::ring::{Consumer, Producer};

use crate::{Full, Header, Leave, Transport, Waiter};

/// Packets taken from one sender in one poll.
const POLL_BUDGET: usize = 32;
/// Packets and kilobytes taken from one sender before we look whether it waits
/// for room, unless a poll finds nothing more, or we go to sleep: the look costs
/// a fence, and the receiver of a single message should not pay for it.
const LOOK_AFTER: usize = 16;

/// A rank's end of a job on one machine.
pub struct ShmTransport {
    job: Arc<Job>,
    arena: Arc<Arena>,
    rank: usize,
    outgoing: Vec<Option<Outgoing>>,
    incoming: Vec<Incoming>,
    /// Where in `incoming` a sender is, plus one.
    incoming_index: Vec<u32>,
    /// The contacts that `incoming` knows of.
    contacts: Vec<u64>,
}

struct Outgoing {
    producer: Producer<MappedRing>,
    /// The last push found the ring full.
    blocked: bool,
}

struct Incoming {
    peer: usize,
    consumer: Consumer<MappedRing>,
    /// What was taken since we last looked whether the sender waits for room:
    /// packets and kilobytes.
    unlooked: usize,
}

impl Incoming {
    /// Wakes a sender that waits for room. The caller has fenced since it took
    /// the last packet.
    fn look_at_sender(&mut self, job: &Job) {
        self.unlooked = 0;
        if self.consumer.producer_wants_space() {
            job.control(self.peer).doorbell.ring();
        }
    }
}

#[cold]
fn cannot_map(error: &std::io::Error, peer: usize) -> ! {
    panic!(
        "cannot map the ring shared with rank {peer}: {error}; \
         raise the limit on address space (ulimit -v) or on mappings (vm.max_map_count)"
    )
}

impl ShmTransport {
    /// The end of `rank` in `job`.
    ///
    /// # Safety
    /// Called once in the life of the job for this rank, by the process that
    /// has claimed it.
    pub unsafe fn new(job: Arc<Job>, rank: usize) -> Self {
        let size = job.ranks();
        Self {
            rank,
            outgoing: (0..size).map(|_| None).collect(),
            incoming: Vec::new(),
            incoming_index: vec![0; size],
            contacts: vec![0; job.contacts(rank).len()],
            arena: Arc::new(job.arena(rank)),
            job,
        }
    }

    /// The end of the rank that this process is.
    pub fn join(membership: Membership) -> Self {
        let rank = membership.rank();
        // SAFETY: a membership is made once, by claiming the rank for this
        // process, and it is gone now.
        unsafe { Self::new(Arc::new(membership.into_job()), rank) }
    }

    /// The job that this is an end of.
    pub fn job(&self) -> &Arc<Job> {
        &self.job
    }

    /// Maps the ring to `peer` and tells it, once the first packet is there.
    #[cold]
    fn connect(&mut self, peer: usize) {
        // SAFETY: `new` was promised to be the only one for this rank, and
        // `outgoing` keeps what it makes.
        let producer = unsafe { mapped::producer(&self.job, self.rank, peer) }
            .unwrap_or_else(|error| cannot_map(&error, peer));
        self.outgoing[peer] = Some(Outgoing { producer, blocked: false });
        let word = &self.job.contacts(peer)[self.rank / 64];
        // Release: pairs with the Acquire in `meet`. The receiver finds an
        // empty ring until the packet is published.
        word.fetch_or(1 << (self.rank % 64), Ordering::Release);
    }

    /// Looks for senders that are new since the last time.
    #[inline]
    fn meet(&mut self) {
        let words = self.job.contacts(self.rank).iter().zip(&self.contacts);
        // Relaxed: only whether there is a reason to look closely.
        if words.into_iter().any(|(word, known)| word.load(Ordering::Relaxed) != *known) {
            self.meet_new();
        }
    }

    #[cold]
    fn meet_new(&mut self) {
        for index in 0..self.contacts.len() {
            // Acquire: pairs with the Release in `connect`.
            let now = self.job.contacts(self.rank)[index].load(Ordering::Acquire);
            let mut new = now & !self.contacts[index];
            self.contacts[index] = now;
            while new != 0 {
                self.accept(index * 64 + new.trailing_zeros() as usize);
                new &= new - 1;
            }
        }
    }

    #[cold]
    fn accept(&mut self, peer: usize) {
        // SAFETY: `new` was promised to be the only one for this rank, and the
        // contacts make every sender new once.
        let consumer = unsafe { mapped::consumer(&self.job, peer, self.rank) }
            .unwrap_or_else(|error| cannot_map(&error, peer));
        self.incoming.push(Incoming { peer, consumer, unlooked: 0 });
        self.incoming_index[peer] = self.incoming.len() as u32;
    }
}

impl Transport for ShmTransport {
    type Waiter = ShmWaiter;

    fn rank(&self) -> usize {
        self.rank
    }

    fn size(&self) -> usize {
        self.job.ranks()
    }

    #[inline]
    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        if self.outgoing[peer].is_none() {
            self.connect(peer);
        }
        let Some(link) = self.outgoing[peer].as_mut() else { return Err(Full) };
        let pushed = link.producer.push(header, len, fill);
        if pushed.is_err() != link.blocked {
            link.blocked = pushed.is_err();
            link.producer.set_wants_space(link.blocked);
        }
        if pushed.is_ok() {
            self.job.control(peer).doorbell.ring();
        }
        pushed
    }

    #[inline]
    fn poll(&mut self, mut sink: impl FnMut(usize, Header, &[u8])) -> usize {
        self.meet();
        let mut packets = 0;
        for link in &mut self.incoming {
            let mut taken = 0;
            while taken < POLL_BUDGET {
                let popped = link.consumer.pop(|header, payload| {
                    sink(link.peer, header, payload);
                    payload.len()
                });
                let Some(bytes) = popped else { break };
                taken += 1;
                link.unlooked += 1 + bytes / 1024;
            }
            packets += taken;
            if link.unlooked >= LOOK_AFTER || (taken == 0 && link.unlooked != 0) {
                // SeqCst: pairs with the fence in `Doorbell::announce` of a producer
                // that waits for room.
                fence(Ordering::SeqCst);
                link.look_at_sender(&self.job);
            }
        }
        packets
    }

    #[inline]
    fn acknowledge(&mut self, peer: usize, units: u64) {
        let index = self.incoming_index[peer] as usize;
        debug_assert_ne!(index, 0, "acknowledged a sender that never sent");
        if let Some(link) = index.checked_sub(1).and_then(|index| self.incoming.get_mut(index)) {
            link.consumer.acknowledge(units);
        }
    }

    fn acknowledged(&mut self, peer: usize) -> u64 {
        self.outgoing[peer].as_ref().map_or(0, |link| link.producer.acknowledged())
    }

    fn arena(&self) -> Option<&Arc<Arena>> {
        Some(&self.arena)
    }

    fn take_leave(&mut self, leave: Leave) {
        self.job.take_leave(self.rank, leave);
        // SeqCst: of the ranks that leave at once, the last sees all others.
        fence(Ordering::SeqCst);
        let all_left = (0..self.size()).all(|peer| self.leave(peer) != Leave::None);
        // Those that leave wait for the last of us, the others perhaps for this rank.
        for peer in (0..self.size()).filter(|&peer| all_left || self.leave(peer) == Leave::None) {
            self.job.control(peer).doorbell.ring();
        }
    }

    fn leave(&self, peer: usize) -> Leave {
        self.job.control(peer).leave()
    }

    fn has_anybody_left(&self) -> bool {
        self.job.has_anybody_left()
    }

    fn is_asleep(&self, peer: usize) -> bool {
        self.job.control(peer).doorbell.is_anybody_asleep()
    }

    fn waiter(&self) -> ShmWaiter {
        ShmWaiter { job: self.job.clone(), rank: self.rank }
    }

    fn announce_sleep(&mut self) -> bool {
        self.job.control(self.rank).doorbell.announce();
        self.meet();
        for link in self.incoming.iter_mut().filter(|link| link.unlooked != 0) {
            link.look_at_sender(&self.job);
        }
        let arrived = self.incoming.iter().any(|link| link.consumer.has_packet());
        let mut roomy = false;
        for link in self.outgoing.iter_mut().flatten().filter(|link| link.blocked) {
            if link.producer.has_new_room() {
                link.blocked = false;
                link.producer.set_wants_space(false);
                roomy = true;
            }
        }
        if arrived || roomy {
            self.job.control(self.rank).doorbell.retract();
            return false;
        }
        true
    }
}

/// See [`Waiter`].
#[derive(Clone)]
pub struct ShmWaiter {
    job: Arc<Job>,
    rank: usize,
}

impl Waiter for ShmWaiter {
    fn sleep(&self, timeout: Option<Duration>) {
        self.job.control(self.rank).doorbell.sleep(timeout);
    }

    fn wake(&self) {
        self.job.control(self.rank).doorbell.ring();
    }

    #[inline]
    fn ring(&self, peer: usize) {
        self.job.control(peer).doorbell.ring();
    }

    fn may_spin(&self) -> bool {
        self.job.ranks() <= self.job.cpus()
    }
}
