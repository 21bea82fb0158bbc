//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Address(location: *mut c_void, address: *mut isize) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::memory::address::<ThisAbi>(location, address) }
}
global_asm!(".weak MPI_Address", ".set MPI_Address, PMPI_Address");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_create(
    comm_errhandler_fn: *const c_void,
    errhandler: *mut Errhandler,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::errhandler_create::<ThisAbi>(comm_errhandler_fn, errhandler) }
}
global_asm!(".weak MPI_Errhandler_create", ".set MPI_Errhandler_create, PMPI_Errhandler_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_get(comm: Comm, errhandler: *mut Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::errhandler_get::<ThisAbi>(comm, errhandler) }
}
global_asm!(".weak MPI_Errhandler_get", ".set MPI_Errhandler_get, PMPI_Errhandler_get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_set(comm: Comm, errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::errhandler_set::<ThisAbi>(comm, errhandler) }
}
global_asm!(".weak MPI_Errhandler_set", ".set MPI_Errhandler_set, PMPI_Errhandler_set");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_extent(datatype: Datatype, extent: *mut isize) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_extent::<ThisAbi>(datatype, extent) }
}
global_asm!(".weak MPI_Type_extent", ".set MPI_Type_extent, PMPI_Type_extent");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_hindexed(
    count: c_int,
    array_of_blocklengths: *mut c_int,
    array_of_displacements: *mut isize,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_hindexed::<ThisAbi>(
            count,
            array_of_blocklengths,
            array_of_displacements,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_hindexed", ".set MPI_Type_hindexed, PMPI_Type_hindexed");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_hvector(
    count: c_int,
    blocklength: c_int,
    stride: isize,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_hvector::<ThisAbi>(count, blocklength, stride, oldtype, newtype)
    }
}
global_asm!(".weak MPI_Type_hvector", ".set MPI_Type_hvector, PMPI_Type_hvector");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_lb(datatype: Datatype, displacement: *mut isize) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_lb::<ThisAbi>(datatype, displacement) }
}
global_asm!(".weak MPI_Type_lb", ".set MPI_Type_lb, PMPI_Type_lb");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_struct(
    count: c_int,
    array_of_blocklengths: *mut c_int,
    array_of_displacements: *mut isize,
    array_of_types: *mut Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_struct::<ThisAbi>(
            count,
            array_of_blocklengths,
            array_of_displacements,
            array_of_types,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_struct", ".set MPI_Type_struct, PMPI_Type_struct");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_ub(datatype: Datatype, displacement: *mut isize) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_ub::<ThisAbi>(datatype, displacement) }
}
global_asm!(".weak MPI_Type_ub", ".set MPI_Type_ub, PMPI_Type_ub");
