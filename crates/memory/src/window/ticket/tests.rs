//! Nobody enters beside a writer, and nobody is left asleep before a free lock.

use super::*;
use crate::doorbell::Doorbell;

struct Shared {
    words: LockWords,
    places: Vec<AtomicU32>,
    bells: Vec<Doorbell>,
    /// Readers inside, and 1000 for a writer.
    inside: AtomicU32,
    fences: Fences,
}

impl Shared {
    fn new(ranks: usize, fences: Fences) -> Self {
        Self {
            words: LockWords::default(),
            places: (0..ranks.next_power_of_two()).map(|_| AtomicU32::new(0)).collect(),
            bells: (0..ranks).map(|_| Doorbell::default()).collect(),
            inside: AtomicU32::new(0),
            fences,
        }
    }

    fn lock(&self) -> TicketLock<'_> {
        TicketLock::new(&self.words, &self.places, self.fences)
    }

    fn ring(&self, rank: Option<u32>) {
        if let Some(rank) = rank {
            self.bells[rank as usize].ring();
        }
    }

    /// Waits as a rank does: announce, look, sleep.
    fn wait(&self, rank: usize, mut ticket: Ticket) {
        let bell = &self.bells[rank];
        self.lock().announce(ticket, rank as u32);
        assert!(self.fences.heavy());
        loop {
            bell.announce();
            match self.lock().enter(ticket) {
                Ok(next) => {
                    bell.retract();
                    return self.ring(next);
                }
                Err(still) => ticket = still,
            }
            bell.sleep(None);
        }
    }

    fn run(&self, rank: usize, kind: LockKind) {
        match self.lock().take(kind) {
            Ok(next) => self.ring(next),
            Err(ticket) => self.wait(rank, ticket),
        }
        let weight = if kind == LockKind::Exclusive { 1000 } else { 1 };
        let others = self.inside.fetch_add(weight, Ordering::Relaxed);
        assert!(if weight == 1000 { others == 0 } else { others < 1000 }, "{others} inside beside {kind:?}");
        self.inside.fetch_sub(weight, Ordering::Relaxed);
        self.ring(self.lock().release(kind));
    }
}

/// One thread per kind, each of which locks `turns` times.
#[cfg(any(loom, shuttle))]
fn compete(kinds: &[LockKind], turns: usize) {
    #[cfg(loom)]
    use loom::thread;
    #[cfg(shuttle)]
    use shuttle::thread;
    use std::sync::Arc;

    let shared = Arc::new(Shared::new(kinds.len(), Fences::Equal));
    let run = |rank: usize| {
        let (shared, kind) = (shared.clone(), kinds[rank]);
        move || (0..turns).for_each(|_| shared.run(rank, kind))
    };
    let threads: Vec<_> = (1..kinds.len()).map(|rank| thread::spawn(run(rank))).collect();
    run(0)();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[cfg(loom)]
#[test]
fn two_ranks_in_every_order() {
    use LockKind::{Exclusive, Shared};
    for kinds in [[Exclusive, Exclusive], [Exclusive, Shared], [Shared, Shared]] {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(3);
        model.check(move || compete(&kinds, 1));
    }
}

#[cfg(shuttle)]
#[test]
fn random_schedules_of_readers_and_writers() {
    use LockKind::{Exclusive, Shared};
    shuttle::check_random(|| compete(&[Exclusive, Shared, Shared, Exclusive], 2), 3000);
    shuttle::check_random(|| compete(&[Shared, Exclusive, Shared], 3), 3000);
}

#[cfg(not(any(loom, shuttle)))]
mod real {
    use super::*;
    use LockKind::{Exclusive, Shared as Reader};

    fn acquire(lock: TicketLock<'_>, kind: LockKind, rank: u32) -> Result<Option<u32>, Ticket> {
        lock.take(kind).inspect_err(|&ticket| lock.announce(ticket, rank))
    }

    #[test]
    fn a_free_lock_is_taken_at_once_and_readers_share_it() {
        let shared = Shared::new(3, Fences::Equal);
        let lock = shared.lock();
        assert_eq!((acquire(lock, Reader, 0), acquire(lock, Reader, 1)), (Ok(None), Ok(None)));
        assert_eq!((lock.release(Reader), lock.release(Reader)), (None, None));
        assert_eq!(acquire(lock, Exclusive, 2), Ok(None));
        assert_eq!(lock.release(Exclusive), None);
    }

    #[test]
    fn a_reader_does_not_overtake_a_waiting_writer() {
        let shared = Shared::new(4, Fences::Equal);
        let lock = shared.lock();
        acquire(lock, Reader, 0).unwrap();
        let writer = acquire(lock, Exclusive, 1).unwrap_err();
        let readers = [2, 3].map(|rank| acquire(lock, Reader, rank).unwrap_err());
        assert!(lock.enter(writer).is_err() && lock.enter(readers[0]).is_err());
        assert_eq!(lock.release(Reader), Some(1), "the writer is next");
        assert_eq!(lock.enter(writer), Ok(None));
        assert!(lock.enter(readers[0]).is_err());
        assert_eq!(lock.release(Exclusive), Some(2));
        assert!(lock.enter(readers[1]).is_err(), "readers enter in order");
        assert_eq!(lock.enter(readers[0]), Ok(Some(3)), "one reader rings the next");
        assert_eq!(lock.enter(readers[1]), Ok(None));
    }

    #[test]
    fn tickets_start_again_after_the_last() {
        let shared = Shared::new(3, Fences::Equal);
        for round in 0..70_000 {
            let kind = if round % 3 == 0 { Exclusive } else { Reader };
            assert_eq!(acquire(shared.lock(), kind, 0), Ok(None), "round {round}");
            assert_eq!(shared.lock().release(kind), None);
        }
    }

    #[test]
    fn waiting_goes_on_past_the_last_ticket() {
        let shared = Shared::new(3, Fences::Equal);
        let lock = shared.lock();
        for round in 0..70_000 {
            assert_eq!(acquire(lock, Exclusive, 0), Ok(None), "round {round}");
            let kind = if round % 3 == 0 { Exclusive } else { Reader };
            let ticket = acquire(lock, kind, 1).unwrap_err();
            assert_eq!((lock.release(Exclusive), lock.enter(ticket)), (Some(1), Ok(None)), "round {round}");
            assert_eq!(lock.release(kind), None);
        }
    }

    #[test]
    fn threads_take_turns() {
        for fences in [Fences::Equal, Fences::prepare()] {
            let shared = Shared::new(3, fences);
            std::thread::scope(|scope| {
                for (rank, kind) in [Exclusive, Exclusive, Reader].into_iter().enumerate() {
                    let shared = &shared;
                    scope.spawn(move || (0..3_000).for_each(|_| shared.run(rank, kind)));
                }
            });
            assert_eq!(acquire(shared.lock(), Exclusive, 0), Ok(None));
        }
    }
}
