//! Accesses to memory that only its owner can reach, made by a thread of the
//! owner that sleeps until it is asked.
//!
//! It stands in where the kernel does not let one rank read and write another's
//! memory. The thread touches nothing but the memory that the window was made
//! of, so it needs no lock of the engine, and whoever waits for it waits for a
//! copy only.
//!
//! # Access protocol
//! - Who is inside of `askers` may write a request into the box while `turn` is idle,
//!   and sets it to asked. The owner then has the box until it sets `turn` to
//!   answered; the asker reads the answer and sets it back to idle.
//! - `turn` is never anything else again once it is closed, which the owner
//!   does when nobody asks any more.

use std::io;
use std::sync::Arc;

use super::gate::Gate;
use crate::arena::{Arena, Extent, Grant, Region, Shared};
use crate::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::futex::Word;

/// Bytes of data of one request.
pub const MAILBOX_BYTES: usize = 256 * 1024;
/// Pieces of memory of one request.
pub const MAILBOX_PIECES: usize = 4096;

const IDLE: u32 = 0;
const ASKED: u32 = 1;
const ANSWERED: u32 = 2;
const CLOSED: u32 = 3;

/// Looks at a word before a sleep: about what a short copy takes.
const SPINS: usize = 200;

/// A piece of the owner's memory: address and bytes.
pub type Piece = (u64, usize);

#[repr(C, align(64))]
struct Head {
    /// Of those who ask.
    askers: Gate,
    turn: Word,
    writes: AtomicU32,
    failed: AtomicU32,
    pieces: AtomicU32,
}

// SAFETY: atomics only.
unsafe impl Shared for Head {}

/// Where the data of a request lie, after the head and the pieces.
const DATA: usize = size_of::<Head>() + 2 * size_of::<u64>() * MAILBOX_PIECES;

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
        let grant = arena.allocate(DATA + MAILBOX_BYTES)?;
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
        assert!(region.len() >= DATA + MAILBOX_BYTES);
        Ok(Self { region })
    }

    fn head(&self) -> &Head {
        self.region.view::<Head>(0)
    }

    /// Address and bytes of every piece of a request.
    fn pieces(&self) -> &[AtomicU64] {
        self.region.double_words(size_of::<Head>(), 2 * MAILBOX_PIECES)
    }

    /// Asks for what lies in `pieces`, which are as long as `into` together;
    /// `false` when the owner has no such memory in the window.
    ///
    /// # Panics
    /// With more than [`MAILBOX_PIECES`] pieces or [`MAILBOX_BYTES`] bytes.
    pub fn read(&self, pieces: &[Piece], into: &mut [u8]) -> bool {
        let _inside = self.head().askers.enter();
        let done = self.ask(pieces, into.len(), false);
        if done {
            self.region.send_buffer().copy_to(DATA as isize, into);
        }
        done
    }

    /// As [`Self::read`], the other way.
    ///
    /// # Panics
    /// As [`Self::read`].
    pub fn write(&self, pieces: &[Piece], from: &[u8]) -> bool {
        let _inside = self.head().askers.enter();
        self.region.recv_buffer().copy_from(DATA as isize, from);
        self.ask(pieces, from.len(), true)
    }

    /// Hands a request over and waits for its answer.
    fn ask(&self, pieces: &[Piece], bytes: usize, writes: bool) -> bool {
        assert!(pieces.len() <= MAILBOX_PIECES && bytes <= MAILBOX_BYTES);
        assert_eq!(
            bytes,
            pieces.iter().map(|piece| piece.1).sum::<usize>(),
            "pieces are as long as their data"
        );
        let head = self.head();
        // Relaxed, all: `turn` releases them.
        for (words, &(address, bytes)) in self.pieces().chunks_exact(2).zip(pieces) {
            words[0].store(address, Ordering::Relaxed);
            words[1].store(bytes as u64, Ordering::Relaxed);
        }
        head.pieces.store(pieces.len() as u32, Ordering::Relaxed);
        head.writes.store(writes.into(), Ordering::Relaxed);
        // Release: pairs with the Acquire in `serve`.
        head.turn.value.store(ASKED, Ordering::Release);
        head.turn.wake_all();
        // Acquire: pairs with the Release in `serve`.
        wait_while(&head.turn, |turn| turn == ASKED, Ordering::Acquire);
        let done = head.failed.load(Ordering::Relaxed) == 0;
        // Relaxed: the gate of the askers orders it.
        head.turn.value.store(IDLE, Ordering::Relaxed);
        done
    }

    /// Answers requests until the mailbox is closed: `work` copies between the
    /// memory at an address and the slice, to the memory if its last argument
    /// says so, and tells whether there is such memory. For one thread of the
    /// owner.
    pub fn serve(&self, mut work: impl FnMut(u64, &mut [u8], bool) -> bool) {
        let head = self.head();
        loop {
            // Acquire: pairs with the Release in `ask`.
            let turn = wait_while(&head.turn, |turn| turn == IDLE || turn == ANSWERED, Ordering::Acquire);
            if turn == CLOSED {
                return;
            }
            let done = self.make_accesses(&mut work);
            head.failed.store((!done).into(), Ordering::Relaxed);
            // Release: pairs with the Acquire in `ask`.
            head.turn.value.store(ANSWERED, Ordering::Release);
            head.turn.wake_all();
        }
    }

    fn make_accesses(&self, work: &mut impl FnMut(u64, &mut [u8], bool) -> bool) -> bool {
        let head = self.head();
        let writes = head.writes.load(Ordering::Relaxed) != 0;
        let count = (head.pieces.load(Ordering::Relaxed) as usize).min(MAILBOX_PIECES);
        let data = self.region.recv_buffer();
        let mut rest = data.slice_mut(DATA as isize, MAILBOX_BYTES);
        self.pieces().chunks_exact(2).take(count).all(|words| {
            let bytes = words[1].load(Ordering::Relaxed) as usize;
            let part = rest.split_off_mut(..bytes.min(rest.len()));
            part.is_some_and(|part| work(words[0].load(Ordering::Relaxed), part, writes))
        })
    }

    /// Ends [`Self::serve`]; nobody asks any more.
    pub fn close(&self) {
        // Relaxed: nothing goes with it.
        self.head().turn.value.store(CLOSED, Ordering::Relaxed);
        self.head().turn.wake_all();
    }
}

/// Waits until the word's value is another one: looks for a while, then sleeps.
fn wait_while(word: &Word, again: impl Fn(u32) -> bool, ordering: Ordering) -> u32 {
    let mut looks = 0;
    loop {
        let value = word.value.load(ordering);
        if !again(value) {
            return value;
        }
        looks += 1;
        if looks > SPINS {
            word.wait(value, None);
        } else {
            std::hint::spin_loop();
        }
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
                owner.serve(|address, data, writes| {
                    let Some(offset) = address.checked_sub(1000) else { return false };
                    if offset as usize + data.len() > 64 {
                        return false;
                    }
                    match writes {
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
                    let pieces = [(1000 + u64::from(byte), 1), (1020 + u64::from(byte), 1)];
                    for _ in 0..200 {
                        assert!(asker.write(&pieces, &[byte, byte + 100]));
                        let mut seen = [0; 2];
                        assert!(asker.read(&pieces, &mut seen));
                        assert_eq!(seen, [byte, byte + 100]);
                    }
                });
            }
        });
        assert!(!asker.write(&[(1060, 5)], &[0; 5]) && !asker.read(&[(999, 1)], &mut [0]), "outside");
        owner.close();
        thread.join().unwrap();
        assert_eq!(memory.send_buffer().slice(0, 4), [0, 1, 2, 3]);
        assert_eq!(memory.send_buffer().slice(20, 4), [0, 101, 102, 103]);
    }
}
