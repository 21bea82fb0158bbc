//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bsend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::bsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Bsend", ".set MPI_Bsend, PMPI_Bsend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bsend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::bsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Bsend_c", ".set MPI_Bsend_c, PMPI_Bsend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bsend_init(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::bsend_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Bsend_init", ".set MPI_Bsend_init, PMPI_Bsend_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Bsend_init_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::bsend_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Bsend_init_c", ".set MPI_Bsend_init_c, PMPI_Bsend_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Buffer_attach(buffer: *mut c_void, size: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::buffer_attach::<ThisAbi>(buffer, size as i64) }
}
global_asm!(".weak MPI_Buffer_attach", ".set MPI_Buffer_attach, PMPI_Buffer_attach");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Buffer_attach_c(buffer: *mut c_void, size: i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::buffer_attach::<ThisAbi>(buffer, size as i64) }
}
global_asm!(".weak MPI_Buffer_attach_c", ".set MPI_Buffer_attach_c, PMPI_Buffer_attach_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Buffer_detach(buffer_addr: *mut c_void, size: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::buffer_detach::<ThisAbi>(buffer_addr, IntOut::Int(size)) }
}
global_asm!(".weak MPI_Buffer_detach", ".set MPI_Buffer_detach, PMPI_Buffer_detach");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Buffer_detach_c(buffer_addr: *mut c_void, size: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::buffer_detach::<ThisAbi>(buffer_addr, IntOut::Count(size.cast())) }
}
global_asm!(".weak MPI_Buffer_detach_c", ".set MPI_Buffer_detach_c, PMPI_Buffer_detach_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Buffer_flush() -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::buffer_flush::<ThisAbi>() }
}
global_asm!(".weak MPI_Buffer_flush", ".set MPI_Buffer_flush, PMPI_Buffer_flush");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Buffer_iflush(request: *mut Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::buffer_iflush::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Buffer_iflush", ".set MPI_Buffer_iflush, PMPI_Buffer_iflush");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Cancel(request: *mut Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::completion::cancel::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Cancel", ".set MPI_Cancel, PMPI_Cancel");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_attach_buffer(comm: Comm, buffer: *mut c_void, size: c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::comm_attach_buffer::<ThisAbi>(comm, buffer, size as i64) }
}
global_asm!(".weak MPI_Comm_attach_buffer", ".set MPI_Comm_attach_buffer, PMPI_Comm_attach_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_attach_buffer_c(comm: Comm, buffer: *mut c_void, size: i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::comm_attach_buffer::<ThisAbi>(comm, buffer, size as i64) }
}
global_asm!(".weak MPI_Comm_attach_buffer_c", ".set MPI_Comm_attach_buffer_c, PMPI_Comm_attach_buffer_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_detach_buffer(
    comm: Comm,
    buffer_addr: *mut c_void,
    size: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::buffer::comm_detach_buffer::<ThisAbi>(comm, buffer_addr, IntOut::Int(size))
    }
}
global_asm!(".weak MPI_Comm_detach_buffer", ".set MPI_Comm_detach_buffer, PMPI_Comm_detach_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_detach_buffer_c(
    comm: Comm,
    buffer_addr: *mut c_void,
    size: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::buffer::comm_detach_buffer::<ThisAbi>(
            comm,
            buffer_addr,
            IntOut::Count(size.cast()),
        )
    }
}
global_asm!(".weak MPI_Comm_detach_buffer_c", ".set MPI_Comm_detach_buffer_c, PMPI_Comm_detach_buffer_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_flush_buffer(comm: Comm) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::comm_flush_buffer::<ThisAbi>(comm) }
}
global_asm!(".weak MPI_Comm_flush_buffer", ".set MPI_Comm_flush_buffer, PMPI_Comm_flush_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Comm_iflush_buffer(comm: Comm, request: *mut Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::buffer::comm_iflush_buffer::<ThisAbi>(comm, request) }
}
global_asm!(".weak MPI_Comm_iflush_buffer", ".set MPI_Comm_iflush_buffer, PMPI_Comm_iflush_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_count(status: *const Status, datatype: Datatype, count: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::get_count::<ThisAbi>(status, datatype, IntOut::Int(count)) }
}
global_asm!(".weak MPI_Get_count", ".set MPI_Get_count, PMPI_Get_count");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_count_c(status: *const Status, datatype: Datatype, count: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::get_count::<ThisAbi>(status, datatype, IntOut::Count(count.cast())) }
}
global_asm!(".weak MPI_Get_count_c", ".set MPI_Get_count_c, PMPI_Get_count_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ibsend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::ibsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Ibsend", ".set MPI_Ibsend, PMPI_Ibsend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ibsend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::ibsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Ibsend_c", ".set MPI_Ibsend_c, PMPI_Ibsend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Improbe(
    source: c_int,
    tag: c_int,
    comm: Comm,
    flag: *mut c_int,
    message: *mut Message,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::improbe::<ThisAbi>(source, tag, comm, flag, message, status) }
}
global_asm!(".weak MPI_Improbe", ".set MPI_Improbe, PMPI_Improbe");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Imrecv(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    message: *mut Message,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::imrecv::<ThisAbi>(buf, count as i64, datatype, message, request) }
}
global_asm!(".weak MPI_Imrecv", ".set MPI_Imrecv, PMPI_Imrecv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Imrecv_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    message: *mut Message,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::imrecv::<ThisAbi>(buf, count as i64, datatype, message, request) }
}
global_asm!(".weak MPI_Imrecv_c", ".set MPI_Imrecv_c, PMPI_Imrecv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Iprobe(
    source: c_int,
    tag: c_int,
    comm: Comm,
    flag: *mut c_int,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::iprobe::<ThisAbi>(source, tag, comm, flag, status) }
}
global_asm!(".weak MPI_Iprobe", ".set MPI_Iprobe, PMPI_Iprobe");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Irecv(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    source: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::receive::irecv::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            source,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Irecv", ".set MPI_Irecv, PMPI_Irecv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Irecv_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    source: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::receive::irecv::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            source,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Irecv_c", ".set MPI_Irecv_c, PMPI_Irecv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Irsend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::irsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Irsend", ".set MPI_Irsend, PMPI_Irsend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Irsend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::irsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Irsend_c", ".set MPI_Irsend_c, PMPI_Irsend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Isend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::isend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Isend", ".set MPI_Isend, PMPI_Isend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Isend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::isend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Isend_c", ".set MPI_Isend_c, PMPI_Isend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Isendrecv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    dest: c_int,
    sendtag: c_int,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::isendrecv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            dest,
            sendtag,
            recvbuf,
            recvcount as i64,
            recvtype,
            source,
            recvtag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Isendrecv", ".set MPI_Isendrecv, PMPI_Isendrecv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Isendrecv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    dest: c_int,
    sendtag: c_int,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::isendrecv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            dest,
            sendtag,
            recvbuf,
            recvcount as i64,
            recvtype,
            source,
            recvtag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Isendrecv_c", ".set MPI_Isendrecv_c, PMPI_Isendrecv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Isendrecv_replace(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    sendtag: c_int,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::isendrecv_replace::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            sendtag,
            source,
            recvtag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Isendrecv_replace", ".set MPI_Isendrecv_replace, PMPI_Isendrecv_replace");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Isendrecv_replace_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    sendtag: c_int,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::isendrecv_replace::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            sendtag,
            source,
            recvtag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Isendrecv_replace_c", ".set MPI_Isendrecv_replace_c, PMPI_Isendrecv_replace_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Issend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::issend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Issend", ".set MPI_Issend, PMPI_Issend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Issend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::send::issend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm, request)
    }
}
global_asm!(".weak MPI_Issend_c", ".set MPI_Issend_c, PMPI_Issend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Mprobe(
    source: c_int,
    tag: c_int,
    comm: Comm,
    message: *mut Message,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::mprobe::<ThisAbi>(source, tag, comm, message, status) }
}
global_asm!(".weak MPI_Mprobe", ".set MPI_Mprobe, PMPI_Mprobe");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Mrecv(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    message: *mut Message,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::mrecv::<ThisAbi>(buf, count as i64, datatype, message, status) }
}
global_asm!(".weak MPI_Mrecv", ".set MPI_Mrecv, PMPI_Mrecv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Mrecv_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    message: *mut Message,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::mrecv::<ThisAbi>(buf, count as i64, datatype, message, status) }
}
global_asm!(".weak MPI_Mrecv_c", ".set MPI_Mrecv_c, PMPI_Mrecv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Probe(source: c_int, tag: c_int, comm: Comm, status: *mut Status) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::probe::probe::<ThisAbi>(source, tag, comm, status) }
}
global_asm!(".weak MPI_Probe", ".set MPI_Probe, PMPI_Probe");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Recv(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    source: c_int,
    tag: c_int,
    comm: Comm,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::receive::recv::<ThisAbi>(buf, count as i64, datatype, source, tag, comm, status)
    }
}
global_asm!(".weak MPI_Recv", ".set MPI_Recv, PMPI_Recv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Recv_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    source: c_int,
    tag: c_int,
    comm: Comm,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::receive::recv::<ThisAbi>(buf, count as i64, datatype, source, tag, comm, status)
    }
}
global_asm!(".weak MPI_Recv_c", ".set MPI_Recv_c, PMPI_Recv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Recv_init(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    source: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::recv_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            source,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Recv_init", ".set MPI_Recv_init, PMPI_Recv_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Recv_init_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    source: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::recv_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            source,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Recv_init_c", ".set MPI_Recv_init_c, PMPI_Recv_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_free(request: *mut Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::completion::request_free::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Request_free", ".set MPI_Request_free, PMPI_Request_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_get_status(
    request: Request,
    flag: *mut c_int,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::get_status::request_get_status::<ThisAbi>(request, flag, status) }
}
global_asm!(".weak MPI_Request_get_status", ".set MPI_Request_get_status, PMPI_Request_get_status");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_get_status_all(
    count: c_int,
    array_of_requests: *const Request,
    flag: *mut c_int,
    array_of_statuses: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::get_status::request_get_status_all::<ThisAbi>(
            count,
            array_of_requests,
            flag,
            array_of_statuses,
        )
    }
}
global_asm!(
    ".weak MPI_Request_get_status_all",
    ".set MPI_Request_get_status_all, PMPI_Request_get_status_all"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_get_status_any(
    count: c_int,
    array_of_requests: *const Request,
    indx: *mut c_int,
    flag: *mut c_int,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::get_status::request_get_status_any::<ThisAbi>(
            count,
            array_of_requests,
            indx,
            flag,
            status,
        )
    }
}
global_asm!(
    ".weak MPI_Request_get_status_any",
    ".set MPI_Request_get_status_any, PMPI_Request_get_status_any"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Request_get_status_some(
    incount: c_int,
    array_of_requests: *const Request,
    outcount: *mut c_int,
    array_of_indices: *mut c_int,
    array_of_statuses: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::get_status::request_get_status_some::<ThisAbi>(
            incount,
            array_of_requests,
            outcount,
            array_of_indices,
            array_of_statuses,
        )
    }
}
global_asm!(
    ".weak MPI_Request_get_status_some",
    ".set MPI_Request_get_status_some, PMPI_Request_get_status_some"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rsend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::rsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Rsend", ".set MPI_Rsend, PMPI_Rsend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rsend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::rsend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Rsend_c", ".set MPI_Rsend_c, PMPI_Rsend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rsend_init(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::rsend_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Rsend_init", ".set MPI_Rsend_init, PMPI_Rsend_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Rsend_init_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::rsend_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Rsend_init_c", ".set MPI_Rsend_init_c, PMPI_Rsend_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Send(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::send::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Send", ".set MPI_Send, PMPI_Send");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Send_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::send::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Send_c", ".set MPI_Send_c, PMPI_Send_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Send_init(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::send_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Send_init", ".set MPI_Send_init, PMPI_Send_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Send_init_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::send_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Send_init_c", ".set MPI_Send_init_c, PMPI_Send_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Sendrecv(
    sendbuf: *const c_void,
    sendcount: c_int,
    sendtype: Datatype,
    dest: c_int,
    sendtag: c_int,
    recvbuf: *mut c_void,
    recvcount: c_int,
    recvtype: Datatype,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::sendrecv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            dest,
            sendtag,
            recvbuf,
            recvcount as i64,
            recvtype,
            source,
            recvtag,
            comm,
            status,
        )
    }
}
global_asm!(".weak MPI_Sendrecv", ".set MPI_Sendrecv, PMPI_Sendrecv");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Sendrecv_c(
    sendbuf: *const c_void,
    sendcount: i64,
    sendtype: Datatype,
    dest: c_int,
    sendtag: c_int,
    recvbuf: *mut c_void,
    recvcount: i64,
    recvtype: Datatype,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::sendrecv::<ThisAbi>(
            sendbuf,
            sendcount as i64,
            sendtype,
            dest,
            sendtag,
            recvbuf,
            recvcount as i64,
            recvtype,
            source,
            recvtag,
            comm,
            status,
        )
    }
}
global_asm!(".weak MPI_Sendrecv_c", ".set MPI_Sendrecv_c, PMPI_Sendrecv_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Sendrecv_replace(
    buf: *mut c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    sendtag: c_int,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::sendrecv_replace::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            sendtag,
            source,
            recvtag,
            comm,
            status,
        )
    }
}
global_asm!(".weak MPI_Sendrecv_replace", ".set MPI_Sendrecv_replace, PMPI_Sendrecv_replace");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Sendrecv_replace_c(
    buf: *mut c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    sendtag: c_int,
    source: c_int,
    recvtag: c_int,
    comm: Comm,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::sendrecv::sendrecv_replace::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            sendtag,
            source,
            recvtag,
            comm,
            status,
        )
    }
}
global_asm!(".weak MPI_Sendrecv_replace_c", ".set MPI_Sendrecv_replace_c, PMPI_Sendrecv_replace_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_attach_buffer(session: Session, buffer: *mut c_void, size: c_int) -> c_int {
    let _ = (session, buffer, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_attach_buffer")
}
global_asm!(".weak MPI_Session_attach_buffer", ".set MPI_Session_attach_buffer, PMPI_Session_attach_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_attach_buffer_c(session: Session, buffer: *mut c_void, size: i64) -> c_int {
    let _ = (session, buffer, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_attach_buffer_c")
}
global_asm!(
    ".weak MPI_Session_attach_buffer_c",
    ".set MPI_Session_attach_buffer_c, PMPI_Session_attach_buffer_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_detach_buffer(
    session: Session,
    buffer_addr: *mut c_void,
    size: *mut c_int,
) -> c_int {
    let _ = (session, buffer_addr, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_detach_buffer")
}
global_asm!(".weak MPI_Session_detach_buffer", ".set MPI_Session_detach_buffer, PMPI_Session_detach_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_detach_buffer_c(
    session: Session,
    buffer_addr: *mut c_void,
    size: *mut i64,
) -> c_int {
    let _ = (session, buffer_addr, size);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_detach_buffer_c")
}
global_asm!(
    ".weak MPI_Session_detach_buffer_c",
    ".set MPI_Session_detach_buffer_c, PMPI_Session_detach_buffer_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_flush_buffer(session: Session) -> c_int {
    let _ = (session,);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_flush_buffer")
}
global_asm!(".weak MPI_Session_flush_buffer", ".set MPI_Session_flush_buffer, PMPI_Session_flush_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Session_iflush_buffer(session: Session, request: *mut Request) -> c_int {
    let _ = (session, request);
    capi::unsupported::unsupported::<ThisAbi>(c"MPI_Session_iflush_buffer")
}
global_asm!(".weak MPI_Session_iflush_buffer", ".set MPI_Session_iflush_buffer, PMPI_Session_iflush_buffer");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ssend(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::ssend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Ssend", ".set MPI_Ssend, PMPI_Ssend");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ssend_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::send::ssend::<ThisAbi>(buf, count as i64, datatype, dest, tag, comm) }
}
global_asm!(".weak MPI_Ssend_c", ".set MPI_Ssend_c, PMPI_Ssend_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ssend_init(
    buf: *const c_void,
    count: c_int,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::ssend_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Ssend_init", ".set MPI_Ssend_init, PMPI_Ssend_init");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Ssend_init_c(
    buf: *const c_void,
    count: i64,
    datatype: Datatype,
    dest: c_int,
    tag: c_int,
    comm: Comm,
    request: *mut Request,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::persistent::ssend_init::<ThisAbi>(
            buf,
            count as i64,
            datatype,
            dest,
            tag,
            comm,
            request,
        )
    }
}
global_asm!(".weak MPI_Ssend_init_c", ".set MPI_Ssend_init_c, PMPI_Ssend_init_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Start(request: *mut Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::persistent::start::<ThisAbi>(request) }
}
global_asm!(".weak MPI_Start", ".set MPI_Start, PMPI_Start");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Startall(count: c_int, array_of_requests: *mut Request) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::persistent::startall::<ThisAbi>(count, array_of_requests) }
}
global_asm!(".weak MPI_Startall", ".set MPI_Startall, PMPI_Startall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_get_error(status: *const Status, error: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_get_error::<ThisAbi>(status, error) }
}
global_asm!(".weak MPI_Status_get_error", ".set MPI_Status_get_error, PMPI_Status_get_error");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_get_source(status: *const Status, source: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_get_source::<ThisAbi>(status, source) }
}
global_asm!(".weak MPI_Status_get_source", ".set MPI_Status_get_source, PMPI_Status_get_source");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Status_get_tag(status: *const Status, tag: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::status_get_tag::<ThisAbi>(status, tag) }
}
global_asm!(".weak MPI_Status_get_tag", ".set MPI_Status_get_tag, PMPI_Status_get_tag");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Test(request: *mut Request, flag: *mut c_int, status: *mut Status) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::completion::test::<ThisAbi>(request, flag, status) }
}
global_asm!(".weak MPI_Test", ".set MPI_Test, PMPI_Test");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Test_cancelled(status: *const Status, flag: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::test_cancelled::<ThisAbi>(status, flag) }
}
global_asm!(".weak MPI_Test_cancelled", ".set MPI_Test_cancelled, PMPI_Test_cancelled");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Testall(
    count: c_int,
    array_of_requests: *mut Request,
    flag: *mut c_int,
    array_of_statuses: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::completion::testall::<ThisAbi>(
            count,
            array_of_requests,
            flag,
            array_of_statuses,
        )
    }
}
global_asm!(".weak MPI_Testall", ".set MPI_Testall, PMPI_Testall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Testany(
    count: c_int,
    array_of_requests: *mut Request,
    indx: *mut c_int,
    flag: *mut c_int,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::completion::testany::<ThisAbi>(count, array_of_requests, indx, flag, status)
    }
}
global_asm!(".weak MPI_Testany", ".set MPI_Testany, PMPI_Testany");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Testsome(
    incount: c_int,
    array_of_requests: *mut Request,
    outcount: *mut c_int,
    array_of_indices: *mut c_int,
    array_of_statuses: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::completion::testsome::<ThisAbi>(
            incount,
            array_of_requests,
            outcount,
            array_of_indices,
            array_of_statuses,
        )
    }
}
global_asm!(".weak MPI_Testsome", ".set MPI_Testsome, PMPI_Testsome");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Wait(request: *mut Request, status: *mut Status) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::completion::wait::<ThisAbi>(request, status) }
}
global_asm!(".weak MPI_Wait", ".set MPI_Wait, PMPI_Wait");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Waitall(
    count: c_int,
    array_of_requests: *mut Request,
    array_of_statuses: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::completion::waitall::<ThisAbi>(count, array_of_requests, array_of_statuses)
    }
}
global_asm!(".weak MPI_Waitall", ".set MPI_Waitall, PMPI_Waitall");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Waitany(
    count: c_int,
    array_of_requests: *mut Request,
    indx: *mut c_int,
    status: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::point_to_point::completion::waitany::<ThisAbi>(count, array_of_requests, indx, status) }
}
global_asm!(".weak MPI_Waitany", ".set MPI_Waitany, PMPI_Waitany");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Waitsome(
    incount: c_int,
    array_of_requests: *mut Request,
    outcount: *mut c_int,
    array_of_indices: *mut c_int,
    array_of_statuses: *mut Status,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::point_to_point::completion::waitsome::<ThisAbi>(
            incount,
            array_of_requests,
            outcount,
            array_of_indices,
            array_of_statuses,
        )
    }
}
global_asm!(".weak MPI_Waitsome", ".set MPI_Waitsome, PMPI_Waitsome");
