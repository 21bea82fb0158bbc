//! Single elements changed by one load and one store each, so that a program
//! that polls its memory while others accumulate into it never sees half of one.
//! Who changes an element is alone with it: see the window's gate.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering};

use super::element::Element;
use super::reduce::{Operator, reduce};
use crate::buffer::part::{RecvPart, SendPart};

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
    /// The element that `target` is, if its size and place are right.
    #[inline(always)]
    pub fn find(target: RecvPart<'a>, element: Element) -> Option<Self> {
        let (base, address) = (target.base(), target.address());
        if target.size() != element.size() {
            return None;
        }
        let fits = |bytes: usize| target.size() == bytes && address.is_multiple_of(bytes);
        // SAFETY: so many bytes are lent, and the address is aligned; the window's gate
        // keeps other accumulates away.
        unsafe {
            if fits(8) {
                Some(Self::Eight(AtomicU64::from_ptr(base.cast())))
            } else if fits(4) {
                Some(Self::Four(AtomicU32::from_ptr(base.cast())))
            } else if fits(2) {
                Some(Self::Two(AtomicU16::from_ptr(base.cast())))
            } else if fits(1) {
                Some(Self::One(AtomicU8::from_ptr(base)))
            } else {
                None
            }
        }
    }

    /// Replaces the element by `operand op element`; `before` gets what it was.
    ///
    /// # Panics
    /// Unless `operand` is one element, `before` has room for one, and the
    /// reduction has a meaning.
    #[inline(always)]
    pub fn update(
        &self,
        element: Element,
        operator: Operator,
        operand: SendPart<'_>,
        before: Option<RecvPart<'_>>,
    ) {
        match self {
            Self::One(cell) => give(before, cell.apply(element, operator, operand)),
            Self::Two(cell) => give(before, cell.apply(element, operator, operand)),
            Self::Four(cell) => give(before, cell.apply(element, operator, operand)),
            Self::Eight(cell) => give(before, cell.apply(element, operator, operand)),
        }
    }

    /// Replaces the element by `operand` if it is `expected`; `before` gets what it
    /// was.
    ///
    /// # Panics
    /// Unless all are one element.
    #[inline(always)]
    pub fn compare_and_swap(&self, expected: SendPart<'_>, operand: SendPart<'_>, before: RecvPart<'_>) {
        match self {
            Self::One(cell) => before.set(cell.exchange(expected, operand)),
            Self::Two(cell) => before.set(cell.exchange(expected, operand)),
            Self::Four(cell) => before.set(cell.exchange(expected, operand)),
            Self::Eight(cell) => before.set(cell.exchange(expected, operand)),
        }
    }
}

#[inline(always)]
fn give<const BYTES: usize>(before: Option<RecvPart<'_>>, old: [u8; BYTES]) {
    if let Some(before) = before {
        before.set(old);
    }
}

/// An atomic of the size of an element.
trait Cell<const BYTES: usize> {
    fn apply(&self, element: Element, operator: Operator, operand: SendPart<'_>) -> [u8; BYTES];
    fn exchange(&self, expected: SendPart<'_>, operand: SendPart<'_>) -> [u8; BYTES];
}

macro_rules! cell {
    ($($atomic:ty, $number:ty, $signed:ident, $unsigned:ident $(, $float:ty, $floating:ident)?;)*) => {$(
        impl Cell<{ size_of::<$number>() }> for $atomic {
            #[inline(always)]
            fn apply(&self, element: Element, operator: Operator, operand: SendPart<'_>) -> [u8; size_of::<$number>()] {
                let number = <$number>::from_ne_bytes(operand.array());
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
                        reduce(operator, element, operand.bytes(), &mut new);
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
            fn exchange(&self, expected: SendPart<'_>, operand: SendPart<'_>) -> [u8; size_of::<$number>()] {
                let number = |part: SendPart<'_>| <$number>::from_ne_bytes(part.array());
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
                let single = Single::find(target.find(offset, size).unwrap(), element).unwrap();
                let old = Scratch::zeroed(size);
                single.update(element, operator, operand.into(), old.recv_buffer().find(0, size));
                assert_eq!(old.send_buffer().slice(0, size), before, "{operator:?} of {element:?}");
                assert_eq!(scratch.send_buffer().slice(offset, size), plain, "{operator:?} of {element:?}");
            }
        }
    }

    #[test]
    fn a_swap_happens_only_if_the_value_is_expected() {
        let (scratch, offset) = memory(&7_u32.to_ne_bytes());
        let swap = |expected: u32, new: u32| {
            let target = scratch.recv_buffer();
            let single = Single::find(target.find(offset, 4).unwrap(), Element::U32).unwrap();
            let before = Scratch::zeroed(4);
            let before = before.recv_buffer();
            let before = before.find(0, 4).unwrap();
            let (expected, new) = (expected.to_ne_bytes(), new.to_ne_bytes());
            single.compare_and_swap((&expected[..]).into(), (&new[..]).into(), before);
            u32::from_ne_bytes(before.as_send().array())
        };
        assert_eq!((swap(6, 8), swap(7, 9), swap(7, 1)), (7, 7, 9));
    }

    #[test]
    fn what_is_too_large_or_not_aligned_is_not_possible() {
        let (scratch, offset) = memory(&[]);
        let target = scratch.recv_buffer();
        let is_possible = |offset, element: Element| {
            Single::find(target.find(offset, element.size()).unwrap(), element).is_some()
        };
        assert!(is_possible(offset, Element::F64) && is_possible(offset + 1, Element::U8));
        assert!(!is_possible(offset + 4, Element::F64) && !is_possible(offset + 4, Element::FloatInt));
        for element in [Element::ComplexF64, Element::LongDouble, Element::ShortInt, Element::DoubleInt] {
            assert!(!is_possible(offset, element), "{element:?}");
        }
    }
}
