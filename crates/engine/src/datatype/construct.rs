//! Constructors of derived datatypes (MPI-5.0 section 5.1.2), all but arrays.
//!
//! Each takes which form was called, for the envelope, and its arguments
//! widened to 64 bits.

use super::bounds::{Bounds, too_large};
use super::contents::{Combiner, Contents, Counts};
use super::predefined;
use super::typemap::{Datatype, Form, Run, form_bounds};
use crate::error::{ErrorClass, Result};
use crate::fail;
use std::sync::Arc;

/// The contents of a constructor whose large form counts all of its integers
/// and addresses, in this order. Values that no `int` holds are large counts
/// whichever form was called.
fn contents(
    combiner: Combiner,
    counts: Counts,
    integers: Vec<i64>,
    addresses: Vec<i64>,
    datatypes: Vec<Arc<Datatype>>,
) -> Contents {
    let small: std::result::Result<Vec<i32>, _> = integers.iter().map(|&value| value.try_into()).collect();
    match (counts, small) {
        (Counts::Int, Ok(small)) => Contents::new(combiner, small, addresses, Vec::new(), datatypes),
        _ => {
            let large = [integers, addresses].concat();
            Contents::new(combiner, Vec::new(), Vec::new(), large, datatypes)
        }
    }
}

pub(super) fn check_old(old: &Datatype) -> Result<()> {
    if !old.is_supported() {
        fail!(
            ErrorClass::Type,
            "{old:?} is not supported on this platform; ask MPI_Type_size, which gives MPI_UNDEFINED for it"
        );
    }
    Ok(())
}

fn check_count(value: i64) -> Result<u64> {
    match u64::try_from(value) {
        Ok(count) => Ok(count),
        Err(_) => fail!(ErrorClass::Count, "count is {value}; it must not be negative"),
    }
}

fn check_blocklength(value: i64) -> Result<u64> {
    match u64::try_from(value) {
        Ok(length) => Ok(length),
        Err(_) => fail!(ErrorClass::Arg, "block length is {value}; it must not be negative"),
    }
}

fn check_same_length(lengths: &[i64], displacements: &[i64]) -> Result<()> {
    if lengths.len() != displacements.len() {
        fail!(
            ErrorClass::Arg,
            "{} block lengths but {} displacements; there must be one of each per block",
            lengths.len(),
            displacements.len()
        );
    }
    Ok(())
}

/// The length of an argument array, as an envelope counts it.
fn len(values: &[i64]) -> i64 {
    values.len() as i64
}

fn scaled(value: i64, extent: i64) -> Result<i64> {
    value.checked_mul(extent).ok_or_else(too_large)
}

/// `count` consecutive elements.
fn block(count: u64, old: &Arc<Datatype>) -> Result<Arc<Datatype>> {
    if count == 1 {
        return Ok(Arc::clone(old));
    }
    let form = Form::Repeat { offset: 0, count, stride: old.extent(), of: Arc::clone(old) };
    Datatype::derived(form, Contents::named_by(Combiner::Contiguous))
}

impl Datatype {
    /// `MPI_Type_contiguous`.
    pub fn contiguous(counts: Counts, count: i64, old: &Arc<Self>) -> Result<Arc<Self>> {
        check_old(old)?;
        let contents = contents(Combiner::Contiguous, counts, vec![count], Vec::new(), vec![Arc::clone(old)]);
        let count = check_count(count)?;
        let form = Form::Repeat { offset: 0, count, stride: old.extent(), of: Arc::clone(old) };
        Self::derived(form, contents)
    }

    /// `MPI_Type_vector`; the stride counts elements.
    pub fn vector(
        counts: Counts,
        count: i64,
        blocklength: i64,
        stride: i64,
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        let integers = vec![count, blocklength, stride];
        let contents = contents(Combiner::Vector, counts, integers, Vec::new(), vec![Arc::clone(old)]);
        Self::strided(contents, count, blocklength, scaled(stride, old.extent())?, old)
    }

    /// `MPI_Type_create_hvector`; the stride counts bytes.
    pub fn hvector(
        counts: Counts,
        count: i64,
        blocklength: i64,
        stride: i64,
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        let integers = vec![count, blocklength];
        let contents = contents(Combiner::Hvector, counts, integers, vec![stride], vec![Arc::clone(old)]);
        Self::strided(contents, count, blocklength, stride, old)
    }

    fn strided(
        contents: Contents,
        count: i64,
        blocklength: i64,
        stride: i64,
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        check_old(old)?;
        let count = check_count(count)?;
        let of = block(check_blocklength(blocklength)?, old)?;
        Self::derived(Form::Repeat { offset: 0, count, stride, of }, contents)
    }

    /// `MPI_Type_indexed`; displacements count elements.
    pub fn indexed(
        counts: Counts,
        lengths: &[i64],
        displacements: &[i64],
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        let integers = [&[len(lengths)], lengths, displacements].concat();
        let contents = contents(Combiner::Indexed, counts, integers, Vec::new(), vec![Arc::clone(old)]);
        check_same_length(lengths, displacements)?;
        Self::blocks(contents, lengths.iter().copied(), displacements, old.extent(), old)
    }

    /// `MPI_Type_create_hindexed`; displacements count bytes.
    pub fn hindexed(
        counts: Counts,
        lengths: &[i64],
        displacements: &[i64],
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        let integers = [&[len(lengths)], lengths].concat();
        let addresses = displacements.to_vec();
        let contents = contents(Combiner::Hindexed, counts, integers, addresses, vec![Arc::clone(old)]);
        check_same_length(lengths, displacements)?;
        Self::blocks(contents, lengths.iter().copied(), displacements, 1, old)
    }

    /// `MPI_Type_create_indexed_block`; displacements count elements.
    pub fn indexed_block(
        counts: Counts,
        blocklength: i64,
        displacements: &[i64],
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        let integers = [&[len(displacements), blocklength], displacements].concat();
        let contents = contents(Combiner::IndexedBlock, counts, integers, Vec::new(), vec![Arc::clone(old)]);
        Self::blocks(contents, std::iter::repeat(blocklength), displacements, old.extent(), old)
    }

    /// `MPI_Type_create_hindexed_block`; displacements count bytes.
    pub fn hindexed_block(
        counts: Counts,
        blocklength: i64,
        displacements: &[i64],
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        let integers = vec![len(displacements), blocklength];
        let addresses = displacements.to_vec();
        let contents = contents(Combiner::HindexedBlock, counts, integers, addresses, vec![Arc::clone(old)]);
        Self::blocks(contents, std::iter::repeat(blocklength), displacements, 1, old)
    }

    fn blocks(
        contents: Contents,
        lengths: impl Iterator<Item = i64>,
        displacements: &[i64],
        unit: i64,
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        check_old(old)?;
        let run = |(length, &displacement): (i64, &i64)| {
            Ok(Run { offset: scaled(displacement, unit)?, count: check_blocklength(length)? })
        };
        let blocks: Result<Box<[Run]>> = lengths.zip(displacements).map(run).collect();
        Self::derived(Form::Blocks { blocks: blocks?, of: Arc::clone(old) }, contents)
    }

    /// `MPI_Type_create_struct`; displacements count bytes. Blocks of MPI-1's
    /// `MPI_LB` and `MPI_UB`, which old programs are full of, set the bounds.
    pub fn structure(
        counts: Counts,
        lengths: &[i64],
        displacements: &[i64],
        datatypes: &[Arc<Self>],
    ) -> Result<Arc<Self>> {
        let integers = [&[len(lengths)], lengths].concat();
        let addresses = displacements.to_vec();
        let contents = contents(Combiner::Struct, counts, integers, addresses, datatypes.to_vec());
        check_same_length(lengths, displacements)?;
        if datatypes.len() != lengths.len() {
            fail!(ErrorClass::Arg, "{} blocks but {} datatypes", lengths.len(), datatypes.len());
        }
        let (mut fields, mut marked) = (Vec::with_capacity(lengths.len()), Bounds::EMPTY);
        for ((&length, &offset), of) in lengths.iter().zip(displacements).zip(datatypes) {
            let count = check_blocklength(length)?;
            match of.predefined_index().and_then(predefined::marker) {
                Some(marker) if count > 0 => marked = marked.union(&Bounds::of_marker(marker, offset))?,
                Some(_) => {}
                None => {
                    check_old(of)?;
                    fields.push((Run { offset, count }, Arc::clone(of)));
                }
            }
        }
        let form = Form::Fields(fields.into());
        let bounds = form_bounds(&form)?.union(&marked)?.settled()?;
        Ok(Self::with_bounds(form, bounds, contents))
    }

    /// `MPI_Type_create_resized`: the same data with other bounds.
    pub fn resized(counts: Counts, lower: i64, extent: i64, old: &Arc<Self>) -> Result<Arc<Self>> {
        check_old(old)?;
        let Some(upper) = lower.checked_add(extent) else { return Err(too_large()) };
        let addresses = vec![lower, extent];
        let contents = contents(Combiner::Resized, counts, Vec::new(), addresses, vec![Arc::clone(old)]);
        Ok(Self::with_new_bounds(old, lower, upper, contents))
    }

    /// The data of `old` between explicit bounds.
    pub(super) fn with_new_bounds(old: &Arc<Self>, lower: i64, upper: i64, contents: Contents) -> Arc<Self> {
        let bounds = Bounds { lower, upper, lower_marked: true, upper_marked: true, ..old.bounds };
        let form = Form::Repeat { offset: 0, count: 1, stride: 0, of: Arc::clone(old) };
        Self::with_bounds(form, bounds, contents)
    }

    /// `MPI_Type_dup`. Committed if `old` is.
    pub fn dup(old: &Arc<Self>) -> Result<Arc<Self>> {
        check_old(old)?;
        let contents = contents(Combiner::Dup, Counts::Int, Vec::new(), Vec::new(), vec![Arc::clone(old)]);
        let form = match old.form {
            // A duplicate of a predefined datatype can be reduced like it.
            Form::Basic(index) => Form::Basic(index),
            _ => Form::Repeat { offset: 0, count: 1, stride: 0, of: Arc::clone(old) },
        };
        let dup = Self::with_bounds(form, old.bounds, contents);
        if old.is_committed() {
            dup.commit();
        }
        Ok(dup)
    }
}

#[cfg(test)]
mod tests {
    use super::super::predefined::index;
    use super::super::predefined_datatype;
    use super::*;

    fn named(index: u32) -> Arc<Datatype> {
        Arc::clone(predefined_datatype(index).unwrap())
    }

    #[test]
    fn markers_of_mpi_1_bound_a_structure_and_what_is_built_from_it() {
        let [lower, upper] = ["MPI_LB", "MPI_UB"].map(|name| named(predefined::index_of(name).unwrap()));
        let int = named(index::INT);
        let of = |lengths: &[i64], displacements: &[i64], datatypes: &[&Arc<Datatype>]| {
            let datatypes: Vec<_> = datatypes.iter().map(|&datatype| Arc::clone(datatype)).collect();
            Datatype::structure(Counts::Int, lengths, displacements, &datatypes).unwrap()
        };
        let bounds = |datatype: &Datatype| (datatype.lower_bound(), datatype.upper_bound(), datatype.size());
        let both = of(&[1, 1, 1], &[-3, 0, 10], &[&lower, &int, &upper]);
        assert_eq!((bounds(&both), both.true_lower_bound(), both.true_extent()), ((-3, 10, 4), 0, 4));
        assert_eq!(bounds(&Datatype::contiguous(Counts::Int, 2, &both).unwrap()), (-3, 23, 8));
        assert_eq!(bounds(&of(&[1, 1], &[0, 100], &[&both, &int])), (-3, 10, 8));
        assert_eq!(bounds(&of(&[1, 1], &[0, 6], &[&int, &upper])), (0, 6, 4));
        assert_eq!(bounds(&of(&[1], &[10], &[&lower])), (10, 0, 0));
        assert_eq!(bounds(&of(&[0, 1], &[10, 0], &[&lower, &int])), (0, 4, 4));
        assert!(Datatype::contiguous(Counts::Int, 2, &upper).is_err());
    }

    #[test]
    fn structures_are_padded_and_resized_ones_are_not() {
        let fields = [named(index::DOUBLE), named(index::CHAR)];
        let padded = Datatype::structure(Counts::Int, &[1, 1], &[0, 8], &fields).unwrap();
        assert_eq!((padded.size(), padded.extent(), padded.true_extent()), (9, 16, 9));
        let resized = Datatype::resized(Counts::Int, -4, 13, &padded).unwrap();
        assert_eq!((resized.lower_bound(), resized.upper_bound(), resized.true_lower_bound()), (-4, 9, 0));
        // Explicit bounds stay in force in what is built from the datatype.
        let fields = [resized, named(index::INT)];
        let outer = Datatype::structure(Counts::Int, &[2, 1], &[0, 100], &fields).unwrap();
        assert_eq!((outer.lower_bound(), outer.upper_bound()), (-4, 22));
        assert_eq!((outer.true_lower_bound(), outer.true_extent()), (0, 104));
    }

    #[test]
    fn arguments_that_overflow_are_errors() {
        let double = named(index::DOUBLE);
        let class = |result: Result<Arc<Datatype>>| result.unwrap_err().class();
        assert_eq!(class(Datatype::contiguous(Counts::Large, i64::MAX / 4, &double)), ErrorClass::Arg);
        assert_eq!(class(Datatype::vector(Counts::Large, 3, 1, i64::MAX / 8, &double)), ErrorClass::Arg);
        assert_eq!(class(Datatype::hindexed(Counts::Large, &[1], &[i64::MAX - 3], &double)), ErrorClass::Arg);
        assert_eq!(class(Datatype::resized(Counts::Large, i64::MAX, 1, &double)), ErrorClass::Arg);
        assert_eq!(class(Datatype::contiguous(Counts::Int, -1, &double)), ErrorClass::Count);
        assert_eq!(class(Datatype::vector(Counts::Int, 1, -1, 1, &double)), ErrorClass::Arg);
        let removed = named(super::super::predefined::index_of("MPI_UB").unwrap());
        assert_eq!(class(Datatype::contiguous(Counts::Int, 1, &removed)), ErrorClass::Type);
    }

    #[test]
    fn a_count_that_leaves_the_address_space_is_an_error() {
        let wide = Datatype::resized(Counts::Large, 0, i64::MAX / 4, &named(index::INT)).unwrap();
        assert_eq!(wide.check_count(4), Ok(()));
        assert_eq!(wide.check_count(6).unwrap_err().class(), ErrorClass::Count);
        assert_eq!(named(index::INT).check_count(usize::MAX).unwrap_err().class(), ErrorClass::Count);
        assert_eq!(named(index::INT).check_count(0), Ok(()));
    }

    #[test]
    fn the_envelope_tells_which_form_was_called() {
        let int = named(index::INT);
        let small = Datatype::hvector(Counts::Int, 3, 2, 40, &int).unwrap();
        assert_eq!((small.contents().integers(), small.contents().addresses()), (&[3, 2][..], &[40][..]));
        let large = Datatype::hvector(Counts::Large, 3, 2, 40, &int).unwrap();
        assert_eq!(large.contents().large_counts(), [3, 2, 40]);
        assert!(large.contents().integers().is_empty() && large.contents().addresses().is_empty());
        let huge = Datatype::contiguous(Counts::Int, 1 << 40, &int).unwrap();
        assert_eq!((huge.contents().large_counts(), huge.size()), (&[1 << 40][..], 1 << 42));
        assert_eq!(small.contents().datatypes()[0].predefined_index(), Some(index::INT));
    }

    #[test]
    fn a_duplicate_is_not_the_predefined_datatype_but_reduces_like_it() {
        let dup = Datatype::dup(&named(index::INT)).unwrap();
        assert_eq!((dup.predefined_index(), dup.is_committed()), (None, true));
        assert_eq!(dup.as_basic().map(|entry| entry.name), Some("MPI_INT"));
    }

    #[test]
    fn absolute_addresses_make_a_lendable_range() {
        let address = 0x7fff_1234_5678;
        let fields = [named(index::INT), named(index::DOUBLE)];
        let absolute = Datatype::structure(Counts::Int, &[1, 1], &[address, address + 64], &fields).unwrap();
        assert_eq!(absolute.byte_range(1), address as isize..address as isize + 72);
        assert_eq!(absolute.byte_range(0), 0..0);
    }
}
