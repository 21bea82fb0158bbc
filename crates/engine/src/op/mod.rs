//! Reduction operations (MPI-5.0 section 6.9).
//!
//! An [`Op`] computes `inout = input op inout`, the input coming from the
//! lower ranks. A predefined operation runs a kernel of `memory`; a user's
//! function is called through a trait that `capi` implements, and so is never
//! called under the engine's lock: whoever reduces does it outside.
//!
//! - `predefined`: names, order of handles, and what is allowed for what
//! - `operation`: the operation object, and applying it

mod operation;
mod predefined;

pub use operation::{Op, UserFunction};
pub use predefined::{PREDEFINED, PredefinedOp, for_accumulate, index_of, is_allowed};
