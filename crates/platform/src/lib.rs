//! Operating-system calls, through rustix. The only crate that makes them.
//!
//! - [`fence`]: a store-load fence of which one side is free
//! - [`futex`]: sleeping on a word of shared memory
//! - [`memfd`]: shared memory without a name, and mappings of it

pub mod fence;
pub mod futex;
pub mod memfd;
