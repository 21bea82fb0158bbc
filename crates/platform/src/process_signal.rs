//! Signals as events of a loop, and what they are called.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use rustix::process::Signal;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

/// Signals that wait to be looked at, instead of interrupting us.
///
/// Built on handlers rather than on a blocked mask with a `signalfd`, because a
/// program that we start inherits the mask but not the handlers.
pub struct SignalQueue {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
}

impl SignalQueue {
    /// Queues `signals` from now on, except those that whoever started us
    /// wants ignored (`nohup`, a shell's background jobs). `SIGCHLD` is queued
    /// in any case: where it is ignored, nobody learns how a child ended.
    pub fn new(signals: &[Signal]) -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        let is_wanted = |&signal: &Signal| signal == Signal::CHILD || !is_ignored(signal);
        let wanted: Vec<i32> =
            signals.iter().copied().filter(is_wanted).map(|signal| signal.as_raw()).collect();
        unblock(&wanted)?;
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, wanted)?;
        Ok(Self { delivery })
    }

    /// Takes what has arrived; several arrivals of one signal count as one.
    pub fn take(&mut self) -> Vec<Signal> {
        self.delivery.pending().filter_map(Signal::from_named_raw).collect()
    }
}

/// Readable when something has arrived.
impl AsFd for SignalQueue {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.delivery.get_read().as_fd()
    }
}

/// Leaves all signals to the other threads of the process: a thread of ours
/// must not run the program's handlers.
pub fn block_all_in_this_thread() -> io::Result<()> {
    // SAFETY: all-zero bytes are a value of this plain C structure.
    let mut set: libc::sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: `set` is ours to fill.
    unsafe { libc::sigfillset(&mut set) };
    // SAFETY: reads `set` and writes nothing.
    match unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &set, std::ptr::null_mut()) } {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

/// Lets signals through that whoever started us has blocked.
fn unblock(signals: &[i32]) -> io::Result<()> {
    // SAFETY: all-zero bytes are a value of this plain C structure.
    let mut set: libc::sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: `set` is ours to fill.
    unsafe { libc::sigemptyset(&mut set) };
    for &signal in signals {
        // SAFETY: `set` is initialised; a wrong number is answered with EINVAL.
        unsafe { libc::sigaddset(&mut set, signal) };
    }
    // SAFETY: reads `set` and writes nothing.
    match unsafe { libc::pthread_sigmask(libc::SIG_UNBLOCK, &set, std::ptr::null_mut()) } {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

/// Whether this process ignores `signal`.
pub fn is_ignored(signal: Signal) -> bool {
    // SAFETY: all-zero bytes are a value of this plain C structure.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: a null new action changes nothing; `action` is ours to fill.
    let asked = unsafe { libc::sigaction(signal.as_raw(), std::ptr::null(), &mut action) };
    asked == 0 && action.sa_sigaction == libc::SIG_IGN
}

/// Ignores `signal` from now on. Programs started later inherit that.
pub fn ignore(signal: Signal) {
    // SAFETY: SIG_IGN runs no code of ours.
    let before = unsafe { libc::signal(signal.as_raw(), libc::SIG_IGN) };
    debug_assert_ne!(before, libc::SIG_ERR);
}

/// Treats `signal` as the system does by default, from now on.
pub fn restore(signal: Signal) {
    // SAFETY: SIG_DFL runs no code of ours.
    let before = unsafe { libc::signal(signal.as_raw(), libc::SIG_DFL) };
    debug_assert_ne!(before, libc::SIG_ERR);
}

/// The signals that end processes: number, name, and what it says to a person.
const NAMES: &[(i32, &str, &str)] = &[
    (libc::SIGHUP, "SIGHUP", "hang-up"),
    (libc::SIGINT, "SIGINT", "interrupt"),
    (libc::SIGQUIT, "SIGQUIT", "quit"),
    (libc::SIGILL, "SIGILL", "illegal instruction"),
    (libc::SIGTRAP, "SIGTRAP", "trap"),
    (libc::SIGABRT, "SIGABRT", "aborted"),
    (libc::SIGBUS, "SIGBUS", "bus error"),
    (libc::SIGFPE, "SIGFPE", "arithmetic error"),
    (libc::SIGKILL, "SIGKILL", "killed"),
    (libc::SIGUSR1, "SIGUSR1", "user signal 1"),
    (libc::SIGSEGV, "SIGSEGV", "segmentation fault"),
    (libc::SIGUSR2, "SIGUSR2", "user signal 2"),
    (libc::SIGPIPE, "SIGPIPE", "broken pipe"),
    (libc::SIGALRM, "SIGALRM", "alarm"),
    (libc::SIGTERM, "SIGTERM", "termination"),
    (libc::SIGXCPU, "SIGXCPU", "processor time limit"),
    (libc::SIGXFSZ, "SIGXFSZ", "file size limit"),
    (libc::SIGVTALRM, "SIGVTALRM", "virtual alarm"),
    (libc::SIGPROF, "SIGPROF", "profiling alarm"),
    (libc::SIGSYS, "SIGSYS", "forbidden system call"),
];

/// `SIGSEGV`, for a signal that ends processes.
pub fn name(number: i32) -> Option<&'static str> {
    NAMES.iter().find(|(known, ..)| *known == number).map(|&(_, name, _)| name)
}

/// `SIGSEGV (11, segmentation fault)`.
pub fn describe(number: i32) -> String {
    match NAMES.iter().find(|(known, ..)| *known == number) {
        Some((_, name, meaning)) => format!("{name} ({number}, {meaning})"),
        None => format!("signal {number}"),
    }
}

/// Keeps signals that are sent to the process from the calling thread, so that
/// the program's handlers run in the program's own threads.
pub fn block_in_this_thread() {
    // SAFETY: the set is filled before it is read; only this thread's mask changes.
    unsafe {
        let mut all = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigfillset(all.as_mut_ptr());
        libc::pthread_sigmask(libc::SIG_BLOCK, all.as_ptr(), std::ptr::null_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queued_signal_is_taken_once() {
        let mut queue = SignalQueue::new(&[Signal::USR1]).unwrap();
        assert!(queue.take().is_empty());
        rustix::process::kill_process(rustix::process::getpid(), Signal::USR1).unwrap();
        let mut taken = Vec::new();
        while taken.is_empty() {
            taken = queue.take();
        }
        assert_eq!(taken, [Signal::USR1]);
        assert!(queue.take().is_empty());
    }

    #[test]
    fn an_ignored_signal_stays_ignored() {
        assert!(!is_ignored(Signal::USR2));
        ignore(Signal::USR2);
        assert!(is_ignored(Signal::USR2));
        let mut queue = SignalQueue::new(&[Signal::USR2]).unwrap();
        assert!(is_ignored(Signal::USR2));
        rustix::process::kill_process(rustix::process::getpid(), Signal::USR2).unwrap();
        assert!(queue.take().is_empty());
    }

    #[test]
    fn names() {
        assert_eq!(describe(9), "SIGKILL (9, killed)");
        assert_eq!(describe(40), "signal 40");
    }
}
