//! Work that would make the caller wait for the operating system, on threads
//! of its own.
//!
//! # Invariants
//! - A worker touches nothing of the engine but a counter: it puts its result
//!   aside, counts it and wakes the process. So it does not matter at which
//!   thread level the program runs.
//! - [`Offloaded`] is waited for by tasks alone, which are polled when the
//!   counter has moved. A process that sleeps has looked at it after it
//!   announced its sleep.
//! - Workers sleep while there is nothing to do, and end with the connection.

use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use transport::{Transport, Waiter};

use super::Process;
use crate::error::{Error, ErrorClass, Result};

/// Threads at most: enough to keep a disk busy, few enough not to be in the way.
const WORKERS: usize = 4;

type Job = Box<dyn FnOnce() + Send>;

/// The workers of a process.
#[derive(Default)]
pub(super) struct Workers {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    ready: Condvar,
    /// Pieces of work that are done.
    finished: AtomicU64,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    idle: usize,
    ending: bool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workers {
    /// How many pieces of work are done since the start.
    pub(super) fn finished(&self) -> u64 {
        // SeqCst: pairs with the addition in `Process::offload`. The fences of
        // the doorbell stand between it and the announcement of a sleep.
        self.shared.finished.load(Ordering::SeqCst)
    }

    fn submit(&self, job: Job) -> Result<()> {
        self.hire()?;
        locked(&self.shared.queue).jobs.push_back(job);
        self.shared.ready.notify_one();
        Ok(())
    }

    /// Starts another thread if those that are there have enough to do.
    fn hire(&self) -> Result<()> {
        let enough = {
            let queue = locked(&self.shared.queue);
            queue.jobs.len() < queue.idle
        };
        let mut threads = locked(&self.threads);
        if enough || threads.len() == WORKERS {
            return Ok(());
        }
        let shared = Arc::clone(&self.shared);
        match std::thread::Builder::new().name("passel-io".into()).spawn(move || shared.work()) {
            Ok(thread) => threads.push(thread),
            // Those that are there do it, later.
            Err(_) if !threads.is_empty() => {}
            Err(error) => {
                let text = format!("no thread could be started to read and write files: {error}");
                return Err(Error::new(ErrorClass::Other, text));
            }
        }
        Ok(())
    }

    /// Waits until everything is done and the threads have ended.
    pub(super) fn end(&self) {
        locked(&self.shared.queue).ending = true;
        self.shared.ready.notify_all();
        for thread in locked(&self.threads).drain(..) {
            // A worker's panic was its future's to pass on.
            let _ = thread.join();
        }
        locked(&self.shared.queue).ending = false;
    }
}

impl Shared {
    fn work(&self) {
        // The program's signal handlers run on its own threads; if the mask
        // cannot be changed, they run here, which is allowed.
        let _ = platform::process_signal::block_all_in_this_thread();
        let mut queue = locked(&self.queue);
        loop {
            if let Some(job) = queue.jobs.pop_front() {
                drop(queue);
                job();
                queue = locked(&self.queue);
            } else if queue.ending {
                return;
            } else {
                queue.idle += 1;
                queue = self.ready.wait(queue).unwrap_or_else(PoisonError::into_inner);
                queue.idle -= 1;
            }
        }
    }
}

/// The result of work on another thread, once it is there. For tasks only.
pub struct Offloaded<R>(Arc<Mutex<Option<std::thread::Result<R>>>>);

impl<R> Future for Offloaded<R> {
    type Output = R;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<R> {
        match locked(&self.0).take() {
            None => Poll::Pending,
            Some(Ok(result)) => Poll::Ready(result),
            Some(Err(panic)) => resume_unwind(panic),
        }
    }
}

impl<T: Transport> Process<T> {
    /// Runs `work` on another thread, where it may wait for the system. It must
    /// not use this process.
    ///
    /// # Errors
    /// When the process is not connected, or no thread can be started.
    pub fn offload<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> R + Send + 'static,
    ) -> Result<Offloaded<R>> {
        let waiter = {
            let mut state = self.lock();
            state.endpoint()?;
            state.waiter.clone()
        };
        let result = Arc::new(Mutex::new(None));
        let (shared, place) = (Arc::clone(&self.0.workers.shared), Arc::clone(&result));
        self.0.workers.submit(Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work));
            *locked(&place) = Some(outcome);
            // SeqCst: pairs with the load in `finished`.
            shared.finished.fetch_add(1, Ordering::SeqCst);
            if let Some(waiter) = waiter {
                waiter.wake();
            }
        }))?;
        Ok(Offloaded(result))
    }
}
