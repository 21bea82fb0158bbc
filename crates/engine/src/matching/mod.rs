//! Which message meets which receive (MPI-5.0 section 3.5).
//!
//! # Invariants
//! - A message and a receive that could match never wait at the same time.
//! - Messages of one sender in one context are matched in the order in which
//!   they were sent; receives in the order in which they were posted.
//! - Looking up by source touches only that source's lists: each context keeps
//!   a lane per source with the receives that name it and the messages that
//!   came from it, a list of the receives from any source, and all messages
//!   once more in order of arrival.
//!
//! - [`list`]: linked lists in a slab
//! - [`matcher`]: the queues of all contexts

pub mod list;
pub mod matcher;

pub use matcher::{Matcher, Posted, Unexpected, Waiting};
