//! The message-passing engine: matching, protocols, requests, datatypes,
//! communicators and collectives. It knows neither C nor an ABI.
#![forbid(unsafe_code)]

pub mod attribute;
pub mod collective;
pub mod comm;
pub mod datatype;
pub mod errhandler;
pub mod error;
pub mod file;
pub mod group;
pub mod handle;
pub mod info;
pub mod matching;
pub mod objects;
pub mod op;
pub mod partitioned;
pub mod process;
pub mod protocol;
pub mod request;
pub mod rma;
pub mod status;
pub mod tool;
