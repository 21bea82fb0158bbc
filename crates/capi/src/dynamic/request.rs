//! What a root asks of the launcher, from the arguments of a spawn.

use core::ffi::{CStr, c_char, c_int};
use std::os::unix::ffi::OsStringExt;

use bootstrap::launcher::Program;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::InfoId;
use engine::info::Info;

use crate::runtime::{host_name, with_objects};

/// The arguments about one command.
pub(super) struct CommandLine {
    command: Option<Vec<u8>>,
    arguments: Vec<Vec<u8>>,
    pub(super) maxprocs: c_int,
    info: InfoId,
}

impl CommandLine {
    /// # Safety
    /// `command` is null or a C string; `argv` is null or a list of C strings
    /// that ends with null.
    pub(super) unsafe fn read(
        command: *const c_char,
        argv: *const *const c_char,
        maxprocs: c_int,
        info: InfoId,
    ) -> Self {
        // SAFETY: the caller's promise, for pointers that are not null.
        let text = |text: *const c_char| unsafe { CStr::from_ptr(text) }.to_bytes().to_vec();
        let mut arguments = Vec::new();
        if !argv.is_null() {
            loop {
                // SAFETY: the list goes on until null.
                let argument = unsafe { *argv.add(arguments.len()) };
                if argument.is_null() {
                    break;
                }
                arguments.push(text(argument));
            }
        }
        let command = (!command.is_null()).then(|| text(command));
        Self { command, arguments, maxprocs, info }
    }
}

/// The environment of this process, `NAME=VALUE` each.
pub(super) fn environment() -> Vec<Vec<u8>> {
    let setting = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        let mut setting = name.into_vec();
        setting.push(b'=');
        setting.extend(value.into_vec());
        setting
    };
    std::env::vars_os().map(setting).collect()
}

/// What the launcher shall start.
pub(super) fn commands(lines: &[CommandLine]) -> Result<Vec<Program>> {
    if lines.is_empty() {
        fail!(
            ErrorClass::Arg,
            "there is no command: the count is not positive, or an array is a null pointer"
        );
    }
    lines.iter().map(program).collect()
}

fn program(line: &CommandLine) -> Result<Program> {
    let Some(command) = line.command.as_ref().filter(|command| !command.is_empty()) else {
        fail!(ErrorClass::Arg, "the command is empty or a null pointer");
    };
    let most = match usize::try_from(line.maxprocs) {
        Ok(most @ 1..) => most,
        _ => fail!(ErrorClass::Arg, "maxprocs is {}; at least one process has to be started", line.maxprocs),
    };
    let info = match line.info {
        info if info.is_null() => Info::new(),
        info => with_objects(|objects| objects.info(info).cloned())?,
    };
    if let Some(host) = info.get(b"host") {
        check_host(&String::from_utf8_lossy(host))?;
    }
    let ranks = match info.get(b"soft") {
        Some(soft) => most_of(&String::from_utf8_lossy(soft), most)?,
        None => most,
    };
    let here = std::env::current_dir().map(|path| path.into_os_string().into_vec());
    let directory = match info.get(b"wdir") {
        Some(directory) => directory.to_vec(),
        None => here.map_err(|error| {
            let what = "the current directory, where the processes would start";
            super::io_error(ErrorClass::Spawn, what, &error)
        })?,
    };
    let settings = info.get(b"env").unwrap_or_default().split(|&byte| byte == b'\n');
    Ok(Program {
        name: command.clone(),
        arguments: line.arguments.clone(),
        ranks,
        directory,
        search_path: info.get(b"path").map(<[u8]>::to_vec),
        environment: settings.filter(|setting| !setting.is_empty()).map(<[u8]>::to_vec).collect(),
    })
}

/// The info key `host`: all processes run on this machine.
fn check_host(hosts: &str) -> Result<()> {
    let own = host_name();
    let short = own.split('.').next().unwrap_or(&own);
    let is_here = |name: &str| ["localhost", "127.0.0.1", own.as_str(), short].contains(&name);
    let names = hosts.split(',').map(|host| host.split(':').next().unwrap_or(host).trim());
    match names.into_iter().find(|name| !is_here(name)) {
        None => Ok(()),
        Some(other) => fail!(
            ErrorClass::Spawn,
            "no process was started: the info key host names {other}, and processes can only be started on this \
             machine, {own}"
        ),
    }
}

/// The info key `soft` (MPI-5.0 section 11.8.4), triplets `first:last:stride`
/// of numbers that are good enough: the largest that is at most `most`.
fn most_of(soft: &str, most: usize) -> Result<usize> {
    let wrong = || {
        let message =
            format!("the info key soft is {soft:?}; it should be numbers or ranges, as in 1,4:16:4");
        Error::new(ErrorClass::Info, message)
    };
    let mut best = None;
    for triplet in soft.split(',') {
        let numbers = triplet.split(':').map(|number| number.trim().parse::<i64>());
        let numbers: Vec<i64> = numbers.collect::<std::result::Result<_, _>>().map_err(|_| wrong())?;
        let (first, last, stride) = match numbers[..] {
            [only] => (only, only, 1),
            [first, last] => (first, last, 1),
            [first, last, stride] if stride != 0 => (first, last, stride),
            _ => return Err(wrong()),
        };
        let steps = (last - first) / stride;
        let most = most as i64;
        // The number nearest to `most` from below, of those in the range.
        let fits = (0..=steps.min(most + first.abs())).map(|step| first + step * stride);
        best = best.max(fits.filter(|number| (1..=most).contains(number)).max());
    }
    match best {
        Some(best) => Ok(best as usize),
        None => fail!(
            ErrorClass::Spawn,
            "no process was started: the info key soft ({soft}) allows no number from 1 to {most} (maxprocs)"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_gives_the_largest_number_that_is_allowed() {
        for (soft, most, expected) in
            [("1:10", 4, 4), ("2,8", 5, 2), ("1:9:4", 8, 5), ("10:1:-3", 8, 7), ("0:3", 9, 3)]
        {
            assert_eq!(most_of(soft, most), Ok(expected), "{soft}");
        }
        assert_eq!(most_of("5:9", 4).unwrap_err().class(), ErrorClass::Spawn);
        for soft in ["", "a", "1:2:0", "1:2:3:4"] {
            assert_eq!(most_of(soft, 4).unwrap_err().class(), ErrorClass::Info, "{soft}");
        }
    }

    #[test]
    fn only_this_machine_is_a_host() {
        assert_eq!(check_host(&format!("localhost:4,{}", host_name())), Ok(()));
        assert!(check_host("elsewhere").unwrap_err().message().contains("elsewhere"));
    }

    #[test]
    fn what_cannot_be_a_command_is_refused() {
        let line = |command: Option<&str>, maxprocs| CommandLine {
            command: command.map(|command| command.as_bytes().to_vec()),
            arguments: Vec::new(),
            maxprocs,
            info: InfoId::NULL,
        };
        for line in [line(None, 1), line(Some(""), 1), line(Some("a"), 0), line(Some("a"), -1)] {
            assert_eq!(commands(&[line]).unwrap_err().class(), ErrorClass::Arg);
        }
        assert_eq!(commands(&[]).unwrap_err().class(), ErrorClass::Arg);
        assert_eq!(commands(&[line(Some("a"), 3)]).unwrap()[0].ranks, 3);
    }
}
