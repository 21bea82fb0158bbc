//! The compiler's command line.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::arguments::{Abi, Request};

/// Arguments with which a compiler does not link.
const NO_LINK: [&str; 7] = ["-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "-print-search-dirs"];

pub(crate) struct Toolchain {
    /// The compiler and its first arguments.
    pub(crate) compiler: Vec<String>,
    pub(crate) prefix: PathBuf,
    pub(crate) abi: Abi,
}

impl Toolchain {
    /// The command for the user's arguments. The library comes last, since
    /// linkers take from a library what is missing so far.
    pub(crate) fn command(&self, rest: &[OsString]) -> Vec<OsString> {
        let mut words = self.words(&self.compiler);
        words.extend(self.compile_flags());
        words.extend_from_slice(rest);
        if links(rest) {
            words.extend(self.link_flags());
        }
        words
    }

    /// The words that answer a request for information.
    pub(crate) fn answer(&self, request: Request, rest: &[OsString]) -> Vec<OsString> {
        let compiler = || self.words(&self.compiler);
        match request {
            Request::Show if rest.is_empty() => {
                [compiler(), self.compile_flags(), self.link_flags()].concat()
            }
            Request::Show => self.command(rest),
            Request::CompileInfo => {
                [compiler(), self.compile_flags(), rest.to_vec(), self.words(&["-c"])].concat()
            }
            Request::LinkInfo => [compiler(), rest.to_vec(), self.link_flags()].concat(),
            Request::CompileFlags => self.compile_flags(),
            Request::LinkFlags => self.link_flags(),
            Request::IncludeFolders => vec![self.include().into()],
            Request::LibraryFolders => vec![self.library_folder().into()],
            Request::Libraries => self.words(&[self.library()]),
            Request::Compile | Request::Compiler | Request::Version | Request::Help => compiler(),
        }
    }

    fn words(&self, words: &[impl AsRef<str>]) -> Vec<OsString> {
        words.iter().map(|word| word.as_ref().into()).collect()
    }

    fn include(&self) -> PathBuf {
        match self.abi {
            Abi::Standard => self.prefix.join("include"),
            Abi::Mpich => self.prefix.join("include/mpich"),
        }
    }

    fn library_folder(&self) -> PathBuf {
        self.prefix.join("lib")
    }

    fn library(&self) -> &'static str {
        match self.abi {
            Abi::Standard => "mpi_abi",
            Abi::Mpich => "mpi",
        }
    }

    fn compile_flags(&self) -> Vec<OsString> {
        // `-I/usr/include` would change the order of the system's own headers.
        if self.include() == Path::new("/usr/include") {
            return Vec::new();
        }
        vec![joined("-I", &self.include())]
    }

    fn link_flags(&self) -> Vec<OsString> {
        let folder = self.library_folder();
        let mut words = Vec::new();
        if folder != Path::new("/usr/lib") {
            words.extend([joined("-L", &folder), joined("-Wl,-rpath,", &folder)]);
        }
        words.push(format!("-l{}", self.library()).into());
        words
    }
}

fn joined(option: &str, path: &Path) -> OsString {
    let mut word = OsString::from(option);
    word.push(path);
    word
}

/// Whether these arguments make the compiler link: some input, and nothing that
/// stops before. `-v` and `--version` alone link nothing.
fn links(rest: &[OsString]) -> bool {
    let stops = rest.iter().any(|word| NO_LINK.iter().any(|option| word == option));
    let has_input = rest.iter().any(|word| word == "-" || !word.as_encoded_bytes().starts_with(b"-"));
    has_input && !stops
}

/// The words as a shell would take them.
pub(crate) fn shell_line(words: &[OsString]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let text = word.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "-_=+,./:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.into_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toolchain(abi: Abi) -> Toolchain {
        Toolchain { compiler: vec!["cc".into()], prefix: "/opt/pa ssel".into(), abi }
    }

    fn line(words: &[&str]) -> String {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        shell_line(&toolchain(Abi::Standard).command(&words))
    }

    #[test]
    fn the_library_is_given_only_where_something_is_linked() {
        assert_eq!(
            line(&["a.c", "-o", "a"]),
            "cc '-I/opt/pa ssel/include' a.c -o a '-L/opt/pa ssel/lib' \
             '-Wl,-rpath,/opt/pa ssel/lib' -lmpi_abi"
        );
        assert_eq!(line(&["-c", "a.c"]), "cc '-I/opt/pa ssel/include' -c a.c");
        assert_eq!(line(&["--version"]), "cc '-I/opt/pa ssel/include' --version");
    }

    #[test]
    fn the_mpich_abi_has_its_own_header_and_library() {
        let toolchain = toolchain(Abi::Mpich);
        assert_eq!(toolchain.answer(Request::IncludeFolders, &[]), ["/opt/pa ssel/include/mpich"]);
        assert_eq!(toolchain.answer(Request::Libraries, &[]), ["mpi"]);
        let words = toolchain.answer(Request::Show, &[]);
        assert_eq!(words.last().unwrap(), "-lmpi");
    }

    #[test]
    fn a_system_installation_adds_no_system_folders() {
        let toolchain = Toolchain { compiler: vec!["cc".into()], prefix: "/usr".into(), abi: Abi::Standard };
        assert_eq!(shell_line(&toolchain.answer(Request::Show, &[])), "cc -lmpi_abi");
    }
}
