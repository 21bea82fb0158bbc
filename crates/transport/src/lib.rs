//! Moves packets between the ranks of a job.
//!
//! A transport keeps the order of packets between two ranks, loses none, and
//! bounds what is under way: a full link gives the packet back. It knows
//! nothing of messages.
//!
//! - [`shm`]: rings in the memory that the ranks of one machine share
//! - [`sim`]: a network with a seed, for tests

pub mod shm;
pub mod sim;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use memory::arena::Arena;
use memory::board::mapped::Board;
pub use memory::job::Leave;
pub use memory::ring::{Full, Header, INLINE_BYTES, MAX_PACKET_BYTES};

/// Names a process in all jobs that may come into contact with it. Peers are
/// named by numbers of one's own job; where these could be another's, names are
/// exchanged instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProcessName(pub [u32; ProcessName::WORDS]);

impl ProcessName {
    pub const WORDS: usize = 5;

    /// Where the number of a process is its name.
    pub fn of_number(number: usize) -> Self {
        Self([number as u32, 0, 0, 0, 0])
    }

    fn number(self) -> usize {
        self.0[0] as usize
    }
}

/// One rank's end of the network of a job. The conformance suite in this
/// crate's tests runs over every implementation.
pub trait Transport {
    /// Sleeps without holding the transport.
    type Waiter: Waiter;

    fn rank(&self) -> usize;

    /// How many peers there are; more than before when processes have been
    /// started or have connected since. Nothing arrives from a peer that has
    /// not been counted.
    fn size(&mut self) -> usize;

    fn name(&self, peer: usize) -> ProcessName {
        ProcessName::of_number(peer)
    }

    /// The peer of this name.
    ///
    /// # Errors
    /// When it cannot be reached.
    fn process_named(&mut self, name: ProcessName) -> io::Result<usize> {
        Ok(name.number())
    }

    /// The number that this process has at `peer`.
    fn own_number_at(&mut self, _peer: usize) -> usize {
        self.rank()
    }

    /// Whether what [`Self::arena`] gives can be shared with `peer`.
    fn shares_memory_with(&self, _peer: usize) -> bool {
        true
    }

    /// Sends a packet whose `len` bytes of payload (at most
    /// [`MAX_PACKET_BYTES`]) are written by `fill`, or gives it back, uncalled,
    /// because the link to `peer` is full. A later poll, or a wake-up, tells
    /// when to try again.
    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full>;

    /// Hands packets that have arrived to `sink`: sender, header, payload.
    /// Takes a bounded number from each sender and says how many in all.
    fn poll(&mut self, sink: impl FnMut(usize, Header, &[u8])) -> usize;

    /// Whether long data from here should rather be read by `peer`, with
    /// [`Self::read`], than pushed. It may turn out that they cannot.
    fn lets_read(&mut self, _peer: usize) -> bool {
        false
    }

    /// Reads `into.len()` bytes at an address of `peer`'s memory, which `peer` keeps
    /// as it is until then.
    ///
    /// # Errors
    /// When that is not possible, the system's.
    fn read(&mut self, _peer: usize, _address: u64, _into: &mut [u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Adds `units` to the count that `peer` reads with [`Self::acknowledged`].
    fn acknowledge(&mut self, peer: usize, units: u64);

    /// What `peer` has acknowledged to us since the start. May lag behind.
    fn acknowledged(&mut self, peer: usize) -> u64;

    /// Memory that this rank can share with every other, where there is such.
    fn arena(&self) -> Option<&Arc<Arena>> {
        None
    }

    /// The end of rank `rank`, which this process is, of the board of a
    /// communicator whose ranks are these peers; all share memory with us.
    ///
    /// # Errors
    /// Those of mapping it.
    fn board(&self, _context: u32, _rank: usize, _peers: &[usize]) -> io::Result<Option<Board>> {
        Ok(None)
    }

    /// Tells all peers how far this rank has left the job, where that can be
    /// told. What it has sent comes first; answers and acknowledgements go on.
    fn take_leave(&mut self, _leave: Leave) {}

    /// How far a rank has left. Whoever sees it silent sees what it has sent.
    fn leave(&self, _peer: usize) -> Leave {
        Leave::None
    }

    /// Whether any rank has begun to leave.
    fn has_anybody_left(&self) -> bool {
        false
    }

    /// Whether a rank sleeps until something arrives.
    fn is_asleep(&self, _peer: usize) -> bool {
        false
    }

    fn waiter(&self) -> Self::Waiter;

    /// Announces that this rank is going to sleep and then looks once more:
    /// false when there is something to do already. After `true` whoever sends
    /// to us, or makes room for us, ends the sleep. Room is looked for on links
    /// whose last push was refused: what was given back is tried once more
    /// before, after everything else that was pushed.
    fn announce_sleep(&mut self) -> bool;
}

/// The sleeping half of a transport, shared by the threads of a rank.
pub trait Waiter: Clone + Send + Sync + 'static {
    /// Sleeps, after `announce_sleep` said yes, until something may have
    /// happened or `timeout` has passed.
    fn sleep(&self, timeout: Option<Duration>);

    /// Wakes the threads of this rank that sleep.
    fn wake(&self);

    /// Wakes the threads of another rank that sleep, after something that they
    /// wait for has changed in memory shared with them. Nothing to do where
    /// there is no such memory.
    fn ring(&self, _peer: usize) {}

    /// Whether this rank has a processor to itself, so that spinning before
    /// sleeping pays.
    fn may_spin(&self) -> bool;
}
