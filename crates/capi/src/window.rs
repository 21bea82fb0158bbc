//! Windows (MPI-5.0 chapter 12): so far made of the program's memory or ours,
//! with put, get and fence.

use core::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Arc;

use engine::comm::create::dup;
use engine::comm::{CommCore, Key};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::{CommId, WinId};
use engine::info::Info;
use engine::objects::{WinEntry, WinFacts};
use engine::process::ports::CommPorts;
use engine::rma::{self, Extent, Window};
use memory::buffer::{RecvBuffer, Scratch};
use transport::shm::ShmTransport;

use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::attribute::{delete_all_of_win, finish_callback};
use crate::call::{self, finish};
use crate::errors::{Object, put_string};
use crate::runtime::{process, with_objects};

/// The ports of the next collective operation on a communicator, and its number.
pub(crate) fn next_ports(id: CommId) -> Result<(CommPorts<ShmTransport>, Arc<CommCore>, u32)> {
    let (core, number) = with_objects(|objects| {
        let comm = objects.comm_mut(id)?;
        Ok::<_, Error>((comm.core.clone(), comm.next_collective()))
    })?;
    Ok((CommPorts::new(process().clone(), core.clone(), id, number), core, number as u32))
}

/// A communicator of the same processes for an object's own messages.
pub(crate) fn private_comm(parent: CommId) -> Result<CommId> {
    let contexts = with_objects(|objects| objects.contexts.clone());
    let (ports, core, sequence) = next_ports(parent)?;
    if core.is_inter() {
        fail!(ErrorClass::Comm, "windows and files are made on one group, and this is an intercommunicator");
    }
    let key = Key { context: core.context(), sequence };
    let made = process().block_on(dup(&ports, &contexts, key, &core))??;
    Ok(with_objects(|objects| objects.add_comm(made, None)))
}

/// The memory that a rank lends.
struct Memory {
    buffer: RecvBuffer,
    base: usize,
    size: u64,
    flavor: i64,
}

fn make<A: Abi>(memory: Memory, unit: i64, info: A::Info, comm: A::Comm) -> Result<WinId> {
    let parent = comm.decode();
    if unit <= 0 {
        fail!(ErrorClass::Disp, "the displacement unit is {unit}; it is a number of bytes, at least 1");
    }
    let hints = match info.decode() {
        id if id.is_null() => Info::new(),
        id => with_objects(|objects| objects.info(id).cloned())?,
    };
    let own = private_comm(parent)?;
    let (ports, ..) = next_ports(own)?;
    let extent = Extent { size: memory.size, unit };
    let extents = process().block_on(rma::exchange_extents(&ports, extent))??;
    let facts = WinFacts {
        base: memory.base,
        size: memory.size as i64,
        disp_unit: unit as i32,
        flavor: A::constant_out(Constants::WinFlavor, memory.flavor as c_int),
        model: A::constant_out(Constants::WinModel, c::MPI_WIN_UNIFIED as c_int),
    };
    with_objects(|objects| {
        let fatal = engine::errhandler::FATAL;
        let errhandler = objects.errhandlers.attach(fatal, engine::errhandler::ErrhandlerFor::Win)?;
        Ok(objects.wins.insert(WinEntry {
            name: Vec::new(),
            errhandler,
            attributes: engine::attribute::AttributeSet::new(),
            facts: Arc::new(facts),
            info: hints,
            comm: own,
            window: Window::new(memory.buffer, extents),
        }))
    })
}

fn size_of(size: isize) -> Result<usize> {
    usize::try_from(size)
        .map_err(|_| Error::new(ErrorClass::Size, format!("the size is {size}; it must not be negative")))
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
        let bytes = size_of(size)?;
        // SAFETY: the caller's promise.
        let buffer = unsafe { RecvBuffer::new(base.cast(), 0..size) };
        let flavor = c::MPI_WIN_FLAVOR_CREATE;
        let memory = Memory { buffer, base: base as usize, size: bytes as u64, flavor };
        let id = make::<A>(memory, disp_unit, info, comm)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *win = A::Win::encode(id) };
        Ok(())
    });
    finish::<A>("MPI_Win_create", || Object::Comm(comm.decode()), outcome)
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
    let outcome = call::out(win, "win").and_then(|()| call::out(baseptr, "baseptr")).and_then(|()| {
        let own = Scratch::zeroed(size_of(size)?);
        // The window's buffer keeps the memory.
        let buffer = own.recv_buffer();
        let base = buffer.address(0) as usize;
        let memory = Memory { buffer, base, size: own.len() as u64, flavor: c::MPI_WIN_FLAVOR_ALLOCATE };
        let id = make::<A>(memory, disp_unit, info, comm)?;
        // SAFETY: the caller's promise; neither is null.
        unsafe {
            *baseptr.cast::<*mut c_void>() = core::ptr::with_exposed_provenance_mut(base);
            *win = A::Win::encode(id);
        }
        Ok(())
    });
    finish::<A>("MPI_Win_allocate", || Object::Comm(comm.decode()), outcome)
}

/// `MPI_Win_free`: everybody has arrived before anything goes.
///
/// # Safety
/// `win` may be read and written.
pub unsafe fn win_free<A: Abi>(win: *mut A::Win) -> c_int {
    let mut object = Object::None;
    let outcome = call::out(win, "win").map_err(Into::into).and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*win).decode() };
        let (comm, busy) =
            with_objects(|objects| objects.win(id).map(|win| (win.comm, win.window.is_busy())))?;
        object = Object::Win(id);
        if busy {
            let message = "operations wait for MPI_Win_fence: end the epoch before freeing the window";
            return Err(Error::new(ErrorClass::RmaSync, message).into());
        }
        delete_all_of_win(id)?;
        let (ports, ..) = next_ports(comm)?;
        process().block_on(engine::collective::barrier::barrier(&ports))??;
        with_objects(|objects| {
            if let Some(mut win) = objects.wins.remove(id) {
                win.attributes.clear(&mut objects.keyvals);
                objects.errhandlers.detach(win.errhandler);
            }
            objects.free_comm(comm)
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *win = A::Win::encode(WinId::NULL) };
        Ok(())
    });
    finish_callback::<A>("MPI_Win_free", object, outcome)
}

/// `MPI_Win_fence`. The assertions promise less work; nothing depends on them.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_fence<A: Abi>(_assert: c_int, win: A::Win) -> c_int {
    let id = win.decode();
    let outcome = with_objects(|objects| {
        let entry = objects.win_mut(id)?;
        Ok((entry.comm, entry.window.take_epoch()))
    })
    .and_then(|(comm, epoch)| {
        let (ports, ..) = next_ports(comm)?;
        process().block_on(rma::fence(&ports, epoch))?
    });
    finish::<A>("MPI_Win_fence", || Object::Win(id), outcome)
}

/// The target of an access; `None` for `MPI_PROC_NULL`.
fn target(objects: &engine::objects::Objects, win: WinId, rank: i32) -> Result<Option<usize>> {
    let core = &objects.comm(objects.win(win)?.comm)?.core;
    call::destination(core, rank).map(|peer| peer.map(|_| rank as usize))
}

/// `MPI_Put`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
pub unsafe fn put<A: Abi>(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    win: A::Win,
) -> c_int {
    let id = win.decode();
    let outcome = with_objects(|objects| {
        let Some(target) = target(objects, id, A::rank_in(target_rank))? else { return Ok(()) };
        let origin = call::committed(objects, origin_datatype.decode())?.clone();
        let datatype = call::committed(objects, target_datatype.decode())?.clone();
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(origin_addr, origin_count, &origin)? };
        let count = call::count(target_count)?;
        objects.win_mut(id)?.window.put(&data, target, target_disp as i64, &datatype, count)
    });
    finish::<A>("MPI_Put", || Object::Win(id), outcome)
}

/// `MPI_Get`.
///
/// # Safety
/// As the MPI standard asks of the buffer, until the fence.
pub unsafe fn get<A: Abi>(
    origin_addr: *mut c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    win: A::Win,
) -> c_int {
    let id = win.decode();
    let outcome = with_objects(|objects| {
        let Some(target) = target(objects, id, A::rank_in(target_rank))? else { return Ok(()) };
        let origin = call::committed(objects, origin_datatype.decode())?.clone();
        let datatype = call::committed(objects, target_datatype.decode())?.clone();
        // SAFETY: the caller's promise.
        let data = unsafe { call::recv_data(origin_addr, origin_count, &origin)? };
        let count = call::count(target_count)?;
        objects.win_mut(id)?.window.get(data, target, target_disp as i64, &datatype, count)
    });
    finish::<A>("MPI_Get", || Object::Win(id), outcome)
}

/// `MPI_Win_get_group`.
///
/// # Safety
/// `group` may be written.
pub unsafe fn win_get_group<A: Abi>(win: A::Win, group: *mut A::Group) -> c_int {
    let id = win.decode();
    let outcome = call::out(group, "group").and_then(|()| {
        let made = with_objects(|objects| {
            let comm = objects.win(id)?.comm;
            let members = objects.comm(comm)?.core.group().clone();
            Ok::<_, Error>(crate::group::add(objects, members))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *group = A::Group::encode(made) };
        Ok(())
    });
    finish::<A>("MPI_Win_get_group", || Object::Win(id), outcome)
}

/// `MPI_Win_set_name`.
///
/// # Safety
/// `win_name` is a C string.
pub unsafe fn win_set_name<A: Abi>(win: A::Win, win_name: *const c_char) -> c_int {
    let id = win.decode();
    let outcome = call::out(win_name.cast_mut(), "win_name").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let name = unsafe { CStr::from_ptr(win_name) }.to_bytes();
        let name = name[..name.len().min(A::MAX_OBJECT_NAME - 1)].to_vec();
        with_objects(|objects| {
            objects.win_mut(id)?.name = name;
            Ok(())
        })
    });
    finish::<A>("MPI_Win_set_name", || Object::Win(id), outcome)
}

/// `MPI_Win_get_name`.
///
/// # Safety
/// `win_name` has `MPI_MAX_OBJECT_NAME` bytes, `resultlen` may be written.
pub unsafe fn win_get_name<A: Abi>(win: A::Win, win_name: *mut c_char, resultlen: *mut c_int) -> c_int {
    let id = win.decode();
    let outcome =
        call::out(win_name, "win_name").and_then(|()| call::out(resultlen, "resultlen")).and_then(|()| {
            let name = with_objects(|objects| objects.win(id).map(|win| win.name.clone()))?;
            // SAFETY: the caller's promise; neither is null.
            unsafe { *resultlen = put_string(&name, win_name, A::MAX_OBJECT_NAME) as c_int };
            Ok(())
        });
    finish::<A>("MPI_Win_get_name", || Object::Win(id), outcome)
}
