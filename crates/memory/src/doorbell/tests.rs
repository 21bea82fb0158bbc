//! A sleeper is never left asleep beside work. `work` stands for whatever the
//! sleeper looks at; the ring's models do the same with packets and room.

use super::*;
use crate::atomic::AtomicU32;

/// Two threads: one that sleeps until all work has come, in `wanted` pieces,
/// and this one, which publishes them.
#[cfg(any(loom, shuttle))]
fn publish_and_sleep(wanted: u32) {
    #[cfg(loom)]
    use loom::thread;
    #[cfg(shuttle)]
    use shuttle::thread;
    use std::sync::Arc;

    let shared = Arc::new((Doorbell::default(), AtomicU32::new(0)));
    let sleeper = shared.clone();
    let thread = thread::spawn(move || {
        let (bell, work) = &*sleeper;
        while work.load(Ordering::Relaxed) < wanted {
            bell.announce();
            if work.load(Ordering::Relaxed) < wanted {
                bell.sleep(None);
            } else {
                bell.retract();
            }
        }
    });
    let (bell, work) = &*shared;
    for piece in 1..=wanted {
        work.store(piece, Ordering::Relaxed);
        bell.ring();
    }
    thread.join().unwrap();
}

#[cfg(loom)]
#[test]
fn no_order_of_memory_loses_a_wake_up() {
    loom::model(|| publish_and_sleep(1));
}

#[cfg(loom)]
#[test]
fn a_second_ring_during_the_first_wake_up_is_not_lost() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(|| publish_and_sleep(2));
}

#[cfg(shuttle)]
#[test]
fn random_schedules_lose_no_wake_up() {
    shuttle::check_random(|| publish_and_sleep(6), 3000);
}

#[cfg(shuttle)]
#[test]
fn two_threads_of_one_rank_both_wake() {
    use shuttle::thread;
    use std::sync::Arc;
    let model = || {
        let shared = Arc::new((Doorbell::default(), AtomicU32::new(0)));
        let sleepers: Vec<_> = (1..=2)
            .map(|wanted| {
                let shared = shared.clone();
                thread::spawn(move || {
                    let (bell, work) = &*shared;
                    while work.load(Ordering::Relaxed) < wanted {
                        bell.announce();
                        if work.load(Ordering::Relaxed) < wanted {
                            bell.sleep(None);
                        } else {
                            bell.retract();
                        }
                    }
                })
            })
            .collect();
        let (bell, work) = &*shared;
        for piece in 1..=2 {
            work.store(piece, Ordering::Relaxed);
            bell.ring();
        }
        for sleeper in sleepers {
            sleeper.join().unwrap();
        }
    };
    shuttle::check_random(model, 3000);
}

#[cfg(not(any(loom, shuttle)))]
#[test]
fn nobody_sleeps_long_on_a_bell_that_was_rung() {
    let bell = Doorbell::default();
    bell.announce();
    bell.ring();
    // Rung before the sleep: returns at once, or the test would not end.
    bell.sleep(None);
}

#[cfg(not(any(loom, shuttle)))]
#[test]
fn a_sleep_ends_with_its_time() {
    let bell = Doorbell::default();
    let start = std::time::Instant::now();
    bell.announce();
    bell.sleep(Some(Duration::from_millis(20)));
    assert!(start.elapsed() >= Duration::from_millis(15));
    bell.retract();
}

#[cfg(not(any(loom, shuttle)))]
#[test]
fn real_threads_wake_each_other() {
    const ROUNDS: u32 = 5_000;
    let bells = [Doorbell::default(), Doorbell::default()];
    let turn = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for own in 0..2 {
            let (bells, turn) = (&bells, &turn);
            scope.spawn(move || {
                for round in (own..ROUNDS).step_by(2) {
                    while turn.load(Ordering::Acquire) != round {
                        bells[own as usize].announce();
                        if turn.load(Ordering::Acquire) == round {
                            bells[own as usize].retract();
                        } else {
                            bells[own as usize].sleep(None);
                        }
                    }
                    turn.store(round + 1, Ordering::Release);
                    bells[1 - own as usize].ring();
                }
            });
        }
    });
    assert_eq!(turn.load(Ordering::Relaxed), ROUNDS);
}
