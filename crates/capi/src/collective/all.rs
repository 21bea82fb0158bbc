//! Everybody to everybody: allgather and alltoall.

use core::ffi::{c_int, c_void};

use engine::collective::Blocks;
use engine::collective::alias::{check_exchanged, check_gathered};
use engine::collective::allgather::{Allgather, allgather as allgather_within, allgather_at_once};
use engine::collective::alltoall::{
    Alltoall, alltoall as alltoall_within, alltoall_at_once, alltoallv as alltoallv_within, alltoallv_at_once,
};
use engine::collective::fingerprint::{Fingerprint, Operation};
use engine::collective::inter::{inter_allgather, inter_alltoall};
use engine::error::Result;

use super::arguments::{each, mark_blocks, recv_blocks, send_blocks, send_or_in_place, uniform, varying};
use super::{Call, Meeting, run};
use crate::abi::Abi;
use crate::wide::IntArray;

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn allgather_any<A: Abi>(
    (call, operation): (Call<A>, Operation),
    own: (*const c_void, i64, A::Datatype),
    recvbuf: *mut c_void,
    blocks: impl FnOnce(usize) -> Result<Blocks>,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        let (inter, ranks) = (core.is_inter(), core.peers().size());
        // SAFETY: the caller's promise.
        let args = unsafe {
            Allgather {
                send: send_or_in_place::<A>(own.0, own.1, own.2)?,
                recv: recv_blocks::<A>(recvbuf, blocks(ranks)?, ranks)?,
            }
        };
        if let Some(send) = &args.send
            && !inter
        {
            check_gathered(send, &args.recv, core.rank())?;
        }
        let mark = mark(operation, inter, &args.recv.blocks);
        let at_once =
            move |meeting: &Meeting<'_>, args: &Allgather| Ok(!inter && allgather_at_once(meeting, args)?);
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match inter {
                true => inter_allgather(&ports, args).await,
                false => allgather_within(&ports, args).await,
            }
        })
    })
}

/// The two groups of an intercommunicator may have blocks of different sizes.
fn mark(operation: Operation, inter: bool, blocks: &Blocks) -> Fingerprint {
    let bare = Fingerprint::new(operation);
    if inter { bare } else { mark_blocks(bare, blocks) }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Allgather`.
pub(super) unsafe fn allgather_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    let blocks = |_| uniform::<A>(recvcount, recvtype);
    // SAFETY: the caller's promise.
    unsafe {
        allgather_any::<A>(
            (call, Operation::Allgather),
            (sendbuf, sendcount, sendtype),
            recvbuf,
            blocks,
            comm,
        )
    }
}

/// `MPI_Allgather`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn allgather<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        allgather_with::<A>(
            Call::wait("MPI_Allgather"),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            comm,
        )
    }
}

/// `MPI_Iallgather`.
///
/// # Safety
/// As `MPI_Allgather`, until the request completes; `request` may be written.
pub unsafe fn iallgather<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        allgather_with::<A>(
            Call::start("MPI_Iallgather", request),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Allgatherv`.
pub(super) unsafe fn allgatherv_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    let blocks = |ranks| unsafe { varying::<A>(recvcounts, displs, recvtype, ranks) };
    // SAFETY: the caller's promise.
    unsafe {
        allgather_any::<A>(
            (call, Operation::Allgatherv),
            (sendbuf, sendcount, sendtype),
            recvbuf,
            blocks,
            comm,
        )
    }
}

/// `MPI_Allgatherv`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn allgatherv<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        allgatherv_with::<A>(
            Call::wait("MPI_Allgatherv"),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcounts,
            displs,
            recvtype,
            comm,
        )
    }
}

/// `MPI_Iallgatherv`.
///
/// # Safety
/// As `MPI_Allgatherv`, until the request completes; `request` may be written.
pub unsafe fn iallgatherv<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        allgatherv_with::<A>(
            Call::start("MPI_Iallgatherv", request),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcounts,
            displs,
            recvtype,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn alltoall_any<A: Abi>(
    (call, operation): (Call<A>, Operation),
    sendbuf: *const c_void,
    send: impl FnOnce(usize) -> Result<Blocks>,
    recvbuf: *mut c_void,
    recv: impl FnOnce(usize) -> Result<Blocks>,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        let (inter, ranks) = (core.is_inter(), core.peers().size());
        // SAFETY: the caller's promise.
        let args = unsafe {
            let send = match sendbuf == A::IN_PLACE {
                true => None,
                false => Some(send_blocks(sendbuf, send(ranks)?, ranks)?),
            };
            Alltoall { send, recv: recv_blocks::<A>(recvbuf, recv(ranks)?, ranks)? }
        };
        if let Some(send) = &args.send
            && !inter
        {
            check_exchanged(send, &args.recv, core.rank())?;
        }
        let mark = mark(operation, inter, &args.recv.blocks);
        let at_once = move |meeting: &Meeting<'_>, args: &Alltoall| match args.recv.blocks.is_uniform() {
            _ if inter => Ok(false),
            true => alltoall_at_once(meeting, args),
            false => alltoallv_at_once(meeting, args),
        };
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            if inter {
                inter_alltoall(&ports, args).await
            } else if args.recv.blocks.is_uniform() {
                alltoall_within(&ports, args).await
            } else {
                alltoallv_within(&ports, args).await
            }
        })
    })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Alltoall`.
pub(super) unsafe fn alltoall_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    let send = |_| uniform::<A>(sendcount, sendtype);
    let recv = |_| uniform::<A>(recvcount, recvtype);
    // SAFETY: the caller's promise.
    unsafe { alltoall_any::<A>((call, Operation::Alltoall), sendbuf, send, recvbuf, recv, comm) }
}

/// `MPI_Alltoall`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn alltoall<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoall_with::<A>(
            Call::wait("MPI_Alltoall"),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            comm,
        )
    }
}

/// `MPI_Ialltoall`.
///
/// # Safety
/// As `MPI_Alltoall`, until the request completes; `request` may be written.
pub unsafe fn ialltoall<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoall_with::<A>(
            Call::start("MPI_Ialltoall", request),
            sendbuf,
            sendcount,
            sendtype,
            recvbuf,
            recvcount,
            recvtype,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Alltoallv`.
pub(super) unsafe fn alltoallv_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let send = |ranks| varying::<A>(sendcounts, sdispls, sendtype, ranks);
        let recv = |ranks| varying::<A>(recvcounts, rdispls, recvtype, ranks);
        alltoall_any::<A>((call, Operation::Alltoallv), sendbuf, send, recvbuf, recv, comm)
    }
}

/// `MPI_Alltoallv`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn alltoallv<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoallv_with::<A>(
            Call::wait("MPI_Alltoallv"),
            sendbuf,
            sendcounts,
            sdispls,
            sendtype,
            recvbuf,
            recvcounts,
            rdispls,
            recvtype,
            comm,
        )
    }
}

/// `MPI_Ialltoallv`.
///
/// # Safety
/// As `MPI_Alltoallv`, until the request completes; `request` may be written.
pub unsafe fn ialltoallv<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoallv_with::<A>(
            Call::start("MPI_Ialltoallv", request),
            sendbuf,
            sendcounts,
            sdispls,
            sendtype,
            recvbuf,
            recvcounts,
            rdispls,
            recvtype,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Alltoallw`.
pub(super) unsafe fn alltoallw_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let send = |ranks| each::<A>(sendcounts, sdispls, sendtypes, ranks);
        let recv = |ranks| each::<A>(recvcounts, rdispls, recvtypes, ranks);
        alltoall_any::<A>((call, Operation::Alltoallw), sendbuf, send, recvbuf, recv, comm)
    }
}

/// `MPI_Alltoallw`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn alltoallw<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoallw_with::<A>(
            Call::wait("MPI_Alltoallw"),
            sendbuf,
            sendcounts,
            sdispls,
            sendtypes,
            recvbuf,
            recvcounts,
            rdispls,
            recvtypes,
            comm,
        )
    }
}

/// `MPI_Ialltoallw`.
///
/// # Safety
/// As `MPI_Alltoallw`, until the request completes; `request` may be written.
pub unsafe fn ialltoallw<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoallw_with::<A>(
            Call::start("MPI_Ialltoallw", request),
            sendbuf,
            sendcounts,
            sdispls,
            sendtypes,
            recvbuf,
            recvcounts,
            rdispls,
            recvtypes,
            comm,
        )
    }
}
