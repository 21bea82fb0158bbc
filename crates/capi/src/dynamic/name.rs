//! Published names (MPI-5.0 section 11.9.4): known to all processes of the
//! user on this machine, as long as the process that published them lives.

use core::ffi::{c_char, c_int};
use std::io::ErrorKind;
use std::sync::{Mutex, PoisonError};

use bootstrap::port::{Published, look_up};
use engine::error::{ErrorClass, Result};
use engine::fail;

use super::io_error;
use super::port::{put_port, text};
use crate::abi::Abi;
use crate::call::{self, finish};
use crate::errors::Object;

/// The names that this process has published.
static PUBLISHED: Mutex<Vec<Published>> = Mutex::new(Vec::new());

fn published<R>(f: impl FnOnce(&mut Vec<Published>) -> R) -> R {
    f(&mut PUBLISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

fn publish(service: &[u8], port: &[u8]) -> Result<()> {
    let shown = String::from_utf8_lossy(service);
    let port = String::from_utf8_lossy(port);
    match Published::new(service, &port) {
        Ok(new) => {
            published(|list| list.push(new));
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            fail!(
                ErrorClass::Service,
                "the service {shown:?} is published already, by this process or another one of this user"
            )
        }
        Err(error) if error.kind() == ErrorKind::InvalidInput => {
            fail!(
                ErrorClass::Port,
                "{port:?} cannot be published as a port: it is empty, too long, or has spaces or control characters"
            )
        }
        Err(error) => Err(io_error(ErrorClass::Service, &format!("cannot publish {shown:?}"), &error)),
    }
}

/// `MPI_Publish_name`.
///
/// # Safety
/// The names are C strings.
pub unsafe fn publish_name<A: Abi>(
    service_name: *const c_char,
    _info: A::Info,
    port_name: *const c_char,
) -> c_int {
    // SAFETY: the caller's promise, for both.
    let names =
        unsafe { text(service_name, "service_name").and_then(|it| Ok((it, text(port_name, "port_name")?))) };
    let outcome = names.and_then(|(service, port)| publish(service, port));
    finish::<A>("MPI_Publish_name", || Object::None, outcome)
}

/// `MPI_Unpublish_name`.
///
/// # Safety
/// The names are C strings.
pub unsafe fn unpublish_name<A: Abi>(
    service_name: *const c_char,
    _info: A::Info,
    port_name: *const c_char,
) -> c_int {
    // SAFETY: the caller's promise, for both.
    let names =
        unsafe { text(service_name, "service_name").and_then(|it| Ok((it, text(port_name, "port_name")?))) };
    let outcome = names.and_then(|(service, port)| {
        let gone = published(|list| {
            let is_it = |known: &Published| known.is(service) && known.port().as_bytes() == port;
            list.iter().position(is_it).map(|position| list.swap_remove(position))
        });
        let Some(_) = gone else {
            let (service, port) = (String::from_utf8_lossy(service), String::from_utf8_lossy(port));
            fail!(
                ErrorClass::Service,
                "this process has not published {service:?} with port {port:?}: who publishes a name withdraws it"
            );
        };
        Ok(())
    });
    finish::<A>("MPI_Unpublish_name", || Object::None, outcome)
}

/// `MPI_Lookup_name`.
///
/// # Safety
/// `service_name` is a C string; `port_name` has `MPI_MAX_PORT_NAME` bytes.
pub unsafe fn lookup_name<A: Abi>(
    service_name: *const c_char,
    _info: A::Info,
    port_name: *mut c_char,
) -> c_int {
    // SAFETY: the caller's promise.
    let service = unsafe { text(service_name, "service_name") };
    let outcome = service.and_then(|service| {
        call::out(port_name, "port_name")?;
        let shown = String::from_utf8_lossy(service);
        let found = look_up(service)
            .map_err(|error| io_error(ErrorClass::Name, &format!("cannot look up {shown:?}"), &error))?;
        let Some(port) = found else {
            fail!(ErrorClass::Name, "no process of this user on this machine has published {shown:?}");
        };
        // SAFETY: the caller's promise; not null.
        unsafe { put_port(&port, port_name) };
        Ok(())
    });
    finish::<A>("MPI_Lookup_name", || Object::None, outcome)
}
