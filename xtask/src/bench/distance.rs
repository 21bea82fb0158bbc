//! How far apart the machine's processors are. A virtual machine's are moved by its
//! host: from one core to another socket and back, within seconds. Libraries can
//! be compared only where they met the same.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Round trips that one time is of, and times of which the least counts.
const TRIPS: u32 = 200;
const TIMES: u32 = 20;
/// Processors are as far apart as before if it takes no more than so many times as
/// long from one to the other.
const ALIKE: f64 = 2.0;

/// Nanoseconds that a cache line takes from one processor to another; none where
/// there is only one.
pub(super) fn measure() -> Option<f64> {
    if std::thread::available_parallelism().map_or(1, usize::from) < 2 {
        return None;
    }
    let turn = AtomicU32::new(0);
    // Acquire and Release, here and below: each sees what the other has done before.
    let wait_for = |value: u32| while turn.load(Ordering::Acquire) != value {};
    let one_way = std::thread::scope(|scope| {
        scope.spawn(|| {
            for trip in 0..TRIPS * TIMES {
                wait_for(2 * trip + 1);
                turn.store(2 * trip + 2, Ordering::Release);
            }
        });
        let times = (0..TIMES).map(|time| {
            let begun = Instant::now();
            for trip in time * TRIPS..(time + 1) * TRIPS {
                turn.store(2 * trip + 1, Ordering::Release);
                wait_for(2 * trip + 2);
            }
            begun.elapsed()
        });
        times.min().unwrap_or(Duration::ZERO) / (2 * TRIPS)
    });
    Some(one_way.as_nanos() as f64)
}

/// Whether processors were about as far apart each time.
pub(super) fn are_alike(distances: &[Option<f64>]) -> bool {
    let known = || distances.iter().filter_map(|distance| *distance);
    known().fold(0.0, f64::max) <= ALIKE * known().fold(f64::INFINITY, f64::min).max(30.0)
}

#[cfg(test)]
mod tests {
    use super::are_alike;

    #[test]
    fn what_is_moved_to_another_socket_is_not_alike() {
        assert!(are_alike(&[None, None]));
        assert!(are_alike(&[Some(25.0), Some(48.0)]));
        assert!(!are_alike(&[Some(40.0), Some(450.0), Some(41.0)]));
        assert!(are_alike(&[Some(450.0), Some(610.0)]));
    }
}
