//! Error handlers (MPI-5.0 section 9.3).

use core::ffi::{c_int, c_void};
use std::sync::Arc;

use engine::errhandler::{Errhandler, ErrhandlerFor};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::{ErrhandlerId, FileId};
use engine::objects::Objects;

use crate::abi::{Abi, CHandle};
use crate::call::{self, SUCCESS, finish};
use crate::errors::{Object, call_user, describe, handler_of, raise};
use crate::runtime::with_objects;

/// The address of a function that a program gave as an error handler.
pub struct UserHandler(usize);

impl UserHandler {
    /// # Safety
    /// `function` is an error handler function of MPI (section 9.3.1) for the
    /// kind of object that the handler is attached to.
    unsafe fn new(function: *const c_void) -> Self {
        Self(function as usize)
    }

    /// Calls it. `H` is the handle that the function was created for.
    pub(crate) fn call<H>(&self, handle: &mut H, code: &mut c_int) {
        // SAFETY: the address is that of a function of this type, as `new`
        // was promised; it is not null.
        let function: unsafe extern "C" fn(*mut H, *mut c_int, ...) =
            unsafe { core::mem::transmute(self.0 as *const c_void) };
        // Handlers made for other libraries may look at one more argument.
        // SAFETY: as above; both pointers are good for the time of the call.
        unsafe { function(handle, code, 0 as c_int) }
    }
}

/// # Safety
/// `function` is null or a handler for objects of this kind; `errhandler` may
/// be written.
unsafe fn create<A: Abi>(
    name: &'static str,
    of: ErrhandlerFor,
    function: *const c_void,
    errhandler: *mut A::Errhandler,
) -> c_int {
    let outcome = call::out(errhandler, "errhandler").and_then(|()| {
        if function.is_null() {
            fail!(ErrorClass::Arg, "the function of an error handler is a null pointer");
        }
        // SAFETY: the caller's promise; not null.
        let handler = Arc::new(unsafe { UserHandler::new(function) });
        let id = with_objects(|objects| objects.errhandlers.create(of, handler));
        // SAFETY: the caller's promise; not null.
        unsafe { *errhandler = A::Errhandler::encode(id) };
        Ok(())
    });
    finish::<A>(name, || Object::None, outcome)
}

/// Where an object keeps which error handler it has.
fn slot(objects: &mut Objects, object: Object) -> Result<&mut ErrhandlerId> {
    match object {
        Object::Comm(id) => objects.comm_mut(id).map(|comm| &mut comm.errhandler),
        Object::Win(id) => objects.win_mut(id).map(|win| &mut win.errhandler),
        Object::File(id) if id == FileId::NULL => Ok(&mut objects.file_errhandler),
        Object::File(id) => objects.file_mut(id).map(|file| &mut file.errhandler),
        Object::Session(id) => objects.session_mut(id).map(|session| &mut session.errhandler),
        Object::None => Ok(&mut objects.initial_errhandler),
    }
}

fn kind(object: Object) -> ErrhandlerFor {
    match object {
        Object::Comm(_) | Object::None => ErrhandlerFor::Comm,
        Object::Win(_) => ErrhandlerFor::Win,
        Object::File(_) => ErrhandlerFor::File,
        Object::Session(_) => ErrhandlerFor::Session,
    }
}

fn set<A: Abi>(name: &'static str, object: Object, errhandler: A::Errhandler) -> c_int {
    let outcome = with_objects(|objects| {
        slot(objects, object)?;
        let new = objects.errhandlers.attach(errhandler.decode(), kind(object))?;
        let old = std::mem::replace(slot(objects, object)?, new);
        objects.errhandlers.detach(old);
        Ok(())
    });
    finish::<A>(name, || object, outcome)
}

/// # Safety
/// `errhandler` may be written.
unsafe fn get<A: Abi>(name: &'static str, object: Object, errhandler: *mut A::Errhandler) -> c_int {
    let outcome = call::out(errhandler, "errhandler").and_then(|()| {
        let id = with_objects(|objects| {
            let id = *slot(objects, object)?;
            Ok(objects.errhandlers.lend(id))
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *errhandler = A::Errhandler::encode(id) };
        Ok(())
    });
    finish::<A>(name, || object, outcome)
}

/// Raises a code that exists already (a user's own, most often) on the error
/// handler of `object`, and returns it if the handler returns.
pub(crate) fn raise_code<A: Abi>(name: &'static str, object: Object, code: c_int) -> c_int {
    match with_objects(|objects| handler_of(objects, object)) {
        Errhandler::Return => code,
        Errhandler::User { function, .. } => call_user::<A>(&*function, object, code),
        Errhandler::Fatal | Errhandler::Abort => {
            let (class, _) = A::split_error_code(code);
            let class = A::class_in(class).unwrap_or(ErrorClass::Other);
            let text = describe::<A>(code).filter(|text| !text.is_empty());
            let text = text.unwrap_or_else(|| format!("the error code {code}"));
            let text =
                text.strip_prefix(class.name()).and_then(|text| text.strip_prefix(": ")).unwrap_or(&text);
            raise::<A>(name, object, Error::new(class, format!("the program's own code says: {text}")))
        }
    }
}

fn call_handler<A: Abi>(name: &'static str, object: Object, code: c_int) -> c_int {
    match with_objects(|objects| slot(objects, object).map(|_| ())) {
        Ok(()) => {
            raise_code::<A>(name, object, code);
            SUCCESS
        }
        Err(error) => raise::<A>(name, object, error),
    }
}

/// `MPI_Errhandler_free`.
///
/// # Safety
/// `errhandler` may be read and written.
pub unsafe fn errhandler_free<A: Abi>(errhandler: *mut A::Errhandler) -> c_int {
    let outcome = call::out(errhandler, "errhandler").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*errhandler).decode() };
        with_objects(|objects| objects.errhandlers.free(id))?;
        // SAFETY: as above.
        unsafe { *errhandler = A::Errhandler::encode(ErrhandlerId::NULL) };
        Ok(())
    });
    finish::<A>("MPI_Errhandler_free", || Object::None, outcome)
}

/// `MPI_Comm_create_errhandler`.
///
/// # Safety
/// `comm_errhandler_fn` is a function of the type that MPI asks for; `errhandler` may be written.
pub unsafe fn comm_create_errhandler<A: Abi>(
    comm_errhandler_fn: *const c_void,
    errhandler: *mut A::Errhandler,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { create::<A>("MPI_Comm_create_errhandler", ErrhandlerFor::Comm, comm_errhandler_fn, errhandler) }
}

/// `MPI_Comm_set_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_set_errhandler<A: Abi>(comm: A::Comm, errhandler: A::Errhandler) -> c_int {
    set::<A>("MPI_Comm_set_errhandler", Object::Comm(comm.decode()), errhandler)
}

/// `MPI_Comm_get_errhandler`.
///
/// # Safety
/// `errhandler` may be written.
pub unsafe fn comm_get_errhandler<A: Abi>(comm: A::Comm, errhandler: *mut A::Errhandler) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Comm_get_errhandler", Object::Comm(comm.decode()), errhandler) }
}

/// `MPI_Comm_call_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_call_errhandler<A: Abi>(comm: A::Comm, errorcode: c_int) -> c_int {
    call_handler::<A>("MPI_Comm_call_errhandler", Object::Comm(comm.decode()), errorcode)
}

/// `MPI_Win_create_errhandler`.
///
/// # Safety
/// `win_errhandler_fn` is a function of the type that MPI asks for; `errhandler` may be written.
pub unsafe fn win_create_errhandler<A: Abi>(
    win_errhandler_fn: *const c_void,
    errhandler: *mut A::Errhandler,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { create::<A>("MPI_Win_create_errhandler", ErrhandlerFor::Win, win_errhandler_fn, errhandler) }
}

/// `MPI_Win_set_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_set_errhandler<A: Abi>(win: A::Win, errhandler: A::Errhandler) -> c_int {
    set::<A>("MPI_Win_set_errhandler", Object::Win(win.decode()), errhandler)
}

/// `MPI_Win_get_errhandler`.
///
/// # Safety
/// `errhandler` may be written.
pub unsafe fn win_get_errhandler<A: Abi>(win: A::Win, errhandler: *mut A::Errhandler) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Win_get_errhandler", Object::Win(win.decode()), errhandler) }
}

/// `MPI_Win_call_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_call_errhandler<A: Abi>(win: A::Win, errorcode: c_int) -> c_int {
    call_handler::<A>("MPI_Win_call_errhandler", Object::Win(win.decode()), errorcode)
}

/// `MPI_File_create_errhandler`.
///
/// # Safety
/// `file_errhandler_fn` is a function of the type that MPI asks for; `errhandler` may be written.
pub unsafe fn file_create_errhandler<A: Abi>(
    file_errhandler_fn: *const c_void,
    errhandler: *mut A::Errhandler,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { create::<A>("MPI_File_create_errhandler", ErrhandlerFor::File, file_errhandler_fn, errhandler) }
}

/// `MPI_File_set_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_set_errhandler<A: Abi>(file: A::File, errhandler: A::Errhandler) -> c_int {
    set::<A>("MPI_File_set_errhandler", Object::File(file.decode()), errhandler)
}

/// `MPI_File_get_errhandler`.
///
/// # Safety
/// `errhandler` may be written.
pub unsafe fn file_get_errhandler<A: Abi>(file: A::File, errhandler: *mut A::Errhandler) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_File_get_errhandler", Object::File(file.decode()), errhandler) }
}

/// `MPI_File_call_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_call_errhandler<A: Abi>(fh: A::File, errorcode: c_int) -> c_int {
    call_handler::<A>("MPI_File_call_errhandler", Object::File(fh.decode()), errorcode)
}

/// `MPI_Session_create_errhandler`.
///
/// # Safety
/// `session_errhandler_fn` is a function of the type that MPI asks for; `errhandler` may be written.
pub unsafe fn session_create_errhandler<A: Abi>(
    session_errhandler_fn: *const c_void,
    errhandler: *mut A::Errhandler,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        create::<A>(
            "MPI_Session_create_errhandler",
            ErrhandlerFor::Session,
            session_errhandler_fn,
            errhandler,
        )
    }
}

/// `MPI_Session_set_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_set_errhandler<A: Abi>(session: A::Session, errhandler: A::Errhandler) -> c_int {
    set::<A>("MPI_Session_set_errhandler", Object::Session(session.decode()), errhandler)
}

/// `MPI_Session_get_errhandler`.
///
/// # Safety
/// `errhandler` may be written.
pub unsafe fn session_get_errhandler<A: Abi>(session: A::Session, errhandler: *mut A::Errhandler) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Session_get_errhandler", Object::Session(session.decode()), errhandler) }
}

/// `MPI_Session_call_errhandler`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_call_errhandler<A: Abi>(session: A::Session, errorcode: c_int) -> c_int {
    call_handler::<A>("MPI_Session_call_errhandler", Object::Session(session.decode()), errorcode)
}

/// `MPI_Errhandler_create`.
///
/// # Safety
/// `comm_errhandler_fn` is a function of the type that MPI asks for; `errhandler` may be written.
pub unsafe fn errhandler_create<A: Abi>(
    comm_errhandler_fn: *const c_void,
    errhandler: *mut A::Errhandler,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { create::<A>("MPI_Errhandler_create", ErrhandlerFor::Comm, comm_errhandler_fn, errhandler) }
}

/// `MPI_Errhandler_set`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn errhandler_set<A: Abi>(comm: A::Comm, errhandler: A::Errhandler) -> c_int {
    set::<A>("MPI_Errhandler_set", Object::Comm(comm.decode()), errhandler)
}

/// `MPI_Errhandler_get`.
///
/// # Safety
/// `errhandler` may be written.
pub unsafe fn errhandler_get<A: Abi>(comm: A::Comm, errhandler: *mut A::Errhandler) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { get::<A>("MPI_Errhandler_get", Object::Comm(comm.decode()), errhandler) }
}
