//! Events (MPI-5.0 section 15.3.8).
//!
//! The engine writes down what happens where it happens; listeners are called
//! at the end of the MPI call in which this thread is, or the next one: without
//! a lock, one at a time, and free to call MPI. So callbacks that promise
//! nothing (`MPI_T_CB_REQUIRE_NONE`) are called, too; of several callbacks of a
//! registration the one that promises least is.

use core::cell::Cell;
use core::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::info::Info;
use engine::tool::Recorder;
use engine::tool::event::{EVENT_TYPES, Element, Event, EventKind, displacements};

use super::source::ticks;
use super::{
    Tool, binding, comm_at, constant, find, finish, give, int, put, put_text, row, to_key, to_pointer, whole,
    with,
};
use crate::abi::{Abi, CHandle, Constants};
use crate::runtime::with_objects;

/// `MPI_T_CB_REQUIRE_` levels, the one that asks least of a callback first.
const SAFETIES: [c_int; 4] = [0, 3, 15, 63];

type EventFunction = unsafe extern "C" fn(*mut c_void, *mut c_void, c_int, *mut c_void);
type FreeFunction = unsafe extern "C" fn(*mut c_void, c_int, *mut c_void);
type DroppedFunction = unsafe extern "C" fn(i64, *mut c_void, c_int, c_int, *mut c_void);

/// A function of the program's, for one level of safety.
#[derive(Clone, Default)]
struct Callback {
    function: Option<EventFunction>,
    user_data: usize,
    info: Info,
}

/// What a tool listens to.
pub(super) struct Registration {
    kind: EventKind,
    /// Of the communicator that it is bound to.
    context: Option<u32>,
    /// By level of safety.
    callbacks: [Callback; SAFETIES.len()],
    dropped: Option<DroppedFunction>,
    info: Info,
}

impl Registration {
    /// The callback that is called.
    fn callback(&self) -> Option<(EventFunction, usize)> {
        self.callbacks.iter().find_map(|callback| Some((callback.function?, callback.user_data)))
    }

    fn wants(&self, event: &Event) -> bool {
        self.kind == event.kind && self.context.is_none_or(|context| context == event.context)
    }
}

/// Somebody listens to something.
static WATCHED: AtomicBool = AtomicBool::new(false);
/// Held while listeners are called.
static DELIVERY: Mutex<()> = Mutex::new(());

thread_local! {
    /// The event that this thread is telling of.
    static CURRENT: Cell<*const Event> = const { Cell::new(core::ptr::null()) };
    /// This thread is calling listeners.
    static DELIVERING: Cell<bool> = const { Cell::new(false) };
}

/// Whether events have to be written down and told.
#[inline]
pub(crate) fn are_watched() -> bool {
    // Relaxed: whoever starts to listen hears of what happens later.
    WATCHED.load(Ordering::Relaxed)
}

fn recorder() -> Recorder {
    with_objects(|objects| objects.recorder.clone())
}

/// Tells the engine what to write down.
fn watch(tool: &Tool) {
    let heard = tool.registrations.values().filter(|registration| registration.callback().is_some());
    let kinds: Vec<EventKind> = heard.map(|registration| registration.kind).collect();
    recorder().watch(&kinds, ticks);
    // Relaxed: see `are_watched`.
    WATCHED.store(!kinds.is_empty(), Ordering::Relaxed);
}

/// The last tool is gone.
pub(super) fn watch_nothing() {
    recorder().watch(&[], ticks);
    // Relaxed: see `are_watched`.
    WATCHED.store(false, Ordering::Relaxed);
}

/// Writes down that a call has met an error of this class.
pub(crate) fn error_raised(class: ErrorClass) {
    if are_watched() {
        recorder().record(EventKind::ErrorRaised, 0, [(class as i32).into(), 0, 0, 0]);
    }
}

/// Calls the listeners of what has happened.
#[inline]
pub(crate) fn deliver<A: Abi>() {
    if are_watched() {
        deliver_all::<A>();
    }
}

#[cold]
fn deliver_all<A: Abi>() {
    // A listener that calls MPI comes here again.
    if DELIVERING.get() {
        return;
    }
    let Ok(_turn) = DELIVERY.try_lock() else { return };
    DELIVERING.set(true);
    let recorder = recorder();
    while let Some(event) = recorder.take() {
        tell::<A>(&event);
    }
    for kind in EVENT_TYPES.iter().map(|event_type| event_type.kind) {
        match recorder.take_dropped(kind) {
            0 => {}
            count => tell_dropped::<A>(kind, count),
        }
    }
    DELIVERING.set(false);
}

fn safety_out<A: Abi>() -> c_int {
    A::constant_out(Constants::ToolSafety, SAFETIES[0])
}

fn tell<A: Abi>(event: &Event) {
    let listeners = with(|tool| {
        let wanting = tool.registrations.iter().filter(|(_, registration)| registration.wants(event));
        Ok(wanting.filter_map(|(&key, it)| Some((key, it.callback()?))).collect::<Vec<_>>())
    });
    for (key, (function, user_data)) in listeners.unwrap_or_default() {
        CURRENT.set(event);
        let instance = core::ptr::from_ref(event).cast_mut().cast();
        // SAFETY: the function is an event callback, as its registration was
        // promised; the instance is good until it returns.
        unsafe { function(instance, to_pointer(key), safety_out::<A>(), user_data as *mut c_void) };
        CURRENT.set(core::ptr::null());
    }
}

fn tell_dropped<A: Abi>(kind: EventKind, count: u64) {
    let handlers = with(|tool| {
        let same = tool.registrations.iter().filter(|(_, registration)| registration.kind == kind);
        let handler = |it: &Registration| Some((it.dropped?, it.callback()?.1));
        Ok(same.filter_map(|(&key, it)| Some((key, handler(it)?))).collect::<Vec<_>>())
    });
    for (key, (function, user_data)) in handlers.unwrap_or_default() {
        let user_data = user_data as *mut c_void;
        // SAFETY: the function is a handler of dropped events, as
        // `MPI_T_event_set_dropped_handler` was promised.
        unsafe { function(count as i64, to_pointer(key), 0, safety_out::<A>(), user_data) };
    }
}

/// Makes an info object for a caller that wants one.
///
/// # Safety
/// `info` is null or may be written.
pub(super) unsafe fn new_info<A: Abi>(info: *mut A::Info, entries: Option<Info>) {
    if !info.is_null() {
        let id = with_objects(|objects| objects.infos.insert(entries.unwrap_or_default()));
        // SAFETY: the caller's promise; not null.
        unsafe { put(info, A::Info::encode(id)) };
    }
}

fn info_in<A: Abi>(info: A::Info) -> Result<Info> {
    match info.decode() {
        id if id.is_null() => Ok(Info::new()),
        id => with_objects(|objects| objects.info(id).cloned()),
    }
}

fn element_type<A: Abi>(element: Element) -> A::Datatype {
    match element {
        Element::Int | Element::ErrorClass => int::<A>(),
        Element::Whole => whole::<A>(),
    }
}

/// `MPI_T_event_get_num`.
///
/// # Safety
/// `num_events` may be written.
pub unsafe fn t_event_get_num<A: Abi>(num_events: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    finish::<A>(with(|_| unsafe { give(num_events, EVENT_TYPES.len() as c_int) }))
}

/// `MPI_T_event_get_info`.
///
/// # Safety
/// Results are null or may be written; texts have as many bytes, and the two
/// arrays as many elements, as the lengths beside them say.
pub unsafe fn t_event_get_info<A: Abi>(
    event_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    verbosity: *mut c_int,
    array_of_datatypes: *mut A::Datatype,
    array_of_displacements: *mut isize,
    num_elements: *mut c_int,
    enumtype: *mut *mut c_void,
    info: *mut A::Info,
    desc: *mut c_char,
    desc_len: *mut c_int,
    bind: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        let event = row(EVENT_TYPES, event_index, "event types")?;
        let places = displacements(event.elements);
        // SAFETY: the caller's promise; the arrays have room for `room`.
        unsafe {
            put_text(event.name, name, name_len);
            put_text(event.about, desc, desc_len);
            put(verbosity, A::constant_out(Constants::ToolVerbosity, constant::VERBOSITY_USER_BASIC));
            if !num_elements.is_null() {
                let room = usize::try_from(*num_elements).unwrap_or(0);
                for (at, (&element, &place)) in event.elements.iter().zip(&places).enumerate().take(room) {
                    if !array_of_datatypes.is_null() {
                        array_of_datatypes.add(at).write(element_type::<A>(element));
                    }
                    if !array_of_displacements.is_null() {
                        array_of_displacements.add(at).write(place as isize);
                    }
                }
                *num_elements = event.elements.len() as c_int;
            }
            put(enumtype, core::ptr::null_mut());
            put(bind, binding::<A>(event.of_comm));
            new_info::<A>(info, None);
        }
        Ok(())
    }))
}

/// `MPI_T_event_get_index`.
///
/// # Safety
/// `name` is a C string; `event_index` may be written.
pub unsafe fn t_event_get_index<A: Abi>(name: *const c_char, event_index: *mut c_int) -> c_int {
    finish::<A>(with(|_| {
        // SAFETY: the caller's promise.
        let index = unsafe { find(EVENT_TYPES.iter().map(|event| event.name), name)? };
        // SAFETY: the caller's promise.
        unsafe { give(event_index, index) }
    }))
}

/// `MPI_T_event_handle_alloc`.
///
/// # Safety
/// `obj_handle` points to a communicator's handle where the event is bound to
/// one; `event_registration` may be written.
pub unsafe fn t_event_handle_alloc<A: Abi>(
    event_index: c_int,
    obj_handle: *mut c_void,
    info: A::Info,
    event_registration: *mut *mut c_void,
) -> c_int {
    finish::<A>(with(|tool| {
        let event = row(EVENT_TYPES, event_index, "event types")?;
        let context = if event.of_comm {
            // SAFETY: the caller's promise.
            let comm = unsafe { comm_at::<A>(obj_handle)? };
            let context = with_objects(|objects| objects.comm(comm).map(|comm| comm.core.point_to_point()));
            Some(context.map_err(|error| Error::new(ErrorClass::ToolInvalidHandle, error.message()))?)
        } else {
            None
        };
        let (kind, info) = (event.kind, info_in::<A>(info)?);
        let registration = Registration { kind, context, callbacks: Default::default(), dropped: None, info };
        let key = tool.next_key();
        // SAFETY: the caller's promise.
        unsafe { give(event_registration, to_pointer(key))? };
        tool.registrations.insert(key, registration);
        Ok(())
    }))
}

fn no_registration() -> Error {
    Error::new(ErrorClass::ToolInvalidHandle, "the handle is no event registration: was it freed?")
}

fn with_registration<R>(
    registration: *mut c_void,
    f: impl FnOnce(&mut Registration) -> Result<R>,
) -> Result<R> {
    with(|tool| f(tool.registrations.get_mut(&to_key(registration)).ok_or_else(no_registration)?))
}

/// `MPI_T_event_handle_set_info`. No hint is known.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn t_event_handle_set_info<A: Abi>(event_registration: *mut c_void, info: A::Info) -> c_int {
    finish::<A>(with_registration(event_registration, |registration| {
        registration.info = info_in::<A>(info)?;
        Ok(())
    }))
}

/// `MPI_T_event_handle_get_info`.
///
/// # Safety
/// `info_used` may be written.
pub unsafe fn t_event_handle_get_info<A: Abi>(
    event_registration: *mut c_void,
    info_used: *mut A::Info,
) -> c_int {
    finish::<A>(with_registration(event_registration, |registration| {
        // SAFETY: the caller's promise.
        unsafe { new_info::<A>(info_used, Some(registration.info.clone())) };
        Ok(())
    }))
}

fn safety_in<A: Abi>(cb_safety: c_int) -> Result<usize> {
    let standard = A::constant_in(Constants::ToolSafety, cb_safety);
    let level = SAFETIES.iter().position(|&known| known == standard);
    level.ok_or_else(|| Error::new(ErrorClass::ToolInvalid, format!("{cb_safety} is no level of safety")))
}

/// `MPI_T_event_register_callback`. A null pointer takes the callback of this
/// level away.
///
/// # Safety
/// `event_cb_function` is null or an event callback that may be called with
/// `user_data` until the registration is freed.
pub unsafe fn t_event_register_callback<A: Abi>(
    event_registration: *mut c_void,
    cb_safety: c_int,
    info: A::Info,
    user_data: *mut c_void,
    event_cb_function: *const c_void,
) -> c_int {
    // SAFETY: the caller's promise; a null pointer is `None`.
    let function = unsafe { core::mem::transmute::<*const c_void, Option<EventFunction>>(event_cb_function) };
    finish::<A>(with(|tool| {
        let registration = tool.registrations.get_mut(&to_key(event_registration));
        let callbacks = &mut registration.ok_or_else(no_registration)?.callbacks;
        let (level, info) = (safety_in::<A>(cb_safety)?, info_in::<A>(info)?);
        callbacks[level] = Callback { function, user_data: user_data as usize, info };
        watch(tool);
        Ok(())
    }))
}

/// `MPI_T_event_callback_set_info`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn t_event_callback_set_info<A: Abi>(
    event_registration: *mut c_void,
    cb_safety: c_int,
    info: A::Info,
) -> c_int {
    finish::<A>(with_registration(event_registration, |registration| {
        registration.callbacks[safety_in::<A>(cb_safety)?].info = info_in::<A>(info)?;
        Ok(())
    }))
}

/// `MPI_T_event_callback_get_info`.
///
/// # Safety
/// `info_used` may be written.
pub unsafe fn t_event_callback_get_info<A: Abi>(
    event_registration: *mut c_void,
    cb_safety: c_int,
    info_used: *mut A::Info,
) -> c_int {
    finish::<A>(with_registration(event_registration, |registration| {
        let used = registration.callbacks[safety_in::<A>(cb_safety)?].info.clone();
        // SAFETY: the caller's promise.
        unsafe { new_info::<A>(info_used, Some(used)) };
        Ok(())
    }))
}

/// `MPI_T_event_set_dropped_handler`.
///
/// # Safety
/// `dropped_cb_function` is null or a handler of dropped events that may be
/// called until the registration is freed.
pub unsafe fn t_event_set_dropped_handler<A: Abi>(
    event_registration: *mut c_void,
    dropped_cb_function: *const c_void,
) -> c_int {
    finish::<A>(with_registration(event_registration, |registration| {
        registration.dropped =
            // SAFETY: the caller's promise; a null pointer is `None`.
            unsafe { core::mem::transmute::<*const c_void, Option<DroppedFunction>>(dropped_cb_function) };
        Ok(())
    }))
}

/// `MPI_T_event_handle_free`. No callback of the registration runs once the
/// function that says so does.
///
/// # Safety
/// `free_cb_function` is null or a function that may be called with
/// `user_data`.
pub unsafe fn t_event_handle_free<A: Abi>(
    event_registration: *mut c_void,
    user_data: *mut c_void,
    free_cb_function: *const c_void,
) -> c_int {
    let freed = with(|tool| {
        tool.registrations.remove(&to_key(event_registration)).ok_or_else(no_registration)?;
        watch(tool);
        Ok(())
    });
    if freed.is_ok() {
        // Another thread may be calling the registration's callback.
        let _turn = (!DELIVERING.get()).then(|| DELIVERY.lock().unwrap_or_else(PoisonError::into_inner));
        // SAFETY: the caller's promise; a null pointer is `None`.
        let function =
            unsafe { core::mem::transmute::<*const c_void, Option<FreeFunction>>(free_cb_function) };
        if let Some(function) = function {
            // SAFETY: the caller's promise.
            unsafe { function(event_registration, safety_out::<A>(), user_data) };
        }
    }
    finish::<A>(freed)
}

/// The event that this thread's callback was given.
fn current(instance: *mut c_void) -> Result<Event> {
    let event = CURRENT.get();
    if event.is_null() || instance.cast_const().cast() != event {
        fail!(ErrorClass::ToolInvalidHandle, "an event can be read in the callback that is given it only");
    }
    // SAFETY: set by `tell` on this thread while the event lives, and reset before it goes.
    Ok(unsafe { *event })
}

/// Writes an element of an event.
///
/// # Safety
/// `buffer` has room for it.
unsafe fn put_element<A: Abi>(element: Element, value: i64, buffer: *mut c_void) {
    let class = |value: i64| ErrorClass::ALL.iter().copied().find(|&class| class as i64 == value);
    // SAFETY: the caller's promise.
    unsafe {
        match element {
            Element::Int => buffer.cast::<c_int>().write_unaligned(value as c_int),
            Element::Whole => buffer.cast::<i64>().write_unaligned(value),
            Element::ErrorClass => {
                let class = class(value).map_or(value as c_int, A::class_out);
                buffer.cast::<c_int>().write_unaligned(class);
            }
        }
    }
}

/// `MPI_T_event_read`.
///
/// # Safety
/// `buffer` has room for the element.
pub unsafe fn t_event_read<A: Abi>(
    event_instance: *mut c_void,
    element_index: c_int,
    buffer: *mut c_void,
) -> c_int {
    finish::<A>(with(|_| {
        let event = current(event_instance)?;
        let element = *row(EVENT_TYPES[event.kind as usize].elements, element_index, "elements")?;
        // SAFETY: the caller's promise.
        unsafe { put_element::<A>(element, event.elements[element_index as usize], buffer) };
        Ok(())
    }))
}

/// `MPI_T_event_copy`.
///
/// # Safety
/// `buffer` has room for all elements, at the places that
/// `MPI_T_event_get_info` says.
pub unsafe fn t_event_copy<A: Abi>(event_instance: *mut c_void, buffer: *mut c_void) -> c_int {
    finish::<A>(with(|_| {
        let event = current(event_instance)?;
        let elements = EVENT_TYPES[event.kind as usize].elements;
        for ((&element, place), value) in elements.iter().zip(displacements(elements)).zip(event.elements) {
            // SAFETY: the caller's promise.
            unsafe { put_element::<A>(element, value, buffer.byte_add(place)) };
        }
        Ok(())
    }))
}

/// `MPI_T_event_get_timestamp`.
///
/// # Safety
/// `event_timestamp` may be written.
pub unsafe fn t_event_get_timestamp<A: Abi>(event_instance: *mut c_void, event_timestamp: *mut i64) -> c_int {
    finish::<A>(with(|_| {
        let event = current(event_instance)?;
        // SAFETY: the caller's promise.
        unsafe { give(event_timestamp, event.time as i64) }
    }))
}

/// `MPI_T_event_get_source`.
///
/// # Safety
/// `source_index` may be written.
pub unsafe fn t_event_get_source<A: Abi>(event_instance: *mut c_void, source_index: *mut c_int) -> c_int {
    finish::<A>(with(|_| {
        current(event_instance)?;
        // SAFETY: the caller's promise.
        unsafe { give(source_index, 0) }
    }))
}
