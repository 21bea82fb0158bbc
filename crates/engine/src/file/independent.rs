//! Reading and writing by one process.
//!
//! Writes write exactly the pieces of the view, one call each: filling the
//! gaps between with what was read before would undo what others write there.
//! Reads take near pieces in one call and pick out what was asked for.

use std::ops::Range;
use std::sync::Arc;

use memory::buffer::{RecvBuffer, SendBuffer};

use super::object::OpenFile;
use super::storage::{Fault, Storage, read_all, write_all};
use super::view::{Piece, View};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Error;

/// Bytes of noncontiguous data that are gathered for a call.
const BOUNCE_BYTES: u64 = 4 << 20;
/// Bytes between two pieces that are sooner read than skipped: about what a
/// call costs.
pub(super) const NEAR_BYTES: u64 = 16 << 10;

/// One access: which bytes of which file.
#[derive(Clone)]
pub struct Access {
    pub file: Arc<OpenFile>,
    pub view: Arc<View>,
    /// Bytes of the view, as [`View::range`] made it.
    pub range: Range<u64>,
    /// In atomic mode (MPI-5.0 section 14.6.1).
    pub atomic: bool,
}

/// What an access came to: bytes of the view from its beginning on, and the
/// error that ended it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub bytes: u64,
    pub error: Option<Error>,
}

impl Done {
    pub fn failed(error: Error) -> Self {
        Self { bytes: 0, error: Some(error) }
    }
}

impl Access {
    /// The bytes of the file between the first and the last that is accessed.
    pub(super) fn span(&self) -> Range<u64> {
        if self.range.is_empty() {
            return 0..0;
        }
        if self.view.is_in_order() {
            return self.view.offset_of(self.range.start)..self.view.offset_of(self.range.end - 1) + 1;
        }
        let pieces = self.view.pieces(self.range.clone());
        let start = pieces.iter().map(|piece| piece.offset).min().unwrap_or(0);
        start..pieces.iter().map(Piece::end).max().unwrap_or(0)
    }

    fn chunks(&self, most: u64) -> impl Iterator<Item = Range<u64>> {
        let (chunk, end) = (self.view.chunk_bytes().min(most), self.range.end);
        let mut at = self.range.start;
        std::iter::from_fn(move || {
            let range = at..at.saturating_add(chunk).min(end);
            at = range.end;
            (!range.is_empty()).then_some(range)
        })
    }

    fn locked(&self, exclusive: bool, work: impl FnOnce() -> (u64, Option<Error>)) -> Done {
        let wanted = self.atomic && !self.range.is_empty();
        // The span takes a look at the view, which most accesses can do without.
        let span = if wanted || self.file.is_remote() { self.span() } else { 0..0 };
        match self.file.with_lock(wanted, span, exclusive, work) {
            Ok((bytes, error)) => Done { bytes, error },
            Err(error) => Done::failed(error),
        }
    }

    /// Writes what `data` have for the range.
    pub fn write(&self, data: &SendData) -> Done {
        self.file.soil();
        self.locked(true, || match self.write_pieces(data) {
            Ok(()) => (self.range.end - self.range.start, None),
            Err((bytes, fault)) => (bytes, Some(fault.describe("write", &self.file.path))),
        })
    }

    fn write_pieces(&self, data: &SendData) -> Result<(), (u64, Fault)> {
        let most = if data.is_contiguous() { u64::MAX } else { BOUNCE_BYTES };
        let mut bounce = Vec::new();
        for chunk in self.chunks(most) {
            let done = chunk.start - self.range.start;
            let bytes = packed(data, done as usize, (chunk.end - chunk.start) as usize, &mut bounce);
            let mut at = 0;
            for piece in self.view.pieces(chunk) {
                let failed = write_all(self.file.storage(), piece.offset, &bytes[at..at + piece.len]).err();
                if let Some(fault) = failed {
                    return Err((done + at as u64 + (fault.offset - piece.offset), fault));
                }
                at += piece.len;
            }
        }
        Ok(())
    }

    /// Reads the range, up to the end of the file, into `room`. At most
    /// `window` bytes are read at once to pick out pieces.
    pub fn read(&self, room: &RecvData, window: usize) -> Done {
        self.locked(false, || {
            let (bytes, fault) = self.read_pieces(room, window);
            (bytes, fault.map(|fault| fault.describe("read", &self.file.path)))
        })
    }

    fn read_pieces(&self, room: &RecvData, window: usize) -> (u64, Option<Fault>) {
        let most = if room.is_contiguous() { u64::MAX } else { BOUNCE_BYTES };
        let (mut bounce, mut sieve) = (Vec::new(), Vec::new());
        let mut done = 0;
        for chunk in self.chunks(most) {
            let len = (chunk.end - chunk.start) as usize;
            let pieces = self.view.pieces(chunk);
            let storage = self.file.storage();
            let (bytes, fault) = if room.is_contiguous() {
                read_into(storage, &pieces, slice(&room.buffer, done, len), window, &mut sieve)
            } else {
                bounce.resize(len, 0);
                let outcome = read_into(storage, &pieces, &mut bounce, window, &mut sieve);
                room.unpack(done as usize, &bounce[..outcome.0]);
                outcome
            };
            done += bytes as u64;
            if fault.is_some() || bytes < len {
                return (done, fault);
            }
        }
        (done, None)
    }
}

fn slice(buffer: &RecvBuffer, at: u64, len: usize) -> &mut [u8] {
    buffer.slice_mut(at as isize, len)
}

/// Some of the packed bytes of data: those in memory if they lie there as they
/// are, else a copy in `bounce`.
pub(super) fn packed<'a>(data: &'a SendData, at: usize, len: usize, bounce: &'a mut Vec<u8>) -> &'a [u8] {
    if data.is_contiguous() {
        let buffer: &SendBuffer = &data.buffer;
        return buffer.slice(at as isize, len);
    }
    bounce.resize(len, 0);
    data.pack(at, bounce);
    bounce
}

/// Reads pieces one after the other into `room`, and says how many bytes came
/// before the end of the file, or a fault.
fn read_into(
    storage: &dyn Storage,
    pieces: &[Piece],
    room: &mut [u8],
    window: usize,
    sieve: &mut Vec<u8>,
) -> (usize, Option<Fault>) {
    let mut done = 0;
    let mut rest = pieces;
    while !rest.is_empty() {
        let near = near_pieces(rest, window);
        let wanted: usize = rest[..near].iter().map(|piece| piece.len).sum();
        let got = if near == 1 {
            read_all(storage, rest[0].offset, &mut room[done..done + wanted])
        } else {
            read_sieved(storage, &rest[..near], &mut room[done..done + wanted], sieve)
        };
        match got {
            Ok(bytes) => done += bytes,
            Err(fault) => return (done, Some(fault)),
        }
        if got.is_ok_and(|bytes| bytes < wanted) {
            break;
        }
        rest = &rest[near..];
    }
    (done, None)
}

/// How many pieces from the first on are so near to each other that they are
/// read in one call.
fn near_pieces(pieces: &[Piece], window: usize) -> usize {
    let near = pieces.windows(2).take_while(|pair| {
        let gap = pair[1].offset.checked_sub(pair[0].end());
        gap.is_some_and(|gap| gap <= NEAR_BYTES) && pair[1].end() - pieces[0].offset <= window as u64
    });
    1 + near.count()
}

fn read_sieved(
    storage: &dyn Storage,
    pieces: &[Piece],
    room: &mut [u8],
    sieve: &mut Vec<u8>,
) -> Result<usize, Fault> {
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    sieve.resize((last.end() - first.offset) as usize, 0);
    let got = read_all(storage, first.offset, sieve)?;
    let mut done = 0;
    for piece in pieces {
        let from = (piece.offset - first.offset) as usize;
        let len = piece.len.min(got.saturating_sub(from));
        room[done..done + len].copy_from_slice(&sieve[from..from + len]);
        done += len;
        if len < piece.len {
            break;
        }
    }
    Ok(done)
}
