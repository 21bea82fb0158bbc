//! The C entry points of MPI, each written once, for every C interface.

pub mod abi;
pub mod errors;
pub mod unsupported;
pub mod wide;
