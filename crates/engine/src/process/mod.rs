//! A process of the job: the engine's state behind its lock, and waiting.
//!
//! # Invariants
//! - All state is reached through [`Process::lock`]; nothing is called back
//!   while the guard is held.
//! - Every wait is [`Process::wait_until`]: look, poll, spin for a while if
//!   there are processors to spare, then sleep on the doorbell.
//!
//! - [`farewell`]: the end of a process's part in the job
//! - [`ports`]: point-to-point for collective algorithms
//! - [`creation_ports`]: point-to-point for making communicators
//! - `mismatch`: ranks that are in different collectives
//! - [`offload`]: work that waits for the operating system, on other threads
//! - [`receive`]: blocking receives
//! - [`silence`]: receives that would wait for ever
//! - [`task`]: operations that go on while the program does something else
//! - [`wait`]: the one waiting place

pub mod creation_ports;
pub mod farewell;
mod mismatch;
pub mod offload;
pub mod ports;
pub mod receive;
pub mod silence;
pub mod task;
pub mod wait;

use std::sync::Arc;

use memory::lock::{StateGuard, StateLock};
use transport::{Leave, ProcessName, Transport};

use crate::error::{Error, ErrorClass, Result};
use crate::objects::Objects;
use crate::protocol::Endpoint;
use crate::tool::settings::Setting;
use crate::tool::variable::View;
use crate::tool::{Counters, Settings};

/// What the lock protects.
pub struct State<T: Transport> {
    /// Objects that need no other process: they exist before `MPI_Init`.
    pub objects: Objects,
    /// Between `MPI_Init` and `MPI_Finalize`.
    endpoint: Option<Endpoint<T>>,
    /// The endpoint between two times of taking part.
    resting: Option<Endpoint<T>>,
    /// Sleeps outside the lock; of the endpoint.
    waiter: Option<T::Waiter>,
    /// Threads that sleep, or are about to.
    sleepers: usize,
    /// The completions, and the pieces of work that other threads have done, up
    /// to which tasks have been polled.
    tasks_seen: (u64, u64),
    settings: Settings,
}

/// A process of the job. Clones are the same process.
pub struct Process<T: Transport>(Arc<Inner<T>>);

struct Inner<T: Transport> {
    state: StateLock<State<T>>,
    tasks: task::Tasks,
    workers: offload::Workers,
}

impl<T: Transport> Clone for Process<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Transport> Default for Process<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Transport> Process<T> {
    /// A process that has its objects and no connection yet.
    pub fn new() -> Self {
        let objects = Objects::new();
        let state = State {
            objects,
            endpoint: None,
            waiter: None,
            sleepers: 0,
            tasks_seen: (0, 0),
            settings: Settings::default(),
            resting: None,
        };
        Self(Arc::new(Inner {
            state: StateLock::new(state),
            tasks: task::Tasks::default(),
            workers: offload::Workers::default(),
        }))
    }

    #[inline]
    pub fn lock(&self) -> StateGuard<'_, State<T>> {
        self.0.state.lock()
    }

    /// As [`Self::lock`], where that takes no mutex.
    #[inline(always)]
    pub(crate) fn lock_unthreaded(&self) -> Option<StateGuard<'_, State<T>>> {
        self.0.state.lock_unthreaded()
    }

    /// Joins the job through `transport`.
    pub fn connect(&self, transport: T) {
        let mut state = self.lock();
        let endpoint = Endpoint::with(transport, &state.settings, state.objects.recorder.clone());
        state.open(endpoint);
    }

    /// How to tell other processes of one.
    ///
    /// # Errors
    /// When this process is not connected.
    pub fn name_of(&self, process: u32) -> Result<ProcessName> {
        Ok(self.lock().endpoint()?.transport.name(process as usize))
    }

    /// The process that another one has told of.
    ///
    /// # Errors
    /// `MPI_ERR_OTHER` when it cannot be reached.
    pub fn process_named(&self, name: ProcessName) -> Result<u32> {
        let found = self.lock().endpoint()?.transport.process_named(name);
        found.map(|process| process as u32).map_err(|error| {
            Error::new(ErrorClass::Other, format!("cannot reach a process of the other group: {error}"))
        })
    }

    /// Joins the job again after [`Self::rest`].
    pub fn resume(&self) {
        let mut state = self.lock();
        if let Some(mut endpoint) = state.resting.take() {
            endpoint.core.apply_apart(&state.settings);
            state.open(endpoint);
        }
    }

    /// Leaves the job until [`Self::resume`]. What has arrived meanwhile from
    /// processes that have joined again already stays here until then.
    pub fn rest(&self) {
        self.0.workers.end();
        let mut state = self.lock();
        state.waiter = None;
        state.resting = state.endpoint.take();
        if let Some(endpoint) = &mut state.resting {
            endpoint.transport.take_leave(Leave::Silent);
        }
    }

    /// Leaves the job for good.
    pub fn disconnect(&self) -> Option<T> {
        self.0.workers.end();
        let mut state = self.lock();
        if let Some(endpoint) = &mut state.endpoint {
            endpoint.transport.take_leave(Leave::Silent);
        }
        state.waiter = None;
        state.endpoint.take().map(|endpoint| endpoint.transport)
    }
}

impl<T: Transport> State<T> {
    fn open(&mut self, mut endpoint: Endpoint<T>) {
        self.waiter = Some(endpoint.transport.waiter());
        if endpoint.transport.leave(endpoint.transport.rank()) == Leave::Silent {
            endpoint.transport.take_leave(Leave::World);
        }
        self.endpoint = Some(endpoint);
    }

    /// # Errors
    /// `MPI_ERR_OTHER` before `MPI_Init` and after `MPI_Finalize`.
    #[inline]
    pub fn endpoint(&mut self) -> Result<&mut Endpoint<T>> {
        self.endpoint.as_mut().ok_or_else(not_connected)
    }

    /// Objects and endpoint at once.
    ///
    /// # Errors
    /// As [`Self::endpoint`].
    #[inline]
    pub fn parts(&mut self) -> Result<(&mut Objects, &mut Endpoint<T>)> {
        match &mut self.endpoint {
            Some(endpoint) => Ok((&mut self.objects, endpoint)),
            None => Err(not_connected()),
        }
    }

    pub fn is_connected(&self) -> bool {
        self.endpoint.is_some()
    }

    /// What tools read.
    pub fn view(&mut self) -> View<'_> {
        let core = self.endpoint.as_mut().map(|endpoint| &mut endpoint.core);
        let parked = self.resting.as_ref().map_or(Counters::default(), |endpoint| endpoint.core.counters);
        let counters = core.as_ref().map_or(parked, |core| core.counters);
        View { objects: &self.objects, core, counters }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Replaces all settings, before the process joins its job.
    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// Changes one setting.
    ///
    /// # Errors
    /// As [`Settings::set`].
    pub fn set(&mut self, setting: &Setting, value: u64) -> Result<()> {
        self.settings.set(setting, value, self.endpoint.is_some())?;
        if let Some(endpoint) = &mut self.endpoint {
            endpoint.core.apply(&self.settings);
        }
        Ok(())
    }
}

#[cold]
fn not_connected() -> Error {
    Error::new(
        ErrorClass::Other,
        "this process takes no part in message passing now: call MPI_Init (or MPI_Session_init) first, \
         and nothing but enquiries after MPI_Finalize",
    )
}
