//! Blocking sends and receives, and probing.

use std::thread;

use passel::{Communicator, Element, ErrorClass, Result, Source, Tag};

/// Short enough to be inline, up to long enough for a rendezvous.
const LENGTHS: [usize; 6] = [0, 1, 7, 1000, 20_000, 300_000];

fn echo<T: Element + PartialEq + std::fmt::Debug>(
    comm: &Communicator,
    make: impl Fn(usize) -> T,
) -> Result<()> {
    let (rank, size) = (comm.rank(), comm.size());
    let (next, previous) = ((rank + 1) % size, (rank + size - 1) % size);
    for length in LENGTHS {
        let data: Vec<T> = (0..length).map(&make).collect();
        let mut got: Vec<T> = (0..length + 1).map(|_| make(length)).collect();
        let status = comm.sendrecv(&data, next, 3, &mut got, previous, 3)?;
        assert_eq!((status.source, status.tag, status.count::<T>()), (previous, 3, Some(length)));
        assert_eq!(got[..length], data);
        assert_eq!(got[length], make(length), "beyond the message nothing is written");
    }
    Ok(())
}

pub(super) fn messages_arrive_as_they_were_sent() -> Result<()> {
    let world = passel::init()?;
    echo(&world, |index| index as u8)?;
    echo(&world, |index| (index as i16).wrapping_neg())?;
    echo(&world, |index| (index as u64).wrapping_mul(0x0001_0203_0405_0607))?;
    echo(&world, |index| index as f64 / 3.0)?;
    echo(&world, |index| [index as f32, -1.5])?;
    if world.size() > 1 && world.rank() < 2 {
        for length in LENGTHS {
            if world.rank() == 0 {
                world.ssend(&vec![length; length], 1, 0)?;
            } else {
                let (got, status) = world.recv_vec::<usize>(0, 0)?;
                assert_eq!((got, status.bytes), (vec![length; length], length * size_of::<usize>()));
            }
        }
    }
    Ok(())
}

pub(super) fn any_source_and_any_tag_tell_whose_message_it_is() -> Result<()> {
    let world = passel::init()?;
    let rank = world.rank();
    if rank != 0 {
        return world.send(&[rank; 2], 0, 10 * rank as i32);
    }
    let mut seen = vec![];
    for _ in 1..world.size() {
        let mut got = [0; 2];
        let status = world.recv_into(&mut got, Source::Any, Tag::Any)?;
        assert_eq!((got, status.tag), ([status.source; 2], 10 * status.source as i32));
        seen.push(status.source);
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..world.size()).collect::<Vec<_>>());
    Ok(())
}

pub(super) fn a_probe_tells_the_length() -> Result<()> {
    let world = passel::init()?;
    if world.rank() == 0 {
        world.barrier()?;
        return world.send(&[1u16, 2, 3], 1, 4);
    }
    assert_eq!(world.iprobe(0, Tag::Any)?, None);
    world.barrier()?;
    let status = world.probe(Source::Any, 4)?;
    assert_eq!(
        (status.source, status.bytes, status.count::<u16>(), status.count::<u32>()),
        (0, 6, Some(3), None)
    );
    assert_eq!(world.iprobe(0, 4)?, Some(status));
    assert_eq!(world.recv_vec::<u16>(0, 4)?.0, [1, 2, 3]);
    assert_eq!(world.iprobe(0, 4)?, None);
    Ok(())
}

pub(super) fn wrong_lengths_are_errors_and_others_are_not_touched() -> Result<()> {
    let world = passel::init()?;
    for length in [3usize, 300_000] {
        if world.rank() == 0 {
            for tag in 0..3 {
                world.send(&vec![tag as u8; length + 1], 1, tag)?;
            }
        } else {
            let mut short = vec![9u8; length];
            let error = world.recv_into(&mut short, 0, 0).expect_err("the message is longer");
            assert_eq!(error.class(), ErrorClass::Truncate, "{error}");
            let error = world.recv_vec::<[u8; 7]>(0, 1).expect_err("the type is another");
            assert_eq!(error.class(), ErrorClass::Truncate, "{error}");
            assert_eq!(world.recv_vec::<u8>(0, 2)?.0, vec![2; length + 1]);
        }
    }
    world.finalize()
}

pub(super) fn wrong_arguments_are_errors() -> Result<()> {
    let world = passel::init()?;
    let class = |outcome: Result<()>| outcome.expect_err("the argument is wrong").class();
    assert_eq!(class(world.send(&[1], 2, 0)), ErrorClass::Rank);
    assert_eq!(class(world.send(&[1], usize::MAX, 0)), ErrorClass::Rank);
    assert_eq!(class(world.send(&[1], 0, -1)), ErrorClass::Tag);
    assert_eq!(class(world.recv_into(&mut [0], 2, 0).map(drop)), ErrorClass::Rank);
    assert_eq!(class(world.recv_into(&mut [0], 0, -2).map(drop)), ErrorClass::Tag);
    assert_eq!(class(world.sendrecv(&[0], 7, 0, &mut [0], 0, 0).map(drop)), ErrorClass::Rank);
    assert_eq!(class(world.probe(9, Tag::Any).map(drop)), ErrorClass::Rank);
    world.finalize()
}

pub(super) fn threads_may_call_at_the_same_time() -> Result<()> {
    const THREADS: i32 = 4;
    let world = passel::init()?;
    let (comm, other) = (world.comm(), 1 - world.rank());
    thread::scope(|threads| {
        let run = |tag: i32| {
            for number in 0..500 {
                let mut got = [0];
                comm.sendrecv(&[number * tag], other, tag, &mut got, other, tag)?;
                assert_eq!(got, [number * tag]);
            }
            Ok(())
        };
        let threads: Vec<_> = (0..THREADS).map(|tag| threads.spawn(move || run(tag))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("no thread panics"))
    })
}

/// Kibibytes that the process has had resident at most.
fn peak_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells");
    line.trim().trim_end_matches(" kB").parse().expect("it is a number")
}

pub(super) fn a_sender_far_ahead_needs_little_memory() -> Result<()> {
    const MESSAGES: usize = 40_000;
    let world = passel::init()?;
    let before = peak_kib();
    if world.rank() == 0 {
        for number in 0..MESSAGES {
            world.send(&[number; 512], 1, 0)?;
        }
        // The receiver takes the rest only now.
        world.send(&[0u8], 1, 1)?;
    } else {
        thread::sleep(std::time::Duration::from_millis(300));
        for number in 0..MESSAGES {
            let mut got = [0; 512];
            world.recv_into(&mut got, 0, 0)?;
            assert_eq!(got, [number; 512]);
        }
        world.recv_into(&mut [0u8], 0, 1)?;
    }
    let grown = peak_kib() - before;
    // The messages are 160 MiB.
    assert!(grown < 32 << 10, "rank {} grew by {grown} KiB", world.rank());
    Ok(())
}
