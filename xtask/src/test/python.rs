//! Programs from PyPI, unmodified: mpi4py's wheel with its own suite, mpi4py
//! built here with the same suite, and Intel's MPI benchmarks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Context, Report};
use crate::prefix::{IMB, MPI4PY, OPENMP, Prefix, pip};

/// Fetches mpi4py's source distribution, for its tests and demos, and unpacks it.
pub(super) fn source(prefix: &Prefix) -> Result<std::path::PathBuf, String> {
    let folder = prefix.scratch.join("mpi4py");
    let unpacked = folder.join(MPI4PY.replace("==", "-"));
    if unpacked.join("test/main.py").exists() {
        return Ok(unpacked);
    }
    let limit = Duration::from_secs(180);
    let mut fetch = pip(&prefix.path);
    fetch.args(["download", "--no-deps", "--no-binary", "mpi4py", "--dest"]).arg(&folder).arg(MPI4PY);
    prefix.call(&mut fetch, limit)?;
    let archive = unpacked.with_file_name(format!("{}.tar.gz", MPI4PY.replace("==", "-")));
    let mut unpack = Command::new(prefix.bin("python"));
    prefix.call(unpack.args(["-m", "tarfile", "-e"]).arg(archive).arg(&folder), limit)?;
    Ok(unpacked)
}

/// The suite with the wheel from PyPI, unmodified.
pub(super) fn mpi4py(context: &Context, report: &mut Report) -> Result<(), String> {
    let prefix = &context.prefix;
    prefix.make_environment(&prefix.path, &[MPI4PY, crate::prefix::NUMPY])?;
    run_suite(context, report, &prefix.bin("python"), "mpich", "1,2,3,4,5")
}

/// The suite with mpi4py built from source by our compiler wrapper, against
/// the standard ABI. The build takes minutes, so it is kept until `mpi.h` or
/// the release changes.
pub(super) fn built(context: &Context, report: &mut Report) -> Result<(), String> {
    let prefix = &context.prefix;
    let environment = prefix.scratch.join("built");
    prefix.make_environment(&environment, &[crate::prefix::NUMPY])?;
    let header = prefix.path.join("include/mpi.h");
    let fresh = fs::read_to_string(&header).map_err(|error| format!("{}: {error}", header.display()))?;
    let fresh = format!("{MPI4PY} with {}\n{fresh}", header.display());
    let stamp = environment.join("built-with");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == fresh) {
        return run_suite(context, report, &environment.join("bin/python"), "standard", "2,3");
    }
    let mut build = pip(&environment);
    build.args(["install", "--no-deps", "--no-cache-dir", "--force-reinstall", "--no-binary", "mpi4py"]);
    // What counts is that it compiles and what it calls: the suite is no faster with optimizations.
    build.arg(MPI4PY).env("MPICC", prefix.bin("mpicc")).env("CFLAGS", "-O0 -g0");
    context.call(&mut build)?;
    fs::write(&stamp, fresh).map_err(|error| format!("{}: {error}", stamp.display()))?;
    run_suite(context, report, &environment.join("bin/python"), "standard", "2,3")
}

/// Skipped tests: class and reason, to the numbers of ranks and the names.
type Skips = BTreeMap<(String, String), (BTreeSet<u32>, BTreeSet<String>)>;

/// Every line `MODULE -n RANKS: ok` or `FAILED` of the runner is a check; a
/// skip that is not in `allowed-skips.txt` is a failure of its module.
fn run_suite(
    context: &Context,
    report: &mut Report,
    python: &Path,
    abi: &str,
    sizes: &str,
) -> Result<(), String> {
    let prefix = &context.prefix;
    let suite = source(prefix)?.join("test");
    let here = context.root().join("tests/mpi4py");
    let list =
        fs::read_to_string(here.join("modules.txt")).map_err(|error| format!("modules.txt: {error}"))?;
    let modules = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut skips = Skips::new();
    for module in modules.filter(|module| module.contains(&context.matching)) {
        let mut command = Command::new(python);
        command.arg(here.join("run.py")).arg("--mpiexec").arg(prefix.bin("mpiexec"));
        command.arg("--python").arg(python).arg("--suite").arg(&suite);
        for (name, value) in context.calls.variables(prefix, abi)? {
            command.arg("--env").arg(format!("{name}={}", value.display()));
        }
        command.args(["--show-skips", "--limit", "60", "-n", sizes, module]);
        let outcome = context.run(&mut command, Duration::from_secs(400))?;
        let mut seen = 0;
        for line in outcome.stdout.lines() {
            note_skip(&mut skips, line);
            if !line.starts_with("test_") {
                continue;
            }
            seen += 1;
            let name = line.split(" (").next().unwrap_or(line);
            report.check(name, if line.contains(": ok (") { Ok(()) } else { Err(outcome.explain()) });
        }
        if seen == 0 {
            report.check(module, Err(outcome.explain()));
        }
    }
    for ((class, reason), (sizes, tests)) in &skips {
        let sizes: Vec<String> = sizes.iter().map(u32::to_string).collect();
        println!("  skipped {class}, {} tests, on {} ranks: {reason}", tests.len(), sizes.join(", "));
    }
    Ok(())
}

/// Reads a line `skipped MODULE.CLASS.TEST [RANKS]: REASON`.
fn note_skip(skips: &mut Skips, line: &str) {
    let parts = line.trim_start().strip_prefix("skipped ").and_then(|rest| {
        let (test, rest) = rest.split_once(" [")?;
        let (ranks, reason) = rest.split_once("]: ")?;
        Some((test, ranks.parse().ok()?, reason))
    });
    if let Some((test, ranks, reason)) = parts {
        let (class, name) = test.rsplit_once('.').unwrap_or((test, ""));
        let (sizes, tests) = skips.entry((class.to_owned(), reason.to_owned())).or_default();
        sizes.insert(ranks);
        tests.insert(name.to_owned());
    }
}

/// A program of Intel's package, to be run with the libmpi.so.12 at hand.
pub(crate) fn intel_benchmark(prefix: &Prefix, program: &str) -> Result<std::path::PathBuf, String> {
    let environment = prefix.scratch.join("intel");
    prefix.make_environment(&environment, &[IMB, OPENMP])?;
    Ok(environment.join("bin").join(program))
}

/// One of Intel's programs: what of it runs, in jobs of how many ranks, and
/// with which options.
struct Intel {
    program: &'static str,
    benchmarks: &'static [&'static str],
    ranks: &'static [usize],
    options: &'static [&'static str],
}

const INTEL: &[Intel] = &[
    Intel {
        program: "IMB-MPI1",
        benchmarks: &[
            "Allgather",
            "Allgatherv",
            "Allreduce",
            "Alltoall",
            "Alltoallv",
            "Barrier",
            "Biband",
            "Bcast",
            "Exchange",
            "Gather",
            "Gatherv",
            "PingPing",
            "PingPingAnySource",
            "PingPingSpecificSource",
            "PingPong",
            "PingPongAnySource",
            "PingPongSpecificSource",
            "Reduce",
            "Reduce_local",
            "Reduce_scatter",
            "Reduce_scatter_block",
            "Scatter",
            "Scatterv",
            "Sendrecv",
            "Uniband",
        ],
        ranks: &[2, 3, 4, 8],
        // Bands need pairs; a job of 3 makes one.
        options: &["-iter", "50", "-msglog", "0:18", "-time", "0.3", "-npmin", "8"],
    },
    Intel {
        program: "IMB-NBC",
        benchmarks: &[
            "Iallgather",
            "Iallgather_pure",
            "Iallgatherv",
            "Iallgatherv_pure",
            "Iallreduce",
            "Iallreduce_pure",
            "Ialltoall",
            "Ialltoall_pure",
            "Ialltoallv",
            "Ialltoallv_pure",
            "Ibarrier",
            "Ibarrier_pure",
            "Ibcast",
            "Ibcast_pure",
            "Igather",
            "Igather_pure",
            "Igatherv",
            "Igatherv_pure",
            "Ireduce",
            "Ireduce_pure",
            "Ireduce_scatter",
            "Ireduce_scatter_pure",
            "Iscatter",
            "Iscatter_pure",
            "Iscatterv",
            "Iscatterv_pure",
        ],
        ranks: &[2, 3, 4, 8],
        options: &["-iter", "20", "-msglog", "0:18", "-time", "0.3", "-npmin", "8"],
    },
    Intel {
        program: "IMB-RMA",
        benchmarks: &[
            "Accumulate",
            "All_get_all",
            "All_put_all",
            "Bidir_get",
            "Bidir_put",
            "Compare_and_swap",
            "Exchange_get",
            "Exchange_put",
            "Fetch_and_op",
            "Get_accumulate",
            "Get_all_local",
            "Get_local",
            "One_get_all",
            "One_put_all",
            "Put_all_local",
            "Put_local",
            "Truly_passive_put",
            "Unidir_get",
            "Unidir_put",
        ],
        ranks: &[2, 4],
        // Some are for two ranks only.
        options: &["-iter", "50", "-msglog", "0:18", "-time", "0.5", "-npmin", "2"],
    },
    Intel {
        program: "IMB-MT",
        benchmarks: &[
            "AllReduceMT",
            "BarrierMT",
            "BcastMT",
            "BiBandMT",
            "ExchangeMT",
            "PingPingMT",
            "PingPongMT",
            "ReduceMT",
            "SendRecvMT",
            "UniBandMT",
        ],
        ranks: &[2, 4],
        options: &["-thread_level", "multiple", "-repeat", "50", "-count", "1,1000,100000", "-check", "on"],
    },
    Intel {
        program: "IMB-P2P",
        benchmarks: &["PingPong", "PingPing", "Unirandom", "Birandom", "Corandom", "SendRecv_Replace"],
        ranks: &[2, 4],
        options: &["-iter", "50", "-msglog", "0:18", "-time", "1", "-pause", "0"],
    },
    Intel {
        program: "IMB-P2P",
        // The one for three dimensions needs 8 ranks.
        benchmarks: &["Stencil2D", "Stencil3D"],
        ranks: &[8],
        options: &["-iter", "50", "-msglog", "0:14", "-time", "1", "-pause", "0"],
    },
];

pub(super) fn imb(context: &Context, report: &mut Report) -> Result<(), String> {
    for Intel { program, benchmarks, ranks, options } in INTEL {
        let path = intel_benchmark(&context.prefix, program)?;
        let libraries = [context.prefix.path.join("lib"), context.prefix.scratch.join("intel/lib")];
        let libraries =
            std::env::join_paths(libraries).map_err(|error| format!("LD_LIBRARY_PATH: {error}"))?;
        for &ranks in *ranks {
            let mut command = context.prefix.mpiexec(ranks);
            command.arg(&path).args(*benchmarks).args(*options);
            command.env("LD_LIBRARY_PATH", &libraries).env("OMP_NUM_THREADS", "2");
            let outcome = context.run(&mut command, Duration::from_secs(100))?;
            for benchmark in *benchmarks {
                let ran = outcome.stdout.contains(&format!("# Benchmarking {benchmark}"));
                let result = if outcome.success() && ran { Ok(()) } else { Err(outcome.explain()) };
                report.check(&format!("{program} {benchmark} on {ranks} ranks"), result);
            }
        }
    }
    Ok(())
}
