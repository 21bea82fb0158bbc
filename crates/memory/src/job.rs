//! The memory that the ranks of a job share: one memory file, inherited from
//! the launcher, that holds the job table and every ring.
//!
//! ```text
//! header | control blocks | contacts | inboxes | arenas | boards
//! ```
//! A process has a slot. The ranks that the job was started with have slots
//! 0 to `ranks`, so there slot and rank in `MPI_COMM_WORLD` are the same;
//! processes that are started later, and those of other jobs that come into
//! contact with this one ([`crate::alias`]), take further slots, of which
//! none is used twice. The inbox of a slot holds one ring for every possible
//! sender; from its arena a process gives shared memory to others; its boards
//! are those of the communicators that it is rank 0 of ([`crate::board`]). Each
//! part has a place for every slot. Pages come into being when they are touched,
//! so a pair that never talks costs nothing.
//!
//! # Access protocol
//! - The header is written by the launcher before the first rank starts, but
//!   for the counts `used` and `live`, the launcher's own process id and
//!   `alias_lock`.
//! - Who takes slots raises `used` first; a world's control blocks are then
//!   written by the launcher, before it starts their processes.
//! - A rank claims its control block by swapping its process id into `pid`;
//!   from then on it alone writes its `state`, `abort_code`, `table_fd` and
//!   `activity`. Anybody may ring its doorbell.
//! - A sender sets its bit in the receiver's contacts after its first packet.

use std::hash::BuildHasher;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use platform::memfd::{self, Mapping};
use platform::process::Pid;
use platform::process_memory;

use crate::activity::Activity;
use crate::alias::Alias;
use crate::arena::{Arena, Extent};
use crate::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};
use crate::board::mapped::BOARD_BYTES;
use crate::doorbell::Doorbell;
use crate::mapped::RING_BYTES;

const MAGIC: u64 = u64::from_be_bytes(*b"PASSEL\0\x01");
const VERSION: u32 = 3;
const PAGE: usize = 4096;
const HEADER_BYTES: usize = PAGE;
const CONTROL_BYTES: usize = 512;
/// Bytes of the file that one rank may give to others: far more than there is.
pub const ARENA_BYTES: u64 = 1 << 40;
/// Context ids that a process can have boards for. They are never used twice, so
/// communicators that come after very many others have none.
const BOARDS: u64 = 1 << 18;
/// Ranks that a job may be started with.
pub const MAX_RANKS: usize = 4096;
/// Processes that a job may ever have to do with: its ranks, those that it
/// starts, and those of other jobs.
pub const SLOTS: usize = 16384;

/// The start of the job table.
#[repr(C)]
pub struct JobHeader {
    magic: AtomicU64,
    version: AtomicU32,
    ranks: AtomicU32,
    /// Processors that the launcher may use.
    cpus: AtomicU32,
    /// The process that started or serves the ranks.
    launcher_pid: AtomicU32,
    /// Slots taken so far; never less than before.
    used: AtomicU32,
    /// Processes of this job that run, as far as the launcher knows.
    live: AtomicU32,
    /// Not zero while the launcher takes requests.
    served: AtomicU32,
    /// Slots that the launcher has looked at for processes of other jobs.
    looked_at: AtomicU32,
    /// Process that is adding an alias, or 0.
    pub(crate) alias_lock: AtomicU32,
    /// Tells the job from all others of the machine.
    id: AtomicU64,
    /// Not zero once a rank has begun to leave.
    leaving: AtomicU32,
}

/// How far a rank has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum RankState {
    /// Has not called `MPI_Init`.
    Unborn = 0,
    Initialized = 1,
    Finalized = 2,
    /// Called `MPI_Abort`; `abort_code` is set.
    Aborted = 3,
}

/// How far a rank has left the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Leave {
    None = 0,
    /// It has called `MPI_Finalize`, and goes on in a session.
    World = 1,
    /// It sends nothing any more.
    Silent = 2,
}

/// What everybody may know about one rank.
#[repr(C, align(64))]
pub struct RankControl {
    pub doorbell: Doorbell,
    pid: AtomicU32,
    state: AtomicU32,
    abort_code: AtomicI32,
    appnum: AtomicU32,
    /// First slot and size of the process's `MPI_COMM_WORLD`.
    world_first: AtomicU32,
    world_size: AtomicU32,
    /// Slot of the process that asked for this one, plus 1; 0 for none.
    parent: AtomicU32,
    /// Of the messages by which parent and children meet.
    parent_tag: AtomicU32,
    /// Communicators of the process that reach beyond its world.
    ties: AtomicU32,
    /// The descriptor by which the process has the job's file open.
    table_fd: AtomicI32,
    pub(crate) alias: Alias,
    /// A [`Leave`].
    leave: AtomicU32,
    pub activity: Activity,
}

/// The `MPI_COMM_WORLD` of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct World {
    /// The slot of its rank 0.
    pub first: usize,
    pub size: usize,
}

/// Who asked for a process by `MPI_Comm_spawn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// The slot of the root.
    pub slot: usize,
    /// Of the messages by which the two sides meet.
    pub tag: u32,
}

const _: () = assert!(size_of::<RankControl>() <= CONTROL_BYTES);
const _: () = assert!(size_of::<JobHeader>() <= HEADER_BYTES);

impl RankControl {
    /// The process that is this rank, 0 when nobody has claimed it.
    pub fn pid(&self) -> u32 {
        // Acquire: pairs with the AcqRel in `claim`.
        self.pid.load(Ordering::Acquire)
    }

    /// Makes process `pid` this rank; tells the claimant that came first.
    pub fn claim(&self, pid: u32) -> Result<(), u32> {
        // AcqRel: pairs with the load in `pid`.
        self.pid.compare_exchange(0, pid, Ordering::AcqRel, Ordering::Acquire).map(|_| ())
    }

    pub fn state(&self) -> RankState {
        // Acquire: pairs with the Release in `set_state`.
        match self.state.load(Ordering::Acquire) {
            1 => RankState::Initialized,
            2 => RankState::Finalized,
            3 => RankState::Aborted,
            _ => RankState::Unborn,
        }
    }

    pub fn set_state(&self, state: RankState) {
        // Release: pairs with the Acquire in `state`.
        self.state.store(state as u32, Ordering::Release);
    }

    /// Says that this rank ends the job with `code`.
    pub fn abort(&self, code: i32) {
        // Relaxed: `set_state` releases it.
        self.abort_code.store(code, Ordering::Relaxed);
        self.set_state(RankState::Aborted);
    }

    /// Of a rank whose state is `Aborted`.
    pub fn abort_code(&self) -> i32 {
        // Relaxed: the reader saw `Aborted` with Acquire.
        self.abort_code.load(Ordering::Relaxed)
    }

    /// The descriptor by which the process, once it has claimed the slot, has
    /// the job's file open.
    pub fn table_fd(&self) -> i32 {
        // Relaxed: whoever asks was told of the process by a message of it.
        self.table_fd.load(Ordering::Relaxed)
    }

    /// See [`World`]; of size 0 before the slot is taken.
    pub fn world(&self) -> World {
        // Relaxed, both: written before the process was started.
        let word = |word: &AtomicU32| word.load(Ordering::Relaxed) as usize;
        World { first: word(&self.world_first), size: word(&self.world_size) }
    }

    /// See [`Parent`].
    pub fn parent(&self) -> Option<Parent> {
        // Relaxed, both: written before the process was started.
        let slot = self.parent.load(Ordering::Relaxed).checked_sub(1)?;
        Some(Parent { slot: slot as usize, tag: self.parent_tag.load(Ordering::Relaxed) })
    }

    /// The process has one communicator more, or less, with processes outside
    /// of its `MPI_COMM_WORLD`.
    pub fn tie(&self, change: i32) {
        // Release: pairs with the Acquire in `is_tied`.
        self.ties.fetch_add(change as u32, Ordering::Release);
    }

    /// Whether processes outside of its world may wait for this one.
    pub fn is_tied(&self) -> bool {
        // Acquire: pairs with the Release in `tie`.
        match self.state() {
            RankState::Finalized => false,
            _ => self.ties.load(Ordering::Acquire) != 0,
        }
    }

    /// How far the rank has left the job.
    pub fn leave(&self) -> Leave {
        // Acquire: pairs with the Release in `Job::take_leave`.
        match self.leave.load(Ordering::Acquire) {
            0 => Leave::None,
            1 => Leave::World,
            _ => Leave::Silent,
        }
    }

    /// Which of the launcher's program blocks the rank belongs to.
    pub fn appnum(&self) -> u32 {
        // Relaxed: written before the rank was started.
        self.appnum.load(Ordering::Relaxed)
    }

    pub fn set_appnum(&self, appnum: u32) {
        // Relaxed: the start of the process orders it.
        self.appnum.store(appnum, Ordering::Relaxed);
    }
}

/// Where things are in a job's memory file.
mod layout {
    use super::{ARENA_BYTES, BOARD_BYTES, BOARDS, CONTROL_BYTES, HEADER_BYTES, PAGE, RING_BYTES, SLOTS};

    /// Words of a slot's contacts; whole cache lines, so that slots do not share one.
    pub(super) const CONTACT_WORDS: usize = SLOTS.div_ceil(64).next_multiple_of(8);
    const CONTACTS: usize = control(SLOTS);
    /// Bytes of header, control blocks and contacts: what everybody maps.
    pub(super) const TABLE_BYTES: usize = contacts(SLOTS).next_multiple_of(PAGE);
    const INBOX_BYTES: u64 = (SLOTS * RING_BYTES) as u64;
    const ARENAS: u64 = inbox(SLOTS);
    /// The size of the memory file: table + inboxes + arenas + boards.
    pub(super) const BYTES: u64 = board(SLOTS, 0);

    const _: () = assert!(BYTES < i64::MAX as u64);

    pub(super) const fn control(slot: usize) -> usize {
        HEADER_BYTES + slot * CONTROL_BYTES
    }

    pub(super) const fn contacts(slot: usize) -> usize {
        CONTACTS + slot * CONTACT_WORDS * size_of::<u64>()
    }

    const fn inbox(receiver: usize) -> u64 {
        TABLE_BYTES as u64 + receiver as u64 * INBOX_BYTES
    }

    pub(super) const fn ring(sender: usize, receiver: usize) -> u64 {
        inbox(receiver) + (sender * RING_BYTES) as u64
    }

    /// Of `slot`; one past the last slot, where the file ends.
    pub(super) const fn arena(slot: usize) -> u64 {
        ARENAS + slot as u64 * ARENA_BYTES
    }

    pub(super) const fn board(slot: usize, context: u64) -> u64 {
        arena(SLOTS) + (slot as u64 * BOARDS + context) * BOARD_BYTES
    }
}

/// A job's memory file with its table mapped.
pub struct Job {
    fd: OwnedFd,
    table: Mapping,
}

impl Job {
    /// A new job of `ranks` ranks on `cpus` processors, made by its launcher.
    ///
    /// # Panics
    /// Unless `ranks` is in `1..=MAX_RANKS`.
    pub fn create(ranks: usize, cpus: usize) -> io::Result<Self> {
        assert!((1..=MAX_RANKS).contains(&ranks), "a job has 1 to {MAX_RANKS} ranks");
        let fd = memfd::create("passel-job", layout::BYTES)?;
        let table = Mapping::new(&fd, 0, layout::TABLE_BYTES)?;
        let job = Self { fd, table };
        let header = job.header();
        // Relaxed, all: the start of the ranks' processes orders them.
        header.version.store(VERSION, Ordering::Relaxed);
        header.ranks.store(ranks as u32, Ordering::Relaxed);
        header.cpus.store(cpus as u32, Ordering::Relaxed);
        header.launcher_pid.store(std::process::id(), Ordering::Relaxed);
        // The standard library seeds its hash maps with random bits.
        let random = std::hash::RandomState::new().hash_one(std::process::id());
        header.id.store(random.max(1), Ordering::Relaxed);
        job.place_world(World { first: 0, size: ranks }, None);
        header.used.store(ranks as u32, Ordering::Relaxed);
        header.magic.store(MAGIC, Ordering::Release);
        Ok(job)
    }

    /// The job whose memory file was inherited as `fd`.
    ///
    /// # Errors
    /// `InvalidData` when the file is not a job table of this version.
    pub fn attach(fd: OwnedFd) -> io::Result<Self> {
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let size = file_size(&fd)?;
        if size < HEADER_BYTES as u64 {
            return Err(wrong("the inherited file is too small to be a Passel job table"));
        }
        let ranks = {
            let header = Mapping::new(&fd, 0, HEADER_BYTES)?;
            // SAFETY: mapped, page-aligned, and made of atomics only.
            let header = unsafe { header.base().cast::<JobHeader>().as_ref() };
            // Acquire: pairs with the Release in `create`.
            if header.magic.load(Ordering::Acquire) != MAGIC {
                return Err(wrong("the inherited file is not a Passel job table"));
            }
            let version = header.version.load(Ordering::Relaxed);
            if version != VERSION {
                return Err(wrong(&format!(
                    "the launcher speaks version {version} of the job table, this library version {VERSION}: \
                     use mpiexec and library of one Passel"
                )));
            }
            header.ranks.load(Ordering::Relaxed) as usize
        };
        if !(1..=MAX_RANKS).contains(&ranks) {
            return Err(wrong("the job table names an impossible number of ranks"));
        }
        if size != layout::BYTES {
            return Err(wrong("the job table has the wrong size"));
        }
        let table = Mapping::new(&fd, 0, layout::TABLE_BYTES)?;
        Ok(Self { fd, table })
    }

    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    pub(crate) fn header(&self) -> &JobHeader {
        // SAFETY: mapped for as long as `self`, aligned, made of atomics only.
        unsafe { self.table.base().cast::<JobHeader>().as_ref() }
    }

    /// Ranks that the job was started with.
    pub fn ranks(&self) -> usize {
        // Relaxed: written before the ranks started.
        self.header().ranks.load(Ordering::Relaxed) as usize
    }

    /// Slots taken so far. Whoever sends to us has its slot in this count
    /// before its first packet.
    #[inline]
    pub fn used(&self) -> usize {
        // Acquire: pairs with the AcqRel in `reserve`.
        (self.header().used.load(Ordering::Acquire) as usize).min(SLOTS)
    }

    /// Takes `count` slots that follow one another: the first, or none when
    /// there are not so many left.
    pub fn reserve(&self, count: usize) -> Option<usize> {
        let more = |used: u32| u32::try_from((used as usize).checked_add(count)?).ok();
        let more = |used| more(used).filter(|&used| used as usize <= SLOTS);
        // AcqRel: pairs with the Acquire in `used`.
        let before = self.header().used.fetch_update(Ordering::AcqRel, Ordering::Acquire, more);
        before.ok().map(|first| first as usize)
    }

    /// Says of reserved slots that they are a world, before their processes are
    /// started.
    ///
    /// # Panics
    /// When they are not of this job.
    pub fn place_world(&self, world: World, parent: Option<Parent>) {
        for slot in world.first..world.first + world.size {
            let control = self.control(slot);
            // Relaxed, all: the start of the process orders them.
            control.world_first.store(world.first as u32, Ordering::Relaxed);
            control.world_size.store(world.size as u32, Ordering::Relaxed);
            control.parent.store(parent.map_or(0, |parent| parent.slot as u32 + 1), Ordering::Relaxed);
            control.parent_tag.store(parent.map_or(0, |parent| parent.tag), Ordering::Relaxed);
            // Its parent waits for it from the start.
            control.ties.store(parent.is_some().into(), Ordering::Relaxed);
        }
        self.count_live(world.size as i32);
    }

    /// More, or less, processes of this job run than before.
    pub fn count_live(&self, change: i32) {
        // Relaxed: a number by itself, by which ranks choose how to wait.
        self.header().live.fetch_add(change as u32, Ordering::Relaxed);
    }

    /// Whether every process of this job can have a processor to itself.
    #[inline]
    pub fn has_processors_for_all(&self) -> bool {
        // Relaxed: see `count_live`.
        self.header().live.load(Ordering::Relaxed) as usize <= self.cpus()
    }

    /// Tells the job from all others of the machine.
    pub fn id(&self) -> u64 {
        // Relaxed: written before the ranks started.
        self.header().id.load(Ordering::Relaxed)
    }

    /// The calling process has claimed `slot` and keeps this file open.
    pub fn note_descriptor(&self, slot: usize) {
        // Relaxed: see `table_fd`.
        self.control(slot).table_fd.store(self.fd.as_raw_fd(), Ordering::Relaxed);
    }

    /// The calling process takes requests of the ranks from now on.
    pub fn serve(&self) {
        let header = self.header();
        header.launcher_pid.store(std::process::id(), Ordering::Relaxed);
        // Release: pairs with the Acquire in `is_served`.
        header.served.store(1, Ordering::Release);
    }

    /// The launcher knows what the first `slots` slots are.
    pub fn note_look(&self, slots: usize) {
        // Relaxed: a number by itself; who reads an older one asks once too often.
        self.header().looked_at.store(slots as u32, Ordering::Relaxed);
    }

    /// Whether there are processes of other jobs that the launcher does not know.
    pub fn has_new_aliases(&self) -> bool {
        // Relaxed: see `note_look`.
        let known = self.header().looked_at.load(Ordering::Relaxed) as usize;
        (known..self.used()).any(|slot| self.is_alias(slot))
    }

    pub fn is_served(&self) -> bool {
        // Acquire: pairs with the Release in `serve`.
        self.header().served.load(Ordering::Acquire) != 0
    }

    /// Processors that the launcher was allowed to use.
    pub fn cpus(&self) -> usize {
        // Relaxed: written before the ranks started.
        self.header().cpus.load(Ordering::Relaxed) as usize
    }

    pub fn launcher_pid(&self) -> u32 {
        // Relaxed: written before the ranks started, or before `serve` says so.
        self.header().launcher_pid.load(Ordering::Relaxed)
    }

    /// Lets the other ranks, which descend from the launcher, at the memory of the
    /// calling process.
    pub fn permit_ranks(&self) {
        if let Some(launcher) = i32::try_from(self.launcher_pid()).ok().and_then(Pid::from_raw) {
            process_memory::permit(launcher);
        }
    }

    /// Says how far `rank` has left, after what it has sent.
    pub fn take_leave(&self, rank: usize, leave: Leave) {
        // Release: pairs with the Acquire in `RankControl::leave`.
        self.control(rank).leave.store(leave as u32, Ordering::Release);
        // Release: pairs with the Acquire in `has_anybody_left`.
        self.header().leaving.store(1, Ordering::Release);
    }

    /// Whether a rank has begun to leave.
    pub fn has_anybody_left(&self) -> bool {
        // Acquire: pairs with the Release in `take_leave`.
        self.header().leaving.load(Ordering::Acquire) != 0
    }

    /// # Panics
    /// When there is no such slot.
    #[inline]
    pub fn control(&self, slot: usize) -> &RankControl {
        assert!(slot < SLOTS);
        // SAFETY: inside the table (checked), aligned to 64 by the layout, and
        // made of atomics only, for which zero is a value.
        unsafe { self.table.base().add(layout::control(slot)).cast::<RankControl>().as_ref() }
    }

    /// A bit for every slot that has sent to `slot`.
    ///
    /// # Panics
    /// When there is no such slot.
    #[inline]
    pub fn contacts(&self, slot: usize) -> &[AtomicU64] {
        assert!(slot < SLOTS);
        let base = self.table.base().as_ptr();
        // SAFETY: inside the table (checked), aligned by the layout, atomics only.
        unsafe {
            let first = base.add(layout::contacts(slot)).cast::<AtomicU64>();
            std::slice::from_raw_parts(first, layout::CONTACT_WORDS)
        }
    }

    /// Maps the ring from `sender` to `receiver`.
    ///
    /// # Panics
    /// When there is no such slot.
    pub(crate) fn map_ring(&self, sender: usize, receiver: usize) -> io::Result<Arc<Mapping>> {
        assert!(sender < SLOTS && receiver < SLOTS);
        let offset = layout::ring(sender, receiver);
        Ok(Arc::new(Mapping::new(&self.fd, offset, RING_BYTES)?))
    }

    /// The shared memory that the process in `slot` may give out; made once for
    /// a slot, or what it gives out overlaps.
    ///
    /// # Panics
    /// When there is no such slot.
    pub fn arena(self: &Arc<Self>, slot: usize) -> Arena {
        assert!(slot < SLOTS);
        Arena::new(self.clone(), layout::arena(slot)..layout::arena(slot + 1))
    }

    /// Maps a piece of somebody's arena.
    pub(crate) fn map_extent(&self, extent: Extent) -> io::Result<Mapping> {
        let arenas = layout::arena(0)..layout::arena(SLOTS);
        let inside = extent.offset.is_multiple_of(PAGE as u64)
            && extent.bytes != 0
            && extent.offset >= arenas.start
            && extent.offset.checked_add(extent.bytes).is_some_and(|end| end <= arenas.end);
        if !inside {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("no rank of this job has shared memory at {extent:?}"),
            ));
        }
        Ok(Mapping::new(&self.fd, extent.offset, extent.bytes as usize)?)
    }

    /// Where the board lies of the communicator whose rank 0 is in slot `owner`
    /// and that has this context id.
    pub(crate) fn board(owner: usize, context: u32) -> Option<u64> {
        (owner < SLOTS && u64::from(context) < BOARDS).then(|| layout::board(owner, context.into()))
    }

    /// Maps the beginning of a board.
    pub(crate) fn map_board(&self, offset: u64, bytes: usize) -> io::Result<Mapping> {
        assert!(offset >= layout::board(0, 0) && bytes as u64 <= BOARD_BYTES);
        Ok(Mapping::new(&self.fd, offset, bytes)?)
    }

    /// Frees the pages of a board that nobody uses any more.
    pub(crate) fn discard_board(&self, offset: u64, bytes: usize) -> io::Result<()> {
        let pages = bytes.next_multiple_of(PAGE) as u64;
        Ok(platform::memfd::discard(&self.fd, offset, pages)?)
    }
}

fn file_size(fd: &OwnedFd) -> io::Result<u64> {
    platform::memfd::size(fd).map_err(Into::into)
}
