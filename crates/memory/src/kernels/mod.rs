//! The loops that touch user data: strided copies and reductions.
//!
//! Every function here is safe to call: offsets are checked against the lent
//! range of the buffer once per call, and the loops run unchecked after that.
//!
//! - [`element`]: how one basic element is stored
//! - [`binary128`]: the bits of `long double` and of binary128
//! - [`single`]: elements changed by one load and one store each
//! - [`strided`]: copies of equal blocks at regular distances
//! - [`list`]: copies of blocks at arbitrary places
//! - [`reduce`]: reductions of elements

pub mod binary128;
pub mod element;
pub mod list;
pub mod reduce;
pub mod single;
pub mod strided;

pub use element::Element;
pub use reduce::{Operator, combine, reduce};
