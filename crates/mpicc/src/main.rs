//! The compiler wrappers `mpicc` and `mpicxx`, one program that goes by the name
//! it is called by: they call the system's compiler with the header's folder and
//! the library of the installation that they are part of, wherever it was moved
//! to. What build systems ask such wrappers
//! (`-show`, `-showme:compile`, `-compile-info`, ...) they answer as MPICH's and
//! Open MPI's do.
//!
//! - `arguments`: the command line, read
//! - `command`: the compiler's command line, made

#![forbid(unsafe_code)]

mod arguments;
mod command;

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use arguments::{ABI_VARIABLE, Arguments, Request};
use command::Toolchain;

/// Set for the compiler: a wrapper that finds it was called by what it took for
/// a compiler (`CC` may name a script that calls `mpicc`).
const INSIDE_VARIABLE: &str = "PASSEL_INSIDE_MPICC";

/// What the wrapper compiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    C,
    Cxx,
}

impl Language {
    /// By the name that the program was called by.
    fn of(program: &OsStr) -> Self {
        let name = Path::new(program).file_name().unwrap_or(program);
        let is_cxx = ["mpicxx", "mpic++", "mpiCC"].iter().any(|known| name == *known);
        if is_cxx { Self::Cxx } else { Self::C }
    }

    fn wrapper(self) -> &'static str {
        match self {
            Self::C => "mpicc",
            Self::Cxx => "mpicxx",
        }
    }

    /// Environment variables that name the compiler, the first one set wins.
    fn variables(self) -> [&'static str; 2] {
        match self {
            Self::C => ["MPICC_CC", "CC"],
            Self::Cxx => ["MPICXX_CXX", "CXX"],
        }
    }

    fn default_compiler(self) -> &'static str {
        match self {
            Self::C => "cc",
            Self::Cxx => "c++",
        }
    }
}

fn main() -> ExitCode {
    let language = Language::of(&std::env::args_os().next().unwrap_or_default());
    match try_run(language) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{}: {message}", language.wrapper());
            ExitCode::from(2)
        }
    }
}

fn try_run(language: Language) -> Result<(), String> {
    let arguments = Arguments::parse(std::env::args_os().skip(1), std::env::var(ABI_VARIABLE).ok())?;
    let toolchain = Toolchain {
        compiler: compiler(language, arguments.compiler.as_deref(), |name| std::env::var(name).ok()),
        prefix: prefix()?,
        abi: arguments.abi,
    };
    let line = match arguments.request {
        Request::Compile => return execute(language, &toolchain.command(&arguments.rest)),
        Request::Help => HELP.replace("{wrapper}", language.wrapper()),
        Request::Version => {
            let name = language.wrapper();
            format!("{name}: Passel {} ({} ABI)", env!("CARGO_PKG_VERSION"), toolchain.abi.name())
        }
        request => command::shell_line(&toolchain.answer(request, &arguments.rest)),
    };
    println!("{line}");
    Ok(())
}

const HELP: &str = "\
{wrapper} [options] [compiler arguments]: compiles and links MPI programs with the system's compiler

  --abi=standard|mpich  which of the two libraries to use: libmpi_abi.so.1, the
                        MPI-5 standard ABI (default), or libmpi.so.12; the
                        variable PASSEL_ABI says it, too
  -cc=COMPILER, -cxx=COMPILER
                        the compiler; otherwise MPICC_CC or CC (MPICXX_CXX or CXX)
  -show, -showme        print the command instead of running it
  -compile-info, -link-info
                        print the command that compiles, or links
  -showme:compile|link|command|incdirs|libdirs|libs|version
                        print these parts of it";

/// The compiler as words: `CC` may be `ccache gcc`. A variable that names a
/// wrapper like this one is passed over, and so are all of them inside another
/// wrapper, or it would call itself for ever.
fn compiler(
    language: Language,
    option: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().map(String::from).collect::<Vec<_>>();
    let is_wrapper = |words: &[String]| {
        words.iter().any(|word| {
            let name = word.rsplit('/').next().unwrap_or(word);
            ["mpicc", "mpicxx", "mpic++", "mpiCC"].contains(&name)
        })
    };
    let is_inside = variable(INSIDE_VARIABLE).is_some();
    let named = language.variables().into_iter().filter(|_| !is_inside).filter_map(variable);
    option
        .map(words)
        .into_iter()
        .chain(named.map(|text| words(&text)))
        .find(|words| !words.is_empty() && !is_wrapper(words))
        .unwrap_or_else(|| vec![language.default_compiler().into()])
}

/// The folder above the one that this program lies in.
fn prefix() -> Result<PathBuf, String> {
    let program =
        std::env::current_exe().map_err(|error| format!("cannot find where I am installed: {error}"))?;
    match program.parent().and_then(|bin| bin.parent()) {
        Some(prefix) => Ok(prefix.to_path_buf()),
        None => Err(format!("{} is not in the bin folder of an installation", program.display())),
    }
}

fn execute(language: Language, words: &[OsString]) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or("no compiler")?;
    // Only returns if it fails.
    let error = Command::new(program).args(arguments).env(INSIDE_VARIABLE, "1").exec();
    let [own, general] = language.variables();
    Err(format!(
        "cannot run the compiler {}: {error}; install one, or name one with {own} or {general}",
        program.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_the_language() {
        assert_eq!(Language::of(OsStr::new("/opt/bin/mpic++")), Language::Cxx);
        assert_eq!(Language::of(OsStr::new("mpicxx")), Language::Cxx);
        assert_eq!(Language::of(OsStr::new("/opt/mpicxx/mpicc")), Language::C);
    }

    #[test]
    fn a_compiler_variable_that_names_the_wrapper_is_passed_over() {
        let environment = |name: &str| (name == "CC").then(|| "/opt/passel/bin/mpicc -O2".to_string());
        assert_eq!(compiler(Language::C, None, environment), ["cc"]);
        let environment = |name: &str| (name == "CC").then(|| "ccache gcc".to_string());
        assert_eq!(compiler(Language::C, None, environment), ["ccache", "gcc"]);
        assert_eq!(compiler(Language::C, Some("clang"), environment), ["clang"]);
        assert_eq!(compiler(Language::Cxx, None, environment), ["c++"]);
    }

    #[test]
    fn inside_another_wrapper_the_variables_are_passed_over() {
        let environment = |name: &str| match name {
            "CC" => Some("my-mpicc".to_string()),
            INSIDE_VARIABLE => Some("1".to_string()),
            _ => None,
        };
        assert_eq!(compiler(Language::C, None, environment), ["cc"]);
        assert_eq!(compiler(Language::C, Some("clang"), environment), ["clang"]);
    }
}
