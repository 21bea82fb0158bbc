//! Ports and published names (MPI-5.0 sections 11.9.2 and 11.9.4), and the
//! first words that two jobs exchange.
//!
//! A port is a local socket without a file; its name says where it is. A
//! published name is a socket, too: one whose address follows from the user
//! and the service name, so that a service is published once, and one whose
//! address says the port as well. Nobody serves it: who looks a name up reads
//! the kernel's list of addresses, and makes sure by connecting that the
//! publisher is alive and of the same user. All of it goes with its process.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

use platform::local_socket::{self, NAME_BYTES};

const PORT_PREFIX: &str = "passel-port-";
const NAME_PREFIX: &str = "passel-name-";
/// For the other side to say its part, once it is connected: it does nothing
/// in between.
const MANNERS: Duration = Duration::from_secs(5);

/// A port of this process.
pub struct Port {
    name: String,
    listener: UnixListener,
}

/// What two roots tell one another: a name of the process and a number.
pub type Greeting = [u32; 6];

impl Port {
    /// A port of a new name.
    ///
    /// # Errors
    /// When sockets cannot be had.
    pub fn open() -> io::Result<Self> {
        let pid = std::process::id();
        let name = format!("{PORT_PREFIX}{pid}-{:016x}", RandomState::new().hash_one(pid));
        let listener = local_socket::listen(&name)?;
        listener.set_nonblocking(true)?;
        Ok(Self { name, listener })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// A second handle on the same port.
    ///
    /// # Errors
    /// When descriptors cannot be had.
    pub fn share(&self) -> io::Result<Self> {
        Ok(Self { name: self.name.clone(), listener: self.listener.try_clone()? })
    }

    /// Waits at most `patience` for somebody who connects, greets it, and gives
    /// its greeting; none when nobody came, or not properly.
    ///
    /// # Errors
    /// When the port cannot be used any more.
    pub fn accept(&self, ours: Greeting, patience: Duration) -> io::Result<Option<Greeting>> {
        if !local_socket::wait_readable(&self.listener, patience)? {
            return Ok(None);
        }
        let stream = match local_socket::accept(&self.listener) {
            Ok(stream) => stream,
            // It was another user, went away, or another thread took it.
            Err(error) if error.raw_os_error().is_none() || is_passing(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(answer(&stream, ours).ok())
    }
}

fn is_passing(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::WouldBlock | K::Interrupted | K::ConnectionAborted)
}

/// The side that accepts: hears, greets, and hears that it was heard.
fn answer(stream: &UnixStream, ours: Greeting) -> io::Result<Greeting> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(MANNERS))?;
    let theirs = decode(&local_socket::receive(stream)?)?;
    local_socket::send(stream, &encode(ours))?;
    local_socket::receive(stream)?;
    Ok(theirs)
}

/// A connection to a port whose owner has not accepted it yet.
pub struct Call {
    stream: UnixStream,
}

impl Call {
    /// Connects to a port and greets its owner.
    ///
    /// # Errors
    /// `ConnectionRefused` when there is no such port, `InvalidInput` when it is
    /// no name of a port at all.
    pub fn new(port: &str, ours: Greeting) -> io::Result<Self> {
        if !port.starts_with(PORT_PREFIX) || port.len() > NAME_BYTES {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let stream = local_socket::connect(port)?;
        local_socket::send(&stream, &encode(ours))?;
        Ok(Self { stream })
    }

    /// Waits at most `patience` for the owner to accept: its greeting.
    ///
    /// # Errors
    /// When the port was closed, or its owner has ended.
    pub fn wait(&self, patience: Duration) -> io::Result<Option<Greeting>> {
        if !local_socket::wait_readable(&self.stream, patience)? {
            return Ok(None);
        }
        self.stream.set_read_timeout(Some(MANNERS))?;
        let theirs = decode(&local_socket::receive(&self.stream)?)?;
        local_socket::send(&self.stream, &[b"heard"])?;
        Ok(Some(theirs))
    }
}

fn encode(greeting: Greeting) -> [Vec<u8>; 1] {
    [greeting.iter().flat_map(|word| word.to_le_bytes()).collect()]
}

fn decode(parts: &[Vec<u8>]) -> io::Result<Greeting> {
    let words = parts.first().map(|part| part.as_chunks::<4>().0).unwrap_or_default();
    let words: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
    words.try_into().map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Greets the process at the other end of a connected socket, whatever its
/// kind, and gives its greeting.
///
/// # Errors
/// Those of the socket; `InvalidData` when no Passel is at the other end.
pub fn greet(mut socket: impl io::Read + io::Write, ours: Greeting) -> io::Result<Greeting> {
    const MARK: u32 = u32::from_le_bytes(*b"Psl1");
    socket.write_all(&MARK.to_le_bytes())?;
    socket.write_all(&encode(ours)[0])?;
    let mut theirs = [0; 4 + size_of::<Greeting>()];
    socket.read_exact(&mut theirs)?;
    let (mark, theirs) = theirs.split_at(4);
    if mark != MARK.to_le_bytes() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    decode(&[theirs.to_vec()])
}

/// A service name that this process has published, until dropped.
pub struct Published {
    service: Vec<u8>,
    port: String,
    /// The first keeps others from publishing the name, the second tells it.
    _sockets: [UnixListener; 2],
}

impl Published {
    /// Publishes `port` as `service`.
    ///
    /// # Errors
    /// `AddrInUse` when this user has published that already; `InvalidInput`
    /// when the port has characters that cannot stand in a list, or too many.
    pub fn new(service: &[u8], port: &str) -> io::Result<Self> {
        let own = own_address(service);
        let telling = format!("{own}-{port}");
        if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_graphic()) || telling.len() > NAME_BYTES
        {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let sockets = [local_socket::listen(&own)?, local_socket::listen(&telling)?];
        Ok(Self { service: service.to_vec(), port: port.to_owned(), _sockets: sockets })
    }

    pub fn is(&self, service: &[u8]) -> bool {
        self.service == service
    }

    pub fn port(&self) -> &str {
        &self.port
    }
}

/// The port that a process of this user has published as `service`.
///
/// # Errors
/// When the list of addresses cannot be read.
pub fn look_up(service: &[u8]) -> io::Result<Option<String>> {
    let wanted = format!("@{}-", own_address(service));
    let list = std::fs::read_to_string("/proc/net/unix")?;
    let ports = list.lines().filter_map(|line| line.split_once(wanted.as_str()).map(|(_, port)| port));
    // Somebody else may have taken an address that looks like ours.
    let is_ours = |port: &&str| local_socket::connect(&format!("{}{port}", &wanted[1..])).is_ok();
    Ok(ports.into_iter().find(is_ours).map(str::to_owned))
}

/// The address that stands for a service of this user.
fn own_address(service: &[u8]) -> String {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write(service);
    format!("{NAME_PREFIX}{}-{:016x}", platform::process::user(), hash.finish())
}

/// FNV-1a: the same in every process.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixStream;

    use super::*;

    const SOON: Duration = Duration::from_secs(10);

    #[test]
    fn two_sides_greet_each_other_at_a_port() {
        let port = Port::open().unwrap();
        assert_eq!(port.accept([0; 6], Duration::ZERO).unwrap(), None);
        let name = port.name().to_owned();
        let caller = std::thread::spawn(move || {
            let call = Call::new(&name, [1; 6]).unwrap();
            call.wait(SOON).unwrap()
        });
        assert_eq!(port.accept([2; 6], SOON).unwrap(), Some([1; 6]));
        assert_eq!(caller.join().unwrap(), Some([2; 6]));
    }

    #[test]
    fn a_caller_that_gave_up_is_not_accepted() {
        let port = Port::open().unwrap();
        let call = Call::new(port.name(), [1; 6]).unwrap();
        assert_eq!(call.wait(Duration::ZERO).unwrap(), None);
        drop(call);
        assert_eq!(port.accept([2; 6], SOON).unwrap(), None);
    }

    #[test]
    fn a_port_goes_with_its_owner() {
        let port = Port::open().unwrap();
        let name = port.name().to_owned();
        let call = Call::new(&name, [1; 6]).unwrap();
        drop(port);
        assert!(call.wait(SOON).is_err());
        let kind = |name: &str| Call::new(name, [1; 6]).err().map(|error| error.kind());
        assert_eq!(kind(&name), Some(io::ErrorKind::ConnectionRefused));
        assert_eq!(kind("elsewhere:80"), Some(io::ErrorKind::InvalidInput));
    }

    #[test]
    fn a_service_is_published_once_and_found_while_it_lasts() {
        let service = format!("a service of {}", std::process::id());
        let port = Port::open().unwrap();
        assert_eq!(look_up(service.as_bytes()).unwrap(), None);
        let published = Published::new(service.as_bytes(), port.name()).unwrap();
        assert_eq!(look_up(service.as_bytes()).unwrap().as_deref(), Some(port.name()));
        let again = Published::new(service.as_bytes(), port.name()).err().map(|error| error.kind());
        assert_eq!(again, Some(io::ErrorKind::AddrInUse));
        drop(published);
        assert_eq!(look_up(service.as_bytes()).unwrap(), None);
    }

    #[test]
    fn any_socket_does_for_a_greeting() {
        let (one, other) = UnixStream::pair().unwrap();
        let there = std::thread::spawn(move || greet(other, [4; 6]).unwrap());
        assert_eq!(greet(one, [3; 6]).unwrap(), [4; 6]);
        assert_eq!(there.join().unwrap(), [3; 6]);
        let (one, mut other) = UnixStream::pair().unwrap();
        io::Write::write_all(&mut other, &[7; 28]).unwrap();
        assert_eq!(greet(one, [3; 6]).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
