//! (until the objects branch lands)
use core::ffi::c_int;
use crate::abi::*; use crate::runtime::with_objects;
pub unsafe fn comm_rank<A: Abi>(comm: A::Comm, rank: *mut c_int) -> c_int {
    unsafe { *rank = with_objects(|o| o.comm(comm.decode()).unwrap().core.rank()) as c_int }; 0
}
pub unsafe fn comm_size<A: Abi>(comm: A::Comm, size: *mut c_int) -> c_int {
    unsafe { *size = with_objects(|o| o.comm(comm.decode()).unwrap().core.size()) as c_int }; 0
}
