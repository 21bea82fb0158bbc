//! Programs from PyPI, unmodified: mpi4py's wheel with its own suite, and
//! Intel's MPI benchmarks.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::{Context, Report};
use crate::prefix::{IMB, MPI4PY, Prefix, pip};

/// Fetches mpi4py's source distribution, for its tests, and unpacks it.
fn suite(prefix: &Prefix) -> Result<std::path::PathBuf, String> {
    let folder = prefix.scratch.join("mpi4py");
    let unpacked = folder.join(MPI4PY.replace("==", "-"));
    if unpacked.join("test/main.py").exists() {
        return Ok(unpacked.join("test"));
    }
    let limit = Duration::from_secs(180);
    let mut fetch = pip(&prefix.path);
    fetch.args(["download", "--no-deps", "--no-binary", "mpi4py", "--dest"]).arg(&folder).arg(MPI4PY);
    prefix.call(&mut fetch, limit)?;
    let archive = unpacked.with_file_name(format!("{}.tar.gz", MPI4PY.replace("==", "-")));
    let mut unpack = Command::new(prefix.bin("python"));
    prefix.call(unpack.args(["-m", "tarfile", "-e"]).arg(archive).arg(&folder), limit)?;
    Ok(unpacked.join("test"))
}

/// Every line `MODULE -n RANKS: ok` or `FAILED` of the runner is a check.
pub(super) fn mpi4py(context: &Context, report: &mut Report) -> Result<(), String> {
    let prefix = &context.prefix;
    prefix.make_environment(&prefix.path, &[MPI4PY, crate::prefix::NUMPY])?;
    let suite = suite(prefix)?;
    let here = context.root().join("tests/mpi4py");
    let list =
        fs::read_to_string(here.join("modules.txt")).map_err(|error| format!("modules.txt: {error}"))?;
    let modules = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for module in modules.filter(|module| module.contains(&context.matching)) {
        let mut command = Command::new(prefix.bin("python"));
        command.arg(here.join("run.py"));
        command.arg("--mpiexec").arg(prefix.bin("mpiexec"));
        command.arg("--python").arg(prefix.bin("python"));
        command.arg("--suite").arg(&suite).args(["--limit", "60", module]);
        let outcome = context.run(&mut command, Duration::from_secs(300))?;
        let mut seen = 0;
        for line in outcome.stdout.lines().filter(|line| line.starts_with("test_")) {
            seen += 1;
            let name = line.split(" (").next().unwrap_or(line);
            report.check(name, if line.contains(": ok (") { Ok(()) } else { Err(outcome.explain()) });
        }
        if seen == 0 {
            report.check(module, Err(outcome.explain()));
        }
    }
    Ok(())
}

/// A program of Intel's package, to be run with the libmpi.so.12 at hand.
pub(crate) fn intel_benchmark(prefix: &Prefix, program: &str) -> Result<std::path::PathBuf, String> {
    let environment = prefix.scratch.join("intel");
    prefix.make_environment(&environment, &[IMB])?;
    Ok(environment.join("bin").join(program))
}

/// One of Intel's programs: what of it runs, in jobs of how many ranks, on how
/// many of them at least, and with which options.
struct Intel {
    program: &'static str,
    benchmarks: &'static [&'static str],
    ranks: [usize; 2],
    least: [usize; 2],
    options: &'static [&'static str],
}

const INTEL: [Intel; 2] = [
    Intel {
        program: "IMB-MPI1",
        benchmarks: &["PingPong", "Sendrecv", "Exchange", "Allreduce", "Bcast", "Alltoall", "Barrier"],
        ranks: [2, 8],
        least: [2, 8],
        options: &["-iter", "50", "-msglog", "0:18", "-time", "1"],
    },
    Intel {
        program: "IMB-RMA",
        benchmarks: &[
            "Unidir_put",
            "Bidir_get",
            "One_put_all",
            "Exchange_get",
            "Accumulate",
            "Get_accumulate",
            "Fetch_and_op",
            "Compare_and_swap",
            "Truly_passive_put",
        ],
        ranks: [2, 4],
        // Some are for two ranks only.
        least: [2, 2],
        options: &["-iter", "50", "-msglog", "0:18", "-time", "1"],
    },
];

pub(super) fn imb(context: &Context, report: &mut Report) -> Result<(), String> {
    for Intel { program, benchmarks, ranks, least, options } in INTEL {
        let path = intel_benchmark(&context.prefix, program)?;
        for (ranks, least) in ranks.into_iter().zip(least) {
            let mut command = context.prefix.mpiexec(ranks);
            command.arg(&path).args(benchmarks).args(["-npmin", &least.to_string()]).args(options);
            command.env("LD_LIBRARY_PATH", context.prefix.path.join("lib"));
            let outcome = context.run(&mut command, Duration::from_secs(100))?;
            for benchmark in benchmarks {
                let ran = outcome.stdout.contains(&format!("# Benchmarking {benchmark} "));
                let result = if outcome.success() && ran { Ok(()) } else { Err(outcome.explain()) };
                report.check(&format!("{program} {benchmark} on {ranks} ranks"), result);
            }
        }
    }
    Ok(())
}
