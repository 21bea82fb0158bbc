//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use core::arch::global_asm;

#[allow(unused_imports)]
use super::types::*;

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Aint_add(base: isize, disp: isize) -> isize {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::memory::aint_add::<ThisAbi>(base, disp) }
}
global_asm!(".weak MPI_Aint_add", ".set MPI_Aint_add, PMPI_Aint_add");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Aint_diff(addr1: isize, addr2: isize) -> isize {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::memory::aint_diff::<ThisAbi>(addr1, addr2) }
}
global_asm!(".weak MPI_Aint_diff", ".set MPI_Aint_diff, PMPI_Aint_diff");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_address(location: *const c_void, address: *mut isize) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::environment::memory::get_address::<ThisAbi>(location, address) }
}
global_asm!(".weak MPI_Get_address", ".set MPI_Get_address, PMPI_Get_address");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_elements(
    status: *const Status,
    datatype: Datatype,
    count: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::get_elements::<ThisAbi>(status, datatype, IntOut::Int(count)) }
}
global_asm!(".weak MPI_Get_elements", ".set MPI_Get_elements, PMPI_Get_elements");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Get_elements_c(
    status: *const Status,
    datatype: Datatype,
    count: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::status::get_elements::<ThisAbi>(status, datatype, IntOut::Count(count.cast())) }
}
global_asm!(".weak MPI_Get_elements_c", ".set MPI_Get_elements_c, PMPI_Get_elements_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack(
    inbuf: *const c_void,
    incount: c_int,
    datatype: Datatype,
    outbuf: *mut c_void,
    outsize: c_int,
    position: *mut c_int,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack::<ThisAbi>(
            inbuf,
            incount as i64,
            datatype,
            outbuf,
            outsize as i64,
            IntOut::Int(position),
            comm,
        )
    }
}
global_asm!(".weak MPI_Pack", ".set MPI_Pack, PMPI_Pack");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_c(
    inbuf: *const c_void,
    incount: i64,
    datatype: Datatype,
    outbuf: *mut c_void,
    outsize: i64,
    position: *mut i64,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack::<ThisAbi>(
            inbuf,
            incount as i64,
            datatype,
            outbuf,
            outsize as i64,
            IntOut::Count(position.cast()),
            comm,
        )
    }
}
global_asm!(".weak MPI_Pack_c", ".set MPI_Pack_c, PMPI_Pack_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_external(
    datarep: *const c_char,
    inbuf: *const c_void,
    incount: c_int,
    datatype: Datatype,
    outbuf: *mut c_void,
    outsize: isize,
    position: *mut isize,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack_external::<ThisAbi>(
            datarep,
            inbuf,
            incount as i64,
            datatype,
            outbuf,
            outsize as i64,
            IntOut::Count(position.cast()),
        )
    }
}
global_asm!(".weak MPI_Pack_external", ".set MPI_Pack_external, PMPI_Pack_external");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_external_c(
    datarep: *const c_char,
    inbuf: *const c_void,
    incount: i64,
    datatype: Datatype,
    outbuf: *mut c_void,
    outsize: i64,
    position: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack_external::<ThisAbi>(
            datarep,
            inbuf,
            incount as i64,
            datatype,
            outbuf,
            outsize as i64,
            IntOut::Count(position.cast()),
        )
    }
}
global_asm!(".weak MPI_Pack_external_c", ".set MPI_Pack_external_c, PMPI_Pack_external_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_external_size(
    datarep: *const c_char,
    incount: c_int,
    datatype: Datatype,
    size: *mut isize,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack_external_size::<ThisAbi>(
            datarep,
            incount as i64,
            datatype,
            IntOut::Count(size.cast()),
        )
    }
}
global_asm!(".weak MPI_Pack_external_size", ".set MPI_Pack_external_size, PMPI_Pack_external_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_external_size_c(
    datarep: *const c_char,
    incount: i64,
    datatype: Datatype,
    size: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack_external_size::<ThisAbi>(
            datarep,
            incount as i64,
            datatype,
            IntOut::Count(size.cast()),
        )
    }
}
global_asm!(".weak MPI_Pack_external_size_c", ".set MPI_Pack_external_size_c, PMPI_Pack_external_size_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_size(
    incount: c_int,
    datatype: Datatype,
    comm: Comm,
    size: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::pack::pack_size::<ThisAbi>(incount as i64, datatype, comm, IntOut::Int(size)) }
}
global_asm!(".weak MPI_Pack_size", ".set MPI_Pack_size, PMPI_Pack_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Pack_size_c(incount: i64, datatype: Datatype, comm: Comm, size: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::pack_size::<ThisAbi>(incount as i64, datatype, comm, IntOut::Count(size.cast()))
    }
}
global_asm!(".weak MPI_Pack_size_c", ".set MPI_Pack_size_c, PMPI_Pack_size_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_commit(datatype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::construct::type_commit::<ThisAbi>(datatype) }
}
global_asm!(".weak MPI_Type_commit", ".set MPI_Type_commit, PMPI_Type_commit");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_contiguous(count: c_int, oldtype: Datatype, newtype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::construct::type_contiguous::<ThisAbi>(count as i64, oldtype, newtype) }
}
global_asm!(".weak MPI_Type_contiguous", ".set MPI_Type_contiguous, PMPI_Type_contiguous");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_contiguous_c(count: i64, oldtype: Datatype, newtype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::construct::type_contiguous::<ThisAbi>(count as i64, oldtype, newtype) }
}
global_asm!(".weak MPI_Type_contiguous_c", ".set MPI_Type_contiguous_c, PMPI_Type_contiguous_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_darray(
    size: c_int,
    rank: c_int,
    ndims: c_int,
    array_of_gsizes: *const c_int,
    array_of_distribs: *const c_int,
    array_of_dargs: *const c_int,
    array_of_psizes: *const c_int,
    order: c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_darray::<ThisAbi>(
            size,
            rank,
            ndims,
            IntArray::Int(array_of_gsizes),
            array_of_distribs,
            array_of_dargs,
            array_of_psizes,
            order,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_darray", ".set MPI_Type_create_darray, PMPI_Type_create_darray");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_darray_c(
    size: c_int,
    rank: c_int,
    ndims: c_int,
    array_of_gsizes: *const i64,
    array_of_distribs: *const c_int,
    array_of_dargs: *const c_int,
    array_of_psizes: *const c_int,
    order: c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_darray::<ThisAbi>(
            size,
            rank,
            ndims,
            IntArray::Count(array_of_gsizes.cast()),
            array_of_distribs,
            array_of_dargs,
            array_of_psizes,
            order,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_darray_c", ".set MPI_Type_create_darray_c, PMPI_Type_create_darray_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_hindexed(
    count: c_int,
    array_of_blocklengths: *const c_int,
    array_of_displacements: *const isize,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_hindexed::<ThisAbi>(
            count as i64,
            IntArray::Int(array_of_blocklengths),
            IntArray::Count(array_of_displacements.cast()),
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_hindexed", ".set MPI_Type_create_hindexed, PMPI_Type_create_hindexed");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_hindexed_c(
    count: i64,
    array_of_blocklengths: *const i64,
    array_of_displacements: *const i64,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_hindexed::<ThisAbi>(
            count as i64,
            IntArray::Count(array_of_blocklengths.cast()),
            IntArray::Count(array_of_displacements.cast()),
            oldtype,
            newtype,
        )
    }
}
global_asm!(
    ".weak MPI_Type_create_hindexed_c",
    ".set MPI_Type_create_hindexed_c, PMPI_Type_create_hindexed_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_hindexed_block(
    count: c_int,
    blocklength: c_int,
    array_of_displacements: *const isize,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_hindexed_block::<ThisAbi>(
            count as i64,
            blocklength as i64,
            IntArray::Count(array_of_displacements.cast()),
            oldtype,
            newtype,
        )
    }
}
global_asm!(
    ".weak MPI_Type_create_hindexed_block",
    ".set MPI_Type_create_hindexed_block, PMPI_Type_create_hindexed_block"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_hindexed_block_c(
    count: i64,
    blocklength: i64,
    array_of_displacements: *const i64,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_hindexed_block::<ThisAbi>(
            count as i64,
            blocklength as i64,
            IntArray::Count(array_of_displacements.cast()),
            oldtype,
            newtype,
        )
    }
}
global_asm!(
    ".weak MPI_Type_create_hindexed_block_c",
    ".set MPI_Type_create_hindexed_block_c, PMPI_Type_create_hindexed_block_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_hvector(
    count: c_int,
    blocklength: c_int,
    stride: isize,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_hvector::<ThisAbi>(
            count as i64,
            blocklength as i64,
            stride as i64,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_hvector", ".set MPI_Type_create_hvector, PMPI_Type_create_hvector");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_hvector_c(
    count: i64,
    blocklength: i64,
    stride: i64,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_hvector::<ThisAbi>(
            count as i64,
            blocklength as i64,
            stride as i64,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_hvector_c", ".set MPI_Type_create_hvector_c, PMPI_Type_create_hvector_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_indexed_block(
    count: c_int,
    blocklength: c_int,
    array_of_displacements: *const c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_indexed_block::<ThisAbi>(
            count as i64,
            blocklength as i64,
            IntArray::Int(array_of_displacements),
            oldtype,
            newtype,
        )
    }
}
global_asm!(
    ".weak MPI_Type_create_indexed_block",
    ".set MPI_Type_create_indexed_block, PMPI_Type_create_indexed_block"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_indexed_block_c(
    count: i64,
    blocklength: i64,
    array_of_displacements: *const i64,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_indexed_block::<ThisAbi>(
            count as i64,
            blocklength as i64,
            IntArray::Count(array_of_displacements.cast()),
            oldtype,
            newtype,
        )
    }
}
global_asm!(
    ".weak MPI_Type_create_indexed_block_c",
    ".set MPI_Type_create_indexed_block_c, PMPI_Type_create_indexed_block_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_resized(
    oldtype: Datatype,
    lb: isize,
    extent: isize,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_resized::<ThisAbi>(oldtype, lb as i64, extent as i64, newtype)
    }
}
global_asm!(".weak MPI_Type_create_resized", ".set MPI_Type_create_resized, PMPI_Type_create_resized");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_resized_c(
    oldtype: Datatype,
    lb: i64,
    extent: i64,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_resized::<ThisAbi>(oldtype, lb as i64, extent as i64, newtype)
    }
}
global_asm!(".weak MPI_Type_create_resized_c", ".set MPI_Type_create_resized_c, PMPI_Type_create_resized_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_struct(
    count: c_int,
    array_of_blocklengths: *const c_int,
    array_of_displacements: *const isize,
    array_of_types: *const Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_struct::<ThisAbi>(
            count as i64,
            IntArray::Int(array_of_blocklengths),
            IntArray::Count(array_of_displacements.cast()),
            array_of_types,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_struct", ".set MPI_Type_create_struct, PMPI_Type_create_struct");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_struct_c(
    count: i64,
    array_of_blocklengths: *const i64,
    array_of_displacements: *const i64,
    array_of_types: *const Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_struct::<ThisAbi>(
            count as i64,
            IntArray::Count(array_of_blocklengths.cast()),
            IntArray::Count(array_of_displacements.cast()),
            array_of_types,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_struct_c", ".set MPI_Type_create_struct_c, PMPI_Type_create_struct_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_subarray(
    ndims: c_int,
    array_of_sizes: *const c_int,
    array_of_subsizes: *const c_int,
    array_of_starts: *const c_int,
    order: c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_subarray::<ThisAbi>(
            ndims,
            IntArray::Int(array_of_sizes),
            IntArray::Int(array_of_subsizes),
            IntArray::Int(array_of_starts),
            order,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_create_subarray", ".set MPI_Type_create_subarray, PMPI_Type_create_subarray");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_create_subarray_c(
    ndims: c_int,
    array_of_sizes: *const i64,
    array_of_subsizes: *const i64,
    array_of_starts: *const i64,
    order: c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_create_subarray::<ThisAbi>(
            ndims,
            IntArray::Count(array_of_sizes.cast()),
            IntArray::Count(array_of_subsizes.cast()),
            IntArray::Count(array_of_starts.cast()),
            order,
            oldtype,
            newtype,
        )
    }
}
global_asm!(
    ".weak MPI_Type_create_subarray_c",
    ".set MPI_Type_create_subarray_c, PMPI_Type_create_subarray_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_dup(oldtype: Datatype, newtype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::lifetime::type_dup::<ThisAbi>(oldtype, newtype) }
}
global_asm!(".weak MPI_Type_dup", ".set MPI_Type_dup, PMPI_Type_dup");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_free(datatype: *mut Datatype) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::lifetime::type_free::<ThisAbi>(datatype) }
}
global_asm!(".weak MPI_Type_free", ".set MPI_Type_free, PMPI_Type_free");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_contents(
    datatype: Datatype,
    max_integers: c_int,
    max_addresses: c_int,
    max_datatypes: c_int,
    array_of_integers: *mut c_int,
    array_of_addresses: *mut isize,
    array_of_datatypes: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_contents::<ThisAbi>(
            datatype,
            max_integers,
            max_addresses,
            max_datatypes,
            array_of_integers,
            array_of_addresses,
            array_of_datatypes,
        )
    }
}
global_asm!(".weak MPI_Type_get_contents", ".set MPI_Type_get_contents, PMPI_Type_get_contents");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_contents_c(
    datatype: Datatype,
    max_integers: i64,
    max_addresses: i64,
    max_large_counts: i64,
    max_datatypes: i64,
    array_of_integers: *mut c_int,
    array_of_addresses: *mut isize,
    array_of_large_counts: *mut i64,
    array_of_datatypes: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_contents_c::<ThisAbi>(
            datatype,
            max_integers,
            max_addresses,
            max_large_counts,
            max_datatypes,
            array_of_integers,
            array_of_addresses,
            array_of_large_counts,
            array_of_datatypes,
        )
    }
}
global_asm!(".weak MPI_Type_get_contents_c", ".set MPI_Type_get_contents_c, PMPI_Type_get_contents_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_envelope(
    datatype: Datatype,
    num_integers: *mut c_int,
    num_addresses: *mut c_int,
    num_datatypes: *mut c_int,
    combiner: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_envelope::<ThisAbi>(
            datatype,
            num_integers,
            num_addresses,
            num_datatypes,
            combiner,
        )
    }
}
global_asm!(".weak MPI_Type_get_envelope", ".set MPI_Type_get_envelope, PMPI_Type_get_envelope");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_envelope_c(
    datatype: Datatype,
    num_integers: *mut i64,
    num_addresses: *mut i64,
    num_large_counts: *mut i64,
    num_datatypes: *mut i64,
    combiner: *mut c_int,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_envelope_c::<ThisAbi>(
            datatype,
            num_integers,
            num_addresses,
            num_large_counts,
            num_datatypes,
            combiner,
        )
    }
}
global_asm!(".weak MPI_Type_get_envelope_c", ".set MPI_Type_get_envelope_c, PMPI_Type_get_envelope_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_extent(datatype: Datatype, lb: *mut isize, extent: *mut isize) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_extent::<ThisAbi>(
            datatype,
            IntOut::Count(lb.cast()),
            IntOut::Count(extent.cast()),
        )
    }
}
global_asm!(".weak MPI_Type_get_extent", ".set MPI_Type_get_extent, PMPI_Type_get_extent");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_extent_c(datatype: Datatype, lb: *mut i64, extent: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_extent::<ThisAbi>(
            datatype,
            IntOut::Count(lb.cast()),
            IntOut::Count(extent.cast()),
        )
    }
}
global_asm!(".weak MPI_Type_get_extent_c", ".set MPI_Type_get_extent_c, PMPI_Type_get_extent_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_true_extent(
    datatype: Datatype,
    true_lb: *mut isize,
    true_extent: *mut isize,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_true_extent::<ThisAbi>(
            datatype,
            IntOut::Count(true_lb.cast()),
            IntOut::Count(true_extent.cast()),
        )
    }
}
global_asm!(".weak MPI_Type_get_true_extent", ".set MPI_Type_get_true_extent, PMPI_Type_get_true_extent");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_true_extent_c(
    datatype: Datatype,
    true_lb: *mut i64,
    true_extent: *mut i64,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::inquire::type_get_true_extent::<ThisAbi>(
            datatype,
            IntOut::Count(true_lb.cast()),
            IntOut::Count(true_extent.cast()),
        )
    }
}
global_asm!(
    ".weak MPI_Type_get_true_extent_c",
    ".set MPI_Type_get_true_extent_c, PMPI_Type_get_true_extent_c"
);

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_get_value_index(
    value_type: Datatype,
    index_type: Datatype,
    pair_type: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::parametric::type_get_value_index::<ThisAbi>(value_type, index_type, pair_type) }
}
global_asm!(".weak MPI_Type_get_value_index", ".set MPI_Type_get_value_index, PMPI_Type_get_value_index");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_indexed(
    count: c_int,
    array_of_blocklengths: *const c_int,
    array_of_displacements: *const c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_indexed::<ThisAbi>(
            count as i64,
            IntArray::Int(array_of_blocklengths),
            IntArray::Int(array_of_displacements),
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_indexed", ".set MPI_Type_indexed, PMPI_Type_indexed");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_indexed_c(
    count: i64,
    array_of_blocklengths: *const i64,
    array_of_displacements: *const i64,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_indexed::<ThisAbi>(
            count as i64,
            IntArray::Count(array_of_blocklengths.cast()),
            IntArray::Count(array_of_displacements.cast()),
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_indexed_c", ".set MPI_Type_indexed_c, PMPI_Type_indexed_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_size(datatype: Datatype, size: *mut c_int) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_size::<ThisAbi>(datatype, IntOut::Int(size)) }
}
global_asm!(".weak MPI_Type_size", ".set MPI_Type_size, PMPI_Type_size");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_size_c(datatype: Datatype, size: *mut i64) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe { capi::datatype::inquire::type_size::<ThisAbi>(datatype, IntOut::Count(size.cast())) }
}
global_asm!(".weak MPI_Type_size_c", ".set MPI_Type_size_c, PMPI_Type_size_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_vector(
    count: c_int,
    blocklength: c_int,
    stride: c_int,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_vector::<ThisAbi>(
            count as i64,
            blocklength as i64,
            stride as i64,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_vector", ".set MPI_Type_vector, PMPI_Type_vector");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Type_vector_c(
    count: i64,
    blocklength: i64,
    stride: i64,
    oldtype: Datatype,
    newtype: *mut Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::construct::type_vector::<ThisAbi>(
            count as i64,
            blocklength as i64,
            stride as i64,
            oldtype,
            newtype,
        )
    }
}
global_asm!(".weak MPI_Type_vector_c", ".set MPI_Type_vector_c, PMPI_Type_vector_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Unpack(
    inbuf: *const c_void,
    insize: c_int,
    position: *mut c_int,
    outbuf: *mut c_void,
    outcount: c_int,
    datatype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::unpack::<ThisAbi>(
            inbuf,
            insize as i64,
            IntOut::Int(position),
            outbuf,
            outcount as i64,
            datatype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Unpack", ".set MPI_Unpack, PMPI_Unpack");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Unpack_c(
    inbuf: *const c_void,
    insize: i64,
    position: *mut i64,
    outbuf: *mut c_void,
    outcount: i64,
    datatype: Datatype,
    comm: Comm,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::unpack::<ThisAbi>(
            inbuf,
            insize as i64,
            IntOut::Count(position.cast()),
            outbuf,
            outcount as i64,
            datatype,
            comm,
        )
    }
}
global_asm!(".weak MPI_Unpack_c", ".set MPI_Unpack_c, PMPI_Unpack_c");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Unpack_external(
    datarep: *const c_char,
    inbuf: *const c_void,
    insize: isize,
    position: *mut isize,
    outbuf: *mut c_void,
    outcount: c_int,
    datatype: Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::unpack_external::<ThisAbi>(
            datarep,
            inbuf,
            insize as i64,
            IntOut::Count(position.cast()),
            outbuf,
            outcount as i64,
            datatype,
        )
    }
}
global_asm!(".weak MPI_Unpack_external", ".set MPI_Unpack_external, PMPI_Unpack_external");

#[unsafe(no_mangle)]
unsafe extern "C" fn PMPI_Unpack_external_c(
    datarep: *const c_char,
    inbuf: *const c_void,
    insize: i64,
    position: *mut i64,
    outbuf: *mut c_void,
    outcount: i64,
    datatype: Datatype,
) -> c_int {
    // SAFETY: the caller keeps the promises that the MPI standard asks of it.
    unsafe {
        capi::datatype::pack::unpack_external::<ThisAbi>(
            datarep,
            inbuf,
            insize as i64,
            IntOut::Count(position.cast()),
            outbuf,
            outcount as i64,
            datatype,
        )
    }
}
global_asm!(".weak MPI_Unpack_external_c", ".set MPI_Unpack_external_c, PMPI_Unpack_external_c");
