//! What cargo does by itself.

use std::path::Path;
use std::process::Command;

use super::{Context, Report};
use crate::prefix;

fn cargo(context: &Context, words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(context.root()).args(words);
    command
}

/// This program itself, for a chore that ends with a message of its own.
fn xtask(context: &Context, words: &[&str]) -> Result<(), String> {
    let own = std::env::current_exe().map_err(|error| format!("xtask's own path: {error}"))?;
    context.call(Command::new(own).current_dir(context.root()).args(words))
}

pub(super) fn fmt(context: &Context, report: &mut Report) -> Result<(), String> {
    report.check("cargo fmt --check", context.call(&mut cargo(context, &["fmt", "--all", "--check"])));
    Ok(())
}

pub(super) fn tidy(context: &Context, report: &mut Report) -> Result<(), String> {
    report.check("cargo xtask tidy", xtask(context, &["tidy"]));
    Ok(())
}

pub(super) fn codegen(context: &Context, report: &mut Report) -> Result<(), String> {
    report.check("cargo xtask codegen --check", xtask(context, &["codegen", "--check"]));
    Ok(())
}

pub(super) fn clippy(context: &Context, report: &mut Report) -> Result<(), String> {
    let words = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    report.check("cargo clippy", context.call(&mut cargo(context, &words)));
    Ok(())
}

/// Every test that `cargo test` names is a check.
pub(super) fn unit(context: &Context, report: &mut Report) -> Result<(), String> {
    let words = ["test", "--workspace", "--no-fail-fast"];
    let outcome = context.run(&mut cargo(context, &words), std::time::Duration::MAX)?;
    for line in outcome.stdout.lines().filter_map(|line| line.strip_prefix("test ")) {
        match line.rsplit_once(" ... ") {
            Some((name, "ok")) => report.check(name, Ok(())),
            Some((name, "FAILED")) => report.check(name, Err(said_by(&outcome.stdout, name))),
            _ => {}
        }
    }
    report.check("cargo test", if outcome.success() { Ok(()) } else { Err(outcome.explain()) });
    Ok(())
}

/// What a test printed that failed.
fn said_by(output: &str, test: &str) -> String {
    let begin = format!("---- {test} stdout ----");
    let said = output.split_once(&begin).map_or("it printed nothing", |(_, rest)| rest);
    let end = said.find("\n---- ").or_else(|| said.find("\nfailures:")).unwrap_or(said.len());
    said[..end].trim().to_string()
}

/// The models are tests that exist only under a `cfg`, each with its own
/// build folder, because the flag would else rebuild everything twice.
pub(super) fn models(context: &Context, report: &mut Report) -> Result<(), String> {
    for checker in ["loom", "shuttle"] {
        let mut command = cargo(context, &["test", "--package", "passel-memory", "--profile", "fast"]);
        command.env("RUSTFLAGS", format!("--cfg {checker}"));
        command.env("CARGO_TARGET_DIR", prefix::target(context.root()).join(checker));
        let outcome = context.run(&mut command, std::time::Duration::MAX)?;
        let ran = outcome.stdout.lines().filter(|line| line.ends_with(" ... ok")).count();
        let result = match (outcome.success(), ran) {
            (false, _) => Err(outcome.explain()),
            (true, 0) => Err(format!("crate memory has no test under cfg({checker})")),
            (true, _) => Ok(()),
        };
        report.check(&format!("{checker} models"), result);
    }
    Ok(())
}

pub(super) fn install(context: &Context, report: &mut Report) -> Result<(), String> {
    if context.given {
        return Ok(());
    }
    let prefix = &context.prefix;
    prefix.make_environment(&prefix.path, &[prefix::MPI4PY, prefix::NUMPY])?;
    let limit = context.deadline.get().saturating_duration_since(std::time::Instant::now());
    report.check("cargo xtask install", prefix.install(&context.profile, limit));
    let there = |path: &Path| match path.exists() {
        true => Ok(()),
        false => Err(format!("{} was not installed", path.display())),
    };
    for file in ["bin/mpiexec", "bin/mpicc", "lib/libmpi.so.12", "lib/libmpi_abi.so.1", "include/mpi.h"] {
        report.check(file, there(&prefix.path.join(file)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::said_by;

    #[test]
    fn a_failed_test_is_quoted_alone() {
        let output = "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\nwhy a\n\n---- b stdout ----\nwhy b\n\n\
                      failures:\n    a\n    b\n";
        assert_eq!([said_by(output, "a"), said_by(output, "b")], ["why a", "why b"]);
        assert_eq!(said_by(output, "c"), "it printed nothing");
    }
}
