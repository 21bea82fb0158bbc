//! The values of the attributes that MPI sets (MPI-5.0 sections 9.1.2, 11.10.1
//! and 12.2.7). C gets the address of a value, so values live for ever, or as
//! long as their window.

use core::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicI32, Ordering};

use engine::attribute::PredefinedAttribute;
use engine::error::Result;
use engine::handle::WinId;

use crate::abi::Abi;
use crate::abi::constants::standard as c;
use crate::call;
use crate::environment::added;
use crate::runtime::{universe_size, with_objects};

/// The attribute whose keyval has this value in the standard ABI.
pub(super) fn of_constant(value: c_int) -> Option<PredefinedAttribute> {
    let constant = |attribute: &PredefinedAttribute| match attribute {
        PredefinedAttribute::TagUb => c::MPI_TAG_UB,
        PredefinedAttribute::Host => c::MPI_HOST,
        PredefinedAttribute::Io => c::MPI_IO,
        PredefinedAttribute::WtimeIsGlobal => c::MPI_WTIME_IS_GLOBAL,
        PredefinedAttribute::UniverseSize => c::MPI_UNIVERSE_SIZE,
        PredefinedAttribute::Lastusedcode => c::MPI_LASTUSEDCODE,
        PredefinedAttribute::Appnum => c::MPI_APPNUM,
        PredefinedAttribute::WinBase => c::MPI_WIN_BASE,
        PredefinedAttribute::WinSize => c::MPI_WIN_SIZE,
        PredefinedAttribute::WinDispUnit => c::MPI_WIN_DISP_UNIT,
        PredefinedAttribute::WinCreateFlavor => c::MPI_WIN_CREATE_FLAVOR,
        PredefinedAttribute::WinModel => c::MPI_WIN_MODEL,
    };
    PredefinedAttribute::ALL.iter().copied().find(|attribute| constant(attribute) == i64::from(value))
}

/// Values of communicators' attributes, by keyval; the same for all of them.
static VALUES: [AtomicI32; PredefinedAttribute::ALL.len() + 1] =
    [const { AtomicI32::new(0) }; PredefinedAttribute::ALL.len() + 1];

/// The address of a communicator's attribute, if it has a value.
pub(super) fn of_comm<A: Abi>(attribute: PredefinedAttribute) -> Option<*const c_void> {
    let value = match attribute {
        PredefinedAttribute::TagUb => call::TAG_UB,
        // No process is special.
        PredefinedAttribute::Host => A::PROC_NULL,
        // Every process can read and write files.
        PredefinedAttribute::Io => A::ANY_SOURCE,
        // The clock is the machine's, and all processes are on one machine.
        PredefinedAttribute::WtimeIsGlobal => 1,
        PredefinedAttribute::UniverseSize => universe_size()? as c_int,
        PredefinedAttribute::Lastusedcode => added::last_used::<A>(),
        PredefinedAttribute::Appnum => with_objects(|objects| objects.appnum)? as c_int,
        _ => return None,
    };
    let slot = &VALUES[attribute as usize];
    // Relaxed: a number by itself, read by whoever asked for it here.
    slot.store(value, Ordering::Relaxed);
    Some(slot.as_ptr().cast_const().cast())
}

/// The address of a window's attribute, or the base of its memory.
pub(super) fn of_win(win: WinId, attribute: PredefinedAttribute) -> Result<Option<*const c_void>> {
    let facts = with_objects(|objects| objects.win(win).map(|win| win.facts.clone()))?;
    // The window's own handle on its facts keeps them where they are.
    Ok(match attribute {
        PredefinedAttribute::WinBase => Some(facts.base as *const c_void),
        PredefinedAttribute::WinSize => Some((&raw const facts.size).cast()),
        PredefinedAttribute::WinDispUnit => Some((&raw const facts.disp_unit).cast()),
        PredefinedAttribute::WinCreateFlavor => Some((&raw const facts.flavor).cast()),
        PredefinedAttribute::WinModel => Some((&raw const facts.model).cast()),
        _ => None,
    })
}
