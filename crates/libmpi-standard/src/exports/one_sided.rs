//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Accumulate(
    origin_addr: *const c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    op: Op,
    win: Win,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Accumulate")
}
global_asm!(".weak MPI_Accumulate", ".set MPI_Accumulate, PMPI_Accumulate");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Accumulate_c(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    op: Op,
    win: Win,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Accumulate_c")
}
global_asm!(".weak MPI_Accumulate_c", ".set MPI_Accumulate_c, PMPI_Accumulate_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Compare_and_swap(
    origin_addr: *const c_void,
    compare_addr: *const c_void,
    result_addr: *mut c_void,
    datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    win: Win,
) -> c_int {
    let _ = (origin_addr, compare_addr, result_addr, datatype, target_rank, target_disp, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Compare_and_swap")
}
global_asm!(".weak MPI_Compare_and_swap", ".set MPI_Compare_and_swap, PMPI_Compare_and_swap");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Fetch_and_op(
    origin_addr: *const c_void,
    result_addr: *mut c_void,
    datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    op: Op,
    win: Win,
) -> c_int {
    let _ = (origin_addr, result_addr, datatype, target_rank, target_disp, op, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Fetch_and_op")
}
global_asm!(".weak MPI_Fetch_and_op", ".set MPI_Fetch_and_op, PMPI_Fetch_and_op");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get(
    origin_addr: *mut c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    win: Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::window::get::<ThisAbi>(
            origin_addr,
            origin_count as i64,
            origin_datatype,
            target_rank,
            target_disp,
            target_count as i64,
            target_datatype,
            win,
        )
    }
}
global_asm!(".weak MPI_Get", ".set MPI_Get, PMPI_Get");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_c(
    origin_addr: *mut c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    win: Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::window::get::<ThisAbi>(
            origin_addr,
            origin_count as i64,
            origin_datatype,
            target_rank,
            target_disp,
            target_count as i64,
            target_datatype,
            win,
        )
    }
}
global_asm!(".weak MPI_Get_c", ".set MPI_Get_c, PMPI_Get_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_accumulate(
    origin_addr: *const c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    result_addr: *mut c_void,
    result_count: c_int,
    result_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    op: Op,
    win: Win,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        result_addr,
        result_count,
        result_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Get_accumulate")
}
global_asm!(".weak MPI_Get_accumulate", ".set MPI_Get_accumulate, PMPI_Get_accumulate");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_accumulate_c(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    result_addr: *mut c_void,
    result_count: i64,
    result_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    op: Op,
    win: Win,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        result_addr,
        result_count,
        result_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Get_accumulate_c")
}
global_asm!(".weak MPI_Get_accumulate_c", ".set MPI_Get_accumulate_c, PMPI_Get_accumulate_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Put(
    origin_addr: *const c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    win: Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::window::put::<ThisAbi>(
            origin_addr,
            origin_count as i64,
            origin_datatype,
            target_rank,
            target_disp,
            target_count as i64,
            target_datatype,
            win,
        )
    }
}
global_asm!(".weak MPI_Put", ".set MPI_Put, PMPI_Put");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Put_c(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    win: Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::window::put::<ThisAbi>(
            origin_addr,
            origin_count as i64,
            origin_datatype,
            target_rank,
            target_disp,
            target_count as i64,
            target_datatype,
            win,
        )
    }
}
global_asm!(".weak MPI_Put_c", ".set MPI_Put_c, PMPI_Put_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Raccumulate(
    origin_addr: *const c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    op: Op,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Raccumulate")
}
global_asm!(".weak MPI_Raccumulate", ".set MPI_Raccumulate, PMPI_Raccumulate");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Raccumulate_c(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    op: Op,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Raccumulate_c")
}
global_asm!(".weak MPI_Raccumulate_c", ".set MPI_Raccumulate_c, PMPI_Raccumulate_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rget(
    origin_addr: *mut c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Rget")
}
global_asm!(".weak MPI_Rget", ".set MPI_Rget, PMPI_Rget");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rget_c(
    origin_addr: *mut c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Rget_c")
}
global_asm!(".weak MPI_Rget_c", ".set MPI_Rget_c, PMPI_Rget_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rget_accumulate(
    origin_addr: *const c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    result_addr: *mut c_void,
    result_count: c_int,
    result_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    op: Op,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        result_addr,
        result_count,
        result_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Rget_accumulate")
}
global_asm!(".weak MPI_Rget_accumulate", ".set MPI_Rget_accumulate, PMPI_Rget_accumulate");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rget_accumulate_c(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    result_addr: *mut c_void,
    result_count: i64,
    result_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    op: Op,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        result_addr,
        result_count,
        result_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        op,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Rget_accumulate_c")
}
global_asm!(".weak MPI_Rget_accumulate_c", ".set MPI_Rget_accumulate_c, PMPI_Rget_accumulate_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rput(
    origin_addr: *const c_void,
    origin_count: c_int,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: c_int,
    target_datatype: Datatype,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Rput")
}
global_asm!(".weak MPI_Rput", ".set MPI_Rput, PMPI_Rput");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rput_c(
    origin_addr: *const c_void,
    origin_count: i64,
    origin_datatype: Datatype,
    target_rank: c_int,
    target_disp: isize,
    target_count: i64,
    target_datatype: Datatype,
    win: Win,
    request: *mut Request,
) -> c_int {
    let _ = (
        origin_addr,
        origin_count,
        origin_datatype,
        target_rank,
        target_disp,
        target_count,
        target_datatype,
        win,
        request,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Rput_c")
}
global_asm!(".weak MPI_Rput_c", ".set MPI_Rput_c, PMPI_Rput_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_allocate(
    size: isize,
    disp_unit: c_int,
    info: Info,
    comm: Comm,
    baseptr: *mut c_void,
    win: *mut Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_allocate::<ThisAbi>(size, disp_unit as i64, info, comm, baseptr, win) }
}
global_asm!(".weak MPI_Win_allocate", ".set MPI_Win_allocate, PMPI_Win_allocate");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_allocate_c(
    size: isize,
    disp_unit: isize,
    info: Info,
    comm: Comm,
    baseptr: *mut c_void,
    win: *mut Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_allocate::<ThisAbi>(size, disp_unit as i64, info, comm, baseptr, win) }
}
global_asm!(".weak MPI_Win_allocate_c", ".set MPI_Win_allocate_c, PMPI_Win_allocate_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_allocate_shared(
    size: isize,
    disp_unit: c_int,
    info: Info,
    comm: Comm,
    baseptr: *mut c_void,
    win: *mut Win,
) -> c_int {
    let _ = (size, disp_unit, info, comm, baseptr, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_allocate_shared")
}
global_asm!(".weak MPI_Win_allocate_shared", ".set MPI_Win_allocate_shared, PMPI_Win_allocate_shared");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_allocate_shared_c(
    size: isize,
    disp_unit: isize,
    info: Info,
    comm: Comm,
    baseptr: *mut c_void,
    win: *mut Win,
) -> c_int {
    let _ = (size, disp_unit, info, comm, baseptr, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_allocate_shared_c")
}
global_asm!(".weak MPI_Win_allocate_shared_c", ".set MPI_Win_allocate_shared_c, PMPI_Win_allocate_shared_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_attach(win: Win, base: *mut c_void, size: isize) -> c_int {
    let _ = (win, base, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_attach")
}
global_asm!(".weak MPI_Win_attach", ".set MPI_Win_attach, PMPI_Win_attach");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_complete(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_complete")
}
global_asm!(".weak MPI_Win_complete", ".set MPI_Win_complete, PMPI_Win_complete");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_create(
    base: *mut c_void,
    size: isize,
    disp_unit: c_int,
    info: Info,
    comm: Comm,
    win: *mut Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_create::<ThisAbi>(base, size, disp_unit as i64, info, comm, win) }
}
global_asm!(".weak MPI_Win_create", ".set MPI_Win_create, PMPI_Win_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_create_c(
    base: *mut c_void,
    size: isize,
    disp_unit: isize,
    info: Info,
    comm: Comm,
    win: *mut Win,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_create::<ThisAbi>(base, size, disp_unit as i64, info, comm, win) }
}
global_asm!(".weak MPI_Win_create_c", ".set MPI_Win_create_c, PMPI_Win_create_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_create_dynamic(info: Info, comm: Comm, win: *mut Win) -> c_int {
    let _ = (info, comm, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_create_dynamic")
}
global_asm!(".weak MPI_Win_create_dynamic", ".set MPI_Win_create_dynamic, PMPI_Win_create_dynamic");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_detach(win: Win, base: *const c_void) -> c_int {
    let _ = (win, base);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_detach")
}
global_asm!(".weak MPI_Win_detach", ".set MPI_Win_detach, PMPI_Win_detach");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_fence(assert: c_int, win: Win) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_fence::<ThisAbi>(assert, win) }
}
global_asm!(".weak MPI_Win_fence", ".set MPI_Win_fence, PMPI_Win_fence");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_flush(rank: c_int, win: Win) -> c_int {
    let _ = (rank, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_flush")
}
global_asm!(".weak MPI_Win_flush", ".set MPI_Win_flush, PMPI_Win_flush");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_flush_all(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_flush_all")
}
global_asm!(".weak MPI_Win_flush_all", ".set MPI_Win_flush_all, PMPI_Win_flush_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_flush_local(rank: c_int, win: Win) -> c_int {
    let _ = (rank, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_flush_local")
}
global_asm!(".weak MPI_Win_flush_local", ".set MPI_Win_flush_local, PMPI_Win_flush_local");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_flush_local_all(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_flush_local_all")
}
global_asm!(".weak MPI_Win_flush_local_all", ".set MPI_Win_flush_local_all, PMPI_Win_flush_local_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_free(win: *mut Win) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_free::<ThisAbi>(win) }
}
global_asm!(".weak MPI_Win_free", ".set MPI_Win_free, PMPI_Win_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_get_group(win: Win, group: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_get_group::<ThisAbi>(win, group) }
}
global_asm!(".weak MPI_Win_get_group", ".set MPI_Win_get_group, PMPI_Win_get_group");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_get_info(win: Win, info_used: *mut Info) -> c_int {
    let _ = (win, info_used);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_get_info")
}
global_asm!(".weak MPI_Win_get_info", ".set MPI_Win_get_info, PMPI_Win_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_lock(lock_type: c_int, rank: c_int, assert: c_int, win: Win) -> c_int {
    let _ = (lock_type, rank, assert, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_lock")
}
global_asm!(".weak MPI_Win_lock", ".set MPI_Win_lock, PMPI_Win_lock");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_lock_all(assert: c_int, win: Win) -> c_int {
    let _ = (assert, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_lock_all")
}
global_asm!(".weak MPI_Win_lock_all", ".set MPI_Win_lock_all, PMPI_Win_lock_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_post(group: Group, assert: c_int, win: Win) -> c_int {
    let _ = (group, assert, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_post")
}
global_asm!(".weak MPI_Win_post", ".set MPI_Win_post, PMPI_Win_post");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_set_info(win: Win, info: Info) -> c_int {
    let _ = (win, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_set_info")
}
global_asm!(".weak MPI_Win_set_info", ".set MPI_Win_set_info, PMPI_Win_set_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_shared_query(
    win: Win,
    rank: c_int,
    size: *mut isize,
    disp_unit: *mut c_int,
    baseptr: *mut c_void,
) -> c_int {
    let _ = (win, rank, size, disp_unit, baseptr);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_shared_query")
}
global_asm!(".weak MPI_Win_shared_query", ".set MPI_Win_shared_query, PMPI_Win_shared_query");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_shared_query_c(
    win: Win,
    rank: c_int,
    size: *mut isize,
    disp_unit: *mut isize,
    baseptr: *mut c_void,
) -> c_int {
    let _ = (win, rank, size, disp_unit, baseptr);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_shared_query_c")
}
global_asm!(".weak MPI_Win_shared_query_c", ".set MPI_Win_shared_query_c, PMPI_Win_shared_query_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_start(group: Group, assert: c_int, win: Win) -> c_int {
    let _ = (group, assert, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_start")
}
global_asm!(".weak MPI_Win_start", ".set MPI_Win_start, PMPI_Win_start");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_sync(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_sync")
}
global_asm!(".weak MPI_Win_sync", ".set MPI_Win_sync, PMPI_Win_sync");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_test(win: Win, flag: *mut c_int) -> c_int {
    let _ = (win, flag);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_test")
}
global_asm!(".weak MPI_Win_test", ".set MPI_Win_test, PMPI_Win_test");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_unlock(rank: c_int, win: Win) -> c_int {
    let _ = (rank, win);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_unlock")
}
global_asm!(".weak MPI_Win_unlock", ".set MPI_Win_unlock, PMPI_Win_unlock");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_unlock_all(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_unlock_all")
}
global_asm!(".weak MPI_Win_unlock_all", ".set MPI_Win_unlock_all, PMPI_Win_unlock_all");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_wait(win: Win) -> c_int {
    let _ = (win,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Win_wait")
}
global_asm!(".weak MPI_Win_wait", ".set MPI_Win_wait, PMPI_Win_wait");
