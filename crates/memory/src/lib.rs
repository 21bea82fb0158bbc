//! Shared segments, rings, buffers and the kernels that copy, pack and reduce.
//!
//! - [`buffer`]: memory lent by a caller, with the proof that it may be used
//! - [`copy`]: copy kernels, chosen at run time
//! - [`kernels`]: strided copies and reductions

pub mod buffer;
pub mod copy;
pub mod kernels;
