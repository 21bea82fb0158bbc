//! Which functions `capi` implements: its own source says it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Name of a capi function (`send`) to its path (`capi::point_to_point::send`).
pub type Found = BTreeMap<String, String>;

/// Finds every `pub unsafe fn name<A: Abi>(..)` and `pub fn name<A: Abi>(..)`
/// in the chapters of capi.
pub fn functions(source: &Path) -> Result<Found, String> {
    let mut found = Found::new();
    visit(source, "capi", &mut found)?;
    Ok(found)
}

/// Modules that serve the chapters and are none themselves.
const NOT_CHAPTERS: &[&str] = &["abi", "errors", "runtime", "unsupported", "wide", "call", "lib"];

fn visit(folder: &Path, module: &str, found: &mut Found) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if NOT_CHAPTERS.contains(&stem.as_str()) {
            continue;
        }
        if path.is_dir() {
            visit(&path, &format!("{module}::{stem}"), found)?;
            continue;
        }
        let module = if stem == "mod" { module.to_owned() } else { format!("{module}::{stem}") };
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file = syn::parse_file(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        for item in file.items {
            let syn::Item::Fn(item) = item else { continue };
            let public = matches!(item.vis, syn::Visibility::Public(_));
            let generic = item.sig.generics.type_params().any(|param| {
                param.bounds.iter().any(
                    |bound| matches!(bound, syn::TypeParamBound::Trait(bound) if bound.path.is_ident("Abi")),
                )
            });
            if public && generic {
                let name = item.sig.ident.to_string();
                let name = name.trim_start_matches("r#").to_owned();
                let path = format!("{module}::{name}");
                if let Some(other) = found.insert(name, path.clone()) {
                    return Err(format!("capi defines a function twice: {other} and {path}"));
                }
            }
        }
    }
    Ok(())
}
