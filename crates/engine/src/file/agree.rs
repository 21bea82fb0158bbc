//! What the ranks of a file tell each other so that a collective call fails on
//! all of them or on none.

use std::sync::Arc;

use memory::buffer::Scratch;

use crate::collective::allgather::{Allgather, allgather};
use crate::collective::bcast::{Bcast, bcast};
use crate::collective::{Blocks, Ports, RecvBlocks};
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::predefined::index;
use crate::datatype::predefined_datatype;
use crate::error::{Error, ErrorClass, Result};
use crate::fail;

fn bytes_of(words: &[u64]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

fn words_of(scratch: &Scratch) -> Vec<u64> {
    let lent = scratch.send_buffer();
    let (words, _) = lent.slice(0, scratch.len()).as_chunks();
    words.iter().map(|word| u64::from_ne_bytes(*word)).collect()
}

/// The words of all ranks, in the order of ranks; each gives equally many.
pub async fn all_words<P: Ports>(ports: &P, words: &[u64]) -> Result<Vec<u64>> {
    let own = Scratch::from_bytes(&bytes_of(words));
    let all = Scratch::zeroed(own.len() * ports.size());
    let byte = Arc::clone(predefined_datatype(index::BYTE).expect("MPI_BYTE is predefined"));
    let blocks = Blocks::uniform(byte.into(), own.len())?;
    let recv = RecvBlocks { buffer: all.recv_buffer(), blocks };
    let send = Some(SendData::bytes(own.send_buffer(), own.len()));
    allgather(ports, Allgather { send, recv }).await?;
    Ok(words_of(&all))
}

async fn bytes_from<P: Ports>(ports: &P, root: usize, bytes: &[u8], len: usize) -> Result<Scratch> {
    let memory = if ports.rank() == root { Scratch::from_bytes(bytes) } else { Scratch::zeroed(len) };
    let data = RecvData::bytes(memory.recv_buffer(), len);
    bcast(ports, Bcast { root, data }).await?;
    Ok(memory)
}

/// The words of rank 0; those of others do not count, but their number does.
pub async fn words_of_first<P: Ports>(ports: &P, words: &[u64]) -> Result<Vec<u64>> {
    let memory = bytes_from(ports, 0, &bytes_of(words), size_of_val(words)).await?;
    Ok(words_of(&memory))
}

/// An error's class and the length of its text in one word; 0 for none.
fn summary(error: Option<&Error>) -> u64 {
    error.map_or(0, |error| (error.class() as u64) << 32 | error.message().len() as u64)
}

/// The error of rank `root`, whose summary all ranks have.
async fn error_of<P: Ports>(ports: &P, root: usize, summary: u64, own: Option<&Error>) -> Result<Error> {
    let class = ErrorClass::ALL.iter().copied().find(|&class| class as u64 == summary >> 32);
    let class = class.unwrap_or(ErrorClass::Intern);
    let text = own.map_or("", Error::message).as_bytes();
    let text = bytes_from(ports, root, text, summary as u32 as usize).await?;
    let lent = text.send_buffer();
    let text = String::from_utf8_lossy(lent.slice(0, text.len()));
    if root == ports.rank() {
        return Ok(Error::new(class, text));
    }
    Ok(Error::new(class, format!("on rank {root} of the file's group: {text}")))
}

/// Fails on every rank when it fails on one, with the error of the lowest such
/// rank.
///
/// # Errors
/// That one, or those of communication.
pub async fn agree<P: Ports>(ports: &P, local: Result<()>) -> Result<()> {
    agree_on(ports, local, &[]).await.map(|_| ())
}

/// As [`agree`], and gives the words of all ranks, in the order of ranks; each
/// gives equally many.
///
/// # Errors
/// As [`agree`].
pub async fn agree_on<P: Ports>(ports: &P, local: Result<()>, words: &[u64]) -> Result<Vec<u64>> {
    let own = local.err();
    let told = [&[summary(own.as_ref())], words].concat();
    let all = all_words(ports, &told).await?;
    let columns = || all.chunks_exact(told.len());
    match columns().position(|rank| rank[0] != 0) {
        None => Ok(columns().flat_map(|rank| &rank[1..]).copied().collect()),
        Some(root) => Err(error_of(ports, root, all[root * told.len()], own.as_ref()).await?),
    }
}

/// As [`agree`], for errors at a place in the file: that of the lowest place
/// counts, and comes with it.
///
/// # Errors
/// Those of communication.
pub(super) async fn agree_on_fault<P: Ports>(
    ports: &P,
    local: Option<(u64, Error)>,
) -> Result<Option<(u64, Error)>> {
    if ports.size() == 1 {
        return Ok(local);
    }
    let (offset, own) = local.map_or((u64::MAX, None), |(offset, error)| (offset, Some(error)));
    let words = all_words(ports, &[offset, summary(own.as_ref())]).await?;
    let (words, _) = words.as_chunks::<2>();
    let failed = words.iter().enumerate().filter(|(_, [_, summary])| *summary != 0);
    let Some((root, &[offset, summary])) = failed.min_by_key(|(_, [offset, _])| *offset) else {
        return Ok(None);
    };
    let error = error_of(ports, root, summary, own.as_ref()).await?;
    Ok(Some((offset, error)))
}

/// Checks that all ranks gave the same value of an argument.
///
/// # Errors
/// `MPI_ERR_NOT_SAME`, on every rank, when they did not.
pub async fn same<P: Ports>(ports: &P, what: &str, value: u64) -> Result<()> {
    let values = all_words(ports, &[value]).await?;
    check_same(what, &values)
}

/// Checks values that all ranks have.
///
/// # Errors
/// As [`same`].
pub fn check_same(what: &str, values: &[u64]) -> Result<()> {
    if let Some(rank) = values.iter().position(|value| *value != values[0]) {
        fail!(
            ErrorClass::NotSame,
            "all ranks must give the same {what}, but rank 0 gave {} and rank {rank} gave {}",
            values[0] as i64,
            values[rank] as i64
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collective::simulator::{Sends, run};

    #[test]
    fn an_error_of_one_is_an_error_of_all() {
        for ranks in 1..6 {
            let report = run(ranks, 7, Sends::Mixed, |ports| async move {
                let rank = ports.rank();
                let failed = rank + 1 == ports.size();
                let local = if failed { Err(Error::new(ErrorClass::Quota, "no more")) } else { Ok(()) };
                let error = agree(&ports, local).await.unwrap_err();
                assert_eq!(error.class(), ErrorClass::Quota);
                assert!(error.message().ends_with("no more"));
                assert_eq!(error.message().starts_with("on rank"), !failed);
                agree(&ports, Ok(())).await
            });
            assert!(report.results.iter().all(Result::is_ok));
        }
    }

    #[test]
    fn the_fault_at_the_lowest_place_counts() {
        let report = run(4, 3, Sends::Mixed, |ports| async move {
            let place = [None, Some(900), Some(17), Some(400)][ports.rank()];
            let local = place.map(|place| (place, Error::new(ErrorClass::NoSpace, place.to_string())));
            let (place, error) = agree_on_fault(&ports, local).await?.expect("some have failed");
            assert_eq!(place, 17);
            assert!(error.message().ends_with("17"));
            assert_eq!(agree_on_fault(&ports, None).await?, None);
            same(&ports, "thing", 4).await?;
            let error = same(&ports, "thing", ports.rank() as u64 / 3).await.unwrap_err();
            assert_eq!(error.class(), ErrorClass::NotSame);
            assert!(error.message().contains("rank 3 gave 1"));
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }
}
