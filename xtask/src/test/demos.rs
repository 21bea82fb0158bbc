//! The programs that mpi4py shows what it can do with: they spawn, connect,
//! share work through windows, and start and end MPI in every way. They run as
//! their makefiles say, with the wheel as it is.
//!
//! Left out are what is in Fortran, and in C++ with the interface that MPI-3.0
//! has removed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::python::source;
use super::{Context, Report};
use crate::prefix::{MPI4PY, NUMPY};

/// What the makefiles include, which the source distribution leaves out.
const SETTINGS: &str = "\
PYTHON = python
MPICC = mpicc --abi=mpich
MPIEXEC = mpiexec
NP_FLAG = -n
NP = 5
MPIEXEC_PYTHON = $(MPIEXEC) $(NP_FLAG) $(NP) $(PYTHON)
";

/// A folder, and what `make` is told there.
struct Demo {
    folder: &'static str,
    make: &'static [&'static str],
}

const fn demo(folder: &'static str, make: &'static [&'static str]) -> Demo {
    Demo { folder, make }
}

const DEMOS: &[Demo] = &[
    demo("check-mpiexec", &["test"]),
    demo("compute-pi", &["test"]),
    demo("futures", &["run-pool"]),
    demo("futures", &["run-comm"]),
    demo("futures", &["run-cmdline"]),
    demo("futures", &["run-unittest"]),
    demo("init-fini", &["test"]),
    demo("mandelbrot", &["test"]),
    demo("nxtval", &["test"]),
    demo("reductions", &["test"]),
    demo("sequential", &["test"]),
    demo("spawning", &["test", "LANGS=py c"]),
    demo("test-run", &["test"]),
    demo("threads", &["test"]),
];

/// Two jobs that are started separately: `$SERVER` publishes the name that
/// `$CLIENT` looks up, and both end well.
const MEETING: &str = r#"
$SERVER & server=$!
until python -c "from mpi4py import MPI; MPI.Lookup_name('$NAME')" 2>/dev/null; do
    kill -0 $server || exit 9
done
echo 100 | $CLIENT && wait $server
"#;

struct Meeting {
    name: &'static str,
    folder: &'static str,
    server: &'static str,
    client: &'static str,
}

const MEETINGS: &[Meeting] = &[
    Meeting {
        name: "cpi",
        folder: "compute-pi",
        server: "mpiexec -n 3 python cpi-dpm.py server",
        client: "mpiexec -n 1 python cpi-dpm.py client",
    },
    Meeting {
        name: "mpi4py.futures",
        folder: "futures",
        server: "mpiexec -n 3 python -m mpi4py.futures.server",
        client: "python test_service.py",
    },
];

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    let prefix = &context.prefix;
    prefix.make_environment(&prefix.path, &[MPI4PY, NUMPY])?;
    let demos = source(prefix)?.join("demo");
    write(&demos.join("config.mk"), SETTINGS)?;
    let ours = context.root().join("tests/mpi4py/demos");
    place_worker(&ours, &demos)?;
    // One has a suite of its own, in which something waits on purpose.
    let limit = Duration::from_secs(120);
    for Demo { folder, make } in DEMOS {
        let mut command = prepare(context, &demos.join(folder))?;
        // Some ask for pages of the web.
        command.arg(ours.join("web.py")).arg("make").args(*make).env("PYTHONPATH", demos.join("../test"));
        let outcome = context.run(&mut command, limit)?;
        let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
        report.check(&format!("{folder}, {}", make.join(" ")), result);
    }
    for Meeting { name, folder, server, client } in MEETINGS {
        let mut command = prepare(context, &demos.join(folder))?;
        command.args(["-c", "import os, sys; os.execvp('sh', sys.argv[1:])", "sh", "-c", MEETING]);
        command.env("NAME", name).env("SERVER", server).env("CLIENT", client);
        let outcome = context.run(&mut command, limit)?;
        let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
        report.check(&format!("{folder}, two jobs that meet by the name {name}"), result);
    }
    Ok(())
}

/// The environment's Python in a folder; it and what it starts find the
/// environment's other programs.
fn prepare(context: &Context, folder: &Path) -> Result<Command, String> {
    let bin = context.prefix.path.join("bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(bin.clone()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(all).map_err(|error| format!("PATH: {error}"))?;
    let mut command = Command::new(bin.join("python"));
    command.current_dir(folder).env("PATH", path);
    Ok(command)
}

/// Where the makefile would build the Fortran one; newer than that, so that
/// `make` takes it for built.
fn place_worker(ours: &Path, demos: &Path) -> Result<(), String> {
    let text = read(&ours.join("mandelbrot_worker.py"))?;
    let place = demos.join("mandelbrot/mandelbrot-worker.exe");
    write(&place, &format!("#!/usr/bin/env python\n{text}"))?;
    let permissions = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&place, permissions).map_err(|error| format!("{}: {error}", place.display()))
}

fn read(path: &PathBuf) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &PathBuf, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
