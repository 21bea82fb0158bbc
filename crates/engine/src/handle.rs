//! Handles: typed indices into the engine's object tables.
//!
//! A handle is 26 bits, so that either ABI can put its own type bits in front:
//! 22 bits of index and 4 bits of generation. The generation changes when a
//! slot is freed, so a stale handle is noticed instead of naming a stranger.
//! Predefined objects occupy the lowest indices with generation 0 and are
//! never freed; index 0 is the null handle of every kind.

use std::marker::PhantomData;

const INDEX_BITS: u32 = 22;
const INDEX_MASK: u32 = (1 << INDEX_BITS) - 1;
const GENERATION_MASK: u32 = 0xf;

/// Bits that a raw handle may use.
pub const RAW_BITS: u32 = 26;

/// A handle to an object of kind `K` (a marker type).
pub struct Handle<K> {
    raw: u32,
    kind: PhantomData<fn() -> K>,
}

impl<K> Clone for Handle<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Handle<K> {}
impl<K> PartialEq for Handle<K> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<K> Eq for Handle<K> {}
impl<K> std::hash::Hash for Handle<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<K> std::fmt::Debug for Handle<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.raw & INDEX_MASK, self.raw >> INDEX_BITS)
    }
}

impl<K> Handle<K> {
    pub const NULL: Self = Self::from_raw(0);

    /// The handle with these 26 bits. Any value is allowed; a table answers
    /// whether it names something.
    pub const fn from_raw(raw: u32) -> Self {
        Self { raw, kind: PhantomData }
    }

    /// The 26 bits.
    pub const fn raw(self) -> u32 {
        self.raw
    }

    pub const fn is_null(self) -> bool {
        self.raw == 0
    }
}

/// A table of objects of one kind.
pub struct Table<K, V> {
    slots: Vec<Slot<V>>,
    free: Vec<u32>,
    predefined: u32,
    kind: PhantomData<fn() -> K>,
}

struct Slot<V> {
    generation: u32,
    value: Option<V>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Table<K, V> {
    /// An empty table; index 0 is kept for the null handle.
    pub fn new() -> Self {
        let null = Slot { generation: 0, value: None };
        Self { slots: vec![null], free: Vec::new(), predefined: 1, kind: PhantomData }
    }

    /// Adds a predefined object. Only before the first `insert`.
    pub fn insert_predefined(&mut self, value: V) -> Handle<K> {
        assert_eq!(self.slots.len(), self.predefined as usize, "predefined objects come first");
        self.slots.push(Slot { generation: 0, value: Some(value) });
        self.predefined += 1;
        Handle::from_raw(self.predefined - 1)
    }

    /// Keeps the next `count` predefined handles for objects that come later,
    /// and may go and come again. Only before the first `insert`.
    pub fn reserve_predefined(&mut self, count: u32) {
        assert_eq!(self.slots.len(), self.predefined as usize, "predefined objects come first");
        self.slots.extend((0..count).map(|_| Slot { generation: 0, value: None }));
        self.predefined += count;
    }

    /// Gives a predefined handle its object.
    ///
    /// # Panics
    /// When the handle is no predefined one.
    pub fn put_predefined(&mut self, handle: Handle<K>, value: V) {
        assert!(self.is_predefined(handle), "{handle:?} is no predefined handle");
        self.slots[handle.raw as usize].value = Some(value);
    }

    /// Takes the object of a predefined handle away; the handle may get
    /// another one.
    pub fn take_predefined(&mut self, handle: Handle<K>) -> Option<V> {
        if !self.is_predefined(handle) {
            return None;
        }
        self.slots[handle.raw as usize].value.take()
    }

    /// Whether the handle names one of the predefined objects.
    pub fn is_predefined(&self, handle: Handle<K>) -> bool {
        handle.raw != 0 && handle.raw < self.predefined
    }

    /// Adds an object.
    ///
    /// # Panics
    /// With more than four million live objects of one kind.
    #[inline]
    pub fn insert(&mut self, value: V) -> Handle<K> {
        if let Some(index) = self.free.pop() {
            let slot = &mut self.slots[index as usize];
            slot.value = Some(value);
            return Handle::from_raw(index | slot.generation << INDEX_BITS);
        }
        let index = self.slots.len() as u32;
        assert!(index <= INDEX_MASK, "more than {INDEX_MASK} live handles of one kind");
        self.slots.push(Slot { generation: 0, value: Some(value) });
        Handle::from_raw(index)
    }

    #[inline]
    pub fn get(&self, handle: Handle<K>) -> Option<&V> {
        let slot = self.slots.get((handle.raw & INDEX_MASK) as usize)?;
        if slot.generation != handle.raw >> INDEX_BITS {
            return None;
        }
        slot.value.as_ref()
    }

    #[inline]
    pub fn get_mut(&mut self, handle: Handle<K>) -> Option<&mut V> {
        let slot = self.slots.get_mut((handle.raw & INDEX_MASK) as usize)?;
        if slot.generation != handle.raw >> INDEX_BITS {
            return None;
        }
        slot.value.as_mut()
    }

    /// Takes an object out; its handle is stale from then on.
    #[inline]
    pub fn remove(&mut self, handle: Handle<K>) -> Option<V> {
        let index = handle.raw & INDEX_MASK;
        let slot = self.slots.get_mut(index as usize)?;
        if slot.generation != handle.raw >> INDEX_BITS {
            return None;
        }
        let value = slot.value.take()?;
        slot.generation = (slot.generation + 1) & GENERATION_MASK;
        self.free.push(index);
        Some(value)
    }

    /// As [`Self::remove`], without moving the object.
    #[inline]
    pub fn discard(&mut self, handle: Handle<K>) {
        let index = handle.raw & INDEX_MASK;
        if let Some(slot) = self.slots.get_mut(index as usize)
            && slot.generation == handle.raw >> INDEX_BITS
            && slot.value.is_some()
        {
            slot.value = None;
            slot.generation = (slot.generation + 1) & GENERATION_MASK;
            self.free.push(index);
        }
    }

    /// Every live object with its handle.
    pub fn iter(&self) -> impl Iterator<Item = (Handle<K>, &V)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| {
            let raw = index as u32 | slot.generation << INDEX_BITS;
            slot.value.as_ref().map(|value| (Handle::from_raw(raw), value))
        })
    }

    /// How many objects are alive, predefined ones included.
    pub fn len(&self) -> usize {
        self.slots.iter().filter(|slot| slot.value.is_some()).count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

macro_rules! kinds {
    ($($kind:ident $id:ident $what:literal;)*) => {
        $(
            #[doc = concat!("Marks handles of ", $what, ".")]
            pub struct $kind;
            #[doc = concat!("A handle of ", $what, ".")]
            pub type $id = Handle<$kind>;
        )*
    };
}

kinds! {
    CommKind CommId "communicators";
    GroupKind GroupId "groups";
    DatatypeKind DatatypeId "datatypes";
    OpKind OpId "reduction operations";
    RequestKind RequestId "requests";
    MessageKind MessageId "matched messages";
    InfoKind InfoId "info objects";
    ErrhandlerKind ErrhandlerId "error handlers";
    KeyvalKind KeyvalId "attribute keys";
    WinKind WinId "windows";
    FileKind FileId "files";
    SessionKind SessionId "sessions";
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Kind;

    #[test]
    fn a_freed_handle_is_stale_even_when_its_slot_is_used_again() {
        let mut table = Table::<Kind, &str>::new();
        let first = table.insert("first");
        assert_eq!(table.remove(first), Some("first"));
        let second = table.insert("second");
        assert_eq!(table.get(first), None);
        assert_eq!(table.remove(first), None);
        assert_eq!(table.get(second), Some(&"second"));
    }

    #[test]
    fn the_null_handle_names_nothing() {
        let mut table = Table::<Kind, u8>::new();
        table.insert_predefined(1);
        assert_eq!(table.get(Handle::NULL), None);
        assert_eq!(table.remove(Handle::NULL), None);
    }
}
