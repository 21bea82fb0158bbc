//! Process topologies (MPI-5.0 chapter 8).
//!
//! The functions ask the topology of a communicator, which the engine has
//! checked; neighbourhood collectives are in
//! [`collective`](crate::collective::neighbor).
//!
//! - [`cart`]: Cartesian grids
//! - [`graph`]: graphs that every process knows
//! - [`dist_graph`]: graphs of which a process knows its edges

pub mod cart;
pub mod dist_graph;
pub mod graph;

use core::ffi::c_int;
use std::sync::Arc;

use engine::comm::topology::create::Made;
use engine::comm::topology::{Topology, dims};
use engine::comm::{Comm, CommCore};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::CommId;
use engine::info::Info;
use engine::status::UNDEFINED;

use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::call::{self, finish, finish_comm};
use crate::comm::{Creation, block_on, check_intra, store};
use crate::errors::Object;
use crate::runtime::with_objects;

/// `MPI_Topo_test`.
///
/// # Safety
/// `status` may be written.
pub unsafe fn topo_test<A: Abi>(comm: A::Comm, status: *mut c_int) -> c_int {
    let id = comm.decode();
    let outcome = call::out(status, "status").and_then(|()| {
        let topology = with_objects(|objects| objects.comm(id).map(|comm| comm.topology.clone()))?;
        let kind = |kind: i64| A::constant_out(Constants::Topology, kind as c_int);
        let kind = match topology.as_deref() {
            None => UNDEFINED,
            Some(Topology::Cart(_)) => kind(c::MPI_CART),
            Some(Topology::Graph(_)) => kind(c::MPI_GRAPH),
            Some(Topology::DistGraph(_)) => kind(c::MPI_DIST_GRAPH),
        };
        // SAFETY: the caller's promise; not null.
        unsafe { *status = kind };
        Ok(())
    });
    finish_comm::<A>("MPI_Topo_test", id, outcome)
}

/// `MPI_Dims_create`.
///
/// # Safety
/// `dims` has `ndims` elements that may be read and written.
pub unsafe fn dims_create<A: Abi>(nnodes: c_int, ndims: c_int, dims: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    let outcome = unsafe { dimensions(dims.cast_const(), ndims, "dims") }.and_then(|given| {
        let mut filled = given.to_vec();
        dims::balance(nnodes, &mut filled)?;
        // SAFETY: the caller's promise.
        unsafe { put(&filled, dims) };
        Ok(())
    });
    finish::<A>("MPI_Dims_create", || Object::None, outcome)
}

/// An array with an element for each of `ndims` dimensions.
///
/// # Safety
/// `array` has `ndims` elements that may be read.
unsafe fn dimensions<'a>(array: *const c_int, ndims: c_int, what: &str) -> Result<&'a [c_int]> {
    if ndims < 0 {
        fail!(ErrorClass::Dims, "the number of dimensions is {ndims}; it must not be negative");
    }
    // SAFETY: the caller's promise.
    unsafe { call::array(array, ndims, what) }
}

/// Writes the beginning of an array.
///
/// # Safety
/// `array` has room for the values.
unsafe fn put(values: &[c_int], array: *mut c_int) {
    // SAFETY: the caller's promise; our values are in no array of the program.
    unsafe { core::ptr::copy_nonoverlapping(values.as_ptr(), array, values.len()) };
}

/// Writes to an array that the program says has `room` elements.
///
/// # Errors
/// `MPI_ERR_ARG` when that is too few.
///
/// # Safety
/// It has as many.
unsafe fn put_all(values: &[c_int], array: *mut c_int, room: c_int, what: &str) -> Result<()> {
    if call::length(room, what)? < values.len() {
        fail!(ErrorClass::Arg, "there is room for {room} {what}, and there are {} to write", values.len());
    }
    if !values.is_empty() {
        call::out(array, what)?;
    }
    // SAFETY: the caller's promise; the check above, and not null.
    unsafe { put(values, array) };
    Ok(())
}

/// Answers from what a communicator has.
fn ask<A: Abi>(function: &'static str, comm: A::Comm, answer: impl FnOnce(&Comm) -> Result<()>) -> c_int {
    let id = comm.decode();
    let outcome = with_objects(|objects| objects.comm(id).and_then(answer));
    finish_comm::<A>(function, id, outcome)
}

/// The rank that a communicator's process would have with a topology of `nodes`
/// processes: its own (`MPI_Cart_map`, `MPI_Graph_map`).
fn mapped(core: &CommCore, nodes: usize) -> c_int {
    if core.rank() < nodes { core.rank() as c_int } else { UNDEFINED }
}

/// Makes a communicator with a topology out of `parent`. `hints` are those of
/// the new one.
///
/// # Safety
/// `newcomm` may be written.
unsafe fn create<A: Abi, F>(
    function: &'static str,
    parent: CommId,
    newcomm: *mut A::Comm,
    hints: Result<Info>,
    make: impl FnOnce(Creation) -> Result<F>,
) -> c_int
where
    F: Future<Output = Result<Option<Made>>>,
{
    let made = call::out(newcomm, "newcomm").and_then(|()| {
        let creation = Creation::start(parent)?;
        let hints = hints?;
        check_intra(&creation.core, "a communicator that gets a topology")?;
        let Some((core, topology)) = make(creation).and_then(block_on)? else { return Ok(None) };
        with_objects(|objects| {
            let id = objects.add_comm(core, Some(parent));
            let new = objects.comm_mut(id)?;
            (new.topology, new.info) = (Some(Arc::new(topology)), hints);
            Ok(Some(id))
        })
    });
    // SAFETY: the caller's promise; `store` is reached with it checked.
    unsafe { store::<A>(function, parent, newcomm, made) }
}
