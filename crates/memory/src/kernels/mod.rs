//! The loops that touch user data: strided copies and reductions.
//!
//! Every function here is safe to call: offsets are checked against the lent
//! range of the buffer once per call, and the loops run unchecked after that.
//!
//! - [`element`]: how one basic element is stored

pub mod element;

pub use element::Element;

/// `len` bytes that start `offset` bytes from a buffer's base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub offset: isize,
    pub len: usize,
}
