//! Memory and addresses (MPI-5.0 sections 5.1.5 and 9.2).

use core::alloc::Layout;
use core::ffi::{c_int, c_void};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use engine::error::{Error, ErrorClass};

use crate::abi::Abi;
use crate::call::{self, finish};
use crate::errors::Object;

/// What `MPI_Alloc_mem` has given out: address to layout.
static ALLOCATED: Mutex<BTreeMap<usize, Layout>> = Mutex::new(BTreeMap::new());

/// Alignment of what is given out: a cache line.
const ALIGNMENT: usize = 64;

/// `MPI_Alloc_mem`.
///
/// # Safety
/// `baseptr` points to a pointer that may be written.
pub unsafe fn alloc_mem<A: Abi>(size: isize, _info: A::Info, baseptr: *mut c_void) -> c_int {
    let outcome = call::out(baseptr, "baseptr").and_then(|()| {
        let bytes = usize::try_from(size).map_err(|_| {
            Error::new(ErrorClass::Arg, format!("the size is {size}; it must not be negative"))
        })?;
        let none = || Error::new(ErrorClass::NoMem, format!("{bytes} bytes could not be allocated"));
        let layout = Layout::from_size_align(bytes.max(1), ALIGNMENT).map_err(|_| none())?;
        // SAFETY: the layout is not empty.
        let memory = unsafe { std::alloc::alloc(layout) };
        if memory.is_null() {
            return Err(none());
        }
        ALLOCATED.lock().unwrap_or_else(PoisonError::into_inner).insert(memory as usize, layout);
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
    let found = ALLOCATED.lock().unwrap_or_else(PoisonError::into_inner).remove(&(base as usize));
    let outcome = match found {
        Some(layout) => {
            // SAFETY: allocated with this layout, and taken off the list.
            unsafe { std::alloc::dealloc(base.cast(), layout) };
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
