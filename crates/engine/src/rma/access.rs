//! Put and get.

use std::ops::Range;
use std::sync::Arc;

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

/// The target's memory during one access, and where in it the elements begin.
pub(super) enum Memory<'a> {
    Direct(&'a Direct, isize),
    Remote(&'a super::remote::Remote, u64),
}

impl Place {
    /// The elements, if the window has them and they may be accessed now.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RANK`, `MPI_ERR_RMA_SYNC` and `MPI_ERR_RMA_RANGE`.
    pub fn find(
        objects: &Objects,
        win: WinId,
        allowed: Allowed,
        elements: TargetElements<'_>,
    ) -> Result<Self> {
        let entry = objects.win(win)?;
        let window = Arc::clone(&entry.window);
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
        Ok(Self { window, target, offset, shape, basic: datatype.uniform_basic() })
    }

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
