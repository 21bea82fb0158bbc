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
use memory::job::Job;
use platform::process::Pid;
use rustix::io::FdFlags;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::options::{Block, Command, Inherit};
use crate::output::Output;
use crate::{StartError, exit};

/// Descriptors that the guardian needs besides two for every rank.
const OWN_DESCRIPTORS: u64 = 64;

/// A rank that was started; its number is its place in [`Launched::ranks`].
pub(crate) struct Started {
    pub(crate) pid: Pid,
}

/// What was started, and why not all.
pub(crate) struct Launched {
    pub(crate) ranks: Vec<Started>,
    pub(crate) error: Option<StartError>,
}

/// Starts the ranks of `command`, whose blocks' programs are `programs`.
/// `input` becomes the standard input of rank 0, or ours where there is none.
pub(crate) fn start(
    command: &Command,
    programs: &[PathBuf],
    job: &Job,
    mut input: Option<OwnedFd>,
    output: &mut Output,
) -> Launched {
    let mut ranks = Vec::with_capacity(command.ranks());
    let limit = DescriptorLimit::raise(2 * command.ranks() as u64 + OWN_DESCRIPTORS);
    // From here on whatever we start inherits the table, and we start ranks only.
    let inheritable = rustix::io::fcntl_setfd(job.fd(), FdFlags::empty());
    let mut error = inheritable.err().map(|error| {
        StartError::new(exit::FAILED, format!("cannot hand the job table to the ranks: {error}"))
    });
    let blocks = command.blocks.iter().zip(programs).enumerate();
    let places = blocks.flat_map(|(appnum, place)| std::iter::repeat_n((appnum, place), place.0.ranks));
    for (rank, (appnum, (block, program))) in places.enumerate() {
        if error.is_some() {
            break;
        }
        job.control(rank).set_appnum(appnum as u32);
        let mut child = prepare(command, block, program, job, rank);
        match spawn(&mut child, rank, input.take(), &limit, output) {
            Ok(pid) => ranks.push(Started { pid }),
            Err(cause) => error = Some(explain(&cause, rank, program)),
        }
    }
    Launched { ranks, error }
}

/// The process of `rank`, but for its streams.
fn prepare(command: &Command, block: &Block, program: &Path, job: &Job, rank: usize) -> process::Command {
    let mut child = process::Command::new(program);
    child.arg0(&block.program).args(&block.arguments).process_group(0);
    if let Some(directory) = &block.directory {
        child.current_dir(directory);
    }
    let inherit = block.environment.inherit.as_ref().or(command.environment.inherit.as_ref());
    if let Some(Inherit::Only(names)) = inherit {
        child.env_clear();
        child.envs(names.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    }
    for (name, value) in command.environment.set.iter().chain(&block.environment.set) {
        child.env(name, value);
    }
    child
        .env(variable::JOB_FD, job.fd().as_raw_fd().to_string())
        .env(variable::RANK, rank.to_string())
        .env(variable::SIZE, job.ranks().to_string())
        .env(variable::LOCAL_RANK, rank.to_string());
    child
}

fn spawn(
    child: &mut process::Command,
    rank: usize,
    input: Option<OwnedFd>,
    limit: &DescriptorLimit,
    output: &mut Output,
) -> io::Result<Pid> {
    // All descriptors are opened here: `as_the_user_set_it` leaves no room.
    child.stdin(match (rank, input) {
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
    output.add(rank, standard_output, standard_error);
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
struct DescriptorLimit {
    user: Rlimit,
    raised: Option<Rlimit>,
}

impl DescriptorLimit {
    /// For `needed` descriptors of our own.
    fn raise(needed: u64) -> Self {
        let user = getrlimit(Resource::Nofile);
        let Some(current) = user.current.filter(|&current| current < needed) else {
            return Self { user, raised: None };
        };
        let wanted = user.maximum.map_or(current + needed, |maximum| maximum.min(current + needed));
        let raised = Rlimit { current: Some(wanted), maximum: user.maximum };
        // Where it cannot be raised, opening a pipe will say so.
        let raised = setrlimit(Resource::Nofile, raised).is_ok().then_some(raised);
        Self { user, raised }
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
