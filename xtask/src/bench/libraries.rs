//! The libraries that are compared.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::prefix::Prefix;

/// An MPI library with its launcher, and our benchmark built against it.
pub(super) struct Library {
    pub(super) name: &'static str,
    launcher: PathBuf,
    folder: PathBuf,
    options: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    program: PathBuf,
    /// Its libmpi.so.12 runs programs that are built for MPICH's ABI.
    mpich_abi: bool,
}

impl Library {
    /// The command that runs our benchmark.
    pub(super) fn benchmark(&self, ranks: usize, words: &[&str]) -> Command {
        let mut command = self.launch(ranks, &self.program);
        command.args(words);
        command
    }

    /// The command that runs a program built for MPICH's ABI; none for a
    /// library of another ABI.
    pub(super) fn foreign(&self, ranks: usize, program: &Path, words: &[&str]) -> Option<Command> {
        let mut command = self.launch(ranks, program);
        command.args(words);
        self.mpich_abi.then_some(command)
    }

    fn launch(&self, ranks: usize, program: &Path) -> Command {
        let mut command = Command::new(&self.launcher);
        command.args(self.options).arg("-n").arg(ranks.to_string()).arg(program);
        command.env("LD_LIBRARY_PATH", self.folder.join("lib"));
        command.envs(self.environment.iter().copied());
        command
    }
}

/// Installs what is wanted (all, if nothing is named) and builds the
/// benchmark for each.
pub(super) fn prepare(prefix: &Prefix, wanted: &[String]) -> Result<Vec<Library>, String> {
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|one| one == name);
    let mut libraries = Vec::new();
    if is_wanted("passel") {
        let wrapper = prefix.bin("mpicc");
        let mut compile = Command::new(wrapper);
        compile.arg("--abi=mpich");
        let program = build(prefix, "passel", compile, &[])?;
        let (launcher, folder) = (prefix.bin("mpiexec"), prefix.path.clone());
        libraries.push(Library {
            name: "passel",
            launcher,
            folder,
            options: &[],
            environment: &[],
            program,
            mpich_abi: true,
        });
    }
    type Peer =
        (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);
    let peers: [Peer; 3] = [
        ("mpich", "mpich", &[], &[]),
        ("openmpi", "openmpi", &["--allow-run-as-root", "--oversubscribe"], &[]),
        ("intel", "impi-rt", &[], &[("I_MPI_FABRICS", "shm")]),
    ];
    for (name, package, options, environment) in peers {
        if !is_wanted(name) {
            continue;
        }
        let folder = prefix.scratch.join(name);
        prefix.make_environment(&folder, &[package])?;
        // Intel's package has no header: what is built for MPICH runs on its library.
        let program = match name {
            "intel" => prefix.scratch.join("bench-mpich"),
            _ => build(prefix, name, Command::new(folder.join("bin/mpicc")), &[])?,
        };
        let launcher = folder.join("bin/mpiexec");
        let mpich_abi = name != "openmpi";
        libraries.push(Library { name, launcher, folder, options, environment, program, mpich_abi });
    }
    Ok(libraries)
}

fn build(prefix: &Prefix, name: &str, mut compile: Command, extra: &[OsString]) -> Result<PathBuf, String> {
    let program = prefix.scratch.join(format!("bench-{name}"));
    compile.args(["-O2", "-o"]).arg(&program).arg(prefix.root.join("benches/passel-bench.c")).args(extra);
    prefix.call(&mut compile, Duration::from_secs(60))?;
    Ok(program)
}
