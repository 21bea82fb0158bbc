//! Operations that need more than one step and go on while the program does
//! something else: futures that are polled whenever any call makes progress.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use transport::Transport;

use super::Process;
use crate::error::{Error, ErrorClass, Result};
use crate::handle::{CommId, RequestId};
use crate::request::{Outcome, Persistent, Phase, Work};
use crate::status::Status;

/// Differs from every count: the tasks are to be polled.
const NOTHING_SEEN: (u64, u64) = (u64::MAX, u64::MAX);

/// Work that has no status of its own.
fn plain(work: impl Future<Output = Result<()>> + Send + 'static) -> Work {
    Box::pin(async { (Status::EMPTY, work.await.err()) })
}

/// The tasks of a process. They run without the state lock.
#[derive(Default)]
pub(super) struct Tasks {
    list: Mutex<Vec<(RequestId, Work)>>,
    /// How many there are, so that nobody takes the lock for nothing.
    count: AtomicUsize,
}

impl Tasks {
    pub(super) fn are_there(&self) -> bool {
        // Relaxed: whoever adds a task polls it itself; others notice sooner or later.
        self.count.load(Ordering::Relaxed) != 0
    }
}

impl<T: Transport> Process<T> {
    /// Starts `work`; the request completes with it. It may wait for requests
    /// of this process and for what it has offloaded only.
    ///
    /// # Errors
    /// When the process is not connected.
    pub fn spawn(
        &self,
        comm: CommId,
        work: impl Future<Output = Result<()>> + Send + 'static,
    ) -> Result<RequestId> {
        self.spawn_work(comm, plain(work))
    }

    /// As [`Self::spawn`], for work that says what status its request gets.
    ///
    /// # Errors
    /// As [`Self::spawn`].
    pub fn spawn_with_status(
        &self,
        comm: CommId,
        work: impl Future<Output = Outcome> + Send + 'static,
    ) -> Result<RequestId> {
        self.spawn_work(comm, Box::pin(work))
    }

    fn spawn_work(&self, comm: CommId, work: Work) -> Result<RequestId> {
        let request = self.lock().endpoint()?.start_task(comm);
        self.begin(request, work)?;
        Ok(request)
    }

    /// Polls the work of a pending request once, and keeps it if that was not
    /// all.
    fn begin(&self, request: RequestId, mut work: Work) -> Result<()> {
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => self.finish(request, outcome)?,
            Poll::Pending => {
                let mut list = self.0.tasks.list.lock().unwrap_or_else(PoisonError::into_inner);
                list.push((request, work));
                // Relaxed: see `are_there`.
                self.0.tasks.count.store(list.len(), Ordering::Relaxed);
                drop(list);
                // What it waits for may have come, and others may have looked,
                // before it was on the list.
                self.lock().tasks_seen = NOTHING_SEEN;
            }
        }
        Ok(())
    }

    fn finish(&self, request: RequestId, outcome: Outcome) -> Result<()> {
        let mut state = self.lock();
        state.endpoint()?.finish_task(request, outcome);
        state.wake_others();
        Ok(())
    }

    /// An inactive request; each [`Self::start`] of it starts what `make` makes.
    ///
    /// # Errors
    /// When the process is not connected.
    pub fn prepare<F: Future<Output = Result<()>> + Send + 'static>(
        &self,
        comm: CommId,
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Result<RequestId> {
        Ok(self.lock().endpoint()?.prepare(comm, Persistent::Work(Arc::new(move || plain(make())))))
    }

    /// Starts an inactive persistent request (`MPI_Start`). The communicator is
    /// the one whose error handler a failure concerns.
    ///
    /// # Errors
    /// `MPI_ERR_REQUEST` for a request that is none, or is active; as
    /// [`crate::protocol::Endpoint::start`].
    pub fn start(&self, request: RequestId) -> (CommId, Result<()>) {
        let mut state = self.lock();
        let endpoint = match state.endpoint() {
            Ok(endpoint) => endpoint,
            Err(error) => return (crate::comm::WORLD, Err(error)),
        };
        let Some(found) = endpoint.core.requests.get(request) else {
            return (
                crate::comm::WORLD,
                Err(not_startable("is null, or was freed: only persistent requests can be started")),
            );
        };
        let comm = found.comm;
        let Some(persistent) = found.persistent.as_deref().cloned() else {
            return (comm, Err(not_startable("is not persistent: it was started when it was made")));
        };
        if found.phase != Phase::Inactive {
            return (
                comm,
                Err(not_startable("is active already: complete it with MPI_Wait before starting it again")),
            );
        }
        let work = if let Persistent::Work(make) = &persistent { Some(Arc::clone(make)) } else { None };
        let started = endpoint.start(request, persistent);
        drop(state);
        let outcome = started.and_then(|()| work.map_or(Ok(()), |make| self.begin(request, make())));
        (comm, outcome)
    }

    /// Completes a request of [`crate::protocol::Endpoint::start_task`] that no
    /// task stands behind, and wakes the threads that wait for it.
    ///
    /// # Errors
    /// When the process is not connected.
    pub fn complete_task(&self, request: RequestId) -> Result<()> {
        let mut state = self.lock();
        state.endpoint()?.finish_task(request, (Status::EMPTY, None));
        state.wake_others();
        Ok(())
    }

    /// Polls the tasks if something has completed since they were last polled,
    /// here or on a thread of ours.
    ///
    /// # Errors
    /// When the process is not connected.
    pub(super) fn run_tasks(&self) -> Result<()> {
        if !self.0.tasks.are_there() {
            return Ok(());
        }
        // Another thread is at it already; it does not sleep before it has
        // looked at the completions once more.
        let Ok(mut list) = self.0.tasks.list.try_lock() else { return Ok(()) };
        {
            let mut state = self.lock();
            let now = (state.endpoint()?.core.completions(), self.0.workers.finished());
            if state.tasks_seen == now {
                return Ok(());
            }
            state.tasks_seen = now;
        }
        let mut context = Context::from_waker(Waker::noop());
        let mut waiting = Vec::with_capacity(list.len());
        for (request, mut work) in list.drain(..) {
            match work.as_mut().poll(&mut context) {
                Poll::Pending => waiting.push((request, work)),
                Poll::Ready(outcome) => self.finish(request, outcome)?,
            }
        }
        *list = waiting;
        // Relaxed: see `are_there`.
        self.0.tasks.count.store(list.len(), Ordering::Relaxed);
        Ok(())
    }
}

#[cold]
fn not_startable(why: &str) -> Error {
    Error::new(ErrorClass::Request, format!("the request {why}"))
}
