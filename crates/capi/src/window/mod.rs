//! One-sided communication (MPI-5.0 chapter 12).
//!
//! - [`create`]: making windows, and freeing them
//! - [`inquire`]: groups, names, hints, shared memory
//! - [`access`]: put and get
//! - [`accumulate`]: accumulates, fetch-and-op, compare-and-swap
//! - [`request`]: the forms that return a request
//! - [`synchronise`]: fences, post and start, locks, flushes

pub mod access;
pub mod accumulate;
pub mod create;
pub mod inquire;
pub mod request;
pub mod synchronise;

use core::ffi::c_int;
use std::sync::Arc;

use engine::comm::create::dup;
use engine::comm::{CommCore, Key};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::CommId;
use engine::process::ports::CommPorts;
use transport::shm::ShmTransport;

use crate::abi::{Abi, CHandle};
use crate::call::finish;
use crate::errors::Object;
use crate::runtime::{process, with_objects};

/// The ports of the next collective operation on a communicator, and its number.
pub(crate) fn next_ports(id: CommId) -> Result<(CommPorts<ShmTransport>, Arc<CommCore>, u32)> {
    let (core, number) = with_objects(|objects| {
        let comm = objects.comm_mut(id)?;
        Ok::<_, Error>((comm.core.clone(), comm.next_collective()))
    })?;
    Ok((CommPorts::new(process().clone(), core.clone(), id, number), core, number.tag() as u32))
}

/// A communicator of the same processes for an object's own messages.
pub(crate) fn private_comm(parent: CommId) -> Result<CommId> {
    let contexts = with_objects(|objects| objects.contexts.clone());
    let (ports, core, sequence) = next_ports(parent)?;
    if core.is_inter() {
        fail!(ErrorClass::Comm, "files are opened by one group, and this is an intercommunicator");
    }
    let key = Key { context: core.context(), sequence };
    let made = process().block_on(dup(&ports, &contexts, key, &core))??;
    Ok(with_objects(|objects| objects.add_comm(made, None)))
}

#[inline]
fn finish_win<A: Abi>(function: &'static str, win: A::Win, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::Win(win.decode()), outcome)
}
