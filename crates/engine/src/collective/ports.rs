//! What a collective sees of its communicator: point-to-point ports.

use super::board::Meet;
use crate::datatype::data::{RecvData, SendData};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;
use transport::ProcessName;

/// One collective operation's access to its communicator.
///
/// Messages between two ranks match in the order in which they were started,
/// and match no other operation's. A started transfer makes progress whether
/// or not its future is polled; dropping the future is safe, because the data
/// keep their memory alive.
pub trait Ports {
    /// Resolves to the bytes that were sent or received.
    type Pending: Future<Output = Result<u64>> + Unpin;

    /// See [`Ports::meet`].
    type Meet<'a>: Meet
    where
        Self: 'a;

    /// This process's rank in the (local) group.
    fn rank(&self) -> usize;

    /// Ranks of the (local) group.
    fn size(&self) -> usize;

    /// Starts to send to a rank of the (local) group, this one included.
    fn start_send(&self, to: usize, data: SendData) -> Result<Self::Pending>;

    /// Starts to receive from a rank of the (local) group, this one included.
    ///
    /// # Errors
    /// The future's error is `MPI_ERR_TRUNCATE` when the message is longer
    /// than the room.
    fn start_recv(&self, from: usize, data: RecvData) -> Result<Self::Pending>;

    /// A board on which the ranks can meet, when all of them wait in this
    /// operation and share memory.
    ///
    /// # Errors
    /// `MPI_ERR_NO_MEM` when it cannot be mapped.
    fn meet(&self) -> Result<Option<Self::Meet<'_>>> {
        Ok(None)
    }

    /// How to tell others of a process, which may know it by another number.
    ///
    /// # Errors
    /// When this process is not connected.
    fn name_of(&self, process: u32) -> Result<ProcessName> {
        Ok(ProcessName::of_number(process as usize))
    }

    /// The process that somebody told of.
    ///
    /// # Errors
    /// `MPI_ERR_OTHER` when it cannot be reached.
    fn process_named(&self, name: ProcessName) -> Result<u32> {
        Ok(name.0[0])
    }
}

/// As [`Ports`], which is then the view of the local group, with the remote
/// group of an intercommunicator beside it.
pub trait InterPorts: Ports {
    /// Ranks of the remote group.
    fn remote_size(&self) -> usize;

    /// Starts to send to a rank of the remote group.
    fn start_send_remote(&self, to: usize, data: SendData) -> Result<Self::Pending>;

    /// Starts to receive from a rank of the remote group.
    fn start_recv_remote(&self, from: usize, data: RecvData) -> Result<Self::Pending>;
}

/// The board that an algorithm was chosen for.
///
/// # Errors
/// Those of [`Ports::meet`], and `MPI_ERR_INTERN` when there is none.
pub(super) fn met<P: Ports>(ports: &P) -> Result<P::Meet<'_>> {
    ports.meet()?.ok_or_else(|| {
        Error::new(ErrorClass::Intern, "an algorithm was chosen that needs a board, and there is none")
    })
}

/// A receive whose data are forwarded or combined, so that it must bring
/// exactly what there is room for. (A block that only the user reads may be
/// shorter, as in point-to-point.)
pub(super) struct Incoming<F> {
    pending: F,
    from: usize,
    expected: usize,
}

impl<F: Future<Output = Result<u64>>> Incoming<F> {
    /// Waits for the message.
    ///
    /// # Errors
    /// `MPI_ERR_COUNT` when it was shorter than expected.
    pub(super) async fn whole(self) -> Result<()> {
        let received = self.pending.await?;
        if received != self.expected as u64 {
            fail!(
                ErrorClass::Count,
                "{received} bytes came from rank {} where {} were expected: \
                 the counts or datatypes that the ranks gave to this collective differ",
                self.from,
                self.expected
            );
        }
        Ok(())
    }
}

/// Starts a receive that must be filled.
pub(super) fn expect<P: Ports>(ports: &P, from: usize, data: RecvData) -> Result<Incoming<P::Pending>> {
    let expected = data.total_bytes();
    Ok(Incoming { pending: ports.start_recv(from, data)?, from, expected })
}

/// Receives a message that fills the room.
pub(super) async fn receive<P: Ports>(ports: &P, from: usize, data: RecvData) -> Result<()> {
    expect(ports, from, data)?.whole().await
}

/// Sends and waits until the data may change.
pub(super) async fn send<P: Ports>(ports: &P, to: usize, data: SendData) -> Result<()> {
    ports.start_send(to, data)?.await?;
    Ok(())
}

/// Sends to one rank while receiving from another; what is received fills the
/// room.
pub(super) async fn exchange<P: Ports>(
    ports: &P,
    to: usize,
    outgoing: SendData,
    from: usize,
    room: RecvData,
) -> Result<()> {
    let incoming = expect(ports, from, room)?;
    let sending = ports.start_send(to, outgoing)?;
    incoming.whole().await?;
    sending.await?;
    Ok(())
}

/// Waits for transfers in the order in which they were started.
pub(super) async fn wait_all<F: Future<Output = Result<u64>>>(
    transfers: impl IntoIterator<Item = F>,
) -> Result<()> {
    for transfer in transfers {
        transfer.await?;
    }
    Ok(())
}
