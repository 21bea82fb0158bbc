//! A library that stands before MPI and marks which functions were called.

use std::fmt::Write;
use std::path::Path;

use super::header::parameters;
use super::spec::{AbiName, Function, Spec};

/// The source of the library, and the functions in the order of their marks.
pub struct Interposer {
    pub source: String,
    pub names: Vec<String>,
}

/// The environment variable that names the file of marks: a byte per function.
pub const MARKS_VARIABLE: &str = "PASSEL_TEST_MARKS";

/// Every process maps the same file, so that nothing need be merged, and a
/// mark is there even if the program dies in the very call. A byte is written
/// once: the line stays shared among the processors afterwards.
const HEAD: &str = r#"#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <mpi.h>

static unsigned char *marks;

__attribute__((constructor)) static void map_marks(void)
{
    const char *path = getenv(VARIABLE);
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *pages = file < 0 ? MAP_FAILED : mmap(NULL, COUNT, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (pages == MAP_FAILED) {
        perror(path ? path : VARIABLE " is not set");
        _exit(97);
    }
    close(file);
    marks = pages;
}

static inline void mark(int index)
{
    /* Relaxed: who reads the marks does so after the job. */
    if (!__atomic_load_n(&marks[index], __ATOMIC_RELAXED))
        __atomic_store_n(&marks[index], 1, __ATOMIC_RELAXED);
}

"#;

/// Writes the library for an ABI, whose `mpi.h` it includes.
pub fn interposer(root: &Path, abi: AbiName) -> Result<Interposer, String> {
    let spec = Spec::read(&root.join("spec"))?;
    let mut names = Vec::new();
    let mut wrappers = String::new();
    for function in spec.functions.iter().filter(|function| function.is_in(abi)) {
        wrapper(&mut wrappers, &mut names, function, false);
        if function.has_large_form_in(abi) {
            wrapper(&mut wrappers, &mut names, function, true);
        }
    }
    let count = names.len();
    let source = format!("#define VARIABLE \"{MARKS_VARIABLE}\"\n#define COUNT {count}\n{HEAD}{wrappers}");
    Ok(Interposer { source, names })
}

/// One function in front of its `PMPI_` name. The name stands in parentheses,
/// because `mpi.h` may have a macro of that name.
fn wrapper(text: &mut String, names: &mut Vec<String>, function: &Function, large: bool) {
    let name = format!("{}{}", function.name, if large { "_c" } else { "" });
    // Nobody reads what may stand in place of dots, so it is not passed on.
    let passed = function.params.iter().filter(|param| param.kind.c != "...");
    let passed: Vec<&str> = passed.map(|param| param.name.as_str()).collect();
    let index = names.len();
    let returns = &function.returns;
    let parameters = parameters(function, large);
    let passed = passed.join(", ");
    writeln!(
        text,
        "{returns} ({name})({parameters})\n{{\n    mark({index});\n    return (P{name})({passed});\n}}\n"
    )
    .expect("a string takes all");
    names.push(name);
}
