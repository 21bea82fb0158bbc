//! How a run ends. First nothing new is started, until nothing moves: what may
//! still be pending then is only what waits for a partner. Then every message
//! is given a receive and every receive is given up, and nothing may be left.

use passel_engine::protocol::packet::Envelope;
use passel_engine::request::Phase;
use passel_engine::request::buffered::Owner;

use super::program::{Kind, Program, Task};
use super::reference::{MessageNumber, Place, ReceiveNumber, Wanted};

/// Rounds without any movement after which nothing is on its way any more:
/// longer than any delay, and than any streak of refusals.
const IDLE_ROUNDS: usize = 60;
/// Polls after which every acknowledgement has been seen.
const ACKNOWLEDGEMENT_ROUNDS: usize = 101;
const MOST_ROUNDS: usize = 200_000;

impl Program {
    pub fn end(&mut self) {
        self.settle();
        self.check_pending();
        self.pair_up();
        self.settle();
        self.check_pending();
        self.flush();
        self.settle();
        if self.kind == Kind::Death {
            return;
        }
        self.check_all_done();
        for _ in 0..ACKNOWLEDGEMENT_ROUNDS {
            self.progress(0);
        }
        self.check_nothing_left();
    }

    fn live(&self) -> impl Iterator<Item = usize> + use<> {
        let dead = self.dead;
        (0..self.ends.len()).filter(move |&rank| dead != Some(rank))
    }

    /// Lets the network carry everything that it can.
    fn settle(&mut self) {
        let mut idle = 0;
        for _ in 0..MOST_ROUNDS {
            let mut moved = 0;
            for rank in self.live() {
                moved += self.progress(rank);
            }
            idle = if moved == 0 { idle + 1 } else { 0 };
            let drained = self.network.under_way() == 0 && self.ends.iter().all(|end| end.is_drained());
            if idle > 2 && drained || idle > IDLE_ROUNDS {
                assert!(drained || self.dead.is_some(), "something is stuck on its way");
                return;
            }
        }
        panic!("the network never comes to rest");
    }

    /// Nothing is pending but what lacks its partner (MPI-5.0 section 3.5, on
    /// progress), or waits for the dead.
    fn check_pending(&mut self) {
        for at in 0..self.operations.len() {
            let operation = self.operations[at].clone();
            let (rank, id) = (operation.rank, operation.id);
            if operation.done || operation.detached || self.is_dead(rank) {
                continue;
            }
            if self.look_at(at) {
                continue;
            }
            let waits = match operation.task {
                Task::Send { message, .. } => self.send_may_wait(message),
                Task::Receive { receive, .. } => self.receive_may_wait(receive),
                Task::Both { message, receive, .. } => {
                    self.send_may_wait(message) || self.receive_may_wait(receive)
                }
                Task::Rest => true,
            };
            let phase = self.ends[rank].core.requests.get(id).map(|request| request.phase);
            assert_eq!(phase, Some(Phase::Pending));
            assert!(waits, "pending without a reason: {operation:?}");
        }
    }

    fn send_may_wait(&self, message: MessageNumber) -> bool {
        let message = &self.reference.messages[message];
        self.is_dead(message.receiver) || matches!(message.place, Place::Unexpected | Place::Probed)
    }

    fn receive_may_wait(&self, receive: ReceiveNumber) -> bool {
        match self.reference.receives[receive].met {
            None => !self.reference.receives[receive].cancelled,
            // The dead may not have sent the rest of it.
            Some(message) => self.is_dead(self.reference.messages[message].sender),
        }
    }

    /// Gives every message a receive, and cancels every receive or gives it a
    /// message.
    fn pair_up(&mut self) {
        while !self.probed.is_empty() {
            self.receive_probed();
        }
        for rank in self.live() {
            for message in self.reference.unexpected[rank].clone() {
                let message = &self.reference.messages[message];
                let Envelope { context, source, tag, .. } = message.envelope;
                let bytes = message.bytes;
                self.receive(Wanted { rank, context, source, tag }, bytes);
            }
        }
        // Those of detached requests too: only a message ends them.
        while let Some(receive) = self.live().find_map(|rank| self.reference.posted[rank].first().copied()) {
            let cancel = self.operations.iter().position(|operation| {
                !operation.detached
                    && !operation.done
                    && matches!(operation.task, Task::Receive { receive: of, .. } if of == receive)
            });
            match cancel {
                Some(at) if self.dead.is_some() || self.dice.chance(50) => self.cancel_operation(at),
                _ => {
                    if !self.feed(receive) {
                        break;
                    }
                }
            }
        }
    }

    /// Sends what the receive takes, and waits until some receive has taken it.
    fn feed(&mut self, receive: ReceiveNumber) -> bool {
        let Wanted { rank, context, source, tag } = self.reference.receives[receive].wanted;
        let any = self.dice.below(self.ends.len());
        let sender = usize::try_from(source).unwrap_or(any);
        if self.dead.is_some() {
            return false;
        }
        let envelope = Envelope::new(context, sender as i32, tag.max(0));
        self.send_to(rank, envelope);
        self.settle();
        true
    }

    /// Requests that wait for the attached buffer to be empty complete.
    fn flush(&mut self) {
        for rank in self.live() {
            let id = self.ends[rank].flush_request(Owner::Process);
            let busy = self.ends[rank].core.buffers.is_busy(Owner::Process);
            let outcome = self.ends[rank].take_outcome(id);
            assert_eq!(outcome.is_some(), !busy, "a flush waits for the buffer, and for nothing else");
            assert!(!busy || self.dead.is_some(), "a buffered message was not taken");
        }
    }

    fn check_all_done(&mut self) {
        for operation in &self.operations {
            assert!(operation.done || operation.detached, "left pending: {operation:?}");
        }
        for message in &self.reference.messages {
            assert!(
                matches!(message.place, Place::Met(_) | Place::Cancelled),
                "a message went nowhere: {message:?}"
            );
        }
    }

    /// Every queue is empty, every handle is free, all credit is back.
    fn check_nothing_left(&mut self) {
        for operation in &self.operations {
            if operation.persistent && !operation.detached {
                self.ends[operation.rank].free_request(operation.id);
            }
        }
        let ranks = self.ends.len();
        for end in &mut self.ends {
            let core = &end.core;
            assert_eq!((core.matcher.posted_count(), core.matcher.unexpected_count()), (0, 0));
            assert_eq!(core.requests.len(), 0, "requests are left");
            let messages = core.messages.iter().count();
            assert_eq!(messages, 0, "matched messages are left");
            assert!(!core.buffers.is_busy(Owner::Process));
            assert!(end.is_drained());
        }
        for rank in 0..ranks {
            for peer in 0..ranks {
                let owed = self.ends[peer].core.owed(rank);
                assert_eq!(self.ends[rank].transport.outstanding(peer), owed, "credit was lost");
            }
        }
        assert_eq!(self.network.under_way(), 0);
    }
}
