//! Numbers that the CPU computes with.
//!
//! Every combination of an operation and a number type is one plain loop,
//! compiled three times on x86-64: for every CPU, for those with AVX2, and for
//! those with AVX-512 that do not slow down for it. All give the same results.

use super::{Kernel, Operator};
use crate::kernels::Element;
use half::bf16;
use num_complex::Complex;
use std::marker::PhantomData;
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

/// Makes `$name` of the loop `$body`: compiled for every CPU and, as `$avx2` and
/// `$avx512`, for those with such vectors.
macro_rules! for_every_cpu {
    ($name:ident, $avx2:ident, $avx512:ident: $body:ident($($argument:ident: $type:ty),*)) => {
        fn $name($($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            match vectors() {
                // SAFETY: the CPU has all that the loop is compiled for.
                Vectors::Avx512 => return unsafe { Self::$avx512($($argument),*) },
                // SAFETY: the CPU has AVX2.
                Vectors::Avx2 => return unsafe { Self::$avx2($($argument),*) },
                Vectors::Sse2 => {}
            }
            Self::$body($($argument),*);
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn $avx2($($argument: $type),*) {
            Self::$body($($argument),*);
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2")]
        fn $avx512($($argument: $type),*) {
            Self::$body($($argument),*);
        }
    };
}

/// The loops of one operation on one type of number.
struct Loops<T, O>(PhantomData<(T, O)>);

impl<T: Lane, O: Operation<T>> Loops<T, O> {
    const KERNEL: Kernel = Kernel { in_place: Self::in_place, apart: Some(Self::apart) };

    for_every_cpu!(in_place, in_place_avx2, in_place_avx512: in_place_loop(input: &[u8], inout: &mut [u8]));
    for_every_cpu!(apart, apart_avx2, apart_avx512: apart_loop(left: &[u8], right: &[u8], out: &mut [u8]));

    #[inline(always)]
    fn in_place_loop(input: &[u8], inout: &mut [u8]) {
        let size = size_of::<T>();
        for (a, b) in input.chunks_exact(size).zip(inout.chunks_exact_mut(size)) {
            O::apply(T::load(a), T::load(b)).store(b);
        }
    }

    #[inline(always)]
    fn apart_loop(left: &[u8], right: &[u8], out: &mut [u8]) {
        let size = size_of::<T>();
        let operands = left.chunks_exact(size).zip(right.chunks_exact(size));
        for ((a, b), c) in operands.zip(out.chunks_exact_mut(size)) {
            O::apply(T::load(a), T::load(b)).store(c);
        }
    }
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
        Operator::BitAnd => bitwise(element, Loops::<u8, BitAnd>::KERNEL),
        Operator::BitOr => bitwise(element, Loops::<u8, BitOr>::KERNEL),
        Operator::BitXor => bitwise(element, Loops::<u8, BitXor>::KERNEL),
        Operator::LogicalAnd => logical::<LogicalAnd>(element),
        Operator::LogicalOr => logical::<LogicalOr>(element),
        Operator::LogicalXor => logical::<LogicalXor>(element),
        Operator::MinLoc | Operator::MaxLoc | Operator::Replace | Operator::NoOp => None,
    }
}

fn sum(element: Element) -> Option<Kernel> {
    Some(match element {
        Element::I8 | Element::U8 => Loops::<u8, Sum>::KERNEL,
        Element::I16 | Element::U16 => Loops::<u16, Sum>::KERNEL,
        Element::I32 | Element::U32 => Loops::<u32, Sum>::KERNEL,
        Element::I64 | Element::U64 => Loops::<u64, Sum>::KERNEL,
        Element::I128 => Loops::<u128, Sum>::KERNEL,
        Element::Bf16 => Loops::<bf16, Sum>::KERNEL,
        Element::F32 | Element::ComplexF32 => Loops::<f32, Sum>::KERNEL,
        Element::F64 | Element::ComplexF64 => Loops::<f64, Sum>::KERNEL,
        _ => return None,
    })
}

fn prod(element: Element) -> Option<Kernel> {
    Some(match element {
        Element::I8 | Element::U8 => Loops::<u8, Prod>::KERNEL,
        Element::I16 | Element::U16 => Loops::<u16, Prod>::KERNEL,
        Element::I32 | Element::U32 => Loops::<u32, Prod>::KERNEL,
        Element::I64 | Element::U64 => Loops::<u64, Prod>::KERNEL,
        Element::I128 => Loops::<u128, Prod>::KERNEL,
        Element::Bf16 => Loops::<bf16, Prod>::KERNEL,
        Element::F32 => Loops::<f32, Prod>::KERNEL,
        Element::F64 => Loops::<f64, Prod>::KERNEL,
        Element::ComplexF32 => Loops::<Complex<f32>, Prod>::KERNEL,
        Element::ComplexF64 => Loops::<Complex<f64>, Prod>::KERNEL,
        _ => return None,
    })
}

macro_rules! ordered {
    ($function:ident, $operation:ident) => {
        fn $function(element: Element) -> Option<Kernel> {
            Some(match element {
                Element::I8 => Loops::<i8, $operation>::KERNEL,
                Element::I16 => Loops::<i16, $operation>::KERNEL,
                Element::I32 => Loops::<i32, $operation>::KERNEL,
                Element::I64 => Loops::<i64, $operation>::KERNEL,
                Element::I128 => Loops::<i128, $operation>::KERNEL,
                Element::U8 => Loops::<u8, $operation>::KERNEL,
                Element::U16 => Loops::<u16, $operation>::KERNEL,
                Element::U32 => Loops::<u32, $operation>::KERNEL,
                Element::U64 => Loops::<u64, $operation>::KERNEL,
                Element::Bf16 => Loops::<bf16, $operation>::KERNEL,
                Element::F32 => Loops::<f32, $operation>::KERNEL,
                Element::F64 => Loops::<f64, $operation>::KERNEL,
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
        1 => Loops::<u8, O>::KERNEL,
        2 => Loops::<u16, O>::KERNEL,
        4 => Loops::<u32, O>::KERNEL,
        8 => Loops::<u64, O>::KERNEL,
        _ => Loops::<u128, O>::KERNEL,
    })
}
