//! A store-load fence of which one side is free.
//!
//! A sleeper announces itself and then looks for work; a sender publishes work
//! and then looks for sleepers. Each needs a full fence between its two steps.
//! Senders are many and hot, sleepers few and slow, so the whole price is put
//! on the sleeper: `membarrier` makes every running thread of every registered
//! process execute a fence. Where the kernel lacks it both sides pay for a
//! full fence.

use std::sync::atomic::{Ordering, compiler_fence, fence};

use rustix::thread::{MembarrierCommand, MembarrierQuery};

/// Which fences the processes of a job use. All of them must use the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FencePair {
    /// Both sides execute a full fence.
    Symmetric,
    /// The sleeper calls `membarrier`, the sender only stops the compiler.
    Asymmetric,
}

impl FencePair {
    /// The best that this kernel offers.
    pub fn probe() -> Self {
        let query = rustix::thread::membarrier_query();
        let needed = MembarrierQuery::GLOBAL_EXPEDITED | MembarrierQuery::REGISTER_GLOBAL_EXPEDITED;
        if query.contains(needed) && Self::register().is_ok() { Self::Asymmetric } else { Self::Symmetric }
    }

    /// Joins the processes that `sleeper` reaches. Once per process, before
    /// the first `sender` fence.
    pub fn register() -> rustix::io::Result<()> {
        rustix::thread::membarrier(MembarrierCommand::RegisterGlobalExpedited)
    }

    /// Between publishing work and looking for sleepers.
    #[inline]
    pub fn sender(self) {
        match self {
            // Pairs with `sleeper`: the kernel supplies this side's fence.
            Self::Asymmetric => compiler_fence(Ordering::SeqCst),
            // SeqCst: pairs with the SeqCst fence in `sleeper`.
            Self::Symmetric => fence(Ordering::SeqCst),
        }
    }

    /// Between announcing sleep and looking for work.
    pub fn sleeper(self) {
        // SeqCst: pairs with the SeqCst fence in `sender`, or orders this
        // side around the system call.
        fence(Ordering::SeqCst);
        if self == Self::Asymmetric {
            rustix::thread::membarrier(MembarrierCommand::GlobalExpedited)
                .expect("membarrier worked when it was probed");
        }
    }
}
