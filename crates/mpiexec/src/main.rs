//! `mpiexec` (also installed as `mpirun`): starts the ranks of a job, carries
//! their output, watches them, and explains and cleans up when one fails.
//!
//! # Two processes
//! ```text
//! mpiexec ............ the front: what the user started, sees and signals
//!   └ passel-guardian  parent of all ranks, in a process group of its own
//!       ├ rank 0 ..... each rank in a process group of its own
//!       └ rank 1 ...
//! ```
//! The guardian does the work; it is a child subreaper, so that whatever a rank
//! starts and abandons falls to it. Front and guardian watch each other: when
//! either is killed, even with `SIGKILL`, the other ends all ranks and all that
//! descends from them. The guardian has its own process group because test
//! harnesses and `timeout -s KILL` kill whole groups. Ranks that have called
//! `MPI_Init` also die with the guardian by the kernel's hand, should both
//! processes be killed at once.
//!
//! A process that was started without `mpiexec` and wants to start others has
//! an `mpiexec` serve it: then there is a guardian only, which watches that
//! process as it would watch the front.
//!
//! # Files
//! - [`flags`]: the table of options, which parsing and `--help` share
//! - [`options`]: the command line
//! - [`program`]: finding the programs, before anything is started
//! - [`front`]: the front: terminal input, signals, exit code
//! - [`launch`]: starting the ranks
//! - [`serve`]: starting processes for ranks that ask for them
//! - [`watch`]: the guardian's event loop; below it what ranks ask for, and worlds that end by themselves
//! - [`ending`]: asking, terminating and killing the process tree
//! - [`failure`]: what counts as a failure, and its words
//! - [`output`]: carrying the ranks' output, line by line

#![forbid(unsafe_code)]

mod ending;
mod failure;
mod flags;
mod front;
mod launch;
mod options;
mod output;
mod program;
mod serve;
mod watch;

use std::io::Write;
use std::path::Path;

use options::Request;

/// Exit codes of `mpiexec` itself; otherwise it exits as the failed rank did.
mod exit {
    pub(crate) const FAILED: i32 = 1;
    pub(crate) const USAGE: i32 = 2;
    pub(crate) const NOT_EXECUTABLE: i32 = 126;
    pub(crate) const NOT_FOUND: i32 = 127;
    /// Added to the number of the signal that ended a rank.
    pub(crate) const SIGNAL: i32 = 128;
}

/// Why a job could not be started.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct StartError {
    pub(crate) message: String,
    pub(crate) code: i32,
}

impl StartError {
    pub(crate) fn new(code: i32, message: impl Into<String>) -> Self {
        Self { message: message.into(), code }
    }
}

fn main() {
    let mut arguments = std::env::args_os();
    let own_name = arguments.next().unwrap_or_default();
    let own_name = Path::new(&own_name).file_name().map(|name| name.to_string_lossy().into_owned());
    let own_name = own_name.unwrap_or_else(|| "mpiexec".to_owned());

    let arguments: Vec<_> = arguments.collect();
    if let [option, pid, table_fd] = &arguments[..]
        && option == bootstrap::launcher::SERVE_OPTION
    {
        let code = front::serve(pid, table_fd, &own_name).unwrap_or_else(|error| {
            complain(&own_name, &error.message);
            error.code
        });
        std::process::exit(code);
    }
    let code = match options::parse(arguments) {
        Ok(Request::Help) => print(&flags::help(&own_name)),
        Ok(Request::Version) => print(&format!("{own_name} (Passel) {}\n", env!("CARGO_PKG_VERSION"))),
        Ok(Request::Run(command)) => front::run(command, &own_name).unwrap_or_else(|error| {
            complain(&own_name, &error.message);
            error.code
        }),
        Err(error) => {
            complain(&own_name, &format!("{error}\n{own_name}: see {own_name} --help"));
            exit::USAGE
        }
    };
    std::process::exit(code);
}

/// To standard output, whose reader may have gone.
fn print(text: &str) -> i32 {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => 0,
        Err(_) => exit::FAILED,
    }
}

fn complain(own_name: &str, message: &str) {
    // Nowhere to report that standard error is gone.
    let _ = writeln!(std::io::stderr(), "{own_name}: {message}");
}
