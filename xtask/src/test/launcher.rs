//! Jobs that go wrong: mpiexec must end them soon, with a code that says so
//! and a message that names the cause.

use std::process::Command;
use std::time::Duration;

use super::programs::{ABIS, build};
use super::{Context, Report};
use crate::process::Outcome;

/// A job of `tests/c/launcher/die.c`, how it must end, and what must be said.
struct Death {
    how: &'static str,
    ranks: usize,
    code: i32,
    words: &'static [&'static str],
}

/// Rank 1 dies, the others wait for a message from it, or for its lock.
const DEATHS: &[Death] = &[
    Death { how: "signal", ranks: 3, code: 128 + 11, words: &["rank 1", "11"] },
    Death { how: "kill", ranks: 3, code: 128 + 9, words: &["rank 1", "9"] },
    Death { how: "lock", ranks: 3, code: 128 + 9, words: &["rank 1", "9"] },
    Death { how: "exit", ranks: 3, code: 7, words: &["rank 1", "7"] },
    Death { how: "return", ranks: 2, code: 1, words: &["rank 1", "Finalize"] },
    Death { how: "abort", ranks: 3, code: 42, words: &["rank 1", "42"] },
    Death { how: "fatal", ranks: 2, code: 1, words: &["rank 1", "MPI_Send"] },
    // Nothing is wrong with a code of its own after MPI_Finalize, but the job's code is that code.
    Death { how: "late", ranks: 2, code: 3, words: &["rank 1", "3"] },
    // Who waits for a rank that has left is told so, instead of waiting for ever.
    Death { how: "early-recv", ranks: 3, code: 1, words: &["MPI_Recv", "waits for rank 1"] },
    Death { how: "early-probe", ranks: 3, code: 1, words: &["MPI_Probe", "waits for rank 1"] },
    Death { how: "early-wait", ranks: 3, code: 1, words: &["MPI_Waitall", "waits for rank 1"] },
    Death { how: "early-allreduce", ranks: 3, code: 1, words: &["MPI_Allreduce", "waits for rank 1"] },
    Death { how: "early-ibarrier", ranks: 3, code: 1, words: &["MPI_Wait", "waits for rank 1"] },
    // Where that cannot be known, the code of the one that left tells.
    Death { how: "early-any", ranks: 3, code: 3, words: &["rank 1", "3"] },
];

/// A death of `tests/c/launcher/part.c` among processes that were started later
/// or separately.
struct Parting {
    how: &'static str,
    code: i32,
    words: &'static [&'static str],
    /// The ranks of the first job are not concerned.
    goes_on: bool,
}

const PARTINGS: &[Parting] = &[
    parting("child", 128 + 9, &["rank 1 of 3 that rank 0 had started", "SIGKILL"]),
    parting("child-abort", 42, &["rank 1 of 3 that rank 0 had started", "MPI_Abort with code 42"]),
    parting("unborn", 128 + 9, &["rank 1 of 3 that rank 0 had started", "SIGKILL"]),
    parting("no-mpi", 1, &["without calling MPI_Init"]),
    parting("parent", 128 + 9, &["rank 1 (pid", "SIGKILL"]),
    parting("other", 1, &["another job"]),
    Parting {
        goes_on: true,
        ..parting("astray", 1, &["name the same root", "MPI_Init", "has called MPI_Finalize"])
    },
    Parting { goes_on: true, ..parting("parted", 128 + 9, &["its world", "SIGKILL"]) },
    Parting { goes_on: true, ..parting("parted-all", 128 + 9, &["goes on", "SIGKILL"]) },
    Parting { goes_on: true, ..parting("parted-exit", 5, &["its world", "code 5"]) },
    Parting { goes_on: true, ..parting("other-parted", 0, &[]) },
    Parting { goes_on: true, ..parting("lone", 0, &["3 processes that it had started"]) },
    Parting { goes_on: true, ..parting("lone-launcher", 0, &["watched over them, was killed"]) },
];

const fn parting(how: &'static str, code: i32, words: &'static [&'static str]) -> Parting {
    Parting { how, code, words, goes_on: false }
}

fn partings(context: &Context, report: &mut Report) -> Result<(), String> {
    let limit = Duration::from_secs(10);
    let source = context.root().join("tests/c/launcher/part.c");
    for abi in ABIS {
        let program = build(context, &source, abi)?;
        for parting in PARTINGS {
            let mut command = context.prefix.mpiexec(2);
            let outcome = context.run_recorded(command.arg(&program).arg(parting.how), limit, abi)?;
            let mut result = judge(&outcome, parting.code, parting.words);
            if outcome.stdout.contains("went on") != parting.goes_on {
                let should = if parting.goes_on { "should" } else { "should not" };
                result = Err(format!("the first ranks {should} have gone on; it {}", outcome.explain()));
            }
            report.check(&format!("a connected process dies: {} ({abi})", parting.how), result);
        }
    }
    Ok(())
}

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    let limit = Duration::from_secs(10);
    let source = context.root().join("tests/c/launcher/die.c");
    for abi in ABIS {
        let program = build(context, &source, abi)?;
        for death in DEATHS {
            let mut command = context.prefix.mpiexec(death.ranks);
            let outcome = context.run_recorded(command.arg(&program).arg(death.how), limit, abi)?;
            let name = format!("a rank dies: {} ({abi})", death.how);
            report.check(&name, judge(&outcome, death.code, death.words));
        }
    }
    partings(context, report)?;
    disks(context, report)?;
    let mut missing = context.prefix.mpiexec(2);
    let outcome = context.run(missing.arg("./no-such-program"), limit)?;
    report.check("a program that is not there", judge(&outcome, 127, &["no-such-program"]));
    let mut none = context.prefix.mpiexec(0);
    let outcome = context.run(none.arg("true"), limit)?;
    report.check("-n 0", judge_failure(&outcome, &["0"]));
    let mut bare = Command::new(context.prefix.bin("mpiexec"));
    let outcome = context.run(&mut bare, limit)?;
    report.check("no program at all", judge_failure(&outcome, &["program"]));
    let mut unknown = context.prefix.mpiexec(1);
    let outcome = context.run(unknown.arg("--no-such-option").arg("true"), limit)?;
    report.check("an unknown option", judge_failure(&outcome, &["--no-such-option"]));
    plain_programs(context, report, limit)
}

/// Two small disks below the folder that is the first argument, of which one is
/// read-only, seen by the command that follows alone.
const DISKS: &str = r#"
mkdir -p "$1/small" "$1/fixed" && cd "$1" && shift &&
mount -t tmpfs -o size=4m none small && mount -t tmpfs none fixed &&
printf x > fixed/there && mount -o remount,ro fixed && exec "$@" "$PWD/small" "$PWD/fixed"
"#;

/// Disks that are full or read-only, where the system lets us have some.
fn disks(context: &Context, report: &mut Report) -> Result<(), String> {
    let source = context.root().join("tests/c/launcher/disks.c");
    let limit = Duration::from_secs(20);
    let with_disks = || {
        let mut command = Command::new("unshare");
        // Who is not root is root of a namespace of its own.
        let is_root = rustix::process::geteuid().is_root();
        command.args(["--mount"]).args((!is_root).then_some("--map-root-user"));
        command.args(["sh", "-c", DISKS, "sh"]).arg(context.prefix.scratch.join("disks"));
        command
    };
    let attempt = context.run(with_disks().arg("true"), limit)?;
    if !attempt.success() {
        println!("  skipped disks that are full or read-only: unshare {}", attempt.explain());
        return Ok(());
    }
    for abi in ABIS {
        let program = build(context, &source, abi)?;
        for ranks in [1, 2, 4] {
            let mut command = with_disks();
            command.arg(context.prefix.bin("mpiexec")).arg("-n").arg(ranks.to_string()).arg(&program);
            let outcome = context.run_recorded(&mut command, limit, abi)?;
            let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
            report.check(&format!("disks that are full or read-only, {ranks} ranks ({abi})"), result);
        }
    }
    Ok(())
}

/// Programs that know nothing of MPI run, too, and their output is passed on.
fn plain_programs(context: &Context, report: &mut Report, limit: Duration) -> Result<(), String> {
    let outcome = context.run(context.prefix.mpiexec(3).args(["echo", "hello"]), limit)?;
    let result = match outcome.success() && outcome.stdout == "hello\nhello\nhello\n" {
        true => Ok(()),
        false => Err(outcome.explain()),
    };
    report.check("a program without MPI", result);
    let outcome = context.run(context.prefix.mpiexec(2).args(["sh", "-c", "exit 5"]), limit)?;
    report.check("the exit code of a program without MPI", judge(&outcome, 5, &[]));
    let script = "printf 'a%.0s' $(seq 3000); echo; printf 'a%.0s' $(seq 3000); echo";
    let outcome = context.run(context.prefix.mpiexec(4).args(["sh", "-c", script]), limit)?;
    let whole = outcome.stdout.lines().count() == 8 && outcome.stdout.lines().all(|line| line.len() == 3000);
    let result = if whole { Ok(()) } else { Err("lines of several ranks are mixed".into()) };
    report.check("lines stay whole", result);
    Ok(())
}

fn judge(outcome: &Outcome, code: i32, words: &[&str]) -> Result<(), String> {
    if outcome.code() != Some(code) {
        return Err(format!("exit code {code} was expected; it {}", outcome.explain()));
    }
    said(outcome, words)
}

fn judge_failure(outcome: &Outcome, words: &[&str]) -> Result<(), String> {
    if outcome.timed_out() || outcome.success() {
        return Err(format!("it should have failed; it {}", outcome.explain()));
    }
    said(outcome, words)
}

fn said(outcome: &Outcome, words: &[&str]) -> Result<(), String> {
    match words.iter().find(|word| !outcome.stderr.contains(**word)) {
        None => Ok(()),
        Some(word) => Err(format!("nothing was said of \"{word}\"; it {}", outcome.explain())),
    }
}
