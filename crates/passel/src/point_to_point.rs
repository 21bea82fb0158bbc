//! Blocking sends and receives, and probing (MPI-5.0 chapter 3).

use engine::datatype::data::{RecvData, SendData};
use engine::error::{ErrorClass, Result as EngineResult};
use engine::fail;
use engine::handle::{MessageId, RequestId};
use engine::process::silence::Needs;
use engine::protocol::direct::Wanted;
use engine::protocol::packet::Envelope;
use engine::request::SendMode;
use engine::status::{ANY_TAG, Status as EngineStatus};
use memory::buffer::Scratch;
use memory::lend;

use crate::{Communicator, Element, Result, Source, Status, Tag};

/// Context, source and tag that a receive asks for.
type Criteria = (u32, i32, i32);

impl Communicator {
    /// Sends `data` to rank `dest` (`MPI_Send`). Returns when `data` may change
    /// again: at once while there is room for a message that nobody waits for
    /// yet, else when it is received.
    ///
    /// # Errors
    /// When there is no such rank, or the tag is negative.
    pub fn send<T: Element>(&self, data: &[T], dest: usize, tag: i32) -> Result<()> {
        self.send_blocking("send", data, dest, tag, SendMode::Standard)
    }

    /// As [`Self::send`]; returns only after `dest` has begun to receive
    /// (`MPI_Ssend`).
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn ssend<T: Element>(&self, data: &[T], dest: usize, tag: i32) -> Result<()> {
        self.send_blocking("ssend", data, dest, tag, SendMode::Synchronous)
    }

    fn send_blocking<T: Element>(
        &self,
        call: &'static str,
        data: &[T],
        dest: usize,
        tag: i32,
        mode: SendMode,
    ) -> Result<()> {
        let outcome = lend::scope(|lender| {
            let data = SendData::bytes(lender.lend(data), size_of_val(data));
            match self.start_send(data, dest, tag, mode)? {
                None => Ok(()),
                Some(request) => self.wait_for(request).map(|_| ()),
            }
        });
        self.check(call, outcome)
    }

    /// Receives a message of at most `buffer.len()` elements into the front of
    /// `buffer` (`MPI_Recv`).
    ///
    /// # Errors
    /// When there is no such rank, or the message is longer than the buffer.
    pub fn recv_into<T: Element>(
        &self,
        buffer: &mut [T],
        source: impl Into<Source>,
        tag: impl Into<Tag>,
    ) -> Result<Status> {
        let (source, tag) = (source.into(), tag.into());
        let outcome = lend::scope(|lender| {
            let bytes = size_of_val(buffer);
            let data = RecvData::bytes(lender.lend_mut(buffer), bytes);
            let (context, source, tag) = self.criteria(source, tag)?;
            let wanted = Wanted { context, source, tag };
            let (status, error) = self.shared.process.receive(self.id, wanted, data)?;
            error.map_or(Ok(status), Err)
        });
        self.check("recv_into", outcome).map(|status| Status::of(&status))
    }

    /// Receives a message of whatever length (`MPI_Mprobe`, `MPI_Mrecv`).
    ///
    /// # Errors
    /// When there is no such rank, or the message is no whole number of
    /// elements. It is received and lost then.
    pub fn recv_vec<T: Element>(
        &self,
        source: impl Into<Source>,
        tag: impl Into<Tag>,
    ) -> Result<(Vec<T>, Status)> {
        self.check("recv_vec", self.receive_matched(source.into(), tag.into()))
    }

    fn receive_matched<T: Element>(&self, source: Source, tag: Tag) -> EngineResult<(Vec<T>, Status)> {
        let (context, source, tag) = self.criteria(source, tag)?;
        let process = &self.shared.process;
        let (message, found) = process
            .wait_needing(Needs::Message { comm: self.id, source }, |endpoint| {
                endpoint.match_probe(self.id, context, source, tag)
            })?;
        let status = Status::of(&found);
        let Some(count) = status.count::<T>() else {
            let room = Scratch::zeroed(status.bytes);
            self.receive_message(message, RecvData::bytes(room.recv_buffer(), status.bytes))?;
            fail!(
                ErrorClass::Truncate,
                "the message with tag {} from rank {} has {} bytes, which is no whole number of elements of \
                 {} bytes; sender and receiver have to agree on the type",
                status.tag,
                status.source,
                status.bytes,
                size_of::<T>()
            );
        };
        let mut elements = vec![T::ZERO; count];
        lend::scope(|lender| {
            let room = RecvData::bytes(lender.lend_mut(&mut elements), status.bytes);
            self.receive_message(message, room)
        })?;
        Ok((elements, status))
    }

    fn receive_message(&self, message: MessageId, room: RecvData) -> EngineResult<EngineStatus> {
        let request = {
            let mut state = self.shared.process.lock();
            let endpoint = state.endpoint()?;
            let Some(matched) = endpoint.core.messages.remove(message) else {
                fail!(ErrorClass::Intern, "the message that was just matched is gone");
            };
            endpoint.start_matched(matched, room)
        };
        self.wait_for(request)
    }

    /// Sends `data` and receives into `buffer` at the same time
    /// (`MPI_Sendrecv`), so that ranks that all do so do not wait for each
    /// other.
    ///
    /// # Errors
    /// As [`Self::send`] and [`Self::recv_into`].
    pub fn sendrecv<S: Element, R: Element>(
        &self,
        data: &[S],
        dest: usize,
        send_tag: i32,
        buffer: &mut [R],
        source: impl Into<Source>,
        recv_tag: impl Into<Tag>,
    ) -> Result<Status> {
        let (source, recv_tag) = (source.into(), recv_tag.into());
        let outcome = lend::scope(|lender| {
            let bytes = size_of_val(buffer);
            let room = RecvData::bytes(lender.lend_mut(buffer), bytes);
            let data = SendData::bytes(lender.lend(data), size_of_val(data));
            let received = self.start_receive(room, source, recv_tag)?;
            match self.start_send(data, dest, send_tag, SendMode::Standard) {
                Ok(None) => self.wait_for(received),
                Ok(Some(sent)) => {
                    // Both have to end before the memory goes back.
                    let (sent, received) = (self.wait_for(sent), self.wait_for(received));
                    sent.and(received)
                }
                Err(error) => {
                    self.give_up(&[received])?;
                    Err(error)
                }
            }
        });
        self.check("sendrecv", outcome).map(|status| Status::of(&status))
    }

    /// Waits for a message and tells of it without receiving it (`MPI_Probe`).
    ///
    /// # Errors
    /// When there is no such rank.
    pub fn probe(&self, source: impl Into<Source>, tag: impl Into<Tag>) -> Result<Status> {
        let outcome = self.criteria(source.into(), tag.into()).and_then(|(context, source, tag)| {
            let needs = Needs::Message { comm: self.id, source };
            self.shared.process.wait_needing(needs, |endpoint| endpoint.probe(context, source, tag))
        });
        self.check("probe", outcome).map(|status| Status::of(&status))
    }

    /// As [`Self::probe`], without waiting: `None` when there is no message
    /// now (`MPI_Iprobe`).
    ///
    /// # Errors
    /// As [`Self::probe`].
    pub fn iprobe(&self, source: impl Into<Source>, tag: impl Into<Tag>) -> Result<Option<Status>> {
        let outcome = self.criteria(source.into(), tag.into()).and_then(|criteria| self.look(criteria));
        Ok(self.check("iprobe", outcome)?.map(|status| Status::of(&status)))
    }

    fn look(&self, (context, source, tag): Criteria) -> EngineResult<Option<EngineStatus>> {
        let process = &self.shared.process;
        if let Some(found) = process.lock().endpoint()?.probe(context, source, tag) {
            return Ok(Some(found));
        }
        process.progress()?;
        Ok(process.lock().endpoint()?.probe(context, source, tag))
    }

    fn criteria(&self, source: Source, tag: Tag) -> EngineResult<Criteria> {
        if let Source::Rank(_) = source {
            self.core.peer(source.to_engine())?;
        }
        let tag = match tag {
            Tag::Any => ANY_TAG,
            Tag::Is(tag) => checked_tag(tag)?,
        };
        Ok((self.core.point_to_point(), source.to_engine(), tag))
    }

    /// Sends at once, or starts a send that has to be waited for.
    pub(crate) fn start_send(
        &self,
        data: SendData,
        dest: usize,
        tag: i32,
        mode: SendMode,
    ) -> EngineResult<Option<RequestId>> {
        let peer = self.core.peer(Source::Rank(dest).to_engine())? as usize;
        let tag = checked_tag(tag)?;
        let envelope = Envelope::new(self.core.point_to_point(), self.core.rank() as i32, tag);
        let mut state = self.shared.process.lock();
        let endpoint = state.endpoint()?;
        if mode != SendMode::Synchronous && endpoint.send_now(peer, envelope, &data) {
            return Ok(None);
        }
        endpoint.start_send(self.id, peer, envelope, mode, data).map(Some)
    }

    pub(crate) fn start_receive(&self, room: RecvData, source: Source, tag: Tag) -> EngineResult<RequestId> {
        let (context, source, tag) = self.criteria(source, tag)?;
        let mut state = self.shared.process.lock();
        Ok(state.endpoint()?.start_receive(self.id, context, source, tag, room))
    }

    /// Waits for a request and takes its outcome.
    pub(crate) fn wait_for(&self, request: RequestId) -> EngineResult<EngineStatus> {
        let (status, error) = self.shared.process.wait_for(request)?;
        error.map_or(Ok(status), Err)
    }

    /// Cancels operations and waits until they have ended, one way or the
    /// other.
    pub(crate) fn give_up(&self, requests: &[RequestId]) -> EngineResult<()> {
        for &request in requests {
            self.shared.process.lock().endpoint()?.cancel(request);
        }
        for &request in requests {
            self.shared.process.wait_for(request)?;
        }
        Ok(())
    }
}

fn checked_tag(tag: i32) -> EngineResult<i32> {
    if tag < 0 {
        fail!(ErrorClass::Tag, "the tag is {tag}; tags are 0 to {}", i32::MAX);
    }
    Ok(tag)
}
