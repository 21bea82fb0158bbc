//! Files (MPI-5.0 chapter 14).
//!
//! # Invariants
//! - No system call is made here: they come in through [`Storage`], and calls
//!   that may wait are made where a [`Runner`] makes them.
//! - A byte that nobody asked to write is never written: there is no
//!   read-modify-write, so writes to other places need no locks, whoever makes
//!   them. Reads may read more than was asked for.
//! - Data count in bytes of the view, as they lie in the file; etypes are
//!   translated where a call enters.
//! - What the ranks have to agree on, they tell each other: a collective call
//!   fails on all ranks or on none.
//!
//! - [`mode`]: access modes
//! - [`hints`]: what info objects say of files
//! - [`storage`]: the system calls, and their errors
//! - [`view`]: which bytes of a file a process sees
//! - [`representation`]: how data are represented in a file
//! - [`pointer`]: the shared file pointer, and seeking
//! - [`independent`]: access by one process
//! - [`two_phase`]: access by all, through aggregators
//! - [`operation`]: from a program's data to its status
//! - `window`: what an aggregator does at once
//! - `coverage`, `runs`: which bytes of a window are accessed, and telling it
//! - [`agree`]: fails on all ranks or on none
//! - [`object`]: an open file

pub mod agree;
mod coverage;
pub mod hints;
pub mod independent;
pub mod mode;
pub mod object;
pub mod operation;
pub mod pointer;
pub mod representation;
mod runs;
pub mod storage;
#[cfg(test)]
mod tests;
pub mod two_phase;
pub mod view;
mod window;

pub use object::{FileEntry, OpenFile};
pub use storage::{Inline, Runner, Storage};
pub use view::View;
