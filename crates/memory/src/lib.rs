//! Shared segments, rings, buffers and the kernels that copy, pack and reduce.
//!
//! - [`activity`]: what a rank is doing, for the launcher's reports
//! - [`alias`]: processes of other jobs among the slots of a job
//! - [`arena`]: shared memory that ranks give to one another while they run
//! - [`asymmetric`]: a fence that costs one side nothing and the other one much
//! - [`atomic`]: the atomics, or a model checker's
//! - [`board`]: where the ranks of a communicator meet in collective operations
//! - [`buffer`]: memory lent by a caller, with the proof that it may be used
//! - [`copy`]: copy kernels, chosen at run time
//! - [`doorbell`]: the one waiting place of a rank
//! - [`futex`]: a word to sleep on, the kernel's or a model checker's
//! - [`job`]: the job table and the memory file around it
//! - [`lend`]: borrowed slices as buffers, checked instead of promised
//! - [`lock`]: the lock around the engine's state
//! - [`mapped`]: rings over a job's memory
//! - [`prefetch`]: hints about what comes next
//! - [`ring`]: a bounded queue of packets from one process to another
//! - [`kernels`]: strided copies and reductions
//! - [`window`]: what the ranks of a window share besides its memory
//!
//! Under `cfg(loom)` and `cfg(shuttle)` what lies in shared mappings is left out:
//! a model checker's atomics are larger than the words that they stand for.

pub mod activity;
#[cfg(not(any(loom, shuttle)))]
pub mod alias;
#[cfg(not(any(loom, shuttle)))]
pub mod arena;
pub mod asymmetric;
pub mod atomic;
pub mod board;
pub mod buffer;
pub mod copy;
pub mod doorbell;
pub mod futex;
#[cfg(not(any(loom, shuttle)))]
pub mod job;
pub mod kernels;
pub mod lend;
pub mod lock;
#[cfg(not(any(loom, shuttle)))]
pub mod mapped;
pub mod prefetch;
pub mod ring;
pub mod window;
