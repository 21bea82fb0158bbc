//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abi_get_fortran_booleans(
    logical_size: c_int,
    logical_true: *mut c_void,
    logical_false: *mut c_void,
    is_set: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::environment::fortran::abi_get_fortran_booleans::<ThisAbi>(
            logical_size,
            logical_true,
            logical_false,
            is_set,
        )
    }
}
global_asm!(
    ".weak MPI_Abi_get_fortran_booleans",
    ".set MPI_Abi_get_fortran_booleans, PMPI_Abi_get_fortran_booleans"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abi_get_fortran_info(info: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::abi_get_fortran_info::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Abi_get_fortran_info", ".set MPI_Abi_get_fortran_info, PMPI_Abi_get_fortran_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abi_get_info(info: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::abi_get_info::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Abi_get_info", ".set MPI_Abi_get_info, PMPI_Abi_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abi_get_version(abi_major: *mut c_int, abi_minor: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::abi_get_version::<ThisAbi>(abi_major, abi_minor) }
}
global_asm!(".weak MPI_Abi_get_version", ".set MPI_Abi_get_version, PMPI_Abi_get_version");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abi_set_fortran_booleans(
    logical_size: c_int,
    logical_true: *mut c_void,
    logical_false: *mut c_void,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::environment::fortran::abi_set_fortran_booleans::<ThisAbi>(
            logical_size,
            logical_true,
            logical_false,
        )
    }
}
global_asm!(
    ".weak MPI_Abi_set_fortran_booleans",
    ".set MPI_Abi_set_fortran_booleans, PMPI_Abi_set_fortran_booleans"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Abi_set_fortran_info(info: Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::fortran::abi_set_fortran_info::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Abi_set_fortran_info", ".set MPI_Abi_set_fortran_info, PMPI_Abi_set_fortran_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_fromint(comm: c_int) -> Comm {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::comm_fromint::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_fromint", ".set MPI_Comm_fromint, PMPI_Comm_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_toint(comm: Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::comm_toint::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_toint", ".set MPI_Comm_toint, PMPI_Comm_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_fromint(errhandler: c_int) -> Errhandler {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::errhandler_fromint::<ThisAbi>(errhandler) }
}
global_asm!(".weak MPI_Errhandler_fromint", ".set MPI_Errhandler_fromint, PMPI_Errhandler_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_toint(errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::errhandler_toint::<ThisAbi>(errhandler) }
}
global_asm!(".weak MPI_Errhandler_toint", ".set MPI_Errhandler_toint, PMPI_Errhandler_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_fromint(file: c_int) -> File {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::file_fromint::<ThisAbi>(file) }
}
global_asm!(".weak MPI_File_fromint", ".set MPI_File_fromint, PMPI_File_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_toint(file: File) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::file_toint::<ThisAbi>(file) }
}
global_asm!(".weak MPI_File_toint", ".set MPI_File_toint, PMPI_File_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_fromint(group: c_int) -> Group {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::group_fromint::<ThisAbi>(group) }
}
global_asm!(".weak MPI_Group_fromint", ".set MPI_Group_fromint, PMPI_Group_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_toint(group: Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::group_toint::<ThisAbi>(group) }
}
global_asm!(".weak MPI_Group_toint", ".set MPI_Group_toint, PMPI_Group_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_fromint(info: c_int) -> Info {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::info_fromint::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Info_fromint", ".set MPI_Info_fromint, PMPI_Info_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_toint(info: Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::info_toint::<ThisAbi>(info) }
}
global_asm!(".weak MPI_Info_toint", ".set MPI_Info_toint, PMPI_Info_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Message_fromint(message: c_int) -> Message {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::message_fromint::<ThisAbi>(message) }
}
global_asm!(".weak MPI_Message_fromint", ".set MPI_Message_fromint, PMPI_Message_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Message_toint(message: Message) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::message_toint::<ThisAbi>(message) }
}
global_asm!(".weak MPI_Message_toint", ".set MPI_Message_toint, PMPI_Message_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_fromint(op: c_int) -> Op {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::op_fromint::<ThisAbi>(op) }
}
global_asm!(".weak MPI_Op_fromint", ".set MPI_Op_fromint, PMPI_Op_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_toint(op: Op) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::op_toint::<ThisAbi>(op) }
}
global_asm!(".weak MPI_Op_toint", ".set MPI_Op_toint, PMPI_Op_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_fromint(request: c_int) -> Request {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::request_fromint::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Request_fromint", ".set MPI_Request_fromint, PMPI_Request_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_toint(request: Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::request_toint::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Request_toint", ".set MPI_Request_toint, PMPI_Request_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_fromint(session: c_int) -> Session {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::session_fromint::<ThisAbi>(session) }
}
global_asm!(".weak MPI_Session_fromint", ".set MPI_Session_fromint, PMPI_Session_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_toint(session: Session) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::session_toint::<ThisAbi>(session) }
}
global_asm!(".weak MPI_Session_toint", ".set MPI_Session_toint, PMPI_Session_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_fromint(datatype: c_int) -> Datatype {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::type_fromint::<ThisAbi>(datatype) }
}
global_asm!(".weak MPI_Type_fromint", ".set MPI_Type_fromint, PMPI_Type_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_toint(datatype: Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::type_toint::<ThisAbi>(datatype) }
}
global_asm!(".weak MPI_Type_toint", ".set MPI_Type_toint, PMPI_Type_toint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_fromint(win: c_int) -> Win {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::win_fromint::<ThisAbi>(win) }
}
global_asm!(".weak MPI_Win_fromint", ".set MPI_Win_fromint, PMPI_Win_fromint");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_toint(win: Win) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::convert::win_toint::<ThisAbi>(win) }
}
global_asm!(".weak MPI_Win_toint", ".set MPI_Win_toint, PMPI_Win_toint");
