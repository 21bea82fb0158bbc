//! Packets through rings in shared memory.
//!
//! # Invariants
//! - A ring is mapped when its sender first uses it; the receiver learns of it
//!   by a bit in its contacts.
//! - Every push is followed by a look at the receiver's doorbell; every
//!   announcement of sleep by a last look at the rings.
//! - Peers are slots of our job's table. A peer of another job has an alias
//!   there, into whose rings it sends; we send into the table of its own job,
//!   as our alias there, and ring the doorbell that it has there.
//! - Slots are taken while we run. Senders in slots that [`ShmTransport::size`]
//!   has not counted yet are met after the next count.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bootstrap::Membership;
use memory::alias::Identity;
use memory::arena::Arena;
use memory::atomic::fence;
use memory::board::mapped::Board;
use memory::job::{Job, World};
use memory::mapped::{self, MappedRing};
use memory::ring::{Consumer, Producer};
use platform::process::Pid;
use platform::process_memory;

use crate::{Full, Header, Leave, ProcessName, Transport, Waiter};

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
    /// Jobs of aliases that we have met.
    others: Vec<Arc<Job>>,
    /// As long as the number of slots that we have counted.
    outgoing: Vec<Option<Outgoing>>,
    incoming: Vec<Incoming>,
    /// Where in `incoming` a sender is, plus one.
    incoming_index: Vec<u32>,
    /// The contacts that `incoming` knows of.
    contacts: Vec<u64>,
    /// Other ranks may read this one's memory, as far as that depends on it.
    permitted: bool,
}

struct Outgoing {
    producer: Producer<MappedRing>,
    /// The last push found the ring full.
    blocked: bool,
    bell: Bell,
}

struct Incoming {
    peer: usize,
    consumer: Consumer<MappedRing>,
    /// None when the peer, of another job, cannot be reached.
    bell: Option<Bell>,
    /// What was taken since we last looked whether the sender waits for room:
    /// packets and kilobytes.
    unlooked: usize,
}

impl Incoming {
    /// Wakes a sender that waits for room. The caller has fenced since it took
    /// the last packet.
    fn look_at_sender(&mut self) {
        self.unlooked = 0;
        if self.consumer.producer_wants_space()
            && let Some(bell) = &self.bell
        {
            bell.ring();
        }
    }
}

/// Where a process can be woken.
struct Bell {
    job: Arc<Job>,
    slot: usize,
}

impl Bell {
    #[inline]
    fn ring(&self) {
        self.job.control(self.slot).doorbell.ring();
    }
}

/// How to send to a peer.
struct Address {
    /// The peer's own job and slot.
    bell: Bell,
    /// Our slot there.
    own: usize,
}

#[cold]
fn cannot_map(error: &std::io::Error, peer: usize) -> ! {
    panic!(
        "cannot map the ring shared with process {peer}: {error}; if it is alive, \
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
        let mut transport = Self {
            rank,
            others: Vec::new(),
            outgoing: Vec::new(),
            incoming: Vec::new(),
            incoming_index: Vec::new(),
            contacts: Vec::new(),
            permitted: false,
            arena: Arc::new(job.arena(rank)),
            job,
        };
        transport.count();
        transport
    }

    /// Takes note of slots that were taken since the last time.
    #[cold]
    fn count(&mut self) {
        let used = self.job.used();
        self.outgoing.resize_with(used, || None);
        self.incoming_index.resize(used, 0);
        self.contacts.resize(used.div_ceil(64), 0);
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

    /// The job of a process, if it is not our own.
    fn other_job(&mut self, process: Identity) -> io::Result<Arc<Job>> {
        if let Some(known) = self.others.iter().find(|job| job.id() == process.job) {
            return Ok(known.clone());
        }
        let job = Arc::new(process.open_job()?);
        self.others.push(job.clone());
        Ok(job)
    }

    fn address(&mut self, peer: usize) -> io::Result<Address> {
        let identity = self.job.identity(peer);
        if identity.job == self.job.id() {
            return Ok(Address { bell: Bell { job: self.job.clone(), slot: peer }, own: self.rank });
        }
        let job = self.other_job(identity)?;
        let own = job.slot_of(self.job.identity(self.rank))?;
        Ok(Address { bell: Bell { job, slot: identity.slot }, own })
    }

    /// The job and slot of a peer, unless it is of a job that we have never met.
    fn real(&self, peer: usize) -> Option<(&Job, usize)> {
        if !self.job.is_alias(peer) {
            return Some((&self.job, peer));
        }
        let Identity { job, slot, .. } = self.job.identity(peer);
        self.others.iter().find(|other| other.id() == job).map(|job| (&**job, slot))
    }

    /// Maps the ring to `peer` and tells it, once the first packet is there.
    #[cold]
    fn connect(&mut self, peer: usize) {
        if self.outgoing.len() <= peer {
            self.count();
        }
        let Address { bell, own } = self.address(peer).unwrap_or_else(|error| cannot_map(&error, peer));
        // SAFETY: `new` was promised to be the only one for this rank, and
        // `outgoing` keeps what it makes. The slots that our process has, one in
        // each job, are nobody else's.
        let producer = unsafe { mapped::producer(&bell.job, own, bell.slot) }
            .unwrap_or_else(|error| cannot_map(&error, peer));
        let word = &bell.job.contacts(bell.slot)[own / 64];
        // Release: pairs with the Acquire in `meet`. The receiver finds an
        // empty ring until the packet is published.
        word.fetch_or(1 << (own % 64), Ordering::Release);
        self.outgoing[peer] = Some(Outgoing { producer, blocked: false, bell });
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
            let new = now & !self.contacts[index];
            if new != 0 {
                self.accept_all(index, new);
            }
        }
    }

    /// Accepts those senders of a word that have been counted.
    #[cold]
    fn accept_all(&mut self, index: usize, mut new: u64) {
        while new != 0 {
            let peer = index * 64 + new.trailing_zeros() as usize;
            if peer >= self.outgoing.len() {
                break;
            }
            self.contacts[index] |= 1 << (peer % 64);
            self.accept(peer);
            new &= new - 1;
        }
    }

    fn accept(&mut self, peer: usize) {
        // SAFETY: `new` was promised to be the only one for this rank, and the
        // contacts make every sender new once.
        let consumer = unsafe { mapped::consumer(&self.job, peer, self.rank) }
            .unwrap_or_else(|error| cannot_map(&error, peer));
        // A sender that has ended needs no waking.
        let bell = self.address(peer).ok().map(|address| address.bell);
        self.incoming.push(Incoming { peer, consumer, bell, unlooked: 0 });
        self.incoming_index[peer] = self.incoming.len() as u32;
    }
}

impl Transport for ShmTransport {
    type Waiter = ShmWaiter;

    fn rank(&self) -> usize {
        self.rank
    }

    #[inline]
    fn size(&mut self) -> usize {
        if self.job.used() != self.outgoing.len() {
            self.count();
        }
        self.outgoing.len()
    }

    fn name(&self, peer: usize) -> ProcessName {
        let Identity { job, slot, pid, table_fd } = self.job.identity(peer);
        ProcessName([job as u32, (job >> 32) as u32, slot as u32, pid, table_fd as u32])
    }

    fn process_named(&mut self, name: ProcessName) -> io::Result<usize> {
        let ProcessName([low, high, slot, pid, table_fd]) = name;
        let job = u64::from(low) | u64::from(high) << 32;
        let identity = Identity { job, slot: slot as usize, pid, table_fd: table_fd as i32 };
        let peer = self.job.slot_of(identity)?;
        // Now, where it can be told if the peer cannot be reached.
        self.address(peer)?;
        Ok(peer)
    }

    fn own_number_at(&mut self, peer: usize) -> usize {
        self.address(peer).map_or(self.rank, |address| address.own)
    }

    fn shares_memory_with(&self, peer: usize) -> bool {
        !self.job.is_alias(peer)
    }

    #[inline]
    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        if !matches!(self.outgoing.get(peer), Some(Some(_))) {
            self.connect(peer);
        }
        let Some(link) = self.outgoing[peer].as_mut() else { return Err(Full) };
        let pushed = link.producer.push(header, len, fill);
        if pushed.is_err() != link.blocked {
            link.blocked = pushed.is_err();
            link.producer.set_wants_space(link.blocked);
        }
        if pushed.is_ok() {
            link.bell.ring();
        }
        pushed
    }

    fn lets_read(&mut self, peer: usize) -> bool {
        let lets = peer != self.rank && !self.job.is_alias(peer) && !self.job.has_processors_for_all();
        if lets && !std::mem::replace(&mut self.permitted, true) {
            self.job.permit_ranks();
        }
        lets
    }

    fn read(&mut self, peer: usize, address: u64, into: &mut [u8]) -> io::Result<()> {
        let pid = Pid::from_raw(self.job.control(peer).pid() as i32).ok_or(io::ErrorKind::NotFound)?;
        process_memory::read(pid, &[(address, into.len())], into)
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
                link.look_at_sender();
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
        let link = self.outgoing.get(peer).and_then(Option::as_ref);
        link.map_or(0, |link| link.producer.acknowledged())
    }

    fn arena(&self) -> Option<&Arc<Arena>> {
        Some(&self.arena)
    }

    fn board(&self, context: u32, rank: usize, peers: &[usize]) -> io::Result<Option<Board>> {
        Board::open(&self.job, context, rank, peers)
    }

    fn take_leave(&mut self, leave: Leave) {
        self.job.take_leave(self.rank, leave);
        // SeqCst: of the ranks that leave at once, the last sees all others.
        fence(Ordering::SeqCst);
        let World { first, size } = self.job.control(self.rank).world();
        let world = first..first + size;
        let all_left = world.clone().all(|peer| self.leave(peer) != Leave::None);
        // Those of our world that leave wait for the last of us, all others perhaps
        // for this rank.
        for peer in 0..self.size() {
            let is_concerned = all_left && world.contains(&peer) || self.leave(peer) == Leave::None;
            if let Some((job, slot)) = self.real(peer).filter(|_| is_concerned) {
                job.control(slot).doorbell.ring();
            }
        }
    }

    fn leave(&self, peer: usize) -> Leave {
        self.real(peer).map_or(Leave::None, |(job, slot)| job.control(slot).leave())
    }

    fn has_anybody_left(&self) -> bool {
        self.job.has_anybody_left() || self.others.iter().any(|job| job.has_anybody_left())
    }

    fn is_asleep(&self, peer: usize) -> bool {
        self.job.control(peer).doorbell.is_anybody_asleep()
    }

    fn waiter(&self) -> ShmWaiter {
        ShmWaiter { job: self.job.clone(), rank: self.rank }
    }

    fn announce_sleep(&mut self) -> bool {
        self.job.control(self.rank).doorbell.announce();
        if self.job.used() != self.outgoing.len() {
            // One of those not counted may have sent already.
            self.job.control(self.rank).doorbell.retract();
            return false;
        }
        self.meet();
        for link in self.incoming.iter_mut().filter(|link| link.unlooked != 0) {
            link.look_at_sender();
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
        self.job.has_processors_for_all()
    }
}
