//! The operation object, and applying it.

use super::predefined::{PREDEFINED, PredefinedOp, classes, is_allowed};
use crate::datatype::predefined::{self, Class, Predefined};
use crate::datatype::{BasicRun, Datatype};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::handle::DatatypeId;
use memory::buffer::{RecvBuffer, SendBuffer};
use memory::kernels::{Element, Operator, reduce};
use std::fmt;
use std::sync::Arc;

/// The extent of the largest basic element.
const MAX_EXTENT: usize = 32;

/// A function that a user gave to `MPI_Op_create`.
pub trait UserFunction: Send + Sync {
    /// Computes `inout[i] = input[i] op inout[i]` for `count` elements of the
    /// datatype at the bases of the buffers. A C function that takes an `int`
    /// is called several times when there are more.
    fn call(&self, input: &SendBuffer, inout: &RecvBuffer, count: usize, datatype: DatatypeId);

    /// Whether the user has said that operands may be exchanged.
    fn is_commutative(&self) -> bool {
        false
    }
}

/// A reduction operation. Cheap to clone: an operation in progress keeps its
/// own, so that the user may free the handle.
#[derive(Clone)]
pub enum Op {
    Predefined(&'static PredefinedOp),
    User(Arc<dyn UserFunction>),
}

impl fmt::Debug for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Predefined(op) => op.name,
            Self::User(function) if function.is_commutative() => "commutative user-defined operation",
            Self::User(_) => "user-defined operation",
        })
    }
}

impl Op {
    /// The predefined operation with this handle index.
    pub fn predefined(index: u32) -> Option<Self> {
        PREDEFINED.get((index as usize).checked_sub(1)?).map(Self::Predefined)
    }

    pub fn is_predefined(&self) -> bool {
        matches!(self, Self::Predefined(_))
    }

    /// Whether operands may be exchanged. All operations are associative.
    pub fn is_commutative(&self) -> bool {
        match self {
            Self::Predefined(op) => op.commutative,
            Self::User(function) => function.is_commutative(),
        }
    }

    /// Whether elements of the datatype can be reduced by [`Op::apply`].
    ///
    /// # Errors
    /// `MPI_ERR_OP` when MPI does not define it.
    pub fn check(&self, datatype: &Datatype) -> Result<()> {
        let Self::Predefined(op) = self else { return Ok(()) };
        match datatype.as_basic() {
            Some(entry) => check_allowed(op, entry),
            None => fail!(
                ErrorClass::Op,
                "{} is defined for predefined datatypes only, not for a {datatype:?}; \
                 reduce its elements, or make an operation with MPI_Op_create",
                op.name
            ),
        }
    }

    /// `inout[i] = input[i] op inout[i]` for `count` elements that lie one
    /// extent apart at the bases of both buffers. `id` is the handle that a
    /// user's function is to get.
    ///
    /// # Errors
    /// As [`Op::check`] and [`Datatype::check_count`].
    pub fn apply(
        &self,
        input: &SendBuffer,
        inout: &RecvBuffer,
        count: usize,
        datatype: &Datatype,
        id: DatatypeId,
    ) -> Result<()> {
        match self {
            Self::User(function) => function.call(input, inout, count, id),
            Self::Predefined(op) => {
                self.check(datatype)?;
                datatype.check_count(count)?;
                if let Some(entry) = datatype.as_basic() {
                    apply_elements(op, entry.element, input, inout, count);
                }
            }
        }
        Ok(())
    }

    /// Whether elements of the datatype can be combined by an accumulate:
    /// all its basic elements must be of one predefined datatype, and the
    /// operation predefined (MPI-5.0 section 12.3.4).
    ///
    /// # Errors
    /// `MPI_ERR_OP` when the operation is the user's or not defined for the
    /// basic elements, `MPI_ERR_TYPE` when those are of several datatypes.
    pub fn check_accumulate(&self, datatype: &Datatype) -> Result<()> {
        self.operator()?;
        let Self::Predefined(op) = self else { return Ok(()) };
        match datatype.uniform_basic().and_then(predefined::get) {
            Some(entry) => check_allowed(op, entry),
            None if datatype.size() == 0 => Ok(()),
            None => fail!(
                ErrorClass::Type,
                "{datatype:?} mixes several predefined datatypes; an accumulate takes elements of one"
            ),
        }
    }

    /// The reduction behind a predefined operation.
    ///
    /// # Errors
    /// `MPI_ERR_OP` for the user's.
    #[inline]
    pub fn operator(&self) -> Result<Operator> {
        match self {
            Self::Predefined(op) => Ok(op.operator),
            Self::User(_) => {
                fail!(ErrorClass::Op, "an accumulate takes a predefined operation, not a {self:?}")
            }
        }
    }

    /// Combines packed elements into a run of the target's: each becomes
    /// `input op target`.
    ///
    /// # Errors
    /// `MPI_ERR_OP` when the operation is the user's.
    ///
    /// # Panics
    /// Unless `input` has the bytes of the run, and the operation is defined for
    /// its elements.
    pub fn accumulate_run(&self, input: &[u8], target: &RecvBuffer, run: &BasicRun) -> Result<()> {
        assert_eq!(input.len(), run.count as usize * run.entry().size(), "as many bytes as the target has");
        combine_run(self.operator()?, input, target, run);
        Ok(())
    }
}

fn check_allowed(op: &PredefinedOp, entry: &Predefined) -> Result<()> {
    if is_allowed(op.operator, entry) {
        return Ok(());
    }
    if !entry.supported {
        fail!(ErrorClass::Type, "{} is not supported on this platform", entry.name);
    }
    let allowed: Vec<_> =
        classes(op.operator).unwrap_or_default().iter().map(|class: &Class| class.name()).collect();
    fail!(
        ErrorClass::Op,
        "{} is not defined for {}, a {} datatype; it takes: {}",
        op.name,
        entry.name,
        entry.class.name(),
        allowed.join(", ")
    );
}

fn apply_elements(op: &PredefinedOp, element: Element, input: &SendBuffer, inout: &RecvBuffer, count: usize) {
    let (size, extent) = (element.size(), element.extent());
    if size == extent || count == 0 {
        let bytes = count * extent;
        return reduce(op.operator, element, input.slice(0, bytes), inout.slice_mut(0, bytes));
    }
    // A pair with padding at its end: that of the last one was not lent.
    let before = (count - 1) * extent;
    reduce(op.operator, element, input.slice(0, before), inout.slice_mut(0, before));
    let data = element.data_end();
    let mut last = [0; MAX_EXTENT];
    input.copy_to(before as isize, &mut last[..data]);
    reduce_last(op.operator, element, &last[..extent], inout, before as isize);
}

/// Reduces one element whose padding cannot be touched.
fn reduce_last(operator: Operator, element: Element, input: &[u8], inout: &RecvBuffer, offset: isize) {
    let target = inout.slice_mut(offset, element.data_end());
    let mut whole = [0; MAX_EXTENT];
    whole[..target.len()].copy_from_slice(target);
    reduce(operator, element, input, &mut whole[..element.extent()]);
    target.copy_from_slice(&whole[..target.len()]);
}

fn combine_run(operator: Operator, packed: &[u8], target: &RecvBuffer, run: &BasicRun) {
    let element = run.entry().element;
    let (size, extent) = (element.size(), element.extent());
    if size == extent {
        return reduce(operator, element, packed, target.slice_mut(run.offset as isize, packed.len()));
    }
    let (value, _, offset) = element.pair().expect("only pairs have padding");
    for (i, packed) in packed.chunks_exact(size).enumerate() {
        let mut padded = [0; MAX_EXTENT];
        let (first, second) = packed.split_at(value.size());
        padded[..first.len()].copy_from_slice(first);
        padded[offset..offset + second.len()].copy_from_slice(second);
        reduce_last(
            operator,
            element,
            &padded[..extent],
            target,
            run.offset as isize + (i * extent) as isize,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::index_of;
    use super::*;
    use crate::datatype::predefined::index;
    use crate::datatype::{Counts, predefined_datatype};
    use memory::buffer::Scratch;

    fn op(name: &str) -> Op {
        Op::predefined(index_of(name).unwrap()).unwrap()
    }

    fn named(index: u32) -> Arc<Datatype> {
        Arc::clone(predefined_datatype(index).unwrap())
    }

    fn bytes(values: &[f64]) -> Vec<u8> {
        values.iter().flat_map(|value| value.to_ne_bytes()).collect()
    }

    #[test]
    fn doubles_are_summed() {
        let input = Scratch::from_bytes(&bytes(&[1.0, 2.0, 3.0]));
        let inout = Scratch::from_bytes(&bytes(&[10.0, 20.0, 30.0]));
        let double = named(index::DOUBLE);
        let id = DatatypeId::from_raw(index::DOUBLE);
        op("MPI_SUM").apply(&input.send_buffer(), &inout.recv_buffer(), 2, &double, id).unwrap();
        assert_eq!(inout.send_buffer().slice(0, 24), bytes(&[11.0, 22.0, 30.0]));
    }

    /// Pairs of a double and an int, one 16 bytes from the next; no padding
    /// after the last.
    fn pairs(values: &[(f64, i32)]) -> Vec<u8> {
        let pair = |&(value, location): &(f64, i32)| {
            [&value.to_ne_bytes()[..], &location.to_ne_bytes(), &[0xee; 4]].concat()
        };
        let mut all: Vec<u8> = values.iter().flat_map(pair).collect();
        all.truncate(all.len() - 4);
        all
    }

    #[test]
    fn the_padding_of_the_last_pair_is_not_touched() {
        let input = Scratch::from_bytes(&pairs(&[(5.0, 1), (7.0, 1)]));
        let inout = Scratch::from_bytes(&pairs(&[(6.0, 0), (6.0, 0)]));
        let datatype = named(index::DOUBLE_INT);
        let id = DatatypeId::from_raw(index::DOUBLE_INT);
        op("MPI_MAXLOC").apply(&input.send_buffer(), &inout.recv_buffer(), 2, &datatype, id).unwrap();
        assert_eq!(inout.send_buffer().slice(0, 28), pairs(&[(6.0, 0), (7.0, 1)]));
    }

    /// As an accumulate does it, run by run.
    fn accumulate(op: &Op, input: &[u8], target: &RecvBuffer, datatype: &Datatype) {
        let mut rest = input;
        datatype.for_each_basic(1, |run| {
            let packed = rest.split_off(..run.count as usize * run.entry().size()).unwrap();
            op.accumulate_run(packed, target, &run).unwrap();
        });
        assert!(rest.is_empty());
    }

    #[test]
    fn packed_elements_are_accumulated_into_their_places() {
        let column = Datatype::vector(Counts::Int, 3, 1, 2, &named(index::DOUBLE)).unwrap();
        let target = Scratch::from_bytes(&bytes(&[1.0, 2.0, 3.0, 4.0, 5.0]));
        let input = bytes(&[10.0, 20.0, 30.0]);
        accumulate(&op("MPI_SUM"), &input, &target.recv_buffer(), &column);
        assert_eq!(target.send_buffer().slice(0, 40), bytes(&[11.0, 2.0, 23.0, 4.0, 35.0]));

        let two = Datatype::contiguous(Counts::Int, 2, &named(index::DOUBLE_INT)).unwrap();
        let target = Scratch::from_bytes(&pairs(&[(6.0, 3), (8.0, 3)]));
        let packed = [&9f64.to_ne_bytes()[..], &[1, 0, 0, 0], &8f64.to_ne_bytes(), &[2, 0, 0, 0]].concat();
        accumulate(&op("MPI_MAXLOC"), &packed, &target.recv_buffer(), &two);
        assert_eq!(target.send_buffer().slice(0, 28), pairs(&[(9.0, 1), (8.0, 2)]));
    }

    #[test]
    fn what_is_not_defined_is_an_error_that_says_so() {
        let error = op("MPI_BAND").check(&named(index::DOUBLE)).unwrap_err();
        assert_eq!(error.class(), ErrorClass::Op);
        assert!(error.message().contains("MPI_BAND is not defined for MPI_DOUBLE"), "{error}");
        let derived = Datatype::contiguous(Counts::Int, 2, &named(index::DOUBLE)).unwrap();
        assert_eq!(op("MPI_SUM").check(&derived).unwrap_err().class(), ErrorClass::Op);
        assert_eq!(op("MPI_SUM").check_accumulate(&derived), Ok(()));
        let fields = [named(index::INT), named(index::DOUBLE)];
        let mixed = Datatype::structure(Counts::Int, &[1, 1], &[0, 8], &fields).unwrap();
        assert_eq!(op("MPI_SUM").check_accumulate(&mixed).unwrap_err().class(), ErrorClass::Type);
    }

    #[test]
    fn a_user_function_gets_the_handle() {
        struct Marker;
        impl UserFunction for Marker {
            fn call(&self, input: &SendBuffer, inout: &RecvBuffer, count: usize, datatype: DatatypeId) {
                let tail = input.slice(0, 1)[0];
                inout.copy_from(0, &[count as u8, datatype.raw() as u8, tail]);
            }
        }
        let user = Op::User(Arc::new(Marker));
        let input = Scratch::from_bytes(&[9]);
        let inout = Scratch::zeroed(3);
        let id = DatatypeId::from_raw(77);
        let derived = Datatype::contiguous(Counts::Int, 2, &named(index::DOUBLE)).unwrap();
        user.apply(&input.send_buffer(), &inout.recv_buffer(), 5, &derived, id).unwrap();
        assert_eq!(inout.send_buffer().slice(0, 3), [5, 77, 9]);
        assert!(!user.is_commutative() && user.check_accumulate(&derived).is_err());
    }
}
