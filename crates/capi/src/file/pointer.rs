//! Where the file pointers are (MPI-5.0 sections 14.4.3 and 14.4.4).

use core::ffi::c_int;

use engine::collective::Ports;
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::file::agree::{all_words, check_same};
use engine::file::pointer::{Whence, sought};

use super::{done, parts, ports, together};
use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::call;
use crate::runtime::with_objects;

fn whence<A: Abi>(value: c_int) -> Result<Whence> {
    match i64::from(A::constant_in(Constants::Seek, value)) {
        c::MPI_SEEK_SET => Ok(Whence::Start),
        c::MPI_SEEK_CUR => Ok(Whence::Current),
        c::MPI_SEEK_END => Ok(Whence::End),
        _ => fail!(ErrorClass::Arg, "whence is {value}; it is MPI_SEEK_SET, MPI_SEEK_CUR or MPI_SEEK_END"),
    }
}

/// `MPI_File_seek`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_seek<A: Abi>(fh: A::File, offset: i64, whence: c_int) -> c_int {
    let id = fh.decode();
    let outcome = parts(id).and_then(|(file, view)| {
        file.mode.check_random("seeking")?;
        let whence = self::whence::<A>(whence)?;
        let current = with_objects(|objects| objects.file_mut(id).map(|entry| entry.position))?;
        let position = sought(current, offset, whence, || Ok(view.end_of(file.size()?)))?;
        with_objects(|objects| objects.file_mut(id).map(|entry| entry.position = position))
    });
    done::<A>("MPI_File_seek", id, outcome)
}

/// `MPI_File_get_position`.
///
/// # Safety
/// `offset` may be written.
pub unsafe fn file_get_position<A: Abi>(fh: A::File, offset: *mut i64) -> c_int {
    let id = fh.decode();
    let outcome = call::out(offset, "offset").and_then(|()| {
        parts(id)?.0.mode.check_random("an individual file pointer")?;
        let position = with_objects(|objects| objects.file_mut(id).map(|entry| entry.position))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *offset = position as i64 };
        Ok(())
    });
    done::<A>("MPI_File_get_position", id, outcome)
}

/// `MPI_File_seek_shared`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_seek_shared<A: Abi>(fh: A::File, offset: i64, whence: c_int) -> c_int {
    let id = fh.decode();
    let outcome = parts(id).and_then(|(file, view)| {
        file.mode.check_random("seeking")?;
        let wanted = self::whence::<A>(whence)?;
        let ports = ports(id)?;
        together(async {
            let words = all_words(&ports, &[offset as u64, wanted as u64]).await?;
            check_same("offset", &words.iter().step_by(2).copied().collect::<Vec<_>>())?;
            check_same("whence", &words.iter().skip(1).step_by(2).copied().collect::<Vec<_>>())?;
            debug_assert_eq!(words.len(), 2 * ports.size());
            let end = || Ok(view.end_of(file.size()?));
            file.shared.seek(&ports, |current| sought(current, offset, wanted, end)).await
        })
    });
    done::<A>("MPI_File_seek_shared", id, outcome)
}

/// `MPI_File_get_position_shared`.
///
/// # Safety
/// `offset` may be written.
pub unsafe fn file_get_position_shared<A: Abi>(fh: A::File, offset: *mut i64) -> c_int {
    let id = fh.decode();
    let outcome = call::out(offset, "offset").and_then(|()| {
        let (file, _) = parts(id)?;
        file.mode.check_random("asking for the position")?;
        // SAFETY: the caller's promise; not null.
        unsafe { *offset = file.shared.get() as i64 };
        Ok(())
    });
    done::<A>("MPI_File_get_position_shared", id, outcome)
}
