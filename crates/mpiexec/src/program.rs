//! Finding the programs before anything is started, so that a wrong name is
//! one message and not one per rank.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use crate::options::{Block, Inherit};
use crate::{StartError, exit};

/// Where the kernel would look when no `PATH` is set.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// The file that a block's program names, as an absolute path.
///
/// A name with a `/` is relative to the block's directory; another one is
/// looked for in `-path` and then in `PATH`.
pub(crate) fn find(block: &Block) -> Result<PathBuf, StartError> {
    let directory = match &block.directory {
        Some(directory) if !directory.is_dir() => {
            let message = format!("-wdir {}: there is no such directory", directory.display());
            return Err(StartError::new(exit::FAILED, message));
        }
        Some(directory) => directory.clone(),
        None => PathBuf::new(),
    };
    let name = Path::new(&block.program);
    let shown = name.display();
    if block.program.as_bytes().contains(&b'/') {
        let path = absolute(&directory.join(name));
        return match usable(&path) {
            Usable::Yes => Ok(path),
            Usable::Missing => {
                let message = format!("cannot find the program {shown}: there is no file {}", path.display());
                Err(StartError::new(exit::NOT_FOUND, message))
            }
            Usable::No(why) => Err(cannot_run(&path, why)),
        };
    }
    let path = match &block.environment.inherit {
        Some(Inherit::Given(variables)) => {
            variables.iter().find(|(name, _)| name == "PATH").map(|(_, value)| value.clone())
        }
        _ => std::env::var_os("PATH"),
    };
    let path = path.unwrap_or_else(|| DEFAULT_PATH.into());
    let folders = block.search_path.iter().chain([&path]).flat_map(std::env::split_paths);
    let mut refused = None;
    for folder in folders {
        let candidate = absolute(&directory.join(folder).join(name));
        match usable(&candidate) {
            Usable::Yes => return Ok(candidate),
            Usable::Missing => {}
            Usable::No(why) => refused = refused.or(Some((candidate, why))),
        }
    }
    Err(match refused {
        Some((candidate, why)) => cannot_run(&candidate, why),
        None => not_in_path(&block.program, &directory),
    })
}

fn absolute(path: &Path) -> PathBuf {
    // Fails only when the current directory is gone; exec then says so.
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

enum Usable {
    Yes,
    Missing,
    No(&'static str),
}

fn usable(path: &Path) -> Usable {
    if path.is_dir() {
        Usable::No("it is a directory")
    } else if access(path, Access::EXEC_OK).is_ok() {
        Usable::Yes
    } else if path.exists() {
        Usable::No("it may not be executed (chmod +x?)")
    } else {
        Usable::Missing
    }
}

fn cannot_run(path: &Path, why: &str) -> StartError {
    StartError::new(exit::NOT_EXECUTABLE, format!("cannot run {}: {why}", path.display()))
}

fn not_in_path(name: &OsStr, directory: &Path) -> StartError {
    let shown = name.display();
    let hint = if directory.join(name).is_file() {
        format!(
            ". There is one in the {} directory: write ./{shown}",
            match directory.as_os_str().is_empty() {
                true => "current",
                false => "given",
            }
        )
    } else {
        ". Check its name, or give its path".to_owned()
    };
    StartError::new(exit::NOT_FOUND, format!("cannot find the program {shown} in PATH{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Environment;

    fn block(program: &str, directory: Option<&str>) -> Block {
        Block {
            ranks: 1,
            program: program.into(),
            arguments: Vec::new(),
            environment: Environment::default(),
            directory: directory.map(PathBuf::from),
            search_path: None,
        }
    }

    #[test]
    fn programs_are_found_like_the_shell_finds_them() {
        assert!(find(&block("sh", None)).unwrap().ends_with("sh"));
        assert_eq!(find(&block("/bin/sh", None)).unwrap(), Path::new("/bin/sh"));
        assert_eq!(find(&block("./sh", Some("/bin"))).unwrap(), Path::new("/bin/sh"));
    }

    #[test]
    fn the_exit_code_tells_missing_from_not_executable() {
        let code = |program: &str, directory| find(&block(program, directory)).unwrap_err().code;
        assert_eq!(code("no-such-program-anywhere", None), exit::NOT_FOUND);
        assert_eq!(code("./no-such-program", None), exit::NOT_FOUND);
        assert_eq!(code("/etc/passwd", None), exit::NOT_EXECUTABLE);
        assert_eq!(code("/etc", None), exit::NOT_EXECUTABLE);
        assert_eq!(code("sh", Some("/no/such/directory")), exit::FAILED);
    }

    #[test]
    fn a_forgotten_dot_slash_is_pointed_out() {
        let error = find(&block("Cargo.toml", None)).unwrap_err();
        assert!(error.message.contains("./Cargo.toml"), "{error}");
    }
}
