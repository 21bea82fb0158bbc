//! The wrapper's own options, taken out of the compiler's.

use std::ffi::OsString;

/// Which of the two libraries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Abi {
    #[default]
    Standard,
    Mpich,
}

impl Abi {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Mpich => "mpich",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Standard, Self::Mpich].into_iter().find(|abi| abi.name() == name)
    }
}

/// The environment variable that sets the ABI, for build systems that know the
/// wrapper only by its name.
pub(crate) const ABI_VARIABLE: &str = "PASSEL_ABI";

/// What the wrapper is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Request {
    /// To run the compiler.
    #[default]
    Compile,
    /// The command that it would run.
    Show,
    /// The command that compiles, whatever the arguments.
    CompileInfo,
    /// The command that links.
    LinkInfo,
    CompileFlags,
    LinkFlags,
    Compiler,
    IncludeFolders,
    LibraryFolders,
    Libraries,
    Version,
    Help,
}

#[derive(Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) abi: Abi,
    pub(crate) compiler: Option<String>,
    pub(crate) request: Request,
    /// What the compiler is given.
    pub(crate) rest: Vec<OsString>,
}

impl Arguments {
    /// `preset` is the ABI that the environment names.
    pub(crate) fn parse(
        words: impl Iterator<Item = OsString>,
        preset: Option<String>,
    ) -> Result<Self, String> {
        let mut arguments = Self::default();
        if let Some(name) = preset.filter(|name| !name.is_empty()) {
            arguments.abi = Abi::named(&name).ok_or_else(|| {
                format!("{ABI_VARIABLE} is {name:?}, and there is no such ABI: set it to standard or mpich")
            })?;
        }
        for word in words {
            let Some(text) = word.to_str() else {
                arguments.rest.push(word);
                continue;
            };
            if let Some(request) = request(text)? {
                arguments.request = request;
            } else if let Some(abi) = text.strip_prefix("--abi=").or_else(|| text.strip_prefix("-abi=")) {
                arguments.abi = Abi::named(abi)
                    .ok_or_else(|| format!("there is no ABI {abi}: give --abi=standard or --abi=mpich"))?;
            } else if let Some(compiler) = text.strip_prefix("-cc=").or_else(|| text.strip_prefix("-cxx=")) {
                arguments.compiler = Some(compiler.into());
            } else {
                arguments.rest.push(word);
            }
        }
        Ok(arguments)
    }
}

fn request(word: &str) -> Result<Option<Request>, String> {
    // Open MPI takes one dash or two.
    let word = if word.starts_with("--show") { &word[1..] } else { word };
    Ok(Some(match word {
        "-show" | "-showme" => Request::Show,
        "-compile-info" | "-compile_info" => Request::CompileInfo,
        "-link-info" | "-link_info" => Request::LinkInfo,
        "-showme:compile" => Request::CompileFlags,
        "-showme:link" => Request::LinkFlags,
        "-showme:command" => Request::Compiler,
        "-showme:incdirs" => Request::IncludeFolders,
        "-showme:libdirs" => Request::LibraryFolders,
        "-showme:libs" => Request::Libraries,
        "-showme:version" => Request::Version,
        "-showme:help" | "--help" | "-help" => Request::Help,
        _ if word.starts_with("-showme:") => return Err(format!("there is no {word}; see --help")),
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, String> {
        Arguments::parse(words.iter().map(OsString::from), None)
    }

    #[test]
    fn an_option_overrides_the_environment() {
        let parse = |words: &[&str], preset: &str| {
            let words = words.iter().map(OsString::from);
            Arguments::parse(words, Some(preset.into())).map(|arguments| arguments.abi)
        };
        assert_eq!(parse(&["-c", "a.c"], "mpich").unwrap(), Abi::Mpich);
        assert_eq!(parse(&["-c", "a.c"], "").unwrap(), Abi::Standard);
        assert_eq!(parse(&["--abi=standard"], "mpich").unwrap(), Abi::Standard);
        assert!(parse(&[], "openmpi").unwrap_err().contains("PASSEL_ABI is \"openmpi\""));
    }

    #[test]
    fn own_options_are_taken_out_and_the_rest_keeps_its_order() {
        let arguments = parse(&["-O2", "--abi=mpich", "a.c", "-show", "-o", "a", "-cc=clang"]).unwrap();
        assert_eq!(arguments.abi, Abi::Mpich);
        assert_eq!(arguments.request, Request::Show);
        assert_eq!(arguments.compiler.as_deref(), Some("clang"));
        assert_eq!(arguments.rest, ["-O2", "a.c", "-o", "a"]);
    }

    #[test]
    fn what_does_not_exist_is_named() {
        assert!(parse(&["--abi=openmpi"]).unwrap_err().contains("openmpi"));
        assert!(parse(&["--showme:colour"]).unwrap_err().contains("-showme:colour"));
    }
}
