//! Counting basic elements in received bytes (MPI-5.0 section 5.1.11), and
//! visiting them in typemap order.

use super::predefined::{self, Predefined};
use super::typemap::{Datatype, Form, Run};

/// `count` consecutive elements of a predefined datatype, one extent apart,
/// the first `offset` bytes from the buffer's base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicRun {
    pub offset: i64,
    /// Handle index of the predefined datatype.
    pub index: u32,
    pub count: u64,
}

impl BasicRun {
    pub fn entry(&self) -> &'static Predefined {
        predefined::get(self.index).expect("runs name predefined datatypes")
    }
}

/// The two measures of a typemap that these functions translate: bytes of data
/// and basic elements.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Bytes,
    Elements,
}

impl Measure {
    fn of(self, datatype: &Datatype) -> u64 {
        match self {
            Self::Bytes => datatype.size(),
            Self::Elements => datatype.elements(),
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Bytes => Self::Elements,
            Self::Elements => Self::Bytes,
        }
    }
}

impl Datatype {
    /// `MPI_Get_count`: how many whole elements of this datatype `bytes` bytes
    /// are, or `None` for `MPI_UNDEFINED`.
    #[inline]
    pub fn count_in(&self, bytes: u64) -> Option<u64> {
        match self.size() {
            0 => (bytes == 0).then_some(0),
            size => (bytes.is_multiple_of(size)).then(|| bytes / size),
        }
    }

    /// `MPI_Get_elements`: how many basic elements `bytes` bytes of this
    /// datatype hold, the last element of the datatype perhaps not whole.
    /// `None`, for `MPI_UNDEFINED`, when a basic element is not whole.
    pub fn elements_in(&self, bytes: u64) -> Option<u64> {
        self.translate(Measure::Bytes, bytes)
    }

    /// How many bytes the first `elements` basic elements have: the inverse of
    /// [`Datatype::elements_in`], for `MPI_Status_set_elements`. `None` when
    /// the datatype has no elements, or 64 bits do not hold the bytes.
    pub fn bytes_of(&self, elements: u64) -> Option<u64> {
        self.translate(Measure::Elements, elements)
    }

    fn translate(&self, from: Measure, amount: u64) -> Option<u64> {
        let one = from.of(self);
        if one == 0 {
            return (amount == 0).then_some(0);
        }
        let whole = (amount / one).checked_mul(from.other().of(self))?;
        whole.checked_add(self.translate_part(from, amount % one)?)
    }

    /// As `translate`, for less than one element of the datatype.
    fn translate_part(&self, from: Measure, mut amount: u64) -> Option<u64> {
        if amount == 0 {
            return Some(0);
        }
        match &self.form {
            Form::Basic(index) => {
                // Only a pair has parts: its value comes first.
                let value = predefined::get(*index)?.element.pair()?.0.size() as u64;
                match from {
                    Measure::Bytes => (amount == value).then_some(1),
                    Measure::Elements => Some(value),
                }
            }
            Form::Repeat { of, .. } | Form::Blocks { of, .. } => of.translate(from, amount),
            Form::Fields(fields) => {
                let mut sum = 0;
                for (run, of) in fields {
                    let available = run.count * from.of(of);
                    if amount < available {
                        return Some(sum + of.translate(from, amount)?);
                    }
                    amount -= available;
                    sum += run.count * from.other().of(of);
                }
                Some(sum)
            }
        }
    }

    /// Calls `run` with every run of equal basic elements of `count` elements,
    /// in typemap order. Pairs are one element here.
    pub fn for_each_basic(&self, count: usize, mut run: impl FnMut(BasicRun)) {
        self.basics(0, count as u64, self.extent(), &mut run);
    }

    fn basics(&self, offset: i64, count: u64, stride: i64, run: &mut dyn FnMut(BasicRun)) {
        if self.bounds.size == 0 {
            return;
        }
        if let Form::Basic(index) = self.form
            && stride == self.extent()
        {
            return run(BasicRun { offset, index, count });
        }
        for i in 0..count as i64 {
            let offset = offset + i * stride;
            match &self.form {
                Form::Basic(index) => run(BasicRun { offset, index: *index, count: 1 }),
                Form::Repeat { offset: at, count, stride, of } => {
                    of.basics(offset + at, *count, *stride, run);
                }
                Form::Blocks { blocks, of } => {
                    for Run { offset: at, count } in blocks {
                        of.basics(offset + at, *count, of.extent(), run);
                    }
                }
                Form::Fields(fields) => {
                    for (Run { offset: at, count }, of) in fields {
                        of.basics(offset + at, *count, of.extent(), run);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::predefined::index;
    use super::super::{Counts, predefined_datatype};
    use std::sync::Arc;

    fn structure() -> Arc<super::Datatype> {
        let named = |index| Arc::clone(predefined_datatype(index).unwrap());
        let fields = [named(index::INT), named(index::DOUBLE_INT), named(index::CHAR)];
        super::Datatype::structure(Counts::Int, &[2, 1, 3], &[0, 8, 24], &fields).unwrap()
    }

    #[test]
    fn partial_elements_are_counted() {
        let datatype = structure();
        assert_eq!((datatype.size(), datatype.elements()), (23, 7));
        let ends = [0, 4, 8, 16, 20, 21, 22, 23, 27];
        for bytes in 0..28 {
            let expected = ends.iter().position(|&end| end == bytes).map(|elements| elements as u64);
            assert_eq!(datatype.elements_in(bytes), expected, "{bytes} bytes");
        }
        for (elements, bytes) in ends.into_iter().enumerate() {
            assert_eq!(datatype.bytes_of(elements as u64), Some(bytes));
        }
        assert_eq!(datatype.elements_in(23 << 30), Some(7 << 30));
        assert_eq!((datatype.count_in(46), datatype.count_in(45)), (Some(2), None));
    }

    #[test]
    fn an_empty_datatype_holds_nothing() {
        let empty = super::Datatype::structure(Counts::Int, &[], &[], &[]).unwrap();
        assert_eq!((empty.count_in(0), empty.elements_in(0), empty.bytes_of(0)), (Some(0), Some(0), Some(0)));
        assert_eq!((empty.count_in(4), empty.elements_in(4), empty.bytes_of(1)), (None, None, None));
    }
}
