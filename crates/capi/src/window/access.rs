//! Put and get.

use core::ffi::{c_int, c_void};

use engine::datatype::data::{RecvData, SendData};
use engine::error::Result;
use engine::rma::access::{Allowed, Place, TargetElements, place};
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

/// The checked arguments of a put; `None` for `MPI_PROC_NULL`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub(super) unsafe fn put_arguments<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<Option<(Place, SendData)>> {
    with_objects(|objects| {
        let local = call::committed(objects, origin.datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(origin.buffer, origin.count, local)? };
        let place = remote_place::<A>(objects, remote, allowed)?;
        Ok(place.map(|place| (place, data)))
    })
}

/// The checked arguments of a get; `None` for `MPI_PROC_NULL`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline]
pub(super) unsafe fn get_arguments<A: Abi>(
    origin: Origin<*mut c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<Option<(Place, RecvData)>> {
    with_objects(|objects| {
        let local = call::committed(objects, origin.datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::recv_data(origin.buffer, origin.count, local)? };
        let place = remote_place::<A>(objects, remote, allowed)?;
        Ok(place.map(|place| (place, data)))
    })
}

/// The elements at the target; `None` for `MPI_PROC_NULL`.
#[inline]
pub(super) fn remote_place<A: Abi>(
    objects: &mut engine::objects::Objects,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<Option<Place>> {
    let id = remote.win.decode();
    let rank = A::rank_in(remote.rank);
    let count = call::count(remote.count)?;
    let datatype = call::committed(objects, remote.datatype.decode())?.clone();
    if rank == PROC_NULL {
        return objects.win(id).map(|_| None);
    }
    let elements = TargetElements { rank, displacement: remote.disp as i64, datatype: &datatype, count };
    place(objects, id, allowed, elements).map(Some)
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
    let outcome =
        unsafe { put_arguments::<A>(origin, remote, Allowed::Always) }.and_then(
            |arguments| match arguments {
                Some((place, data)) => place.put(&data),
                None => Ok(()),
            },
        );
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
    let outcome =
        unsafe { get_arguments::<A>(origin, remote, Allowed::Always) }.and_then(
            |arguments| match arguments {
                Some((place, data)) => place.get(&data),
                None => Ok(()),
            },
        );
    finish_win::<A>("MPI_Get", win.decode(), outcome)
}
