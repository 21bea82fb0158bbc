//! The libraries that are compared.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::prefix::Prefix;

/// Our benchmarks: sources in `benches/`, without `.c`.
#[derive(Clone, Copy)]
pub(super) enum Benchmark {
    General,
    Collectives,
}

impl Benchmark {
    const ALL: [Self; 2] = [Self::General, Self::Collectives];

    fn source(self) -> &'static str {
        match self {
            Self::General => "passel-bench",
            Self::Collectives => "collectives",
        }
    }

    /// The program built with the compiler of the library of this name.
    fn program(self, prefix: &Prefix, compiler: &str) -> PathBuf {
        prefix.scratch.join(format!("{}-{compiler}", self.source()))
    }
}

/// An MPI library with its launcher, and our benchmarks built against it.
pub(super) struct Library {
    pub(super) name: &'static str,
    launcher: PathBuf,
    folder: PathBuf,
    options: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    /// The library whose compiler has built the benchmarks.
    compiler: &'static str,
    /// Its libmpi.so.12 runs programs that are built for MPICH's ABI.
    mpich_abi: bool,
}

impl Library {
    /// The command that runs one of our benchmarks.
    pub(super) fn benchmark(
        &self,
        prefix: &Prefix,
        benchmark: Benchmark,
        ranks: usize,
        words: &[&str],
    ) -> Command {
        let mut command = self.launch(ranks, &benchmark.program(prefix, self.compiler));
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
        build(prefix, "passel", &compile)?;
        let (launcher, folder) = (prefix.bin("mpiexec"), prefix.path.clone());
        libraries.push(Library {
            name: "passel",
            launcher,
            folder,
            options: &[],
            environment: &[],
            compiler: "passel",
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
        let compiler = if name == "intel" { "mpich" } else { name };
        if name == compiler {
            build(prefix, name, &Command::new(folder.join("bin/mpicc")))?;
        }
        let launcher = folder.join("bin/mpiexec");
        let mpich_abi = name != "openmpi";
        libraries.push(Library { name, launcher, folder, options, environment, compiler, mpich_abi });
    }
    Ok(libraries)
}

/// Builds all benchmarks with the command that begins so.
fn build(prefix: &Prefix, compiler: &str, begin: &Command) -> Result<(), String> {
    for benchmark in Benchmark::ALL {
        let mut compile = Command::new(begin.get_program());
        compile.args(begin.get_args()).args(["-O2", "-o"]).arg(benchmark.program(prefix, compiler));
        compile.arg(prefix.root.join(format!("benches/{}.c", benchmark.source())));
        prefix.call(&mut compile, Duration::from_secs(60))?;
    }
    Ok(())
}
