//! Processes of other jobs among the slots of a job.
//!
//! When jobs that were started separately come into contact, every process of
//! one gets a slot in the table of the other, its alias there: a bit among the
//! contacts and rings in the inboxes, so that its messages arrive like those
//! of the job's own. The alias says where the process really is, so whoever
//! comes across it later can answer.
//!
//! # Access protocol
//! Aliases are added by any process that holds the header's `alias_lock`,
//! which names its holder, so that a holder that dies does not keep it. An
//! alias is complete when its `job` is set, and does not change afterwards.

use std::fs::OpenOptions;
use std::io;
use std::time::Duration;

use platform::process::{self, Pid};

use crate::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};
use crate::job::{Job, SLOTS};

/// Part of a control block: who the alias stands for.
#[repr(C)]
pub(crate) struct Alias {
    /// The id of its own job, 0 where the slot is no alias.
    job: AtomicU64,
    slot: AtomicU32,
    pid: AtomicU32,
    table_fd: AtomicI32,
}

/// Names a process in every job of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The id of its own job.
    pub job: u64,
    /// Its slot there.
    pub slot: usize,
    pub pid: u32,
    /// The descriptor by which it has the table of its job open.
    pub table_fd: i32,
}

impl Identity {
    /// Opens the job of the process, which must be alive.
    ///
    /// # Errors
    /// When the process has ended, is another user's, or has another job.
    pub fn open_job(self) -> io::Result<Job> {
        let Self { pid, table_fd, .. } = self;
        let table = OpenOptions::new().read(true).write(true).open(format!("/proc/{pid}/fd/{table_fd}"));
        let unreachable = |error: io::Error| {
            let why = format!("the job table of process {pid}, which belongs to another job: {error}");
            io::Error::new(error.kind(), why)
        };
        let job = table.map_err(unreachable).and_then(|table| Job::attach(table.into()))?;
        if job.id() != self.job {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("process {pid} has ended")));
        }
        Ok(job)
    }
}

impl Job {
    /// The process in `slot`, of this job or an alias.
    ///
    /// # Panics
    /// When there is no such slot.
    pub fn identity(&self, slot: usize) -> Identity {
        let control = self.control(slot);
        let alias = &control.alias;
        // Acquire: pairs with the Release in `add_alias`.
        match alias.job.load(Ordering::Acquire) {
            0 => Identity { job: self.id(), slot, pid: control.pid(), table_fd: control.table_fd() },
            // Relaxed, all: `job` was seen with Acquire.
            job => Identity {
                job,
                slot: alias.slot.load(Ordering::Relaxed) as usize,
                pid: alias.pid.load(Ordering::Relaxed),
                table_fd: alias.table_fd.load(Ordering::Relaxed),
            },
        }
    }

    /// Whether the process in `slot` is of another job.
    ///
    /// # Panics
    /// When there is no such slot.
    pub fn is_alias(&self, slot: usize) -> bool {
        // Relaxed: whoever knows the slot was told of it after it was complete.
        self.control(slot).alias.job.load(Ordering::Relaxed) != 0
    }

    /// The slot by which this job knows a process; an alias is added for one of
    /// another job that it does not know.
    ///
    /// # Errors
    /// `OutOfMemory` when all slots are taken.
    pub fn slot_of(&self, process: Identity) -> io::Result<usize> {
        if process.job == self.id() {
            return match process.slot {
                slot if slot < self.used() => Ok(slot),
                slot => Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    format!("no process of this job has slot {slot}"),
                )),
            };
        }
        let _lock = AliasLock::take(self);
        let known = (0..self.used()).find(|&slot| {
            let known = self.identity(slot);
            (known.job, known.slot) == (process.job, process.slot)
        });
        match known {
            Some(slot) => Ok(slot),
            None => self.add_alias(process),
        }
    }

    /// Under the lock.
    fn add_alias(&self, process: Identity) -> io::Result<usize> {
        let slot = self.reserve(1).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::OutOfMemory,
                format!("this job has had to do with {SLOTS} processes, more than that it cannot"),
            )
        })?;
        let alias = &self.control(slot).alias;
        // Relaxed, all: `job` releases them.
        alias.slot.store(process.slot as u32, Ordering::Relaxed);
        alias.pid.store(process.pid, Ordering::Relaxed);
        alias.table_fd.store(process.table_fd, Ordering::Relaxed);
        // Release: pairs with the Acquire in `identity`.
        alias.job.store(process.job, Ordering::Release);
        Ok(slot)
    }
}

/// The right to add aliases, until dropped.
struct AliasLock<'a>(&'a AtomicU32);

impl<'a> AliasLock<'a> {
    fn take(job: &'a Job) -> Self {
        let word = &job.header().alias_lock;
        let own = std::process::id();
        let mut holder = 0;
        // Acquire: pairs with the Release in `drop`.
        while let Err(found) = word.compare_exchange(holder, own, Ordering::Acquire, Ordering::Relaxed) {
            // What a dead holder left half-done is a slot that nobody uses.
            let is_alive = |pid: u32| Pid::from_raw(pid as i32).is_some_and(process::is_alive);
            holder = if found != own && !is_alive(found) { found } else { 0 };
            if holder == 0 {
                std::thread::sleep(Duration::from_micros(50));
            }
        }
        Self(word)
    }
}

impl Drop for AliasLock<'_> {
    fn drop(&mut self) {
        // Release: pairs with the Acquire in `take`.
        self.0.store(0, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> Job {
        let job = Job::create(2, 1).unwrap();
        for slot in 0..2 {
            job.control(slot).claim(std::process::id()).unwrap();
            job.note_descriptor(slot);
        }
        job
    }

    #[test]
    fn a_process_has_one_alias_in_a_job_and_can_be_found_by_it() {
        let (one, other) = (job(), job());
        assert_ne!(one.id(), other.id());
        let alias = one.slot_of(other.identity(1)).unwrap();
        assert_eq!((alias, one.used()), (2, 3));
        assert_eq!(one.slot_of(other.identity(1)).unwrap(), alias);
        assert_eq!(one.slot_of(other.identity(0)).unwrap(), 3);
        assert!(one.is_alias(alias) && !one.is_alias(1));
        let found = one.identity(alias);
        assert_eq!(found, other.identity(1));
        assert_eq!(found.open_job().unwrap().id(), other.id());
        // What comes back from the other job is no alias.
        assert_eq!(other.slot_of(found).unwrap(), 1);
    }

    #[test]
    fn a_process_that_has_ended_cannot_be_reached() {
        let job = job();
        let gone = Identity { job: 7, slot: 0, pid: (1 << 22) + 1, table_fd: 3 };
        let error = gone.open_job().err().expect("no such process");
        assert!(error.to_string().contains("4194305"), "{error}");
        let other = Identity { job: 7, ..job.identity(0) };
        assert_eq!(other.open_job().err().map(|error| error.kind()), Some(io::ErrorKind::NotFound));
    }

    #[test]
    fn a_dead_holder_does_not_keep_the_lock() {
        let (one, other) = (job(), job());
        one.header().alias_lock.store((1 << 22) + 1, Ordering::Relaxed);
        assert_eq!(one.slot_of(other.identity(0)).unwrap(), 2);
        assert_eq!(one.header().alias_lock.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn slots_of_nobody_are_refused() {
        let job = job();
        let nobody = Identity { slot: 2, ..job.identity(0) };
        assert_eq!(job.slot_of(nobody).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
