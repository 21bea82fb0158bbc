//! Datatypes as they lie in a file whose data representation gives basic
//! elements other sizes (MPI-5.0 section 14.5.1).

use super::array::{Darray, Distribution, Order};
use super::contents::{Combiner, Counts};
use super::predefined::index;
use super::typemap::{Datatype, predefined_datatype};
use crate::error::Result;
use std::sync::Arc;

/// Bytes of one element of a predefined datatype in the file.
type Sizes<'a> = &'a mut dyn FnMut(&Arc<Datatype>) -> Result<u64>;

impl Datatype {
    /// The same construction from elements of other sizes, which have no
    /// padding. What was given in bytes stays; what was given in elements
    /// follows. Committed.
    ///
    /// # Errors
    /// Those of `sizes`, and when the result leaves the address space.
    pub fn with_basic_sizes(self: &Arc<Self>, sizes: Sizes<'_>) -> Result<Arc<Self>> {
        let made = if self.as_basic().is_some() {
            let byte = predefined_datatype(index::BYTE).expect("MPI_BYTE is predefined");
            let bytes = sizes(self)?;
            Self::contiguous(Counts::Large, bytes as i64, byte)?
        } else {
            rebuild(self, sizes)?
        };
        made.commit();
        Ok(made)
    }
}

/// The integer arguments of a constructor, addresses after them, in the order
/// of the envelope, whichever form was called.
fn arguments(datatype: &Datatype) -> Vec<i64> {
    let contents = datatype.contents();
    if !contents.large_counts().is_empty() {
        return contents.large_counts().to_vec();
    }
    contents
        .integers()
        .iter()
        .map(|&value| value.into())
        .chain(contents.addresses().iter().copied())
        .collect()
}

fn rebuild(datatype: &Arc<Datatype>, sizes: Sizes<'_>) -> Result<Arc<Datatype>> {
    const LARGE: Counts = Counts::Large;
    let contents = datatype.contents();
    let olds: Result<Vec<_>> = contents.datatypes().iter().map(|old| old.with_basic_sizes(sizes)).collect();
    let olds = olds?;
    // Only predefined datatypes are made of nothing.
    let Some(old) = olds.first() else { return Ok(Arc::clone(datatype)) };
    let values = arguments(datatype);
    let blocks = || values[1..].split_at((values.len() - 1) / 2);
    match contents.combiner() {
        Combiner::Contiguous => Datatype::contiguous(LARGE, values[0], old),
        Combiner::Vector => Datatype::vector(LARGE, values[0], values[1], values[2], old),
        Combiner::Hvector => Datatype::hvector(LARGE, values[0], values[1], values[2], old),
        Combiner::Indexed => Datatype::indexed(LARGE, blocks().0, blocks().1, old),
        Combiner::Hindexed => Datatype::hindexed(LARGE, blocks().0, blocks().1, old),
        Combiner::IndexedBlock => Datatype::indexed_block(LARGE, values[1], &values[2..], old),
        Combiner::HindexedBlock => Datatype::hindexed_block(LARGE, values[1], &values[2..], old),
        Combiner::Struct => Datatype::structure(LARGE, blocks().0, blocks().1, &olds),
        Combiner::Resized => Datatype::resized(LARGE, values[0], values[1], old),
        Combiner::Subarray => subarray(datatype, old),
        Combiner::Darray => darray(datatype, old),
        _ => Ok(Arc::clone(old)),
    }
}

fn order(number: i32) -> Order {
    if number == Order::Fortran as i32 { Order::Fortran } else { Order::C }
}

fn subarray(datatype: &Datatype, old: &Arc<Datatype>) -> Result<Arc<Datatype>> {
    let contents = datatype.contents();
    let (integers, large) = (contents.integers(), contents.large_counts());
    let dims = integers[0] as usize;
    let values: Vec<i64> = if large.is_empty() {
        integers[1..=3 * dims].iter().map(|&value| value.into()).collect()
    } else {
        large.to_vec()
    };
    let order = order(integers[integers.len() - 1]);
    let (sizes, rest) = values.split_at(dims);
    Datatype::subarray(Counts::Large, sizes, &rest[..dims], &rest[dims..], order, old)
}

fn darray(datatype: &Datatype, old: &Arc<Datatype>) -> Result<Arc<Datatype>> {
    let contents = datatype.contents();
    let (integers, large) = (contents.integers(), contents.large_counts());
    let dims = integers[2] as usize;
    let (sizes, rest): (Vec<i64>, &[i32]) = if large.is_empty() {
        (integers[3..3 + dims].iter().map(|&value| value.into()).collect(), &integers[3 + dims..])
    } else {
        (large.to_vec(), &integers[3..])
    };
    let distributions: Vec<Distribution> = rest[..dims]
        .iter()
        .zip(&rest[dims..2 * dims])
        .map(|(&kind, &argument)| Distribution::of_numbers(kind, argument))
        .collect();
    let array = Darray {
        processes: integers[0],
        rank: integers[1],
        global_sizes: &sizes,
        distributions: &distributions,
        process_sizes: &rest[2 * dims..3 * dims],
        order: order(integers[integers.len() - 1]),
    };
    Datatype::darray(Counts::Large, &array, old)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With the sizes that the elements have anyway, nothing changes.
    #[test]
    fn every_constructor_is_rebuilt_as_it_was() {
        let int = predefined_datatype(index::INT).unwrap();
        let short = predefined_datatype(index::SHORT).unwrap();
        let distributions = [Distribution::Cyclic(Some(2)), Distribution::Block(None)];
        let array = Darray {
            processes: 6,
            rank: 4,
            global_sizes: &[11, 9],
            distributions: &distributions,
            process_sizes: &[2, 3],
            order: Order::Fortran,
        };
        let (starts, ends) = ([1, 2], [0, 40]);
        let all = |counts| {
            [
                Datatype::contiguous(counts, 3, int),
                Datatype::vector(counts, 3, 2, 4, int),
                Datatype::hvector(counts, 3, 2, 44, int),
                Datatype::indexed(counts, &starts, &[0, 5], int),
                Datatype::hindexed(counts, &starts, &ends, int),
                Datatype::indexed_block(counts, 2, &[1, 7], int),
                Datatype::hindexed_block(counts, 2, &ends, int),
                Datatype::structure(counts, &starts, &ends, &[Arc::clone(int), Arc::clone(short)]),
                Datatype::resized(counts, -4, 24, int),
                Datatype::subarray(counts, &[5, 6], &[2, 3], &[1, 1], Order::Fortran, int),
                Datatype::darray(counts, &array, int),
            ]
        };
        for made in all(Counts::Int).into_iter().chain(all(Counts::Large)) {
            let made = Datatype::dup(&made.unwrap()).unwrap();
            let again = made.with_basic_sizes(&mut |basic| Ok(basic.size())).unwrap();
            let blocks = |datatype: &Datatype| {
                let mut blocks = Vec::new();
                datatype.for_each_block(2, 0..2 * datatype.size() as usize, |at, len| blocks.push((at, len)));
                blocks
            };
            assert_eq!(blocks(&made), blocks(&again), "{made:?}");
            assert_eq!(made.lower_bound(), again.lower_bound(), "{made:?}");
        }
    }
}
