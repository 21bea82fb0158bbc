//! The page that says which functions work.

use std::fmt::Write;
use std::path::PathBuf;

use super::Output;
use super::scan::Found;
use super::spec::{Function, Spec};

fn chapters(spec: &Spec) -> Vec<&str> {
    let mut chapters: Vec<&str> = spec.functions.iter().map(|function| function.chapter.as_str()).collect();
    chapters.dedup();
    chapters
}

/// A table with a row per chapter.
pub fn summary(spec: &Spec, found: &Found) -> String {
    let mut text = String::from("| chapter | functions | work |\n|---|---:|---:|\n");
    let mut row = |name: &str, functions: &[&Function]| {
        let work = functions.iter().filter(|function| found.contains_key(&function.capi_name())).count();
        writeln!(text, "| {name} | {} | {work} |", functions.len()).expect("a string takes all");
    };
    for chapter in chapters(spec) {
        let functions = spec.functions.iter().filter(|function| function.chapter == chapter);
        row(chapter, &functions.collect::<Vec<_>>());
    }
    row("all", &spec.functions.iter().collect::<Vec<_>>());
    text
}

pub fn write(spec: &Spec, found: &Found) -> Output {
    let works = |name: &str| found.contains_key(name);
    let mut text = String::from(
        "# Coverage\n\nWhich functions of MPI-5.0 work. Written by `cargo xtask codegen`: do not edit.\n\n\
         A function and its large-count form count once. A function that does not work yet raises \
         `MPI_ERR_UNSUPPORTED_OPERATION` and names itself.\n\n",
    );
    text += &summary(spec, found);
    for chapter in chapters(spec) {
        write!(text, "\n## {chapter}\n\n| function | |\n|---|---|\n").expect("a string takes all");
        for function in spec.functions.iter().filter(|function| function.chapter == chapter) {
            let large = if function.large { ", `_c`" } else { "" };
            let state = if works(&function.capi_name()) { "works" } else { "not yet" };
            let deprecated = if function.deprecated { ", deprecated" } else { "" };
            writeln!(text, "| `{}`{large}{deprecated} | {state} |", function.name)
                .expect("a string takes all");
        }
    }
    Output { path: PathBuf::from("docs/coverage.md"), text }
}
