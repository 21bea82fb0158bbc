use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn threads_take_turns() {
    const THREADS: u64 = 4;
    const ROUNDS: u64 = 10_000;
    let lock = StateLock::new((0_u64, 0_u64));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..ROUNDS {
                    let mut state = lock.lock();
                    // Two words: a second holder in between would see them differ.
                    assert_eq!(state.0, state.1);
                    state.0 += 1;
                    std::hint::black_box(&mut state.0);
                    state.1 += 1;
                }
            });
        }
    });
    assert_eq!(*lock.lock(), (THREADS * ROUNDS, THREADS * ROUNDS));
}

#[test]
fn entering_twice_is_noticed_without_threads() {
    static ALONE: Threads = Threads(AtomicBool::new(false));
    let lock = StateLock::with(&ALONE, 1);
    let outer = lock.lock();
    let inner = catch_unwind(AssertUnwindSafe(|| drop(lock.lock())));
    assert!(inner.is_err(), "the second guard was given out");
    drop(outer);
    assert_eq!(*lock.lock(), 1, "the first guard's end frees the lock");
}

#[test]
fn a_panic_under_the_lock_leaves_it_usable() {
    static ALONE: Threads = Threads(AtomicBool::new(false));
    for threads in [&THREADS, &ALONE] {
        let lock = StateLock::with(threads, 1);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let mut state = lock.lock();
            *state = 2;
            panic!("under the lock");
        }));
        assert!(panicked.is_err());
        assert_eq!(*lock.lock(), 2);
    }
}
