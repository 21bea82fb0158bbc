//! Making windows, and freeing them.

use core::ffi::{c_int, c_void};
use std::sync::Arc;

use engine::errhandler::{ErrhandlerFor, FATAL};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::WinId;
use engine::info::Info;
use engine::objects::{WinEntry, WinFacts};
use engine::rma::create::{Lent, Offer, create};
use engine::rma::epoch::Epochs;
use engine::rma::hints;
use engine::rma::synchronise::Steps;
use engine::rma::window::Flavor;
use memory::buffer::RecvBuffer;

use super::{finish_win, next_ports};
use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::attribute::{delete_all_of_win, finish_callback};
use crate::call::{self, finish};
use crate::environment::memory::shared_place;
use crate::errors::Object;
use crate::runtime::{process, with_objects};

/// What one rank brings to a window.
struct Request {
    flavor: Flavor,
    size: isize,
    unit: i64,
    memory: Option<RecvBuffer>,
}

/// A window in this process: its handle, and where its memory lies.
fn make<A: Abi>(request: Request, info: A::Info, comm: A::Comm) -> Result<(WinId, *mut c_void)> {
    let Request { flavor, size, unit, memory } = request;
    if unit <= 0 {
        fail!(ErrorClass::Disp, "the displacement unit is {unit}; it is a number of bytes, at least 1");
    }
    let Ok(size) = u64::try_from(size) else {
        fail!(ErrorClass::Size, "the size is {size}; it must not be negative");
    };
    let hints = hints_of::<A>(info, &Info::new())?;
    let (ports, core, _) = next_ports(comm.decode())?;
    if core.is_inter() {
        fail!(ErrorClass::Comm, "windows are made by one group, and this is an intercommunicator");
    }
    let arena = ports.arena()?;
    let address = memory.as_ref().map_or(0, |memory| memory.address(0));
    let lent = |buffer| Lent { buffer, shared: shared_place(address as usize, size as usize) };
    let offer = Offer {
        flavor,
        size,
        unit,
        memory: memory.map(lent),
        alignment: hints::alignment(&hints),
        contiguous: flavor == Flavor::Shared && hints.flag("alloc_shared_noncontig") != Some(true),
    };
    let window = process().block_on(create(&ports, core, &arena, offer))??;
    let base = if flavor == Flavor::Create { address } else { window.own_memory().base };
    let facts = WinFacts {
        base: base as usize,
        size: size as i64,
        disp_unit: unit as i32,
        flavor: A::constant_out(Constants::WinFlavor, flavor_constant(flavor)),
        model: A::constant_out(Constants::WinModel, c::MPI_WIN_UNIFIED as c_int),
    };
    let no_locks = hints.flag("no_locks") == Some(true);
    let (epochs, steps) = (Epochs::new(window.size(), no_locks), Steps::new(window.size()));
    let id = with_objects(|objects| {
        let errhandler = objects.errhandlers.attach(FATAL, ErrhandlerFor::Win)?;
        Ok::<_, Error>(objects.add_win(WinEntry {
            name: Vec::new(),
            errhandler,
            attributes: engine::attribute::AttributeSet::new(),
            facts: Arc::new(facts),
            info: hints,
            window: Arc::new(window),
            epochs,
            steps,
        }))
    })?;
    // Exposed: what a mapping gives is used by C.
    Ok((id, core::ptr::with_exposed_provenance_mut(base as usize)))
}

fn flavor_constant(flavor: Flavor) -> c_int {
    let constant = match flavor {
        Flavor::Create => c::MPI_WIN_FLAVOR_CREATE,
        Flavor::Allocate => c::MPI_WIN_FLAVOR_ALLOCATE,
        Flavor::Dynamic => c::MPI_WIN_FLAVOR_DYNAMIC,
        Flavor::Shared => c::MPI_WIN_FLAVOR_SHARED,
    };
    constant as c_int
}

/// The hints that a window uses when a program gives `info`.
pub(super) fn hints_of<A: Abi>(info: A::Info, before: &Info) -> Result<Info> {
    match info.decode() {
        id if id.is_null() => Ok(hints::in_use(before, &Info::new())),
        id => with_objects(|objects| objects.info(id).map(|info| hints::in_use(before, info))),
    }
}

/// `MPI_Win_create`.
///
/// # Safety
/// `base` is memory of `size` bytes, lent until the window is freed; `win` may
/// be written.
pub unsafe fn win_create<A: Abi>(
    base: *mut c_void,
    size: isize,
    disp_unit: i64,
    info: A::Info,
    comm: A::Comm,
    win: *mut A::Win,
) -> c_int {
    let outcome = call::out(win, "win").and_then(|()| {
        if base.is_null() && size > 0 {
            fail!(ErrorClass::Base, "the base is a null pointer while the size is {size}");
        }
        // SAFETY: the caller's promise.
        let buffer = unsafe { RecvBuffer::new(base.cast(), 0..size.max(0)) };
        let request = Request { flavor: Flavor::Create, size, unit: disp_unit, memory: Some(buffer) };
        let (id, _) = make::<A>(request, info, comm)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *win = A::Win::encode(id) };
        Ok(())
    });
    finish::<A>("MPI_Win_create", || Object::Comm(comm.decode()), outcome)
}

/// # Safety
/// `baseptr` points to a pointer that may be written; `win` may be written.
unsafe fn allocate<A: Abi>(
    function: &'static str,
    request: Request,
    info: A::Info,
    comm: A::Comm,
    baseptr: *mut c_void,
    win: *mut A::Win,
) -> c_int {
    let outcome = call::out(win, "win").and_then(|()| call::out(baseptr, "baseptr")).and_then(|()| {
        let (id, base) = make::<A>(request, info, comm)?;
        // SAFETY: the caller's promise; neither is null.
        unsafe {
            *baseptr.cast::<*mut c_void>() = base;
            *win = A::Win::encode(id);
        }
        Ok(())
    });
    finish::<A>(function, || Object::Comm(comm.decode()), outcome)
}

/// `MPI_Win_allocate`.
///
/// # Safety
/// `baseptr` points to a pointer that may be written; `win` may be written.
pub unsafe fn win_allocate<A: Abi>(
    size: isize,
    disp_unit: i64,
    info: A::Info,
    comm: A::Comm,
    baseptr: *mut c_void,
    win: *mut A::Win,
) -> c_int {
    let request = Request { flavor: Flavor::Allocate, size, unit: disp_unit, memory: None };
    // SAFETY: the caller's promise.
    unsafe { allocate::<A>("MPI_Win_allocate", request, info, comm, baseptr, win) }
}

/// `MPI_Win_allocate_shared`. All processes are on one machine.
///
/// # Safety
/// As `MPI_Win_allocate`.
pub unsafe fn win_allocate_shared<A: Abi>(
    size: isize,
    disp_unit: i64,
    info: A::Info,
    comm: A::Comm,
    baseptr: *mut c_void,
    win: *mut A::Win,
) -> c_int {
    let request = Request { flavor: Flavor::Shared, size, unit: disp_unit, memory: None };
    // SAFETY: the caller's promise.
    unsafe { allocate::<A>("MPI_Win_allocate_shared", request, info, comm, baseptr, win) }
}

/// `MPI_Win_create_dynamic`.
///
/// # Safety
/// `win` may be written.
pub unsafe fn win_create_dynamic<A: Abi>(info: A::Info, comm: A::Comm, win: *mut A::Win) -> c_int {
    let outcome = call::out(win, "win").and_then(|()| {
        let request = Request { flavor: Flavor::Dynamic, size: 0, unit: 1, memory: None };
        let (id, _) = make::<A>(request, info, comm)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *win = A::Win::encode(id) };
        Ok(())
    });
    finish::<A>("MPI_Win_create_dynamic", || Object::Comm(comm.decode()), outcome)
}

/// `MPI_Win_attach`.
///
/// # Safety
/// `base` is memory of `size` bytes, lent until it is detached or the window
/// is freed.
pub unsafe fn win_attach<A: Abi>(win: A::Win, base: *mut c_void, size: isize) -> c_int {
    let id = win.decode();
    let outcome =
        with_objects(|objects| objects.win(id).map(|win| Arc::clone(&win.window))).and_then(|window| {
            let Ok(bytes) = usize::try_from(size) else {
                fail!(ErrorClass::Size, "the size is {size}; it must not be negative");
            };
            if base.is_null() && bytes != 0 {
                fail!(ErrorClass::Base, "the base is a null pointer while the size is {size}");
            }
            // SAFETY: the caller's promise.
            let buffer = unsafe { RecvBuffer::new(base.cast(), 0..size) };
            window.attach(buffer, bytes)
        });
    finish_win::<A>("MPI_Win_attach", win, outcome)
}

/// `MPI_Win_detach`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_detach<A: Abi>(win: A::Win, base: *const c_void) -> c_int {
    let id = win.decode();
    let outcome = with_objects(|objects| objects.win(id).map(|win| Arc::clone(&win.window)))
        .and_then(|window| window.detach(base as u64));
    finish_win::<A>("MPI_Win_detach", win, outcome)
}

/// `MPI_Win_free`: everybody has let go before anything goes.
///
/// # Safety
/// `win` may be read and written.
pub unsafe fn win_free<A: Abi>(win: *mut A::Win) -> c_int {
    let mut object = Object::None;
    let outcome = call::out(win, "win").map_err(Into::into).and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*win).decode() };
        with_objects(|objects| objects.win(id).and_then(|win| win.epochs.check_free()))
            .inspect_err(|_| object = Object::Win(id))?;
        object = Object::Win(id);
        delete_all_of_win(id)?;
        process().win_free(id)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *win = A::Win::encode(WinId::NULL) };
        Ok(())
    });
    finish_callback::<A>("MPI_Win_free", object, outcome)
}
