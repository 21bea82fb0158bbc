//! Setting, deleting and copying attributes.
//!
//! A callback may use the object, its attributes and the keyval like any other
//! code of the user's. So nothing is borrowed while it runs, and what was seen
//! before is looked up again after.

use super::keyval::{AttributeOf, Keyvals};
use super::set::AttributeSet;
use crate::error::{Error, Result};
use crate::handle::KeyvalId;

/// Reaches the attributes of one object, and the keyvals, under the lock.
pub trait Store {
    /// What kind of object it is.
    const OF: AttributeOf;

    /// The object's raw handle, for callbacks.
    fn object(&self) -> u32;

    /// # Errors
    /// When the handle names no such object.
    fn with<R>(&self, access: impl FnOnce(&mut AttributeSet, &mut Keyvals) -> R) -> Result<R>;
}

/// Why an operation on attributes failed.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    Engine(Error),
    /// A callback returned this error code.
    Callback(i32),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

/// The value of an attribute that the user has set.
///
/// # Errors
/// `MPI_ERR_KEYVAL` for a keyval of no use for this object.
pub fn get<S: Store>(store: &S, keyval: KeyvalId) -> Result<Option<u64>> {
    store.with(|set, keyvals| {
        keyvals.callbacks(keyval, S::OF)?;
        Ok(set.get(keyval))
    })?
}

/// Sets an attribute. An older value is deleted first, with its callback.
///
/// # Errors
/// `MPI_ERR_KEYVAL` for a keyval of no use for this object; what the delete
/// callback returned, and then the older value stays.
pub fn set<S: Store>(store: &S, keyval: KeyvalId, value: u64) -> std::result::Result<(), Failure> {
    let (callbacks, old) = store
        .with(|set, keyvals| Ok::<_, Error>((keyvals.changeable(keyval, S::OF)?, set.get(keyval))))??;
    if let Some(old) = old {
        callbacks.delete(store.object(), keyval, old).map_err(Failure::Callback)?;
    }
    store.with(|set, keyvals| set.put(keyvals, keyval, value))?;
    Ok(())
}

/// Deletes an attribute, with its callback. One that is not set is no error.
///
/// # Errors
/// As [`set`].
pub fn delete<S: Store>(store: &S, keyval: KeyvalId) -> std::result::Result<(), Failure> {
    let (callbacks, value) = store
        .with(|set, keyvals| Ok::<_, Error>((keyvals.changeable(keyval, S::OF)?, set.get(keyval))))??;
    if let Some(value) = value {
        callbacks.delete(store.object(), keyval, value).map_err(Failure::Callback)?;
        store.with(|set, keyvals| set.remove(keyvals, keyval))?;
    }
    Ok(())
}

/// Deletes all attributes, the last one first, before the object goes.
///
/// # Errors
/// What a delete callback returned; its attribute and older ones stay.
pub fn delete_all<S: Store>(store: &S) -> std::result::Result<(), Failure> {
    loop {
        let last = store
            .with(|set, keyvals| set.last().map(|(keyval, value)| (keyval, value, keyvals.in_use(keyval))))?;
        let Some((keyval, value, callbacks)) = last else { return Ok(()) };
        if let Some(callbacks) = callbacks {
            callbacks.delete(store.object(), keyval, value).map_err(Failure::Callback)?;
        }
        store.with(|set, keyvals| set.remove(keyvals, keyval))?;
    }
}

/// The attributes that a duplicate of the object gets, in the order of
/// setting.
///
/// # Errors
/// What a copy callback returned; the duplicate must not come to be then.
pub fn copy_all<S: Store>(store: &S) -> std::result::Result<AttributeSet, Failure> {
    // Each copy counts as a use from now on, so that no callback can make a
    // keyval of a later copy go away.
    let attributes = store.with(|set, keyvals| {
        let use_it = |&(keyval, value): &(KeyvalId, u64)| {
            keyvals.retain(keyval);
            (keyval, value, keyvals.in_use(keyval))
        };
        set.entries().iter().map(use_it).collect::<Vec<_>>()
    })?;
    let mut copies = AttributeSet::new();
    let mut unused = Vec::new();
    let mut failure = None;
    for (keyval, value, callbacks) in attributes {
        let copy = match callbacks {
            Some(callbacks) if failure.is_none() => callbacks.copy(store.object(), keyval, value),
            _ => Ok(None),
        };
        match copy {
            Ok(Some(copy)) => copies.adopt(keyval, copy),
            Ok(None) => unused.push(keyval),
            Err(code) => {
                unused.push(keyval);
                failure = Some(Failure::Callback(code));
            }
        }
    }
    store.with(|_, keyvals| {
        unused.into_iter().for_each(|keyval| keyvals.release(keyval));
        if failure.is_some() {
            copies.clear(keyvals);
        }
    })?;
    failure.map_or(Ok(copies), Err)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::sync::{Arc, Mutex};

    use super::super::keyval::AttributeCallbacks;
    use super::super::predefined::PredefinedAttribute;
    use super::*;
    use crate::error::ErrorClass;

    struct Object(RefCell<(AttributeSet, Keyvals)>);

    impl Object {
        fn new() -> Self {
            Self(RefCell::new((AttributeSet::new(), Keyvals::new())))
        }

        fn create(&self, callbacks: Recorder) -> KeyvalId {
            self.0.borrow_mut().1.create(AttributeOf::Comm, Arc::new(callbacks))
        }

        fn free(&self, keyval: KeyvalId) -> Result<()> {
            self.0.borrow_mut().1.free(keyval, AttributeOf::Comm)
        }
    }

    impl Store for Object {
        const OF: AttributeOf = AttributeOf::Comm;

        fn object(&self) -> u32 {
            99
        }

        fn with<R>(&self, access: impl FnOnce(&mut AttributeSet, &mut Keyvals) -> R) -> Result<R> {
            let (set, keyvals) = &mut *self.0.borrow_mut();
            Ok(access(set, keyvals))
        }
    }

    type Log = Arc<Mutex<Vec<(char, u64)>>>;

    /// Writes down what it is called for; refuses value 13.
    #[derive(Default)]
    struct Recorder {
        log: Log,
        copies: bool,
    }

    impl AttributeCallbacks for Recorder {
        fn copy(&self, object: u32, _: KeyvalId, value: u64) -> std::result::Result<Option<u64>, i32> {
            assert_eq!(object, 99);
            self.log.lock().unwrap().push(('c', value));
            if value == 13 { Err(113) } else { Ok(self.copies.then_some(value + 100)) }
        }

        fn delete(&self, object: u32, _: KeyvalId, value: u64) -> std::result::Result<(), i32> {
            assert_eq!(object, 99);
            self.log.lock().unwrap().push(('d', value));
            if value == 13 { Err(213) } else { Ok(()) }
        }
    }

    #[test]
    fn all_are_deleted_in_reverse_order_of_setting() {
        let (object, log) = (Object::new(), Log::default());
        let [a, b, c] = [(); 3].map(|()| object.create(Recorder { log: log.clone(), copies: true }));
        for (keyval, value) in [(a, 1), (b, 2), (c, 3), (a, 4)] {
            set(&object, keyval, value).unwrap();
        }
        assert_eq!(get(&object, a), Ok(Some(4)));
        delete(&object, c).unwrap();
        delete(&object, c).unwrap();
        delete_all(&object).unwrap();
        assert_eq!(*log.lock().unwrap(), [('d', 1), ('d', 3), ('d', 4), ('d', 2)]);
        assert_eq!(get(&object, a), Ok(None));
    }

    #[test]
    fn a_freed_keyval_works_until_its_last_attribute_goes() {
        let (object, log) = (Object::new(), Log::default());
        let keyval = object.create(Recorder { log, copies: true });
        set(&object, keyval, 1).unwrap();
        object.free(keyval).unwrap();
        object.free(keyval).unwrap();
        assert_eq!(get(&object, keyval), Ok(Some(1)));
        let mut copies = copy_all(&object).unwrap();
        delete(&object, keyval).unwrap();
        assert_eq!(copies.get(keyval), Some(101));
        assert_eq!(get(&object, keyval), Ok(None));
        copies.clear(&mut object.0.borrow_mut().1);
        assert_eq!(get(&object, keyval).unwrap_err().class(), ErrorClass::Keyval);
        assert!(object.free(keyval).is_err());
    }

    #[test]
    fn a_refused_deletion_keeps_the_attribute() {
        let (object, log) = (Object::new(), Log::default());
        let keyval = object.create(Recorder { log, copies: false });
        set(&object, keyval, 13).unwrap();
        assert_eq!(set(&object, keyval, 1), Err(Failure::Callback(213)));
        assert_eq!(delete(&object, keyval), Err(Failure::Callback(213)));
        assert_eq!(delete_all(&object), Err(Failure::Callback(213)));
        assert_eq!(get(&object, keyval), Ok(Some(13)));
    }

    #[test]
    fn a_refused_copy_leaves_no_use_behind() {
        let (object, log) = (Object::new(), Log::default());
        let [a, b, c] = [(); 3].map(|()| object.create(Recorder { log: log.clone(), copies: true }));
        for (keyval, value) in [(a, 1), (b, 13), (c, 3)] {
            set(&object, keyval, value).unwrap();
        }
        assert_eq!(copy_all(&object).err(), Some(Failure::Callback(113)));
        assert_eq!(*log.lock().unwrap(), [('c', 1), ('c', 13)]);
        set(&object, c, 4).unwrap();
        for keyval in [a, c] {
            object.free(keyval).unwrap();
            delete(&object, keyval).unwrap();
            assert!(get(&object, keyval).is_err());
        }
    }

    #[test]
    fn predefined_attributes_are_only_read() {
        let object = Object::new();
        let keyval = PredefinedAttribute::TagUb.keyval();
        assert_eq!(get(&object, keyval), Ok(None));
        let Err(Failure::Engine(error)) = set(&object, keyval, 1) else { panic!("MPI_TAG_UB was set") };
        assert_eq!(error.message(), "MPI_TAG_UB is set by MPI and can only be read");
        assert!(object.free(keyval).is_err());
        let error = get(&object, PredefinedAttribute::WinBase.keyval()).unwrap_err();
        assert_eq!(error.message(), "the keyval is for attributes of windows, not of communicators");
    }
}
