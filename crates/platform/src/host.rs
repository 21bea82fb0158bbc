//! What this machine is and what its kernel allows.

use std::fs;

/// The name of this machine. Never asks a name service.
pub fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// The kernel's release, `6.8.0-41-generic` for example.
pub fn kernel_release() -> String {
    rustix::system::uname().release().to_string_lossy().into_owned()
}

/// The machine's instruction set, `x86_64` for example.
pub fn architecture() -> String {
    rustix::system::uname().machine().to_string_lossy().into_owned()
}

/// Whether one process may read another's memory (`process_vm_readv`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerMemory {
    /// The call works; processes of one user may use it on each other.
    Allowed,
    /// The call works on descendants only (Yama's `ptrace_scope`).
    DescendantsOnly,
    /// The call is refused, with the system's reason.
    Refused(String),
}

/// Tries `process_vm_readv` on ourselves and asks Yama about others.
pub fn peer_memory() -> PeerMemory {
    let source = 0x5041_5353_u32;
    let mut target = 0_u32;
    let length = size_of::<u32>();
    let local = libc::iovec { iov_base: (&raw mut target).cast(), iov_len: length };
    let remote = libc::iovec { iov_base: (&raw const source).cast_mut().cast(), iov_len: length };
    // SAFETY: one element each; `source` is read and `target` written, both
    // alive and of the stated length.
    let read = unsafe { libc::process_vm_readv(libc::getpid(), &local, 1, &remote, 1, 0) };
    if read != length as isize || target != source {
        return PeerMemory::Refused(std::io::Error::last_os_error().to_string());
    }
    match fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope") {
        Ok(scope) if scope.trim() != "0" => PeerMemory::DescendantsOnly,
        _ => PeerMemory::Allowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_has_a_name() {
        assert!(!host_name().is_empty());
        assert!(kernel_release().starts_with(|first: char| first.is_ascii_digit()));
    }
}
