//! The memory behind buffered sends (MPI-5.0 section 3.6): what the program
//! attached, to the process, a communicator or a session, or memory of our own
//! when it attached `MPI_BUFFER_AUTOMATIC`.

use std::collections::BTreeMap;

use memory::buffer::{RecvBuffer, Scratch, SendBuffer};
use rustc_hash::FxHashMap;

use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::{CommId, SessionId};

/// Whom a buffer is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Process,
    Comm(CommId),
    Session(SessionId),
}

/// A copy of a message in an attached buffer; given back with [`Buffers::release`].
#[derive(Debug)]
pub struct Lease {
    owner: Owner,
    offset: usize,
}

/// What the program attached, as `MPI_Buffer_detach` gives it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// The address and bytes of the program's memory.
    Memory {
        address: u64,
        bytes: usize,
    },
    Automatic,
}

impl Lease {
    pub fn owner(&self) -> Owner {
        self.owner
    }
}

struct Pool {
    memory: Option<RecvBuffer>,
    bytes: usize,
    /// Offset and length of the copies that are still needed.
    leases: BTreeMap<usize, usize>,
}

/// All attached buffers of a process.
#[derive(Default)]
pub struct Buffers {
    pools: FxHashMap<Owner, Pool>,
    /// Of communicators that come from one.
    sessions: FxHashMap<CommId, SessionId>,
}

/// Alignment of the copies, so that copying them is quick.
const ALIGNMENT: usize = 16;

impl Pool {
    /// The first gap of `len` bytes.
    fn find(&self, len: usize) -> Option<usize> {
        if self.memory.is_none() {
            // Automatic: only the number of the lease matters.
            return Some(self.leases.last_key_value().map_or(0, |(last, _)| last + 1));
        }
        let mut start = 0;
        for (&offset, &used) in &self.leases {
            if start + len <= offset {
                break;
            }
            start = offset + used;
        }
        (start + len <= self.bytes).then_some(start)
    }
}

impl Buffers {
    /// Attaches `memory` of `bytes` bytes, or automatic buffering for `None`.
    ///
    /// # Errors
    /// `MPI_ERR_BUFFER` when the owner has one already.
    pub fn attach(&mut self, owner: Owner, memory: Option<RecvBuffer>, bytes: usize) -> Result<()> {
        if self.pools.contains_key(&owner) {
            fail!(ErrorClass::Buffer, "a buffer is attached here already: detach it first");
        }
        self.pools.insert(owner, Pool { memory, bytes, leases: BTreeMap::new() });
        Ok(())
    }

    /// Remembers that the communicator's messages may use the session's buffer.
    pub fn adopt(&mut self, comm: CommId, session: SessionId) {
        self.sessions.insert(comm, session);
    }

    /// Forgets a communicator that is freed.
    pub fn forget(&mut self, comm: CommId) {
        self.sessions.remove(&comm);
    }

    /// Whose buffers the communicator's messages may use, the first that has
    /// one alone (MPI-5.0 section 3.6).
    pub fn owners(&self, comm: CommId) -> [Owner; 3] {
        let session = self.sessions.get(&comm).map_or(Owner::Process, |&session| Owner::Session(session));
        [Owner::Comm(comm), session, Owner::Process]
    }

    pub fn is_attached(&self, owner: Owner) -> bool {
        self.pools.contains_key(&owner)
    }

    /// Whether messages wait in this owner's buffer.
    pub fn is_busy(&self, owner: Owner) -> bool {
        self.pools.get(&owner).is_some_and(|pool| !pool.leases.is_empty())
    }

    /// Takes the buffer away; `None` when there is none. It must not be busy.
    pub fn detach(&mut self, owner: Owner) -> Option<Attached> {
        debug_assert!(!self.is_busy(owner));
        let pool = self.pools.remove(&owner)?;
        Some(match pool.memory {
            Some(memory) => Attached::Memory { address: memory.address(0), bytes: pool.bytes },
            None => Attached::Automatic,
        })
    }

    /// Whether [`Self::lease`] would find room.
    ///
    /// # Errors
    /// As [`Self::lease`].
    pub fn check(&mut self, owners: &[Owner], len: usize) -> Result<()> {
        let automatic =
            owners.iter().find_map(|owner| self.pools.get(owner)).is_some_and(|p| p.memory.is_none());
        if !automatic {
            let (_, _, lease) = self.lease(owners, len)?;
            self.release(&lease);
        }
        Ok(())
    }

    /// Room for `len` bytes in the first of `owners` that has a buffer.
    ///
    /// # Errors
    /// `MPI_ERR_BUFFER` when none has one, or it is too full.
    pub fn lease(&mut self, owners: &[Owner], len: usize) -> Result<(RecvBuffer, SendBuffer, Lease)> {
        let Some(&owner) = owners.iter().find(|owner| self.pools.contains_key(owner)) else {
            fail!(
                ErrorClass::Buffer,
                "a buffered send of {len} bytes needs a buffer: call MPI_Buffer_attach first \
                 (MPI_BUFFER_AUTOMATIC lets the library manage one)"
            );
        };
        let pool = self.pools.get_mut(&owner).expect("found above");
        let size = len.max(1).next_multiple_of(ALIGNMENT);
        let Some(offset) = pool.find(size).or_else(|| pool.find(len.max(1))) else {
            fail!(
                ErrorClass::Buffer,
                "a buffered send of {len} bytes does not fit: {} of the {} attached bytes hold messages that \
                 have not left; attach a larger buffer, or receive them first",
                pool.leases.values().sum::<usize>(),
                pool.bytes
            );
        };
        let size = size.min(pool.bytes.saturating_sub(offset)).max(1);
        pool.leases.insert(offset, size);
        let (write, read) = match &pool.memory {
            Some(memory) => {
                let place = memory.shifted(offset as isize);
                (place.clone(), place.as_send())
            }
            None => {
                let own = Scratch::zeroed(len);
                (own.recv_buffer(), own.send_buffer())
            }
        };
        Ok((write, read, Lease { owner, offset }))
    }

    /// The message has left.
    pub fn release(&mut self, lease: &Lease) {
        if let Some(pool) = self.pools.get_mut(&lease.owner) {
            pool.leases.remove(&lease.offset);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(bytes: usize) -> Buffers {
        let mut buffers = Buffers::default();
        let memory = Scratch::zeroed(bytes).recv_buffer();
        assert!(buffers.attach(Owner::Process, Some(memory), bytes).is_ok());
        buffers
    }

    #[test]
    fn leases_do_not_overlap_and_room_comes_back() {
        let mut buffers = pool(64);
        let (_, _, first) = buffers.lease(&[Owner::Process], 20).unwrap();
        let (_, _, second) = buffers.lease(&[Owner::Process], 32).unwrap();
        assert_eq!((first.offset, second.offset), (0, 32));
        assert!(buffers.lease(&[Owner::Process], 1).is_err());
        buffers.release(&first);
        let (_, _, third) = buffers.lease(&[Owner::Process], 30).unwrap();
        assert_eq!(third.offset, 0);
    }

    #[test]
    fn a_message_as_large_as_the_buffer_fits() {
        let mut buffers = pool(50);
        assert!(buffers.lease(&[Owner::Process], 50).is_ok());
    }

    #[test]
    fn a_session_lends_its_buffer_to_its_communicators() {
        let mut buffers = pool(64);
        let (one, other) = (CommId::from_raw(1), CommId::from_raw(2));
        let session = SessionId::from_raw(7);
        buffers.adopt(one, session);
        assert!(buffers.attach(Owner::Session(session), None, 0).is_ok());
        let lender = |buffers: &mut Buffers, comm| {
            let owners = buffers.owners(comm);
            buffers.lease(&owners, 8).unwrap().2.owner()
        };
        assert_eq!(lender(&mut buffers, one), Owner::Session(session));
        assert_eq!(lender(&mut buffers, other), Owner::Process);
        assert!(buffers.attach(Owner::Comm(one), None, 0).is_ok());
        assert_eq!(lender(&mut buffers, one), Owner::Comm(one));
        buffers.forget(one);
        assert_eq!(buffers.owners(one)[1], Owner::Process);
    }

    #[test]
    fn the_most_specific_buffer_is_used_alone() {
        let mut buffers = pool(64);
        let comm = Owner::Comm(CommId::from_raw(1));
        assert!(buffers.attach(comm, None, 0).is_ok());
        buffers.lease(&[comm, Owner::Process], 1000).unwrap();
        assert!(buffers.is_busy(comm));
        assert!(!buffers.is_busy(Owner::Process));
        assert!(buffers.attach(comm, None, 0).is_err());
    }
}
