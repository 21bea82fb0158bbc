//! `passel`: says what is installed and what this machine allows.

#![forbid(unsafe_code)]

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use platform::host::{self, PeerMemory};
use platform::topology::{self, CpuList};
use platform::{memfd, process};

/// Tools around the Passel MPI. To run a program, see mpiexec --help.
#[derive(Parser)]
#[command(name = "passel", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the version, the installed libraries, and what this machine allows
    Info,
}

/// A shared library that may be installed next to us, and whose interface it is.
const LIBRARIES: &[(&str, &str)] = &[
    ("libmpi.so.12", "MPICH ABI: programs built for MPICH, Intel MPI, Cray MPICH"),
    ("libmpi_abi.so.1", "MPI-5.0 standard ABI"),
];

fn main() {
    let text = match Arguments::parse().command {
        Command::Info => info(),
    };
    // A reader that has gone does not want the rest.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn info() -> String {
    let mut text = format!("Passel {}\n\nInstallation\n", env!("CARGO_PKG_VERSION"));
    let mut line = |name: &str, value: &str| text += &format!("  {name:<18}{value}\n");
    let program = std::env::current_exe().ok();
    let prefix = program.as_deref().and_then(Path::parent).and_then(Path::parent);
    match prefix {
        Some(prefix) => line("prefix", &prefix.display().to_string()),
        None => line("prefix", "unknown: /proc is not mounted"),
    }
    for (library, interface) in LIBRARIES {
        let found = prefix.and_then(|prefix| find_library(prefix, library));
        let place = found.map_or("not installed here".to_owned(), |path| path.display().to_string());
        line(library, &format!("{place} ({interface})"));
    }
    text += "\nMachine\n";
    let mut line = |name: &str, value: &str| text += &format!("  {name:<18}{value}\n");
    line("host", &host::host_name());
    line("processor", &topology::cpu_model().unwrap_or_else(host::architecture));
    let allowed = CpuList::allowed();
    line("allowed CPUs", &format!("{allowed} ({})", allowed.len()));
    line("usable at once", &topology::usable_cpus().to_string());
    for node in topology::numa_nodes() {
        line(&format!("memory node {}", node.number), &format!("CPUs {}", node.cpus));
    }
    text += "\nKernel\n";
    let mut line = |name: &str, value: &str| text += &format!("  {name:<18}{value}\n");
    line("release", &host::kernel_release());
    line("memfd", &shared_memory());
    line(
        "process_vm_readv",
        &match host::peer_memory() {
            PeerMemory::Allowed => "yes: large messages can be copied once".to_owned(),
            PeerMemory::DescendantsOnly => "descendants only (kernel.yama.ptrace_scope)".to_owned(),
            PeerMemory::Refused(why) => format!("no: {why}"),
        },
    );
    let pidfd = rustix::process::pidfd_open(rustix::process::getpid(), rustix::process::PidfdFlags::empty());
    line("pidfd", &yes_or_why(pidfd.map(drop).map_err(Into::into)));
    line("subreaper", &yes_or_why(process::adopt_orphans()));
    text
}

/// Tries what a job needs: a memory file, mapped.
fn shared_memory() -> String {
    let attempt = || -> std::io::Result<()> {
        let file = memfd::create("passel-info", 4096)?;
        memfd::Mapping::new(&file, 0, 4096)?;
        Ok(())
    };
    yes_or_why(attempt())
}

fn yes_or_why(result: std::io::Result<()>) -> String {
    result.map_or_else(|error| format!("no: {error}"), |()| "yes".to_owned())
}

fn find_library(prefix: &Path, library: &str) -> Option<PathBuf> {
    ["lib", "lib64"].iter().map(|folder| prefix.join(folder).join(library)).find(|path| path.exists())
}
