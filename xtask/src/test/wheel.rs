//! The wheel: built, installed in an environment of its own, and used there.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Context, Report};
use crate::prefix::{MPI4PY, pip};

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    let scratch = &context.prefix.scratch;
    let environment = scratch.join("wheel");
    context.prefix.make_environment(&environment, &[MPI4PY])?;
    let folder = scratch.join("wheels");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut build = pip(&environment);
    build.args(["wheel", "--no-deps", "--wheel-dir"]).arg(&folder).arg(context.root());
    context.call(build.env("PASSEL_PROFILE", &context.profile))?;
    let wheel = only_file(&folder)?;
    let name = wheel.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let tagged = name.starts_with("passel-") && name.contains("-py3-none-linux_");
    report.check("the wheel's name", if tagged { Ok(()) } else { Err(name) });
    context.call(pip(&environment).args(["install", "--no-deps", "--force-reinstall"]).arg(&wheel))?;

    let limit = Duration::from_secs(30);
    let succeeded = |command: &mut Command, words: &str| {
        let outcome = context.run(command, limit)?;
        match outcome.success() && outcome.stdout.contains(words) {
            true => Ok(()),
            false => Err(outcome.explain()),
        }
    };
    let launch = |program: &Path| {
        let mut command = Command::new(environment.join("bin/mpiexec"));
        command.args(["-n", "2"]).arg(program);
        command
    };
    let hello = "from mpi4py import MPI; print(MPI.COMM_WORLD.allreduce(1), MPI.Get_library_version())";
    let mut python = launch(&environment.join("bin/python"));
    report.check("mpi4py finds the library", succeeded(python.args(["-c", hello]), "2 Passel"));
    let source = context.root().join("examples/c/hello.c");
    for wrapper in ["mpicc", "mpicxx"] {
        let program = scratch.join(format!("wheel-{wrapper}"));
        let mut compile = Command::new(environment.join("bin").join(wrapper));
        let built = succeeded(compile.arg("-o").arg(&program).arg(&source), "");
        report.check(&format!("{wrapper} builds"), built);
        report.check(&format!("what {wrapper} built runs"), succeeded(&mut launch(&program), "rank 1 of 2"));
    }
    Ok(())
}

fn only_file(folder: &Path) -> Result<std::path::PathBuf, String> {
    let mut entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    match entries.next() {
        Some(Ok(entry)) => Ok(entry.path()),
        _ => Err("pip built no wheel".into()),
    }
}
