//! Ports, accepting and connecting (MPI-5.0 section 11.9).

use core::ffi::{CStr, c_char, c_int};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bootstrap::port::{Call, Port};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::InfoId;

use super::{Contact, LOOK, add, common_tag, decode, greeting, io_error, meet, next_tag, wait_for};
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish, finish_comm};
use crate::errors::{Object, put_string};
use crate::runtime::with_objects;

/// How long a connection waits to be accepted, unless the info key `timeout`
/// (seconds) says something else.
const PATIENCE: Duration = Duration::from_secs(60);

/// The ports that this process has opened.
static PORTS: Mutex<Vec<Port>> = Mutex::new(Vec::new());

fn ports<R>(f: impl FnOnce(&mut Vec<Port>) -> R) -> R {
    f(&mut PORTS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// # Safety
/// `name` is null or a C string.
pub(super) unsafe fn text<'a>(name: *const c_char, what: &str) -> Result<&'a [u8]> {
    call::out(name.cast_mut(), what)?;
    // SAFETY: the caller's promise; not null.
    Ok(unsafe { CStr::from_ptr(name) }.to_bytes())
}

/// # Safety
/// `port_name` has `MPI_MAX_PORT_NAME` bytes.
pub(super) unsafe fn put_port(name: &str, port_name: *mut c_char) {
    // SAFETY: names of ports are far shorter than `MPI_MAX_PORT_NAME`, 256 at least.
    unsafe { put_string(name.as_bytes(), port_name, name.len() + 1) };
}

/// `MPI_Open_port`.
///
/// # Safety
/// `port_name` has `MPI_MAX_PORT_NAME` bytes.
pub unsafe fn open_port<A: Abi>(_info: A::Info, port_name: *mut c_char) -> c_int {
    let outcome = call::out(port_name, "port_name").and_then(|()| {
        let port = Port::open().map_err(|error| io_error(ErrorClass::Port, "cannot open a port", &error))?;
        // SAFETY: the caller's promise.
        unsafe { put_port(port.name(), port_name) };
        ports(|ports| ports.push(port));
        Ok(())
    });
    finish::<A>("MPI_Open_port", || Object::None, outcome)
}

#[cold]
fn not_ours(name: &[u8]) -> Error {
    let name = String::from_utf8_lossy(name);
    Error::new(
        ErrorClass::Port,
        format!("this process has no port {name:?}: a port is used and closed by the process that opened it"),
    )
}

/// `MPI_Close_port`.
///
/// # Safety
/// `port_name` is a C string.
pub unsafe fn close_port<A: Abi>(port_name: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { text(port_name, "port_name") }.and_then(|name| {
        let closed = ports(|ports| {
            let position = ports.iter().position(|port| port.name().as_bytes() == name)?;
            Some(ports.swap_remove(position))
        });
        closed.map(drop).ok_or_else(|| not_ours(name))
    });
    finish::<A>("MPI_Close_port", || Object::None, outcome)
}

fn accept(name: &[u8]) -> Result<Contact> {
    let failed = |error: std::io::Error| io_error(ErrorClass::Port, "cannot accept at the port", &error);
    let port = ports(|ports| {
        let port = ports.iter().find(|port| port.name().as_bytes() == name);
        port.map(Port::share).ok_or_else(|| not_ours(name))
    })?;
    let port = port.map_err(failed)?;
    let own_tag = next_tag();
    let ours = greeting(own_tag)?;
    let theirs = wait_for(|| port.accept(ours, LOOK).map_err(failed))?;
    let (leader, tag) = decode(theirs)?;
    Ok(Contact { leader, tag: common_tag(own_tag, tag), words: Vec::new() })
}

fn patience(info: InfoId) -> Result<Duration> {
    if info.is_null() {
        return Ok(PATIENCE);
    }
    let seconds = with_objects(|objects| Ok(objects.info(info)?.get(b"timeout").map(<[u8]>::to_vec)))?;
    let Some(seconds) = seconds else { return Ok(PATIENCE) };
    let text = String::from_utf8_lossy(&seconds);
    let parsed = text.trim().parse::<f64>().ok().and_then(|text| Duration::try_from_secs_f64(text).ok());
    match parsed {
        Some(patience) => Ok(patience),
        None => {
            fail!(ErrorClass::InfoValue, "the info key timeout is {text:?}; it should be a number of seconds")
        }
    }
}

fn connect(name: &[u8], info: InfoId) -> Result<Contact> {
    let name = String::from_utf8_lossy(name);
    let patience = patience(info)?;
    let failed = |error: std::io::Error| {
        use std::io::ErrorKind as K;
        let why = match error.kind() {
            K::ConnectionRefused => {
                "there is no such port: was it closed, or has the process that opened it \
                                     ended?"
                    .to_owned()
            }
            K::InvalidInput => "that is no name that MPI_Open_port of Passel gave".to_owned(),
            K::UnexpectedEof | K::ConnectionReset | K::BrokenPipe => {
                "the port was closed before it accepted".to_owned()
            }
            _ => error.to_string(),
        };
        Error::new(ErrorClass::Port, format!("cannot connect to port {name:?}: {why}"))
    };
    let own_tag = next_tag();
    let connection = Call::new(&name, greeting(own_tag)?).map_err(failed)?;
    let until = Instant::now() + patience;
    let theirs = wait_for(|| match connection.wait(LOOK).map_err(failed)? {
        None if Instant::now() >= until => Err(Error::new(
            ErrorClass::Port,
            format!(
                "port {name:?} exists, but its owner has not called MPI_Comm_accept within {} s; the info key \
                 timeout says how long to wait",
                patience.as_secs_f64()
            ),
        )),
        answer => Ok(answer),
    })?;
    let (leader, tag) = decode(theirs)?;
    Ok(Contact { leader, tag: common_tag(tag, own_tag), words: Vec::new() })
}

/// # Safety
/// `newcomm` may be written.
unsafe fn come_together<A: Abi>(
    function: &'static str,
    root: c_int,
    comm: A::Comm,
    newcomm: *mut A::Comm,
    contact: impl FnOnce() -> Result<Contact>,
) -> c_int {
    let parent = comm.decode();
    let outcome = call::out(newcomm, "newcomm").and_then(|()| {
        let (core, _) = meet::<A>(parent, root, contact)?;
        let id = add(core, parent, "")?;
        // SAFETY: the caller's promise; not null.
        unsafe { *newcomm = A::Comm::encode(id) };
        Ok(())
    });
    finish_comm::<A>(function, parent, outcome)
}

/// `MPI_Comm_accept`.
///
/// # Safety
/// `port_name` is a C string at the root; `newcomm` may be written.
pub unsafe fn comm_accept<A: Abi>(
    port_name: *const c_char,
    _info: A::Info,
    root: c_int,
    comm: A::Comm,
    newcomm: *mut A::Comm,
) -> c_int {
    // SAFETY: the caller's promise, at the root.
    let contact = || unsafe { text(port_name, "port_name") }.and_then(accept);
    // SAFETY: the caller's promise.
    unsafe { come_together::<A>("MPI_Comm_accept", root, comm, newcomm, contact) }
}

/// `MPI_Comm_connect`.
///
/// # Safety
/// `port_name` is a C string at the root; `newcomm` may be written.
pub unsafe fn comm_connect<A: Abi>(
    port_name: *const c_char,
    info: A::Info,
    root: c_int,
    comm: A::Comm,
    newcomm: *mut A::Comm,
) -> c_int {
    // SAFETY: the caller's promise, at the root.
    let contact = || unsafe { text(port_name, "port_name") }.and_then(|name| connect(name, info.decode()));
    // SAFETY: the caller's promise.
    unsafe { come_together::<A>("MPI_Comm_connect", root, comm, newcomm, contact) }
}
