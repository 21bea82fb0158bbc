//! Memory barriers in other processes' threads (`membarrier`).

use rustix::thread::{MembarrierCommand, membarrier};

/// Lets any process's [`everywhere`] reach the threads of this one: whether the
/// kernel does that. Where threads are running already, the first call takes some
/// 10 ms.
#[must_use = "without it only real fences order anything"]
pub fn register() -> bool {
    membarrier(MembarrierCommand::RegisterGlobalExpedited).is_ok()
}

/// A full barrier in this thread, and in every thread of all registered processes
/// at some moment between the call and its return: whether it came about.
#[must_use = "the kernel may be out of memory"]
pub fn everywhere() -> bool {
    membarrier(MembarrierCommand::GlobalExpedited).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_registration_works_barriers_do() {
        assert!(!register() || (register() && everywhere()));
    }
}
