//! Access modes (MPI-5.0 section 14.2.1). The bits are the standard ABI's.

use crate::error::{ErrorClass, Result};
use crate::fail;

/// `MPI_MODE_APPEND` and its like, as given to `MPI_File_open`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode(i32);

const APPEND: i32 = 1;
const CREATE: i32 = 2;
const DELETE_ON_CLOSE: i32 = 4;
const EXCL: i32 = 8;
const RDONLY: i32 = 16;
const RDWR: i32 = 32;
const SEQUENTIAL: i32 = 64;
const UNIQUE_OPEN: i32 = 128;
const WRONLY: i32 = 256;
const ALL: i32 = APPEND | CREATE | DELETE_ON_CLOSE | EXCL | RDONLY | RDWR | SEQUENTIAL | UNIQUE_OPEN | WRONLY;

impl Mode {
    /// # Errors
    /// `MPI_ERR_AMODE` for bits that are no file mode, or do not go together.
    pub fn new(bits: i32) -> Result<Self> {
        let mode = Self(bits);
        if bits & !ALL != 0 {
            fail!(ErrorClass::Amode, "the access mode has bits that are no MPI_MODE_ constant of files");
        }
        if (bits & (RDONLY | RDWR | WRONLY)).count_ones() != 1 {
            fail!(
                ErrorClass::Amode,
                "an access mode has exactly one of MPI_MODE_RDONLY, MPI_MODE_RDWR and MPI_MODE_WRONLY"
            );
        }
        if mode.has(RDONLY) && (mode.has(CREATE) || mode.has(EXCL)) {
            fail!(ErrorClass::Amode, "MPI_MODE_RDONLY does not go with MPI_MODE_CREATE or MPI_MODE_EXCL");
        }
        if mode.has(RDWR) && mode.has(SEQUENTIAL) {
            fail!(ErrorClass::Amode, "MPI_MODE_RDWR does not go with MPI_MODE_SEQUENTIAL");
        }
        Ok(mode)
    }

    fn has(self, bit: i32) -> bool {
        self.0 & bit != 0
    }

    pub fn bits(self) -> i32 {
        self.0
    }

    pub fn reads(self) -> bool {
        !self.has(WRONLY)
    }

    pub fn writes(self) -> bool {
        !self.has(RDONLY)
    }

    pub fn creates(self) -> bool {
        self.has(CREATE)
    }

    /// The file must not exist.
    pub fn is_exclusive(self) -> bool {
        self.has(EXCL)
    }

    /// File pointers start at the end of the file.
    pub fn appends(self) -> bool {
        self.has(APPEND)
    }

    pub fn deletes_on_close(self) -> bool {
        self.has(DELETE_ON_CLOSE)
    }

    /// # Errors
    /// `MPI_ERR_UNSUPPORTED_OPERATION` for `what` in `MPI_MODE_SEQUENTIAL`.
    pub fn check_random(self, what: &str) -> Result<()> {
        if self.has(SEQUENTIAL) {
            fail!(
                ErrorClass::UnsupportedOperation,
                "the file was opened with MPI_MODE_SEQUENTIAL, which allows access with the shared file pointer \
                 alone, not {what}"
            );
        }
        Ok(())
    }

    /// # Errors
    /// `MPI_ERR_ACCESS` when the file cannot be read.
    pub fn check_reads(self) -> Result<()> {
        if !self.reads() {
            fail!(ErrorClass::Access, "the file was opened with MPI_MODE_WRONLY and cannot be read");
        }
        Ok(())
    }

    /// # Errors
    /// `MPI_ERR_READ_ONLY` when the file cannot be written.
    pub fn check_writes(self) -> Result<()> {
        if !self.writes() {
            fail!(ErrorClass::ReadOnly, "the file was opened with MPI_MODE_RDONLY and cannot be changed");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_that_contradict_themselves_are_refused() {
        for bits in [0, CREATE, RDONLY | RDWR, RDONLY | CREATE, RDONLY | EXCL, RDWR | SEQUENTIAL, -1, 1024] {
            assert_eq!(Mode::new(bits).unwrap_err().class(), ErrorClass::Amode, "{bits}");
        }
        for bits in [RDONLY, RDWR | CREATE | EXCL | APPEND, WRONLY | SEQUENTIAL, RDWR | UNIQUE_OPEN] {
            assert_eq!(Mode::new(bits).map(Mode::bits), Ok(bits));
        }
    }

    #[test]
    fn what_a_mode_does_not_allow_is_an_error_of_its_own_class() {
        let read = Mode::new(RDONLY).unwrap();
        assert_eq!(read.check_writes().unwrap_err().class(), ErrorClass::ReadOnly);
        let write = Mode::new(WRONLY | SEQUENTIAL).unwrap();
        assert_eq!(write.check_reads().unwrap_err().class(), ErrorClass::Access);
        assert_eq!(write.check_random("seeking").unwrap_err().class(), ErrorClass::UnsupportedOperation);
    }
}
