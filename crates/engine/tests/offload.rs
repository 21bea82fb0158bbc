//! Work on other threads: a rank that sleeps is woken by it, as much of it as
//! there is gets done, and the threads end with the connection.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use passel_engine::handle::CommId;
use passel_engine::process::Process;
use passel_engine::status::Status;
use transport::shm::ShmTransport;

const COMM: CommId = CommId::from_raw(1);

/// Threads of this process that do such work.
fn workers() -> usize {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    names.filter(|name| name.trim() == "passel-io").count()
}

#[test]
fn work_elsewhere_wakes_whoever_waits_for_it() {
    let process: Process<ShmTransport> = Process::new();
    process.connect(ShmTransport::join(bootstrap::join().unwrap()));
    let spawn = |work: Box<dyn FnOnce() -> u64 + Send>| {
        let offloaded = process.offload(work).unwrap();
        let task = async { (Status { bytes: offloaded.await, ..Status::EMPTY }, None) };
        process.spawn_with_status(COMM, task).unwrap()
    };
    let wait = |request| process.wait_until(|endpoint| endpoint.take_outcome(request)).unwrap().0.bytes;

    // Done only long after the rank has gone to sleep.
    let slow = spawn(Box::new(|| {
        std::thread::sleep(Duration::from_millis(100));
        7
    }));
    assert_eq!(wait(slow), 7);

    // Far more than there are workers, the last wait first.
    let done = Arc::new(AtomicUsize::new(0));
    let requests: Vec<_> = (0..200)
        .map(|index| {
            let done = done.clone();
            spawn(Box::new(move || {
                done.fetch_add(1, Ordering::Relaxed);
                index
            }))
        })
        .collect();
    for (index, request) in requests.into_iter().enumerate().rev() {
        assert_eq!(wait(request), index as u64);
    }
    assert_eq!(done.load(Ordering::Relaxed), 200);

    // Two threads wait for each other's work.
    let (give, take) = mpsc::channel::<u64>();
    let first = spawn(Box::new(move || take.recv().unwrap()));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| wait(first));
        std::thread::sleep(Duration::from_millis(20));
        let second = spawn(Box::new(move || {
            give.send(11).unwrap();
            12
        }));
        assert_eq!(wait(second), 12);
        assert_eq!(waiting.join().unwrap(), 11);
    });

    assert!(workers() > 0);
    process.disconnect();
    assert_eq!(workers(), 0);
}
