//! `MPI_Barrier` (MPI-5.0 section 6.3).

use super::ports::{Ports, exchange};
use crate::datatype::data::{RecvData, SendData};
use crate::error::Result;

/// Returns when every rank has entered. Dissemination: `ceil(log2(size))`
/// rounds; after round `k` a rank has heard, directly or not, of the
/// `2^(k+1) - 1` ranks below it.
pub async fn barrier<P: Ports>(ports: &P) -> Result<()> {
    let (rank, size) = (ports.rank(), ports.size());
    let mut distance = 1;
    while distance < size {
        let (to, from) = ((rank + distance) % size, (rank + size - distance) % size);
        exchange(ports, to, SendData::empty(), from, RecvData::empty()).await?;
        distance *= 2;
    }
    Ok(())
}
