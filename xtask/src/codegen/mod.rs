//! Everything that is written from `spec/`.
//!
//! - [`spec`]: the tables, read
//! - [`scan`]: which functions `capi` implements
//! - [`exports`]: the Rust files of the two libraries
//! - [`constants`]: the constants of both ABIs, for `capi`
//! - [`header`]: `mpi.h`, for both ABIs
//! - [`coverage`]: the page that says which functions work
//! - [`symbols`]: the names that the libraries export

mod constants;
mod coverage;
mod exports;
mod header;
mod scan;
mod spec;
mod symbols;

pub use spec::AbiName;
pub use symbols::{exported, needed};

use std::fs;
use std::path::{Path, PathBuf};

/// A generated file: path below the workspace root, and text.
struct Output {
    path: PathBuf,
    text: String,
}

/// Says how much of MPI works, by chapter.
pub fn print_coverage(root: &Path) -> Result<(), String> {
    let spec = spec::Spec::read(&root.join("spec"))?;
    print!("{}", coverage::summary(&spec, &scan::functions(&root.join("crates/capi/src"))?));
    Ok(())
}

/// Writes every generated file, or with `check` says which are stale.
pub fn run(root: &Path, check: bool) -> Result<(), String> {
    let spec = spec::Spec::read(&root.join("spec"))?;
    let found = scan::functions(&root.join("crates/capi/src"))?;
    let mut outputs = Vec::new();
    for abi in [AbiName::Standard, AbiName::Mpich] {
        outputs.extend(exports::write(&spec, &found, abi));
        outputs.push(header::write(&spec, abi));
        outputs.push(symbols::write(&spec, abi));
    }
    outputs.push(constants::write(&spec));
    outputs.push(coverage::write(&spec, &found));
    let mut stale = Vec::new();
    for output in outputs {
        let path = root.join(&output.path);
        let text = match path.extension().is_some_and(|extension| extension == "rs") {
            true => rustfmt(&output.text)?,
            false => output.text,
        };
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(format!("\n  {}: {}", output.path.display(), difference(&path, &text)));
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale generated files, run `cargo xtask codegen`:{}", stale.concat()))
}

/// The first line that differs between a file and what it should be.
fn difference(path: &Path, text: &str) -> String {
    let Ok(old) = fs::read_to_string(path) else { return "is not there".to_owned() };
    let (mut old, mut new) = (old.lines(), text.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                let show = |line: Option<&str>| {
                    line.map_or("nothing".to_owned(), |line| format!("`{}`", line.trim()))
                };
                return format!("line {number} is {} and should be {}", show(old), show(new));
            }
        }
    }
    "the line ends differ".to_owned()
}

fn rustfmt(text: &str) -> Result<String, String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=110,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("rustfmt: {error}; install it with `rustup component add rustfmt`"))?;
    let mut input = child.stdin.take().expect("stdin is piped");
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| format!("rustfmt: {error}"))?;
    writer.join().expect("writing does not panic").map_err(|error| format!("rustfmt: {error}"))?;
    if !output.status.success() {
        return Err("rustfmt refused a generated file".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
