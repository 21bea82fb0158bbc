//! What reading and writing have in common.

use core::ffi::{c_int, c_void};
use std::sync::Arc;

use engine::datatype::Datatype;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::file::hints::Hints;
use engine::file::independent::Access;
use engine::file::object::Split;
use engine::file::operation::{Operation, failed};
use engine::file::representation::{Source, Target};
use engine::file::{FileEntry, Inline, OpenFile, View};
use engine::handle::{CommId, DatatypeId, FileId};
use engine::request::Outcome;
use memory::buffer::{RecvBuffer, SendBuffer};

use super::{done, ports};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::runtime::{process, with_objects};

/// Where in the view an access begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// At an explicit offset, in etypes.
    At(i64),
    /// At the individual file pointer.
    Individual,
    /// At the shared file pointer; of all ranks together, in their order.
    Shared,
}

/// The program's memory.
#[derive(Clone, Copy)]
pub(super) enum Memory {
    Write(*const c_void),
    Read(*mut c_void),
}

/// What becomes of the outcome.
pub(super) enum Ending<A: Abi> {
    /// The call waits and writes a status.
    Status(*mut A::Status),
    /// The call gives a request.
    Request(*mut A::Request),
    /// The function of this name waits and writes a status.
    Split(&'static str),
}

/// A call to read or write, as the program made it.
pub(super) struct Call<A: Abi> {
    pub function: &'static str,
    pub file: A::File,
    pub place: Place,
    pub memory: Memory,
    pub count: i64,
    pub datatype: A::Datatype,
    pub ending: Ending<A>,
}

/// What is known before the data are looked at.
struct Prepared {
    file: Arc<OpenFile>,
    view: Arc<View>,
    hints: Hints,
    atomic: bool,
    comm: CommId,
    datatype: Arc<Datatype>,
    count: usize,
    etypes: u64,
    /// In etypes; none when that is to be agreed.
    position: Option<i64>,
}

impl Prepared {
    fn access(&self, position: i64, bytes: u64) -> Result<Access> {
        let start = self.view.start_of(position)?;
        let range = self.view.range(start, bytes)?;
        Ok(Access { file: self.file.clone(), view: self.view.clone(), range, atomic: self.atomic })
    }
}

/// The etypes that an access takes from a file, checked against its mode.
fn check(entry: &FileEntry, place: Place, writes: bool, bytes: u64) -> Result<u64> {
    let mode = entry.file.mode;
    match place {
        Place::At(_) => mode.check_random("explicit offsets")?,
        Place::Individual => mode.check_random("individual file pointers")?,
        Place::Shared => {}
    }
    if writes {
        mode.check_writes()?;
    } else {
        mode.check_reads()?;
    }
    entry.view.etypes(bytes)
}

/// Checks the arguments and moves the file pointer on.
fn prepare(
    id: FileId,
    place: Place,
    writes: bool,
    (datatype, count): (DatatypeId, i64),
    collective: bool,
) -> Result<Prepared> {
    with_objects(|objects| {
        objects.file_mut(id)?;
        let datatype = call::committed(objects, datatype)?.clone();
        let count = call::count(count)?;
        datatype.check_count(count)?;
        let entry = objects.file_mut(id)?;
        let etypes = check(entry, place, writes, datatype.size() * count as u64)?;
        if collective && let Some(split) = entry.split {
            fail!(
                ErrorClass::Io,
                "a split collective has begun on this file: call {} before another collective",
                split.end
            );
        }
        let position = match place {
            Place::At(offset) => Some(offset),
            Place::Individual => {
                let position = entry.position;
                // Past the longest file the access fails, now and later.
                entry.position = position.saturating_add(etypes);
                Some(position as i64)
            }
            Place::Shared if collective => None,
            Place::Shared => Some(entry.file.shared.advance(etypes) as i64),
        };
        Ok(Prepared {
            file: entry.file.clone(),
            view: entry.view.clone(),
            hints: entry.hints.clone(),
            atomic: entry.atomic,
            comm: entry.comm,
            datatype,
            count,
            etypes,
            position,
        })
    })
}

impl<A: Abi> Call<A> {
    /// The data, converted for the file.
    ///
    /// # Safety
    /// MPI's rules hold for the program's memory until the operation ends.
    unsafe fn operation(&self, prepared: &Prepared) -> Result<Operation> {
        let (datatype, count) = (prepared.datatype.clone(), prepared.count);
        let range = datatype.byte_range(count);
        let representation = &prepared.view.representation;
        match self.memory {
            Memory::Write(memory) => {
                call::check_buffer(memory, count, &datatype)?;
                // SAFETY: the caller's promise, for the bytes that the datatype names.
                let buffer = unsafe { SendBuffer::new(memory.cast(), range) };
                Operation::write(Source { buffer, datatype, count }, representation)
            }
            Memory::Read(memory) => {
                call::check_buffer(memory, count, &datatype)?;
                // SAFETY: as above.
                let buffer = unsafe { RecvBuffer::new(memory.cast(), range) };
                Operation::read(Target { buffer, datatype, count }, representation)
            }
        }
    }

    /// # Safety
    /// As [`Self::operation`].
    unsafe fn prepare(&self, collective: bool) -> Result<(Prepared, Operation)> {
        let what = (self.datatype.decode(), self.count);
        let writes = matches!(self.memory, Memory::Write(_));
        let prepared = prepare(self.file.decode(), self.place, writes, what, collective)?;
        // SAFETY: the caller's promise.
        let operation = unsafe { self.operation(&prepared)? };
        Ok((prepared, operation))
    }

    /// Ends a blocking call.
    ///
    /// # Safety
    /// `status` is to be ignored or may be written.
    unsafe fn wait(&self, status: *mut A::Status, work: impl Future<Output = Outcome>) -> Result<()> {
        let (value, error) = process().block_on(work)?;
        // SAFETY: the caller's promise.
        unsafe { A::put_status(status, &value) };
        error.map_or(Ok(()), Err)
    }

    /// Leaves the work to a task.
    ///
    /// # Safety
    /// What `ending` points to may be written.
    unsafe fn start(&self, comm: CommId, work: impl Future<Output = Outcome> + Send + 'static) -> Result<()> {
        let started = process().spawn_with_status(comm, work)?;
        match self.ending {
            // SAFETY: the caller's promise; checked by `check_request`.
            Ending::Request(request) => unsafe { *request = A::Request::encode(started) },
            Ending::Split(end) => with_objects(|objects| {
                let entry = objects.file_mut(self.file.decode())?;
                entry.split = Some(Split { end, request: started });
                Ok::<_, Error>(())
            })?,
            Ending::Status(_) => {}
        }
        Ok(())
    }

    fn check_request(&self) -> Result<()> {
        match self.ending {
            Ending::Request(request) => call::out(request, "request"),
            _ => Ok(()),
        }
    }

    /// An access of this process.
    ///
    /// # Safety
    /// MPI's rules hold for the program's memory until the operation ends;
    /// what `ending` points to may be written.
    pub(super) unsafe fn alone(self) -> c_int {
        let outcome = self.check_request().and_then(|()| {
            // SAFETY: the caller's promise.
            let (prepared, operation) = unsafe { self.prepare(false)? };
            let position = prepared.position.unwrap_or_default();
            let access = prepared.access(position, operation.file_bytes())?;
            let (comm, hints) = (prepared.comm, prepared.hints);
            // SAFETY: the caller's promise.
            unsafe {
                if let Ending::Status(status) = self.ending {
                    self.wait(status, operation.alone(Inline, access, hints))
                } else {
                    self.start(comm, operation.alone(process().clone(), access, hints))
                }
            }
        });
        done::<A>(self.function, self.file.decode(), outcome)
    }

    /// An access of all ranks.
    ///
    /// # Safety
    /// As [`Self::alone`].
    pub(super) unsafe fn together(self) -> c_int {
        let outcome = self.check_request().and_then(|()| {
            // SAFETY: the caller's promise.
            let (prepared, operation) = unsafe { self.prepare(true)? };
            let ports = ports(self.file.decode())?;
            let comm = prepared.comm;
            // SAFETY: the caller's promise.
            unsafe {
                if let Ending::Status(status) = self.ending {
                    self.wait(status, collective(prepared, operation, ports, Inline))
                } else {
                    self.start(comm, collective(prepared, operation, ports, process().clone()))
                }
            }
        });
        done::<A>(self.function, self.file.decode(), outcome)
    }
}

async fn collective<P: engine::collective::Ports, R: engine::file::Runner>(
    prepared: Prepared,
    operation: Operation,
    ports: P,
    runner: R,
) -> Outcome {
    let position = match prepared.position {
        Some(position) => Ok(position),
        None => {
            let first = prepared.file.shared.advance_in_order(&ports, prepared.etypes).await;
            first.map(|first| first as i64)
        }
    };
    let access = position.and_then(|position| prepared.access(position, operation.file_bytes()));
    match access {
        Ok(access) => operation.together(ports, runner, access, prepared.hints).await,
        Err(error) => failed(error),
    }
}
