//! The message-passing engine: matching, protocols, requests, datatypes,
//! communicators and collectives. It knows neither C nor an ABI.
#![forbid(unsafe_code)]

pub mod collective;
pub mod datatype;
pub mod error;
pub mod handle;
pub mod matching;
pub mod objects;
pub mod op;
pub mod process;
pub mod protocol;
pub mod request;
pub mod status;
