//! Parts of multi-dimensional arrays (MPI-5.0 sections 5.1.3 and 5.1.4).

use super::bounds::too_large;
use super::construct::check_old;
use super::contents::{Combiner, Contents, Counts};
use super::typemap::{Datatype, Form, Run};
use crate::error::{ErrorClass, Result};
use crate::fail;
use std::sync::Arc;

/// How the dimensions of an array lie in memory. The numbers are the standard
/// ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Order {
    /// The last dimension is contiguous.
    C = 12,
    /// The first dimension is contiguous.
    Fortran = 15,
}

/// `MPI_DISTRIBUTE_DFLT_DARG` in contents, as the standard ABI has it.
const DEFAULT_ARGUMENT: i32 = 19;

/// How one dimension is distributed over processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    None,
    /// Blocks of this many elements; by default as equal as can be.
    Block(Option<i32>),
    /// Blocks of this many elements dealt round; by default single elements.
    Cyclic(Option<i32>),
}

impl Distribution {
    /// The standard ABI's numbers of the distribution and its argument.
    fn numbers(self) -> (i32, i32) {
        match self {
            Self::None => (16, DEFAULT_ARGUMENT),
            Self::Block(argument) => (17, argument.unwrap_or(DEFAULT_ARGUMENT)),
            Self::Cyclic(argument) => (18, argument.unwrap_or(DEFAULT_ARGUMENT)),
        }
    }

    /// The distribution with these numbers, which [`Self::numbers`] gave. A
    /// block of as many elements as the default's number comes back as the
    /// default.
    pub(super) fn of_numbers(kind: i32, argument: i32) -> Self {
        let argument = (argument != DEFAULT_ARGUMENT).then_some(argument);
        match kind {
            16 => Self::None,
            17 => Self::Block(argument),
            _ => Self::Cyclic(argument),
        }
    }
}

/// The arguments of `MPI_Type_create_darray` but for the element datatype. One
/// entry per dimension in each slice.
#[derive(Clone, Copy, Debug)]
pub struct Darray<'a> {
    pub processes: i32,
    pub rank: i32,
    pub global_sizes: &'a [i64],
    pub distributions: &'a [Distribution],
    pub process_sizes: &'a [i32],
    pub order: Order,
}

/// Dimensions from the one contiguous in memory to the outermost.
fn fastest_first(dims: usize, order: Order) -> impl Iterator<Item = usize> {
    (0..dims).map(move |i| if order == Order::C { dims - 1 - i } else { i })
}

fn repeat(offset: i64, count: i64, stride: i64, of: Arc<Datatype>) -> Result<Arc<Datatype>> {
    let form = Form::Repeat { offset, count: count as u64, stride, of };
    Datatype::derived(form, Contents::named_by(Combiner::Hvector))
}

fn product(a: i64, b: i64) -> Result<i64> {
    a.checked_mul(b).ok_or_else(too_large)
}

impl Datatype {
    /// `MPI_Type_create_subarray`: the elements of a box inside an array.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when the box is empty or not inside the array.
    pub fn subarray(
        counts: Counts,
        sizes: &[i64],
        subsizes: &[i64],
        starts: &[i64],
        order: Order,
        old: &Arc<Self>,
    ) -> Result<Arc<Self>> {
        check_old(old)?;
        let dims = sizes.len();
        if dims == 0 || subsizes.len() != dims || starts.len() != dims {
            fail!(
                ErrorClass::Arg,
                "an array has at least one dimension, and a size, subsize and start for each"
            );
        }
        for (dim, ((&size, &subsize), &start)) in sizes.iter().zip(subsizes).zip(starts).enumerate() {
            if subsize < 1 || subsize > size || start < 0 || start > size - subsize {
                fail!(
                    ErrorClass::Arg,
                    "dimension {dim}: {subsize} elements from element {start} on do not lie within 0..{size}; \
                     subsizes are at least 1 and starts count from 0"
                );
            }
        }
        let mut stride = old.extent();
        let mut data = Arc::clone(old);
        for dim in fastest_first(dims, order) {
            data = repeat(product(starts[dim], stride)?, subsizes[dim], stride, data)?;
            stride = product(stride, sizes[dim])?;
        }
        let contents = subarray_contents(counts, [sizes, subsizes, starts], order, old);
        Ok(Self::with_new_bounds(&data, 0, stride, contents))
    }

    /// `MPI_Type_create_darray`: the elements of a distributed array that one
    /// process holds.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when the process grid does not have as many processes as
    /// it should, or a distribution does not cover its dimension.
    pub fn darray(counts: Counts, array: &Darray<'_>, old: &Arc<Self>) -> Result<Arc<Self>> {
        check_old(old)?;
        let coordinates = array.coordinates()?;
        let mut stride = old.extent();
        let mut data = Arc::clone(old);
        for dim in fastest_first(array.global_sizes.len(), array.order) {
            data = array.dimension(dim, i64::from(coordinates[dim]), stride, data)?;
            stride = product(stride, array.global_sizes[dim])?;
        }
        Ok(Self::with_new_bounds(&data, 0, stride, array.contents(counts, old)))
    }
}

fn subarray_contents(counts: Counts, arguments: [&[i64]; 3], order: Order, old: &Arc<Datatype>) -> Contents {
    let dims = arguments[0].len() as i32;
    let values = arguments.concat();
    let small: std::result::Result<Vec<i32>, _> = values.iter().map(|&value| value.try_into()).collect();
    let (integers, large) = match (counts, small) {
        (Counts::Int, Ok(small)) => ([&[dims][..], &small, &[order as i32]].concat(), Vec::new()),
        _ => (vec![dims, order as i32], values),
    };
    Contents::new(Combiner::Subarray, integers, Vec::new(), large, vec![Arc::clone(old)])
}

impl Darray<'_> {
    /// The place of `rank` in the process grid, which is ordered as C orders
    /// an array, whatever the order of the data.
    fn coordinates(&self) -> Result<Vec<i32>> {
        let dims = self.global_sizes.len();
        if dims == 0 || self.distributions.len() != dims || self.process_sizes.len() != dims {
            fail!(
                ErrorClass::Arg,
                "an array has at least one dimension, and a distribution and a process count for each"
            );
        }
        let positive = self.process_sizes.iter().all(|&size| size >= 1);
        let grid = self.process_sizes.iter().try_fold(1i32, |all, &size| all.checked_mul(size));
        if !positive || grid != Some(self.processes) {
            fail!(
                ErrorClass::Arg,
                "the process grid {:?} does not have {} processes",
                self.process_sizes,
                self.processes
            );
        }
        if self.rank < 0 || self.rank >= self.processes {
            fail!(ErrorClass::Arg, "rank {} is not in 0..{}", self.rank, self.processes);
        }
        if let Some((dim, size)) = self.global_sizes.iter().enumerate().find(|(_, size)| **size < 1) {
            fail!(ErrorClass::Arg, "dimension {dim} has {size} elements; it must have at least 1");
        }
        let mut rest = self.rank;
        let mut coordinates = vec![0; dims];
        for dim in (0..dims).rev() {
            coordinates[dim] = rest % self.process_sizes[dim];
            rest /= self.process_sizes[dim];
        }
        Ok(coordinates)
    }

    /// `inner` repeated over the elements of one dimension that the process
    /// with this coordinate holds; they are `stride` bytes apart.
    fn dimension(&self, dim: usize, me: i64, stride: i64, inner: Arc<Datatype>) -> Result<Arc<Datatype>> {
        let (size, processes) = (self.global_sizes[dim], i64::from(self.process_sizes[dim]));
        let default_block = size / processes + i64::from(size % processes != 0);
        let (block, cyclic) = match self.distributions[dim] {
            Distribution::None if processes == 1 => (size, false),
            Distribution::None => fail!(
                ErrorClass::Arg,
                "dimension {dim} is not distributed, so its process count must be 1, not {processes}"
            ),
            Distribution::Block(argument) => (argument.map_or(default_block, i64::from), false),
            Distribution::Cyclic(argument) => (argument.map_or(1, i64::from), true),
        };
        if block < 1 {
            fail!(
                ErrorClass::Arg,
                "dimension {dim}: blocks have {block} elements; they must have at least 1"
            );
        }
        if !cyclic && product(block, processes)? < size {
            fail!(
                ErrorClass::Arg,
                "dimension {dim}: blocks of {block} elements on {processes} processes do not cover {size}"
            );
        }
        let first = product(block, me)?;
        let offset = product(first, stride)?;
        let left = (size - first).max(0);
        if !cyclic {
            return repeat(offset, block.min(left), stride, inner);
        }
        let round = product(block, processes)?;
        let (whole, rest) = (left / round, (left % round).min(block));
        let blocks =
            repeat(offset, whole, product(round, stride)?, repeat(0, block, stride, inner.clone())?)?;
        if rest == 0 {
            return Ok(blocks);
        }
        let remainder = repeat(product(first + whole * round, stride)?, rest, stride, inner)?;
        let once = Run { offset: 0, count: 1 };
        let form = Form::Fields([(once, blocks), (once, remainder)].into());
        Datatype::derived(form, Contents::named_by(Combiner::Struct))
    }

    fn contents(&self, counts: Counts, old: &Arc<Datatype>) -> Contents {
        let dims = self.global_sizes.len() as i32;
        let numbers: Vec<_> = self.distributions.iter().map(|distribution| distribution.numbers()).collect();
        let (distributions, arguments): (Vec<i32>, Vec<i32>) = numbers.into_iter().unzip();
        let sizes: std::result::Result<Vec<i32>, _> =
            self.global_sizes.iter().map(|&size| size.try_into()).collect();
        let (sizes, large) = match (counts, sizes) {
            (Counts::Int, Ok(sizes)) => (sizes, Vec::new()),
            _ => (Vec::new(), self.global_sizes.to_vec()),
        };
        let integers = [
            &[self.processes, self.rank, dims][..],
            &sizes,
            &distributions,
            &arguments,
            self.process_sizes,
            &[self.order as i32],
        ]
        .concat();
        Contents::new(Combiner::Darray, integers, Vec::new(), large, vec![Arc::clone(old)])
    }
}
