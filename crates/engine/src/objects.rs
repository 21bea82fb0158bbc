//! Objects that need no other process.

/// Placeholder until the objects branch lands.
pub struct Objects;
impl Objects {
    pub fn new() -> Self {
        Self
    }
}
