//! The MPICH ABI: `libmpi.so.12`.

use core::ffi::{c_int, c_void};

use engine::error::ErrorClass;
use engine::handle::{
    CommKind, DatatypeKind, ErrhandlerKind, GroupKind, InfoKind, KeyvalId, MessageKind, OpKind, RequestKind,
    SessionKind, WinKind,
};

use super::constants::{self, mpich as c};
use super::handle::{MpichFile, MpichHandle, keyval_code, keyval_from_code};
use super::{Abi, CStatus, Constants, Keyval, MESSAGE_SLOTS, join_count, pairs, split_count};

#[derive(Clone, Copy)]
pub struct Mpich;

/// `MPI_Status`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct MpichStatus {
    count_lo: c_int,
    count_hi_and_cancelled: c_int,
    pub source: c_int,
    pub tag: c_int,
    pub error: c_int,
}

const _: () = assert!(size_of::<MpichStatus>() == 20 && align_of::<MpichStatus>() == 4);

impl CStatus for MpichStatus {
    fn set(&mut self, source: c_int, tag: c_int, bytes: u64, cancelled: bool) {
        (self.source, self.tag) = (source, tag);
        (self.count_lo, self.count_hi_and_cancelled) = split_count(bytes, cancelled);
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
        join_count(self.count_lo, self.count_hi_and_cancelled)
    }
    fn cancelled(&self) -> bool {
        self.count_hi_and_cancelled & 1 != 0
    }
}

/// A code is its class in the low 7 bits and the message's slot, counted from
/// 1, above bit 8.
const CLASS_MASK: c_int = 0x7f;
const SLOT_SHIFT: u32 = 8;

const _: () = assert!((MESSAGE_SLOTS as c_int) << SLOT_SHIFT <= c::MPI_ERR_LASTCODE as c_int);

/// Data symbols of `libmpi.so.12`. Programs look at their value, which is the
/// address of an object of ours.
pub mod symbols {
    use core::ffi::{c_int, c_void};
    use core::sync::atomic::AtomicPtr;

    /// A constant pointer that C programs link to.
    #[repr(transparent)]
    pub struct Pointer(pub *const c_void);

    // SAFETY: never written, never followed.
    unsafe impl Sync for Pointer {}

    static UNWEIGHTED: c_int = 0;
    static EMPTY: c_int = 1;
    static ALL_HANDLES: c_int = 0;
    static F08_STATUS: [c_int; 5] = [0; 5];
    static F08_STATUSES: [c_int; 5] = [0; 5];

    // Linked into the standard library too; its version script hides them.
    macro_rules! pointers {
        ($($name:ident = $value:expr;)*) => {
            $(
                #[unsafe(no_mangle)]
                pub static $name: Pointer = Pointer($value);
            )*
        };
    }

    pointers! {
        MPI_UNWEIGHTED = (&raw const UNWEIGHTED).cast();
        MPI_WEIGHTS_EMPTY = (&raw const EMPTY).cast();
        MPI_T_PVAR_ALL_HANDLES = (&raw const ALL_HANDLES).cast();
        MPI_F08_STATUS_IGNORE = (&raw const F08_STATUS).cast();
        MPI_F08_STATUSES_IGNORE = (&raw const F08_STATUSES).cast();
    }

    /// Where Fortran's ignored statuses are; a Fortran library writes it here
    /// when it is initialised, so they are variables.
    #[unsafe(no_mangle)]
    pub static MPI_F_STATUS_IGNORE: AtomicPtr<c_int> = AtomicPtr::new(core::ptr::null_mut());
    #[unsafe(no_mangle)]
    pub static MPI_F_STATUSES_IGNORE: AtomicPtr<c_int> = AtomicPtr::new(core::ptr::null_mut());

    /// `MPI_COMM_DUP_FN` and its like: copies the attribute as it is.
    ///
    /// # Safety
    /// `value_out` and `flag` may be written.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn MPIR_Dup_fn(
        _object: c_int,
        _keyval: c_int,
        _extra_state: *mut c_void,
        value_in: *mut c_void,
        value_out: *mut *mut c_void,
        flag: *mut c_int,
    ) -> c_int {
        // SAFETY: the caller's promise.
        unsafe {
            *value_out = value_in;
            *flag = 1;
        }
        0
    }
}

fn lookup(table: &[(i32, i32)], standard: c_int) -> Option<c_int> {
    table.iter().find(|&&(known, _)| known == standard).map(|&(_, mpich)| mpich)
}

fn reverse_lookup(table: &[(i32, i32)], mpich: c_int) -> Option<c_int> {
    table.iter().find(|&&(_, known)| known == mpich).map(|&(standard, _)| standard)
}

impl Abi for Mpich {
    type Comm = MpichHandle<CommKind>;
    type Datatype = MpichHandle<DatatypeKind>;
    type Errhandler = MpichHandle<ErrhandlerKind>;
    type File = MpichFile;
    type Group = MpichHandle<GroupKind>;
    type Info = MpichHandle<InfoKind>;
    type Message = MpichHandle<MessageKind>;
    type Op = MpichHandle<OpKind>;
    type Request = MpichHandle<RequestKind>;
    type Session = MpichHandle<SessionKind>;
    type Win = MpichHandle<WinKind>;
    type Status = MpichStatus;

    const NAME: &'static str = "MPICH ABI";
    const ABI_VERSION: (c_int, c_int) = (-1, -1);
    const IN_PLACE: *const c_void = c::MPI_IN_PLACE as usize as *const c_void;
    const BUFFER_AUTOMATIC: *const c_void = c::MPI_BUFFER_AUTOMATIC as usize as *const c_void;
    const STATUS_IGNORE: *mut MpichStatus = c::MPI_STATUS_IGNORE as usize as *mut MpichStatus;
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
        symbols::MPI_UNWEIGHTED.0.cast()
    }
    fn weights_empty() -> *const c_int {
        symbols::MPI_WEIGHTS_EMPTY.0.cast()
    }
    fn dup_fn() -> usize {
        symbols::MPIR_Dup_fn as *const () as usize
    }
    fn pvar_all_handles() -> *const c_void {
        symbols::MPI_T_PVAR_ALL_HANDLES.0
    }

    fn constant_in(set: Constants, value: c_int) -> c_int {
        reverse_lookup(pairs(set), value).unwrap_or(if value == c::MPI_UNDEFINED as c_int {
            value
        } else {
            c_int::MIN
        })
    }
    fn constant_out(set: Constants, value: c_int) -> c_int {
        lookup(pairs(set), value).unwrap_or(value)
    }
    fn modes_in(modes: c_int) -> c_int {
        let known = constants::MODES.iter().fold(0, |all, &(_, mpich)| all | mpich);
        let bits = constants::MODES.iter().filter(|&&(_, mpich)| modes & mpich != 0);
        let standard = bits.map(|&(standard, _)| standard).sum::<c_int>();
        // What is no mode must not be dropped in silence.
        if modes & !known == 0 { standard } else { standard | c_int::MIN }
    }
    fn modes_out(modes: c_int) -> c_int {
        constants::MODES.iter().filter(|&&(standard, _)| modes & standard != 0).map(|&(_, mpich)| mpich).sum()
    }

    fn error_code(class: ErrorClass, slot: usize) -> c_int {
        Self::class_out(class) | ((slot % MESSAGE_SLOTS) as c_int + 1) << SLOT_SHIFT
    }
    fn split_error_code(code: c_int) -> (c_int, Option<usize>) {
        match (code >> SLOT_SHIFT) as usize {
            slot @ 1..=MESSAGE_SLOTS => (code & CLASS_MASK, Some(slot - 1)),
            _ => (code, None),
        }
    }
    fn class_out(class: ErrorClass) -> c_int {
        lookup(constants::ERROR_CLASSES, class as c_int).unwrap_or(c::MPI_ERR_OTHER as c_int)
    }
    fn class_in(class: c_int) -> Option<ErrorClass> {
        let standard = reverse_lookup(constants::ERROR_CLASSES, class)?;
        ErrorClass::ALL.iter().copied().find(|&known| known as c_int == standard)
    }

    fn keyval_in(keyval: c_int) -> Option<Keyval> {
        match reverse_lookup(constants::KEYVALS, keyval) {
            Some(standard) => Some(Keyval::Predefined(standard)),
            None => keyval_from_code(keyval).map(Keyval::Dynamic),
        }
    }
    fn keyval_out(keyval: KeyvalId) -> c_int {
        keyval_code(keyval)
    }
}
