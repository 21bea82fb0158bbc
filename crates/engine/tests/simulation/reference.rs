//! Which message meets which receive, by looking through lists from the front
//! (MPI-5.0 section 3.5): slow, and easy to believe.

use std::collections::VecDeque;

use passel_engine::protocol::packet::Envelope;
use passel_engine::status::{ANY_SOURCE, ANY_TAG};

use super::spy::Arrival;

/// Number of a message, of a receive.
pub type MessageNumber = usize;
pub type ReceiveNumber = usize;

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Sent, and not seen by its receiver.
    OnTheWay,
    Unexpected,
    /// Taken out by a matched probe.
    Probed,
    Met(ReceiveNumber),
    Cancelled,
}

#[derive(Clone, Debug)]
pub struct Message {
    pub sender: usize,
    pub receiver: usize,
    pub envelope: Envelope,
    pub bytes: usize,
    /// Its bytes follow from it.
    pub pattern: u64,
    pub place: Place,
    /// The sender's request, once the message was announced under it.
    pub announced: Option<u32>,
}

/// What a receive may take.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub rank: usize,
    pub context: u32,
    pub source: i32,
    pub tag: i32,
}

impl Wanted {
    fn fits(&self, envelope: Envelope) -> bool {
        self.context == envelope.context
            && (self.source == ANY_SOURCE || self.source == envelope.source)
            && (self.tag == ANY_TAG || self.tag == envelope.tag)
    }
}

#[derive(Clone, Debug)]
pub struct Receive {
    pub wanted: Wanted,
    pub met: Option<MessageNumber>,
    pub cancelled: bool,
    /// Has no request, and so takes no announced message.
    pub direct: bool,
}

pub struct Reference {
    pub messages: Vec<Message>,
    pub receives: Vec<Receive>,
    /// Messages that have been sent and not arrived, for each (sender, receiver).
    wire: Vec<VecDeque<MessageNumber>>,
    /// For each rank, in order of arrival and of posting.
    pub unexpected: Vec<Vec<MessageNumber>>,
    pub posted: Vec<Vec<ReceiveNumber>>,
    ranks: usize,
}

impl Reference {
    pub fn new(ranks: usize) -> Self {
        Self {
            messages: Vec::new(),
            receives: Vec::new(),
            wire: vec![VecDeque::new(); ranks * ranks],
            unexpected: vec![Vec::new(); ranks],
            posted: vec![Vec::new(); ranks],
            ranks,
        }
    }

    pub fn wire(&mut self, sender: usize, receiver: usize) -> &mut VecDeque<MessageNumber> {
        &mut self.wire[sender * self.ranks + receiver]
    }

    /// A send was started.
    pub fn send(&mut self, message: Message) -> MessageNumber {
        let number = self.messages.len();
        self.wire(message.sender, message.receiver).push_back(number);
        self.messages.push(message);
        number
    }

    /// A receive was started.
    pub fn receive(&mut self, wanted: Wanted) -> ReceiveNumber {
        self.start(wanted, false)
    }

    /// A receive without a request was started.
    pub fn receive_now(&mut self, wanted: Wanted) -> ReceiveNumber {
        self.start(wanted, true)
    }

    fn start(&mut self, wanted: Wanted, direct: bool) -> ReceiveNumber {
        let number = self.receives.len();
        self.receives.push(Receive { wanted, met: None, cancelled: false, direct });
        match self.find(wanted) {
            Some(message) => {
                self.unexpected[wanted.rank].retain(|&other| other != message);
                self.meet(message, number);
            }
            None => self.posted[wanted.rank].push(number),
        }
        number
    }

    /// A receive of a message that a probe has matched.
    pub fn receive_probed(&mut self, wanted: Wanted, message: MessageNumber) -> ReceiveNumber {
        assert_eq!(self.messages[message].place, Place::Probed);
        let number = self.receives.len();
        self.receives.push(Receive { wanted, met: None, cancelled: false, direct: false });
        self.meet(message, number);
        number
    }

    fn meet(&mut self, message: MessageNumber, receive: ReceiveNumber) {
        self.messages[message].place = Place::Met(receive);
        self.receives[receive].met = Some(message);
    }

    /// The message that a receive would take now.
    pub fn find(&self, wanted: Wanted) -> Option<MessageNumber> {
        let mut arrived = self.unexpected[wanted.rank].iter().copied();
        arrived.find(|&number| wanted.fits(self.messages[number].envelope))
    }

    /// A matched probe takes it out.
    pub fn probe_out(&mut self, wanted: Wanted) -> Option<MessageNumber> {
        let message = self.find(wanted)?;
        self.unexpected[wanted.rank].retain(|&other| other != message);
        self.messages[message].place = Place::Probed;
        Some(message)
    }

    /// A receive is cancelled, perhaps for the second time; whether in time.
    pub fn cancel_receive(&mut self, receive: ReceiveNumber) -> bool {
        let rank = self.receives[receive].wanted.rank;
        let before = self.posted[rank].len();
        self.posted[rank].retain(|&other| other != receive);
        self.receives[receive].cancelled |= self.posted[rank].len() != before;
        self.receives[receive].cancelled
    }

    /// A send was cancelled before anything of it left.
    pub fn never_sent(&mut self, message: MessageNumber) {
        let Message { sender, receiver, .. } = self.messages[message];
        let wire = self.wire(sender, receiver);
        let at = wire.iter().position(|&other| other == message);
        wire.remove(at.expect("a message that has arrived was taken back"));
        self.messages[message].place = Place::Cancelled;
    }

    /// Something came in at `rank`, in this order.
    pub fn arrive(&mut self, rank: usize, arrival: Arrival) {
        match arrival {
            Arrival::Eager { sender, envelope, bytes } => {
                let message = self.next(sender, rank, envelope, bytes);
                self.place(rank, message);
            }
            Arrival::Announced { sender, envelope, announcement } => {
                let message = self.next(sender, rank, envelope, announcement.bytes as usize);
                self.messages[message].announced = Some(announcement.send);
                self.place(rank, message);
            }
            Arrival::Cancel { sender, send } => {
                let messages = &self.messages;
                let found = self.unexpected[rank].iter().position(|&number| {
                    messages[number].sender == sender && messages[number].announced == Some(send)
                });
                if let Some(at) = found {
                    let message = self.unexpected[rank].remove(at);
                    self.messages[message].place = Place::Cancelled;
                }
            }
        }
    }

    /// The message that must come next from `sender`: none overtakes, none is
    /// lost, none comes twice.
    fn next(&mut self, sender: usize, rank: usize, envelope: Envelope, bytes: usize) -> MessageNumber {
        let message = self.wire(sender, rank).pop_front();
        let message = message.expect("a message that was not sent, or comes a second time");
        let expected = &self.messages[message];
        assert_eq!((envelope, bytes), (expected.envelope, expected.bytes), "message {message} comes next");
        message
    }

    fn place(&mut self, rank: usize, message: MessageNumber) {
        let envelope = self.messages[message].envelope;
        let receives = &self.receives;
        let announced = self.messages[message].announced.is_some();
        let takes = |number: ReceiveNumber| {
            receives[number].wanted.fits(envelope) && !(announced && receives[number].direct)
        };
        match self.posted[rank].iter().position(|&number| takes(number)) {
            Some(at) => {
                let receive = self.posted[rank].remove(at);
                self.meet(message, receive);
            }
            None => {
                self.messages[message].place = Place::Unexpected;
                self.unexpected[rank].push(message);
            }
        }
    }
}
