//! What a completed operation reports (MPI-5.0 section 3.2.5).

/// Matches any source. The engine's own values of these constants are the
/// standard ABI's; `capi` translates where an ABI differs.
pub const ANY_SOURCE: i32 = -1;
/// Matches any tag.
pub const ANY_TAG: i32 = -2;
/// The process that is not there: communication with it completes at once.
pub const PROC_NULL: i32 = -3;
/// The root's own mark in an intercommunicator collective.
pub const ROOT: i32 = -4;
/// "No answer" of enquiry functions.
pub const UNDEFINED: i32 = -32766;

/// Source, tag and size of a message, and whether it was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Rank in the communicator (of the remote group for an
    /// intercommunicator), `ANY_SOURCE` when empty, or `PROC_NULL`.
    pub source: i32,
    pub tag: i32,
    /// Bytes received.
    pub bytes: u64,
    pub cancelled: Cancelled,
}

/// Whether the operation was given up before it began. A whole word: what holds a
/// single byte is moved in pieces, and a load of several pieces waits until all of
/// them are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Cancelled {
    No,
    Yes,
}

impl Status {
    /// Of a null or inactive request, and of a send.
    pub const EMPTY: Self = Self::of(ANY_SOURCE, ANY_TAG, 0);
    /// Of a receive from `PROC_NULL`.
    pub const PROC_NULL: Self = Self::of(PROC_NULL, ANY_TAG, 0);
    /// Of an operation that was given up.
    pub const CANCELLED: Self = Self { cancelled: Cancelled::Yes, ..Self::EMPTY };

    /// Of a message of so many bytes.
    pub const fn of(source: i32, tag: i32, bytes: u64) -> Self {
        Self { source, tag, bytes, cancelled: Cancelled::No }
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled == Cancelled::Yes
    }
}
