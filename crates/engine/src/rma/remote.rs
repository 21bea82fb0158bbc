//! Memory of another process that is not shared.

use std::sync::Arc;
use std::thread::JoinHandle;

use memory::arena::{Arena, Extent, Grant};
use memory::window::mailbox::{Access, MAILBOX_BYTES, Mailbox};
use platform::process::Pid;
use platform::process_memory::{self, Piece};

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
    /// Of this process. `launcher` is the process that all ranks descend from.
    pub(super) fn of_self(launcher: u32) -> Self {
        if let Some(pid) = i32::try_from(launcher).ok().and_then(Pid::from_raw) {
            process_memory::permit(pid);
        }
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
                for (address, bytes) in portions(pieces) {
                    let part = rest.split_off_mut(..bytes).unwrap_or_default();
                    answered(mailbox.read(address, part), address)?;
                }
                Ok(())
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
                for (address, bytes) in portions(pieces) {
                    let part = rest.split_off(..bytes).unwrap_or_default();
                    answered(mailbox.write(address, part), address)?;
                }
                Ok(())
            }
        }
    }
}

/// Pieces cut into what a mailbox takes.
fn portions(pieces: &[Piece]) -> impl Iterator<Item = Piece> {
    pieces.iter().flat_map(|&(address, bytes)| {
        (0..bytes).step_by(MAILBOX_BYTES).map(move |at| (address + at as u64, MAILBOX_BYTES.min(bytes - at)))
    })
}

#[cold]
fn failed(what: &str, error: &std::io::Error) -> Error {
    Error::new(
        ErrorClass::RmaRange,
        format!("the target's memory could not be {what} ({error}): is all of it still there, and writable?"),
    )
}

fn answered(done: bool, address: u64) -> Result<()> {
    if done {
        return Ok(());
    }
    let message = format!("the target has no memory at address {address:#x} in the window");
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
            .spawn(move || own.serve(|access, data| help(&memory, access, data)))
            .map_err(cannot)?;
        Ok(Self { mailbox, thread: Some(thread), grant })
    }

    /// Where others find the mailbox.
    pub(super) fn extent(&self) -> Extent {
        self.grant.extent()
    }
}

fn help(memory: &OwnMemory, access: Access, data: &mut [u8]) -> bool {
    let Some((buffer, offset)) = memory.find(access.address, access.bytes) else { return false };
    if access.writes {
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

    #[test]
    fn long_pieces_are_cut() {
        let long = MAILBOX_BYTES + 10;
        let cut: Vec<_> = portions(&[(100, 5), (1000, long), (1, 0)]).collect();
        assert_eq!(cut, [(100, 5), (1000, MAILBOX_BYTES), (1000 + MAILBOX_BYTES as u64, 10)]);
    }
}
