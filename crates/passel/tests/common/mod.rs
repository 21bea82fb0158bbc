//! Running programs under `mpiexec`, always with a time limit.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Far more than anything here takes, even on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// `target/PROFILE`, where cargo puts programs.
pub(crate) fn programs() -> PathBuf {
    let own = std::env::current_exe().expect("a test knows its own path");
    own.ancestors().nth(2).expect("tests lie in target/PROFILE/deps").to_path_buf()
}

/// Our `mpiexec`, built as this test was.
fn mpiexec() -> &'static Path {
    static MPIEXEC: OnceLock<PathBuf> = OnceLock::new();
    MPIEXEC.get_or_init(|| {
        let programs = programs();
        let profile = match programs.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => "dev",
            Some(name) => name,
        };
        let target = programs.parent().expect("the folder of a profile lies in the target folder");
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "passel-mpiexec", "--profile", profile])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .arg("--target-dir")
            .arg(target)
            .status();
        assert!(status.as_ref().is_ok_and(|status| status.success()), "cargo build: {status:?}");
        programs.join("mpiexec")
    })
}

/// Starts `ranks` ranks of a program.
pub(crate) fn start(ranks: usize, program: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(mpiexec());
    // As if not started from within some other launcher's job.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["PASSEL_", "PMI", "OMPI_", "SLURM_"].iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(&*name);
        }
    }
    command.args(["-n", &ranks.to_string()]).arg(program).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("mpiexec can be started")
}

/// Waits for the end; `None` when the time ran out, and then ends it. What it
/// prints must fit into a pipe.
pub(crate) fn finish(mut child: Child, limit: Duration) -> Option<Output> {
    let begin = Instant::now();
    while child.try_wait().expect("the child is ours").is_none() {
        if begin.elapsed() > limit {
            child.kill().expect("the child is ours");
            child.wait().expect("the child is ours");
            return None;
        }
        sleep(Duration::from_millis(5));
    }
    Some(child.wait_with_output().expect("the child's output can be read"))
}
