//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pcontrol(level: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::pcontrol::<ThisAbi>(level) }
}
global_asm!(".weak MPI_Pcontrol", ".set MPI_Pcontrol, PMPI_Pcontrol");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_changed(update_number: *mut c_int) -> c_int {
    let _ = (update_number,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_changed")
}
global_asm!(".weak MPI_T_category_changed", ".set MPI_T_category_changed, PMPI_T_category_changed");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_categories(
    cat_index: c_int,
    len: c_int,
    indices: *mut c_int,
) -> c_int {
    let _ = (cat_index, len, indices);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_categories")
}
global_asm!(
    ".weak MPI_T_category_get_categories",
    ".set MPI_T_category_get_categories, PMPI_T_category_get_categories"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_cvars(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    let _ = (cat_index, len, indices);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_cvars")
}
global_asm!(".weak MPI_T_category_get_cvars", ".set MPI_T_category_get_cvars, PMPI_T_category_get_cvars");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_events(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    let _ = (cat_index, len, indices);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_events")
}
global_asm!(".weak MPI_T_category_get_events", ".set MPI_T_category_get_events, PMPI_T_category_get_events");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_index(name: *const c_char, cat_index: *mut c_int) -> c_int {
    let _ = (name, cat_index);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_index")
}
global_asm!(".weak MPI_T_category_get_index", ".set MPI_T_category_get_index, PMPI_T_category_get_index");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_info(
    cat_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    desc: *mut c_char,
    desc_len: *mut c_int,
    num_cvars: *mut c_int,
    num_pvars: *mut c_int,
    num_categories: *mut c_int,
) -> c_int {
    let _ = (cat_index, name, name_len, desc, desc_len, num_cvars, num_pvars, num_categories);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_info")
}
global_asm!(".weak MPI_T_category_get_info", ".set MPI_T_category_get_info, PMPI_T_category_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_num(num_cat: *mut c_int) -> c_int {
    let _ = (num_cat,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_num")
}
global_asm!(".weak MPI_T_category_get_num", ".set MPI_T_category_get_num, PMPI_T_category_get_num");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_num_events(cat_index: c_int, num_events: *mut c_int) -> c_int {
    let _ = (cat_index, num_events);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_num_events")
}
global_asm!(
    ".weak MPI_T_category_get_num_events",
    ".set MPI_T_category_get_num_events, PMPI_T_category_get_num_events"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_category_get_pvars(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    let _ = (cat_index, len, indices);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_category_get_pvars")
}
global_asm!(".weak MPI_T_category_get_pvars", ".set MPI_T_category_get_pvars, PMPI_T_category_get_pvars");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_get_index(name: *const c_char, cvar_index: *mut c_int) -> c_int {
    let _ = (name, cvar_index);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_get_index")
}
global_asm!(".weak MPI_T_cvar_get_index", ".set MPI_T_cvar_get_index, PMPI_T_cvar_get_index");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_get_info(
    cvar_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    verbosity: *mut c_int,
    datatype: *mut Datatype,
    enumtype: *mut *mut c_void,
    desc: *mut c_char,
    desc_len: *mut c_int,
    bind: *mut c_int,
    scope: *mut c_int,
) -> c_int {
    let _ = (cvar_index, name, name_len, verbosity, datatype, enumtype, desc, desc_len, bind, scope);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_get_info")
}
global_asm!(".weak MPI_T_cvar_get_info", ".set MPI_T_cvar_get_info, PMPI_T_cvar_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_get_num(num_cvar: *mut c_int) -> c_int {
    let _ = (num_cvar,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_get_num")
}
global_asm!(".weak MPI_T_cvar_get_num", ".set MPI_T_cvar_get_num, PMPI_T_cvar_get_num");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_handle_alloc(
    cvar_index: c_int,
    obj_handle: *mut c_void,
    handle: *mut *mut c_void,
    count: *mut c_int,
) -> c_int {
    let _ = (cvar_index, obj_handle, handle, count);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_handle_alloc")
}
global_asm!(".weak MPI_T_cvar_handle_alloc", ".set MPI_T_cvar_handle_alloc, PMPI_T_cvar_handle_alloc");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_handle_free(handle: *mut *mut c_void) -> c_int {
    let _ = (handle,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_handle_free")
}
global_asm!(".weak MPI_T_cvar_handle_free", ".set MPI_T_cvar_handle_free, PMPI_T_cvar_handle_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_read(handle: *mut c_void, buf: *mut c_void) -> c_int {
    let _ = (handle, buf);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_read")
}
global_asm!(".weak MPI_T_cvar_read", ".set MPI_T_cvar_read, PMPI_T_cvar_read");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_cvar_write(handle: *mut c_void, buf: *const c_void) -> c_int {
    let _ = (handle, buf);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_cvar_write")
}
global_asm!(".weak MPI_T_cvar_write", ".set MPI_T_cvar_write, PMPI_T_cvar_write");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_enum_get_info(
    enumtype: *mut c_void,
    num: *mut c_int,
    name: *mut c_char,
    name_len: *mut c_int,
) -> c_int {
    let _ = (enumtype, num, name, name_len);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_enum_get_info")
}
global_asm!(".weak MPI_T_enum_get_info", ".set MPI_T_enum_get_info, PMPI_T_enum_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_enum_get_item(
    enumtype: *mut c_void,
    indx: c_int,
    value: *mut c_int,
    name: *mut c_char,
    name_len: *mut c_int,
) -> c_int {
    let _ = (enumtype, indx, value, name, name_len);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_enum_get_item")
}
global_asm!(".weak MPI_T_enum_get_item", ".set MPI_T_enum_get_item, PMPI_T_enum_get_item");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_callback_get_info(
    event_registration: *mut c_void,
    cb_safety: c_int,
    info_used: *mut Info,
) -> c_int {
    let _ = (event_registration, cb_safety, info_used);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_callback_get_info")
}
global_asm!(
    ".weak MPI_T_event_callback_get_info",
    ".set MPI_T_event_callback_get_info, PMPI_T_event_callback_get_info"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_callback_set_info(
    event_registration: *mut c_void,
    cb_safety: c_int,
    info: Info,
) -> c_int {
    let _ = (event_registration, cb_safety, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_callback_set_info")
}
global_asm!(
    ".weak MPI_T_event_callback_set_info",
    ".set MPI_T_event_callback_set_info, PMPI_T_event_callback_set_info"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_copy(event_instance: *mut c_void, buffer: *mut c_void) -> c_int {
    let _ = (event_instance, buffer);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_copy")
}
global_asm!(".weak MPI_T_event_copy", ".set MPI_T_event_copy, PMPI_T_event_copy");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_get_index(name: *const c_char, event_index: *mut c_int) -> c_int {
    let _ = (name, event_index);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_get_index")
}
global_asm!(".weak MPI_T_event_get_index", ".set MPI_T_event_get_index, PMPI_T_event_get_index");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_get_info(
    event_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    verbosity: *mut c_int,
    array_of_datatypes: *mut Datatype,
    array_of_displacements: *mut isize,
    num_elements: *mut c_int,
    enumtype: *mut *mut c_void,
    info: *mut Info,
    desc: *mut c_char,
    desc_len: *mut c_int,
    bind: *mut c_int,
) -> c_int {
    let _ = (
        event_index,
        name,
        name_len,
        verbosity,
        array_of_datatypes,
        array_of_displacements,
        num_elements,
        enumtype,
        info,
        desc,
        desc_len,
        bind,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_get_info")
}
global_asm!(".weak MPI_T_event_get_info", ".set MPI_T_event_get_info, PMPI_T_event_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_get_num(num_events: *mut c_int) -> c_int {
    let _ = (num_events,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_get_num")
}
global_asm!(".weak MPI_T_event_get_num", ".set MPI_T_event_get_num, PMPI_T_event_get_num");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_get_source(event_instance: *mut c_void, source_index: *mut c_int) -> c_int {
    let _ = (event_instance, source_index);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_get_source")
}
global_asm!(".weak MPI_T_event_get_source", ".set MPI_T_event_get_source, PMPI_T_event_get_source");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_get_timestamp(
    event_instance: *mut c_void,
    event_timestamp: *mut i64,
) -> c_int {
    let _ = (event_instance, event_timestamp);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_get_timestamp")
}
global_asm!(".weak MPI_T_event_get_timestamp", ".set MPI_T_event_get_timestamp, PMPI_T_event_get_timestamp");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_handle_alloc(
    event_index: c_int,
    obj_handle: *mut c_void,
    info: Info,
    event_registration: *mut *mut c_void,
) -> c_int {
    let _ = (event_index, obj_handle, info, event_registration);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_handle_alloc")
}
global_asm!(".weak MPI_T_event_handle_alloc", ".set MPI_T_event_handle_alloc, PMPI_T_event_handle_alloc");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_handle_free(
    event_registration: *mut c_void,
    user_data: *mut c_void,
    free_cb_function: *const c_void,
) -> c_int {
    let _ = (event_registration, user_data, free_cb_function);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_handle_free")
}
global_asm!(".weak MPI_T_event_handle_free", ".set MPI_T_event_handle_free, PMPI_T_event_handle_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_handle_get_info(
    event_registration: *mut c_void,
    info_used: *mut Info,
) -> c_int {
    let _ = (event_registration, info_used);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_handle_get_info")
}
global_asm!(
    ".weak MPI_T_event_handle_get_info",
    ".set MPI_T_event_handle_get_info, PMPI_T_event_handle_get_info"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_handle_set_info(event_registration: *mut c_void, info: Info) -> c_int {
    let _ = (event_registration, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_handle_set_info")
}
global_asm!(
    ".weak MPI_T_event_handle_set_info",
    ".set MPI_T_event_handle_set_info, PMPI_T_event_handle_set_info"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_read(
    event_instance: *mut c_void,
    element_index: c_int,
    buffer: *mut c_void,
) -> c_int {
    let _ = (event_instance, element_index, buffer);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_read")
}
global_asm!(".weak MPI_T_event_read", ".set MPI_T_event_read, PMPI_T_event_read");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_register_callback(
    event_registration: *mut c_void,
    cb_safety: c_int,
    info: Info,
    user_data: *mut c_void,
    event_cb_function: *const c_void,
) -> c_int {
    let _ = (event_registration, cb_safety, info, user_data, event_cb_function);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_register_callback")
}
global_asm!(
    ".weak MPI_T_event_register_callback",
    ".set MPI_T_event_register_callback, PMPI_T_event_register_callback"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_event_set_dropped_handler(
    event_registration: *mut c_void,
    dropped_cb_function: *const c_void,
) -> c_int {
    let _ = (event_registration, dropped_cb_function);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_event_set_dropped_handler")
}
global_asm!(
    ".weak MPI_T_event_set_dropped_handler",
    ".set MPI_T_event_set_dropped_handler, PMPI_T_event_set_dropped_handler"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_finalize() -> c_int {
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_finalize")
}
global_asm!(".weak MPI_T_finalize", ".set MPI_T_finalize, PMPI_T_finalize");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_init_thread(required: c_int, provided: *mut c_int) -> c_int {
    let _ = (required, provided);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_init_thread")
}
global_asm!(".weak MPI_T_init_thread", ".set MPI_T_init_thread, PMPI_T_init_thread");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_get_index(
    name: *const c_char,
    var_class: c_int,
    pvar_index: *mut c_int,
) -> c_int {
    let _ = (name, var_class, pvar_index);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_get_index")
}
global_asm!(".weak MPI_T_pvar_get_index", ".set MPI_T_pvar_get_index, PMPI_T_pvar_get_index");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_get_info(
    pvar_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    verbosity: *mut c_int,
    var_class: *mut c_int,
    datatype: *mut Datatype,
    enumtype: *mut *mut c_void,
    desc: *mut c_char,
    desc_len: *mut c_int,
    bind: *mut c_int,
    readonly: *mut c_int,
    continuous: *mut c_int,
    atomic: *mut c_int,
) -> c_int {
    let _ = (
        pvar_index, name, name_len, verbosity, var_class, datatype, enumtype, desc, desc_len, bind, readonly,
        continuous, atomic,
    );
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_get_info")
}
global_asm!(".weak MPI_T_pvar_get_info", ".set MPI_T_pvar_get_info, PMPI_T_pvar_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_get_num(num_pvar: *mut c_int) -> c_int {
    let _ = (num_pvar,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_get_num")
}
global_asm!(".weak MPI_T_pvar_get_num", ".set MPI_T_pvar_get_num, PMPI_T_pvar_get_num");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_handle_alloc(
    session: *mut c_void,
    pvar_index: c_int,
    obj_handle: *mut c_void,
    handle: *mut *mut c_void,
    count: *mut c_int,
) -> c_int {
    let _ = (session, pvar_index, obj_handle, handle, count);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_handle_alloc")
}
global_asm!(".weak MPI_T_pvar_handle_alloc", ".set MPI_T_pvar_handle_alloc, PMPI_T_pvar_handle_alloc");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_handle_free(session: *mut c_void, handle: *mut *mut c_void) -> c_int {
    let _ = (session, handle);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_handle_free")
}
global_asm!(".weak MPI_T_pvar_handle_free", ".set MPI_T_pvar_handle_free, PMPI_T_pvar_handle_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_read(session: *mut c_void, handle: *mut c_void, buf: *mut c_void) -> c_int {
    let _ = (session, handle, buf);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_read")
}
global_asm!(".weak MPI_T_pvar_read", ".set MPI_T_pvar_read, PMPI_T_pvar_read");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_readreset(
    session: *mut c_void,
    handle: *mut c_void,
    buf: *mut c_void,
) -> c_int {
    let _ = (session, handle, buf);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_readreset")
}
global_asm!(".weak MPI_T_pvar_readreset", ".set MPI_T_pvar_readreset, PMPI_T_pvar_readreset");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_reset(session: *mut c_void, handle: *mut c_void) -> c_int {
    let _ = (session, handle);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_reset")
}
global_asm!(".weak MPI_T_pvar_reset", ".set MPI_T_pvar_reset, PMPI_T_pvar_reset");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_session_create(session: *mut *mut c_void) -> c_int {
    let _ = (session,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_session_create")
}
global_asm!(".weak MPI_T_pvar_session_create", ".set MPI_T_pvar_session_create, PMPI_T_pvar_session_create");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_session_free(session: *mut *mut c_void) -> c_int {
    let _ = (session,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_session_free")
}
global_asm!(".weak MPI_T_pvar_session_free", ".set MPI_T_pvar_session_free, PMPI_T_pvar_session_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_start(session: *mut c_void, handle: *mut c_void) -> c_int {
    let _ = (session, handle);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_start")
}
global_asm!(".weak MPI_T_pvar_start", ".set MPI_T_pvar_start, PMPI_T_pvar_start");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_stop(session: *mut c_void, handle: *mut c_void) -> c_int {
    let _ = (session, handle);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_stop")
}
global_asm!(".weak MPI_T_pvar_stop", ".set MPI_T_pvar_stop, PMPI_T_pvar_stop");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_pvar_write(
    session: *mut c_void,
    handle: *mut c_void,
    buf: *const c_void,
) -> c_int {
    let _ = (session, handle, buf);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_pvar_write")
}
global_asm!(".weak MPI_T_pvar_write", ".set MPI_T_pvar_write, PMPI_T_pvar_write");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_source_get_info(
    source_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    desc: *mut c_char,
    desc_len: *mut c_int,
    ordering: *mut c_int,
    ticks_per_second: *mut i64,
    max_ticks: *mut i64,
    info: *mut Info,
) -> c_int {
    let _ = (source_index, name, name_len, desc, desc_len, ordering, ticks_per_second, max_ticks, info);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_source_get_info")
}
global_asm!(".weak MPI_T_source_get_info", ".set MPI_T_source_get_info, PMPI_T_source_get_info");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_source_get_num(num_sources: *mut c_int) -> c_int {
    let _ = (num_sources,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_source_get_num")
}
global_asm!(".weak MPI_T_source_get_num", ".set MPI_T_source_get_num, PMPI_T_source_get_num");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_T_source_get_timestamp(source_index: c_int, timestamp: *mut i64) -> c_int {
    let _ = (source_index, timestamp);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_T_source_get_timestamp")
}
global_asm!(
    ".weak MPI_T_source_get_timestamp",
    ".set MPI_T_source_get_timestamp, PMPI_T_source_get_timestamp"
);
