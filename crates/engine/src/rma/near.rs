//! Accesses to few bytes in memory that is mapped here: what most programs ask
//! for, most of the time. They are made at once, under the state lock, and need
//! nothing of what longer ones build. Everything out of the ordinary, errors
//! among them, is left to [`super::access`].

use memory::buffer::part::{RecvPart, SendPart};
use memory::kernels::single::{self, Single};
use memory::kernels::{Element, Operator, reduce};
use memory::window::gate::Gate;

use super::access::Allowed;
use super::window::{Reach, Window};
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
    memory: RecvPart<'a>,
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
    if bytes > NEAR_BYTES {
        return None;
    }
    let entry = objects.wins.get(win)?;
    let window = &*entry.window;
    let target = usize::try_from(rank).ok()?;
    let known = window.targets.get(target)?;
    let Reach::Direct(direct) = &known.reach else { return None };
    let start = isize::try_from(displacement.checked_mul(known.unit)?).ok()?;
    let memory = direct.write.find(start, bytes)?;
    let is_open = match allowed {
        Allowed::Always => entry.epochs.opens(target),
        Allowed::Locked => entry.epochs.is_locked(target),
    };
    is_open.then_some(Near { window, target, memory })
}

impl<'a> Near<'a> {
    #[inline(always)]
    pub fn bytes(&self) -> usize {
        self.memory.size()
    }

    #[inline(always)]
    fn gate(&self) -> &'a Gate {
        self.window.control.gate(self.target)
    }

    /// `MPI_Put`.
    #[inline(always)]
    pub fn put(&self, origin: SendPart<'_>) {
        self.memory.copy_from(origin);
    }

    /// `MPI_Get`.
    #[inline(always)]
    pub fn get(&self, origin: RecvPart<'_>) {
        origin.copy_from(self.memory.as_send());
    }

    /// `operator` with the elements of `origin`, unless others are inside of the
    /// gate: whether it was done. Without `origin` nothing changes. `before` gets
    /// what was there. Elements have no gaps.
    #[inline(always)]
    pub fn update(
        &self,
        element: Element,
        operator: Operator,
        origin: Option<SendPart<'_>>,
        before: Option<RecvPart<'_>>,
    ) -> bool {
        let Some(_inside) = self.gate().try_enter() else { return false };
        if let Some(single) = Single::find(self.memory, element) {
            let nothing = SendPart::from(&[0; single::MAX_BYTES][..self.bytes()]);
            single.update(element, operator, origin.unwrap_or(nothing), before);
            return true;
        }
        match (origin, before) {
            (Some(origin), None) => {
                reduce(operator, element, origin.bytes(), self.memory.bytes_mut());
            }
            (Some(origin), Some(before)) => fetch(element, operator, origin, self.memory, before),
            (None, Some(before)) => self.get(before),
            (None, None) => {}
        }
        true
    }

    /// `MPI_Compare_and_swap`, unless others are inside of the gate or the CPU
    /// cannot store such an element at once: whether it was done.
    #[inline(always)]
    pub fn compare_and_swap(
        &self,
        element: Element,
        origin: SendPart<'_>,
        compare: SendPart<'_>,
        before: RecvPart<'_>,
    ) -> bool {
        let Some(single) = Single::find(self.memory, element) else { return false };
        let Some(_inside) = self.gate().try_enter() else { return false };
        single.compare_and_swap(compare, origin, before);
        true
    }
}

/// Combines `origin` into `target`, and gives `before` what was there.
#[inline(never)]
fn fetch(
    element: Element,
    operator: Operator,
    origin: SendPart<'_>,
    target: RecvPart<'_>,
    before: RecvPart<'_>,
) {
    let mut operand = [0; FETCH_BYTES];
    for at in (0..target.size()).step_by(FETCH_BYTES) {
        // Taken aside: a program may give the same buffer for both.
        let operand = &mut operand[..FETCH_BYTES.min(target.size() - at)];
        origin.copy_to(at, operand);
        let target = target.part(at, operand.len());
        before.part(at, operand.len()).copy_from(target.as_send());
        reduce(operator, element, operand, target.bytes_mut());
    }
}
