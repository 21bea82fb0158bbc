//! Sizes, modes, hints, groups, and consistency (MPI-5.0 sections 14.2.4 to
//! 14.2.8 and 14.6.1).

use core::ffi::c_int;

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::file::agree::{agree, same, words_of_first};
use engine::handle::FileId;

use super::open::hints_of;
use super::{comm, done, parts, ports, together};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::with_objects;
use crate::wide::IntOut;

/// `MPI_File_get_amode`.
///
/// # Safety
/// `amode` may be written.
pub unsafe fn file_get_amode<A: Abi>(fh: A::File, amode: *mut c_int) -> c_int {
    let id = fh.decode();
    let outcome = call::out(amode, "amode").and_then(|()| {
        let (file, _) = parts(id)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *amode = A::modes_out(file.mode.bits()) };
        Ok(())
    });
    done::<A>("MPI_File_get_amode", id, outcome)
}

/// `MPI_File_get_group`.
///
/// # Safety
/// `group` may be written.
pub unsafe fn file_get_group<A: Abi>(fh: A::File, group: *mut A::Group) -> c_int {
    let id = fh.decode();
    let outcome = call::out(group, "group").and_then(|()| {
        let made = with_objects(|objects| {
            let comm = objects.file_mut(id)?.comm;
            let members = objects.comm(comm)?.core.group().clone();
            Ok::<_, Error>(crate::group::add(objects, members))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *group = A::Group::encode(made) };
        Ok(())
    });
    done::<A>("MPI_File_get_group", id, outcome)
}

/// `MPI_File_get_size`.
///
/// # Safety
/// `size` may be written.
pub unsafe fn file_get_size<A: Abi>(fh: A::File, size: *mut i64) -> c_int {
    let id = fh.decode();
    let outcome = call::out(size, "size").and_then(|()| {
        let bytes = parts(id)?.0.size()?;
        // SAFETY: the caller's promise; not null.
        unsafe { *size = bytes as i64 };
        Ok(())
    });
    done::<A>("MPI_File_get_size", id, outcome)
}

/// Changes the size of a file on rank 0, for all.
fn resize(id: FileId, size: i64, change: impl FnOnce(u64) -> Result<()>) -> Result<()> {
    use engine::collective::Ports;
    let (file, _) = parts(id)?;
    file.mode.check_writes()?;
    file.mode.check_random("changing the size")?;
    let Ok(bytes) = u64::try_from(size) else {
        fail!(ErrorClass::Arg, "the size is {size}; it must not be negative");
    };
    let ports = ports(id)?;
    together(async {
        // Everybody is here: what was written before is in the file.
        same(&ports, "size", bytes).await?;
        let changed = if ports.rank() == 0 { change(bytes) } else { Ok(()) };
        agree(&ports, changed).await
    })
}

/// `MPI_File_set_size`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_set_size<A: Abi>(fh: A::File, size: i64) -> c_int {
    let id = fh.decode();
    let outcome = parts(id).and_then(|(file, _)| resize(id, size, |bytes| file.set_size(bytes)));
    done::<A>("MPI_File_set_size", id, outcome)
}

/// `MPI_File_preallocate`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_preallocate<A: Abi>(fh: A::File, size: i64) -> c_int {
    let id = fh.decode();
    let outcome = parts(id).and_then(|(file, _)| resize(id, size, |bytes| file.preallocate(bytes)));
    done::<A>("MPI_File_preallocate", id, outcome)
}

/// `MPI_File_sync`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_sync<A: Abi>(fh: A::File) -> c_int {
    let id = fh.decode();
    let outcome = parts(id).and_then(|(file, _)| {
        let ports = ports(id)?;
        together(file.sync(&ports))
    });
    done::<A>("MPI_File_sync", id, outcome)
}

/// `MPI_File_set_atomicity`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_set_atomicity<A: Abi>(fh: A::File, flag: c_int) -> c_int {
    let id = fh.decode();
    let outcome = ports(id).and_then(|ports| {
        let atomic = flag != 0;
        together(same(&ports, "atomicity", atomic.into()))?;
        with_objects(|objects| objects.file_mut(id).map(|entry| entry.atomic = atomic))
    });
    done::<A>("MPI_File_set_atomicity", id, outcome)
}

/// `MPI_File_get_atomicity`.
///
/// # Safety
/// `flag` may be written.
pub unsafe fn file_get_atomicity<A: Abi>(fh: A::File, flag: *mut c_int) -> c_int {
    let id = fh.decode();
    let outcome = call::out(flag, "flag").and_then(|()| {
        let atomic = with_objects(|objects| objects.file_mut(id).map(|entry| entry.atomic))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *flag = atomic.into() };
        Ok(())
    });
    done::<A>("MPI_File_get_atomicity", id, outcome)
}

/// `MPI_File_set_info`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_set_info<A: Abi>(fh: A::File, info: A::Info) -> c_int {
    let id = fh.decode();
    let outcome = ports(id).and_then(|ports| {
        let hints = hints_of(info.decode());
        together(async {
            agree(&ports, hints.as_ref().map(|_| ()).map_err(Clone::clone)).await?;
            let mut used = with_objects(|objects| objects.file_mut(id).map(|entry| entry.hints.clone()))?;
            if let Some(hints) = hints? {
                used.update(&hints);
            }
            if let Ok(common) = words_of_first(&ports, &used.common()).await?.try_into() {
                used.set_common(common);
            }
            with_objects(|objects| objects.file_mut(id).map(|entry| entry.hints = used))
        })
    });
    done::<A>("MPI_File_set_info", id, outcome)
}

/// `MPI_File_get_info`.
///
/// # Safety
/// `info_used` may be written.
pub unsafe fn file_get_info<A: Abi>(fh: A::File, info_used: *mut A::Info) -> c_int {
    use std::os::unix::ffi::OsStrExt;
    let id = fh.decode();
    let outcome = call::out(info_used, "info_used").and_then(|()| {
        let comm = comm(id)?;
        let made = with_objects(|objects| {
            let ranks = objects.comm(comm)?.core.size();
            let entry = objects.file_mut(id)?;
            let info = entry.hints.info(entry.file.path.as_os_str().as_bytes(), ranks);
            Ok::<_, Error>(objects.infos.insert(info))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *info_used = A::Info::encode(made) };
        Ok(())
    });
    done::<A>("MPI_File_get_info", id, outcome)
}

/// `MPI_File_get_type_extent`.
///
/// # Safety
/// The place of `extent` may be written.
pub unsafe fn file_get_type_extent<A: Abi>(fh: A::File, datatype: A::Datatype, extent: IntOut) -> c_int {
    let id = fh.decode();
    let outcome = parts(id).and_then(|(_, view)| {
        if extent.is_null() {
            fail!(ErrorClass::Arg, "the extent argument is a null pointer");
        }
        let datatype = with_objects(|objects| objects.datatype(datatype.decode()).cloned())?;
        let there = view.representation.in_file(&datatype)?.extent();
        // SAFETY: the caller's promise; not null.
        unsafe { extent.set(there) };
        Ok(())
    });
    done::<A>("MPI_File_get_type_extent", id, outcome)
}
