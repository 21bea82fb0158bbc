//! Passel's own chores, a module each.

mod bench;
mod codegen;
mod demo;
mod install;
mod prefix;
mod process;
mod symbols;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Passel's own chores")]
struct Options {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Write what is generated from spec/
    Codegen {
        /// Only say what is stale
        #[arg(long)]
        check: bool,
    },
    /// Say how much of MPI works, by chapter
    Coverage,
    /// Build and install libraries, launcher, compiler wrappers and headers
    Install {
        #[arg(long)]
        prefix: PathBuf,
        /// Cargo profile: release, or fast to build sooner
        #[arg(long, default_value = "release")]
        profile: String,
    },
    /// Check what a machine can check of the house rules
    Tidy,
    /// Check everything: style, unit tests, programs under mpiexec, mpi4py's suite
    Test(test::Arguments),
    /// Install below target/ and run the examples, with a word on each
    Demo(demo::Arguments),
    /// Measure, interleaved with the MPI libraries that PyPI has
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
    let done = match Options::parse().chore {
        Chore::Codegen { check } => codegen::run(root, check),
        Chore::Coverage => codegen::print_coverage(root),
        Chore::Install { prefix, profile } => install::run(root, &prefix, &profile),
        Chore::Tidy => tidy::run(root),
        Chore::Test(arguments) => test::run(root, &arguments),
        Chore::Demo(arguments) => demo::run(root, &arguments),
        Chore::Bench(arguments) => bench::run(root, &arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
