//! How reductions combine elements.

use std::marker::PhantomData;
use std::sync::Arc;

use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::DatatypeId;
use engine::op::{self, UserFunction};
use memory::buffer::{RecvBuffer, SendBuffer};

use crate::{Element, Number};

/// The predefined operations (MPI-5.0 section 6.9.2).
///
/// The bitwise and the logical ones are for integers, which are true unless they
/// are zero; complex numbers have no minimum and no maximum. Anything else is an
/// error when the reduction is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `MPI_SUM`
    Sum,
    /// `MPI_PROD`
    Product,
    /// `MPI_MIN`
    Min,
    /// `MPI_MAX`
    Max,
    /// `MPI_BAND`
    BitAnd,
    /// `MPI_BOR`
    BitOr,
    /// `MPI_BXOR`
    BitXor,
    /// `MPI_LAND`: 1 when both are true, else 0
    And,
    /// `MPI_LOR`: 1 when one is true, else 0
    Or,
    /// `MPI_LXOR`: 1 when just one is true, else 0
    Xor,
}

/// What combines two elements: an [`Op`], or a function `Fn(T, T) -> T`.
///
/// A function must be associative. Its first argument comes from lower ranks
/// than its second, so it need not be commutative. All ranks have to give the
/// same one.
pub trait Combine<T: Element>: sealed::Combine<T> {}

mod sealed {
    pub trait Combine<T> {
        fn into_engine(self) -> engine::error::Result<engine::op::Op>;
    }
}

impl<T: Number> Combine<T> for Op {}
impl<T: Number> sealed::Combine<T> for Op {
    fn into_engine(self) -> Result<op::Op> {
        let name = match self {
            Self::Sum => "MPI_SUM",
            Self::Product => "MPI_PROD",
            Self::Min => "MPI_MIN",
            Self::Max => "MPI_MAX",
            Self::BitAnd => "MPI_BAND",
            Self::BitOr => "MPI_BOR",
            Self::BitXor => "MPI_BXOR",
            Self::And => "MPI_LAND",
            Self::Or => "MPI_LOR",
            Self::Xor => "MPI_LXOR",
        };
        match op::index_of(name).and_then(op::Op::predefined) {
            Some(op) => Ok(op),
            None => fail!(ErrorClass::Op, "{name} is not predefined"),
        }
    }
}

impl<T: Element, F: Fn(T, T) -> T + Send + Sync + 'static> Combine<T> for F {}
impl<T: Element, F: Fn(T, T) -> T + Send + Sync + 'static> sealed::Combine<T> for F {
    fn into_engine(self) -> Result<op::Op> {
        Ok(op::Op::User(Arc::new(Function { function: self, element: PhantomData })))
    }
}

struct Function<T, F> {
    function: F,
    element: PhantomData<fn(T, T) -> T>,
}

impl<T: Element, F: Fn(T, T) -> T + Send + Sync> UserFunction for Function<T, F> {
    fn call(&self, input: &SendBuffer, inout: &RecvBuffer, count: usize, _: DatatypeId) {
        let size = size_of::<T>();
        if size == 0 {
            return;
        }
        let input = input.slice(0, count * size).chunks_exact(size);
        let inout = inout.slice_mut(0, count * size).chunks_exact_mut(size);
        for (left, right) in input.zip(inout) {
            (self.function)(T::read(left), T::read(right)).write(right);
        }
    }
}
