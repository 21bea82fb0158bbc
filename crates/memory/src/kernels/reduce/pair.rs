//! Minimum and maximum with location (MPI-5.0 section 6.9.4): of equal values,
//! the lower location wins.

use super::extended::order_of_long_double;
use super::lanes::Lane;
use super::{Kernel, Operator};
use crate::kernels::Element;
use std::cmp::Ordering;

/// A `long double` that only has an order.
#[derive(Clone, Copy)]
struct LongDouble([u8; 16]);

impl PartialEq for LongDouble {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for LongDouble {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        order_of_long_double(self.0).partial_cmp(&order_of_long_double(other.0))
    }
}

impl Lane for LongDouble {
    fn load(bytes: &[u8]) -> Self {
        Self(*bytes.first_chunk().expect("a long double has 16 bytes"))
    }

    fn store(self, bytes: &mut [u8]) {
        bytes[..16].copy_from_slice(&self.0);
    }
}

pub(super) fn kernel(operator: Operator, element: Element) -> Option<Kernel> {
    match operator {
        Operator::MinLoc => locate::<false>(element),
        Operator::MaxLoc => locate::<true>(element),
        _ => None,
    }
}

fn locate<const MAX: bool>(element: Element) -> Option<Kernel> {
    Some(Kernel::in_place(match element {
        Element::FloatInt => each::<f32, i32, 4, 8, MAX>,
        Element::DoubleInt => each::<f64, i32, 8, 16, MAX>,
        Element::LongInt => each::<i64, i32, 8, 16, MAX>,
        Element::TwoInt => each::<i32, i32, 4, 8, MAX>,
        Element::ShortInt => each::<i16, i32, 4, 8, MAX>,
        Element::LongDoubleInt => each::<LongDouble, i32, 16, 32, MAX>,
        Element::TwoReal => each::<f32, f32, 4, 8, MAX>,
        Element::TwoDouble => each::<f64, f64, 8, 16, MAX>,
        _ => return None,
    }))
}

/// Values of type `V`, and locations of type `L` at `OFFSET` in pairs of
/// `EXTENT` bytes.
fn each<V, L, const OFFSET: usize, const EXTENT: usize, const MAX: bool>(input: &[u8], inout: &mut [u8])
where
    V: Lane + PartialOrd,
    L: Lane + PartialOrd,
{
    for (a, b) in input.chunks_exact(EXTENT).zip(inout.chunks_exact_mut(EXTENT)) {
        let (value, other) = (V::load(a), V::load(b));
        let (location, other_location) = (L::load(&a[OFFSET..]), L::load(&b[OFFSET..]));
        let wins = if MAX { value > other } else { value < other };
        if wins || (value == other && location < other_location) {
            value.store(b);
            location.store(&mut b[OFFSET..]);
        }
    }
}

/// Copies value and location but not the padding, which may not be ours.
pub(super) fn replace(element: Element) -> Option<Kernel> {
    Some(Kernel::in_place(match element {
        Element::DoubleInt | Element::LongInt => copy::<8, 8, 16>,
        Element::ShortInt => copy::<2, 4, 8>,
        Element::LongDoubleInt => copy::<16, 16, 32>,
        _ => return None,
    }))
}

/// A value of `VALUE` bytes, and a location of four at `OFFSET`.
fn copy<const VALUE: usize, const OFFSET: usize, const EXTENT: usize>(input: &[u8], inout: &mut [u8]) {
    for (a, b) in input.chunks_exact(EXTENT).zip(inout.chunks_exact_mut(EXTENT)) {
        b[..VALUE].copy_from_slice(&a[..VALUE]);
        b[OFFSET..OFFSET + 4].copy_from_slice(&a[OFFSET..OFFSET + 4]);
    }
}
