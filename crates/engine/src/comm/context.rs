//! Agreeing on context ids.
//!
//! Members of a new communicator need an id that none of them uses. Each
//! process counts the ids that it has seen, and the members take the maximum
//! of their counts; nothing is ever used twice. A process may take part in
//! several agreements at once (threads, nonblocking duplicates), and then two
//! of them must not come to the same id. There are three ways to see to that:
//!
//! - Alone: a process by itself takes an id.
//! - Quick: the process has one quick token. Whoever finds it there bids with
//!   it in the first round; the bid stands if every member had its token.
//! - Slow: otherwise a second token decides, which goes to the agreement with
//!   the lowest [`Key`] in each process, round by round, until all members of
//!   one agreement have it. The lowest key of all wins sooner or later. Members
//!   have met in the first round, so nobody holds this token while it waits for
//!   a process that may be waiting for the token.
//!
//! Each way has ids of its own, so that the ways do not meet.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::core::CONTEXT_LIMIT;
use super::words;
use crate::collective::Ports;
use crate::error::{ErrorClass, Result};
use crate::fail;

/// Names a communicator in all its processes.
pub type ContextId = u32;

/// The id of `MPI_COMM_WORLD`.
pub const WORLD: ContextId = 0;
/// The id of `MPI_COMM_SELF`.
pub const SELF: ContextId = 1;
/// For making communicators that have no parent.
pub const PARENTLESS: ContextId = 2;

/// How an id was found; the ids of one way are equal modulo [`WAYS`].
#[derive(Clone, Copy)]
enum Way {
    Alone,
    Quick,
    Slow,
}

const WAYS: u32 = 3;
/// The first number that is free in every way.
const FIRST_FREE: u32 = PARENTLESS / WAYS + 1;

/// Orders agreements, alike in all processes that take part in them: the
/// parent's context id, then a number that the call has in all its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub context: ContextId,
    pub sequence: u32,
}

/// The members of a communicator to be, as a meeting of all of them.
pub trait Meeting {
    /// Whether the calling process is the only member.
    fn is_alone(&self) -> bool {
        false
    }

    /// The largest words that anybody brings, each by itself.
    fn max(&self, words: [u32; 4]) -> impl Future<Output = Result<[u32; 4]>>;
}

/// The meeting of all ranks of some ports.
pub struct Members<'a, P>(pub &'a P);

impl<P: Ports> Meeting for Members<'_, P> {
    fn is_alone(&self) -> bool {
        self.0.size() == 1
    }

    async fn max(&self, words: [u32; 4]) -> Result<[u32; 4]> {
        words::max(self.0, words).await
    }
}

/// The context ids of a process. Clones are the same.
#[derive(Clone)]
pub struct Contexts(Arc<Mutex<State>>);

struct State {
    /// The next free number of each way.
    next: [u32; WAYS as usize],
    quick_is_taken: bool,
    /// Agreements that need the slow token, the holder included.
    waiting: Vec<Key>,
    slow_is_taken: bool,
}

impl Default for Contexts {
    fn default() -> Self {
        Self::new()
    }
}

impl Contexts {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            next: [FIRST_FREE; WAYS as usize],
            quick_is_taken: false,
            waiting: Vec::new(),
            slow_is_taken: false,
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An id that no member of the meeting uses. All members call this with
    /// the same key.
    ///
    /// # Errors
    /// `MPI_ERR_OTHER` when all ids are used up, and those of the meeting.
    pub async fn agree<M: Meeting>(&self, key: Key, meeting: &M) -> Result<ContextId> {
        if meeting.is_alone() {
            return self.take_alone();
        }
        if let Some(id) = self.agree_quickly(meeting).await? {
            return Ok(id);
        }
        let ticket = Ticket::new(self, key);
        loop {
            let turn = ticket.take_turn();
            let bid = [0, self.next(Way::Slow), 0, turn.is_none().into()];
            let [_, number, _, refused] = meeting.max(bid).await?;
            if refused == 0 {
                return self.settle(Way::Slow, number);
            }
        }
    }

    async fn agree_quickly<M: Meeting>(&self, meeting: &M) -> Result<Option<ContextId>> {
        let token = QuickToken::take(self);
        let bid = [self.next(Way::Quick), 0, token.is_none().into(), 0];
        let [number, _, refused, _] = meeting.max(bid).await?;
        if refused != 0 {
            return Ok(None);
        }
        self.settle(Way::Quick, number).map(Some)
    }

    fn take_alone(&self) -> Result<ContextId> {
        let next = &mut self.state().next[Way::Alone as usize];
        let id = context_id(Way::Alone, *next)?;
        *next += 1;
        Ok(id)
    }

    fn next(&self, way: Way) -> u32 {
        self.state().next[way as usize]
    }

    fn settle(&self, way: Way, number: u32) -> Result<ContextId> {
        let id = context_id(way, number)?;
        self.state().next[way as usize] = number + 1;
        Ok(id)
    }
}

fn context_id(way: Way, number: u32) -> Result<ContextId> {
    if number >= CONTEXT_LIMIT / WAYS {
        fail!(
            ErrorClass::Other,
            "all {} context ids are used up: this many communicators have been made since the start",
            CONTEXT_LIMIT / WAYS
        );
    }
    Ok(WAYS * number + way as u32)
}

/// The quick token, until dropped.
struct QuickToken<'a>(&'a Contexts);

impl<'a> QuickToken<'a> {
    fn take(contexts: &'a Contexts) -> Option<Self> {
        let was_taken = std::mem::replace(&mut contexts.state().quick_is_taken, true);
        // Not `then_some`: dropping a token that is not ours would free it.
        (!was_taken).then(|| Self(contexts))
    }
}

impl Drop for QuickToken<'_> {
    fn drop(&mut self) {
        self.0.state().quick_is_taken = false;
    }
}

/// A place among those that need the slow token, until dropped.
struct Ticket<'a> {
    contexts: &'a Contexts,
    key: Key,
}

impl<'a> Ticket<'a> {
    fn new(contexts: &'a Contexts, key: Key) -> Self {
        contexts.state().waiting.push(key);
        Self { contexts, key }
    }

    /// The slow token for one round, if it is free and nobody comes first.
    fn take_turn(&self) -> Option<Turn<'_>> {
        let mut state = self.contexts.state();
        let comes_first = state.waiting.iter().all(|&other| self.key <= other);
        if !comes_first || state.slow_is_taken {
            return None;
        }
        state.slow_is_taken = true;
        Some(Turn(self.contexts))
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let waiting = &mut self.contexts.state().waiting;
        if let Some(position) = waiting.iter().position(|&key| key == self.key) {
            waiting.swap_remove(position);
        }
    }
}

/// The slow token, until dropped.
struct Turn<'a>(&'a Contexts);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state().slow_is_taken = false;
    }
}

#[cfg(test)]
mod tests;
