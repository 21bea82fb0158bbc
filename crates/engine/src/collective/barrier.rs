//! `MPI_Barrier` (MPI-5.0 section 6.3).

use super::board::{self, Meet};
use super::choose;
use super::ports::{Ports, exchange, met};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;

/// How ranks hear of one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Each looks at all others on the board: one round.
    Board,
    /// `ceil(log2(size))` rounds; after round `k` a rank has heard, directly or
    /// not, of the `2^(k+1) - 1` ranks below it.
    Dissemination,
}

/// Returns when every rank has entered.
pub async fn barrier<P: Ports>(ports: &P) -> Result<()> {
    match ports.meet()? {
        Some(meet) => barrier_at_once(&meet).map(drop),
        None => barrier_by(ports, choose::barrier(false, ports.size())).await,
    }
}

/// As [`barrier`], if that takes no messages; says whether it did.
///
/// # Errors
/// As [`barrier`].
pub fn barrier_at_once<M: Meet>(meet: &M) -> Result<bool> {
    board::moving::barrier(meet)?;
    Ok(true)
}

/// As [`barrier`], with the algorithm given: the same on every rank.
pub async fn barrier_by<P: Ports>(ports: &P, algorithm: Algorithm) -> Result<()> {
    match algorithm {
        Algorithm::Board => board::moving::barrier(&met(ports)?),
        Algorithm::Dissemination => dissemination(ports).await,
    }
}

async fn dissemination<P: Ports>(ports: &P) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let mut distance = 1;
    while distance < size {
        let (to, from) = ((rank + distance) % size, (rank + size - distance) % size);
        exchange(ports, to, SendData::empty(), from, RecvData::empty()).await?;
        distance *= 2;
    }
    Ok(())
}
