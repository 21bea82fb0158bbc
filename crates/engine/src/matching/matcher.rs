//! The queues of all contexts.

use rustc_hash::FxHashMap;

use super::list::{List, NodeId, Slab};
use crate::status::{ANY_SOURCE, ANY_TAG};

/// A receive that waits for its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    pub context: u32,
    /// Rank in the communicator, or `ANY_SOURCE`.
    pub source: i32,
    /// Or `ANY_TAG`.
    pub tag: i32,
    /// Whose receive it is; not looked into.
    pub owner: u32,
}

/// A message that waits for its receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unexpected<C> {
    pub context: u32,
    /// Rank of the sender in the communicator.
    pub source: i32,
    pub tag: i32,
    /// What there is of it.
    pub content: C,
}

/// The lane's list that a message is in.
const LANE: usize = 0;
/// The context's list of messages in order of arrival.
const ARRIVAL: usize = 1;

struct PostedNode {
    posted: Posted,
    /// When it was posted, to decide between a lane and the wildcard list.
    stamp: u64,
}

#[derive(Default)]
struct Lane {
    posted: List,
    unexpected: List,
}

#[derive(Default)]
struct Context {
    /// By rank of the source.
    lanes: Vec<Lane>,
    any_source: List,
    arrival: List,
    entries: usize,
    /// The communicator was freed: the queues go when the last entry does.
    retired: bool,
}

impl Context {
    #[inline]
    fn lane(&mut self, source: i32) -> &mut Lane {
        let source = source as usize;
        if source >= self.lanes.len() {
            self.lanes.resize_with(source + 1, Lane::default);
        }
        &mut self.lanes[source]
    }
}

/// The queues of all contexts. `C` is what is kept of an unexpected message.
pub struct Matcher<C> {
    index: FxHashMap<u32, u32>,
    /// The context of the last look-up and its place.
    last: (u32, u32),
    contexts: Vec<Context>,
    free: Vec<u32>,
    posted: Slab<PostedNode, 1>,
    unexpected: Slab<Unexpected<C>, 2>,
    stamp: u64,
    posted_count: usize,
    unexpected_count: usize,
    /// The highest of the counts above since they were last asked for.
    posted_peak: usize,
    unexpected_peak: usize,
}

/// How much waits in one context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub posted: usize,
    pub unexpected: usize,
}

impl<C> Default for Matcher<C> {
    fn default() -> Self {
        Self {
            index: FxHashMap::default(),
            last: (u32::MAX, u32::MAX),
            contexts: Vec::new(),
            free: Vec::new(),
            posted: Slab::default(),
            unexpected: Slab::default(),
            stamp: 0,
            posted_count: 0,
            unexpected_count: 0,
            posted_peak: 0,
            unexpected_peak: 0,
        }
    }
}

#[inline]
fn tags_match(wanted: i32, tag: i32) -> bool {
    wanted == ANY_TAG || wanted == tag
}

impl<C> Matcher<C> {
    #[inline]
    fn place(&mut self, context: u32) -> usize {
        if self.last.0 == context && self.last.1 != u32::MAX {
            return self.last.1 as usize;
        }
        self.find_place(context)
    }

    fn find_place(&mut self, context: u32) -> usize {
        let place = match self.index.get(&context) {
            Some(&place) => place,
            None => {
                let place = self.free.pop().unwrap_or_else(|| {
                    self.contexts.push(Context::default());
                    self.contexts.len() as u32 - 1
                });
                self.index.insert(context, place);
                place
            }
        };
        self.last = (context, place);
        place as usize
    }

    /// Takes the receive that a message of `source` with `tag` belongs to.
    #[inline]
    pub fn take_posted(&mut self, context: u32, source: i32, tag: i32) -> Option<Posted> {
        if self.posted_count == 0 {
            return None;
        }
        let place = self.place(context);
        let by_source = {
            let list = self.contexts[place].lane(source).posted;
            self.first_posted(list, tag)
        };
        let by_any = {
            let list = self.contexts[place].any_source;
            if list.is_empty() { None } else { self.first_posted(list, tag) }
        };
        let id = match (by_source, by_any) {
            (Some(one), Some(other)) => {
                if self.posted.get(one).stamp < self.posted.get(other).stamp {
                    one
                } else {
                    other
                }
            }
            (one, other) => one.or(other)?,
        };
        Some(self.remove_posted(id))
    }

    fn first_posted(&self, list: List, tag: i32) -> Option<NodeId> {
        let mut next = list.first();
        while let Some(id) = next {
            if tags_match(self.posted.get(id).posted.tag, tag) {
                return Some(id);
            }
            next = self.posted.next(0, id);
        }
        None
    }

    fn remove_posted(&mut self, id: NodeId) -> Posted {
        let posted = self.posted.get(id).posted;
        let place = self.place(posted.context);
        let context = &mut self.contexts[place];
        let list = if posted.source == ANY_SOURCE {
            &mut context.any_source
        } else {
            &mut context.lane(posted.source).posted
        };
        self.posted.unlink(0, list, id);
        self.posted.remove(id);
        self.posted_count -= 1;
        self.left(place, posted.context);
        posted
    }

    /// Puts a receive in line. Only after `take_unexpected` found no message.
    pub fn post(&mut self, posted: Posted) -> NodeId {
        let place = self.place(posted.context);
        self.stamp += 1;
        let id = self.posted.insert(PostedNode { posted, stamp: self.stamp });
        let context = &mut self.contexts[place];
        let list = if posted.source == ANY_SOURCE {
            &mut context.any_source
        } else {
            &mut context.lane(posted.source).posted
        };
        self.posted.push_back(0, list, id);
        self.contexts[place].entries += 1;
        self.posted_count += 1;
        self.posted_peak = self.posted_peak.max(self.posted_count);
        id
    }

    pub fn posted(&self, id: NodeId) -> &Posted {
        &self.posted.get(id).posted
    }

    /// Takes a receive out that has not been matched (MPI-5.0 section 3.8.4).
    pub fn cancel_posted(&mut self, id: NodeId) -> Posted {
        self.remove_posted(id)
    }

    /// The first message that a receive from `source` with `tag` would take.
    #[inline]
    pub fn find_unexpected(&mut self, context: u32, source: i32, tag: i32) -> Option<NodeId> {
        if self.unexpected_count == 0 {
            return None;
        }
        let place = self.place(context);
        let (list, link) = if source == ANY_SOURCE {
            (self.contexts[place].arrival, ARRIVAL)
        } else {
            (self.contexts[place].lane(source).unexpected, LANE)
        };
        let mut next = list.first();
        while let Some(id) = next {
            if tags_match(tag, self.unexpected.get(id).tag) {
                return Some(id);
            }
            next = self.unexpected.next(link, id);
        }
        None
    }

    pub fn unexpected(&self, id: NodeId) -> &Unexpected<C> {
        self.unexpected.get(id)
    }

    pub fn take_unexpected(&mut self, id: NodeId) -> Unexpected<C> {
        let (context_id, source) = {
            let message = self.unexpected.get(id);
            (message.context, message.source)
        };
        let place = self.place(context_id);
        let context = &mut self.contexts[place];
        self.unexpected.unlink(ARRIVAL, &mut context.arrival, id);
        self.unexpected.unlink(LANE, &mut context.lane(source).unexpected, id);
        self.unexpected_count -= 1;
        self.left(place, context_id);
        self.unexpected.remove(id)
    }

    /// Keeps a message. Only after `take_posted` found no receive.
    pub fn keep(&mut self, message: Unexpected<C>) {
        let place = self.place(message.context);
        let source = message.source;
        let id = self.unexpected.insert(message);
        let context = &mut self.contexts[place];
        self.unexpected.push_back(ARRIVAL, &mut context.arrival, id);
        self.unexpected.push_back(LANE, &mut context.lane(source).unexpected, id);
        context.entries += 1;
        self.unexpected_count += 1;
        self.unexpected_peak = self.unexpected_peak.max(self.unexpected_count);
    }

    /// The first message of `source` for which `wanted` holds, in any context.
    pub fn find_message(&self, mut wanted: impl FnMut(&Unexpected<C>) -> bool) -> Option<NodeId> {
        for context in &self.contexts {
            let mut next = context.arrival.first();
            while let Some(id) = next {
                if wanted(self.unexpected.get(id)) {
                    return Some(id);
                }
                next = self.unexpected.next(ARRIVAL, id);
            }
        }
        None
    }

    /// The communicator of `context` was freed; its queues go once empty.
    pub fn retire(&mut self, context: u32) {
        let Some(&place) = self.index.get(&context) else { return };
        self.contexts[place as usize].retired = true;
        self.drop_if_done(place as usize, context);
    }

    fn left(&mut self, place: usize, context: u32) {
        self.contexts[place].entries -= 1;
        if self.contexts[place].retired {
            self.drop_if_done(place, context);
        }
    }

    fn drop_if_done(&mut self, place: usize, context: u32) {
        if self.contexts[place].entries == 0 {
            self.contexts[place] = Context::default();
            self.index.remove(&context);
            self.free.push(place as u32);
            self.last = (u32::MAX, u32::MAX);
        }
    }

    /// How many receives wait.
    pub fn posted_count(&self) -> usize {
        self.posted_count
    }

    /// How many messages wait.
    pub fn unexpected_count(&self) -> usize {
        self.unexpected_count
    }

    /// The most receives and the most messages that waited at one time since
    /// this was last asked.
    pub fn take_peaks(&mut self) -> (usize, usize) {
        let peaks = (self.posted_peak, self.unexpected_peak);
        (self.posted_peak, self.unexpected_peak) = (self.posted_count, self.unexpected_count);
        peaks
    }

    /// How much waits in one context. Walks its lists.
    pub fn waiting(&self, context: u32) -> Waiting {
        let Some(&place) = self.index.get(&context) else { return Waiting::default() };
        let context = &self.contexts[place as usize];
        let lists = context.lanes.iter().map(|lane| lane.posted).chain([context.any_source]);
        let posted = lists.map(|list| self.posted.count(0, list)).sum();
        Waiting { posted, unexpected: self.unexpected.count(ARRIVAL, context.arrival) }
    }

    /// Every message that waits.
    pub fn iter_unexpected(&self) -> impl Iterator<Item = &Unexpected<C>> {
        self.unexpected.iter()
    }
}

#[cfg(test)]
mod tests;
