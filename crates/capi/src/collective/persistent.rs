//! Persistent collectives (MPI-5.0 sections 6.13 and 8.8): requests that `MPI_Start`
//! starts. Ranks make them in the same order, and start them in any.

use core::ffi::{c_int, c_void};

use super::all::{allgather_with, allgatherv_with, alltoall_with, alltoallv_with, alltoallw_with};
use super::reduction::{
    allreduce_with, exscan_with, reduce_scatter_block_with, reduce_scatter_with, reduce_with, scan_with,
};
use super::rooted::{barrier_with, bcast_with, gather_with, gatherv_with, scatter_with, scatterv_with};
use super::{Call, neighbor};
use crate::abi::Abi;
use crate::wide::IntArray;

/// `MPI_Barrier_init`.
///
/// # Safety
/// As `MPI_Barrier`, whenever the request is active; `request` may be written.
pub unsafe fn barrier_init<A: Abi>(comm: A::Comm, info: A::Info, request: *mut A::Request) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Barrier_init", info, request);
        barrier_with::<A>(call, comm)
    }
}

/// `MPI_Bcast_init`.
///
/// # Safety
/// As `MPI_Bcast`, whenever the request is active; `request` may be written.
pub unsafe fn bcast_init<A: Abi>(
    buffer: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Bcast_init", info, request);
        bcast_with::<A>(call, buffer, count, datatype, root, comm)
    }
}

/// `MPI_Gather_init`.
///
/// # Safety
/// As `MPI_Gather`, whenever the request is active; `request` may be written.
pub unsafe fn gather_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Gather_init", info, request);
        gather_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm)
    }
}

/// `MPI_Gatherv_init`.
///
/// # Safety
/// As `MPI_Gatherv`, whenever the request is active; `request` may be written.
pub unsafe fn gatherv_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Gatherv_init", info, request);
        gatherv_with::<A>(
            call, sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root, comm,
        )
    }
}

/// `MPI_Scatter_init`.
///
/// # Safety
/// As `MPI_Scatter`, whenever the request is active; `request` may be written.
pub unsafe fn scatter_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Scatter_init", info, request);
        scatter_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm)
    }
}

/// `MPI_Scatterv_init`.
///
/// # Safety
/// As `MPI_Scatterv`, whenever the request is active; `request` may be written.
pub unsafe fn scatterv_init<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    displs: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    root: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Scatterv_init", info, request);
        scatterv_with::<A>(
            call, sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root, comm,
        )
    }
}

/// `MPI_Allgather_init`.
///
/// # Safety
/// As `MPI_Allgather`, whenever the request is active; `request` may be written.
pub unsafe fn allgather_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Allgather_init", info, request);
        allgather_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm)
    }
}

/// `MPI_Allgatherv_init`.
///
/// # Safety
/// As `MPI_Allgatherv`, whenever the request is active; `request` may be written.
pub unsafe fn allgatherv_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Allgatherv_init", info, request);
        allgatherv_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm)
    }
}

/// `MPI_Alltoall_init`.
///
/// # Safety
/// As `MPI_Alltoall`, whenever the request is active; `request` may be written.
pub unsafe fn alltoall_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Alltoall_init", info, request);
        alltoall_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm)
    }
}

/// `MPI_Alltoallv_init`.
///
/// # Safety
/// As `MPI_Alltoallv`, whenever the request is active; `request` may be written.
pub unsafe fn alltoallv_init<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Alltoallv_init", info, request);
        alltoallv_with::<A>(
            call, sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm,
        )
    }
}

/// `MPI_Alltoallw_init`.
///
/// # Safety
/// As `MPI_Alltoallw`, whenever the request is active; `request` may be written.
pub unsafe fn alltoallw_init<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Alltoallw_init", info, request);
        alltoallw_with::<A>(
            call, sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm,
        )
    }
}

/// `MPI_Reduce_init`.
///
/// # Safety
/// As `MPI_Reduce`, whenever the request is active; `request` may be written.
pub unsafe fn reduce_init<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    root: c_int,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Reduce_init", info, request);
        reduce_with::<A>(call, sendbuf, recvbuf, count, datatype, op, root, comm)
    }
}

/// `MPI_Allreduce_init`.
///
/// # Safety
/// As `MPI_Allreduce`, whenever the request is active; `request` may be written.
pub unsafe fn allreduce_init<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Allreduce_init", info, request);
        allreduce_with::<A>(call, sendbuf, recvbuf, count, datatype, op, comm)
    }
}

/// `MPI_Reduce_scatter_init`.
///
/// # Safety
/// As `MPI_Reduce_scatter`, whenever the request is active; `request` may be written.
pub unsafe fn reduce_scatter_init<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Reduce_scatter_init", info, request);
        reduce_scatter_with::<A>(call, sendbuf, recvbuf, recvcounts, datatype, op, comm)
    }
}

/// `MPI_Reduce_scatter_block_init`.
///
/// # Safety
/// As `MPI_Reduce_scatter_block`, whenever the request is active; `request` may be written.
pub unsafe fn reduce_scatter_block_init<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Reduce_scatter_block_init", info, request);
        reduce_scatter_block_with::<A>(call, sendbuf, recvbuf, recvcount, datatype, op, comm)
    }
}

/// `MPI_Scan_init`.
///
/// # Safety
/// As `MPI_Scan`, whenever the request is active; `request` may be written.
pub unsafe fn scan_init<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Scan_init", info, request);
        scan_with::<A>(call, sendbuf, recvbuf, count, datatype, op, comm)
    }
}

/// `MPI_Exscan_init`.
///
/// # Safety
/// As `MPI_Exscan`, whenever the request is active; `request` may be written.
pub unsafe fn exscan_init<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Exscan_init", info, request);
        exscan_with::<A>(call, sendbuf, recvbuf, count, datatype, op, comm)
    }
}

/// `MPI_Neighbor_allgather_init`.
///
/// # Safety
/// As `MPI_Neighbor_allgather`, whenever the request is active; `request` may be written.
pub unsafe fn neighbor_allgather_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Neighbor_allgather_init", info, request);
        neighbor::allgather_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm)
    }
}

/// `MPI_Neighbor_allgatherv_init`.
///
/// # Safety
/// As `MPI_Neighbor_allgatherv`, whenever the request is active; `request` may be written.
pub unsafe fn neighbor_allgatherv_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    displs: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Neighbor_allgatherv_init", info, request);
        neighbor::allgatherv_with::<A>(
            call, sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm,
        )
    }
}

/// `MPI_Neighbor_alltoall_init`.
///
/// # Safety
/// As `MPI_Neighbor_alltoall`, whenever the request is active; `request` may be written.
pub unsafe fn neighbor_alltoall_init<A: Abi>(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Neighbor_alltoall_init", info, request);
        neighbor::alltoall_with::<A>(call, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm)
    }
}

/// `MPI_Neighbor_alltoallv_init`.
///
/// # Safety
/// As `MPI_Neighbor_alltoallv`, whenever the request is active; `request` may be written.
pub unsafe fn neighbor_alltoallv_init<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: IntArray,
    sendtype: A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: IntArray,
    recvtype: A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Neighbor_alltoallv_init", info, request);
        neighbor::alltoallv_with::<A>(
            call, sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm,
        )
    }
}

/// `MPI_Neighbor_alltoallw_init`.
///
/// # Safety
/// As `MPI_Neighbor_alltoallw`, whenever the request is active; `request` may be written.
pub unsafe fn neighbor_alltoallw_init<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: *const isize,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: *const isize,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
    info: A::Info,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let call = Call::prepare("MPI_Neighbor_alltoallw_init", info, request);
        neighbor::alltoallw_with::<A>(
            call, sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm,
        )
    }
}
