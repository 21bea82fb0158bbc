//! Running `mpiexec` from a test, always with a time limit.

#![allow(dead_code, reason = "every test program uses its own part")]

use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

/// Far more than anything here takes, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

/// A started `mpiexec`.
pub(crate) struct Run {
    child: Child,
    started: Instant,
    stdout: Option<JoinHandle<Vec<u8>>>,
    stderr: Option<JoinHandle<Vec<u8>>>,
}

/// What became of it.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) took: Duration,
}

impl Finished {
    pub(crate) fn code(&self) -> i32 {
        self.status.code().unwrap_or_else(|| panic!("mpiexec died: {self:?}"))
    }

    /// Lines of standard output in ascending order.
    pub(crate) fn sorted(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = self.stdout.lines().collect();
        lines.sort_unstable();
        lines
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code(), code, "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn expect_stderr(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "{part:?} is not in {self:?}");
        self
    }

    /// Ended as fast as is promised after a death, with something on top for
    /// a busy machine.
    #[track_caller]
    pub(crate) fn expect_quick(self) -> Self {
        assert!(self.took < Duration::from_secs(3), "{self:?}");
        self
    }
}

pub(crate) fn mpiexec() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mpiexec"));
    // As if not started from within some other launcher's job.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["PASSEL_", "PMI", "OMPI_", "SLURM_"].iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(&*name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs `mpiexec` with these arguments to its end.
pub(crate) fn run<const N: usize>(arguments: [&str; N]) -> Finished {
    start(mpiexec().args(arguments)).finish()
}

/// Runs a shell script as `ranks` ranks.
pub(crate) fn run_script(ranks: usize, script: &str) -> Finished {
    run(["-n", &ranks.to_string(), "sh", "-c", script])
}

pub(crate) fn start(command: &mut Command) -> Run {
    let started = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("mpiexec starts");
    let stdout = child.stdout.take().map(collect);
    let stderr = child.stderr.take().map(collect);
    Run { child, started, stdout, stderr }
}

fn collect(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("a pipe can be read");
        bytes
    })
}

impl Run {
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    pub(crate) fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid(), signal).expect("mpiexec still runs");
    }

    /// Writes to its standard input and closes it.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.child.stdin.take().expect("stdin is a pipe").write_all(bytes).expect("somebody reads");
    }

    pub(crate) fn finish(mut self) -> Finished {
        let status = wait_until("mpiexec ends", || self.child.try_wait().expect("it is our child"));
        let took = self.started.elapsed();
        let text = |thread: Option<JoinHandle<Vec<u8>>>| {
            let bytes = thread.expect("taken once").join().expect("reading does not panic");
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let (stdout, stderr) = (text(self.stdout.take()), text(self.stderr.take()));
        Finished { status, stdout, stderr, took }
    }
}

/// A failing test leaves nothing behind.
impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks until there is an answer; panics after a time limit.
#[track_caller]
pub(crate) fn wait_until<T>(what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = attempt() {
            return answer;
        }
        assert!(started.elapsed() < LIMIT, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A command `sleep`, about ten minutes, that no other test uses.
pub(crate) fn unique_sleep() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("sleep 6{number:02}.{}", std::process::id())
}

/// How many processes have exactly this command line (arguments joined by
/// blanks).
pub(crate) fn count_running(command: &str) -> usize {
    let command = command.replace(' ', "\0") + "\0";
    let entries = std::fs::read_dir("/proc").expect("/proc is mounted").flatten();
    let is_it = |path: std::path::PathBuf| {
        std::fs::read(path.join("cmdline")).is_ok_and(|found| found == command.as_bytes())
    };
    entries.filter(|entry| is_it(entry.path())).count()
}

#[track_caller]
pub(crate) fn wait_for_running(command: &str, count: usize) {
    wait_until(&format!("{count} of {command:?} run"), || (count_running(command) == count).then_some(()));
}

/// Nothing of `command` is left within the promised 2 seconds, with something
/// on top for a busy machine.
#[track_caller]
pub(crate) fn expect_gone(command: &str) {
    let started = Instant::now();
    while count_running(command) > 0 {
        assert!(started.elapsed() < Duration::from_secs(4), "{command:?} is left running");
        std::thread::sleep(Duration::from_millis(2));
    }
}
