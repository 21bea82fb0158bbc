//! The table of options: the one source of what is parsed and what `--help` says.

use std::fmt::Write;

/// What an option does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Ranks,
    Directory,
    SearchPath,
    /// Sets a variable: two values, or one of the form `NAME=VALUE`.
    Set(Scope),
    /// `NAME` or `NAME=VALUE`, for all ranks.
    Export,
    /// Only what other options set.
    InheritNone(Scope),
    /// Only the named variables, separated by commas.
    InheritList(Scope),
    InheritAll(Scope),
    Label,
    Hosts,
    /// Accepted because other launchers have it and nothing is lost without it.
    Ignore,
    Help,
    Version,
}

/// Which ranks an option about the environment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Block,
    AllRanks,
}

pub(crate) struct Flag {
    /// Without dashes; any of them may be written with one dash or two.
    pub(crate) names: &'static [&'static str],
    /// What its values are called.
    pub(crate) values: &'static [&'static str],
    pub(crate) effect: Effect,
    help: &'static str,
}

const fn flag(
    names: &'static [&'static str],
    values: &'static [&'static str],
    effect: Effect,
    help: &'static str,
) -> Flag {
    Flag { names, values, effect, help }
}

pub(crate) const FLAGS: &[Flag] = &[
    flag(&["n", "np"], &["N"], Effect::Ranks, "start N ranks of the program (default 1)"),
    flag(&["wdir", "wd"], &["DIR"], Effect::Directory, "start the program in DIR"),
    flag(&["path"], &["DIRS"], Effect::SearchPath, "look for the program in DIRS before PATH"),
    flag(&["env"], &["NAME", "VALUE"], Effect::Set(Scope::Block), "set a variable for this program"),
    flag(&["genv"], &["NAME", "VALUE"], Effect::Set(Scope::AllRanks), "set a variable for all ranks"),
    flag(&["x"], &["NAME[=VALUE]"], Effect::Export, "set or pass on a variable for all ranks"),
    flag(&["envnone"], &[], Effect::InheritNone(Scope::Block), "this program gets only what is set here"),
    flag(&["genvnone"], &[], Effect::InheritNone(Scope::AllRanks), "all ranks get only what is set here"),
    flag(
        &["envlist"],
        &["A,B"],
        Effect::InheritList(Scope::Block),
        "this program gets only these, and what is set here",
    ),
    flag(
        &["genvlist"],
        &["A,B"],
        Effect::InheritList(Scope::AllRanks),
        "all ranks get only these, and what is set here",
    ),
    flag(
        &["envall"],
        &[],
        Effect::InheritAll(Scope::Block),
        "this program gets our whole environment (default)",
    ),
    flag(
        &["genvall"],
        &[],
        Effect::InheritAll(Scope::AllRanks),
        "all ranks get our whole environment (default)",
    ),
    flag(&["l", "prepend-rank", "tag-output"], &[], Effect::Label, "begin every line of output with [rank]"),
    flag(&["host", "hosts", "H"], &["NAMES"], Effect::Hosts, "accepted when all names are this machine's"),
    flag(&["h", "help"], &[], Effect::Help, "show this"),
    flag(&["V", "version"], &[], Effect::Version, "show the version"),
    flag(
        &["oversubscribe", "allow-run-as-root", "use-hwthread-cpus", "q", "quiet"],
        &[],
        Effect::Ignore,
        "ignored: there are no slots and root is welcome",
    ),
    flag(
        &["bind-to", "map-by", "rank-by"],
        &["WHAT"],
        Effect::Ignore,
        "ignored: ranks may use all processors that mpiexec may use",
    ),
    flag(&["ppn", "perhost", "npernode"], &["N"], Effect::Ignore, "ignored: all ranks run on this machine"),
    flag(&["launcher"], &["NAME"], Effect::Ignore, "ignored: ranks are started directly"),
    flag(&["mca", "gmca", "prtemca"], &["KEY", "VALUE"], Effect::Ignore, "ignored: settings of Open MPI"),
];

/// The flag that `argument` names, with the value that follows `=`, if any.
pub(crate) fn find(argument: &str) -> Option<(&'static Flag, Option<&str>)> {
    let name = argument.strip_prefix("--").or_else(|| argument.strip_prefix('-'))?;
    let (name, value) = match name.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (name, None),
    };
    FLAGS.iter().find(|flag| flag.names.contains(&name)).map(|flag| (flag, value))
}

const AFTER: &str = "
Ranks are numbered in the order of the command line; each program block, separated
by \":\", has its own -n, -env, -wdir, -path. Options end where the program begins.

Rank 0 reads mpiexec's standard input, the others read nothing. Output is carried
line by line: lines of different ranks do not mix.

Each rank finds PASSEL_RANK, PASSEL_SIZE and PASSEL_LOCAL_RANK in its environment.

When a rank fails, mpiexec says which and why, ends all others and what they have
started, and exits with the rank's exit code, or 128 plus the number of the signal
that killed it. A rank that exits after MPI_Init without MPI_Finalize has failed.
Ctrl-C sends SIGINT to the ranks; after 2 seconds, or on a second Ctrl-C, they are
terminated.
";

/// What `--help` prints.
pub(crate) fn help(own_name: &str) -> String {
    let mut text = format!(
        "Runs programs as the ranks of an MPI job on this machine.\n\n\
         Usage: {own_name} [OPTIONS] PROGRAM [ARGUMENTS] [: [OPTIONS] PROGRAM [ARGUMENTS]]...\n\n\
         Options:\n"
    );
    for Flag { names, values, help, .. } in FLAGS {
        let dashed: Vec<String> = names
            .iter()
            .map(|name| if name.len() <= 2 { format!("-{name}") } else { format!("--{name}") })
            .collect();
        let usage =
            [&dashed.join(", "), *values.first().unwrap_or(&""), *values.get(1).unwrap_or(&"")].join(" ");
        let usage = usage.trim_end();
        // A long list of names gets a line to itself.
        let gap =
            if usage.len() > 26 { format!("\n{:30}", "") } else { format!("{:1$}", "", 28 - usage.len()) };
        writeln!(text, "  {usage}{gap}{help}").expect("a String takes all text");
    }
    text + AFTER
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_in_the_help() {
        let text = help("mpiexec");
        let mut seen = HashSet::new();
        for name in FLAGS.iter().flat_map(|flag| flag.names) {
            assert!(seen.insert(name), "-{name} is there twice");
            assert!(text.contains(&format!("-{name}")));
        }
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    }

    #[test]
    fn one_dash_two_dashes_and_a_joined_value() {
        for (argument, value) in [("-np", None), ("--np", None), ("--np=4", Some("4"))] {
            let (flag, found) = find(argument).unwrap();
            assert_eq!((flag.effect, found), (Effect::Ranks, value));
        }
        assert!(find("-npp").is_none());
        assert!(find("np").is_none());
    }
}
