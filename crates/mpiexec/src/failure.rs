//! What counts as a failure of a rank, and how it is told to a person.

use memory::job::RankState;
use platform::process::Ended;
use platform::process_signal;

use crate::exit;

/// Why a rank failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It called `MPI_Abort`.
    Aborted {
        code: i32,
    },
    Signal {
        number: i32,
        core_dumped: bool,
        state: RankState,
    },
    /// An exit code other than 0.
    Exit {
        code: i32,
        state: RankState,
    },
    /// Exit code 0 between `MPI_Init` and `MPI_Finalize`.
    NotFinalized,
    /// It ended well without `MPI_Init`, which process `joined` has called.
    NeverJoined {
        joined: String,
    },
    /// The process that was the rank ended inside a wrapper, which still runs.
    LostInWrapper {
        wrapper: i32,
    },
}

/// Decides whether a rank that ended has failed.
pub(crate) fn judge(ended: Ended, state: RankState, abort_code: i32) -> Option<Failure> {
    match (ended, state) {
        (_, RankState::Aborted) => Some(Failure::Aborted { code: abort_code }),
        (Ended::Signal { number, core_dumped }, state) => {
            Some(Failure::Signal { number, core_dumped, state })
        }
        (Ended::Code(0), RankState::Initialized) => Some(Failure::NotFinalized),
        (Ended::Code(0), _) => None,
        (Ended::Code(code), state) => Some(Failure::Exit { code, state }),
    }
}

impl Failure {
    /// What `mpiexec` exits with.
    pub(crate) fn exit_code(&self) -> i32 {
        match *self {
            // The system keeps 8 bits. An abort must not look like success.
            Self::Aborted { code } => match code & 0xff {
                0 => exit::FAILED,
                code => code,
            },
            Self::Signal { number, .. } => exit::SIGNAL + number,
            Self::Exit { code, .. } => code,
            Self::NotFinalized | Self::NeverJoined { .. } | Self::LostInWrapper { .. } => exit::FAILED,
        }
    }

    /// Whether the others owe the rank nothing any more and get time to come
    /// to their own end.
    pub(crate) fn is_after_finalize(&self) -> bool {
        matches!(
            self,
            Self::Signal { state: RankState::Finalized, .. } | Self::Exit { state: RankState::Finalized, .. }
        )
    }

    /// Of several ranks found ended at once, the one with the lowest number
    /// here is the cause: an abort is meant, the rest may follow from it.
    pub(crate) fn precedence(&self) -> u8 {
        match self {
            Self::Aborted { .. } => 0,
            Self::Signal { .. } => 1,
            Self::Exit { .. } => 2,
            _ => 3,
        }
    }

    /// Continues "rank 2 (pid 123 on host) ...".
    pub(crate) fn sentence(&self) -> String {
        let when = |state| match state {
            RankState::Initialized => " before it called MPI_Finalize",
            RankState::Finalized => " after MPI_Finalize",
            RankState::Unborn | RankState::Aborted => "",
        };
        match self {
            Self::Aborted { code } => format!("called MPI_Abort with code {code}"),
            Self::Signal { number, core_dumped, state } => {
                let core = if *core_dumped { " and left a core dump" } else { "" };
                format!("was killed by {}{core}{}", process_signal::describe(*number), when(*state))
            }
            Self::Exit { code, state } => format!("exited with code {code}{}", when(*state)),
            Self::NotFinalized => "exited with code 0 without calling MPI_Finalize".to_owned(),
            Self::NeverJoined { joined } => {
                format!("exited with code 0 without calling MPI_Init, which {joined} has called")
            }
            Self::LostInWrapper { wrapper } => {
                format!("ended before it called MPI_Finalize, and its wrapper (pid {wrapper}) goes on")
            }
        }
    }

    /// What to do about it; empty where the rank's own output must say.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::Signal { number, .. } => signal_advice(*number),
            Self::NotFinalized => {
                "Other ranks could wait for it forever. Call MPI_Finalize on every way out, or MPI_Abort to \
                 end the job."
            }
            Self::NeverJoined { .. } => {
                "Other ranks would wait for it forever. Either all ranks of a job call MPI_Init or none does."
            }
            Self::LostInWrapper { .. } => "Its exit code is not known here; look at what it wrote.",
            Self::Exit { code: exit::NOT_FOUND, state: RankState::Unborn } => {
                "That is what a loader or shell says when a library or program is missing. If it is libmpi, add the \
                 folder lib beside mpiexec's bin to LD_LIBRARY_PATH, or link with mpicc."
            }
            Self::Aborted { .. } | Self::Exit { .. } => "",
        }
    }
}

fn signal_advice(number: i32) -> &'static str {
    // The numbers are the same on every Linux that Rust's std runs on, but for
    // SIGBUS, which is asked by name.
    match process_signal::name(number) {
        Some("SIGKILL") => {
            "mpiexec did not send it. If the program did not either, the usual sender is the kernel when memory \
             runs out: see dmesg, the memory limit of the container or batch job, and the program's use of memory."
        }
        Some("SIGSEGV") => {
            "It used an invalid address. For a backtrace: mpiexec -n N gdb -batch -ex run -ex bt --args PROGRAM"
        }
        Some("SIGBUS") => {
            "It touched memory that its file does not have, or the system could not supply: a truncated file, \
             a full file system, or no memory left."
        }
        Some("SIGABRT") => {
            "It gave up by itself, after a failed assertion or a damaged heap: see its output above."
        }
        Some("SIGFPE") => "Usually an integer division by zero.",
        Some("SIGILL") => "Often a program built for a newer processor than this one.",
        Some("SIGTERM" | "SIGINT" | "SIGHUP") => "mpiexec did not send it: look for who did.",
        Some("SIGXCPU") => "The processor time that ulimit -t allows is used up.",
        Some("SIGXFSZ") => "It wrote a file larger than ulimit -f allows.",
        Some("SIGSYS") => "A sandbox (seccomp) forbids a system call that it made.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KILLED: Ended = Ended::Signal { number: 9, core_dumped: false };

    #[test]
    fn what_fails_and_with_which_code() {
        use RankState::{Aborted, Finalized, Initialized, Unborn};
        let code = |ended, state| judge(ended, state, 77).map(|failure| failure.exit_code());
        assert_eq!(code(Ended::Code(0), Unborn), None);
        assert_eq!(code(Ended::Code(0), Finalized), None);
        assert_eq!(code(Ended::Code(0), Initialized), Some(1));
        assert_eq!(code(Ended::Code(5), Unborn), Some(5));
        assert_eq!(code(KILLED, Initialized), Some(137));
        assert_eq!(code(KILLED, Aborted), Some(77));
        let aborted = |code| judge(Ended::Code(0), Aborted, code).map(|failure| failure.exit_code());
        assert_eq!(aborted(0), Some(1));
        assert_eq!(aborted(256), Some(1));
        assert_eq!(aborted(-1), Some(255));
    }

    #[test]
    fn only_after_finalize_others_may_go_on() {
        let after = |state| judge(Ended::Code(1), state, 0).unwrap().is_after_finalize();
        assert!(after(RankState::Finalized));
        assert!(!after(RankState::Initialized));
        assert!(!after(RankState::Unborn));
    }

    #[test]
    fn a_signal_is_named_and_explained() {
        let failure = judge(KILLED, RankState::Unborn, 0).unwrap();
        assert_eq!(failure.sentence(), "was killed by SIGKILL (9, killed)");
        assert!(failure.advice().contains("memory"));
    }
}
