//! Stream sockets between processes of one user on one machine.
//!
//! Addresses are in Linux's abstract namespace: no file holds them, and they
//! go with the last process that has them open. Anybody may connect to one, or
//! take a name first, so both ends look at whose process the other is.

use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Bytes of the longest message.
const MESSAGE_BYTES: usize = 64 << 20;
/// Bytes of the longest name.
pub const NAME_BYTES: usize = 107;

/// Takes an address.
///
/// # Errors
/// `AddrInUse` when somebody has it.
pub fn listen(name: &str) -> io::Result<UnixListener> {
    UnixListener::bind_addr(&SocketAddr::from_abstract_name(name)?)
}

/// Connects to whoever listens at an address.
///
/// # Errors
/// `ConnectionRefused` when nobody does, `PermissionDenied` when it is another
/// user's process.
pub fn connect(name: &str) -> io::Result<UnixStream> {
    let stream = UnixStream::connect_addr(&SocketAddr::from_abstract_name(name)?)?;
    check_peer(&stream)?;
    Ok(stream)
}

/// Takes the next connection.
///
/// # Errors
/// As [`connect`]; `WouldBlock` when a listener that does not block has none.
pub fn accept(listener: &UnixListener) -> io::Result<UnixStream> {
    let (stream, _) = listener.accept()?;
    check_peer(&stream)?;
    Ok(stream)
}

fn check_peer(stream: &UnixStream) -> io::Result<()> {
    let peer = rustix::net::sockopt::socket_peercred(stream)?;
    if peer.uid == rustix::process::geteuid() {
        return Ok(());
    }
    let (pid, uid) = (peer.pid.as_raw_nonzero(), peer.uid.as_raw());
    Err(io::Error::new(
        io::ErrorKind::PermissionDenied,
        format!("process {pid} at the other end belongs to another user (uid {uid})"),
    ))
}

/// Waits at most `patience` until there is something to read, or to accept, or
/// the other end is gone.
///
/// # Errors
/// Those of `poll`; an interruption is none.
pub fn wait_readable(socket: impl AsFd, patience: Duration) -> io::Result<bool> {
    let timeout = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    match poll(&mut [PollFd::new(&socket, PollFlags::IN)], Some(&timeout)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Sends a message of several parts.
///
/// # Errors
/// Those of the stream; `InvalidInput` for a message that is too long.
pub fn send(mut stream: impl Write, parts: &[impl AsRef<[u8]>]) -> io::Result<()> {
    let length = |bytes: usize| {
        let fits = u32::try_from(bytes).ok().filter(|&bytes| bytes as usize <= MESSAGE_BYTES);
        fits.map(u32::to_le_bytes).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))
    };
    let mut message = Vec::new();
    for part in parts {
        message.extend(length(part.as_ref().len())?);
        message.extend(part.as_ref());
    }
    let mut whole = length(message.len())?.to_vec();
    whole.append(&mut message);
    stream.write_all(&whole)
}

/// Receives a message: its parts.
///
/// # Errors
/// Those of the stream; `InvalidData` for what is no message.
pub fn receive(mut stream: impl Read) -> io::Result<Vec<Vec<u8>>> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > MESSAGE_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut message = Vec::new();
    // Grows with what arrives, not with what is announced.
    stream.take(length as u64).read_to_end(&mut message)?;
    if message.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    split(&message).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

fn split(mut message: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut parts = Vec::new();
    while !message.is_empty() {
        let (length, rest) = message.split_first_chunk::<4>()?;
        let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        parts.push(part.to_vec());
        message = rest;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_arrive_as_they_were_sent() {
        let name = format!("passel-test-{}", std::process::id());
        let listener = listen(&name).unwrap();
        assert_eq!(listen(&name).unwrap_err().kind(), io::ErrorKind::AddrInUse);
        let client = connect(&name).unwrap();
        let server = accept(&listener).unwrap();
        let parts: [&[u8]; 3] = [b"a", b"", b"\0\xff"];
        send(&client, &parts).unwrap();
        assert_eq!(receive(&server).unwrap(), parts);
        drop(client);
        assert_eq!(receive(&server).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        drop(listener);
        assert_eq!(connect(&name).unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    }

    #[test]
    fn what_is_no_message_is_refused() {
        let kind = |bytes: &[u8]| receive(bytes).unwrap_err().kind();
        assert_eq!(kind(b"\xff\xff\xff\xff"), io::ErrorKind::InvalidData);
        assert_eq!(kind(b"\x08\0\0\0\x05\0\0\0abcd"), io::ErrorKind::InvalidData);
        assert_eq!(kind(b"\x08\0\0\0\x04\0\0\0abc"), io::ErrorKind::UnexpectedEof);
        assert_eq!(receive(&b"\0\0\0\0"[..]).unwrap(), Vec::<Vec<u8>>::new());
    }
}
