//! Tools between a program and the library: the profiler of `examples/tools`,
//! in front of C programs and of mpi4py's unmodified wheel; and settings by
//! environment variables.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::programs::{ABIS, build};
use super::{Context, Report};

const LIMIT: Duration = Duration::from_secs(30);

/// What the profiler says of `tests/tools/profiled.*`: function, calls, bytes.
const EXPECTED: [(&str, &str, &str); 5] = [
    ("MPI_Send", "3", "300"),
    ("MPI_Isend", "3", "300"),
    ("MPI_Recv", "6", "0"),
    ("MPI_Wait", "3", "0"),
    ("MPI_Allreduce", "6", "48"),
];

/// The profiler as a shared library for programs of an ABI.
fn profiler(context: &Context, abi: &str) -> Result<PathBuf, String> {
    let library = context.prefix.scratch.join("programs").join(abi).join("libprofiler.so");
    let mut command = Command::new(context.prefix.bin("mpicc"));
    command
        .arg(format!("--abi={abi}"))
        .args(["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"]);
    command.arg(&library).arg(context.root().join("examples/tools/profiler.c"));
    context.call(&mut command)?;
    Ok(library)
}

/// Runs a program that ends well with the expected table on its standard
/// error output.
fn profile(context: &Context, mut command: Command) -> Result<(), String> {
    let outcome = context.run(&mut command, LIMIT)?;
    let found = |&(function, calls, bytes): &(&str, &str, &str)| {
        let row = |line: &str| line.split_whitespace().take(3).eq([function, calls, bytes]);
        outcome.stderr.lines().any(row)
    };
    match EXPECTED.iter().find(|row| !found(row)) {
        None if outcome.success() => Ok(()),
        None => Err(outcome.explain()),
        Some((function, calls, bytes)) => {
            Err(format!("the table has no row \"{function} {calls} {bytes}\"; it {}", outcome.explain()))
        }
    }
}

fn preloaded(context: &Context, library: &Path) -> Command {
    let mut command = context.prefix.mpiexec(2);
    command.arg("-env").arg("LD_PRELOAD").arg(library);
    command
}

fn in_front_of_c(context: &Context, abi: &str) -> Result<(), String> {
    let library = profiler(context, abi)?;
    let program = build(context, &context.root().join("tests/tools/profiled.c"), abi)?;
    let mut command = preloaded(context, &library);
    command.arg(program);
    profile(context, command)
}

fn in_front_of_python(context: &Context) -> Result<(), String> {
    context.prefix.make_environment(&context.prefix.path, &[crate::prefix::MPI4PY, crate::prefix::NUMPY])?;
    let library = profiler(context, "mpich")?;
    let python = context.prefix.bin("python");
    let mut command = preloaded(context, &library);
    command.arg(python).arg(context.root().join("tests/tools/profiled.py"));
    profile(context, command)
}

/// A setting that makes no sense ends the job with a sentence that names it.
fn settings(context: &Context) -> Result<(), String> {
    let program = build(context, &context.root().join("tests/tools/profiled.c"), "standard")?;
    let run = |value: &str| {
        let mut command = context.prefix.mpiexec(2);
        command.args(["-env", "PASSEL_EAGER_LIMIT_BYTES", value]).arg(&program);
        context.run(&mut command, LIMIT)
    };
    let outcome = run("0")?;
    if !outcome.success() {
        return Err(outcome.explain());
    }
    let outcome = run("many")?;
    let sentence = "the environment variable PASSEL_EAGER_LIMIT_BYTES is \"many\"";
    match !outcome.success() && outcome.stderr.contains(sentence) {
        true => Ok(()),
        false => Err(format!("it was to say that {sentence}; it {}", outcome.explain())),
    }
}

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    for abi in ABIS {
        report.check(&format!("the profiler in front of a C program ({abi})"), in_front_of_c(context, abi));
    }
    report.check("the profiler in front of mpi4py", in_front_of_python(context));
    report.check("settings by environment variables", settings(context));
    Ok(())
}
