//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use capi::abi::Abi;
pub(crate) use capi::abi::Mpich as ThisAbi;
pub(crate) use capi::wide::{Callback, IntArray, IntOut};
pub(crate) use core::ffi::{c_char, c_int, c_void};

pub(crate) type Comm = <ThisAbi as Abi>::Comm;
pub(crate) type Datatype = <ThisAbi as Abi>::Datatype;
pub(crate) type Errhandler = <ThisAbi as Abi>::Errhandler;
pub(crate) type File = <ThisAbi as Abi>::File;
pub(crate) type Group = <ThisAbi as Abi>::Group;
pub(crate) type Info = <ThisAbi as Abi>::Info;
pub(crate) type Message = <ThisAbi as Abi>::Message;
pub(crate) type Op = <ThisAbi as Abi>::Op;
pub(crate) type Request = <ThisAbi as Abi>::Request;
pub(crate) type Session = <ThisAbi as Abi>::Session;
pub(crate) type Win = <ThisAbi as Abi>::Win;
pub(crate) type Status = <ThisAbi as Abi>::Status;

// What C programs were compiled with.
const _: () = {
    assert!(size_of::<Comm>() == 4 && align_of::<Comm>() == 4);
    assert!(size_of::<Datatype>() == 4 && align_of::<Datatype>() == 4);
    assert!(size_of::<Errhandler>() == 4 && align_of::<Errhandler>() == 4);
    assert!(size_of::<File>() == 8 && align_of::<File>() == 8);
    assert!(size_of::<Group>() == 4 && align_of::<Group>() == 4);
    assert!(size_of::<Info>() == 4 && align_of::<Info>() == 4);
    assert!(size_of::<Message>() == 4 && align_of::<Message>() == 4);
    assert!(size_of::<Op>() == 4 && align_of::<Op>() == 4);
    assert!(size_of::<Request>() == 4 && align_of::<Request>() == 4);
    assert!(size_of::<Session>() == 4 && align_of::<Session>() == 4);
    assert!(size_of::<Status>() == 20 && align_of::<Status>() == 4);
    assert!(std::mem::offset_of!(Status, error) == 16);
    assert!(std::mem::offset_of!(Status, source) == 8);
    assert!(std::mem::offset_of!(Status, tag) == 12);
    assert!(size_of::<Win>() == 4 && align_of::<Win>() == 4);
};
