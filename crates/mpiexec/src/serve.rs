//! Starting processes for ranks that ask for them (`MPI_Comm_spawn`).

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::time::Duration;

use bootstrap::launcher::{self, Answer, Message, Refusal, Request};
use memory::job::{Job, MAX_RANKS, SLOTS, World};
use platform::local_socket;

use crate::options::{Block, Environment, Inherit};
use crate::program;

/// For a rank to send a request once it is connected, and to take the answer:
/// it does nothing in between, and the other ranks have to be watched.
const MANNERS: Duration = Duration::from_millis(300);

/// What a rank wants, checked, and the connection for the answer.
pub(crate) struct Wish {
    stream: UnixStream,
    pub(crate) message: Message,
}

impl Wish {
    /// Takes a request, if a proper one comes.
    pub(crate) fn take(listener: &UnixListener) -> Option<Self> {
        let receive = || -> io::Result<_> {
            let stream = local_socket::accept(listener)?;
            stream.set_nonblocking(false)?;
            stream.set_read_timeout(Some(MANNERS))?;
            stream.set_write_timeout(Some(MANNERS))?;
            let message = local_socket::receive(&stream)?;
            Ok((stream, message))
        };
        // Who asks improperly sees the connection end.
        let (stream, message) = receive().ok()?;
        Some(Self { stream, message: Message::decode(message)? })
    }

    pub(crate) fn answer(&self, answer: &Answer) {
        // Whoever has ended since does not need it.
        let _ = local_socket::send(&self.stream, &launcher::encode_answer(answer));
    }
}

/// Programs as they will be started.
pub(crate) struct Plan {
    pub(crate) blocks: Vec<Block>,
    pub(crate) programs: Vec<PathBuf>,
    pub(crate) world: World,
}

/// Finds the programs of a request and takes slots for their processes.
pub(crate) fn plan(request: &Request, job: &Job) -> Result<Plan, Refusal> {
    let refuse = |program, message| Refusal { program, message };
    let environment = pairs(&request.environment);
    let mut blocks = Vec::with_capacity(request.programs.len());
    let mut programs = Vec::with_capacity(request.programs.len());
    for (index, wanted) in request.programs.iter().enumerate() {
        let block = Block {
            ranks: wanted.ranks,
            program: OsString::from_vec(wanted.name.clone()),
            arguments: wanted.arguments.iter().cloned().map(OsString::from_vec).collect(),
            environment: Environment {
                inherit: Some(Inherit::Given(environment.clone())),
                set: pairs(&wanted.environment),
            },
            directory: Some(OsString::from_vec(wanted.directory.clone()).into()),
            search_path: wanted.search_path.clone().map(OsString::from_vec),
        };
        let path = program::find(&block).map_err(|error| refuse(Some(index), error.message))?;
        programs.push(path);
        blocks.push(block);
    }
    let size = request.programs.iter().fold(0_usize, |sum, program| sum.saturating_add(program.ranks));
    if size > MAX_RANKS {
        let message = format!("{size} processes were asked for; {MAX_RANKS} can be started at once");
        return Err(refuse(None, message));
    }
    let Some(first) = job.reserve(size) else {
        let message = format!(
            "{size} processes were asked for, but of the {SLOTS} that a job may have to do with in its life {} \
             are used up",
            job.used()
        );
        return Err(refuse(None, message));
    };
    Ok(Plan { blocks, programs, world: World { first, size } })
}

/// `NAME=VALUE` each.
fn pairs(settings: &[Vec<u8>]) -> Vec<(OsString, OsString)> {
    let pair = |setting: &Vec<u8>| {
        let equals = setting.iter().skip(1).position(|&byte| byte == b'=')? + 1;
        let (name, value) = setting.split_at(equals);
        Some((OsString::from_vec(name.to_vec()), OsString::from_vec(value[1..].to_vec())))
    };
    settings.iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use bootstrap::launcher::Program;
    use memory::job::Parent;

    use super::*;

    fn request(name: &str, ranks: usize) -> Request {
        let program = Program {
            name: name.into(),
            arguments: Vec::new(),
            ranks,
            directory: b"/".to_vec(),
            search_path: None,
            environment: Vec::new(),
        };
        Request {
            parent: Parent { slot: 0, tag: 1 },
            environment: vec![b"PATH=/bin".to_vec()],
            programs: vec![program],
        }
    }

    #[test]
    fn a_plan_takes_slots_and_a_refused_one_none() {
        let job = Job::create(2, 1).unwrap();
        let plan = |name, ranks| super::plan(&request(name, ranks), &job);
        assert_eq!(plan("sh", 3).ok().unwrap().world, World { first: 2, size: 3 });
        let refusal = plan("no-such-program-anywhere", 1).err().unwrap();
        assert_eq!(refusal.program, Some(0));
        assert!(refusal.message.contains("no-such-program-anywhere in PATH"), "{}", refusal.message);
        assert!(plan("sh", MAX_RANKS + 1).err().unwrap().message.contains("4097"));
        assert_eq!(job.used(), 5);
        while job.reserve(MAX_RANKS).is_some() {}
        assert!(plan("sh", MAX_RANKS).err().unwrap().message.contains("16384"));
    }

    #[test]
    fn settings_are_split_at_the_first_equals_sign() {
        let split = pairs(&[b"A=1=2".to_vec(), b"=odd=1".to_vec(), b"none".to_vec(), b"E=".to_vec()]);
        let pair = |name: &str, value: &str| (OsString::from(name), OsString::from(value));
        assert_eq!(split, [pair("A", "1=2"), pair("=odd", "1"), pair("E", "")]);
    }
}
