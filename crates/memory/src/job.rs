//! The memory that the ranks of a job share: one memory file, inherited from
//! the launcher, that holds the job table and every ring.
//!
//! ```text
//! header | control block of rank 0, 1, ... | contacts of rank 0, 1, ... | inbox of rank 0, 1, ... | arena of 0, 1, ...
//! ```
//! The inbox of a rank holds one ring for every possible sender; from its
//! arena a rank gives shared memory to others. Pages come into being when they
//! are touched, so a pair that never talks costs nothing.
//!
//! # Access protocol
//! - The header is written by the launcher before the first rank starts.
//! - A rank claims its control block by swapping its process id into `pid`;
//!   from then on it alone writes its `state`, `abort_code` and `activity`.
//!   Anybody may ring its doorbell.
//! - A sender sets its bit in the receiver's contacts after its first packet.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use platform::memfd::{self, Mapping};

use crate::activity::Activity;
use crate::arena::{Arena, Extent};
use crate::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};
use crate::doorbell::Doorbell;
use crate::mapped::RING_BYTES;

const MAGIC: u64 = u64::from_be_bytes(*b"PASSEL\0\x01");
const VERSION: u32 = 1;
const PAGE: usize = 4096;
const HEADER_BYTES: usize = PAGE;
const CONTROL_BYTES: usize = 512;
/// Bytes of the file that one rank may give to others: far more than there is.
pub const ARENA_BYTES: u64 = 1 << 40;
/// Ranks of one job on one machine.
pub const MAX_RANKS: usize = 4096;

/// The start of the job table.
#[repr(C)]
pub struct JobHeader {
    magic: AtomicU64,
    version: AtomicU32,
    ranks: AtomicU32,
    /// Processors that the launcher may use.
    cpus: AtomicU32,
    /// The process that made the job.
    launcher_pid: AtomicU32,
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
    /// A [`Leave`].
    leave: AtomicU32,
    pub activity: Activity,
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

/// Where things are in the memory file of a job of `ranks` ranks.
#[derive(Clone, Copy, Debug)]
pub struct JobLayout {
    ranks: usize,
}

impl JobLayout {
    /// # Panics
    /// Unless `ranks` is in `1..=MAX_RANKS`.
    pub fn new(ranks: usize) -> Self {
        assert!((1..=MAX_RANKS).contains(&ranks), "a job has 1 to {MAX_RANKS} ranks");
        Self { ranks }
    }

    fn control(self, rank: usize) -> usize {
        HEADER_BYTES + rank * CONTROL_BYTES
    }

    fn contact_words(self) -> usize {
        // Whole cache lines, so that ranks do not share one.
        self.ranks.div_ceil(64).next_multiple_of(8)
    }

    fn contacts(self, rank: usize) -> usize {
        self.control(self.ranks) + rank * self.contact_words() * size_of::<u64>()
    }

    /// Bytes of header, control blocks and contacts: what everybody maps.
    fn table_bytes(self) -> usize {
        self.contacts(self.ranks).next_multiple_of(PAGE)
    }

    fn inbox(self, receiver: usize) -> usize {
        self.table_bytes() + receiver * self.inbox_bytes()
    }

    fn inbox_bytes(self) -> usize {
        self.ranks * RING_BYTES
    }

    fn ring(self, sender: usize, receiver: usize) -> usize {
        self.inbox(receiver) + sender * RING_BYTES
    }

    /// Of `rank`; one past the last rank, where the file ends.
    fn arena(self, rank: usize) -> u64 {
        self.inbox(self.ranks) as u64 + rank as u64 * ARENA_BYTES
    }

    /// The size of the memory file: table + inboxes + arenas.
    pub fn bytes(self) -> u64 {
        self.arena(self.ranks)
    }
}

/// A job's memory file with its table mapped.
pub struct Job {
    fd: OwnedFd,
    table: Mapping,
    layout: JobLayout,
}

impl Job {
    /// A new job of `ranks` ranks on `cpus` processors, made by its launcher.
    pub fn create(ranks: usize, cpus: usize) -> io::Result<Self> {
        let layout = JobLayout::new(ranks);
        let fd = memfd::create("passel-job", layout.bytes())?;
        let table = Mapping::new(&fd, 0, layout.table_bytes())?;
        let job = Self { fd, table, layout };
        let header = job.header();
        // Relaxed, all: the start of the ranks' processes orders them.
        header.version.store(VERSION, Ordering::Relaxed);
        header.ranks.store(ranks as u32, Ordering::Relaxed);
        header.cpus.store(cpus as u32, Ordering::Relaxed);
        header.launcher_pid.store(std::process::id(), Ordering::Relaxed);
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
        let layout = JobLayout::new(ranks);
        if size != layout.bytes() {
            return Err(wrong("the job table's size does not fit its number of ranks"));
        }
        let table = Mapping::new(&fd, 0, layout.table_bytes())?;
        Ok(Self { fd, table, layout })
    }

    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    fn header(&self) -> &JobHeader {
        // SAFETY: mapped for as long as `self`, aligned, made of atomics only.
        unsafe { self.table.base().cast::<JobHeader>().as_ref() }
    }

    pub fn ranks(&self) -> usize {
        self.layout.ranks
    }

    /// Processors that the launcher was allowed to use.
    pub fn cpus(&self) -> usize {
        // Relaxed: written before the ranks started.
        self.header().cpus.load(Ordering::Relaxed) as usize
    }

    pub fn launcher_pid(&self) -> u32 {
        // Relaxed: written before the ranks started.
        self.header().launcher_pid.load(Ordering::Relaxed)
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
    /// When `rank` is not of this job.
    pub fn control(&self, rank: usize) -> &RankControl {
        assert!(rank < self.ranks());
        // SAFETY: inside the table (checked), aligned to 64 by the layout, and
        // made of atomics only, for which zero is a value.
        unsafe { self.table.base().add(self.layout.control(rank)).cast::<RankControl>().as_ref() }
    }

    /// A bit for every rank that has sent to `rank`.
    ///
    /// # Panics
    /// When `rank` is not of this job.
    pub fn contacts(&self, rank: usize) -> &[AtomicU64] {
        assert!(rank < self.ranks());
        let base = self.table.base().as_ptr();
        // SAFETY: inside the table (checked), aligned by the layout, atomics only.
        unsafe {
            let first = base.add(self.layout.contacts(rank)).cast::<AtomicU64>();
            std::slice::from_raw_parts(first, self.ranks().div_ceil(64))
        }
    }

    /// Maps the ring from `sender` to `receiver`.
    ///
    /// # Panics
    /// When one of them is not of this job.
    pub(crate) fn map_ring(&self, sender: usize, receiver: usize) -> io::Result<Arc<Mapping>> {
        assert!(sender < self.ranks() && receiver < self.ranks());
        let offset = self.layout.ring(sender, receiver) as u64;
        Ok(Arc::new(Mapping::new(&self.fd, offset, RING_BYTES)?))
    }

    /// The shared memory that `rank` may give out; made once for a rank, or
    /// what it gives out overlaps.
    ///
    /// # Panics
    /// When `rank` is not of this job.
    pub fn arena(self: &Arc<Self>, rank: usize) -> Arena {
        assert!(rank < self.ranks());
        Arena::new(self.clone(), self.layout.arena(rank)..self.layout.arena(rank + 1))
    }

    /// Maps a piece of somebody's arena.
    pub(crate) fn map_extent(&self, extent: Extent) -> io::Result<Mapping> {
        let arenas = self.layout.arena(0)..self.layout.bytes();
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
}

fn file_size(fd: &OwnedFd) -> io::Result<u64> {
    platform::memfd::size(fd).map_err(Into::into)
}
