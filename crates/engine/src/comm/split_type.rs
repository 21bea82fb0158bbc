//! Parts that follow the hardware (MPI-5.0 section 7.4.2, `MPI_Comm_split_type`).

use super::create::Split;
use super::words;
use crate::collective::Ports;
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::info::Info;

/// What the processes of a part have in common, as a program names it.
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

/// The info key that names a hardware resource.
pub const RESOURCE_KEY: &str = "mpi_hw_resource_type";
const PROCESS_SET_KEY: &str = "mpi_pset_name";
/// The resource whose name MPI itself defines.
pub const SHARED_MEMORY: &str = "mpi_shared_memory";

/// Groups of processors, from large to small, by the names that programs know
/// them under.
pub const HARDWARE: [&str; 5] =
    ["hwloc://Package", "hwloc://NUMANode", "hwloc://L3Cache", "hwloc://Core", "hwloc://PU"];

/// Where a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The same for processes on one machine.
    pub machine: u32,
    /// The process's own number.
    pub process: u32,
    /// Of each kind in [`HARDWARE`] the number of the one that the process is
    /// bound to, if it is bound to one.
    pub hardware: [Option<u32>; HARDWARE.len()],
}

/// What parts the processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    Machine,
    /// A kind of [`HARDWARE`], by its position.
    Hardware(usize),
    /// The largest hardware of which not all processes use the same.
    Unguided,
    /// One of [`PROCESS_SETS`], by its position.
    ProcessSet(usize),
    /// Nothing that is known: nobody gets a communicator.
    Nothing,
}

impl Criterion {
    /// What a split type and its info ask for.
    ///
    /// # Errors
    /// `MPI_ERR_INFO` when the info names a resource and a process set.
    pub fn new(split_type: SplitType, info: &Info) -> Result<Self> {
        let resource = info.hint(RESOURCE_KEY).map(Self::of_resource);
        let set = info.hint(PROCESS_SET_KEY).map(Self::of_process_set);
        Ok(match split_type {
            SplitType::Shared => Self::Machine,
            SplitType::HardwareUnguided => Self::Unguided,
            SplitType::HardwareGuided => resource.unwrap_or(Self::Nothing),
            SplitType::ResourceGuided => match (resource, set) {
                (Some(_), Some(_)) => fail!(
                    ErrorClass::Info,
                    "the info has both {RESOURCE_KEY} and {PROCESS_SET_KEY}: set one of them"
                ),
                (resource, set) => resource.or(set).unwrap_or(Self::Nothing),
            },
        })
    }

    fn of_resource(name: &str) -> Self {
        if name == SHARED_MEMORY {
            return Self::Machine;
        }
        let kind = HARDWARE.iter().position(|kind| kind.eq_ignore_ascii_case(name));
        kind.map_or(Self::Nothing, Self::Hardware)
    }

    fn of_process_set(name: &str) -> Self {
        let set = PROCESS_SETS.iter().position(|set| set.eq_ignore_ascii_case(name));
        set.map_or(Self::Nothing, Self::ProcessSet)
    }

    /// Not zero, and different for different criteria.
    fn number(self) -> u32 {
        match self {
            Self::Machine => 1,
            Self::Unguided => 2,
            Self::Nothing => 3,
            Self::ProcessSet(set) => 0x100 + set as u32,
            Self::Hardware(kind) => 0x200 + kind as u32,
        }
    }

    /// The part of a process: `None` where it goes nowhere.
    fn color(self, place: &Place) -> Option<u32> {
        match self {
            Self::Machine | Self::ProcessSet(0) => Some(place.machine),
            Self::ProcessSet(_) => Some(place.process),
            Self::Hardware(kind) => place.hardware[kind],
            Self::Unguided | Self::Nothing => None,
        }
    }
}

/// This process's part in a split, and the hardware that the parts stand for
/// where the program has not named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub split: Split,
    pub found: Option<&'static str>,
}

/// Decides, together with the other processes, on the parts. `criterion` is
/// `None` for `MPI_UNDEFINED`.
///
/// # Errors
/// Those of the ports; `MPI_ERR_NOT_SAME` on all ranks when their criteria
/// differ.
pub async fn decide<P: Ports>(
    ports: &P,
    criterion: Option<Criterion>,
    key: i32,
    place: &Place,
) -> Result<Decision> {
    let says = criterion.map_or([0; 4], |criterion| [criterion.number(), !criterion.number(), 0, 0]);
    let [most, least, ..] = words::max(ports, says).await?;
    if most != 0 && most != !least {
        fail!(
            ErrorClass::NotSame,
            "the ranks gave different split types, or different values of the info key that guides the split: \
             they give the same ones, or MPI_UNDEFINED"
        );
    }
    if most != Criterion::Unguided.number() {
        let color = criterion.and_then(|criterion| criterion.color(place));
        return Ok(Decision { split: Split { color, key }, found: None });
    }
    let own = match criterion {
        Some(_) => place.hardware.map(|instance| instance.map_or(0, |instance| instance + 1)),
        None => [0; HARDWARE.len()],
    };
    let all = words::all(ports, &own).await?;
    let kind = largest_that_parts(all.as_chunks().0);
    let color = kind.and_then(|kind| own[kind].checked_sub(1));
    Ok(Decision { split: Split { color, key }, found: kind.map(|kind| HARDWARE[kind]) })
}

/// The largest kind of hardware of which some but not all processes use the
/// same. `all` has a row per process; zero stands for none.
fn largest_that_parts(all: &[[u32; HARDWARE.len()]]) -> Option<usize> {
    let parts = |&kind: &usize| {
        let first = all.first().map_or(0, |first| first[kind]);
        all.iter().any(|row| row[kind] != first)
    };
    (0..HARDWARE.len()).find(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collective::simulator::{Sends, run};

    const PLACE: Place = Place { machine: 4, process: 9, hardware: [Some(0), Some(0), Some(2), None, None] };

    fn criterion(split_type: SplitType, hints: &[(&str, &str)]) -> Result<Criterion> {
        let mut info = Info::new();
        for (key, value) in hints {
            info.set(key.as_bytes(), value.as_bytes()).unwrap();
        }
        Criterion::new(split_type, &info)
    }

    fn color(split_type: SplitType, hints: &[(&str, &str)]) -> Option<u32> {
        criterion(split_type, hints).unwrap().color(&PLACE)
    }

    #[test]
    fn hardware_is_found_by_its_name() {
        let guided = |name| color(SplitType::HardwareGuided, &[(RESOURCE_KEY, name)]);
        assert_eq!(color(SplitType::Shared, &[]), Some(4));
        assert_eq!(guided(SHARED_MEMORY), Some(4));
        assert_eq!(guided("hwloc://l3cache"), Some(2));
        assert_eq!(guided("hwloc://Core"), None);
        assert_eq!(guided("l9cache"), None);
    }

    #[test]
    fn process_sets_and_missing_keys() {
        let of_set = |set| color(SplitType::ResourceGuided, &[(PROCESS_SET_KEY, set)]);
        assert_eq!(of_set("mpi://world"), Some(4));
        assert_eq!(of_set("mpi://SELF"), Some(9));
        assert_eq!(of_set("mpi://OTHERS"), None);
        for split_type in [SplitType::HardwareGuided, SplitType::ResourceGuided] {
            assert_eq!(color(split_type, &[]), None);
        }
        let both = [(PROCESS_SET_KEY, "mpi://SELF"), (RESOURCE_KEY, SHARED_MEMORY)];
        assert_eq!(criterion(SplitType::ResourceGuided, &both).unwrap_err().class(), ErrorClass::Info);
    }

    #[test]
    fn unguided_splits_take_the_largest_hardware_that_parts() {
        assert_eq!(largest_that_parts(&[[1, 1, 1, 1, 1]; 3]), None);
        assert_eq!(largest_that_parts(&[[0; 5]; 3]), None);
        assert_eq!(largest_that_parts(&[[1, 1, 1, 1, 1], [1, 1, 3, 3, 3]]), Some(2));
        assert_eq!(largest_that_parts(&[[1, 1, 0, 0, 0], [1, 0, 0, 0, 0]]), Some(1));

        let report = run(4, 7, Sends::Mixed, |ports| async move {
            let rank = ports.rank();
            let wanted = (rank != 3).then_some(Criterion::Unguided);
            // Ranks 0 and 1 are bound to one package, 2 to another one, 3 does not take part.
            let hardware = [Some(rank as u32 / 2), None, None, None, None];
            let decision = decide(&ports, wanted, 5, &Place { hardware, ..PLACE }).await?;
            assert_eq!(decision.found, Some("hwloc://Package"));
            assert_eq!(decision.split, Split { color: [Some(0), Some(0), Some(1), None][rank], key: 5 });
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }

    #[test]
    fn ranks_that_want_different_splits_all_hear_of_it() {
        let report = run(3, 8, Sends::Mixed, |ports| async move {
            let wanted = [Some(Criterion::Machine), None, Some(Criterion::Unguided)][ports.rank()];
            let outcome = decide(&ports, wanted, 0, &PLACE).await;
            assert_eq!(outcome.unwrap_err().class(), ErrorClass::NotSame);
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }
}
