//! Put and get.

use core::ffi::{c_int, c_void};

use engine::error::{Error, Result};
use engine::objects::Objects;
use engine::rma::access::{Allowed, Near, Place, TargetElements, access};
use engine::status::PROC_NULL;

use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::with_objects;

/// The buffer at the origin, as C describes it.
pub(super) struct Origin<P, D> {
    pub buffer: P,
    pub count: i64,
    pub datatype: D,
}

/// The elements at the target, as C describes them.
pub(super) struct Remote<A: Abi> {
    pub rank: c_int,
    pub disp: isize,
    pub count: i64,
    pub datatype: A::Datatype,
    pub win: A::Win,
}

/// Carries an access to the target out at once with `near`, or gives its
/// elements back. `None` for `MPI_PROC_NULL`, too.
#[inline]
pub(super) fn access_remote<A: Abi>(
    objects: &Objects,
    remote: &Remote<A>,
    allowed: Allowed,
    near: impl FnOnce(&Near<'_>) -> bool,
) -> Result<Option<Place>> {
    let id = remote.win.decode();
    let rank = A::rank_in(remote.rank);
    let count = call::count(remote.count)?;
    let datatype = call::committed(objects, remote.datatype.decode())?;
    if rank == PROC_NULL {
        return objects.win(id).map(|_| None);
    }
    let elements = TargetElements { rank, displacement: remote.disp as i64, datatype, count };
    access(objects, id, allowed, elements, near)
}

/// A put.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub(super) unsafe fn put_with<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    let far = with_objects(|objects| {
        let datatype = call::committed(objects, origin.datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(origin.buffer, origin.count, datatype)? };
        let place = access_remote::<A>(objects, &remote, allowed, |near| near.put(&data))?;
        Ok::<_, Error>(place.map(|place| (place, data)))
    })?;
    match far {
        Some((place, data)) => place.put(&data),
        None => Ok(()),
    }
}

/// A get.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub(super) unsafe fn get_with<A: Abi>(
    origin: Origin<*mut c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    let far = with_objects(|objects| {
        let datatype = call::committed(objects, origin.datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::recv_data(origin.buffer, origin.count, datatype)? };
        let place = access_remote::<A>(objects, &remote, allowed, |near| near.get(&data))?;
        Ok::<_, Error>(place.map(|place| (place, data)))
    })?;
    match far {
        Some((place, data)) => place.get(&data),
        None => Ok(()),
    }
}

/// `MPI_Put`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
pub unsafe fn put<A: Abi>(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    win: A::Win,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    let outcome = unsafe { put_with::<A>(origin, remote, Allowed::Always) };
    finish_win::<A>("MPI_Put", win.decode(), outcome)
}

/// `MPI_Get`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
pub unsafe fn get<A: Abi>(
    origin_addr: *mut c_void,
    origin_count: i64,
    origin_datatype: A::Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: A::Datatype,
    win: A::Win,
) -> c_int {
    let origin = Origin { buffer: origin_addr, count: origin_count, datatype: origin_datatype };
    let remote =
        Remote { rank: target_rank, disp: target_disp, count: target_count, datatype: target_datatype, win };
    // SAFETY: the caller's promise.
    let outcome = unsafe { get_with::<A>(origin, remote, Allowed::Always) };
    finish_win::<A>("MPI_Get", win.decode(), outcome)
}
