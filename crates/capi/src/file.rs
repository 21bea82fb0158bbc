//! Files (MPI-5.0 chapter 14): so far opening, closing, deleting.

use core::ffi::{CStr, c_char, c_int};
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use engine::collective::bcast::{Bcast, bcast};
use engine::datatype::data::RecvData;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::{CommId, FileId};
use engine::objects::FileEntry;
use memory::buffer::Scratch;

use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::{process, with_objects};
use crate::window::{next_ports, private_comm};

/// An error of the system about a file.
fn system_error(what: &str, path: &Path, error: &io::Error) -> Error {
    let class = match error.kind() {
        io::ErrorKind::NotFound => ErrorClass::NoSuchFile,
        io::ErrorKind::AlreadyExists => ErrorClass::FileExists,
        io::ErrorKind::PermissionDenied => ErrorClass::Access,
        io::ErrorKind::ReadOnlyFilesystem => ErrorClass::ReadOnly,
        io::ErrorKind::StorageFull => ErrorClass::NoSpace,
        io::ErrorKind::QuotaExceeded => ErrorClass::Quota,
        io::ErrorKind::InvalidInput => ErrorClass::BadFile,
        _ => ErrorClass::Io,
    };
    Error::new(class, format!("{what} {}: {error}", path.display()))
}

/// # Safety
/// `name` is null or a C string.
unsafe fn path_of<'a>(name: *const c_char) -> Result<&'a Path> {
    call::out(name.cast_mut(), "file name")?;
    // SAFETY: the caller's promise; not null.
    Ok(Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes())))
}

fn has(mode: c_int, bit: i64) -> bool {
    i64::from(mode) & bit != 0
}

/// Checks an access mode (MPI-5.0 section 14.2.1).
fn check_mode(mode: c_int) -> Result<()> {
    let ways = [c::MPI_MODE_RDONLY, c::MPI_MODE_RDWR, c::MPI_MODE_WRONLY];
    if ways.iter().filter(|&&way| has(mode, way)).count() != 1 {
        fail!(
            ErrorClass::Amode,
            "an access mode has exactly one of MPI_MODE_RDONLY, MPI_MODE_RDWR and MPI_MODE_WRONLY"
        );
    }
    if has(mode, c::MPI_MODE_RDONLY) && (has(mode, c::MPI_MODE_CREATE) || has(mode, c::MPI_MODE_EXCL)) {
        fail!(ErrorClass::Amode, "MPI_MODE_RDONLY does not go with MPI_MODE_CREATE or MPI_MODE_EXCL");
    }
    if has(mode, c::MPI_MODE_RDWR) && has(mode, c::MPI_MODE_SEQUENTIAL) {
        fail!(ErrorClass::Amode, "MPI_MODE_RDWR does not go with MPI_MODE_SEQUENTIAL");
    }
    Ok(())
}

fn open_one(path: &Path, mode: c_int, creates: bool) -> Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.read(!has(mode, c::MPI_MODE_WRONLY));
    options.write(!has(mode, c::MPI_MODE_RDONLY));
    if creates && has(mode, c::MPI_MODE_CREATE) {
        if has(mode, c::MPI_MODE_EXCL) {
            options.create_new(true)
        } else {
            options.create(true)
        };
    }
    options.open(path).map_err(|error| system_error("cannot open", path, &error))
}

/// Tells everybody whether rank 0 has succeeded.
fn tell(comm: CommId, succeeded: bool) -> Result<bool> {
    let (ports, ..) = next_ports(comm)?;
    let flag = Scratch::from_bytes(&[succeeded.into()]);
    let data = RecvData::bytes(flag.recv_buffer(), 1);
    process().block_on(bcast(&ports, Bcast { root: 0, data }))??;
    Ok(flag.send_buffer().slice(0, 1)[0] != 0)
}

/// Opens on all ranks: rank 0 first, which creates the file if need be.
fn open_all(comm: CommId, path: &Path, mode: c_int) -> Result<FileEntry> {
    let leads = with_objects(|objects| objects.comm(comm).map(|comm| comm.core.rank() == 0))?;
    let first = if leads { Some(open_one(path, mode, true)) } else { None };
    let went_well = tell(comm, first.as_ref().is_some_and(Result::is_ok))?;
    let file = match first {
        Some(opened) => opened?,
        None if went_well => open_one(path, mode, false)?,
        None => fail!(ErrorClass::Io, "rank 0 could not open {}: its error says why", path.display()),
    };
    let errhandler = with_objects(|objects| {
        objects.errhandlers.attach(objects.file_errhandler, engine::errhandler::ErrhandlerFor::File)
    })?;
    let deletes = leads && has(mode, c::MPI_MODE_DELETE_ON_CLOSE);
    Ok(FileEntry { errhandler, file, path: path.to_owned(), deletes, access_mode: mode, comm })
}

/// `MPI_File_open`.
///
/// # Safety
/// `filename` is a C string; `fh` may be written.
pub unsafe fn file_open<A: Abi>(
    comm: A::Comm,
    filename: *const c_char,
    amode: c_int,
    _info: A::Info,
    fh: *mut A::File,
) -> c_int {
    let outcome = call::out(fh, "fh").and_then(|()| {
        // SAFETY: the caller's promise.
        let path = unsafe { path_of(filename)? };
        let mode = A::modes_in(amode);
        check_mode(mode)?;
        let own = private_comm(comm.decode())?;
        let opened = open_all(own, path, mode);
        let id = with_objects(|objects| match opened {
            Ok(entry) => Ok(objects.files.insert(entry)),
            Err(error) => objects.free_comm(own).and(Err(error)),
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *fh = A::File::encode(id) };
        Ok(())
    });
    // Without a file the error belongs to the default handler of files.
    finish::<A>("MPI_File_open", || Object::File(FileId::NULL), outcome)
}

/// `MPI_File_close`.
///
/// # Safety
/// `fh` may be read and written.
pub unsafe fn file_close<A: Abi>(fh: *mut A::File) -> c_int {
    let mut object = Object::File(FileId::NULL);
    let outcome = call::out(fh, "fh").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*fh).decode() };
        object = Object::File(id);
        let comm = with_objects(|objects| objects.file_mut(id).map(|file| file.comm))?;
        let (ports, ..) = next_ports(comm)?;
        // Nobody deletes what another still has open.
        process().block_on(engine::collective::barrier::barrier(&ports))??;
        let entry = with_objects(|objects| {
            let entry = objects.files.remove(id);
            if let Some(entry) = &entry {
                objects.errhandlers.detach(entry.errhandler);
            }
            objects.free_comm(comm).map(|()| entry)
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *fh = A::File::encode(FileId::NULL) };
        match entry {
            Some(FileEntry { deletes: true, path, .. }) => {
                std::fs::remove_file(&path).map_err(|error| system_error("cannot delete", &path, &error))
            }
            _ => Ok(()),
        }
    });
    finish::<A>("MPI_File_close", || object, outcome)
}

/// `MPI_File_delete`.
///
/// # Safety
/// `filename` is a C string.
pub unsafe fn file_delete<A: Abi>(filename: *const c_char, _info: A::Info) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { path_of(filename) }.and_then(|path| {
        std::fs::remove_file(path).map_err(|error| system_error("cannot delete", path, &error))
    });
    finish::<A>("MPI_File_delete", || Object::File(FileId::NULL), outcome)
}

/// `MPI_File_get_amode`.
///
/// # Safety
/// `amode` may be written.
pub unsafe fn file_get_amode<A: Abi>(fh: A::File, amode: *mut c_int) -> c_int {
    let id = fh.decode();
    let outcome = call::out(amode, "amode").and_then(|()| {
        let mode = with_objects(|objects| objects.file_mut(id).map(|file| file.access_mode))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *amode = A::modes_out(mode) };
        Ok(())
    });
    finish::<A>("MPI_File_get_amode", || Object::File(id), outcome)
}
