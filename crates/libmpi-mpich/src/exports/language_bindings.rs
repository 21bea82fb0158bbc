//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_c2f(comm: Comm) -> c_int {
    let _ = (comm,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_c2f")
}
global_asm!(".weak MPI_Comm_c2f", ".set MPI_Comm_c2f, PMPI_Comm_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_f2c(comm: c_int) -> Comm {
    let _ = (comm,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Comm_f2c", ".set MPI_Comm_f2c, PMPI_Comm_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_c2f(errhandler: Errhandler) -> c_int {
    let _ = (errhandler,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Errhandler_c2f")
}
global_asm!(".weak MPI_Errhandler_c2f", ".set MPI_Errhandler_c2f, PMPI_Errhandler_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_f2c(errhandler: c_int) -> Errhandler {
    let _ = (errhandler,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Errhandler_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Errhandler_f2c", ".set MPI_Errhandler_f2c, PMPI_Errhandler_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_c2f(file: File) -> c_int {
    let _ = (file,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_c2f")
}
global_asm!(".weak MPI_File_c2f", ".set MPI_File_c2f, PMPI_File_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_f2c(file: c_int) -> File {
    let _ = (file,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_File_f2c", ".set MPI_File_f2c, PMPI_File_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_c2f(group: Group) -> c_int {
    let _ = (group,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Group_c2f")
}
global_asm!(".weak MPI_Group_c2f", ".set MPI_Group_c2f, PMPI_Group_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_f2c(group: c_int) -> Group {
    let _ = (group,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Group_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Group_f2c", ".set MPI_Group_f2c, PMPI_Group_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_c2f(info: Info) -> c_int {
    let _ = (info,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Info_c2f")
}
global_asm!(".weak MPI_Info_c2f", ".set MPI_Info_c2f, PMPI_Info_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Info_f2c(info: c_int) -> Info {
    let _ = (info,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Info_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Info_f2c", ".set MPI_Info_f2c, PMPI_Info_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Message_c2f(message: Message) -> c_int {
    let _ = (message,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Message_c2f")
}
global_asm!(".weak MPI_Message_c2f", ".set MPI_Message_c2f, PMPI_Message_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Message_f2c(message: c_int) -> Message {
    let _ = (message,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Message_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Message_f2c", ".set MPI_Message_f2c, PMPI_Message_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_c2f(op: Op) -> c_int {
    let _ = (op,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Op_c2f")
}
global_asm!(".weak MPI_Op_c2f", ".set MPI_Op_c2f, PMPI_Op_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Op_f2c(op: c_int) -> Op {
    let _ = (op,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Op_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Op_f2c", ".set MPI_Op_f2c, PMPI_Op_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_c2f(request: Request) -> c_int {
    let _ = (request,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Request_c2f")
}
global_asm!(".weak MPI_Request_c2f", ".set MPI_Request_c2f, PMPI_Request_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_f2c(request: c_int) -> Request {
    let _ = (request,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Request_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Request_f2c", ".set MPI_Request_f2c, PMPI_Request_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_c2f(session: Session) -> c_int {
    let _ = (session,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_c2f")
}
global_asm!(".weak MPI_Session_c2f", ".set MPI_Session_c2f, PMPI_Session_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_f2c(session: c_int) -> Session {
    let _ = (session,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Session_f2c", ".set MPI_Session_f2c, PMPI_Session_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_c2f(c_status: *const Status, f_status: *mut c_int) -> c_int {
    let _ = (c_status, f_status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Status_c2f")
}
global_asm!(".weak MPI_Status_c2f", ".set MPI_Status_c2f, PMPI_Status_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_c2f08(c_status: *const Status, f08_status: *mut c_int) -> c_int {
    let _ = (c_status, f08_status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Status_c2f08")
}
global_asm!(".weak MPI_Status_c2f08", ".set MPI_Status_c2f08, PMPI_Status_c2f08");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f082c(f08_status: *const c_int, c_status: *mut Status) -> c_int {
    let _ = (f08_status, c_status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Status_f082c")
}
global_asm!(".weak MPI_Status_f082c", ".set MPI_Status_f082c, PMPI_Status_f082c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f082f(f08_status: *const c_int, f_status: *mut c_int) -> c_int {
    let _ = (f08_status, f_status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Status_f082f")
}
global_asm!(".weak MPI_Status_f082f", ".set MPI_Status_f082f, PMPI_Status_f082f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f2c(f_status: *const c_int, c_status: *mut Status) -> c_int {
    let _ = (f_status, c_status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Status_f2c")
}
global_asm!(".weak MPI_Status_f2c", ".set MPI_Status_f2c, PMPI_Status_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_f2f08(f_status: *const c_int, f08_status: *mut c_int) -> c_int {
    let _ = (f_status, f08_status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Status_f2f08")
}
global_asm!(".weak MPI_Status_f2f08", ".set MPI_Status_f2f08, PMPI_Status_f2f08");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_c2f(datatype: Datatype) -> c_int {
    let _ = (datatype,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Type_c2f")
}
global_asm!(".weak MPI_Type_c2f", ".set MPI_Type_c2f, PMPI_Type_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_f90_complex(p: c_int, r: c_int, newtype: *mut Datatype) -> c_int {
    let _ = (p, r, newtype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Type_create_f90_complex")
}
global_asm!(
    ".weak MPI_Type_create_f90_complex",
    ".set MPI_Type_create_f90_complex, PMPI_Type_create_f90_complex"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_f90_integer(r: c_int, newtype: *mut Datatype) -> c_int {
    let _ = (r, newtype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Type_create_f90_integer")
}
global_asm!(
    ".weak MPI_Type_create_f90_integer",
    ".set MPI_Type_create_f90_integer, PMPI_Type_create_f90_integer"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_f90_real(p: c_int, r: c_int, newtype: *mut Datatype) -> c_int {
    let _ = (p, r, newtype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Type_create_f90_real")
}
global_asm!(".weak MPI_Type_create_f90_real", ".set MPI_Type_create_f90_real, PMPI_Type_create_f90_real");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_f2c(datatype: c_int) -> Datatype {
    let _ = (datatype,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Type_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Type_f2c", ".set MPI_Type_f2c, PMPI_Type_f2c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_match_size(typeclass: c_int, size: c_int, datatype: *mut Datatype) -> c_int {
    let _ = (typeclass, size, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Type_match_size")
}
global_asm!(".weak MPI_Type_match_size", ".set MPI_Type_match_size, PMPI_Type_match_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_c2f(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_c2f")
}
global_asm!(".weak MPI_Win_c2f", ".set MPI_Win_c2f, PMPI_Win_c2f");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_f2c(win: c_int) -> Win {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_f2c");
    capi::unsupported::nothing()
}
global_asm!(".weak MPI_Win_f2c", ".set MPI_Win_f2c, PMPI_Win_f2c");
