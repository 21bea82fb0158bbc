//! The Rust files of the two libraries: tables for `capi::export!`, which makes a
//! strong `PMPI_` function and a weak `MPI_` name of each entry.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::scan::Found;
use super::spec::{AbiName, Function, Kind, Spec};
use super::{GENERATED, Output};

const HANDLES: &[&str] = &[
    "Comm",
    "Datatype",
    "Errhandler",
    "File",
    "Group",
    "Info",
    "Message",
    "Op",
    "Request",
    "Session",
    "Win",
];

/// Columns of the generated tables, as in rustfmt.toml.
const WIDTH: usize = 110;

pub fn write(spec: &Spec, found: &Found, abi: AbiName) -> Result<Vec<Output>, String> {
    let folder = PathBuf::from(format!("crates/libmpi-{}/src/exports", abi.key()));
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for function in spec.functions.iter().filter(|function| function.is_in(abi)) {
        let chapter = function.chapter.replace('-', "_");
        export(files.entry(chapter.clone()).or_default(), function, found, false)?;
        if function.has_large_form_in(abi) {
            export(files.entry(format!("{chapter}_large")).or_default(), function, found, true)?;
        }
    }
    let mut index =
        format!("{GENERATED}\n//! Exports by chapter; `_large` has the large-count forms.\n\nmod types;\n\n");
    let mut outputs = Vec::new();
    for (file, text) in files {
        writeln!(index, "mod {file};").expect("a string takes all");
        let text = format!(
            "{GENERATED}\n\nuse super::types::*;\n\ncapi::export! {{\n{}}}\n",
            text.trim_start_matches('\n')
        );
        outputs.push(Output { path: folder.join(format!("{file}.rs")), text });
    }
    outputs.push(Output { path: folder.join("mod.rs"), text: index });
    outputs.push(Output { path: folder.join("types.rs"), text: types(spec, abi) });
    Ok(outputs)
}

fn types(spec: &Spec, abi: AbiName) -> String {
    let mut text = format!(
        "{GENERATED}\n\npub(crate) use capi::abi::{} as ThisAbi;\nuse capi::abi::Abi;\n\
         pub(crate) use core::ffi::{{c_char, c_int, c_void}};\n\
         pub(crate) use capi::wide::{{Callback, IntArray, IntOut}};\n\n",
        abi.rust_type()
    );
    for handle in HANDLES.iter().chain(&["Status"]) {
        writeln!(text, "pub(crate) type {handle} = <ThisAbi as Abi>::{handle};").expect("a string takes all");
    }
    text.push_str("\n// What C programs were compiled with.\nconst _: () = {\n");
    for layout in &spec.layouts {
        let Some((size, align)) = layout.size_and_align(abi) else { continue };
        let name = &layout.name;
        writeln!(text, "assert!(size_of::<{name}>() == {size} && align_of::<{name}>() == {align});")
            .expect("a string takes all");
        for (field, offset) in layout.offsets(abi) {
            writeln!(text, "assert!(std::mem::offset_of!({name}, {field}) == {offset});")
                .expect("a string takes all");
        }
    }
    text.push_str("};\n");
    text
}

fn rust_return(returns: &str) -> &str {
    match returns {
        "int" | "MPI_Fint" => "c_int",
        "double" => "f64",
        "MPI_Aint" => "isize",
        handle => handle.trim_start_matches("MPI_"),
    }
}

/// One entry of `capi::export!`: the function's C form, and the call of capi's.
fn export(text: &mut String, function: &Function, found: &Found, large: bool) -> Result<(), String> {
    let suffix = if large { "_c" } else { "" };
    let name = format!("{}{suffix}", function.name);
    let path = found.get(&function.capi_name());
    let returns = rust_return(&function.returns);
    if path.is_none() && returns != "c_int" {
        return Err(format!(
            "{name} returns {}: without an error code, capi must define it",
            function.returns
        ));
    }
    // What has no Rust type (the dots of MPI_Pcontrol) is not looked at.
    let params: Vec<(String, &str, &Kind)> = function
        .params
        .iter()
        .filter_map(|param| {
            let kind = &param.kind;
            let large_type = kind.rust_large.as_ref().filter(|_| large);
            Some((safe_name(&param.name), large_type.or(kind.rust.as_ref())?.as_str(), kind))
        })
        .collect();
    let unused = if path.is_some() { "" } else { "_" };
    let declared: Vec<String> =
        params.iter().map(|(name, rust, _)| format!("{unused}{name}: {rust}")).collect();
    let (callee, arguments) = match path {
        Some(path) => {
            let arguments = params.iter().map(|(name, _, kind)| argument(kind, name, large)).collect();
            (format!("{path}::<ThisAbi>"), arguments)
        }
        None => ("capi::unsupported::unsupported::<ThisAbi>".to_owned(), vec![format!("\"{name}\"")]),
    };
    text.push('\n');
    listed(text, 4, &format!("{name} = P{name}("), &declared, &format!(") -> {returns} {{"));
    listed(text, 8, &format!("{callee}("), &arguments, ")");
    text.push_str("    }\n");
    Ok(())
}

/// Writes a list between `open` and `close`, on one line or on several.
fn listed(text: &mut String, indent: usize, open: &str, words: &[String], close: &str) {
    let margin = " ".repeat(indent);
    let one_line = format!("{margin}{open}{}{close}", words.join(", "));
    if one_line.len() <= WIDTH {
        text.push_str(&one_line);
        text.push('\n');
        return;
    }
    writeln!(text, "{margin}{open}").expect("a string takes all");
    let mut line = String::new();
    for word in words {
        if indent + 4 + line.len() + word.len() + 1 > WIDTH {
            writeln!(text, "{margin}    {}", line.trim_end()).expect("a string takes all");
            line.clear();
        }
        line += &format!("{word}, ");
    }
    writeln!(text, "{margin}    {}\n{margin}{close}", line.trim_end()).expect("a string takes all");
}

fn safe_name(name: &str) -> String {
    match name {
        "type" | "ref" | "in" | "fn" => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

fn argument(kind: &Kind, name: &str, large: bool) -> String {
    match (kind.pass.as_deref(), large) {
        (None, _) => name.to_owned(),
        (Some("wide"), _) => format!("{name} as i64"),
        (Some("array"), false) if is_int(kind) => format!("IntArray::Int({name})"),
        (Some("array"), _) => format!("IntArray::Count({name}.cast())"),
        (Some("out"), false) if is_int(kind) => format!("IntOut::Int({name})"),
        (Some("out"), _) => format!("IntOut::Count({name}.cast())"),
        (Some("callback"), false) => format!("Callback::Small({name})"),
        (Some("callback"), true) => format!("Callback::Large({name})"),
        (Some(other), _) => panic!("kinds.toml: no way to pass `{other}`"),
    }
}

/// Whether the small form has plain `int`s.
fn is_int(kind: &Kind) -> bool {
    kind.c.trim_start_matches("const ").starts_with("int")
}
