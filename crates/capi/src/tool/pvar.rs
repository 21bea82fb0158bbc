//! Performance variables (MPI-5.0 section 15.3.7).

use core::ffi::{c_char, c_int, c_void};

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::tool::session::{HandleKey, SessionKey, Sessions, Which};
use engine::tool::variable::{Class, VARIABLES, Variable, View};

use super::{
    binding, comm_at, constant, enumeration, find, finish, give, handle_at, int, put, put_text, real, row,
    to_key, to_pointer, whole, with,
};
use crate::abi::{Abi, Constants};
use crate::runtime::process;

/// A class as the standard ABI numbers it.
fn class_number(class: Class) -> c_int {
    match class {
        Class::State => 1,
        Class::Level => 2,
        Class::Size => 3,
        Class::HighWatermark => 5,
        Class::Counter => 7,
        Class::Timer => 9,
    }
}

/// Runs `f` on the sessions and on what they read.
fn with_view<R>(f: impl FnOnce(&mut Sessions, &mut View<'_>) -> Result<R>) -> Result<R> {
    with(|tool| f(&mut tool.sessions, &mut process().lock().view()))
}

/// `MPI_T_pvar_get_num`.
///
/// # Safety
/// `num_pvar` may be written.
pub unsafe fn t_pvar_get_num<A: Abi>(num_pvar: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    finish::<A>(with(|_| unsafe { give(num_pvar, VARIABLES.len() as c_int) }))
}

/// `MPI_T_pvar_get_info`.
///
/// # Safety
/// Results are null or may be written; texts have as many bytes as the lengths
/// beside them say.
pub unsafe fn t_pvar_get_info<A: Abi>(
    pvar_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    verbosity: *mut c_int,
    var_class: *mut c_int,
    datatype: *mut A::Datatype,
    enumtype: *mut *mut c_void,
    desc: *mut c_char,
    desc_len: *mut c_int,
    bind: *mut c_int,
    readonly: *mut c_int,
    continuous: *mut c_int,
    atomic: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        let variable = row(VARIABLES, pvar_index, "performance variables")?;
        let (of_type, names) = match variable.class {
            Class::State => (int::<A>(), enumeration::states()),
            Class::Timer => (real::<A>(), core::ptr::null_mut()),
            _ => (whole::<A>(), core::ptr::null_mut()),
        };
        let always = variable.is_continuous();
        // SAFETY: the caller's promise.
        unsafe {
            put_text(variable.name, name, name_len);
            put_text(variable.about, desc, desc_len);
            put(verbosity, A::constant_out(Constants::ToolVerbosity, constant::VERBOSITY_USER_BASIC));
            put(var_class, A::constant_out(Constants::ToolClass, class_number(variable.class)));
            put(datatype, of_type);
            put(enumtype, names);
            put(bind, binding::<A>(variable.is_of_comm()));
            put(readonly, always.into());
            put(continuous, always.into());
            put(atomic, (!always).into());
        }
        Ok(())
    }))
}

/// `MPI_T_pvar_get_index`.
///
/// # Safety
/// `name` is a C string; `pvar_index` may be written.
pub unsafe fn t_pvar_get_index<A: Abi>(
    name: *const c_char,
    var_class: c_int,
    pvar_index: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        // SAFETY: the caller's promise.
        let index = unsafe { find(VARIABLES.iter().map(|variable| variable.name), name)? };
        let variable = &VARIABLES[index as usize];
        if A::constant_in(Constants::ToolClass, var_class) != class_number(variable.class) {
            fail!(ErrorClass::ToolInvalidName, "{} is of class {:?}", variable.name, variable.class);
        }
        // SAFETY: the caller's promise.
        unsafe { give(pvar_index, index) }
    }))
}

/// `MPI_T_pvar_session_create`.
///
/// # Safety
/// `session` may be written.
pub unsafe fn t_pvar_session_create<A: Abi>(session: *mut *mut c_void) -> c_int {
    finish::<A>(with(|tool| {
        let key = tool.sessions.create();
        // SAFETY: the caller's promise.
        unsafe { give(session, to_pointer(key.0)) }
    }))
}

/// `MPI_T_pvar_session_free`.
///
/// # Safety
/// `session` may be read and written.
pub unsafe fn t_pvar_session_free<A: Abi>(session: *mut *mut c_void) -> c_int {
    finish::<A>(with(|tool| {
        // SAFETY: the caller's promise.
        let key = unsafe { handle_at(session) };
        let key = key.or_else(|_| fail!(ErrorClass::ToolInvalidSession, "the session is a null pointer"))?;
        tool.sessions.free(SessionKey(key))?;
        // SAFETY: the caller's promise.
        unsafe { give(session, core::ptr::null_mut()) }
    }))
}

fn session_key(session: *mut c_void) -> SessionKey {
    SessionKey(to_key(session))
}

/// `MPI_T_pvar_handle_alloc`.
///
/// # Safety
/// `obj_handle` points to a communicator's handle where the variable is bound
/// to one; `handle` and `count` may be written.
pub unsafe fn t_pvar_handle_alloc<A: Abi>(
    session: *mut c_void,
    pvar_index: c_int,
    obj_handle: *mut c_void,
    handle: *mut *mut c_void,
    count: *mut c_int,
) -> c_int {
    finish::<A>(with_view(|sessions, view| {
        let variable = row(VARIABLES, pvar_index, "performance variables")?;
        // SAFETY: the caller's promise.
        let comm = if variable.is_of_comm() { Some(unsafe { comm_at::<A>(obj_handle)? }) } else { None };
        let key = sessions.allocate(view, session_key(session), pvar_index as usize, comm)?;
        // SAFETY: the caller's promise.
        unsafe {
            put(count, 1);
            give(handle, to_pointer(key.0))
        }
    }))
}

/// `MPI_T_pvar_handle_free`.
///
/// # Safety
/// `handle` may be read and written.
pub unsafe fn t_pvar_handle_free<A: Abi>(session: *mut c_void, handle: *mut *mut c_void) -> c_int {
    finish::<A>(with(|tool| {
        // SAFETY: the caller's promise.
        let key = unsafe { handle_at(handle)? };
        tool.sessions.release(session_key(session), HandleKey(key))?;
        // SAFETY: the caller's promise.
        unsafe { give(handle, core::ptr::null_mut()) }
    }))
}

/// What a handle argument names.
fn which<A: Abi>(handle: *mut c_void) -> Which {
    if handle.cast_const() == A::pvar_all_handles() {
        return Which::All;
    }
    Which::One(HandleKey(to_key(handle)))
}

/// `MPI_T_pvar_start`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn t_pvar_start<A: Abi>(session: *mut c_void, handle: *mut c_void) -> c_int {
    finish::<A>(with_view(|sessions, view| sessions.start(view, session_key(session), which::<A>(handle))))
}

/// `MPI_T_pvar_stop`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn t_pvar_stop<A: Abi>(session: *mut c_void, handle: *mut c_void) -> c_int {
    finish::<A>(with_view(|sessions, view| sessions.stop(view, session_key(session), which::<A>(handle))))
}

/// `MPI_T_pvar_reset`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn t_pvar_reset<A: Abi>(session: *mut c_void, handle: *mut c_void) -> c_int {
    finish::<A>(with_view(|sessions, view| sessions.reset(view, session_key(session), which::<A>(handle))))
}

/// Nanoseconds in a second.
const NANOSECONDS: f64 = 1e9;

/// Writes a value in the variable's type.
///
/// # Safety
/// `buf` is null or has room for it.
unsafe fn put_value(variable: &Variable, value: u64, buf: *mut c_void) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        match variable.class {
            Class::State => give(buf.cast::<c_int>(), value as c_int),
            Class::Timer => give(buf.cast::<f64>(), value as f64 / NANOSECONDS),
            _ => give(buf.cast::<u64>(), value),
        }
    }
}

/// # Safety
/// `buf` has room for a value of the variable's type.
unsafe fn read<A: Abi>(session: *mut c_void, handle: *mut c_void, buf: *mut c_void, resets: bool) -> c_int {
    let (session, key) = (session_key(session), HandleKey(to_key(handle)));
    finish::<A>(with_view(|sessions, view| {
        let variable = sessions.variable(session, key)?;
        let value = sessions.read(view, session, key, resets)?;
        // SAFETY: the caller's promise.
        unsafe { put_value(variable, value, buf) }
    }))
}

/// `MPI_T_pvar_read`.
///
/// # Safety
/// `buf` has room for a value of the variable's type.
pub unsafe fn t_pvar_read<A: Abi>(session: *mut c_void, handle: *mut c_void, buf: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { read::<A>(session, handle, buf, false) }
}

/// `MPI_T_pvar_readreset`.
///
/// # Safety
/// As [`t_pvar_read`].
pub unsafe fn t_pvar_readreset<A: Abi>(session: *mut c_void, handle: *mut c_void, buf: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { read::<A>(session, handle, buf, true) }
}

/// `MPI_T_pvar_write`.
///
/// # Safety
/// `buf` has a value of the variable's type.
pub unsafe fn t_pvar_write<A: Abi>(session: *mut c_void, handle: *mut c_void, buf: *const c_void) -> c_int {
    let (session, key) = (session_key(session), HandleKey(to_key(handle)));
    finish::<A>(with_view(|sessions, view| {
        let variable = sessions.variable(session, key)?;
        if buf.is_null() {
            fail!(ErrorClass::ToolInvalid, "the buffer is a null pointer");
        }
        // SAFETY: the caller's promise; not null.
        let value = unsafe {
            match variable.class {
                Class::State => buf.cast::<c_int>().read_unaligned() as u64,
                Class::Timer => (buf.cast::<f64>().read_unaligned() * NANOSECONDS) as u64,
                _ => buf.cast::<u64>().read_unaligned(),
            }
        };
        sessions.write(view, session, key, value)
    }))
}
