//! Collective communication (MPI-5.0 chapter 6): blocking, nonblocking,
//! persistent.
//!
//! The three forms of an operation share one translation of their arguments,
//! which makes a [`Plan`]; a [`Call`] says what becomes of it.
//!
//! - [`arguments`]: from C's arguments to the engine's
//! - [`all`]: everybody to everybody: allgather, alltoall
//! - [`neighbor`]: along the edges of a topology
//! - [`persistent`]: the functions that make persistent requests
//! - [`reduction`]: reductions and scans
//! - [`rooted`]: barrier, and to or from one rank: bcast, gather, scatter

pub mod all;
pub mod arguments;
pub mod neighbor;
pub mod persistent;
pub mod reduction;
pub mod rooted;

use core::ffi::c_int;
use std::sync::Arc;

use engine::collective::fingerprint::Fingerprint;
use engine::comm::{Comm, CommCore, Number};
use engine::error::Result;
use engine::handle::{CommId, RequestId};
use engine::process::ports::{self, CommPorts};
use transport::shm::ShmTransport;

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::info;
use crate::runtime::process;

type Ports = CommPorts<ShmTransport>;
type Meeting<'a> = ports::Meeting<'a, ShmTransport>;

/// A collective operation whose arguments are translated.
struct Plan<D, O, R> {
    fingerprint: Fingerprint,
    data: D,
    /// Does the operation if that takes no messages, and says whether it did.
    at_once: O,
    /// Runs the operation once.
    run: R,
}

impl<D, O, R, F> Plan<D, O, R>
where
    O: Fn(&Meeting<'_>, &D) -> Result<bool>,
    R: Fn(Ports, D) -> F,
    F: Future<Output = Result<()>>,
{
    fn new(fingerprint: Fingerprint, data: D, at_once: O, run: R) -> Self {
        Self { fingerprint, data, at_once, run }
    }
}

/// Which function was called, and what it does with its operation.
struct Call<A: Abi> {
    function: &'static str,
    form: Form<A>,
}

enum Form<A: Abi> {
    /// Runs it to its end.
    Wait,
    /// Starts it.
    Start { request: *mut A::Request },
    /// Makes it ready to be started any number of times.
    Prepare { info: A::Info, request: *mut A::Request },
}

impl<A: Abi> Call<A> {
    fn wait(function: &'static str) -> Self {
        Self { function, form: Form::Wait }
    }

    /// # Safety
    /// `request` is null or may be written.
    unsafe fn start(function: &'static str, request: *mut A::Request) -> Self {
        Self { function, form: Form::Start { request } }
    }

    /// # Safety
    /// `request` is null or may be written.
    unsafe fn prepare(function: &'static str, info: A::Info, request: *mut A::Request) -> Self {
        Self { function, form: Form::Prepare { info, request } }
    }
}

/// Takes a number for the operation, then translates its arguments: in this
/// order, so that ranks stay in step when the arguments of one are wrong.
fn planned<D, O, R>(
    id: CommId,
    number: impl FnOnce(&mut Comm) -> Number,
    plan: impl FnOnce(&CommCore) -> Result<Plan<D, O, R>>,
) -> Result<(Start, Plan<D, O, R>)> {
    let mut state = process().lock();
    let (objects, _) = state.parts()?;
    objects.settle_wins();
    let comm = objects.comm_mut(id)?;
    let number = number(comm);
    let core = Arc::clone(&comm.core);
    drop(state);
    let plan = plan(&core)?;
    Ok((Start { core, id, number, fingerprint: plan.fingerprint }, plan))
}

/// An operation that has its number.
struct Start {
    core: Arc<CommCore>,
    id: CommId,
    number: Number,
    fingerprint: Fingerprint,
}

impl Start {
    fn meeting(&self) -> Result<Option<Meeting<'_>>> {
        Meeting::of(process(), &self.core, self.number, self.fingerprint)
    }

    fn ports(self) -> Ports {
        CommPorts::new(process().clone(), self.core, self.id, self.number).marked(self.fingerprint)
    }
}

/// Does with the operation that `plan` makes what the call says.
fn run<A: Abi, D, O, R, F>(
    call: Call<A>,
    comm: A::Comm,
    plan: impl FnOnce(&CommCore) -> Result<Plan<D, O, R>>,
) -> c_int
where
    D: Clone + Send + Sync + 'static,
    O: Fn(&Meeting<'_>, &D) -> Result<bool>,
    R: Fn(Ports, D) -> F + Send + Sync + 'static,
    F: Future<Output = Result<()>> + Send + 'static,
{
    let id = comm.decode();
    let outcome = match call.form {
        Form::Wait => planned(id, Comm::next_collective, plan).and_then(|(start, plan)| {
            if let Some(meeting) = start.meeting()?
                && (plan.at_once)(&meeting, &plan.data)?
            {
                return Ok(());
            }
            process().block_on((plan.run)(start.ports().blocking(), plan.data))?
        }),
        // SAFETY: `Call::start` was promised that it may be written.
        Form::Start { request } => unsafe {
            put_request::<A>(request, || {
                let (start, plan) = planned(id, Comm::next_collective, plan)?;
                process().spawn(id, (plan.run)(start.ports(), plan.data))
            })
        },
        // SAFETY: `Call::prepare` was promised that it may be written.
        Form::Prepare { info, request } => unsafe {
            put_request::<A>(request, || {
                info::check_optional::<A>(info)?;
                let (start, plan) = planned(id, Comm::next_persistent_collective, plan)?;
                let ports = start.ports();
                process().prepare(id, move || (plan.run)(ports.clone(), plan.data.clone()))
            })
        },
    };
    finish_comm::<A>(call.function, id, outcome)
}

/// # Safety
/// `request` is null or may be written.
unsafe fn put_request<A: Abi>(
    request: *mut A::Request,
    make: impl FnOnce() -> Result<RequestId>,
) -> Result<()> {
    call::out(request, "request")?;
    let made = make()?;
    // SAFETY: the caller's promise; not null.
    unsafe { *request = A::Request::encode(made) };
    Ok(())
}
