//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abort(comm: Comm, errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::abort::<ThisAbi>(comm, errorcode) }
}
global_asm!(".weak MPI_Abort", ".set MPI_Abort, PMPI_Abort");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Close_port(port_name: *const c_char) -> c_int {
    let _ = (port_name,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Close_port")
}
global_asm!(".weak MPI_Close_port", ".set MPI_Close_port, PMPI_Close_port");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_accept(
    port_name: *const c_char,
    info: Info,
    root: c_int,
    comm: Comm,
    newcomm: *mut Comm,
) -> c_int {
    let _ = (port_name, info, root, comm, newcomm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_accept")
}
global_asm!(".weak MPI_Comm_accept", ".set MPI_Comm_accept, PMPI_Comm_accept");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_connect(
    port_name: *const c_char,
    info: Info,
    root: c_int,
    comm: Comm,
    newcomm: *mut Comm,
) -> c_int {
    let _ = (port_name, info, root, comm, newcomm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_connect")
}
global_asm!(".weak MPI_Comm_connect", ".set MPI_Comm_connect, PMPI_Comm_connect");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_disconnect(comm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::free::comm_disconnect::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_disconnect", ".set MPI_Comm_disconnect, PMPI_Comm_disconnect");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_get_parent(parent: *mut Comm) -> c_int {
    let _ = (parent,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_get_parent")
}
global_asm!(".weak MPI_Comm_get_parent", ".set MPI_Comm_get_parent, PMPI_Comm_get_parent");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_join(fd: c_int, intercomm: *mut Comm) -> c_int {
    let _ = (fd, intercomm);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_join")
}
global_asm!(".weak MPI_Comm_join", ".set MPI_Comm_join, PMPI_Comm_join");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_spawn(
    command: *const c_char,
    argv: *mut *mut c_char,
    maxprocs: c_int,
    info: Info,
    root: c_int,
    comm: Comm,
    intercomm: *mut Comm,
    array_of_errcodes: *mut c_int,
) -> c_int {
    let _ = (command, argv, maxprocs, info, root, comm, intercomm, array_of_errcodes);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_spawn")
}
global_asm!(".weak MPI_Comm_spawn", ".set MPI_Comm_spawn, PMPI_Comm_spawn");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_spawn_multiple(
    count: c_int,
    array_of_commands: *mut *mut c_char,
    array_of_argv: *mut *mut *mut c_char,
    array_of_maxprocs: *const c_int,
    array_of_info: *const Info,
    root: c_int,
    comm: Comm,
    intercomm: *mut Comm,
    array_of_errcodes: *mut c_int,
) -> c_int {
    let _ = (
        count,
        array_of_commands,
        array_of_argv,
        array_of_maxprocs,
        array_of_info,
        root,
        comm,
        intercomm,
        array_of_errcodes,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_spawn_multiple")
}
global_asm!(".weak MPI_Comm_spawn_multiple", ".set MPI_Comm_spawn_multiple, PMPI_Comm_spawn_multiple");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Finalize() -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::finalize::<ThisAbi>() }
}
global_asm!(".weak MPI_Finalize", ".set MPI_Finalize, PMPI_Finalize");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Finalized(flag: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::finalized::<ThisAbi>(flag) }
}
global_asm!(".weak MPI_Finalized", ".set MPI_Finalized, PMPI_Finalized");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Init(argc: *mut c_int, argv: *mut *mut *mut c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::init::<ThisAbi>(argc, argv) }
}
global_asm!(".weak MPI_Init", ".set MPI_Init, PMPI_Init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Init_thread(
    argc: *mut c_int,
    argv: *mut *mut *mut c_char,
    required: c_int,
    provided: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::init_thread::<ThisAbi>(argc, argv, required, provided) }
}
global_asm!(".weak MPI_Init_thread", ".set MPI_Init_thread, PMPI_Init_thread");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Initialized(flag: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::initialized::<ThisAbi>(flag) }
}
global_asm!(".weak MPI_Initialized", ".set MPI_Initialized, PMPI_Initialized");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Is_thread_main(flag: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::is_thread_main::<ThisAbi>(flag) }
}
global_asm!(".weak MPI_Is_thread_main", ".set MPI_Is_thread_main, PMPI_Is_thread_main");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Lookup_name(
    service_name: *const c_char,
    info: Info,
    port_name: *mut c_char,
) -> c_int {
    let _ = (service_name, info, port_name);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Lookup_name")
}
global_asm!(".weak MPI_Lookup_name", ".set MPI_Lookup_name, PMPI_Lookup_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Open_port(info: Info, port_name: *mut c_char) -> c_int {
    let _ = (info, port_name);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Open_port")
}
global_asm!(".weak MPI_Open_port", ".set MPI_Open_port, PMPI_Open_port");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Publish_name(
    service_name: *const c_char,
    info: Info,
    port_name: *const c_char,
) -> c_int {
    let _ = (service_name, info, port_name);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Publish_name")
}
global_asm!(".weak MPI_Publish_name", ".set MPI_Publish_name, PMPI_Publish_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Query_thread(provided: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::world::query_thread::<ThisAbi>(provided) }
}
global_asm!(".weak MPI_Query_thread", ".set MPI_Query_thread, PMPI_Query_thread");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Unpublish_name(
    service_name: *const c_char,
    info: Info,
    port_name: *const c_char,
) -> c_int {
    let _ = (service_name, info, port_name);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Unpublish_name")
}
global_asm!(".weak MPI_Unpublish_name", ".set MPI_Unpublish_name, PMPI_Unpublish_name");
