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
//! - `construct`, `array`, `parametric`: the constructors
//! - `elements`: counting basic elements, and visiting them
//! - `kept`: those that operations keep
//! - `layout`: the committed form
//! - `walk`: walking over a part of a layout
//! - `cursor`: packing, unpacking and copying, at once or in chunks
//! - `external`: the external32 representation
//! - `in_file`: datatypes over basic elements of other sizes

mod array;
mod bounds;
mod construct;
mod contents;
mod cursor;
pub mod data;
mod elements;
mod external;
mod in_file;
mod kept;
mod layout;
mod parametric;
pub mod predefined;
#[cfg(test)]
mod tests;
mod typemap;
mod walk;

pub use array::{Darray, Distribution, Order};
pub use contents::{Combiner, Contents, Counts};
pub use cursor::Cursor;
pub use data::{RecvData, SendData, Shape};
pub use elements::BasicRun;
pub use kept::Kept;
pub use parametric::{F90, TypeClass, match_size, value_index};
pub use typemap::{Datatype, predefined_datatype};

pub use crate::handle::{DatatypeId, DatatypeKind};
