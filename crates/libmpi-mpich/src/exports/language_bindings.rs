//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_c2f(comm: Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::comm_c2f::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_c2f", ".set MPI_Comm_c2f, PMPI_Comm_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_f2c(comm: c_int) -> Comm {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::comm_f2c::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_f2c", ".set MPI_Comm_f2c, PMPI_Comm_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_c2f(errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::errhandler_c2f::<ThisAbi>(errhandler) }
}
global_asm!(".weak MPI_Errhandler_c2f", ".set MPI_Errhandler_c2f, PMPI_Errhandler_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_f2c(errhandler: c_int) -> Errhandler {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::errhandler_f2c::<ThisAbi>(errhandler) }
}
global_asm!(".weak MPI_Errhandler_f2c", ".set MPI_Errhandler_f2c, PMPI_Errhandler_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_c2f(file: File) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::file_c2f::<ThisAbi>(file) }
}
global_asm!(".weak MPI_File_c2f", ".set MPI_File_c2f, PMPI_File_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_f2c(file: c_int) -> File {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::file_f2c::<ThisAbi>(file) }
}
global_asm!(".weak MPI_File_f2c", ".set MPI_File_f2c, PMPI_File_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_c2f(group: Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::group_c2f::<ThisAbi>(group) }
}
global_asm!(".weak MPI_Group_c2f", ".set MPI_Group_c2f, PMPI_Group_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_f2c(group: c_int) -> Group {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::group_f2c::<ThisAbi>(group) }
}
global_asm!(".weak MPI_Group_f2c", ".set MPI_Group_f2c, PMPI_Group_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_c2f(info: Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::info_c2f::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Info_c2f", ".set MPI_Info_c2f, PMPI_Info_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_f2c(info: c_int) -> Info {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::info_f2c::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Info_f2c", ".set MPI_Info_f2c, PMPI_Info_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Message_c2f(message: Message) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::message_c2f::<ThisAbi>(message) }
}
global_asm!(".weak MPI_Message_c2f", ".set MPI_Message_c2f, PMPI_Message_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Message_f2c(message: c_int) -> Message {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::message_f2c::<ThisAbi>(message) }
}
global_asm!(".weak MPI_Message_f2c", ".set MPI_Message_f2c, PMPI_Message_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_c2f(op: Op) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::op_c2f::<ThisAbi>(op) }
}
global_asm!(".weak MPI_Op_c2f", ".set MPI_Op_c2f, PMPI_Op_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_f2c(op: c_int) -> Op {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::op_f2c::<ThisAbi>(op) }
}
global_asm!(".weak MPI_Op_f2c", ".set MPI_Op_f2c, PMPI_Op_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_c2f(request: Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::request_c2f::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Request_c2f", ".set MPI_Request_c2f, PMPI_Request_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_f2c(request: c_int) -> Request {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::request_f2c::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Request_f2c", ".set MPI_Request_f2c, PMPI_Request_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_c2f(session: Session) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::session_c2f::<ThisAbi>(session) }
}
global_asm!(".weak MPI_Session_c2f", ".set MPI_Session_c2f, PMPI_Session_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_f2c(session: c_int) -> Session {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::session_f2c::<ThisAbi>(session) }
}
global_asm!(".weak MPI_Session_f2c", ".set MPI_Session_f2c, PMPI_Session_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_c2f(c_status: *const Status, f_status: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::status_c2f::<ThisAbi>(c_status, f_status) }
}
global_asm!(".weak MPI_Status_c2f", ".set MPI_Status_c2f, PMPI_Status_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_c2f08(c_status: *const Status, f08_status: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::status_c2f08::<ThisAbi>(c_status, f08_status) }
}
global_asm!(".weak MPI_Status_c2f08", ".set MPI_Status_c2f08, PMPI_Status_c2f08");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f082c(f08_status: *const c_int, c_status: *mut Status) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::status_f082c::<ThisAbi>(f08_status, c_status) }
}
global_asm!(".weak MPI_Status_f082c", ".set MPI_Status_f082c, PMPI_Status_f082c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f082f(f08_status: *const c_int, f_status: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::status_f082f::<ThisAbi>(f08_status, f_status) }
}
global_asm!(".weak MPI_Status_f082f", ".set MPI_Status_f082f, PMPI_Status_f082f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f2c(f_status: *const c_int, c_status: *mut Status) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::status_f2c::<ThisAbi>(f_status, c_status) }
}
global_asm!(".weak MPI_Status_f2c", ".set MPI_Status_f2c, PMPI_Status_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f2f08(f_status: *const c_int, f08_status: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::status_f2f08::<ThisAbi>(f_status, f08_status) }
}
global_asm!(".weak MPI_Status_f2f08", ".set MPI_Status_f2f08, PMPI_Status_f2f08");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_c2f(datatype: Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::type_c2f::<ThisAbi>(datatype) }
}
global_asm!(".weak MPI_Type_c2f", ".set MPI_Type_c2f, PMPI_Type_c2f");

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
unsafe extern "C" fn PMPI_Type_f2c(datatype: c_int) -> Datatype {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::type_f2c::<ThisAbi>(datatype) }
}
global_asm!(".weak MPI_Type_f2c", ".set MPI_Type_f2c, PMPI_Type_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_match_size(typeclass: c_int, size: c_int, datatype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::parametric::type_match_size::<ThisAbi>(typeclass, size, datatype) }
}
global_asm!(".weak MPI_Type_match_size", ".set MPI_Type_match_size, PMPI_Type_match_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_c2f(win: Win) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::win_c2f::<ThisAbi>(win) }
}
global_asm!(".weak MPI_Win_c2f", ".set MPI_Win_c2f, PMPI_Win_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_f2c(win: c_int) -> Win {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::win_f2c::<ThisAbi>(win) }
}
global_asm!(".weak MPI_Win_f2c", ".set MPI_Win_f2c, PMPI_Win_f2c");
