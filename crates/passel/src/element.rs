//! What messages are made of.

use std::sync::Arc;

use engine::datatype::{Counts, Datatype, predefined_datatype};
use engine::error::Result;
use memory::lend::Plain;
use num_complex::Complex;

/// What a message may consist of: integers, floating-point and complex numbers,
/// and arrays of them. All ranks run on machines of one kind, so they travel as they are.
///
/// `bool` and `char` are missing because not all bytes are one of them, and a
/// receiver cannot trust its sender; send `u8` or `u32` instead.
pub trait Element: Plain + sealed::Element {}

/// An element that the predefined operations of [`Op`](crate::Op) combine.
pub trait Number: Element {}

pub(crate) mod sealed {
    use std::sync::Arc;

    use engine::datatype::Datatype;
    use engine::error::Result;

    /// What reductions need to know.
    pub trait Element: Sized {
        fn datatype() -> Result<Arc<Datatype>>;
        /// From its bytes.
        fn read(bytes: &[u8]) -> Self;
        /// Stores its bytes.
        fn write(self, bytes: &mut [u8]);
    }
}

macro_rules! numbers {
    ($($type:ident = $datatype:ident),*) => {$(
        impl Element for $type {}
        impl Number for $type {}
        impl sealed::Element for $type {
            fn datatype() -> Result<Arc<Datatype>> {
                predefined(engine::datatype::predefined::index::$datatype)
            }

            fn read(bytes: &[u8]) -> Self {
                Self::from_ne_bytes(bytes.try_into().expect("the caller counts the bytes"))
            }

            fn write(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_ne_bytes());
            }
        }
    )*};
}
numbers!(
    u8 = UINT8_T,
    u16 = UINT16_T,
    u32 = UINT32_T,
    u64 = UINT64_T,
    i8 = INT8_T,
    i16 = INT16_T,
    i32 = INT32_T,
    i64 = INT64_T,
    f32 = FLOAT,
    f64 = DOUBLE
);

#[cfg(target_pointer_width = "64")]
numbers!(usize = UINT64_T, isize = INT64_T);

macro_rules! complex_numbers {
    ($($part:ident = $datatype:ident),*) => {$(
        impl Element for Complex<$part> {}
        impl Number for Complex<$part> {}
        impl sealed::Element for Complex<$part> {
            fn datatype() -> Result<Arc<Datatype>> {
                predefined(engine::datatype::predefined::index::$datatype)
            }

            fn read(bytes: &[u8]) -> Self {
                let [re, im] = sealed::Element::read(bytes);
                Self { re, im }
            }

            fn write(self, bytes: &mut [u8]) {
                [self.re, self.im].write(bytes);
            }
        }
    )*};
}
complex_numbers!(f32 = C_COMPLEX, f64 = C_DOUBLE_COMPLEX);

impl<T: Element, const N: usize> Element for [T; N] {}
impl<T: Element, const N: usize> sealed::Element for [T; N] {
    fn datatype() -> Result<Arc<Datatype>> {
        Datatype::contiguous(Counts::Large, N as i64, &T::datatype()?)
    }

    fn read(bytes: &[u8]) -> Self {
        let size = size_of::<T>();
        std::array::from_fn(|index| T::read(&bytes[index * size..][..size]))
    }

    fn write(self, bytes: &mut [u8]) {
        let size = size_of::<T>();
        for (index, element) in self.into_iter().enumerate() {
            element.write(&mut bytes[index * size..][..size]);
        }
    }
}

fn predefined(index: u32) -> Result<Arc<Datatype>> {
    Ok(predefined_datatype(index).expect("the index is in the table").clone())
}
