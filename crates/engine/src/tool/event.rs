//! What tools can be told of (MPI-5.0 section 15.3.8).

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    CommunicatorCreated,
    UnexpectedMessage,
    ErrorRaised,
}

/// The type of a number of an event, as C has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// `int`
    Int,
    /// `unsigned long long`
    Whole,
    /// `int`: an error class, as the C interface in use numbers it.
    ErrorClass,
}

impl Element {
    /// Bytes; also the alignment.
    pub fn size(self) -> usize {
        match self {
            Self::Int | Self::ErrorClass => 4,
            Self::Whole => 8,
        }
    }
}

/// A type of event.
pub struct EventType {
    pub kind: EventKind,
    pub name: &'static str,
    pub about: &'static str,
    pub category: &'static str,
    /// Whether a tool watches one communicator.
    pub of_comm: bool,
    pub elements: &'static [Element],
}

/// Every type, in the order of [`EventKind`].
pub const EVENT_TYPES: &[EventType] = &[
    EventType {
        kind: EventKind::CommunicatorCreated,
        name: "communicator_created",
        about: "A communicator was made. Elements: its context, the calling process's rank, the size of its group, \
                and the size of the remote group, which is 0 in an intracommunicator.",
        category: "objects",
        of_comm: false,
        elements: &[Element::Whole, Element::Int, Element::Int, Element::Int],
    },
    EventType {
        kind: EventKind::UnexpectedMessage,
        name: "unexpected_message",
        about: "A message of this communicator arrived before its receive. Elements: the sender's rank, the tag, and \
                the size in bytes.",
        category: "matching",
        of_comm: true,
        elements: &[Element::Int, Element::Int, Element::Whole],
    },
    EventType {
        kind: EventKind::ErrorRaised,
        name: "error_raised",
        about: "A call met an error; an error handler is about to be called. Element: the error class.",
        category: "errors",
        of_comm: false,
        elements: &[Element::ErrorClass],
    },
];

/// Where the elements of an event lie in a buffer.
pub fn displacements(elements: &[Element]) -> Vec<usize> {
    let mut end = 0;
    let place = |element: &Element| {
        let place = usize::next_multiple_of(end, element.size());
        end = place + element.size();
        place
    };
    elements.iter().map(place).collect()
}

/// Numbers in an event.
pub const MOST_ELEMENTS: usize = 4;

/// Something that has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub kind: EventKind,
    /// Ticks of the clock that [`Recorder::watch`] was given.
    pub time: u64,
    /// The point-to-point context of the communicator that it concerns.
    pub context: u32,
    pub elements: [i64; MOST_ELEMENTS],
}

/// Events that wait for their listeners, at most; what comes then is dropped
/// and counted.
pub const QUEUE_LIMIT: usize = 1024;

#[derive(Default)]
struct Queue {
    clock: Option<fn() -> u64>,
    events: VecDeque<Event>,
    dropped: [u64; EVENT_TYPES.len()],
}

#[derive(Default)]
struct Inner {
    /// A bit for each kind that somebody listens to.
    watched: AtomicU32,
    queue: Mutex<Queue>,
}

/// Where events are written down. Clones are the same recorder.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Inner>);

impl Recorder {
    /// Whether anybody listens to this kind.
    #[inline]
    pub fn watches(&self, kind: EventKind) -> bool {
        // Relaxed: whoever starts to watch sees what happens later.
        self.0.watched.load(Ordering::Relaxed) & 1 << kind as u32 != 0
    }

    /// Says which kinds are listened to, and with which clock.
    pub fn watch(&self, kinds: &[EventKind], clock: fn() -> u64) {
        let mut queue = self.queue();
        queue.clock = Some(clock);
        let bits = kinds.iter().fold(0, |bits, &kind| bits | 1 << kind as u32);
        // Relaxed: see `watches`.
        self.0.watched.store(bits, Ordering::Relaxed);
        queue.events.retain(|event| bits & 1 << event.kind as u32 != 0);
    }

    /// Writes down an event that somebody listens to.
    pub fn record(&self, kind: EventKind, context: u32, elements: [i64; MOST_ELEMENTS]) {
        if !self.watches(kind) {
            return;
        }
        let mut queue = self.queue();
        if queue.events.len() == QUEUE_LIMIT {
            queue.dropped[kind as usize] += 1;
            return;
        }
        let time = queue.clock.map_or(0, |clock| clock());
        queue.events.push_back(Event { kind, time, context, elements });
    }

    /// Takes out the oldest event.
    pub fn take(&self) -> Option<Event> {
        self.queue().events.pop_front()
    }

    /// How many events of a kind were dropped since this was last asked.
    pub fn take_dropped(&self, kind: EventKind) -> u64 {
        std::mem::take(&mut self.queue().dropped[kind as usize])
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_watched_is_kept_and_what_is_too_much_is_counted() {
        let recorder = Recorder::default();
        let fill = |count| (0..count).for_each(|n| recorder.record(EventKind::ErrorRaised, 7, [n, 0, 0, 0]));
        fill(3);
        assert_eq!(recorder.take(), None);
        recorder.watch(&[EventKind::ErrorRaised], || 42);
        recorder.record(EventKind::UnexpectedMessage, 0, [0; MOST_ELEMENTS]);
        fill(QUEUE_LIMIT as i64 + 5);
        assert_eq!(recorder.take_dropped(EventKind::ErrorRaised), 5);
        assert_eq!(recorder.take_dropped(EventKind::ErrorRaised), 0);
        let event = recorder.take().unwrap();
        assert_eq!((event.time, event.context, event.elements[0]), (42, 7, 0));
        recorder.watch(&[], || 0);
        assert_eq!(recorder.take(), None);
    }

    #[test]
    fn elements_are_aligned() {
        assert_eq!(displacements(EVENT_TYPES[0].elements), [0, 8, 12, 16]);
        assert_eq!(displacements(EVENT_TYPES[1].elements), [0, 4, 8]);
        assert_eq!(displacements(&[Element::Int, Element::Whole]), [0, 8]);
        for (index, event) in EVENT_TYPES.iter().enumerate() {
            assert_eq!(event.kind as usize, index);
            assert!(event.elements.len() <= MOST_ELEMENTS);
        }
    }
}
