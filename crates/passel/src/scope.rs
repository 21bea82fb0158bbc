//! Operations that go on while the program does something else.

use std::cell::RefCell;

use engine::datatype::data::{RecvData, SendData};
use engine::handle::RequestId;
use engine::request::{Phase, SendMode};
use engine::status::Status as EngineStatus;
use memory::lend::{self, Lender, Loan};

use crate::{Communicator, Element, Result, Source, Status, Tag};

/// Starts operations that end, at the latest, when [`Communicator::scope`]
/// returns.
pub struct Scope<'scope, 'env: 'scope> {
    operations: Operations<'env>,
    lender: Lender<'scope, 'env>,
}

impl Communicator {
    /// Calls `f` with a scope that starts nonblocking operations
    /// (MPI-5.0 section 3.7) on buffers that outlive the call, and waits for
    /// those that `f` has not waited for. Whatever `f` does with the requests,
    /// no buffer is free before its operation has ended.
    ///
    /// ```
    /// # let world = passel::init()?;
    /// let (outgoing, mut incoming) = ([1, 2, 3], [0; 3]);
    /// world.scope(|s| {
    ///     s.irecv(&mut incoming, 0, 5)?;
    ///     s.isend(&outgoing, 0, 5)?;
    ///     Ok(())
    /// })?;
    /// assert_eq!(incoming, outgoing);
    /// # Ok::<(), passel::Error>(())
    /// ```
    ///
    /// A buffer in use cannot be touched:
    /// ```compile_fail,E0503
    /// # let world = passel::init()?;
    /// let mut incoming = [0];
    /// world.scope(|s| {
    ///     s.irecv(&mut incoming, 0, 5)?;
    ///     assert_eq!(incoming[0], 0);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), passel::Error>(())
    /// ```
    ///
    /// # Errors
    /// What `f` returns; then operations under way are cancelled. Else the
    /// first error of an operation that `f` did not wait for.
    ///
    /// # Aborts
    /// The process, when `f` panics and an operation cannot be cancelled at
    /// once.
    pub fn scope<'env, R>(
        &'env self,
        f: impl for<'scope> FnOnce(&Scope<'scope, 'env>) -> Result<R>,
    ) -> Result<R> {
        lend::scope(|lender| {
            let operations = Operations { comm: self, pending: RefCell::default() };
            let scope = Scope { operations, lender: *lender };
            match f(&scope) {
                Ok(result) => scope.operations.wait_all().map(|()| result),
                Err(error) => {
                    let pending = scope.operations.pending.take();
                    self.check("scope", self.give_up(&pending))?;
                    Err(error)
                }
            }
        })
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a send (`MPI_Isend`).
    ///
    /// # Errors
    /// As [`Communicator::send`].
    pub fn isend<T: Element>(&self, data: &'scope [T], dest: usize, tag: i32) -> Result<SendRequest<'_>> {
        self.start_send("isend", data, dest, tag, SendMode::Standard)
    }

    /// Starts a send that ends only after `dest` has begun to receive
    /// (`MPI_Issend`).
    ///
    /// # Errors
    /// As [`Communicator::send`].
    pub fn issend<T: Element>(&self, data: &'scope [T], dest: usize, tag: i32) -> Result<SendRequest<'_>> {
        self.start_send("issend", data, dest, tag, SendMode::Synchronous)
    }

    fn start_send<T: Element>(
        &self,
        call: &'static str,
        data: &'scope [T],
        dest: usize,
        tag: i32,
        mode: SendMode,
    ) -> Result<SendRequest<'_>> {
        let data = SendData::bytes(self.lender.lend(data), size_of_val(data));
        let Operations { comm, pending } = &self.operations;
        let request = comm.check(call, comm.start_send(data, dest, tag, mode))?;
        pending.borrow_mut().extend(request);
        Ok(SendRequest { operations: &self.operations, request })
    }

    /// Starts a receive (`MPI_Irecv`).
    ///
    /// # Errors
    /// When there is no such rank.
    pub fn irecv<'a, T: Element>(
        &'a self,
        buffer: &'scope mut [T],
        source: impl Into<Source>,
        tag: impl Into<Tag>,
    ) -> Result<RecvRequest<'a, 'scope, T>> {
        let bytes = size_of_val(buffer);
        let (buffer, loan) = self.lender.lend_until_reclaimed(buffer);
        let Operations { comm, pending } = &self.operations;
        let started = comm.start_receive(RecvData::bytes(buffer, bytes), source.into(), tag.into());
        let request = comm.check("irecv", started)?;
        pending.borrow_mut().push(request);
        Ok(RecvRequest { operations: &self.operations, request, loan })
    }
}

/// The operations of a scope that were not waited for.
struct Operations<'env> {
    comm: &'env Communicator,
    pending: RefCell<Vec<RequestId>>,
}

impl Operations<'_> {
    fn wait(&self, call: &'static str, request: Option<RequestId>) -> Result<Option<EngineStatus>> {
        let Some(request) = request else { return Ok(None) };
        self.pending.borrow_mut().retain(|&other| other != request);
        self.comm.check(call, self.comm.wait_for(request)).map(Some)
    }

    fn wait_all(&self) -> Result<()> {
        let mut outcome = Ok(());
        for request in self.pending.take() {
            let ended = self.comm.check("scope", self.comm.wait_for(request));
            outcome = outcome.and(ended.map(|_| ()));
        }
        outcome
    }

    fn is_complete(&self, request: Option<RequestId>) -> Result<bool> {
        let Some(request) = request else { return Ok(true) };
        let process = &self.comm.shared.process;
        let looked = process.progress().and_then(|()| {
            let mut state = process.lock();
            let request = state.endpoint()?.core.requests.get(request);
            Ok(request.is_none_or(|request| request.phase == Phase::Complete))
        });
        self.comm.check("is_complete", looked)
    }
}

impl Drop for Operations<'_> {
    fn drop(&mut self) {
        // Something is left only when a panic passes through.
        for &request in self.pending.get_mut().iter() {
            if let Ok(endpoint) = self.comm.shared.process.lock().endpoint() {
                endpoint.cancel(request);
                endpoint.free_request(request);
            }
        }
    }
}

/// A send under way. Dropping it leaves the waiting to the scope.
pub struct SendRequest<'a> {
    operations: &'a Operations<'a>,
    /// `None` when the send ended as it started.
    request: Option<RequestId>,
}

impl SendRequest<'_> {
    /// Waits until the buffer is free (`MPI_Wait`).
    ///
    /// # Errors
    /// When the send failed.
    pub fn wait(self) -> Result<()> {
        self.operations.wait("wait", self.request).map(|_| ())
    }

    /// Whether [`Self::wait`] would return at once.
    ///
    /// # Errors
    /// After the world was left.
    pub fn is_complete(&self) -> Result<bool> {
        self.operations.is_complete(self.request)
    }
}

/// A receive under way. Dropping it leaves the waiting to the scope.
pub struct RecvRequest<'a, 'scope, T> {
    operations: &'a Operations<'a>,
    request: RequestId,
    loan: Loan<'scope, T>,
}

impl<'scope, T: Element> RecvRequest<'_, 'scope, T> {
    /// Waits for the message and gives the whole buffer back (`MPI_Wait`).
    ///
    /// # Errors
    /// When the message is longer than the buffer.
    ///
    /// # Panics
    /// Never, unless the engine keeps the buffer of an operation that has
    /// ended.
    pub fn wait(self) -> Result<(&'scope mut [T], Status)> {
        let status = self.operations.wait("wait", Some(self.request))?.unwrap_or(EngineStatus::EMPTY);
        let buffer = self.loan.reclaim().ok().expect("an operation that has ended keeps no buffer");
        Ok((buffer, Status::of(&status)))
    }

    /// Whether [`Self::wait`] would return at once.
    ///
    /// # Errors
    /// After the world was left.
    pub fn is_complete(&self) -> Result<bool> {
        self.operations.is_complete(Some(self.request))
    }
}
