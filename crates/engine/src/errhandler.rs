//! Error handlers (MPI-5.0 section 9.3): which there are and who uses them.
//!
//! The engine keeps them; `capi` runs them, outside the lock.

use std::any::Any;
use std::sync::Arc;

use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::{ErrhandlerId, ErrhandlerKind, Table};

/// What an error handler is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrhandlerFor {
    Comm,
    Win,
    File,
    Session,
}

impl ErrhandlerFor {
    fn name(self) -> &'static str {
        match self {
            Self::Comm => "communicators",
            Self::Win => "windows",
            Self::File => "files",
            Self::Session => "sessions",
        }
    }
}

/// What is done about an error.
#[derive(Clone)]
pub enum Errhandler {
    /// `MPI_ERRORS_ARE_FATAL`: the job ends.
    Fatal,
    /// `MPI_ERRORS_ABORT`: the processes of the object end.
    Abort,
    /// `MPI_ERRORS_RETURN`: the call returns the error.
    Return,
    /// A function of the user's, in a form that only its maker knows.
    User { of: ErrhandlerFor, function: Arc<dyn Any + Send + Sync> },
}

/// `MPI_ERRORS_ARE_FATAL`.
pub const FATAL: ErrhandlerId = ErrhandlerId::from_raw(1);
/// `MPI_ERRORS_ABORT`.
pub const ABORT: ErrhandlerId = ErrhandlerId::from_raw(2);
/// `MPI_ERRORS_RETURN`.
pub const RETURN: ErrhandlerId = ErrhandlerId::from_raw(3);

struct Entry {
    handler: Errhandler,
    /// Handles that the user has got and not freed.
    handles: usize,
    /// Objects that use it.
    attached: usize,
}

/// All error handlers of the process. One lives until the user has freed every
/// handle and no object uses it.
pub struct Errhandlers(Table<ErrhandlerKind, Entry>);

impl Default for Errhandlers {
    fn default() -> Self {
        Self::new()
    }
}

impl Errhandlers {
    /// The predefined ones.
    pub fn new() -> Self {
        let mut table = Table::new();
        for handler in [Errhandler::Fatal, Errhandler::Abort, Errhandler::Return] {
            table.insert_predefined(Entry { handler, handles: 1, attached: 0 });
        }
        Self(table)
    }

    /// Adds a handler of the user's; its handle is the user's to free.
    pub fn create(&mut self, of: ErrhandlerFor, function: Arc<dyn Any + Send + Sync>) -> ErrhandlerId {
        self.0.insert(Entry { handler: Errhandler::User { of, function }, handles: 1, attached: 0 })
    }

    /// # Errors
    /// `MPI_ERR_ERRHANDLER` when the handle names none.
    pub fn get(&self, id: ErrhandlerId) -> Result<&Errhandler> {
        match self.0.get(id) {
            Some(entry) => Ok(&entry.handler),
            None => Err(unknown(id)),
        }
    }

    /// One more handle for the user (`MPI_Comm_get_errhandler`).
    pub fn lend(&mut self, id: ErrhandlerId) -> ErrhandlerId {
        if let Some(entry) = self.0.get_mut(id) {
            entry.handles += 1;
        }
        id
    }

    /// The user frees a handle. Predefined handlers stay.
    ///
    /// # Errors
    /// `MPI_ERR_ERRHANDLER` when the handle names none, or all were freed.
    pub fn free(&mut self, id: ErrhandlerId) -> Result<()> {
        if self.0.is_predefined(id) {
            return Ok(());
        }
        match self.0.get_mut(id) {
            Some(entry) if entry.handles > 0 => entry.handles -= 1,
            _ => return Err(unknown(id)),
        }
        self.sweep(id);
        Ok(())
    }

    /// An object of this kind starts to use the handler.
    ///
    /// # Errors
    /// `MPI_ERR_ERRHANDLER` when the handle names none, or one for another
    /// kind of object.
    pub fn attach(&mut self, id: ErrhandlerId, object: ErrhandlerFor) -> Result<ErrhandlerId> {
        let Some(entry) = self.0.get_mut(id) else { return Err(unknown(id)) };
        match &entry.handler {
            Errhandler::User { of, .. } if *of != object => fail!(
                ErrorClass::Errhandler,
                "this error handler was created for {}, not for {}",
                of.name(),
                object.name()
            ),
            _ => entry.attached += 1,
        }
        Ok(id)
    }

    /// An object no longer uses the handler.
    pub fn detach(&mut self, id: ErrhandlerId) {
        if let Some(entry) = self.0.get_mut(id) {
            entry.attached -= 1;
            self.sweep(id);
        }
    }

    fn sweep(&mut self, id: ErrhandlerId) {
        let unused = self.0.get(id).is_some_and(|entry| entry.handles == 0 && entry.attached == 0);
        if unused && !self.0.is_predefined(id) {
            self.0.remove(id);
        }
    }
}

#[cold]
fn unknown(id: ErrhandlerId) -> crate::error::Error {
    let what = if id.is_null() { "is MPI_ERRHANDLER_NULL" } else { "names no error handler: was it freed?" };
    crate::error::Error::new(ErrorClass::Errhandler, format!("the handle {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handler_lives_as_long_as_a_handle_or_an_object() {
        let mut handlers = Errhandlers::new();
        let id = handlers.create(ErrhandlerFor::Comm, Arc::new(()));
        handlers.attach(id, ErrhandlerFor::Comm).unwrap();
        handlers.free(id).unwrap();
        assert!(handlers.get(id).is_ok());
        assert_eq!(handlers.free(id).unwrap_err().class(), ErrorClass::Errhandler);
        handlers.lend(id);
        handlers.detach(id);
        assert!(handlers.get(id).is_ok());
        handlers.free(id).unwrap();
        assert!(handlers.get(id).is_err());
    }

    #[test]
    fn predefined_handlers_stay() {
        let mut handlers = Errhandlers::new();
        for id in [FATAL, ABORT, RETURN] {
            handlers.attach(id, ErrhandlerFor::Win).unwrap();
            handlers.detach(id);
            handlers.free(id).unwrap();
            handlers.free(id).unwrap();
        }
        assert!(matches!(handlers.get(FATAL), Ok(Errhandler::Fatal)));
        assert!(matches!(handlers.get(ABORT), Ok(Errhandler::Abort)));
        assert!(matches!(handlers.get(RETURN), Ok(Errhandler::Return)));
    }

    #[test]
    fn a_handler_serves_its_own_kind_of_object() {
        let mut handlers = Errhandlers::new();
        let id = handlers.create(ErrhandlerFor::File, Arc::new(()));
        let error = handlers.attach(id, ErrhandlerFor::Comm).unwrap_err();
        assert_eq!(error.message(), "this error handler was created for files, not for communicators");
        assert!(handlers.attach(ErrhandlerId::NULL, ErrhandlerFor::Comm).is_err());
    }
}
