//! Asking, terminating and killing the process tree.
//!
//! A rank's process group is signalled while the rank is its unreaped leader,
//! so its number cannot mean anybody else. Descendants in other groups (daemons,
//! nested jobs) are found through `/proc`. For the end, only direct children
//! are killed, again and again: whatever they abandon becomes our direct child,
//! and nothing is left once we have none.

use std::time::{Duration, Instant};

use platform::process::{Pid, Reaped, Signal, reap};
use platform::process_tree::{children_of, descendants_of};

/// From the first Ctrl-C to SIGTERM, and from a SIGTERM of the user to SIGKILL.
pub(crate) const USER_GRACE: Duration = Duration::from_secs(2);
/// From SIGTERM to SIGKILL once a rank has failed.
pub(crate) const FAILURE_GRACE: Duration = Duration::from_millis(400);
/// Between rounds of killing.
const KILL_ROUND: Duration = Duration::from_millis(10);
/// A process that survives SIGKILL this long is stuck in the kernel.
const KILL_PATIENCE: Duration = Duration::from_secs(10);

/// How far the end of the job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Running,
    /// The ranks got the user's SIGINT or SIGQUIT.
    Asked {
        until: Instant,
    },
    /// Everybody got SIGTERM.
    Terminating {
        until: Instant,
    },
    /// Everybody gets SIGKILL, in rounds.
    Killing {
        next: Instant,
        until: Instant,
    },
    /// Some process does not die.
    GivenUp,
}

impl Phase {
    pub(crate) fn killing() -> Self {
        let now = Instant::now();
        Self::Killing { next: now, until: now + KILL_PATIENCE }
    }

    /// When something has to be done without any event.
    pub(crate) fn deadline(self) -> Option<Instant> {
        match self {
            Self::Running | Self::GivenUp => None,
            Self::Asked { until } | Self::Terminating { until } => Some(until),
            Self::Killing { next, .. } => Some(next),
        }
    }

    /// Kills one round if it is time. `leaders` as for [`signal_groups`]; without
    /// `/proc` they are all that we know of.
    pub(crate) fn kill_when_due(self, now: Instant, leaders: &[Pid]) -> Self {
        match self {
            Self::Killing { until, .. } if now >= until => Self::GivenUp,
            Self::Killing { next, until } if now >= next => {
                signal_groups(leaders, Signal::KILL);
                for child in children_of(rustix::process::getpid()) {
                    // It may have ended since.
                    let _ = child.signal(Signal::KILL);
                }
                Self::Killing { next: now + KILL_ROUND, until }
            }
            other => other,
        }
    }
}

/// Sends `signal` to the process groups of the ranks in `leaders`, all of
/// which must be running or unreaped.
pub(crate) fn signal_groups(leaders: &[Pid], signal: Signal) {
    for &leader in leaders {
        // A group may be refused only in parts, or hold nobody but the zombie
        // that we are about to reap.
        let _ = rustix::process::kill_process_group(leader, signal);
    }
}

/// Sends `signal` to all below us, and lets those that are stopped see it.
pub(crate) fn signal_tree(leaders: &[Pid], signal: Signal) {
    signal_groups(leaders, signal);
    let in_a_group = |group: Option<Pid>| group.is_some_and(|group| leaders.contains(&group));
    for process in descendants_of(rustix::process::getpid()) {
        if !in_a_group(process.group) {
            // It may have ended since.
            let _ = process.signal(signal);
            let _ = process.signal(Signal::CONT);
        }
    }
    signal_groups(leaders, Signal::CONT);
}

/// Kills all below us and waits until they are gone. False when some process
/// does not die.
pub(crate) fn kill_everybody() -> bool {
    let mut phase = Phase::killing();
    loop {
        loop {
            match reap() {
                Ok(Reaped::Child(..)) => {}
                Ok(Reaped::AllRunning) => break,
                Ok(Reaped::NoChildren) | Err(_) => return true,
            }
        }
        phase = phase.kill_when_due(Instant::now(), &[]);
        match phase {
            Phase::Killing { next, .. } => {
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            _ => return false,
        }
    }
}
