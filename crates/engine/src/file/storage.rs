//! The system calls that files need, and what their errors become.

use std::future::{Future, Ready, ready};
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::Path;

use crate::error::{Error, ErrorClass, Result};
use crate::process::Process;
use crate::process::offload::Offloaded;
use transport::Transport;

/// One open file of the system. Every rank has opened it by itself.
pub trait Storage: Send + Sync {
    /// Reads from `offset` on; 0 at the end of the file, and perhaps less than
    /// there is room for anywhere.
    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize>;

    /// Writes from `offset` on, perhaps less than was given.
    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<usize>;

    /// Bytes of the file.
    fn size(&self) -> io::Result<u64>;

    fn set_size(&self, size: u64) -> io::Result<()>;

    /// Sees to it that the first `size` bytes have storage.
    ///
    /// # Errors
    /// `Unsupported` where the file system cannot do it by itself.
    fn allocate(&self, size: u64) -> io::Result<()>;

    /// Waits until what was written has reached the device.
    fn sync(&self) -> io::Result<()>;

    /// Waits for a lock on some bytes, shared or exclusive. Excludes other
    /// openings of the file, not other threads with this one.
    fn lock(&self, range: Range<u64>, exclusive: bool) -> io::Result<()>;

    fn unlock(&self, range: Range<u64>) -> io::Result<()>;

    /// Whether other machines may use the file through caches of their own:
    /// locks then also make what they wrote visible.
    fn is_remote(&self) -> bool;
}

/// Where calls are made that may wait for the system.
pub trait Runner: Clone + Send + Sync + 'static {
    type Running<R: Send + 'static>: Future<Output = R> + Send;

    /// # Errors
    /// When the work cannot be started.
    fn run<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<Self::Running<R>>;
}

/// On the caller's own thread, at once: blocking calls.
#[derive(Clone, Copy, Debug)]
pub struct Inline;

impl Runner for Inline {
    type Running<R: Send + 'static> = Ready<R>;

    fn run<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<Ready<R>> {
        Ok(ready(work()))
    }
}

/// On threads of the process: tasks.
impl<T: Transport + Send + 'static> Runner for Process<T> {
    type Running<R: Send + 'static> = Offloaded<R>;

    fn run<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<Offloaded<R>> {
        self.offload(work)
    }
}

/// The class of a system error (MPI-5.0 section 14.7).
fn class(error: &io::Error) -> ErrorClass {
    match error.kind() {
        ErrorKind::NotFound => ErrorClass::NoSuchFile,
        ErrorKind::AlreadyExists => ErrorClass::FileExists,
        ErrorKind::PermissionDenied => ErrorClass::Access,
        ErrorKind::ReadOnlyFilesystem => ErrorClass::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::FileTooLarge => ErrorClass::NoSpace,
        ErrorKind::QuotaExceeded => ErrorClass::Quota,
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => ErrorClass::FileInUse,
        ErrorKind::IsADirectory
        | ErrorKind::NotADirectory
        | ErrorKind::InvalidFilename
        | ErrorKind::InvalidInput => ErrorClass::BadFile,
        ErrorKind::NotSeekable | ErrorKind::Unsupported => ErrorClass::UnsupportedOperation,
        ErrorKind::OutOfMemory => ErrorClass::NoMem,
        _ => ErrorClass::Io,
    }
}

/// What to do about it, where there is more to say than the system does.
fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::FileTooLarge => "; the limit is the file system's or the process's (ulimit -f)",
        ErrorKind::NotSeekable => "; pipes and terminals have no offsets to write to",
        ErrorKind::StorageFull => "; what was written before is in the file",
        _ => "",
    }
}

/// An error of the system: what could not be done with which file.
pub fn system_error(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::new(class(error), format!("cannot {what} {}: {error}{}", path.display(), remedy(error)))
}

/// An error of reading or writing a part of a file.
#[derive(Debug)]
pub struct Fault {
    /// Where in the file the first byte is that was not read or written.
    pub offset: u64,
    pub error: io::Error,
}

impl Fault {
    pub fn describe(&self, what: &str, path: &Path) -> Error {
        system_error(&format!("{what} at byte {} of", self.offset), path, &self.error)
    }
}

/// Writes all of `data`.
pub(super) fn write_all(storage: &dyn Storage, offset: u64, data: &[u8]) -> std::result::Result<(), Fault> {
    let mut done = 0;
    while done < data.len() {
        let at = offset + done as u64;
        match storage.write_at(at, &data[done..]) {
            Ok(0) => return Err(Fault { offset: at, error: ErrorKind::WriteZero.into() }),
            Ok(bytes) => done += bytes,
            Err(error) => return Err(Fault { offset: at, error }),
        }
    }
    Ok(())
}

/// Reads until the room is full or the file ends, and says how many bytes.
pub(super) fn read_all(
    storage: &dyn Storage,
    offset: u64,
    room: &mut [u8],
) -> std::result::Result<usize, Fault> {
    let mut done = 0;
    while done < room.len() {
        let at = offset + done as u64;
        match storage.read_at(at, &mut room[done..]) {
            Ok(0) => break,
            Ok(bytes) => done += bytes,
            Err(error) => return Err(Fault { offset: at, error }),
        }
    }
    Ok(done)
}

/// Gives storage to the first `size` bytes, by writing what is there where the
/// file system has no call for it.
pub(super) fn preallocate(storage: &dyn Storage, size: u64) -> io::Result<()> {
    const CHUNK: u64 = 1 << 20;
    match storage.allocate(size) {
        Err(error) if error.kind() == ErrorKind::Unsupported => {}
        other => return other,
    }
    let mut chunk = vec![0; CHUNK as usize];
    let mut at = 0;
    while at < size {
        let len = CHUNK.min(size - at) as usize;
        chunk.fill(0);
        read_all(storage, at, &mut chunk[..len])
            .and_then(|_| write_all(storage, at, &chunk[..len]))
            .map_err(|fault| fault.error)?;
        at += len as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_where_and_why() {
        let error = io::Error::from_raw_os_error(28);
        let error = Fault { offset: 4096, error }.describe("write", Path::new("/data/x"));
        assert_eq!(error.class(), ErrorClass::NoSpace);
        for word in ["write at byte 4096 of /data/x", "No space left on device"] {
            assert!(error.message().contains(word), "{error}");
        }
    }

    #[test]
    fn every_errno_that_the_standard_names_has_its_class() {
        for (number, expected) in [
            (1, ErrorClass::Access),
            (2, ErrorClass::NoSuchFile),
            (5, ErrorClass::Io),
            (13, ErrorClass::Access),
            (16, ErrorClass::FileInUse),
            (17, ErrorClass::FileExists),
            (20, ErrorClass::BadFile),
            (21, ErrorClass::BadFile),
            (27, ErrorClass::NoSpace),
            (28, ErrorClass::NoSpace),
            (29, ErrorClass::UnsupportedOperation),
            (30, ErrorClass::ReadOnly),
            (36, ErrorClass::BadFile),
            (122, ErrorClass::Quota),
        ] {
            assert_eq!(class(&io::Error::from_raw_os_error(number)), expected, "errno {number}");
        }
    }
}
