//! Operations as values: owned, and free to move between threads.

use super::model::*;
use crate::collective::allgather::{Allgather, allgather};
use crate::collective::allreduce::{Allreduce, allreduce};
use crate::collective::alltoall::{Alltoall, alltoall};
use crate::collective::bcast::{Bcast, bcast};
use crate::collective::board::Nowhere;
use crate::collective::gather::{Gather, gather};
use crate::collective::ports::Ports;
use crate::collective::reduce::{Reduce, reduce};
use crate::collective::reduce_scatter::{ReduceScatter, reduce_scatter};
use crate::collective::scan::{Scan, exscan, scan};
use crate::collective::scatter::{Scatter, scatter};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;
use std::future::Ready;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// The ports of a communicator of one, where nothing is sent.
#[derive(Clone)]
struct Alone;

impl Ports for Alone {
    type Pending = Ready<Result<u64>>;
    type Meet<'a>
        = Nowhere
    where
        Self: 'a;

    fn rank(&self) -> usize {
        0
    }

    fn size(&self) -> usize {
        1
    }

    fn start_send(&self, to: usize, _: SendData) -> Result<Self::Pending> {
        panic!("a rank alone sends to rank {to}")
    }

    fn start_recv(&self, from: usize, _: RecvData) -> Result<Self::Pending> {
        panic!("a rank alone receives from rank {from}")
    }
}

type Operation = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Every operation on one rank, from `source` to `target`.
fn operations(source: &Buffer, target: &Buffer, pairs: usize) -> Vec<Operation> {
    let layout = Layout::Uniform(pairs);
    let (count, reduction) = (pairs, composition(target.kind));
    let (send, recv) = (Some(source.send()), target.recv());
    let (blocks, room) = (target.recv_blocks(&layout), target.recv_data(pairs));
    let (data, scattered) = (Some(source.send_data(pairs)), Some(source.send_blocks(&layout)));

    let gathered = Gather { root: 0, send: data.clone(), recv: Some(blocks.clone()) };
    let scattering = Scatter { root: 0, send: scattered.clone(), recv: Some(room.clone()) };
    let all = Allgather { send: data, recv: blocks.clone() };
    let total = Alltoall { send: scattered, recv: blocks };
    let reduced = Reduce { root: 0, send: send.clone(), recv: Some(recv.clone()), count, reduction };
    let reduction = composition(target.kind);
    let everywhere = Allreduce { send: send.clone(), recv: recv.clone(), count, reduction };
    let reduction = composition(target.kind);
    let split = ReduceScatter { send: send.clone(), recv: recv.clone(), counts: vec![count], reduction };
    let prefix = Scan { send, recv, count, reduction: composition(target.kind) };
    vec![
        Box::pin(async move { gather(&Alone, gathered).await }),
        Box::pin(async move { scatter(&Alone, scattering).await }),
        Box::pin(async move { allgather(&Alone, all).await }),
        Box::pin(async move { alltoall(&Alone, total).await }),
        Box::pin(async move { reduce(&Alone, reduced).await }),
        Box::pin(async move { allreduce(&Alone, everywhere).await }),
        Box::pin(async move { reduce_scatter(&Alone, split).await }),
        Box::pin(async move { scan(&Alone, prefix).await }),
    ]
}

#[test]
fn an_operation_may_be_finished_by_another_thread() {
    let words = content(3, 0, 5);
    let source = Buffer::with(Kind::Vector, &words);
    for index in 0..operations(&source, &source, 5).len() {
        let target = Buffer::new(Kind::Vector, 5);
        let mut operation = operations(&source, &target, 5).swap_remove(index);
        let finish = move || operation.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let outcome = std::thread::spawn(finish).join().expect("nothing panics");
        assert!(matches!(outcome, Poll::Ready(Ok(()))), "operation {index}: {outcome:?}");
        assert_eq!(target.bytes(), source.bytes(), "operation {index}");
    }
}

#[test]
fn a_rank_alone_keeps_what_broadcast_and_exscan_leave_alone() {
    let target = Buffer::with(Kind::Resized, &content(1, 0, 2));
    let before = target.bytes();
    let data = target.recv_data(2);
    let prefix = Scan { send: None, recv: target.recv(), count: 2, reduction: composition(target.kind) };
    let operations: [Operation; 2] = [
        Box::pin(async move { bcast(&Alone, Bcast { root: 0, data }).await }),
        Box::pin(async move { exscan(&Alone, prefix).await }),
    ];
    for mut operation in operations {
        let outcome = operation.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(outcome, Poll::Ready(Ok(()))), "{outcome:?}");
        assert_eq!(target.bytes(), before);
    }
}
