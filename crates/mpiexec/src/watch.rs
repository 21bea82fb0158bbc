//! The guardian: starts the ranks and serves one event loop until nothing of
//! the job is left.
//!
//! A job goes through the phases of [`Phase`], forward only. The first failure
//! while it is `Running` decides the exit code; what happens to ranks later is
//! our own doing and is not reported.

use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use memory::job::{Job, RankControl, RankState, World};
use platform::process::{self, Ended, Pid, Reaped, Signal};
use platform::process_signal::{self, SignalQueue};
use platform::{host, process_tree, topology};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::ending::{self, FAILURE_GRACE, Phase, USER_GRACE};
use crate::failure::{Failure, judge};
use crate::launch::{self, DescriptorLimit, Processes};
use crate::options::Command;
use crate::output::{Interest, Output};
use crate::{complain, exit};
use requests::Service;
use worlds::EndedWorlds;

mod requests;
mod worlds;

/// How often we look whether a rank has called `MPI_Init`.
const CLAIM_POLL: Duration = Duration::from_millis(200);
/// For a wrapper to end after the process that was its rank.
const WRAPPER_GRACE: Duration = Duration::from_millis(300);
/// For the others to finalize after a rank failed behind `MPI_Finalize`.
const FINALIZE_GRACE: Duration = Duration::from_millis(300);

/// What a guardian is there for.
pub(crate) enum Work {
    Start {
        command: Command,
        programs: Vec<PathBuf>,
        /// The standard input of rank 0, if not our own.
        input: Option<OwnedFd>,
    },
    /// Starts what a process asks for that is a job of its own, already.
    Serve { job: Arc<Job> },
}

/// What the guardian needs to know.
pub(crate) struct Guard<'a> {
    pub(crate) work: Work,
    /// Hangs up when the front ends, or the process that is served.
    pub(crate) lifeline: OwnedFd,
    /// Gets a byte once we receive signals.
    pub(crate) ready: OwnedFd,
    /// The front's queue, of which the fork left us a useless copy.
    pub(crate) front_signals: SignalQueue,
    pub(crate) own_name: &'a str,
}

/// Runs the job to its end; what `mpiexec` shall exit with.
pub(crate) fn guard(guard: Guard<'_>) -> i32 {
    let own_name = guard.own_name.to_owned();
    match Watch::start(guard) {
        Ok(watch) => watch.run(),
        Err(error) => {
            complain(&own_name, &format!("cannot prepare the job: {error}. No rank was started"));
            exit::FAILED
        }
    }
}

/// The process that called `MPI_Init` as a rank.
enum Claimant {
    /// Nobody yet.
    Unknown,
    /// The process that we started, or one that we cannot watch.
    Unwatched,
    /// A descendant of the process that we started.
    Below { handle: OwnedFd },
    /// It has ended, before the process that we started.
    Lost { patience_until: Instant },
}

struct Rank {
    pid: Pid,
    slot: usize,
    ended: Option<Ended>,
    claimant: Claimant,
}

impl Rank {
    fn started(started: &launch::Started) -> Self {
        Self { pid: started.pid, slot: started.slot, ended: None, claimant: Claimant::Unknown }
    }
}

/// What an event is about.
#[derive(Clone, Copy)]
enum Source {
    Signals,
    Lifeline,
    /// A rank wants something.
    Request,
    /// Of a process of another job.
    Acquaintance(Pid),
    Output(Interest),
    /// Of the rank with this number.
    Claimant(usize),
}

struct Watch {
    own_name: String,
    host: String,
    job: Arc<Job>,
    ranks: Vec<Rank>,
    output: Output,
    signals: SignalQueue,
    lifeline: Option<OwnedFd>,
    service: Service,
    limit: DescriptorLimit,
    phase: Phase,
    /// Not before we have been told so by the kernel.
    childless: bool,
    /// The exit code that the first failure decided.
    verdict: Option<i32>,
    /// The first signal by which the user asked for the end.
    asked: Option<Signal>,
    /// Some rank did not end well after that.
    asked_in_vain: bool,
    /// Worlds that ended without the others.
    ended_worlds: EndedWorlds,
    /// When those that have not finalized are ended.
    finalize_by: Option<Instant>,
    has_lost_output: bool,
}

impl Watch {
    fn start(guard: Guard<'_>) -> io::Result<Self> {
        let Guard { work, lifeline, ready, front_signals, own_name } = guard;
        // Not in the front's group: `kill -9 -GROUP` must leave one of us.
        rustix::process::setpgid(None, None)?;
        rustix::thread::set_name(c"passel-guardian")?;
        process::adopt_orphans()?;
        let signals = SignalQueue::new(&[
            Signal::CHILD,
            Signal::INT,
            Signal::QUIT,
            Signal::TERM,
            Signal::HUP,
            Signal::USR1,
            Signal::USR2,
            Signal::TSTP,
            Signal::CONT,
        ])?;
        drop(front_signals);
        let (job, output) = match &work {
            Work::Start { command, .. } => {
                // Where the front has gone, the lifeline says so.
                let _ = rustix::io::write(&ready, &[0]);
                let job = Job::create(command.ranks(), topology::usable_cpus())?;
                (Arc::new(job), Output::new(command.ranks(), command.label))
            }
            Work::Serve { job } => (job.clone(), Output::new(0, false)),
        };
        let mut watch = Self {
            own_name: own_name.to_owned(),
            host: host::host_name(),
            ranks: Vec::new(),
            service: Service::new(&job, matches!(work, Work::Serve { .. })),
            job,
            output,
            signals,
            lifeline: Some(lifeline),
            limit: DescriptorLimit::of_user(),
            phase: Phase::Running,
            childless: false,
            verdict: None,
            asked: None,
            asked_in_vain: false,
            ended_worlds: EndedWorlds::default(),
            finalize_by: None,
            has_lost_output: false,
        };
        match work {
            Work::Start { command, programs, input } => watch.start_job(&command, &programs, input),
            Work::Serve { .. } if !watch.service.is_open() => return Err(io::ErrorKind::AddrInUse.into()),
            Work::Serve { .. } => {
                let _ = rustix::io::write(&ready, &[0]);
            }
        }
        // We write to the terminal from a background process group.
        process_signal::ignore(Signal::TTOU);
        Ok(watch)
    }

    fn start_job(&mut self, command: &Command, programs: &[PathBuf], input: Option<OwnedFd>) {
        let world = World { first: 0, size: command.ranks() };
        let Command { blocks, environment, .. } = command;
        let processes = Processes { blocks, programs, environment, world };
        let launched = launch::start(&processes, &self.job, input, &mut self.output, &mut self.limit);
        self.ranks.extend(launched.ranks.iter().map(Rank::started));
        if let Some(error) = launched.error {
            self.say(&error.message);
            self.verdict = Some(error.code);
            self.terminate(FAILURE_GRACE);
        }
    }

    fn run(mut self) -> i32 {
        self.reap();
        while !(self.childless && !self.is_serving() || self.phase == Phase::GivenUp) {
            self.serve_events();
            self.serve_deadlines();
            self.check_loss();
        }
        if self.phase == Phase::GivenUp {
            self.say("some processes of the job do not die: they are stuck in the kernel");
            self.verdict.get_or_insert(exit::FAILED);
        }
        self.output.close();
        self.finish_output();
        match (self.verdict, self.asked) {
            (Some(code), _) => code,
            (None, Some(signal)) if self.asked_in_vain => exit::SIGNAL + signal.as_raw(),
            (None, _) if self.has_lost_output => exit::FAILED,
            (None, _) => self.ended_worlds.code.unwrap_or(0),
        }
    }

    /// Waits for events, at most until the next deadline, and serves them.
    fn serve_events(&mut self) {
        let mut sources = vec![Source::Signals];
        let mut fds = vec![PollFd::new(&self.signals, PollFlags::IN)];
        if let Some(lifeline) = &self.lifeline {
            sources.push(Source::Lifeline);
            fds.push(PollFd::new(lifeline, PollFlags::IN));
        }
        for (source, fd) in self.service.interests() {
            sources.push(source);
            fds.push(PollFd::from_borrowed_fd(fd, PollFlags::IN));
        }
        for (number, rank) in self.ranks.iter().enumerate() {
            if let Claimant::Below { handle } = &rank.claimant {
                sources.push(Source::Claimant(number));
                fds.push(PollFd::new(handle, PollFlags::IN));
            }
        }
        for (interest, fd, flags) in self.output.interests() {
            sources.push(Source::Output(interest));
            fds.push(PollFd::from_borrowed_fd(fd, flags));
        }
        if !wait(&mut fds, self.next_deadline()) {
            return;
        }
        let ready: Vec<Source> = std::iter::zip(sources, fds)
            .filter(|(_, fd)| !fd.revents().is_empty())
            .map(|(source, _)| source)
            .collect();
        for source in ready {
            match source {
                Source::Output(interest) => self.output.serve(interest),
                Source::Claimant(rank) => self.claimant_ended(rank),
                Source::Lifeline => self.front_ended(),
                Source::Request => self.serve_request(),
                Source::Acquaintance(pid) => self.acquaintance_ended(pid),
                Source::Signals => self.serve_signals(),
            }
        }
    }

    fn serve_signals(&mut self) {
        for signal in self.signals.take() {
            match signal {
                Signal::CHILD => self.reap(),
                Signal::INT | Signal::QUIT => self.ask(signal),
                Signal::TERM | Signal::HUP => self.terminate_for_user(signal),
                // What else is forwarded is between the user and the ranks.
                other => ending::signal_groups(&self.leaders(), other),
            }
        }
    }

    /// The user's SIGINT or SIGQUIT: the ranks get it once, and time.
    fn ask(&mut self, signal: Signal) {
        match self.phase {
            Phase::Running => {
                self.asked = Some(signal);
                ending::signal_groups(&self.leaders(), signal);
                self.phase = Phase::Asked { until: Instant::now() + USER_GRACE };
            }
            Phase::Asked { .. } => self.terminate(FAILURE_GRACE),
            Phase::Terminating { .. } => self.phase = Phase::killing(),
            Phase::Killing { .. } | Phase::GivenUp => {}
        }
    }

    /// The user's SIGTERM or SIGHUP.
    fn terminate_for_user(&mut self, signal: Signal) {
        match self.phase {
            Phase::Running | Phase::Asked { .. } => {
                self.asked.get_or_insert(signal);
                ending::signal_tree(&self.leaders(), signal);
                self.phase = Phase::Terminating { until: Instant::now() + USER_GRACE };
            }
            Phase::Terminating { .. } => self.phase = Phase::killing(),
            Phase::Killing { .. } | Phase::GivenUp => {}
        }
    }

    fn front_ended(&mut self) {
        self.lifeline = None;
        if self.service.has_client && self.phase == Phase::Running {
            self.served_ended();
            return;
        }
        self.asked.get_or_insert(Signal::KILL);
        self.terminate(FAILURE_GRACE);
    }

    fn terminate(&mut self, grace: Duration) {
        if matches!(self.phase, Phase::Running | Phase::Asked { .. }) {
            ending::signal_tree(&self.leaders(), Signal::TERM);
            self.signal_served(Signal::TERM);
            self.phase = Phase::Terminating { until: Instant::now() + grace };
        }
    }

    /// Of the rank with this number here.
    fn control(&self, number: usize) -> &RankControl {
        self.job.control(self.ranks[number].slot)
    }

    fn leaders(&self) -> Vec<Pid> {
        self.ranks.iter().filter(|rank| rank.ended.is_none()).map(|rank| rank.pid).collect()
    }

    /// Collects who has ended, and judges.
    fn reap(&mut self) {
        let mut failures = Vec::new();
        self.childless = loop {
            match process::reap() {
                Ok(Reaped::Child(pid, ended)) => failures.extend(self.child_ended(pid, ended)),
                Ok(Reaped::AllRunning) => break false,
                Ok(Reaped::NoChildren) => break true,
                Err(error) => {
                    self.say(&format!("cannot learn how ranks end: {error}"));
                    self.verdict.get_or_insert(exit::FAILED);
                    break true;
                }
            }
        };
        failures.sort_by_key(|(_, failure): &(usize, Failure)| failure.precedence());
        for (rank, failure) in failures {
            self.failed(rank, &failure);
        }
        self.check_claims();
        let all_ended = self.ranks.iter().all(|rank| rank.ended.is_some());
        if all_ended && !self.childless && !self.is_serving() {
            // What the ranks left behind ends with the job.
            self.terminate(FAILURE_GRACE);
        }
    }

    fn child_ended(&mut self, pid: Pid, ended: Ended) -> Option<(usize, Failure)> {
        let number = self.ranks.iter().position(|rank| rank.pid == pid && rank.ended.is_none())?;
        self.ranks[number].ended = Some(ended);
        self.ranks[number].claimant = Claimant::Unwatched;
        let slot = self.ranks[number].slot;
        self.output.drain(slot);
        self.job.count_live(-1);
        let control = self.job.control(slot);
        Some((number, judge(ended, control.state(), control.abort_code())?))
    }

    fn failed(&mut self, rank: usize, failure: &Failure) {
        if self.phase != Phase::Running {
            self.asked_in_vain = true;
            return;
        }
        if self.world_failed(rank, failure) {
            return;
        }
        if self.verdict.is_some() {
            // One has failed after MPI_Finalize; this may be another such.
            if !failure.is_after_finalize() {
                self.report(rank, failure);
                self.terminate(FAILURE_GRACE);
            }
            return;
        }
        self.verdict = Some(failure.exit_code());
        let is_broken_pipe = failure.exit_code() == exit::SIGNAL + Signal::PIPE.as_raw();
        let is_our_readers_doing = is_broken_pipe && self.output.reader_has_gone();
        if !is_our_readers_doing {
            self.report(rank, failure);
        }
        if failure.is_after_finalize() {
            self.finalize_by = Some(Instant::now() + FINALIZE_GRACE);
        } else {
            self.terminate(FAILURE_GRACE);
        }
    }

    /// How people know the process in `slot`.
    fn name(&self, slot: usize) -> String {
        let control = self.job.control(slot);
        let World { first, size } = control.world();
        let rank = slot - first;
        match control.parent() {
            None => format!("rank {rank}"),
            Some(parent) => {
                format!("rank {rank} of {size} that {} had started", self.name(parent.slot))
            }
        }
    }

    fn report(&mut self, rank: usize, failure: &Failure) {
        let running = self.leaders().len();
        let others = match running {
            _ if failure.is_after_finalize() => String::new(),
            0 => String::new(),
            1 => "The other rank still running was ended.".to_owned(),
            _ => format!("The other {running} ranks still running were ended."),
        };
        self.tell(rank, failure, &others);
    }

    fn tell(&mut self, rank: usize, failure: &Failure, others: &str) {
        let name = self.name(self.ranks[rank].slot);
        let pid = match self.control(rank).pid() {
            0 => self.ranks[rank].pid.as_raw_nonzero().get() as u32,
            claimant => claimant,
        };
        let mut text = format!("{name} (pid {pid} on {}) {}.", self.host, failure.sentence());
        for more in [failure.advice(), others] {
            if !more.is_empty() {
                text.push('\n');
                text.push_str(more);
            }
        }
        self.say(&text);
    }

    /// Tells once, and at once, that output cannot be written.
    fn check_loss(&mut self) {
        if self.has_lost_output {
            return;
        }
        if let Some(error) = self.output.loss() {
            self.has_lost_output = true;
            self.say(&format!("the ranks' output is being lost: cannot write to standard output: {error}"));
        }
    }

    /// Writes to standard error, every line under our name.
    fn say(&mut self, text: &str) {
        let lines: Vec<String> = text.lines().map(|line| format!("{}: {line}\n", self.own_name)).collect();
        self.output.say(&lines.concat());
    }

    /// Looks who has called `MPI_Init` since the last time.
    fn check_claims(&mut self) {
        let own_pid = rustix::process::getpid();
        let served =
            (self.is_serving() && self.job.control(0).state() == RankState::Initialized).then_some(0);
        let mut joined = served;
        for rank in &mut self.ranks {
            let control = self.job.control(rank.slot);
            if control.state() == RankState::Initialized {
                joined = joined.or(Some(rank.slot));
            }
            if rank.ended.is_none()
                && matches!(rank.claimant, Claimant::Unknown)
                && let Some(pid) = Pid::from_raw(control.pid() as i32)
            {
                rank.claimant = watch_claimant(pid, rank.pid, own_pid);
            }
        }
        let never_joins = |(number, rank): (usize, &Rank)| {
            let well = rank.ended == Some(Ended::Code(0));
            (well && self.job.control(rank.slot).state() == RankState::Unborn).then_some(number)
        };
        let absent = self.ranks.iter().enumerate().find_map(never_joins);
        if let (Some(joined), Some(absent), Phase::Running) = (joined, absent, self.phase) {
            self.failed(absent, &Failure::NeverJoined { joined: self.name(joined) });
        }
    }

    fn claimant_ended(&mut self, number: usize) {
        self.ranks[number].claimant = match self.control(number).state() {
            RankState::Finalized => Claimant::Unwatched,
            // The wrapper's exit code says more than we can: wait for it.
            _ => Claimant::Lost { patience_until: Instant::now() + WRAPPER_GRACE },
        };
    }

    fn next_deadline(&self) -> Option<Instant> {
        let unclaimed = |rank: &Rank| rank.ended.is_none() && matches!(rank.claimant, Claimant::Unknown);
        let claims = (self.phase == Phase::Running && self.ranks.iter().any(unclaimed))
            .then(|| Instant::now() + CLAIM_POLL);
        let lost = self.ranks.iter().filter_map(|rank| match rank.claimant {
            Claimant::Lost { patience_until } if self.phase == Phase::Running => Some(patience_until),
            _ => None,
        });
        let finalize = self.finalize_by.filter(|_| self.phase == Phase::Running);
        let worlds = self.ended_worlds.deadline();
        lost.chain(claims).chain(finalize).chain(worlds).chain(self.phase.deadline()).min()
    }

    fn serve_deadlines(&mut self) {
        let now = Instant::now();
        match self.phase {
            Phase::Running => {
                self.check_claims();
                self.check_lost(now);
                self.check_finalized(now);
                self.kill_ended_worlds(now);
            }
            Phase::Asked { until } if now >= until => {
                let running = self.leaders().len();
                let signal =
                    process_signal::name(self.asked.map_or(0, Signal::as_raw)).unwrap_or("the signal");
                self.say(&format!("{running} ranks still run 2 seconds after {signal}: ending them"));
                self.terminate(FAILURE_GRACE);
            }
            Phase::Terminating { until } if now >= until => self.phase = Phase::killing(),
            _ => {}
        }
        if matches!(self.phase, Phase::Killing { .. }) {
            self.phase = self.phase.kill_when_due(now, &self.leaders());
            self.signal_served(Signal::KILL);
        }
    }

    /// Wrappers whose rank has ended and that themselves go on.
    fn check_lost(&mut self, now: Instant) {
        let is_lost =
            |rank: &Rank| matches!(rank.claimant, Claimant::Lost { patience_until } if now >= patience_until);
        if let Some(number) = self.ranks.iter().position(is_lost) {
            let control = self.control(number);
            let (state, code) = (control.state(), control.abort_code());
            let wrapper = self.ranks[number].pid.as_raw_nonzero().get();
            self.ranks[number].claimant = Claimant::Unwatched;
            match state {
                RankState::Finalized => {}
                RankState::Aborted => self.failed(number, &Failure::Aborted { code }),
                RankState::Initialized | RankState::Unborn => {
                    self.failed(number, &Failure::LostInWrapper { wrapper });
                }
            }
        }
    }

    fn check_finalized(&mut self, now: Instant) {
        if self.finalize_by.is_none_or(|until| now < until) {
            return;
        }
        self.finalize_by = None;
        let is_behind = |rank: &&Rank| {
            rank.ended.is_none() && self.job.control(rank.slot).state() == RankState::Initialized
        };
        let behind = self.ranks.iter().filter(is_behind).count();
        if behind > 0 {
            self.say(&format!("{behind} ranks that have not called MPI_Finalize were ended"));
            self.terminate(FAILURE_GRACE);
        }
    }

    /// Writes what is queued, however slow our reader, unless the user has
    /// enough of it.
    fn finish_output(&mut self) {
        loop {
            let mut interests = Vec::new();
            let mut fds = vec![PollFd::new(&self.signals, PollFlags::IN)];
            fds.extend(self.lifeline.as_ref().map(|lifeline| PollFd::new(lifeline, PollFlags::IN)));
            let own = fds.len();
            for (interest, fd, flags) in self.output.interests() {
                interests.push(interest);
                fds.push(PollFd::from_borrowed_fd(fd, flags));
            }
            if interests.is_empty() {
                break;
            }
            wait(&mut fds, None);
            let has_event = |fd: &PollFd<'_>| !fd.revents().is_empty();
            let hung_up = fds[1..own].iter().any(has_event);
            let ready: Vec<bool> = fds[own..].iter().map(has_event).collect();
            for (interest, _) in std::iter::zip(interests, ready).filter(|(_, ready)| *ready) {
                self.output.serve(interest);
            }
            self.check_loss();
            let end = [Signal::INT, Signal::QUIT, Signal::TERM, Signal::HUP];
            if hung_up || self.signals.take().iter().any(|signal| end.contains(signal)) {
                break;
            }
        }
    }
}

/// Watches the process that claimed a rank, if it is not the one we started.
fn watch_claimant(pid: Pid, started: Pid, own_pid: Pid) -> Claimant {
    if pid == started {
        return Claimant::Unwatched;
    }
    let handle = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty());
    if process_tree::ancestors_of(pid).any(|ancestor| ancestor == own_pid) {
        // Older kernels have no handles: the wrapper's own end has to do.
        return handle.map_or(Claimant::Unwatched, |handle| Claimant::Below { handle });
    }
    // It came and went since we last looked, unless its number is not ours.
    match handle {
        Err(Errno::SRCH) if process_tree::shares_numbers(started) => {
            Claimant::Lost { patience_until: Instant::now() + WRAPPER_GRACE }
        }
        _ => Claimant::Unwatched,
    }
}

/// Waits for one of `fds`; false when there is nothing to look at.
fn wait(fds: &mut [PollFd<'_>], deadline: Option<Instant>) -> bool {
    let timeout = deadline.map(|deadline| {
        let time = deadline.saturating_duration_since(Instant::now());
        Timespec { tv_sec: time.as_secs() as i64, tv_nsec: time.subsec_nanos().into() }
    });
    // An interruption is as good as no event: the caller comes back.
    poll(fds, timeout.as_ref()).is_ok_and(|ready| ready > 0)
}
