//! One is inside at a time, and sees what those before it did.

use super::*;

#[derive(Default)]
struct Shared {
    gate: Gate,
    /// Odd while somebody is inside.
    turns: AtomicU32,
    /// Changed by a load and a store.
    sum: AtomicU32,
}

impl Shared {
    fn add(&self) {
        assert_eq!(self.turns.fetch_add(1, Ordering::Relaxed) % 2, 0, "inside beside another");
        // Relaxed: the gate orders them.
        let sum = self.sum.load(Ordering::Relaxed);
        self.sum.store(sum + 1, Ordering::Relaxed);
        self.turns.fetch_add(1, Ordering::Relaxed);
    }

    /// As accumulates do it: without waiting first.
    fn run(&self) {
        let _inside = self.gate.try_enter().unwrap_or_else(|| self.gate.enter());
        self.add();
    }
}

#[cfg(any(loom, shuttle))]
fn meet(threads: u32, turns: u32) {
    #[cfg(loom)]
    use loom::thread;
    #[cfg(shuttle)]
    use shuttle::thread;
    use std::sync::Arc;

    let shared = Arc::new(Shared::default());
    let others: Vec<_> = (1..threads)
        .map(|_| {
            let shared = shared.clone();
            thread::spawn(move || (0..turns).for_each(|_| shared.run()))
        })
        .collect();
    (0..turns).for_each(|_| shared.run());
    for thread in others {
        thread.join().unwrap();
    }
    assert_eq!(shared.sum.load(Ordering::Relaxed), threads * turns, "an addition was lost");
}

#[cfg(loom)]
#[test]
fn no_order_of_memory_lets_two_in() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(|| meet(2, 2));
}

#[cfg(shuttle)]
#[test]
fn random_schedules_lose_no_addition() {
    shuttle::check_random(|| meet(4, 2), 3000);
    shuttle::check_random(|| meet(2, 4), 3000);
}

#[cfg(not(any(loom, shuttle)))]
#[test]
fn threads_lose_no_addition() {
    const TURNS: u32 = 5_000;
    let shared = Shared::default();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..TURNS).for_each(|_| shared.run()));
        }
    });
    assert_eq!(shared.sum.load(Ordering::Relaxed), 4 * TURNS);
}
