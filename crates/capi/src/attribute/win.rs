//! Attributes of windows.

use core::ffi::{c_int, c_void};

use engine::attribute::{AttributeOf, AttributeSet, Keyvals, Store};
use engine::error::Result;
use engine::handle::WinId;

use super::{create_keyval, delete_attribute, free_keyval, get_attribute, predefined, set_attribute};
use crate::abi::{Abi, CHandle};
use crate::errors::Object;
use crate::runtime::with_objects;

/// The attributes of this window.
pub(super) struct WinAttributes(pub WinId);

impl Store for WinAttributes {
    const OF: AttributeOf = AttributeOf::Win;

    fn object(&self) -> u32 {
        self.0.raw()
    }

    fn with<R>(&self, access: impl FnOnce(&mut AttributeSet, &mut Keyvals) -> R) -> Result<R> {
        with_objects(|objects| {
            let (set, keyvals) = objects.win_attributes(self.0)?;
            Ok(access(set, keyvals))
        })
    }
}

/// `MPI_Win_create_keyval`.
///
/// # Safety
/// The functions are null, one of MPI's, or of the types that MPI asks for;
/// `win_keyval` may be written.
pub unsafe fn win_create_keyval<A: Abi>(
    win_copy_attr_fn: *const c_void,
    win_delete_attr_fn: *const c_void,
    win_keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    let functions = (win_copy_attr_fn, win_delete_attr_fn);
    let function = "MPI_Win_create_keyval";
    // SAFETY: the caller's promise.
    unsafe { create_keyval::<A, A::Win>(function, AttributeOf::Win, functions, win_keyval, extra_state) }
}

/// `MPI_Win_free_keyval`.
///
/// # Safety
/// `win_keyval` may be read and written.
pub unsafe fn win_free_keyval<A: Abi>(win_keyval: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { free_keyval::<A>("MPI_Win_free_keyval", AttributeOf::Win, win_keyval) }
}

/// `MPI_Win_set_attr`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_set_attr<A: Abi>(win: A::Win, win_keyval: c_int, attribute_val: *mut c_void) -> c_int {
    let id = win.decode();
    set_attribute::<A>("MPI_Win_set_attr", Object::Win(id), &WinAttributes(id), win_keyval, attribute_val)
}

/// `MPI_Win_get_attr`.
///
/// # Safety
/// `attribute_val` points to a pointer that may be written; `flag` may be written.
pub unsafe fn win_get_attr<A: Abi>(
    win: A::Win,
    win_keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    let id = win.decode();
    let answer = (attribute_val, flag);
    // SAFETY: the caller's promise.
    unsafe {
        get_attribute::<A>(
            "MPI_Win_get_attr",
            Object::Win(id),
            &WinAttributes(id),
            win_keyval,
            answer,
            |attribute| predefined::of_win(id, attribute),
        )
    }
}

/// `MPI_Win_delete_attr`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_delete_attr<A: Abi>(win: A::Win, win_keyval: c_int) -> c_int {
    let id = win.decode();
    delete_attribute::<A>("MPI_Win_delete_attr", Object::Win(id), &WinAttributes(id), win_keyval)
}
