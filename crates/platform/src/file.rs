//! Files: positioned reads and writes, sizes, storage and byte-range locks.
//!
//! Locks belong to the open file, not to the process, so that closing another
//! descriptor of the same file does not drop them, and they go when the last
//! descriptor of this one does, however the process ends.

use std::io;
use std::ops::Range;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

use rustix::fs::{FallocateFlags, FileType, Mode, OFlags};

/// `f_type` of network file systems that keep caches of their own: NFS, CIFS
/// and SMB 2, from `statfs(2)`.
const NETWORK: [u32; 3] = [0x6969, 0xff53_4d42, 0xfe53_4d42];

/// How a file is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    pub read: bool,
    pub write: bool,
    pub create: bool,
    /// With `create`: it must not be there already.
    pub exclusive: bool,
    /// Permissions of a new file, before the process's mask.
    pub permissions: u32,
}

/// An open file.
#[derive(Debug)]
pub struct File {
    fd: OwnedFd,
}

impl File {
    /// Opens or creates a file. The descriptor is close-on-exec.
    ///
    /// # Errors
    /// The system's; `EISDIR` for a directory, however it is opened.
    pub fn open(path: &Path, access: Access) -> io::Result<Self> {
        let mut flags = OFlags::CLOEXEC;
        flags |= match (access.read, access.write) {
            (true, true) => OFlags::RDWR,
            (false, true) => OFlags::WRONLY,
            _ => OFlags::RDONLY,
        };
        flags.set(OFlags::CREATE, access.create);
        flags.set(OFlags::EXCL, access.create && access.exclusive);
        let mode = Mode::from_raw_mode(access.permissions);
        let fd = again(|| rustix::fs::open(path, flags, mode))?;
        if FileType::from_raw_mode(rustix::fs::fstat(&fd)?.st_mode) == FileType::Directory {
            return Err(rustix::io::Errno::ISDIR.into());
        }
        Ok(Self { fd })
    }

    /// Reads from `offset` on; 0 at the end of the file, and perhaps less than
    /// there is room for anywhere.
    pub fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        again(|| rustix::io::pread(&self.fd, &mut *room, offset))
    }

    /// Writes from `offset` on, perhaps less than was given.
    pub fn write_at(&self, offset: u64, data: &[u8]) -> io::Result<usize> {
        again(|| rustix::io::pwrite(&self.fd, data, offset))
    }

    /// Bytes of the file.
    pub fn size(&self) -> io::Result<u64> {
        Ok(u64::try_from(rustix::fs::fstat(&self.fd)?.st_size).unwrap_or(0))
    }

    pub fn set_size(&self, size: u64) -> io::Result<()> {
        again(|| rustix::fs::ftruncate(&self.fd, size))
    }

    /// Sees to it that the first `size` bytes have storage; the file grows to
    /// that size if it is smaller.
    ///
    /// # Errors
    /// `Unsupported` where the file system cannot do it.
    pub fn allocate(&self, size: u64) -> io::Result<()> {
        again(|| rustix::fs::fallocate(&self.fd, FallocateFlags::empty(), 0, size))
    }

    /// Waits until what was written has reached the device.
    pub fn sync(&self) -> io::Result<()> {
        match again(|| rustix::fs::fsync(&self.fd)) {
            // What has no storage behind it (a terminal, `/dev/full`) is never behind.
            Err(error) if error.raw_os_error() == Some(libc::EINVAL) => Ok(()),
            other => other,
        }
    }

    /// Waits for a lock on the bytes in `range`, shared or exclusive.
    pub fn lock(&self, range: Range<u64>, exclusive: bool) -> io::Result<()> {
        self.set_lock(range, if exclusive { libc::F_WRLCK } else { libc::F_RDLCK })
    }

    pub fn unlock(&self, range: Range<u64>) -> io::Result<()> {
        self.set_lock(range, libc::F_UNLCK)
    }

    fn set_lock(&self, range: Range<u64>, kind: libc::c_int) -> io::Result<()> {
        // SAFETY: all-zero bytes are a value of this plain C structure.
        let mut lock: libc::flock = unsafe { std::mem::zeroed() };
        lock.l_type = kind as libc::c_short;
        lock.l_whence = libc::SEEK_SET as libc::c_short;
        lock.l_start = offset(range.start)?;
        lock.l_len = offset(range.end - range.start)?;
        loop {
            // SAFETY: the descriptor is open and `lock` outlives the call.
            if unsafe { libc::fcntl(self.fd.as_raw_fd(), libc::F_OFD_SETLKW, &raw const lock) } == 0 {
                return Ok(());
            }
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
    }

    /// Whether other machines may use the file, through caches of their own.
    pub fn is_remote(&self) -> bool {
        rustix::fs::fstatfs(&self.fd).is_ok_and(|system| NETWORK.contains(&(system.f_type as u32)))
    }
}

/// Removes a file by its name.
pub fn delete(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::unlink(path)?)
}

fn offset(value: u64) -> io::Result<libc::off_t> {
    libc::off_t::try_from(value).map_err(|_| rustix::io::Errno::OVERFLOW.into())
}

/// Calls until no signal comes between.
fn again<T>(call: impl FnMut() -> rustix::io::Result<T>) -> io::Result<T> {
    Ok(rustix::io::retry_on_intr(call)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Temporary(std::path::PathBuf);

    impl Temporary {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("passel-file-{name}-{}", std::process::id())))
        }
    }

    impl Drop for Temporary {
        fn drop(&mut self) {
            let _ = delete(&self.0);
        }
    }

    const CREATE: Access =
        Access { read: true, write: true, create: true, exclusive: false, permissions: 0o600 };

    #[test]
    fn what_is_written_far_out_is_read_back_and_the_hole_is_zero() {
        let path = Temporary::new("sparse");
        let file = File::open(&path.0, CREATE).unwrap();
        let far = (5 << 30) + 3;
        assert_eq!(file.write_at(far, b"far").unwrap(), 3);
        assert_eq!(file.size().unwrap(), far + 3);
        let mut room = [1; 8];
        assert_eq!(file.read_at(far - 4, &mut room).unwrap(), 7);
        assert_eq!(&room, b"\0\0\0\0far\x01");
        file.set_size(10).unwrap();
        assert_eq!(file.read_at(10, &mut room).unwrap(), 0);
        file.sync().unwrap();
    }

    #[test]
    fn a_directory_is_no_file_even_to_be_read() {
        let access = Access { read: true, ..Access::default() };
        let error = File::open(&std::env::temp_dir(), access).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
    }

    #[test]
    fn two_openings_of_one_file_exclude_each_other() {
        let path = Temporary::new("lock");
        let (one, other) = (File::open(&path.0, CREATE).unwrap(), File::open(&path.0, CREATE).unwrap());
        one.lock(0..10, true).unwrap();
        other.lock(10..20, true).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                other.lock(5..6, false).unwrap();
                one.size().unwrap()
            });
            one.write_at(0, b"before the lock").unwrap();
            one.unlock(0..10).unwrap();
            assert_eq!(waiting.join().unwrap(), 15);
        });
    }
}
