//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgather(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::allgather::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Allgather", ".set MPI_Allgather, PMPI_Allgather");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgather_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::allgather::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Allgather_c", ".set MPI_Allgather_c, PMPI_Allgather_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgather_init(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Allgather_init")
}
global_asm!(".weak MPI_Allgather_init", ".set MPI_Allgather_init, PMPI_Allgather_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgather_init_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Allgather_init_c")
}
global_asm!(".weak MPI_Allgather_init_c", ".set MPI_Allgather_init_c, PMPI_Allgather_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgatherv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::allgatherv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            IntArray::Int(recvcounts),
            IntArray::Int(displs),
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Allgatherv", ".set MPI_Allgatherv, PMPI_Allgatherv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgatherv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::allgatherv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            IntArray::Count(recvcounts.cast()),
            IntArray::Count(displs.cast()),
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Allgatherv_c", ".set MPI_Allgatherv_c, PMPI_Allgatherv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgatherv_init(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Allgatherv_init")
}
global_asm!(".weak MPI_Allgatherv_init", ".set MPI_Allgatherv_init, PMPI_Allgatherv_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allgatherv_init_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Allgatherv_init_c")
}
global_asm!(".weak MPI_Allgatherv_init_c", ".set MPI_Allgatherv_init_c, PMPI_Allgatherv_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allreduce(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::allreduce::<ThisAbi>(sendbuf, recvbuf, count as i64, datatype, op, comm)
    }
}
global_asm!(".weak MPI_Allreduce", ".set MPI_Allreduce, PMPI_Allreduce");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allreduce_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::allreduce::<ThisAbi>(sendbuf, recvbuf, count as i64, datatype, op, comm)
    }
}
global_asm!(".weak MPI_Allreduce_c", ".set MPI_Allreduce_c, PMPI_Allreduce_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allreduce_init(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Allreduce_init")
}
global_asm!(".weak MPI_Allreduce_init", ".set MPI_Allreduce_init, PMPI_Allreduce_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Allreduce_init_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Allreduce_init_c")
}
global_asm!(".weak MPI_Allreduce_init_c", ".set MPI_Allreduce_init_c, PMPI_Allreduce_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoall(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::alltoall::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Alltoall", ".set MPI_Alltoall, PMPI_Alltoall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoall_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::alltoall::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Alltoall_c", ".set MPI_Alltoall_c, PMPI_Alltoall_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoall_init(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Alltoall_init")
}
global_asm!(".weak MPI_Alltoall_init", ".set MPI_Alltoall_init, PMPI_Alltoall_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoall_init_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Alltoall_init_c")
}
global_asm!(".weak MPI_Alltoall_init_c", ".set MPI_Alltoall_init_c, PMPI_Alltoall_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallv(
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
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::alltoallv::<ThisAbi>(
            sendbuf,
            IntArray::Int(sendcounts),
            IntArray::Int(sdispls),
            sendtype,
            recvbuf,
            IntArray::Int(recvcounts),
            IntArray::Int(rdispls),
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Alltoallv", ".set MPI_Alltoallv, PMPI_Alltoallv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallv_c(
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
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::alltoallv::<ThisAbi>(
            sendbuf,
            IntArray::Count(sendcounts.cast()),
            IntArray::Count(sdispls.cast()),
            sendtype,
            recvbuf,
            IntArray::Count(recvcounts.cast()),
            IntArray::Count(rdispls.cast()),
            recvtype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Alltoallv_c", ".set MPI_Alltoallv_c, PMPI_Alltoallv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallv_init(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Alltoallv_init")
}
global_asm!(".weak MPI_Alltoallv_init", ".set MPI_Alltoallv_init, PMPI_Alltoallv_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallv_init_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Alltoallv_init_c")
}
global_asm!(".weak MPI_Alltoallv_init_c", ".set MPI_Alltoallv_init_c, PMPI_Alltoallv_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallw(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const c_int,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const c_int,
    recvtypes: *const Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::alltoallw::<ThisAbi>(
            sendbuf,
            IntArray::Int(sendcounts),
            IntArray::Int(sdispls),
            sendtypes,
            recvbuf,
            IntArray::Int(recvcounts),
            IntArray::Int(rdispls),
            recvtypes,
            comm,
        )
    }
}
global_asm!(".weak MPI_Alltoallw", ".set MPI_Alltoallw, PMPI_Alltoallw");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallw_c(
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
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::all::alltoallw::<ThisAbi>(
            sendbuf,
            IntArray::Count(sendcounts.cast()),
            IntArray::Count(sdispls.cast()),
            sendtypes,
            recvbuf,
            IntArray::Count(recvcounts.cast()),
            IntArray::Count(rdispls.cast()),
            recvtypes,
            comm,
        )
    }
}
global_asm!(".weak MPI_Alltoallw_c", ".set MPI_Alltoallw_c, PMPI_Alltoallw_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallw_init(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const c_int,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const c_int,
    recvtypes: *const Datatype,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (
        sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm, info, request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Alltoallw_init")
}
global_asm!(".weak MPI_Alltoallw_init", ".set MPI_Alltoallw_init, PMPI_Alltoallw_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alltoallw_init_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Alltoallw_init_c")
}
global_asm!(".weak MPI_Alltoallw_init_c", ".set MPI_Alltoallw_init_c, PMPI_Alltoallw_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Barrier(comm: Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::collective::rooted::barrier::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Barrier", ".set MPI_Barrier, PMPI_Barrier");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Barrier_init(comm: Comm, info: Info, request: *mut Request) -> c_int {
    let _ = (comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Barrier_init")
}
global_asm!(".weak MPI_Barrier_init", ".set MPI_Barrier_init, PMPI_Barrier_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bcast(
    buffer: *mut c_void,
    count: c_int,
    datatype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::collective::rooted::bcast::<ThisAbi>(buffer, count as i64, datatype, root, comm) }
}
global_asm!(".weak MPI_Bcast", ".set MPI_Bcast, PMPI_Bcast");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bcast_c(
    buffer: *mut c_void,
    count: i64,
    datatype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::collective::rooted::bcast::<ThisAbi>(buffer, count as i64, datatype, root, comm) }
}
global_asm!(".weak MPI_Bcast_c", ".set MPI_Bcast_c, PMPI_Bcast_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bcast_init(
    buffer: *mut c_void,
    count: c_int,
    datatype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (buffer, count, datatype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Bcast_init")
}
global_asm!(".weak MPI_Bcast_init", ".set MPI_Bcast_init, PMPI_Bcast_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bcast_init_c(
    buffer: *mut c_void,
    count: i64,
    datatype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (buffer, count, datatype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Bcast_init_c")
}
global_asm!(".weak MPI_Bcast_init_c", ".set MPI_Bcast_init_c, PMPI_Bcast_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Exscan(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::exscan::<ThisAbi>(sendbuf, recvbuf, count as i64, datatype, op, comm)
    }
}
global_asm!(".weak MPI_Exscan", ".set MPI_Exscan, PMPI_Exscan");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Exscan_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::exscan::<ThisAbi>(sendbuf, recvbuf, count as i64, datatype, op, comm)
    }
}
global_asm!(".weak MPI_Exscan_c", ".set MPI_Exscan_c, PMPI_Exscan_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Exscan_init(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Exscan_init")
}
global_asm!(".weak MPI_Exscan_init", ".set MPI_Exscan_init, PMPI_Exscan_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Exscan_init_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Exscan_init_c")
}
global_asm!(".weak MPI_Exscan_init_c", ".set MPI_Exscan_init_c, PMPI_Exscan_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gather(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::gather::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Gather", ".set MPI_Gather, PMPI_Gather");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gather_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::gather::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Gather_c", ".set MPI_Gather_c, PMPI_Gather_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gather_init(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Gather_init")
}
global_asm!(".weak MPI_Gather_init", ".set MPI_Gather_init, PMPI_Gather_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gather_init_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Gather_init_c")
}
global_asm!(".weak MPI_Gather_init_c", ".set MPI_Gather_init_c, PMPI_Gather_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gatherv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::gatherv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            IntArray::Int(recvcounts),
            IntArray::Int(displs),
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Gatherv", ".set MPI_Gatherv, PMPI_Gatherv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gatherv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::gatherv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            IntArray::Count(recvcounts.cast()),
            IntArray::Count(displs.cast()),
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Gatherv_c", ".set MPI_Gatherv_c, PMPI_Gatherv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gatherv_init(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Gatherv_init")
}
global_asm!(".weak MPI_Gatherv_init", ".set MPI_Gatherv_init, PMPI_Gatherv_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Gatherv_init_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Gatherv_init_c")
}
global_asm!(".weak MPI_Gatherv_init_c", ".set MPI_Gatherv_init_c, PMPI_Gatherv_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iallgather(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iallgather")
}
global_asm!(".weak MPI_Iallgather", ".set MPI_Iallgather, PMPI_Iallgather");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iallgather_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iallgather_c")
}
global_asm!(".weak MPI_Iallgather_c", ".set MPI_Iallgather_c, PMPI_Iallgather_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iallgatherv(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iallgatherv")
}
global_asm!(".weak MPI_Iallgatherv", ".set MPI_Iallgatherv, PMPI_Iallgatherv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iallgatherv_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iallgatherv_c")
}
global_asm!(".weak MPI_Iallgatherv_c", ".set MPI_Iallgatherv_c, PMPI_Iallgatherv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iallreduce(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iallreduce")
}
global_asm!(".weak MPI_Iallreduce", ".set MPI_Iallreduce, PMPI_Iallreduce");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iallreduce_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iallreduce_c")
}
global_asm!(".weak MPI_Iallreduce_c", ".set MPI_Iallreduce_c, PMPI_Iallreduce_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ialltoall(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ialltoall")
}
global_asm!(".weak MPI_Ialltoall", ".set MPI_Ialltoall, PMPI_Ialltoall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ialltoall_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ialltoall_c")
}
global_asm!(".weak MPI_Ialltoall_c", ".set MPI_Ialltoall_c, PMPI_Ialltoall_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ialltoallv(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ialltoallv")
}
global_asm!(".weak MPI_Ialltoallv", ".set MPI_Ialltoallv, PMPI_Ialltoallv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ialltoallv_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ialltoallv_c")
}
global_asm!(".weak MPI_Ialltoallv_c", ".set MPI_Ialltoallv_c, PMPI_Ialltoallv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ialltoallw(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    sdispls: *const c_int,
    sendtypes: *const Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    rdispls: *const c_int,
    recvtypes: *const Datatype,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, sdispls, sendtypes, recvbuf, recvcounts, rdispls, recvtypes, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ialltoallw")
}
global_asm!(".weak MPI_Ialltoallw", ".set MPI_Ialltoallw, PMPI_Ialltoallw");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ialltoallw_c(
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
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ialltoallw_c")
}
global_asm!(".weak MPI_Ialltoallw_c", ".set MPI_Ialltoallw_c, PMPI_Ialltoallw_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ibarrier(comm: Comm, request: *mut Request) -> c_int {
    let _ = (comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ibarrier")
}
global_asm!(".weak MPI_Ibarrier", ".set MPI_Ibarrier, PMPI_Ibarrier");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ibcast(
    buffer: *mut c_void,
    count: c_int,
    datatype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (buffer, count, datatype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ibcast")
}
global_asm!(".weak MPI_Ibcast", ".set MPI_Ibcast, PMPI_Ibcast");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ibcast_c(
    buffer: *mut c_void,
    count: i64,
    datatype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (buffer, count, datatype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ibcast_c")
}
global_asm!(".weak MPI_Ibcast_c", ".set MPI_Ibcast_c, PMPI_Ibcast_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iexscan(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iexscan")
}
global_asm!(".weak MPI_Iexscan", ".set MPI_Iexscan, PMPI_Iexscan");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iexscan_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iexscan_c")
}
global_asm!(".weak MPI_Iexscan_c", ".set MPI_Iexscan_c, PMPI_Iexscan_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Igather(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Igather")
}
global_asm!(".weak MPI_Igather", ".set MPI_Igather, PMPI_Igather");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Igather_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Igather_c")
}
global_asm!(".weak MPI_Igather_c", ".set MPI_Igather_c, PMPI_Igather_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Igatherv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    displs: *const c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Igatherv")
}
global_asm!(".weak MPI_Igatherv", ".set MPI_Igatherv, PMPI_Igatherv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Igatherv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    displs: *const isize,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Igatherv_c")
}
global_asm!(".weak MPI_Igatherv_c", ".set MPI_Igatherv_c, PMPI_Igatherv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ireduce(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ireduce")
}
global_asm!(".weak MPI_Ireduce", ".set MPI_Ireduce, PMPI_Ireduce");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ireduce_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ireduce_c")
}
global_asm!(".weak MPI_Ireduce_c", ".set MPI_Ireduce_c, PMPI_Ireduce_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ireduce_scatter(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcounts, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ireduce_scatter")
}
global_asm!(".weak MPI_Ireduce_scatter", ".set MPI_Ireduce_scatter, PMPI_Ireduce_scatter");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ireduce_scatter_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcounts, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ireduce_scatter_c")
}
global_asm!(".weak MPI_Ireduce_scatter_c", ".set MPI_Ireduce_scatter_c, PMPI_Ireduce_scatter_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ireduce_scatter_block(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcount, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ireduce_scatter_block")
}
global_asm!(".weak MPI_Ireduce_scatter_block", ".set MPI_Ireduce_scatter_block, PMPI_Ireduce_scatter_block");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ireduce_scatter_block_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcount, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Ireduce_scatter_block_c")
}
global_asm!(
    ".weak MPI_Ireduce_scatter_block_c",
    ".set MPI_Ireduce_scatter_block_c, PMPI_Ireduce_scatter_block_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iscan(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iscan")
}
global_asm!(".weak MPI_Iscan", ".set MPI_Iscan, PMPI_Iscan");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iscan_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iscan_c")
}
global_asm!(".weak MPI_Iscan_c", ".set MPI_Iscan_c, PMPI_Iscan_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iscatter(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iscatter")
}
global_asm!(".weak MPI_Iscatter", ".set MPI_Iscatter, PMPI_Iscatter");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iscatter_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iscatter_c")
}
global_asm!(".weak MPI_Iscatter_c", ".set MPI_Iscatter_c, PMPI_Iscatter_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iscatterv(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    displs: *const c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iscatterv")
}
global_asm!(".weak MPI_Iscatterv", ".set MPI_Iscatterv, PMPI_Iscatterv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iscatterv_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    displs: *const isize,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root, comm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Iscatterv_c")
}
global_asm!(".weak MPI_Iscatterv_c", ".set MPI_Iscatterv_c, PMPI_Iscatterv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_commutative(op: Op, commute: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::op::op_commutative::<ThisAbi>(op, commute) }
}
global_asm!(".weak MPI_Op_commutative", ".set MPI_Op_commutative, PMPI_Op_commutative");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_create(user_fn: *const c_void, commute: c_int, op: *mut Op) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::op::op_create::<ThisAbi>(Callback::Small(user_fn), commute, op) }
}
global_asm!(".weak MPI_Op_create", ".set MPI_Op_create, PMPI_Op_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_create_c(user_fn: *const c_void, commute: c_int, op: *mut Op) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::op::op_create::<ThisAbi>(Callback::Large(user_fn), commute, op) }
}
global_asm!(".weak MPI_Op_create_c", ".set MPI_Op_create_c, PMPI_Op_create_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_free(op: *mut Op) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::op::op_free::<ThisAbi>(op) }
}
global_asm!(".weak MPI_Op_free", ".set MPI_Op_free, PMPI_Op_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::reduce::<ThisAbi>(
            sendbuf,
            recvbuf,
            count as i64,
            datatype,
            op,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Reduce", ".set MPI_Reduce, PMPI_Reduce");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::reduce::<ThisAbi>(
            sendbuf,
            recvbuf,
            count as i64,
            datatype,
            op,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Reduce_c", ".set MPI_Reduce_c, PMPI_Reduce_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_init(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Reduce_init")
}
global_asm!(".weak MPI_Reduce_init", ".set MPI_Reduce_init, PMPI_Reduce_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_init_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Reduce_init_c")
}
global_asm!(".weak MPI_Reduce_init_c", ".set MPI_Reduce_init_c, PMPI_Reduce_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_local(
    inbuf: *const c_void,
    inoutbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::op::reduce_local::<ThisAbi>(inbuf, inoutbuf, count as i64, datatype, op) }
}
global_asm!(".weak MPI_Reduce_local", ".set MPI_Reduce_local, PMPI_Reduce_local");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_local_c(
    inbuf: *const c_void,
    inoutbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::op::reduce_local::<ThisAbi>(inbuf, inoutbuf, count as i64, datatype, op) }
}
global_asm!(".weak MPI_Reduce_local_c", ".set MPI_Reduce_local_c, PMPI_Reduce_local_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::reduce_scatter::<ThisAbi>(
            sendbuf,
            recvbuf,
            IntArray::Int(recvcounts),
            datatype,
            op,
            comm,
        )
    }
}
global_asm!(".weak MPI_Reduce_scatter", ".set MPI_Reduce_scatter, PMPI_Reduce_scatter");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::reduce_scatter::<ThisAbi>(
            sendbuf,
            recvbuf,
            IntArray::Count(recvcounts.cast()),
            datatype,
            op,
            comm,
        )
    }
}
global_asm!(".weak MPI_Reduce_scatter_c", ".set MPI_Reduce_scatter_c, PMPI_Reduce_scatter_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_block(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::reduce_scatter_block::<ThisAbi>(
            sendbuf,
            recvbuf,
            recvcount as i64,
            datatype,
            op,
            comm,
        )
    }
}
global_asm!(".weak MPI_Reduce_scatter_block", ".set MPI_Reduce_scatter_block, PMPI_Reduce_scatter_block");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_block_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::reduce_scatter_block::<ThisAbi>(
            sendbuf,
            recvbuf,
            recvcount as i64,
            datatype,
            op,
            comm,
        )
    }
}
global_asm!(
    ".weak MPI_Reduce_scatter_block_c",
    ".set MPI_Reduce_scatter_block_c, PMPI_Reduce_scatter_block_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_block_init(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcount, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Reduce_scatter_block_init")
}
global_asm!(
    ".weak MPI_Reduce_scatter_block_init",
    ".set MPI_Reduce_scatter_block_init, PMPI_Reduce_scatter_block_init"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_block_init_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcount, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Reduce_scatter_block_init_c")
}
global_asm!(
    ".weak MPI_Reduce_scatter_block_init_c",
    ".set MPI_Reduce_scatter_block_init_c, PMPI_Reduce_scatter_block_init_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_init(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: *const c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcounts, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Reduce_scatter_init")
}
global_asm!(".weak MPI_Reduce_scatter_init", ".set MPI_Reduce_scatter_init, PMPI_Reduce_scatter_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Reduce_scatter_init_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: *const i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, recvcounts, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Reduce_scatter_init_c")
}
global_asm!(".weak MPI_Reduce_scatter_init_c", ".set MPI_Reduce_scatter_init_c, PMPI_Reduce_scatter_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scan(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::scan::<ThisAbi>(sendbuf, recvbuf, count as i64, datatype, op, comm)
    }
}
global_asm!(".weak MPI_Scan", ".set MPI_Scan, PMPI_Scan");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scan_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::reduction::scan::<ThisAbi>(sendbuf, recvbuf, count as i64, datatype, op, comm)
    }
}
global_asm!(".weak MPI_Scan_c", ".set MPI_Scan_c, PMPI_Scan_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scan_init(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Scan_init")
}
global_asm!(".weak MPI_Scan_init", ".set MPI_Scan_init, PMPI_Scan_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scan_init_c(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: Datatype,
    op: Op,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, recvbuf, count, datatype, op, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Scan_init_c")
}
global_asm!(".weak MPI_Scan_init_c", ".set MPI_Scan_init_c, PMPI_Scan_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatter(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::scatter::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Scatter", ".set MPI_Scatter, PMPI_Scatter");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatter_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::scatter::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Scatter_c", ".set MPI_Scatter_c, PMPI_Scatter_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatter_init(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Scatter_init")
}
global_asm!(".weak MPI_Scatter_init", ".set MPI_Scatter_init, PMPI_Scatter_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatter_init_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Scatter_init_c")
}
global_asm!(".weak MPI_Scatter_init_c", ".set MPI_Scatter_init_c, PMPI_Scatter_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatterv(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    displs: *const c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::scatterv::<ThisAbi>(
            sendbuf,
            IntArray::Int(sendcounts),
            IntArray::Int(displs),
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Scatterv", ".set MPI_Scatterv, PMPI_Scatterv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatterv_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    displs: *const isize,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::collective::rooted::scatterv::<ThisAbi>(
            sendbuf,
            IntArray::Count(sendcounts.cast()),
            IntArray::Count(displs.cast()),
            sendtype,
            recvbuf,
            recvcount as i64,
            recvtype,
            root,
            comm,
        )
    }
}
global_asm!(".weak MPI_Scatterv_c", ".set MPI_Scatterv_c, PMPI_Scatterv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatterv_init(
    sendbuf: *const c_void,
    sendcounts: *const c_int,
    displs: *const c_int,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Scatterv_init")
}
global_asm!(".weak MPI_Scatterv_init", ".set MPI_Scatterv_init, PMPI_Scatterv_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Scatterv_init_c(
    sendbuf: *const c_void,
    sendcounts: *const i64,
    displs: *const isize,
    sendtype: Datatype,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    root: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Scatterv_init_c")
}
global_asm!(".weak MPI_Scatterv_init_c", ".set MPI_Scatterv_init_c, PMPI_Scatterv_init_c");
