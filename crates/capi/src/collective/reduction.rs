//! Reductions and scans.

use core::ffi::{c_int, c_void};

use engine::collective::allreduce::{Allreduce, allreduce as allreduce_within, allreduce_at_once};
use engine::collective::fingerprint::{Fingerprint, Operation};
use engine::collective::inter::{Root, inter_allreduce, inter_reduce, inter_reduce_scatter};
use engine::collective::reduce::{Reduce, reduce as reduce_within, reduce_at_once};
use engine::collective::reduce_scatter::{
    ReduceScatter, reduce_scatter as reduce_scatter_within, reduce_scatter_at_once,
};
use engine::collective::reduction::Reduction;
use engine::collective::scan::{Scan, exscan as exscan_within, scan as scan_within, scan_at_once};
use engine::error::{ErrorClass, Result};
use engine::fail;

use super::arguments::{Side, counts, operand, operand_or_in_place, reduction, result};
use super::{Call, Meeting, run};
use crate::abi::Abi;
use crate::call;
use crate::wide::IntArray;

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Reduce`.
pub(super) unsafe fn reduce_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    let root = A::rank_in(root);
    run(call, comm, |core, begun| {
        let side = Side::of(core, root)?;
        let args = match side {
            // Of this process only the root argument counts.
            Side::Between(Root::Beside) => None,
            // SAFETY: the caller's promise.
            _ => Some(unsafe { reduce_arguments::<A>(side, (sendbuf, recvbuf), count, (datatype, op))? }),
        };
        let mark = side.mark(Operation::Reduce, core);
        let mark = args.as_ref().map_or(mark, |(_, bytes)| mark.with_bytes(*bytes));
        let at_once = move |meeting: &Meeting<'_>, args: &Option<Reduce>| match (side, args) {
            (Side::Within { .. }, Some(args)) => reduce_at_once(meeting, args),
            _ => Ok(false),
        };
        begun.carry_out(mark, args.map(|(args, _)| args), at_once, move |ports, args| async move {
            match (side, args) {
                (_, None) => Ok(()),
                (Side::Between(root), Some(args)) => inter_reduce(&ports, root, args).await,
                (Side::Within { .. }, Some(args)) => reduce_within(&ports, args).await,
            }
        })
    })
}

/// What a reduction to a root does at a process that takes part, and the bytes
/// of an operand.
///
/// # Safety
/// As the MPI standard asks of the buffers, send and receive.
unsafe fn reduce_arguments<A: Abi>(
    side: Side,
    (sendbuf, recvbuf): (*const c_void, *mut c_void),
    count: i64,
    (datatype, op): (A::Datatype, A::Op),
) -> Result<(Reduce, usize)> {
    let (reduction, count) = (reduction::<A>(datatype, op)?, call::count(count)?);
    let bytes = bytes_of(&reduction, count)?;
    // SAFETY: the caller's promise.
    let (send, recv) = unsafe {
        let send = match side.has_block() {
            true => operand_or_in_place::<A>(sendbuf, count, &reduction.datatype)?,
            false => None,
        };
        let recv = match side.is_root() {
            true => Some(result::<A>(recvbuf, count, &reduction.datatype, send.as_ref())?),
            false => None,
        };
        (send, recv)
    };
    Ok((Reduce { root: side.root(), send, recv, count, reduction }, bytes))
}

/// Bytes of `count` elements, gaps not counted.
fn bytes_of(reduction: &Reduction, count: usize) -> Result<usize> {
    reduction.datatype.check_count(count)?;
    Ok(reduction.datatype.size() as usize * count)
}

/// `MPI_Reduce`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn reduce<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    root: c_int,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { reduce_with::<A>(Call::wait("MPI_Reduce"), sendbuf, recvbuf, count, datatype, op, root, comm) }
}

/// `MPI_Ireduce`.
///
/// # Safety
/// As `MPI_Reduce`, until the request completes; `request` may be written.
pub unsafe fn ireduce<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    root: c_int,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        reduce_with::<A>(
            Call::start("MPI_Ireduce", request),
            sendbuf,
            recvbuf,
            count,
            datatype,
            op,
            root,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Allreduce`.
pub(super) unsafe fn allreduce_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        let (reduction, count) = (reduction::<A>(datatype, op)?, call::count(count)?);
        let mark = Fingerprint::new(Operation::Allreduce).with_bytes(bytes_of(&reduction, count)?);
        // SAFETY: the caller's promise.
        let args = unsafe {
            let send = operand_or_in_place::<A>(sendbuf, count, &reduction.datatype)?;
            let recv = result::<A>(recvbuf, count, &reduction.datatype, send.as_ref())?;
            Allreduce { send, recv, count, reduction }
        };
        let inter = core.is_inter();
        let at_once =
            move |meeting: &Meeting<'_>, args: &Allreduce| Ok(!inter && allreduce_at_once(meeting, args)?);
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match inter {
                true => inter_allreduce(&ports, args).await,
                false => allreduce_within(&ports, args).await,
            }
        })
    })
}

/// `MPI_Allreduce`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn allreduce<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { allreduce_with::<A>(Call::wait("MPI_Allreduce"), sendbuf, recvbuf, count, datatype, op, comm) }
}

/// `MPI_Iallreduce`.
///
/// # Safety
/// As `MPI_Allreduce`, until the request completes; `request` may be written.
pub unsafe fn iallreduce<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        allreduce_with::<A>(
            Call::start("MPI_Iallreduce", request),
            sendbuf,
            recvbuf,
            count,
            datatype,
            op,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the buffers; `counts` makes the counts of all
/// ranks of the own group.
unsafe fn reduce_scatter_any<A: Abi>(
    (call, operation): (Call<A>, Operation),
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    counts: impl FnOnce(usize) -> Result<Vec<usize>>,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        let reduction = reduction::<A>(datatype, op)?;
        let counts = counts(core.size())?;
        let total = counts.iter().try_fold(0usize, |sum, &count| sum.checked_add(count));
        let Some(total) = total else {
            fail!(ErrorClass::Count, "the counts add up to more than memory holds")
        };
        let mark = Fingerprint::new(operation).with_bytes(bytes_of(&reduction, total)?);
        let in_place = sendbuf == A::IN_PLACE;
        let room = if in_place { total } else { counts[core.rank()] };
        // SAFETY: the caller's promise.
        let (send, recv) = unsafe {
            let send = match in_place {
                true => None,
                false => Some(operand(sendbuf, total, &reduction.datatype)?),
            };
            let recv = result::<A>(recvbuf, room, &reduction.datatype, send.as_ref())?;
            (send, recv)
        };
        let args = ReduceScatter { send, recv, counts, reduction };
        let inter = core.is_inter();
        let at_once = move |meeting: &Meeting<'_>, args: &ReduceScatter| {
            Ok(!inter && reduce_scatter_at_once(meeting, args)?)
        };
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match inter {
                true => inter_reduce_scatter(&ports, args).await,
                false => reduce_scatter_within(&ports, args).await,
            }
        })
    })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Reduce_scatter`.
pub(super) unsafe fn reduce_scatter_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let counts = |ranks| counts(recvcounts, ranks);
        reduce_scatter_any::<A>(
            (call, Operation::ReduceScatter),
            sendbuf,
            recvbuf,
            counts,
            datatype,
            op,
            comm,
        )
    }
}

/// `MPI_Reduce_scatter`.
///
/// # Safety
/// As the MPI standard asks of the buffers and the array.
pub unsafe fn reduce_scatter<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        reduce_scatter_with::<A>(
            Call::wait("MPI_Reduce_scatter"),
            sendbuf,
            recvbuf,
            recvcounts,
            datatype,
            op,
            comm,
        )
    }
}

/// `MPI_Ireduce_scatter`.
///
/// # Safety
/// As `MPI_Reduce_scatter`, until the request completes; `request` may be written.
pub unsafe fn ireduce_scatter<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcounts: IntArray,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        reduce_scatter_with::<A>(
            Call::start("MPI_Ireduce_scatter", request),
            sendbuf,
            recvbuf,
            recvcounts,
            datatype,
            op,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Reduce_scatter_block`.
pub(super) unsafe fn reduce_scatter_block_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    let counts = |ranks| call::count(recvcount).map(|count| vec![count; ranks]);
    let call = (call, Operation::ReduceScatterBlock);
    // SAFETY: the caller's promise.
    unsafe { reduce_scatter_any::<A>(call, sendbuf, recvbuf, counts, datatype, op, comm) }
}

/// `MPI_Reduce_scatter_block`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn reduce_scatter_block<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        reduce_scatter_block_with::<A>(
            Call::wait("MPI_Reduce_scatter_block"),
            sendbuf,
            recvbuf,
            recvcount,
            datatype,
            op,
            comm,
        )
    }
}

/// `MPI_Ireduce_scatter_block`.
///
/// # Safety
/// As `MPI_Reduce_scatter_block`, until the request completes; `request` may be written.
pub unsafe fn ireduce_scatter_block<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    recvcount: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        reduce_scatter_block_with::<A>(
            Call::start("MPI_Ireduce_scatter_block", request),
            sendbuf,
            recvbuf,
            recvcount,
            datatype,
            op,
            comm,
        )
    }
}

/// # Safety
/// As the MPI standard asks of the buffers.
unsafe fn scan_any<A: Abi>(
    call: Call<A>,
    exclusive: bool,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    run(call, comm, |core, begun| {
        if core.is_inter() {
            fail!(ErrorClass::Comm, "scans work within one group, and this is an intercommunicator");
        }
        let (reduction, count) = (reduction::<A>(datatype, op)?, call::count(count)?);
        let operation = if exclusive { Operation::Exscan } else { Operation::Scan };
        let mark = Fingerprint::new(operation).with_bytes(bytes_of(&reduction, count)?);
        // SAFETY: the caller's promise.
        let args = unsafe {
            let send = operand_or_in_place::<A>(sendbuf, count, &reduction.datatype)?;
            let recv = result::<A>(recvbuf, count, &reduction.datatype, send.as_ref())?;
            Scan { send, recv, count, reduction }
        };
        let at_once = move |meeting: &Meeting<'_>, args: &Scan| scan_at_once(meeting, args, exclusive);
        begun.carry_out(mark, args, at_once, move |ports, args| async move {
            match exclusive {
                true => exscan_within(&ports, args).await,
                false => scan_within(&ports, args).await,
            }
        })
    })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Scan`.
pub(super) unsafe fn scan_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { scan_any::<A>(call, false, sendbuf, recvbuf, count, datatype, op, comm) }
}

/// `MPI_Scan`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn scan<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { scan_with::<A>(Call::wait("MPI_Scan"), sendbuf, recvbuf, count, datatype, op, comm) }
}

/// `MPI_Iscan`.
///
/// # Safety
/// As `MPI_Scan`, until the request completes; `request` may be written.
pub unsafe fn iscan<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { scan_with::<A>(Call::start("MPI_Iscan", request), sendbuf, recvbuf, count, datatype, op, comm) }
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Exscan`.
pub(super) unsafe fn exscan_with<A: Abi>(
    call: Call<A>,
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { scan_any::<A>(call, true, sendbuf, recvbuf, count, datatype, op, comm) }
}

/// `MPI_Exscan`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn exscan<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { exscan_with::<A>(Call::wait("MPI_Exscan"), sendbuf, recvbuf, count, datatype, op, comm) }
}

/// `MPI_Iexscan`.
///
/// # Safety
/// As `MPI_Exscan`, until the request completes; `request` may be written.
pub unsafe fn iexscan<A: Abi>(
    sendbuf: *const c_void,
    recvbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
    comm: A::Comm,
    request: *mut A::Request,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        exscan_with::<A>(Call::start("MPI_Iexscan", request), sendbuf, recvbuf, count, datatype, op, comm)
    }
}
