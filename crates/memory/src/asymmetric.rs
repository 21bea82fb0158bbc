//! A pair of fences, of which one costs nothing and the other one much.
//!
//! Two processes each write a word and then read the other's, and at least one
//! of them must see what the other has written. Usually a full fence between the
//! two steps on both sides sees to it. Where one side goes there millions of times
//! a second and the other one before it sleeps, the kernel can have the frequent
//! side's processor fence when the rare side asks for it (`membarrier`):
//! - Light: the compiler keeps the order of the two steps.
//! - Heavy: at some moment while it runs, the other's processor does a full fence.
//!   If that was before the other's write, its read comes after it and sees ours.
//!   If it was after the write, we see it.
//!
//! Both need that every process is registered; else both are full fences.

use crate::atomic::{Ordering, fence};

/// What the two fences of a group of processes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fences {
    /// Full ones.
    Equal,
    /// The kernel makes them for the light side.
    Unequal,
}

impl Fences {
    /// Those of processes of which each, or not, can take part in unequal ones.
    pub fn of(unequal: bool) -> Self {
        if unequal { Self::Unequal } else { Self::Equal }
    }

    /// Lets the heavy fences of others reach this process: what it can take part in.
    pub fn prepare() -> Self {
        Self::of(!cfg!(any(loom, shuttle, miri)) && platform::barrier::register())
    }

    /// Orders writes before it before reads after it, with regard to who does a
    /// heavy fence between a write of what is read here and a read of what was
    /// written here.
    #[inline(always)]
    pub fn light(self) {
        match self {
            // SeqCst: pairs with that of `heavy`.
            Self::Equal => fence(Ordering::SeqCst),
            Self::Unequal => std::sync::atomic::compiler_fence(Ordering::SeqCst),
        }
    }

    /// The other side of [`Self::light`]: whether it came about. If not, reads that
    /// follow may miss what is written by others at the same moment, but not for
    /// longer than a processor keeps writes to itself.
    #[cold]
    pub fn heavy(self) -> bool {
        match self {
            Self::Equal => {
                // SeqCst: pairs with that of `light`.
                fence(Ordering::SeqCst);
                true
            }
            Self::Unequal => platform::barrier::everywhere(),
        }
    }
}
