//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_coords(comm: Comm, rank: c_int, maxdims: c_int, coords: *mut c_int) -> c_int {
    let _ = (comm, rank, maxdims, coords);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_coords")
}
global_asm!(".weak MPI_Cart_coords", ".set MPI_Cart_coords, PMPI_Cart_coords");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_create(
    comm_old: Comm,
    ndims: c_int,
    dims: *const c_int,
    periods: *const c_int,
    reorder: c_int,
    comm_cart: *mut Comm,
) -> c_int {
    let _ = (comm_old, ndims, dims, periods, reorder, comm_cart);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_create")
}
global_asm!(".weak MPI_Cart_create", ".set MPI_Cart_create, PMPI_Cart_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_get(
    comm: Comm,
    maxdims: c_int,
    dims: *mut c_int,
    periods: *mut c_int,
    coords: *mut c_int,
) -> c_int {
    let _ = (comm, maxdims, dims, periods, coords);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_get")
}
global_asm!(".weak MPI_Cart_get", ".set MPI_Cart_get, PMPI_Cart_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_map(
    comm: Comm,
    ndims: c_int,
    dims: *const c_int,
    periods: *const c_int,
    newrank: *mut c_int,
) -> c_int {
    let _ = (comm, ndims, dims, periods, newrank);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_map")
}
global_asm!(".weak MPI_Cart_map", ".set MPI_Cart_map, PMPI_Cart_map");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_rank(comm: Comm, coords: *const c_int, rank: *mut c_int) -> c_int {
    let _ = (comm, coords, rank);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_rank")
}
global_asm!(".weak MPI_Cart_rank", ".set MPI_Cart_rank, PMPI_Cart_rank");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_shift(
    comm: Comm,
    direction: c_int,
    disp: c_int,
    rank_source: *mut c_int,
    rank_dest: *mut c_int,
) -> c_int {
    let _ = (comm, direction, disp, rank_source, rank_dest);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_shift")
}
global_asm!(".weak MPI_Cart_shift", ".set MPI_Cart_shift, PMPI_Cart_shift");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cart_sub(comm: Comm, remain_dims: *const c_int, newcomm: *mut Comm) -> c_int {
    let _ = (comm, remain_dims, newcomm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cart_sub")
}
global_asm!(".weak MPI_Cart_sub", ".set MPI_Cart_sub, PMPI_Cart_sub");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cartdim_get(comm: Comm, ndims: *mut c_int) -> c_int {
    let _ = (comm, ndims);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Cartdim_get")
}
global_asm!(".weak MPI_Cartdim_get", ".set MPI_Cartdim_get, PMPI_Cartdim_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Dims_create(nnodes: c_int, ndims: c_int, dims: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::topology::dims_create::<ThisAbi>(nnodes, ndims, dims) }
}
global_asm!(".weak MPI_Dims_create", ".set MPI_Dims_create, PMPI_Dims_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Dist_graph_create(
    comm_old: Comm,
    n: c_int,
    sources: *const c_int,
    degrees: *const c_int,
    destinations: *const c_int,
    weights: *const c_int,
    info: Info,
    reorder: c_int,
    comm_dist_graph: *mut Comm,
) -> c_int {
    let _ = (comm_old, n, sources, degrees, destinations, weights, info, reorder, comm_dist_graph);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Dist_graph_create")
}
global_asm!(".weak MPI_Dist_graph_create", ".set MPI_Dist_graph_create, PMPI_Dist_graph_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Dist_graph_create_adjacent(
    comm_old: Comm,
    indegree: c_int,
    sources: *const c_int,
    sourceweights: *const c_int,
    outdegree: c_int,
    destinations: *const c_int,
    destweights: *const c_int,
    info: Info,
    reorder: c_int,
    comm_dist_graph: *mut Comm,
) -> c_int {
    let _ = (
        comm_old,
        indegree,
        sources,
        sourceweights,
        outdegree,
        destinations,
        destweights,
        info,
        reorder,
        comm_dist_graph,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Dist_graph_create_adjacent")
}
global_asm!(
    ".weak MPI_Dist_graph_create_adjacent",
    ".set MPI_Dist_graph_create_adjacent, PMPI_Dist_graph_create_adjacent"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Dist_graph_neighbors(
    comm: Comm,
    maxindegree: c_int,
    sources: *mut c_int,
    sourceweights: *mut c_int,
    maxoutdegree: c_int,
    destinations: *mut c_int,
    destweights: *mut c_int,
) -> c_int {
    let _ = (comm, maxindegree, sources, sourceweights, maxoutdegree, destinations, destweights);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Dist_graph_neighbors")
}
global_asm!(".weak MPI_Dist_graph_neighbors", ".set MPI_Dist_graph_neighbors, PMPI_Dist_graph_neighbors");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Dist_graph_neighbors_count(
    comm: Comm,
    indegree: *mut c_int,
    outdegree: *mut c_int,
    weighted: *mut c_int,
) -> c_int {
    let _ = (comm, indegree, outdegree, weighted);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Dist_graph_neighbors_count")
}
global_asm!(
    ".weak MPI_Dist_graph_neighbors_count",
    ".set MPI_Dist_graph_neighbors_count, PMPI_Dist_graph_neighbors_count"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Graph_create(
    comm_old: Comm,
    nnodes: c_int,
    indx: *const c_int,
    edges: *const c_int,
    reorder: c_int,
    comm_graph: *mut Comm,
) -> c_int {
    let _ = (comm_old, nnodes, indx, edges, reorder, comm_graph);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Graph_create")
}
global_asm!(".weak MPI_Graph_create", ".set MPI_Graph_create, PMPI_Graph_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Graph_get(
    comm: Comm,
    maxindex: c_int,
    maxedges: c_int,
    indx: *mut c_int,
    edges: *mut c_int,
) -> c_int {
    let _ = (comm, maxindex, maxedges, indx, edges);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Graph_get")
}
global_asm!(".weak MPI_Graph_get", ".set MPI_Graph_get, PMPI_Graph_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Graph_map(
    comm: Comm,
    nnodes: c_int,
    indx: *const c_int,
    edges: *const c_int,
    newrank: *mut c_int,
) -> c_int {
    let _ = (comm, nnodes, indx, edges, newrank);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Graph_map")
}
global_asm!(".weak MPI_Graph_map", ".set MPI_Graph_map, PMPI_Graph_map");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Graph_neighbors(
    comm: Comm,
    rank: c_int,
    maxneighbors: c_int,
    neighbors: *mut c_int,
) -> c_int {
    let _ = (comm, rank, maxneighbors, neighbors);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Graph_neighbors")
}
global_asm!(".weak MPI_Graph_neighbors", ".set MPI_Graph_neighbors, PMPI_Graph_neighbors");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Graph_neighbors_count(comm: Comm, rank: c_int, nneighbors: *mut c_int) -> c_int {
    let _ = (comm, rank, nneighbors);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Graph_neighbors_count")
}
global_asm!(".weak MPI_Graph_neighbors_count", ".set MPI_Graph_neighbors_count, PMPI_Graph_neighbors_count");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Graphdims_get(comm: Comm, nnodes: *mut c_int, nedges: *mut c_int) -> c_int {
    let _ = (comm, nnodes, nedges);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Graphdims_get")
}
global_asm!(".weak MPI_Graphdims_get", ".set MPI_Graphdims_get, PMPI_Graphdims_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_allgather(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_allgather")
}
global_asm!(".weak MPI_Ineighbor_allgather", ".set MPI_Ineighbor_allgather, PMPI_Ineighbor_allgather");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_allgather_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_allgather_c")
}
global_asm!(".weak MPI_Ineighbor_allgather_c", ".set MPI_Ineighbor_allgather_c, PMPI_Ineighbor_allgather_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_allgatherv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_allgatherv")
}
global_asm!(".weak MPI_Ineighbor_allgatherv", ".set MPI_Ineighbor_allgatherv, PMPI_Ineighbor_allgatherv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_allgatherv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_allgatherv_c")
}
global_asm!(
    ".weak MPI_Ineighbor_allgatherv_c",
    ".set MPI_Ineighbor_allgatherv_c, PMPI_Ineighbor_allgatherv_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_alltoall(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_alltoall")
}
global_asm!(".weak MPI_Ineighbor_alltoall", ".set MPI_Ineighbor_alltoall, PMPI_Ineighbor_alltoall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_alltoall_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_alltoall_c")
}
global_asm!(".weak MPI_Ineighbor_alltoall_c", ".set MPI_Ineighbor_alltoall_c, PMPI_Ineighbor_alltoall_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_alltoallv(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const c_int,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_alltoallv")
}
global_asm!(".weak MPI_Ineighbor_alltoallv", ".set MPI_Ineighbor_alltoallv, PMPI_Ineighbor_alltoallv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_alltoallv_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    sdispls: *const isize,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    rdispls: *const isize,
    recvtype: Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_alltoallv_c")
}
global_asm!(".weak MPI_Ineighbor_alltoallv_c", ".set MPI_Ineighbor_alltoallv_c, PMPI_Ineighbor_alltoallv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_alltoallw(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const isize,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const isize,
    recvtypes: *const Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_alltoallw")
}
global_asm!(".weak MPI_Ineighbor_alltoallw", ".set MPI_Ineighbor_alltoallw, PMPI_Ineighbor_alltoallw");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ineighbor_alltoallw_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    sdispls: *const isize,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    rdispls: *const isize,
    recvtypes: *const Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ineighbor_alltoallw_c")
}
global_asm!(".weak MPI_Ineighbor_alltoallw_c", ".set MPI_Ineighbor_alltoallw_c, PMPI_Ineighbor_alltoallw_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgather(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgather")
}
global_asm!(".weak MPI_Neighbor_allgather", ".set MPI_Neighbor_allgather, PMPI_Neighbor_allgather");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgather_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgather_c")
}
global_asm!(".weak MPI_Neighbor_allgather_c", ".set MPI_Neighbor_allgather_c, PMPI_Neighbor_allgather_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgather_init(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgather_init")
}
global_asm!(
    ".weak MPI_Neighbor_allgather_init",
    ".set MPI_Neighbor_allgather_init, PMPI_Neighbor_allgather_init"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgather_init_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgather_init_c")
}
global_asm!(
    ".weak MPI_Neighbor_allgather_init_c",
    ".set MPI_Neighbor_allgather_init_c, PMPI_Neighbor_allgather_init_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgatherv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgatherv")
}
global_asm!(".weak MPI_Neighbor_allgatherv", ".set MPI_Neighbor_allgatherv, PMPI_Neighbor_allgatherv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgatherv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgatherv_c")
}
global_asm!(".weak MPI_Neighbor_allgatherv_c", ".set MPI_Neighbor_allgatherv_c, PMPI_Neighbor_allgatherv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgatherv_init(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgatherv_init")
}
global_asm!(
    ".weak MPI_Neighbor_allgatherv_init",
    ".set MPI_Neighbor_allgatherv_init, PMPI_Neighbor_allgatherv_init"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_allgatherv_init_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_allgatherv_init_c")
}
global_asm!(
    ".weak MPI_Neighbor_allgatherv_init_c",
    ".set MPI_Neighbor_allgatherv_init_c, PMPI_Neighbor_allgatherv_init_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoall(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoall")
}
global_asm!(".weak MPI_Neighbor_alltoall", ".set MPI_Neighbor_alltoall, PMPI_Neighbor_alltoall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoall_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoall_c")
}
global_asm!(".weak MPI_Neighbor_alltoall_c", ".set MPI_Neighbor_alltoall_c, PMPI_Neighbor_alltoall_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoall_init(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoall_init")
}
global_asm!(
    ".weak MPI_Neighbor_alltoall_init",
    ".set MPI_Neighbor_alltoall_init, PMPI_Neighbor_alltoall_init"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoall_init_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoall_init_c")
}
global_asm!(
    ".weak MPI_Neighbor_alltoall_init_c",
    ".set MPI_Neighbor_alltoall_init_c, PMPI_Neighbor_alltoall_init_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallv(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallv")
}
global_asm!(".weak MPI_Neighbor_alltoallv", ".set MPI_Neighbor_alltoallv, PMPI_Neighbor_alltoallv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallv_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    sdispls: *const isize,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    rdispls: *const isize,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallv_c")
}
global_asm!(".weak MPI_Neighbor_alltoallv_c", ".set MPI_Neighbor_alltoallv_c, PMPI_Neighbor_alltoallv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallv_init(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const c_int,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ =
        (sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallv_init")
}
global_asm!(
    ".weak MPI_Neighbor_alltoallv_init",
    ".set MPI_Neighbor_alltoallv_init, PMPI_Neighbor_alltoallv_init"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallv_init_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    sdispls: *const isize,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    rdispls: *const isize,
    recvtype: Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ =
        (sendbuf, sendcounts, sdispls, sendtype, recvbuf, recvcounts, rdispls, recvtype, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallv_init_c")
}
global_asm!(
    ".weak MPI_Neighbor_alltoallv_init_c",
    ".set MPI_Neighbor_alltoallv_init_c, PMPI_Neighbor_alltoallv_init_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallw(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const isize,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const isize,
    recvtypes: *const Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallw")
}
global_asm!(".weak MPI_Neighbor_alltoallw", ".set MPI_Neighbor_alltoallw, PMPI_Neighbor_alltoallw");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallw_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    sdispls: *const isize,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    rdispls: *const isize,
    recvtypes: *const Datatype,
    comm: Comm,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallw_c")
}
global_asm!(".weak MPI_Neighbor_alltoallw_c", ".set MPI_Neighbor_alltoallw_c, PMPI_Neighbor_alltoallw_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallw_init(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const isize,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const isize,
    recvtypes: *const Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (
        sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm, info, request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallw_init")
}
global_asm!(
    ".weak MPI_Neighbor_alltoallw_init",
    ".set MPI_Neighbor_alltoallw_init, PMPI_Neighbor_alltoallw_init"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Neighbor_alltoallw_init_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    sdispls: *const isize,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    rdispls: *const isize,
    recvtypes: *const Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (
        sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm, info, request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Neighbor_alltoallw_init_c")
}
global_asm!(
    ".weak MPI_Neighbor_alltoallw_init_c",
    ".set MPI_Neighbor_alltoallw_init_c, PMPI_Neighbor_alltoallw_init_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Topo_test(comm: Comm, status: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::topology::topo_test::<ThisAbi>(comm, status) }
}
global_asm!(".weak MPI_Topo_test", ".set MPI_Topo_test, PMPI_Topo_test");
