//! What is counted while it happens.

/// Counts from the start of the process. Messages of collective operations are
/// messages, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages that have left or, where their receiver is asked first, been
    /// announced.
    pub messages_sent: u64,
    /// Payload that has left.
    pub bytes_sent: u64,
    /// Messages that have met their receive.
    pub messages_received: u64,
    /// Payload that has arrived for a receive.
    pub bytes_received: u64,
    /// Messages that arrived before their receive.
    pub messages_unexpected: u64,
    /// Waits that did not find at once what they waited for.
    pub waits: u64,
    /// How often a wait slept.
    pub sleeps: u64,
    /// Nanoseconds spent asleep.
    pub asleep: u64,
}

impl Counters {
    #[inline]
    pub(crate) fn sent(&mut self, bytes: usize) {
        self.messages_sent += 1;
        self.bytes_sent += bytes as u64;
    }

    #[inline]
    pub(crate) fn received(&mut self, bytes: usize) {
        self.messages_received += 1;
        self.bytes_received += bytes as u64;
    }
}
