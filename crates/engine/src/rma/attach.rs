//! Memory of dynamic windows (MPI-5.0 section 12.2.4). Targets are named by
//! their addresses in the target's process.

use std::ops::Range;
use std::sync::PoisonError;

use memory::buffer::RecvBuffer;
use memory::window::control::MAX_ATTACHED;

use super::window::{Flavor, OwnMemory, Window};
use crate::error::{ErrorClass, Result};
use crate::fail;

/// A piece of this process's memory.
pub(super) struct Piece {
    pub addresses: Range<u64>,
    pub buffer: RecvBuffer,
}

impl Window {
    fn check_dynamic(&self, function: &str) -> Result<()> {
        if self.flavor() != Flavor::Dynamic {
            fail!(
                ErrorClass::RmaFlavor,
                "{function} is for windows of MPI_Win_create_dynamic; this one is of {}",
                self.flavor().function()
            );
        }
        Ok(())
    }

    /// `MPI_Win_attach` of `size` bytes at the base of `buffer`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_FLAVOR` for another kind of window, `MPI_ERR_RMA_ATTACH` when
    /// the piece overlaps another, or there are too many.
    pub fn attach(&self, buffer: RecvBuffer, size: usize) -> Result<()> {
        self.check_dynamic("MPI_Win_attach")?;
        let start = buffer.address(0);
        let addresses = start..start.saturating_add(size as u64);
        let mut pieces = self.own().pieces().lock().unwrap_or_else(PoisonError::into_inner);
        let overlap =
            |piece: &&Piece| piece.addresses.start < addresses.end && addresses.start < piece.addresses.end;
        if let Some(other) = pieces.iter().find(overlap) {
            fail!(
                ErrorClass::RmaAttach,
                "the memory {addresses:#x?} overlaps {:#x?}, which is attached already",
                other.addresses
            );
        }
        if pieces.len() == MAX_ATTACHED {
            fail!(
                ErrorClass::RmaAttach,
                "{MAX_ATTACHED} pieces of memory are attached, which is the most; attach fewer, larger ones"
            );
        }
        pieces.push(Piece { addresses, buffer });
        self.publish(&pieces);
        Ok(())
    }

    /// `MPI_Win_detach` of the piece that begins at `address`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_FLAVOR` for another kind of window, `MPI_ERR_RMA_ATTACH` when
    /// no piece begins there.
    pub fn detach(&self, address: u64) -> Result<()> {
        self.check_dynamic("MPI_Win_detach")?;
        let mut pieces = self.own().pieces().lock().unwrap_or_else(PoisonError::into_inner);
        let Some(position) = pieces.iter().rposition(|piece| piece.addresses.start == address) else {
            fail!(ErrorClass::RmaAttach, "no memory that begins at {address:#x} is attached");
        };
        pieces.remove(position);
        self.publish(&pieces);
        Ok(())
    }

    /// Tells the other ranks. An access may cross from a piece to its neighbour.
    fn publish(&self, pieces: &[Piece]) {
        let mut all: Vec<Range<u64>> = pieces.iter().map(|piece| piece.addresses.clone()).collect();
        all.sort_by_key(|addresses| addresses.start);
        let mut joined: Vec<Range<u64>> = Vec::new();
        for addresses in all {
            match joined.last_mut() {
                Some(last) if last.end == addresses.start => last.end = addresses.end,
                _ => joined.push(addresses),
            }
        }
        self.control().set_attached(self.rank(), &joined);
    }
}

impl OwnMemory {
    /// The buffer that holds these addresses of this process, and where in it.
    pub(super) fn find(&self, address: u64, bytes: usize) -> Option<(RecvBuffer, isize)> {
        let end = address.checked_add(bytes as u64)?;
        let pieces = self.pieces().lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |piece: &&Piece| piece.addresses.start <= address && address < piece.addresses.end;
        let first = pieces.iter().find(holds).or_else(|| {
            // No bytes can be at an end.
            pieces.iter().find(|piece| bytes == 0 && piece.addresses.contains(&address.wrapping_sub(1)))
        })?;
        let (mut buffer, mut reached) = (first.buffer.clone(), first.addresses.end);
        while reached < end {
            let next = pieces.iter().find(|piece| piece.addresses.start == reached)?;
            (buffer, reached) = (buffer.joined(&next.buffer)?, next.addresses.end);
        }
        Some((buffer, (address - first.addresses.start) as isize))
    }
}
