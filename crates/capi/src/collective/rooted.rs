//! Barrier, and to or from one rank: bcast, gather, scatter.

use core::ffi::{c_int, c_void};

use engine::collective::Blocks;
use engine::collective::alias::{check_gathered, check_scattered};
use engine::collective::barrier::{barrier as barrier_within, barrier_at_once};
use engine::collective::bcast::{Bcast, bcast as bcast_within, bcast_at_once};
use engine::collective::fingerprint::{Fingerprint, Operation};
use engine::collective::gather::{
    Gather, gather as gather_within, gather_at_once, gatherv as gatherv_within, gatherv_at_once,
};
use engine::collective::inter::{Root, inter_barrier, inter_bcast, inter_gather, inter_scatter};
use engine::collective::scatter::{
    Scatter, scatter as scatter_within, scatter_at_once, scatterv as scatterv_within, scatterv_at_once,
};
use engine::error::Result;

use super::arguments::{
    Side, mark_blocks, recv, recv_blocks, send_blocks, send_or_in_place, uniform, varying,
};
use super::{Call, Meeting, run};
use crate::abi::Abi;
use crate::wide::IntArray;

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Barrier`.
pub(super) unsafe fn barrier_with<A: Abi>(call: Call<A>, comm: A::Comm) -> c_int {
    run(call, comm, |core, begun| {
        let inter = core.is_inter();
        let mark = Fingerprint::new(Operation::Barrier);
        let at_once = move |meeting: &Meeting<'_>, (): &()| Ok(!inter && barrier_at_once(meeting)?);
        begun.carry_out(mark, (), at_once, move |ports, ()| async move {
            if inter { inter_barrier(&ports).await } else { barrier_within(&ports).await }
        })
    })
}

/// `MPI_Barrier`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn barrier<A: Abi>(comm: A::Comm) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { barrier_with::<A>(Call::wait("MPI_Barrier"), comm) }
}

/// `MPI_Ibarrier`.
///
/// # Safety
/// As `MPI_Barrier`, until the request completes; `request` may be written.
pub unsafe fn ibarrier<A: Abi>(comm: A::Comm, request: *mut A::Request) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { barrier_with::<A>(Call::start("MPI_Ibarrier", request), comm) }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Bcast`.
pub(super) unsafe fn bcast_with<A: Abi>(
    call: Call<A>,
    buffer: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    let root = A::rank_in(root);
    run(call, comm, |core, begun| {
        let side = Side::of(core, root)?;
        let data = match side {
            // Of this process only the root argument counts.
            Side::Between(Root::Beside) => None,
            // SAFETY: the caller's promise.
            _ => Some(unsafe { recv::<A>(buffer, count, datatype)? }),
        };
        let mark = side.mark(Operation::Bcast, core);
        let mark = data.as_ref().map_or(mark, |data| mark.with_bytes(data.total_bytes()));
        let args = data.map(|data| Bcast { root: side.root(), data });
        let at_once = move |meeting: &Meeting<'_>, args: &Option<Bcast>| match (side, args) {
            (Side::Within { .. }, Some(args)) => bcast_at_once(meeting, args),
            _ => Ok(false),
        };
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match (side, args) {
                (_, None) => Ok(()),
                (Side::Between(root), Some(args)) => inter_bcast(&ports, root, args.data).await,
                (Side::Within { .. }, Some(args)) => bcast_within(&ports, args).await,
            }
        })
    })
}

/// `MPI_Bcast`.
///
/// # Safety
/// As the MPI standard asks of the buffer.
pub unsafe fn bcast<A: Abi>(
    buffer: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { bcast_with::<A>(Call::wait("MPI_Bcast"), buffer, count, datatype, root, comm) }
}

/// `MPI_Ibcast`.
///
/// # Safety
/// As `MPI_Bcast`, until the request completes; `request` may be written.
pub unsafe fn ibcast<A: Abi>(
    buffer: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { bcast_with::<A>(Call::start("MPI_Ibcast", request), buffer, count, datatype, root, comm) }
}

/// Gather and (`varying`) gatherv: `blocks` makes the root's blocks.
///
/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn gather_any<A: Abi>(
    (call, varying): (Call<A>, bool),
    own: (*const c_void, i64, A::Datatype),
    recvbuf: *mut c_void,
    blocks: impl FnOnce(usize) -> Result<Blocks>,
    root: i32,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        let side = Side::of(core, root)?;
        let ranks = core.peers().size();
        let send = match side.has_block() {
            // SAFETY: the caller's promise.
            true => unsafe { send_or_in_place::<A>(own.0, own.1, own.2)? },
            false => None,
        };
        let recv = match side.is_root() {
            // SAFETY: the caller's promise.
            true => Some(unsafe { recv_blocks::<A>(recvbuf, blocks(ranks)?, ranks)? }),
            false => None,
        };
        if let (Side::Within { root, .. }, Some(send), Some(recv)) = (side, &send, &recv) {
            check_gathered(send, recv, root)?;
        }
        let mark = match (varying, &send, &recv) {
            (true, _, _) => side.mark(Operation::Gatherv, core),
            (false, _, Some(recv)) => mark_blocks(side.mark(Operation::Gather, core), &recv.blocks),
            (false, Some(send), None) => side.mark(Operation::Gather, core).with_bytes(send.total_bytes()),
            (false, None, None) => side.mark(Operation::Gather, core),
        };
        let args = Gather { root: side.root(), send, recv };
        let at_once = move |meeting: &Meeting<'_>, args: &Gather| match side {
            Side::Between(_) => Ok(false),
            Side::Within { .. } if varying => gatherv_at_once(meeting, args),
            Side::Within { .. } => gather_at_once(meeting, args),
        };
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match side {
                Side::Between(root) => inter_gather(&ports, root, args).await,
                Side::Within { .. } if varying => gatherv_within(&ports, args).await,
                Side::Within { .. } => gather_within(&ports, args).await,
            }
        })
    })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Gather`.
pub(super) unsafe fn gather_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    let blocks = |_| uniform::<A>(recvcount, recvtype);
    let own = (sendbuf, sendcount, sendtype);
    // SAFETY: the caller's promise.
    unsafe { gather_any::<A>((call, false), own, recvbuf, blocks, A::rank_in(root), comm) }
}

/// `MPI_Gather`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn gather<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        gather_with::<A>(
            Call::wait("MPI_Gather"),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            root,
            comm,
        )
    }
}

/// `MPI_Igather`.
///
/// # Safety
/// As `MPI_Gather`, until the request completes; `request` may be written.
pub unsafe fn igather<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        gather_with::<A>(
            Call::start("MPI_Igather", request),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            root,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Gatherv`.
pub(super) unsafe fn gatherv_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    let blocks = |ranks| unsafe { varying::<A>(recvcounts, displs, recvtype, ranks) };
    let own = (sendbuf, sendcount, sendtype);
    // SAFETY: the caller's promise.
    unsafe { gather_any::<A>((call, true), own, recvbuf, blocks, A::rank_in(root), comm) }
}

/// `MPI_Gatherv`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn gatherv<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        gatherv_with::<A>(
            Call::wait("MPI_Gatherv"),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcounts,
            displs,
            recvtype,
            root,
            comm,
        )
    }
}

/// `MPI_Igatherv`.
///
/// # Safety
/// As `MPI_Gatherv`, until the request completes; `request` may be written.
pub unsafe fn igatherv<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        gatherv_with::<A>(
            Call::start("MPI_Igatherv", request),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcounts,
            displs,
            recvtype,
            root,
            comm,
        )
    }
}

/// Scatter and (`varying`) scatterv: `blocks` makes the root's blocks.
///
/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn scatter_any<A: Abi>(
    (call, varying): (Call<A>, bool),
    sendbuf: *const c_void,
    blocks: impl FnOnce(usize) -> Result<Blocks>,
    own: (*mut c_void, i64, A::Datatype),
    root: i32,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        let side = Side::of(core, root)?;
        let ranks = core.peers().size();
        let send = match side.is_root() {
            // SAFETY: the caller's promise.
            true => Some(unsafe { send_blocks(sendbuf, blocks(ranks)?, ranks)? }),
            false => None,
        };
        let recv = match side.has_block() && own.0.cast_const() != A::IN_PLACE {
            // SAFETY: the caller's promise.
            true => Some(unsafe { recv::<A>(own.0, own.1, own.2)? }),
            false => None,
        };
        if let (Side::Within { root, .. }, Some(send), Some(recv)) = (side, &send, &recv) {
            check_scattered(send, recv, root)?;
        }
        let mark = match (varying, &send, &recv) {
            (true, _, _) => side.mark(Operation::Scatterv, core),
            (false, Some(send), _) => mark_blocks(side.mark(Operation::Scatter, core), &send.blocks),
            (false, None, Some(recv)) => side.mark(Operation::Scatter, core).with_bytes(recv.total_bytes()),
            (false, None, None) => side.mark(Operation::Scatter, core),
        };
        let args = Scatter { root: side.root(), send, recv };
        let at_once = move |meeting: &Meeting<'_>, args: &Scatter| match side {
            Side::Between(_) => Ok(false),
            Side::Within { .. } if varying => scatterv_at_once(meeting, args),
            Side::Within { .. } => scatter_at_once(meeting, args),
        };
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match side {
                Side::Between(root) => inter_scatter(&ports, root, args).await,
                Side::Within { .. } if varying => scatterv_within(&ports, args).await,
                Side::Within { .. } => scatter_within(&ports, args).await,
            }
        })
    })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Scatter`.
pub(super) unsafe fn scatter_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    let blocks = |_| uniform::<A>(sendcount, sendtype);
    let own = (recvbuf, recvcount, recvtype);
    // SAFETY: the caller's promise.
    unsafe { scatter_any::<A>((call, false), sendbuf, blocks, own, A::rank_in(root), comm) }
}

/// `MPI_Scatter`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn scatter<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        scatter_with::<A>(
            Call::wait("MPI_Scatter"),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            root,
            comm,
        )
    }
}

/// `MPI_Iscatter`.
///
/// # Safety
/// As `MPI_Scatter`, until the request completes; `request` may be written.
pub unsafe fn iscatter<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        scatter_with::<A>(
            Call::start("MPI_Iscatter", request),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            root,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Scatterv`.
pub(super) unsafe fn scatterv_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcounts: IntArray,
    displs: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    let blocks = |ranks| unsafe { varying::<A>(sendcounts, displs, sendtype, ranks) };
    let own = (recvbuf, recvcount, recvtype);
    // SAFETY: the caller's promise.
    unsafe { scatter_any::<A>((call, true), sendbuf, blocks, own, A::rank_in(root), comm) }
}

/// `MPI_Scatterv`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn scatterv<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    displs: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        scatterv_with::<A>(
            Call::wait("MPI_Scatterv"),
            sendbuf,
            sendcounts,
            displs,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            root,
            comm,
        )
    }
}

/// `MPI_Iscatterv`.
///
/// # Safety
/// As `MPI_Scatterv`, until the request completes; `request` may be written.
pub unsafe fn iscatterv<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    displs: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        scatterv_with::<A>(
            Call::start("MPI_Iscatterv", request),
            sendbuf,
            sendcounts,
            displs,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            root,
            comm,
        )
    }
}
