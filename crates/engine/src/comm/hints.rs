//! Hints of communicators (MPI-5.0 section 7.4.4): what a program promises not
//! to do. A hint belongs to the communicator that it was given to; none is
//! passed on to another.

use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::info::{Info, MEMORY_ALLOC_KINDS, MEMORY_ALLOC_KINDS_KEY, supports_memory_kinds};
use crate::status::{ANY_SOURCE, ANY_TAG, PROC_NULL};

const NO_ANY_SOURCE: &str = "mpi_assert_no_any_source";
const NO_ANY_TAG: &str = "mpi_assert_no_any_tag";

/// Hints that are `true` or `false`, which they are until they are set.
///
/// The first two are held against the program. Messages keep their order, have
/// any length and start in any order whatever the others say.
const PROMISES: [&str; 5] = [
    NO_ANY_SOURCE,
    NO_ANY_TAG,
    "mpi_assert_exact_length",
    "mpi_assert_allow_overtaking",
    "mpi_assert_strict_persistent_collective_ordering",
];

/// The kinds of memory that a program uses; not set until a program sets it.
const MEMORY_KINDS: &str = "mpi_assert_memory_alloc_kinds";

/// The hints in `info` that are kept.
pub fn known(info: &Info) -> Info {
    let mut known = Info::new();
    for hint in PROMISES {
        if let Some(value) = info.flag(hint) {
            known.put(hint.as_bytes(), if value { b"true" } else { b"false" });
        }
    }
    if let Some(kinds) = info.hint(MEMORY_KINDS).filter(|kinds| supports_memory_kinds(kinds)) {
        known.put(MEMORY_KINDS.as_bytes(), kinds.as_bytes());
    }
    known
}

/// What `MPI_Comm_get_info` says of a communicator with the hints `set`.
pub fn in_use(set: &Info) -> Info {
    let mut all = Info::new();
    for hint in PROMISES {
        all.put(hint.as_bytes(), set.get(hint.as_bytes()).unwrap_or(b"false"));
    }
    if let Some(kinds) = set.get(MEMORY_KINDS.as_bytes()) {
        all.put(MEMORY_KINDS.as_bytes(), kinds);
    }
    all.put(MEMORY_ALLOC_KINDS_KEY.as_bytes(), MEMORY_ALLOC_KINDS.as_bytes());
    all
}

/// Whether a receive or a probe may have this source and this tag. From
/// `MPI_PROC_NULL` it may have any tag.
///
/// # Errors
/// `MPI_ERR_RANK` and `MPI_ERR_TAG` for a wildcard that the hints rule out.
#[inline]
pub fn check_wildcards(hints: &Info, source: i32, tag: i32) -> Result<()> {
    if (source >= 0 && tag >= 0) || hints.is_empty() {
        return Ok(());
    }
    check_promises(hints, source, tag)
}

#[cold]
fn check_promises(hints: &Info, source: i32, tag: i32) -> Result<()> {
    let ruled_out = |hint| hints.flag(hint) == Some(true);
    if source == ANY_SOURCE && ruled_out(NO_ANY_SOURCE) {
        fail!(
            ErrorClass::Rank,
            "the source is MPI_ANY_SOURCE, which the hint {NO_ANY_SOURCE} promised not to use"
        );
    }
    if tag == ANY_TAG && source != PROC_NULL && ruled_out(NO_ANY_TAG) {
        fail!(ErrorClass::Tag, "the tag is MPI_ANY_TAG, which the hint {NO_ANY_TAG} promised not to use");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(hints: &[(&str, &str)]) -> Info {
        let mut info = Info::new();
        hints.iter().for_each(|(key, value)| info.put(key.as_bytes(), value.as_bytes()));
        info
    }

    #[test]
    fn what_is_not_understood_is_not_kept() {
        let given = info(&[
            (NO_ANY_TAG, "true"),
            (NO_ANY_SOURCE, "perhaps"),
            (MEMORY_KINDS, "system,cuda:device"),
            ("color", "blue"),
        ]);
        assert_eq!(known(&given), info(&[(NO_ANY_TAG, "true")]));
        let kinds = info(&[(MEMORY_KINDS, "system,mpi:win_allocate")]);
        assert_eq!(known(&kinds), kinds);
    }

    #[test]
    fn hints_have_values_before_they_are_set() {
        let all = in_use(&info(&[(NO_ANY_TAG, "true")]));
        assert_eq!(all.len(), PROMISES.len() + 1);
        assert_eq!(all.flag(NO_ANY_TAG), Some(true));
        assert_eq!(all.flag(NO_ANY_SOURCE), Some(false));
        assert_eq!(all.hint(MEMORY_ALLOC_KINDS_KEY), Some(MEMORY_ALLOC_KINDS));
        // What is given back is kept as it is.
        assert_eq!(in_use(&known(&all)), all);
    }

    #[test]
    fn broken_promises_are_named() {
        let hints = info(&[(NO_ANY_SOURCE, "true"), (NO_ANY_TAG, "false")]);
        let error = check_wildcards(&hints, ANY_SOURCE, ANY_TAG).unwrap_err();
        assert_eq!(error.class(), ErrorClass::Rank);
        assert!(error.message().contains(NO_ANY_SOURCE));
        for source in [0, PROC_NULL] {
            assert_eq!(check_wildcards(&hints, source, ANY_TAG), Ok(()));
        }
        let hints = info(&[(NO_ANY_TAG, "true")]);
        assert_eq!(check_wildcards(&hints, ANY_SOURCE, 3), Ok(()));
        assert_eq!(check_wildcards(&hints, PROC_NULL, ANY_TAG), Ok(()));
        assert_eq!(check_wildcards(&hints, 0, ANY_TAG).unwrap_err().class(), ErrorClass::Tag);
    }
}
