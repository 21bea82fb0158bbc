//! Memory and addresses (MPI-5.0 sections 5.1.5 and 9.2).

use core::alloc::Layout;
use core::ffi::{c_int, c_void};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use memory::arena::{Extent, Grant};
use transport::Transport;

use crate::abi::Abi;
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::process;

/// What `MPI_Alloc_mem` has given out, by address. While this process is part of
/// a job it is shared memory, so that other ranks reach it directly when a
/// window is made of it.
static ALLOCATED: Mutex<BTreeMap<usize, Memory>> = Mutex::new(BTreeMap::new());

enum Memory {
    Heap(Layout),
    Shared(Grant),
}

/// Alignment of what is given out: a cache line.
const ALIGNMENT: usize = 64;

fn allocated() -> MutexGuard<'static, BTreeMap<usize, Memory>> {
    ALLOCATED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where `size` bytes at `address` lie in shared memory, if they are part of one
/// allocation there: the piece, and the bytes before them in it.
pub(crate) fn shared_place(address: usize, size: usize) -> Option<(Extent, u64)> {
    let allocated = allocated();
    let (&base, memory) = allocated.range(..=address).next_back()?;
    let Memory::Shared(grant) = memory else { return None };
    let inner = address - base;
    let inside = inner.checked_add(size).is_some_and(|end| end <= grant.region().len());
    inside.then(|| (grant.extent(), inner as u64))
}

fn allocate(bytes: usize) -> Result<*mut u8> {
    let none = || Error::new(ErrorClass::NoMem, format!("{bytes} bytes could not be allocated"));
    let arena = match process().lock().endpoint() {
        Ok(endpoint) => endpoint.transport.arena().cloned(),
        Err(_) => None,
    };
    let (memory, kept) = match arena.map(|arena| arena.allocate(bytes)) {
        Some(Ok(grant)) => (grant.region().base().as_ptr(), Memory::Shared(grant)),
        Some(Err(error)) => fail!(ErrorClass::NoMem, "{bytes} bytes could not be allocated: {error}"),
        None => {
            let layout = Layout::from_size_align(bytes.max(1), ALIGNMENT).map_err(|_| none())?;
            // SAFETY: the layout is not empty.
            (unsafe { std::alloc::alloc(layout) }, Memory::Heap(layout))
        }
    };
    if memory.is_null() {
        return Err(none());
    }
    allocated().insert(memory as usize, kept);
    Ok(memory)
}

/// `MPI_Alloc_mem`.
///
/// # Safety
/// `baseptr` points to a pointer that may be written.
pub unsafe fn alloc_mem<A: Abi>(size: isize, _info: A::Info, baseptr: *mut c_void) -> c_int {
    let outcome = call::out(baseptr, "baseptr").and_then(|()| {
        let bytes = usize::try_from(size).map_err(|_| {
            Error::new(ErrorClass::Arg, format!("the size is {size}; it must not be negative"))
        })?;
        let memory = allocate(bytes)?;
        // SAFETY: the caller's promise; not null.
        unsafe { *baseptr.cast::<*mut u8>() = memory };
        Ok(())
    });
    finish::<A>("MPI_Alloc_mem", || Object::None, outcome)
}

/// `MPI_Free_mem`.
///
/// # Safety
/// `base` came from `MPI_Alloc_mem` and is not used any more.
pub unsafe fn free_mem<A: Abi>(base: *mut c_void) -> c_int {
    if base.is_null() {
        return call::SUCCESS;
    }
    let found = allocated().remove(&(base as usize));
    let outcome = match found {
        Some(Memory::Heap(layout)) => {
            // SAFETY: allocated with this layout, and taken off the list.
            unsafe { std::alloc::dealloc(base.cast(), layout) };
            Ok(())
        }
        Some(Memory::Shared(grant)) => {
            drop(grant);
            Ok(())
        }
        None => Err(Error::new(
            ErrorClass::Base,
            "the address is not one that MPI_Alloc_mem has given out, or it was freed already",
        )),
    };
    finish::<A>("MPI_Free_mem", || Object::None, outcome)
}

/// `MPI_Get_address`.
///
/// # Safety
/// `address` may be written.
pub unsafe fn get_address<A: Abi>(location: *const c_void, address: *mut isize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { put_address::<A>("MPI_Get_address", location, address) }
}

/// `MPI_Address`, removed from the standard.
///
/// # Safety
/// `address` may be written.
pub unsafe fn address<A: Abi>(location: *mut c_void, address: *mut isize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { put_address::<A>("MPI_Address", location, address) }
}

/// # Safety
/// `address` may be written.
unsafe fn put_address<A: Abi>(function: &'static str, location: *const c_void, address: *mut isize) -> c_int {
    let outcome = call::out(address, "address");
    if outcome.is_ok() {
        // Exposed: MPI_BOTTOM with a datatype of absolute addresses finds it again.
        // SAFETY: the caller's promise; not null.
        unsafe { *address = location.expose_provenance() as isize };
    }
    finish::<A>(function, || Object::None, outcome)
}

/// `MPI_Aint_add`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn aint_add<A: Abi>(base: isize, disp: isize) -> isize {
    base.wrapping_add(disp)
}

/// `MPI_Aint_diff`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn aint_diff<A: Abi>(addr1: isize, addr2: isize) -> isize {
    addr1.wrapping_sub(addr2)
}
