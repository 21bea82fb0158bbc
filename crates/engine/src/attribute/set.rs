//! The attributes of one object.

use super::keyval::Keyvals;
use crate::handle::KeyvalId;

/// Keyvals and values of one object, in the order of setting. Every entry
/// counts as a use of its keyval.
#[derive(Debug, Default)]
pub struct AttributeSet {
    entries: Vec<(KeyvalId, u64)>,
}

impl AttributeSet {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn get(&self, keyval: KeyvalId) -> Option<u64> {
        self.entries.iter().find(|(known, _)| *known == keyval).map(|(_, value)| *value)
    }

    /// The attribute that was set last.
    pub(super) fn last(&self) -> Option<(KeyvalId, u64)> {
        self.entries.last().copied()
    }

    pub(super) fn entries(&self) -> &[(KeyvalId, u64)] {
        &self.entries
    }

    /// Adds an attribute as the last one; an older value is forgotten.
    pub(super) fn put(&mut self, keyvals: &mut Keyvals, keyval: KeyvalId, value: u64) {
        keyvals.retain(keyval);
        self.remove(keyvals, keyval);
        self.entries.push((keyval, value));
    }

    /// Adds an attribute whose use of the keyval is counted already.
    pub(super) fn adopt(&mut self, keyval: KeyvalId, value: u64) {
        self.entries.push((keyval, value));
    }

    pub(super) fn remove(&mut self, keyvals: &mut Keyvals, keyval: KeyvalId) {
        if let Some(position) = self.entries.iter().position(|(known, _)| *known == keyval) {
            self.entries.remove(position);
            keyvals.release(keyval);
        }
    }

    /// Forgets all attributes without calling anybody.
    pub fn clear(&mut self, keyvals: &mut Keyvals) {
        for (keyval, _) in self.entries.drain(..) {
            keyvals.release(keyval);
        }
    }
}
