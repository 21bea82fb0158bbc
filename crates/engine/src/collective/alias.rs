//! Memory that an operation would read and write: MPI forbids it (MPI-5.0
//! section 6.2 offers `MPI_IN_PLACE` instead), and what came out would depend
//! on the algorithm.

use memory::buffer::{RecvBuffer, SendBuffer};

use super::{RecvBlocks, SendBlocks};
use crate::datatype::data::{RecvData, SendData, Shape};
use crate::error::{Error, ErrorClass, Result};

/// Operands of a reduction, of as many elements of one datatype.
///
/// # Errors
/// `MPI_ERR_BUFFER` when they are the same memory.
#[inline]
pub fn check_operands(send: Option<&SendBuffer>, recv: &RecvBuffer) -> Result<()> {
    match send {
        Some(send) if send.address(0) == recv.address(0) && send.overlaps(recv) => {
            Err(same_memory("sendbuf"))
        }
        _ => Ok(()),
    }
}

/// What this rank contributes, and where the operation puts that.
///
/// # Errors
/// `MPI_ERR_BUFFER` when both begin at the same byte.
#[inline]
pub fn check_gathered(send: &SendData, recv: &RecvBlocks, rank: usize) -> Result<()> {
    if !send.buffer.overlaps(&recv.buffer) {
        return Ok(());
    }
    check_block(send, &recv.block(rank)?, "sendbuf")
}

/// As [`check_gathered`], of what this rank gets.
///
/// # Errors
/// As [`check_gathered`].
#[inline]
pub fn check_scattered(send: &SendBlocks, recv: &RecvData, rank: usize) -> Result<()> {
    if !send.buffer.overlaps(&recv.buffer) {
        return Ok(());
    }
    check_block(&send.block(rank)?, recv, "recvbuf")
}

/// As [`check_gathered`], of what this rank sends to itself.
///
/// # Errors
/// As [`check_gathered`].
#[inline]
pub fn check_exchanged(send: &SendBlocks, recv: &RecvBlocks, rank: usize) -> Result<()> {
    if !send.buffer.overlaps(&recv.buffer) {
        return Ok(());
    }
    check_block(&send.block(rank)?, &recv.block(rank)?, "sendbuf")
}

/// Blocks may lie between each other, so only a byte of data that both have tells.
#[cold]
fn check_block(send: &SendData, recv: &RecvData, in_place: &str) -> Result<()> {
    let same = first_byte(&send.shape, |offset| send.buffer.address(offset))
        .is_some_and(|first| first_byte(&recv.shape, |offset| recv.buffer.address(offset)) == Some(first));
    if same { Err(same_memory(in_place)) } else { Ok(()) }
}

/// The address of the first byte of the first element.
fn first_byte(shape: &Shape, address: impl Fn(isize) -> u64) -> Option<u64> {
    match shape {
        _ if shape.total_bytes() == 0 => None,
        Shape::Bytes(_) => Some(address(0)),
        Shape::Typed { datatype, .. } => Some(address(datatype.true_lower_bound() as isize)),
    }
}

#[cold]
fn same_memory(in_place: &str) -> Error {
    Error::new(
        ErrorClass::Buffer,
        format!(
            "sendbuf and recvbuf are the same memory: pass MPI_IN_PLACE as {in_place}, or use two buffers"
        ),
    )
}

#[cfg(test)]
mod tests {
    use memory::buffer::Scratch;
    use std::sync::Arc;

    use super::*;
    use crate::collective::Blocks;
    use crate::datatype::predefined::index;
    use crate::datatype::{Counts, Datatype, Kept, predefined_datatype};

    fn class(checked: Result<()>) -> Option<ErrorClass> {
        checked.err().map(|error| error.class())
    }

    #[test]
    fn operands_may_be_neighbours_but_not_the_same() {
        let memory = Scratch::zeroed(16);
        let (first, second) = (memory.recv_buffer().part(0, 8), memory.recv_buffer().part(8, 8));
        assert_eq!(check_operands(Some(&first.as_send()), &second), Ok(()));
        assert_eq!(check_operands(None, &second), Ok(()));
        assert_eq!(class(check_operands(Some(&first.as_send()), &first)), Some(ErrorClass::Buffer));
        let nothing = memory.recv_buffer().part(0, 0);
        assert_eq!(check_operands(Some(&nothing.as_send()), &nothing), Ok(()));
    }

    #[test]
    fn a_block_may_be_beside_its_place_but_not_there() {
        let memory = Scratch::zeroed(16);
        let int = predefined_datatype(index::INT32_T).unwrap();
        let blocks = || Blocks::uniform(Kept::from(Arc::clone(int)), 1).unwrap();
        let recv = RecvBlocks { buffer: memory.recv_buffer(), blocks: blocks() };
        let part =
            |rank: usize| SendData::bytes(memory.recv_buffer().part(4 * rank as isize, 4).as_send(), 4);
        assert_eq!(class(check_gathered(&part(2), &recv, 2)), Some(ErrorClass::Buffer));
        assert_eq!(check_gathered(&part(1), &recv, 2), Ok(()));

        let send = SendBlocks { buffer: memory.send_buffer(), blocks: blocks() };
        let room = RecvData::bytes(memory.recv_buffer().part(12, 4), 4);
        assert_eq!(class(check_scattered(&send, &room, 3)), Some(ErrorClass::Buffer));
        assert_eq!(check_scattered(&send, &room, 2), Ok(()));
        assert_eq!(class(check_exchanged(&send, &recv, 0)), Some(ErrorClass::Buffer));
    }

    #[test]
    fn data_between_each_other_are_no_alias() {
        let memory = Scratch::zeroed(16);
        let int = predefined_datatype(index::INT32_T).unwrap();
        let every_other =
            |first: i64| Arc::new(Datatype::indexed(Counts::Int, &[1, 1], &[first, first + 2], int).unwrap());
        let (even, odd) = (every_other(0), every_other(1));
        let send = SendData::new(memory.send_buffer(), &even, 1).unwrap();
        let room = |datatype: &Arc<Datatype>| RecvBlocks {
            buffer: memory.recv_buffer(),
            blocks: Blocks::uniform(Kept::from(Arc::clone(datatype)), 1).unwrap(),
        };
        assert_eq!(check_gathered(&send, &room(&odd), 0), Ok(()));
        assert_eq!(class(check_gathered(&send, &room(&even), 0)), Some(ErrorClass::Buffer));
    }
}
