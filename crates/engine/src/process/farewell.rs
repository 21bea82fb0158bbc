//! The end of a process's part in the job (MPI-5.0 section 11.2.2).
//!
//! A process that finalises sends what it still has to send, falls silent, and
//! stays to answer the others until all have come as far. It does not stay when
//! all others sleep in waits of their own: they need something that it cannot
//! give, most often because it has met an exception that its exit code will
//! tell the launcher of. Going is harmless: nothing is asked of it any more.

use std::time::Duration;

use transport::{Leave, Transport, Waiter};

use super::{Process, State};
use crate::comm::WORLD;
use crate::error::Result;
use crate::group::Group;

/// How often a process that stays looks at what the others do.
const LOOK_INTERVAL: Duration = Duration::from_millis(50);
/// In how many such looks the others have to be found asleep.
const LOOKS_ASLEEP: u32 = 4;

/// What the other processes do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    AllLeft,
    /// Those that have not left sleep.
    Asleep,
    Busy,
}

impl<T: Transport> Process<T> {
    /// Leaves when the others can spare this process: all of `MPI_Finalize`
    /// that concerns them. With `goes_on` it can still send, in a session.
    ///
    /// # Errors
    /// When the process is not connected, or a packet makes no sense.
    pub fn farewell(&self, goes_on: bool) -> Result<()> {
        self.wait_until(|endpoint| endpoint.is_drained().then_some(()))?;
        let world = {
            let mut state = self.lock();
            let (objects, endpoint) = state.parts()?;
            endpoint.transport.take_leave(if goes_on { Leave::World } else { Leave::Silent });
            objects.comm(WORLD)?.core.group().clone()
        };
        let mut asleep = 0;
        loop {
            self.progress()?;
            match self.lock().others(&world)? {
                Others::AllLeft => break,
                Others::Asleep => asleep += 1,
                Others::Busy => asleep = 0,
            }
            if asleep == LOOKS_ASLEEP {
                break;
            }
            self.doze(&world)?;
        }
        self.wait_until(|endpoint| endpoint.is_drained().then_some(()))
    }

    /// Sleeps until something arrives, all have left, or it is time to look.
    fn doze(&self, world: &Group) -> Result<()> {
        let waiter = {
            let mut state = self.lock();
            if !state.endpoint()?.transport.announce_sleep() {
                return Ok(());
            }
            if state.others(world)? == Others::AllLeft {
                return Ok(());
            }
            state.waiter.clone()
        };
        if let Some(waiter) = waiter {
            waiter.sleep(Some(LOOK_INTERVAL));
        }
        Ok(())
    }
}

impl<T: Transport> State<T> {
    fn others(&mut self, world: &Group) -> Result<Others> {
        let transport = &self.endpoint()?.transport;
        let staying = || {
            (0..world.size())
                .map(|rank| world.process(rank) as usize)
                .filter(|&peer| transport.leave(peer) == Leave::None)
        };
        Ok(if staying().next().is_none() {
            Others::AllLeft
        } else if staying().all(|peer| transport.is_asleep(peer)) {
            Others::Asleep
        } else {
            Others::Busy
        })
    }
}
