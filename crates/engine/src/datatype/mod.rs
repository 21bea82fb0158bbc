//! Datatypes (MPI-5.0 chapter 5).
//!
//! A [`Datatype`] is immutable and shared by `Arc`. It is a tree that follows
//! its constructors; committing it folds the tree into a layout of strided
//! blocks. Packed bytes always come in typemap order, whatever the layout.
//! Displacements are `i64` bytes, and arithmetic on what a user passes is
//! checked where it enters: inside, no sum overflows.
//!
//! - [`predefined`]: the table of predefined datatypes
//! - [`data`]: payload descriptions, lent memory and what lies in it
//! - `typemap`: the datatype object
//! - `bounds`: size, bounds and extents
//! - `contents`: how a datatype was made
//! - `layout`: the committed form

mod bounds;
mod contents;
pub mod cursor;
pub mod data;
mod layout;
pub mod predefined;
mod typemap;

pub use contents::{Combiner, Contents, Counts};
pub use data::{RecvData, SendData, Shape};
pub use typemap::{Datatype, predefined_datatype};

/// A handle of a datatype. The predefined ones are the positions in
/// [`predefined::TABLE`], counted from 1.
pub use crate::handle::{DatatypeId, DatatypeKind};
