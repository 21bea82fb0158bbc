//! Single elements changed by one load and one store each, so that a program
//! that polls its memory while others accumulate into it never sees half of one.
//! Who changes an element is alone with it: see the window's gate.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering};

use super::element::Element;
use super::reduce::{Operator, reduce};
use crate::buffer::RecvBuffer;

/// Bytes of the largest element that a CPU loads and stores at once.
pub const MAX_BYTES: usize = 8;

/// An element that the CPU loads and stores at once.
pub enum Single<'a> {
    One(&'a AtomicU8),
    Two(&'a AtomicU16),
    Four(&'a AtomicU32),
    Eight(&'a AtomicU64),
}

impl<'a> Single<'a> {
    /// The element that lies `offset` bytes into `target`, if its size and place
    /// are right.
    ///
    /// # Panics
    /// When it is not lent.
    #[inline(always)]
    pub fn find(target: &'a RecvBuffer, offset: isize, element: Element) -> Option<Self> {
        let address = target.address(offset);
        let reach = |size: usize| target.reach(offset, offset..offset + size as isize);
        // SAFETY: `reach` checks that the bytes are lent, and the address is aligned;
        // the window's gate keeps other accumulates away.
        unsafe {
            match element.size() {
                1 => Some(Self::One(AtomicU8::from_ptr(reach(1)))),
                2 if address.is_multiple_of(2) => Some(Self::Two(AtomicU16::from_ptr(reach(2).cast()))),
                4 if address.is_multiple_of(4) => Some(Self::Four(AtomicU32::from_ptr(reach(4).cast()))),
                8 if address.is_multiple_of(8) => Some(Self::Eight(AtomicU64::from_ptr(reach(8).cast()))),
                _ => None,
            }
        }
    }

    /// Replaces the element by `operand op element`, and shows `before` what it
    /// was.
    ///
    /// # Panics
    /// Unless `operand` is one element, and the reduction has a meaning.
    #[inline(always)]
    pub fn update(&self, element: Element, operator: Operator, operand: &[u8], before: impl FnOnce(&[u8])) {
        match self {
            Self::One(cell) => before(&cell.apply(element, operator, operand)),
            Self::Two(cell) => before(&cell.apply(element, operator, operand)),
            Self::Four(cell) => before(&cell.apply(element, operator, operand)),
            Self::Eight(cell) => before(&cell.apply(element, operator, operand)),
        }
    }

    /// Replaces the element by `operand` if it is `expected`, and shows `before`
    /// what it was.
    ///
    /// # Panics
    /// Unless both are one element.
    #[inline(always)]
    pub fn compare_and_swap(&self, expected: &[u8], operand: &[u8], before: impl FnOnce(&[u8])) {
        match self {
            Self::One(cell) => before(&cell.exchange(expected, operand)),
            Self::Two(cell) => before(&cell.exchange(expected, operand)),
            Self::Four(cell) => before(&cell.exchange(expected, operand)),
            Self::Eight(cell) => before(&cell.exchange(expected, operand)),
        }
    }
}

/// An atomic of the size of an element.
trait Cell<const BYTES: usize> {
    fn apply(&self, element: Element, operator: Operator, operand: &[u8]) -> [u8; BYTES];
    fn exchange(&self, expected: &[u8], operand: &[u8]) -> [u8; BYTES];
}

macro_rules! cell {
    ($($atomic:ty, $number:ty, $signed:ident, $unsigned:ident $(, $float:ty, $floating:ident)?;)*) => {$(
        impl Cell<{ size_of::<$number>() }> for $atomic {
            #[inline(always)]
            fn apply(&self, element: Element, operator: Operator, operand: &[u8]) -> [u8; size_of::<$number>()] {
                let number = <$number>::from_ne_bytes(operand.try_into().expect("the operand is one element"));
                // Relaxed: the window's gate orders accumulates.
                let old = self.load(Ordering::Relaxed);
                let new = match (operator, element) {
                    // What programs do most often is done here, and not by a kernel for
                    // any number of elements.
                    (Operator::NoOp, _) => old,
                    (Operator::Replace, _) => number,
                    (Operator::Sum, Element::$signed | Element::$unsigned) => number.wrapping_add(old),
                    $((Operator::Sum, Element::$floating) => {
                        (<$float>::from_bits(number) + <$float>::from_bits(old)).to_bits()
                    })?
                    _ => {
                        let mut new = old.to_ne_bytes();
                        reduce(operator, element, operand, &mut new);
                        <$number>::from_ne_bytes(new)
                    }
                };
                if operator != Operator::NoOp {
                    // Release: pairs with whatever loads the program itself polls the
                    // element with; it then needs what was done before.
                    self.store(new, Ordering::Release);
                }
                old.to_ne_bytes()
            }

            #[inline(always)]
            fn exchange(&self, expected: &[u8], operand: &[u8]) -> [u8; size_of::<$number>()] {
                let number = |bytes: &[u8]| {
                    <$number>::from_ne_bytes(bytes.try_into().expect("the operand is one element"))
                };
                // Relaxed, Release: as in `apply`.
                let old = self.load(Ordering::Relaxed);
                if old == number(expected) {
                    self.store(number(operand), Ordering::Release);
                }
                old.to_ne_bytes()
            }
        }
    )*};
}

cell! {
    AtomicU8, u8, I8, U8;
    AtomicU16, u16, I16, U16;
    AtomicU32, u32, I32, U32, f32, F32;
    AtomicU64, u64, I64, U64, f64, F64;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::Scratch;
    use crate::kernels::reduce::is_supported;

    const ELEMENTS: &[Element] = &[
        Element::Byte,
        Element::I8,
        Element::U16,
        Element::I32,
        Element::U64,
        Element::F16,
        Element::F32,
        Element::F64,
        Element::ComplexF32,
        Element::Logical32,
    ];
    const OPERATORS: &[Operator] = &[
        Operator::Sum,
        Operator::Min,
        Operator::Max,
        Operator::Prod,
        Operator::BitAnd,
        Operator::BitOr,
        Operator::BitXor,
        Operator::LogicalAnd,
        Operator::LogicalXor,
        Operator::Replace,
        Operator::NoOp,
    ];

    /// Aligned memory with these bytes at offset 8.
    fn memory(bytes: &[u8]) -> (Scratch, isize) {
        let scratch = Scratch::zeroed(64);
        let offset = (8 - scratch.recv_buffer().address(0) as isize).rem_euclid(8) + 8;
        scratch.recv_buffer().copy_from(offset, bytes);
        (scratch, offset)
    }

    #[test]
    fn every_operation_is_what_reduce_does() {
        let bytes: [[u8; 8]; 2] = [[1, 0x3c, 7, 0x40, 0, 1, 0x80, 0x3f], [3, 0x40, 9, 0x41, 2, 0, 0, 0x40]];
        for &element in ELEMENTS {
            for &operator in OPERATORS.iter().filter(|&&operator| is_supported(operator, element)) {
                let size = element.size();
                let (before, operand) = (&bytes[0][..size], &bytes[1][..size]);
                let mut plain = before.to_vec();
                reduce(operator, element, operand, &mut plain);
                let (scratch, offset) = memory(before);
                let target = scratch.recv_buffer();
                let single = Single::find(&target, offset, element).unwrap();
                single.update(element, operator, operand, |old| {
                    assert_eq!(old, before, "{operator:?} of {element:?}");
                });
                assert_eq!(scratch.send_buffer().slice(offset, size), plain, "{operator:?} of {element:?}");
            }
        }
    }

    #[test]
    fn a_swap_happens_only_if_the_value_is_expected() {
        let (scratch, offset) = memory(&7_u32.to_ne_bytes());
        let swap = |expected: u32, new: u32| {
            let target = scratch.recv_buffer();
            let single = Single::find(&target, offset, Element::U32).unwrap();
            let mut before = None;
            single.compare_and_swap(&expected.to_ne_bytes(), &new.to_ne_bytes(), |old| {
                before = old.first_chunk().map(|&old| u32::from_ne_bytes(old));
            });
            before
        };
        assert_eq!((swap(6, 8), swap(7, 9), swap(7, 1)), (Some(7), Some(7), Some(9)));
    }

    #[test]
    fn what_is_too_large_or_not_aligned_is_not_possible() {
        let (scratch, offset) = memory(&[]);
        let target = scratch.recv_buffer();
        let is_possible = |offset, element| Single::find(&target, offset, element).is_some();
        assert!(is_possible(offset, Element::F64) && is_possible(offset + 1, Element::U8));
        assert!(!is_possible(offset + 4, Element::F64) && !is_possible(offset + 4, Element::FloatInt));
        for element in [Element::ComplexF64, Element::LongDouble, Element::ShortInt, Element::DoubleInt] {
            assert!(!is_possible(offset, element), "{element:?}");
        }
    }
}
