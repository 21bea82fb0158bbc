//! Collective communication (MPI-5.0 chapter 6): blocking, nonblocking,
//! persistent.
//!
//! The three forms of an operation share one translation of their arguments; a
//! [`Call`] says what becomes of it ([`Begun::carry_out`]).
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

use core::cell::Cell;
use core::ffi::c_int;

use engine::collective::fingerprint::Fingerprint;
use engine::comm::{Comm, CommCore, Number};
use engine::error::Result;
use engine::handle::CommId;
use engine::process::ports::{self, CommPorts};
use memory::lock::loan::Loan;
use transport::shm::ShmTransport;

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::errors::{Object, is_fatal};
use crate::info;
use crate::runtime::process;

type Ports = CommPorts<ShmTransport>;
type Meeting<'a> = ports::Meeting<'a, ShmTransport>;

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

impl<A: Abi> Form<A> {
    #[inline]
    fn check(&self) -> Result<()> {
        match *self {
            Self::Wait => Ok(()),
            Self::Start { request } => call::out(request, "request"),
            Self::Prepare { info, request } => {
                call::out(request, "request")?;
                info::check_optional::<A>(info)
            }
        }
    }
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

/// Takes the number of an operation of the call that this is.
#[inline]
fn numbered(id: CommId, number: impl FnOnce(&mut Comm) -> Number) -> Result<(Loan<CommCore>, Number)> {
    let mut state = process().lock();
    let (objects, _) = state.parts()?;
    objects.settle_wins();
    let comm = objects.comm_mut(id)?;
    let number = number(comm);
    // SAFETY: for this call, in which this thread neither frees a communicator nor
    // changes the level of thread support.
    Ok((unsafe { Loan::of(&comm.core) }, number))
}

/// Takes the operation's number, and then does what `translate` makes of its arguments.
/// A call that is refused for one of them takes part in nothing and can be repeated.
fn run<A: Abi>(
    call: Call<A>,
    comm: A::Comm,
    translate: impl FnOnce(&CommCore, Begun<'_, A>) -> Result<()>,
) -> c_int {
    let id = comm.decode();
    let carry_out = || {
        call.form.check()?;
        let (core, number) = numbered(id, |comm| match call.form {
            Form::Wait | Form::Start { .. } => comm.next_collective(),
            Form::Prepare { .. } => comm.next_persistent_collective(),
        })?;
        let has_begun = Cell::new(false);
        let begun = Begun { form: &call.form, id, core: &core, number, has_begun: &has_begun };
        let outcome = translate(&core, begun);
        if outcome.is_err() && !has_begun.get() {
            process().refuse_collective(id, number);
        }
        outcome
    };
    finish_comm::<A>(call.function, id, carry_out())
}

/// An operation that has its number.
struct Begun<'a, A: Abi> {
    form: &'a Form<A>,
    id: CommId,
    core: &'a Loan<CommCore>,
    number: Number,
    /// Whether its arguments were good.
    has_begun: &'a Cell<bool>,
}

impl<A: Abi> Begun<'_, A> {
    /// Does with an operation on `data` what the call says: `at_once` does it if that
    /// takes no messages, and says whether it did; `run` does it in any case.
    #[inline(always)]
    fn carry_out<D, O, R, F>(self, fingerprint: Fingerprint, data: D, at_once: O, run: R) -> Result<()>
    where
        D: Clone + Send + Sync + 'static,
        O: FnOnce(&Meeting<'_>, &D) -> Result<bool>,
        R: Fn(Ports, D) -> F + Send + Sync + 'static,
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let Self { form, id, core, number, has_begun } = self;
        has_begun.set(true);
        if let Form::Wait = form
            && let Some(meeting) = Meeting::of(process(), core, number, fingerprint)?
            && at_once(&meeting, &data)?
        {
            return Ok(());
        }
        let ports = Ports::new(process().clone(), core.to_arc(), id, number).marked(fingerprint);
        by_messages(form, id, ports, data, run)
    }
}

/// What [`Begun::carry_out`] does where messages are needed.
#[inline(never)]
fn by_messages<A: Abi, D, R, F>(form: &Form<A>, id: CommId, ports: Ports, data: D, run: R) -> Result<()>
where
    D: Clone + Send + Sync + 'static,
    R: Fn(Ports, D) -> F + Send + Sync + 'static,
    F: Future<Output = Result<()>> + Send + 'static,
{
    let goes_on = move || !is_fatal(Object::Comm(id));
    let (request, made) = match *form {
        Form::Wait => {
            let ports = ports.blocking();
            return process().block_on(ports.clone().conclude(run(ports, data), goes_on))?;
        }
        Form::Start { request } => {
            (request, process().spawn(id, ports.clone().conclude(run(ports, data), goes_on))?)
        }
        Form::Prepare { request, .. } => {
            let start = move || ports.clone().conclude(run(ports.clone(), data.clone()), goes_on);
            (request, process().prepare(id, start)?)
        }
    };
    // SAFETY: `Call::start` and `Call::prepare` were promised that it may be
    // written; not null, which `Form::check` has seen.
    unsafe { *request = A::Request::encode(made) };
    Ok(())
}
