//! Starting processes (MPI-5.0 section 11.8).

use core::ffi::{c_char, c_int};

use bootstrap::launcher::{self, Program, Refusal, Request};
use engine::comm;
use engine::error::{Error, ErrorClass, Result};
use engine::handle::CommId;
use memory::job::Parent;

use super::request::{CommandLine, commands};
use super::{Contact, add, common_tag, meet, next_tag};
use crate::abi::{Abi, CHandle};
use crate::call::{self, SUCCESS, finish, finish_comm};
use crate::errors::Object;
use crate::runtime::{self, with_objects};

/// The codes that a spawn returns, one for each process.
struct Errcodes(*mut c_int);

impl Errcodes {
    /// # Safety
    /// There is room for `count` codes, unless the pointer is null.
    unsafe fn fill(&self, count: usize, code: c_int) {
        if !self.0.is_null() {
            // SAFETY: the caller's promise.
            unsafe { std::slice::from_raw_parts_mut(self.0, count) }.fill(code);
        }
    }
}

/// Asks the launcher, at the root.
fn start(programs: Vec<Program>) -> Result<Contact> {
    let (job, slot) = runtime::place()?;
    let tag = common_tag(next_tag(), 0);
    let parent = Parent { slot, tag: tag as u32 };
    let environment = super::request::environment();
    let names: Vec<String> =
        programs.iter().map(|program| String::from_utf8_lossy(&program.name).into_owned()).collect();
    let request = Request { parent, environment, programs };
    let world = launcher::start(&job, &request).map_err(|Refusal { program, message }| {
        let which = match program {
            Some(index) if names.len() > 1 => format!(" (command {index}, {})", names[index]),
            _ => String::new(),
        };
        Error::new(ErrorClass::Spawn, format!("no process was started{which}: {message}"))
    })?;
    let [first, size] = [world.first, world.size].map(|word| word as u32);
    Ok(Contact { leader: first, tag, words: vec![size] })
}

/// # Safety
/// As the MPI standard asks of the arguments of `MPI_Comm_spawn_multiple`;
/// `commands` are those of the root.
unsafe fn spawn<A: Abi>(
    function: &'static str,
    lines: impl FnOnce() -> Vec<CommandLine>,
    root: c_int,
    comm: A::Comm,
    intercomm: *mut A::Comm,
    errcodes: *mut c_int,
) -> c_int {
    let (parent, errcodes) = (comm.decode(), Errcodes(errcodes));
    let mut wanted = 0;
    let made = call::out(intercomm, "intercomm").and_then(|()| {
        let contact = || {
            let lines = lines();
            wanted = lines.iter().map(|line| line.maxprocs.max(0) as usize).sum();
            commands(&lines).and_then(start)
        };
        let (core, words) = meet::<A>(parent, root, contact)?;
        Ok((add(core, parent, "")?, words[0] as usize))
    });
    let outcome = match made {
        Ok((id, started)) => {
            // SAFETY: the caller's promise: there is a code for each process.
            unsafe { errcodes.fill(started, SUCCESS) };
            // SAFETY: the caller's promise; not null.
            unsafe { *intercomm = A::Comm::encode(id) };
            Ok(())
        }
        Err(error) => {
            // SAFETY: the caller's promise; at the root, which alone knows the number.
            unsafe { errcodes.fill(wanted, A::class_out(error.class())) };
            Err(error)
        }
    };
    finish_comm::<A>(function, parent, outcome)
}

/// `MPI_Comm_spawn`.
///
/// # Safety
/// At the root `command` is a C string and `argv` null or a list of C strings
/// that ends with null; `array_of_errcodes` is null or has a place for every
/// process.
pub unsafe fn comm_spawn<A: Abi>(
    command: *const c_char,
    argv: *mut *mut c_char,
    maxprocs: c_int,
    info: A::Info,
    root: c_int,
    comm: A::Comm,
    intercomm: *mut A::Comm,
    array_of_errcodes: *mut c_int,
) -> c_int {
    let lines = || {
        // SAFETY: the caller's promise, at the root.
        vec![unsafe { CommandLine::read(command, argv.cast_const().cast(), maxprocs, info.decode()) }]
    };
    // SAFETY: the caller's promise.
    unsafe { spawn::<A>("MPI_Comm_spawn", lines, root, comm, intercomm, array_of_errcodes) }
}

/// `MPI_Comm_spawn_multiple`.
///
/// # Safety
/// At the root the arrays have `count` elements, each as for `MPI_Comm_spawn`;
/// `array_of_argv` may be null.
pub unsafe fn comm_spawn_multiple<A: Abi>(
    count: c_int,
    array_of_commands: *mut *mut c_char,
    array_of_argv: *mut *mut *mut c_char,
    array_of_maxprocs: *const c_int,
    array_of_info: *const A::Info,
    root: c_int,
    comm: A::Comm,
    intercomm: *mut A::Comm,
    array_of_errcodes: *mut c_int,
) -> c_int {
    let line = |index: usize| {
        // SAFETY: the caller's promise, at the root, for all array elements.
        unsafe {
            let argv = if array_of_argv.is_null() { core::ptr::null() } else { *array_of_argv.add(index) };
            let (maxprocs, info) = (*array_of_maxprocs.add(index), (*array_of_info.add(index)).decode());
            CommandLine::read(*array_of_commands.add(index), argv.cast(), maxprocs, info)
        }
    };
    let lines = || {
        let arrays_exist =
            !(array_of_commands.is_null() || array_of_maxprocs.is_null() || array_of_info.is_null());
        if arrays_exist { (0..count.max(0) as usize).map(line).collect() } else { Vec::new() }
    };
    // SAFETY: the caller's promise.
    unsafe { spawn::<A>("MPI_Comm_spawn_multiple", lines, root, comm, intercomm, array_of_errcodes) }
}

/// Meets those who asked for the processes of this world, if somebody did: the
/// last part of `MPI_Init`.
pub(crate) fn meet_parent<A: Abi>() -> Result<()> {
    let (job, slot) = runtime::place()?;
    let Some(Parent { slot: leader, tag }) = job.control(slot).parent() else { return Ok(()) };
    let contact = || Ok(Contact { leader: leader as u32, tag: tag as c_int, words: Vec::new() });
    let (core, _) = meet::<A>(comm::WORLD, 0, contact)?;
    let id = add(core, comm::WORLD, "MPI_COMM_PARENT")?;
    // It was tied to its parents from the start.
    job.control(slot).tie(-1);
    with_objects(|objects| objects.parent = id);
    Ok(())
}

/// `MPI_Comm_get_parent`: null also once it has been freed.
///
/// # Safety
/// `parent` may be written.
pub unsafe fn comm_get_parent<A: Abi>(parent: *mut A::Comm) -> c_int {
    let outcome = call::out(parent, "parent");
    if outcome.is_ok() {
        let id = with_objects(|objects| {
            let id = objects.parent;
            if objects.comms.get(id).is_some() { id } else { CommId::NULL }
        });
        // SAFETY: the caller's promise; not null.
        unsafe { *parent = A::Comm::encode(id) };
    }
    finish::<A>("MPI_Comm_get_parent", || Object::None, outcome)
}
