//! The communicator behind a handle.

use std::sync::Arc;

use super::core::CommCore;
use super::topology::Topology;
use crate::attribute::AttributeSet;
use crate::group::Comparison;
use crate::handle::{CommId, ErrhandlerId, SessionId};
use crate::info::Info;
use crate::protocol::packet::MARKED_TAG_BITS;

/// `MPI_COMM_WORLD`.
pub const WORLD: CommId = CommId::from_raw(1);
/// `MPI_COMM_SELF`.
pub const SELF: CommId = CommId::from_raw(2);

/// Tells the tags of persistent collectives from those of others.
const PERSISTENT: u32 = 1 << (MARKED_TAG_BITS - 1);
/// Numbers of collective operations, before they start again.
const SEQUENCE_MASK: u32 = PERSISTENT - 1;

/// A communicator: its core, and what can change.
pub struct Comm {
    pub core: Arc<CommCore>,
    /// Empty unless it was given one.
    pub name: Vec<u8>,
    pub errhandler: ErrhandlerId,
    pub attributes: AttributeSet,
    /// Hints in use.
    pub info: Info,
    pub topology: Option<Arc<Topology>>,
    /// The session that it comes from, through its group or its parent.
    pub session: Option<SessionId>,
    /// Collective operations started so far.
    collectives: u64,
    /// Persistent ones made so far.
    persistent_collectives: u32,
}

impl Comm {
    /// A communicator with nothing but an error handler, the use of which
    /// [`crate::errhandler::Errhandlers::attach`] has counted.
    pub fn new(core: Arc<CommCore>, errhandler: ErrhandlerId) -> Self {
        Self {
            session: core.group().session(),
            core,
            name: Vec::new(),
            errhandler,
            attributes: AttributeSet::new(),
            info: Info::new(),
            topology: None,
            collectives: 0,
            persistent_collectives: 0,
        }
    }

    /// Collective operations that were started so far.
    pub fn collectives(&self) -> u64 {
        self.collectives
    }

    /// The number of the collective operation that starts now. Members start
    /// them in the same order, so they all give it the same number.
    #[inline]
    pub fn next_collective(&mut self) -> Number {
        let number = self.collectives;
        self.collectives = number + 1;
        Number::InOrder(number)
    }

    /// The number of the persistent collective that is made now. Members make
    /// them in the same order, but start them in any: so each keeps its number
    /// (MPI-5.0 section 6.13). After 2^20 of them the numbers start again.
    pub fn next_persistent_collective(&mut self) -> Number {
        let number = self.persistent_collectives;
        self.persistent_collectives = (number + 1) & SEQUENCE_MASK;
        Number::Persistent(number)
    }

    /// Takes back the number of an operation that was refused before it began, so
    /// that the call can be repeated, unless another has begun since.
    #[cold]
    pub fn refuse_collective(&mut self, number: Number) {
        match number {
            Number::InOrder(number) if self.collectives == number + 1 => self.collectives = number,
            Number::Persistent(number) if self.persistent_collectives == (number + 1) & SEQUENCE_MASK => {
                self.persistent_collectives = number;
            }
            _ => {}
        }
    }
}

/// What tells a collective operation on a communicator from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// All members start it after the one before.
    InOrder(u64),
    Persistent(u32),
}

impl Number {
    /// The tag of its messages.
    #[inline]
    pub fn tag(self) -> i32 {
        match self {
            Self::InOrder(number) => (number as u32 & SEQUENCE_MASK) as i32,
            Self::Persistent(number) => (number | PERSISTENT) as i32,
        }
    }
}

/// `MPI_Comm_compare` of two communicators.
pub fn compare(a: &CommCore, b: &CommCore) -> Comparison {
    if a.context() == b.context() {
        return Comparison::Ident;
    }
    let local = congruent_at_best(a.group().compare(b.group()));
    match (a.remote(), b.remote()) {
        (None, None) => local,
        (Some(a), Some(b)) => worse(local, congruent_at_best(a.compare(b))),
        _ => Comparison::Unequal,
    }
}

fn congruent_at_best(groups: Comparison) -> Comparison {
    if groups == Comparison::Ident { Comparison::Congruent } else { groups }
}

fn worse(a: Comparison, b: Comparison) -> Comparison {
    let order = [Comparison::Unequal, Comparison::Similar];
    order.into_iter().find(|&worst| a == worst || b == worst).unwrap_or(Comparison::Congruent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errhandler;
    use crate::group::Group;

    #[test]
    fn communicators_compare_by_context_then_by_groups() {
        let group = |processes: &[u32]| Arc::new(Group::new(processes.to_vec(), 0));
        let a = CommCore::new(3, group(&[0, 1, 2]));
        assert_eq!(compare(&a, &CommCore::new(3, group(&[0, 1, 2]))), Comparison::Ident);
        assert_eq!(compare(&a, &CommCore::new(4, group(&[0, 1, 2]))), Comparison::Congruent);
        assert_eq!(compare(&a, &CommCore::new(4, group(&[2, 1, 0]))), Comparison::Similar);
        assert_eq!(compare(&a, &CommCore::new(4, group(&[0, 1]))), Comparison::Unequal);
        let inter = |context, remote: &[u32]| CommCore::between(context, group(&[0, 1]), group(remote));
        assert_eq!(compare(&a, &inter(5, &[2, 3])), Comparison::Unequal);
        assert_eq!(compare(&inter(6, &[2, 3]), &inter(5, &[2, 3])), Comparison::Congruent);
        assert_eq!(compare(&inter(6, &[3, 2]), &inter(5, &[2, 3])), Comparison::Similar);
        assert_eq!(compare(&inter(6, &[3]), &inter(5, &[2, 3])), Comparison::Unequal);
    }

    #[test]
    fn collectives_are_numbered_within_the_bits_that_their_messages_have() {
        let core = Arc::new(CommCore::new(0, Arc::new(Group::run(0, 1, 0))));
        let mut comm = Comm::new(core, errhandler::FATAL);
        assert_eq!([comm.next_collective(), comm.next_collective()].map(Number::tag), [0, 1]);
        comm.collectives = SEQUENCE_MASK.into();
        let tags = [comm.next_collective(), comm.next_collective()].map(Number::tag);
        assert_eq!(tags, [SEQUENCE_MASK as i32, 0]);
        comm.persistent_collectives = SEQUENCE_MASK;
        let last = (1 << MARKED_TAG_BITS) - 1;
        let tags = [comm.next_persistent_collective(), comm.next_persistent_collective()].map(Number::tag);
        assert_eq!(tags, [last, PERSISTENT as i32]);
        let (first, second) = (comm.next_collective(), comm.next_collective());
        comm.refuse_collective(first);
        assert_ne!(comm.next_collective(), second);
        let number = comm.next_collective();
        comm.refuse_collective(number);
        assert_eq!(comm.next_collective(), number);
    }
}
