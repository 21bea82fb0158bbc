//! Written by `cargo xtask codegen` from `spec/`: do not edit.

use capi::abi::Abi;
pub(crate) use capi::abi::Standard as ThisAbi;
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
