//! The Rust files of the two libraries: a strong `PMPI_` function and a weak
//! `MPI_` alias for each function and its large-count form.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::Output;
use super::scan::Found;
use super::spec::{AbiName, Function, Kind, Spec};

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

pub fn write(spec: &Spec, found: &Found, abi: AbiName) -> Vec<Output> {
    let folder = PathBuf::from(format!("crates/libmpi-{}/src", abi.key()));
    let mut chapters: BTreeMap<String, String> = BTreeMap::new();
    for function in spec.functions.iter().filter(|function| function.is_in(abi)) {
        let chapter = function.chapter.replace('-', "_");
        let text = chapters.entry(chapter).or_default();
        export(text, function, found, false);
        if function.has_large_form_in(abi) {
            export(text, function, found, true);
        }
    }
    let mut index = String::from(
        "//! Exports, written by `cargo xtask codegen` from `spec/`: do not edit.\n\nmod types;\n\n",
    );
    let mut outputs = Vec::new();
    for (chapter, text) in chapters {
        writeln!(index, "mod {chapter};").expect("a string takes all");
        let text = format!(
            "//! Written by `cargo xtask codegen` from `spec/`: do not edit.\n\n\
             use core::arch::global_asm;\n\n#[allow(unused_imports)]\nuse super::types::*;\n{text}"
        );
        outputs.push(Output { path: folder.join(format!("exports/{chapter}.rs")), text });
    }
    outputs.push(Output { path: folder.join("exports/mod.rs"), text: index });
    outputs.push(Output { path: folder.join("exports/types.rs"), text: types(abi) });
    outputs
}

fn types(abi: AbiName) -> String {
    let mut text = format!(
        "//! Written by `cargo xtask codegen` from `spec/`: do not edit.\n\n\
         pub(crate) use capi::abi::{} as ThisAbi;\nuse capi::abi::Abi;\n\
         pub(crate) use core::ffi::{{c_char, c_int, c_void}};\n\
         pub(crate) use capi::wide::{{Callback, IntArray, IntOut}};\n\n",
        abi.rust_type()
    );
    for handle in HANDLES.iter().chain(&["Status"]) {
        writeln!(text, "pub(crate) type {handle} = <ThisAbi as Abi>::{handle};").expect("a string takes all");
    }
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

fn export(text: &mut String, function: &Function, found: &Found, large: bool) {
    let suffix = if large { "_c" } else { "" };
    let name = format!("{}{suffix}", function.name);
    let mut params = String::new();
    let mut arguments = String::new();
    for param in &function.params {
        let kind = &param.kind;
        let rust = if large { kind.rust_large.as_ref().or(kind.rust.as_ref()) } else { kind.rust.as_ref() };
        // What has no Rust type (the dots of MPI_Pcontrol) is not looked at.
        let Some(rust) = rust else { continue };
        let param_name = safe_name(&param.name);
        write!(params, "{param_name}: {rust}, ").expect("a string takes all");
        write!(arguments, "{}, ", argument(kind, &param_name, large)).expect("a string takes all");
    }
    let returns = rust_return(&function.returns);
    let body = match found.get(&function.capi_name()) {
        Some(path) => format!("unsafe {{ {path}::<ThisAbi>({arguments}) }}"),
        None => {
            let unused: Vec<_> = function
                .params
                .iter()
                .filter(|param| param.kind.rust.is_some())
                .map(|param| safe_name(&param.name))
                .collect();
            let unused =
                if unused.is_empty() { String::new() } else { format!("let _ = ({},);", unused.join(", ")) };
            let call = format!("capi::unsupported::unsupported::<ThisAbi>(c\"{name}\")");
            match returns {
                "c_int" => format!("{unused} {call}"),
                _ => format!("{unused} {call}; capi::unsupported::nothing()"),
            }
        }
    };
    let safety = match found.contains_key(&function.capi_name()) {
        true => "// SAFETY: the caller keeps the promises that the MPI standard asks of it.\n",
        false => "",
    };
    write!(
        text,
        "\n#[unsafe(no_mangle)]\nunsafe extern \"C\" fn P{name}({params}) -> {returns} {{\n{safety}{body}\n}}\n\
         global_asm!(\".weak {name}\", \".set {name}, P{name}\");\n"
    )
    .expect("a string takes all");
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
