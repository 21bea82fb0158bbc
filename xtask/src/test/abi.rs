//! Constants and layouts: the same program, written from the names that the
//! reference headers declare, is built against them and against ours, and
//! must print the same.

use std::process::Command;
use std::time::Duration;

use super::programs::ABIS;
use super::{Context, Report};

/// A CMake whose FindMPI looks for us; the machine need not have one.
const CMAKE: &str = "cmake";

/// The package that has the headers of both ABIs.
const REFERENCE: &str = "mpich==5.0.2";

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    let prefix = &context.prefix;
    let reference = prefix.scratch.join("reference");
    prefix.make_environment(&reference, &[REFERENCE])?;
    for abi in ABIS {
        let mut command = Command::new("python3");
        command.arg(context.root().join("tests/abi/compare.py")).args(["--abi", abi]);
        command.arg("--ours").arg(&prefix.path).arg("--reference").arg(&reference);
        command.arg("--scratch").arg(prefix.scratch.join("abi"));
        let outcome = context.run(&mut command, Duration::from_secs(60))?;
        let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
        report.check(&format!("{abi} ABI: {}", outcome.stdout.lines().last().unwrap_or("no result")), result);
    }
    Ok(())
}

/// Programs built in the ways in which users build them.
pub(super) fn builds(context: &Context, report: &mut Report) -> Result<(), String> {
    let prefix = &context.prefix;
    let tools = prefix.scratch.join("tools");
    prefix.make_environment(&tools, &[CMAKE])?;
    let mut command = Command::new("python3");
    command.arg(context.root().join("tests/build/check.py")).arg("--prefix").arg(&prefix.path);
    command.arg("--cmake").arg(tools.join("bin/cmake")).arg("--scratch").arg(prefix.scratch.join("build"));
    let outcome = context.run(&mut command, Duration::from_secs(180))?;
    let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
    report.check(outcome.stdout.lines().last().unwrap_or("ways of building"), result);
    Ok(())
}
