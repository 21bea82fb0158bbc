//! Two processes that share a connected socket (MPI-5.0 section 11.10.4).

use core::ffi::c_int;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};

use bootstrap::port::greet;
use engine::comm;
use engine::error::{ErrorClass, Result};
use platform::local_socket::wait_readable;

use super::{Contact, LOOK, add, common_tag, decode, greeting, io_error, meet, next_tag};
use crate::abi::{Abi, CHandle};
use crate::call::{self, finish_comm};
use crate::runtime::process;

/// A socket of the program's, blocking or not, that is waited for while
/// messages are looked after.
struct Patient(File);

impl Read for Patient {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while !wait_readable(&self.0, LOOK)? {
            process().progress().map_err(io::Error::other)?;
        }
        match self.0.read(bytes) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Err(ErrorKind::Interrupted.into()),
            result => result,
        }
    }
}

impl Write for Patient {
    /// The few bytes of a greeting find room in any socket.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn contact(fd: c_int) -> Result<Contact> {
    let failed = |error: io::Error| {
        let what = format!("cannot greet the process at the other end of socket {fd}");
        io_error(ErrorClass::Arg, &what, &error)
    };
    let socket = platform::process::duplicate_inherited(fd).map_err(failed)?;
    let own_tag = next_tag();
    let ours = greeting(own_tag)?;
    let theirs = greet(Patient(socket.into()), ours).map_err(failed)?;
    let (leader, tag) = decode(theirs)?;
    let (first, second) = if ours[..5] < theirs[..5] { (own_tag, tag) } else { (tag, own_tag) };
    Ok(Contact { leader, tag: common_tag(first, second), words: Vec::new() })
}

/// `MPI_Comm_join`.
///
/// # Safety
/// `intercomm` may be written.
pub unsafe fn comm_join<A: Abi>(fd: c_int, intercomm: *mut A::Comm) -> c_int {
    let outcome = call::out(intercomm, "intercomm").and_then(|()| {
        let (core, _) = meet::<A>(comm::SELF, 0, || contact(fd))?;
        let id = add(core, comm::SELF, "")?;
        // SAFETY: the caller's promise; not null.
        unsafe { *intercomm = A::Comm::encode(id) };
        Ok(())
    });
    finish_comm::<A>("MPI_Comm_join", comm::SELF, outcome)
}
