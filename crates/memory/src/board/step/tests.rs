//! Ranks as threads: what a slot holds is never read and written at once. Under
//! a model checker every interleaving is tried, else the threads just run.

use std::sync::Arc;

#[cfg(loom)]
use loom::{cell::UnsafeCell, thread};
#[cfg(shuttle)]
use shuttle::thread;
#[cfg(not(any(loom, shuttle)))]
use std::thread;

use super::*;

/// What loom checks by itself: here only that values are what they should be.
#[cfg(not(loom))]
#[derive(Default)]
struct UnsafeCell(std::cell::UnsafeCell<u64>);

#[cfg(not(loom))]
impl UnsafeCell {
    fn with<R>(&self, f: impl FnOnce(*const u64) -> R) -> R {
        f(self.0.get())
    }

    fn with_mut<R>(&self, f: impl FnOnce(*mut u64) -> R) -> R {
        f(self.0.get())
    }
}

#[cfg(loom)]
type Cell = UnsafeCell<u64>;
#[cfg(not(loom))]
type Cell = UnsafeCell;

struct Rank {
    entered: AtomicU64,
    posted: [AtomicU64; NOTES],
    notes: [Cell; NOTES],
    cells: [Cell; CELLS],
}

impl Rank {
    fn new() -> Self {
        Self {
            entered: AtomicU64::new(0),
            posted: std::array::from_fn(|_| AtomicU64::new(0)),
            notes: std::array::from_fn(|_| Cell::default()),
            cells: std::array::from_fn(|_| Cell::default()),
        }
    }

    /// Where data of a step lie.
    fn place(&self, step: Step, long: bool) -> &Cell {
        if long { &self.cells[step.cell(CELLS)] } else { &self.notes[step.note()] }
    }
}

struct Heap(Vec<Rank>);

// SAFETY: the slots are reached by the protocol alone, which is what is tested.
unsafe impl Sync for Heap {}

// SAFETY: fields of one vector that never moves; zero at first.
unsafe impl Signals for Heap {
    fn ranks(&self) -> usize {
        self.0.len()
    }

    fn entered(&self, rank: usize) -> &AtomicU64 {
        &self.0[rank].entered
    }

    fn posted(&self, slot: usize, rank: usize) -> &AtomicU64 {
        &self.0[rank].posted[slot]
    }
}

struct Player {
    heap: Arc<Heap>,
    seat: Seat,
    operations: u64,
}

impl Player {
    fn value(rank: usize, step: Step) -> u64 {
        step.0 << 8 | rank as u64
    }

    fn post(&mut self, readers: Readers, long: bool) {
        self.seat.enter(&*self.heap);
        while !self.seat.may_post(&*self.heap, long) {
            thread::yield_now();
        }
        let step = self.seat.step();
        let value = Self::value(self.seat.rank, step);
        // SAFETY: the protocol says that it is ours.
        self.heap.0[self.seat.rank].place(step, long).with_mut(|place| unsafe { *place = value });
        self.seat.post(&*self.heap, readers, long);
    }

    fn read(&mut self, rank: usize, long: bool) {
        // Fewer words to look at are fewer interleavings.
        let look = if cfg!(loom) { Seat::look } else { Seat::look_closely };
        let heap: &Heap = &self.heap;
        loop {
            match look(&mut self.seat, heap, rank) {
                Look::Posted => break,
                Look::NotYet => thread::yield_now(),
                Look::Passed => panic!("rank {rank} posts in every step that it is asked for"),
            }
        }
        let step = self.seat.step();
        // SAFETY: the protocol says that it may be read.
        let value = self.heap.0[rank].place(step, long).with(|place| unsafe { *place });
        assert_eq!(value, Self::value(rank, step));
    }

    /// Some numbers are left out, as those of operations that use no board.
    fn begin(&mut self) {
        self.operations += 1 + self.operations % 3;
        self.seat.begin(self.operations);
    }

    fn exchange(&mut self) {
        self.begin();
        let long = self.operations.is_multiple_of(2);
        self.post(Readers::All, long);
        for rank in 0..self.heap.ranks() {
            if rank != self.seat.rank {
                self.read(rank, long);
            }
        }
    }

    /// As [`Self::exchange`], `times` times, in all steps that can be taken together.
    fn exchange_together(&mut self, times: usize) {
        self.begin();
        let others = (0..self.heap.ranks()).filter(|&rank| rank != self.seat.rank);
        let others: Vec<usize> = others.collect();
        for time in 0..times {
            if time > 0 {
                self.seat.advance(AHEAD);
            }
            for ahead in 0..AHEAD {
                self.seat.turn_to(ahead);
                self.post(Readers::All, true);
            }
            for &rank in &others {
                for ahead in 0..AHEAD {
                    self.seat.turn_to(ahead);
                    self.read(rank, true);
                }
            }
        }
    }

    /// In `steps` steps, from `root` to everybody.
    fn broadcast(&mut self, root: usize, steps: usize) {
        self.begin();
        for step in 0..steps {
            if step > 0 {
                self.seat.advance(1);
            }
            if self.seat.rank == root {
                self.post(Readers::All, step % 2 == 1);
            } else {
                self.seat.enter(&*self.heap);
                self.read(root, step % 2 == 1);
            }
        }
    }

    /// In `steps` steps, from each rank to the next.
    fn chain(&mut self, steps: usize) {
        self.begin();
        let (rank, last) = (self.seat.rank, self.heap.ranks() - 1);
        for step in 0..steps {
            if step > 0 {
                self.seat.advance(1);
            }
            self.seat.enter(&*self.heap);
            if rank > 0 {
                self.read(rank - 1, true);
            }
            if rank < last {
                self.post(Readers::One(rank + 1), true);
            }
        }
    }
}

/// Runs `play` as each of `ranks` ranks.
fn play(ranks: usize, play: impl Fn(&mut Player) + Send + Sync + Copy + 'static) {
    let heap = Arc::new(Heap((0..ranks).map(|_| Rank::new()).collect()));
    let player = |rank| Player { heap: heap.clone(), seat: Seat::new(rank, ranks, CELLS), operations: 0 };
    let others: Vec<_> = (1..ranks)
        .map(|rank| {
            let mut player = player(rank);
            thread::spawn(move || play(&mut player))
        })
        .collect();
    play(&mut player(0));
    for other in others {
        other.join().unwrap();
    }
}

fn check(ranks: usize, run: impl Fn(&mut Player) + Send + Sync + Copy + 'static) {
    #[cfg(loom)]
    {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(2);
        model.check(move || play(ranks, run));
    }
    #[cfg(shuttle)]
    shuttle::check_random(move || play(ranks, run), 2000);
    #[cfg(not(any(loom, shuttle)))]
    play(ranks, run);
}

/// A model checker's every schedule, or many rounds of real threads.
const MANY: usize = if cfg!(loom) {
    1
} else if cfg!(shuttle) {
    3
} else {
    500
};

#[test]
fn what_all_post_all_read() {
    check(2, |player| {
        for _ in 0..MANY + 2 {
            player.exchange();
        }
    });
}

#[cfg(not(loom))]
#[test]
fn what_is_posted_ahead_waits_for_its_readers() {
    check(if cfg!(shuttle) { 2 } else { 3 }, |player| {
        for round in 0..MANY {
            player.exchange_together(1 + round % 2);
        }
    });
}

#[test]
fn a_root_is_at_most_as_far_ahead_as_it_has_notes() {
    check(2, |player| {
        for root in 0..MANY {
            player.broadcast(root % 2, if cfg!(loom) { 3 } else { 150 });
        }
    });
}

#[test]
fn a_chain_hands_its_data_on() {
    check(if cfg!(loom) { 2 } else { 3 }, |player| {
        for _ in 0..MANY {
            player.chain(if cfg!(loom) { 3 } else { 9 });
        }
    });
}

#[cfg(not(loom))]
#[test]
fn operations_of_different_lengths_follow_one_another() {
    check(3, |player| {
        for round in 0..MANY {
            player.exchange();
            player.broadcast(round % 3, 1 + round % 9);
            player.exchange_together(1 + round % 3);
            player.chain(1 + round % 5);
        }
    });
}

#[cfg(not(any(loom, shuttle)))]
#[test]
fn whoever_has_gone_on_without_posting_is_not_waited_for() {
    let heap = Arc::new(Heap((0..2).map(|_| Rank::new()).collect()));
    let mut seats = [0, 1].map(|rank| Seat::new(rank, 2, CELLS));
    seats[0].begin(0);
    assert_eq!(seats[0].look_closely(&*heap, 1), Look::NotYet);
    seats[1].begin(0);
    seats[1].enter(&*heap);
    assert_eq!(seats[0].look_closely(&*heap, 1), Look::NotYet);
    seats[1].begin(1);
    seats[1].post(&*heap, Readers::All, false);
    assert_eq!(seats[0].look_closely(&*heap, 1), Look::Passed);
    seats[0].begin(1);
    assert_eq!(seats[0].look_closely(&*heap, 1), Look::Posted);
}

/// Whoever waits for room sleeps until the laggard rings, so it must be the right one.
#[cfg(not(any(loom, shuttle)))]
#[test]
fn the_laggard_is_who_has_still_to_read() {
    let heap = Heap((0..3).map(|_| Rank::new()).collect());
    let mut seats = [0, 1, 2].map(|rank| Seat::new(rank, 3, CELLS));
    for number in 0..CELLS_AT_FIRST as u64 {
        seats[0].begin(number);
        assert!(seats[0].may_post(&heap, true));
        seats[0].post(&heap, Readers::All, true);
        // Rank 1 is in every operation, rank 2 in none but the first.
        seats[1].begin(number);
        seats[1].enter(&heap);
        if number == 0 {
            seats[2].begin(number);
            seats[2].enter(&heap);
        }
    }
    seats[0].begin(CELLS_AT_FIRST as u64);
    // The note is fresh, the cell is not.
    assert_eq!(seats[0].laggard(&heap, false), None);
    assert_eq!(seats[0].laggard(&heap, true), Some(2));
    seats[2].begin(1);
    seats[2].enter(&heap);
    assert!(seats[0].may_post(&heap, true));
}
