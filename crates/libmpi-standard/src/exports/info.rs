//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_create(info: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_create::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Info_create", ".set MPI_Info_create, PMPI_Info_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_create_env(argc: c_int, argv: *mut *mut c_char, info: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_create_env::<ThisAbi>(argc, argv, info) }
}
global_asm!(".weak MPI_Info_create_env", ".set MPI_Info_create_env, PMPI_Info_create_env");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_delete(info: Info, key: *const c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_delete::<ThisAbi>(info, key) }
}
global_asm!(".weak MPI_Info_delete", ".set MPI_Info_delete, PMPI_Info_delete");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_dup(info: Info, newinfo: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_dup::<ThisAbi>(info, newinfo) }
}
global_asm!(".weak MPI_Info_dup", ".set MPI_Info_dup, PMPI_Info_dup");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_free(info: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_free::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Info_free", ".set MPI_Info_free, PMPI_Info_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_get_nkeys(info: Info, nkeys: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_get_nkeys::<ThisAbi>(info, nkeys) }
}
global_asm!(".weak MPI_Info_get_nkeys", ".set MPI_Info_get_nkeys, PMPI_Info_get_nkeys");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_get_nthkey(info: Info, n: c_int, key: *mut c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_get_nthkey::<ThisAbi>(info, n, key) }
}
global_asm!(".weak MPI_Info_get_nthkey", ".set MPI_Info_get_nthkey, PMPI_Info_get_nthkey");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_get_string(
    info: Info,
    key: *const c_char,
    buflen: *mut c_int,
    value: *mut c_char,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_get_string::<ThisAbi>(info, key, buflen, value, flag) }
}
global_asm!(".weak MPI_Info_get_string", ".set MPI_Info_get_string, PMPI_Info_get_string");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_set(info: Info, key: *const c_char, value: *const c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_set::<ThisAbi>(info, key, value) }
}
global_asm!(".weak MPI_Info_set", ".set MPI_Info_set, PMPI_Info_set");
