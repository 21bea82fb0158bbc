//! Data without gaps: what passes through a rank travels as the packed bytes
//! of its elements, and so does what is cut into pieces.

use crate::datatype::data::{RecvData, SendData};
use crate::error::{ErrorClass, Result};
use crate::fail;
use memory::buffer::{RecvBuffer, Scratch, SendBuffer};

/// Packs data to the beginning of `to`.
pub(super) fn pack(data: &SendData, to: &RecvBuffer) {
    data.pack(0, to.slice_mut(0, data.total_bytes()));
}

/// Unpacks the beginning of `from`.
pub(super) fn unpack(from: &SendBuffer, data: &RecvData) {
    data.unpack(0, from.slice(0, data.total_bytes()));
}

/// Copies a rank's data to itself, whatever the two layouts.
///
/// # Errors
/// `MPI_ERR_TRUNCATE` when there is not enough room.
pub(super) fn transfer(from: &SendData, to: &RecvData) -> Result<()> {
    let (given, room) = (from.total_bytes(), to.total_bytes());
    if given > room {
        fail!(
            ErrorClass::Truncate,
            "this rank gives itself {given} bytes where it has room for {room}: \
             its send and receive counts or datatypes differ"
        );
    }
    if given > 0 {
        to.copy_from(from);
    }
    Ok(())
}

/// The bytes of one rank's data, in one piece: the user's own memory where it
/// has no gaps, a packed copy elsewhere.
pub(super) struct Staging {
    pub bytes: RecvBuffer,
    pub len: usize,
    /// Where the copy has to be unpacked.
    target: Option<RecvData>,
}

impl Staging {
    fn new(data: &RecvData) -> Self {
        let len = data.total_bytes();
        if data.is_contiguous() {
            return Self { bytes: data.buffer.clone(), len, target: None };
        }
        Self { bytes: Scratch::zeroed(len).recv_buffer(), len, target: Some(data.clone()) }
    }

    /// Of data that are complete.
    pub(super) fn to_send(data: &RecvData) -> Self {
        let staging = Self::new(data);
        if staging.target.is_some() {
            pack(&data.as_send(), &staging.bytes);
        }
        staging
    }

    /// Of data that are to come.
    pub(super) fn to_fill(data: &RecvData) -> Self {
        Self::new(data)
    }

    /// Puts what came to its place.
    pub(super) fn finish(self) {
        if let Some(target) = self.target {
            unpack(&self.bytes.as_send(), &target);
        }
    }
}
