//! IEEE binary16: converted in pieces, because CPUs convert many at a time and
//! compute in 32 bits.

use super::{Kernel, Operator};
use crate::kernels::Element;
use half::f16;
use half::slice::HalfFloatSliceExt;

/// Numbers in one piece; even, so that complex numbers stay whole.
const PIECE: usize = 64;

pub(super) fn kernel(operator: Operator, element: Element) -> Option<Kernel> {
    Some(Kernel::in_place(match (operator, element) {
        (Operator::Sum, _) => |a, b| pieces(a, b, |a, b| zip(a, b, |a, b| a + b)),
        (Operator::Prod, Element::ComplexF16) => |a, b| pieces(a, b, complex_product),
        (Operator::Prod, Element::F16) => |a, b| pieces(a, b, |a, b| zip(a, b, |a, b| a * b)),
        (Operator::Min, Element::F16) => {
            |a, b| pieces(a, b, |a, b| zip(a, b, |a, b| if a < b { a } else { b }))
        }
        (Operator::Max, Element::F16) => {
            |a, b| pieces(a, b, |a, b| zip(a, b, |a, b| if a > b { a } else { b }))
        }
        _ => return None,
    }))
}

fn zip(input: &[f32], inout: &mut [f32], operation: impl Fn(f32, f32) -> f32) {
    for (a, b) in input.iter().zip(inout) {
        *b = operation(*a, *b);
    }
}

fn complex_product(input: &[f32], inout: &mut [f32]) {
    for (a, b) in input.chunks_exact(2).zip(inout.chunks_exact_mut(2)) {
        (b[0], b[1]) = (a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]);
    }
}

fn pieces(input: &[u8], inout: &mut [u8], operation: impl Fn(&[f32], &mut [f32])) {
    for (a, b) in input.chunks(2 * PIECE).zip(inout.chunks_mut(2 * PIECE)) {
        let (mut left, mut right) = ([0.0; PIECE], [0.0; PIECE]);
        let len = b.len() / 2;
        widen(a, &mut left[..len]);
        widen(b, &mut right[..len]);
        operation(&left[..len], &mut right[..len]);
        let mut narrow = [f16::ZERO; PIECE];
        narrow[..len].convert_from_f32_slice(&right[..len]);
        for (number, bytes) in narrow.iter().zip(b.chunks_exact_mut(2)) {
            bytes.copy_from_slice(&number.to_ne_bytes());
        }
    }
}

fn widen(bytes: &[u8], wide: &mut [f32]) {
    let mut numbers = [f16::ZERO; PIECE];
    for (number, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(2)) {
        *number = f16::from_ne_bytes([bytes[0], bytes[1]]);
    }
    numbers[..wide.len()].convert_to_f32_slice(wide);
}
