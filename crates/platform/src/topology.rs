//! The processors that we may use.

use std::fmt;
use std::fs;

/// Processor numbers, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuList(Vec<usize>);

impl CpuList {
    /// Processors that the scheduler may put this process on.
    pub fn allowed() -> Self {
        let Ok(set) = rustix::thread::sched_getaffinity(None) else {
            // More processors than the set can hold.
            return fs::read_to_string("/sys/devices/system/cpu/online")
                .map(|list| Self::parse(&list))
                .unwrap_or_default();
        };
        Self((0..rustix::thread::CpuSet::MAX_CPU).filter(|&cpu| set.is_set(cpu)).collect())
    }

    /// Reads the kernel's notation, `0-3,8`. What is malformed is left out.
    pub fn parse(list: &str) -> Self {
        let mut cpus = Vec::new();
        for range in list.trim().split(',') {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>())
                && last < 1 << 16
            {
                cpus.extend(first..=last);
            }
        }
        cpus.sort_unstable();
        cpus.dedup();
        Self(cpus)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, cpu: usize) -> bool {
        self.0.binary_search(&cpu).is_ok()
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().copied()
    }
}

/// The kernel's notation, `0-3,8`.
impl fmt::Display for CpuList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, run) in self.0.chunk_by(|a, b| a + 1 == *b).enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match run {
                [one] => write!(f, "{comma}{one}")?,
                [first, .., last] => write!(f, "{comma}{first}-{last}")?,
                [] => unreachable!("chunks are not empty"),
            }
        }
        Ok(())
    }
}

/// Processors' worth of work that this process may do at once: the allowed
/// processors, or fewer where a control group limits their time.
pub fn usable_cpus() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// A memory node and its processors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumaNode {
    pub number: usize,
    pub cpus: CpuList,
}

/// The memory nodes of this machine, by number. Empty where the kernel does
/// not tell.
pub fn numa_nodes() -> Vec<NumaNode> {
    let online = fs::read_to_string("/sys/devices/system/node/online").unwrap_or_default();
    let node = |number| {
        let path = format!("/sys/devices/system/node/node{number}/cpulist");
        Some(NumaNode { number, cpus: CpuList::parse(&fs::read_to_string(path).ok()?) })
    };
    CpuList::parse(&online).iter().filter_map(node).collect()
}

/// Kinds of processor groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What sits in one socket.
    Package,
    NumaNode,
    /// What shares a cache of the third level.
    L3Cache,
    /// Threads of one core.
    Core,
    /// One processor of the scheduler.
    Processor,
}

/// The group of this kind that a processor is in. `None` where the kernel does
/// not tell.
fn group_of(kind: Kind, cpu: usize) -> Option<CpuList> {
    let folder = format!("/sys/devices/system/cpu/cpu{cpu}");
    let read = |file: &str| {
        let list = CpuList::parse(&fs::read_to_string(format!("{folder}/{file}")).ok()?);
        (!list.is_empty()).then_some(list)
    };
    match kind {
        Kind::Package => read("topology/package_cpus_list").or_else(|| read("topology/core_siblings_list")),
        Kind::NumaNode => numa_nodes().into_iter().map(|node| node.cpus).find(|cpus| cpus.contains(cpu)),
        Kind::L3Cache => (0..8).find_map(|index| {
            let level = fs::read_to_string(format!("{folder}/cache/index{index}/level")).ok()?;
            if level.trim() == "3" { read(&format!("cache/index{index}/shared_cpu_list")) } else { None }
        }),
        Kind::Core => read("topology/core_cpus_list").or_else(|| read("topology/thread_siblings_list")),
        Kind::Processor => Some(CpuList(vec![cpu])),
    }
}

/// Where processors that a process may use lie, as to one kind of group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// In this one, named by its first processor.
    One(usize),
    Several,
    /// The kernel does not tell of such groups.
    Unknown,
}

/// Whether these processors lie in one group.
pub fn binding(kind: Kind, cpus: &CpuList) -> Binding {
    let group = cpus.iter().next().and_then(|cpu| group_of(kind, cpu));
    match group.as_ref().and_then(|group| Some((group, group.iter().next()?))) {
        None => Binding::Unknown,
        Some((group, first)) if cpus.iter().all(|cpu| group.contains(cpu)) => Binding::One(first),
        Some(_) => Binding::Several,
    }
}

/// What the processor calls itself.
pub fn cpu_model() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_notation_round_trips() {
        for list in ["0", "0-3", "0-3,8", "1,3,5-7"] {
            assert_eq!(CpuList::parse(list).to_string(), list);
        }
        assert_eq!(CpuList::parse("3,1-2\n").to_string(), "1-3");
        assert!(CpuList::parse("").is_empty());
        assert!(CpuList::parse("x,-,7-,0-99999999999").is_empty());
    }

    #[test]
    fn one_processor_lies_in_one_group_of_each_kind() {
        let allowed = CpuList::allowed();
        for cpu in allowed.iter() {
            let alone = CpuList(vec![cpu]);
            assert_eq!(binding(Kind::Processor, &alone), Binding::One(cpu));
            for kind in [Kind::Package, Kind::NumaNode, Kind::L3Cache, Kind::Core] {
                assert_ne!(binding(kind, &alone), Binding::Several);
            }
        }
        let expected = if allowed.len() == 1 { Binding::One(allowed.0[0]) } else { Binding::Several };
        assert_eq!(binding(Kind::Processor, &allowed), expected);
        assert_eq!(binding(Kind::Core, &CpuList::default()), Binding::Unknown);
    }

    #[test]
    fn we_run_somewhere() {
        let allowed = CpuList::allowed();
        assert!(!allowed.is_empty());
        assert!((1..=allowed.len()).contains(&usable_cpus()));
    }
}
