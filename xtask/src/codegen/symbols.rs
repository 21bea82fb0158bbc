//! The names that the libraries export.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Output;
use super::spec::{AbiName, Spec};

/// Every name that the library of this ABI exports, sorted.
pub fn exported(root: &Path, abi: AbiName) -> Result<Vec<String>, String> {
    Ok(names(&Spec::read(&root.join("spec"))?, abi))
}

fn names(spec: &Spec, abi: AbiName) -> Vec<String> {
    let mut names = Vec::new();
    for function in spec.functions.iter().filter(|function| function.is_in(abi)) {
        let name = &function.name;
        names.extend([name.clone(), format!("P{name}")]);
        if function.has_large_form_in(abi) {
            names.extend([format!("{name}_c"), format!("P{name}_c")]);
        }
    }
    let constants = spec.constants.iter().flat_map(|(_, rows)| rows);
    let values = constants.filter_map(|(_, constant)| constant.value(abi));
    names.extend(values.filter_map(|value| value.strip_prefix('@').map(str::to_owned)));
    names.sort();
    names.dedup();
    names
}

/// The linker's version script: these names, and no others.
pub fn write(spec: &Spec, abi: AbiName) -> Output {
    let mut text =
        String::from("# Exports, written by `cargo xtask codegen` from spec/: do not edit.\n{\nglobal:\n");
    for name in names(spec, abi) {
        text += &format!("    {name};\n");
    }
    text += "local:\n    *;\n};\n";
    Output { path: PathBuf::from(format!("crates/libmpi-{}/exports.map", abi.key())), text }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Needed {
    strong: Vec<String>,
    weak: Vec<String>,
}

/// Names that existing binaries need from the library of the MPICH ABI.
pub fn needed(root: &Path) -> Result<Vec<String>, String> {
    let path = root.join("spec/needed.toml");
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|error| wrong(&error))?;
    let binaries: BTreeMap<String, Needed> = toml::from_str(&text).map_err(|error| wrong(&error))?;
    Ok(binaries.into_values().flat_map(|needed| [needed.strong, needed.weak].concat()).collect())
}
