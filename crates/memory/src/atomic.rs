//! The atomics of every lock-free structure here: the standard ones, or those
//! of the model checker that the build asks for.

#[cfg(loom)]
pub use loom::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering, fence};
#[cfg(shuttle)]
pub use shuttle::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering, fence};
#[cfg(not(any(loom, shuttle)))]
pub use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};

/// What [`std::sync::atomic::fence`] does. For a sequentially consistent one the
/// compiler writes `mfence`, which processors take to be about more than memory
/// and pay 8 times what a locked instruction costs them (16 ns and 2 ns on
/// AMD's Zen 4); that orders all accesses to ordinary memory as well.
#[cfg(not(any(loom, shuttle)))]
#[inline(always)]
pub fn fence(ordering: Ordering) {
    #[cfg(target_arch = "x86_64")]
    if ordering == Ordering::SeqCst {
        // SAFETY: what lies on top of the stack keeps its value.
        unsafe { std::arch::asm!("lock or dword ptr [rsp], 0") };
        return;
    }
    std::sync::atomic::fence(ordering);
}
