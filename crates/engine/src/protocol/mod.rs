//! How a message travels.
//!
//! | size | protocol | packets |
//! |---|---|---|
//! | up to [`EAGER_LIMIT_BYTES`], within the receiver's credit | eager | `Eager` |
//! | larger, synchronous, or out of credit | rendezvous | `RequestToSend`, `ClearToSend`, `Data`... |
//! | long, where ranks share processors | single copy | `RequestToSend`, `Read` |
//!
//! A single copy is one system call of the receiver, which takes longer than the two
//! copies of sender and receiver that overlap, but less work than both: a root that
//! shares its processors with those that it sends to leaves it to them. Where the
//! system forbids it, the receiver goes on with a `ClearToSend`.
//!
//! # Invariants
//! - Packets that carry an envelope (`Eager`, `RequestToSend`) leave in the
//!   order of the sends, so matching order is the ring's order.
//! - A receiver can always take what arrives: eager data that no receive waits
//!   for is bounded by the credit that its sender has; all else is headers.
//! - What waits for room waits at the sender, in its [`outbox::Outbox`].
//!
//! - [`credit`]: how much a sender may send unasked
//! - [`endpoint`]: one rank's end: sends, receives, progress
//! - [`arrival`]: what each packet does when it arrives
//! - [`direct`]: receives that meet their message without a request
//! - [`outbox`]: what waits for room on the link to one peer
//! - [`packet`]: packets and their encoding
//! - `persistent`: requests that are started any number of times
//! - [`probe`]: looking for messages without receiving them
//! - [`progress`]: moving packets in and out
//! - [`stream`]: payload on its way in or out, resumable at any byte

pub mod arrival;
pub mod credit;
pub mod direct;
pub mod endpoint;
pub mod outbox;
pub mod packet;
mod persistent;
pub mod probe;
pub mod progress;
pub mod stream;

pub use endpoint::Endpoint;

use crate::tool::Settings;

/// Largest message sent without asking the receiver first. Measured: beyond
/// it the second copy of an unexpected message costs more than the round trip.
/// The setting `eager_limit_bytes` lowers or raises it.
pub const EAGER_LIMIT_BYTES: usize = Settings::DEFAULT.eager_limit_bytes as usize;

/// The highest that it can be set to.
const MOST_EAGER_BYTES: usize = Settings::MOST.eager_limit_bytes as usize;

const _: () = assert!(MOST_EAGER_BYTES <= transport::MAX_PACKET_BYTES);
