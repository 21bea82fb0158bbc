//! Put and get.

use std::ops::Range;
use std::sync::Arc;

use memory::kernels::{Element, Operator, atomic};
use memory::window::gate::Gate;
use platform::process_memory::Piece;

use super::window::{Direct, Reach, Window};
use crate::datatype::Datatype;
use crate::datatype::data::{RecvData, SendData, Shape};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::WinId;
use crate::objects::Objects;

/// Bytes that are read or written at a time when they have to be gathered.
const CHUNK_BYTES: usize = 256 * 1024;
/// Bytes that are copied under the state lock.
const NEAR_BYTES: usize = 4096;

/// Elements of the target of an access, checked.
pub struct Place {
    pub(super) window: Arc<Window>,
    pub(super) target: usize,
    /// Bytes from the base of the target's memory.
    pub(super) offset: isize,
    pub(super) shape: Shape,
    /// The predefined datatype of all basic elements, if there is one.
    pub(super) basic: Option<u32>,
}

/// What an access asks of the epochs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// In any epoch.
    Always,
    /// In those of locks (`MPI_Rput` and its like).
    Locked,
}

/// The arguments of an access that name its target.
#[derive(Clone, Copy)]
pub struct TargetElements<'a> {
    pub rank: i32,
    /// In the target's units.
    pub displacement: i64,
    pub datatype: &'a Arc<Datatype>,
    pub count: usize,
}

/// Few bytes in mapped memory, which can be accessed at once.
pub struct Near<'a> {
    direct: &'a Direct,
    /// Bytes from the base of the target's memory.
    offset: isize,
    bytes: usize,
    gate: &'a Gate,
    rank: usize,
}

/// Carries an access out with [`Near`], or says with the elements that it takes
/// more: waiting, or copying for so long that other threads would wait for the
/// state lock. `near` tells whether it did it.
///
/// # Errors
/// `MPI_ERR_WIN`, `MPI_ERR_RANK`, `MPI_ERR_RMA_SYNC` and `MPI_ERR_RMA_RANGE`.
#[inline]
pub fn access(
    objects: &Objects,
    win: WinId,
    allowed: Allowed,
    elements: TargetElements<'_>,
    near: impl FnOnce(&Near<'_>) -> bool,
) -> Result<Option<Place>> {
    let entry = objects.win(win)?;
    let window = &entry.window;
    let target = window.target(elements.rank)?;
    if allowed == Allowed::Locked {
        entry.epochs.passive(target)?;
    } else {
        entry.epochs.access(target)?;
    }
    let (datatype, count) = (elements.datatype, elements.count);
    let (shape, shift) = Shape::of(datatype, count)?;
    let mut offset = 0;
    if shape.total_bytes() != 0 {
        let base = window.check_range(target, elements.displacement, &datatype.byte_range(count))?;
        offset = base as isize + shift;
    }
    if let (Reach::Direct(direct), &Shape::Bytes(bytes)) = (&window.targets[target].reach, &shape)
        && bytes <= NEAR_BYTES
    {
        let gate = window.control.gate(target);
        if near(&Near { direct, offset, bytes, gate, rank: window.rank() }) {
            return Ok(None);
        }
    }
    let window = Arc::clone(window);
    Ok(Some(Place { window, target, offset, shape, basic: datatype.uniform_basic() }))
}

impl Near<'_> {
    /// `MPI_Put` of `data`, if it is contiguous and as long.
    #[inline]
    pub fn put(&self, data: &SendData) -> bool {
        let fits = data.is_contiguous() && data.total_bytes() == self.bytes;
        if fits {
            self.direct.write.copy_from(self.offset, data.buffer.slice(0, self.bytes));
        }
        fits
    }

    /// `MPI_Get` into `data`, if it is contiguous and as long.
    #[inline]
    pub fn get(&self, data: &RecvData) -> bool {
        let fits = data.is_contiguous() && data.total_bytes() == self.bytes;
        if fits {
            data.buffer.copy_from(0, self.direct.read.slice(self.offset, self.bytes));
        }
        fits
    }

    /// `operator` with one element of the origin, if the CPU can do it and nobody
    /// has the memory alone. `before` gets what was there.
    #[inline]
    pub fn update(
        &self,
        element: Element,
        operator: Operator,
        origin: Option<&SendData>,
        before: Option<&RecvData>,
    ) -> bool {
        let size = element.size();
        let fits = self.bytes == size
            && atomic::is_possible(&self.direct.write, self.offset, element)
            && origin.is_none_or(|data| data.is_contiguous() && data.total_bytes() == size)
            && before.is_none_or(|data| data.is_contiguous() && data.total_bytes() == size);
        if !fits {
            return false;
        }
        let operand = origin.map_or(&[0; atomic::MAX_BYTES][..size], |data| data.buffer.slice(0, size));
        let done = self.gate.try_pass(self.rank, || {
            atomic::update(&self.direct.write, self.offset, element, operator, operand)
        });
        if let (Ok(old), Some(before)) = (&done, before) {
            before.buffer.copy_from(0, &old[..size]);
        }
        done.is_ok()
    }

    /// `MPI_Compare_and_swap`, if the CPU can do it and nobody has the memory
    /// alone.
    #[inline]
    pub fn compare_and_swap(
        &self,
        element: Element,
        origin: &SendData,
        compare: &SendData,
        before: &RecvData,
    ) -> bool {
        let size = element.size();
        if self.bytes != size || !atomic::is_possible(&self.direct.write, self.offset, element) {
            return false;
        }
        let (new, expected) = (origin.buffer.slice(0, size), compare.buffer.slice(0, size));
        let done = self.gate.try_pass(self.rank, || {
            atomic::compare_and_swap(&self.direct.write, self.offset, element, expected, new)
        });
        if let Ok(old) = &done {
            before.buffer.copy_from(0, &old[..size]);
        }
        done.is_ok()
    }
}

/// The target's memory during one access, and where in it the elements begin.
pub(super) enum Memory<'a> {
    Direct(&'a Direct, isize),
    Remote(&'a super::remote::Remote, u64),
}

impl Place {
    /// Bytes of data.
    pub fn bytes(&self) -> usize {
        self.shape.total_bytes()
    }

    fn check_bytes(&self, origin: usize) -> Result<()> {
        if origin != self.bytes() {
            fail!(
                ErrorClass::Truncate,
                "the origin has {origin} bytes and the target {}: both sides of a put or get are the same data",
                self.bytes()
            );
        }
        Ok(())
    }

    /// Calls `access` with the memory that the elements lie in.
    #[inline]
    pub(super) fn with_memory<R>(&self, access: impl FnOnce(Memory<'_>) -> Result<R>) -> Result<R> {
        match &self.window.targets[self.target].reach {
            Reach::Direct(direct) => access(Memory::Direct(direct, self.offset)),
            Reach::Remote { remote, base } => {
                access(Memory::Remote(remote, base.wrapping_add_signed(self.offset as i64)))
            }
            Reach::Attached => {
                // The range was checked; a detach since then is the program's mistake.
                let reach = self.reach();
                let first = self.offset.wrapping_add(reach.start);
                let Some((buffer, inner)) = self.window.own.find(first as u64, reach.len()) else {
                    fail!(ErrorClass::RmaRange, "no memory is attached at address {first:#x} any more");
                };
                access(Memory::Direct(&Direct::new(buffer), inner - reach.start))
            }
        }
    }

    /// The bytes that the elements reach, counted from the place's offset.
    fn reach(&self) -> Range<isize> {
        match &self.shape {
            Shape::Bytes(len) => 0..*len as isize,
            Shape::Typed { datatype, count } => datatype.byte_range(*count),
        }
    }

    /// `MPI_Put` of `data`.
    ///
    /// # Errors
    /// `MPI_ERR_TRUNCATE` when the sizes differ, `MPI_ERR_RMA_RANGE` when the
    /// target's memory is not there.
    pub fn put(&self, data: &SendData) -> Result<()> {
        self.check_bytes(data.total_bytes())?;
        let bytes = self.bytes();
        if bytes == 0 {
            return Ok(());
        }
        self.with_memory(|memory| {
            match (memory, &self.shape) {
                (Memory::Direct(direct, offset), Shape::Bytes(_)) if data.is_contiguous() => {
                    direct.write.copy_from(offset, data.buffer.slice(0, bytes));
                }
                (Memory::Direct(direct, offset), shape) => {
                    let target = RecvData { buffer: direct.write.shifted(offset), shape: shape.clone() };
                    target.copy_from(data);
                }
                (Memory::Remote(remote, address), Shape::Bytes(_)) if data.is_contiguous() => {
                    remote.write(&[(address, bytes)], data.buffer.slice(0, bytes))?;
                }
                (Memory::Remote(remote, address), shape) => {
                    in_chunks(bytes, |position, chunk| {
                        data.pack(position, chunk);
                        remote.write(&pieces(shape, address, position, chunk.len()), chunk)
                    })?;
                }
            }
            Ok(())
        })
    }

    /// `MPI_Get` into `data`.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn get(&self, data: &RecvData) -> Result<()> {
        self.check_bytes(data.total_bytes())?;
        let bytes = self.bytes();
        if bytes == 0 {
            return Ok(());
        }
        self.with_memory(|memory| {
            match (memory, &self.shape) {
                (Memory::Direct(direct, offset), Shape::Bytes(_)) if data.is_contiguous() => {
                    data.buffer.copy_from(0, direct.read.slice(offset, bytes));
                }
                (Memory::Direct(direct, offset), shape) => {
                    data.copy_from(&SendData { buffer: direct.read.shifted(offset), shape: shape.clone() });
                }
                (Memory::Remote(remote, address), Shape::Bytes(_)) if data.is_contiguous() => {
                    remote.read(&[(address, bytes)], data.buffer.slice_mut(0, bytes))?;
                }
                (Memory::Remote(remote, address), shape) => {
                    in_chunks(bytes, |position, chunk| {
                        remote.read(&pieces(shape, address, position, chunk.len()), chunk)?;
                        data.unpack(position, chunk);
                        Ok(())
                    })?;
                }
            }
            Ok(())
        })
    }
}

/// Calls `work` with every position of `bytes` bytes at which a chunk begins,
/// and room for the chunk.
fn in_chunks(bytes: usize, mut work: impl FnMut(usize, &mut [u8]) -> Result<()>) -> Result<()> {
    let mut room = vec![0; bytes.min(CHUNK_BYTES)];
    for position in (0..bytes).step_by(CHUNK_BYTES) {
        work(position, &mut room[..CHUNK_BYTES.min(bytes - position)])?;
    }
    Ok(())
}

/// Where the packed bytes from `position` on lie.
fn pieces(shape: &Shape, address: u64, position: usize, bytes: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    match shape {
        Shape::Bytes(_) => pieces.push((address + position as u64, bytes)),
        Shape::Typed { datatype, count } => {
            datatype.for_each_block(*count, position..position + bytes, |offset, len| {
                pieces.push((address.wrapping_add_signed(offset as i64), len));
            });
        }
    }
    pieces
}
