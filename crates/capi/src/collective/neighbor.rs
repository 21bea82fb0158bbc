//! Neighbourhood collectives (MPI-5.0 sections 8.6 and 8.7): along the edges of
//! a communicator's topology.

use core::ffi::{c_int, c_void};

use engine::collective::Blocks;
use engine::collective::fingerprint::{Fingerprint, Operation};
use engine::collective::neighbor::{
    NeighborAllgather, NeighborAlltoall, Neighbors, neighbor_allgather as gather_from_neighbors,
    neighbor_alltoall as exchange_with_neighbors,
};
use engine::comm::topology::lacking;
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::CommId;

use super::arguments::{each, recv_blocks, send, send_blocks, uniform, varying};
use super::{Call, run};
use crate::abi::{Abi, CHandle};
use crate::runtime::with_objects;
use crate::wide::IntArray;

/// The neighbours of this process.
fn neighbors_of(comm: CommId) -> Result<Neighbors> {
    with_objects(|objects| {
        let comm = objects.comm(comm)?;
        match comm.topology.as_deref() {
            Some(topology) => Ok(topology.neighbors(comm.core.rank())),
            None => lacking(None, "a topology (MPI_Cart_create, MPI_Graph_create or MPI_Dist_graph_create)"),
        }
    })
}

/// What a process sends to its neighbours cannot lie where it receives.
fn check_not_in_place<A: Abi>(buffers: [*const c_void; 2]) -> Result<()> {
    if buffers.contains(&A::IN_PLACE) {
        fail!(ErrorClass::Buffer, "neighbourhood collectives have no MPI_IN_PLACE: give both buffers");
    }
    Ok(())
}

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn allgather_any<A: Abi>(
    (call, operation): (Call<A>, Operation),
    own: (*const c_void, i64, A::Datatype),
    recvbuf: *mut c_void,
    blocks: impl FnOnce(usize) -> Result<Blocks>,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |_, begun| {
        check_not_in_place::<A>([own.0, recvbuf])?;
        let neighbors = neighbors_of(comm.decode())?;
        let sources = neighbors.sources.len();
        // SAFETY: the caller's promise.
        let args = unsafe {
            NeighborAllgather {
                send: send::<A>(own.0, own.1, own.2)?,
                recv: recv_blocks::<A>(recvbuf, blocks(sources)?, sources)?,
                neighbors,
            }
        };
        begun.carry_out(
            Fingerprint::new(operation),
            args,
            |_, _| Ok(false),
            |ports, args| async move { gather_from_neighbors(&ports, args).await },
        )
    })
}

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn alltoall_any<A: Abi>(
    (call, operation): (Call<A>, Operation),
    (sendbuf, send): (*const c_void, impl FnOnce(usize) -> Result<Blocks>),
    (recvbuf, recv): (*mut c_void, impl FnOnce(usize) -> Result<Blocks>),
    comm: A::Comm,
) -> c_int {
    run(call, comm, |_, begun| {
        check_not_in_place::<A>([sendbuf, recvbuf])?;
        let neighbors = neighbors_of(comm.decode())?;
        let (sources, destinations) = (neighbors.sources.len(), neighbors.destinations.len());
        // SAFETY: the caller's promise.
        let args = unsafe {
            NeighborAlltoall {
                send: send_blocks(sendbuf, send(destinations)?, destinations)?,
                recv: recv_blocks::<A>(recvbuf, recv(sources)?, sources)?,
                neighbors,
            }
        };
        begun.carry_out(
            Fingerprint::new(operation),
            args,
            |_, _| Ok(false),
            |ports, args| async move { exchange_with_neighbors(&ports, args).await },
        )
    })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Neighbor_allgather`.
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
            (call, Operation::NeighborAllgather),
            (sendbuf, sendcount, sendtype),
            recvbuf,
            blocks,
            comm,
        )
    }
}

/// `MPI_Neighbor_allgather`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn neighbor_allgather<A: Abi>(
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
            Call::wait("MPI_Neighbor_allgather"),
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

/// `MPI_Ineighbor_allgather`.
///
/// # Safety
/// As `MPI_Neighbor_allgather`, until the request completes; `request` may be
/// written.
pub unsafe fn ineighbor_allgather<A: Abi>(
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
            Call::start("MPI_Ineighbor_allgather", request),
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
/// As the MPI standard asks of the arguments of `MPI_Neighbor_allgatherv`.
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
    let blocks = |sources| unsafe { varying::<A>(recvcounts, displs, recvtype, sources) };
    // SAFETY: the caller's promise.
    unsafe {
        allgather_any::<A>(
            (call, Operation::NeighborAllgatherv),
            (sendbuf, sendcount, sendtype),
            recvbuf,
            blocks,
            comm,
        )
    }
}

/// `MPI_Neighbor_allgatherv`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn neighbor_allgatherv<A: Abi>(
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
            Call::wait("MPI_Neighbor_allgatherv"),
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

/// `MPI_Ineighbor_allgatherv`.
///
/// # Safety
/// As `MPI_Neighbor_allgatherv`, until the request completes; `request` may be
/// written.
pub unsafe fn ineighbor_allgatherv<A: Abi>(
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
            Call::start("MPI_Ineighbor_allgatherv", request),
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
/// As the MPI standard asks of the arguments of `MPI_Neighbor_alltoall`.
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
    unsafe { alltoall_any::<A>((call, Operation::NeighborAlltoall), (sendbuf, send), (recvbuf, recv), comm) }
}

/// `MPI_Neighbor_alltoall`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn neighbor_alltoall<A: Abi>(
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
            Call::wait("MPI_Neighbor_alltoall"),
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

/// `MPI_Ineighbor_alltoall`.
///
/// # Safety
/// As `MPI_Neighbor_alltoall`, until the request completes; `request` may be
/// written.
pub unsafe fn ineighbor_alltoall<A: Abi>(
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
            Call::start("MPI_Ineighbor_alltoall", request),
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
/// As the MPI standard asks of the arguments of `MPI_Neighbor_alltoallv`.
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
        let send = |destinations| varying::<A>(sendcounts, sdispls, sendtype, destinations);
        let recv = |sources| varying::<A>(recvcounts, rdispls, recvtype, sources);
        alltoall_any::<A>((call, Operation::NeighborAlltoallv), (sendbuf, send), (recvbuf, recv), comm)
    }
}

/// `MPI_Neighbor_alltoallv`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn neighbor_alltoallv<A: Abi>(
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
            Call::wait("MPI_Neighbor_alltoallv"),
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

/// `MPI_Ineighbor_alltoallv`.
///
/// # Safety
/// As `MPI_Neighbor_alltoallv`, until the request completes; `request` may be
/// written.
pub unsafe fn ineighbor_alltoallv<A: Abi>(
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
            Call::start("MPI_Ineighbor_alltoallv", request),
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
/// As the MPI standard asks of the arguments of `MPI_Neighbor_alltoallw`.
pub(super) unsafe fn alltoallw_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: *const isize,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: *const isize,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let send =
            |destinations| each::<A>(sendcounts, IntArray::Count(sdispls.cast()), sendtypes, destinations);
        let recv = |sources| each::<A>(recvcounts, IntArray::Count(rdispls.cast()), recvtypes, sources);
        alltoall_any::<A>((call, Operation::NeighborAlltoallw), (sendbuf, send), (recvbuf, recv), comm)
    }
}

/// `MPI_Neighbor_alltoallw`.
///
/// # Safety
/// As the MPI standard asks of the buffers and arrays.
pub unsafe fn neighbor_alltoallw<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: *const isize,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: *const isize,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoallw_with::<A>(
            Call::wait("MPI_Neighbor_alltoallw"),
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

/// `MPI_Ineighbor_alltoallw`.
///
/// # Safety
/// As `MPI_Neighbor_alltoallw`, until the request completes; `request` may be
/// written.
pub unsafe fn ineighbor_alltoallw<A: Abi>(
    sendbuf: *const c_void,
    sendcounts: IntArray,
    sdispls: *const isize,
    sendtypes: *const A::Datatype,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    rdispls: *const isize,
    recvtypes: *const A::Datatype,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        alltoallw_with::<A>(
            Call::start("MPI_Ineighbor_alltoallw", request),
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
