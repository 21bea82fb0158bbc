//! Reductions `inout = input op inout` over arrays of elements.
//!
//! Elements may lie at any address; nothing is aligned first. The order is
//! always input on the left, so a reduction repeats exactly. Integers wrap.
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

/// A loop over as many elements as both slices hold.
type Kernel = fn(&[u8], &mut [u8]);

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
    // A mask, for a division would cost small reductions more than the rest.
    assert!(inout.len() & (element.extent() - 1) == 0, "operands are whole elements");
    match kernel(operator, element) {
        Some(kernel) => kernel(input, inout),
        None => panic!("{operator:?} of {element:?} has no meaning"),
    }
}

fn kernel(operator: Operator, element: Element) -> Option<Kernel> {
    match operator {
        Operator::Replace if element.extent() != element.size() => pair::replace(element),
        Operator::Replace => Some(|input, inout| inout.copy_from_slice(input)),
        Operator::NoOp => Some(|_, _| {}),
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
