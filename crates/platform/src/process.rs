//! Starting, adopting and reaping processes.

use std::io;
use std::os::fd::{FromRawFd, OwnedFd, RawFd};
use std::path::PathBuf;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{PidfdFlags, WaitOptions, pidfd_open, wait};

pub use rustix::process::{Pid, Signal};

/// Which side of [`fork`] we are.
#[derive(Debug)]
pub enum Fork {
    Parent { child: Pid },
    Child,
}

/// Makes a copy of this process.
///
/// # Errors
/// Refused when other threads run: the child would inherit their locks without
/// their owners. Otherwise what `fork` says.
pub fn fork() -> io::Result<Fork> {
    if let Ok(threads) = std::fs::read_dir("/proc/self/task")
        && threads.count() > 1
    {
        return Err(io::Error::other("a process of several threads cannot be copied"));
    }
    // SAFETY: no other thread exists whose locks or half-made changes the
    // child could see; where /proc is missing, our only caller is the start of
    // `main` of a program that starts no threads.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(Fork::Child),
        child => {
            Ok(Fork::Parent { child: Pid::from_raw(child).expect("the parent sees the child's number") })
        }
    }
}

/// Makes this process the one that orphans below it fall to, instead of init.
pub fn adopt_orphans() -> io::Result<()> {
    Ok(rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?)
}

/// Asks for `SIGKILL` when our parent ends, provided that it is still `parent`.
/// Tells whether it is.
///
/// The kernel means the *thread* of the parent that made us: only ask for a
/// parent of one thread.
pub fn end_with_parent(parent: Pid) -> io::Result<bool> {
    let is_parent = || rustix::process::getppid() == Some(parent);
    if !is_parent() {
        return Ok(false);
    }
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // It may have ended before the request was in place.
    Ok(is_parent())
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Code(i32),
    Signal { number: i32, core_dumped: bool },
}

/// What [`reap`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaped {
    /// A child, possibly an adopted one, has ended and is gone now.
    Child(Pid, Ended),
    /// Children exist, none of them has ended.
    AllRunning,
    NoChildren,
}

/// Collects one ended child without waiting.
pub fn reap() -> io::Result<Reaped> {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(None) => return Ok(Reaped::AllRunning),
            Ok(Some((pid, status))) => {
                if let Some(code) = status.exit_status() {
                    return Ok(Reaped::Child(pid, Ended::Code(code)));
                }
                if let Some(number) = status.terminating_signal() {
                    let core_dumped = status.as_raw() & 0x80 != 0;
                    return Ok(Reaped::Child(pid, Ended::Signal { number, core_dumped }));
                }
            }
            Err(rustix::io::Errno::CHILD) => return Ok(Reaped::NoChildren),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Sends a signal to this process.
pub fn signal_self(signal: Signal) -> io::Result<()> {
    Ok(rustix::process::kill_process(rustix::process::getpid(), signal)?)
}

/// The user that this process acts for.
pub fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Whether a process of this number exists and has not ended.
pub fn is_alive(pid: Pid) -> bool {
    match crate::process_tree::Process::read(pid) {
        Some(process) => !process.has_ended(),
        // Without /proc: a process of another user exists, too.
        None => rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH),
    }
}

/// Runs `action` once the process `pid` has ended, on a thread that takes no
/// signals.
///
/// # Errors
/// When that cannot be learned (before Linux 5.3), or no thread be had.
pub fn when_ended(pid: Pid, action: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let handle = pidfd_open(pid, PidfdFlags::empty())?;
    let watch = move || {
        // If the mask cannot be changed, the program's handlers run here, too.
        let _ = crate::process_signal::block_all_in_this_thread();
        let mut fds = [PollFd::new(&handle, PollFlags::IN)];
        while poll(&mut fds, None) == Err(rustix::io::Errno::INTR) {}
        action();
    };
    std::thread::Builder::new().name("passel-watch".to_owned()).spawn(watch).map(drop)
}

/// A second descriptor, close-on-exec, of the file that was inherited as
/// `number`.
///
/// # Errors
/// `EBADF` when there is no such descriptor.
pub fn duplicate_inherited(number: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: integers only; an invalid number is answered with EBADF.
    match unsafe { libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 3) } {
        -1 => Err(io::Error::last_os_error()),
        // SAFETY: the kernel has just made this descriptor for us alone.
        copy => Ok(unsafe { OwnedFd::from_raw_fd(copy) }),
    }
}

/// Keeps an inherited descriptor from the programs that we start.
pub fn close_inherited_on_exec(number: RawFd) -> io::Result<()> {
    // SAFETY: integers only; an invalid number is answered with EBADF. The
    // descriptor stays open, so that whoever owns it is not disturbed.
    match unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// The file, program or shared library, that the code at `address` of this
/// process was loaded from.
pub fn file_of_code(address: usize) -> Option<PathBuf> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    maps.lines().find_map(|line| {
        // start-end permissions offset device inode path
        let (range, rest) = line.split_once(' ')?;
        let (start, end) = range.split_once('-')?;
        let range = usize::from_str_radix(start, 16).ok()?..usize::from_str_radix(end, 16).ok()?;
        let path = rest.get(rest.find('/')?..)?;
        range.contains(&address).then(|| PathBuf::from(path))
    })
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsRawFd;

    use super::*;

    #[test]
    fn our_own_code_comes_from_our_own_program() {
        let file = file_of_code(file_of_code as fn(usize) -> Option<PathBuf> as usize);
        assert_eq!(file, std::env::current_exe().ok());
    }

    #[test]
    fn the_end_of_a_process_is_noticed() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let (said, hears) = std::sync::mpsc::channel();
        when_ended(Pid::from_child(&child), move || said.send(()).unwrap()).unwrap();
        assert!(hears.recv_timeout(std::time::Duration::from_millis(50)).is_err());
        child.kill().unwrap();
        hears.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_closed_descriptor_cannot_be_taken() {
        assert_eq!(duplicate_inherited(99_999).unwrap_err().raw_os_error(), Some(libc::EBADF));
        assert!(close_inherited_on_exec(-1).is_err());
    }

    #[test]
    fn a_taken_descriptor_is_another_one_of_the_same_file() {
        let file = crate::memfd::create("taken", 77).unwrap();
        let copy = duplicate_inherited(file.as_raw_fd()).unwrap();
        assert_ne!(copy.as_raw_fd(), file.as_raw_fd());
        assert_eq!(crate::memfd::size(&copy).unwrap(), 77);
    }

    #[test]
    fn alive_until_ended() {
        assert!(is_alive(rustix::process::getpid()));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = Pid::from_child(&child);
        child.wait().unwrap();
        assert!(!is_alive(pid));
    }
}
