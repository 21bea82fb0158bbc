//! Shared memory between processes, some of which are killed in the middle of
//! an operation. This program starts itself again: a child is the test
//! [`child`] with its role in the environment and the job's memory as its
//! standard input.

mod common;

use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{check, push};
use memory::job::Job;
use passel_transport::shm::ShmTransport;
use passel_transport::sim::Dice;
use passel_transport::{Transport, Waiter};

const ROLE: &str = "PASSEL_TEST_ROLE";
/// Nothing here takes as long, on any machine.
const LIMIT: Duration = Duration::from_secs(60);

/// What a child does, and as which rank.
fn start(job: &Job, rank: usize, role: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(ROLE, format!("{role} {rank}"))
        .stdin(Stdio::from(job.fd().try_clone_to_owned().unwrap()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// The entry of a child; without a role it has nothing to do.
#[test]
fn child() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let (role, rank) = role.split_once(' ').unwrap();
    let fd = std::io::stdin().as_fd().try_clone_to_owned().unwrap();
    let job = Arc::new(Job::attach(fd).unwrap());
    let rank = rank.parse().unwrap();
    job.control(rank).claim(std::process::id()).unwrap();
    // SAFETY: claimed by this process, which makes one end.
    let end = unsafe { ShmTransport::new(job, rank) };
    match role {
        "exchange" => exchange(end),
        "flood" => flood(end),
        "swallow" => swallow(end),
        role => panic!("no role is called {role}"),
    }
}

const PACKETS: u32 = 3000;

/// Sends to all, takes from all, and sleeps in between.
fn exchange(mut end: ShmTransport) {
    let mut sent = vec![0; end.size()];
    let mut next = vec![0; end.size()];
    let start = Instant::now();
    loop {
        let mut moved = 0;
        for (peer, sent) in sent.iter_mut().enumerate() {
            while *sent < PACKETS && push(&mut end, peer, *sent) {
                *sent += 1;
                moved += 1;
            }
        }
        moved += end.poll(|sender, header, payload| check(&mut next[sender], sender, header, payload));
        if sent.iter().chain(&next).all(|&count| count == PACKETS) {
            return;
        }
        if moved == 0 && end.announce_sleep() {
            end.waiter().sleep(Some(LIMIT));
        }
        assert!(start.elapsed() < LIMIT, "stuck: sent {sent:?}, received {next:?}");
    }
}

/// Sends to rank 0 until killed.
fn flood(mut end: ShmTransport) {
    let start = Instant::now();
    for number in 0.. {
        while !push(&mut end, 0, number) {
            if end.announce_sleep() {
                end.waiter().sleep(Some(LIMIT));
            }
            assert!(start.elapsed() < LIMIT, "nobody killed this sender");
        }
    }
}

/// Takes from rank 0 until killed.
fn swallow(mut end: ShmTransport) {
    let mut next = 0;
    let start = Instant::now();
    loop {
        let taken = end.poll(|sender, header, payload| check(&mut next, sender, header, payload));
        if taken != 0 {
            end.acknowledge(0, taken as u64);
        } else if end.announce_sleep() {
            end.waiter().sleep(Some(LIMIT));
        }
        assert!(start.elapsed() < LIMIT, "nobody killed this receiver");
    }
}

/// A job of two whose rank 1 is a child.
fn pair(role: &str) -> (ShmTransport, Child) {
    let job = Arc::new(Job::create(2, 1).unwrap());
    let child = start(&job, 1, role);
    // SAFETY: rank 0 of a job of our own, once.
    (unsafe { ShmTransport::new(job, 0) }, child)
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), None, "the child ended by itself, before it was killed");
}

#[test]
fn three_processes_exchange_packets() {
    let job = Arc::new(Job::create(3, 1).unwrap());
    let children = [start(&job, 1, "exchange"), start(&job, 2, "exchange")];
    // SAFETY: rank 0 of a job of our own, once.
    exchange(unsafe { ShmTransport::new(job, 0) });
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_killed_sender_leaves_whole_packets() {
    let mut dice = Dice::new(u64::from(std::process::id()));
    for _ in 0..20 {
        let (mut end, child) = pair("flood");
        let mut next = 0;
        let packets = 1 + dice.below(2000) as u32;
        let start = Instant::now();
        while next < packets {
            end.poll(|sender, header, payload| check(&mut next, sender, header, payload));
            assert!(start.elapsed() < LIMIT, "only {next} packets came");
        }
        // At whatever it is doing now; the link may be full or not.
        std::thread::sleep(Duration::from_micros(dice.below(300) as u64));
        kill(child);
        while end.poll(|sender, header, payload| check(&mut next, sender, header, payload)) != 0 {}
        assert!(end.announce_sleep(), "nothing more comes from the dead");
        // What is sent to the dead is taken until the link is full, and then given back.
        let mut sent = 0;
        while push(&mut end, 1, sent) {
            sent += 1;
        }
        assert!(end.announce_sleep());
    }
}

#[test]
fn a_killed_receiver_does_not_harm_its_sender() {
    let mut dice = Dice::new(u64::from(std::process::id()));
    for _ in 0..20 {
        let (mut end, child) = pair("swallow");
        let mut sent = 0;
        let packets = 1 + dice.below(3000) as u32;
        let start = Instant::now();
        while sent < packets {
            if push(&mut end, 1, sent) {
                sent += 1;
            } else if end.announce_sleep() {
                end.waiter().sleep(Some(LIMIT));
            }
            assert!(start.elapsed() < LIMIT, "only {sent} packets left");
        }
        std::thread::sleep(Duration::from_micros(dice.below(300) as u64));
        kill(child);
        while push(&mut end, 1, sent) {
            sent += 1;
        }
        assert!(end.acknowledged(1) <= u64::from(sent), "acknowledged more than was sent");
        end.poll(|_, _, _| panic!("nothing was sent to us"));
    }
}
