//! Receives that would wait for ever, from a process that sends nothing any
//! more.
//!
//! A process that finalises falls silent once all it sent has left. Whoever
//! waits for a message of it then, and has taken all that came, waits in vain:
//! most often because that process met an exception and went home early. Such
//! a receive ends with an error that says so, instead of hanging the job.

use transport::{Leave, Transport};

use super::State;
use crate::comm::core::LANES;
use crate::comm::parentless_creation;
use crate::error::{Error, ErrorClass, Result};
use crate::handle::{CommId, RequestId};
use crate::request::{Body, Phase};

/// What a wait cannot end without.
#[derive(Clone, Copy, Debug)]
pub enum Needs<'a> {
    /// Not known.
    Unknown,
    /// What a collective operation waits for.
    Collective,
    /// Each of these requests.
    All(&'a [RequestId]),
    /// One of these requests.
    Any(&'a [RequestId]),
    /// A message of this rank (or `ANY_SOURCE`), which a probe looks for.
    Message { comm: CommId, source: i32 },
}

/// The error of waiting for a rank that is silent.
#[cold]
pub(super) fn has_left(rank: usize) -> Error {
    someone_left(&format!("rank {rank}"))
}

#[cold]
fn someone_left(who: &str) -> Error {
    Error::new(
        ErrorClass::Other,
        format!(
            "this waits for {who}, but that has called MPI_Finalize and sends nothing any more: did it meet an error \
             or an exception, or take another branch? See what it has printed"
        ),
    )
}

impl<T: Transport> State<T> {
    /// Completes receives that are waited for in vain, with an error. Says
    /// whether there were any.
    ///
    /// # Errors
    /// As [`crate::protocol::Endpoint::progress`].
    pub(super) fn end_vain_waits(&mut self, needs: Needs<'_>) -> Result<bool> {
        let endpoint = self.endpoint()?;
        if !endpoint.transport.has_anybody_left()
            || endpoint.transport.leave(endpoint.transport.rank()) != Leave::None
        {
            return Ok(false);
        }
        let mut vain = self.vain_collectives()?;
        let mut lost = None;
        match needs {
            Needs::Unknown | Needs::Collective => {}
            Needs::Message { comm, source } => lost = self.lost(comm, false, source),
            Needs::All(ids) => vain.extend(ids.iter().filter_map(|&id| self.vain(id))),
            Needs::Any(ids) => {
                let pending = |id: &&RequestId| self.is_pending(**id);
                let all: Option<Vec<_>> = ids.iter().filter(pending).map(|&id| self.vain(id)).collect();
                vain.extend(all.unwrap_or_default());
            }
        }
        // What a silent process sent is here once its silence is seen: after one
        // more poll nothing can come.
        if vain.is_empty() && lost.is_none() {
            return Ok(false);
        }
        if self.endpoint()?.progress()? != 0 {
            return Ok(true);
        }
        for (id, error) in vain {
            self.endpoint()?.fail_posted(id, error);
        }
        lost.map_or(Ok(true), Err)
    }

    fn is_pending(&self, id: RequestId) -> bool {
        self.endpoint
            .as_ref()
            .and_then(|endpoint| endpoint.core.requests.get(id))
            .is_some_and(|request| request.phase == Phase::Pending)
    }

    /// The error of a receive whose sender is silent.
    fn vain(&self, id: RequestId) -> Option<(RequestId, Error)> {
        let endpoint = self.endpoint.as_ref()?;
        let request = endpoint.core.requests.get(id)?;
        let Body::Receive(receive) = &request.body else { return None };
        let posted = endpoint.core.matcher.posted(receive.posted?);
        if posted.context == parentless_creation() {
            // Its source is a number of a process.
            let peer = usize::try_from(posted.source).ok()?;
            let is_silent = endpoint.transport.leave(peer) == Leave::Silent;
            return is_silent.then(|| (id, someone_left("a process of another group")));
        }
        let is_local = self
            .objects
            .comm(request.comm)
            .is_ok_and(|comm| comm.core.is_inter() && posted.context == comm.core.local());
        Some((id, self.lost(request.comm, is_local, posted.source)?))
    }

    /// The error of waiting for a rank, of the local or the remote group, that
    /// is silent.
    fn lost(&self, comm: CommId, in_local_group: bool, source: i32) -> Option<Error> {
        let endpoint = self.endpoint.as_ref()?;
        let core = &self.objects.comm(comm).ok()?.core;
        let group = if in_local_group { core.group() } else { core.peers() };
        let source = usize::try_from(source).ok().filter(|&source| source < group.size())?;
        let peer = group.process(source) as usize;
        (endpoint.transport.leave(peer) == Leave::Silent).then(|| has_left(source))
    }

    /// As [`Self::vain`], of all collective operations and partitioned receives:
    /// nobody takes part in one after a member has left.
    fn vain_collectives(&mut self) -> Result<Vec<(RequestId, Error)>> {
        let core = &self.endpoint()?.core;
        let is_collective = |id: &RequestId| {
            core.requests.get(*id).is_some_and(|request| match &request.body {
                Body::Receive(receive) => receive
                    .posted
                    .is_some_and(|node| !core.matcher.posted(node).context.is_multiple_of(LANES)),
                Body::Idle | Body::Send(_) | Body::Parts { .. } | Body::Partitions => false,
            })
        };
        let ids: Vec<RequestId> = core.requests.iter().map(|(id, _)| id).filter(is_collective).collect();
        Ok(ids.into_iter().filter_map(|id| self.vain(id)).collect())
    }
}
