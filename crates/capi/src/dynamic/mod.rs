//! Processes that are not there from the start (MPI-5.0 chapter 11, sections 7
//! to 10).
//!
//! However two groups come together, one process of each, its root, meets the
//! other's first and alone; the intercommunicator is then made as by
//! `MPI_Intercomm_create`. What goes wrong at a root is an error at all
//! processes of its group.
//!
//! - [`spawn`]: starting processes, and the parent of those that were started
//! - [`request`]: what a root asks of the launcher
//! - [`port`]: accept, connect, and ports
//! - [`name`]: published names
//! - [`join`]: two processes that share a socket

pub mod join;
pub mod name;
pub mod port;
mod request;
pub mod spawn;

use core::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bootstrap::launcher;
use bootstrap::port::Greeting;
use engine::collective::fingerprint::Fingerprint;
use engine::comm::intercomm::{Bridge, Side, create};
use engine::comm::words::outcome_of_root;
use engine::comm::{Comm, CommCore};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::group::Group;
use engine::handle::CommId;
use engine::process::creation_ports::CreationPorts;
use transport::{ProcessName, Transport};

use crate::abi::Abi;
use crate::comm::{Creation, block_on};
use crate::runtime::{self, process, with_objects};

/// How long a root waits for somebody before it looks after messages again.
const LOOK: Duration = Duration::from_millis(1);

/// A process of the other group, and the tag of messages to it.
struct Contact {
    leader: u32,
    tag: c_int,
    /// For all processes of the own group.
    words: Vec<u32>,
}

/// A number for the messages of one meeting.
fn next_tag() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Relaxed: only that it differs from the others.
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The tag of a meeting for which each side has brought a number, in an order
/// that both know.
fn common_tag(first: u32, second: u32) -> c_int {
    ((first.rotate_left(15) ^ second) & i32::MAX as u32) as c_int
}

/// What this process says to another one that knows nothing of it.
fn greeting(tag: u32) -> Result<Greeting> {
    let mut state = process().lock();
    let endpoint = state.endpoint()?;
    let ProcessName([a, b, c, d, e]) = endpoint.transport.name(endpoint.transport.rank());
    Ok([a, b, c, d, e, tag])
}

/// Whom a greeting is from, and the number that came with it.
fn decode(greeting: Greeting) -> Result<(u32, u32)> {
    let [a, b, c, d, e, tag] = greeting;
    let leader = process().process_named(ProcessName([a, b, c, d, e]))?;
    watch_others()?;
    Ok((leader, tag))
}

/// A root among the ranks of an intracommunicator.
fn check_root(core: &CommCore, root: c_int) -> Result<usize> {
    if core.is_inter() {
        fail!(ErrorClass::Comm, "this works from an intracommunicator, and this is an intercommunicator");
    }
    match usize::try_from(root) {
        Ok(rank) if rank < core.size() => Ok(rank),
        _ => fail!(ErrorClass::Root, "the root is {root}, which is not in 0..{}", core.size()),
    }
}

/// Has our launcher watch processes of other jobs that have become known, so
/// that their failure does not leave ours waiting.
///
/// # Errors
/// When this process has not joined its job.
pub(crate) fn watch_others() -> Result<()> {
    let (job, _) = runtime::place()?;
    if job.has_new_aliases() {
        // A process that no launcher has started, where none is installed either,
        // is not watched by anybody: then the user has to notice.
        let _ = launcher::look(&job);
    }
    Ok(())
}

/// Makes an intercommunicator of `comm` and the group of whoever the root's
/// `contact` finds, together with it. Returns also the contact's words.
fn meet<A: Abi>(
    comm: CommId,
    root: c_int,
    contact: impl FnOnce() -> Result<Contact>,
) -> Result<(CommCore, Vec<u32>)> {
    let Creation { ports, core, contexts, key } = Creation::start(comm)?;
    let root = check_root(&core, A::rank_in(root))?;
    // Ranks that name different roots are told so.
    let ports = ports.marked(Fingerprint::NONE.with_root(root));
    let contact = (core.rank() == root).then(contact);
    block_on(async move {
        let outcome = contact.as_ref().map(|contact| match contact {
            Ok(contact) => Ok(contact.words.clone()),
            Err(error) => Err(error.clone()),
        });
        let words = outcome_of_root(&ports, root, outcome).await?;
        let strangers = contact.and_then(Result::ok).map(|Contact { leader, tag, .. }| {
            let other = Arc::new(Group::new(vec![leader], u32::MAX));
            CreationPorts::of_strangers(process().clone(), tag, &other)
        });
        let bridge = strangers.as_ref().map(|ports| Bridge { ports, leader: 0 });
        let side = Side { ports: &ports, group: core.group(), leader: root, bridge };
        let made = create(&side, &contexts, key).await?;
        watch_others()?;
        Ok((made, words))
    })
}

/// Gives a new intercommunicator its handle.
fn add(core: CommCore, parent: CommId, name: &str) -> Result<CommId> {
    with_objects(|objects| {
        let id = objects.add_comm(core, Some(parent));
        let comm: &mut Comm = objects.comm_mut(id)?;
        comm.name = name.into();
        Ok(id)
    })
}

/// `attempt`, again and again until it brings something; messages are looked
/// after in between. It waits [`LOOK`] each time.
fn wait_for<T>(mut attempt: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    loop {
        if let Some(found) = attempt()? {
            return Ok(found);
        }
        process().progress()?;
    }
}

fn io_error(class: ErrorClass, what: &str, error: &std::io::Error) -> Error {
    Error::new(class, format!("{what}: {error}"))
}
