//! `cargo xtask tidy`: the house rules that a machine can hold.
//!
//! It looks at the files that git knows; generated ones (their first line says
//! so) need not be short.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Lines that a source file may have.
const FILE_LINES: usize = 700;
/// Columns that a line may have: rustfmt's 110, and some for the long texts that it leaves alone.
const COLUMNS: usize = 120;
/// Crates that may say `unsafe`; all others forbid it.
const UNSAFE: &[&str] = &["platform", "memory", "transport", "capi", "libmpi-mpich", "libmpi-standard"];
/// Our crates, and what each may depend on among them: the picture in
/// ARCHITECTURE.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("platform", &[]),
    ("memory", &["platform"]),
    ("bootstrap", &["platform", "memory"]),
    ("transport", &["platform", "memory", "bootstrap"]),
    ("engine", &["platform", "memory", "transport", "bootstrap"]),
    ("capi", &["platform", "memory", "transport", "bootstrap", "engine"]),
    ("passel", &["platform", "memory", "transport", "bootstrap", "engine"]),
    ("libmpi-mpich", &["capi"]),
    ("libmpi-standard", &["capi"]),
    ("mpiexec", &["platform", "memory", "bootstrap"]),
    ("mpicc", &["platform"]),
    ("xtask", &[]),
];

pub(crate) fn run(root: &Path) -> Result<(), String> {
    let mut faults = Vec::new();
    let files = files(root)?;
    for file in &files {
        // What is not text is not read, but for its name there is nothing to say.
        let Ok(text) = fs::read_to_string(root.join(file)) else { continue };
        check_text(file, &text, &mut faults);
    }
    let manifests = files.iter().filter(|file| file.ends_with("Cargo.toml"));
    let mut reasons = BTreeMap::new();
    for manifest in manifests {
        check_manifest(root, manifest, &mut reasons, &mut faults)?;
    }
    check_reasons(root, &reasons, &mut faults)?;
    match faults.len() {
        0 => Ok(()),
        count => Err(format!("{}\n{count} house rules are broken", faults.join("\n"))),
    }
}

fn files(root: &Path) -> Result<Vec<String>, String> {
    let words = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let listed = Command::new("git").current_dir(root).args(words).output();
    let listed = listed.map_err(|error| format!("git: {error} (Debian package: git)"))?;
    if !listed.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr)));
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    Ok(names.lines().filter(|name| root.join(name).is_file()).map(str::to_string).collect())
}

fn check_text(file: &str, text: &str, faults: &mut Vec<String>) {
    let code = [".rs", ".py", ".c", ".h"].iter().any(|end| file.ends_with(end));
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    let generated = first.contains("xtask codegen") || file == "Cargo.lock";
    let mut fault = |line: usize, what: &str| faults.push(format!("{file}:{line}: {what}"));
    if code && !generated && text.lines().count() > FILE_LINES {
        fault(FILE_LINES, &format!("more than {FILE_LINES} lines; split it by responsibility"));
    }
    // The rule's own words must not count against the file that states them.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["X", "XX"]].map(|halves| halves.concat());
    let ignored = ["#[ig", "nore"].concat();
    let machine = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"]].map(|halves| halves.concat());
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        if code && !generated && line.chars().count() > COLUMNS {
            fault(line_number, &format!("longer than {COLUMNS} columns"));
        }
        if line.ends_with([' ', '\t']) && !file.ends_with(".svg") {
            fault(line_number, "blanks at the end of the line");
        }
        if code && marks.iter().any(|mark| line.split(|c: char| !c.is_alphanumeric()).any(|w| w == mark)) {
            fault(line_number, "a promise instead of code");
        }
        if code && line.contains(&ignored) {
            fault(line_number, "a test that does not run");
        }
        if machine.iter().any(|path| line.contains(path.as_str())) {
            fault(line_number, "a path of one machine");
        }
    }
    if let Some(name) = file.strip_prefix("crates/").and_then(|rest| rest.split('/').next()) {
        let top = file.ends_with("src/lib.rs") || file.ends_with("src/main.rs");
        if top && !UNSAFE.contains(&name) && !text.contains("#![forbid(unsafe_code)]") {
            fault(1, "this crate must say #![forbid(unsafe_code)]");
        }
    }
}

/// Checks the direction of dependencies between our crates, and collects the
/// dependencies on others.
fn check_manifest(
    root: &Path,
    file: &str,
    others: &mut BTreeMap<String, String>,
    faults: &mut Vec<String>,
) -> Result<(), String> {
    let text = fs::read_to_string(root.join(file)).map_err(|error| format!("{file}: {error}"))?;
    let manifest: toml::Table = text.parse().map_err(|error| format!("{file}: {error}"))?;
    let folder = file.trim_end_matches("Cargo.toml").trim_end_matches('/');
    let name = folder.rsplit('/').next().unwrap_or_default();
    // Fuzz targets and examples are leaves: they may use every crate.
    let leaf = !folder.starts_with("crates/") && name != "xtask";
    let allowed = MAY_USE.iter().find(|(own, _)| *own == name).map(|(_, may)| *may);
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        let Some(table) = manifest.get(section).and_then(toml::Value::as_table) else { continue };
        for dependency in table.keys() {
            let ours = dependency.strip_prefix("passel-").unwrap_or(dependency);
            if !MAY_USE.iter().any(|(own, _)| *own == ours) {
                others.entry(dependency.clone()).or_insert_with(|| file.to_string());
            } else if section != "dev-dependencies" && !leaf && !allowed.unwrap_or_default().contains(&ours) {
                faults.push(format!("{file}: {name} must not depend on {ours}"));
            }
        }
    }
    if !leaf && !folder.is_empty() && allowed.is_none() {
        faults.push(format!("{file}: xtask/src/tidy.rs does not know where this crate stands"));
    }
    Ok(())
}

/// Every dependency on a foreign crate has a line in CONTRIBUTING.md.
fn check_reasons(
    root: &Path,
    others: &BTreeMap<String, String>,
    faults: &mut Vec<String>,
) -> Result<(), String> {
    let file = "CONTRIBUTING.md";
    let text = fs::read_to_string(root.join(file)).map_err(|error| format!("{file}: {error}"))?;
    for (dependency, user) in others {
        if !text.contains(&format!("| `{dependency}` |")) {
            faults.push(format!("{file}: no reason for {dependency}, which {user} depends on"));
        }
    }
    Ok(())
}
