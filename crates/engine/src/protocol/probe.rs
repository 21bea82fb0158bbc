//! Looking for messages without receiving them (MPI-5.0 section 3.8).

use transport::Transport;

use super::endpoint::{Endpoint, Matched};
use crate::handle::{CommId, MessageId};
use crate::status::Status;

impl<T: Transport> Endpoint<T> {
    /// The status of the first message that a receive would take.
    pub fn probe(&mut self, context: u32, source: i32, tag: i32) -> Option<Status> {
        let found = self.core.matcher.find_unexpected(context, source, tag)?;
        let message = self.core.matcher.unexpected(found);
        Some(Status::of(message.source, message.tag, message.content.bytes()))
    }

    /// Takes that message out, for [`Self::start_matched`].
    pub fn match_probe(
        &mut self,
        comm: CommId,
        context: u32,
        source: i32,
        tag: i32,
    ) -> Option<(MessageId, Status)> {
        let status = self.probe(context, source, tag)?;
        let found = self.core.matcher.find_unexpected(context, source, tag)?;
        let message = self.core.matcher.take_unexpected(found);
        Some((self.core.messages.insert(Matched { comm, message }), status))
    }
}
