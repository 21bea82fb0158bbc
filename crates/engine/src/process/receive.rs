//! Blocking receives.

use transport::{Transport, Waiter};

use super::{Process, State};
use crate::datatype::data::RecvData;
use crate::error::Result;
use crate::handle::CommId;
use crate::protocol::direct::{Look, Outcome, Wanted};

/// How often a blocking receive looks for its message before it makes a
/// request: about as long as a wait polls before it sleeps.
const LOOKS: u32 = 256;
/// Looks under one locking; other threads wait meanwhile.
const LOOKS_PER_LOCK: u32 = 8;

impl<T: Transport> State<T> {
    /// A few looks for a message.
    ///
    /// # Errors
    /// As [`Process::wait_until`].
    #[inline]
    pub fn receive_now(&mut self, wanted: Wanted, room: &RecvData) -> Result<Look> {
        let mut moved = 0;
        let mut look = Look::Nothing(0);
        for _ in 0..LOOKS_PER_LOCK {
            look = self.endpoint()?.receive_now(wanted, room)?;
            match look {
                Look::Nothing(packets) => moved += packets,
                Look::Received(_) | Look::NeedsRequest => break,
            }
            std::hint::spin_loop();
        }
        if moved != 0 {
            self.wake_others();
        }
        Ok(look)
    }
}

impl<T: Transport> Process<T> {
    /// Receives a message that its caller waits for (MPI-5.0 section 3.2.4).
    ///
    /// # Errors
    /// As [`Self::wait_until`]. What went wrong with the message is in the
    /// outcome.
    #[inline]
    pub fn receive(&self, comm: CommId, wanted: Wanted, room: RecvData) -> Result<Outcome> {
        let look = self.lock().receive_now(wanted, &room)?;
        self.receive_after(look, comm, wanted, room)
    }

    /// As [`Self::receive`], after the first look.
    ///
    /// # Errors
    /// As [`Self::wait_until`].
    pub fn receive_after(&self, look: Look, comm: CommId, wanted: Wanted, room: RecvData) -> Result<Outcome> {
        match look {
            Look::Received(outcome) => return Ok(outcome),
            Look::Nothing(_) => {}
            Look::NeedsRequest => return self.receive_by_request(comm, wanted, room),
        }
        if self.lock().waiter.as_ref().is_some_and(Waiter::may_spin) {
            for _ in 0..LOOKS / LOOKS_PER_LOCK {
                if self.0.tasks.are_there() {
                    break;
                }
                let look = self.lock().receive_now(wanted, &room)?;
                match look {
                    Look::Received(outcome) => return Ok(outcome),
                    Look::Nothing(_) => {}
                    Look::NeedsRequest => break,
                }
            }
        }
        self.receive_by_request(comm, wanted, room)
    }

    fn receive_by_request(&self, comm: CommId, wanted: Wanted, room: RecvData) -> Result<Outcome> {
        let Wanted { context, source, tag } = wanted;
        let request = self.lock().endpoint()?.start_receive(comm, context, source, tag, room);
        self.wait_for(request)
    }
}
