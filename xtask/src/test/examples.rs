//! The examples: what each prints, compared as a set of lines, because ranks
//! write in any order.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::programs::build;
use super::{Context, Report};
use crate::prefix::Prefix;

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
        file: "python/ring.py",
        args: &[],
        ranks: 4,
        expected: Some("ring"),
        about: "send and receive by rank: a token goes round",
    },
    Example { file: "c/ring.c", args: &[], ranks: 4, expected: Some("ring"), about: "the same in C" },
    Example {
        file: "python/ahead.py",
        args: &[],
        ranks: 2,
        expected: Some("ahead"),
        about: "a sender far ahead of its receiver: nothing is lost, order is kept",
    },
    Example { file: "c/ahead.c", args: &[], ranks: 2, expected: Some("ahead"), about: "the same in C" },
    Example {
        file: "python/deadlock.py",
        args: &["none"],
        ranks: 2,
        expected: None,
        about: "two blocking sends wait for each other for ever (stopped after two seconds)",
    },
    Example {
        file: "python/deadlock.py",
        args: &["order"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "first cure: one side receives first",
    },
    Example {
        file: "python/deadlock.py",
        args: &["sendrecv"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "second cure: send and receive in one call",
    },
    Example {
        file: "python/deadlock.py",
        args: &["nonblocking"],
        ranks: 2,
        expected: Some("deadlock"),
        about: "third cure: a send that does not block",
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
];

impl Example {
    /// The command that runs it; a C example is already built at `program`.
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
        Path::new(self.file).extension().is_some_and(|extension| extension == "c")
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
    let program = if example.is_c() { Some(build(context, &source, "standard")?) } else { None };
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
