//! Everybody to everybody: allgather and alltoall.

use core::ffi::{c_int, c_void};

use engine::collective::Blocks;
use engine::collective::allgather::{Allgather, allgather as allgather_within};
use engine::collective::alltoall::{Alltoall, alltoall as alltoall_within, alltoallv as alltoallv_within};
use engine::collective::inter::{inter_allgather, inter_alltoall};
use engine::error::Result;

use super::arguments::{each, recv_blocks, send_blocks, send_or_in_place, uniform, varying};
use super::run;
use crate::abi::Abi;
use crate::wide::IntArray;

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn allgather_any<A: Abi>(
    function: &'static str,
    own: (*const c_void, i64, A::Datatype),
    recvbuf: *mut c_void,
    blocks: impl FnOnce(usize) -> Result<Blocks>,
    comm: A::Comm,
) -> c_int {
    run::<A, _>(function, comm, |op| {
        let ranks = op.partners();
        // SAFETY: the caller's promise.
        let args = unsafe {
            Allgather {
                send: send_or_in_place::<A>(own.0, own.1, own.2)?,
                recv: recv_blocks(recvbuf, blocks(ranks)?, ranks),
            }
        };
        Ok(async move {
            if op.core.is_inter() {
                inter_allgather(&op.ports, args).await
            } else {
                allgather_within(&op.ports, args).await
            }
        })
    })
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
    let blocks = |_| uniform::<A>(recvcount, recvtype);
    // SAFETY: the caller's promise.
    unsafe { allgather_any::<A>("MPI_Allgather", (sendbuf, sendcount, sendtype), recvbuf, blocks, comm) }
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
    let blocks = |ranks| unsafe { varying::<A>(recvcounts, displs, recvtype, ranks) };
    // SAFETY: the caller's promise.
    unsafe { allgather_any::<A>("MPI_Allgatherv", (sendbuf, sendcount, sendtype), recvbuf, blocks, comm) }
}

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn alltoall_any<A: Abi>(
    function: &'static str,
    sendbuf: *const c_void,
    send: impl FnOnce(usize) -> Result<Blocks>,
    recvbuf: *mut c_void,
    recv: impl FnOnce(usize) -> Result<Blocks>,
    comm: A::Comm,
) -> c_int {
    run::<A, _>(function, comm, |op| {
        let ranks = op.partners();
        // SAFETY: the caller's promise.
        let args = unsafe {
            let send = match sendbuf == A::IN_PLACE {
                true => None,
                false => Some(send_blocks(sendbuf, send(ranks)?, ranks)),
            };
            Alltoall { send, recv: recv_blocks(recvbuf, recv(ranks)?, ranks) }
        };
        let uniform = args.recv.blocks.is_uniform();
        Ok(async move {
            if op.core.is_inter() {
                inter_alltoall(&op.ports, args).await
            } else if uniform {
                alltoall_within(&op.ports, args).await
            } else {
                alltoallv_within(&op.ports, args).await
            }
        })
    })
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
    let send = |_| uniform::<A>(sendcount, sendtype);
    let recv = |_| uniform::<A>(recvcount, recvtype);
    // SAFETY: the caller's promise.
    unsafe { alltoall_any::<A>("MPI_Alltoall", sendbuf, send, recvbuf, recv, comm) }
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
        let send = |ranks| varying::<A>(sendcounts, sdispls, sendtype, ranks);
        let recv = |ranks| varying::<A>(recvcounts, rdispls, recvtype, ranks);
        alltoall_any::<A>("MPI_Alltoallv", sendbuf, send, recvbuf, recv, comm)
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
        let send = |ranks| each::<A>(sendcounts, sdispls, sendtypes, ranks);
        let recv = |ranks| each::<A>(recvcounts, rdispls, recvtypes, ranks);
        alltoall_any::<A>("MPI_Alltoallw", sendbuf, send, recvbuf, recv, comm)
    }
}
