//! Attributes: what users hang on communicators, datatypes and windows
//! (MPI-5.0 section 7.7).
//!
//! # Invariants
//! - Callbacks run without the engine's lock, so every operation that may call
//!   one looks, calls, and looks again: see [`operation`].
//! - A keyval lives until the user has freed it and no attribute uses it; until
//!   then its number is not given to another one.
//! - Attributes of an object are deleted in the reverse order of their setting.
//!
//! - [`keyval`]: keyvals and their callbacks
//! - [`predefined`]: the attributes that MPI itself sets
//! - [`set`]: the attributes of one object
//! - [`operation`]: setting, deleting and copying, with callbacks

pub mod keyval;
pub mod operation;
pub mod predefined;
pub mod set;

pub use keyval::{AttributeCallbacks, AttributeOf, Keyvals};
pub use operation::{Failure, Store};
pub use predefined::PredefinedAttribute;
pub use set::AttributeSet;
