//! How much a sender may send unasked.
//!
//! Every message that is sent eagerly uses up credit at its receiver; the
//! receiver gives it back when the message has met its receive. A sender
//! without credit announces its messages instead, and their data wait with it.
//! So the memory that a receiver spends on unexpected messages is at most
//! `senders * per_peer(senders)`, whatever the senders do, plus an entry for
//! each announced message, of which each is a pending send of its sender.

/// Bytes that all unexpected messages at one receiver may hold in all, while
/// there are few enough senders.
const TOTAL_BYTES: u64 = 64 << 20;
/// No sender has more than this, however few there are.
const MOST_PER_PEER_BYTES: u64 = 4 << 20;
/// No sender has less than this, however many there are.
pub const LEAST_PER_PEER_BYTES: u64 = 64 << 10;
/// What the entry of an unexpected message costs beside its data, allocator's
/// part included.
pub const ENTRY_BYTES: u64 = 160;

/// A receiver gives credit back in portions of this part of it, so that small
/// messages cost it nothing on most days.
pub const RETURNS_PER_CREDIT: u64 = 4;

// What has not come back yet never keeps a message from being sent eagerly.
const _: () = assert!(
    LEAST_PER_PEER_BYTES - LEAST_PER_PEER_BYTES / RETURNS_PER_CREDIT
        > super::EAGER_LIMIT_BYTES as u64 + ENTRY_BYTES
);

/// Credit of each sender at one receiver, in bytes.
pub fn per_peer(ranks: usize) -> u64 {
    (TOTAL_BYTES / ranks.max(1) as u64).clamp(LEAST_PER_PEER_BYTES, MOST_PER_PEER_BYTES)
}

/// Credit that a message of `bytes` uses.
#[inline]
pub fn cost(bytes: usize) -> u64 {
    bytes as u64 + ENTRY_BYTES
}

/// A sender's account at one receiver. Counts run from the start of the job.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account {
    spent: u64,
    returned: u64,
}

impl Account {
    /// Spends `cost` of `limit`, asking for what came back only when short.
    #[inline]
    pub fn spend(&mut self, cost: u64, limit: u64, returned: impl FnOnce() -> u64) -> bool {
        if self.spent - self.returned + cost > limit {
            self.returned = returned();
            if self.spent - self.returned + cost > limit {
                return false;
            }
        }
        self.spent += cost;
        true
    }

    /// Takes back what a message was charged that was not sent after all.
    pub fn refund(&mut self, cost: u64) {
        self.spent -= cost;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_never_exceeds_its_limit() {
        let mut account = Account::default();
        let limit = per_peer(2);
        let mut sent = 0;
        while account.spend(cost(1024), limit, || 0) {
            sent += 1;
        }
        assert_eq!(sent, limit / cost(1024));
        assert!(account.spend(cost(1024), limit, || cost(1024)));
        assert!(!account.spend(cost(1024), limit, || cost(1024)));
    }

    #[test]
    fn the_whole_budget_is_stated() {
        for ranks in [1, 2, 16, 64, 1024] {
            let total = per_peer(ranks) * ranks as u64;
            assert!(total <= TOTAL_BYTES.max(LEAST_PER_PEER_BYTES * ranks as u64));
        }
    }
}
