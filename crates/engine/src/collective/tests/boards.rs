//! Operations on a board, by ranks that are threads over a real one.

use super::model::*;
use crate::collective::allgather::{Allgather, allgather};
use crate::collective::allreduce::{self, Allreduce, allreduce_by};
use crate::collective::alltoall::{Alltoall, alltoall, alltoallv};
use crate::collective::barrier::barrier;
use crate::collective::bcast::{Bcast, bcast};
use crate::collective::board::Meet;
use crate::collective::fingerprint::{Fingerprint, Operation};
use crate::collective::gather::{self, Gather, gather_by, gatherv};
use crate::collective::ports::Ports;
use crate::collective::reduce::{self, Reduce, reduce_by};
use crate::collective::reduce_scatter::{ReduceScatter, reduce_scatter};
use crate::collective::reduction::Reduction;
use crate::collective::scan::{self, Scan, exscan_by, scan_by};
use crate::collective::scatter::{self, Scatter, scatter_by, scatterv};
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::{DatatypeId, predefined, predefined_datatype};
use crate::error::{ErrorClass, Result};
use crate::op::{self, Op};
use memory::board::mapped::{Board, cell_bytes};
use memory::job::Job;
use std::future::Ready;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// No wait takes so long, unless another rank has failed.
const LIMIT: Duration = Duration::from_secs(60);

/// A rank that never sleeps, and sends no messages.
struct Seated {
    board: Arc<Board>,
    ranks: usize,
    number: u64,
    what: Fingerprint,
}

impl Meet for &Seated {
    fn board(&self) -> &Board {
        &self.board
    }

    fn fingerprint(&self) -> Fingerprint {
        self.what
    }

    fn number(&self) -> u64 {
        self.number
    }

    fn wait<R>(
        &self,
        mut look: impl FnMut(bool) -> Option<Result<R>>,
        awaited: impl Fn() -> usize,
    ) -> Result<R> {
        let since = Instant::now();
        while since.elapsed() < LIMIT {
            for closely in (0..100).map(|looks| looks > 10) {
                if let Some(found) = look(closely) {
                    return found;
                }
                std::thread::yield_now();
            }
        }
        panic!("rank {} waits for rank {} of {} for ever", self.board.rank(), awaited(), self.ranks)
    }
}

impl Ports for Seated {
    type Pending = Ready<Result<u64>>;
    type Meet<'a>
        = &'a Self
    where
        Self: 'a;

    fn rank(&self) -> usize {
        self.board.rank()
    }

    fn size(&self) -> usize {
        self.ranks
    }

    fn start_send(&self, to: usize, _: SendData) -> Result<Self::Pending> {
        panic!("an operation on a board sends to rank {to}")
    }

    fn start_recv(&self, from: usize, _: RecvData) -> Result<Self::Pending> {
        panic!("an operation on a board receives from rank {from}")
    }

    fn meet(&self) -> Result<Option<&Self>> {
        Ok(Some(self))
    }
}

/// One rank: its board, and how many operations it has begun.
struct Player {
    board: Arc<Board>,
    ranks: usize,
    operations: u64,
}

impl Player {
    fn rank(&self) -> usize {
        self.board.rank()
    }

    /// The ports of the next operation.
    fn next(&mut self, what: Fingerprint) -> Seated {
        self.operations += 1;
        Seated { board: self.board.clone(), ranks: self.ranks, number: self.operations, what }
    }

    /// Runs the next operation; a board's is done when it is polled once.
    fn run<F: Future<Output = Result<()>>>(&mut self, operation: impl FnOnce(Seated) -> F) -> Result<()> {
        let ports = self.next(Fingerprint::new(Operation::Barrier));
        finish(operation(ports))
    }
}

fn finish(operation: impl Future<Output = Result<()>>) -> Result<()> {
    match pin!(operation).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("an operation on a board waits for a message"),
    }
}

/// Runs `play` as each of `ranks` ranks.
fn play(ranks: usize, play: impl Fn(&mut Player) + Sync) {
    // Who has a processor posts long data in more steps.
    let processors = if ranks == 3 { 1 } else { ranks };
    let job = Arc::new(Job::create(ranks, processors).unwrap());
    std::thread::scope(|scope| {
        for rank in 0..ranks {
            let (job, play) = (&job, &play);
            scope.spawn(move || {
                let board = Board::open(job, 7, rank, &Vec::from_iter(0..ranks)).unwrap().unwrap();
                play(&mut Player { board: Arc::new(board), ranks, operations: 0 });
            });
        }
    });
}

const SIZES: [usize; 3] = [2, 3, 7];

/// Pairs of words: none, some, more than lie in a note, more than fit a cell.
fn lengths(ranks: usize) -> [usize; 5] {
    let cell = cell_bytes(ranks) / 8;
    [0, 1, 7, cell / ranks + 3, cell + 5]
}

fn same(what: &str, rank: usize, found: &Buffer, expected: &Buffer) {
    assert!(found.bytes() == expected.bytes(), "{what}: rank {rank} has other bytes than it should");
}

#[test]
fn nobody_leaves_a_barrier_before_everybody_has_entered() {
    for ranks in SIZES {
        let entered = AtomicUsize::new(0);
        play(ranks, |player| {
            for round in 1..200 {
                // SeqCst, both: the barrier itself is what is tested.
                entered.fetch_add(1, Ordering::SeqCst);
                player.run(|ports| async move { barrier(&ports).await }).unwrap();
                assert!(entered.load(Ordering::SeqCst) >= round * ranks);
            }
        });
    }
}

#[test]
fn data_move_whatever_their_layouts_and_lengths() {
    for ranks in SIZES {
        play(ranks, |player| {
            for pairs in lengths(ranks) {
                for root in [0, 1, ranks - 1] {
                    rooted(player, root, pairs);
                }
                for in_place in [false, true] {
                    everywhere(player, pairs, in_place);
                }
            }
        });
    }
}

fn rooted(player: &mut Player, root: usize, pairs: usize) {
    let (rank, ranks) = (player.rank(), player.ranks);
    let kind = if rank.is_multiple_of(2) { Kind::Vector } else { Kind::Pair };
    let words = content(root, 0, pairs);
    let buffer = if rank == root { Buffer::with(kind, &words) } else { Buffer::new(kind, pairs) };
    let data = buffer.recv_data(pairs);
    player.run(|ports| async move { bcast(&ports, Bcast { root, data }).await }).unwrap();
    same("bcast", rank, &buffer, &Buffer::with(kind, &words));

    // Longer blocks, which are not for messages where there are two ranks only, take
    // several cells.
    let unit = if ranks == 2 { pairs } else { pairs.min(4000) };
    let layouts = [Layout::Uniform(pairs), Layout::Varying((0..ranks).map(|rank| rank % 3 * unit).collect())];
    for layout in layouts {
        let is_uniform = matches!(layout, Layout::Uniform(_));
        // What a direct message would take is tested elsewhere.
        let own = layout.pairs(rank);
        let room = layout.buffer(Kind::Resized, ranks);
        let send = Buffer::with(kind, &content(rank, 0, own));
        let (is_root, send_data) = (rank == root, send.send_data(own));
        let args = Gather { root, send: Some(send_data), recv: is_root.then(|| room.recv_blocks(&layout)) };
        let done = player.run(|ports| async move {
            if is_uniform {
                gather_by(&ports, args, gather::Algorithm::Board).await
            } else {
                gatherv(&ports, args).await
            }
        });
        done.unwrap();
        let all = layout.buffer(Kind::Resized, ranks);
        for from in (0..ranks).filter(|_| is_root) {
            all.put(2 * layout.start(from), &content(from, 0, layout.pairs(from)));
        }
        same("gather", rank, &room, &all);

        let blocks = layout.buffer(Kind::Resized, ranks);
        for to in 0..ranks {
            blocks.put(2 * layout.start(to), &content(root, to, layout.pairs(to)));
        }
        let target = Buffer::new(kind, own);
        let args = Scatter {
            root,
            send: is_root.then(|| blocks.send_blocks(&layout)),
            recv: Some(target.recv_data(own)),
        };
        let done = player.run(|ports| async move {
            if is_uniform {
                scatter_by(&ports, args, scatter::Algorithm::Board).await
            } else {
                scatterv(&ports, args).await
            }
        });
        done.unwrap();
        same("scatter", rank, &target, &Buffer::with(kind, &content(root, rank, own)));
    }
}

fn everywhere(player: &mut Player, pairs: usize, in_place: bool) {
    let (rank, ranks) = (player.rank(), player.ranks);
    for layout in [Layout::Uniform(pairs), Layout::Varying((0..ranks).map(|rank| rank * pairs % 7).collect())]
    {
        let own = layout.pairs(rank);
        let room = layout.buffer(Kind::Vector, ranks);
        let send = Buffer::with(Kind::Pair, &content(rank, 0, own));
        if in_place {
            room.put(2 * layout.start(rank), &content(rank, 0, own));
        }
        let args =
            Allgather { send: (!in_place).then(|| send.send_data(own)), recv: room.recv_blocks(&layout) };
        player.run(|ports| async move { allgather(&ports, args).await }).unwrap();
        let all = layout.buffer(Kind::Vector, ranks);
        for from in 0..ranks {
            all.put(2 * layout.start(from), &content(from, 0, layout.pairs(from)));
        }
        same("allgather", rank, &room, &all);
    }

    // In one piece or in several, but not so many that messages are better.
    let pairs = pairs.min(60 * 1024 / 8);
    let layout = Layout::Uniform(pairs);
    let outgoing = layout.buffer(Kind::Pair, ranks);
    let room = layout.buffer(Kind::Pair, ranks);
    for to in 0..ranks {
        let buffer = if in_place { &room } else { &outgoing };
        buffer.put(2 * layout.start(to), &content(rank, to, pairs));
    }
    let args = Alltoall {
        send: (!in_place).then(|| outgoing.send_blocks(&layout)),
        recv: room.recv_blocks(&layout),
    };
    player.run(|ports| async move { alltoall(&ports, args).await }).unwrap();
    let all = layout.buffer(Kind::Pair, ranks);
    for from in 0..ranks {
        all.put(2 * layout.start(from), &content(from, rank, pairs));
    }
    same("alltoall", rank, &room, &all);

    // The block from one rank to another has as many pairs as their sum says: few, or
    // so many that some take several steps.
    let unit = if pairs > 1000 { 900 } else { 1 };
    let length = |from: usize, to: usize| (from + to) * pairs.min(9) % 11 * unit;
    let (to, from) = ((0..ranks).map(|to| length(rank, to)), (0..ranks).map(|from| length(from, rank)));
    let (out, into) = (Layout::Each(to.collect()), Layout::Varying(from.collect()));
    let (outgoing, room) = (out.buffer(Kind::Backwards, ranks), into.buffer(Kind::Vector, ranks));
    for to in 0..ranks {
        outgoing.put(2 * out.start(to), &content(rank, to, length(rank, to)));
    }
    let args = Alltoall { send: Some(outgoing.send_blocks(&out)), recv: room.recv_blocks(&into) };
    player.run(|ports| async move { alltoallv(&ports, args).await }).unwrap();
    let all = into.buffer(Kind::Vector, ranks);
    for from in 0..ranks {
        all.put(2 * into.start(from), &content(from, rank, length(from, rank)));
    }
    same("alltoallv", rank, &room, &all);
}

/// Bytes are numbers modulo 256, or single bits.
fn reduction(name: &str) -> Reduction {
    let op = op::index_of(name).and_then(Op::predefined).unwrap();
    let datatype = predefined_datatype(predefined::index::UINT32_T).unwrap().into();
    Reduction { datatype, op, id: DatatypeId::from_raw(predefined::index::UINT32_T) }
}

fn sum(ranks: std::ops::Range<usize>, to: usize, pairs: usize) -> Vec<u32> {
    ranks.fold(vec![0; 2 * pairs], |sum, rank| {
        sum.iter().zip(content(rank, to, pairs)).map(|(a, b)| a.wrapping_add(b)).collect()
    })
}

#[test]
fn reductions_combine_what_all_ranks_give() {
    for ranks in SIZES {
        play(ranks, |player| {
            for pairs in lengths(ranks) {
                for in_place in [false, true] {
                    reductions(player, pairs, in_place);
                }
            }
        });
    }
}

fn reductions(player: &mut Player, pairs: usize, in_place: bool) {
    let (rank, ranks, count) = (player.rank(), player.ranks, 2 * pairs);
    let operand = Buffer::with(Kind::Word, &content(rank, 0, pairs));
    let room = |here: bool| {
        if in_place && here {
            Buffer::with(Kind::Word, &content(rank, 0, pairs))
        } else {
            Buffer::new(Kind::Word, count)
        }
    };
    let send = |here: bool| (!(in_place && here)).then(|| operand.send());
    let expect = |what: &str, found: &Buffer, upto: usize| {
        same(what, rank, found, &Buffer::with(Kind::Word, &sum(0..upto, 0, pairs)));
    };
    for algorithm in [allreduce::Algorithm::BoardWhole, allreduce::Algorithm::BoardSlices] {
        let result = room(true);
        let args =
            Allreduce { send: send(true), recv: result.recv(), count, reduction: reduction("MPI_SUM") };
        player.run(|ports| async move { allreduce_by(&ports, args, algorithm).await }).unwrap();
        expect("allreduce", &result, ranks);
    }
    for algorithm in [reduce::Algorithm::BoardWhole, reduce::Algorithm::BoardSlices] {
        for root in [0, ranks - 1] {
            let (here, result) = (rank == root, room(rank == root));
            let recv = here.then(|| result.recv());
            let args = Reduce { root, send: send(here), recv, count, reduction: reduction("MPI_SUM") };
            player.run(|ports| async move { reduce_by(&ports, args, algorithm).await }).unwrap();
            if here {
                expect("reduce", &result, ranks);
            }
        }
    }
    for algorithm in [scan::Algorithm::BoardWhole, scan::Algorithm::BoardChain] {
        let result = room(true);
        let args = Scan { send: send(true), recv: result.recv(), count, reduction: reduction("MPI_SUM") };
        player.run(|ports| async move { scan_by(&ports, args, algorithm).await }).unwrap();
        expect("scan", &result, rank + 1);
        let result = room(true);
        let args = Scan { send: send(true), recv: result.recv(), count, reduction: reduction("MPI_SUM") };
        player.run(|ports| async move { exscan_by(&ports, args, algorithm).await }).unwrap();
        if rank > 0 {
            expect("exscan", &result, rank);
        }
    }

    // Blocks of different lengths: those of even ranks have one pair more.
    let counts: Vec<usize> = (0..ranks).map(|to| count + 2 * ((to + 1) % 2)).collect();
    let total: Vec<u32> = (0..ranks).flat_map(|to| content(rank, to, counts[to] / 2)).collect();
    let operand = Buffer::with(Kind::Word, &total);
    let result = if in_place { operand.clone() } else { Buffer::new(Kind::Word, counts[rank]) };
    let send = (!in_place).then(|| operand.send());
    let own = counts[rank];
    let args = ReduceScatter { send, recv: result.recv(), counts, reduction: reduction("MPI_SUM") };
    player.run(|ports| async move { reduce_scatter(&ports, args).await }).unwrap();
    let mut expected = sum(0..ranks, rank, own / 2);
    if in_place {
        expected.extend(&total[own..]);
    }
    same("reduce_scatter", rank, &result, &Buffer::with(Kind::Word, &expected));
}

/// Rank 1 does something else than the others; all that hear of it say so.
fn differing(
    call: impl Fn(usize, Seated) -> Result<()> + Sync,
    what: impl Fn(usize) -> Fingerprint + Sync,
) -> Vec<Option<(ErrorClass, String)>> {
    let outcomes = std::sync::Mutex::new(vec![None; 3]);
    play(3, |player| {
        let rank = player.rank();
        let outcome = call(rank, player.next(what(rank)));
        outcomes.lock().unwrap()[rank] = outcome.err().map(|error| (error.class(), error.to_string()));
        // Whoever is still in the operation sees that this rank has gone on.
        let ports = player.next(Fingerprint::new(Operation::Barrier));
        finish(barrier(&ports)).unwrap();
    });
    outcomes.into_inner().unwrap()
}

#[test]
fn ranks_in_different_operations_are_told() {
    let broadcast = |root: usize, words: usize, ports: Seated| {
        let buffer = Buffer::new(Kind::Word, words);
        finish(bcast(&ports, Bcast { root, data: buffer.recv_data(words) }))
    };
    // Rank 2 comes after rank 0, so that it is rank 0 that rank 1 finds.
    let posted = std::sync::Barrier::new(2);
    let outcomes = differing(
        |rank, ports| match rank {
            0 => {
                let outcome = broadcast(0, 1, ports);
                posted.wait();
                outcome
            }
            1 => finish(barrier(&ports)),
            _ => {
                posted.wait();
                broadcast(0, 1, ports)
            }
        },
        |rank| Fingerprint::new(if rank == 1 { Operation::Barrier } else { Operation::Bcast }),
    );
    assert_eq!(outcomes[0], None);
    let (class, text) = outcomes[1].clone().unwrap();
    assert_eq!(class, ErrorClass::Other);
    assert!(text.contains("rank 1 is in MPI_Barrier, while rank 0 is in MPI_Bcast"), "{text}");
    assert_eq!(outcomes[2], None);

    // Both have the same magnitude, which is all that the fingerprint tells.
    let outcomes = differing(
        |rank, ports| broadcast(0, if rank == 1 { 30 } else { 25 }, ports),
        |_| Fingerprint::new(Operation::Bcast).with_root(0).with_bytes(100),
    );
    let (class, text) = outcomes[1].clone().unwrap();
    assert_eq!(class, ErrorClass::Count);
    assert!(text.contains("100 bytes came from rank 0 where 120 were expected"), "{text}");
    assert_eq!((&outcomes[0], &outcomes[2]), (&None, &None));
}
