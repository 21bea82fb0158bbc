//! Reductions over arrays of elements: `inout = input op inout`, or `out = left op
//! right`.
//!
//! Elements may lie at any address; nothing is aligned first. The order is always
//! as written, so a reduction repeats exactly. Integers wrap.
//! Which reduction MPI allows for which datatype is the engine's knowledge:
//! here is every kernel that has a meaning.
//!
//! - `lanes`: numbers that the CPU computes with, in loops that vectorise
//! - `half`: 16-bit floating point, computed in 32 bits
//! - `extended`: `long double` and binary128
//! - `pair`: minimum and maximum with location

mod extended;
mod half;
mod lanes;
mod pair;

use super::element::Element;
use crate::copy::copy_slice;

/// The predefined reductions (MPI-5.0 sections 6.9.2 and 12.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Sum,
    Min,
    Max,
    Prod,
    BitAnd,
    BitOr,
    BitXor,
    LogicalAnd,
    LogicalOr,
    LogicalXor,
    MinLoc,
    MaxLoc,
    /// The input.
    Replace,
    /// What was there.
    NoOp,
}

/// `inout = input op inout`, over as many elements as both slices hold.
type InPlace = fn(&[u8], &mut [u8]);
/// `out = left op right`, over as many elements as all slices hold.
type Apart = fn(&[u8], &[u8], &mut [u8]);

#[derive(Clone, Copy)]
struct Kernel {
    in_place: InPlace,
    /// Where memory takes longer than the arithmetic.
    apart: Option<Apart>,
}

impl Kernel {
    const fn in_place(in_place: InPlace) -> Self {
        Self { in_place, apart: None }
    }
}

/// Whether [`reduce`] has a kernel for this.
pub fn is_supported(operator: Operator, element: Element) -> bool {
    kernel(operator, element).is_some()
}

/// `inout = input op inout`, element by element. Both slices hold the same
/// number of whole elements, one [`Element::extent`] apart.
///
/// # Panics
/// If the slices differ in length or do not hold whole elements, or if
/// [`is_supported`] denies the combination.
pub fn reduce(operator: Operator, element: Element, input: &[u8], inout: &mut [u8]) {
    assert_eq!(input.len(), inout.len(), "both operands have as many elements");
    (checked_kernel(operator, element, inout.len()).in_place)(input, inout);
}

/// `out = left op right`, as [`reduce`].
///
/// # Panics
/// As [`reduce`].
pub fn combine(operator: Operator, element: Element, left: &[u8], right: &[u8], out: &mut [u8]) {
    assert!(left.len() == out.len() && right.len() == out.len(), "all operands have as many elements");
    let kernel = checked_kernel(operator, element, out.len());
    match kernel.apart {
        Some(apart) => apart(left, right, out),
        None => {
            copy_slice(right, out);
            (kernel.in_place)(left, out);
        }
    }
}

#[inline]
fn checked_kernel(operator: Operator, element: Element, len: usize) -> Kernel {
    // A mask, for a division would cost small reductions more than the rest.
    assert!(len & (element.extent() - 1) == 0, "operands are whole elements");
    match kernel(operator, element) {
        Some(kernel) => kernel,
        None => panic!("{operator:?} of {element:?} has no meaning"),
    }
}

fn kernel(operator: Operator, element: Element) -> Option<Kernel> {
    match operator {
        Operator::Replace if element.extent() != element.size() => pair::replace(element),
        Operator::Replace => Some(Kernel::in_place(|input, inout| inout.copy_from_slice(input))),
        Operator::NoOp => Some(Kernel::in_place(|_, _| {})),
        Operator::MinLoc | Operator::MaxLoc => pair::kernel(operator, element),
        _ => match element {
            Element::F16 | Element::ComplexF16 => half::kernel(operator, element),
            Element::LongDouble | Element::ComplexLongDouble | Element::F128 | Element::ComplexF128 => {
                extended::kernel(operator, element)
            }
            _ => lanes::kernel(operator, element),
        },
    }
}

#[cfg(test)]
mod tests;
