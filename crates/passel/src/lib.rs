//! Message passing between the processes of a job: an MPI for Rust.
//!
//! ```
//! use passel::{Op, Source, Tag};
//!
//! let world = passel::init()?;
//! let (rank, size) = (world.rank(), world.size());
//!
//! // To the next rank, from whoever comes first.
//! let mut from = [0];
//! let status = world.sendrecv(&[rank], (rank + 1) % size, 7, &mut from, Source::Any, Tag::Any)?;
//! assert_eq!(from, [status.source]);
//!
//! let squares = world.allgather(&[rank * rank])?;
//! let sum = world.allreduce(&[1.5], Op::Sum)?;
//! assert_eq!((squares.len(), sum), (size, vec![1.5 * size as f64]));
//! # Ok::<(), passel::Error>(())
//! ```
//!
//! Run it with `mpiexec -n 4 program`; without `mpiexec` a program is a job of
//! one. There is no C in between, and no C library is needed: ranks of this
//! crate talk to each other through the same engine that is behind Passel's
//! `mpi.h`.
//!
//! - [`init`] joins the job, [`World`] is the job and its communicator.
//! - [`Communicator`] sends, receives, and does collective operations.
//! - [`Communicator::scope`] starts operations that go on meanwhile.
//! - [`Element`] is what messages are made of.
//!
//! # What is checked
//! A buffer is lent for the time of an operation, and the compiler sees to it
//! that nobody else uses it. That both sides mean the same element type is not
//! checked, only that the number of bytes fits.
//!
//! # Panics and errors
//! Every call returns a [`Result`]. A rank that panics, or returns an error
//! from `main`, ends the job: see [`World`].
//!
//! # Threads
//! All threads of a process may call at any time (`MPI_THREAD_MULTIPLE`).
//!
//! # What there is not
//! Calls wait, or belong to a [`Communicator::scope`]; there are no `async`
//! ones. Derived datatypes, intercommunicators, topologies, one-sided
//! communication and files have no interface here.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod collective;
mod communicator;
mod element;
mod error;
mod op;
mod point_to_point;
mod scope;
mod status;
mod world;

pub use communicator::Communicator;
pub use element::{Element, Number};
pub use error::{Error, ErrorClass, Result};
pub use num_complex::Complex;
pub use op::{Combine, Op};
pub use scope::{RecvRequest, Scope, SendRequest};
pub use status::{Source, Status, Tag};
pub use world::{World, init};
