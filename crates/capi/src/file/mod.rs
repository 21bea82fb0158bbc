//! Files (MPI-5.0 chapter 14).
//!
//! # Invariants
//! - Conversion functions of the program run here or in polled tasks, never
//!   under the state lock.
//! - A blocking call makes its system calls itself; those of a nonblocking one
//!   are made on threads of the process.
//!
//! - [`posix`]: the engine's storage on the system's files
//! - [`open`]: opening, closing, deleting
//! - [`inquire`]: sizes, modes, hints, groups; making what was written last
//! - [`view`]: what a process sees of a file
//! - [`datarep`]: data representations of the program's
//! - [`pointer`]: where the file pointers are
//! - [`access`]: what reading and writing have in common
//! - [`read`], [`write`](mod@write): independent access
//! - [`collective`]: access by all ranks
//! - [`split`]: collective access in two calls

pub mod access;
pub mod collective;
pub mod datarep;
pub mod inquire;
pub mod open;
pub mod pointer;
pub mod posix;
pub mod read;
pub mod split;
pub mod view;
pub mod write;

use core::ffi::c_int;
use std::sync::Arc;

use engine::error::Result;
use engine::file::{OpenFile, View};
use engine::handle::{CommId, FileId};
use engine::process::ports::CommPorts;
use transport::shm::ShmTransport;

use crate::abi::Abi;
use crate::call::finish;
use crate::errors::Object;
use crate::runtime::{process, with_objects};
use crate::window::next_ports;

/// Ends a call on a file.
fn done<A: Abi>(function: &'static str, file: FileId, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::File(file), outcome)
}

/// What most calls look at.
fn parts(id: FileId) -> Result<(Arc<OpenFile>, Arc<View>)> {
    with_objects(|objects| objects.file_mut(id).map(|entry| (entry.file.clone(), entry.view.clone())))
}

/// The ports of the next collective operation on a file.
fn ports(id: FileId) -> Result<CommPorts<ShmTransport>> {
    next_ports(comm(id)?).map(|(ports, ..)| ports)
}

fn comm(id: FileId) -> Result<CommId> {
    with_objects(|objects| objects.file_mut(id).map(|entry| entry.comm))
}

/// Runs what all ranks do together to its end.
fn together<R>(work: impl Future<Output = Result<R>>) -> Result<R> {
    process().block_on(work)?
}
