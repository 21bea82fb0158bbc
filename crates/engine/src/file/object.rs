//! An open file.

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::agree::{agree, all_words};
use super::hints::Hints;
use super::mode::Mode;
use super::pointer::SharedPointer;
use super::storage::{Storage, preallocate, system_error};
use super::view::View;
use crate::collective::Ports;
use crate::error::Result;
use crate::handle::{CommId, ErrhandlerId, RequestId};

/// What is behind a file handle.
pub struct FileEntry {
    pub errhandler: ErrhandlerId,
    /// The communicator of the file's own messages.
    pub comm: CommId,
    pub file: Arc<OpenFile>,
    pub view: Arc<View>,
    /// The individual file pointer, in etypes of the view.
    pub position: u64,
    /// Of `MPI_File_set_atomicity`.
    pub atomic: bool,
    pub hints: Hints,
    /// The split collective that has begun.
    pub split: Option<Split>,
}

/// Which split collective, and the request behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The function that ends it, for example `MPI_File_read_all_end`.
    pub end: &'static str,
    pub request: RequestId,
}

/// What operations under way share with the file's handle.
pub struct OpenFile {
    storage: Box<dyn Storage>,
    /// Of the storage: other machines may use the file.
    remote: bool,
    pub path: PathBuf,
    pub mode: Mode,
    pub shared: SharedPointer,
    /// Something was written since the last sync.
    dirty: AtomicBool,
    /// Locks of the system do not exclude the threads of one process.
    locking: Mutex<()>,
}

impl OpenFile {
    pub fn new(storage: Box<dyn Storage>, path: PathBuf, mode: Mode, shared: SharedPointer) -> Self {
        let remote = storage.is_remote();
        let (dirty, locking) = (AtomicBool::new(false), Mutex::new(()));
        Self { storage, remote, path, mode, shared, dirty, locking }
    }

    pub(super) fn storage(&self) -> &dyn Storage {
        &*self.storage
    }

    pub(super) fn is_remote(&self) -> bool {
        self.remote
    }

    /// Says that the file is about to be written.
    pub(super) fn soil(&self) {
        // Relaxed: read after the write has completed, which orders it.
        self.dirty.store(true, Ordering::Relaxed);
    }

    /// Calls `work` with some bytes locked against other processes, and other
    /// threads of this one, if that is `wanted` or the file is on another
    /// machine.
    ///
    /// # Errors
    /// When the lock cannot be had.
    pub(super) fn with_lock<R>(
        &self,
        wanted: bool,
        range: Range<u64>,
        exclusive: bool,
        work: impl FnOnce() -> R,
    ) -> Result<R> {
        if range.is_empty() || !(wanted || self.remote) {
            return Ok(work());
        }
        let _one_of_us = self.locking.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = |error: io::Error| system_error("lock bytes of", &self.path, &error);
        self.storage.lock(range.clone(), exclusive).map_err(fault)?;
        let result = work();
        self.storage.unlock(range).map_err(fault)?;
        Ok(result)
    }

    /// Bytes of the file.
    ///
    /// # Errors
    /// The system's.
    pub fn size(&self) -> Result<u64> {
        self.storage.size().map_err(|error| system_error("find the size of", &self.path, &error))
    }

    /// # Errors
    /// The system's.
    pub fn set_size(&self, size: u64) -> Result<()> {
        self.soil();
        let what = format!("set to {size} bytes the size of");
        self.storage.set_size(size).map_err(|error| system_error(&what, &self.path, &error))
    }

    /// Gives storage to the first `size` bytes.
    ///
    /// # Errors
    /// The system's.
    pub fn preallocate(&self, size: u64) -> Result<()> {
        if size == 0 {
            return Ok(());
        }
        self.soil();
        let what = format!("allocate {size} bytes for");
        preallocate(self.storage(), size).map_err(|error| system_error(&what, &self.path, &error))
    }

    /// Brings what any rank has written to the device, and makes what others
    /// have written visible to all. Collective.
    ///
    /// # Errors
    /// The system's, on every rank.
    pub async fn sync<P: Ports>(&self, ports: &P) -> Result<()> {
        // Relaxed: see `soil`.
        let dirty = self.dirty.swap(false, Ordering::Relaxed);
        let anybody = all_words(ports, &[dirty.into()]).await?.contains(&1);
        if anybody {
            // All ranks are on one machine, whose system keeps one copy of the file's
            // data: one call brings away what all have written.
            let synced = if ports.rank() == 0 { self.storage.sync() } else { Ok(()) };
            let what = "bring to the device what was written to";
            let synced = agree(ports, synced.map_err(|error| system_error(what, &self.path, &error))).await;
            if synced.is_err() && dirty {
                self.soil();
            }
            synced?;
        }
        if self.remote {
            // A lock makes the system look at the other machine's file again.
            agree(ports, self.with_lock(true, 0..i64::MAX as u64, false, || ())).await?;
        }
        Ok(())
    }
}
