//! Ranks in different collectives, of whom some meet on a board and others send
//! messages: neither would ever find the other, so whoever is about to sleep in
//! a collective looks at both.
//!
//! All collectives of a communicator have numbers, in order, that are the same
//! on all ranks, whichever way they go. So ranks that are in one of the same
//! number must be in the same operation.

use memory::board::MAX_RANKS;
use memory::board::mapped::Board;
use memory::board::step::Signals;
use transport::Transport;

use super::State;
use crate::collective::fingerprint::{Doing, Fingerprint, mismatch};
use crate::comm::{CommCore, Number};
use crate::error::{Error, ErrorClass, Result};
use crate::handle::RequestId;
use crate::protocol::Endpoint;
use crate::request::Body;
use crate::status::ANY_SOURCE;

/// The board of a communicator, if its members can meet on one.
///
/// # Errors
/// `MPI_ERR_NO_MEM` when it cannot be mapped.
pub(super) fn board<'a, T: Transport>(
    endpoint: &Endpoint<T>,
    core: &'a CommCore,
) -> Result<Option<&'a Board>> {
    core.find_board(|| {
        let (group, ranks) = (core.group(), core.size());
        let transport = &endpoint.transport;
        let shares_memory = |process: u32| transport.shares_memory_with(process as usize);
        if core.is_inter() || !(2..=MAX_RANKS).contains(&ranks) || !group.processes().all(shares_memory) {
            return Ok(None);
        }
        let peers: Vec<usize> = group.processes().map(|process| process as usize).collect();
        transport.board(core.context(), core.rank(), &peers).map_err(|error| {
            Error::new(
                ErrorClass::NoMem,
                format!("the memory on which the ranks of the communicator meet cannot be mapped: {error}"),
            )
        })
    })
}

/// The error of a rank on a board to which a message of another operation came.
pub(super) fn message_of_another<T>(
    endpoint: &mut Endpoint<T>,
    core: &CommCore,
    number: Number,
    what: Fingerprint,
) -> Option<Error> {
    let matcher = &mut endpoint.core.matcher;
    let found = matcher.find_unexpected(core.collective(), ANY_SOURCE, number.tag())?;
    let message = matcher.unexpected(found);
    let there = Doing { rank: message.source as u32, what: message.content.fingerprint };
    (there.what != what).then(|| mismatch(Doing { rank: core.rank() as u32, what }, there))
}

/// Who on a board is in another operation with this tag.
fn elsewhere(board: &Board, here: Doing, tag: i32) -> Option<Doing> {
    (0..board.ranks()).find_map(|rank| {
        let (number, what) = board.whereabouts(rank)?;
        let what = Fingerprint::of_raw(what);
        let differs = Number::InOrder(number).tag() == tag && what != here.what;
        differs.then_some(Doing { rank: rank as u32, what })
    })
}

impl<T: Transport> State<T> {
    /// Ends receives of collectives, waited for by whoever is about to sleep,
    /// whose ranks are in another collective on the board. Says whether there
    /// were any.
    ///
    /// # Errors
    /// When the process is not connected.
    pub(super) fn end_mismatched_receives(&mut self) -> Result<bool> {
        let mut found = Vec::new();
        for (id, request) in self.endpoint()?.core.requests.iter() {
            if let Body::Receive(receive) = &request.body
                && let Some(node) = receive.posted
            {
                found.push((id, request.comm, node, receive.doing));
            }
        }
        let mut failed: Vec<(RequestId, Error)> = Vec::new();
        let (objects, endpoint) = self.parts()?;
        for (id, comm, node, doing) in found {
            let posted = endpoint.core.matcher.posted(node);
            let Ok(comm) = objects.comm(comm) else { continue };
            if posted.context != comm.core.collective() {
                continue;
            }
            let here = Doing { rank: comm.core.rank() as u32, ..doing };
            let Ok(Some(board)) = board(endpoint, &comm.core) else { continue };
            // Whoever comes to the board later wakes this rank.
            board.await_anybody();
            if let Some(there) = elsewhere(board, here, posted.tag) {
                failed.push((id, mismatch(here, there)));
            }
        }
        let any = !failed.is_empty();
        for (id, error) in failed {
            endpoint.fail_posted(id, error);
        }
        Ok(any)
    }
}
