//! One-sided communication (MPI-5.0 chapter 12): so far windows with fences.
//!
//! A put or get is kept at its origin until the fence that ends the epoch.
//! There every rank tells every other how much it wants of it, the targets
//! apply puts and answer gets, and nobody leaves before all are done.
//!
//! # Invariants
//! - What an operation reaches is checked at its origin, against what every
//!   rank has said of its memory when the window was made.
//! - Puts are packed when they are called, so their buffers are free at once.

use std::sync::Arc;

use memory::buffer::{RecvBuffer, Scratch};

use crate::collective::alltoall::{Alltoall, alltoall};
use crate::collective::barrier::barrier;
use crate::collective::{Blocks, Ports, RecvBlocks, SendBlocks};
use crate::datatype::Datatype;
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::predefined::index;
use crate::datatype::predefined_datatype;
use crate::error::{Error, ErrorClass, Result};
use crate::fail;

/// What one rank lends to a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Bytes.
    pub size: u64,
    /// Bytes per unit of a target displacement.
    pub unit: i64,
}

/// The memory of a window, and what is under way in its epoch.
pub struct Window {
    memory: RecvBuffer,
    extents: Arc<[Extent]>,
    pending: Vec<Pending>,
}

/// A piece of the target's memory: offset and bytes.
type Piece = (u64, u64);

struct Pending {
    target: usize,
    pieces: Vec<Piece>,
    what: What,
}

enum What {
    Put(Vec<u8>),
    Get(RecvData),
}

/// Operations of an epoch, taken out of their window to be carried out.
pub struct Epoch {
    memory: RecvBuffer,
    pending: Vec<Pending>,
}

/// Words that describe a piece.
const PIECE_WORDS: usize = 3;
const PUT: u64 = 0;
const GET: u64 = 1;

impl Window {
    /// A window in which this process lends `memory` and every rank what
    /// `extents` says.
    pub fn new(memory: RecvBuffer, extents: Arc<[Extent]>) -> Self {
        Self { memory, extents, pending: Vec::new() }
    }

    /// Whether operations wait for a fence.
    pub fn is_busy(&self) -> bool {
        !self.pending.is_empty()
    }

    /// `MPI_Put` of `data` to `count` elements of `datatype` at `displacement`.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_RANGE` when that lies outside the target's memory,
    /// `MPI_ERR_TRUNCATE` when the sizes differ.
    pub fn put(
        &mut self,
        data: &SendData,
        target: usize,
        displacement: i64,
        datatype: &Datatype,
        count: usize,
    ) -> Result<()> {
        let bytes = data.total_bytes();
        let pieces = self.reach(target, displacement, datatype, count, bytes)?;
        let mut packed = vec![0; bytes];
        data.pack(0, &mut packed);
        self.pending.push(Pending { target, pieces, what: What::Put(packed) });
        Ok(())
    }

    /// `MPI_Get` into `data`; as [`Self::put`].
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn get(
        &mut self,
        data: RecvData,
        target: usize,
        displacement: i64,
        datatype: &Datatype,
        count: usize,
    ) -> Result<()> {
        let pieces = self.reach(target, displacement, datatype, count, data.total_bytes())?;
        self.pending.push(Pending { target, pieces, what: What::Get(data) });
        Ok(())
    }

    /// The pieces of the target's memory that an access touches.
    fn reach(
        &self,
        target: usize,
        displacement: i64,
        datatype: &Datatype,
        count: usize,
        bytes: usize,
    ) -> Result<Vec<Piece>> {
        let wanted = (datatype.size() as usize).saturating_mul(count);
        if wanted != bytes {
            fail!(
                ErrorClass::Truncate,
                "the origin has {bytes} bytes and the target {wanted}: both sides of a put or get are the same data"
            );
        }
        let Extent { size, unit } = self.extents[target];
        let outside = |at: i64| {
            Error::new(
                ErrorClass::RmaRange,
                format!(
                    "an access at displacement {displacement} reaches byte {at} of rank {target}, whose memory in \
                     the window has {size} bytes"
                ),
            )
        };
        let base = displacement.checked_mul(unit).ok_or_else(|| outside(i64::MAX))?;
        let mut pieces = Vec::new();
        let mut wrong = None;
        datatype.for_each_block(count, 0..bytes, |offset, len| {
            let start = base.saturating_add(offset as i64);
            let end = start.saturating_add(len as i64);
            if start < 0 || end as u64 > size {
                wrong.get_or_insert(if start < 0 { start } else { end });
            } else {
                pieces.push((start as u64, len as u64));
            }
        });
        match wrong {
            Some(at) => Err(outside(at)),
            None => Ok(pieces),
        }
    }

    /// Takes what the fence has to carry out.
    pub fn take_epoch(&mut self) -> Epoch {
        Epoch { memory: self.memory.clone(), pending: std::mem::take(&mut self.pending) }
    }
}

/// Tells every rank what this one lends, and learns what they lend.
///
/// # Errors
/// Those of the ports.
pub async fn exchange_extents<P: Ports>(ports: &P, own: Extent) -> Result<Arc<[Extent]>> {
    let words = [own.size, own.unit as u64].repeat(ports.size());
    let all = exchange_words(ports, &words, 2).await?;
    let (pairs, _) = all.as_chunks::<2>();
    Ok(pairs.iter().map(|&[size, unit]| Extent { size, unit: unit as i64 }).collect())
}

/// Sends `per_rank` words to each rank and receives as many from each.
async fn exchange_words<P: Ports>(ports: &P, words: &[u64], per_rank: usize) -> Result<Vec<u64>> {
    let Some(word) = predefined_datatype(index::UINT64_T) else {
        fail!(ErrorClass::Intern, "MPI_UINT64_T is not predefined");
    };
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
    let outgoing = Scratch::from_bytes(&bytes);
    let incoming = Scratch::zeroed(bytes.len());
    let blocks = Blocks::Uniform { datatype: word.clone(), count: per_rank };
    let args = Alltoall {
        send: Some(SendBlocks { buffer: outgoing.send_buffer(), blocks: blocks.clone() }),
        recv: RecvBlocks { buffer: incoming.recv_buffer(), blocks },
    };
    alltoall(ports, args).await?;
    Ok(words_of(&incoming))
}

fn words_of(scratch: &Scratch) -> Vec<u64> {
    let lent = scratch.send_buffer();
    let (words, _) = lent.slice(0, scratch.len()).as_chunks::<8>();
    words.iter().map(|&word| u64::from_ne_bytes(word)).collect()
}

/// Carries out the operations of all ranks (MPI-5.0 section 12.5.1).
///
/// # Errors
/// Those of the ports.
pub async fn fence<P: Ports>(ports: &P, epoch: Epoch) -> Result<()> {
    let ranks = ports.size();
    let mut orders = vec![Vec::new(); ranks];
    let mut puts = vec![Vec::new(); ranks];
    for operation in &epoch.pending {
        let kind = match &operation.what {
            What::Put(data) => {
                puts[operation.target].extend_from_slice(data);
                PUT
            }
            What::Get(_) => GET,
        };
        for &(offset, len) in &operation.pieces {
            orders[operation.target].extend([kind, offset, len]);
        }
    }
    // How many words and bytes everybody is going to get.
    let sizes: Vec<u64> =
        (0..ranks).flat_map(|rank| [orders[rank].len() as u64, puts[rank].len() as u64]).collect();
    let incoming = exchange_words(ports, &sizes, 2).await?;
    let orders: Vec<Vec<u8>> =
        orders.iter().map(|words| words.iter().flat_map(|word| word.to_ne_bytes()).collect()).collect();
    let (counts, _) = incoming.as_chunks::<2>();
    let received = swap(ports, &orders, counts.iter().map(|[words, _]| *words as usize * 8)).await?;
    let data = swap(ports, &puts, counts.iter().map(|[_, bytes]| *bytes as usize)).await?;
    let mut answers = Vec::with_capacity(ranks);
    for (orders, data) in received.iter().zip(&data) {
        answers.push(serve(&epoch.memory, &words_of(orders), data)?);
    }
    take_answers(ports, &epoch, answers).await?;
    barrier(ports).await
}

/// Sends a message to every rank that gets one and receives those that come.
async fn swap<P: Ports>(
    ports: &P,
    outgoing: &[Vec<u8>],
    incoming: impl Iterator<Item = usize>,
) -> Result<Vec<Scratch>> {
    let mut transfers = Vec::new();
    let mut rooms = Vec::with_capacity(outgoing.len());
    for (from, bytes) in incoming.enumerate() {
        let room = Scratch::zeroed(bytes);
        if bytes != 0 {
            transfers.push(ports.start_recv(from, RecvData::bytes(room.recv_buffer(), bytes))?);
        }
        rooms.push(room);
    }
    for (to, message) in outgoing.iter().enumerate().filter(|(_, message)| !message.is_empty()) {
        let data = Scratch::from_bytes(message);
        transfers.push(ports.start_send(to, SendData::bytes(data.send_buffer(), message.len()))?);
    }
    for transfer in transfers {
        transfer.await?;
    }
    Ok(rooms)
}

/// Applies one rank's puts to this process's memory and answers its gets.
fn serve(memory: &RecvBuffer, orders: &[u64], data: &Scratch) -> Result<Vec<u8>> {
    let lent = data.send_buffer();
    let mut at = 0;
    let mut answer = Vec::new();
    for order in orders.chunks_exact(PIECE_WORDS) {
        let (offset, len) = (order[1] as isize, order[2] as usize);
        if order[0] == PUT {
            memory.copy_from(offset, lent.slice(at, len));
            at += len as isize;
        } else {
            answer.extend_from_slice(memory.as_send().slice(offset, len));
        }
    }
    Ok(answer)
}

/// Sends the answers to others' gets and takes those to our own.
async fn take_answers<P: Ports>(ports: &P, epoch: &Epoch, answers: Vec<Vec<u8>>) -> Result<()> {
    let gets = |target| {
        epoch.pending.iter().filter_map(move |operation| match &operation.what {
            What::Get(data) if operation.target == target => Some(data),
            _ => None,
        })
    };
    let sizes = (0..ports.size()).map(|target| gets(target).map(RecvData::total_bytes).sum());
    let received = swap(ports, &answers, sizes).await?;
    for (target, answer) in received.iter().enumerate() {
        let lent = answer.send_buffer();
        let mut at = 0;
        for data in gets(target) {
            let bytes = data.total_bytes();
            data.unpack(0, lent.slice(at, bytes));
            at += bytes as isize;
        }
    }
    Ok(())
}
