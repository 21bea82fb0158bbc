//! Operations that need more than one step and go on while the program does
//! something else: futures that are polled whenever any call makes progress.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use transport::Transport;

use super::Process;
use crate::error::Result;
use crate::handle::{CommId, RequestId};

type Work = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

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
    /// of this process only.
    ///
    /// # Errors
    /// When the process is not connected.
    pub fn spawn(
        &self,
        comm: CommId,
        work: impl Future<Output = Result<()>> + Send + 'static,
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
            }
        }
        Ok(request)
    }

    /// Completes a request of [`crate::protocol::Endpoint::start_task`] that no
    /// task stands behind, and wakes the threads that wait for it.
    ///
    /// # Errors
    /// When the process is not connected.
    pub fn complete_task(&self, request: RequestId) -> Result<()> {
        let mut state = self.lock();
        state.endpoint()?.finish_task(request, Ok(()));
        state.wake_others();
        Ok(())
    }

    /// Polls the tasks if something has completed since they were last polled.
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
            let now = state.endpoint()?.core.completions();
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
                Poll::Ready(outcome) => self.lock().endpoint()?.finish_task(request, outcome),
            }
        }
        *list = waiting;
        // Relaxed: see `are_there`.
        self.0.tasks.count.store(list.len(), Ordering::Relaxed);
        Ok(())
    }
}
