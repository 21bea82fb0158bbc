//! Making communicators, on the simulator of the collectives.

use std::cell::RefCell;
use std::sync::Arc;

use super::context::{Contexts, Key};
use super::create::{self, Split};
use super::intercomm::{self, Bridge, Side};
use super::{CommCore, context};
use crate::collective::board::Nowhere;
use crate::collective::simulator::{Sends, SimulatedPorts, SimulatedTransfer, run, run_groups};
use crate::collective::{InterPorts, Ports};
use crate::datatype::data::{RecvData, SendData};
use crate::error::{ErrorClass, Result};
use crate::group::Group;

const KEY: Key = Key { context: context::WORLD, sequence: 0 };

fn world(size: usize, rank: usize) -> CommCore {
    CommCore::new(context::WORLD, Arc::new(Group::run(0, size as u32, rank as u32)))
}

fn members(group: &Group) -> Vec<u32> {
    group.processes().collect()
}

#[test]
fn a_split_orders_by_key_then_by_rank() {
    for seed in 0..20 {
        let made = RefCell::new(vec![None; 7]);
        let report = run(7, seed, Sends::Mixed, |ports| {
            let made = &made;
            async move {
                let rank = ports.rank();
                let color = (rank != 5).then_some(rank as u32 % 2);
                let split = Split { color, key: -(rank as i32 / 3) };
                let parent = world(7, rank);
                let part = create::split(&ports, &Contexts::new(), KEY, &parent, split).await?;
                made.borrow_mut()[rank] =
                    part.map(|core| (core.context(), core.rank(), members(core.group())));
                Ok(())
            }
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
        let made = made.into_inner();
        let context = made[0].as_ref().unwrap().0;
        let part = |processes: &[u32], rank| Some((context, rank, processes.to_vec()));
        for (rank, &process) in [6, 4, 0, 2].iter().enumerate() {
            assert_eq!(made[process], part(&[6, 4, 0, 2], rank));
        }
        for (rank, &process) in [3, 1].iter().enumerate() {
            assert_eq!(made[process], part(&[3, 1], rank));
        }
        assert_eq!(made[5], None);
    }
}

#[test]
fn a_group_becomes_a_communicator_of_its_members() {
    let report = run(5, 1, Sends::Buffered, |ports| async move {
        let (rank, contexts) = (ports.rank(), Contexts::new());
        let parent = world(5, rank);
        let group = Arc::new(Group::new(vec![4, 1], rank as u32));
        let made = create::create(&ports, &contexts, KEY, &group).await?;
        assert_eq!(made.map(|core| core.rank()), [None, Some(1), None, None, Some(0)][rank]);
        let first = create::dup(&ports, &contexts, KEY, &parent).await?;
        let second = create::dup(&ports, &contexts, KEY, &parent).await?;
        assert_ne!(first.context(), second.context());
        assert!(Arc::ptr_eq(first.group(), parent.group()));
        Ok(())
    });
    assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
}

#[test]
fn a_stranger_in_a_group_is_named() {
    let parent = world(3, 0);
    assert_eq!(create::check_subset(&Group::new(vec![2, 0], 0), &parent), Ok(()));
    let error = create::check_subset(&Group::new(vec![2, 3], 0), &parent).unwrap_err();
    assert_eq!(error.class(), ErrorClass::Group);
    assert!(error.message().starts_with("rank 1 of the group is no member"), "{error}");
}

/// The other group's ranks, as a leader sees them.
struct Across<'a>(&'a SimulatedPorts);

impl Ports for Across<'_> {
    type Pending = SimulatedTransfer;
    type Meet<'a>
        = Nowhere
    where
        Self: 'a;

    fn rank(&self) -> usize {
        unreachable!("a leader is no rank of the other group")
    }

    fn size(&self) -> usize {
        self.0.remote_size()
    }

    fn start_send(&self, to: usize, data: SendData) -> Result<SimulatedTransfer> {
        self.0.start_send_remote(to, data)
    }

    fn start_recv(&self, from: usize, data: RecvData) -> Result<SimulatedTransfer> {
        self.0.start_recv_remote(from, data)
    }
}

const SIZES: [usize; 2] = [3, 4];
/// Leaders of the groups.
const LEADERS: [usize; 2] = [1, 2];

fn sides(group: usize, rank: usize) -> [Group; 2] {
    let own = (group * SIZES[0] + rank) as u32;
    let first = Group::run(0, SIZES[0] as u32, own);
    let second = Group::run(SIZES[0] as u32, SIZES[1] as u32, own);
    if group == 0 { [first, second] } else { [second, first] }
}

async fn connect(
    group: usize,
    ports: &SimulatedPorts,
    local: Group,
    contexts: &Contexts,
) -> Result<CommCore> {
    let across = Across(ports);
    let leads = ports.rank() == LEADERS[group];
    let bridge = leads.then_some(Bridge { ports: &across, leader: LEADERS[1 - group] });
    let side = Side { ports, group: &Arc::new(local), leader: LEADERS[group], bridge };
    intercomm::create(&side, contexts, Key { context: group as u32, sequence: 3 }).await
}

#[test]
fn two_groups_meet_split_and_merge() {
    for seed in 0..20 {
        let made = RefCell::new(Vec::new());
        let report = run_groups(SIZES, seed, Sends::Mixed, |group, ports| {
            let made = &made;
            async move {
                let (rank, contexts) = (ports.rank(), Contexts::new());
                let [local, remote] = sides(group, rank);
                let expected = (members(&local), members(&remote));
                let inter = connect(group, &ports, local, &contexts).await?;
                assert_eq!((members(inter.group()), members(inter.remote().unwrap())), expected);

                let copy = intercomm::dup(&ports, &contexts, KEY, &inter).await?;
                assert_eq!((members(copy.group()), members(copy.remote().unwrap())), expected);

                // Color 2 is in the second group only.
                let color = Some(rank as u32).map(|color| color.min(2) * u32::from(color != 2 || group == 1));
                let split = Split { color, key: -(rank as i32) };
                let part = intercomm::split(&ports, &contexts, KEY, &inter, split).await?;
                let part = part.map(|part| (members(part.group()), members(part.remote().unwrap())));
                let parts = [vec![2, 0], vec![1]];
                let expected = match (group, rank) {
                    (0, 0 | 2) => Some((parts[0].clone(), vec![3])),
                    (0, _) => Some((parts[1].clone(), vec![4])),
                    (_, 0) => Some((vec![3], parts[0].clone())),
                    (_, 1) => Some((vec![4], parts[1].clone())),
                    _ => None,
                };
                assert_eq!(part, expected);

                let few = Group::new(vec![inter.group().process(1)], inter.group().process(rank));
                let few = intercomm::create_part(&ports, &contexts, KEY, &inter, &few).await?;
                assert_eq!(
                    few.map(|few| members(few.remote().unwrap())),
                    (rank == 1).then(|| vec![[4, 1][group]])
                );

                let merged = intercomm::merge(&ports, &contexts, KEY, &inter, group == 0).await?;
                assert_eq!(members(merged.group()), [3, 4, 5, 6, 0, 1, 2]);
                let alike = intercomm::merge(&ports, &contexts, KEY, &inter, true).await?;
                assert_eq!(members(alike.group()), [0, 1, 2, 3, 4, 5, 6]);
                let all = [&inter, &copy, &merged, &alike].map(|core| core.context());
                made.borrow_mut().push(all);
                Ok(())
            }
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
        let made = made.into_inner();
        assert!(made.iter().all(|contexts| *contexts == made[0]), "{made:?}");
    }
}

#[test]
fn overlapping_groups_and_a_quarrel_about_high_are_errors() {
    let report = run_groups(SIZES, 5, Sends::Buffered, |group, ports| async move {
        let own = (group * SIZES[0] + ports.rank()) as u32;
        let local = if group == 0 { Group::run(0, 3, own) } else { Group::new(vec![3, 0, 5, own], own) };
        connect(group, &ports, local, &Contexts::new()).await.map(|_| ())
    });
    // Everybody knows both groups, so nobody is left waiting.
    for result in report.results {
        assert_eq!(result.unwrap_err().class(), ErrorClass::Comm);
    }
    let report = run_groups(SIZES, 5, Sends::Buffered, |group, ports| async move {
        let contexts = Contexts::new();
        let [local, remote] = sides(group, ports.rank()).map(Arc::new);
        let inter = CommCore::between(9, local, remote);
        let high = group == 1 && ports.rank() == 2;
        intercomm::merge(&ports, &contexts, KEY, &inter, high).await.map(|_| ())
    });
    for result in report.results {
        assert_eq!(result.unwrap_err().class(), ErrorClass::Arg);
    }
}
