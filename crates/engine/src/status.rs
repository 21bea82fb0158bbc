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
    pub cancelled: bool,
}

impl Status {
    /// Of a null or inactive request, and of a send.
    pub const EMPTY: Self = Self { source: ANY_SOURCE, tag: ANY_TAG, bytes: 0, cancelled: false };
    /// Of a receive from `PROC_NULL`.
    pub const PROC_NULL: Self = Self { source: PROC_NULL, tag: ANY_TAG, bytes: 0, cancelled: false };
}
