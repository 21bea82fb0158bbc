//! The engine's storage on the system's files.

use std::io;
use std::ops::Range;

use engine::file::Storage;
use platform::file::File;

/// A file of the system.
pub struct Posix(pub File);

impl Storage for Posix {
    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(offset, room)
    }

    fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<usize> {
        self.0.write_at(offset, data)
    }

    fn size(&self) -> io::Result<u64> {
        self.0.size()
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.0.set_size(size)
    }

    fn allocate(&self, size: u64) -> io::Result<()> {
        self.0.allocate(size)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync()
    }

    fn lock(&self, range: Range<u64>, exclusive: bool) -> io::Result<()> {
        self.0.lock(range, exclusive)
    }

    fn unlock(&self, range: Range<u64>) -> io::Result<()> {
        self.0.unlock(range)
    }

    fn is_remote(&self) -> bool {
        self.0.is_remote()
    }
}
