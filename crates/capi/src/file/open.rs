//! Opening, closing and deleting files (MPI-5.0 sections 14.2.1 to 14.2.3).

use core::ffi::{CStr, c_char, c_int};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::collective::barrier::barrier;
use engine::errhandler::ErrhandlerFor;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::file::agree::{agree, same, words_of_first};
use engine::file::hints::Hints;
use engine::file::mode::Mode;
use engine::file::pointer::SharedPointer;
use engine::file::storage::system_error;
use engine::file::{FileEntry, OpenFile, View};
use engine::handle::{CommId, FileId, InfoId};
use engine::info::Info;
use engine::process::ports::CommPorts;
use platform::file::{Access, File};
use transport::shm::ShmTransport;

use super::posix::Posix;
use super::{done, together};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::with_objects;
use crate::window::{next_ports, private_comm};

/// # Safety
/// `name` is null or a C string.
unsafe fn path_of<'a>(name: *const c_char) -> Result<&'a Path> {
    call::out(name.cast_mut(), "file name")?;
    // SAFETY: the caller's promise; not null.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    if name.is_empty() {
        fail!(ErrorClass::BadFile, "the file name is empty");
    }
    Ok(Path::new(OsStr::from_bytes(name)))
}

/// The hints that a program gave, if any.
pub(super) fn hints_of(info: InfoId) -> Result<Option<Info>> {
    if info.is_null() {
        return Ok(None);
    }
    with_objects(|objects| objects.info(info).cloned()).map(Some)
}

/// What a program wants to open.
struct Wanted {
    path: PathBuf,
    mode: Mode,
    hints: Hints,
}

impl Wanted {
    /// # Safety
    /// `filename` is null or a C string.
    unsafe fn new(filename: *const c_char, mode: i32, info: InfoId) -> Result<Self> {
        // SAFETY: the caller's promise.
        let path = unsafe { path_of(filename)? }.to_owned();
        let mut hints = Hints::default();
        if let Some(info) = hints_of(info)? {
            hints.update(&info);
        }
        Ok(Self { path, mode: Mode::new(mode)?, hints })
    }

    /// Only the rank that comes first creates the file.
    fn open(&self, comes_first: bool) -> Result<File> {
        let access = Access {
            read: self.mode.reads(),
            write: self.mode.writes(),
            create: self.mode.creates() && comes_first,
            exclusive: self.mode.is_exclusive(),
            permissions: self.hints.file_perm,
        };
        File::open(&self.path, access).map_err(|error| system_error("open", &self.path, &error))
    }
}

/// Opens on all ranks or on none: rank 0 first, which creates the file.
async fn open_all(ports: &CommPorts<ShmTransport>, wanted: Result<Wanted>) -> Result<(OpenFile, Hints)> {
    use engine::collective::Ports;
    let mode = wanted.as_ref().map_or(0, |wanted| wanted.mode.bits());
    let (wanted, checked) = match wanted {
        Ok(wanted) => (Some(wanted), Ok(())),
        Err(error) => (None, Err(error)),
    };
    agree(ports, checked).await?;
    let Some(mut wanted) = wanted else { fail!(ErrorClass::Intern, "a file without arguments") };
    same(ports, "access mode", mode as u64).await?;
    let first = (ports.rank() == 0).then(|| wanted.open(true));
    // One error is enough: the others open only what rank 0 could.
    let went_well = first.as_ref().is_none_or(Result::is_ok);
    let outcome = if went_well { Ok(()) } else { Err(error_of(first.as_ref())) };
    agree(ports, outcome).await?;
    let opened = first.unwrap_or_else(|| wanted.open(false));
    let outcome = opened.as_ref().map(|_| ()).map_err(Clone::clone);
    agree(ports, outcome).await?;
    let shared = SharedPointer::create(ports, &ports.arena()?).await?;
    let common = words_of_first(ports, &wanted.hints.common()).await?;
    if let Ok(common) = common.try_into() {
        wanted.hints.set_common(common);
    }
    let file = OpenFile::new(Box::new(Posix(opened?)), wanted.path, wanted.mode, shared);
    Ok((file, wanted.hints))
}

fn error_of(result: Option<&Result<File>>) -> Error {
    match result {
        Some(Err(error)) => error.clone(),
        _ => Error::new(ErrorClass::Intern, "no file and no error"),
    }
}

/// The entry of a file that is open everywhere.
fn entry(comm: CommId, file: OpenFile, hints: Hints) -> Result<FileEntry> {
    let position = if file.mode.appends() { file.size()? } else { 0 };
    file.shared.set(position);
    let errhandler =
        with_objects(|objects| objects.errhandlers.attach(objects.file_errhandler, ErrhandlerFor::File))?;
    Ok(FileEntry {
        errhandler,
        comm,
        file: Arc::new(file),
        view: Arc::new(View::bytes()),
        position,
        atomic: false,
        hints,
        split: None,
    })
}

fn open(parent: CommId, wanted: Result<Wanted>) -> Result<FileId> {
    let comm = private_comm(parent)?;
    let opened = next_ports(comm).and_then(|(ports, ..)| {
        together(async {
            let (file, hints) = open_all(&ports, wanted).await?;
            let entry = entry(comm, file, hints);
            // Nobody uses the shared pointer before it is where it belongs.
            agree(&ports, entry.as_ref().map(|_| ()).map_err(Clone::clone)).await?;
            entry
        })
    });
    with_objects(|objects| match opened {
        Ok(entry) => Ok(objects.files.insert(entry)),
        Err(error) => objects.free_comm(comm).and(Err(error)),
    })
}

/// `MPI_File_open`.
///
/// # Safety
/// `filename` is a C string; `fh` may be written.
pub unsafe fn file_open<A: Abi>(
    comm: A::Comm,
    filename: *const c_char,
    amode: c_int,
    info: A::Info,
    fh: *mut A::File,
) -> c_int {
    let outcome = call::out(fh, "fh").and_then(|()| {
        // SAFETY: the caller's promise.
        let wanted = unsafe { Wanted::new(filename, A::modes_in(amode), info.decode()) };
        let id = open(comm.decode(), wanted)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *fh = A::File::encode(id) };
        Ok(())
    });
    // Without a file the error belongs to the default handler of files.
    done::<A>("MPI_File_open", FileId::NULL, outcome)
}

/// What `MPI_File_close` does with a file that exists.
fn close(id: FileId) -> Result<()> {
    let (comm, file, busy) = with_objects(|objects| {
        let entry = objects.file_mut(id)?;
        Ok::<_, Error>((entry.comm, entry.file.clone(), entry.split))
    })?;
    if let Some(split) = busy {
        fail!(ErrorClass::Io, "a split collective has begun: call {} before closing the file", split.end);
    }
    let (ports, core, _) = next_ports(comm)?;
    // What goes away need not reach the device.
    let synced = if file.mode.deletes_on_close() { Ok(()) } else { together(file.sync(&ports)) };
    // Nobody deletes what another still has open, nor frees the shared pointer.
    together(barrier(&ports))?;
    with_objects(|objects| {
        if let Some(entry) = objects.files.remove(id) {
            objects.errhandlers.detach(entry.errhandler);
        }
        objects.free_comm(comm)
    })?;
    if file.mode.deletes_on_close() && core.rank() == 0 {
        delete(&file.path)?;
    }
    synced
}

/// `MPI_File_close`.
///
/// # Safety
/// `fh` may be read and written.
pub unsafe fn file_close<A: Abi>(fh: *mut A::File) -> c_int {
    let mut id = FileId::NULL;
    let outcome = call::out(fh, "fh").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        id = unsafe { (*fh).decode() };
        let outcome = close(id);
        if with_objects(|objects| objects.files.get(id).is_none()) {
            // SAFETY: the caller's promise; not null.
            unsafe { *fh = A::File::encode(FileId::NULL) };
        }
        outcome
    });
    done::<A>("MPI_File_close", id, outcome)
}

fn delete(path: &Path) -> Result<()> {
    platform::file::delete(path).map_err(|error| system_error("delete", path, &error))
}

/// `MPI_File_delete`. No hint matters.
///
/// # Safety
/// `filename` is a C string.
pub unsafe fn file_delete<A: Abi>(filename: *const c_char, _info: A::Info) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { path_of(filename) }.and_then(delete);
    done::<A>("MPI_File_delete", FileId::NULL, outcome)
}
