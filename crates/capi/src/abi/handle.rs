//! Handles and their codes.

use engine::datatype::predefined;
use engine::handle::{
    CommKind, DatatypeKind, ErrhandlerKind, FileKind, GroupKind, Handle, InfoKind, KeyvalId, MessageKind,
    OpKind, RequestKind, SessionKind, WinKind,
};

use super::constants;

/// A handle as C sees it.
pub trait CHandle: Copy + PartialEq {
    type Kind;

    /// The null handle, a live one, or one that no table knows.
    fn decode(self) -> Handle<Self::Kind>;
    fn encode(handle: Handle<Self::Kind>) -> Self;

    /// The number behind the handle (`MPI_Comm_toint` and its like).
    fn to_number(self) -> i32;
    fn from_number(number: i32) -> Self;
}

const DYNAMIC: u32 = 3 << 30;
const TYPE_SHIFT: u32 = engine::handle::RAW_BITS;
const RAW_MASK: u32 = (1 << TYPE_SHIFT) - 1;
/// A raw handle that no table ever gives out.
const NOT_A_HANDLE: u32 = RAW_MASK;

/// How a kind of handle is coded.
pub trait Coded: Sized {
    /// Type bits of dynamic handles.
    const TYPE: u32;
    /// The predefined handle with this value in the standard ABI.
    fn from_standard(value: usize) -> Option<u32>;
    fn to_standard(raw: u32) -> Option<usize>;
    /// The predefined handle with this value in the MPICH ABI.
    fn from_mpich(value: u32) -> Option<u32>;
    fn to_mpich(raw: u32) -> Option<u32>;
}

/// Kinds whose predefined handles, null first, are listed.
macro_rules! listed {
    ($($kind:ident type $bits:literal: $($name:ident)*;)*) => {
        $(impl Coded for $kind {
            const TYPE: u32 = $bits;
            #[inline]
            fn from_standard(value: usize) -> Option<u32> {
                const VALUES: &[usize] = &[$(constants::standard::$name as usize),*];
                VALUES.iter().position(|&known| known == value).map(|raw| raw as u32)
            }
            #[inline]
            fn to_standard(raw: u32) -> Option<usize> {
                const VALUES: &[usize] = &[$(constants::standard::$name as usize),*];
                VALUES.get(raw as usize).copied()
            }
            #[inline]
            fn from_mpich(value: u32) -> Option<u32> {
                const VALUES: &[u32] = &[$(constants::mpich::$name as u32),*];
                VALUES.iter().position(|&known| known == value).map(|raw| raw as u32)
            }
            #[inline]
            fn to_mpich(raw: u32) -> Option<u32> {
                const VALUES: &[u32] = &[$(constants::mpich::$name as u32),*];
                VALUES.get(raw as usize).copied()
            }
        })*
    };
}

listed! {
    CommKind type 1: MPI_COMM_NULL MPI_COMM_WORLD MPI_COMM_SELF;
    GroupKind type 2: MPI_GROUP_NULL MPI_GROUP_EMPTY;
    FileKind type 4: MPI_FILE_NULL;
    ErrhandlerKind type 5: MPI_ERRHANDLER_NULL MPI_ERRORS_ARE_FATAL MPI_ERRORS_ABORT MPI_ERRORS_RETURN;
    OpKind type 6: MPI_OP_NULL MPI_SUM MPI_MIN MPI_MAX MPI_PROD MPI_BAND MPI_BOR MPI_BXOR MPI_LAND MPI_LOR
        MPI_LXOR MPI_MINLOC MPI_MAXLOC MPI_REPLACE MPI_NO_OP;
    InfoKind type 7: MPI_INFO_NULL MPI_INFO_ENV;
    WinKind type 8: MPI_WIN_NULL;
    RequestKind type 0xb: MPI_REQUEST_NULL;
    MessageKind type 0xc: MPI_MESSAGE_NULL MPI_MESSAGE_NO_PROC;
    SessionKind type 0xe: MPI_SESSION_NULL;
}

/// Datatypes the engine knows, and the null handle.
const COUNT: usize = predefined::TABLE.len() + 1;

/// Datatypes: the code of each ABI by a short key, and back. It is looked at
/// for every message, so the compiler works it out.
struct DatatypeCodes {
    standard: [u16; 1024],
    mpich: [u16; 256],
    mpich_pairs: [u16; 8],
    to_standard: [usize; COUNT],
    to_mpich: [u32; COUNT],
}

const MPICH_PAIR: u32 = 0x8c00_0000;
const MPICH_BUILTIN: u32 = 0x4c00_0000;

static DATATYPES: DatatypeCodes = datatype_codes();

/// Joins each ABI's values, which have names, to the engine's table, which has
/// the same names.
const fn datatype_codes() -> DatatypeCodes {
    let mut codes = DatatypeCodes {
        standard: [0; 1024],
        mpich: [0; 256],
        mpich_pairs: [0; 8],
        to_standard: [0; COUNT],
        to_mpich: [0; COUNT],
    };
    codes.to_standard[0] = constants::standard::MPI_DATATYPE_NULL as usize;
    codes.to_mpich[0] = constants::mpich::MPI_DATATYPE_NULL as u32;
    let mut raw = 1;
    while raw < COUNT {
        let name = predefined::TABLE[raw - 1].name;
        if let Some(value) = value_of(constants::standard::DATATYPES, name) {
            codes.standard[value as usize] = raw as u16;
            codes.to_standard[raw] = value as usize;
        }
        if let Some(value) = value_of(constants::mpich::DATATYPES, name) {
            let value = value as u32;
            if value & 0xff00_0000 == MPICH_PAIR {
                codes.mpich_pairs[value as usize & 7] = raw as u16;
            } else {
                codes.mpich[value as usize & 255] = raw as u16;
            }
            codes.to_mpich[raw] = value;
        }
        raw += 1;
    }
    codes
}

const fn value_of(named: &[(i64, &str)], name: &str) -> Option<i64> {
    let mut i = 0;
    while i < named.len() {
        if same_text(named[i].1.as_bytes(), name.as_bytes()) {
            return Some(named[i].0);
        }
        i += 1;
    }
    None
}

const fn same_text(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

impl Coded for DatatypeKind {
    const TYPE: u32 = 3;

    #[inline]
    fn from_standard(value: usize) -> Option<u32> {
        let codes = &DATATYPES;
        let raw = u32::from(*codes.standard.get(value)?);
        // The null handle is its own entry; everything else without one is unknown.
        (raw != 0 || value == codes.to_standard[0]).then_some(raw)
    }

    #[inline]
    fn to_standard(raw: u32) -> Option<usize> {
        DATATYPES.to_standard.get(raw as usize).copied()
    }

    #[inline]
    fn from_mpich(value: u32) -> Option<u32> {
        let codes = &DATATYPES;
        let raw = match value & 0xff00_0000 {
            MPICH_BUILTIN => codes.mpich[value as usize & 255],
            MPICH_PAIR => *codes.mpich_pairs.get(value as usize & 0xff_ffff)?,
            _ => 0,
        };
        let raw = u32::from(raw);
        if raw == 0 {
            return (value == codes.to_mpich[0]).then_some(0);
        }
        (codes.to_mpich[raw as usize] == value).then_some(raw)
    }

    #[inline]
    fn to_mpich(raw: u32) -> Option<u32> {
        DATATYPES.to_mpich.get(raw as usize).copied()
    }
}

fn dynamic(kind: u32, raw: u32) -> u32 {
    DYNAMIC | kind << TYPE_SHIFT | raw
}

fn from_dynamic<K>(kind: u32, value: u32) -> Handle<K> {
    if value >> TYPE_SHIFT == (DYNAMIC >> TYPE_SHIFT | kind) {
        return Handle::from_raw(value & RAW_MASK);
    }
    Handle::from_raw(NOT_A_HANDLE)
}

/// Keyvals are plain numbers in both ABIs.
const KEYVAL_TYPE: u32 = 9;

pub fn keyval_code(keyval: KeyvalId) -> i32 {
    dynamic(KEYVAL_TYPE, keyval.raw()) as i32
}

pub fn keyval_from_code(code: i32) -> Option<KeyvalId> {
    let keyval: KeyvalId = from_dynamic(KEYVAL_TYPE, code as u32);
    (keyval.raw() != NOT_A_HANDLE).then_some(keyval)
}

/// A handle of the standard ABI: the bits of the pointer.
#[repr(transparent)]
pub struct StandardHandle<K>(usize, std::marker::PhantomData<fn() -> K>);

/// A handle of the MPICH ABI.
#[repr(transparent)]
pub struct MpichHandle<K>(i32, std::marker::PhantomData<fn() -> K>);

/// `MPI_File` of the MPICH ABI, which is a pointer.
#[derive(Clone, Copy, PartialEq)]
#[repr(transparent)]
pub struct MpichFile(usize);

impl<K> Clone for StandardHandle<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for StandardHandle<K> {}
impl<K> PartialEq for StandardHandle<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Clone for MpichHandle<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for MpichHandle<K> {}
impl<K> PartialEq for MpichHandle<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K: Coded> CHandle for StandardHandle<K> {
    type Kind = K;

    #[inline]
    fn decode(self) -> Handle<K> {
        if self.0 < 4096 {
            return Handle::from_raw(K::from_standard(self.0).unwrap_or(NOT_A_HANDLE));
        }
        match u32::try_from(self.0) {
            Ok(value) => from_dynamic(K::TYPE, value),
            Err(_) => Handle::from_raw(NOT_A_HANDLE),
        }
    }

    #[inline]
    fn encode(handle: Handle<K>) -> Self {
        let value = K::to_standard(handle.raw());
        Self(value.unwrap_or_else(|| dynamic(K::TYPE, handle.raw()) as usize), std::marker::PhantomData)
    }

    fn to_number(self) -> i32 {
        self.0 as i32
    }

    fn from_number(number: i32) -> Self {
        Self(number as u32 as usize, std::marker::PhantomData)
    }
}

impl<K: Coded> CHandle for MpichHandle<K> {
    type Kind = K;

    #[inline]
    fn decode(self) -> Handle<K> {
        let value = self.0 as u32;
        if value >> 30 == DYNAMIC >> 30 {
            return from_dynamic(K::TYPE, value);
        }
        Handle::from_raw(K::from_mpich(value).unwrap_or(NOT_A_HANDLE))
    }

    #[inline]
    fn encode(handle: Handle<K>) -> Self {
        let value = K::to_mpich(handle.raw());
        Self(value.unwrap_or_else(|| dynamic(K::TYPE, handle.raw())) as i32, std::marker::PhantomData)
    }

    fn to_number(self) -> i32 {
        self.0
    }

    fn from_number(number: i32) -> Self {
        Self(number, std::marker::PhantomData)
    }
}

impl CHandle for MpichFile {
    type Kind = FileKind;

    fn decode(self) -> Handle<FileKind> {
        match u32::try_from(self.0) {
            Ok(0) => Handle::NULL,
            Ok(value) => from_dynamic(FileKind::TYPE, value),
            Err(_) => Handle::from_raw(NOT_A_HANDLE),
        }
    }

    fn encode(handle: Handle<FileKind>) -> Self {
        if handle.is_null() { Self(0) } else { Self(dynamic(FileKind::TYPE, handle.raw()) as usize) }
    }

    fn to_number(self) -> i32 {
        self.0 as i32
    }

    fn from_number(number: i32) -> Self {
        Self(number as u32 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survives<H: CHandle>(raw: u32) {
        let handle = Handle::<H::Kind>::from_raw(raw);
        assert!(H::encode(handle).decode() == handle, "raw {raw:#x}");
        assert!(H::from_number(H::encode(handle).to_number()).decode() == handle, "raw {raw:#x}");
    }

    #[test]
    fn handles_survive_the_way_to_c_and_back() {
        for raw in [0, 1, 2, 100, 1 << 22 | 5, (1 << 26) - 2] {
            survives::<StandardHandle<CommKind>>(raw);
            survives::<MpichHandle<CommKind>>(raw);
            survives::<StandardHandle<RequestKind>>(raw);
            survives::<MpichHandle<RequestKind>>(raw);
            survives::<StandardHandle<FileKind>>(raw);
            survives::<MpichFile>(raw);
        }
    }

    #[test]
    fn every_predefined_datatype_of_either_abi_is_known_to_the_engine() {
        for &(value, name) in constants::standard::DATATYPES {
            let handle = StandardHandle::<DatatypeKind>::from_number(value as i32).decode();
            assert_eq!(Some(handle.raw()), predefined::index_of(name), "{name}");
        }
        for &(value, name) in constants::mpich::DATATYPES {
            let handle = MpichHandle::<DatatypeKind>::from_number(value as i32).decode();
            assert_eq!(Some(handle.raw()), predefined::index_of(name), "{name}");
        }
    }

    #[test]
    fn garbage_names_nothing() {
        assert_eq!(MpichHandle::<CommKind>::from_number(0x4c00_0101).decode().raw(), NOT_A_HANDLE);
        assert_eq!(MpichHandle::<CommKind>::from_number(0).decode().raw(), NOT_A_HANDLE);
        assert_eq!(StandardHandle::<CommKind>::from_number(0).decode().raw(), NOT_A_HANDLE);
        assert_eq!(StandardHandle::<CommKind>::from_number(0x209).decode().raw(), NOT_A_HANDLE);
    }
}
