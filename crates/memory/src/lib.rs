//! Shared segments, rings, buffers and the kernels that copy, pack and reduce.
//!
//! - [`buffer`]: memory lent by a caller, with the proof that it may be used
//! - [`copy`]: copy kernels, chosen at run time

pub mod buffer;
pub mod copy;
