//! File pointers (MPI-5.0 sections 14.4.3 and 14.4.4).
//!
//! The shared one is a word in memory that all ranks of the file have mapped.
//! It belongs to no name in any file system, so nothing is left of it however
//! the ranks end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use memory::arena::{Arena, Extent, Grant, Region};

use super::agree::{agree, all_words, words_of_first};
use crate::collective::Ports;
use crate::collective::barrier::barrier;
use crate::error::{Error, ErrorClass, Result};
use crate::fail;

/// What an offset counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whence {
    Start,
    Current,
    End,
}

/// Where a pointer comes to be, in etypes.
///
/// # Errors
/// `MPI_ERR_ARG` before the beginning of the view.
pub fn sought(current: u64, offset: i64, whence: Whence, end: impl FnOnce() -> Result<u64>) -> Result<u64> {
    let (base, name) = match whence {
        Whence::Start => (0, "the beginning"),
        Whence::Current => (current, "the current position"),
        Whence::End => (end()?, "the end"),
    };
    match base.checked_add_signed(offset).filter(|&position| i64::try_from(position).is_ok()) {
        Some(position) => Ok(position),
        None => fail!(
            ErrorClass::Arg,
            "the offset of {offset} etypes from {name} (etype {base}) does not lie in the view"
        ),
    }
}

/// The shared file pointer, in etypes of the view that all ranks have.
///
/// There are two words, of which all ranks use the same one. The other is 0,
/// so that a new view begins without another meeting: see [`Self::restart`].
pub struct SharedPointer {
    region: Region,
    /// Which word is in use.
    turn: AtomicUsize,
    /// Of rank 0: the memory itself.
    _grant: Option<Grant>,
}

impl SharedPointer {
    /// Makes the pointer, at 0. Collective.
    ///
    /// # Errors
    /// `MPI_ERR_NO_MEM`, on every rank, when one has no memory for it.
    pub async fn create<P: Ports>(ports: &P, arena: &Arc<Arena>) -> Result<Self> {
        let no_memory = |error: std::io::Error| {
            Error::new(ErrorClass::NoMem, format!("no memory for the shared file pointer: {error}"))
        };
        let granted = if ports.rank() == 0 { Some(arena.allocate(2 * size_of::<u64>())) } else { None };
        let extent = match &granted {
            Some(Ok(grant)) => [grant.extent().offset, grant.extent().bytes],
            _ => [0, 0],
        };
        let words = words_of_first(ports, &extent).await?;
        let made = match granted {
            Some(Ok(grant)) => {
                Ok(Self { region: grant.region().clone(), turn: AtomicUsize::new(0), _grant: Some(grant) })
            }
            Some(Err(error)) => Err(no_memory(error)),
            None if words[1] == 0 => Err(Error::new(ErrorClass::NoMem, "rank 0 has no memory to share")),
            None => {
                let mapped = arena.map(Extent { offset: words[0], bytes: words[1] });
                mapped
                    .map(|region| Self { region, turn: AtomicUsize::new(0), _grant: None })
                    .map_err(no_memory)
            }
        };
        agree(ports, made.as_ref().map(|_| ()).map_err(Clone::clone)).await?;
        made
    }

    /// Of a file that nobody else has.
    #[cfg(test)]
    pub(super) fn alone() -> Self {
        let job = Arc::new(memory::job::Job::create(1, 1).unwrap());
        let grant = Arc::new(job.arena(0)).allocate(2 * size_of::<u64>()).unwrap();
        Self { region: grant.region().clone(), turn: AtomicUsize::new(0), _grant: Some(grant) }
    }

    fn word(&self, turn: usize) -> &AtomicU64 {
        self.region.atomic_u64(turn * size_of::<u64>())
    }

    fn now(&self) -> &AtomicU64 {
        // Relaxed: changes between collective calls, which the program orders.
        self.word(self.turn.load(Ordering::Relaxed))
    }

    /// Moves the pointer to 0. Every rank calls it, after all have met in the
    /// collective that it is part of; `leads` on one of them.
    pub fn restart(&self, leads: bool) {
        // Relaxed: see `now`.
        let old = self.turn.fetch_xor(1, Ordering::Relaxed);
        if leads {
            // Nobody uses the old word, since all have met, and nobody will before all
            // meet again, which orders this.
            self.word(old).store(0, Ordering::Release);
        }
    }

    /// Moves the pointer on, and says where it was.
    pub fn advance(&self, etypes: u64) -> u64 {
        // AcqRel: an access with the pointer comes after those before it, of other ranks.
        self.now().fetch_add(etypes, Ordering::AcqRel)
    }

    pub fn get(&self) -> u64 {
        // Acquire: pairs with the Release in `set` and `advance`.
        self.now().load(Ordering::Acquire)
    }

    /// Between two meetings of all ranks.
    pub fn set(&self, etypes: u64) {
        // Release: pairs with the Acquire in `get` and `advance`.
        self.now().store(etypes, Ordering::Release);
    }

    /// Where this rank's access of so many etypes begins when the ranks' follow
    /// each other in their order. Collective.
    ///
    /// # Errors
    /// Those of communication.
    pub async fn advance_in_order<P: Ports>(&self, ports: &P, etypes: u64) -> Result<u64> {
        let counts = all_words(ports, &[etypes]).await?;
        let first = if ports.rank() == 0 { self.advance(counts.iter().sum()) } else { 0 };
        let first = words_of_first(ports, &[first]).await?[0];
        Ok(first + counts[..ports.rank()].iter().sum::<u64>())
    }

    /// `MPI_File_seek_shared`. Collective; `target` is asked on rank 0 alone.
    ///
    /// # Errors
    /// That of `target`, on every rank.
    pub async fn seek<P: Ports>(&self, ports: &P, target: impl FnOnce(u64) -> Result<u64>) -> Result<()> {
        // When everybody is here, accesses made before are done with the pointer.
        barrier(ports).await?;
        let moved =
            if ports.rank() == 0 { target(self.get()).map(|etypes| self.set(etypes)) } else { Ok(()) };
        agree(ports, moved).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collective::simulator::{Sends, run};

    #[test]
    fn accesses_in_order_begin_where_the_one_before_ends() {
        let pointer = Arc::new(SharedPointer::alone());
        pointer.set(100);
        let report = run(4, 5, Sends::Mixed, |ports| {
            let pointer = pointer.clone();
            async move {
                let rank = ports.rank() as u64;
                let start = pointer.advance_in_order(&ports, rank * 10).await?;
                assert_eq!(start, 100 + [0, 0, 10, 30][ports.rank()]);
                pointer.seek(&ports, |now| sought(now, -60, Whence::Current, || Ok(0))).await?;
                assert_eq!(pointer.get(), 100);
                let error = pointer.seek(&ports, |now| sought(now, -101, Whence::Current, || Ok(0))).await;
                assert_eq!(error.unwrap_err().class(), ErrorClass::Arg);
                Ok(())
            }
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }

    #[test]
    fn a_new_view_begins_at_its_first_etype() {
        let pointer = SharedPointer::alone();
        for round in 1..5 {
            assert_eq!(pointer.advance(round), 0);
            assert_eq!(pointer.get(), round);
            pointer.restart(true);
            assert_eq!(pointer.get(), 0);
        }
    }

    #[test]
    fn a_pointer_does_not_leave_the_view() {
        let end = || Ok(100);
        assert_eq!(sought(7, 5, Whence::Start, end), Ok(5));
        assert_eq!(sought(7, -5, Whence::Current, end), Ok(2));
        assert_eq!(sought(7, -100, Whence::End, end), Ok(0));
        assert_eq!(sought(7, 1 << 40, Whence::End, end), Ok((1 << 40) + 100));
        for (offset, whence) in [(-1, Whence::Start), (-8, Whence::Current), (i64::MAX, Whence::End)] {
            assert_eq!(sought(7, offset, whence, end).unwrap_err().class(), ErrorClass::Arg);
        }
    }
}
