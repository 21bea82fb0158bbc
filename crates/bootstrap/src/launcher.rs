//! Asking the launcher to start processes (MPI-5.0 section 11.8).
//!
//! A launcher listens at an address that follows from the id of its job, which
//! only processes of the job know. One request is one connection: the request,
//! then the answer. A process that no launcher started has none, and starts a
//! `mpiexec` that serves its job from then on, for as long as it lives.

use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};
use std::sync::Arc;

use memory::job::{Job, Parent, RankState, World};
use platform::local_socket;
use platform::process::{self, Pid, Signal};

use crate::foreign;

/// The option by which `mpiexec` serves a job that exists already; process id
/// and descriptor of the table follow.
pub const SERVE_OPTION: &str = "--serve-job";

/// Some processes that run one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub name: Vec<u8>,
    pub arguments: Vec<Vec<u8>>,
    /// At least 1.
    pub ranks: usize,
    /// Where the processes start.
    pub directory: Vec<u8>,
    /// Looked at before `PATH`.
    pub search_path: Option<Vec<u8>>,
    /// `NAME=VALUE`, on top of [`Request::environment`].
    pub environment: Vec<Vec<u8>>,
}

/// What a process asks of its launcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub parent: Parent,
    /// Of the process that asks: `NAME=VALUE`.
    pub environment: Vec<Vec<u8>>,
    /// At least one.
    pub programs: Vec<Program>,
}

/// What processes of a job tell their launcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    Start(Request),
    /// There are new processes of other jobs in the table.
    Look,
}

const LOOK: &[u8] = b"look";

/// Why no process was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The program that it is about, if it is about one.
    pub program: Option<usize>,
    pub message: String,
}

impl Refusal {
    fn general(message: impl Into<String>) -> Self {
        Self { program: None, message: message.into() }
    }
}

/// What the launcher says.
pub type Answer = Result<World, Refusal>;

fn address(job: &Job) -> String {
    format!("passel-launcher-{:016x}", job.id())
}

/// Takes requests for a job from now on.
///
/// # Errors
/// When sockets cannot be had.
pub fn serve(job: &Job) -> io::Result<UnixListener> {
    let listener = local_socket::listen(&address(job))?;
    job.serve();
    Ok(listener)
}

/// Has the launcher of `job` start processes, whose first one is slot `first`
/// of the answer.
///
/// # Errors
/// When they could not all be started; then none was.
pub fn start(job: &Arc<Job>, request: &Request) -> Answer {
    if !job.is_served() {
        start_launcher(job)?;
    }
    decode_answer(exchange(job, &request.encode())?).unwrap_or_else(|| {
        Err(Refusal::general("the launcher's answer makes no sense: is it of this Passel?"))
    })
}

/// Has the launcher of `job` watch the processes of other jobs that it has come
/// into contact with: should one of them fail, this job ends, too.
///
/// # Errors
/// When there is no launcher.
pub fn look(job: &Arc<Job>) -> Result<(), Refusal> {
    if !job.is_served() {
        start_launcher(job)?;
    }
    exchange(job, &[LOOK]).map(drop)
}

fn exchange(job: &Job, message: &[impl AsRef<[u8]>]) -> Result<Vec<Vec<u8>>, Refusal> {
    let exchange = || {
        let stream = local_socket::connect(&address(job))?;
        local_socket::send(&stream, message)?;
        local_socket::receive(&stream)
    };
    exchange().map_err(|error| {
        Refusal::general(format!("the launcher (process {}) does not answer: {error}", job.launcher_pid()))
    })
}

/// Starts an `mpiexec` for a process that none has started.
fn start_launcher(job: &Arc<Job>) -> Result<(), Refusal> {
    if job.launcher_pid() != std::process::id() {
        return Err(Refusal::general(format!(
            "the launcher (process {}) takes no requests: it could not make a local socket",
            job.launcher_pid()
        )));
    }
    let Some(mpiexec) = foreign::find_our_mpiexec() else {
        return Err(Refusal::general(
            "this process was started without mpiexec, and Passel's mpiexec, which would start others for it, was \
             not found: neither bin/mpiexec above the library nor one in PATH. Start the program with mpiexec -n 1",
        ));
    };
    let status = Command::new(&mpiexec)
        .arg(SERVE_OPTION)
        .arg(std::process::id().to_string())
        .arg(job.fd().as_raw_fd().to_string())
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() && job.is_served() => {
            end_with_launcher(job);
            Ok(())
        }
        Ok(status) => Err(Refusal::general(format!(
            "{}, which should start processes for this one, ended with {status}",
            mpiexec.display()
        ))),
        Err(error) => Err(Refusal::general(format!("cannot start {}: {error}", mpiexec.display()))),
    }
}

/// Ends this process, which no launcher has started, when the one that serves
/// it is killed: the processes that it has started end with that, and this one
/// would wait for them.
fn end_with_launcher(job: &Arc<Job>) {
    let served = Arc::clone(job);
    let launcher = job.launcher_pid();
    let end = move || {
        if served.control(0).state() != RankState::Initialized {
            return;
        }
        eprintln!(
            "Passel: mpiexec (process {launcher}), which started processes for this one and watched over them, was \
             killed. They have ended with it, and so does this process ({}).",
            std::process::id()
        );
        // Handlers of the program may wait for what will not come any more.
        let _ = process::signal_self(Signal::KILL);
    };
    if let Some(pid) = Pid::from_raw(launcher as i32) {
        // Older kernels do not tell: then the user has to notice.
        let _ = process::when_ended(pid, end);
    }
}

fn number(value: usize) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// The parts of a message, one after the other.
struct Parts(std::vec::IntoIter<Vec<u8>>);

impl Parts {
    fn bytes(&mut self) -> Option<Vec<u8>> {
        self.0.next()
    }

    fn number(&mut self) -> Option<usize> {
        std::str::from_utf8(&self.bytes()?).ok()?.parse().ok()
    }

    fn list(&mut self) -> Option<Vec<Vec<u8>>> {
        let count = self.number()?;
        (0..count).map(|_| self.bytes()).collect()
    }

    fn text(&mut self) -> Option<String> {
        Some(String::from_utf8_lossy(&self.bytes()?).into_owned())
    }
}

fn put_list(parts: &mut Vec<Vec<u8>>, list: &[Vec<u8>]) {
    parts.push(number(list.len()));
    parts.extend_from_slice(list);
}

impl Request {
    fn encode(&self) -> Vec<Vec<u8>> {
        let mut parts = vec![number(self.parent.slot), number(self.parent.tag as usize)];
        put_list(&mut parts, &self.environment);
        parts.push(number(self.programs.len()));
        for program in &self.programs {
            parts.extend([program.name.clone(), number(program.ranks), program.directory.clone()]);
            put_list(&mut parts, &program.arguments);
            put_list(&mut parts, program.search_path.as_slice());
            put_list(&mut parts, &program.environment);
        }
        parts
    }

    fn decode(message: Vec<Vec<u8>>) -> Option<Self> {
        let mut parts = Parts(message.into_iter());
        let parent = Parent { slot: parts.number()?, tag: u32::try_from(parts.number()?).ok()? };
        let environment = parts.list()?;
        let count = parts.number()?;
        let program = |parts: &mut Parts| {
            Some(Program {
                name: parts.bytes()?,
                ranks: parts.number().filter(|&ranks| ranks > 0)?,
                directory: parts.bytes()?,
                arguments: parts.list()?,
                search_path: parts.list()?.pop(),
                environment: parts.list()?,
            })
        };
        let programs: Vec<Program> = (0..count).map(|_| program(&mut parts)).collect::<Option<_>>()?;
        (!programs.is_empty()).then_some(Self { parent, environment, programs })
    }
}

impl Message {
    /// What arrived, unless it makes no sense.
    pub fn decode(message: Vec<Vec<u8>>) -> Option<Self> {
        match &message[..] {
            [word] if word == LOOK => Some(Self::Look),
            _ => Request::decode(message).map(Self::Start),
        }
    }
}

/// The answer as a message.
pub fn encode_answer(answer: &Answer) -> Vec<Vec<u8>> {
    match answer {
        Ok(world) => vec![b"started".to_vec(), number(world.first), number(world.size)],
        Err(Refusal { program: Some(program), message }) => {
            vec![b"refused".to_vec(), message.clone().into_bytes(), number(*program)]
        }
        Err(Refusal { program: None, message }) => vec![b"refused".to_vec(), message.clone().into_bytes()],
    }
}

fn decode_answer(message: Vec<Vec<u8>>) -> Option<Answer> {
    let mut parts = Parts(message.into_iter());
    Some(match parts.bytes()?.as_slice() {
        b"started" => Ok(World { first: parts.number()?, size: parts.number()? }),
        b"refused" => Err(Refusal { message: parts.text()?, program: parts.number() }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        let program = |name: &str| Program {
            name: name.into(),
            arguments: vec![b"-x".to_vec(), b"\xff".to_vec()],
            ranks: 3,
            directory: b"/tmp".to_vec(),
            search_path: None,
            environment: Vec::new(),
        };
        let second = Program {
            search_path: Some(b"/bin".to_vec()),
            environment: vec![b"A=1".to_vec()],
            ..program("b")
        };
        Request {
            parent: Parent { slot: 2, tag: 77 },
            environment: vec![b"HOME=/".to_vec(), b"EMPTY=".to_vec()],
            programs: vec![program("a"), second],
        }
    }

    #[test]
    fn requests_and_answers_arrive_as_they_were_sent() {
        assert_eq!(Message::decode(request().encode()), Some(Message::Start(request())));
        assert_eq!(Message::decode(vec![LOOK.to_vec()]), Some(Message::Look));
        let refusal = |program| Err(Refusal { program, message: "no".to_owned() });
        for answer in [Ok(World { first: 4, size: 2 }), refusal(None), refusal(Some(1))] {
            assert_eq!(decode_answer(encode_answer(&answer)), Some(answer));
        }
    }

    #[test]
    fn a_request_that_is_cut_off_anywhere_is_none() {
        let whole = request().encode();
        for length in 0..whole.len() {
            assert_eq!(Request::decode(whole[..length].to_vec()), None, "{length}");
        }
        let mut none = request();
        none.programs[0].ranks = 0;
        assert_eq!(Request::decode(none.encode()), None);
    }
}
