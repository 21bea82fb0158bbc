//! Keyvals and their callbacks.

use std::sync::Arc;

use super::predefined::PredefinedAttribute;
use crate::error::{Error, ErrorClass, Result};
use crate::fail;
use crate::handle::{KeyvalId, KeyvalKind, Table};

/// What kind of object an attribute belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeOf {
    Comm,
    Datatype,
    Win,
}

impl AttributeOf {
    fn name(self) -> &'static str {
        match self {
            Self::Comm => "communicators",
            Self::Datatype => "datatypes",
            Self::Win => "windows",
        }
    }
}

/// The functions behind a keyval. `object` is the raw handle of the object
/// whose attribute is concerned, `Err` the user's own error code.
pub trait AttributeCallbacks: Send + Sync {
    /// The value that a duplicate of the object gets, if it gets one.
    fn copy(&self, object: u32, keyval: KeyvalId, value: u64) -> std::result::Result<Option<u64>, i32>;

    /// The attribute is about to go, or to be given another value.
    fn delete(&self, object: u32, keyval: KeyvalId, value: u64) -> std::result::Result<(), i32>;
}

struct Keyval {
    of: AttributeOf,
    callbacks: Arc<dyn AttributeCallbacks>,
    /// Attributes that use it, in any object.
    attributes: usize,
    freed: bool,
}

/// All keyvals of the process.
pub struct Keyvals(Table<KeyvalKind, Keyval>);

/// Of predefined attributes, which are neither copied nor deleted.
struct NoCallbacks;

impl AttributeCallbacks for NoCallbacks {
    fn copy(&self, _: u32, _: KeyvalId, _: u64) -> std::result::Result<Option<u64>, i32> {
        Ok(None)
    }

    fn delete(&self, _: u32, _: KeyvalId, _: u64) -> std::result::Result<(), i32> {
        Ok(())
    }
}

impl Default for Keyvals {
    fn default() -> Self {
        Self::new()
    }
}

impl Keyvals {
    /// The predefined ones.
    pub fn new() -> Self {
        let mut table = Table::new();
        for attribute in PredefinedAttribute::ALL {
            let callbacks = Arc::new(NoCallbacks);
            let keyval = Keyval { of: attribute.of(), callbacks, attributes: 0, freed: false };
            table.insert_predefined(keyval);
        }
        Self(table)
    }

    pub fn create(&mut self, of: AttributeOf, callbacks: Arc<dyn AttributeCallbacks>) -> KeyvalId {
        self.0.insert(Keyval { of, callbacks, attributes: 0, freed: false })
    }

    /// The callbacks of a keyval for this kind of object.
    ///
    /// # Errors
    /// `MPI_ERR_KEYVAL` when it names none, or one for another kind.
    pub fn callbacks(&self, id: KeyvalId, of: AttributeOf) -> Result<Arc<dyn AttributeCallbacks>> {
        match self.0.get(id) {
            None => Err(unknown(id)),
            Some(keyval) if keyval.of != of => Err(misplaced(keyval.of, of)),
            Some(keyval) => Ok(Arc::clone(&keyval.callbacks)),
        }
    }

    /// As [`Self::callbacks`], for a keyval whose attributes the user may
    /// change.
    ///
    /// # Errors
    /// As there, and `MPI_ERR_KEYVAL` for a predefined one.
    pub fn changeable(&self, id: KeyvalId, of: AttributeOf) -> Result<Arc<dyn AttributeCallbacks>> {
        if let Some(attribute) = PredefinedAttribute::of_keyval(id) {
            fail!(ErrorClass::Keyval, "{} is set by MPI and can only be read", attribute.name());
        }
        self.callbacks(id, of)
    }

    /// The user frees the keyval. One that attributes still use may be freed
    /// again by whoever kept a copy of its number (a delete callback, say).
    ///
    /// # Errors
    /// As [`Self::changeable`].
    pub fn free(&mut self, id: KeyvalId, of: AttributeOf) -> Result<()> {
        self.changeable(id, of)?;
        if let Some(keyval) = self.0.get_mut(id) {
            keyval.freed = true;
        }
        self.sweep(id);
        Ok(())
    }

    /// One more attribute uses the keyval.
    pub(super) fn retain(&mut self, id: KeyvalId) {
        if let Some(keyval) = self.0.get_mut(id) {
            keyval.attributes += 1;
        }
    }

    /// One attribute less uses the keyval.
    pub(super) fn release(&mut self, id: KeyvalId) {
        if let Some(keyval) = self.0.get_mut(id) {
            keyval.attributes -= 1;
            self.sweep(id);
        }
    }

    /// The callbacks of a keyval that an attribute uses.
    pub(super) fn in_use(&self, id: KeyvalId) -> Option<Arc<dyn AttributeCallbacks>> {
        self.0.get(id).map(|keyval| Arc::clone(&keyval.callbacks))
    }

    fn sweep(&mut self, id: KeyvalId) {
        if self.0.get(id).is_some_and(|keyval| keyval.freed && keyval.attributes == 0) {
            self.0.remove(id);
        }
    }
}

#[cold]
fn unknown(id: KeyvalId) -> Error {
    let what = if id.is_null() { "is MPI_KEYVAL_INVALID" } else { "names no attribute key: was it freed?" };
    Error::new(ErrorClass::Keyval, format!("the keyval {what}"))
}

#[cold]
fn misplaced(of: AttributeOf, wanted: AttributeOf) -> Error {
    let (of, wanted) = (of.name(), wanted.name());
    Error::new(ErrorClass::Keyval, format!("the keyval is for attributes of {of}, not of {wanted}"))
}
