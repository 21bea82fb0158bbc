//! What ranks ask of the guardian, and processes of other jobs that it has to
//! watch for them.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixListener;

use bootstrap::launcher::{self, Answer, Message, Refusal, Request};
use memory::job::{Job, RankState, World};
use platform::process::{Pid, Signal};
use platform::process_signal;
use rustix::process::PidfdFlags;

use super::{Rank, Source, Watch};
use crate::ending::{self, FAILURE_GRACE, Phase};
use crate::exit;
use crate::launch::{self, Processes};
use crate::options::Environment;
use crate::serve::{self, Plan, Wish};

/// A process of another job that ours has come into contact with.
struct Acquaintance {
    pid: Pid,
    handle: OwnedFd,
    job: Job,
    /// Its slot there.
    slot: usize,
}

/// How ranks reach the guardian, and what they have told it.
pub(super) struct Service {
    /// None where sockets cannot be had: ranks are told that they cannot ask.
    requests: Option<UnixListener>,
    /// The lifeline is that of a process that we serve.
    pub(super) has_client: bool,
    acquaintances: Vec<Acquaintance>,
    /// Slots that have been looked at.
    seen: usize,
}

impl Service {
    pub(super) fn new(job: &Job, has_client: bool) -> Self {
        let listen = || {
            let listener = launcher::serve(job).ok()?;
            listener.set_nonblocking(true).ok()?;
            Some(listener)
        };
        Self { requests: listen(), has_client, acquaintances: Vec::new(), seen: 0 }
    }

    pub(super) fn is_open(&self) -> bool {
        self.requests.is_some()
    }

    /// What poll should watch.
    pub(super) fn interests(&self) -> impl Iterator<Item = (Source, BorrowedFd<'_>)> {
        let requests = self.requests.iter().map(|requests| (Source::Request, requests.as_fd()));
        let acquaintances = self.acquaintances.iter();
        requests.chain(acquaintances.map(|known| (Source::Acquaintance(known.pid), known.handle.as_fd())))
    }

    /// Makes the acquaintance of processes that have come into the table.
    fn look(&mut self, job: &Job) {
        let used = job.used();
        for slot in self.seen..used {
            if !job.is_alias(slot) {
                continue;
            }
            let identity = job.identity(slot);
            let pid = Pid::from_raw(identity.pid as i32);
            let handle = pid.and_then(|pid| rustix::process::pidfd_open(pid, PidfdFlags::empty()).ok());
            // Who has ended already has ended before anybody could wait for it.
            if let (Some(pid), Some(handle), Ok(job)) = (pid, handle, identity.open_job()) {
                self.acquaintances.push(Acquaintance { pid, handle, job, slot: identity.slot });
            }
        }
        self.seen = used;
        job.note_look(used);
    }
}

impl Watch {
    /// Whether the process that we serve may still ask for something.
    pub(super) fn is_serving(&self) -> bool {
        self.service.has_client && self.lifeline.is_some()
    }

    /// A process of another job has ended. If it should not have, and some
    /// process of ours may wait for it, our job ends, too.
    pub(super) fn acquaintance_ended(&mut self, pid: Pid) {
        let Some(position) = self.service.acquaintances.iter().position(|known| known.pid == pid) else {
            return;
        };
        let known = self.service.acquaintances.swap_remove(position);
        // It may have ended because one of ours has, whose signal is still on its way.
        self.reap();
        let ended_well = known.job.control(known.slot).state() == RankState::Finalized;
        let is_tied = (0..self.job.used()).any(|slot| self.job.control(slot).is_tied());
        if ended_well || !is_tied || self.phase != Phase::Running {
            return;
        }
        self.verdict.get_or_insert(exit::FAILED);
        let running = self.leaders().len() + usize::from(self.is_serving());
        let ended = match running {
            1 => "The process of this job still running was ended".to_owned(),
            _ => format!("The {running} processes of this job still running were ended"),
        };
        self.say(&format!(
            "process {} of another job, with which this one is connected, ended before it called MPI_Finalize.\n\
             {ended}.",
            pid.as_raw_nonzero()
        ));
        self.terminate(FAILURE_GRACE);
    }

    /// The process that we serve, and that is not our child, has ended.
    pub(super) fn served_ended(&mut self) {
        let control = self.job.control(0);
        if control.state() == RankState::Finalized {
            // What it has started may go on without it.
            return;
        }
        let (pid, others) = (control.pid(), self.leaders().len());
        self.verdict = Some(exit::FAILED);
        if others > 0 {
            self.say(&format!(
                "process {pid} ended before it called MPI_Finalize.\nThe {others} process{} that it had started \
                 {} ended.",
                if others == 1 { "" } else { "es" },
                if others == 1 { "was" } else { "were" },
            ));
        }
        self.terminate(FAILURE_GRACE);
    }

    pub(super) fn signal_served(&self, signal: Signal) {
        if let Some(process) = self.lifeline.as_ref().filter(|_| self.service.has_client) {
            // It may have ended since.
            let _ = rustix::process::pidfd_send_signal(process, signal);
        }
    }

    /// Does what a rank asks for.
    pub(super) fn serve_request(&mut self) {
        let Some(wish) = self.service.requests.as_ref().and_then(Wish::take) else { return };
        let answer = match (&wish.message, self.phase) {
            (Message::Look, _) => {
                self.service.look(&self.job);
                Ok(World { first: 0, size: 0 })
            }
            (Message::Start(request), Phase::Running) => self.start_more(request),
            (Message::Start(_), _) => {
                Err(Refusal { program: None, message: "the job is being ended".to_owned() })
            }
        };
        wish.answer(&answer);
    }

    fn start_more(&mut self, request: &Request) -> Answer {
        let Plan { blocks, programs, world } = serve::plan(request, &self.job)?;
        self.job.place_world(world, Some(request.parent));
        self.output.hold();
        let environment = Environment::default();
        let processes = Processes { blocks: &blocks, programs: &programs, environment: &environment, world };
        // Its disposition is inherited.
        process_signal::restore(Signal::TTOU);
        let launched = launch::start(&processes, &self.job, None, &mut self.output, &mut self.limit);
        process_signal::ignore(Signal::TTOU);
        self.childless = false;
        let Some(error) = launched.error else {
            self.ranks.extend(launched.ranks.iter().map(Rank::started));
            return Ok(world);
        };
        // None of them is a rank: how they end is nobody's concern.
        let started: Vec<Pid> = launched.ranks.iter().map(|started| started.pid).collect();
        ending::signal_groups(&started, Signal::KILL);
        self.job.count_live(-(world.size as i32));
        let mut block_ends = blocks.iter().scan(0, |sum, block| {
            *sum += block.ranks;
            Some(*sum)
        });
        let program = block_ends.position(|end| started.len() < end);
        Err(Refusal { program, message: error.message })
    }
}
