//! What a call to read or write does, from the program's data to the status.

use super::hints::Hints;
use super::independent::{Access, Done};
use super::representation::{Representation, Room, Source, Target};
use super::storage::Runner;
use super::two_phase;
use crate::collective::Ports;
use crate::datatype::data::SendData;
use crate::error::{Error, Result};
use crate::request::Outcome;
use crate::status::Status;

/// Data on their way to a file, or from it.
pub enum Operation {
    Write { source: Source, data: SendData },
    Read { target: Target, room: Room },
}

impl Operation {
    /// Converts the data to the representation of the file.
    ///
    /// # Errors
    /// As [`Source::encode`].
    pub fn write(source: Source, representation: &Representation) -> Result<Self> {
        let data = source.encode(representation)?;
        Ok(Self::Write { source, data })
    }

    /// # Errors
    /// As [`Target::room`].
    pub fn read(target: Target, representation: &Representation) -> Result<Self> {
        let room = target.room(representation)?;
        Ok(Self::Read { target, room })
    }

    /// Bytes in the file.
    pub fn file_bytes(&self) -> u64 {
        match self {
            Self::Write { data, .. } => data.total_bytes() as u64,
            Self::Read { room, .. } => room.data.total_bytes() as u64,
        }
    }

    /// By this process alone.
    pub async fn alone<R: Runner>(self, runner: R, access: Access, hints: Hints) -> Outcome {
        let view = access.view.clone();
        let window = hints.ind_rd_buffer_size;
        let running = match &self {
            Self::Write { data, .. } => {
                let data = data.clone();
                runner.run(move || access.write(&data))
            }
            Self::Read { room, .. } => {
                let data = room.data.clone();
                runner.run(move || access.read(&data, window))
            }
        };
        match running {
            Ok(running) => self.finish(&view.representation, running.await),
            Err(error) => failed(error),
        }
    }

    /// By all ranks of the file. Collective.
    pub async fn together<P: Ports, R: Runner>(
        self,
        ports: P,
        runner: R,
        access: Access,
        hints: Hints,
    ) -> Outcome {
        let view = access.view.clone();
        let done = match &self {
            Self::Write { data, .. } => two_phase::write(&ports, &runner, access, &hints, data.clone()).await,
            Self::Read { room, .. } => {
                two_phase::read(&ports, &runner, access, &hints, room.data.clone()).await
            }
        };
        self.finish(&view.representation, done)
    }

    /// The status counts bytes in memory.
    fn finish(self, representation: &Representation, done: Done) -> Outcome {
        let bytes = match &self {
            Self::Write { source, .. } => {
                representation.bytes_in_memory(&source.datatype, source.count, done.bytes)
            }
            Self::Read { target, room } => target.decode(representation, room, done.bytes),
        };
        match bytes {
            Ok(bytes) => (Status { bytes, ..Status::EMPTY }, done.error),
            Err(error) => failed(done.error.unwrap_or(error)),
        }
    }
}

/// An operation that did nothing.
pub fn failed(error: Error) -> Outcome {
    (Status::EMPTY, Some(error))
}
