//! Reduction operations (MPI-5.0 section 6.9).

use core::ffi::{c_int, c_void};
use std::marker::PhantomData;
use std::sync::Arc;

use engine::collective::alias::check_operands;
use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::handle::{DatatypeId, OpId};
use engine::op::{Op, UserFunction};
use memory::buffer::{RecvBuffer, SendBuffer};

use crate::abi::{Abi, CHandle};
use crate::call::{self, finish};
use crate::errors::Object;
use crate::runtime::with_objects;
use crate::wide::Callback;

fn done<A: Abi>(function: &'static str, outcome: Result<()>) -> c_int {
    finish::<A>(function, || Object::None, outcome)
}

/// A reduction function of the program's.
struct UserOp<A> {
    /// Address of the C function.
    function: usize,
    large: bool,
    commutative: bool,
    abi: PhantomData<fn() -> A>,
}

type SmallFunction<A> = unsafe extern "C" fn(*mut c_void, *mut c_void, *mut c_int, *mut <A as Abi>::Datatype);
type LargeFunction<A> = unsafe extern "C" fn(*mut c_void, *mut c_void, *mut i64, *mut <A as Abi>::Datatype);

impl<A: Abi> UserFunction for UserOp<A> {
    fn call(&self, input: &SendBuffer, inout: &RecvBuffer, count: usize, datatype: DatatypeId) {
        let function = core::ptr::with_exposed_provenance::<c_void>(self.function);
        let mut handle = A::Datatype::encode(datatype);
        let (input, inout) = (input.address(0) as *mut c_void, inout.address(0) as *mut c_void);
        if self.large {
            let mut count = count as i64;
            // SAFETY: `op_create` was promised a function of this type; the
            // buffers hold `count` elements.
            unsafe {
                let function: LargeFunction<A> = core::mem::transmute(function);
                function(input, inout, &mut count, &mut handle);
            }
            return;
        }
        let extent =
            with_objects(|objects| objects.datatype(datatype).map_or(0, |datatype| datatype.extent()));
        let mut done = 0;
        while done < count {
            let part = (count - done).min(c_int::MAX as usize);
            let mut part_count = part as c_int;
            let offset = extent as isize * done as isize;
            // SAFETY: as above, of a part of the elements.
            unsafe {
                let function: SmallFunction<A> = core::mem::transmute(function);
                let (input, inout) = (input.wrapping_byte_offset(offset), inout.wrapping_byte_offset(offset));
                function(input, inout, &mut part_count, &mut handle);
            }
            done += part;
        }
    }

    fn is_commutative(&self) -> bool {
        self.commutative
    }
}

/// `MPI_Op_create`.
///
/// # Safety
/// `user_fn` is a reduction function of MPI; `op` may be written.
pub unsafe fn op_create<A: Abi>(user_fn: Callback, commute: c_int, op: *mut A::Op) -> c_int {
    let (function, large) = match user_fn {
        Callback::Small(function) => (function, false),
        Callback::Large(function) => (function, true),
    };
    let outcome = call::out(op, "op").and_then(|()| call::out(function.cast_mut(), "user_fn")).map(|()| {
        let function = function.expose_provenance();
        let new = UserOp::<A> { function, large, commutative: commute != 0, abi: PhantomData };
        let id = with_objects(|objects| objects.ops.insert(Op::User(Arc::new(new))));
        // SAFETY: the caller's promise; not null.
        unsafe { *op = A::Op::encode(id) };
    });
    done::<A>("MPI_Op_create", outcome)
}

/// `MPI_Op_free`.
///
/// # Safety
/// `op` may be read and written.
pub unsafe fn op_free<A: Abi>(op: *mut A::Op) -> c_int {
    let outcome = call::out(op, "op").and_then(|()| {
        // SAFETY: the caller's promise; not null.
        let id = unsafe { (*op).decode() };
        with_objects(|objects| {
            let name = format!("{:?}", objects.op(id)?);
            if objects.ops.is_predefined(id) {
                return Err(Error::new(ErrorClass::Op, format!("{name} is predefined and cannot be freed")));
            }
            objects.ops.remove(id);
            Ok(())
        })?;
        // SAFETY: the caller's promise; not null.
        unsafe { *op = A::Op::encode(OpId::NULL) };
        Ok(())
    });
    done::<A>("MPI_Op_free", outcome)
}

/// `MPI_Op_commutative`.
///
/// # Safety
/// `commute` may be written.
pub unsafe fn op_commutative<A: Abi>(op: A::Op, commute: *mut c_int) -> c_int {
    let outcome = call::out(commute, "commute").and_then(|()| {
        let answer = with_objects(|objects| objects.op(op.decode()).map(Op::is_commutative))?;
        // SAFETY: the caller's promise; not null.
        unsafe { *commute = answer.into() };
        Ok(())
    });
    done::<A>("MPI_Op_commutative", outcome)
}

/// `MPI_Reduce_local`.
///
/// # Safety
/// As the MPI standard asks of the buffers.
pub unsafe fn reduce_local<A: Abi>(
    inbuf: *const c_void,
    inoutbuf: *mut c_void,
    count: i64,
    datatype: A::Datatype,
    op: A::Op,
) -> c_int {
    let outcome = call::count(count).and_then(|count| {
        let id = datatype.decode();
        let (datatype, op) = with_objects(|objects| {
            Ok((call::committed(objects, id)?.clone(), objects.op(op.decode())?.clone()))
        })?;
        op.check(&datatype)?;
        datatype.check_count(count)?;
        if [inbuf, inoutbuf.cast_const()].contains(&A::IN_PLACE) {
            fail!(
                ErrorClass::Buffer,
                "MPI_IN_PLACE is no buffer here: the result goes into inoutbuf in any case"
            );
        }
        call::check_buffer(inbuf, count, &datatype)?;
        call::check_buffer(inoutbuf, count, &datatype)?;
        let range = datatype.byte_range(count);
        // SAFETY: the caller's promise.
        let (input, inout) = unsafe {
            (SendBuffer::new(inbuf.cast(), range.clone()), RecvBuffer::new(inoutbuf.cast(), range))
        };
        check_operands(Some(&input), &inout)?;
        op.apply(&input, &inout, count, &datatype, id)
    });
    done::<A>("MPI_Reduce_local", outcome)
}
