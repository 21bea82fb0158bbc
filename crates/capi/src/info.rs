//! Info objects (MPI-5.0 chapter 10).

use core::ffi::{CStr, c_char, c_int};

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::InfoId;
use engine::info::Info;

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::{Object, put_string};
use crate::runtime::with_objects;

fn done<A: Abi>(function: &'static str, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::None, outcome)
}

/// A key, checked.
///
/// # Safety
/// `key` is null or a C string.
unsafe fn key_of<'a, A: Abi>(key: *const c_char) -> Result<&'a [u8]> {
    call::out(key.cast_mut(), "key")?;
    // SAFETY: the caller's promise; not null.
    let key = unsafe { CStr::from_ptr(key) }.to_bytes();
    if key.is_empty() {
        fail!(ErrorClass::InfoKey, "the key is empty");
    }
    if key.len() >= A::MAX_INFO_KEY {
        let (len, most) = (key.len(), A::MAX_INFO_KEY - 1);
        fail!(ErrorClass::InfoKey, "the key has {len} bytes; MPI_MAX_INFO_KEY allows {most}");
    }
    Ok(key)
}

/// # Safety
/// `info` may be written.
unsafe fn put<A: Abi>(info: *mut A::Info, new: Info) {
    let id = with_objects(|objects| objects.infos.insert(new));
    // SAFETY: the caller's promise.
    unsafe { *info = A::Info::encode(id) };
}

/// Checks the info of a function that knows no hints.
pub fn check_optional<A: Abi>(info: A::Info) -> Result<()> {
    match info.decode() {
        id if id.is_null() => Ok(()),
        id => with_objects(|objects| objects.info(id).map(|_| ())),
    }
}

/// `MPI_Info_create`.
///
/// # Safety
/// `info` may be written.
pub unsafe fn info_create<A: Abi>(info: *mut A::Info) -> c_int {
    let outcome = call::out(info, "info");
    if outcome.is_ok() {
        // SAFETY: the caller's promise; not null.
        unsafe { put::<A>(info, Info::new()) };
    }
    done::<A>("MPI_Info_create", outcome)
}

/// `MPI_Info_create_env`: what `MPI_INFO_ENV` would say.
///
/// # Safety
/// `info` may be written.
pub unsafe fn info_create_env<A: Abi>(_argc: c_int, _argv: *mut *mut c_char, info: *mut A::Info) -> c_int {
    let outcome = call::out(info, "info");
    if outcome.is_ok() {
        let new = Info::of_environment(&crate::runtime::environment());
        // SAFETY: the caller's promise; not null.
        unsafe { put::<A>(info, new) };
    }
    done::<A>("MPI_Info_create_env", outcome)
}

/// `MPI_Info_dup`.
///
/// # Safety
/// `newinfo` may be written.
pub unsafe fn info_dup<A: Abi>(info: A::Info, newinfo: *mut A::Info) -> c_int {
    let outcome = call::out(newinfo, "newinfo").and_then(|()| {
        let copy = with_objects(|objects| objects.info(info.decode()).cloned())?;
        // SAFETY: the caller's promise; not null.
        unsafe { put::<A>(newinfo, copy) };
        Ok(())
    });
    done::<A>("MPI_Info_dup", outcome)
}

/// `MPI_Info_free`.
///
/// # Safety
/// `info` may be read and written.
pub unsafe fn info_free<A: Abi>(info: *mut A::Info) -> c_int {
    let outcome = call::out(info, "info").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*info).decode() };
        with_objects(|objects| {
            objects.info_mut(id)?;
            objects.infos.remove(id);
            Ok(())
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *info = A::Info::encode(InfoId::NULL) };
        Ok(())
    });
    done::<A>("MPI_Info_free", outcome)
}

/// `MPI_Info_set`.
///
/// # Safety
/// `key` and `value` are C strings.
pub unsafe fn info_set<A: Abi>(info: A::Info, key: *const c_char, value: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { key_of::<A>(key) }.and_then(|key| {
        call::out(value.cast_mut(), "value")?;
        // SAFETY: the caller's promise; not null.
        let value = unsafe { CStr::from_ptr(value) }.to_bytes();
        if value.len() >= A::MAX_INFO_VAL {
            let (len, most) = (value.len(), A::MAX_INFO_VAL - 1);
            fail!(ErrorClass::InfoValue, "the value has {len} bytes; MPI_MAX_INFO_VAL allows {most}");
        }
        with_objects(|objects| objects.info_mut(info.decode())?.set(key, value))
    });
    done::<A>("MPI_Info_set", outcome)
}

/// `MPI_Info_delete`.
///
/// # Safety
/// `key` is a C string.
pub unsafe fn info_delete<A: Abi>(info: A::Info, key: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { key_of::<A>(key) }
        .and_then(|key| with_objects(|objects| objects.info_mut(info.decode())?.delete(key)));
    done::<A>("MPI_Info_delete", outcome)
}

/// The value of a key, if there is one.
///
/// # Safety
/// `key` is a C string.
unsafe fn value_of<A: Abi>(info: A::Info, key: *const c_char) -> Result<Option<Vec<u8>>> {
    // SAFETY: the caller's promise.
    let key = unsafe { key_of::<A>(key)? };
    with_objects(|objects| Ok(objects.info(info.decode())?.get(key).map(<[u8]>::to_vec)))
}

/// `MPI_Info_get_string`.
///
/// # Safety
/// `key` is a C string; `buflen` may be read and written, `flag` written;
/// `value` has `*buflen` bytes.
pub unsafe fn info_get_string<A: Abi>(
    info: A::Info,
    key: *const c_char,
    buflen: *mut c_int,
    value: *mut c_char,
    flag: *mut c_int,
) -> c_int {
    let outcome = call::out(buflen, "buflen").and_then(|()| call::out(flag, "flag")).and_then(|()| {
        // SAFETY: the caller's promise; neither is null.
        unsafe {
            let found = value_of::<A>(info, key)?;
            *flag = found.is_some().into();
            if let Some(found) = found {
                let room = usize::try_from(*buflen).unwrap_or(0);
                if room != 0 {
                    call::out(value, "value")?;
                    put_string(&found, value, room);
                }
                *buflen = found.len() as c_int + 1;
            }
        }
        Ok(())
    });
    done::<A>("MPI_Info_get_string", outcome)
}

/// `MPI_Info_get`, deprecated.
///
/// # Safety
/// `key` is a C string; `value` has `valuelen + 1` bytes; `flag` may be written.
pub unsafe fn info_get<A: Abi>(
    info: A::Info,
    key: *const c_char,
    valuelen: c_int,
    value: *mut c_char,
    flag: *mut c_int,
) -> c_int {
    let outcome = call::out(flag, "flag").and_then(|()| {
        let room = match usize::try_from(valuelen) {
            Ok(len) => len + 1,
            Err(_) => fail!(ErrorClass::Arg, "the length of the value is negative: {valuelen}"),
        };
        // SAFETY: the caller's promise; `flag` is not null.
        unsafe {
            let found = value_of::<A>(info, key)?;
            *flag = found.is_some().into();
            if let Some(found) = found {
                call::out(value, "value")?;
                put_string(&found, value, room);
            }
        }
        Ok(())
    });
    done::<A>("MPI_Info_get", outcome)
}

/// `MPI_Info_get_valuelen`, deprecated.
///
/// # Safety
/// `key` is a C string; `valuelen` and `flag` may be written.
pub unsafe fn info_get_valuelen<A: Abi>(
    info: A::Info,
    key: *const c_char,
    valuelen: *mut c_int,
    flag: *mut c_int,
) -> c_int {
    let outcome = call::out(valuelen, "valuelen").and_then(|()| call::out(flag, "flag")).and_then(|()| {
        // SAFETY: the caller's promise; neither is null.
        unsafe {
            let found = value_of::<A>(info, key)?;
            *flag = found.is_some().into();
            if let Some(found) = found {
                *valuelen = found.len() as c_int;
            }
        }
        Ok(())
    });
    done::<A>("MPI_Info_get_valuelen", outcome)
}

/// `MPI_Info_get_nkeys`.
///
/// # Safety
/// `nkeys` may be written.
pub unsafe fn info_get_nkeys<A: Abi>(info: A::Info, nkeys: *mut c_int) -> c_int {
    let outcome = call::out(nkeys, "nkeys").and_then(|()| {
        let len = with_objects(|objects| objects.info(info.decode()).map(Info::len))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *nkeys = len as c_int };
        Ok(())
    });
    done::<A>("MPI_Info_get_nkeys", outcome)
}

/// `MPI_Info_get_nthkey`.
///
/// # Safety
/// `key` has `MPI_MAX_INFO_KEY` bytes.
pub unsafe fn info_get_nthkey<A: Abi>(info: A::Info, n: c_int, key: *mut c_char) -> c_int {
    let outcome = call::out(key, "key").and_then(|()| {
        let found = with_objects(|objects| objects.info(info.decode())?.nth_key(n).map(<[u8]>::to_vec))?;
        // SAFETY: the caller's promise; not null.
        unsafe { put_string(&found, key, A::MAX_INFO_KEY) };
        Ok(())
    });
    done::<A>("MPI_Info_get_nthkey", outcome)
}
