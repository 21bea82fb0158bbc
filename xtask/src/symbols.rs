//! What a linked library exports: checked against spec/.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::codegen::{AbiName, exported, needed};

/// A dynamic symbol: address, and nm's letter for its kind.
type Symbols = BTreeMap<String, (u64, String)>;

/// Checks that a library exports the names of spec/ and no others, that each
/// `MPI_X` is a weak name of `PMPI_X`, and that existing binaries find what
/// they need.
pub fn check(root: &Path, abi: AbiName, library: &Path) -> Result<(), String> {
    let symbols = dynamic_symbols(library)?;
    let expected = exported(root, abi)?;
    let mut wanted = expected.clone();
    if abi == AbiName::Mpich {
        wanted.extend(needed(root)?);
    }
    let mut problems = Vec::new();
    problems.extend(
        wanted.iter().filter(|name| !symbols.contains_key(*name)).map(|name| format!("{name} is missing")),
    );
    for (name, (address, kind)) in &symbols {
        if expected.binary_search(name).is_err() {
            problems.push(format!("{name} is exported but not in spec/"));
        }
        if let Some((strong, _)) = symbols.get(&format!("P{name}"))
            && (kind != "W" || strong != address)
        {
            problems.push(format!("{name} is not a weak name of P{name}"));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!("{} is linked wrongly:\n  {}", library.display(), problems.join("\n  ")))
}

fn dynamic_symbols(library: &Path) -> Result<Symbols, String> {
    let output = Command::new("nm")
        .args(["--dynamic", "--defined-only"])
        .arg(library)
        .output()
        .map_err(|error| format!("nm: {error}; it comes with the linker (Debian package: binutils)"))?;
    if !output.status.success() {
        return Err(format!("nm cannot read {}", library.display()));
    }
    let mut symbols = Symbols::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let [address, kind, name] = line.split_whitespace().collect::<Vec<_>>()[..] {
            let address = u64::from_str_radix(address, 16).map_err(|error| format!("nm: {line}: {error}"))?;
            symbols.insert(name.to_owned(), (address, kind.to_owned()));
        }
    }
    Ok(symbols)
}
