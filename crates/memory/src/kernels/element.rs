//! How one basic element is stored.

/// The storage format of one basic element. Which MPI datatype an element
/// belongs to, and which reductions MPI allows for it, is the engine's
/// knowledge; this says only what the bytes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    /// One byte without a meaning: bytes, characters, packed data.
    Byte,
    /// `wchar_t`: four bytes.
    WideChar,
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    /// IEEE binary16.
    F16,
    /// The upper half of a binary32.
    Bf16,
    F32,
    F64,
    /// C's `long double`: x87 extended in 16 bytes on x86-64, IEEE binary128
    /// elsewhere.
    LongDouble,
    /// IEEE binary128 (Fortran's `REAL*16`).
    F128,
    ComplexF16,
    ComplexF32,
    ComplexF64,
    ComplexLongDouble,
    ComplexF128,
    /// C's `_Bool` and C++'s `bool`.
    Bool,
    /// Fortran's `LOGICAL` of 1, 2, 4, 8 and 16 bytes: zero is false.
    Logical8,
    Logical16,
    Logical32,
    Logical64,
    Logical128,
    /// `struct { T value; int index; }`, laid out as C does.
    FloatInt,
    DoubleInt,
    LongInt,
    TwoInt,
    ShortInt,
    LongDoubleInt,
    /// Fortran's pairs: value and index of the same type.
    TwoReal,
    TwoDouble,
}

impl Element {
    /// C's `char`, which has a sign or not.
    pub const C_CHAR: Self = if core::ffi::c_char::MIN == 0 { Self::U8 } else { Self::I8 };

    /// Bytes of data in one element, padding inside pairs not counted.
    pub const fn size(self) -> usize {
        match self {
            Self::Byte | Self::I8 | Self::U8 | Self::Bool | Self::Logical8 => 1,
            Self::I16 | Self::U16 | Self::F16 | Self::Bf16 | Self::Logical16 => 2,
            Self::WideChar | Self::I32 | Self::U32 | Self::F32 | Self::ComplexF16 | Self::Logical32 => 4,
            Self::ShortInt => 6,
            Self::I64 | Self::U64 | Self::F64 | Self::ComplexF32 | Self::Logical64 => 8,
            Self::FloatInt | Self::TwoInt | Self::TwoReal => 8,
            Self::DoubleInt | Self::LongInt => 12,
            Self::I128 | Self::LongDouble | Self::F128 | Self::ComplexF64 | Self::Logical128 => 16,
            Self::TwoDouble => 16,
            Self::LongDoubleInt => 20,
            Self::ComplexLongDouble | Self::ComplexF128 => 32,
        }
    }

    /// Bytes from one element to the next in an array: a power of two.
    pub const fn extent(self) -> usize {
        match self {
            Self::ShortInt => 8,
            Self::DoubleInt | Self::LongInt => 16,
            Self::LongDoubleInt => 32,
            other => other.size(),
        }
    }

    /// Bytes from the start of an element to the end of its data; padding inside
    /// pairs counts, padding after them does not.
    pub const fn data_end(self) -> usize {
        match self.pair() {
            Some((_, index, offset)) => offset + index.size(),
            None => self.size(),
        }
    }

    /// The alignment a C or Fortran compiler gives it, in bytes.
    pub const fn alignment(self) -> usize {
        match self {
            Self::ComplexF16 => 2,
            Self::FloatInt | Self::TwoInt | Self::ShortInt | Self::TwoReal | Self::ComplexF32 => 4,
            Self::DoubleInt | Self::LongInt | Self::TwoDouble | Self::ComplexF64 => 8,
            Self::LongDoubleInt | Self::ComplexLongDouble | Self::ComplexF128 => 16,
            other => other.size(),
        }
    }

    /// For a pair: the storage of its value, of its index, and where the
    /// index lies, in bytes.
    pub const fn pair(self) -> Option<(Self, Self, usize)> {
        Some(match self {
            Self::FloatInt => (Self::F32, Self::I32, 4),
            Self::DoubleInt => (Self::F64, Self::I32, 8),
            Self::LongInt => (Self::I64, Self::I32, 8),
            Self::TwoInt => (Self::I32, Self::I32, 4),
            Self::ShortInt => (Self::I16, Self::I32, 4),
            Self::LongDoubleInt => (Self::LongDouble, Self::I32, 16),
            Self::TwoReal => (Self::F32, Self::F32, 4),
            Self::TwoDouble => (Self::F64, Self::F64, 8),
            _ => return None,
        })
    }

    /// For a complex number: the storage of its two parts.
    pub const fn complex_part(self) -> Option<Self> {
        Some(match self {
            Self::ComplexF16 => Self::F16,
            Self::ComplexF32 => Self::F32,
            Self::ComplexF64 => Self::F64,
            Self::ComplexLongDouble => Self::LongDouble,
            Self::ComplexF128 => Self::F128,
            _ => return None,
        })
    }
}
