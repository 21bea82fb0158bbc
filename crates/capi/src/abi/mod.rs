//! All that differs between the two C interfaces.
//!
//! # Invariants
//! - Whatever a C program passes is translated here, and only here, to the
//!   engine's handles and to the engine's constants, which are the standard
//!   ABI's values; the [`Standard`] translation of constants is the identity.
//! - A dynamic handle is `3 << 30 | type << 26 | raw` in both ABIs, as `int` in
//!   the MPICH ABI, in the low half of the pointer in the standard ABI. That is
//!   outside everything that either ABI reserves.
//!
//! - [`export`](crate::export): the macro behind every exported function
//! - [`constants`]: both ABIs' values, generated
//! - [`handle`]: handles and their codes
//! - [`standard`], [`mpich`]: the two interfaces

pub mod constants;
mod export;
pub mod handle;
pub mod mpich;
pub mod standard;

pub use handle::CHandle;
pub use mpich::Mpich;
pub use standard::Standard;

use core::ffi::{c_int, c_void};

use engine::error::ErrorClass;
use engine::handle::{
    CommKind, DatatypeKind, ErrhandlerKind, FileKind, GroupKind, InfoKind, KeyvalId, MessageKind, OpKind,
    RequestKind, SessionKind, WinKind,
};
use engine::status::Status;

/// Sets of `int` constants whose values differ between the ABIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constants {
    Combiner,
    Comparison,
    Distribution,
    LockType,
    Seek,
    SplitType,
    ThreadLevel,
    ToolBinding,
    ToolClass,
    ToolOrdering,
    ToolSafety,
    ToolScope,
    ToolVerbosity,
    Topology,
    TypeClass,
    WinFlavor,
    WinModel,
}

/// How many recent error messages a code can name.
pub const MESSAGE_SLOTS: usize = 192;

/// One C interface.
pub trait Abi: Copy + Sized + 'static {
    type Comm: CHandle<Kind = CommKind>;
    type Datatype: CHandle<Kind = DatatypeKind>;
    type Errhandler: CHandle<Kind = ErrhandlerKind>;
    type File: CHandle<Kind = FileKind>;
    type Group: CHandle<Kind = GroupKind>;
    type Info: CHandle<Kind = InfoKind>;
    type Message: CHandle<Kind = MessageKind>;
    type Op: CHandle<Kind = OpKind>;
    type Request: CHandle<Kind = RequestKind>;
    type Session: CHandle<Kind = SessionKind>;
    type Win: CHandle<Kind = WinKind>;
    /// `MPI_Status`.
    type Status: CStatus;

    /// For people.
    const NAME: &'static str;
    /// What `MPI_Abi_get_version` answers.
    const ABI_VERSION: (c_int, c_int);
    const IN_PLACE: *const c_void;
    const BUFFER_AUTOMATIC: *const c_void;
    /// `MPI_STATUS_IGNORE` and `MPI_STATUSES_IGNORE`.
    const STATUS_IGNORE: *mut Self::Status;
    const ANY_SOURCE: c_int;
    const ANY_TAG: c_int;
    const PROC_NULL: c_int;
    const ROOT: c_int;
    const BSEND_OVERHEAD: c_int;
    const ERR_LASTCODE: c_int;
    const KEYVAL_INVALID: c_int;
    const MAX_INFO_KEY: usize;
    const MAX_INFO_VAL: usize;
    const MAX_OBJECT_NAME: usize;
    const MAX_PROCESSOR_NAME: usize;
    const MAX_ERROR_STRING: usize;
    const MAX_LIBRARY_VERSION_STRING: usize;
    const DISTRIBUTE_DFLT_DARG: c_int;
    /// Handle and name of every predefined datatype.
    const DATATYPES: &[(i64, &str)];
    const DISPLACEMENT_CURRENT: i64;
    const MAX_DATAREP_STRING: usize;

    fn unweighted() -> *const c_int;
    fn weights_empty() -> *const c_int;
    /// `MPI_COMM_DUP_FN` and its like, as an address.
    fn dup_fn() -> usize;
    /// `MPI_T_PVAR_ALL_HANDLES`.
    fn pvar_all_handles() -> *const c_void;

    /// A C constant as the engine's; what is no constant of the set is passed on.
    fn constant_in(set: Constants, value: c_int) -> c_int;
    /// An engine constant as C's.
    fn constant_out(set: Constants, value: c_int) -> c_int;
    /// A set of `MPI_MODE_` bits as the standard ABI's bits; negative if there
    /// is a bit that is no mode.
    fn modes_in(modes: c_int) -> c_int;
    fn modes_out(modes: c_int) -> c_int;

    /// The code of an error of `class` whose message is kept in `slot`.
    fn error_code(class: ErrorClass, slot: usize) -> c_int;
    /// Class number (this ABI's) and message slot of one of our codes. Any
    /// other number is returned as it is.
    fn split_error_code(code: c_int) -> (c_int, Option<usize>);
    fn class_out(class: ErrorClass) -> c_int;
    fn class_in(class: c_int) -> Option<ErrorClass>;

    fn keyval_in(keyval: c_int) -> Option<Keyval>;
    fn keyval_out(keyval: KeyvalId) -> c_int;

    /// A rank argument as the engine's.
    #[inline]
    fn rank_in(rank: c_int) -> c_int {
        if rank >= 0 {
            return rank;
        }
        match rank {
            rank if rank == Self::ANY_SOURCE => engine::status::ANY_SOURCE,
            rank if rank == Self::PROC_NULL => engine::status::PROC_NULL,
            rank if rank == Self::ROOT => engine::status::ROOT,
            // No rank in this ABI, though one of the engine's special numbers.
            engine::status::ROOT..=engine::status::ANY_SOURCE => c_int::MIN,
            // No rank, and said so with the number that the program gave.
            rank => rank,
        }
    }

    #[inline]
    fn rank_out(rank: c_int) -> c_int {
        match rank {
            engine::status::ANY_SOURCE => Self::ANY_SOURCE,
            engine::status::PROC_NULL => Self::PROC_NULL,
            engine::status::ROOT => Self::ROOT,
            rank => rank,
        }
    }

    #[inline]
    fn tag_in(tag: c_int) -> c_int {
        if tag >= 0 {
            return tag;
        }
        // Any other negative tag is none, and must not become `MPI_ANY_TAG`.
        match tag {
            tag if tag == Self::ANY_TAG => engine::status::ANY_TAG,
            engine::status::ANY_TAG => c_int::MIN,
            tag => tag,
        }
    }

    #[inline]
    fn tag_out(tag: c_int) -> c_int {
        if tag == engine::status::ANY_TAG { Self::ANY_TAG } else { tag }
    }

    /// Writes all of a status but its error, unless it is to be ignored. Only
    /// the empty status has an error, `MPI_SUCCESS` (MPI-5.0 section 3.7.3).
    ///
    /// # Safety
    /// `status` is `STATUS_IGNORE` or may be written.
    #[inline]
    unsafe fn put_status(status: *mut Self::Status, value: &Status) {
        if status != Self::STATUS_IGNORE {
            // SAFETY: the caller's promise.
            let status = unsafe { &mut *status };
            status.set(
                Self::rank_out(value.source),
                Self::tag_out(value.tag),
                value.bytes,
                value.is_cancelled(),
            );
            if *value == Status::EMPTY {
                // The empty status has no error (MPI-5.0 section 3.7.3).
                status.set_error(0);
            }
        }
    }
}

/// A keyval that a program passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyval {
    /// `MPI_TAG_UB` and its like: the standard ABI's number.
    Predefined(c_int),
    Dynamic(KeyvalId),
}

/// `MPI_Status` of an ABI; ranks and tags are the ABI's values.
pub trait CStatus: Copy {
    fn set(&mut self, source: c_int, tag: c_int, bytes: u64, cancelled: bool);
    fn set_error(&mut self, error: c_int);
    fn source(&self) -> c_int;
    fn tag(&self) -> c_int;
    fn error(&self) -> c_int;
    fn bytes(&self) -> u64;
    fn cancelled(&self) -> bool;
}

/// `count` split as both ABIs keep it: low word, and high word above the
/// cancelled bit.
pub(crate) fn split_count(bytes: u64, cancelled: bool) -> (c_int, c_int) {
    (bytes as u32 as c_int, ((bytes >> 32 << 1) as u32 | u32::from(cancelled)) as c_int)
}

pub(crate) fn join_count(low: c_int, high: c_int) -> u64 {
    u64::from(high as u32 >> 1) << 32 | u64::from(low as u32)
}

/// The pairs (standard, MPICH) of a set.
fn pairs(set: Constants) -> &'static [(i32, i32)] {
    match set {
        Constants::Combiner => constants::COMBINERS,
        Constants::Comparison => constants::COMPARISONS,
        Constants::Distribution => constants::DISTRIBUTIONS,
        Constants::LockType => constants::LOCK_TYPES,
        Constants::Seek => constants::SEEKS,
        Constants::SplitType => constants::SPLIT_TYPES,
        Constants::ThreadLevel => constants::THREAD_LEVELS,
        Constants::ToolBinding => constants::TOOL_BINDINGS,
        Constants::ToolClass => constants::TOOL_CLASSES,
        Constants::ToolOrdering => constants::TOOL_ORDERINGS,
        Constants::ToolSafety => constants::TOOL_SAFETIES,
        Constants::ToolScope => constants::TOOL_SCOPES,
        Constants::ToolVerbosity => constants::TOOL_VERBOSITIES,
        Constants::Topology => constants::TOPOLOGIES,
        Constants::TypeClass => constants::TYPE_CLASSES,
        Constants::WinFlavor => constants::WIN_FLAVORS,
        Constants::WinModel => constants::WIN_MODELS,
    }
}

#[cfg(test)]
mod tests;
