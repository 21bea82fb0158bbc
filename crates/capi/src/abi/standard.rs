//! The MPI-5 standard ABI: `libmpi_abi.so.1`.

use core::ffi::{c_int, c_void};

use engine::error::ErrorClass;
use engine::handle::{
    CommKind, DatatypeKind, ErrhandlerKind, FileKind, GroupKind, InfoKind, KeyvalId, MessageKind, OpKind,
    RequestKind, SessionKind, WinKind,
};

use super::constants::standard as c;
use super::handle::{StandardHandle, keyval_code, keyval_from_code};
use super::{Abi, CStatus, Constants, Keyval, MESSAGE_SLOTS, join_count, split_count};

#[derive(Clone, Copy)]
pub struct Standard;

/// `MPI_Status`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct StandardStatus {
    pub source: c_int,
    pub tag: c_int,
    pub error: c_int,
    internal: [c_int; 5],
}

const _: () = assert!(size_of::<StandardStatus>() == 32 && align_of::<StandardStatus>() == 4);

impl CStatus for StandardStatus {
    fn set(&mut self, source: c_int, tag: c_int, bytes: u64, cancelled: bool) {
        (self.source, self.tag) = (source, tag);
        (self.internal[0], self.internal[1]) = split_count(bytes, cancelled);
    }
    fn set_error(&mut self, error: c_int) {
        self.error = error;
    }
    fn source(&self) -> c_int {
        self.source
    }
    fn tag(&self) -> c_int {
        self.tag
    }
    fn error(&self) -> c_int {
        self.error
    }
    fn bytes(&self) -> u64 {
        join_count(self.internal[0], self.internal[1])
    }
    fn cancelled(&self) -> bool {
        self.internal[1] & 1 != 0
    }
}

/// Codes with a message begin here: above every class, `MPI_T` ones included.
const FIRST_CODE: c_int = 2048;
/// Class numbers of codes with a message are below this.
const CLASSES: c_int = 64;

const _: () = assert!(FIRST_CODE + CLASSES * MESSAGE_SLOTS as c_int <= c::MPI_ERR_LASTCODE as c_int);

impl Abi for Standard {
    type Comm = StandardHandle<CommKind>;
    type Datatype = StandardHandle<DatatypeKind>;
    type Errhandler = StandardHandle<ErrhandlerKind>;
    type File = StandardHandle<FileKind>;
    type Group = StandardHandle<GroupKind>;
    type Info = StandardHandle<InfoKind>;
    type Message = StandardHandle<MessageKind>;
    type Op = StandardHandle<OpKind>;
    type Request = StandardHandle<RequestKind>;
    type Session = StandardHandle<SessionKind>;
    type Win = StandardHandle<WinKind>;
    type Status = StandardStatus;

    const NAME: &'static str = "MPI-5.0 standard ABI";
    const ABI_VERSION: (c_int, c_int) = (c::MPI_ABI_VERSION as c_int, c::MPI_ABI_SUBVERSION as c_int);
    const IN_PLACE: *const c_void = c::MPI_IN_PLACE as usize as *const c_void;
    const BUFFER_AUTOMATIC: *const c_void = c::MPI_BUFFER_AUTOMATIC as usize as *const c_void;
    const STATUS_IGNORE: *mut StandardStatus = c::MPI_STATUS_IGNORE as usize as *mut StandardStatus;
    const ANY_SOURCE: c_int = c::MPI_ANY_SOURCE as c_int;
    const ANY_TAG: c_int = c::MPI_ANY_TAG as c_int;
    const PROC_NULL: c_int = c::MPI_PROC_NULL as c_int;
    const ROOT: c_int = c::MPI_ROOT as c_int;
    const BSEND_OVERHEAD: c_int = c::MPI_BSEND_OVERHEAD as c_int;
    const ERR_LASTCODE: c_int = c::MPI_ERR_LASTCODE as c_int;
    const KEYVAL_INVALID: c_int = c::MPI_KEYVAL_INVALID as c_int;
    const MAX_INFO_KEY: usize = c::MPI_MAX_INFO_KEY as usize;
    const MAX_INFO_VAL: usize = c::MPI_MAX_INFO_VAL as usize;
    const MAX_OBJECT_NAME: usize = c::MPI_MAX_OBJECT_NAME as usize;
    const MAX_PROCESSOR_NAME: usize = c::MPI_MAX_PROCESSOR_NAME as usize;
    const MAX_ERROR_STRING: usize = c::MPI_MAX_ERROR_STRING as usize;
    const MAX_LIBRARY_VERSION_STRING: usize = c::MPI_MAX_LIBRARY_VERSION_STRING as usize;
    const DISTRIBUTE_DFLT_DARG: c_int = c::MPI_DISTRIBUTE_DFLT_DARG as c_int;
    const DATATYPES: &[(i64, &str)] = c::DATATYPES;
    const DISPLACEMENT_CURRENT: i64 = c::MPI_DISPLACEMENT_CURRENT;
    const MAX_DATAREP_STRING: usize = c::MPI_MAX_DATAREP_STRING as usize;

    fn unweighted() -> *const c_int {
        c::MPI_UNWEIGHTED as usize as *const c_int
    }
    fn weights_empty() -> *const c_int {
        c::MPI_WEIGHTS_EMPTY as usize as *const c_int
    }
    fn dup_fn() -> usize {
        c::MPI_COMM_DUP_FN as usize
    }
    fn pvar_all_handles() -> *const c_void {
        c::MPI_T_PVAR_ALL_HANDLES as usize as *const c_void
    }

    fn constant_in(_set: Constants, value: c_int) -> c_int {
        value
    }
    fn constant_out(_set: Constants, value: c_int) -> c_int {
        value
    }
    fn modes_in(modes: c_int) -> c_int {
        modes
    }
    fn modes_out(modes: c_int) -> c_int {
        modes
    }

    fn error_code(class: ErrorClass, slot: usize) -> c_int {
        match class as c_int {
            number if number < CLASSES => FIRST_CODE + (slot % MESSAGE_SLOTS) as c_int * CLASSES + number,
            // The MPI_T classes are codes themselves.
            number => number,
        }
    }
    fn split_error_code(code: c_int) -> (c_int, Option<usize>) {
        let above = code.wrapping_sub(FIRST_CODE);
        if (0..CLASSES * MESSAGE_SLOTS as c_int).contains(&above) {
            return (above % CLASSES, Some((above / CLASSES) as usize));
        }
        (code, None)
    }
    fn class_out(class: ErrorClass) -> c_int {
        class as c_int
    }
    fn class_in(class: c_int) -> Option<ErrorClass> {
        ErrorClass::ALL.iter().copied().find(|&known| known as c_int == class)
    }

    fn keyval_in(keyval: c_int) -> Option<Keyval> {
        if super::constants::KEYVALS.iter().any(|&(standard, _)| standard == keyval) {
            return Some(Keyval::Predefined(keyval));
        }
        keyval_from_code(keyval).map(Keyval::Dynamic)
    }
    fn keyval_out(keyval: KeyvalId) -> c_int {
        keyval_code(keyval)
    }
}
