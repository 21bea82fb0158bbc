//! What can be read of the engine (MPI-5.0 section 15.3.7).

use crate::comm::Comm;
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::CommId;
use crate::matching::Waiting;
use crate::objects::Objects;
use crate::protocol::arrival::Content;
use crate::protocol::endpoint::Core;

use super::Counters;

/// What kind of variable it is, which says how its values are to be
/// understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// One of [`STATES`].
    State,
    /// How much of something is in use.
    Level,
    /// How much of something there is.
    Size,
    /// The highest level since the variable was started or reset.
    HighWatermark,
    /// How often something has happened.
    Counter,
    /// How long something has taken, in nanoseconds here and in seconds for
    /// tools.
    Timer,
}

/// What a variable of class [`Class::State`] can be.
pub const STATES: [&str; 2] = ["apart", "connected"];

/// How a variable gets its value.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    Counter(fn(&Counters) -> u64),
    Process(fn(&View<'_>) -> u64),
    Comm(fn(&View<'_>, &Comm) -> u64),
    Peak(Peak),
}

/// A level whose highest value the matcher keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peak {
    Posted,
    Unexpected,
}

/// A variable.
pub struct Variable {
    pub name: &'static str,
    pub about: &'static str,
    /// Of [`super::category::CATEGORIES`].
    pub category: &'static str,
    pub class: Class,
    pub(super) reading: Reading,
}

impl Variable {
    /// Whether it is a variable of one communicator.
    pub fn is_of_comm(&self) -> bool {
        matches!(self.reading, Reading::Comm(_))
    }

    /// Whether it says what is, all the time, and cannot be started, stopped
    /// or reset.
    pub fn is_continuous(&self) -> bool {
        matches!(self.class, Class::State | Class::Level | Class::Size)
    }
}

/// What variables are read from, under the state lock.
pub struct View<'a> {
    pub(crate) objects: &'a Objects,
    /// While the process takes part in a job.
    pub(crate) core: Option<&'a mut Core>,
    pub(crate) counters: Counters,
}

impl View<'_> {
    /// The value of a variable, of a communicator where it is one's.
    ///
    /// # Errors
    /// `MPI_T_ERR_INVALID_HANDLE` when the communicator was freed.
    pub(super) fn read(&self, variable: &Variable, comm: Option<CommId>) -> Result<u64> {
        Ok(match variable.reading {
            Reading::Counter(read) => read(&self.counters),
            Reading::Process(read) => read(self),
            Reading::Peak(peak) => self.level(peak),
            Reading::Comm(read) => match comm.and_then(|comm| self.objects.comms.get(comm)) {
                Some(comm) => read(self, comm),
                None => fail!(ErrorClass::ToolInvalidHandle, "the communicator was freed"),
            },
        })
    }

    /// The present value of a level that the matcher keeps the peak of.
    pub(super) fn level(&self, peak: Peak) -> u64 {
        self.core.as_ref().map_or(0, |core| match peak {
            Peak::Posted => core.matcher.posted_count() as u64,
            Peak::Unexpected => core.matcher.unexpected_count() as u64,
        })
    }

    /// The highest values of both levels since this was last asked.
    pub(super) fn take_peaks(&mut self) -> [(Peak, u64); 2] {
        let (posted, unexpected) = self.core.as_mut().map_or((0, 0), |core| core.matcher.take_peaks());
        [(Peak::Posted, posted as u64), (Peak::Unexpected, unexpected as u64)]
    }

    fn of_core(&self, value: impl FnOnce(&Core) -> u64) -> u64 {
        self.core.as_ref().map_or(0, |core| value(core))
    }

    fn waiting(&self, comm: &Comm) -> Waiting {
        let context = comm.core.point_to_point();
        self.core.as_ref().map_or(Waiting::default(), |core| core.matcher.waiting(context))
    }
}

const fn counter(
    name: &'static str,
    category: &'static str,
    about: &'static str,
    read: fn(&Counters) -> u64,
) -> Variable {
    Variable { name, about, category, class: Class::Counter, reading: Reading::Counter(read) }
}

const fn process(
    name: &'static str,
    category: &'static str,
    about: &'static str,
    class: Class,
    read: fn(&View<'_>) -> u64,
) -> Variable {
    Variable { name, about, category, class, reading: Reading::Process(read) }
}

const fn of_comm(
    name: &'static str,
    about: &'static str,
    class: Class,
    read: fn(&View<'_>, &Comm) -> u64,
) -> Variable {
    Variable { name, about, category: "matching", class, reading: Reading::Comm(read) }
}

const fn peak(name: &'static str, about: &'static str, peak: Peak) -> Variable {
    let reading = Reading::Peak(peak);
    Variable { name, about, category: "matching", class: Class::HighWatermark, reading }
}

/// Every variable.
pub const VARIABLES: &[Variable] = &[
    counter("messages_sent", "messages", "Messages that this rank has sent.", |counters| {
        counters.messages_sent
    }),
    counter("bytes_sent", "messages", "Bytes of messages that have left this rank.", |counters| {
        counters.bytes_sent
    }),
    counter(
        "messages_received",
        "messages",
        "Messages that have met their receive on this rank.",
        |counters| counters.messages_received,
    ),
    counter(
        "bytes_received",
        "messages",
        "Bytes of messages that receives of this rank have taken.",
        |counters| counters.bytes_received,
    ),
    counter(
        "messages_unexpected",
        "matching",
        "Messages that arrived before their receive. Many of them mean that receives are posted late.",
        |counters| counters.messages_unexpected,
    ),
    counter("waits", "waiting", "Waits that did not find at once what they waited for.", |counters| {
        counters.waits
    }),
    counter("sleeps", "waiting", "How often a wait slept.", |counters| counters.sleeps),
    Variable {
        name: "sleep_time",
        about: "Seconds that waits have slept.",
        category: "waiting",
        class: Class::Timer,
        reading: Reading::Counter(|counters| counters.asleep),
    },
    process(
        "connection",
        "waiting",
        "Whether this rank takes part in its job, between MPI_Init or MPI_Session_init and its end.",
        Class::State,
        |view| u64::from(view.core.is_some()),
    ),
    process(
        "posted_receives",
        "matching",
        "Receives that wait for their message, on all communicators.",
        Class::Level,
        |view| view.level(Peak::Posted),
    ),
    process(
        "unexpected_messages",
        "matching",
        "Messages that wait for their receive, on all communicators.",
        Class::Level,
        |view| view.level(Peak::Unexpected),
    ),
    process(
        "unexpected_bytes",
        "matching",
        "Bytes that this rank keeps of messages that wait for their receive.",
        Class::Level,
        |view| {
            view.of_core(|core| core.matcher.iter_unexpected().map(|message| kept(&message.content)).sum())
        },
    ),
    peak(
        "posted_receives_peak",
        "The most receives that waited for their message at one time.",
        Peak::Posted,
    ),
    peak(
        "unexpected_messages_peak",
        "The most messages that waited for their receive at one time.",
        Peak::Unexpected,
    ),
    process(
        "credit_per_sender",
        "messages",
        "Bytes that this rank may have waiting unreceived at another one, before its messages wait here.",
        Class::Size,
        |view| view.of_core(Core::credit_per_peer),
    ),
    process(
        "requests",
        "objects",
        "Requests that are pending, inactive, or complete and not waited for.",
        Class::Level,
        |view| view.of_core(|core| core.requests.len() as u64),
    ),
    process(
        "communicators",
        "objects",
        "Communicators that this rank has, MPI_COMM_WORLD and MPI_COMM_SELF included.",
        Class::Level,
        |view| view.objects.comms.len() as u64,
    ),
    of_comm(
        "comm_posted_receives",
        "Receives that wait for their message on one communicator.",
        Class::Level,
        |view, comm| view.waiting(comm).posted as u64,
    ),
    of_comm(
        "comm_unexpected_messages",
        "Messages that wait for their receive on one communicator.",
        Class::Level,
        |view, comm| view.waiting(comm).unexpected as u64,
    ),
    of_comm(
        "comm_collectives",
        "Collective operations that were started on one communicator.",
        Class::Counter,
        |_, comm| comm.collectives(),
    ),
];

/// Bytes of a message that are kept here; an announced one is still with its
/// sender.
fn kept(content: &Content) -> u64 {
    if content.is_here() { content.bytes() } else { 0 }
}
