//! Processes that are killed at random moments, in the middle of locks, writes
//! and spawns: `tests/kills/run.py` does it and judges.

use std::process::Command;
use std::time::Duration;

use super::programs::{ABIS, build};
use super::{Context, Report};

/// What the job does, who is killed, and how often.
const KILLS: &[(&str, &str, usize)] = &[
    ("lock", "rank", 12),
    ("file", "rank", 12),
    ("spawn", "rank", 12),
    ("meet", "rank", 12),
    ("lock", "mpiexec", 4),
    ("file", "mpiexec", 4),
    ("spawn", "mpiexec", 8),
    ("meet", "mpiexec", 8),
    ("spawn", "guardian", 4),
    ("stubborn", "rank", 3),
    ("stubborn", "mpiexec", 8),
    ("stubborn", "guardian", 3),
    ("spawn", "starter", 20),
];

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    let source = context.root().join("tests/c/launcher/busy.c");
    for (number, (what, whom, rounds)) in KILLS.iter().enumerate() {
        let program = build(context, &source, ABIS[number % ABIS.len()])?;
        let mut command = Command::new("python3");
        command.arg(context.root().join("tests/kills/run.py"));
        command.arg("--mpiexec").arg(context.prefix.bin("mpiexec")).arg("--program").arg(program);
        // Anew each time; what went wrong says with which seed.
        command.args(["--what", what, "--whom", whom, "--seed", &std::process::id().to_string()]);
        // The machine may be busy.
        command.args(["--rounds", &rounds.to_string(), "--slack", "1"]);
        let outcome = context.run(&mut command, Duration::from_secs(60))?;
        let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
        report.check(&format!("{whom} killed in a {what} job, {rounds} times"), result);
    }
    Ok(())
}
