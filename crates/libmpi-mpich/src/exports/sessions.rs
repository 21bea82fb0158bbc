//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_finalize(session: *mut Session) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::session_finalize::<ThisAbi>(session) }
}
global_asm!(".weak MPI_Session_finalize", ".set MPI_Session_finalize, PMPI_Session_finalize");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_info(session: Session, info_used: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::session_get_info::<ThisAbi>(session, info_used) }
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
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::session_get_nth_pset::<ThisAbi>(session, info, n, pset_len, pset_name) }
}
global_asm!(".weak MPI_Session_get_nth_pset", ".set MPI_Session_get_nth_pset, PMPI_Session_get_nth_pset");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_num_psets(
    session: Session,
    info: Info,
    npset_names: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::session_get_num_psets::<ThisAbi>(session, info, npset_names) }
}
global_asm!(".weak MPI_Session_get_num_psets", ".set MPI_Session_get_num_psets, PMPI_Session_get_num_psets");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_pset_info(
    session: Session,
    pset_name: *const c_char,
    info: *mut Info,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::session_get_pset_info::<ThisAbi>(session, pset_name, info) }
}
global_asm!(".weak MPI_Session_get_pset_info", ".set MPI_Session_get_pset_info, PMPI_Session_get_pset_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_init(info: Info, errhandler: Errhandler, session: *mut Session) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::session_init::<ThisAbi>(info, errhandler, session) }
}
global_asm!(".weak MPI_Session_init", ".set MPI_Session_init, PMPI_Session_init");
