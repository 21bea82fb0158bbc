//! A program's copy and delete functions.

use core::ffi::{c_int, c_void};
use std::marker::PhantomData;

use engine::attribute::AttributeCallbacks;
use engine::handle::{Handle, KeyvalId};

use crate::abi::{Abi, CHandle};
use crate::call::SUCCESS;

type CopyFunction<H> =
    unsafe extern "C" fn(H, c_int, *mut c_void, *mut c_void, *mut c_void, *mut c_int) -> c_int;
type DeleteFunction<H> = unsafe extern "C" fn(H, c_int, *mut c_void, *mut c_void) -> c_int;

/// What becomes of an attribute when its object is duplicated.
enum Copy<H> {
    /// `MPI_COMM_NULL_COPY_FN` and its like.
    Never,
    /// `MPI_COMM_DUP_FN` and its like.
    Always,
    Function(CopyFunction<H>),
}

/// The functions of a keyval for objects with handles `H`.
pub(super) struct Functions<A, H> {
    copy: Copy<H>,
    delete: Option<DeleteFunction<H>>,
    extra_state: usize,
    abi: PhantomData<fn() -> A>,
}

impl<A: Abi, H: CHandle> Functions<A, H> {
    /// # Safety
    /// The addresses are those of functions for handles `H`, or one of the
    /// constants that stand for functions.
    pub(super) unsafe fn new(copy: *const c_void, delete: *const c_void, extra_state: *mut c_void) -> Self {
        let copy = match copy {
            copy if copy.is_null() => Copy::Never,
            copy if copy as usize == A::dup_fn() => Copy::Always,
            // SAFETY: the caller's promise; not null, and no constant.
            copy => Copy::Function(unsafe { core::mem::transmute::<*const c_void, CopyFunction<H>>(copy) }),
        };
        // SAFETY: the caller's promise; a null pointer is `None`.
        let delete = unsafe { core::mem::transmute::<*const c_void, Option<DeleteFunction<H>>>(delete) };
        Self { copy, delete, extra_state: extra_state as usize, abi: PhantomData }
    }

    fn extra_state(&self) -> *mut c_void {
        self.extra_state as *mut c_void
    }
}

impl<A: Abi, H: CHandle> AttributeCallbacks for Functions<A, H> {
    fn copy(&self, object: u32, keyval: KeyvalId, value: u64) -> Result<Option<u64>, c_int> {
        let function = match &self.copy {
            Copy::Never => return Ok(None),
            Copy::Always => return Ok(Some(value)),
            Copy::Function(function) => function,
        };
        let object = H::encode(Handle::from_raw(object));
        let mut copy: *mut c_void = core::ptr::null_mut();
        let mut flag = 0;
        // SAFETY: a function of this type, as `new` was promised; the pointers
        // are good for the time of the call.
        let code = unsafe {
            function(
                object,
                A::keyval_out(keyval),
                self.extra_state(),
                value as usize as *mut c_void,
                (&raw mut copy).cast(),
                &mut flag,
            )
        };
        match code {
            SUCCESS => Ok((flag != 0).then_some(copy as usize as u64)),
            code => Err(code),
        }
    }

    fn delete(&self, object: u32, keyval: KeyvalId, value: u64) -> Result<(), c_int> {
        let Some(function) = &self.delete else { return Ok(()) };
        let object = H::encode(Handle::from_raw(object));
        // SAFETY: as in `copy`.
        let code = unsafe {
            function(object, A::keyval_out(keyval), value as usize as *mut c_void, self.extra_state())
        };
        if code == SUCCESS { Ok(()) } else { Err(code) }
    }
}
