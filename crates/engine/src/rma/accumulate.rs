//! Accumulates, fetch-and-op, compare-and-swap (MPI-5.0 section 12.3.4).
//!
//! Operations are atomic per basic element, and elements of one call are
//! changed in any order. See the module's invariants for who excludes whom.

use memory::buffer::{RecvBuffer, Scratch};
use memory::kernels::single::Single;
use memory::window::gate::Gate;

use super::access::{Memory, Place};
use super::remote::Remote;
use super::window::Direct;
use crate::datatype::data::{RecvData, SendData, Shape};
use crate::datatype::predefined::{self, Class, Predefined};
use crate::datatype::{BasicRun, Datatype, predefined_datatype};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::op::Op;

/// Bytes of another process's memory that are changed at a time.
const CHUNK_BYTES: usize = 64 * 1024;

impl Place {
    fn gate(&self) -> &Gate {
        self.window.control.gate(self.target)
    }

    /// Calls `run` with the elements, piece by piece, in the order of packing;
    /// offsets count from the base of the target's memory.
    fn for_each_run(&self, mut run: impl FnMut(&BasicRun) -> Result<()>) -> Result<()> {
        let mut outcome = Ok(());
        let mut call = |piece: BasicRun| {
            if outcome.is_ok() {
                outcome = run(&BasicRun { offset: piece.offset + self.offset as i64, ..piece });
            }
        };
        match (&self.shape, self.basic) {
            (Shape::Typed { datatype, count }, _) => datatype.for_each_basic(*count, call),
            (Shape::Bytes(len), Some(index)) => {
                let size = predefined::get(index).map_or(1, Predefined::size);
                call(BasicRun { offset: 0, index, count: (len / size) as u64 });
            }
            (Shape::Bytes(_), None) => {}
        }
        outcome
    }

    /// Where a run lies in memory in which the place begins at `from`.
    fn at(&self, run: &BasicRun, from: isize) -> isize {
        run.offset as isize - self.offset + from
    }

    /// `MPI_Accumulate` of `origin`, or, with a `result`, `MPI_Get_accumulate`:
    /// what was there before. Without `origin` nothing changes (`MPI_NO_OP`).
    ///
    /// # Errors
    /// `MPI_ERR_TRUNCATE` when the sizes differ, `MPI_ERR_OP` and `MPI_ERR_TYPE` as
    /// [`Op::check_accumulate`], `MPI_ERR_RMA_RANGE` when the target's memory is not
    /// there.
    pub fn accumulate(&self, op: &Op, origin: Option<&SendData>, result: Option<&RecvData>) -> Result<()> {
        let bytes = self.bytes();
        let sizes = [origin.map(SendData::total_bytes), result.map(RecvData::total_bytes)];
        if let Some(other) = sizes.into_iter().flatten().find(|&other| other != bytes) {
            fail!(
                ErrorClass::Truncate,
                "one buffer of the accumulate has {other} bytes and the target {bytes}: all are the same elements"
            );
        }
        if bytes == 0 {
            return Ok(());
        }
        if let Shape::Typed { datatype, .. } = &self.shape {
            op.check_accumulate(datatype)?;
        }
        let packed;
        let input = match origin {
            Some(origin) if origin.is_contiguous() => Some(origin.buffer.slice(0, bytes)),
            Some(origin) => {
                let mut room = vec![0; bytes];
                origin.pack(0, &mut room);
                packed = room;
                Some(&packed[..])
            }
            None => None,
        };
        // Not straight into the result's buffer: a program may give the same as
        // the origin's.
        let mut before = vec![0; if result.is_some() { bytes } else { 0 }];
        self.with_memory(|memory| {
            let _inside = self.gate().enter();
            match memory {
                Memory::Direct(direct, from) => self.by_kernels(op, direct, from, input, &mut before),
                Memory::Remote(remote, address) => self.by_copies(op, remote, address, input, &mut before),
            }
        })?;
        if let Some(result) = result {
            result.unpack(0, &before);
        }
        Ok(())
    }

    fn by_kernels(
        &self,
        op: &Op,
        direct: &Direct,
        from: isize,
        input: Option<&[u8]>,
        before: &mut [u8],
    ) -> Result<()> {
        let mut position = 0;
        self.for_each_run(|run| {
            let run = BasicRun { offset: self.at(run, from) as i64, ..*run };
            position += combine(op, &direct.write, &run, input, before, position)?;
            Ok(())
        })
    }

    fn by_copies(
        &self,
        op: &Op,
        remote: &Remote,
        address: u64,
        input: Option<&[u8]>,
        before: &mut [u8],
    ) -> Result<()> {
        let mut position = 0;
        self.for_each_run(|run| {
            let element = run.entry().element;
            let per_chunk = (CHUNK_BYTES / element.extent()) as u64;
            let mut first = 0;
            while first < run.count {
                let count = per_chunk.min(run.count - first);
                let span = (count as usize - 1) * element.extent() + element.data_end();
                let at = address
                    .wrapping_add_signed(run.offset - self.offset as i64)
                    .wrapping_add(first * element.extent() as u64);
                let copy = Scratch::zeroed(span);
                let room = copy.recv_buffer();
                remote.read(&[(at, span)], room.slice_mut(0, span))?;
                let part = BasicRun { offset: 0, index: run.index, count };
                position += combine(op, &room, &part, input, before, position)?;
                if input.is_some() {
                    remote.write(&[(at, span)], copy.send_buffer().slice(0, span))?;
                }
                first += count;
            }
            Ok(())
        })
    }

    /// `MPI_Compare_and_swap` of one element.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_RANGE` when the target's memory is not there.
    pub fn compare_and_swap(&self, origin: &SendData, compare: &SendData, result: &RecvData) -> Result<()> {
        let Some(entry) = self.basic.and_then(predefined::get) else { return Ok(()) };
        let size = entry.size();
        let (new, expected) = (origin.buffer.slice(0, size), compare.buffer.slice(0, size));
        let mut before = [0; MAX_SWAP_BYTES];
        self.with_memory(|memory| {
            let _inside = self.gate().enter();
            match memory {
                Memory::Direct(direct, from) => {
                    let part = direct.write.find(from, size);
                    if let Some(single) = part.and_then(|part| Single::find(part, entry.element)) {
                        let before = (&mut before[..size]).into();
                        single.compare_and_swap(expected.into(), new.into(), before);
                        return Ok(());
                    }
                    direct.read.copy_to(from, &mut before[..size]);
                    if before[..size] == *expected {
                        direct.write.copy_from(from, new);
                    }
                    Ok(())
                }
                Memory::Remote(remote, address) => {
                    remote.read(&[(address, size)], &mut before[..size])?;
                    if before[..size] == *expected { remote.write(&[(address, size)], new) } else { Ok(()) }
                }
            }
        })?;
        result.buffer.copy_from(0, &before[..size]);
        Ok(())
    }
}

/// Bytes of the largest element that `MPI_Compare_and_swap` takes
/// (`MPI_LOGICAL16`).
const MAX_SWAP_BYTES: usize = 16;

/// Whether `MPI_Compare_and_swap` takes a predefined datatype: an integer,
/// logical or byte datatype.
#[inline]
pub fn is_swappable(entry: &Predefined) -> bool {
    use Class::{Byte, CInteger, FortranInteger, Logical, MultiLanguage};
    matches!(entry.class, CInteger | FortranInteger | Logical | MultiLanguage | Byte)
        && entry.size() <= MAX_SWAP_BYTES
}

/// Checks that `MPI_Compare_and_swap` takes a datatype.
///
/// # Errors
/// `MPI_ERR_TYPE` unless it does.
pub fn check_swappable(datatype: &Datatype) -> Result<()> {
    if !datatype.as_basic().is_some_and(is_swappable) {
        fail!(
            ErrorClass::Type,
            "MPI_Compare_and_swap takes one element of a predefined integer, logical, byte or multi-language \
             datatype, not a {datatype:?}"
        );
    }
    Ok(())
}

/// Combines a run of memory that nobody else touches with packed elements, of
/// which those from `position` on are the run's. Returns how many bytes they
/// are.
fn combine(
    op: &Op,
    memory: &RecvBuffer,
    run: &BasicRun,
    input: Option<&[u8]>,
    before: &mut [u8],
    position: usize,
) -> Result<usize> {
    let count = run.count as usize;
    let bytes = count * run.entry().size();
    if let Some(before) = before.get_mut(position..position + bytes)
        && let Some(datatype) = predefined_datatype(run.index)
    {
        let old = memory.as_send().shifted(run.offset as isize);
        SendData::new(old, datatype, count)?.pack(0, before);
    }
    if let Some(input) = input {
        let (input, element) = (&input[position..position + bytes], run.entry().element);
        let one = if count == 1 { memory.find(run.offset as isize, bytes) } else { None };
        match one.and_then(|part| Single::find(part, element)) {
            Some(single) => single.update(element, op.operator()?, input.into(), None),
            None => op.accumulate_run(input, memory, run)?,
        }
    }
    Ok(bytes)
}
