//! Requests: operations under way (MPI-5.0 section 3.7).
//!
//! # Invariants
//! - A request is inactive (persistent ones between starts), pending or
//!   complete; `body` is something else than `Idle` only while it is pending.
//! - Once complete its buffers are not touched any more.
//! - A detached request (`MPI_Request_free`, buffered sends) goes by itself
//!   when it completes.
//!
//! - [`buffered`]: the memory behind buffered sends

pub mod buffered;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::collective::fingerprint::Doing;
use crate::datatype::data::{RecvData, SendData};
use crate::error::Error;
use crate::handle::{CommId, RequestId};
use crate::matching::list::NodeId;
use crate::partitioned::Partitioned;
use crate::protocol::packet::Envelope;
use crate::protocol::stream::{RecvStream, SendStream};
use crate::status::Status;
use buffered::Lease;

/// What a send promises about its receiver (MPI-5.0 section 3.4).
///
/// A buffered send is a standard send of a copy; a ready send is a standard
/// send, since nothing is gained by trusting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendMode {
    Standard,
    /// Completes only after the receive was found.
    Synchronous,
    Buffered,
    Ready,
}

/// Where a request is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Inactive,
    Pending,
    Complete,
}

/// An operation under way, or a persistent one between starts.
pub struct Request {
    pub phase: Phase,
    pub body: Body,
    /// Of the last completion.
    pub status: Status,
    /// Of the last completion.
    pub error: Option<Error>,
    /// Nobody holds the handle any more.
    pub detached: bool,
    /// Whose error handler a failure concerns.
    pub comm: CommId,
    /// The request that this one is part of.
    pub whole: Option<RequestId>,
    pub persistent: Option<Box<Persistent>>,
    /// Of a persistent request that is partitioned.
    pub partitioned: Option<Box<Partitioned>>,
}

/// What a pending request is doing.
pub enum Body {
    Idle,
    Send(Send),
    Receive(Receive),
    /// Completes when its parts have (MPI-5.0 section 3.11).
    Parts {
        left: usize,
    },
    /// Completes when all partitions have left or arrived (MPI-5.0 chapter 4).
    Partitions,
}

/// A send whose data have not all left.
pub struct Send {
    pub peer: usize,
    pub envelope: Envelope,
    pub mode: SendMode,
    pub stream: SendStream,
    pub stage: SendStage,
    /// Of a buffered send: where its copy lies.
    pub lease: Option<Lease>,
}

/// How far a send has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendStage {
    /// Its envelope waits in the outbox.
    Queued,
    /// The receiver knows of it, and where the data lie if they are offered for
    /// reading.
    Announced { is_offered: bool },
    /// The receiver's request takes the data.
    Streaming { receive: u32 },
}

/// A receive whose data are not all here.
pub struct Receive {
    pub stream: RecvStream,
    /// Its place in the matcher until it has met its message.
    pub posted: Option<NodeId>,
    /// The collective that it is part of, which the message has to be part of too.
    pub doing: Doing,
}

/// What an operation ends with: a status, and an error if it failed. A failed
/// operation may have a status too, of what it did before.
pub type Outcome = (Status, Option<Error>);

/// An operation of several steps, which is polled whenever others make progress.
pub type Work = Pin<Box<dyn Future<Output = Outcome> + std::marker::Send>>;

/// What a persistent request starts (MPI-5.0 sections 3.9 and 6.13).
#[derive(Clone)]
pub enum Persistent {
    /// Without a peer: to `MPI_PROC_NULL`.
    Send { peer: Option<usize>, envelope: Envelope, mode: SendMode, data: SendData },
    /// With `peer_exists` false: from `MPI_PROC_NULL`.
    Receive { peer_exists: bool, context: u32, source: i32, tag: i32, data: RecvData },
    /// Work that is made anew for each start; see [`crate::process::Process::start`].
    Work(Arc<dyn Fn() -> Work + std::marker::Send + Sync>),
    /// The request's partitions.
    Partitioned,
}

impl Receive {
    /// One that is part of no collective.
    pub fn new(data: RecvData) -> Self {
        Self { stream: RecvStream::new(data), posted: None, doing: Doing::default() }
    }
}

impl Request {
    #[inline(always)]
    pub fn pending(comm: CommId, body: Body) -> Self {
        Self {
            phase: Phase::Pending,
            body,
            status: Status::EMPTY,
            error: None,
            detached: false,
            comm,
            whole: None,
            persistent: None,
            partitioned: None,
        }
    }

    /// Of an operation that needs no more work.
    pub fn complete(comm: CommId, status: Status) -> Self {
        Self { phase: Phase::Complete, status, ..Self::pending(comm, Body::Idle) }
    }
}
