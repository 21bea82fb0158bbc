//! Single elements changed by the CPU's atomics, for accumulates into memory
//! that several processes change at the same time.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering};

use super::element::Element;
use super::reduce::{Operator, reduce};
use crate::buffer::RecvBuffer;

/// Bytes of the largest element that a CPU changes at once.
pub const MAX_BYTES: usize = 8;

/// Whether the CPU can change an element that lies `offset` bytes into `target`
/// at once. The same for every process that has mapped the memory.
#[inline]
pub fn is_possible(target: &RecvBuffer, offset: isize, element: Element) -> bool {
    let size = element.size();
    size.is_power_of_two()
        && size <= MAX_BYTES
        && element.extent() == size
        && target.address(offset).is_multiple_of(size as u64)
}

/// Replaces the element at `offset` by `operand op element`, and returns what it
/// was before in the first bytes.
///
/// # Panics
/// Unless [`is_possible`] says so, `operand` is one element, and the reduction
/// has a meaning.
#[inline]
pub fn update(
    target: &RecvBuffer,
    offset: isize,
    element: Element,
    operator: Operator,
    operand: &[u8],
) -> [u8; MAX_BYTES] {
    assert!(is_possible(target, offset, element), "{element:?} at offset {offset} cannot be changed at once");
    let at = target.reach(offset, offset..offset + element.size() as isize);
    // SAFETY: `reach` checked that the bytes are lent, `is_possible` that the
    // address is aligned; plain accesses are kept away by the window's gate.
    unsafe {
        match element.size() {
            1 => AtomicU8::from_ptr(at).apply(element, operator, operand),
            2 => AtomicU16::from_ptr(at.cast()).apply(element, operator, operand),
            4 => AtomicU32::from_ptr(at.cast()).apply(element, operator, operand),
            _ => AtomicU64::from_ptr(at.cast()).apply(element, operator, operand),
        }
    }
}

/// Replaces the element at `offset` by `operand` if it is `expected`, and
/// returns what it was before.
///
/// # Panics
/// As [`update`].
#[inline]
pub fn compare_and_swap(
    target: &RecvBuffer,
    offset: isize,
    element: Element,
    expected: &[u8],
    operand: &[u8],
) -> [u8; MAX_BYTES] {
    assert!(is_possible(target, offset, element), "{element:?} at offset {offset} cannot be changed at once");
    let at = target.reach(offset, offset..offset + element.size() as isize);
    // SAFETY: as in `update`.
    unsafe {
        match element.size() {
            1 => AtomicU8::from_ptr(at).exchange(expected, operand),
            2 => AtomicU16::from_ptr(at.cast()).exchange(expected, operand),
            4 => AtomicU32::from_ptr(at.cast()).exchange(expected, operand),
            _ => AtomicU64::from_ptr(at.cast()).exchange(expected, operand),
        }
    }
}

/// An atomic of the size of an element.
trait Cell {
    fn apply(&self, element: Element, operator: Operator, operand: &[u8]) -> [u8; MAX_BYTES];
    fn exchange(&self, expected: &[u8], operand: &[u8]) -> [u8; MAX_BYTES];
}

const fn is_integer(element: Element) -> bool {
    matches!(
        element,
        Element::I8
            | Element::I16
            | Element::I32
            | Element::I64
            | Element::U8
            | Element::U16
            | Element::U32
            | Element::U64
    )
}

macro_rules! cell {
    ($($atomic:ty, $number:ty;)*) => {$(
        impl Cell for $atomic {
            #[inline]
            fn apply(&self, element: Element, operator: Operator, operand: &[u8]) -> [u8; MAX_BYTES] {
                const BYTES: usize = size_of::<$number>();
                let number = <$number>::from_ne_bytes(operand.try_into().expect("the operand is one element"));
                // AcqRel, all: pairs with itself at other ranks. Synchronisation calls of
                // the window order more than that; a program that polls a location needs
                // what was accumulated before.
                let old = match operator {
                    Operator::NoOp => self.load(Ordering::Acquire),
                    Operator::Replace => self.swap(number, Ordering::AcqRel),
                    Operator::Sum if is_integer(element) => self.fetch_add(number, Ordering::AcqRel),
                    Operator::BitAnd => self.fetch_and(number, Ordering::AcqRel),
                    Operator::BitOr => self.fetch_or(number, Ordering::AcqRel),
                    Operator::BitXor => self.fetch_xor(number, Ordering::AcqRel),
                    _ => {
                        let mut old = self.load(Ordering::Relaxed);
                        loop {
                            let mut new = old.to_ne_bytes();
                            reduce(operator, element, operand, &mut new);
                            let new = <$number>::from_ne_bytes(new);
                            match self.compare_exchange_weak(old, new, Ordering::AcqRel, Ordering::Relaxed) {
                                Ok(_) => break old,
                                Err(changed) => old = changed,
                            }
                        }
                    }
                };
                let mut bytes = [0; MAX_BYTES];
                bytes[..BYTES].copy_from_slice(&old.to_ne_bytes());
                bytes
            }

            #[inline]
            fn exchange(&self, expected: &[u8], operand: &[u8]) -> [u8; MAX_BYTES] {
                let number = |bytes: &[u8]| {
                    <$number>::from_ne_bytes(bytes.try_into().expect("the operand is one element"))
                };
                // AcqRel: as in `apply`.
                let old = self.compare_exchange(
                    number(expected),
                    number(operand),
                    Ordering::AcqRel,
                    Ordering::Acquire,
                );
                let mut bytes = [0; MAX_BYTES];
                bytes[..size_of::<$number>()].copy_from_slice(&old.unwrap_or_else(|old| old).to_ne_bytes());
                bytes
            }
        }
    )*};
}

cell! {
    AtomicU8, u8;
    AtomicU16, u16;
    AtomicU32, u32;
    AtomicU64, u64;
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
    fn every_operation_is_what_the_plain_one_is() {
        let bytes: [[u8; 8]; 2] = [[1, 0x3c, 7, 0x40, 0, 1, 0x80, 0x3f], [3, 0x40, 9, 0x41, 2, 0, 0, 0x40]];
        for &element in ELEMENTS {
            for &operator in OPERATORS.iter().filter(|&&operator| is_supported(operator, element)) {
                let size = element.size();
                let (before, operand) = (&bytes[0][..size], &bytes[1][..size]);
                let mut plain = before.to_vec();
                reduce(operator, element, operand, &mut plain);
                let (scratch, offset) = memory(before);
                let old = update(&scratch.recv_buffer(), offset, element, operator, operand);
                assert_eq!(&old[..size], before, "{operator:?} of {element:?}");
                assert_eq!(scratch.send_buffer().slice(offset, size), plain, "{operator:?} of {element:?}");
            }
        }
    }

    #[test]
    fn a_swap_happens_only_if_the_value_is_expected() {
        let (scratch, offset) = memory(&7_u32.to_ne_bytes());
        let swap = |expected: u32, new: u32| {
            let target = scratch.recv_buffer();
            let old =
                compare_and_swap(&target, offset, Element::U32, &expected.to_ne_bytes(), &new.to_ne_bytes());
            u32::from_ne_bytes(*old.first_chunk().unwrap())
        };
        assert_eq!((swap(6, 8), swap(7, 9), swap(7, 1)), (7, 7, 9));
    }

    #[test]
    fn what_is_too_large_or_not_aligned_is_not_possible() {
        let (scratch, offset) = memory(&[]);
        let target = scratch.recv_buffer();
        assert!(is_possible(&target, offset, Element::F64) && is_possible(&target, offset + 1, Element::U8));
        assert!(!is_possible(&target, offset + 4, Element::F64));
        for element in [Element::ComplexF64, Element::LongDouble, Element::ShortInt, Element::DoubleInt] {
            assert!(!is_possible(&target, offset, element), "{element:?}");
        }
    }

    #[test]
    fn threads_lose_nothing() {
        let (scratch, offset) = memory(&[]);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        let one = 1_f64.to_ne_bytes();
                        update(&scratch.recv_buffer(), offset, Element::F64, Operator::Sum, &one);
                    }
                });
            }
        });
        assert_eq!(scratch.send_buffer().slice(offset, 8), 4000_f64.to_ne_bytes());
    }
}
