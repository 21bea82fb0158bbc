//! Grids (MPI-5.0 sections 8.5.1, 8.5.5 to 8.5.8).

use core::ffi::c_int;

use engine::comm::Comm;
use engine::comm::topology::{Cart, Topology, create as make, lacking};
use engine::error::Result;
use engine::info::Info;
use engine::status::PROC_NULL;

use super::{ask, create, dimensions, mapped, put_all};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::comm::Creation;
use crate::runtime::with_objects;

fn cart_of(comm: &Comm) -> Result<&Cart> {
    match comm.topology.as_deref() {
        Some(Topology::Cart(cart)) => Ok(cart),
        found => lacking(found, "a Cartesian topology (MPI_Cart_create)"),
    }
}

/// The grid that a program describes.
///
/// # Safety
/// The arrays have `ndims` elements.
unsafe fn grid(ndims: c_int, dims: *const c_int, periods: *const c_int, processes: usize) -> Result<Cart> {
    // SAFETY: the caller's promise.
    let (dims, periods) =
        unsafe { (dimensions(dims, ndims, "dims")?, dimensions(periods, ndims, "periods")?) };
    let periods: Vec<bool> = periods.iter().map(|&period| period != 0).collect();
    Cart::new(dims, &periods, processes)
}

/// `MPI_Cart_create`. Ranks are not reordered: see
/// [`engine::comm::topology`].
///
/// # Safety
/// The arrays have `ndims` elements; `comm_cart` may be written.
pub unsafe fn cart_create<A: Abi>(
    comm_old: A::Comm,
    ndims: c_int,
    dims: *const c_int,
    periods: *const c_int,
    _reorder: c_int,
    comm_cart: *mut A::Comm,
) -> c_int {
    let make = |creation: Creation| {
        // SAFETY: the caller's promise.
        let cart = unsafe { grid(ndims, dims, periods, creation.core.size())? };
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            make::cart(ports, contexts, *key, core, cart).await
        })
    };
    // SAFETY: the caller's promise.
    unsafe { create::<A, _>("MPI_Cart_create", comm_old.decode(), comm_cart, Ok(Info::new()), make) }
}

/// `MPI_Cart_sub`.
///
/// # Safety
/// `remain_dims` has an element per dimension; `newcomm` may be written.
pub unsafe fn cart_sub<A: Abi>(comm: A::Comm, remain_dims: *const c_int, newcomm: *mut A::Comm) -> c_int {
    let id = comm.decode();
    let make = |creation: Creation| {
        let cart = with_objects(|objects| objects.comm(id).and_then(cart_of).cloned())?;
        // SAFETY: the caller's promise.
        let remain = unsafe { call::array(remain_dims, cart.dims().len() as c_int, "remain_dims")? };
        let remain: Vec<bool> = remain.iter().map(|&remain| remain != 0).collect();
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            make::sub(ports, contexts, *key, core, (&cart, &remain)).await.map(Some)
        })
    };
    // SAFETY: the caller's promise.
    unsafe { create::<A, _>("MPI_Cart_sub", id, newcomm, Ok(Info::new()), make) }
}

/// `MPI_Cart_map`. In a grid with a dimension of 0 there is a place for nobody:
/// programs that divide the processes ask this before they create it.
///
/// # Safety
/// The arrays have `ndims` elements; `newrank` may be written.
pub unsafe fn cart_map<A: Abi>(
    comm: A::Comm,
    ndims: c_int,
    dims: *const c_int,
    periods: *const c_int,
    newrank: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Cart_map", comm, |comm| {
        call::out(newrank, "newrank")?;
        // SAFETY: the caller's promise.
        let wanted = unsafe { dimensions(dims, ndims, "dims")? };
        let is_empty = wanted.contains(&0) && wanted.iter().all(|&dim| dim >= 0);
        let nodes = match is_empty {
            true => 0,
            // SAFETY: the caller's promise.
            false => unsafe { grid(ndims, dims, periods, comm.core.size())?.nodes() },
        };
        // SAFETY: the caller's promise; not null.
        unsafe { *newrank = mapped(&comm.core, nodes) };
        Ok(())
    })
}

/// `MPI_Cartdim_get`.
///
/// # Safety
/// `ndims` may be written.
pub unsafe fn cartdim_get<A: Abi>(comm: A::Comm, ndims: *mut c_int) -> c_int {
    ask::<A>("MPI_Cartdim_get", comm, |comm| {
        call::out(ndims, "ndims")?;
        // SAFETY: the caller's promise; not null.
        unsafe { *ndims = cart_of(comm)?.dims().len() as c_int };
        Ok(())
    })
}

/// `MPI_Cart_get`.
///
/// # Safety
/// The arrays have room for `maxdims` elements.
pub unsafe fn cart_get<A: Abi>(
    comm: A::Comm,
    maxdims: c_int,
    dims: *mut c_int,
    periods: *mut c_int,
    coords: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Cart_get", comm, |comm| {
        let cart = cart_of(comm)?;
        let closed: Vec<c_int> = cart.periods().iter().map(|&period| period.into()).collect();
        let own = cart.coords(comm.core.rank() as c_int)?;
        // SAFETY: the caller's promise.
        unsafe {
            put_all(cart.dims(), dims, maxdims, "dims")?;
            put_all(&closed, periods, maxdims, "periods")?;
            put_all(&own, coords, maxdims, "coords")
        }
    })
}

/// `MPI_Cart_rank`.
///
/// # Safety
/// `coords` has an element per dimension; `rank` may be written.
pub unsafe fn cart_rank<A: Abi>(comm: A::Comm, coords: *const c_int, rank: *mut c_int) -> c_int {
    ask::<A>("MPI_Cart_rank", comm, |comm| {
        call::out(rank, "rank")?;
        let cart = cart_of(comm)?;
        // SAFETY: the caller's promise; `rank` is not null.
        unsafe {
            let coords = call::array(coords, cart.dims().len() as c_int, "coords")?;
            *rank = cart.rank(coords)? as c_int;
        }
        Ok(())
    })
}

/// `MPI_Cart_coords`.
///
/// # Safety
/// `coords` has room for `maxdims` elements.
pub unsafe fn cart_coords<A: Abi>(comm: A::Comm, rank: c_int, maxdims: c_int, coords: *mut c_int) -> c_int {
    ask::<A>("MPI_Cart_coords", comm, |comm| {
        let found = cart_of(comm)?.coords(A::rank_in(rank))?;
        // SAFETY: the caller's promise.
        unsafe { put_all(&found, coords, maxdims, "coords") }
    })
}

/// `MPI_Cart_shift`.
///
/// # Safety
/// `rank_source` and `rank_dest` may be written.
pub unsafe fn cart_shift<A: Abi>(
    comm: A::Comm,
    direction: c_int,
    disp: c_int,
    rank_source: *mut c_int,
    rank_dest: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Cart_shift", comm, |comm| {
        call::out(rank_source, "rank_source")?;
        call::out(rank_dest, "rank_dest")?;
        let (source, destination) = cart_of(comm)?.shift(comm.core.rank(), direction, disp)?;
        let number = |rank: Option<usize>| A::rank_out(rank.map_or(PROC_NULL, |rank| rank as c_int));
        // SAFETY: the caller's promise; neither is null.
        unsafe { (*rank_source, *rank_dest) = (number(source), number(destination)) };
        Ok(())
    })
}
