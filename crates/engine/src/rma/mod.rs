//! One-sided communication (MPI-5.0 chapter 12).
//!
//! Nothing here is a message: an origin reads and writes the target's memory
//! itself, so targets that compute need not take part. There are four ways to
//! it, and the target's own description of its memory, which all ranks learn
//! when the window is made, decides which one all origins go:
//!
//! - memory that all ranks map (`MPI_Win_allocate`, `MPI_Win_allocate_shared`,
//!   and `MPI_Win_create` on memory of `MPI_Alloc_mem`): loads and stores;
//! - the program's own memory, and what it attaches to a dynamic window:
//!   `process_vm_readv` and `process_vm_writev`, if a probe of the pair shows
//!   that the kernel permits it;
//! - where it does not (containers and hardened kernels deny it), a thread of
//!   the target that sleeps until it is asked, and copies. It was chosen over
//!   messages because it needs neither the engine nor its lock, so it serves
//!   while the target computes, and while it waits;
//! - a rank's own memory: directly.
//!
//! # Invariants
//! - Put, get and accumulate are complete, at origin and target, when they
//!   return; flushing orders, and waits for nothing.
//! - Every access is checked at its origin against what the target has said of
//!   its memory, and against the epochs of the origin.
//! - Accumulates go through the gate of the target's memory
//!   (`memory::window::gate`), one at a time, whichever way an origin goes and
//!   whatever the elements are; inside, memory is read and written by plain
//!   accesses.
//! - Control blocks and allocated memory belong to rank 0 of the window, which
//!   gives them back when every rank has let go.
//! - The state lock guards epochs; long accesses run without it.
//!
//! - [`window`]: the window, and what its ranks know of each other's memory
//! - [`create`]: making one
//! - [`hints`]: info hints
//! - [`epoch`]: which calls are allowed when
//! - [`synchronise`]: fences, post and start, locks
//! - [`near`]: accesses to few bytes in mapped memory
//! - [`access`]: put and get
//! - [`accumulate`]: accumulates, fetch-and-op, compare-and-swap
//! - [`attach`]: memory of dynamic windows
//! - `remote`: memory of another process that is not shared

pub mod access;
pub mod accumulate;
pub mod attach;
pub mod create;
pub mod epoch;
pub mod hints;
pub mod near;
mod remote;
pub mod synchronise;
pub mod window;
