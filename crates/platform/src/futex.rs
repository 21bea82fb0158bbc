//! Sleeping on a word of shared memory, across processes.

use std::sync::atomic::AtomicU32;
use std::time::Duration;

use rustix::thread::futex::{Flags, Timespec, wait as futex_wait, wake as futex_wake};

/// Sleeps while `*word == expected`, at most `timeout`. May return early.
pub fn wait(word: &AtomicU32, expected: u32, timeout: Option<Duration>) {
    let timeout = timeout.map(|time| Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: time.subsec_nanos().into(),
    });
    // EAGAIN (the word changed), EINTR and ETIMEDOUT all mean "look again".
    let _ = futex_wait(word, Flags::empty(), expected, timeout.as_ref());
}

/// Wakes every thread, of whatever process, that sleeps on `word`.
pub fn wake_all(word: &AtomicU32) {
    // Cannot fail for a valid address; a sleeper re-checks in any case.
    let _ = futex_wake(word, Flags::empty(), i32::MAX as u32);
}
