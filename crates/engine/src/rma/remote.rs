//! Memory of another process that is not shared.

use std::sync::Arc;
use std::thread::JoinHandle;

use memory::arena::{Arena, Extent, Grant};
use memory::window::mailbox::{MAILBOX_BYTES, MAILBOX_PIECES, Mailbox};
use platform::process::Pid;
use platform::process_memory::{self, Piece};
use platform::process_signal::block_in_this_thread;

use super::window::OwnMemory;
use crate::error::{Error, ErrorClass, Result};

/// How to get at it.
pub(super) enum Remote {
    /// By system calls.
    Process(Pid),
    /// By asking a thread of its owner.
    Mailbox(Mailbox),
}

/// What a process says of itself so that others can probe it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe {
    pub pid: u64,
    /// Where [`PROBED`] lies.
    pub address: u64,
}

/// What a probe reads.
static PROBED: u64 = 0x7061_7373_656c_2121;

impl Probe {
    /// Of this process.
    pub(super) fn of_self() -> Self {
        Self { pid: std::process::id().into(), address: (&raw const PROBED).addr() as u64 }
    }

    /// The process, if its memory can be read.
    pub(super) fn reach(self) -> Option<Pid> {
        let pid = Pid::from_raw(i32::try_from(self.pid).ok()?)?;
        let mut seen = [0; size_of::<u64>()];
        process_memory::read(pid, &[(self.address, seen.len())], &mut seen).ok()?;
        (u64::from_ne_bytes(seen) == PROBED).then_some(pid)
    }
}

impl Remote {
    /// Reads pieces that are as long as `into` together.
    pub(super) fn read(&self, pieces: &[Piece], into: &mut [u8]) -> Result<()> {
        match self {
            Self::Process(pid) => {
                process_memory::read(*pid, pieces, into).map_err(|error| failed("read", &error))
            }
            Self::Mailbox(mailbox) => {
                let mut rest = into;
                requests(pieces, |request, bytes| {
                    let part = rest.split_off_mut(..bytes).unwrap_or_default();
                    answered(mailbox.read(request, part), request)
                })
            }
        }
    }

    /// Writes to pieces that are as long as `from` together.
    pub(super) fn write(&self, pieces: &[Piece], from: &[u8]) -> Result<()> {
        match self {
            Self::Process(pid) => {
                process_memory::write(*pid, pieces, from).map_err(|error| failed("written", &error))
            }
            Self::Mailbox(mailbox) => {
                let mut rest = from;
                requests(pieces, |request, bytes| {
                    let part = rest.split_off(..bytes).unwrap_or_default();
                    answered(mailbox.write(request, part), request)
                })
            }
        }
    }
}

/// Calls `send` with as many pieces as a mailbox takes at a time, and their
/// bytes.
fn requests(pieces: &[Piece], mut send: impl FnMut(&[Piece], usize) -> Result<()>) -> Result<()> {
    let (mut request, mut bytes) = (Vec::new(), 0);
    for &(mut address, mut left) in pieces {
        while left != 0 {
            if bytes == MAILBOX_BYTES || request.len() == MAILBOX_PIECES {
                send(&request, bytes)?;
                request.clear();
                bytes = 0;
            }
            let part = left.min(MAILBOX_BYTES - bytes);
            request.push((address, part));
            bytes += part;
            address += part as u64;
            left -= part;
        }
    }
    if request.is_empty() { Ok(()) } else { send(&request, bytes) }
}

#[cold]
fn failed(what: &str, error: &std::io::Error) -> Error {
    Error::new(
        ErrorClass::RmaRange,
        format!("the target's memory could not be {what} ({error}): is all of it still there, and writable?"),
    )
}

fn answered(done: bool, request: &[Piece]) -> Result<()> {
    if done {
        return Ok(());
    }
    let first = request.first().map_or(0, |piece| piece.0);
    let message = format!("the target has no memory in the window at (or after) its address {first:#x}");
    Err(Error::new(ErrorClass::RmaRange, message))
}

/// The thread that accesses this process's memory for others.
pub(super) struct Helper {
    mailbox: Mailbox,
    thread: Option<JoinHandle<()>>,
    grant: Grant,
}

impl Helper {
    /// Starts it.
    pub(super) fn start(arena: &Arc<Arena>, memory: Arc<OwnMemory>) -> Result<Self> {
        let cannot = |error: std::io::Error| {
            Error::new(
                ErrorClass::NoMem,
                format!(
                    "other ranks need help to reach this one's memory, and the helper cannot start: {error}"
                ),
            )
        };
        let (mailbox, grant) = Mailbox::create(arena).map_err(cannot)?;
        let own = mailbox.clone();
        let thread = std::thread::Builder::new()
            .name("passel-rma".into())
            .spawn(move || {
                block_in_this_thread();
                own.serve(|address, data, writes| help(&memory, address, data, writes));
            })
            .map_err(cannot)?;
        Ok(Self { mailbox, thread: Some(thread), grant })
    }

    /// Where others find the mailbox.
    pub(super) fn extent(&self) -> Extent {
        self.grant.extent()
    }
}

fn help(memory: &OwnMemory, address: u64, data: &mut [u8], writes: bool) -> bool {
    let Some((buffer, offset)) = memory.find(address, data.len()) else { return false };
    if writes {
        buffer.copy_from(offset, data);
    } else {
        buffer.as_send().copy_to(offset, data);
    }
    true
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.mailbox.close();
        if let Some(thread) = self.thread.take() {
            // It has panicked only if memory was accessed outside; said then.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(pieces: &[Piece]) -> Vec<(Vec<Piece>, usize)> {
        let mut all = Vec::new();
        requests(pieces, |request, bytes| {
            all.push((request.to_vec(), bytes));
            Ok(())
        })
        .unwrap();
        all
    }

    #[test]
    fn requests_are_as_large_as_a_mailbox_takes() {
        let long = MAILBOX_BYTES + 10;
        assert_eq!(cut(&[]), []);
        assert_eq!(
            cut(&[(100, 5), (1000, long), (1, 0)]),
            [
                (vec![(100, 5), (1000, MAILBOX_BYTES - 5)], MAILBOX_BYTES),
                (vec![(1000 + MAILBOX_BYTES as u64 - 5, 15)], 15)
            ]
        );
        let many: Vec<Piece> = (0..MAILBOX_PIECES as u64 + 1).map(|at| (8 * at, 1)).collect();
        let sizes: Vec<usize> = cut(&many).iter().map(|(_, bytes)| *bytes).collect();
        assert_eq!(sizes, [MAILBOX_PIECES, 1]);
    }
}
