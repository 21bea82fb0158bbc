//! Small exchanges of numbers between the processes that make a communicator.

use std::sync::Arc;

use memory::buffer::{RecvBuffer, Scratch};

use crate::collective::allgather::{Allgather, allgather};
use crate::collective::allreduce::{Allreduce, allreduce};
use crate::collective::alltoall::{Alltoall, alltoall, alltoallv};
use crate::collective::bcast::{Bcast, bcast};
use crate::collective::{Blocks, Ports, RecvBlocks, Reduction, SendBlocks};
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::predefined::index;
use crate::datatype::{Datatype, DatatypeId, predefined_datatype};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::op::{self, Op};

fn unsigned() -> &'static Arc<Datatype> {
    predefined_datatype(index::UINT32_T).expect("MPI_UINT32_T is predefined")
}

/// Words in memory that lends buffers.
struct Words(Scratch);

impl Words {
    fn new(words: &[u32]) -> Self {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        Self(Scratch::from_bytes(&bytes))
    }

    fn zeroed(count: usize) -> Self {
        Self(Scratch::zeroed(count * size_of::<u32>()))
    }

    fn send(&self) -> SendData {
        SendData::bytes(self.0.send_buffer(), self.0.len())
    }

    fn buffer(&self) -> RecvBuffer {
        self.0.recv_buffer()
    }

    fn room(&self) -> RecvData {
        RecvData::bytes(self.buffer(), self.0.len())
    }

    fn read(&self) -> Vec<u32> {
        let buffer = self.0.send_buffer();
        let (words, _) = buffer.slice(0, self.0.len()).as_chunks();
        words.iter().map(|word| u32::from_ne_bytes(*word)).collect()
    }
}

/// The largest of all ranks' words, each by itself.
pub(super) async fn max<P: Ports>(ports: &P, words: [u32; 4]) -> Result<[u32; 4]> {
    let memory = Words::new(&words);
    let op = op::index_of("MPI_MAX").and_then(Op::predefined).expect("MPI_MAX is predefined");
    let id = DatatypeId::from_raw(index::UINT32_T);
    let reduction = Reduction { datatype: unsigned().into(), op, id };
    allreduce(ports, Allreduce { send: None, recv: memory.buffer(), count: words.len(), reduction }).await?;
    let result = memory.read();
    Ok([result[0], result[1], result[2], result[3]])
}

/// The words of all ranks, in the order of ranks; each gives equally many.
pub(crate) async fn all<P: Ports>(ports: &P, words: &[u32]) -> Result<Vec<u32>> {
    let (own, memory) = (Words::new(words), Words::zeroed(words.len() * ports.size()));
    let blocks = Blocks::uniform(unsigned().into(), words.len())?;
    let recv = RecvBlocks { buffer: memory.buffer(), blocks };
    allgather(ports, Allgather { send: Some(own.send()), recv }).await?;
    Ok(memory.read())
}

/// What came of something that rank `root` alone did: words, or its error,
/// which all ranks get.
///
/// # Errors
/// The root's, and those of the ports.
pub async fn outcome_of_root<P: Ports>(
    ports: &P,
    root: usize,
    outcome: Option<Result<Vec<u32>>>,
) -> Result<Vec<u32>> {
    let (class, words, bytes) = match outcome {
        Some(Ok(words)) => (ErrorClass::Success, words, 0),
        Some(Err(error)) => {
            let message = error.message().as_bytes();
            let words = message.chunks(4).map(|chunk| {
                let mut word = [0; 4];
                word[..chunk.len()].copy_from_slice(chunk);
                u32::from_ne_bytes(word)
            });
            (error.class(), words.collect(), message.len())
        }
        None => (ErrorClass::Success, Vec::new(), 0),
    };
    let header = from_root(ports, root, &[class as u32, words.len() as u32, bytes as u32], 3).await?;
    let words = from_root(ports, root, &words, header[1] as usize).await?;
    match ErrorClass::ALL.iter().find(|&&class| class as u32 == header[0]) {
        Some(ErrorClass::Success) => Ok(words),
        class => {
            let mut message: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
            message.truncate(header[2] as usize);
            let class = class.copied().unwrap_or(ErrorClass::Other);
            Err(crate::error::Error::new(class, String::from_utf8_lossy(&message).into_owned()))
        }
    }
}

/// Gives every rank its words and gets those of every rank, in the order of
/// ranks; each may be of any length.
pub(super) async fn exchange<P: Ports>(ports: &P, messages: &[Vec<u32>]) -> Result<Vec<Vec<u32>>> {
    let lengths: Vec<u32> = messages.iter().map(|message| message.len() as u32).collect();
    let (outgoing, incoming) = (Words::new(&lengths), Words::zeroed(ports.size()));
    let each = || Blocks::uniform(unsigned().into(), 1);
    let send = SendBlocks { buffer: outgoing.0.send_buffer(), blocks: each()? };
    let recv = RecvBlocks { buffer: incoming.buffer(), blocks: each()? };
    alltoall(ports, Alltoall { send: Some(send), recv }).await?;
    let lengths = incoming.read();

    let room = lengths.iter().map(|&length| length as usize).sum();
    let (outgoing, incoming) = (Words::new(&messages.concat()), Words::zeroed(room));
    let sent = Blocks::following(&unsigned().into(), messages.iter().map(Vec::len))?;
    let received = Blocks::following(&unsigned().into(), lengths.iter().map(|&length| length as usize))?;
    let send = SendBlocks { buffer: outgoing.0.send_buffer(), blocks: sent };
    let recv = RecvBlocks { buffer: incoming.buffer(), blocks: received };
    alltoallv(ports, Alltoall { send: Some(send), recv }).await?;
    let words = incoming.read();
    let mut rest = words.as_slice();
    let message = |&length: &u32| rest.split_off(..length as usize).map_or_else(Vec::new, <[u32]>::to_vec);
    Ok(lengths.iter().map(message).collect())
}

/// The words of rank `root`, of which there are `count`; the others' do not
/// count.
pub(crate) async fn from_root<P: Ports>(
    ports: &P,
    root: usize,
    words: &[u32],
    count: usize,
) -> Result<Vec<u32>> {
    let memory = if ports.rank() == root { Words::new(words) } else { Words::zeroed(count) };
    bcast(ports, Bcast { root, data: memory.room() }).await?;
    Ok(memory.read())
}

/// Gives words to a process and gets `count` from it. `send` and `receive`
/// start the transfers.
pub(super) async fn swap<F: Future<Output = Result<u64>>>(
    words: &[u32],
    count: usize,
    receive: impl FnOnce(RecvData) -> Result<F>,
    send: impl FnOnce(SendData) -> Result<F>,
) -> Result<Vec<u32>> {
    let (outgoing, incoming) = (Words::new(words), Words::zeroed(count));
    let receiving = receive(incoming.room())?;
    let sending = send(outgoing.send())?;
    let received = receiving.await?;
    sending.await?;
    if received != (count * size_of::<u32>()) as u64 {
        fail!(
            ErrorClass::Other,
            "the leader of the other group sent {received} bytes where {} were expected: \
             do both groups make the same communicator, with the same tag?",
            count * size_of::<u32>()
        );
    }
    Ok(incoming.read())
}
