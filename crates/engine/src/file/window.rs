//! A window of a file, as an aggregator reads or writes it for all ranks.

use std::ops::Range;
use std::sync::Arc;

use memory::buffer::Scratch;

use super::coverage::Coverage;
use super::independent::{NEAR_BYTES, packed};
use super::object::OpenFile;
use super::runs::Run;
use super::storage::{Fault, read_all, write_all};
use crate::datatype::data::SendData;
use crate::error::Error;

/// What one rank writes to a window: its pieces, and their data one after the
/// other.
pub(super) struct Part {
    pub rank: usize,
    pub runs: Vec<Run>,
    pub data: SendData,
}

/// A rank and what it gets of a window.
pub(super) type Answer = (usize, Scratch);

pub(super) struct Window {
    file: Arc<OpenFile>,
    range: Range<u64>,
    bytes: Vec<u8>,
    coverage: Coverage,
}

impl Window {
    pub(super) fn new(file: Arc<OpenFile>) -> Self {
        Self { file, range: 0..0, bytes: Vec::new(), coverage: Coverage::new(0) }
    }

    /// Moves the window to another place; its memory is used again.
    pub(super) fn moved(mut self, range: Range<u64>) -> Self {
        let len = (range.end - range.start) as usize;
        self.bytes.resize(len, 0);
        self.coverage.clear(len);
        self.range = range;
        self
    }

    fn at(&self, offset: u64) -> usize {
        (offset - self.range.start) as usize
    }

    /// Writes the parts, that of a higher rank last, and nothing else. Returns
    /// where in the file it failed, and how.
    pub(super) fn write(&mut self, mut parts: Vec<Part>) -> Option<(u64, Error)> {
        parts.sort_by_key(|part| part.rank);
        let mut bounce = Vec::new();
        for part in &parts {
            let bytes = packed(&part.data, 0, part.data.total_bytes(), &mut bounce);
            let mut from = 0;
            for (offset, len) in part.runs.iter().flat_map(|run| run.pieces()) {
                let at = self.at(offset);
                self.bytes[at..at + len].copy_from_slice(&bytes[from..from + len]);
                self.coverage.mark(at..at + len);
                from += len;
            }
        }
        let (file, range) = (self.file.clone(), self.range.clone());
        match file.with_lock(false, range.clone(), true, || self.write_runs()) {
            Ok(fault) => fault.map(|fault| (fault.offset, fault.describe("write", &file.path))),
            Err(error) => Some((range.start, error)),
        }
    }

    fn write_runs(&self) -> Option<Fault> {
        self.coverage.runs().find_map(|run| {
            let offset = self.range.start + run.start as u64;
            write_all(self.file.storage(), offset, &self.bytes[run]).err()
        })
    }

    /// Reads what each rank wants: its pieces one after the other, up to the
    /// end of the file. With `broken`, because something has failed before,
    /// nobody gets anything. Returns also where in the file it failed, and how.
    pub(super) fn read(
        &mut self,
        wanted: Vec<(usize, Vec<Run>)>,
        broken: bool,
    ) -> (Vec<Answer>, Option<(u64, Error)>) {
        for (offset, len) in wanted.iter().flat_map(|(_, runs)| runs).flat_map(|run| run.pieces()) {
            let at = self.at(offset);
            self.coverage.mark(at..at + len);
        }
        let (file, range) = (self.file.clone(), self.range.clone());
        let outcome = if broken {
            Ok((0, None))
        } else {
            file.with_lock(false, range.clone(), false, || self.read_runs())
        };
        let (valid, fault) = match outcome {
            Ok((valid, fault)) => {
                (valid, fault.map(|fault| (fault.offset, fault.describe("read", &file.path))))
            }
            Err(error) => (0, Some((range.start, error))),
        };
        let answers = wanted.into_iter().map(|(rank, runs)| (rank, self.answer(&runs, valid))).collect();
        (answers, fault)
    }

    /// Reads the covered bytes, near ones in one call. Returns up to where the
    /// window is good: the end of the file, a fault, or its own end.
    fn read_runs(&mut self) -> (usize, Option<Fault>) {
        let runs: Vec<Range<usize>> = self.coverage.runs().collect();
        let near = |a: &Range<usize>, b: &Range<usize>| (b.start - a.end) as u64 <= NEAR_BYTES;
        for group in runs.chunk_by(near) {
            let range = group[0].start..group[group.len() - 1].end;
            let offset = self.range.start + range.start as u64;
            match read_all(self.file.storage(), offset, &mut self.bytes[range.clone()]) {
                Ok(bytes) if bytes == range.len() => {}
                Ok(bytes) => return (range.start + bytes, None),
                Err(fault) => return (range.start, Some(fault)),
            }
        }
        (self.bytes.len(), None)
    }

    /// The pieces before `valid`, one after the other.
    fn answer(&self, runs: &[Run], valid: usize) -> Scratch {
        let pieces = || {
            runs.iter().flat_map(|run| run.pieces()).map_while(|(offset, len)| {
                let at = self.at(offset);
                (at < valid).then(|| at..valid.min(at + len))
            })
        };
        let answer = Scratch::zeroed(pieces().map(|piece| piece.len()).sum());
        let room = answer.recv_buffer();
        let mut done = 0;
        for piece in pieces() {
            room.copy_from(done, &self.bytes[piece.clone()]);
            done += piece.len() as isize;
        }
        answer
    }
}
