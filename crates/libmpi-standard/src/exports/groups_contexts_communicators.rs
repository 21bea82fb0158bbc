//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_compare(comm1: Comm, comm2: Comm, result: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_compare::<ThisAbi>(comm1, comm2, result) }
}
global_asm!(".weak MPI_Comm_compare", ".set MPI_Comm_compare, PMPI_Comm_compare");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_create(comm: Comm, group: Group, newcomm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::create::comm_create::<ThisAbi>(comm, group, newcomm) }
}
global_asm!(".weak MPI_Comm_create", ".set MPI_Comm_create, PMPI_Comm_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_create_from_group(
    group: Group,
    stringtag: *const c_char,
    info: Info,
    errhandler: Errhandler,
    newcomm: *mut Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::comm::from_group::comm_create_from_group::<ThisAbi>(group, stringtag, info, errhandler, newcomm)
    }
}
global_asm!(
    ".weak MPI_Comm_create_from_group",
    ".set MPI_Comm_create_from_group, PMPI_Comm_create_from_group"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_create_group(
    comm: Comm,
    group: Group,
    tag: c_int,
    newcomm: *mut Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::from_group::comm_create_group::<ThisAbi>(comm, group, tag, newcomm) }
}
global_asm!(".weak MPI_Comm_create_group", ".set MPI_Comm_create_group, PMPI_Comm_create_group");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_create_keyval(
    comm_copy_attr_fn: *const c_void,
    comm_delete_attr_fn: *const c_void,
    comm_keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::attribute::comm::comm_create_keyval::<ThisAbi>(
            comm_copy_attr_fn,
            comm_delete_attr_fn,
            comm_keyval,
            extra_state,
        )
    }
}
global_asm!(".weak MPI_Comm_create_keyval", ".set MPI_Comm_create_keyval, PMPI_Comm_create_keyval");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_delete_attr(comm: Comm, comm_keyval: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::comm::comm_delete_attr::<ThisAbi>(comm, comm_keyval) }
}
global_asm!(".weak MPI_Comm_delete_attr", ".set MPI_Comm_delete_attr, PMPI_Comm_delete_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_dup(comm: Comm, newcomm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::create::comm_dup::<ThisAbi>(comm, newcomm) }
}
global_asm!(".weak MPI_Comm_dup", ".set MPI_Comm_dup, PMPI_Comm_dup");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_dup_with_info(comm: Comm, info: Info, newcomm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::create::comm_dup_with_info::<ThisAbi>(comm, info, newcomm) }
}
global_asm!(".weak MPI_Comm_dup_with_info", ".set MPI_Comm_dup_with_info, PMPI_Comm_dup_with_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_free(comm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::free::comm_free::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_free", ".set MPI_Comm_free, PMPI_Comm_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_free_keyval(comm_keyval: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::comm::comm_free_keyval::<ThisAbi>(comm_keyval) }
}
global_asm!(".weak MPI_Comm_free_keyval", ".set MPI_Comm_free_keyval, PMPI_Comm_free_keyval");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_get_attr(
    comm: Comm,
    comm_keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::comm::comm_get_attr::<ThisAbi>(comm, comm_keyval, attribute_val, flag) }
}
global_asm!(".weak MPI_Comm_get_attr", ".set MPI_Comm_get_attr, PMPI_Comm_get_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_get_info(comm: Comm, info_used: *mut Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_get_info::<ThisAbi>(comm, info_used) }
}
global_asm!(".weak MPI_Comm_get_info", ".set MPI_Comm_get_info, PMPI_Comm_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_get_name(comm: Comm, comm_name: *mut c_char, resultlen: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_get_name::<ThisAbi>(comm, comm_name, resultlen) }
}
global_asm!(".weak MPI_Comm_get_name", ".set MPI_Comm_get_name, PMPI_Comm_get_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_group(comm: Comm, group: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_group::<ThisAbi>(comm, group) }
}
global_asm!(".weak MPI_Comm_group", ".set MPI_Comm_group, PMPI_Comm_group");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_idup(comm: Comm, newcomm: *mut Comm, request: *mut Request) -> c_int {
    let _ = (comm, newcomm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_idup")
}
global_asm!(".weak MPI_Comm_idup", ".set MPI_Comm_idup, PMPI_Comm_idup");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_idup_with_info(
    comm: Comm,
    info: Info,
    newcomm: *mut Comm,
    request: *mut Request,
) -> c_int {
    let _ = (comm, info, newcomm, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Comm_idup_with_info")
}
global_asm!(".weak MPI_Comm_idup_with_info", ".set MPI_Comm_idup_with_info, PMPI_Comm_idup_with_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_rank(comm: Comm, rank: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_rank::<ThisAbi>(comm, rank) }
}
global_asm!(".weak MPI_Comm_rank", ".set MPI_Comm_rank, PMPI_Comm_rank");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_remote_group(comm: Comm, group: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_remote_group::<ThisAbi>(comm, group) }
}
global_asm!(".weak MPI_Comm_remote_group", ".set MPI_Comm_remote_group, PMPI_Comm_remote_group");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_remote_size(comm: Comm, size: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_remote_size::<ThisAbi>(comm, size) }
}
global_asm!(".weak MPI_Comm_remote_size", ".set MPI_Comm_remote_size, PMPI_Comm_remote_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_set_attr(comm: Comm, comm_keyval: c_int, attribute_val: *mut c_void) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::comm::comm_set_attr::<ThisAbi>(comm, comm_keyval, attribute_val) }
}
global_asm!(".weak MPI_Comm_set_attr", ".set MPI_Comm_set_attr, PMPI_Comm_set_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_set_info(comm: Comm, info: Info) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_set_info::<ThisAbi>(comm, info) }
}
global_asm!(".weak MPI_Comm_set_info", ".set MPI_Comm_set_info, PMPI_Comm_set_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_set_name(comm: Comm, comm_name: *const c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_set_name::<ThisAbi>(comm, comm_name) }
}
global_asm!(".weak MPI_Comm_set_name", ".set MPI_Comm_set_name, PMPI_Comm_set_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_size(comm: Comm, size: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_size::<ThisAbi>(comm, size) }
}
global_asm!(".weak MPI_Comm_size", ".set MPI_Comm_size, PMPI_Comm_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_split(comm: Comm, color: c_int, key: c_int, newcomm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::create::comm_split::<ThisAbi>(comm, color, key, newcomm) }
}
global_asm!(".weak MPI_Comm_split", ".set MPI_Comm_split, PMPI_Comm_split");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_split_type(
    comm: Comm,
    split_type: c_int,
    key: c_int,
    info: Info,
    newcomm: *mut Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::create::comm_split_type::<ThisAbi>(comm, split_type, key, info, newcomm) }
}
global_asm!(".weak MPI_Comm_split_type", ".set MPI_Comm_split_type, PMPI_Comm_split_type");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_test_inter(comm: Comm, flag: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::inquire::comm_test_inter::<ThisAbi>(comm, flag) }
}
global_asm!(".weak MPI_Comm_test_inter", ".set MPI_Comm_test_inter, PMPI_Comm_test_inter");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_compare(group1: Group, group2: Group, result: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_compare::<ThisAbi>(group1, group2, result) }
}
global_asm!(".weak MPI_Group_compare", ".set MPI_Group_compare, PMPI_Group_compare");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_difference(group1: Group, group2: Group, newgroup: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_difference::<ThisAbi>(group1, group2, newgroup) }
}
global_asm!(".weak MPI_Group_difference", ".set MPI_Group_difference, PMPI_Group_difference");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_excl(
    group: Group,
    n: c_int,
    ranks: *const c_int,
    newgroup: *mut Group,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_excl::<ThisAbi>(group, n, ranks, newgroup) }
}
global_asm!(".weak MPI_Group_excl", ".set MPI_Group_excl, PMPI_Group_excl");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_free(group: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_free::<ThisAbi>(group) }
}
global_asm!(".weak MPI_Group_free", ".set MPI_Group_free, PMPI_Group_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_from_session_pset(
    session: Session,
    pset_name: *const c_char,
    newgroup: *mut Group,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::session::group_from_session_pset::<ThisAbi>(session, pset_name, newgroup) }
}
global_asm!(
    ".weak MPI_Group_from_session_pset",
    ".set MPI_Group_from_session_pset, PMPI_Group_from_session_pset"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_incl(
    group: Group,
    n: c_int,
    ranks: *const c_int,
    newgroup: *mut Group,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_incl::<ThisAbi>(group, n, ranks, newgroup) }
}
global_asm!(".weak MPI_Group_incl", ".set MPI_Group_incl, PMPI_Group_incl");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_intersection(group1: Group, group2: Group, newgroup: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_intersection::<ThisAbi>(group1, group2, newgroup) }
}
global_asm!(".weak MPI_Group_intersection", ".set MPI_Group_intersection, PMPI_Group_intersection");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_range_excl(
    group: Group,
    n: c_int,
    ranges: *mut [c_int; 3],
    newgroup: *mut Group,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_range_excl::<ThisAbi>(group, n, ranges, newgroup) }
}
global_asm!(".weak MPI_Group_range_excl", ".set MPI_Group_range_excl, PMPI_Group_range_excl");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_range_incl(
    group: Group,
    n: c_int,
    ranges: *mut [c_int; 3],
    newgroup: *mut Group,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_range_incl::<ThisAbi>(group, n, ranges, newgroup) }
}
global_asm!(".weak MPI_Group_range_incl", ".set MPI_Group_range_incl, PMPI_Group_range_incl");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_rank(group: Group, rank: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_rank::<ThisAbi>(group, rank) }
}
global_asm!(".weak MPI_Group_rank", ".set MPI_Group_rank, PMPI_Group_rank");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_size(group: Group, size: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_size::<ThisAbi>(group, size) }
}
global_asm!(".weak MPI_Group_size", ".set MPI_Group_size, PMPI_Group_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_translate_ranks(
    group1: Group,
    n: c_int,
    ranks1: *const c_int,
    group2: Group,
    ranks2: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_translate_ranks::<ThisAbi>(group1, n, ranks1, group2, ranks2) }
}
global_asm!(".weak MPI_Group_translate_ranks", ".set MPI_Group_translate_ranks, PMPI_Group_translate_ranks");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Group_union(group1: Group, group2: Group, newgroup: *mut Group) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::group::group_union::<ThisAbi>(group1, group2, newgroup) }
}
global_asm!(".weak MPI_Group_union", ".set MPI_Group_union, PMPI_Group_union");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Intercomm_create(
    local_comm: Comm,
    local_leader: c_int,
    peer_comm: Comm,
    remote_leader: c_int,
    tag: c_int,
    newintercomm: *mut Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::comm::intercomm::intercomm_create::<ThisAbi>(
            local_comm,
            local_leader,
            peer_comm,
            remote_leader,
            tag,
            newintercomm,
        )
    }
}
global_asm!(".weak MPI_Intercomm_create", ".set MPI_Intercomm_create, PMPI_Intercomm_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Intercomm_create_from_groups(
    local_group: Group,
    local_leader: c_int,
    remote_group: Group,
    remote_leader: c_int,
    stringtag: *const c_char,
    info: Info,
    errhandler: Errhandler,
    newintercomm: *mut Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::comm::intercomm::intercomm_create_from_groups::<ThisAbi>(
            local_group,
            local_leader,
            remote_group,
            remote_leader,
            stringtag,
            info,
            errhandler,
            newintercomm,
        )
    }
}
global_asm!(
    ".weak MPI_Intercomm_create_from_groups",
    ".set MPI_Intercomm_create_from_groups, PMPI_Intercomm_create_from_groups"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Intercomm_merge(intercomm: Comm, high: c_int, newintracomm: *mut Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::comm::intercomm::intercomm_merge::<ThisAbi>(intercomm, high, newintracomm) }
}
global_asm!(".weak MPI_Intercomm_merge", ".set MPI_Intercomm_merge, PMPI_Intercomm_merge");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_keyval(
    type_copy_attr_fn: *const c_void,
    type_delete_attr_fn: *const c_void,
    type_keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::attribute::datatype::type_create_keyval::<ThisAbi>(
            type_copy_attr_fn,
            type_delete_attr_fn,
            type_keyval,
            extra_state,
        )
    }
}
global_asm!(".weak MPI_Type_create_keyval", ".set MPI_Type_create_keyval, PMPI_Type_create_keyval");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_delete_attr(datatype: Datatype, type_keyval: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::datatype::type_delete_attr::<ThisAbi>(datatype, type_keyval) }
}
global_asm!(".weak MPI_Type_delete_attr", ".set MPI_Type_delete_attr, PMPI_Type_delete_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_free_keyval(type_keyval: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::datatype::type_free_keyval::<ThisAbi>(type_keyval) }
}
global_asm!(".weak MPI_Type_free_keyval", ".set MPI_Type_free_keyval, PMPI_Type_free_keyval");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_attr(
    datatype: Datatype,
    type_keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::datatype::type_get_attr::<ThisAbi>(datatype, type_keyval, attribute_val, flag) }
}
global_asm!(".weak MPI_Type_get_attr", ".set MPI_Type_get_attr, PMPI_Type_get_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_name(
    datatype: Datatype,
    type_name: *mut c_char,
    resultlen: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_get_name::<ThisAbi>(datatype, type_name, resultlen) }
}
global_asm!(".weak MPI_Type_get_name", ".set MPI_Type_get_name, PMPI_Type_get_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_set_attr(
    datatype: Datatype,
    type_keyval: c_int,
    attribute_val: *mut c_void,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::datatype::type_set_attr::<ThisAbi>(datatype, type_keyval, attribute_val) }
}
global_asm!(".weak MPI_Type_set_attr", ".set MPI_Type_set_attr, PMPI_Type_set_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_set_name(datatype: Datatype, type_name: *const c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_set_name::<ThisAbi>(datatype, type_name) }
}
global_asm!(".weak MPI_Type_set_name", ".set MPI_Type_set_name, PMPI_Type_set_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_create_keyval(
    win_copy_attr_fn: *const c_void,
    win_delete_attr_fn: *const c_void,
    win_keyval: *mut c_int,
    extra_state: *mut c_void,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::attribute::win::win_create_keyval::<ThisAbi>(
            win_copy_attr_fn,
            win_delete_attr_fn,
            win_keyval,
            extra_state,
        )
    }
}
global_asm!(".weak MPI_Win_create_keyval", ".set MPI_Win_create_keyval, PMPI_Win_create_keyval");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_delete_attr(win: Win, win_keyval: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::win::win_delete_attr::<ThisAbi>(win, win_keyval) }
}
global_asm!(".weak MPI_Win_delete_attr", ".set MPI_Win_delete_attr, PMPI_Win_delete_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_free_keyval(win_keyval: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::win::win_free_keyval::<ThisAbi>(win_keyval) }
}
global_asm!(".weak MPI_Win_free_keyval", ".set MPI_Win_free_keyval, PMPI_Win_free_keyval");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_get_attr(
    win: Win,
    win_keyval: c_int,
    attribute_val: *mut c_void,
    flag: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::win::win_get_attr::<ThisAbi>(win, win_keyval, attribute_val, flag) }
}
global_asm!(".weak MPI_Win_get_attr", ".set MPI_Win_get_attr, PMPI_Win_get_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_get_name(win: Win, win_name: *mut c_char, resultlen: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_get_name::<ThisAbi>(win, win_name, resultlen) }
}
global_asm!(".weak MPI_Win_get_name", ".set MPI_Win_get_name, PMPI_Win_get_name");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_set_attr(win: Win, win_keyval: c_int, attribute_val: *mut c_void) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::attribute::win::win_set_attr::<ThisAbi>(win, win_keyval, attribute_val) }
}
global_asm!(".weak MPI_Win_set_attr", ".set MPI_Win_set_attr, PMPI_Win_set_attr");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Win_set_name(win: Win, win_name: *const c_char) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::window::win_set_name::<ThisAbi>(win, win_name) }
}
global_asm!(".weak MPI_Win_set_name", ".set MPI_Win_set_name, PMPI_Win_set_name");
