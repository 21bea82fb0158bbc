//! Atomics and plain accesses never meet: `plain` is a word that only plain
//! accesses change, and that those who pass must find as it was.

use super::*;

#[derive(Default)]
struct Shared {
    gate: Gate,
    /// Odd while a plain access is under way.
    plain: AtomicU32,
    sum: AtomicU32,
}

impl Shared {
    fn add_atomically(&self, rank: usize) {
        self.gate.pass(rank, || {
            assert_eq!(self.plain.load(Ordering::Relaxed) % 2, 0, "inside beside a plain access");
            self.sum.fetch_add(1, Ordering::Relaxed);
        });
    }

    fn add_plainly(&self) {
        self.gate.alone(|| {
            self.plain.fetch_add(1, Ordering::Relaxed);
            let sum = self.sum.load(Ordering::Relaxed);
            std::hint::black_box(());
            self.sum.store(sum + 1, Ordering::Relaxed);
            self.plain.fetch_add(1, Ordering::Relaxed);
        });
    }
}

#[cfg(any(loom, shuttle))]
fn meet(passing: usize, alone: usize, turns: u32) {
    #[cfg(loom)]
    use loom::thread;
    #[cfg(shuttle)]
    use shuttle::thread;
    use std::sync::Arc;

    let shared = Arc::new(Shared::default());
    let threads: Vec<_> = (0..passing + alone - 1)
        .map(|rank| {
            let shared = shared.clone();
            thread::spawn(move || {
                (0..turns).for_each(|_| {
                    if rank < passing { shared.add_atomically(rank) } else { shared.add_plainly() }
                });
            })
        })
        .collect();
    (0..turns).for_each(|_| shared.add_plainly());
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(shared.sum.load(Ordering::Relaxed), (passing + alone) as u32 * turns, "an addition was lost");
}

#[cfg(loom)]
#[test]
fn no_order_of_memory_lets_them_meet() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(|| meet(1, 1, 1));
}

#[cfg(loom)]
#[test]
fn no_order_of_memory_lets_two_be_alone() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| meet(0, 2, 1));
}

#[cfg(shuttle)]
#[test]
fn random_schedules_lose_no_addition() {
    shuttle::check_random(|| meet(2, 2, 2), 3000);
    shuttle::check_random(|| meet(3, 1, 2), 3000);
}

#[cfg(not(any(loom, shuttle)))]
#[test]
fn threads_lose_no_addition() {
    const TURNS: u32 = 5_000;
    let shared = Shared::default();
    std::thread::scope(|scope| {
        for rank in 0..4 {
            let shared = &shared;
            scope.spawn(move || {
                for _ in 0..TURNS {
                    if rank < 2 { shared.add_atomically(rank) } else { shared.add_plainly() }
                }
            });
        }
    });
    assert_eq!(shared.sum.load(Ordering::Relaxed), 4 * TURNS);
}
