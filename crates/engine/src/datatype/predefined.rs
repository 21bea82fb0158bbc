//! The table of predefined datatypes (MPI-5.0 section 3.2.2 and annex A.1).
//!
//! The position in [`TABLE`] is the handle: entry `i` has the handle index
//! `i + 1`, because 0 is the null handle. The ABIs join their values by name.

use memory::kernels::Element;

use super::bounds::Marker;

/// The groups that MPI-5.0 section 6.9.2 puts datatypes in when it says which
/// reduction is allowed for which datatype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    CInteger,
    FortranInteger,
    FloatingPoint,
    Logical,
    Complex,
    Byte,
    /// `MPI_AINT`, `MPI_OFFSET`, `MPI_COUNT`.
    MultiLanguage,
    /// A value and an index, for `MPI_MINLOC` and `MPI_MAXLOC`.
    Pair,
    /// Printable characters and packed data: no reduction is allowed.
    Character,
}

impl Class {
    /// The standard's name of the group, for messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CInteger => "C integer",
            Self::FortranInteger => "Fortran integer",
            Self::FloatingPoint => "floating point",
            Self::Logical => "logical",
            Self::Complex => "complex",
            Self::Byte => "byte",
            Self::MultiLanguage => "multi-language",
            Self::Pair => "value and index",
            Self::Character => "character or packed",
        }
    }
}

/// One predefined datatype.
#[derive(Clone, Copy, Debug)]
pub struct Predefined {
    /// The name that `MPI_Type_get_name` gives.
    pub name: &'static str,
    pub class: Class,
    pub element: Element,
    /// Whether data of this type can be communicated. The size of a type that
    /// is not supported is `MPI_UNDEFINED`.
    pub supported: bool,
}

impl Predefined {
    /// Bytes of data in one element.
    pub const fn size(&self) -> usize {
        self.element.size()
    }

    /// Bytes from one element to the next.
    pub const fn extent(&self) -> usize {
        self.element.extent()
    }

    /// What a compiler aligns it to, in bytes.
    pub const fn alignment(&self) -> usize {
        self.element.alignment()
    }
}

const fn entry(name: &'static str, class: Class, element: Element) -> Predefined {
    Predefined { name, class, element, supported: true }
}

const fn unsupported(name: &'static str) -> Predefined {
    Predefined { name, class: Class::Character, element: Element::Byte, supported: false }
}

macro_rules! table {
    ($($constant:ident = $name:literal, $class:ident, $element:ident;)*) => {
        /// Handle indices by name, for code that needs a certain type.
        pub mod index {
            // Counts the entries; only the numbers are used.
            #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms)]
            enum Position {
                Null,
                $($constant),*
            }

            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: u32 = Position::$constant as u32;
            )*
        }

        const SUPPORTED: &[Predefined] = &[$(entry($name, Class::$class, Element::$element)),*];
    };
}

table! {
    AINT = "MPI_AINT", MultiLanguage, I64;
    COUNT = "MPI_COUNT", MultiLanguage, I64;
    OFFSET = "MPI_OFFSET", MultiLanguage, I64;
    PACKED = "MPI_PACKED", Character, Byte;
    BYTE = "MPI_BYTE", Byte, Byte;
    CHAR = "MPI_CHAR", CInteger, C_CHAR;
    SIGNED_CHAR = "MPI_SIGNED_CHAR", CInteger, I8;
    UNSIGNED_CHAR = "MPI_UNSIGNED_CHAR", CInteger, U8;
    WCHAR = "MPI_WCHAR", Character, WideChar;
    SHORT = "MPI_SHORT", CInteger, I16;
    UNSIGNED_SHORT = "MPI_UNSIGNED_SHORT", CInteger, U16;
    INT = "MPI_INT", CInteger, I32;
    UNSIGNED = "MPI_UNSIGNED", CInteger, U32;
    LONG = "MPI_LONG", CInteger, I64;
    UNSIGNED_LONG = "MPI_UNSIGNED_LONG", CInteger, U64;
    LONG_LONG_INT = "MPI_LONG_LONG_INT", CInteger, I64;
    UNSIGNED_LONG_LONG = "MPI_UNSIGNED_LONG_LONG", CInteger, U64;
    INT8_T = "MPI_INT8_T", CInteger, I8;
    UINT8_T = "MPI_UINT8_T", CInteger, U8;
    INT16_T = "MPI_INT16_T", CInteger, I16;
    UINT16_T = "MPI_UINT16_T", CInteger, U16;
    INT32_T = "MPI_INT32_T", CInteger, I32;
    UINT32_T = "MPI_UINT32_T", CInteger, U32;
    INT64_T = "MPI_INT64_T", CInteger, I64;
    UINT64_T = "MPI_UINT64_T", CInteger, U64;
    C_BOOL = "MPI_C_BOOL", Logical, Bool;
    CXX_BOOL = "MPI_CXX_BOOL", Logical, Bool;
    FLOAT = "MPI_FLOAT", FloatingPoint, F32;
    DOUBLE = "MPI_DOUBLE", FloatingPoint, F64;
    LONG_DOUBLE = "MPI_LONG_DOUBLE", FloatingPoint, LongDouble;
    C_FLOAT16 = "MPIX_C_FLOAT16", FloatingPoint, F16;
    BFLOAT16 = "MPIX_BFLOAT16", FloatingPoint, Bf16;
    C_COMPLEX = "MPI_C_COMPLEX", Complex, ComplexF32;
    C_DOUBLE_COMPLEX = "MPI_C_DOUBLE_COMPLEX", Complex, ComplexF64;
    C_LONG_DOUBLE_COMPLEX = "MPI_C_LONG_DOUBLE_COMPLEX", Complex, ComplexLongDouble;
    CXX_FLOAT_COMPLEX = "MPI_CXX_FLOAT_COMPLEX", Complex, ComplexF32;
    CXX_DOUBLE_COMPLEX = "MPI_CXX_DOUBLE_COMPLEX", Complex, ComplexF64;
    CXX_LONG_DOUBLE_COMPLEX = "MPI_CXX_LONG_DOUBLE_COMPLEX", Complex, ComplexLongDouble;
    CHARACTER = "MPI_CHARACTER", Character, Byte;
    LOGICAL = "MPI_LOGICAL", Logical, Logical32;
    INTEGER = "MPI_INTEGER", FortranInteger, I32;
    REAL = "MPI_REAL", FloatingPoint, F32;
    DOUBLE_PRECISION = "MPI_DOUBLE_PRECISION", FloatingPoint, F64;
    COMPLEX = "MPI_COMPLEX", Complex, ComplexF32;
    DOUBLE_COMPLEX = "MPI_DOUBLE_COMPLEX", Complex, ComplexF64;
    LOGICAL1 = "MPI_LOGICAL1", Logical, Logical8;
    LOGICAL2 = "MPI_LOGICAL2", Logical, Logical16;
    LOGICAL4 = "MPI_LOGICAL4", Logical, Logical32;
    LOGICAL8 = "MPI_LOGICAL8", Logical, Logical64;
    LOGICAL16 = "MPI_LOGICAL16", Logical, Logical128;
    INTEGER1 = "MPI_INTEGER1", FortranInteger, I8;
    INTEGER2 = "MPI_INTEGER2", FortranInteger, I16;
    INTEGER4 = "MPI_INTEGER4", FortranInteger, I32;
    INTEGER8 = "MPI_INTEGER8", FortranInteger, I64;
    INTEGER16 = "MPI_INTEGER16", FortranInteger, I128;
    REAL2 = "MPI_REAL2", FloatingPoint, F16;
    REAL4 = "MPI_REAL4", FloatingPoint, F32;
    REAL8 = "MPI_REAL8", FloatingPoint, F64;
    REAL16 = "MPI_REAL16", FloatingPoint, F128;
    COMPLEX4 = "MPI_COMPLEX4", Complex, ComplexF16;
    COMPLEX8 = "MPI_COMPLEX8", Complex, ComplexF32;
    COMPLEX16 = "MPI_COMPLEX16", Complex, ComplexF64;
    COMPLEX32 = "MPI_COMPLEX32", Complex, ComplexF128;
    FLOAT_INT = "MPI_FLOAT_INT", Pair, FloatInt;
    DOUBLE_INT = "MPI_DOUBLE_INT", Pair, DoubleInt;
    LONG_INT = "MPI_LONG_INT", Pair, LongInt;
    TWO_INT = "MPI_2INT", Pair, TwoInt;
    SHORT_INT = "MPI_SHORT_INT", Pair, ShortInt;
    LONG_DOUBLE_INT = "MPI_LONG_DOUBLE_INT", Pair, LongDoubleInt;
    TWO_REAL = "MPI_2REAL", Pair, TwoReal;
    TWO_DOUBLE_PRECISION = "MPI_2DOUBLE_PRECISION", Pair, TwoDouble;
    TWO_INTEGER = "MPI_2INTEGER", Pair, TwoInt;
}

/// The bound markers of MPI-1, removed in MPI-3.0: old headers still name
/// them, so they have handles, and are good for `MPI_Type_struct`.
const REMOVED: [Predefined; 2] = [unsupported("MPI_LB"), unsupported("MPI_UB")];

/// The bound that the datatype with this handle index marks.
pub(super) fn marker(index: u32) -> Option<Marker> {
    match (index as usize).checked_sub(SUPPORTED.len() + 1)? {
        0 => Some(Marker::Lower),
        1 => Some(Marker::Upper),
        _ => None,
    }
}

/// Second names. The first of each pair is the alias.
const ALIASES: [(&str, &str); 2] =
    [("MPI_LONG_LONG", "MPI_LONG_LONG_INT"), ("MPI_C_FLOAT_COMPLEX", "MPI_C_COMPLEX")];

/// Every predefined datatype, in the order of the handles.
pub static TABLE: [Predefined; SUPPORTED.len() + REMOVED.len()] = {
    let mut table = [unsupported(""); SUPPORTED.len() + REMOVED.len()];
    let mut i = 0;
    while i < table.len() {
        table[i] = if i < SUPPORTED.len() { SUPPORTED[i] } else { REMOVED[i - SUPPORTED.len()] };
        i += 1;
    }
    table
};

/// The handle index (1-based position in [`TABLE`]) of the datatype with this
/// MPI name, aliases included.
pub fn index_of(name: &str) -> Option<u32> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
    TABLE.iter().position(|entry| entry.name == name).map(|position| position as u32 + 1)
}

/// The entry with this handle index.
#[inline]
pub fn get(index: u32) -> Option<&'static Predefined> {
    TABLE.get((index as usize).checked_sub(1)?)
}

/// Bytes of one element, by handle index; 0 where elements have gaps, or do not
/// exist. Short accesses and messages would feel the way through the objects.
static DENSE_SIZES: [u8; TABLE.len() + 1] = {
    let mut sizes = [0; TABLE.len() + 1];
    let mut i = 0;
    while i < TABLE.len() {
        let entry = &TABLE[i];
        if entry.supported && entry.size() == entry.extent() {
            sizes[i + 1] = entry.size() as u8;
        }
        i += 1;
    }
    sizes
};

/// Bytes of one element of the datatype with this handle index, if there is one
/// and it has no gaps.
#[inline(always)]
pub fn dense_size(index: u32) -> Option<usize> {
    DENSE_SIZES.get(index as usize).map(|&size| usize::from(size)).filter(|&size| size != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_are_powers_of_two() {
        for entry in &TABLE {
            assert!(entry.extent().is_power_of_two(), "{}", entry.name);
        }
    }

    #[test]
    fn the_constants_agree_with_the_table() {
        assert_eq!(index_of("MPI_AINT"), Some(index::AINT));
        assert_eq!(index_of("MPI_DOUBLE"), Some(index::DOUBLE));
        assert_eq!(index_of("MPI_2INTEGER"), Some(index::TWO_INTEGER));
        assert_eq!(index_of("MPI_DATATYPE_NULL"), None);
        assert_eq!(get(0).map(|entry| entry.name), None);
    }

    #[test]
    fn dense_sizes_are_those_of_the_datatypes() {
        for index in 0..TABLE.len() as u32 + 10 {
            let datatype = crate::datatype::predefined_datatype(index);
            let dense = datatype.filter(|datatype| datatype.is_supported() && datatype.is_dense());
            assert_eq!(dense_size(index), dense.and_then(|dense| dense.dense_bytes(1)), "{index}");
        }
    }

    #[test]
    fn aliases_resolve_to_the_same_datatype() {
        assert_eq!(index_of("MPI_LONG_LONG"), index_of("MPI_LONG_LONG_INT"));
        assert_eq!(index_of("MPI_C_FLOAT_COMPLEX"), Some(index::C_COMPLEX));
    }

    #[test]
    fn names_are_unique() {
        for (i, entry) in TABLE.iter().enumerate() {
            assert_eq!(index_of(entry.name), Some(i as u32 + 1), "{}", entry.name);
        }
    }

    #[test]
    fn pairs_lie_as_c_lays_them_out() {
        #[repr(C)]
        struct ShortInt(i16, i32);
        #[repr(C)]
        struct DoubleInt(f64, i32);
        let short_int = get(index::SHORT_INT).unwrap();
        assert_eq!((short_int.size(), short_int.extent()), (6, size_of::<ShortInt>()));
        let double_int = get(index::DOUBLE_INT).unwrap();
        assert_eq!((double_int.size(), double_int.extent()), (12, size_of::<DoubleInt>()));
        let long_double_int = get(index::LONG_DOUBLE_INT).unwrap();
        assert_eq!((long_double_int.size(), long_double_int.extent()), (20, 32));
    }
}
