//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Attr_delete(comm: Comm, keyval: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::deprecated::attr_delete::<ThisAbi>(comm, keyval) }
}
global_asm!(".weak MPI_Attr_delete", ".set MPI_Attr_delete, PMPI_Attr_delete");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Attr_get(
    comm: Comm,
    keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::deprecated::attr_get::<ThisAbi>(comm, keyval, attribute_val, flag) }
}
global_asm!(".weak MPI_Attr_get", ".set MPI_Attr_get, PMPI_Attr_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Attr_put(comm: Comm, keyval: c_int, attribute_val: *mut c_void) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::deprecated::attr_put::<ThisAbi>(comm, keyval, attribute_val) }
}
global_asm!(".weak MPI_Attr_put", ".set MPI_Attr_put, PMPI_Attr_put");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_elements_x(
    status: *const Status,
    datatype: Datatype,
    count: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::get_elements_x::<ThisAbi>(status, datatype, count) }
}
global_asm!(".weak MPI_Get_elements_x", ".set MPI_Get_elements_x, PMPI_Get_elements_x");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_get(
    info: Info,
    key: *const c_char,
    valuelen: c_int,
    value: *mut c_char,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_get::<ThisAbi>(info, key, valuelen, value, flag) }
}
global_asm!(".weak MPI_Info_get", ".set MPI_Info_get, PMPI_Info_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_get_valuelen(
    info: Info,
    key: *const c_char,
    valuelen: *mut c_int,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::info::info_get_valuelen::<ThisAbi>(info, key, valuelen, flag) }
}
global_asm!(".weak MPI_Info_get_valuelen", ".set MPI_Info_get_valuelen, PMPI_Info_get_valuelen");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Keyval_create(
    copy_fn: *const c_void,
    delete_fn: *const c_void,
    keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::deprecated::keyval_create::<ThisAbi>(copy_fn, delete_fn, keyval, extra_state) }
}
global_asm!(".weak MPI_Keyval_create", ".set MPI_Keyval_create, PMPI_Keyval_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Keyval_free(keyval: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::deprecated::keyval_free::<ThisAbi>(keyval) }
}
global_asm!(".weak MPI_Keyval_free", ".set MPI_Keyval_free, PMPI_Keyval_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_set_elements_x(
    status: *mut Status,
    datatype: Datatype,
    count: i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_set_elements_x::<ThisAbi>(status, datatype, count) }
}
global_asm!(".weak MPI_Status_set_elements_x", ".set MPI_Status_set_elements_x, PMPI_Status_set_elements_x");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_extent_x(datatype: Datatype, lb: *mut i64, extent: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_get_extent_x::<ThisAbi>(datatype, lb, extent) }
}
global_asm!(".weak MPI_Type_get_extent_x", ".set MPI_Type_get_extent_x, PMPI_Type_get_extent_x");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_true_extent_x(
    datatype: Datatype,
    true_lb: *mut i64,
    true_extent: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_get_true_extent_x::<ThisAbi>(datatype, true_lb, true_extent) }
}
global_asm!(
    ".weak MPI_Type_get_true_extent_x",
    ".set MPI_Type_get_true_extent_x, PMPI_Type_get_true_extent_x"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_size_x(datatype: Datatype, size: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_size_x::<ThisAbi>(datatype, size) }
}
global_asm!(".weak MPI_Type_size_x", ".set MPI_Type_size_x, PMPI_Type_size_x");
