//! Balanced grids (MPI-5.0 section 8.5.2, `MPI_Dims_create`).

use super::cart::product;
use crate::error::{ErrorClass, Result};
use crate::fail;

/// Fills the dimensions that are zero so that all multiply to `nodes` and are
/// as close to each other as can be, see [`Search`], largest first.
///
/// # Errors
/// `MPI_ERR_ARG` when `nodes` is not positive, `MPI_ERR_DIMS` when a dimension
/// is negative or `nodes` is no multiple of those that are given.
pub fn balance(nodes: i32, dims: &mut [i32]) -> Result<()> {
    if nodes <= 0 {
        fail!(ErrorClass::Arg, "the number of nodes is {nodes}; it must be positive");
    }
    if let Some(negative) = dims.iter().find(|&&dim| dim < 0) {
        fail!(ErrorClass::Dims, "a dimension is {negative}; it is zero to be chosen, or positive");
    }
    let given = || dims.iter().copied().filter(|&dim| dim > 0);
    let fixed = given().try_fold(1i32, i32::checked_mul);
    let Some(left) = fixed.filter(|fixed| nodes % fixed == 0).map(|fixed| nodes / fixed) else {
        let given: Vec<i32> = given().collect();
        fail!(
            ErrorClass::Dims,
            "{nodes} nodes do not fill a grid of {} and more dimensions",
            product(&given)
        );
    };
    let free = dims.iter().filter(|&&dim| dim == 0).count();
    if free == 0 {
        if left != 1 {
            fail!(ErrorClass::Dims, "a grid of {} does not have {nodes} nodes", product(dims));
        }
        return Ok(());
    }
    let mut search = Search { divisors: divisors(left), chosen: Vec::new(), best: None };
    search.choose(left, free);
    for (dim, chosen) in dims.iter_mut().filter(|dim| **dim == 0).zip(search.best.unwrap_or_default()) {
        *dim = chosen;
    }
    Ok(())
}

/// The divisors of a number, ascending.
fn divisors(number: i32) -> Vec<i32> {
    let root = number.isqrt();
    let small: Vec<i32> = (1..=root).filter(|divisor| number % divisor == 0).collect();
    let large = small.iter().rev().map(|divisor| number / divisor).filter(|&divisor| divisor > root);
    small.iter().copied().chain(large).collect()
}

/// Looks for factors of a number that are as close to each other as can be: the
/// largest and the smallest differ least, and of several such choices the one
/// with the largest smallest factor, whose grid has the least surface.
struct Search {
    /// Of the number, ascending.
    divisors: Vec<i32>,
    /// Descending, those that are chosen so far.
    chosen: Vec<i32>,
    best: Option<Vec<i32>>,
}

/// Less is better.
fn spread(factors: &[i32]) -> (i32, i32) {
    let (largest, smallest) = (factors[0], factors[factors.len() - 1]);
    (largest - smallest, -smallest)
}

impl Search {
    /// Chooses `parts` more factors, which multiply to `number`.
    fn choose(&mut self, number: i32, parts: usize) {
        let most = self.chosen.last().copied().unwrap_or(number);
        if parts == 0 {
            let is_better = self.best.as_ref().is_none_or(|best| spread(&self.chosen) < spread(best));
            if number == 1 && is_better {
                self.best = Some(self.chosen.clone());
            }
            return;
        }
        for index in 0..self.divisors.len() {
            let factor = self.divisors[index];
            if factor > most {
                break;
            }
            // The largest of those left is at least their root.
            if number % factor == 0 && power(factor, parts) >= number.into() {
                self.chosen.push(factor);
                if self.can_be_better(number / factor, parts - 1) {
                    self.choose(number / factor, parts - 1);
                }
                self.chosen.pop();
            }
        }
    }

    /// Whether `parts` factors of `number` can be large enough for a spread as
    /// small as the best one.
    fn can_be_better(&self, number: i32, parts: usize) -> bool {
        let Some(best) = &self.best else { return true };
        let least = self.chosen[0] - spread(best).0;
        least <= 0 || parts == 0 || power(least, parts) <= number.into()
    }
}

/// `base` to the power of `exponent`, or the largest number there is.
fn power(base: i32, exponent: usize) -> i64 {
    i64::from(base).saturating_pow(exponent as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dims(nodes: i32, mut dims: Vec<i32>) -> Vec<i32> {
        balance(nodes, &mut dims).unwrap();
        dims
    }

    #[test]
    fn dimensions_are_balanced_and_largest_first() {
        assert_eq!(dims(6, vec![0, 0]), [3, 2]);
        assert_eq!(dims(7, vec![0, 0]), [7, 1]);
        assert_eq!(dims(6, vec![0, 3, 0]), [2, 3, 1]);
        assert_eq!(dims(36, vec![0, 0]), [6, 6]);
        assert_eq!(dims(24, vec![0, 0, 0]), [4, 3, 2]);
        assert_eq!(dims(1, vec![0, 0]), [1, 1]);
        assert_eq!(dims(5040, vec![0, 0, 0]), [21, 16, 15]);
        assert_eq!(dims(10800, vec![0, 0, 0]), [27, 20, 20]);
        assert_eq!(dims(6, vec![2, 3]), [2, 3]);
        assert_eq!(dims(1, vec![]), [0; 0]);
    }

    #[test]
    fn large_numbers_take_no_time() {
        assert_eq!(dims(i32::MAX, vec![0, 0, 0]), [i32::MAX, 1, 1]);
        assert_eq!(dims(1 << 30, vec![0; 10]), [8; 10]);
        assert_eq!(dims(1 << 30, vec![0; 3]), [1 << 10; 3]);
        // 1344 divisors, the most below 2^30.
        for parts in 2..12 {
            assert_eq!(dims(735_134_400, vec![0; parts]).iter().product::<i32>(), 735_134_400);
        }
    }

    #[test]
    fn factors_multiply_and_none_can_be_smaller() {
        for nodes in 1..200 {
            let pair = dims(nodes, vec![0, 0]);
            let best = (1..=nodes).filter(|a| nodes % a == 0 && a * a >= nodes).min();
            assert_eq!((Some(pair[0]), pair[0] * pair[1]), (best, nodes));
            let triple = dims(nodes, vec![0, 0, 0]);
            assert!(triple.is_sorted_by(|a, b| a >= b) && triple.iter().product::<i32>() == nodes);
        }
    }

    #[test]
    fn impossible_dimensions_are_errors() {
        assert_eq!(balance(7, &mut [0, 3, 0]).unwrap_err().class(), ErrorClass::Dims);
        assert_eq!(balance(7, &mut [2, 3]).unwrap_err().class(), ErrorClass::Dims);
        assert_eq!(balance(6, &mut [0, -1]).unwrap_err().class(), ErrorClass::Dims);
        assert_eq!(balance(0, &mut [0]).unwrap_err().class(), ErrorClass::Arg);
    }
}
