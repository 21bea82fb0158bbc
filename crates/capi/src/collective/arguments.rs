//! From C's arguments to the engine's.

use core::ffi::c_void;
use core::ops::Range;

use engine::collective::alias::check_operands;
use engine::collective::fingerprint::{Fingerprint, Operation};
use engine::collective::inter::Root;
use engine::collective::reduction::Reduction;
use engine::collective::{Blocks, Part, RecvBlocks, SendBlocks};
use engine::comm::CommCore;
use engine::datatype::data::{RecvData, SendData};
use engine::datatype::{Datatype, Kept};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::op::Op;
use engine::status::{PROC_NULL, ROOT};
use memory::buffer::{RecvBuffer, SendBuffer};

use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::with_objects;
use crate::wide::IntArray;

/// A datatype that may be used in communication.
#[inline(always)]
pub(super) fn datatype<A: Abi>(handle: A::Datatype) -> Result<Kept> {
    let id = handle.decode();
    match Kept::predefined(id) {
        Some(datatype) => Ok(datatype),
        None => with_objects(|objects| call::committed(objects, id).cloned().map(Kept::from)),
    }
}

/// # Safety
/// MPI's rules for a send buffer hold for `buffer` until the operation completes.
#[inline(always)]
pub(super) unsafe fn send<A: Abi>(
    buffer: *const c_void,
    count: i64,
    handle: A::Datatype,
) -> Result<SendData> {
    let datatype = datatype::<A>(handle)?;
    // SAFETY: the caller's promise.
    unsafe { call::send_data(buffer, count, &datatype) }
}

/// As [`send`]; `None` for `MPI_IN_PLACE`.
///
/// # Safety
/// As [`send`].
#[inline(always)]
pub(super) unsafe fn send_or_in_place<A: Abi>(
    buffer: *const c_void,
    count: i64,
    handle: A::Datatype,
) -> Result<Option<SendData>> {
    if buffer == A::IN_PLACE {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    unsafe { send::<A>(buffer, count, handle).map(Some) }
}

/// # Safety
/// MPI's rules for a receive buffer hold for `buffer` until the operation completes.
#[inline(always)]
pub(super) unsafe fn recv<A: Abi>(buffer: *mut c_void, count: i64, handle: A::Datatype) -> Result<RecvData> {
    let datatype = datatype::<A>(handle)?;
    // SAFETY: the caller's promise.
    unsafe { call::recv_data(buffer, count, &datatype) }
}

/// The same count for every rank.
#[inline]
pub(super) fn uniform<A: Abi>(count: i64, handle: A::Datatype) -> Result<Blocks> {
    let datatype = datatype::<A>(handle)?;
    Blocks::uniform(datatype, call::count(count)?)
}

/// An array of an element for each rank may be missing only where there are none.
#[inline]
fn check_array(is_null: bool, what: &str, ranks: usize) -> Result<()> {
    if is_null && ranks != 0 {
        fail!(ErrorClass::Arg, "the {what} array is a null pointer");
    }
    Ok(())
}

/// A count and a displacement for each rank, in units of the datatype.
///
/// # Safety
/// The arrays have `ranks` elements.
pub(super) unsafe fn varying<A: Abi>(
    counts: IntArray,
    displacements: IntArray,
    handle: A::Datatype,
    ranks: usize,
) -> Result<Blocks> {
    let datatype = datatype::<A>(handle)?;
    check_array(counts.is_null(), "counts", ranks)?;
    check_array(displacements.is_null(), "displacements", ranks)?;
    // SAFETY: the caller's promise.
    let place = |rank| unsafe { Ok((call::count(counts.get(rank))?, displacements.get(rank) as isize)) };
    Blocks::varying(&datatype, (0..ranks).map(place))
}

/// A count, a displacement in bytes and a datatype for each rank.
///
/// # Safety
/// The arrays have `ranks` elements.
pub(super) unsafe fn each<A: Abi>(
    counts: IntArray,
    displacements: IntArray,
    handles: *const A::Datatype,
    ranks: usize,
) -> Result<Blocks> {
    check_array(counts.is_null(), "counts", ranks)?;
    check_array(displacements.is_null() || handles.is_null(), "displacements or datatypes", ranks)?;
    Blocks::each((0..ranks).map(|rank| {
        // SAFETY: the caller's promise.
        let (count, displacement, handle) =
            unsafe { (counts.get(rank), displacements.get(rank) as isize, *handles.add(rank)) };
        Ok(Part { datatype: datatype::<A>(handle)?, count: call::count(count)?, displacement })
    }))
}

/// # Safety
/// MPI's rules for a send buffer hold for `buffer` until the operation completes.
pub(super) unsafe fn send_blocks(buffer: *const c_void, blocks: Blocks, ranks: usize) -> Result<SendBlocks> {
    let range = blocks.byte_range(ranks);
    check_address(buffer, &range, "sendbuf")?;
    // SAFETY: the caller's promise, for the bytes that the blocks name.
    Ok(SendBlocks { buffer: unsafe { SendBuffer::new(buffer.cast(), range) }, blocks })
}

/// # Safety
/// MPI's rules for a receive buffer hold for `buffer` until the operation completes.
pub(super) unsafe fn recv_blocks<A: Abi>(
    buffer: *mut c_void,
    blocks: Blocks,
    ranks: usize,
) -> Result<RecvBlocks> {
    let range = blocks.byte_range(ranks);
    check_room::<A>(buffer)?;
    check_address(buffer, &range, "recvbuf")?;
    // SAFETY: the caller's promise, for the bytes that the blocks name.
    Ok(RecvBlocks { buffer: unsafe { RecvBuffer::new(buffer.cast(), range) }, blocks })
}

/// A null buffer stands for `MPI_BOTTOM`, and nothing lies at address 0.
#[inline]
fn check_address(buffer: *const c_void, range: &Range<isize>, what: &str) -> Result<()> {
    if buffer.is_null() && range.contains(&0) { Err(no_memory(what)) } else { Ok(()) }
}

#[cold]
fn no_memory(what: &str) -> Error {
    Error::new(ErrorClass::Buffer, format!("{what} is a null pointer, and there is data for it"))
}

#[inline]
fn check_room<A: Abi>(buffer: *const c_void) -> Result<()> {
    if buffer == A::IN_PLACE {
        fail!(
            ErrorClass::Buffer,
            "recvbuf is MPI_IN_PLACE, which goes where sendbuf does: the data are in recvbuf then"
        );
    }
    Ok(())
}

/// Datatype and operation of a reduction, checked against each other.
#[inline(always)]
pub(super) fn reduction<A: Abi>(handle: A::Datatype, op: A::Op) -> Result<Reduction> {
    let id = handle.decode();
    let datatype = datatype::<A>(handle)?;
    let op = match Op::predefined(op.decode().raw()) {
        Some(op) => op,
        None => with_objects(|objects| objects.op(op.decode()).cloned())?,
    };
    op.check(&datatype)?;
    Ok(Reduction { datatype, op, id })
}

/// Base of `count` elements to be combined.
///
/// # Safety
/// MPI's rules for a send buffer hold for `buffer` until the operation completes.
#[inline(always)]
pub(super) unsafe fn operand(buffer: *const c_void, count: usize, datatype: &Datatype) -> Result<SendBuffer> {
    let range = datatype.byte_range(count);
    check_address(buffer, &range, "sendbuf")?;
    // SAFETY: the caller's promise, for the bytes that the datatype names.
    Ok(unsafe { SendBuffer::new(buffer.cast(), range) })
}

/// As [`operand`]; `None` for `MPI_IN_PLACE`.
///
/// # Safety
/// As [`operand`].
#[inline(always)]
pub(super) unsafe fn operand_or_in_place<A: Abi>(
    buffer: *const c_void,
    count: usize,
    datatype: &Datatype,
) -> Result<Option<SendBuffer>> {
    if buffer == A::IN_PLACE {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    unsafe { operand(buffer, count, datatype).map(Some) }
}

/// Base of room for `count` combined elements; the `operand` of this process is
/// other memory.
///
/// # Safety
/// MPI's rules for a receive buffer hold for `buffer` until the operation completes.
#[inline(always)]
pub(super) unsafe fn result<A: Abi>(
    buffer: *mut c_void,
    count: usize,
    datatype: &Datatype,
    operand: Option<&SendBuffer>,
) -> Result<RecvBuffer> {
    let range = datatype.byte_range(count);
    check_room::<A>(buffer)?;
    check_address(buffer, &range, "recvbuf")?;
    // SAFETY: the caller's promise, for the bytes that the datatype names.
    let room = unsafe { RecvBuffer::new(buffer.cast(), range) };
    check_operands(operand, &room)?;
    Ok(room)
}

/// The counts of a reduce-scatter.
///
/// # Safety
/// The array has `ranks` elements.
pub(super) unsafe fn counts(counts: IntArray, ranks: usize) -> Result<Vec<usize>> {
    check_array(counts.is_null(), "counts", ranks)?;
    // SAFETY: the caller's promise.
    (0..ranks).map(|rank| call::count(unsafe { counts.get(rank) })).collect()
}

/// The side of a rooted operation that this process is on.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// Within one group; this process may be the root.
    Within {
        root: usize,
        here: bool,
    },
    Between(Root),
}

impl Side {
    /// # Errors
    /// `MPI_ERR_ROOT` when there is no such root.
    pub(super) fn of(core: &CommCore, root: i32) -> Result<Self> {
        if core.is_inter() {
            return inter_root(core, root).map(Self::Between);
        }
        let root = root_within(core, root)?;
        Ok(Self::Within { root, here: root == core.rank() })
    }

    pub(super) fn is_root(self) -> bool {
        matches!(self, Self::Within { here: true, .. } | Self::Between(Root::Here))
    }

    /// Whether this process has a block of its own.
    pub(super) fn has_block(self) -> bool {
        matches!(self, Self::Within { .. } | Self::Between(Root::Remote(_)))
    }

    /// The root within one group.
    pub(super) fn root(self) -> usize {
        match self {
            Self::Within { root, .. } => root,
            Self::Between(_) => 0,
        }
    }

    /// What the operation's messages carry.
    pub(super) fn mark(self, operation: Operation, core: &CommCore) -> Fingerprint {
        let bare = Fingerprint::new(operation);
        match self {
            Self::Within { root, .. } | Self::Between(Root::Remote(root)) => bare.with_root(root),
            Self::Between(Root::Here) => bare.with_root(core.rank()),
            // Takes part in no message.
            Self::Between(Root::Beside) => bare,
        }
    }
}

/// What the messages of an operation carry whose ranks all have blocks of this
/// size, if they do.
pub(super) fn mark_blocks(bare: Fingerprint, blocks: &Blocks) -> Fingerprint {
    match blocks {
        Blocks::Uniform(uniform) => bare.with_bytes(uniform.bytes()),
        Blocks::Dense(_) | Blocks::Each(_) => bare,
    }
}

/// The root of an operation within one group.
fn root_within(core: &CommCore, root: i32) -> Result<usize> {
    match usize::try_from(root) {
        Ok(root) if root < core.size() => Ok(root),
        _ => Err(bad_root(root, core.size())),
    }
}

/// The root of an operation between two groups.
fn inter_root(core: &CommCore, root: i32) -> Result<Root> {
    match root {
        ROOT => Ok(Root::Here),
        PROC_NULL => Ok(Root::Beside),
        root => match usize::try_from(root) {
            Ok(root) if root < core.peers().size() => Ok(Root::Remote(root)),
            _ => fail!(
                ErrorClass::Root,
                "the root is {root}; between two groups it is MPI_ROOT at the root itself, MPI_PROC_NULL at the \
                 others of its group, and its rank, 0 to {}, in the other group",
                core.peers().size() - 1
            ),
        },
    }
}

#[cold]
fn bad_root(root: i32, size: usize) -> Error {
    Error::new(
        ErrorClass::Root,
        format!("the root is {root}; this communicator has {size} ranks, so it must be 0 to {}", size - 1),
    )
}
