//! The matcher against a model that scans two plain vectors.

use proptest::prelude::*;

use super::*;

#[derive(Default)]
struct Model {
    posted: Vec<Posted>,
    unexpected: Vec<Unexpected<u32>>,
}

fn fits(posted: &Posted, context: u32, source: i32, tag: i32) -> bool {
    posted.context == context
        && (posted.source == ANY_SOURCE || posted.source == source)
        && tags_match(posted.tag, tag)
}

impl Model {
    fn arrive(&mut self, message: Unexpected<u32>) -> Option<u32> {
        let (context, source, tag) = (message.context, message.source, message.tag);
        match self.posted.iter().position(|posted| fits(posted, context, source, tag)) {
            Some(index) => Some(self.posted.remove(index).owner),
            None => {
                self.unexpected.push(message);
                None
            }
        }
    }

    fn post(&mut self, posted: Posted) -> Option<u32> {
        let found = self.unexpected.iter().position(|m| fits(&posted, m.context, m.source, m.tag));
        match found {
            Some(index) => Some(self.unexpected.remove(index).content),
            None => {
                self.posted.push(posted);
                None
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Arrive { context: u32, source: i32, tag: i32 },
    Post { context: u32, source: i32, tag: i32 },
    Cancel(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let source = prop_oneof![3 => 0..4i32, 1 => Just(ANY_SOURCE)];
    let tag = prop_oneof![3 => 0..3i32, 1 => Just(ANY_TAG)];
    prop_oneof![
        4 => (0..3u32, 0..4i32, 0..3i32)
            .prop_map(|(context, source, tag)| Step::Arrive { context, source, tag }),
        4 => (0..3u32, source, tag).prop_map(|(context, source, tag)| Step::Post { context, source, tag }),
        1 => any::<usize>().prop_map(Step::Cancel),
    ]
}

proptest! {
    #[test]
    fn pairs_what_the_model_pairs(steps in prop::collection::vec(step(), 1..200)) {
        let mut matcher = Matcher::<u32>::default();
        let mut model = Model::default();
        let mut nodes = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            let number = number as u32;
            match step {
                Step::Arrive { context, source, tag } => {
                    let message = Unexpected { context, source, tag, content: number };
                    let found = matcher.take_posted(context, source, tag).map(|posted| posted.owner);
                    if found.is_none() {
                        matcher.keep(message);
                    }
                    nodes.retain(|&(owner, _)| Some(owner) != found);
                    prop_assert_eq!(found, model.arrive(message));
                }
                Step::Post { context, source, tag } => {
                    let posted = Posted { context, source, tag, owner: number };
                    let found = matcher
                        .find_unexpected(context, source, tag)
                        .map(|id| matcher.take_unexpected(id).content);
                    if found.is_none() {
                        nodes.push((number, matcher.post(posted)));
                    }
                    prop_assert_eq!(found, model.post(posted));
                }
                Step::Cancel(which) if !nodes.is_empty() => {
                    let (owner, node) = nodes.remove(which % nodes.len());
                    prop_assert_eq!(matcher.cancel_posted(node).owner, owner);
                    model.posted.retain(|posted| posted.owner != owner);
                }
                Step::Cancel(_) => {}
            }
            prop_assert_eq!(matcher.posted_count(), model.posted.len());
            prop_assert_eq!(matcher.unexpected_count(), model.unexpected.len());
        }
    }
}

#[test]
fn a_retired_context_goes_with_its_last_entry() {
    let mut matcher = Matcher::<u32>::default();
    let node = matcher.post(Posted { context: 7, source: 0, tag: 1, owner: 1 });
    matcher.retire(7);
    assert_eq!(matcher.index.len(), 1);
    matcher.cancel_posted(node);
    assert_eq!(matcher.index.len(), 0);
}
