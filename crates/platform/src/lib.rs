//! Operating-system calls, through rustix. The only crate that makes them.
//!
//! - [`futex`]: sleeping on a word of shared memory
//! - [`memfd`]: shared memory without a name, and mappings of it

pub mod futex;
pub mod memfd;
