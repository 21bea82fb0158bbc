//! Agreements of many groups at once, in random order.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::*;
use proptest::prelude::*;

/// The rounds of one group's meeting: what was brought, and by how many.
#[derive(Default)]
struct Rounds(Vec<([u32; 4], usize)>);

struct Seat {
    rounds: Rc<RefCell<Rounds>>,
    members: usize,
    next: RefCell<usize>,
}

impl Meeting for Seat {
    fn is_alone(&self) -> bool {
        self.members == 1
    }

    async fn max(&self, words: [u32; 4]) -> Result<[u32; 4]> {
        let round = self.next.replace_with(|next| *next + 1);
        {
            let rounds = &mut self.rounds.borrow_mut().0;
            rounds.resize(rounds.len().max(round + 1), ([0; 4], 0));
            let (highest, present) = &mut rounds[round];
            highest.iter_mut().zip(words).for_each(|(highest, word)| *highest = word.max(*highest));
            *present += 1;
        }
        std::future::poll_fn(|_| {
            let (highest, present) = self.rounds.borrow().0[round];
            if present == self.members { Poll::Ready(Ok(highest)) } else { Poll::Pending }
        })
        .await
    }
}

type Agreement = Pin<Box<dyn Future<Output = Result<ContextId>>>>;

struct Running {
    process: usize,
    group: usize,
    future: Agreement,
}

/// Every member of every group runs its agreement, all at once; `choices`
/// decides who is polled next.
fn run(groups: &[Vec<usize>], processes: &[Contexts], mut choices: impl FnMut(usize) -> usize) {
    let mut running = Vec::new();
    for (group, members) in groups.iter().enumerate() {
        let rounds = Rc::new(RefCell::new(Rounds::default()));
        for &process in members {
            let seat = Seat { rounds: Rc::clone(&rounds), members: members.len(), next: RefCell::new(0) };
            let contexts = processes[process].clone();
            let key = Key { context: group as u32 / 2, sequence: group as u32 % 2 };
            let future: Agreement = Box::pin(async move { contexts.agree(key, &seat).await });
            running.push(Running { process, group, future });
        }
    }
    let mut agreed: HashMap<usize, ContextId> = HashMap::new();
    let mut used: HashSet<(usize, ContextId)> = HashSet::new();
    let mut polls = 0;
    while !running.is_empty() {
        polls += 1;
        assert!(polls < 200_000, "{} agreements never end", running.len());
        let chosen = choices(running.len());
        let one = &mut running[chosen];
        let poll = one.future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(id) = poll {
            let id = id.unwrap();
            let Running { process, group, .. } = running.swap_remove(chosen);
            assert_eq!(*agreed.entry(group).or_insert(id), id, "group {group} disagrees");
            assert!(used.insert((process, id)), "process {process} has {id} twice");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ids_are_common_to_a_group_and_unique_in_a_process(
        groups in prop::collection::vec(prop::collection::hash_set(0usize..6, 1..6), 1..8),
        seed in any::<u64>(),
    ) {
        let groups: Vec<Vec<usize>> = groups.into_iter().map(|group| group.into_iter().collect()).collect();
        let processes: Vec<Contexts> = (0..6).map(|_| Contexts::new()).collect();
        let mut random = seed | 1;
        let mut choose = |end: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random >> 32) as usize % end
        };
        for _ in 0..3 {
            run(&groups, &processes, &mut choose);
        }
    }
}

#[test]
fn one_agreement_after_the_other_takes_one_round_each() {
    let processes = [Contexts::new(), Contexts::new()];
    for expected in 0..4 {
        let rounds = Rc::new(RefCell::new(Rounds::default()));
        let mut futures: Vec<_> = processes
            .iter()
            .map(|contexts| {
                let seat = Seat { rounds: Rc::clone(&rounds), members: 2, next: RefCell::new(0) };
                let contexts = contexts.clone();
                Box::pin(async move { contexts.agree(Key { context: 0, sequence: 0 }, &seat).await })
            })
            .collect();
        let mut context = Context::from_waker(Waker::noop());
        assert!(futures[0].as_mut().poll(&mut context).is_pending());
        for future in futures.iter_mut().rev() {
            assert_eq!(future.as_mut().poll(&mut context), Poll::Ready(Ok(4 + WAYS * expected)));
        }
        assert_eq!(rounds.borrow().0.len(), 1);
    }
}

/// One process starts the agreements of two groups in one order, the other in
/// the other order and one after the other, as blocking calls would.
#[test]
fn waiting_for_a_latecomer_keeps_nobody_out() {
    let processes = [Contexts::new(), Contexts::new()];
    let mut seats = (0..2).flat_map(|_| {
        let rounds = Rc::new(RefCell::new(Rounds::default()));
        [(); 2].map(|()| Seat { rounds: Rc::clone(&rounds), members: 2, next: RefCell::new(0) })
    });
    let mut start = |process: usize, context: u32| -> Agreement {
        let (contexts, seat) = (processes[process].clone(), seats.next().unwrap());
        Box::pin(async move { contexts.agree(Key { context, sequence: 0 }, &seat).await })
    };
    let (mut early, mut late) = (start(0, 0), start(1, 0));
    let (mut other, mut blocking) = (start(0, 1), start(1, 1));
    let mut context = Context::from_waker(Waker::noop());
    assert!(early.as_mut().poll(&mut context).is_pending());
    let mut done = [None, None];
    for _ in 0..10 {
        for (future, done) in [&mut other, &mut blocking].into_iter().zip(&mut done) {
            if done.is_none()
                && let Poll::Ready(id) = future.as_mut().poll(&mut context)
            {
                *done = Some(id.unwrap());
            }
        }
    }
    assert!(done[0].is_some() && done[0] == done[1], "{done:?}");
    let Poll::Ready(Ok(id)) = late.as_mut().poll(&mut context) else { panic!("the latecomer waits") };
    assert_eq!(early.as_mut().poll(&mut context), Poll::Ready(Ok(id)));
    assert_ne!(Some(id), done[0]);
}

#[test]
fn ids_end_before_they_repeat() {
    let last = CONTEXT_LIMIT / WAYS - 1;
    assert_eq!(context_id(Way::Slow, last), Ok(WAYS * last + 2));
    assert!(context_id(Way::Alone, last + 1).is_err());
}
