//! What every transport promises, over every transport.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::{check, header, push};
use memory::job::Job;
use passel_transport::shm::ShmTransport;
use passel_transport::sim::{Dice, SimNetwork, SimTransport, Weather};
use passel_transport::{Transport, Waiter};

/// All ends of a fresh job with this many ranks.
type Factory<T> = fn(usize) -> Vec<T>;

/// A sleep that lasts longer was never going to end.
const LOST: Duration = Duration::from_secs(20);

fn shm(ranks: usize) -> Vec<ShmTransport> {
    let job = Arc::new(Job::create(ranks, 1).unwrap());
    // SAFETY: once per rank of a job of our own.
    (0..ranks).map(|rank| unsafe { ShmTransport::new(job.clone(), rank) }).collect()
}

fn fair(ranks: usize) -> Vec<SimTransport> {
    SimNetwork::new(ranks, 1, Weather::FAIR).ends()
}

fn rough(ranks: usize) -> Vec<SimTransport> {
    let weather = Weather {
        link_packets: 3,
        link_bytes: 40_000,
        refusals_percent: 30,
        delay_ticks: 20,
        acknowledgement_ticks: 50,
        ..Weather::FAIR
    };
    SimNetwork::new(ranks, 2, weather).ends()
}

/// Takes what is there; says how many packets.
fn take<T: Transport>(end: &mut T, next: &mut [u32]) -> usize {
    end.poll(|sender, got, payload| check(&mut next[sender], sender, got, payload))
}

fn ends_know_their_place<T: Transport>(make: Factory<T>) {
    for (rank, end) in make(3).iter_mut().enumerate() {
        assert_eq!((end.rank(), end.size()), (rank, 3));
    }
}

/// Every pair, itself included, in an order of chance: whole, in order, once.
fn packets_arrive_once_in_order_and_whole<T: Transport>(make: Factory<T>) {
    const RANKS: usize = 3;
    const PACKETS: u32 = 400;
    let mut ends = make(RANKS);
    let mut dice = Dice::new(11);
    let mut sent = [[0; RANKS]; RANKS];
    let mut next = [[0; RANKS]; RANKS];
    while next.iter().flatten().any(|&got| got != PACKETS) {
        let rank = dice.below(RANKS);
        let peer = dice.below(RANKS);
        for _ in 0..dice.below(20) {
            if sent[rank][peer] == PACKETS || !push(&mut ends[rank], peer, sent[rank][peer]) {
                break;
            }
            sent[rank][peer] += 1;
        }
        let rank = dice.below(RANKS);
        take(&mut ends[rank], &mut next[rank]);
    }
    for end in &mut ends {
        assert_eq!(end.poll(|_, _, _| panic!("a packet that was not sent")), 0);
    }
}

fn a_full_link_gives_packets_back_and_bounds_what_is_under_way<T: Transport>(make: Factory<T>) {
    let mut ends = make(2);
    let mut sent = 0;
    let mut refusals = 0;
    // Refusals without a reason end; those of a full link do not.
    while refusals < 200 {
        if push(&mut ends[0], 1, sent) {
            sent += 1;
            refusals = 0;
        } else {
            refusals += 1;
        }
        assert!(sent < 100_000, "the link has no bound");
    }
    assert!(sent > 0);
    let mut next = [0; 2];
    while next[0] < sent {
        take(&mut ends[1], &mut next);
    }
    while !push(&mut ends[0], 1, sent) {}
    while next[0] <= sent {
        take(&mut ends[1], &mut next);
    }
}

fn one_sender_does_not_starve_another<T: Transport>(make: Factory<T>) {
    let mut ends = make(3);
    for sender in [1, 2] {
        let mut sent = 0;
        let mut refusals = 0;
        while refusals < 200 {
            if push(&mut ends[sender], 0, sent) {
                sent += 1;
            } else {
                refusals += 1;
            }
        }
    }
    let mut next = [0; 3];
    let mut polls = 0;
    while next[1] == 0 || next[2] == 0 {
        let taken = take(&mut ends[0], &mut next);
        assert!(taken <= 64, "{taken} packets in one poll");
        polls += 1;
        assert!(polls < 100, "a sender waits while another is served");
    }
}

fn acknowledgements_add_up_and_never_run_ahead<T: Transport>(make: Factory<T>) {
    let mut ends = make(2);
    let mut given = 0;
    let mut next = [0; 2];
    assert_eq!(ends[0].acknowledged(1), 0);
    for number in 0..300 {
        while !push(&mut ends[0], 1, number) {
            take(&mut ends[1], &mut next);
        }
        let before = next[0];
        take(&mut ends[1], &mut next);
        if next[0] != before {
            let units = u64::from(next[0] - before) * 1000;
            ends[1].acknowledge(0, units);
            given += units;
        }
        assert!(ends[0].acknowledged(1) <= given);
    }
    let mut polls = 0;
    while ends[0].acknowledged(1) != given {
        ends[0].poll(|_, _, _| ());
        polls += 1;
        assert!(polls < 1000, "acknowledgements were lost");
    }
}

fn a_sleeper_is_told_of_what_is_there<T: Transport>(make: Factory<T>) {
    let mut ends = make(2);
    while !push(&mut ends[0], 1, 0) {}
    let mut next = [0; 2];
    let mut waits = 0;
    while next[0] == 0 {
        if ends[1].announce_sleep() {
            ends[1].waiter().sleep(Some(Duration::from_millis(1)));
            waits += 1;
            assert!(waits < 100, "the sleep does not end");
        } else {
            take(&mut ends[1], &mut next);
        }
    }
    assert!(ends[1].announce_sleep(), "there is nothing to do");
}

/// Every rank in a thread, sending to all and taking from all, asleep when
/// there is nothing to do.
fn nobody_oversleeps<T: Transport + Send>(make: Factory<T>) {
    const RANKS: usize = 3;
    const PACKETS: u32 = 1500;
    let rank = |mut end: T| {
        let mut sent = [0; RANKS];
        let mut next = [0; RANKS];
        loop {
            let mut moved = 0;
            for (peer, sent) in sent.iter_mut().enumerate() {
                while *sent < PACKETS && push(&mut end, peer, *sent) {
                    *sent += 1;
                    moved += 1;
                }
            }
            moved += take(&mut end, &mut next);
            if sent.iter().chain(&next).all(|&count| count == PACKETS) {
                break;
            }
            if moved == 0 && end.announce_sleep() {
                let start = Instant::now();
                end.waiter().sleep(Some(LOST));
                assert!(start.elapsed() < LOST, "a wake-up was lost: sent {sent:?}, received {next:?}");
            }
        }
    };
    std::thread::scope(|scope| {
        let ends = make(RANKS);
        let threads: Vec<_> = ends.into_iter().map(|end| scope.spawn(move || rank(end))).collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

fn a_thread_of_the_same_rank_can_end_the_sleep<T: Transport + Send>(make: Factory<T>) {
    let mut end = make(2).swap_remove(0);
    let over = AtomicBool::new(false);
    let waiter = end.waiter();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(20));
            // SeqCst: as a rank's lock would, orders it before the wake-up.
            over.store(true, Ordering::SeqCst);
            waiter.wake();
        });
        let start = Instant::now();
        while !over.load(Ordering::SeqCst) {
            if end.announce_sleep() && !over.load(Ordering::SeqCst) {
                end.waiter().sleep(Some(LOST));
            }
        }
        assert!(start.elapsed() < LOST, "the wake-up was lost");
    });
}

macro_rules! conformance {
    ($($factory:ident)*) => {
        $(mod $factory {
            use super::$factory as make;
            conformance!(@ ends_know_their_place packets_arrive_once_in_order_and_whole
                a_full_link_gives_packets_back_and_bounds_what_is_under_way
                one_sender_does_not_starve_another acknowledgements_add_up_and_never_run_ahead
                a_sleeper_is_told_of_what_is_there nobody_oversleeps
                a_thread_of_the_same_rank_can_end_the_sleep);
        })*
    };
    (@ $($case:ident)*) => {
        $(#[test]
        fn $case() {
            super::$case(make);
        })*
    };
}

conformance!(shm fair rough);

#[test]
fn a_simulated_network_repeats_itself() {
    let run = |seed| {
        let ends = &mut SimNetwork::new(2, seed, Weather::draw(&mut Dice::new(seed))).ends();
        let mut log = Vec::new();
        for number in 0..200 {
            log.push(usize::from(ends[0].push(1, header(0, number), 0, |_| ()).is_ok()));
            log.push(ends[1].poll(|_, _, _| ()));
        }
        log
    };
    for seed in 0..50 {
        assert_eq!(run(seed), run(seed));
    }
    assert!((1..50).any(|seed| run(seed) != run(0)), "the seed makes no difference");
}

#[test]
fn a_dead_rank_leaves_what_it_has_sent() {
    let network = SimNetwork::new(2, 3, Weather { delay_ticks: 10, ..Weather::FAIR });
    let mut ends = network.ends();
    for number in 0..10 {
        assert!(push(&mut ends[0], 1, number));
    }
    network.kill(0);
    assert!(!push(&mut ends[0], 1, 10), "the dead do not send");
    let mut next = [0; 2];
    for _ in 0..20 {
        take(&mut ends[1], &mut next);
    }
    assert_eq!(next, [10, 0]);
    while push(&mut ends[1], 0, 0) {}
    assert_eq!(ends[0].poll(|_, _, _| panic!("the dead do not receive")), 0);
    assert_eq!(network.under_way(), Weather::FAIR.link_packets);
}
