//! Accesses to few bytes in memory that is mapped here: what most programs ask
//! for, most of the time. They are made at once, under the state lock, and need
//! nothing of what longer ones build. Everything out of the ordinary, errors
//! among them, is left to [`super::access`].

use memory::buffer::{RecvBuffer, SendBuffer};
use memory::kernels::single::{self, Single};
use memory::kernels::{Element, Operator, reduce};
use memory::window::gate::Gate;

use super::access::Allowed;
use super::window::{Direct, Reach, Window};
use crate::handle::WinId;
use crate::objects::Objects;

/// Bytes that are copied, or combined, under the state lock.
const NEAR_BYTES: usize = 64 * 1024;
/// Bytes that are combined at a time when the program wants to know what was
/// there: a whole number of elements of any kind.
const FETCH_BYTES: usize = 256;

/// Some bytes of a target, checked.
pub struct Near<'a> {
    window: &'a Window,
    target: usize,
    direct: &'a Direct,
    /// Bytes from the base of the target's memory.
    offset: isize,
    bytes: usize,
}

/// The `bytes` bytes at a displacement, if they are few, in memory that is
/// mapped here, and may be accessed now.
#[inline(always)]
pub fn near(
    objects: &Objects,
    win: WinId,
    allowed: Allowed,
    rank: i32,
    displacement: i64,
    bytes: usize,
) -> Option<Near<'_>> {
    let entry = objects.wins.get(win)?;
    let window = &*entry.window;
    let target = usize::try_from(rank).ok()?;
    let memory = window.targets.get(target)?;
    let Reach::Direct(direct) = &memory.reach else { return None };
    let start = u64::try_from(displacement.checked_mul(memory.unit)?).ok()?;
    let is_inside = memory.size.checked_sub(start).is_some_and(|room| bytes as u64 <= room);
    let is_open = match allowed {
        Allowed::Always => entry.epochs.opens(target),
        Allowed::Locked => entry.epochs.is_locked(target),
    };
    if bytes == 0 || bytes > NEAR_BYTES || !is_inside || !is_open {
        return None;
    }
    Some(Near { window, target, direct, offset: start as isize, bytes })
}

impl Near<'_> {
    #[inline]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    #[inline(always)]
    fn gate(&self) -> &Gate {
        self.window.control.gate(self.target)
    }

    /// `MPI_Put` of the first bytes of `origin`.
    #[inline(always)]
    pub fn put(&self, origin: &SendBuffer) {
        self.direct.write.copy_from(self.offset, origin.slice(0, self.bytes));
    }

    /// `MPI_Get` into the first bytes of `origin`.
    #[inline(always)]
    pub fn get(&self, origin: &RecvBuffer) {
        origin.copy_from(0, self.direct.read.slice(self.offset, self.bytes));
    }

    /// The element, if it is one that the CPU loads and stores at once.
    #[inline(always)]
    fn single(&self, element: Element) -> Option<Single<'_>> {
        if self.bytes != element.size() {
            return None;
        }
        Single::find(&self.direct.write, self.offset, element)
    }

    /// `operator` with the first elements of `origin`, unless others are inside of
    /// the gate: whether it was done. Without `origin` nothing changes. `before`
    /// gets what was there. Elements have no gaps.
    #[inline(always)]
    pub fn update(
        &self,
        element: Element,
        operator: Operator,
        origin: Option<&SendBuffer>,
        before: Option<&RecvBuffer>,
    ) -> bool {
        let Some(_inside) = self.gate().try_enter() else { return false };
        if let Some(single) = self.single(element) {
            let operand = match origin {
                Some(origin) => origin.slice(0, self.bytes),
                None => &[0; single::MAX_BYTES][..self.bytes],
            };
            single.update(element, operator, operand, |old| {
                if let Some(before) = before {
                    before.copy_from(0, old);
                }
            });
            return true;
        }
        match (origin, before) {
            (Some(origin), None) => self.reduce(element, operator, origin),
            (Some(origin), Some(before)) => self.fetch(element, operator, origin, before),
            (None, Some(before)) => self.get(before),
            (None, None) => {}
        }
        true
    }

    #[inline(never)]
    fn reduce(&self, element: Element, operator: Operator, origin: &SendBuffer) {
        let target = self.direct.write.slice_mut(self.offset, self.bytes);
        reduce(operator, element, origin.slice(0, self.bytes), target);
    }

    #[inline(never)]
    fn fetch(&self, element: Element, operator: Operator, origin: &SendBuffer, before: &RecvBuffer) {
        let mut operand = [0; FETCH_BYTES];
        for at in (0..self.bytes).step_by(FETCH_BYTES) {
            // Taken aside: a program may give the same buffer for both.
            let operand = &mut operand[..FETCH_BYTES.min(self.bytes - at)];
            origin.copy_to(at as isize, operand);
            let target = self.direct.write.slice_mut(self.offset + at as isize, operand.len());
            before.copy_from(at as isize, target);
            reduce(operator, element, operand, target);
        }
    }

    /// `MPI_Compare_and_swap`, unless others are inside of the gate or the CPU
    /// cannot store such an element at once: whether it was done.
    #[inline(always)]
    pub fn compare_and_swap(
        &self,
        element: Element,
        origin: &SendBuffer,
        compare: &SendBuffer,
        before: &RecvBuffer,
    ) -> bool {
        let Some(single) = self.single(element) else { return false };
        let Some(_inside) = self.gate().try_enter() else { return false };
        let (expected, new) = (compare.slice(0, self.bytes), origin.slice(0, self.bytes));
        single.compare_and_swap(expected, new, |old| before.copy_from(0, old));
        true
    }
}
