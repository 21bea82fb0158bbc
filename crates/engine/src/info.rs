//! Info objects (MPI-5.0 chapter 10): hints as keys and values.
//!
//! Keys and values are bytes, because a value may be a path. Limits on their
//! lengths belong to an ABI and are checked in `capi`.

use crate::error::{ErrorClass, Result};
use crate::fail;

/// The info key under which objects tell [`MEMORY_ALLOC_KINDS`].
pub const MEMORY_ALLOC_KINDS_KEY: &str = "mpi_memory_alloc_kinds";
/// The kinds of memory that messages may lie in (MPI-5.0 section 11.4.3).
pub const MEMORY_ALLOC_KINDS: &str = "system,mpi";

/// Whether a list of kinds has only those of [`MEMORY_ALLOC_KINDS`]; those of
/// MPI may name the functions that allocated the memory.
pub fn supports_memory_kinds(list: &str) -> bool {
    let restrictors = ["alloc_mem", "win_allocate", "win_allocate_shared"];
    list.split(',').filter(|kind| !kind.is_empty()).all(|kind| {
        let mut parts = kind.trim().split(':');
        match parts.next() {
            Some("system") => parts.next().is_none(),
            Some("mpi") => parts.all(|part| restrictors.contains(&part)),
            _ => false,
        }
    })
}

/// An info object. Keys come out in the order in which they were first set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    entries: Vec<Entry>,
}

/// A key and its value.
type Entry = (Box<[u8]>, Box<[u8]>);

/// What `MPI_INFO_ENV` says of how the process was started (MPI-5.0 section
/// 11.2.3). What is not known has no key.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    pub command: Option<Vec<u8>>,
    /// Arguments without the command.
    pub arguments: Vec<Vec<u8>>,
    /// Processes that were asked for.
    pub maxprocs: Option<usize>,
    pub host: Option<String>,
    pub working_directory: Option<Vec<u8>>,
}

impl Info {
    pub fn new() -> Self {
        Self::default()
    }

    /// The content of `MPI_INFO_ENV`.
    pub fn of_environment(environment: &Environment) -> Self {
        let mut info = Self::new();
        let mut put = |key: &str, value: Option<&[u8]>| {
            if let Some(value) = value {
                info.put(key.as_bytes(), value);
            }
        };
        put("command", environment.command.as_deref());
        if !environment.arguments.is_empty() {
            put("argv", Some(&environment.arguments.join(&b' ')));
        }
        let maxprocs = environment.maxprocs.map(|maxprocs| maxprocs.to_string());
        put("maxprocs", maxprocs.as_deref().map(str::as_bytes));
        put("host", environment.host.as_deref().map(str::as_bytes));
        put("arch", Some(std::env::consts::ARCH.as_bytes()));
        put("wdir", environment.working_directory.as_deref());
        put(MEMORY_ALLOC_KINDS_KEY, Some(MEMORY_ALLOC_KINDS.as_bytes()));
        info
    }

    /// Adds a key, or gives it another value.
    ///
    /// # Errors
    /// `MPI_ERR_INFO_KEY` for an empty key.
    pub fn set(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        if key.is_empty() {
            fail!(ErrorClass::InfoKey, "an info key must not be empty");
        }
        self.put(key, value);
        Ok(())
    }

    /// As [`Self::set`], of a key that is not empty.
    pub(crate) fn put(&mut self, key: &[u8], value: &[u8]) {
        match self.entries.iter_mut().find(|(known, _)| **known == *key) {
            Some((_, old)) => *old = value.into(),
            None => self.entries.push((key.into(), value.into())),
        }
    }

    pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
        self.entries.iter().find(|(known, _)| **known == *key).map(|(_, value)| &**value)
    }

    /// A hint's value, if it is text; surrounding spaces do not count.
    pub fn hint(&self, key: &str) -> Option<&str> {
        std::str::from_utf8(self.get(key.as_bytes())?).ok().map(str::trim)
    }

    /// A hint that is `true` or `false`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.hint(key)?.parse().ok()
    }

    /// # Errors
    /// `MPI_ERR_INFO_NOKEY` when there is no such key.
    pub fn delete(&mut self, key: &[u8]) -> Result<()> {
        match self.entries.iter().position(|(known, _)| **known == *key) {
            Some(position) => {
                self.entries.remove(position);
                Ok(())
            }
            None => fail!(
                ErrorClass::InfoNokey,
                "there is no key \"{}\" to delete; the keys are: {}",
                key.escape_ascii(),
                self.names()
            ),
        }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The key at this position.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when there are not that many.
    pub fn nth_key(&self, n: i32) -> Result<&[u8]> {
        match usize::try_from(n).ok().and_then(|n| self.entries.get(n)) {
            Some((key, _)) => Ok(key),
            None => fail!(ErrorClass::Arg, "key number {n} of an info object with {} keys", self.len()),
        }
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.entries.iter().map(|(key, value)| (&**key, &**value))
    }

    fn names(&self) -> String {
        if self.is_empty() {
            return "none".to_owned();
        }
        let names: Vec<_> = self.iter().map(|(key, _)| key.escape_ascii().to_string()).collect();
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_replaced_in_place() {
        let mut info = Info::new();
        info.set(b"a", b"1").unwrap();
        info.set(b"b", b"2").unwrap();
        info.set(b"a", b"3").unwrap();
        let entries: Vec<_> = info.iter().collect();
        assert_eq!(entries, [(&b"a"[..], &b"3"[..]), (b"b", b"2")]);
        assert_eq!(info.nth_key(1).unwrap(), b"b");
        assert_eq!(info.nth_key(2).unwrap_err().class(), ErrorClass::Arg);
        assert_eq!(info.nth_key(-1).unwrap_err().class(), ErrorClass::Arg);
        assert_eq!(info.set(b"", b"x").unwrap_err().class(), ErrorClass::InfoKey);
    }

    #[test]
    fn deleting_what_is_not_there_says_what_is() {
        let mut info = Info::new();
        assert!(info.delete(b"x").unwrap_err().message().contains("none"));
        info.set(b"host", b"here").unwrap();
        let error = info.delete(b"hots").unwrap_err();
        assert_eq!(error.class(), ErrorClass::InfoNokey);
        assert_eq!(error.message(), "there is no key \"hots\" to delete; the keys are: host");
        info.delete(b"host").unwrap();
        assert!(info.is_empty());
    }

    #[test]
    fn hints_are_text() {
        let mut info = Info::new();
        info.set(b"no_locks", b" true ").unwrap();
        info.set(b"path", b"\xff").unwrap();
        assert_eq!(info.flag("no_locks"), Some(true));
        assert_eq!(info.hint("path"), None);
        assert_eq!(info.get(b"path"), Some(&b"\xff"[..]));
        assert_eq!(info.flag("other"), None);
    }

    #[test]
    fn kinds_of_memory_are_known_or_not() {
        for known in ["", "system", "mpi,system", "system, mpi:alloc_mem:win_allocate_shared"] {
            assert!(supports_memory_kinds(known), "{known}");
        }
        for unknown in ["cuda", "system:mine", "system,rocm:device", "mpi:stack"] {
            assert!(!supports_memory_kinds(unknown), "{unknown}");
        }
    }

    #[test]
    fn the_environment_has_the_keys_that_are_known() {
        let environment = Environment {
            command: Some(b"./a.out".to_vec()),
            arguments: vec![b"-n".to_vec(), b"3".to_vec()],
            maxprocs: Some(4),
            ..Environment::default()
        };
        let info = Info::of_environment(&environment);
        assert_eq!(info.hint("argv"), Some("-n 3"));
        assert_eq!(info.hint("maxprocs"), Some("4"));
        assert_eq!(info.hint("host"), None);
        assert_eq!(info.hint("arch"), Some(std::env::consts::ARCH));
    }
}
