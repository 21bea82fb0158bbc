//! Passel's own chores.

mod codegen;
mod install;

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
    /// Build and install libraries, launcher, compiler wrappers and headers
    Install {
        #[arg(long)]
        prefix: PathBuf,
        /// Cargo profile: release, or fast to build sooner
        #[arg(long, default_value = "release")]
        profile: String,
    },
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
    let done = match Options::parse().chore {
        Chore::Codegen { check } => codegen::run(root, check),
        Chore::Install { prefix, profile } => install::run(root, &prefix, &profile),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
