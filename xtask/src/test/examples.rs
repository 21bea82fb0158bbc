//! The examples: what each prints, compared as a set of lines, because ranks
//! write in any order.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::programs::build;
use super::{Context, Report};
use crate::prefix::{self, Prefix};

/// An example under `examples/`, run on some ranks; `expected` is a file of
/// `examples/expected`, or nothing where the run must not end.
pub(crate) struct Example {
    pub(crate) file: &'static str,
    pub(crate) args: &'static [&'static str],
    pub(crate) ranks: usize,
    pub(crate) expected: Option<&'static str>,
    pub(crate) about: &'static str,
}

pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        file: "python/hello.py",
        args: &[],
        ranks: 4,
        expected: Some("hello"),
        about: "every rank says who it is",
    },
    Example { file: "c/hello.c", args: &[], ranks: 4, expected: Some("hello"), about: "the same in C" },
    Example {
        file: "rust/hello.rs",
        args: &[],
        ranks: 4,
        expected: Some("hello"),
        about: "the same in Rust",
    },
    Example {
        file: "python/ring.py",
        args: &[],
        ranks: 4,
        expected: Some("ring"),
        about: "send and receive by rank: a token goes round",
    },
    Example { file: "c/ring.c", args: &[], ranks: 4, expected: Some("ring"), about: "the same in C" },
    Example { file: "rust/ring.rs", args: &[], ranks: 4, expected: Some("ring"), about: "the same in Rust" },
    Example {
        file: "python/ahead.py",
        args: &[],
        ranks: 2,
        expected: Some("ahead"),
        about: "a sender far ahead of its receiver: nothing is lost, order is kept",
    },
    Example { file: "c/ahead.c", args: &[], ranks: 2, expected: Some("ahead"), about: "the same in C" },
    Example {
        file: "rust/ahead.rs",
        args: &[],
        ranks: 2,
        expected: Some("ahead"),
        about: "the same in Rust",
    },
    Example {
        file: "python/deadlock.py",
        args: &["none"],
        ranks: 2,
        expected: None,
        about: "two blocking sends wait for each other for ever (stopped after two seconds)",
    },
    Example {
        file: "rust/deadlock.rs",
        args: &["none"],
        ranks: 2,
        expected: None,
        about: "the same in Rust",
    },
    Example {
        file: "python/deadlock.py",
        args: &["order"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "first cure: one side receives first",
    },
    Example {
        file: "rust/deadlock.rs",
        args: &["order"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "the same in Rust",
    },
    Example {
        file: "python/deadlock.py",
        args: &["sendrecv"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "second cure: send and receive in one call",
    },
    Example {
        file: "rust/deadlock.rs",
        args: &["sendrecv"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "the same in Rust",
    },
    Example {
        file: "python/deadlock.py",
        args: &["nonblocking"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "third cure: a send that does not block",
    },
    Example {
        file: "rust/deadlock.rs",
        args: &["nonblocking"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "the same in Rust",
    },
    Example {
        file: "python/collectives.py",
        args: &[],
        ranks: 4,
        expected: Some("collectives"),
        about: "broadcast, scatter, gather, all-to-all, reduction",
    },
    Example {
        file: "c/collectives.c",
        args: &[],
        ranks: 4,
        expected: Some("collectives"),
        about: "the same in C",
    },
    Example {
        file: "rust/collectives.rs",
        args: &[],
        ranks: 4,
        expected: Some("collectives"),
        about: "the same in Rust",
    },
];

impl Example {
    /// The command that runs it; `program` is what was built of one in C or Rust.
    pub(crate) fn command(&self, prefix: &Prefix, program: Option<&Path>) -> Command {
        let mut command = prefix.mpiexec(self.ranks);
        match program {
            Some(program) => command.arg(program),
            None => command.arg(prefix.bin("python")).arg(prefix.root.join("examples").join(self.file)),
        };
        command.args(self.args);
        command
    }

    pub(crate) fn is_c(&self) -> bool {
        self.is_in("c")
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.is_in("rs")
    }

    fn is_in(&self, language: &str) -> bool {
        Path::new(self.file).extension().is_some_and(|extension| extension == language)
    }

    /// The command that builds a Rust example, and what it builds.
    pub(crate) fn cargo_build(&self, root: &Path, profile: &str) -> (Command, PathBuf) {
        let name = Path::new(self.file).file_stem().unwrap_or_default();
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(root).args(["build", "--quiet", "--package", "passel", "--profile", profile]);
        command.arg("--example").arg(name);
        let folder = if profile == "dev" { "debug" } else { profile };
        (command, prefix::target(root).join(folder).join("examples").join(name))
    }

    /// How long it may take; the one that waits for ever is stopped soon.
    pub(crate) fn limit(&self) -> Duration {
        Duration::from_secs(if self.expected.is_some() { 30 } else { 2 })
    }
}

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    for example in EXAMPLES.iter().filter(|example| example.file.contains(&context.matching)) {
        let name = format!("{} {}", example.file, example.args.join(" "));
        report.check(name.trim_end(), one(context, example));
    }
    Ok(())
}

fn one(context: &Context, example: &Example) -> Result<(), String> {
    let source = context.root().join("examples").join(example.file);
    let program = if example.is_c() {
        Some(build(context, &source, "standard")?)
    } else if example.is_rust() {
        let (mut command, program) = example.cargo_build(context.root(), &context.profile);
        context.call(&mut command)?;
        Some(program)
    } else {
        None
    };
    let outcome = context.run(&mut example.command(&context.prefix, program.as_deref()), example.limit())?;
    let Some(expected) = example.expected else {
        // A library that sees the deadlock may also end the job by itself.
        return match outcome.success() {
            true => Err("two sends that wait for each other came to an end".into()),
            false => Ok(()),
        };
    };
    let file = context.root().join("examples/expected").join(expected).with_extension("txt");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    if !outcome.success() || sorted(&outcome.stdout) != sorted(&text) {
        return Err(format!("expected:\n{}\nit {}", text.trim_end(), outcome.explain()));
    }
    Ok(())
}
