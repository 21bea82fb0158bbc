//! Floating point wider than 64 bits.
//!
//! On x86-64 the x87 unit computes with `long double`, as C does, so results
//! are those of a C loop to the last bit. binary128, which is `REAL*16` in
//! Fortran and `long double` on other machines, has no unit there: it is
//! computed by `rustc_apfloat`, the exact arithmetic that rustc itself uses.
//! All of them are compared by their bits.

use super::{Kernel, Operator};
use crate::kernels::{Element, binary128};
use rustc_apfloat::Float;
use rustc_apfloat::ieee::Quad;

type Bytes = [u8; 16];

/// Arithmetic on one format.
trait Extended {
    fn add(a: Bytes, b: Bytes) -> Bytes;
    fn subtract(a: Bytes, b: Bytes) -> Bytes;
    fn multiply(a: Bytes, b: Bytes) -> Bytes;
    fn bits(a: Bytes) -> u128;
}

struct Binary128;

impl Extended for Binary128 {
    fn add(a: Bytes, b: Bytes) -> Bytes {
        binary128(a, b, |a, b| (a + b).value)
    }

    fn subtract(a: Bytes, b: Bytes) -> Bytes {
        binary128(a, b, |a, b| (a - b).value)
    }

    fn multiply(a: Bytes, b: Bytes) -> Bytes {
        binary128(a, b, |a, b| (a * b).value)
    }

    fn bits(a: Bytes) -> u128 {
        u128::from_ne_bytes(a)
    }
}

fn binary128(a: Bytes, b: Bytes, operation: impl Fn(Quad, Quad) -> Quad) -> Bytes {
    let [a, b] = [a, b].map(|bytes| Quad::from_bits(u128::from_ne_bytes(bytes)));
    operation(a, b).to_bits().to_ne_bytes()
}

#[cfg(not(target_arch = "x86_64"))]
type LongDouble = Binary128;

#[cfg(target_arch = "x86_64")]
struct LongDouble;

/// Two loads, an instruction that pops, and a store. The padding of the result
/// is that of the second operand.
#[cfg(target_arch = "x86_64")]
macro_rules! x87 {
    ($instruction:literal, $a:ident, $b:ident) => {{
        let mut result: Bytes = $b;
        // SAFETY: reads ten bytes of each operand and writes ten of the
        // result, all of which have sixteen; the x87 stack, declared as
        // clobbered, is empty again afterwards.
        unsafe {
            std::arch::asm!(
                "fld tbyte ptr [{a}]",
                "fld tbyte ptr [{b}]",
                $instruction,
                "fstp tbyte ptr [{b}]",
                a = in(reg) $a.as_ptr(),
                b = in(reg) result.as_mut_ptr(),
                out("st(0)") _, out("st(1)") _, out("st(2)") _, out("st(3)") _,
                out("st(4)") _, out("st(5)") _, out("st(6)") _, out("st(7)") _,
                options(nostack),
            );
        }
        result
    }};
}

#[cfg(target_arch = "x86_64")]
impl Extended for LongDouble {
    fn add(a: Bytes, b: Bytes) -> Bytes {
        x87!("faddp st(1), st", a, b)
    }

    fn subtract(a: Bytes, b: Bytes) -> Bytes {
        x87!("fsubp st(1), st", a, b)
    }

    fn multiply(a: Bytes, b: Bytes) -> Bytes {
        x87!("fmulp st(1), st", a, b)
    }

    fn bits(a: Bytes) -> u128 {
        binary128::from_long_double(a)
    }
}

/// An integer that is ordered as the binary128 is, both zeros being equal.
/// Without meaning for a NaN.
fn order(bits: u128) -> i128 {
    let magnitude = (bits << 1 >> 1) as i128;
    if bits >> 127 == 1 { -magnitude } else { magnitude }
}

/// The order of `long double` numbers, see `order`.
pub(super) fn order_of_long_double(bytes: Bytes) -> i128 {
    order(LongDouble::bits(bytes))
}

pub(super) fn kernel(operator: Operator, element: Element) -> Option<Kernel> {
    match element {
        Element::LongDouble => real::<LongDouble>(operator),
        Element::F128 => real::<Binary128>(operator),
        Element::ComplexLongDouble => complex::<LongDouble>(operator),
        Element::ComplexF128 => complex::<Binary128>(operator),
        _ => None,
    }
}

fn real<E: Extended>(operator: Operator) -> Option<Kernel> {
    Some(Kernel::in_place(match operator {
        Operator::Sum => |a, b| each(a, b, E::add),
        Operator::Prod => |a, b| each(a, b, E::multiply),
        Operator::Min => |a, b| each(a, b, |a, b| if order(E::bits(a)) < order(E::bits(b)) { a } else { b }),
        Operator::Max => |a, b| each(a, b, |a, b| if order(E::bits(a)) > order(E::bits(b)) { a } else { b }),
        _ => return None,
    }))
}

fn complex<E: Extended>(operator: Operator) -> Option<Kernel> {
    Some(Kernel::in_place(match operator {
        Operator::Sum => |a, b| each(a, b, E::add),
        Operator::Prod => |a, b| {
            let (inputs, _) = a.as_chunks::<16>();
            let (inouts, _) = b.as_chunks_mut::<16>();
            for (a, b) in inputs.chunks_exact(2).zip(inouts.chunks_exact_mut(2)) {
                let real = E::subtract(E::multiply(a[0], b[0]), E::multiply(a[1], b[1]));
                let imaginary = E::add(E::multiply(a[0], b[1]), E::multiply(a[1], b[0]));
                (b[0], b[1]) = (real, imaginary);
            }
        },
        _ => return None,
    }))
}

fn each(input: &[u8], inout: &mut [u8], operation: impl Fn(Bytes, Bytes) -> Bytes) {
    let (inputs, _) = input.as_chunks::<16>();
    let (inouts, _) = inout.as_chunks_mut::<16>();
    for (a, b) in inputs.iter().zip(inouts) {
        *b = operation(*a, *b);
    }
}
