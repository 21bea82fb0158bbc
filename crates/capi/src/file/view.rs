//! Views (MPI-5.0 section 14.3).

use core::ffi::{CStr, c_char, c_int};
use std::hash::{DefaultHasher, Hash, Hasher};

use engine::collective::Ports;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::file::View;
use engine::file::agree::{agree_on, check_same};
use engine::file::representation::Representation;
use engine::handle::{DatatypeId, FileId, InfoId};
use std::sync::Arc;

use super::open::hints_of;
use super::{datarep, done, parts, ports, together};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::errors::put_string;
use crate::runtime::with_objects;

/// The data representation of this name.
fn representation(name: &[u8]) -> Result<Representation> {
    match name {
        b"native" | b"internal" => Ok(Representation::Native),
        b"external32" => Ok(Representation::External32),
        other => match datarep::find(other) {
            Some(conversion) => Ok(Representation::User(conversion)),
            None => fail!(
                ErrorClass::UnsupportedDatarep,
                "there is no data representation \"{}\": it is native, internal, external32, or a name given to \
                 MPI_Register_datarep",
                other.escape_ascii()
            ),
        },
    }
}

/// What a program wants to see.
struct Wanted<'a> {
    /// Bytes; `None` for `MPI_DISPLACEMENT_CURRENT`.
    displacement: Option<i64>,
    etype: DatatypeId,
    filetype: DatatypeId,
    name: &'a [u8],
}

impl Wanted<'_> {
    fn displacement(&self, id: FileId) -> Result<u64> {
        let (file, view) = parts(id)?;
        let sequential = file.mode.check_random("setting another displacement");
        match self.displacement {
            Some(displacement) => {
                sequential?;
                u64::try_from(displacement).map_err(|_| {
                    let text = format!("the displacement is {displacement}; it must not be negative");
                    Error::new(ErrorClass::Arg, text)
                })
            }
            None if sequential.is_ok() => fail!(
                ErrorClass::Arg,
                "MPI_DISPLACEMENT_CURRENT is for files that were opened with MPI_MODE_SEQUENTIAL"
            ),
            None => Ok(view.offset_of(view.start_of(file.shared.get() as i64)?)),
        }
    }

    fn view(&self, id: FileId) -> Result<View> {
        let displacement = self.displacement(id)?;
        let (etype, filetype) = with_objects(|objects| {
            let etype = call::committed(objects, self.etype)?.clone();
            Ok::<_, Error>((etype, call::committed(objects, self.filetype)?.clone()))
        })?;
        let writes = parts(id)?.0.mode.writes();
        View::new(displacement, etype, filetype, self.name, representation(self.name)?, writes)
    }
}

/// Words that the ranks tell each other of their views.
const WORDS: usize = 6;

fn set(id: FileId, wanted: Result<Wanted<'_>>, info: InfoId) -> Result<()> {
    let ports = ports(id)?;
    let view = wanted.and_then(|wanted| wanted.view(id));
    let made = view.and_then(|view| {
        let mut hints = with_objects(|objects| objects.file_mut(id).map(|entry| entry.hints.clone()))?;
        if let Some(info) = hints_of(info)? {
            hints.update(&info);
        }
        Ok((view.unit_extent()?, hints, view))
    });
    together(async {
        // Name, extent, and rank 0's hints.
        let mut words = [0; WORDS];
        if let Ok((extent, hints, view)) = &made {
            let mut hash = DefaultHasher::new();
            view.name.hash(&mut hash);
            (words[0], words[1]) = (hash.finish(), *extent as u64);
            words[2..].copy_from_slice(&hints.common());
        }
        let all = agree_on(&ports, made.as_ref().map(|_| ()).map_err(Clone::clone), &words).await?;
        let (_, mut hints, view) = made?;
        let column = |which: usize| -> Vec<u64> { all.iter().skip(which).step_by(WORDS).copied().collect() };
        if let Err(error) = check_same("data representation", &column(0)) {
            let name = view.name.escape_ascii();
            fail!(
                error.class(),
                "all ranks must give the same data representation; this one gave \"{name}\""
            );
        }
        check_same("extent of the etype", &column(1))?;
        if let Ok(common) = all[2..WORDS].try_into() {
            hints.set_common(common);
        }
        with_objects(|objects| {
            let entry = objects.file_mut(id)?;
            entry.file.shared.restart(ports.rank() == 0);
            (entry.view, entry.position, entry.hints) = (Arc::new(view), 0, hints);
            Ok(())
        })
    })
}

/// `MPI_File_set_view`.
///
/// # Safety
/// `datarep` is a C string.
pub unsafe fn file_set_view<A: Abi>(
    fh: A::File,
    disp: i64,
    etype: A::Datatype,
    filetype: A::Datatype,
    datarep: *const c_char,
    info: A::Info,
) -> c_int {
    let id = fh.decode();
    let wanted = call::out(datarep.cast_mut(), "datarep").map(|()| Wanted {
        displacement: (disp != A::DISPLACEMENT_CURRENT).then_some(disp),
        etype: etype.decode(),
        filetype: filetype.decode(),
        // SAFETY: the caller's promise; not null.
        name: unsafe { CStr::from_ptr(datarep) }.to_bytes(),
    });
    done::<A>("MPI_File_set_view", id, set(id, wanted, info.decode()))
}

/// `MPI_File_get_view`.
///
/// # Safety
/// All may be written; `datarep` has `MPI_MAX_DATAREP_STRING` bytes.
pub unsafe fn file_get_view<A: Abi>(
    fh: A::File,
    disp: *mut i64,
    etype: *mut A::Datatype,
    filetype: *mut A::Datatype,
    datarep: *mut c_char,
) -> c_int {
    let id = fh.decode();
    let outcome = call::out(disp, "disp")
        .and_then(|()| call::out(etype, "etype"))
        .and_then(|()| call::out(filetype, "filetype"))
        .and_then(|()| call::out(datarep, "datarep"))
        .and_then(|()| {
            let (_, view) = parts(id)?;
            let handles = with_objects(|objects| {
                [&view.etype, &view.filetype].map(|it| crate::datatype::add(objects, it.clone()))
            });
            // SAFETY: the caller's promise; none is null.
            unsafe {
                *disp = view.displacement as i64;
                *etype = A::Datatype::encode(handles[0]);
                *filetype = A::Datatype::encode(handles[1]);
                put_string(&view.name, datarep, A::MAX_DATAREP_STRING);
            }
            Ok(())
        });
    done::<A>("MPI_File_get_view", id, outcome)
}

/// `MPI_File_get_byte_offset`.
///
/// # Safety
/// `disp` may be written.
pub unsafe fn file_get_byte_offset<A: Abi>(fh: A::File, offset: i64, disp: *mut i64) -> c_int {
    let id = fh.decode();
    let outcome = call::out(disp, "disp").and_then(|()| {
        let (file, view) = parts(id)?;
        file.mode.check_random("asking for the place of an offset")?;
        let place = view.offset_of(view.start_of(offset)?);
        // SAFETY: the caller's promise; not null.
        unsafe { *disp = place as i64 };
        Ok(())
    });
    done::<A>("MPI_File_get_byte_offset", id, outcome)
}
