//! Running a program under a time limit, with its output kept.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

/// How a program ended.
pub(crate) struct Outcome {
    status: Option<ExitStatus>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) elapsed: Duration,
}

impl Outcome {
    /// The exit code; none if a signal or the time limit ended it.
    pub(crate) fn code(&self) -> Option<i32> {
        self.status?.code()
    }

    pub(crate) fn success(&self) -> bool {
        self.code() == Some(0)
    }

    pub(crate) fn timed_out(&self) -> bool {
        self.status.is_none()
    }

    /// How it ended, in words, and the end of what it wrote.
    pub(crate) fn explain(&self) -> String {
        let end = match self.status {
            None => format!("was stopped after {:.0} s", self.elapsed.as_secs_f64()),
            Some(status) => match (status.code(), status.signal()) {
                (Some(code), _) => format!("ended with exit code {code}"),
                (None, Some(signal)) => format!("was killed by signal {signal}"),
                (None, None) => "ended".into(),
            },
        };
        let mut text = end;
        for (name, output) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !output.trim().is_empty() {
                text += &format!("\n{name}:\n{}", tail(output, 40));
            }
        }
        text
    }
}

/// The last `count` lines.
pub(crate) fn tail(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Runs a command to its end or to its limit; past it, the program gets
/// SIGTERM and, five seconds later, SIGKILL.
pub(crate) fn run(command: &mut Command, limit: Duration, scratch: &Path) -> Result<Outcome, String> {
    static SERIAL: AtomicU64 = AtomicU64::new(0);
    // Relaxed: the number is only a name.
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let own = std::process::id();
    let paths = ["out", "err"].map(|kind| scratch.join(format!("{own}-{serial}.{kind}")));
    fs::create_dir_all(scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let create = |path: &Path| File::create(path).map_err(|error| format!("{}: {error}", path.display()));
    command.stdin(Stdio::null()).stdout(create(&paths[0])?).stderr(create(&paths[1])?);
    let begun = Instant::now();
    let mut child = command.spawn().map_err(|error| cannot_start(command, &error))?;
    let status = wait(&mut child, limit);
    let [stdout, stderr] = paths.map(|path| {
        let bytes = fs::read(&path).unwrap_or_default();
        // Only a scratch file: that it stays is no reason to fail.
        let _ = fs::remove_file(&path);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    Ok(Outcome { status, stdout, stderr, elapsed: begun.elapsed() })
}

/// The status, or none if the program had to be stopped.
fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    if let Some(status) = wait_until(child, Instant::now() + limit) {
        return Some(status);
    }
    // Errors here mean that the program ended in this very moment.
    if let Some(pid) = Pid::from_raw(child.id().cast_signed()) {
        let _ = rustix::process::kill_process(pid, Signal::TERM);
    }
    if wait_until(child, Instant::now() + Duration::from_secs(5)).is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
    None
}

fn wait_until(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Says which Debian package has a program that is not there.
pub(crate) fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    let program = command.get_program().to_string_lossy();
    if error.kind() != ErrorKind::NotFound {
        return format!("{program}: {error}");
    }
    let name = program.rsplit('/').next().unwrap_or_default();
    let package = match name {
        "cc" | "gcc" | "g++" | "c++" | "make" => "build-essential",
        "cmake" => "cmake",
        "python3" => "python3 and python3-venv",
        "nm" | "readelf" => "binutils",
        _ => return format!("{program} is not there"),
    };
    format!("{name} is not installed (Debian package: {package})")
}
