//! Groups against lists of processes.

use super::*;
use proptest::prelude::*;

const OWN: u32 = 3;

fn list(group: &Group) -> Vec<u32> {
    group.processes().collect()
}

/// Different processes below 12, in any order; runs among them.
fn members() -> impl Strategy<Value = Vec<u32>> {
    prop_oneof![
        Just((0..12).collect::<Vec<u32>>())
            .prop_shuffle()
            .prop_flat_map(|all| { (0..=all.len()).prop_map(move |len| all[..len].to_vec()) }),
        (0u32..10, 0u32..8).prop_map(|(first, len)| (first..first + len).collect()),
    ]
}

fn assert_is(group: &Group, expected: &[u32]) {
    assert_eq!(list(group), expected);
    assert_eq!(group.size(), expected.len());
    for process in 0..20 {
        assert_eq!(group.rank_of(process), expected.iter().position(|&member| member == process));
    }
    assert_eq!(group.rank(), expected.iter().position(|&member| member == OWN));
}

proptest! {
    #[test]
    fn set_operations_keep_mpis_order(a in members(), b in members()) {
        let (ga, gb) = (Group::new(a.clone(), OWN), Group::new(b.clone(), OWN));
        assert_is(&ga, &a);
        let union: Vec<u32> = a.iter().chain(b.iter().filter(|p| !a.contains(p))).copied().collect();
        assert_is(&ga.union(&gb), &union);
        let common: Vec<u32> = a.iter().filter(|p| b.contains(p)).copied().collect();
        assert_is(&ga.intersection(&gb), &common);
        let rest: Vec<u32> = a.iter().filter(|p| !b.contains(p)).copied().collect();
        assert_is(&ga.difference(&gb), &rest);
    }

    #[test]
    fn comparison_is_that_of_lists_and_sets(a in members(), b in members()) {
        let sorted = |list: &[u32]| { let mut list = list.to_vec(); list.sort_unstable(); list };
        let expected = if a == b {
            Comparison::Ident
        } else if sorted(&a) == sorted(&b) {
            Comparison::Similar
        } else {
            Comparison::Unequal
        };
        let (ga, gb) = (Group::new(a, OWN), Group::new(b, OWN));
        assert_eq!(ga.compare(&gb), expected);
        assert_eq!(gb.compare(&ga), expected);
    }

    #[test]
    fn incl_and_excl_select_by_rank(a in members(), ranks in prop::collection::vec(-1i32..13, 0..6)) {
        let group = Group::new(a.clone(), OWN);
        let mut seen = Vec::new();
        let valid = ranks.iter().all(|&rank| {
            let fresh = !seen.contains(&rank);
            seen.push(rank);
            fresh && rank >= 0 && (rank as usize) < a.len()
        });
        let (incl, excl) = (group.incl(&ranks), group.excl(&ranks));
        assert_eq!((incl.is_ok(), excl.is_ok()), (valid, valid));
        if let (Ok(incl), Ok(excl)) = (incl, excl) {
            assert_is(&incl, &ranks.iter().map(|&rank| a[rank as usize]).collect::<Vec<_>>());
            let rest: Vec<u32> = (0i32..).zip(&a).filter(|(r, _)| !ranks.contains(r)).map(|(_, &p)| p).collect();
            assert_is(&excl, &rest);
        }
    }

    #[test]
    fn translation_goes_through_processes(a in members(), b in members()) {
        let (ga, gb) = (Group::new(a.clone(), OWN), Group::new(b.clone(), OWN));
        let ranks: Vec<i32> = (0..a.len() as i32).chain([PROC_NULL]).collect();
        let mut expected: Vec<i32> = a
            .iter()
            .map(|process| b.iter().position(|other| other == process).map_or(UNDEFINED, |rank| rank as i32))
            .collect();
        expected.push(PROC_NULL);
        assert_eq!(ga.translate(&ranks, &gb).unwrap(), expected);
    }

    #[test]
    fn ranges_are_the_ranks_they_stand_for(first in 0i32..12, last in -3i32..15, stride in -4i32..=4) {
        let group = Group::run(0, 12, OWN);
        let range = group.range_incl(&[RankRange { first, last, stride }]);
        if stride == 0 {
            assert_eq!(range.err().map(|error| error.class()), Some(ErrorClass::Arg));
        } else {
            let steps = (last - first).div_euclid(stride.abs()) * stride.signum();
            let steps = if stride > 0 { steps } else { (first - last).div_euclid(-stride) };
            let ranks: Vec<i32> = (0..=steps).map(|i| first + i * stride).collect();
            match range {
                Ok(range) => assert_is(&range, &ranks.iter().map(|&rank| rank as u32).collect::<Vec<_>>()),
                Err(error) => {
                    assert_eq!(error.class(), ErrorClass::Rank);
                    assert!(ranks.iter().any(|rank| !(0..12).contains(rank)), "{error}");
                }
            }
        }
    }
}

#[test]
fn errors_name_the_rank_and_the_range() {
    let group = Group::run(0, 4, OWN);
    let error = group.incl(&[1, 4]).err().unwrap();
    assert_eq!(error.message(), "rank 4 is not in 0..4, the ranks of the group");
    let error = group.incl(&[1, 2, 1]).err().unwrap();
    assert_eq!(error.message(), "rank 1 comes twice, the second time as number 2");
    let error = group.range_excl(&[RankRange { first: 2, last: 8, stride: 2 }]).err().unwrap();
    assert_eq!(error.message(), "range 0 (2, 8, 2) contains rank 4, the group has 4 ranks");
    assert_eq!(Group::empty().translate(&[0], &group).unwrap_err().class(), ErrorClass::Rank);
}

#[test]
fn huge_ranges_end_at_the_first_wrong_rank() {
    let group = Group::run(0, 4, OWN);
    let range = RankRange { first: 0, last: i32::MAX, stride: i32::MAX };
    assert_eq!(group.range_incl(&[range]).err().unwrap().class(), ErrorClass::Rank);
}

#[test]
fn an_equal_group_is_kept_once() {
    let world = Arc::new(Group::run(0, 4, OWN));
    assert!(Arc::ptr_eq(&share(Group::new(vec![0, 1, 2, 3], OWN), &world), &world));
    assert!(!Arc::ptr_eq(&share(Group::run(0, 3, OWN), &world), &world));
}
