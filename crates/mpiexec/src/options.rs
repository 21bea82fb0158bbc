//! The command line: `[options] program [arguments]`, blocks separated by `:`
//! (MPI-5.0 section 11.5 recommends the form).

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use memory::job::MAX_RANKS;

use crate::flags::{self, Effect, Flag, Scope};

/// Which of our own variables a rank inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Inherit {
    #[default]
    All,
    Only(Vec<OsString>),
    /// These instead of our own: those of the rank that asks for the process.
    Given(Vec<(OsString, OsString)>),
}

/// The environment of some ranks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// None: not said at this level.
    pub(crate) inherit: Option<Inherit>,
    /// In the order of the command line; later ones win.
    pub(crate) set: Vec<(OsString, OsString)>,
}

/// A program and the ranks that run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// At least 1.
    pub(crate) ranks: usize,
    pub(crate) program: OsString,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) environment: Environment,
    pub(crate) directory: Option<PathBuf>,
    pub(crate) search_path: Option<OsString>,
}

/// A job to run: at least one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) blocks: Vec<Block>,
    pub(crate) environment: Environment,
    pub(crate) label: bool,
}

impl Command {
    pub(crate) fn ranks(&self) -> usize {
        self.blocks.iter().map(|block| block.ranks).sum()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Run(Command),
    Help,
    Version,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UsageError {
    #[error("unknown option {0}. Options of your program go after its name")]
    Unknown(String),
    #[error("{option} needs {needed}")]
    MissingValue { option: String, needed: String },
    #[error("{0} takes no value")]
    UnwantedValue(String),
    #[error("{option} {value}: not a number of ranks. It should be 1 to {MAX_RANKS}")]
    NotANumber { option: String, value: String },
    #[error("the job would have {0} ranks; one job has at most {MAX_RANKS}")]
    TooManyRanks(usize),
    #[error("{option} {value}: the name of a variable cannot be empty")]
    EmptyName { option: String, value: String },
    #[error("no program to run. For example: mpiexec -n 4 ./program")]
    NoProgram,
    #[error("a \":\" without a program {0} it")]
    EmptyBlock(&'static str),
    #[error("host {0} is not this machine ({1}): Passel runs all ranks of a job on one machine")]
    OtherHost(String, String),
}

/// Reads a command line, without the name of `mpiexec` itself.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Request, UsageError> {
    let mut parser = Parser { rest: arguments.into_iter(), command: Command::default() };
    loop {
        match parser.block()? {
            Parsed::Block { more: true } => {}
            Parsed::Block { more: false } => break,
            Parsed::Other(request) => return Ok(request),
        }
    }
    let ranks = parser.command.ranks();
    if ranks > MAX_RANKS {
        return Err(UsageError::TooManyRanks(ranks));
    }
    Ok(Request::Run(parser.command))
}

struct Parser {
    rest: std::vec::IntoIter<OsString>,
    command: Command,
}

enum Parsed {
    /// Whether a ":" announced another one.
    Block {
        more: bool,
    },
    Other(Request),
}

/// What has been said about a block before its program is known.
#[derive(Default)]
struct Draft {
    ranks: Option<usize>,
    environment: Environment,
    directory: Option<PathBuf>,
    search_path: Option<OsString>,
}

impl Parser {
    fn block(&mut self) -> Result<Parsed, UsageError> {
        let mut draft = Draft::default();
        let program = loop {
            let Some(argument) = self.rest.next() else {
                let first = self.command.blocks.is_empty();
                return Err(if first { UsageError::NoProgram } else { UsageError::EmptyBlock("after") });
            };
            match argument.as_bytes() {
                b":" => return Err(UsageError::EmptyBlock("before")),
                b"--" => break self.rest.next().ok_or(UsageError::NoProgram)?,
                [b'-', _, ..] => {
                    if let Some(request) = self.option(&argument, &mut draft)? {
                        return Ok(Parsed::Other(request));
                    }
                }
                _ => break argument,
            }
        };
        let mut more = false;
        let arguments = self.rest.by_ref().take_while(|argument| {
            more = argument == ":";
            !more
        });
        let arguments = arguments.collect();
        let Draft { ranks, environment, directory, search_path } = draft;
        let ranks = ranks.unwrap_or(1);
        self.command.blocks.push(Block { ranks, program, arguments, environment, directory, search_path });
        Ok(Parsed::Block { more })
    }

    fn option(&mut self, argument: &OsStr, draft: &mut Draft) -> Result<Option<Request>, UsageError> {
        let text = argument.to_string_lossy();
        // A value after "=" that is not UTF-8 is taken from the raw bytes.
        let Some((flag, joined)) = flags::find(&text) else {
            return Err(UsageError::Unknown(text.into_owned()));
        };
        let joined = joined.map(|_| split_pair(argument).1);
        let option = text.split('=').next().unwrap_or_default().to_owned();
        let values = self.values(flag, &option, joined)?;
        let first = || values[0].clone();
        match flag.effect {
            Effect::Ranks => draft.ranks = Some(read_ranks(option, &values[0])?),
            Effect::Directory => draft.directory = Some(first().into()),
            Effect::SearchPath => draft.search_path = Some(first()),
            Effect::Set(scope) => {
                let pair = (values[0].clone(), values[1].clone());
                self.scope(scope, draft).set.push(pair);
            }
            Effect::Export => self.export(option, &values[0])?,
            Effect::InheritAll(scope) => self.scope(scope, draft).inherit = Some(Inherit::All),
            Effect::InheritNone(scope) => {
                self.scope(scope, draft).inherit = Some(Inherit::Only(Vec::new()));
            }
            Effect::InheritList(scope) => {
                let names = values[0].as_bytes().split(|&byte| byte == b',');
                let names = names.map(|name| OsString::from_vec(name.to_vec())).collect();
                self.scope(scope, draft).inherit = Some(Inherit::Only(names));
            }
            Effect::Label => self.command.label = true,
            Effect::Hosts => check_hosts(&values[0].to_string_lossy())?,
            Effect::Ignore => {}
            Effect::Help => return Ok(Some(Request::Help)),
            Effect::Version => return Ok(Some(Request::Version)),
        }
        Ok(None)
    }

    fn values(
        &mut self,
        flag: &Flag,
        option: &str,
        joined: Option<OsString>,
    ) -> Result<Vec<OsString>, UsageError> {
        if joined.is_some() && flag.values.is_empty() {
            return Err(UsageError::UnwantedValue(option.to_owned()));
        }
        let mut values: Vec<OsString> = joined.into_iter().collect();
        while values.len() < flag.values.len() {
            let value = self.rest.next().ok_or_else(|| UsageError::MissingValue {
                option: option.to_owned(),
                needed: flag.values.join(" and "),
            })?;
            // `-env NAME=VALUE` says both at once.
            if values.is_empty() && matches!(flag.effect, Effect::Set(_)) && value.as_bytes().contains(&b'=')
            {
                let (name, value) = split_pair(&value);
                values.extend([name, value]);
            } else {
                values.push(value);
            }
        }
        if matches!(flag.effect, Effect::Set(_)) && values[0].is_empty() {
            let value = values[1].to_string_lossy().into_owned();
            return Err(UsageError::EmptyName { option: option.to_owned(), value });
        }
        Ok(values)
    }

    fn scope<'a>(&'a mut self, scope: Scope, draft: &'a mut Draft) -> &'a mut Environment {
        match scope {
            Scope::Block => &mut draft.environment,
            Scope::AllRanks => &mut self.command.environment,
        }
    }

    /// `-x NAME` passes our own value on, which matters after `-genvnone`.
    fn export(&mut self, option: String, value: &OsStr) -> Result<(), UsageError> {
        let (name, given) = split_pair(value);
        if name.is_empty() {
            return Err(UsageError::EmptyName { option, value: value.to_string_lossy().into_owned() });
        }
        if value.as_bytes().contains(&b'=') {
            self.command.environment.set.push((name, given));
        } else if let Some(own) = std::env::var_os(&name) {
            self.command.environment.set.push((name, own));
        }
        Ok(())
    }
}

/// Splits at the first `=`; the second part is empty where there is none.
fn split_pair(text: &OsStr) -> (OsString, OsString) {
    let mut parts = text.as_bytes().splitn(2, |&byte| byte == b'=');
    let mut part = || OsString::from_vec(parts.next().unwrap_or_default().to_vec());
    (part(), part())
}

fn read_ranks(option: String, value: &OsStr) -> Result<usize, UsageError> {
    let value = value.to_string_lossy().into_owned();
    match value.parse::<usize>() {
        Ok(ranks @ 1..) => Ok(ranks.min(MAX_RANKS + 1)),
        _ => Err(UsageError::NotANumber { option, value }),
    }
}

/// `name[:slots],...`: all of them must be this machine.
fn check_hosts(hosts: &str) -> Result<(), UsageError> {
    let own = platform::host::host_name();
    let short = own.split('.').next().unwrap_or(&own);
    let is_here = |name: &str| ["localhost", "127.0.0.1", own.as_str(), short].contains(&name);
    let names = hosts.split(',').map(|host| host.split(':').next().unwrap_or(host));
    match names.into_iter().find(|name| !is_here(name)) {
        None => Ok(()),
        Some(other) => Err(UsageError::OtherHost(other.to_owned(), own)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Request, UsageError> {
        parse(line.split_whitespace().map(OsString::from).collect())
    }

    fn command(line: &str) -> Command {
        match parse_line(line) {
            Ok(Request::Run(command)) => command,
            other => panic!("{line}: {other:?}"),
        }
    }

    fn pair(name: &str, value: &str) -> (OsString, OsString) {
        (name.into(), value.into())
    }

    #[test]
    fn the_programs_own_options_are_left_alone() {
        let command = command("-n 2 prog -n 3 --help -x");
        assert_eq!(command.blocks.len(), 1);
        assert_eq!(command.blocks[0].ranks, 2);
        assert_eq!(command.blocks[0].arguments, ["-n", "3", "--help", "-x"]);
    }

    #[test]
    fn blocks_have_their_own_ranks_directories_and_variables() {
        let command = command("-l -genv G 1 -n 2 -env A 1 -wdir /d a x : --np=3 -env B=2=3 b : c");
        assert!(command.label);
        assert_eq!(command.ranks(), 6);
        assert_eq!(command.environment.set, [pair("G", "1")]);
        let [a, b, c] = &command.blocks[..] else { panic!("three blocks") };
        assert_eq!((a.ranks, b.ranks, c.ranks), (2, 3, 1));
        assert_eq!(a.environment.set, [pair("A", "1")]);
        assert_eq!(a.directory, Some(PathBuf::from("/d")));
        assert_eq!(b.environment.set, [pair("B", "2=3")]);
        assert_eq!(b.directory, None);
        assert_eq!(a.arguments, ["x"]);
    }

    #[test]
    fn options_of_other_launchers_that_change_nothing_are_accepted() {
        let command = command(
            "--oversubscribe --allow-run-as-root --bind-to core --mca btl self -ppn 2 -host localhost:4 -n 2 p",
        );
        assert_eq!(command.blocks[0].program, "p");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let message = |line: &str| parse_line(line).unwrap_err().to_string();
        for line in ["-n 0 p", "-n -1 p", "-n two p", "-np 1.5 p", "-n 99999999999999999999 p"] {
            assert!(message(line).contains(line.split(' ').nth(1).unwrap()), "{line}: {}", message(line));
        }
        assert!(message("-n 4096 p : p").contains("4097"));
        assert!(message("-n").contains("needs N"));
        assert!(message("-env A").contains("needs NAME and VALUE"));
        assert!(message("-npp 2 p").contains("-npp"));
        assert!(message("--help=x").contains("takes no value"));
        assert!(message("-x =1 p").contains("empty"));
        assert!(message("-host elsewhere p").contains("elsewhere"));
        assert_eq!(parse_line(""), Err(UsageError::NoProgram));
        assert_eq!(parse_line("-n 2"), Err(UsageError::NoProgram));
        assert_eq!(parse_line("a :"), Err(UsageError::EmptyBlock("after")));
        assert_eq!(parse_line("a : : b"), Err(UsageError::EmptyBlock("before")));
    }

    #[test]
    fn what_ranks_inherit() {
        assert_eq!(command("p").environment.inherit, None);
        assert_eq!(command("-genvnone p").environment.inherit, Some(Inherit::Only(vec![])));
        let command = command("-envlist HOME,PATH -x A=1 p");
        let names = vec![OsString::from("HOME"), OsString::from("PATH")];
        assert_eq!(command.blocks[0].environment.inherit, Some(Inherit::Only(names)));
        assert_eq!(command.environment.set, [pair("A", "1")]);
    }

    #[test]
    fn bytes_that_are_no_text_pass() {
        let odd = OsString::from_vec(b"A=\xff\xfe".to_vec());
        let Ok(Request::Run(command)) = parse(vec!["-x".into(), odd, "p".into()]) else { panic!() };
        assert_eq!(
            command.environment.set,
            [(OsString::from("A"), OsString::from_vec(b"\xff\xfe".to_vec()))]
        );
    }
}
