//! Every interleaving of small rings (loom), and random ones of larger rings
//! (shuttle). The ends wait as ranks do, with doorbells, so that a lost wake-up
//! shows as a deadlock.

use std::sync::Arc;

#[cfg(loom)]
use loom::thread;
#[cfg(shuttle)]
use shuttle::thread;

use super::heap::HeapRing;
use super::*;
use crate::atomic::fence;
use crate::doorbell::Doorbell;

/// A rank on either side of one ring.
#[derive(Default)]
struct Bells {
    producer: Doorbell,
    consumer: Doorbell,
}

/// The sending rank, which does what a transport does.
struct Sender {
    ring: Producer<HeapRing>,
    bells: Arc<Bells>,
    blocked: bool,
}

/// The receiving rank.
struct Receiver {
    ring: Consumer<HeapRing>,
    bells: Arc<Bells>,
}

fn byte(number: u32, index: usize) -> u8 {
    (number as usize * 31 + index * 7 + 1) as u8
}

fn ends(slots: usize, payload_at_first: usize, payload: usize) -> (Sender, Receiver) {
    let (producer, consumer) = HeapRing::ends(slots, payload_at_first, payload);
    let bells = Arc::new(Bells::default());
    (Sender { ring: producer, bells: bells.clone(), blocked: false }, Receiver { ring: consumer, bells })
}

impl Sender {
    fn push(&mut self, number: u32, len: usize) -> Result<(), Full> {
        let header = Header { kind: (number % 128) as u8, words: [number, len as u32, !number] };
        let pushed = self.ring.push(header, len, |out| {
            for (index, to) in out.iter_mut().enumerate() {
                *to = byte(number, index);
                // Lets the other end in while the packet is half written.
                #[cfg(shuttle)]
                if index == len / 2 {
                    thread::yield_now();
                }
            }
        });
        if pushed.is_err() != self.blocked {
            self.blocked = pushed.is_err();
            self.ring.set_wants_space(self.blocked);
        }
        if pushed.is_ok() {
            self.bells.consumer.ring();
        }
        pushed
    }

    fn send(&mut self, number: u32, len: usize) {
        while self.push(number, len).is_err() {
            self.bells.producer.announce();
            if self.ring.has_new_room() {
                self.bells.producer.retract();
            } else {
                self.bells.producer.sleep(None);
            }
        }
    }
}

impl Receiver {
    fn take(&mut self) -> Option<(u32, usize)> {
        let taken = self.ring.pop(|header, payload| {
            let number = header.words[0];
            assert_eq!(header.words, [number, payload.len() as u32, !number]);
            assert_eq!(u32::from(header.kind), number % 128);
            for (index, &at) in payload.iter().enumerate() {
                assert_eq!(at, byte(number, index), "byte {index} of packet {number}");
                #[cfg(shuttle)]
                if index == payload.len() / 2 {
                    thread::yield_now();
                }
            }
            (number, payload.len())
        })?;
        fence(Ordering::SeqCst);
        if self.ring.producer_wants_space() {
            self.bells.producer.ring();
        }
        Some(taken)
    }

    fn receive(&mut self) -> (u32, usize) {
        loop {
            if let Some(packet) = self.take() {
                return packet;
            }
            self.bells.consumer.announce();
            if self.ring.has_packet() {
                self.bells.consumer.retract();
            } else {
                self.bells.consumer.sleep(None);
            }
        }
    }
}

/// Sends packets of these lengths from one thread to another, acknowledging
/// each one's number, and checks both.
fn transfer(slots: usize, payload_at_first: usize, payload: usize, lengths: &'static [usize]) {
    let (mut sender, mut receiver) = ends(slots, payload_at_first, payload);
    let receiving = thread::spawn(move || {
        for (number, &len) in lengths.iter().enumerate() {
            assert_eq!(receiver.receive(), (number as u32, len));
            receiver.ring.acknowledge(1);
        }
        assert!(receiver.take().is_none());
    });
    for (number, &len) in lengths.iter().enumerate() {
        sender.send(number as u32, len);
        assert!(sender.ring.acknowledged() <= number as u64 + 1, "acknowledged before it was sent");
    }
    receiving.join().unwrap();
    assert_eq!(sender.ring.acknowledged(), lengths.len() as u64);
}

#[cfg(loom)]
mod every_order {
    use super::*;

    fn check(slots: usize, payload_at_first: usize, payload: usize, lengths: &'static [usize]) {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(2);
        model.max_branches = 100_000;
        model.check(move || transfer(slots, payload_at_first, payload, lengths));
    }

    #[test]
    fn four_slots_go_around() {
        check(4, 64, 64, &[1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn two_slots_go_around_twice() {
        check(2, 64, 64, &[0, 1, 48, 3, 4]);
    }

    #[test]
    fn one_slot_hands_over_each_packet() {
        check(1, 64, 64, &[1, 2, 3]);
    }

    #[test]
    fn payload_goes_around() {
        check(4, 192, 192, &[100, 60, 100, 60]);
    }

    #[test]
    fn payload_grows() {
        check(4, 64, 256, &[60, 60, 100, 50]);
    }

    #[test]
    fn inline_packets_pass_between_large_ones() {
        check(2, 128, 128, &[100, 4, 100]);
    }

    /// A packet that found no room leaves a small one its place; nobody sleeps
    /// while there is room that was not tried.
    #[test]
    fn room_is_never_missed() {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(3);
        model.check(|| transfer(1, 64, 64, &[1, 2]));
    }
}

#[cfg(shuttle)]
mod random_orders {
    use super::*;

    const LENGTHS: &[usize] = &[
        1, 200, 48, 49, 64, 0, 300, 65, 120, 7, 256, 255, 48, 1, 1, 1, 1, 1, 1, 400, 100, 100, 100, 3, 90, 0,
        0, 511, 2, 128, 64, 64, 64, 64, 63, 320, 5, 200, 200, 200, 17, 48, 49, 50,
    ];

    #[test]
    fn packets_of_all_sizes() {
        shuttle::check_random(|| transfer(8, 128, 512, LENGTHS), 1500);
    }

    #[test]
    fn packets_of_all_sizes_with_rare_switches() {
        shuttle::check_pct(|| transfer(4, 64, 512, LENGTHS), 1500, 3);
    }

    #[test]
    fn a_narrow_ring() {
        shuttle::check_random(|| transfer(1, 512, 512, LENGTHS), 500);
    }
}
