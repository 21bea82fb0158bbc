//! Where Passel is installed for tests, examples and measurements: a Python
//! environment below `target/`, as `pip install` would do it, so that mpi4py's
//! wheel finds the library by itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process::{self, Outcome};

/// The release of mpi4py whose wheel and test suite are used.
pub(crate) const MPI4PY: &str = "mpi4py==4.1.2";
/// NumPy only so that mpi4py's tests for its arrays are not skipped.
pub(crate) const NUMPY: &str = "numpy";
/// Intel's run-time package, for the unmodified IMB benchmarks in it.
pub(crate) const IMB: &str = "impi-rt";
/// The library of threads that one of them needs.
pub(crate) const OPENMP: &str = "intel-openmp";

/// An installation of Passel, and a folder for scratch files.
pub(crate) struct Prefix {
    pub(crate) root: PathBuf,
    pub(crate) path: PathBuf,
    pub(crate) scratch: PathBuf,
}

impl Prefix {
    /// The installation below `target/`, or the given one.
    pub(crate) fn new(root: &Path, given: Option<&Path>) -> Self {
        let scratch = target(root).join("tests");
        // Tests run in folders of their own.
        let path = given.map_or_else(|| scratch.join("venv"), |given| root.join(given));
        Self { root: root.to_path_buf(), path, scratch }
    }

    pub(crate) fn bin(&self, program: &str) -> PathBuf {
        self.path.join("bin").join(program)
    }

    /// A command under mpiexec, without the program.
    pub(crate) fn mpiexec(&self, ranks: usize) -> Command {
        let mut command = Command::new(self.bin("mpiexec"));
        command.arg("-n").arg(ranks.to_string());
        command
    }

    pub(crate) fn run(&self, command: &mut Command, limit: Duration) -> Result<Outcome, String> {
        process::run(command, limit, &self.scratch)
    }

    /// Runs a command that must succeed.
    pub(crate) fn call(&self, command: &mut Command, limit: Duration) -> Result<Outcome, String> {
        let outcome = self.run(command, limit)?;
        match outcome.success() {
            true => Ok(outcome),
            false => Err(format!("{} {}", describe(command), outcome.explain())),
        }
    }

    /// Makes the Python environment, unless it is there.
    pub(crate) fn make_environment(&self, path: &Path, packages: &[&str]) -> Result<(), String> {
        let limit = Duration::from_secs(300);
        let stamp = path.join(format!("passel-has-{}", packages.join("+").replace("=", "")));
        if stamp.exists() {
            return Ok(());
        }
        if !path.join("bin/pip").exists() {
            self.call(Command::new("python3").args(["-m", "venv"]).arg(path), limit).map_err(
                |why| match why.contains("ensurepip") {
                    true => "python3 cannot make environments (Debian package: python3-venv)".into(),
                    false => why,
                },
            )?;
        }
        self.call(pip(path).args(["install", "--no-deps"]).args(packages), limit)?;
        std::fs::write(&stamp, "").map_err(|error| format!("{}: {error}", stamp.display()))
    }

    /// Builds and installs Passel.
    pub(crate) fn install(&self, profile: &str, limit: Duration) -> Result<(), String> {
        let own = std::env::current_exe().map_err(|error| format!("xtask's own path: {error}"))?;
        let mut command = Command::new(own);
        command.current_dir(&self.root).arg("install").arg("--prefix").arg(&self.path);
        self.call(command.args(["--profile", profile]), limit).map(drop)
    }
}

/// Cargo's output folder.
pub(crate) fn target(root: &Path) -> PathBuf {
    root.join(std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from))
}

pub(crate) fn pip(environment: &Path) -> Command {
    let mut command = Command::new(environment.join("bin/python"));
    command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]);
    command
}

/// The command as one would type it, with programs by their last name.
pub(crate) fn describe(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            word.rsplit('/').next().unwrap_or_default().to_string()
        })
        .collect::<Vec<_>>()
        .join(" ")
}
