//! Communicators (MPI-5.0 chapter 7).
//!
//! # Invariants
//! - What a message needs is in [`CommCore`], immutable and shared: operations
//!   under way keep it after the user has freed the communicator.
//! - No two communicators of a process have the same context id, and all
//!   members of a communicator know it under the same one: see [`context`].
//! - Making a communicator is an `async fn` over point-to-point ports, like
//!   every collective operation, and yields the core of the new one.
//!
//! - [`core`](self): what a message needs to know
//! - [`object`]: the communicator behind a handle
//! - [`topology`]: the neighbours that a communicator was given
//! - [`context`]: agreeing on context ids
//! - [`create`]: duplicates, parts
//! - [`hints`]: what a program promises not to do
//! - [`intercomm`]: two groups
//! - [`split_type`]: parts that follow the hardware
//! - [`words`]: small exchanges of numbers

pub mod context;
pub(crate) mod core;
pub mod create;
pub mod hints;
pub mod intercomm;
pub mod object;
pub mod split_type;
#[cfg(test)]
mod tests;
pub mod topology;
pub mod words;

pub use context::{Contexts, Key};
pub use core::{CommCore, parentless_creation};
pub use object::{Comm, Number, SELF, WORLD, compare};
