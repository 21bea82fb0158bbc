//! Starting, stopping and reading variables (MPI-5.0 section 15.3.7). Tools do
//! so in sessions, which do not notice one another.

use std::collections::BTreeMap;

use super::variable::{Peak, Reading, VARIABLES, Variable, View};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;
use crate::handle::CommId;

/// Names a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionKey(pub usize);

/// Names a handle, in all sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandleKey(pub usize);

/// A variable as one session sees it.
struct Handle {
    session: SessionKey,
    variable: &'static Variable,
    comm: Option<CommId>,
    running: bool,
    /// What came together while it ran, up to `base`.
    held: u64,
    /// The engine's value when `held` was last right.
    base: u64,
}

impl Handle {
    fn peak(&self) -> Option<Peak> {
        match self.variable.reading {
            Reading::Peak(peak) => Some(peak),
            _ => None,
        }
    }

    /// Takes what has come since `base` into `held`.
    fn fold(&mut self, view: &View<'_>) -> Result<()> {
        if self.running && self.peak().is_none() {
            let now = view.read(self.variable, self.comm)?;
            self.held += now.wrapping_sub(self.base);
            self.base = now;
        }
        Ok(())
    }

    fn start(&mut self, view: &View<'_>) -> Result<()> {
        let now = view.read(self.variable, self.comm)?;
        self.running = true;
        self.base = now;
        if self.peak().is_some() {
            self.held = self.held.max(now);
        }
        Ok(())
    }

    fn reset(&mut self, view: &View<'_>) -> Result<()> {
        let now = view.read(self.variable, self.comm)?;
        self.base = now;
        self.held = if self.peak().is_some() { now } else { 0 };
        Ok(())
    }
}

/// All sessions and their handles.
#[derive(Default)]
pub struct Sessions {
    last: usize,
    sessions: Vec<SessionKey>,
    handles: BTreeMap<HandleKey, Handle>,
}

/// One handle, or all of a session for which the operation makes sense
/// (`MPI_T_PVAR_ALL_HANDLES`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    One(HandleKey),
    All,
}

fn no_handle() -> Error {
    Error::new(ErrorClass::ToolInvalidHandle, "the handle is none of this session: was it freed?")
}

impl Sessions {
    /// Numbers go up, so that what was freed is not mistaken for something new.
    fn next(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    pub fn create(&mut self) -> SessionKey {
        let key = SessionKey(self.next());
        self.sessions.push(key);
        key
    }

    /// # Errors
    /// `MPI_T_ERR_INVALID_SESSION` when there is none of this name.
    pub fn check(&self, session: SessionKey) -> Result<()> {
        if !self.sessions.contains(&session) {
            fail!(ErrorClass::ToolInvalidSession, "there is no such session: was it freed?");
        }
        Ok(())
    }

    /// Frees a session with its handles.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn free(&mut self, session: SessionKey) -> Result<()> {
        self.check(session)?;
        self.sessions.retain(|&known| known != session);
        self.handles.retain(|_, handle| handle.session != session);
        Ok(())
    }

    /// A handle for the variable of this index, of a communicator where it is
    /// one's.
    ///
    /// # Errors
    /// `MPI_T_ERR_INVALID_INDEX`, `MPI_T_ERR_INVALID_HANDLE` for a communicator
    /// that is none, and as [`Self::check`].
    pub fn allocate(
        &mut self,
        view: &View<'_>,
        session: SessionKey,
        index: usize,
        comm: Option<CommId>,
    ) -> Result<HandleKey> {
        self.check(session)?;
        let Some(variable) = VARIABLES.get(index) else {
            fail!(
                ErrorClass::ToolInvalidIndex,
                "there are {} variables, and none is {index}",
                VARIABLES.len()
            );
        };
        let comm = comm.filter(|_| variable.is_of_comm());
        view.read(variable, comm)?;
        let running = variable.is_continuous();
        let key = HandleKey(self.next());
        self.handles.insert(key, Handle { session, variable, comm, running, held: 0, base: 0 });
        Ok(key)
    }

    /// # Errors
    /// `MPI_T_ERR_INVALID_HANDLE` when it is none of the session's; as
    /// [`Self::check`].
    pub fn release(&mut self, session: SessionKey, handle: HandleKey) -> Result<()> {
        self.handle(session, handle)?;
        self.handles.remove(&handle);
        Ok(())
    }

    fn handle(&mut self, session: SessionKey, key: HandleKey) -> Result<&mut Handle> {
        self.check(session)?;
        self.handles.get_mut(&key).filter(|handle| handle.session == session).ok_or_else(no_handle)
    }

    /// The variable behind a handle.
    ///
    /// # Errors
    /// As [`Self::release`].
    pub fn variable(&mut self, session: SessionKey, key: HandleKey) -> Result<&'static Variable> {
        self.handle(session, key).map(|handle| handle.variable)
    }

    /// The engine keeps one peak for all handles: takes it into each of those
    /// that run.
    fn harvest(&mut self, view: &mut View<'_>) {
        for (peak, value) in view.take_peaks() {
            let running = self.handles.values_mut().filter(|handle| handle.running);
            for handle in running.filter(|handle| handle.peak() == Some(peak)) {
                handle.held = handle.held.max(value);
            }
        }
    }

    /// Does something to one handle, or to all that allow it and are `wanted`.
    fn each(
        &mut self,
        view: &mut View<'_>,
        session: SessionKey,
        which: Which,
        refusal: ErrorClass,
        wanted: impl Fn(&Handle) -> bool,
        work: impl Fn(&mut Handle, &View<'_>) -> Result<()>,
    ) -> Result<()> {
        self.check(session)?;
        self.harvest(view);
        match which {
            Which::One(key) => {
                let handle = self.handle(session, key)?;
                if handle.variable.is_continuous() {
                    fail!(refusal, "{} says what is, and changes by itself only", handle.variable.name);
                }
                work(handle, view)
            }
            Which::All => {
                let own = self.handles.values_mut().filter(|handle| handle.session == session);
                let mut chosen = own.filter(|handle| !handle.variable.is_continuous() && wanted(handle));
                chosen.try_for_each(|handle| work(handle, view))
            }
        }
    }

    /// `MPI_T_pvar_start`.
    ///
    /// # Errors
    /// `MPI_T_ERR_PVAR_NO_STARTSTOP` for a variable that always runs; as
    /// [`Self::release`].
    pub fn start(&mut self, view: &mut View<'_>, session: SessionKey, which: Which) -> Result<()> {
        let refusal = ErrorClass::ToolPvarNoStartstop;
        self.each(
            view,
            session,
            which,
            refusal,
            |handle| !handle.running,
            |handle, view| {
                handle.fold(view)?;
                handle.start(view)
            },
        )
    }

    /// `MPI_T_pvar_stop`.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn stop(&mut self, view: &mut View<'_>, session: SessionKey, which: Which) -> Result<()> {
        let refusal = ErrorClass::ToolPvarNoStartstop;
        self.each(
            view,
            session,
            which,
            refusal,
            |handle| handle.running,
            |handle, view| {
                handle.fold(view)?;
                handle.running = false;
                Ok(())
            },
        )
    }

    /// `MPI_T_pvar_reset`.
    ///
    /// # Errors
    /// `MPI_T_ERR_PVAR_NO_WRITE` for a variable that can only be read; as
    /// [`Self::release`].
    pub fn reset(&mut self, view: &mut View<'_>, session: SessionKey, which: Which) -> Result<()> {
        self.each(view, session, which, ErrorClass::ToolPvarNoWrite, |_| true, Handle::reset)
    }

    /// `MPI_T_pvar_write`.
    ///
    /// # Errors
    /// As [`Self::reset`].
    pub fn write(
        &mut self,
        view: &mut View<'_>,
        session: SessionKey,
        handle: HandleKey,
        value: u64,
    ) -> Result<()> {
        let which = Which::One(handle);
        self.each(
            view,
            session,
            which,
            ErrorClass::ToolPvarNoWrite,
            |_| true,
            |handle, view| {
                handle.reset(view)?;
                handle.held = value;
                Ok(())
            },
        )
    }

    /// `MPI_T_pvar_read`; `resets` makes it `MPI_T_pvar_readreset`.
    ///
    /// # Errors
    /// `MPI_T_ERR_PVAR_NO_ATOMIC` for a variable that cannot be reset; as
    /// [`Self::release`].
    pub fn read(
        &mut self,
        view: &mut View<'_>,
        session: SessionKey,
        key: HandleKey,
        resets: bool,
    ) -> Result<u64> {
        self.harvest(view);
        let handle = self.handle(session, key)?;
        if handle.variable.is_continuous() {
            if resets {
                fail!(ErrorClass::ToolPvarNoAtomic, "{} cannot be reset", handle.variable.name);
            }
            return view.read(handle.variable, handle.comm);
        }
        handle.fold(view)?;
        let value = handle.held;
        if resets {
            handle.reset(view)?;
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{Posted, Unexpected};
    use crate::objects::Objects;
    use crate::protocol::Endpoint;
    use crate::tool::Counters;
    use transport::sim::{SimNetwork, SimTransport, Weather};

    fn index(name: &str) -> usize {
        VARIABLES.iter().position(|variable| variable.name == name).unwrap()
    }

    fn alone() -> Endpoint<SimTransport> {
        Endpoint::new(SimNetwork::new(1, 1, Weather::FAIR).end(0))
    }

    #[test]
    fn sessions_count_by_themselves() {
        let (objects, mut sessions) = (Objects::new(), Sessions::default());
        let view = |waits| View {
            objects: &objects,
            core: None,
            counters: Counters { waits, ..Counters::default() },
        };
        let (one, two) = (sessions.create(), sessions.create());
        let first = sessions.allocate(&view(5), one, index("waits"), None).unwrap();
        let second = sessions.allocate(&view(5), two, index("waits"), None).unwrap();
        assert_eq!(sessions.read(&mut view(9), one, first, false), Ok(0));
        sessions.start(&mut view(10), one, Which::All).unwrap();
        sessions.start(&mut view(12), two, Which::One(second)).unwrap();
        assert_eq!(sessions.read(&mut view(15), one, first, false), Ok(5));
        assert_eq!(sessions.read(&mut view(15), two, second, true), Ok(3));
        sessions.stop(&mut view(17), one, Which::One(first)).unwrap();
        assert_eq!(sessions.read(&mut view(20), one, first, false), Ok(7));
        assert_eq!(sessions.read(&mut view(20), two, second, false), Ok(5));
        sessions.start(&mut view(30), one, Which::One(first)).unwrap();
        assert_eq!(sessions.read(&mut view(31), one, first, false), Ok(8));
        sessions.write(&mut view(31), one, first, 100).unwrap();
        assert_eq!(sessions.read(&mut view(33), one, first, false), Ok(102));
        let error = sessions.read(&mut view(0), two, first, false).unwrap_err();
        assert_eq!(error.class(), ErrorClass::ToolInvalidHandle);
        sessions.free(one).unwrap();
        let error = sessions.read(&mut view(0), one, first, false).unwrap_err();
        assert_eq!(error.class(), ErrorClass::ToolInvalidSession);
    }

    #[test]
    fn a_peak_is_seen_by_every_handle_that_ran() {
        let (objects, mut sessions) = (Objects::new(), Sessions::default());
        let mut endpoint = alone();
        let variable = index("posted_receives_peak");
        let session = sessions.create();
        let mut handles = Vec::new();
        let with = |endpoint: &mut Endpoint<SimTransport>, work: &mut dyn FnMut(&mut View<'_>)| {
            work(&mut View {
                objects: &objects,
                core: Some(&mut endpoint.core),
                counters: Counters::default(),
            });
        };
        with(&mut endpoint, &mut |view| {
            for _ in 0..2 {
                handles.push(sessions.allocate(view, session, variable, None).unwrap());
            }
            sessions.start(view, session, Which::One(handles[0])).unwrap();
        });
        let posted = |owner| Posted { context: 0, source: 0, tag: 0, owner };
        let nodes: Vec<_> = (0..3).map(|owner| endpoint.core.matcher.post(posted(owner))).collect();
        for node in nodes {
            endpoint.core.matcher.cancel_posted(node);
        }
        with(&mut endpoint, &mut |view| {
            sessions.start(view, session, Which::One(handles[1])).unwrap();
            let both = handles.iter().map(|&handle| sessions.read(view, session, handle, false).unwrap());
            assert_eq!(both.collect::<Vec<_>>(), [3, 0]);
            assert_eq!(sessions.read(view, session, handles[0], true), Ok(3));
            assert_eq!(sessions.read(view, session, handles[0], true), Ok(0));
        });
    }

    #[test]
    fn what_is_cannot_be_reset() {
        let (objects, mut sessions) = (Objects::new(), Sessions::default());
        let mut view = View { objects: &objects, core: None, counters: Counters::default() };
        let session = sessions.create();
        let level = sessions.allocate(&view, session, index("communicators"), None).unwrap();
        let class = |result: Result<()>| result.unwrap_err().class();
        let which = Which::One(level);
        assert_eq!(class(sessions.start(&mut view, session, which)), ErrorClass::ToolPvarNoStartstop);
        assert_eq!(class(sessions.reset(&mut view, session, which)), ErrorClass::ToolPvarNoWrite);
        assert_eq!(
            class(sessions.read(&mut view, session, level, true).map(|_| ())),
            ErrorClass::ToolPvarNoAtomic
        );
        sessions.reset(&mut view, session, Which::All).unwrap();
        let none = sessions.allocate(&view, session, index("comm_collectives"), None).unwrap_err();
        assert_eq!(none.class(), ErrorClass::ToolInvalidHandle);
        assert_eq!(
            sessions.allocate(&view, session, 1000, None).unwrap_err().class(),
            ErrorClass::ToolInvalidIndex
        );
    }

    #[test]
    fn queues_of_a_communicator_are_counted_apart() {
        let mut objects = Objects::new();
        objects.start_world(0, 0..1, None);
        let (mut sessions, mut endpoint) = (Sessions::default(), alone());
        let context = objects.comm(crate::comm::SELF).unwrap().core.point_to_point();
        let content = || crate::protocol::arrival::Content {
            peer: 0,
            fingerprint: Default::default(),
            body: crate::protocol::arrival::ContentBody::Eager(Box::new([0; 100])),
        };
        for context in [context, context, 40] {
            endpoint.core.matcher.keep(Unexpected { context, source: 0, tag: 0, content: content() });
        }
        let mut view =
            View { objects: &objects, core: Some(&mut endpoint.core), counters: Counters::default() };
        let session = sessions.create();
        let mut read = |name: &str| {
            let handle = sessions.allocate(&view, session, index(name), Some(crate::comm::SELF)).unwrap();
            sessions.read(&mut view, session, handle, false).unwrap()
        };
        assert_eq!(read("comm_unexpected_messages"), 2);
        assert_eq!(read("unexpected_messages"), 3);
        assert_eq!(read("unexpected_bytes"), 300);
        assert_eq!(read("comm_posted_receives"), 0);
    }
}
