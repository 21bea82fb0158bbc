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
    fn meet(&mut self) {
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
        self.incoming.push(Incoming { peer, consumer });
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
            while taken < POLL_BUDGET
                && link.consumer.pop(|header, payload| sink(link.peer, header, payload)).is_some()
            {
                taken += 1;
            }
            if taken != 0 {
                packets += taken;
                // SeqCst: pairs with the fence in `Doorbell::announce` of a producer
                // that waits for room.
                fence(Ordering::SeqCst);
                if link.consumer.producer_wants_space() {
                    self.job.control(link.peer).doorbell.ring();
                }
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

    fn may_spin(&self) -> bool {
        self.job.ranks() <= self.job.cpus()
    }
}
