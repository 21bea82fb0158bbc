//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Add_error_class(errorclass: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::added::add_error_class::<ThisAbi>(errorclass) }
}
global_asm!(".weak MPI_Add_error_class", ".set MPI_Add_error_class, PMPI_Add_error_class");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Add_error_code(errorclass: c_int, errorcode: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::added::add_error_code::<ThisAbi>(errorclass, errorcode) }
}
global_asm!(".weak MPI_Add_error_code", ".set MPI_Add_error_code, PMPI_Add_error_code");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Add_error_string(errorcode: c_int, string: *const c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::added::add_error_string::<ThisAbi>(errorcode, string) }
}
global_asm!(".weak MPI_Add_error_string", ".set MPI_Add_error_string, PMPI_Add_error_string");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Alloc_mem(size: isize, info: Info, baseptr: *mut c_void) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::memory::alloc_mem::<ThisAbi>(size, info, baseptr) }
}
global_asm!(".weak MPI_Alloc_mem", ".set MPI_Alloc_mem, PMPI_Alloc_mem");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_call_errhandler(comm: Comm, errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::comm_call_errhandler::<ThisAbi>(comm, errorcode) }
}
global_asm!(".weak MPI_Comm_call_errhandler", ".set MPI_Comm_call_errhandler, PMPI_Comm_call_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_create_errhandler(
    comm_errhandler_fn: *const c_void,
    errhandler: *mut Errhandler,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::comm_create_errhandler::<ThisAbi>(comm_errhandler_fn, errhandler) }
}
global_asm!(
    ".weak MPI_Comm_create_errhandler",
    ".set MPI_Comm_create_errhandler, PMPI_Comm_create_errhandler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_get_errhandler(comm: Comm, errhandler: *mut Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::comm_get_errhandler::<ThisAbi>(comm, errhandler) }
}
global_asm!(".weak MPI_Comm_get_errhandler", ".set MPI_Comm_get_errhandler, PMPI_Comm_get_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_set_errhandler(comm: Comm, errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::comm_set_errhandler::<ThisAbi>(comm, errhandler) }
}
global_asm!(".weak MPI_Comm_set_errhandler", ".set MPI_Comm_set_errhandler, PMPI_Comm_set_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Errhandler_free(errhandler: *mut Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::errhandler_free::<ThisAbi>(errhandler) }
}
global_asm!(".weak MPI_Errhandler_free", ".set MPI_Errhandler_free, PMPI_Errhandler_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Error_class(errorcode: c_int, errorclass: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::error_class::<ThisAbi>(errorcode, errorclass) }
}
global_asm!(".weak MPI_Error_class", ".set MPI_Error_class, PMPI_Error_class");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Error_string(
    errorcode: c_int,
    string: *mut c_char,
    resultlen: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::error_string::<ThisAbi>(errorcode, string, resultlen) }
}
global_asm!(".weak MPI_Error_string", ".set MPI_Error_string, PMPI_Error_string");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_call_errhandler(fh: File, errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::file_call_errhandler::<ThisAbi>(fh, errorcode) }
}
global_asm!(".weak MPI_File_call_errhandler", ".set MPI_File_call_errhandler, PMPI_File_call_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_create_errhandler(
    file_errhandler_fn: *const c_void,
    errhandler: *mut Errhandler,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::file_create_errhandler::<ThisAbi>(file_errhandler_fn, errhandler) }
}
global_asm!(
    ".weak MPI_File_create_errhandler",
    ".set MPI_File_create_errhandler, PMPI_File_create_errhandler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_errhandler(file: File, errhandler: *mut Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::file_get_errhandler::<ThisAbi>(file, errhandler) }
}
global_asm!(".weak MPI_File_get_errhandler", ".set MPI_File_get_errhandler, PMPI_File_get_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_set_errhandler(file: File, errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::file_set_errhandler::<ThisAbi>(file, errhandler) }
}
global_asm!(".weak MPI_File_set_errhandler", ".set MPI_File_set_errhandler, PMPI_File_set_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Free_mem(base: *mut c_void) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::memory::free_mem::<ThisAbi>(base) }
}
global_asm!(".weak MPI_Free_mem", ".set MPI_Free_mem, PMPI_Free_mem");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_hw_resource_info(hw_info: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::get_hw_resource_info::<ThisAbi>(hw_info) }
}
global_asm!(".weak MPI_Get_hw_resource_info", ".set MPI_Get_hw_resource_info, PMPI_Get_hw_resource_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_library_version(version: *mut c_char, resultlen: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::get_library_version::<ThisAbi>(version, resultlen) }
}
global_asm!(".weak MPI_Get_library_version", ".set MPI_Get_library_version, PMPI_Get_library_version");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_processor_name(name: *mut c_char, resultlen: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::get_processor_name::<ThisAbi>(name, resultlen) }
}
global_asm!(".weak MPI_Get_processor_name", ".set MPI_Get_processor_name, PMPI_Get_processor_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_version(version: *mut c_int, subversion: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::get_version::<ThisAbi>(version, subversion) }
}
global_asm!(".weak MPI_Get_version", ".set MPI_Get_version, PMPI_Get_version");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Remove_error_class(errorclass: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::added::remove_error_class::<ThisAbi>(errorclass) }
}
global_asm!(".weak MPI_Remove_error_class", ".set MPI_Remove_error_class, PMPI_Remove_error_class");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Remove_error_code(errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::added::remove_error_code::<ThisAbi>(errorcode) }
}
global_asm!(".weak MPI_Remove_error_code", ".set MPI_Remove_error_code, PMPI_Remove_error_code");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Remove_error_string(errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::added::remove_error_string::<ThisAbi>(errorcode) }
}
global_asm!(".weak MPI_Remove_error_string", ".set MPI_Remove_error_string, PMPI_Remove_error_string");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_call_errhandler(session: Session, errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::session_call_errhandler::<ThisAbi>(session, errorcode) }
}
global_asm!(
    ".weak MPI_Session_call_errhandler",
    ".set MPI_Session_call_errhandler, PMPI_Session_call_errhandler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_create_errhandler(
    session_errhandler_fn: *const c_void,
    errhandler: *mut Errhandler,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::session_create_errhandler::<ThisAbi>(session_errhandler_fn, errhandler) }
}
global_asm!(
    ".weak MPI_Session_create_errhandler",
    ".set MPI_Session_create_errhandler, PMPI_Session_create_errhandler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_get_errhandler(session: Session, errhandler: *mut Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::session_get_errhandler::<ThisAbi>(session, errhandler) }
}
global_asm!(
    ".weak MPI_Session_get_errhandler",
    ".set MPI_Session_get_errhandler, PMPI_Session_get_errhandler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_set_errhandler(session: Session, errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::session_set_errhandler::<ThisAbi>(session, errhandler) }
}
global_asm!(
    ".weak MPI_Session_set_errhandler",
    ".set MPI_Session_set_errhandler, PMPI_Session_set_errhandler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_call_errhandler(win: Win, errorcode: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::win_call_errhandler::<ThisAbi>(win, errorcode) }
}
global_asm!(".weak MPI_Win_call_errhandler", ".set MPI_Win_call_errhandler, PMPI_Win_call_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_create_errhandler(
    win_errhandler_fn: *const c_void,
    errhandler: *mut Errhandler,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::win_create_errhandler::<ThisAbi>(win_errhandler_fn, errhandler) }
}
global_asm!(".weak MPI_Win_create_errhandler", ".set MPI_Win_create_errhandler, PMPI_Win_create_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_get_errhandler(win: Win, errhandler: *mut Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::win_get_errhandler::<ThisAbi>(win, errhandler) }
}
global_asm!(".weak MPI_Win_get_errhandler", ".set MPI_Win_get_errhandler, PMPI_Win_get_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_set_errhandler(win: Win, errhandler: Errhandler) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::errhandler::win_set_errhandler::<ThisAbi>(win, errhandler) }
}
global_asm!(".weak MPI_Win_set_errhandler", ".set MPI_Win_set_errhandler, PMPI_Win_set_errhandler");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Wtick() -> f64 {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::wtick::<ThisAbi>() }
}
global_asm!(".weak MPI_Wtick", ".set MPI_Wtick, PMPI_Wtick");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Wtime() -> f64 {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::wtime::<ThisAbi>() }
}
global_asm!(".weak MPI_Wtime", ".set MPI_Wtime, PMPI_Wtime");
