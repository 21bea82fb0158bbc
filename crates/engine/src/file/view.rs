//! Views: which bytes of a file a process sees, and in which order (MPI-5.0
//! section 14.3).
//!
//! The filetype tiles the file from the displacement on. Data are counted in
//! bytes of the tiles, without their gaps: byte `p` of the view is byte
//! `p % size` of tile `p / size`.
//!
//! A filetype without data makes an empty view: a process that takes part in
//! what others read and write together, and has nothing to do itself.

use std::ops::Range;
use std::sync::Arc;

use super::representation::Representation;
use crate::datatype::predefined::index;
use crate::datatype::{Datatype, predefined_datatype};
use crate::error::{ErrorClass, Result};
use crate::fail;

/// A contiguous piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub offset: u64,
    pub len: usize,
}

impl Piece {
    pub fn end(&self) -> u64 {
        self.offset + self.len as u64
    }
}

/// What `MPI_File_set_view` sets.
#[derive(Clone)]
pub struct View {
    /// Bytes.
    pub displacement: u64,
    /// As the program gave them.
    pub etype: Arc<Datatype>,
    pub filetype: Arc<Datatype>,
    pub representation: Representation,
    /// The representation's name.
    pub name: Box<[u8]>,
    /// Bytes of data in an etype, in the file.
    unit: u64,
    /// The filetype as it lies in the file.
    tile: Arc<Datatype>,
    /// Whether no tile begins before the one before it has ended.
    in_order: bool,
}

/// No file is longer (`MPI_Offset`).
const LONGEST: u64 = i64::MAX as u64;

impl View {
    /// A file as bytes: the view of a file that was just opened.
    pub fn bytes() -> Self {
        let byte = Arc::clone(predefined_datatype(index::BYTE).expect("MPI_BYTE is predefined"));
        Self {
            displacement: 0,
            etype: Arc::clone(&byte),
            filetype: Arc::clone(&byte),
            representation: Representation::Native,
            name: (*b"native").into(),
            unit: 1,
            tile: byte,
            in_order: true,
        }
    }

    /// # Errors
    /// `MPI_ERR_ARG` or `MPI_ERR_TYPE` for datatypes that make no view, and
    /// those of the representation's extent function.
    pub fn new(
        displacement: u64,
        etype: Arc<Datatype>,
        filetype: Arc<Datatype>,
        name: &[u8],
        representation: Representation,
        writes: bool,
    ) -> Result<Self> {
        if displacement > LONGEST {
            fail!(ErrorClass::Arg, "the displacement {displacement} lies beyond the longest file");
        }
        if etype.size() == 0 {
            fail!(ErrorClass::Arg, "the etype has a size of zero: offsets are counted in etypes");
        }
        if !filetype.size().is_multiple_of(etype.size()) {
            fail!(
                ErrorClass::Arg,
                "the filetype has {} bytes, which is no multiple of the etype's {}: a filetype is made of etypes",
                filetype.size(),
                etype.size()
            );
        }
        let unit = representation.in_file(&etype)?.size();
        let tile = representation.in_file(&filetype)?;
        if tile.size() != 0 {
            check_tile(&tile, writes)?;
        }
        let in_order = tile.true_extent() <= tile.extent();
        let name = name.into();
        Ok(Self { displacement, etype, filetype, representation, name, unit, tile, in_order })
    }

    /// Bytes of data in an etype, in the file.
    pub fn unit(&self) -> u64 {
        self.unit
    }

    /// Bytes from one etype to the next in the file.
    pub fn unit_extent(&self) -> Result<i64> {
        Ok(self.representation.in_file(&self.etype)?.extent())
    }

    /// Whether all data follow each other in the file.
    pub fn is_contiguous(&self) -> bool {
        self.tile.is_contiguous()
    }

    /// Whether data come in the order of their offsets.
    pub fn is_in_order(&self) -> bool {
        self.in_order
    }

    fn size(&self) -> u64 {
        self.tile.size()
    }

    fn is_empty(&self) -> bool {
        self.size() == 0
    }

    /// Checks that the bytes `start..start + len` of the view lie in a file,
    /// and makes a range of them.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when they do not; `MPI_ERR_IO` for any of an empty view.
    pub fn range(&self, start: u64, len: u64) -> Result<Range<u64>> {
        if self.is_empty() {
            if len != 0 {
                fail!(
                    ErrorClass::Io,
                    "{len} bytes have no place: the filetype of this rank's view has a size of zero, so it can read \
                     and write nothing (a count of 0)"
                );
            }
            return Ok(0..0);
        }
        let end = || {
            let end = start.checked_add(len).filter(|&end| end <= LONGEST)?;
            let reach = (end / self.size()).checked_add(1)?.checked_mul(self.tile.extent() as u64)?;
            let reach = reach.checked_add(self.displacement)?.checked_add(self.tile.true_extent() as u64)?;
            reach.checked_add(self.tile.true_lower_bound() as u64).filter(|&reach| reach <= LONGEST)?;
            Some(end)
        };
        match end() {
            Some(end) => Ok(start..end),
            None => fail!(
                ErrorClass::Arg,
                "{len} bytes from byte {start} of the view on lie beyond the longest file, of 2^63 - 1 bytes"
            ),
        }
    }

    /// Where in the file a byte of the view lies; the displacement in an empty one.
    pub fn offset_of(&self, position: u64) -> u64 {
        if self.is_empty() {
            return self.displacement;
        }
        let (tile, within) = (position / self.size(), position % self.size());
        self.displacement + tile * self.tile.extent() as u64 + self.within(within as usize)
    }

    /// Where in a tile a byte of its data lies.
    fn within(&self, position: usize) -> u64 {
        let mut found = 0;
        self.tile.for_each_block(1, position..position + 1, |offset, _| found = offset as u64);
        found
    }

    /// The first byte of the view that does not lie before `offset`.
    pub fn position_of(&self, offset: u64) -> u64 {
        if self.is_empty() {
            return 0;
        }
        let Some(distance) = offset.checked_sub(self.displacement) else { return 0 };
        let extent = self.tile.extent() as u64;
        let end = (self.tile.true_lower_bound() + self.tile.true_extent()) as u64;
        // The first tile that does not end before or at `offset`.
        let tile = if distance < end { 0 } else { (distance - end) / extent + 1 };
        let start = tile * self.size();
        let Some(distance) = distance.checked_sub(tile * extent) else { return start };
        if self.tile.is_contiguous() {
            return start + distance.saturating_sub(self.tile.true_lower_bound() as u64);
        }
        // Data of a tile come in the order of their offsets.
        let (mut low, mut high) = (0, self.size());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.within(middle as usize) < distance {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        start + low
    }

    /// The pieces of the file in which bytes of the view lie, in their order;
    /// adjacent ones are one piece.
    pub fn pieces(&self, range: Range<u64>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        if range.is_empty() {
            return pieces;
        }
        // Counted from the first tile, so that nothing depends on how far out it is.
        let first = range.start / self.size();
        let base = self.displacement + first * self.tile.extent() as u64;
        let start = range.start - first * self.size();
        let end = start + (range.end - range.start);
        let tiles = end.div_ceil(self.size()) as usize;
        self.tile.for_each_block(tiles, start as usize..end as usize, |offset, len| {
            let offset = base + offset as u64;
            match pieces.last_mut() {
                Some(last) if last.end() == offset => last.len += len,
                _ => pieces.push(Piece { offset, len }),
            }
        });
        pieces
    }

    /// About so many bytes lie together.
    pub fn piece_bytes(&self) -> u64 {
        if self.is_contiguous() || self.is_empty() {
            return u64::MAX;
        }
        self.size() / self.tile.block_count().max(1) as u64
    }

    /// Bytes of the view to be looked at in one go, so that neither the pieces
    /// are too many nor large ones cut.
    pub fn chunk_bytes(&self) -> u64 {
        const PIECES: u64 = 4096;
        const LEAST: u64 = 1 << 20;
        self.piece_bytes().saturating_mul(PIECES).max(LEAST)
    }

    /// Etypes of `bytes` bytes in memory.
    ///
    /// # Errors
    /// `MPI_ERR_IO` when that is no whole number.
    pub fn etypes(&self, bytes: u64) -> Result<u64> {
        if !bytes.is_multiple_of(self.etype.size()) {
            fail!(
                ErrorClass::Io,
                "{bytes} bytes are no whole number of etypes, of {} bytes each: files are read and written in \
                 whole etypes of the view",
                self.etype.size()
            );
        }
        Ok(bytes / self.etype.size())
    }

    /// The first byte of the view of etype number `etypes`.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when it is negative or beyond the longest file.
    pub fn start_of(&self, etypes: i64) -> Result<u64> {
        let Ok(number) = u64::try_from(etypes) else {
            fail!(ErrorClass::Arg, "the offset is {etypes} etypes; it must not be negative");
        };
        match number.checked_mul(self.unit) {
            Some(start) => self.range(start, 0).map(|range| range.start),
            None => fail!(ErrorClass::Arg, "the offset of {etypes} etypes lies beyond the longest file"),
        }
    }

    /// The first etype that begins at or after the end of a file of `size` bytes.
    pub fn end_of(&self, size: u64) -> u64 {
        self.position_of(size).div_ceil(self.unit)
    }
}

/// What a filetype must be: its data in the order of their offsets, which are
/// not negative, and, where it is written, no byte twice. The standard names no
/// class for this error; `MPI_ERR_IO` is what programs know.
fn check_tile(tile: &Datatype, writes: bool) -> Result<()> {
    if tile.extent() <= 0 {
        fail!(ErrorClass::Io, "the filetype's extent is {}; it must be positive", tile.extent());
    }
    if tile.true_lower_bound() < 0 {
        fail!(
            ErrorClass::Io,
            "the filetype has data at displacement {}; displacements must not be negative",
            tile.true_lower_bound()
        );
    }
    let (mut start, mut end, mut fault) = (0, 0, None);
    tile.for_each_block(1, 0..tile.size() as usize, |offset, len| {
        let wrong = if writes { offset < end } else { offset < start };
        if wrong {
            fault.get_or_insert(offset);
        }
        (start, end) = (offset, offset + len as isize);
    });
    if let Some(offset) = fault {
        fail!(
            ErrorClass::Io,
            "the filetype goes back to displacement {offset}: its displacements must not decrease, nor overlap \
             where the file can be written"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatype::Counts;
    use proptest::prelude::*;

    fn named(index: u32) -> Arc<Datatype> {
        Arc::clone(predefined_datatype(index).unwrap())
    }

    fn native(displacement: u64, filetype: Arc<Datatype>) -> Result<View> {
        filetype.commit();
        View::new(displacement, named(index::SHORT), filetype, b"native", Representation::Native, true)
    }

    /// Filetypes of shorts: lengths and gaps in shorts, and a tail.
    fn filetype(blocks: &[(u8, u8)], tail: u8) -> (Arc<Datatype>, Vec<u64>) {
        let (mut lengths, mut displacements, mut at, mut bytes) = (vec![], vec![], 0, vec![]);
        for &(gap, len) in blocks {
            at += i64::from(gap);
            lengths.push(len.into());
            displacements.push(at);
            bytes.extend((at as u64 * 2)..(at as u64 + u64::from(len)) * 2);
            at += i64::from(len);
        }
        let data = Datatype::indexed(Counts::Large, &lengths, &displacements, &named(index::SHORT)).unwrap();
        let extent = (at + i64::from(tail)) * 2;
        (Datatype::resized(Counts::Large, 0, extent, &data).unwrap(), bytes)
    }

    proptest! {
        /// Against a list of the bytes of some tiles.
        #[test]
        fn positions_offsets_and_pieces_agree_with_a_list(
            blocks in prop::collection::vec((0u8..4, 1u8..5), 1..6),
            tail in 0u8..3,
            displacement in 0u64..20,
            cut in (0usize..200, 0usize..200),
        ) {
            let (datatype, bytes) = filetype(&blocks, tail);
            let extent = datatype.extent() as u64;
            let view = native(displacement, datatype).unwrap();
            let list: Vec<u64> = (0..12)
                .flat_map(|tile| bytes.iter().map(move |byte| displacement + tile * extent + byte))
                .collect();
            for (position, &offset) in list.iter().enumerate() {
                prop_assert_eq!(view.offset_of(position as u64), offset);
            }
            for offset in 0..displacement + 10 * extent {
                let position = list.partition_point(|&at| at < offset);
                prop_assert_eq!(view.position_of(offset), position as u64, "offset {}", offset);
            }
            let (from, to) = (cut.0.min(cut.1) % list.len(), cut.0.max(cut.1) % list.len());
            let (from, to) = (from.min(to), from.max(to));
            let pieces = view.pieces(from as u64..to as u64);
            prop_assert!(pieces.windows(2).all(|pair| pair[0].end() < pair[1].offset));
            let covered: Vec<u64> = pieces.iter().flat_map(|piece| piece.offset..piece.end()).collect();
            prop_assert_eq!(&covered, &list[from..to]);
        }
    }

    #[test]
    fn far_out_offsets_are_exact() {
        let (datatype, _) = filetype(&[(1, 1)], 0);
        let view = native(3, datatype).unwrap();
        let position = (5 << 32) + 1;
        assert_eq!(view.offset_of(position), 3 + (5 << 31) * 4 + 3);
        assert_eq!(view.position_of(view.offset_of(position)), position);
        assert_eq!(view.pieces(position..position + 1), [Piece { offset: (5 << 33) + 6, len: 1 }]);
        assert!(view.range(1 << 62, 1).is_err());
        assert_eq!(view.start_of(-1).unwrap_err().class(), ErrorClass::Arg);
    }

    #[test]
    fn what_makes_no_view_is_refused() {
        let short = named(index::SHORT);
        let backwards = Datatype::indexed(Counts::Int, &[1, 1], &[4, 0], &short).unwrap();
        let negative = Datatype::indexed(Counts::Int, &[1], &[-4], &short).unwrap();
        let twice = Datatype::indexed(Counts::Int, &[2, 2], &[0, 1], &short).unwrap();
        let uneven = Datatype::contiguous(Counts::Int, 3, &named(index::BYTE)).unwrap();
        let class = |datatype| native(0, datatype).err().map(|error| error.class());
        assert_eq!(class(uneven), Some(ErrorClass::Arg));
        for datatype in [backwards, negative, twice] {
            assert_eq!(class(datatype), Some(ErrorClass::Io));
        }
    }

    #[test]
    fn an_empty_view_has_no_place_for_data() {
        let nothing = Datatype::indexed(Counts::Int, &[0, 0], &[7, 3], &named(index::SHORT)).unwrap();
        let view = native(100, nothing).unwrap();
        assert_eq!((view.range(0, 0), view.range(4, 0)), (Ok(0..0), Ok(0..0)));
        assert_eq!(view.range(0, 2).unwrap_err().class(), ErrorClass::Io);
        assert_eq!((view.start_of(3), view.end_of(1000)), (Ok(0), 0));
        assert_eq!((view.offset_of(0), view.position_of(200)), (100, 0));
        assert!(view.pieces(0..0).is_empty() && view.is_in_order() && view.chunk_bytes() > 0);
    }

    #[test]
    fn tiles_that_interleave_are_noticed() {
        let (datatype, _) = filetype(&[(0, 1), (3, 1)], 0);
        let woven = Datatype::resized(Counts::Int, 0, 4, &datatype).unwrap();
        assert!(!native(0, woven).unwrap().is_in_order());
        assert!(native(0, datatype).unwrap().is_in_order());
    }

    #[test]
    fn the_end_of_a_file_is_a_whole_etype() {
        let (datatype, _) = filetype(&[(1, 2)], 1);
        let view = native(0, datatype).unwrap();
        let ends: Vec<u64> = (0..10).map(|size| view.end_of(size)).collect();
        assert_eq!(ends, [0, 0, 0, 1, 1, 2, 2, 2, 2, 2]);
    }
}
