//! A thread that sleeps is woken by whatever another thread completes, with or
//! without a packet.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use memory::buffer::Scratch;
use passel_engine::datatype::data::SendData;
use passel_engine::handle::{CommId, RequestId};
use passel_engine::partitioned::Contexts;
use passel_engine::partitioned::send::SendPartitions;
use passel_engine::process::Process;
use passel_engine::protocol::packet::Envelope;
use passel_engine::status::Status;
use transport::sim::{SimNetwork, SimTransport, Weather};
use transport::{Full, Header, Transport, Waiter};

const COMM: CommId = CommId::from_raw(1);
const LIMIT: Duration = Duration::from_secs(20);

/// Where threads sleep for real: until the next wake-up.
#[derive(Clone, Default)]
struct Bed(Arc<(Mutex<Sleep>, Condvar)>);

#[derive(Default)]
struct Sleep {
    wakes: usize,
    /// As of the last announcement.
    seen: usize,
    asleep: usize,
}

impl Bed {
    /// Waits until a thread sleeps.
    fn wait_for_sleeper(&self) {
        let (sleep, changed) = &*self.0;
        let asleep = changed.wait_timeout_while(sleep.lock().unwrap(), LIMIT, |sleep| sleep.asleep == 0);
        assert!(!asleep.unwrap().1.timed_out(), "no thread sleeps");
    }
}

impl Waiter for Bed {
    fn sleep(&self, _: Option<Duration>) {
        let (sleep, changed) = &*self.0;
        let mut sleep = sleep.lock().unwrap();
        sleep.asleep += 1;
        changed.notify_all();
        sleep = changed.wait_while(sleep, |sleep| sleep.wakes == sleep.seen).unwrap();
        sleep.asleep -= 1;
    }

    fn wake(&self) {
        self.0.0.lock().unwrap().wakes += 1;
        self.0.1.notify_all();
    }

    fn may_spin(&self) -> bool {
        false
    }
}

struct Bedded {
    inner: SimTransport,
    bed: Bed,
}

impl Transport for Bedded {
    type Waiter = Bed;

    fn rank(&self) -> usize {
        self.inner.rank()
    }

    fn size(&mut self) -> usize {
        self.inner.size()
    }

    fn push(
        &mut self,
        peer: usize,
        header: Header,
        len: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Full> {
        self.inner.push(peer, header, len, fill)
    }

    fn poll(&mut self, sink: impl FnMut(usize, Header, &[u8])) -> usize {
        self.inner.poll(sink)
    }

    fn acknowledge(&mut self, peer: usize, units: u64) {
        self.inner.acknowledge(peer, units);
    }

    fn acknowledged(&mut self, peer: usize) -> u64 {
        self.inner.acknowledged(peer)
    }

    fn waiter(&self) -> Bed {
        self.bed.clone()
    }

    fn announce_sleep(&mut self) -> bool {
        let mut sleep = self.bed.0.0.lock().unwrap();
        sleep.seen = sleep.wakes;
        true
    }
}

fn connected() -> (Process<Bedded>, Bed) {
    let (process, bed) = (Process::new(), Bed::default());
    process.connect(Bedded { inner: SimNetwork::new(2, 1, Weather::FAIR).end(0), bed: bed.clone() });
    (process, bed)
}

/// A thread waits for `request` and sleeps; `complete` has to wake it.
fn is_woken(process: &Process<Bedded>, bed: &Bed, request: RequestId, complete: impl FnOnce()) {
    let (done, waited) = mpsc::channel();
    let waiting = process.clone();
    thread::spawn(move || {
        let outcome = waiting.wait_until(|endpoint| endpoint.take_outcome(request));
        done.send(outcome.is_ok()).unwrap();
    });
    bed.wait_for_sleeper();
    complete();
    assert_eq!(waited.recv_timeout(LIMIT), Ok(true), "the thread sleeps on");
}

#[test]
fn by_a_task_that_another_thread_ends() {
    let (process, bed) = connected();
    let may_end = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&may_end);
    // Relaxed: set and seen by the thread that ends the work.
    let work =
        poll_fn(move |_| if flag.load(Ordering::Relaxed) { Poll::Ready(Ok(())) } else { Poll::Pending });
    let request = process.spawn(COMM, work).unwrap();
    is_woken(&process, &bed, request, || {
        may_end.store(true, Ordering::Relaxed);
        // Tasks are polled when something has completed.
        let mut state = process.lock();
        let other = state.endpoint().unwrap().start_task(COMM);
        state.endpoint().unwrap().finish_task(other, (Status::EMPTY, None));
        drop(state);
        process.progress().unwrap();
    });
}

#[test]
fn by_the_last_partition_that_another_thread_makes_ready() {
    let (process, bed) = connected();
    let memory = Scratch::zeroed(4);
    let data = SendData::bytes(memory.send_buffer(), 4);
    let data = SendPartitions { data, count: 2, partitions: 2 };
    let (contexts, envelope) = (Contexts { setup: 4, data: 5 }, Envelope::new(0, 0, 0));
    let mut state = process.lock();
    let endpoint = state.endpoint().unwrap();
    let request = endpoint.prepare_partitioned_send(COMM, Some(1), contexts, envelope, data).unwrap();
    drop(state);
    process.start(request).1.unwrap();
    is_woken(&process, &bed, request, || {
        process.ready(request, [1, 0]).unwrap();
    });
}
