//! Parts that follow the hardware (MPI-5.0 section 7.4.2, `MPI_Comm_split_type`).

use super::create::Split;
use crate::error::Result;
use crate::info::Info;

/// What the processes of a part have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitType {
    /// `MPI_COMM_TYPE_SHARED`: memory that they can share.
    Shared,
    /// `MPI_COMM_TYPE_HW_GUIDED`: a resource that an info key names.
    HardwareGuided,
    /// `MPI_COMM_TYPE_HW_UNGUIDED`: the next smaller resource.
    HardwareUnguided,
    /// `MPI_COMM_TYPE_RESOURCE_GUIDED`: as `HardwareGuided`, or a process set.
    ResourceGuided,
}

/// The process sets that every job has.
pub const PROCESS_SETS: [&str; 2] = ["mpi://WORLD", "mpi://SELF"];

const RESOURCE_KEY: &str = "mpi_hw_resource_type";
const PROCESS_SET_KEY: &str = "mpi_pset_name";
/// The resource whose name MPI itself defines.
const SHARED_MEMORY: &str = "mpi_shared_memory";

/// Where a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The same for processes on one machine.
    pub machine: u32,
    /// The process's own number.
    pub process: u32,
}

/// The part of a process in a split by `split_type`: `None` where it goes
/// nowhere because the resource is unknown, or is not smaller.
///
/// An `info` that does not say how to split gives nobody a communicator.
pub fn by_type(split_type: SplitType, key: i32, info: &Info, place: Place) -> Result<Split> {
    let color = match split_type {
        SplitType::Shared => Some(place.machine),
        // The only resource that is known is the machine, and what is smaller
        // than that has no name.
        SplitType::HardwareUnguided => None,
        SplitType::HardwareGuided => match info.hint(RESOURCE_KEY) {
            Some(resource) => by_resource(resource, place),
            None => None,
        },
        SplitType::ResourceGuided => match (info.hint(RESOURCE_KEY), info.hint(PROCESS_SET_KEY)) {
            (Some(resource), _) => by_resource(resource, place),
            (None, Some(set)) => by_process_set(set, place),
            (None, None) => None,
        },
    };
    Ok(Split { color, key })
}

fn by_resource(resource: &str, place: Place) -> Option<u32> {
    (resource == SHARED_MEMORY).then_some(place.machine)
}

fn by_process_set(set: &str, place: Place) -> Option<u32> {
    match PROCESS_SETS.iter().position(|name| name.eq_ignore_ascii_case(set))? {
        0 => Some(0),
        _ => Some(place.process),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { machine: 4, process: 9 };

    fn color(split_type: SplitType, hints: &[(&str, &str)]) -> Result<Option<u32>> {
        let mut info = Info::new();
        for (key, value) in hints {
            info.set(key.as_bytes(), value.as_bytes()).unwrap();
        }
        by_type(split_type, 0, &info, PLACE).map(|split| split.color)
    }

    #[test]
    fn shared_memory_is_that_of_the_machine() {
        assert_eq!(color(SplitType::Shared, &[]), Ok(Some(4)));
        assert_eq!(color(SplitType::HardwareGuided, &[(RESOURCE_KEY, SHARED_MEMORY)]), Ok(Some(4)));
        assert_eq!(color(SplitType::HardwareGuided, &[(RESOURCE_KEY, "l9cache")]), Ok(None));
        assert_eq!(color(SplitType::HardwareUnguided, &[]), Ok(None));
    }

    #[test]
    fn process_sets_and_missing_keys() {
        let of_set = |set| color(SplitType::ResourceGuided, &[(PROCESS_SET_KEY, set)]);
        assert_eq!(of_set("mpi://world"), Ok(Some(0)));
        assert_eq!(of_set("mpi://SELF"), Ok(Some(9)));
        assert_eq!(of_set("mpi://OTHERS"), Ok(None));
        for split_type in [SplitType::HardwareGuided, SplitType::ResourceGuided] {
            assert_eq!(color(split_type, &[]), Ok(None));
        }
    }
}
