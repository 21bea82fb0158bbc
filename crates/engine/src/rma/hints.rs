//! Info hints of windows (MPI-5.0 section 12.2.1).

use crate::info::Info;

/// Flags that a program may set, with what holds unless it does.
const FLAGS: &[(&str, bool)] = &[
    ("no_locks", false),
    ("same_size", false),
    ("same_disp_unit", false),
    ("alloc_shared_noncontig", false),
];
/// Orderings that a program may ask for. Accumulates are complete when they
/// return, so all of them hold, always.
const ORDERINGS: &[&str] = &["rar", "raw", "war", "waw"];
/// Operations that may meet at a location. Any may, with us.
const OPERATIONS: &[&str] = &["same_op", "same_op_no_op"];
/// Bytes.
const ALIGNMENT: &str = "mpi_minimum_memory_alignment";

/// The smallest alignment of window memory, in bytes: a cache line.
pub const LEAST_ALIGNMENT: usize = 64;

/// The largest: memory is mapped in pages.
const MOST_ALIGNMENT: usize = 4096;

/// The hints in use by a window whose program gave `wanted`, on top of those
/// `before`. A value that makes no sense is as if it had not been given.
pub fn in_use(before: &Info, wanted: &Info) -> Info {
    let mut used = Info::new();
    let mut keep = |key: &str, value: &str| used.put(key.as_bytes(), value.as_bytes());
    for &(key, default) in FLAGS {
        let value = wanted.flag(key).or_else(|| before.flag(key)).unwrap_or(default);
        keep(key, if value { "true" } else { "false" });
    }
    let given = [wanted, before];
    let find = |key: &str, is_valid: &dyn Fn(&str) -> bool| {
        given.iter().find_map(|info| info.hint(key).filter(|value| is_valid(value)))
    };
    let all = ORDERINGS.join(",");
    keep("accumulate_ordering", find("accumulate_ordering", &is_ordering).unwrap_or(&all));
    let operations = |value: &str| OPERATIONS.contains(&value);
    keep("accumulate_ops", find("accumulate_ops", &operations).unwrap_or("same_op_no_op"));
    let is_alignment = |value: &str| alignment_of(value).is_some();
    let least = LEAST_ALIGNMENT.to_string();
    keep(ALIGNMENT, find(ALIGNMENT, &is_alignment).unwrap_or(&least));
    used
}

fn is_ordering(value: &str) -> bool {
    value == "none" || value.split(',').all(|one| ORDERINGS.contains(&one.trim()))
}

fn alignment_of(value: &str) -> Option<usize> {
    value.parse().ok().filter(|bytes: &usize| bytes.is_power_of_two() && *bytes <= MOST_ALIGNMENT)
}

/// The alignment that `info` asks for, in bytes; at least a cache line.
pub fn alignment(info: &Info) -> usize {
    info.hint(ALIGNMENT).and_then(alignment_of).unwrap_or(0).max(LEAST_ALIGNMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(entries: &[(&str, &str)]) -> Info {
        let mut info = Info::new();
        entries.iter().for_each(|(key, value)| info.set(key.as_bytes(), value.as_bytes()).unwrap());
        info
    }

    #[test]
    fn what_makes_sense_is_used_and_what_was_used_stays() {
        let given = info(&[
            ("no_locks", "true"),
            ("accumulate_ordering", "rar, waw"),
            ("accumulate_ops", "any"),
            ("mpi_minimum_memory_alignment", "4096"),
            ("unheard_of", "1"),
        ]);
        let used = in_use(&Info::new(), &given);
        assert_eq!((used.flag("no_locks"), used.flag("same_size")), (Some(true), Some(false)));
        assert_eq!(used.hint("accumulate_ordering"), Some("rar, waw"));
        assert_eq!(used.hint("accumulate_ops"), Some("same_op_no_op"));
        assert_eq!((used.hint("unheard_of"), alignment(&used)), (None, 4096));
        let later = in_use(&used, &info(&[("same_size", "true"), ("mpi_minimum_memory_alignment", "8192")]));
        assert_eq!(
            (later.flag("no_locks"), later.flag("same_size"), alignment(&later)),
            (Some(true), Some(true), 4096)
        );
        assert_eq!(alignment(&Info::new()), LEAST_ALIGNMENT);
    }
}
