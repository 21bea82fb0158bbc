use std::collections::VecDeque;

use proptest::prelude::*;

use super::heap::HeapRing;
use super::*;

/// A packet whose bytes follow from its number, which its header carries.
fn header(number: u32) -> Header {
    Header { kind: (number % 128) as u8, words: [number, !number, number.rotate_left(7)] }
}

fn byte(number: u32, index: usize) -> u8 {
    (number as usize * 31 + index * 7 + 1) as u8
}

fn push(producer: &mut Producer<HeapRing>, number: u32, len: usize) -> Result<(), Full> {
    producer.push(header(number), len, |out| {
        assert_eq!(out.len(), len);
        for (index, to) in out.iter_mut().enumerate() {
            *to = byte(number, index);
        }
    })
}

/// Takes a packet and checks that it is whole; its number and length.
fn pop(consumer: &mut Consumer<HeapRing>) -> Option<(u32, usize)> {
    consumer.pop(|got, payload| {
        let number = got.words[0];
        assert_eq!(got, header(number));
        assert!(payload.iter().enumerate().all(|(index, &at)| at == byte(number, index)));
        (number, payload.len())
    })
}

#[test]
fn a_full_ring_gives_the_packet_back() {
    let (mut producer, mut consumer) = HeapRing::ends(4, 128, 256);
    for number in 0..4 {
        assert_eq!(push(&mut producer, number, 8), Ok(()));
    }
    let refused = producer.push(header(4), 8, |_| panic!("filled though there is no room"));
    assert_eq!(refused, Err(Full));
    assert!(!producer.has_new_room());
    assert_eq!(pop(&mut consumer), Some((0, 8)));
    assert!(producer.has_new_room());
    assert_eq!(push(&mut producer, 4, 8), Ok(()));
    for number in 1..5 {
        assert_eq!(pop(&mut consumer), Some((number, 8)));
    }
    assert_eq!(pop(&mut consumer), None);
}

#[test]
fn full_payload_refuses_large_packets_only() {
    let (mut producer, mut consumer) = HeapRing::ends(16, 128, 256);
    assert_eq!(push(&mut producer, 0, 200), Ok(()));
    assert_eq!(push(&mut producer, 1, 64), Err(Full));
    assert_eq!(push(&mut producer, 2, INLINE_BYTES), Ok(()));
    assert_eq!(pop(&mut consumer), Some((0, 200)));
    assert_eq!(push(&mut producer, 3, 256), Ok(()), "the area is used from its start again");
    assert_eq!(pop(&mut consumer), Some((2, INLINE_BYTES)));
    assert_eq!(pop(&mut consumer), Some((3, 256)));
}

#[test]
fn a_light_user_stays_at_the_start_of_the_payload_area() {
    let (mut producer, mut consumer) = HeapRing::ends(8, 256, 4096);
    for number in 0..1000 {
        assert_eq!(push(&mut producer, number, 200), Ok(()));
        assert_eq!(pop(&mut consumer), Some((number, 200)));
    }
    assert_eq!(producer.payload.capacity, 256);
}

#[test]
fn payload_grows_when_the_consumer_is_outrun() {
    let (mut producer, mut consumer) = HeapRing::ends(16, 128, 1024);
    let mut sent = 0;
    while push(&mut producer, sent, 100).is_ok() {
        sent += 1;
    }
    assert_eq!((sent, producer.payload.capacity), (8, 1024));
    for number in 0..sent {
        assert_eq!(pop(&mut consumer), Some((number, 100)));
    }
}

#[test]
#[should_panic(expected = "at most")]
fn an_oversized_packet_is_a_bug() {
    let (mut producer, _consumer) = HeapRing::ends(2, 128, 256);
    let _ = push(&mut producer, 0, MAX_PACKET_BYTES + 1);
}

#[test]
fn counts_wrap_around_without_a_trace() {
    let ring = HeapRing::new(4, 128, 256);
    let start = u32::MAX - 5;
    // As after 2^32 - 6 packets: the phase of that lap's slots is the old one.
    ring.consumed().store(start, Ordering::Relaxed);
    for slot in 0..4_u32 {
        let next = (0..4).map(|ahead| start.wrapping_add(ahead)).find(|at| at % 4 == slot).unwrap();
        let old_phase = if next & 4 == 0 { 0 } else { PHASE };
        ring.mark(slot as usize).store(old_phase, Ordering::Relaxed);
    }
    // SAFETY: one of each, of memory that nobody else knows.
    let (mut producer, mut consumer) = unsafe { (Producer::new(ring.clone()), Consumer::new(ring.clone())) };
    producer.filled = start;
    producer.consumed = start;
    consumer.taken = start;
    for number in 0..50 {
        assert_eq!(push(&mut producer, number, 60), Ok(()));
        assert_eq!(push(&mut producer, number + 1000, 5), Ok(()));
        assert_eq!(pop(&mut consumer), Some((number, 60)));
        assert_eq!(pop(&mut consumer), Some((number + 1000, 5)));
        assert_eq!(pop(&mut consumer), None);
    }
}

#[test]
#[should_panic(expected = "outside its ring")]
fn a_wild_offset_does_not_lead_outside() {
    let ring = HeapRing::new(2, 128, 256);
    // SAFETY: the only consumer of memory that nobody else knows.
    let mut consumer = unsafe { Consumer::new(ring.clone()) };
    ring.with_body_mut(0, |body| {
        // SAFETY: nobody else is here.
        let body = unsafe { &mut *body };
        body.inline[..4].copy_from_slice(&200_u32.to_ne_bytes());
    });
    ring.mark(0).store(PHASE | OUTSIDE | 100, Ordering::Release);
    consumer.pop(|_, _| ());
}

#[test]
fn acknowledged_units_add_up() {
    let (producer, mut consumer) = HeapRing::ends(2, 128, 256);
    assert_eq!(producer.acknowledged(), 0);
    consumer.acknowledge(5);
    consumer.acknowledge(1 << 40);
    assert_eq!(producer.acknowledged(), 5 + (1 << 40));
}

#[derive(Clone, Debug)]
enum Step {
    Push(usize),
    Pop,
    Acknowledge(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop_oneof![0..=INLINE_BYTES + 1, 60..70_usize, 1..400_usize].prop_map(Step::Push),
        4 => Just(Step::Pop),
        1 => (0..100_u64).prop_map(Step::Acknowledge),
    ]
}

proptest! {
    /// Any sequence of pushes and pops does to a ring what it does to a queue,
    /// and a ring refuses only when it must.
    #[test]
    fn a_ring_is_a_queue(
        slots in prop_oneof![Just(1_usize), Just(2), Just(4), Just(16)],
        sizes in prop_oneof![Just((64_usize, 448_usize)), Just((448, 448)), Just((128, 2048))],
        steps in prop::collection::vec(step(), 0..200),
    ) {
        let (first, bytes) = sizes;
        let (mut producer, mut consumer) = HeapRing::ends(slots, first, bytes);
        let mut queue = VecDeque::new();
        let (mut number, mut acknowledged) = (0, 0);
        for step in steps {
            match step {
                Step::Push(len) => {
                    let pushed = push(&mut producer, number, len);
                    if queue.len() == slots {
                        prop_assert_eq!(pushed, Err(Full));
                    }
                    let in_use = queue.iter().any(|&(_, len)| len > INLINE_BYTES);
                    if queue.is_empty() || (queue.len() < slots && (len <= INLINE_BYTES || !in_use)) {
                        prop_assert_eq!(pushed, Ok(()), "refused without a reason");
                    }
                    if pushed.is_ok() {
                        queue.push_back((number, len));
                        number += 1;
                    }
                }
                Step::Pop => {
                    prop_assert_eq!(consumer.has_packet(), !queue.is_empty());
                    prop_assert_eq!(pop(&mut consumer), queue.pop_front());
                }
                Step::Acknowledge(units) => {
                    consumer.acknowledge(units);
                    acknowledged += units;
                }
            }
            prop_assert_eq!(producer.acknowledged(), acknowledged);
        }
        while let Some(next) = queue.pop_front() {
            prop_assert_eq!(pop(&mut consumer), Some(next));
        }
        prop_assert_eq!(pop(&mut consumer), None);
    }
}

#[test]
fn two_threads_move_packets_of_all_sizes() {
    const PACKETS: u32 = 100_000;
    let (mut producer, mut consumer) = HeapRing::ends(16, 256, 1024);
    let length = |number: u32| number as usize * 37 % 300;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for number in 0..PACKETS {
                while push(&mut producer, number, length(number)).is_err() {
                    std::thread::yield_now();
                }
            }
        });
        for number in 0..PACKETS {
            let packet = loop {
                match pop(&mut consumer) {
                    Some(packet) => break packet,
                    None => std::thread::yield_now(),
                }
            };
            assert_eq!(packet, (number, length(number)));
        }
    });
}
