//! (until the objects branch lands)
use core::ffi::c_int;
use crate::abi::Abi;
use engine::handle::*;
pub enum Object { None, Comm(CommId), Win(WinId), File(FileId), Session(SessionId) }
pub fn raise<A: Abi>(function: &'static str, _object: Object, error: engine::error::Error) -> c_int {
    eprintln!("{function}: {error}");
    A::class_out(error.class())
}
