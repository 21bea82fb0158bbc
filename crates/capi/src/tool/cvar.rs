//! Control variables: the settings (MPI-5.0 section 15.3.6).

use core::ffi::{c_char, c_int, c_void};

use engine::error::{Error, ErrorClass, Result};
use engine::tool::settings::{SETTINGS, Scope, Setting};

use super::{
    binding, constant, find, finish, give, handle_at, put, put_text, row, to_key, to_pointer, whole, with,
};
use crate::abi::{Abi, Constants};
use crate::runtime::process;

/// `MPI_T_cvar_get_num`.
///
/// # Safety
/// `num_cvar` may be written.
pub unsafe fn t_cvar_get_num<A: Abi>(num_cvar: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    finish::<A>(with(|_| unsafe { give(num_cvar, SETTINGS.len() as c_int) }))
}

/// `MPI_T_cvar_get_info`.
///
/// # Safety
/// Results are null or may be written; texts have as many bytes as the lengths
/// beside them say.
pub unsafe fn t_cvar_get_info<A: Abi>(
    cvar_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    verbosity: *mut c_int,
    datatype: *mut A::Datatype,
    enumtype: *mut *mut c_void,
    desc: *mut c_char,
    desc_len: *mut c_int,
    bind: *mut c_int,
    scope: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        let setting = row(SETTINGS, cvar_index, "control variables")?;
        let reach = match setting.scope {
            Scope::Local => constant::SCOPE_LOCAL,
            Scope::All => constant::SCOPE_ALL_EQ,
        };
        // SAFETY: the caller's promise.
        unsafe {
            put_text(setting.name, name, name_len);
            put_text(setting.about, desc, desc_len);
            put(verbosity, A::constant_out(Constants::ToolVerbosity, constant::VERBOSITY_TUNER_BASIC));
            put(datatype, whole::<A>());
            put(enumtype, core::ptr::null_mut());
            put(bind, binding::<A>(false));
            put(scope, A::constant_out(Constants::ToolScope, reach));
        }
        Ok(())
    }))
}

/// `MPI_T_cvar_get_index`.
///
/// # Safety
/// `name` is a C string; `cvar_index` may be written.
pub unsafe fn t_cvar_get_index<A: Abi>(name: *const c_char, cvar_index: *mut c_int) -> c_int {
    finish::<A>(with(|_| {
        // SAFETY: the caller's promise.
        let index = unsafe { find(SETTINGS.iter().map(|setting| setting.name), name)? };
        // SAFETY: the caller's promise.
        unsafe { give(cvar_index, index) }
    }))
}

/// `MPI_T_cvar_handle_alloc`. No setting belongs to an object.
///
/// # Safety
/// `handle` and `count` may be written.
pub unsafe fn t_cvar_handle_alloc<A: Abi>(
    cvar_index: c_int,
    _obj_handle: *mut c_void,
    handle: *mut *mut c_void,
    count: *mut c_int,
) -> c_int {
    finish::<A>(with(|tool| {
        row(SETTINGS, cvar_index, "control variables")?;
        let key = tool.next_key();
        // SAFETY: the caller's promise.
        unsafe {
            give(handle, to_pointer(key))?;
            put(count, 1);
        }
        tool.cvars.insert(key, cvar_index as usize);
        Ok(())
    }))
}

fn no_handle() -> Error {
    Error::new(ErrorClass::ToolInvalidHandle, "the handle is none of a control variable: was it freed?")
}

/// `MPI_T_cvar_handle_free`.
///
/// # Safety
/// `handle` may be read and written.
pub unsafe fn t_cvar_handle_free<A: Abi>(handle: *mut *mut c_void) -> c_int {
    finish::<A>(with(|tool| {
        // SAFETY: the caller's promise.
        let key = unsafe { handle_at(handle)? };
        tool.cvars.remove(&key).ok_or_else(no_handle)?;
        // SAFETY: the caller's promise.
        unsafe { give(handle, core::ptr::null_mut()) }
    }))
}

fn setting(handle: *mut c_void) -> Result<&'static Setting> {
    with(|tool| tool.cvars.get(&to_key(handle)).map(|&index| &SETTINGS[index]).ok_or_else(no_handle))
}

/// `MPI_T_cvar_read`.
///
/// # Safety
/// `buf` has room for an `unsigned long long`.
pub unsafe fn t_cvar_read<A: Abi>(handle: *mut c_void, buf: *mut c_void) -> c_int {
    finish::<A>(setting(handle).and_then(|setting| {
        let value = (setting.get)(process().lock().settings());
        // SAFETY: the caller's promise.
        unsafe { give(buf.cast::<u64>(), value) }
    }))
}

/// `MPI_T_cvar_write`.
///
/// # Safety
/// `buf` has an `unsigned long long`.
pub unsafe fn t_cvar_write<A: Abi>(handle: *mut c_void, buf: *const c_void) -> c_int {
    finish::<A>(setting(handle).and_then(|setting| {
        if buf.is_null() {
            return Err(Error::new(ErrorClass::ToolInvalid, "the buffer is a null pointer"));
        }
        // SAFETY: the caller's promise; not null.
        let value = unsafe { buf.cast::<u64>().read_unaligned() };
        process().lock().set(setting, value)
    }))
}
