//! Datatypes that operations keep.

use std::ops::Deref;
use std::sync::Arc;

use super::{Datatype, DatatypeId, predefined_datatype};

/// A datatype that outlives its handle. The predefined ones last for ever, so to
/// keep one of them takes no counting, which a small collective would feel.
#[derive(Clone, Debug)]
pub enum Kept {
    Predefined(&'static Arc<Datatype>),
    Derived(Arc<Datatype>),
}

impl Kept {
    /// The predefined datatype behind a handle.
    #[inline]
    pub fn predefined(id: DatatypeId) -> Option<Self> {
        predefined_datatype(id.raw()).map(Self::Predefined)
    }
}

impl Deref for Kept {
    type Target = Arc<Datatype>;

    #[inline]
    fn deref(&self) -> &Arc<Datatype> {
        match self {
            Self::Predefined(datatype) => datatype,
            Self::Derived(datatype) => datatype,
        }
    }
}

impl From<Arc<Datatype>> for Kept {
    fn from(datatype: Arc<Datatype>) -> Self {
        Self::Derived(datatype)
    }
}

impl From<&'static Arc<Datatype>> for Kept {
    fn from(datatype: &'static Arc<Datatype>) -> Self {
        Self::Predefined(datatype)
    }
}
