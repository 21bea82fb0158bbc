//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Parrived(request: Request, partition: c_int, flag: *mut c_int) -> c_int {
    let _ = (request, partition, flag);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Parrived")
}
global_asm!(".weak MPI_Parrived", ".set MPI_Parrived, PMPI_Parrived");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pready(partition: c_int, request: Request) -> c_int {
    let _ = (partition, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Pready")
}
global_asm!(".weak MPI_Pready", ".set MPI_Pready, PMPI_Pready");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pready_list(
    length: c_int,
    array_of_partitions: *const c_int,
    request: Request,
) -> c_int {
    let _ = (length, array_of_partitions, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Pready_list")
}
global_asm!(".weak MPI_Pready_list", ".set MPI_Pready_list, PMPI_Pready_list");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pready_range(
    partition_low: c_int,
    partition_high: c_int,
    request: Request,
) -> c_int {
    let _ = (partition_low, partition_high, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Pready_range")
}
global_asm!(".weak MPI_Pready_range", ".set MPI_Pready_range, PMPI_Pready_range");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Precv_init(
    buf: *mut c_void,
    partitions: c_int,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (buf, partitions, count, datatype, dest, tag, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Precv_init")
}
global_asm!(".weak MPI_Precv_init", ".set MPI_Precv_init, PMPI_Precv_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Precv_init_c(
    buf: *mut c_void,
    partitions: c_int,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (buf, partitions, count, datatype, dest, tag, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Precv_init_c")
}
global_asm!(".weak MPI_Precv_init_c", ".set MPI_Precv_init_c, PMPI_Precv_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Psend_init(
    buf: *const c_void,
    partitions: c_int,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (buf, partitions, count, datatype, dest, tag, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Psend_init")
}
global_asm!(".weak MPI_Psend_init", ".set MPI_Psend_init, PMPI_Psend_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Psend_init_c(
    buf: *const c_void,
    partitions: c_int,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    info: Info,
    request: *mut Request,
) -> c_int {
    let _ = (buf, partitions, count, datatype, dest, tag, comm, info, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Psend_init_c")
}
global_asm!(".weak MPI_Psend_init_c", ".set MPI_Psend_init_c, PMPI_Psend_init_c");
