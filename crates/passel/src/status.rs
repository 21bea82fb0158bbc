//! From whom, and what came.

use engine::status::{ANY_SOURCE, ANY_TAG};

use crate::Element;

/// Whose message to receive: a rank, or [`Source::Any`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Whoever sends (`MPI_ANY_SOURCE`).
    Any,
    /// This rank of the communicator.
    Rank(usize),
}

impl From<usize> for Source {
    fn from(rank: usize) -> Self {
        Self::Rank(rank)
    }
}

impl Source {
    /// As the engine has it. No rank is as large as `i32::MAX`.
    pub(crate) fn to_engine(self) -> i32 {
        match self {
            Self::Any => ANY_SOURCE,
            Self::Rank(rank) => i32::try_from(rank).unwrap_or(i32::MAX),
        }
    }
}

/// Which message to receive: one with this tag, or [`Tag::Any`]. Tags are 0 to
/// `i32::MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Whatever tag (`MPI_ANY_TAG`).
    Any,
    /// This tag.
    Is(i32),
}

impl From<i32> for Tag {
    fn from(tag: i32) -> Self {
        Self::Is(tag)
    }
}

/// What is known of a message (MPI-5.0 section 3.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The sender's rank in the communicator.
    pub source: usize,
    /// The tag it was sent with.
    pub tag: i32,
    /// Its length.
    pub bytes: usize,
}

impl Status {
    /// Of a message that was received: it has a sender.
    pub(crate) fn of(status: &engine::status::Status) -> Self {
        debug_assert!(status.source >= 0 && status.tag != ANY_TAG, "{status:?} is of no message");
        Self { source: status.source as usize, tag: status.tag, bytes: status.bytes as usize }
    }

    /// How many elements the message has; `None` when its bytes are no whole
    /// number of them.
    pub fn count<T: Element>(&self) -> Option<usize> {
        match size_of::<T>() {
            0 => (self.bytes == 0).then_some(0),
            size => self.bytes.is_multiple_of(size).then_some(self.bytes / size),
        }
    }
}
