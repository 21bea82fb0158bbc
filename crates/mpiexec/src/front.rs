//! The process that the user started: feeds the terminal's input to rank 0,
//! passes signals to the guardian and exits as it says.
//!
//! Input that is not a terminal is handed to rank 0 as it is, so that nothing
//! is read that rank 0 does not want. A terminal cannot be: rank 0 is not in
//! the terminal's foreground process group and would be stopped.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use memory::job::Job;
use platform::process::{self, Ended, Fork, Pid, Reaped, Signal};
use platform::process_signal::{self, SignalQueue};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::PidfdFlags;

use crate::options::Command;
use crate::watch::{Guard, Work, guard};
use crate::{StartError, complain, ending, exit, program};

/// What is passed on to the guardian, which knows what to make of it.
const FORWARDED: &[Signal] = &[
    Signal::INT,
    Signal::QUIT,
    Signal::TERM,
    Signal::HUP,
    Signal::USR1,
    Signal::USR2,
    Signal::TSTP,
    Signal::CONT,
];

/// Runs a job; what `mpiexec` shall exit with.
pub(crate) fn run(command: Command, own_name: &str) -> Result<i32, StartError> {
    let programs = command.blocks.iter().map(program::find).collect::<Result<Vec<_>, _>>()?;
    bootstrap::keep_from_children();
    let failed = |what: &str, error: io::Error| {
        StartError::new(exit::FAILED, format!("cannot {what}: {error}. No rank was started"))
    };
    let pipe = || pipe_with(PipeFlags::CLOEXEC).map_err(|error| failed("make a pipe", error.into()));
    let (lifeline, held) = pipe()?;
    let (started, ready) = pipe()?;
    let (input, feed) = match rustix::termios::isatty(rustix::stdio::stdin()) {
        true => pipe().map(|(input, feed)| (Some(input), Some(feed)))?,
        false => (None, None),
    };
    process::adopt_orphans().map_err(|error| failed("become a subreaper", error))?;
    // Before any rank exists whose output could make the user send a signal.
    let mut wanted = FORWARDED.to_vec();
    wanted.push(Signal::CHILD);
    let signals = SignalQueue::new(&wanted).map_err(|error| failed("receive signals", error))?;
    match process::fork().map_err(|error| failed("start the guardian process", error))? {
        Fork::Child => {
            drop((held, feed, started));
            let front_signals = signals;
            let work = Work::Start { command, programs, input };
            std::process::exit(guard(Guard { work, lifeline, ready, front_signals, own_name }));
        }
        Fork::Parent { child } => {
            drop((lifeline, input, ready));
            // A byte once the guardian receives signals, or its end. What comes
            // before waits in our queue.
            while rustix::io::read(&started, &mut [0]) == Err(Errno::INTR) {}
            let code = accompany(child, signals, feed.map(Feed::new), own_name);
            drop(held);
            code.map_err(|error| {
                ending::kill_everybody();
                StartError::new(
                    exit::FAILED,
                    format!("lost control of the job: {error}. All ranks were ended"),
                )
            })
        }
    }
}

/// Leaves a guardian behind that serves a process which no launcher has
/// started: process `pid`, which has the table of its job open as `table_fd`.
pub(crate) fn serve(pid: &OsStr, table_fd: &OsStr, own_name: &str) -> Result<i32, StartError> {
    let failed = |what: &str, error: io::Error| {
        StartError::new(exit::FAILED, format!("cannot {what} for process {}: {error}", pid.display()))
    };
    let number = pid.to_str().and_then(|pid| pid.parse().ok());
    let process = number.and_then(Pid::from_raw).ok_or(Errno::SRCH);
    let lifeline = process.and_then(|pid| rustix::process::pidfd_open(pid, PidfdFlags::empty()));
    let lifeline = lifeline.map_err(|error| failed("start processes", error.into()))?;
    let table = Path::new("/proc").join(pid).join("fd").join(table_fd);
    let table = OpenOptions::new().read(true).write(true).open(table);
    let job = table.and_then(|table| Job::attach(table.into()));
    let job = Arc::new(job.map_err(|error| failed("open the job table", error))?);
    bootstrap::keep_from_children();
    let (started, ready) =
        pipe_with(PipeFlags::CLOEXEC).map_err(|error| failed("make a pipe", error.into()))?;
    let front_signals =
        SignalQueue::new(&[Signal::CHILD]).map_err(|error| failed("receive signals", error))?;
    match process::fork().map_err(|error| failed("start the guardian process", error))? {
        Fork::Child => {
            drop(started);
            let work = Work::Serve { job };
            std::process::exit(guard(Guard { work, lifeline, ready, front_signals, own_name }));
        }
        Fork::Parent { .. } => {
            drop(ready);
            loop {
                match rustix::io::read(&started, &mut [0]) {
                    Err(Errno::INTR) => {}
                    Ok(1) => return Ok(0),
                    // The guardian has said why.
                    _ => return Ok(exit::FAILED),
                }
            }
        }
    }
}

fn accompany(
    guardian: Pid,
    mut signals: SignalQueue,
    mut feed: Option<Feed>,
    own_name: &str,
) -> io::Result<i32> {
    loop {
        // Also before the first wait: the guardian may have ended before its
        // end was queued as a signal.
        while let Reaped::Child(pid, ended) = process::reap()? {
            if pid == guardian {
                return Ok(guardian_ended(guardian, ended, own_name));
            }
        }
        wait(&signals, &mut feed)?;
        for signal in signals.take() {
            if FORWARDED.contains(&signal) {
                // It is our unreaped child, so the number is still its own.
                let _ = rustix::process::kill_process(guardian, signal);
            }
            if signal == Signal::TSTP {
                // The ranks have been told; now do what Ctrl-Z is for.
                let _ = rustix::process::kill_process(rustix::process::getpid(), Signal::STOP);
            }
        }
    }
}

fn guardian_ended(guardian: Pid, ended: Ended, own_name: &str) -> i32 {
    match ended {
        Ended::Code(code) => code,
        Ended::Signal { number, .. } => {
            // Its ranks have fallen to us.
            let all_gone = ending::kill_everybody();
            let signal = process_signal::describe(number);
            let left = if all_gone { "All ranks were ended" } else { "Some of its processes do not die" };
            let pid = guardian.as_raw_nonzero();
            complain(own_name, &format!("the guardian process (pid {pid}) was killed by {signal}. {left}"));
            exit::SIGNAL + number
        }
    }
}

/// Waits for a signal, moving terminal input meanwhile.
fn wait(signals: &SignalQueue, feed: &mut Option<Feed>) -> io::Result<()> {
    loop {
        let mut fds = vec![PollFd::new(signals, PollFlags::IN)];
        let stdin = rustix::stdio::stdin();
        if let Some(feed) = &*feed {
            if !feed.pending.is_empty() {
                fds.push(PollFd::new(&feed.pipe, PollFlags::OUT));
            } else if in_foreground() {
                fds.push(PollFd::new(&stdin, PollFlags::IN));
            }
        }
        match poll(&mut fds, None) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        let moves = fds.get(1).is_some_and(|fd| !fd.revents().is_empty());
        let signalled = !fds[0].revents().is_empty();
        if moves && !feed.as_mut().is_some_and(Feed::go_on) {
            *feed = None;
        }
        if signalled {
            return Ok(());
        }
    }
}

/// Reading the terminal from the background would stop us. Asked again after
/// SIGCONT, which the shell sends with `fg`.
fn in_foreground() -> bool {
    let group = rustix::process::getpgrp();
    rustix::termios::tcgetpgrp(rustix::stdio::stdin()).is_ok_and(|foreground| foreground == group)
}

/// Terminal input on its way to rank 0.
struct Feed {
    pipe: OwnedFd,
    pending: Vec<u8>,
}

impl Feed {
    fn new(pipe: OwnedFd) -> Self {
        // Our end only; rank 0 reads as it likes.
        rustix::io::ioctl_fionbio(&pipe, true).expect("a pipe can be made non-blocking");
        Self { pipe, pending: Vec::new() }
    }

    /// Moves some input; false when there is no more, or nobody to read it.
    fn go_on(&mut self) -> bool {
        if self.pending.is_empty() {
            let mut buffer = [0; 4096];
            match rustix::io::read(rustix::stdio::stdin(), &mut buffer) {
                Ok(0) => return false,
                Ok(count) => self.pending.extend_from_slice(&buffer[..count]),
                Err(Errno::INTR | Errno::AGAIN) => return true,
                Err(_) => return false,
            }
        }
        match rustix::io::write(&self.pipe, &self.pending) {
            Ok(count) => {
                self.pending.drain(..count);
                true
            }
            Err(Errno::INTR | Errno::AGAIN) => true,
            Err(_) => false,
        }
    }
}
