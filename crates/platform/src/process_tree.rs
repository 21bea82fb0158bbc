//! Who descends from whom, as `/proc` tells it.
//!
//! Process numbers are reused. A [`Process`] therefore remembers when it was
//! started, and [`Process::signal`] reaches that process or nobody.

use std::collections::HashMap;

use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open, pidfd_send_signal};

/// One line of the process table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process {
    pub pid: Pid,
    /// None for processes that the kernel itself started.
    pub parent: Option<Pid>,
    pub group: Option<Pid>,
    state: u8,
    /// Clock ticks since the machine came up.
    started: u64,
}

impl Process {
    /// Looks `pid` up; none when there is no such process, or no `/proc`.
    pub fn read(pid: Pid) -> Option<Self> {
        let line = std::fs::read(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
        Self::parse(pid, &line)
    }

    fn parse(pid: Pid, line: &[u8]) -> Option<Self> {
        // The second field is the program's name in parentheses, which may
        // itself hold parentheses and blanks; the last one closes it.
        let name_end = line.iter().rposition(|&byte| byte == b')')?;
        let fields = std::str::from_utf8(&line[name_end + 1..]).ok()?;
        let mut fields = fields.split_ascii_whitespace();
        let state = *fields.next()?.as_bytes().first()?;
        let parent = Pid::from_raw(fields.next()?.parse().ok()?);
        let group = Pid::from_raw(fields.next()?.parse().ok()?);
        // Field 22, counted from 1; three of those after the name are read.
        let started = fields.nth(22 - 6)?.parse().ok()?;
        Some(Self { pid, parent, group, state, started })
    }

    /// Ended, but not yet reaped by its parent.
    pub fn has_ended(&self) -> bool {
        matches!(self.state, b'Z' | b'X')
    }

    /// Sends `signal` to exactly this process.
    ///
    /// # Errors
    /// `ESRCH` when it is gone, even if another one has its number now.
    pub fn signal(&self, signal: Signal) -> Result<(), Errno> {
        let same = || Self::read(self.pid).is_some_and(|now| now.started == self.started);
        match pidfd_open(self.pid, PidfdFlags::empty()) {
            Ok(process) if same() => pidfd_send_signal(process, signal),
            Ok(_) => Err(Errno::SRCH),
            // A kernel without them: the check leaves a window of microseconds.
            Err(Errno::NOSYS) if same() => kill_process(self.pid, signal),
            Err(error) => Err(error),
        }
    }
}

/// Every process that we can see. Empty without `/proc`.
fn all() -> Vec<Process> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    entries
        .filter_map(|entry| Pid::from_raw(entry.ok()?.file_name().to_str()?.parse().ok()?))
        .filter_map(Process::read)
        .collect()
}

/// The living children of `parent`.
pub fn children_of(parent: Pid) -> Vec<Process> {
    let is_child = |process: &Process| process.parent == Some(parent) && !process.has_ended();
    all().into_iter().filter(is_child).collect()
}

/// Everybody below `ancestor` that lives, parents before their children.
pub fn descendants_of(ancestor: Pid) -> Vec<Process> {
    let mut by_parent: HashMap<Pid, Vec<Process>> = HashMap::new();
    for process in all() {
        if let Some(parent) = process.parent {
            by_parent.entry(parent).or_default().push(process);
        }
    }
    let mut found = by_parent.remove(&ancestor).unwrap_or_default();
    let mut next = 0;
    while let Some(process) = found.get(next) {
        // Removed, so that a table that changed while we read it cannot lead
        // us round in a circle.
        let children = by_parent.remove(&process.pid).unwrap_or_default();
        found.extend(children);
        next += 1;
    }
    found.retain(|process| !process.has_ended());
    found
}

/// Whether all below `ancestor`, itself included, number processes as we do. A
/// container's processes may not, and what they call their number means nobody,
/// or somebody else, here.
pub fn shares_numbers(ancestor: Pid) -> bool {
    let namespace = |pid: &str| std::fs::read_link(format!("/proc/{pid}/ns/pid")).ok();
    let own = namespace("self");
    let is_ours = |pid: Pid| own.is_some() && namespace(&pid.as_raw_nonzero().to_string()) == own;
    is_ours(ancestor) && descendants_of(ancestor).iter().all(|process| is_ours(process.pid))
}

/// The parent of `pid`, its parent, and so on.
pub fn ancestors_of(pid: Pid) -> impl Iterator<Item = Pid> {
    let parent = |pid: &Pid| Process::read(*pid).and_then(|process| process.parent);
    std::iter::successors(parent(&pid), parent)
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_hostile_program_name_does_not_confuse() {
        let line = b"77 (a) Z 1 (b) S 5 6 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4242 1 2";
        let process = Process::parse(Pid::from_raw(77).unwrap(), line).unwrap();
        assert_eq!(process.parent, Pid::from_raw(5));
        assert_eq!(process.group, Pid::from_raw(6));
        assert_eq!((process.state, process.started), (b'S', 4242));
        assert!(Process::parse(process.pid, b"77 (cut").is_none());
    }

    #[test]
    fn grandchildren_are_descendants_and_signals_reach_them() {
        let me = rustix::process::getpid();
        let mut shell = Command::new("sh")
            .args(["-c", "sleep 60 & wait"])
            .stdin(Stdio::null())
            .spawn()
            .expect("a shell can be started");
        let shell_pid = Pid::from_child(&shell);
        let sleeper = loop {
            if let [sleeper] = children_of(shell_pid)[..] {
                break sleeper;
            }
        };
        assert!(descendants_of(me).iter().any(|process| process.pid == sleeper.pid));
        assert!(ancestors_of(sleeper.pid).any(|pid| pid == me));
        assert_eq!(ancestors_of(sleeper.pid).next(), Some(shell_pid));
        assert!(shares_numbers(shell_pid));

        let older = Process { started: sleeper.started - 1, ..sleeper };
        assert_eq!(older.signal(Signal::KILL), Err(Errno::SRCH));
        sleeper.signal(Signal::KILL).unwrap();
        // The shell's `wait` returns once its child is gone.
        shell.wait().unwrap();
        assert!(Process::read(sleeper.pid).is_none());
    }
}
