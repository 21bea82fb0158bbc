//! Access against a file in memory that reads and writes little at a time, and
//! a model that knows nothing of views: a list of bytes.

use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use memory::buffer::Scratch;
use proptest::prelude::*;

use super::hints::{Buffering, Hints};
use super::independent::{Access, Done};
use super::mode::Mode;
use super::pointer::SharedPointer;
use super::representation::Representation;
use super::{Inline, OpenFile, Storage, View, two_phase};
use crate::collective::simulator::{Sends, run};
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::predefined::index;
use crate::datatype::{Counts, Datatype, predefined_datatype};
use crate::error::ErrorClass;

/// A file in memory, shared by all ranks.
struct Memory {
    bytes: Arc<Mutex<Vec<u8>>>,
    /// Bytes that one call moves at most.
    most: usize,
    /// Where the disk is full.
    room: u64,
    remote: bool,
    syncs: Arc<AtomicUsize>,
}

impl Storage for Memory {
    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let bytes = self.bytes.lock().unwrap();
        let from = bytes.len().min(offset as usize);
        let len = room.len().min(self.most).min(bytes.len() - from);
        room[..len].copy_from_slice(&bytes[from..from + len]);
        Ok(len)
    }

    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<usize> {
        let len = data.len().min(self.most).min(self.room.saturating_sub(offset) as usize);
        if len == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let mut bytes = self.bytes.lock().unwrap();
        let (from, to) = (offset as usize, offset as usize + len);
        if bytes.len() < to {
            bytes.resize(to, 0);
        }
        bytes[from..to].copy_from_slice(&data[..len]);
        Ok(len)
    }

    fn size(&self) -> io::Result<u64> {
        Ok(self.bytes.lock().unwrap().len() as u64)
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().resize(size as usize, 0);
        Ok(())
    }

    fn allocate(&self, _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync(&self) -> io::Result<()> {
        self.syncs.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn lock(&self, _: Range<u64>, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn unlock(&self, _: Range<u64>) -> io::Result<()> {
        Ok(())
    }

    fn is_remote(&self) -> bool {
        self.remote
    }
}

/// What all ranks do, and to which file.
#[derive(Clone, Debug)]
struct Case {
    ranks: usize,
    seed: u64,
    /// Who has each block of a tile, and its length: nobody beyond the last rank.
    blocks: Vec<(usize, usize)>,
    displacement: u64,
    /// Tiles before the access of each rank, and bytes of it.
    starts: Vec<u64>,
    lengths: Vec<u64>,
    /// Of the file before.
    size: usize,
    most: usize,
    hints: Hints,
    gaps_in_memory: bool,
    remote: bool,
}

impl Case {
    fn disk(&self, room: u64) -> Arc<Mutex<Vec<u8>>> {
        assert!(room != 0);
        Arc::new(Mutex::new((0..self.size).map(|at| (at * 7 + 1) as u8).collect()))
    }

    /// What rank `rank` sees: its own tile of the same extent as all, which may be empty.
    fn view(&self, rank: usize) -> View {
        let byte = predefined_datatype(index::BYTE).unwrap();
        let (mut lengths, mut displacements, mut at) = (vec![], vec![], 0);
        for &(owner, len) in &self.blocks {
            if owner == rank {
                lengths.push(len as i64);
                displacements.push(at);
            }
            at += len as i64;
        }
        let data = Datatype::hindexed(Counts::Large, &lengths, &displacements, byte).unwrap();
        let tile = Datatype::resized(Counts::Large, 0, at, &data).unwrap();
        tile.commit();
        let native = Representation::Native;
        View::new(self.displacement, Arc::clone(byte), tile, b"native", native, true).unwrap()
    }

    fn access(&self, rank: usize, disk: &Arc<Mutex<Vec<u8>>>, room: u64) -> Access {
        let storage = Box::new(Memory {
            bytes: disk.clone(),
            most: self.most,
            room,
            remote: self.remote,
            syncs: Arc::default(),
        });
        let mode = Mode::new(32).unwrap();
        let file = Arc::new(OpenFile::new(storage, "memory".into(), mode, SharedPointer::alone()));
        let view = self.view(rank);
        let range = view.range(self.starts[rank], self.places(rank).len() as u64).unwrap();
        Access { file, view: Arc::new(view), range, atomic: false }
    }

    /// The bytes of the file that a rank accesses, in the order of its view.
    fn places(&self, rank: usize) -> Vec<u64> {
        let extent: usize = self.blocks.iter().map(|(_, len)| len).sum();
        let mut tile = Vec::new();
        let mut at = 0;
        for &(owner, len) in &self.blocks {
            if owner == rank {
                tile.extend(at..at + len);
            }
            at += len;
        }
        if tile.is_empty() {
            return Vec::new();
        }
        let place = |position: u64| {
            let (tiles, within) = (position as usize / tile.len(), position as usize % tile.len());
            self.displacement + (tiles * extent + tile[within]) as u64
        };
        (self.starts[rank]..self.starts[rank] + self.lengths[rank]).map(place).collect()
    }

    /// Memory for as many bytes as a rank accesses, with gaps or without.
    fn memory(&self, rank: usize) -> (Scratch, Arc<Datatype>, usize) {
        let byte = predefined_datatype(index::BYTE).unwrap();
        let len = self.places(rank).len();
        if !self.gaps_in_memory {
            return (Scratch::zeroed(len), Arc::clone(byte), len);
        }
        let spaced = Datatype::vector(Counts::Large, len as i64, 1, 2, byte).unwrap();
        spaced.commit();
        (Scratch::zeroed(2 * len), spaced, 1)
    }
}

fn value(rank: usize, index: usize) -> u8 {
    (rank * 61 + index * 3 + 128) as u8
}

fn case() -> impl Strategy<Value = Case> {
    let buffering = prop_oneof![
        Just(Buffering::Automatic),
        Just(Buffering::Always),
        Just(Buffering::Always),
        Just(Buffering::Never)
    ];
    let blocks = prop::collection::vec((0usize..6, 1usize..900), 1..20);
    let each = (prop::collection::vec(0u64..3000, 5), prop::collection::vec(0u64..6000, 5));
    let rest = (0u64..9000, 0usize..40_000, 1usize..3000, 1usize..5, 4096usize..20_000);
    (1usize..6, any::<u64>(), blocks, each, rest, buffering, any::<[bool; 2]>()).prop_map(
        |(ranks, seed, blocks, (starts, lengths), rest, buffering, [gaps_in_memory, remote])| {
            let (displacement, size, most, cb_nodes, cb_buffer_size) = rest;
            let hints = Hints {
                cb_nodes,
                cb_buffer_size,
                cb_read: buffering,
                cb_write: buffering,
                ind_rd_buffer_size: 5000,
                ..Hints::default()
            };
            Case {
                ranks,
                seed,
                blocks,
                displacement,
                starts,
                lengths,
                size,
                most,
                hints,
                gaps_in_memory,
                remote,
            }
        },
    )
}

/// All ranks write together; returns what each was told.
fn write_together(case: &Case, disk: &Arc<Mutex<Vec<u8>>>, room: u64) -> Vec<Done> {
    let outcomes = Arc::new(Mutex::new(vec![Done::default(); case.ranks]));
    let report = run(case.ranks, case.seed, Sends::Mixed, |ports| {
        let (case, outcomes, disk) = (case.clone(), outcomes.clone(), disk.clone());
        async move {
            let rank = crate::collective::Ports::rank(&ports);
            let access = case.access(rank, &disk, room);
            let (memory, datatype, count) = case.memory(rank);
            let room = RecvData::new(memory.recv_buffer(), &datatype, count)?;
            let bytes: Vec<u8> = (0..room.total_bytes()).map(|index| value(rank, index)).collect();
            room.unpack(0, &bytes);
            let data = SendData::new(memory.send_buffer(), &datatype, count)?;
            let done = two_phase::write(&ports, &Inline, access, &case.hints, data).await;
            outcomes.lock().unwrap()[rank] = done;
            Ok(())
        }
    });
    assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    Arc::into_inner(outcomes).unwrap().into_inner().unwrap()
}

fn read_together(case: &Case, disk: &Arc<Mutex<Vec<u8>>>) -> Vec<(Done, Vec<u8>)> {
    let outcomes = Arc::new(Mutex::new(vec![(Done::default(), Vec::new()); case.ranks]));
    let report = run(case.ranks, case.seed, Sends::Mixed, |ports| {
        let (case, outcomes, disk) = (case.clone(), outcomes.clone(), disk.clone());
        async move {
            let rank = crate::collective::Ports::rank(&ports);
            let access = case.access(rank, &disk, u64::MAX);
            let (memory, datatype, count) = case.memory(rank);
            let room = RecvData::new(memory.recv_buffer(), &datatype, count)?;
            let done = two_phase::read(&ports, &Inline, access, &case.hints, room).await;
            let data = SendData::new(memory.send_buffer(), &datatype, count)?;
            let mut bytes = vec![0; data.total_bytes()];
            data.pack(0, &mut bytes);
            outcomes.lock().unwrap()[rank] = (done, bytes);
            Ok(())
        }
    });
    assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    Arc::into_inner(outcomes).unwrap().into_inner().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn together_exactly_what_was_asked_for_is_written(case in case()) {
        let disk = case.disk(u64::MAX);
        let mut model = disk.lock().unwrap().clone();
        let written: Vec<Done> = write_together(&case, &disk, u64::MAX);
        for (rank, done) in written.iter().enumerate() {
            let places = case.places(rank);
            prop_assert_eq!(done, &Done { bytes: places.len() as u64, error: None });
            for (index, &place) in places.iter().enumerate() {
                if model.len() <= place as usize {
                    model.resize(place as usize + 1, 0);
                }
                model[place as usize] = value(rank, index);
            }
        }
        prop_assert!(*disk.lock().unwrap() == model);
    }

    #[test]
    fn together_what_is_there_is_read_up_to_the_end(case in case()) {
        let disk = case.disk(u64::MAX);
        let model = disk.lock().unwrap().clone();
        for (rank, (done, bytes)) in read_together(&case, &disk).into_iter().enumerate() {
            let places = case.places(rank);
            let there: Vec<u8> = places.iter().map_while(|&at| model.get(at as usize).copied()).collect();
            prop_assert_eq!(done, Done { bytes: there.len() as u64, error: None });
            prop_assert!(bytes[..there.len()] == there);
        }
    }

    /// A full disk is an error on every rank that says so, and what the count
    /// says is in the file.
    #[test]
    fn a_full_disk_is_told_to_all_and_loses_nothing(case in case(), room in 1u64..30_000) {
        let disk = case.disk(room);
        let before = disk.lock().unwrap().clone();
        let written = write_together(&case, &disk, room);
        let last = (0..case.ranks).flat_map(|rank| case.places(rank)).max();
        let fails = last.is_some_and(|last| last >= room);
        let after = disk.lock().unwrap();
        for (rank, done) in written.iter().enumerate() {
            prop_assert_eq!(done.error.as_ref().map(|error| error.class()), fails.then_some(ErrorClass::NoSpace));
            for (index, &place) in case.places(rank)[..done.bytes as usize].iter().enumerate() {
                prop_assert_eq!(after[place as usize], value(rank, index));
            }
        }
        // Nothing that nobody wrote has changed.
        let mut untouched = vec![true; before.len()];
        for place in (0..case.ranks).flat_map(|rank| case.places(rank)) {
            if let Some(flag) = untouched.get_mut(place as usize) {
                *flag = false;
            }
        }
        prop_assert!((0..before.len()).all(|at| !untouched[at] || before[at] == after[at]));
    }
}

#[test]
fn storage_that_the_system_cannot_allocate_is_written_and_keeps_what_is_there() {
    let bytes = Arc::new(Mutex::new(vec![5; 10]));
    let storage = Box::new(Memory {
        bytes: bytes.clone(),
        most: 4,
        room: u64::MAX,
        remote: false,
        syncs: Arc::default(),
    });
    let mode = Mode::new(32).unwrap();
    let file = OpenFile::new(storage, "memory".into(), mode, SharedPointer::alone());
    file.preallocate(20).unwrap();
    assert_eq!(*bytes.lock().unwrap(), [[5; 10], [0; 10]].concat());
    file.preallocate(3).unwrap();
    assert_eq!(file.size(), Ok(20));
}

#[test]
fn one_call_brings_away_what_all_ranks_have_written() {
    let (bytes, syncs) = (Arc::default(), Arc::new(AtomicUsize::new(0)));
    let report = run(3, 9, Sends::Mixed, |ports| {
        let (bytes, syncs) = (Arc::clone(&bytes), Arc::clone(&syncs));
        async move {
            let rank = crate::collective::Ports::rank(&ports);
            let storage =
                Box::new(Memory { bytes, most: 4, room: u64::MAX, remote: true, syncs: syncs.clone() });
            let mode = Mode::new(32).unwrap();
            let file = OpenFile::new(storage, "memory".into(), mode, SharedPointer::alone());
            file.sync(&ports).await?;
            assert_eq!(syncs.load(Ordering::Relaxed), 0);
            if rank == 2 {
                file.soil();
            }
            file.sync(&ports).await?;
            file.sync(&ports).await?;
            assert_eq!(syncs.load(Ordering::Relaxed), 1);
            Ok(())
        }
    });
    assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
}
