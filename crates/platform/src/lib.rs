//! Operating-system calls, through rustix. The only crate that makes them.
//!
//! - [`barrier`]: memory barriers in other processes' threads
//! - [`clock`]: what time it is
//! - [`file`]: files that programs read and write, and locks on them
//! - [`futex`]: sleeping on a word of shared memory
//! - [`host`]: what this machine is and what its kernel allows
//! - [`local_socket`]: streams between processes of one user
//! - [`memfd`]: shared memory without a name, and mappings of it
//! - [`process`]: starting, adopting and reaping processes
//! - [`process_memory`]: memory of another process
//! - [`process_signal`]: signals as events, and their names
//! - [`process_tree`]: who descends from whom
//! - [`topology`]: the processors that we may use

pub mod barrier;
pub mod clock;
pub mod file;
pub mod futex;
pub mod host;
pub mod local_socket;
pub mod memfd;
pub mod process;
pub mod process_memory;
pub mod process_signal;
pub mod process_tree;
pub mod topology;
