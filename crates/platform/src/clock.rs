//! Time.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Time since some moment that is the same for all processes of the machine.
pub fn monotonic() -> Duration {
    let now = clock_gettime(ClockId::Monotonic);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
}
