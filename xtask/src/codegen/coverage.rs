//! The page that says which functions work.

use std::fmt::Write;
use std::path::PathBuf;

use super::Output;
use super::scan::Found;
use super::spec::Spec;

pub fn write(spec: &Spec, found: &Found) -> Output {
    let works = |name: &str| found.contains_key(name);
    let total = spec.functions.len();
    let working = spec.functions.iter().filter(|function| works(&function.capi_name())).count();
    let mut text = format!(
        "# Coverage\n\nWhich functions of MPI-5.0 work. Written by `cargo xtask codegen`: do not edit.\n\n\
         {working} of {total} work, large-count forms included in their plain form. A function that does not \
         work yet raises `MPI_ERR_UNSUPPORTED_OPERATION` and names itself.\n"
    );
    let mut chapters: Vec<&str> = spec.functions.iter().map(|function| function.chapter.as_str()).collect();
    chapters.dedup();
    for chapter in chapters {
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
