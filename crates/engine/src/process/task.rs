//! Operations that need more than one step and go on while the program does
//! something else: futures that are polled whenever any call makes progress.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use transport::Transport;

use super::Process;
use crate::error::{Error, Result};
use crate::handle::{CommId, RequestId};
use crate::status::Status;

/// What an operation ends with: a status, and an error if it failed. A failed
/// operation may have a status too, of what it did before.
pub type Outcome = (Status, Option<Error>);

type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// Differs from every count: the tasks are to be polled.
const NOTHING_SEEN: (u64, u64) = (u64::MAX, u64::MAX);

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
        self.spawn_with_status(comm, async { (Status::EMPTY, work.await.err()) })
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
        let request = self.lock().endpoint()?.start_task(comm);
        let mut work: Work = Box::pin(work);
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => self.lock().endpoint()?.finish_task(request, outcome),
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
        Ok(request)
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
        let before = list.len();
        let mut waiting = Vec::with_capacity(before);
        for (request, mut work) in list.drain(..) {
            match work.as_mut().poll(&mut context) {
                Poll::Pending => waiting.push((request, work)),
                Poll::Ready(outcome) => self.lock().endpoint()?.finish_task(request, outcome),
            }
        }
        *list = waiting;
        // Relaxed: see `are_there`.
        self.0.tasks.count.store(list.len(), Ordering::Relaxed);
        if list.len() != before {
            self.lock().wake_sleepers();
        }
        Ok(())
    }
}
