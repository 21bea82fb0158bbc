//! Starting the ranks.
//!
//! `std::process::Command` without a `pre_exec` closure uses `posix_spawn`,
//! which does not copy our page tables and waits until the child has become the
//! program: a rank costs a fraction of a millisecond, and a failure to start is
//! reported here and not by a half-started child.

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};

use bootstrap::variable;
use memory::job::{Job, World};
use platform::process::Pid;
use rustix::io::FdFlags;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::options::{Block, Environment, Inherit};
use crate::output::Output;
use crate::{StartError, exit};

/// Descriptors that the guardian needs besides two for every rank.
const OWN_DESCRIPTORS: u64 = 64;

/// What to start: `blocks`, whose programs are `programs`, become the processes
/// of `world`.
pub(crate) struct Processes<'a> {
    pub(crate) blocks: &'a [Block],
    pub(crate) programs: &'a [PathBuf],
    /// Of all blocks.
    pub(crate) environment: &'a Environment,
    pub(crate) world: World,
}

/// A rank that was started.
pub(crate) struct Started {
    pub(crate) pid: Pid,
    pub(crate) slot: usize,
}

/// What was started, and why not all.
pub(crate) struct Launched {
    pub(crate) ranks: Vec<Started>,
    pub(crate) error: Option<StartError>,
}

/// Starts processes until one cannot be started. `input` becomes the standard
/// input of slot 0, or ours where there is none.
pub(crate) fn start(
    processes: &Processes<'_>,
    job: &Job,
    mut input: Option<OwnedFd>,
    output: &mut Output,
    limit: &mut DescriptorLimit,
) -> Launched {
    let World { first, size } = processes.world;
    let mut ranks = Vec::with_capacity(size);
    limit.raise(2 * (first + size) as u64 + OWN_DESCRIPTORS);
    // From here on whatever we start inherits the table, and we start ranks only.
    let inheritable = rustix::io::fcntl_setfd(job.fd(), FdFlags::empty());
    let mut error = inheritable.err().map(|error| {
        StartError::new(exit::FAILED, format!("cannot hand the job table to the ranks: {error}"))
    });
    let blocks = processes.blocks.iter().zip(processes.programs).enumerate();
    let places = blocks.flat_map(|(appnum, place)| std::iter::repeat_n((appnum, place), place.0.ranks));
    for (slot, (appnum, (block, program))) in (first..).zip(places) {
        if error.is_some() {
            break;
        }
        job.control(slot).set_appnum(appnum as u32);
        let mut child = prepare(processes, block, program, job, slot);
        match spawn(&mut child, slot, input.take(), limit, output) {
            Ok(pid) => ranks.push(Started { pid, slot }),
            Err(cause) => error = Some(explain(&cause, slot - first, program)),
        }
    }
    Launched { ranks, error }
}

/// The process of `slot`, but for its streams.
fn prepare(
    processes: &Processes<'_>,
    block: &Block,
    program: &Path,
    job: &Job,
    slot: usize,
) -> process::Command {
    let rank = slot - processes.world.first;
    let mut child = process::Command::new(program);
    child.arg0(&block.program).args(&block.arguments).process_group(0);
    if let Some(directory) = &block.directory {
        child.current_dir(directory);
    }
    match block.environment.inherit.as_ref().or(processes.environment.inherit.as_ref()) {
        None | Some(Inherit::All) => {}
        Some(Inherit::Only(names)) => {
            child.env_clear();
            child.envs(names.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        }
        Some(Inherit::Given(variables)) => {
            child.env_clear();
            child.envs(variables.iter().map(|(name, value)| (name, value)));
        }
    }
    for (name, value) in processes.environment.set.iter().chain(&block.environment.set) {
        child.env(name, value);
    }
    child
        .env(variable::JOB_FD, job.fd().as_raw_fd().to_string())
        .env(variable::SLOT, slot.to_string())
        .env(variable::RANK, rank.to_string())
        .env(variable::SIZE, processes.world.size.to_string())
        .env(variable::LOCAL_RANK, rank.to_string());
    child
}

fn spawn(
    child: &mut process::Command,
    slot: usize,
    input: Option<OwnedFd>,
    limit: &DescriptorLimit,
    output: &mut Output,
) -> io::Result<Pid> {
    // All descriptors are opened here: `as_the_user_set_it` leaves no room.
    child.stdin(match (slot, input) {
        (_, Some(input)) => input.into(),
        (0, None) => Stdio::inherit(),
        (_, None) => File::open("/dev/null")?.into(),
    });
    let (standard_output, child_output) = io::pipe()?;
    let (standard_error, child_error) = io::pipe()?;
    let standard_output = limit.put_away(standard_output.into())?;
    let standard_error = limit.put_away(standard_error.into())?;
    child.stdout(child_output).stderr(child_error);
    let started = limit.as_the_user_set_it(|| child.spawn())?;
    output.add(slot, standard_output, standard_error);
    Ok(Pid::from_child(&started))
}

fn explain(cause: &io::Error, rank: usize, program: &Path) -> StartError {
    let program = program.display();
    let (code, hint) = match cause.raw_os_error().map(rustix::io::Errno::from_raw_os_error) {
        Some(rustix::io::Errno::NOEXEC) => (
            exit::NOT_EXECUTABLE,
            ": it is neither a program for this machine nor a script that begins with #!",
        ),
        Some(rustix::io::Errno::NOENT) => {
            (exit::NOT_FOUND, ": the interpreter or loader that it names is missing")
        }
        Some(rustix::io::Errno::ACCESS) => {
            (exit::NOT_EXECUTABLE, ": check its permissions and its file system's")
        }
        Some(rustix::io::Errno::AGAIN) => {
            (exit::FAILED, ": see the limits on processes (ulimit -u, pids.max)")
        }
        Some(rustix::io::Errno::MFILE) => (exit::FAILED, ": see the limit on open files (ulimit -Hn)"),
        Some(rustix::io::Errno::TOOBIG) => (exit::FAILED, ": its arguments and environment are too long"),
        _ => (exit::FAILED, ""),
    };
    StartError::new(code, format!("cannot start rank {rank} ({program}): {cause}{hint}"))
}

/// Our limit on open files, raised for the ranks' pipes but not for the ranks.
///
/// A rank is started under the user's limit, and `posix_spawn` then refuses
/// descriptors beyond it: those that we keep are moved up there, so that those
/// of the next rank find room below.
pub(crate) struct DescriptorLimit {
    user: Rlimit,
    raised: Option<Rlimit>,
}

impl DescriptorLimit {
    pub(crate) fn of_user() -> Self {
        Self { user: getrlimit(Resource::Nofile), raised: None }
    }

    /// For `needed` descriptors of our own.
    fn raise(&mut self, needed: u64) {
        let Rlimit { current, maximum } = self.user;
        let Some(current) = current.filter(|&current| current < needed) else { return };
        let wanted = maximum.map_or(current + needed, |maximum| maximum.min(current + needed));
        let raised = Rlimit { current: Some(wanted), maximum };
        // Where it cannot be raised, opening a pipe will say so.
        if setrlimit(Resource::Nofile, raised).is_ok() {
            self.raised = Some(raised);
        }
    }

    fn as_the_user_set_it<T>(&self, action: impl FnOnce() -> T) -> T {
        let Some(raised) = self.raised else { return action() };
        // Both were accepted before: the user's at our start, ours in `raise`.
        let _ = setrlimit(Resource::Nofile, self.user);
        let result = action();
        let _ = setrlimit(Resource::Nofile, raised);
        result
    }

    /// Moves a descriptor to where it is not in the way.
    fn put_away(&self, descriptor: OwnedFd) -> io::Result<OwnedFd> {
        match (&self.raised, self.user.current) {
            (Some(_), Some(current)) => Ok(rustix::io::fcntl_dupfd_cloexec(descriptor, current as i32)?),
            _ => Ok(descriptor),
        }
    }
}
