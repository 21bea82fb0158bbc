//! Grids (MPI-5.0 sections 8.5.1, 8.5.5 to 8.5.7).

use crate::error::{ErrorClass, Result};
use crate::fail;

/// A grid, row-major: the last dimension varies fastest with the rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cart {
    dims: Box<[i32]>,
    periods: Box<[bool]>,
}

/// The grids that `MPI_Cart_sub` leaves, seen by one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    pub cart: Cart,
    /// The ranks of its processes in the whole grid, by their new ranks.
    pub ranks: Vec<usize>,
}

impl Cart {
    /// A grid of `dims[d]` processes along dimension `d`, which is closed to a
    /// ring where `periods[d]`. Both have equal lengths.
    ///
    /// # Errors
    /// `MPI_ERR_DIMS` for a dimension that is not positive, and for a grid of
    /// more than `processes` processes.
    pub fn new(dims: &[i32], periods: &[bool], processes: usize) -> Result<Self> {
        if let Some(dimension) = dims.iter().position(|&dim| dim <= 0) {
            fail!(
                ErrorClass::Dims,
                "dimension {dimension} is {}; it must be positive (MPI_Dims_create replaces zeros)",
                dims[dimension]
            );
        }
        let nodes = dims.iter().try_fold(1usize, |product, &dim| product.checked_mul(dim as usize));
        if nodes.is_none_or(|nodes| nodes > processes) {
            fail!(
                ErrorClass::Dims,
                "a grid of {} needs more processes than the {processes} of the communicator",
                product(dims)
            );
        }
        Ok(Self { dims: dims.into(), periods: periods.into() })
    }

    /// Processes along each dimension.
    pub fn dims(&self) -> &[i32] {
        &self.dims
    }

    /// Which dimensions wrap around.
    pub fn periods(&self) -> &[bool] {
        &self.periods
    }

    /// Processes in the grid; 1 without dimensions.
    pub fn nodes(&self) -> usize {
        self.dims.iter().map(|&dim| dim as usize).product()
    }

    /// The coordinates of a rank.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` when there is no such rank.
    pub fn coords(&self, rank: i32) -> Result<Vec<i32>> {
        match usize::try_from(rank) {
            Ok(rank) if rank < self.nodes() => Ok(self.coords_of(rank)),
            _ => fail!(ErrorClass::Rank, "rank {rank} is not in 0..{}, the ranks of the grid", self.nodes()),
        }
    }

    fn coords_of(&self, rank: usize) -> Vec<i32> {
        let mut rest = rank;
        let mut coords = vec![0; self.dims.len()];
        for (coord, &dim) in coords.iter_mut().zip(&self.dims).rev() {
            *coord = (rest % dim as usize) as i32;
            rest /= dim as usize;
        }
        coords
    }

    /// The rank at these coordinates, one per dimension; those of a ring may be
    /// any number.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` for a coordinate outside a dimension that is no ring.
    pub fn rank(&self, coords: &[i32]) -> Result<usize> {
        let mut rank = 0;
        for (dimension, &coord) in coords.iter().enumerate() {
            let Some(coord) = self.within(dimension, coord.into()) else {
                fail!(
                    ErrorClass::Arg,
                    "coordinate {dimension} is {coord}, which is not in 0..{}, and this dimension is not periodic",
                    self.dims[dimension]
                );
            };
            rank = rank * self.dims[dimension] as usize + coord;
        }
        Ok(rank)
    }

    /// A coordinate on the grid, or `None` beyond its border.
    fn within(&self, dimension: usize, coord: i64) -> Option<usize> {
        let dim = i64::from(self.dims[dimension]);
        if self.periods[dimension] {
            return Some(coord.rem_euclid(dim) as usize);
        }
        (0..dim).contains(&coord).then_some(coord as usize)
    }

    /// The rank that is `steps` away from the process at `coords`.
    fn step(&self, coords: &[i32], dimension: usize, steps: i64) -> Option<usize> {
        let moved = self.within(dimension, i64::from(coords[dimension]) + steps)?;
        let at = |(index, &coord): (usize, &i32)| if index == dimension { moved } else { coord as usize };
        let digits = coords.iter().enumerate().map(at).zip(&self.dims);
        Some(digits.fold(0, |rank, (coord, &dim)| rank * dim as usize + coord))
    }

    /// Where data of `rank` come from and go to in a shift by `steps`; `None`
    /// beyond the border.
    ///
    /// # Errors
    /// `MPI_ERR_DIMS` when there is no such dimension.
    pub fn shift(&self, rank: usize, dimension: i32, steps: i32) -> Result<(Option<usize>, Option<usize>)> {
        let Some(dimension) = usize::try_from(dimension).ok().filter(|&d| d < self.dims.len()) else {
            fail!(
                ErrorClass::Dims,
                "the direction of the shift is {dimension}; the grid has {} dimensions, counted from 0",
                self.dims.len()
            );
        };
        let (coords, steps) = (self.coords_of(rank), i64::from(steps));
        Ok((self.step(&coords, dimension, -steps), self.step(&coords, dimension, steps)))
    }

    /// The two neighbours of `rank` in every dimension, the lower one first.
    pub fn neighbors(&self, rank: usize) -> Vec<Option<usize>> {
        let coords = self.coords_of(rank);
        let both = |dimension| [-1, 1].map(|steps| self.step(&coords, dimension, steps));
        (0..self.dims.len()).flat_map(both).collect()
    }

    /// The part of the grid in which `rank` is and which keeps the dimensions
    /// of `remain`.
    pub fn sub(&self, rank: usize, remain: &[bool]) -> Slice {
        let kept: Vec<usize> = (0..self.dims.len()).filter(|&dimension| remain[dimension]).collect();
        let cart = Self {
            dims: kept.iter().map(|&dimension| self.dims[dimension]).collect(),
            periods: kept.iter().map(|&dimension| self.periods[dimension]).collect(),
        };
        let mut coords = self.coords_of(rank);
        let whole = |part: usize| {
            for (&dimension, coord) in kept.iter().zip(cart.coords_of(part)) {
                coords[dimension] = coord;
            }
            coords.iter().zip(&self.dims).fold(0, |rank, (&coord, &dim)| rank * dim as usize + coord as usize)
        };
        let ranks = (0..cart.nodes()).map(whole).collect();
        Slice { cart, ranks }
    }
}

/// `3 x 2 x 2`.
pub(super) fn product(dims: &[i32]) -> String {
    let dims: Vec<String> = dims.iter().map(i32::to_string).collect();
    dims.join(" x ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cart(dims: &[i32], periods: &[bool]) -> Cart {
        Cart::new(dims, periods, 64).unwrap()
    }

    #[test]
    fn ranks_and_coordinates_are_inverse() {
        let grid = cart(&[3, 1, 4], &[false; 3]);
        assert_eq!(grid.nodes(), 12);
        for rank in 0..12 {
            assert_eq!(grid.rank(&grid.coords(rank).unwrap()), Ok(rank as usize));
        }
        assert_eq!(grid.coords(6), Ok(vec![1, 0, 2]));
        assert_eq!(grid.coords(12).unwrap_err().class(), ErrorClass::Rank);
        assert_eq!(grid.coords(-1).unwrap_err().class(), ErrorClass::Rank);
        assert_eq!(grid.rank(&[3, 0, 0]).unwrap_err().class(), ErrorClass::Arg);
        assert_eq!(cart(&[3, 4], &[true, true]).rank(&[-1, i32::MIN]), Ok(8));
        assert_eq!(cart(&[], &[]).rank(&[]), Ok(0));
    }

    #[test]
    fn impossible_grids_are_refused() {
        let class = |dims: &[i32]| Cart::new(dims, &vec![false; dims.len()], 6).unwrap_err().class();
        assert_eq!(class(&[3, 0]), ErrorClass::Dims);
        assert_eq!(class(&[-1]), ErrorClass::Dims);
        assert_eq!(class(&[7]), ErrorClass::Dims);
        assert_eq!(class(&[i32::MAX; 5]), ErrorClass::Dims);
        assert!(Cart::new(&[], &[], 1).is_ok());
    }

    #[test]
    fn shifts_end_at_borders_and_go_round_in_rings() {
        let grid = cart(&[2, 3], &[false, true]);
        assert_eq!(grid.shift(0, 0, 1), Ok((None, Some(3))));
        assert_eq!(grid.shift(4, 0, -1), Ok((None, Some(1))));
        assert_eq!(grid.shift(4, 1, 2), Ok((Some(5), Some(3))));
        assert_eq!(grid.shift(4, 1, i32::MIN), grid.shift(4, 1, i32::MIN.rem_euclid(3)));
        assert_eq!(grid.shift(4, 0, 0), Ok((Some(4), Some(4))));
        assert_eq!(grid.shift(0, 2, 1).unwrap_err().class(), ErrorClass::Dims);
        assert_eq!(grid.neighbors(0), [None, Some(3), Some(2), Some(1)]);
        assert_eq!(cart(&[1, 2], &[true, true]).neighbors(1), [Some(1), Some(1), Some(0), Some(0)]);
    }

    #[test]
    fn slices_keep_what_remains() {
        let grid = cart(&[2, 3, 2], &[true, false, true]);
        let slice = grid.sub(7, &[false, true, true]);
        assert_eq!(slice.cart, cart(&[3, 2], &[false, true]));
        assert_eq!(slice.ranks, [6, 7, 8, 9, 10, 11]);
        assert_eq!(grid.sub(7, &[true, false, false]).ranks, [1, 7]);
        let point = grid.sub(7, &[false; 3]);
        assert_eq!((point.ranks, point.cart.nodes()), (vec![7], 1));
    }
}
