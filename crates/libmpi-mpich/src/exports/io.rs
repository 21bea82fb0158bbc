//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_close(fh: *mut File) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::file::file_close::<ThisAbi>(fh) }
}
global_asm!(".weak MPI_File_close", ".set MPI_File_close, PMPI_File_close");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_delete(filename: *const c_char, info: Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::file::file_delete::<ThisAbi>(filename, info) }
}
global_asm!(".weak MPI_File_delete", ".set MPI_File_delete, PMPI_File_delete");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_amode(fh: File, amode: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::file::file_get_amode::<ThisAbi>(fh, amode) }
}
global_asm!(".weak MPI_File_get_amode", ".set MPI_File_get_amode, PMPI_File_get_amode");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_atomicity(fh: File, flag: *mut c_int) -> c_int {
    let _ = (fh, flag);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_atomicity")
}
global_asm!(".weak MPI_File_get_atomicity", ".set MPI_File_get_atomicity, PMPI_File_get_atomicity");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_byte_offset(fh: File, offset: i64, disp: *mut i64) -> c_int {
    let _ = (fh, offset, disp);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_byte_offset")
}
global_asm!(".weak MPI_File_get_byte_offset", ".set MPI_File_get_byte_offset, PMPI_File_get_byte_offset");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_group(fh: File, group: *mut Group) -> c_int {
    let _ = (fh, group);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_group")
}
global_asm!(".weak MPI_File_get_group", ".set MPI_File_get_group, PMPI_File_get_group");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_info(fh: File, info_used: *mut Info) -> c_int {
    let _ = (fh, info_used);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_info")
}
global_asm!(".weak MPI_File_get_info", ".set MPI_File_get_info, PMPI_File_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_position(fh: File, offset: *mut i64) -> c_int {
    let _ = (fh, offset);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_position")
}
global_asm!(".weak MPI_File_get_position", ".set MPI_File_get_position, PMPI_File_get_position");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_position_shared(fh: File, offset: *mut i64) -> c_int {
    let _ = (fh, offset);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_position_shared")
}
global_asm!(
    ".weak MPI_File_get_position_shared",
    ".set MPI_File_get_position_shared, PMPI_File_get_position_shared"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_size(fh: File, size: *mut i64) -> c_int {
    let _ = (fh, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_size")
}
global_asm!(".weak MPI_File_get_size", ".set MPI_File_get_size, PMPI_File_get_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_type_extent(fh: File, datatype: Datatype, extent: *mut isize) -> c_int {
    let _ = (fh, datatype, extent);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_type_extent")
}
global_asm!(".weak MPI_File_get_type_extent", ".set MPI_File_get_type_extent, PMPI_File_get_type_extent");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_type_extent_c(fh: File, datatype: Datatype, extent: *mut i64) -> c_int {
    let _ = (fh, datatype, extent);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_type_extent_c")
}
global_asm!(
    ".weak MPI_File_get_type_extent_c",
    ".set MPI_File_get_type_extent_c, PMPI_File_get_type_extent_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_get_view(
    fh: File,
    disp: *mut i64,
    etype: *mut Datatype,
    filetype: *mut Datatype,
    datarep: *mut c_char,
) -> c_int {
    let _ = (fh, disp, etype, filetype, datarep);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_get_view")
}
global_asm!(".weak MPI_File_get_view", ".set MPI_File_get_view, PMPI_File_get_view");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread")
}
global_asm!(".weak MPI_File_iread", ".set MPI_File_iread, PMPI_File_iread");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_c")
}
global_asm!(".weak MPI_File_iread_c", ".set MPI_File_iread_c, PMPI_File_iread_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_all(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_all")
}
global_asm!(".weak MPI_File_iread_all", ".set MPI_File_iread_all, PMPI_File_iread_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_all_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_all_c")
}
global_asm!(".weak MPI_File_iread_all_c", ".set MPI_File_iread_all_c, PMPI_File_iread_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_at(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_at")
}
global_asm!(".weak MPI_File_iread_at", ".set MPI_File_iread_at, PMPI_File_iread_at");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_at_c(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_at_c")
}
global_asm!(".weak MPI_File_iread_at_c", ".set MPI_File_iread_at_c, PMPI_File_iread_at_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_at_all(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_at_all")
}
global_asm!(".weak MPI_File_iread_at_all", ".set MPI_File_iread_at_all, PMPI_File_iread_at_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_at_all_c(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_at_all_c")
}
global_asm!(".weak MPI_File_iread_at_all_c", ".set MPI_File_iread_at_all_c, PMPI_File_iread_at_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_shared(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_shared")
}
global_asm!(".weak MPI_File_iread_shared", ".set MPI_File_iread_shared, PMPI_File_iread_shared");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iread_shared_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iread_shared_c")
}
global_asm!(".weak MPI_File_iread_shared_c", ".set MPI_File_iread_shared_c, PMPI_File_iread_shared_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite")
}
global_asm!(".weak MPI_File_iwrite", ".set MPI_File_iwrite, PMPI_File_iwrite");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_c")
}
global_asm!(".weak MPI_File_iwrite_c", ".set MPI_File_iwrite_c, PMPI_File_iwrite_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_all(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_all")
}
global_asm!(".weak MPI_File_iwrite_all", ".set MPI_File_iwrite_all, PMPI_File_iwrite_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_all_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_all_c")
}
global_asm!(".weak MPI_File_iwrite_all_c", ".set MPI_File_iwrite_all_c, PMPI_File_iwrite_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_at(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_at")
}
global_asm!(".weak MPI_File_iwrite_at", ".set MPI_File_iwrite_at, PMPI_File_iwrite_at");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_at_c(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_at_c")
}
global_asm!(".weak MPI_File_iwrite_at_c", ".set MPI_File_iwrite_at_c, PMPI_File_iwrite_at_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_at_all(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_at_all")
}
global_asm!(".weak MPI_File_iwrite_at_all", ".set MPI_File_iwrite_at_all, PMPI_File_iwrite_at_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_at_all_c(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_at_all_c")
}
global_asm!(".weak MPI_File_iwrite_at_all_c", ".set MPI_File_iwrite_at_all_c, PMPI_File_iwrite_at_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_shared(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_shared")
}
global_asm!(".weak MPI_File_iwrite_shared", ".set MPI_File_iwrite_shared, PMPI_File_iwrite_shared");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_iwrite_shared_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    request: *mut Request,
) -> c_int {
    let _ = (fh, buf, count, datatype, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_iwrite_shared_c")
}
global_asm!(".weak MPI_File_iwrite_shared_c", ".set MPI_File_iwrite_shared_c, PMPI_File_iwrite_shared_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_open(
    comm: Comm,
    filename: *const c_char,
    amode: c_int,
    info: Info,
    fh: *mut File,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::file::file_open::<ThisAbi>(comm, filename, amode, info, fh) }
}
global_asm!(".weak MPI_File_open", ".set MPI_File_open, PMPI_File_open");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_preallocate(fh: File, size: i64) -> c_int {
    let _ = (fh, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_preallocate")
}
global_asm!(".weak MPI_File_preallocate", ".set MPI_File_preallocate, PMPI_File_preallocate");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read")
}
global_asm!(".weak MPI_File_read", ".set MPI_File_read, PMPI_File_read");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_c")
}
global_asm!(".weak MPI_File_read_c", ".set MPI_File_read_c, PMPI_File_read_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_all(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_all")
}
global_asm!(".weak MPI_File_read_all", ".set MPI_File_read_all, PMPI_File_read_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_all_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_all_c")
}
global_asm!(".weak MPI_File_read_all_c", ".set MPI_File_read_all_c, PMPI_File_read_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_all_begin(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_all_begin")
}
global_asm!(".weak MPI_File_read_all_begin", ".set MPI_File_read_all_begin, PMPI_File_read_all_begin");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_all_begin_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_all_begin_c")
}
global_asm!(".weak MPI_File_read_all_begin_c", ".set MPI_File_read_all_begin_c, PMPI_File_read_all_begin_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_all_end(fh: File, buf: *mut c_void, status: *mut Status) -> c_int {
    let _ = (fh, buf, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_all_end")
}
global_asm!(".weak MPI_File_read_all_end", ".set MPI_File_read_all_end, PMPI_File_read_all_end");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at")
}
global_asm!(".weak MPI_File_read_at", ".set MPI_File_read_at, PMPI_File_read_at");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at_c(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at_c")
}
global_asm!(".weak MPI_File_read_at_c", ".set MPI_File_read_at_c, PMPI_File_read_at_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at_all(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at_all")
}
global_asm!(".weak MPI_File_read_at_all", ".set MPI_File_read_at_all, PMPI_File_read_at_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at_all_c(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at_all_c")
}
global_asm!(".weak MPI_File_read_at_all_c", ".set MPI_File_read_at_all_c, PMPI_File_read_at_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at_all_begin(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at_all_begin")
}
global_asm!(
    ".weak MPI_File_read_at_all_begin",
    ".set MPI_File_read_at_all_begin, PMPI_File_read_at_all_begin"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at_all_begin_c(
    fh: File,
    offset: i64,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at_all_begin_c")
}
global_asm!(
    ".weak MPI_File_read_at_all_begin_c",
    ".set MPI_File_read_at_all_begin_c, PMPI_File_read_at_all_begin_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_at_all_end(fh: File, buf: *mut c_void, status: *mut Status) -> c_int {
    let _ = (fh, buf, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_at_all_end")
}
global_asm!(".weak MPI_File_read_at_all_end", ".set MPI_File_read_at_all_end, PMPI_File_read_at_all_end");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_ordered(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_ordered")
}
global_asm!(".weak MPI_File_read_ordered", ".set MPI_File_read_ordered, PMPI_File_read_ordered");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_ordered_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_ordered_c")
}
global_asm!(".weak MPI_File_read_ordered_c", ".set MPI_File_read_ordered_c, PMPI_File_read_ordered_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_ordered_begin(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_ordered_begin")
}
global_asm!(
    ".weak MPI_File_read_ordered_begin",
    ".set MPI_File_read_ordered_begin, PMPI_File_read_ordered_begin"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_ordered_begin_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_ordered_begin_c")
}
global_asm!(
    ".weak MPI_File_read_ordered_begin_c",
    ".set MPI_File_read_ordered_begin_c, PMPI_File_read_ordered_begin_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_ordered_end(fh: File, buf: *mut c_void, status: *mut Status) -> c_int {
    let _ = (fh, buf, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_ordered_end")
}
global_asm!(".weak MPI_File_read_ordered_end", ".set MPI_File_read_ordered_end, PMPI_File_read_ordered_end");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_shared(
    fh: File,
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_shared")
}
global_asm!(".weak MPI_File_read_shared", ".set MPI_File_read_shared, PMPI_File_read_shared");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_read_shared_c(
    fh: File,
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_read_shared_c")
}
global_asm!(".weak MPI_File_read_shared_c", ".set MPI_File_read_shared_c, PMPI_File_read_shared_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_seek(fh: File, offset: i64, whence: c_int) -> c_int {
    let _ = (fh, offset, whence);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_seek")
}
global_asm!(".weak MPI_File_seek", ".set MPI_File_seek, PMPI_File_seek");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_seek_shared(fh: File, offset: i64, whence: c_int) -> c_int {
    let _ = (fh, offset, whence);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_seek_shared")
}
global_asm!(".weak MPI_File_seek_shared", ".set MPI_File_seek_shared, PMPI_File_seek_shared");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_set_atomicity(fh: File, flag: c_int) -> c_int {
    let _ = (fh, flag);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_set_atomicity")
}
global_asm!(".weak MPI_File_set_atomicity", ".set MPI_File_set_atomicity, PMPI_File_set_atomicity");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_set_info(fh: File, info: Info) -> c_int {
    let _ = (fh, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_set_info")
}
global_asm!(".weak MPI_File_set_info", ".set MPI_File_set_info, PMPI_File_set_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_set_size(fh: File, size: i64) -> c_int {
    let _ = (fh, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_set_size")
}
global_asm!(".weak MPI_File_set_size", ".set MPI_File_set_size, PMPI_File_set_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_set_view(
    fh: File,
    disp: i64,
    etype: Datatype,
    filetype: Datatype,
    datarep: *const c_char,
    info: Info,
) -> c_int {
    let _ = (fh, disp, etype, filetype, datarep, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_set_view")
}
global_asm!(".weak MPI_File_set_view", ".set MPI_File_set_view, PMPI_File_set_view");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_sync(fh: File) -> c_int {
    let _ = (fh,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_sync")
}
global_asm!(".weak MPI_File_sync", ".set MPI_File_sync, PMPI_File_sync");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write")
}
global_asm!(".weak MPI_File_write", ".set MPI_File_write, PMPI_File_write");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_c")
}
global_asm!(".weak MPI_File_write_c", ".set MPI_File_write_c, PMPI_File_write_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_all(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_all")
}
global_asm!(".weak MPI_File_write_all", ".set MPI_File_write_all, PMPI_File_write_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_all_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_all_c")
}
global_asm!(".weak MPI_File_write_all_c", ".set MPI_File_write_all_c, PMPI_File_write_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_all_begin(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_all_begin")
}
global_asm!(".weak MPI_File_write_all_begin", ".set MPI_File_write_all_begin, PMPI_File_write_all_begin");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_all_begin_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_all_begin_c")
}
global_asm!(
    ".weak MPI_File_write_all_begin_c",
    ".set MPI_File_write_all_begin_c, PMPI_File_write_all_begin_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_all_end(fh: File, buf: *const c_void, status: *mut Status) -> c_int {
    let _ = (fh, buf, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_all_end")
}
global_asm!(".weak MPI_File_write_all_end", ".set MPI_File_write_all_end, PMPI_File_write_all_end");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at")
}
global_asm!(".weak MPI_File_write_at", ".set MPI_File_write_at, PMPI_File_write_at");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at_c(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at_c")
}
global_asm!(".weak MPI_File_write_at_c", ".set MPI_File_write_at_c, PMPI_File_write_at_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at_all(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at_all")
}
global_asm!(".weak MPI_File_write_at_all", ".set MPI_File_write_at_all, PMPI_File_write_at_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at_all_c(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at_all_c")
}
global_asm!(".weak MPI_File_write_at_all_c", ".set MPI_File_write_at_all_c, PMPI_File_write_at_all_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at_all_begin(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at_all_begin")
}
global_asm!(
    ".weak MPI_File_write_at_all_begin",
    ".set MPI_File_write_at_all_begin, PMPI_File_write_at_all_begin"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at_all_begin_c(
    fh: File,
    offset: i64,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, offset, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at_all_begin_c")
}
global_asm!(
    ".weak MPI_File_write_at_all_begin_c",
    ".set MPI_File_write_at_all_begin_c, PMPI_File_write_at_all_begin_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_at_all_end(fh: File, buf: *const c_void, status: *mut Status) -> c_int {
    let _ = (fh, buf, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_at_all_end")
}
global_asm!(".weak MPI_File_write_at_all_end", ".set MPI_File_write_at_all_end, PMPI_File_write_at_all_end");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_ordered(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_ordered")
}
global_asm!(".weak MPI_File_write_ordered", ".set MPI_File_write_ordered, PMPI_File_write_ordered");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_ordered_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_ordered_c")
}
global_asm!(".weak MPI_File_write_ordered_c", ".set MPI_File_write_ordered_c, PMPI_File_write_ordered_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_ordered_begin(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_ordered_begin")
}
global_asm!(
    ".weak MPI_File_write_ordered_begin",
    ".set MPI_File_write_ordered_begin, PMPI_File_write_ordered_begin"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_ordered_begin_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
) -> c_int {
    let _ = (fh, buf, count, datatype);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_ordered_begin_c")
}
global_asm!(
    ".weak MPI_File_write_ordered_begin_c",
    ".set MPI_File_write_ordered_begin_c, PMPI_File_write_ordered_begin_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_ordered_end(fh: File, buf: *const c_void, status: *mut Status) -> c_int {
    let _ = (fh, buf, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_ordered_end")
}
global_asm!(
    ".weak MPI_File_write_ordered_end",
    ".set MPI_File_write_ordered_end, PMPI_File_write_ordered_end"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_shared(
    fh: File,
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_shared")
}
global_asm!(".weak MPI_File_write_shared", ".set MPI_File_write_shared, PMPI_File_write_shared");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_File_write_shared_c(
    fh: File,
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    status: *mut Status,
) -> c_int {
    let _ = (fh, buf, count, datatype, status);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_File_write_shared_c")
}
global_asm!(".weak MPI_File_write_shared_c", ".set MPI_File_write_shared_c, PMPI_File_write_shared_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Register_datarep(
    datarep: *const c_char,
    read_conversion_fn: *const c_void,
    write_conversion_fn: *const c_void,
    dtype_file_extent_fn: *const c_void,
    extra_state: *mut c_void,
) -> c_int {
    let _ = (datarep, read_conversion_fn, write_conversion_fn, dtype_file_extent_fn, extra_state);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Register_datarep")
}
global_asm!(".weak MPI_Register_datarep", ".set MPI_Register_datarep, PMPI_Register_datarep");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Register_datarep_c(
    datarep: *const c_char,
    read_conversion_fn: *const c_void,
    write_conversion_fn: *const c_void,
    dtype_file_extent_fn: *const c_void,
    extra_state: *mut c_void,
) -> c_int {
    let _ = (datarep, read_conversion_fn, write_conversion_fn, dtype_file_extent_fn, extra_state);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Register_datarep_c")
}
global_asm!(".weak MPI_Register_datarep_c", ".set MPI_Register_datarep_c, PMPI_Register_datarep_c");
