//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_f90_complex(p: c_int, r: c_int, newtype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::parametric::type_create_f90_complex::<ThisAbi>(p, r, newtype) }
}
global_asm!(
    ".weak MPI_Type_create_f90_complex",
    ".set MPI_Type_create_f90_complex, PMPI_Type_create_f90_complex"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_f90_integer(r: c_int, newtype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::parametric::type_create_f90_integer::<ThisAbi>(r, newtype) }
}
global_asm!(
    ".weak MPI_Type_create_f90_integer",
    ".set MPI_Type_create_f90_integer, PMPI_Type_create_f90_integer"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_f90_real(p: c_int, r: c_int, newtype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::parametric::type_create_f90_real::<ThisAbi>(p, r, newtype) }
}
global_asm!(".weak MPI_Type_create_f90_real", ".set MPI_Type_create_f90_real, PMPI_Type_create_f90_real");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_match_size(typeclass: c_int, size: c_int, datatype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::parametric::type_match_size::<ThisAbi>(typeclass, size, datatype) }
}
global_asm!(".weak MPI_Type_match_size", ".set MPI_Type_match_size, PMPI_Type_match_size");
