//! The tree that rooted collectives follow.
//!
//! Ranks merge in aligned groups of 1, 2, 4, ... neighbours, and each group is
//! led by the root if it contains the root, by its lowest rank otherwise. So
//! every subtree is a contiguous range of *true* ranks: a root receives a
//! whole subtree straight into its place in the user's buffer, and a reduction
//! combines neighbours left to right, with the same grouping whatever the
//! root. The depth is `ceil(log2(size))`.

use std::ops::Range;

/// One rank's place in the tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tree {
    /// `None` at the root.
    pub parent: Option<usize>,
    /// Smallest subtree first, and so nearest neighbours first.
    pub children: Vec<Child>,
    /// The ranks of this rank's own subtree.
    pub ranks: Range<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Child {
    pub leader: usize,
    /// The ranks of the child's subtree: all below or all above what the
    /// parent and its smaller children cover.
    pub ranks: Range<usize>,
}

impl Tree {
    pub(super) fn new(rank: usize, size: usize, root: usize) -> Self {
        let lead = |ranks: &Range<usize>| if ranks.contains(&root) { root } else { ranks.start };
        let mut tree = Self { parent: None, children: Vec::new(), ranks: rank..rank + 1 };
        let mut level = 0;
        while tree.ranks.len() < size {
            let sibling = (rank >> level) ^ 1;
            let sibling = sibling << level..((sibling + 1) << level).min(size);
            level += 1;
            if sibling.start >= size {
                continue;
            }
            let merged = tree.ranks.start.min(sibling.start)..tree.ranks.end.max(sibling.end);
            let leader = lead(&merged);
            if leader != rank {
                tree.parent = Some(leader);
                return tree;
            }
            tree.children.push(Child { leader: lead(&sibling), ranks: sibling });
            tree.ranks = merged;
        }
        tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rank_has_one_parent_and_subtrees_are_their_childrens_union() {
        for size in 1..=40 {
            for root in 0..size {
                let trees: Vec<_> = (0..size).map(|rank| Tree::new(rank, size, root)).collect();
                assert_eq!(trees[root].ranks, 0..size);
                for (rank, tree) in trees.iter().enumerate() {
                    assert_eq!(tree.parent.is_none(), rank == root);
                    let mut covered = rank..rank + 1;
                    for child in &tree.children {
                        assert_eq!(trees[child.leader].parent, Some(rank));
                        assert_eq!(trees[child.leader].ranks, child.ranks);
                        assert!(child.ranks.end == covered.start || child.ranks.start == covered.end);
                        covered = covered.start.min(child.ranks.start)..covered.end.max(child.ranks.end);
                    }
                    assert_eq!(covered, tree.ranks);
                }
            }
        }
    }

    #[test]
    fn the_depth_is_logarithmic() {
        for size in 1..=70_usize {
            for root in 0..size {
                for rank in 0..size {
                    let hops = std::iter::successors(Some(rank), |&at| Tree::new(at, size, root).parent);
                    assert!(hops.count() <= 1 + size.next_power_of_two().ilog2() as usize);
                }
            }
        }
    }
}
