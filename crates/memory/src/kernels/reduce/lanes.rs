//! Numbers that the CPU computes with.
//!
//! Every combination of an operation and a number type is one plain loop,
//! compiled three times on x86-64: for every CPU, for those with AVX2, and for
//! those with AVX-512 that do not slow down for it. All give the same results.

use super::{Kernel, Operator};
use crate::kernels::Element;
use half::bf16;
use num_complex::Complex;
#[cfg(target_arch = "x86_64")]
use std::sync::OnceLock;

/// A number as it lies in memory.
pub(super) trait Lane: Copy {
    /// Reads the first bytes of `bytes`.
    fn load(bytes: &[u8]) -> Self;
    fn store(self, bytes: &mut [u8]);
}

macro_rules! lanes {
    ($($number:ty),*) => {
        $(impl Lane for $number {
            #[inline(always)]
            fn load(bytes: &[u8]) -> Self {
                Self::from_ne_bytes(*bytes.first_chunk().expect("as many bytes as a number has"))
            }

            #[inline(always)]
            fn store(self, bytes: &mut [u8]) {
                *bytes.first_chunk_mut().expect("as many bytes as a number has") = self.to_ne_bytes();
            }
        })*
    };
}

lanes!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f32, f64, bf16);

impl<T: Lane> Lane for Complex<T> {
    #[inline(always)]
    fn load(bytes: &[u8]) -> Self {
        Self::new(T::load(bytes), T::load(&bytes[size_of::<T>()..]))
    }

    #[inline(always)]
    fn store(self, bytes: &mut [u8]) {
        self.re.store(bytes);
        self.im.store(&mut bytes[size_of::<T>()..]);
    }
}

trait Operation<T> {
    fn apply(input: T, inout: T) -> T;
}

struct Sum;
struct Prod;
struct Min;
struct Max;
struct BitAnd;
struct BitOr;
struct BitXor;
struct LogicalAnd;
struct LogicalOr;
struct LogicalXor;

macro_rules! operation {
    ($name:ident, |$a:ident, $b:ident| $result:expr, $($number:ty),*) => {
        $(impl Operation<$number> for $name {
            #[inline(always)]
            fn apply($a: $number, $b: $number) -> $number {
                $result
            }
        })*
    };
}

operation!(Sum, |a, b| a.wrapping_add(b), u8, u16, u32, u64, u128);
operation!(Sum, |a, b| a + b, f32, f64);
operation!(Sum, |a, b| bf16::from_f32(a.to_f32() + b.to_f32()), bf16);
operation!(Prod, |a, b| a.wrapping_mul(b), u8, u16, u32, u64, u128);
operation!(Prod, |a, b| a * b, f32, f64, Complex<f32>, Complex<f64>);
operation!(Prod, |a, b| bf16::from_f32(a.to_f32() * b.to_f32()), bf16);
operation!(Min, |a, b| if a < b { a } else { b }, i8, i16, i32, i64, i128, u8, u16, u32, u64);
operation!(Min, |a, b| if a < b { a } else { b }, f32, f64, bf16);
operation!(Max, |a, b| if a > b { a } else { b }, i8, i16, i32, i64, i128, u8, u16, u32, u64);
operation!(Max, |a, b| if a > b { a } else { b }, f32, f64, bf16);
operation!(BitAnd, |a, b| a & b, u8);
operation!(BitOr, |a, b| a | b, u8);
operation!(BitXor, |a, b| a ^ b, u8);
operation!(LogicalAnd, |a, b| ((a != 0) & (b != 0)).into(), u8, u16, u32, u64, u128);
operation!(LogicalOr, |a, b| ((a | b) != 0).into(), u8, u16, u32, u64, u128);
operation!(LogicalXor, |a, b| ((a != 0) ^ (b != 0)).into(), u8, u16, u32, u64, u128);

#[inline(always)]
fn each<T: Lane, O: Operation<T>>(input: &[u8], inout: &mut [u8]) {
    let size = size_of::<T>();
    for (a, b) in input.chunks_exact(size).zip(inout.chunks_exact_mut(size)) {
        O::apply(T::load(a), T::load(b)).store(b);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn each_avx2<T: Lane, O: Operation<T>>(input: &[u8], inout: &mut [u8]) {
    each::<T, O>(input, inout);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2")]
fn each_avx512<T: Lane, O: Operation<T>>(input: &[u8], inout: &mut [u8]) {
    each::<T, O>(input, inout);
}

fn run<T: Lane, O: Operation<T>>(input: &[u8], inout: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    match vectors() {
        // SAFETY: the CPU has all that the loop is compiled for.
        Vectors::Avx512 => return unsafe { each_avx512::<T, O>(input, inout) },
        // SAFETY: the CPU has AVX2.
        Vectors::Avx2 => return unsafe { each_avx2::<T, O>(input, inout) },
        Vectors::Sse2 => {}
    }
    each::<T, O>(input, inout);
}

/// The vectors that this CPU computes with.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
enum Vectors {
    Sse2,
    Avx2,
    Avx512,
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn vectors() -> Vectors {
    static VECTORS: OnceLock<Vectors> = OnceLock::new();
    *VECTORS.get_or_init(|| {
        // Who has VBMI2 (Ice Lake, Zen 4, and later) runs as fast with wide vectors
        // as with others.
        if std::arch::is_x86_feature_detected!("avx512vbmi2")
            && std::arch::is_x86_feature_detected!("avx512bw")
            && std::arch::is_x86_feature_detected!("avx512dq")
            && std::arch::is_x86_feature_detected!("avx512vl")
        {
            Vectors::Avx512
        } else if std::arch::is_x86_feature_detected!("avx2") {
            Vectors::Avx2
        } else {
            Vectors::Sse2
        }
    })
}

pub(super) fn kernel(operator: Operator, element: Element) -> Option<Kernel> {
    match operator {
        Operator::Sum => sum(element),
        Operator::Prod => prod(element),
        Operator::Min => min(element),
        Operator::Max => max(element),
        Operator::BitAnd => bitwise(element, run::<u8, BitAnd>),
        Operator::BitOr => bitwise(element, run::<u8, BitOr>),
        Operator::BitXor => bitwise(element, run::<u8, BitXor>),
        Operator::LogicalAnd => logical::<LogicalAnd>(element),
        Operator::LogicalOr => logical::<LogicalOr>(element),
        Operator::LogicalXor => logical::<LogicalXor>(element),
        Operator::MinLoc | Operator::MaxLoc | Operator::Replace | Operator::NoOp => None,
    }
}

fn sum(element: Element) -> Option<Kernel> {
    Some(match element {
        Element::I8 | Element::U8 => run::<u8, Sum>,
        Element::I16 | Element::U16 => run::<u16, Sum>,
        Element::I32 | Element::U32 => run::<u32, Sum>,
        Element::I64 | Element::U64 => run::<u64, Sum>,
        Element::I128 => run::<u128, Sum>,
        Element::Bf16 => run::<bf16, Sum>,
        Element::F32 | Element::ComplexF32 => run::<f32, Sum>,
        Element::F64 | Element::ComplexF64 => run::<f64, Sum>,
        _ => return None,
    })
}

fn prod(element: Element) -> Option<Kernel> {
    Some(match element {
        Element::I8 | Element::U8 => run::<u8, Prod>,
        Element::I16 | Element::U16 => run::<u16, Prod>,
        Element::I32 | Element::U32 => run::<u32, Prod>,
        Element::I64 | Element::U64 => run::<u64, Prod>,
        Element::I128 => run::<u128, Prod>,
        Element::Bf16 => run::<bf16, Prod>,
        Element::F32 => run::<f32, Prod>,
        Element::F64 => run::<f64, Prod>,
        Element::ComplexF32 => run::<Complex<f32>, Prod>,
        Element::ComplexF64 => run::<Complex<f64>, Prod>,
        _ => return None,
    })
}

macro_rules! ordered {
    ($function:ident, $operation:ident) => {
        fn $function(element: Element) -> Option<Kernel> {
            Some(match element {
                Element::I8 => run::<i8, $operation>,
                Element::I16 => run::<i16, $operation>,
                Element::I32 => run::<i32, $operation>,
                Element::I64 => run::<i64, $operation>,
                Element::I128 => run::<i128, $operation>,
                Element::U8 => run::<u8, $operation>,
                Element::U16 => run::<u16, $operation>,
                Element::U32 => run::<u32, $operation>,
                Element::U64 => run::<u64, $operation>,
                Element::Bf16 => run::<bf16, $operation>,
                Element::F32 => run::<f32, $operation>,
                Element::F64 => run::<f64, $operation>,
                _ => return None,
            })
        }
    };
}

ordered!(min, Min);
ordered!(max, Max);

fn is_integer(element: Element) -> bool {
    matches!(
        element,
        Element::I8
            | Element::I16
            | Element::I32
            | Element::I64
            | Element::I128
            | Element::U8
            | Element::U16
            | Element::U32
            | Element::U64
    )
}

/// Bits do not know the size of the number that they are in.
fn bitwise(element: Element, kernel: Kernel) -> Option<Kernel> {
    (is_integer(element) || element == Element::Byte).then_some(kernel)
}

fn logical<O>(element: Element) -> Option<Kernel>
where
    O: Operation<u8> + Operation<u16> + Operation<u32> + Operation<u64> + Operation<u128>,
{
    let truth = matches!(
        element,
        Element::Bool
            | Element::Logical8
            | Element::Logical16
            | Element::Logical32
            | Element::Logical64
            | Element::Logical128
    );
    if !truth && !is_integer(element) {
        return None;
    }
    Some(match element.size() {
        1 => run::<u8, O>,
        2 => run::<u16, O>,
        4 => run::<u32, O>,
        8 => run::<u64, O>,
        _ => run::<u128, O>,
    })
}
