//! The one way an error of the engine becomes a code of MPI (MPI-5.0 chapter 9).
//!
//! # Invariants
//! - Every error goes through [`raise`] (or [`register`], where a status
//!   carries it): its message is kept, and the code names class and message.
//! - The error handler runs without any lock held.
//! - Messages are kept in a ring: a code stays good for `MPI_Error_string`
//!   until [`MESSAGE_SLOTS`] more errors have happened.

use core::ffi::{c_char, c_int};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use engine::comm::{SELF, WORLD};
use engine::errhandler::Errhandler;
use engine::error::{Error, ErrorClass};
use engine::handle::{CommId, ErrhandlerId, FileId, SessionId, WinId};
use engine::objects::Objects;

use crate::abi::{Abi, CHandle, MESSAGE_SLOTS};
use crate::errhandler::UserHandler;
use crate::runtime::{self, with_objects};
use crate::tool::event;

/// What an error concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    None,
    Comm(CommId),
    Win(WinId),
    File(FileId),
    Session(SessionId),
}

/// Recent messages, by slot.
struct Messages {
    slots: Vec<Option<String>>,
    next: usize,
}

static MESSAGES: Mutex<Messages> = Mutex::new(Messages { slots: Vec::new(), next: 0 });

/// Keeps the message of an error that `function` met, and returns its code.
pub fn register<A: Abi>(function: &str, error: Error) -> c_int {
    let mut messages = MESSAGES.lock().unwrap_or_else(PoisonError::into_inner);
    if messages.slots.is_empty() {
        messages.slots.resize(MESSAGE_SLOTS, None);
    }
    let slot = messages.next;
    messages.next = (slot + 1) % MESSAGE_SLOTS;
    messages.slots[slot] = Some(format!("{function}: {}", error.message()));
    A::error_code(error.class(), slot)
}

/// The message that a code of ours names.
fn message(slot: usize) -> Option<String> {
    let messages = MESSAGES.lock().unwrap_or_else(PoisonError::into_inner);
    messages.slots.get(slot).cloned().flatten()
}

/// What `MPI_Error_string` says of a code; `None` for a number that is none.
pub fn describe<A: Abi>(code: c_int) -> Option<String> {
    if let Some(text) = crate::environment::added::describe(code) {
        return Some(text);
    }
    let (class, slot) = A::split_error_code(code);
    let class = A::class_in(class)?;
    match slot {
        None => Some(format!("{}: {}", class.name(), class_text(class))),
        Some(slot) => {
            let message = message(slot).unwrap_or_else(|| class_text(class).to_owned());
            Some(format!("{}: {message}", class.name()))
        }
    }
}

/// Raises an error of `function` on the error handler that it concerns, and
/// returns the code if the handler returns.
#[cold]
pub fn raise<A: Abi>(function: &'static str, object: Object, error: Error) -> c_int {
    event::error_raised(error.class());
    event::deliver::<A>();
    let (object, handler) = with_objects(|objects| {
        let object = owner(objects, object);
        (object, handler_of(objects, object))
    });
    match handler {
        Errhandler::Return => register::<A>(function, error),
        Errhandler::Fatal => die(function, object, &error, "MPI_ERRORS_ARE_FATAL"),
        Errhandler::Abort => die(function, object, &error, "MPI_ERRORS_ABORT"),
        Errhandler::User { function: user, .. } => {
            let code = register::<A>(function, error);
            call_user::<A>(&*user, object, code)
        }
    }
}

/// Whether an error of `object` ends the job.
pub(crate) fn is_fatal(object: Object) -> bool {
    let handler = with_objects(|objects| handler_of(objects, owner(objects, object)));
    matches!(handler, Errhandler::Fatal | Errhandler::Abort)
}

/// What a communicator is part of: errors of a file's own messages and requests
/// concern the file.
fn owner(objects: &Objects, object: Object) -> Object {
    let Object::Comm(comm) = object else { return object };
    match objects.files.iter().find(|(_, file)| file.comm == comm) {
        Some((file, _)) => Object::File(file),
        None => object,
    }
}

/// The error handler that an error of `object` goes to.
pub(crate) fn handler_of(objects: &Objects, object: Object) -> Errhandler {
    let id = match object {
        Object::Comm(comm) => objects.comms.get(comm).map(|comm| comm.errhandler),
        Object::Win(win) => objects.wins.get(win).map(|win| win.errhandler),
        // Without an open file, the one for files to come.
        Object::File(file) => {
            Some(objects.files.get(file).map_or(objects.file_errhandler, |file| file.errhandler))
        }
        Object::Session(session) => objects.sessions.get(session).map(|session| session.errhandler),
        Object::None => None,
    };
    // What concerns no live object concerns MPI_COMM_SELF (MPI-5.0 section 9.3).
    let id = id.unwrap_or_else(|| handler_of_nothing(objects));
    objects.errhandlers.get(id).cloned().unwrap_or(Errhandler::Fatal)
}

/// The handler of `MPI_COMM_SELF`. Until MPI-4.0 that of `MPI_COMM_WORLD` was
/// asked, and programs still set that one only: it counts as long as
/// `MPI_COMM_SELF` has the initial one, as neither exists the initial one itself.
fn handler_of_nothing(objects: &Objects) -> ErrhandlerId {
    let initial = objects.initial_errhandler;
    let of = |comm| objects.comms.get(comm).map(|comm| comm.errhandler).filter(|&handler| handler != initial);
    of(SELF).or_else(|| of(WORLD)).unwrap_or(initial)
}

/// Calls a user's handler for `object` with the `code` that the MPI call is going
/// to return, and returns it as the handler leaves it.
pub fn call_user<A: Abi>(
    user: &(dyn core::any::Any + Send + Sync),
    object: Object,
    mut code: c_int,
) -> c_int {
    let Some(user) = user.downcast_ref::<UserHandler>() else { return code };
    match object {
        Object::None => user.call(&mut A::Comm::encode(SELF), &mut code),
        Object::Comm(comm) => user.call(&mut A::Comm::encode(comm), &mut code),
        Object::Win(win) => user.call(&mut A::Win::encode(win), &mut code),
        Object::File(file) => user.call(&mut A::File::encode(file), &mut code),
        Object::Session(session) => user.call(&mut A::Session::encode(session), &mut code),
    }
    code
}

/// What people call an object; `None` for one that is not there.
fn name_of(objects: &Objects, object: Object) -> Option<String> {
    let (name, what) = match object {
        Object::Comm(comm) => (&objects.comms.get(comm)?.name, "communicator"),
        Object::Win(win) => (&objects.wins.get(win)?.name, "window"),
        Object::File(file) => return Some(objects.files.get(file)?.file.path.display().to_string()),
        Object::Session(session) => return objects.sessions.get(session).map(|_| "a session".to_owned()),
        Object::None => return None,
    };
    Some(match name.is_empty() {
        true => format!("a {what} without a name"),
        false => String::from_utf8_lossy(name).into_owned(),
    })
}

/// Says what happened and ends the job.
fn die(function: &str, object: Object, error: &Error, handler: &str) -> ! {
    let mut text = String::from("Passel: ");
    if let Some((rank, size)) = runtime::rank_and_size() {
        let _ = write!(text, "rank {rank} of {size}, ");
    }
    let _ = write!(text, "{function}");
    if let Some(name) = with_objects(|objects| name_of(objects, object)) {
        let _ = write!(text, " on {name}");
    }
    let _ = write!(text, ": {}: {}", error.class().name(), error.message());
    let _ = write!(
        text,
        "\nPassel: the error handler is {handler}, so the job ends; with MPI_ERRORS_RETURN the call \
         would return the error instead"
    );
    eprintln!("{text}");
    runtime::abort(1)
}

/// Copies `text` to `out`, cut to `room` bytes including the zero at the end,
/// and returns its length.
///
/// # Safety
/// `out` has `room` bytes that may be written, and `room` is not zero.
pub unsafe fn put_string(text: &[u8], out: *mut c_char, room: usize) -> usize {
    let mut len = text.len().min(room - 1);
    // Never in the middle of a character.
    while len < text.len() && len > 0 && text[len] & 0xc0 == 0x80 {
        len -= 1;
    }
    // SAFETY: the caller's promise; `len < room`.
    unsafe {
        core::ptr::copy_nonoverlapping(text.as_ptr().cast(), out, len);
        *out.add(len) = 0;
    }
    len
}

/// What a class means, in a sentence.
fn class_text(class: ErrorClass) -> &'static str {
    use ErrorClass as E;
    match class {
        E::Success => "no error",
        E::Buffer => "invalid buffer",
        E::Count => "invalid count",
        E::Type => "invalid datatype",
        E::Tag => "invalid tag",
        E::Comm => "invalid communicator",
        E::Rank => "invalid rank",
        E::Request => "invalid request",
        E::Root => "invalid root",
        E::Group => "invalid group",
        E::Op => "invalid reduction operation",
        E::Topology => "invalid topology",
        E::Dims => "invalid dimensions",
        E::Arg => "invalid argument",
        E::Unknown => "unknown error",
        E::Truncate => "the message is longer than the receive buffer",
        E::Other => "an error of no other class",
        E::Intern => "an error inside Passel: please report it",
        E::Pending => "the operation is not complete",
        E::InStatus => "the error is in the status",
        E::Access => "permission denied",
        E::Amode => "invalid file access mode",
        E::Assert => "invalid assertion",
        E::BadFile => "invalid file name",
        E::Base => "invalid base address",
        E::Conversion => "data could not be converted",
        E::Disp => "invalid displacement",
        E::DupDatarep => "a data representation of this name exists",
        E::FileExists => "the file exists",
        E::FileInUse => "the file is in use",
        E::File => "invalid file handle",
        E::InfoKey => "the info key is too long or empty",
        E::InfoNokey => "the info object has no such key",
        E::InfoValue => "the info value is too long",
        E::Info => "invalid info object",
        E::Io => "input or output failed",
        E::Keyval => "invalid attribute key",
        E::Locktype => "invalid lock type",
        E::Name => "no service of this name is published",
        E::NoMem => "memory could not be had",
        E::NotSame => "the ranks gave different arguments to a collective call",
        E::NoSpace => "no space is left on the device",
        E::NoSuchFile => "no such file",
        E::Port => "invalid port",
        E::Quota => "the quota is exceeded",
        E::ReadOnly => "the file system can only be read",
        E::RmaAttach => "memory cannot be attached",
        E::RmaConflict => "conflicting accesses to a window",
        E::RmaRange => "the target lies outside the window",
        E::RmaShared => "memory cannot be shared",
        E::RmaSync => "synchronisation calls of a window do not fit",
        E::Service => "a service name could not be published or withdrawn",
        E::Size => "invalid size",
        E::Spawn => "processes could not be started",
        E::UnsupportedDatarep => "the data representation is not supported",
        E::UnsupportedOperation => "the operation is not supported",
        E::Win => "invalid window",
        E::RmaFlavor => "the window is of the wrong kind",
        E::ProcAborted => "a process has ended",
        E::ValueTooLarge => "a value is too large to be returned",
        E::Session => "invalid session",
        E::Errhandler => "invalid error handler",
        E::Abi => "the binary interface does not have this",
        E::ToolCannotInit => "the tool interface cannot be initialised now",
        E::ToolNotAccessible => "the tool interface is not accessible",
        E::ToolNotInitialized => "the tool interface is not initialised",
        E::ToolNotSupported => "the tool interface does not support this",
        E::ToolMemory => "memory could not be had",
        E::ToolInvalid => "invalid use of the tool interface",
        E::ToolInvalidIndex => "invalid index",
        E::ToolInvalidItem => "invalid item",
        E::ToolInvalidSession => "invalid tool session",
        E::ToolInvalidHandle => "invalid tool handle",
        E::ToolInvalidName => "invalid name",
        E::ToolOutOfHandles => "no more handles",
        E::ToolOutOfSessions => "no more sessions",
        E::ToolCvarSetNotNow => "the control variable cannot be set now",
        E::ToolCvarSetNever => "the control variable cannot be set",
        E::ToolPvarNoWrite => "the performance variable cannot be written",
        E::ToolPvarNoStartstop => "the performance variable cannot be started or stopped",
        E::ToolPvarNoAtomic => "the performance variable cannot be read and reset at once",
    }
}
