//! Data representations of the program's (MPI-5.0 section 14.5.3).

use core::ffi::{CStr, c_char, c_int, c_void};
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use engine::datatype::{Datatype, predefined_datatype};
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::file::representation::Conversion;
use engine::handle::DatatypeId;
use memory::buffer::{RecvBuffer, Scratch, SendBuffer};

use crate::abi::{Abi, CHandle};
use crate::call::{self, SUCCESS, finish};
use crate::errors::Object;
use crate::runtime::with_objects;
use crate::wide::Callback;

type SmallFunction<A> =
    unsafe extern "C" fn(*mut c_void, <A as Abi>::Datatype, c_int, *mut c_void, i64, *mut c_void) -> c_int;
type LargeFunction<A> =
    unsafe extern "C" fn(*mut c_void, <A as Abi>::Datatype, i64, *mut c_void, i64, *mut c_void) -> c_int;
type ExtentFunction<A> = unsafe extern "C" fn(<A as Abi>::Datatype, *mut isize, *mut c_void) -> c_int;

/// A conversion function: an address, and which form it has.
#[derive(Clone, Copy)]
enum Function {
    /// `MPI_CONVERSION_FN_NULL`.
    Null,
    Small(usize),
    Large(usize),
}

impl Function {
    fn new(callback: Callback) -> Self {
        match callback {
            Callback::Small(function) | Callback::Large(function) if function.is_null() => Self::Null,
            Callback::Small(function) => Self::Small(function.expose_provenance()),
            Callback::Large(function) => Self::Large(function.expose_provenance()),
        }
    }
}

/// A representation that was registered.
struct Registered<A> {
    name: String,
    read: Function,
    write: Function,
    extent: usize,
    extra_state: usize,
    abi: PhantomData<fn() -> A>,
}

type Registry = HashMap<Box<[u8]>, Arc<dyn Conversion>>;

static REGISTRY: LazyLock<Mutex<Registry>> = LazyLock::new(Mutex::default);

/// The representation of this name.
pub(super) fn find(name: &[u8]) -> Option<Arc<dyn Conversion>> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
}

/// A handle for the time of a call. Predefined datatypes have theirs.
struct Lent(DatatypeId);

impl Lent {
    fn new(datatype: &Arc<Datatype>) -> Self {
        Self(with_objects(|objects| crate::datatype::add(objects, datatype.clone())))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        with_objects(|objects| {
            if !objects.datatypes.is_predefined(self.0) {
                objects.datatypes.remove(self.0);
            }
        });
    }
}

/// What a conversion function is to convert.
struct Converted<'a> {
    /// In the program's memory.
    memory: *mut c_void,
    datatype: &'a Arc<Datatype>,
    /// Basic elements.
    items: u64,
    file: &'a Scratch,
}

impl<A: Abi> Registered<A> {
    fn check(&self, what: &str, code: c_int) -> Result<()> {
        if code != SUCCESS {
            fail!(
                ErrorClass::Conversion,
                "the {what} function of the data representation \"{}\" returned error code {code}",
                self.name
            );
        }
        Ok(())
    }

    fn call(&self, what: &str, function: Function, converted: &Converted<'_>) -> Result<bool> {
        let lent = Lent::new(converted.datatype);
        let handle = A::Datatype::encode(lent.0);
        let file = converted.file.recv_buffer().address(0) as *mut c_void;
        let state = self.extra_state as *mut c_void;
        match function {
            Function::Null => return Ok(false),
            Function::Large(address) => {
                let function = core::ptr::with_exposed_provenance::<c_void>(address);
                // SAFETY: `register_datarep` was promised a function of this type;
                // the file's data are as many as it is told of.
                let code = unsafe {
                    let function: LargeFunction<A> = core::mem::transmute(function);
                    function(converted.memory, handle, converted.items as i64, file, 0, state)
                };
                self.check(what, code)?;
            }
            Function::Small(address) => {
                let Ok(items) = c_int::try_from(converted.items) else {
                    fail!(
                        ErrorClass::Count,
                        "{} elements are more than the conversion function of \"{}\" counts: register one with \
                         MPI_Register_datarep_c",
                        converted.items,
                        self.name
                    );
                };
                let function = core::ptr::with_exposed_provenance::<c_void>(address);
                // SAFETY: as above.
                let code = unsafe {
                    let function: SmallFunction<A> = core::mem::transmute(function);
                    function(converted.memory, handle, items, file, 0, state)
                };
                self.check(what, code)?;
            }
        }
        Ok(true)
    }
}

/// The predefined datatype that a duplicate of it stands for.
fn predefined(basic: &Arc<Datatype>) -> &Arc<Datatype> {
    basic.uniform_basic().and_then(predefined_datatype).unwrap_or(basic)
}

impl<A: Abi> Conversion for Registered<A> {
    fn extent(&self, basic: &Arc<Datatype>) -> Result<u64> {
        let lent = Lent::new(predefined(basic));
        let mut extent = 0;
        let function = core::ptr::with_exposed_provenance::<c_void>(self.extent);
        // SAFETY: `register_datarep` was promised a function of this type; it
        // writes one extent.
        let code = unsafe {
            let function: ExtentFunction<A> = core::mem::transmute(function);
            function(A::Datatype::encode(lent.0), &mut extent, self.extra_state as *mut c_void)
        };
        self.check("extent", code)?;
        u64::try_from(extent).map_err(|_| {
            let text = format!("the extent function of \"{}\" gave {extent} bytes", self.name);
            Error::new(ErrorClass::Conversion, text)
        })
    }

    fn write(
        &self,
        from: &SendBuffer,
        datatype: &Arc<Datatype>,
        count: usize,
        file: &Scratch,
    ) -> Result<bool> {
        let mut items = 0;
        datatype.for_each_basic(1, |run| items += run.count);
        let memory = from.address(0) as *mut c_void;
        let items = items * count as u64;
        self.call("write conversion", self.write, &Converted { memory, datatype, items, file })
    }

    fn read(&self, file: &Scratch, into: &RecvBuffer, datatype: &Arc<Datatype>, items: u64) -> Result<bool> {
        let memory = into.address(0) as *mut c_void;
        self.call("read conversion", self.read, &Converted { memory, datatype, items, file })
    }
}

/// `MPI_Register_datarep`.
///
/// # Safety
/// `datarep` is a C string; the functions are of the types that MPI asks for.
pub unsafe fn register_datarep<A: Abi>(
    datarep: *const c_char,
    read_conversion_fn: Callback,
    write_conversion_fn: Callback,
    dtype_file_extent_fn: *const c_void,
    extra_state: *mut c_void,
) -> c_int {
    let outcome = call::out(datarep.cast_mut(), "datarep")
        .and_then(|()| call::out(dtype_file_extent_fn.cast_mut(), "dtype_file_extent_fn"))
        .and_then(|()| {
            // SAFETY: the caller's promise; not null.
            let name = unsafe { CStr::from_ptr(datarep) };
            let text = name.to_string_lossy().into_owned();
            if name.to_bytes().len() >= A::MAX_DATAREP_STRING {
                let most = A::MAX_DATAREP_STRING - 1;
                fail!(
                    ErrorClass::Arg,
                    "the name has {} bytes; MPI_MAX_DATAREP_STRING allows {most}",
                    text.len()
                );
            }
            let mut registry = REGISTRY.lock().unwrap_or_else(PoisonError::into_inner);
            let predefined = ["native", "internal", "external32"].contains(&text.as_str());
            if predefined || registry.contains_key(name.to_bytes()) {
                fail!(ErrorClass::DupDatarep, "there is a data representation \"{text}\" already");
            }
            let registered = Registered::<A> {
                name: text,
                read: Function::new(read_conversion_fn),
                write: Function::new(write_conversion_fn),
                extent: dtype_file_extent_fn.expose_provenance(),
                extra_state: extra_state as usize,
                abi: PhantomData,
            };
            registry.insert(name.to_bytes().into(), Arc::new(registered));
            Ok(())
        });
    finish::<A>("MPI_Register_datarep", || Object::File(engine::handle::FileId::NULL), outcome)
}
