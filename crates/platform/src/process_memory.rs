//! Memory of another process of ours, where the kernel lets us at it.
//!
//! These are calls that copy, so nothing that they do to the other process is
//! undefined for this one; a process must not use them on itself.

use std::io;

use crate::process::Pid;

/// Pieces of one call (the kernel's `IOV_MAX`).
const PIECES: usize = 1024;

/// A piece of the other process's memory: address and bytes.
pub type Piece = (u64, usize);

/// Lets `pid` and its descendants at our memory, on kernels that would else let
/// only our ancestors (Yama's `ptrace_scope` 1). Elsewhere it changes nothing.
pub fn permit(pid: Pid) {
    // Refused by kernels without Yama, which need no permit.
    let _ = rustix::process::set_ptracer(rustix::process::PTracer::ProcessID(pid));
}

/// Reads the pieces, which are `into.len()` bytes together.
///
/// # Errors
/// `EPERM` where the kernel refuses, `ENOSYS` where it cannot, `EFAULT` when
/// the process has no memory there.
pub fn read(pid: Pid, pieces: &[Piece], into: &mut [u8]) -> io::Result<()> {
    let (base, len) = (into.as_mut_ptr(), into.len());
    transfer(pid, pieces, base, len, |pid, local, remote| {
        // SAFETY: `local` is a part of `into`; the kernel checks the rest.
        unsafe { libc::process_vm_readv(pid, local, 1, remote.as_ptr(), remote.len() as u64, 0) }
    })
}

/// Writes to the pieces, which are `from.len()` bytes together.
///
/// # Errors
/// As [`read`].
pub fn write(pid: Pid, pieces: &[Piece], from: &[u8]) -> io::Result<()> {
    transfer(pid, pieces, from.as_ptr().cast_mut(), from.len(), |pid, local, remote| {
        // SAFETY: `local` is a part of `from`, which is only read; the kernel
        // checks the rest, and the process is not this one.
        unsafe { libc::process_vm_writev(pid, local, 1, remote.as_ptr(), remote.len() as u64, 0) }
    })
}

/// Calls `copy` until all is done: it moves less than it is asked for when
/// there is very much, or when a piece is not there.
fn transfer(
    pid: Pid,
    pieces: &[Piece],
    base: *mut u8,
    len: usize,
    copy: impl Fn(i32, &libc::iovec, &[libc::iovec]) -> isize,
) -> io::Result<()> {
    assert_ne!(pid, rustix::process::getpid(), "a process copies its own memory by itself");
    assert_eq!(
        len,
        pieces.iter().map(|piece| piece.1).sum::<usize>(),
        "the pieces are as long as the buffer"
    );
    let mut done = 0;
    for pieces in pieces.chunks(PIECES) {
        let mut remote: Vec<libc::iovec> =
            pieces.iter().map(|&(address, bytes)| iovec(address, bytes)).collect();
        let mut rest = &mut remote[..];
        while let Some(first) = rest.first_mut() {
            if first.iov_len == 0 {
                rest = &mut rest[1..];
                continue;
            }
            let bytes: usize = rest.iter().map(|piece| piece.iov_len).sum();
            let local = libc::iovec { iov_base: base.wrapping_add(done).cast(), iov_len: bytes };
            let moved = match copy(pid.as_raw_nonzero().get(), &local, rest) {
                -1 => match io::Error::last_os_error() {
                    error if error.kind() == io::ErrorKind::Interrupted => continue,
                    error => return Err(error),
                },
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                moved => moved as usize,
            };
            done += moved;
            skip(rest, moved);
        }
    }
    Ok(())
}

fn iovec(address: u64, bytes: usize) -> libc::iovec {
    libc::iovec { iov_base: std::ptr::without_provenance_mut(address as usize), iov_len: bytes }
}

/// Takes `bytes` off the front of the pieces.
fn skip(pieces: &mut [libc::iovec], mut bytes: usize) {
    for piece in pieces {
        let taken = bytes.min(piece.iov_len);
        piece.iov_base = piece.iov_base.wrapping_byte_add(taken);
        piece.iov_len -= taken;
        bytes -= taken;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_where_a_call_stopped() {
        let mut pieces = [iovec(100, 10), iovec(200, 10), iovec(300, 10)];
        skip(&mut pieces, 13);
        let cut: Vec<_> = pieces.iter().map(|piece| (piece.iov_base.addr(), piece.iov_len)).collect();
        assert_eq!(cut, [(110, 0), (203, 7), (300, 10)]);
    }

    #[test]
    fn a_process_that_is_not_there_is_an_error() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = Pid::from_child(&child);
        child.wait().unwrap();
        assert!(read(pid, &[(4096, 1)], &mut [0]).is_err());
    }

    #[test]
    #[should_panic(expected = "by itself")]
    fn a_process_does_not_write_to_itself_this_way() {
        let _ = write(rustix::process::getpid(), &[(4096, 1)], &[0]);
    }
}
