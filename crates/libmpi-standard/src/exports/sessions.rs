//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_finalize(session: *mut Session) -> c_int {
    let _ = (session,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_finalize")
}
global_asm!(".weak MPI_Session_finalize", ".set MPI_Session_finalize, PMPI_Session_finalize");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_info(session: Session, info_used: *mut Info) -> c_int {
    let _ = (session, info_used);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_get_info")
}
global_asm!(".weak MPI_Session_get_info", ".set MPI_Session_get_info, PMPI_Session_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_nth_pset(
    session: Session,
    info: Info,
    n: c_int,
    pset_len: *mut c_int,
    pset_name: *mut c_char,
) -> c_int {
    let _ = (session, info, n, pset_len, pset_name);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_get_nth_pset")
}
global_asm!(".weak MPI_Session_get_nth_pset", ".set MPI_Session_get_nth_pset, PMPI_Session_get_nth_pset");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_num_psets(
    session: Session,
    info: Info,
    npset_names: *mut c_int,
) -> c_int {
    let _ = (session, info, npset_names);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_get_num_psets")
}
global_asm!(".weak MPI_Session_get_num_psets", ".set MPI_Session_get_num_psets, PMPI_Session_get_num_psets");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_pset_info(
    session: Session,
    pset_name: *const c_char,
    info: *mut Info,
) -> c_int {
    let _ = (session, pset_name, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_get_pset_info")
}
global_asm!(".weak MPI_Session_get_pset_info", ".set MPI_Session_get_pset_info, PMPI_Session_get_pset_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_init(info: Info, errhandler: Errhandler, session: *mut Session) -> c_int {
    let _ = (info, errhandler, session);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_init")
}
global_asm!(".weak MPI_Session_init", ".set MPI_Session_init, PMPI_Session_init");
