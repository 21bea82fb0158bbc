//! Put and get.

use core::ffi::{c_int, c_void};

use engine::datatype::predefined::{self, Predefined};
use engine::error::{Error, Result};
use engine::handle::DatatypeKind;
use engine::objects::Objects;
use engine::rma::access::{Allowed, Place, TargetElements};
use engine::rma::near::{Near, near};
use engine::status::PROC_NULL;
use memory::buffer::part::{RecvPart, SendPart};

use super::finish_win;
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::{process, with_objects};

/// The buffer at the origin, as C describes it. Functions that are seldom called
/// get a new one (`Origin { ..origin }`), so that the others keep this in registers.
pub(super) struct Origin<P, D> {
    pub buffer: P,
    pub count: i64,
    pub datatype: D,
}

/// The elements at the target, as C describes them; seldom called functions get a
/// new one, as of [`Origin`].
pub(super) struct Remote<A: Abi> {
    pub rank: c_int,
    pub disp: isize,
    pub count: i64,
    pub datatype: A::Datatype,
    pub win: A::Win,
}

impl<A: Abi> Remote<A> {
    /// The elements, if they can be accessed at once.
    #[inline(always)]
    pub(super) fn near<'a>(&self, objects: &'a Objects, allowed: Allowed) -> Option<Near<'a>> {
        let bytes = objects.dense_bytes(self.datatype.decode(), self.count)?;
        self.near_bytes(objects, allowed, bytes)
    }

    #[inline(always)]
    fn near_bytes<'a>(&self, objects: &'a Objects, allowed: Allowed, bytes: usize) -> Option<Near<'a>> {
        near(objects, self.win.decode(), allowed, self.rank, self.disp as i64, bytes)
    }

    /// As [`Self::near`], if their datatype is predefined.
    #[inline(always)]
    pub(super) fn near_basic<'a>(
        &self,
        objects: &'a Objects,
        allowed: Allowed,
    ) -> Option<(Near<'a>, &'static Predefined)> {
        let index = self.datatype.decode().raw();
        let size = predefined::dense_size(index)?;
        let bytes = size.checked_mul(usize::try_from(self.count).ok()?)?;
        Some((self.near_bytes(objects, allowed, bytes)?, predefined::get(index)?))
    }

    /// The elements, checked; `None` for `MPI_PROC_NULL`.
    pub(super) fn find(&self, objects: &Objects, allowed: Allowed) -> Result<Option<Place>> {
        let id = self.win.decode();
        let rank = A::rank_in(self.rank);
        let count = call::count(self.count)?;
        let datatype = call::committed(objects, self.datatype.decode())?;
        if rank == PROC_NULL {
            return objects.win(id).map(|_| None);
        }
        let elements = TargetElements { rank, displacement: self.disp as i64, datatype, count };
        Place::find(objects, id, allowed, elements).map(Some)
    }
}

impl<P, D: CHandle<Kind = DatatypeKind>> Origin<P, D> {
    /// Whether it is as many bytes as the target's elements, without gaps.
    #[inline(always)]
    fn fits<A: Abi<Datatype = D>>(&self, objects: &Objects, remote: &Remote<A>, near: &Near<'_>) -> bool {
        self.datatype == remote.datatype && self.count == remote.count
            || objects.dense_bytes(self.datatype.decode(), self.count) == Some(near.bytes())
    }
}

impl<D: CHandle<Kind = DatatypeKind>> Origin<*const c_void, D> {
    /// The buffer, if it fits the target's elements.
    ///
    /// # Safety
    /// As the MPI standard asks of it, until the access is made.
    #[inline(always)]
    pub(super) unsafe fn near<'a, A: Abi<Datatype = D>>(
        &self,
        objects: &Objects,
        remote: &Remote<A>,
        near: &Near<'_>,
    ) -> Option<SendPart<'a>> {
        let fits = !self.buffer.is_null() && self.fits(objects, remote, near);
        // SAFETY: the caller's promise, for the bytes that the datatype names; not null.
        fits.then(|| unsafe { SendPart::new(self.buffer.cast(), near.bytes()) })
    }
}

impl<D: CHandle<Kind = DatatypeKind>> Origin<*mut c_void, D> {
    /// The buffer, if it fits the target's elements.
    ///
    /// # Safety
    /// As the MPI standard asks of it, until the access is made.
    #[inline(always)]
    pub(super) unsafe fn near<'a, A: Abi<Datatype = D>>(
        &self,
        objects: &Objects,
        remote: &Remote<A>,
        near: &Near<'_>,
    ) -> Option<RecvPart<'a>> {
        let fits = !self.buffer.is_null() && self.fits(objects, remote, near);
        // SAFETY: the caller's promise, for the bytes that the datatype names; not null.
        fits.then(|| unsafe { RecvPart::new(self.buffer.cast(), near.bytes()) })
    }
}

/// A put.
///
/// # Safety
/// As the MPI standard asks of the buffer.
#[inline(always)]
pub(super) unsafe fn put_with<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        match put_near(&origin, &remote, allowed) {
            Some(()) => Ok(()),
            None => put_far(Origin { ..origin }, Remote { ..remote }, allowed),
        }
    }
}

/// # Safety
/// As [`put_with`].
#[inline(always)]
unsafe fn put_near<A: Abi>(
    origin: &Origin<*const c_void, A::Datatype>,
    remote: &Remote<A>,
    allowed: Allowed,
) -> Option<()> {
    let state = process().lock();
    let near = remote.near(&state.objects, allowed)?;
    // SAFETY: the caller's promise.
    near.put(unsafe { origin.near(&state.objects, remote, &near)? });
    Some(())
}

/// # Safety
/// As [`put_with`].
#[inline(never)]
unsafe fn put_far<A: Abi>(
    origin: Origin<*const c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    let far = with_objects(|objects| {
        let datatype = call::committed(objects, origin.datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::send_data(origin.buffer, origin.count, datatype)? };
        let place = remote.find(objects, allowed)?;
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
#[inline(always)]
pub(super) unsafe fn get_with<A: Abi>(
    origin: Origin<*mut c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        match get_near(&origin, &remote, allowed) {
            Some(()) => Ok(()),
            None => get_far(Origin { ..origin }, Remote { ..remote }, allowed),
        }
    }
}

/// # Safety
/// As [`get_with`].
#[inline(always)]
unsafe fn get_near<A: Abi>(
    origin: &Origin<*mut c_void, A::Datatype>,
    remote: &Remote<A>,
    allowed: Allowed,
) -> Option<()> {
    let state = process().lock();
    let near = remote.near(&state.objects, allowed)?;
    // SAFETY: the caller's promise.
    near.get(unsafe { origin.near(&state.objects, remote, &near)? });
    Some(())
}

/// # Safety
/// As [`get_with`].
#[inline(never)]
unsafe fn get_far<A: Abi>(
    origin: Origin<*mut c_void, A::Datatype>,
    remote: Remote<A>,
    allowed: Allowed,
) -> Result<()> {
    let far = with_objects(|objects| {
        let datatype = call::committed(objects, origin.datatype.decode())?;
        // SAFETY: the caller's promise.
        let data = unsafe { call::recv_data(origin.buffer, origin.count, datatype)? };
        let place = remote.find(objects, allowed)?;
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
    finish_win::<A>("MPI_Put", win, outcome)
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
    finish_win::<A>("MPI_Get", win, outcome)
}
