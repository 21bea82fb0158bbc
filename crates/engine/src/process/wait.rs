//! The one waiting place.

use std::future::Future;
use std::hint::spin_loop;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use transport::{Transport, Waiter};

use super::silence::Needs;
use super::{Process, State};
use crate::error::Result;
use crate::handle::RequestId;
use crate::protocol::Endpoint;
use crate::protocol::direct::Outcome;

/// Polls between two looks at the clock.
const POLLS_PER_LOOK: u32 = 64;

/// Whether to poll once more or to sleep.
struct Patience {
    may_spin: bool,
    /// How long a wait polls before it sleeps, where ranks have processors of
    /// their own: by default about what a sleep and a wake-up cost.
    budget: Duration,
    /// How often a wait offers its processor to others before it sleeps, where
    /// ranks have to share: most often the rank waited for is next in line, and
    /// running it costs less than a sleep and a wake-up.
    yields: u64,
    polls: u32,
    since: Option<Instant>,
}

impl Patience {
    fn of<T: Transport>(state: &State<T>) -> Self {
        Self {
            may_spin: state.waiter.as_ref().is_some_and(Waiter::may_spin),
            budget: Duration::from_nanos(state.settings.spin_nanoseconds),
            yields: state.settings.yields,
            polls: 0,
            since: None,
        }
    }

    /// Something moved: the next thing is likely to be near.
    fn renew(&mut self) {
        self.polls = 0;
        self.since = None;
    }

    #[inline]
    fn is_over(&mut self) -> bool {
        self.polls += 1;
        if !self.may_spin {
            std::thread::yield_now();
            return u64::from(self.polls) > self.yields;
        }
        if !self.polls.is_multiple_of(POLLS_PER_LOOK) {
            spin_loop();
            return false;
        }
        match self.since {
            None => {
                self.since = Some(Instant::now());
                false
            }
            Some(since) => since.elapsed() >= self.budget,
        }
    }
}

impl<T: Transport> State<T> {
    /// Wakes another rank if it sleeps, after memory shared with it has changed.
    #[inline]
    pub fn ring(&self, peer: usize) {
        if let Some(waiter) = &self.waiter {
            waiter.ring(peer);
        }
    }

    /// Looks, and polls as long as that moves anything.
    #[inline]
    fn look<R>(&mut self, look: &mut impl FnMut(&mut Endpoint<T>) -> Option<R>) -> Result<(Option<R>, bool)> {
        let endpoint = self.endpoint()?;
        let mut moved = false;
        let mut found = look(endpoint);
        while found.is_none() && endpoint.progress()? != 0 {
            moved = true;
            found = look(endpoint);
        }
        if moved {
            self.wake_others();
        }
        Ok((found, moved))
    }

    /// Something moved: it may be what another thread sleeps for.
    #[inline]
    pub(crate) fn wake_others(&self) {
        if self.sleepers != 0
            && let Some(waiter) = &self.waiter
        {
            waiter.wake();
        }
    }
}

impl<T: Transport> Process<T> {
    /// Whether ranks have processors of their own, so that waits may spin.
    #[inline]
    pub(super) fn may_spin(&self) -> bool {
        self.lock().waiter.as_ref().is_some_and(Waiter::may_spin)
    }

    /// Waits until `look` finds what it looks for.
    ///
    /// # Errors
    /// When the process is not connected, or a packet makes no sense.
    pub fn wait_until<R>(&self, look: impl FnMut(&mut Endpoint<T>) -> Option<R>) -> Result<R> {
        self.wait_needing(Needs::Unknown, look)
    }

    /// Waits for a request and takes its outcome.
    ///
    /// # Errors
    /// As [`Self::wait_until`].
    pub fn wait_for(&self, request: RequestId) -> Result<Outcome> {
        self.wait_needing(Needs::All(&[request]), |endpoint| endpoint.take_outcome(request))
    }

    /// As [`Self::wait_until`]; what it needs is noticed when it cannot come.
    ///
    /// # Errors
    /// As [`Self::wait_until`].
    pub fn wait_needing<R>(
        &self,
        needs: Needs<'_>,
        look: impl FnMut(&mut Endpoint<T>) -> Option<R>,
    ) -> Result<R> {
        self.wait(needs, || None, look)
    }

    /// As [`Self::wait_until`]; `nap` says before each sleep how long that may last
    /// though nobody rings.
    ///
    /// # Errors
    /// As [`Self::wait_until`].
    pub fn wait_napping<R>(
        &self,
        nap: impl FnMut() -> Option<Duration>,
        look: impl FnMut(&mut Endpoint<T>) -> Option<R>,
    ) -> Result<R> {
        self.wait(Needs::Unknown, nap, look)
    }

    fn wait<R>(
        &self,
        needs: Needs<'_>,
        mut nap: impl FnMut() -> Option<Duration>,
        mut look: impl FnMut(&mut Endpoint<T>) -> Option<R>,
    ) -> Result<R> {
        let mut patience = {
            let mut state = self.lock();
            state.objects.settle_wins();
            if let (Some(found), _) = state.look(&mut look)? {
                return Ok(found);
            }
            state.endpoint()?.core.counters.waits += 1;
            Patience::of(&state)
        };
        loop {
            self.run_tasks()?;
            if patience.is_over() {
                if let Some(found) = self.sleep(needs, nap(), &mut look)? {
                    return Ok(found);
                }
                patience.renew();
            }
            let (found, moved) = self.lock().look(&mut look)?;
            if let Some(found) = found {
                return Ok(found);
            }
            if moved {
                patience.renew();
            }
        }
    }

    /// Sleeps, unless a last look finds something, at most `nap`.
    fn sleep<R>(
        &self,
        needs: Needs<'_>,
        nap: Option<Duration>,
        look: &mut impl FnMut(&mut Endpoint<T>) -> Option<R>,
    ) -> Result<Option<R>> {
        let has_tasks = self.0.tasks.are_there();
        let waiter = {
            let mut state = self.lock();
            let seen = state.tasks_seen;
            // Another thread may have moved something since our last look, or have
            // sent a packet over a link that refuses a larger one: the transport
            // wakes us for room only if what was refused is also tried last.
            let (found, moved) = state.look(look)?;
            let completions = state.endpoint()?.core.completions();
            if found.is_some()
                || moved
                || (has_tasks && completions != seen.0)
                || ((has_tasks || matches!(needs, Needs::Collective)) && state.end_mismatched_receives()?)
                || state.end_vain_waits(needs)?
            {
                return Ok(found);
            }
            let endpoint = state.endpoint()?;
            if !endpoint.transport.announce_sleep() {
                return Ok(None);
            }
            // What is looked for may lie in shared memory, which whoever changes it
            // rings for: it must be looked at once more after the announcement.
            if let Some(found) = look(endpoint) {
                if let Some(waiter) = &state.waiter {
                    waiter.wake();
                }
                return Ok(Some(found));
            }
            if has_tasks && self.0.workers.finished() != seen.1 {
                // Takes the announcement back, for others who sleep on it too.
                if let Some(waiter) = &state.waiter {
                    waiter.wake();
                }
                return Ok(None);
            }
            state.sleepers += 1;
            state.waiter.clone()
        };
        let since = Instant::now();
        if let Some(waiter) = waiter {
            waiter.sleep(nap);
        }
        let mut state = self.lock();
        state.sleepers -= 1;
        if let Ok(endpoint) = state.endpoint() {
            endpoint.core.counters.sleeps += 1;
            endpoint.core.counters.asleep += since.elapsed().as_nanos() as u64;
        }
        Ok(None)
    }

    /// Takes in what has arrived, without waiting.
    ///
    /// # Errors
    /// As [`Self::wait_until`].
    pub fn progress(&self) -> Result<()> {
        let (_, moved) = {
            let mut state = self.lock();
            state.objects.settle_wins();
            state.look(&mut |_| None::<()>)?
        };
        self.run_tasks()?;
        if !moved && !self.lock().waiter.as_ref().is_some_and(Waiter::may_spin) {
            // Whoever polls in a loop waits for a rank that needs the processor.
            std::thread::yield_now();
        }
        Ok(())
    }

    /// Runs `future` to its end; it may wait for requests of this process only.
    ///
    /// # Errors
    /// As [`Self::wait_until`].
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            let seen = self.lock().endpoint()?.core.completions();
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return Ok(output);
            }
            self.wait_needing(Needs::Collective, |endpoint| {
                (endpoint.core.completions() != seen).then_some(())
            })?;
        }
    }
}
