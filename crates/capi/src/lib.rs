//! The C entry points of MPI, each written once, for every C interface.
//!
//! A function of MPI is `pub unsafe fn` of its name without `MPI_`, in the
//! module of its chapter; `cargo xtask codegen` finds it there and exports it.
//!
//! - [`abi`]: all that differs between the C interfaces
//! - [`call`]: what every entry point does first and last
//! - [`errors`]: from an error to a code
//! - [`runtime`]: the process, from init to finalize
//! - [`wide`]: arguments of functions with a large-count form
//! - [`unsupported`]: functions that do not work yet
//! - the chapters: [`attribute`], [`collective`], [`comm`], [`convert`],
//!   [`datatype`], [`dynamic`], [`environment`], [`errhandler`], [`file`], [`group`],
//!   [`info`], [`op`], [`point_to_point`], [`session`], [`status`], [`topology`], [`window`],
//!   [`world`]

#![allow(clippy::too_many_arguments)] // The signatures are the standard's.

pub mod abi;
pub mod attribute;
pub mod call;
pub mod collective;
pub mod comm;
pub mod convert;
pub mod datatype;
pub mod dynamic;
pub mod environment;
pub mod errhandler;
pub mod errors;
pub mod file;
pub mod group;
pub mod info;
pub mod op;
pub mod point_to_point;
pub mod runtime;
pub mod session;
pub mod status;
pub mod topology;
pub mod unsupported;
pub mod wide;
pub mod window;
pub mod world;
