//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Grequest_complete(request: Request) -> c_int {
    let _ = (request,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Grequest_complete")
}
global_asm!(".weak MPI_Grequest_complete", ".set MPI_Grequest_complete, PMPI_Grequest_complete");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Grequest_start(
    query_fn: *const c_void,
    free_fn: *const c_void,
    cancel_fn: *const c_void,
    extra_state: *mut c_void,
    request: *mut Request,
) -> c_int {
    let _ = (query_fn, free_fn, cancel_fn, extra_state, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Grequest_start")
}
global_asm!(".weak MPI_Grequest_start", ".set MPI_Grequest_start, PMPI_Grequest_start");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_cancelled(status: *mut Status, flag: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_cancelled::<ThisAbi>(status, flag) }
}
global_asm!(".weak MPI_Status_set_cancelled", ".set MPI_Status_set_cancelled, PMPI_Status_set_cancelled");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_elements(
    status: *mut Status,
    datatype: Datatype,
    count: c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_elements::<ThisAbi>(status, datatype, count as i64) }
}
global_asm!(".weak MPI_Status_set_elements", ".set MPI_Status_set_elements, PMPI_Status_set_elements");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_elements_c(
    status: *mut Status,
    datatype: Datatype,
    count: i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_elements::<ThisAbi>(status, datatype, count as i64) }
}
global_asm!(".weak MPI_Status_set_elements_c", ".set MPI_Status_set_elements_c, PMPI_Status_set_elements_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_error(status: *mut Status, error: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_error::<ThisAbi>(status, error) }
}
global_asm!(".weak MPI_Status_set_error", ".set MPI_Status_set_error, PMPI_Status_set_error");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_source(status: *mut Status, source: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_source::<ThisAbi>(status, source) }
}
global_asm!(".weak MPI_Status_set_source", ".set MPI_Status_set_source, PMPI_Status_set_source");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_tag(status: *mut Status, tag: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_tag::<ThisAbi>(status, tag) }
}
global_asm!(".weak MPI_Status_set_tag", ".set MPI_Status_set_tag, PMPI_Status_set_tag");
