//! What went wrong, in words.

use std::fmt;

use bootstrap::BootstrapError;

pub use engine::error::ErrorClass;

/// Why a call failed. Prints as a sentence that says what happened and what to
/// do, from `main` as well.
pub struct Error(Box<Kind>);

/// Of a call of this crate.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("init: {0}")]
    Join(BootstrapError),
    #[error("init: this process has joined its job before; that is done once in its life")]
    Twice,
    #[error("{call} on rank {rank}: {error}")]
    Call { call: &'static str, rank: usize, error: engine::error::Error },
}

impl Error {
    pub(crate) fn joining(error: BootstrapError) -> Self {
        Self(Box::new(Kind::Join(error)))
    }

    pub(crate) fn twice() -> Self {
        Self(Box::new(Kind::Twice))
    }

    /// Of `call` on `rank` of its communicator.
    #[cold]
    pub(crate) fn of_call(call: &'static str, rank: usize, error: engine::error::Error) -> Self {
        Self(Box::new(Kind::Call { call, rank, error }))
    }

    /// MPI's class of the error (MPI-5.0 section 9.4).
    pub fn class(&self) -> ErrorClass {
        match &*self.0 {
            Kind::Join(_) | Kind::Twice => ErrorClass::Other,
            Kind::Call { error, .. } => error.class(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
