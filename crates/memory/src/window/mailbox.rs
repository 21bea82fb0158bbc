//! Accesses to memory that only its owner can reach, made by a thread of the
//! owner that sleeps until it is asked.
//!
//! It stands in where the kernel does not let one rank read and write another's
//! memory. The thread touches nothing but the memory that the window was made
//! of, so it needs no lock of the engine, and whoever waits for it waits for a
//! copy only.
//!
//! # Access protocol
//! - Who holds `mutex` may write a request into the box while `turn` is idle,
//!   and sets it to asked. The owner then has the box until it sets `turn` to
//!   answered; the asker reads the answer and sets it back to idle.
//! - `turn` is never anything else again once it is closed, which the owner
//!   does when nobody asks any more.

use std::io;
use std::sync::Arc;

use super::gate::{Gate, wait_while};
use crate::arena::{Arena, Extent, Grant, Region, Shared};
use crate::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::futex::Word;

/// Bytes that travel at a time.
pub const MAILBOX_BYTES: usize = 256 * 1024;

const IDLE: u32 = 0;
const ASKED: u32 = 1;
const ANSWERED: u32 = 2;
const CLOSED: u32 = 3;

#[repr(C, align(64))]
struct Head {
    /// Of those who ask; only its mutex is used.
    askers: Gate,
    turn: Word,
    writes: AtomicU32,
    failed: AtomicU32,
    address: AtomicU64,
    bytes: AtomicU64,
}

// SAFETY: atomics only.
unsafe impl Shared for Head {}

/// What the owner is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    pub address: u64,
    /// At most [`MAILBOX_BYTES`].
    pub bytes: usize,
    pub writes: bool,
}

/// A mailbox, at either side.
#[derive(Clone)]
pub struct Mailbox {
    region: Region,
}

impl Mailbox {
    /// The owner's mailbox, in memory of its own.
    ///
    /// # Errors
    /// Those of the arena.
    pub fn create(arena: &Arc<Arena>) -> io::Result<(Self, Grant)> {
        let grant = arena.allocate(size_of::<Head>() + MAILBOX_BYTES)?;
        Ok((Self { region: grant.region().clone() }, grant))
    }

    /// The mailbox of another rank.
    ///
    /// # Errors
    /// Those of the arena.
    ///
    /// # Panics
    /// When the extent is too small for one.
    pub fn open(arena: &Arena, extent: Extent) -> io::Result<Self> {
        let region = arena.map(extent)?;
        assert!(region.len() >= size_of::<Head>() + MAILBOX_BYTES);
        Ok(Self { region })
    }

    fn head(&self) -> &Head {
        self.region.view::<Head>(0)
    }

    /// Asks for an access of `bytes.len()` bytes at `address`; `false` when the
    /// owner has no such memory in the window.
    ///
    /// # Panics
    /// With more than [`MAILBOX_BYTES`] bytes.
    pub fn read(&self, address: u64, into: &mut [u8]) -> bool {
        self.ask(Access { address, bytes: into.len(), writes: false }, |data| {
            data.send_buffer().copy_to(size_of::<Head>() as isize, into);
        })
    }

    /// As [`Self::read`], the other way.
    ///
    /// # Panics
    /// As [`Self::read`].
    pub fn write(&self, address: u64, from: &[u8]) -> bool {
        assert!(from.len() <= MAILBOX_BYTES);
        self.head().askers.alone(|| {
            self.region.recv_buffer().copy_from(size_of::<Head>() as isize, from);
            self.wait_for(Access { address, bytes: from.len(), writes: true })
        })
    }

    fn ask(&self, access: Access, take: impl FnOnce(&Region)) -> bool {
        assert!(access.bytes <= MAILBOX_BYTES);
        self.head().askers.alone(|| {
            let done = self.wait_for(access);
            if done {
                take(&self.region);
            }
            done
        })
    }

    /// Hands a request over and waits for its answer.
    fn wait_for(&self, access: Access) -> bool {
        let head = self.head();
        // Relaxed, all: `turn` releases them.
        head.address.store(access.address, Ordering::Relaxed);
        head.bytes.store(access.bytes as u64, Ordering::Relaxed);
        head.writes.store(access.writes.into(), Ordering::Relaxed);
        // Release: pairs with the Acquire in `serve`.
        head.turn.value.store(ASKED, Ordering::Release);
        head.turn.wake_all();
        // Acquire: pairs with the Release in `serve`.
        wait_while(&head.turn, |turn| turn == ASKED, Ordering::Acquire);
        let done = head.failed.load(Ordering::Relaxed) == 0;
        // Relaxed: the mutex of the askers orders it.
        head.turn.value.store(IDLE, Ordering::Relaxed);
        done
    }

    /// Answers requests until the mailbox is closed: `work` makes an access with
    /// the data in the slice, and says whether it could. For one thread of the
    /// owner.
    pub fn serve(&self, mut work: impl FnMut(Access, &mut [u8]) -> bool) {
        let head = self.head();
        let data = self.region.recv_buffer();
        loop {
            // Acquire: pairs with the Release in `wait_for`.
            let turn = wait_while(&head.turn, |turn| turn == IDLE || turn == ANSWERED, Ordering::Acquire);
            if turn == CLOSED {
                return;
            }
            let bytes = (head.bytes.load(Ordering::Relaxed) as usize).min(MAILBOX_BYTES);
            let address = head.address.load(Ordering::Relaxed);
            let access = Access { address, bytes, writes: head.writes.load(Ordering::Relaxed) != 0 };
            let done = work(access, data.slice_mut(size_of::<Head>() as isize, bytes));
            head.failed.store((!done).into(), Ordering::Relaxed);
            // Release: pairs with the Acquire in `wait_for`.
            head.turn.value.store(ANSWERED, Ordering::Release);
            head.turn.wake_all();
        }
    }

    /// Ends [`Self::serve`]; nobody asks any more.
    pub fn close(&self) {
        // Relaxed: nothing goes with it.
        self.head().turn.value.store(CLOSED, Ordering::Relaxed);
        self.head().turn.wake_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::Scratch;
    use crate::job::Job;

    #[test]
    fn the_owner_reads_and_writes_for_others() {
        let job = Arc::new(Job::create(2, 1).unwrap());
        let (arena, other) = (Arc::new(job.arena(0)), Arc::new(job.arena(1)));
        let (owner, grant) = Mailbox::create(&arena).unwrap();
        let memory = Scratch::zeroed(64);
        let thread = {
            let (owner, memory) = (owner.clone(), memory.clone());
            std::thread::spawn(move || {
                owner.serve(|access, data| {
                    let Some(offset) = access.address.checked_sub(1000) else { return false };
                    if offset as usize + access.bytes > 64 {
                        return false;
                    }
                    match access.writes {
                        true => memory.recv_buffer().copy_from(offset as isize, data),
                        false => memory.send_buffer().copy_to(offset as isize, data),
                    }
                    true
                });
            })
        };
        let asker = Mailbox::open(&other, grant.extent()).unwrap();
        std::thread::scope(|scope| {
            for byte in 1..4_u8 {
                let asker = &asker;
                scope.spawn(move || {
                    let at = 1000 + u64::from(byte);
                    for _ in 0..200 {
                        assert!(asker.write(at, &[byte]));
                        let mut seen = [0];
                        assert!(asker.read(at, &mut seen));
                        assert_eq!(seen, [byte]);
                    }
                });
            }
        });
        assert!(!asker.write(1060, &[0; 5]) && !asker.read(999, &mut [0]), "outside");
        owner.close();
        thread.join().unwrap();
        assert_eq!(memory.send_buffer().slice(0, 4), [0, 1, 2, 3]);
    }
}
