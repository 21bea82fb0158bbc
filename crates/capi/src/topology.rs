//! Process topologies (MPI-5.0 chapter 8): so far enquiries.

use core::ffi::c_int;

use engine::comm::topology::Topology;
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::status::UNDEFINED;

use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::call::{self, finish, finish_comm};
use crate::errors::Object;
use crate::runtime::with_objects;

/// `MPI_Topo_test`.
///
/// # Safety
/// `status` may be written.
pub unsafe fn topo_test<A: Abi>(comm: A::Comm, status: *mut c_int) -> c_int {
    let id = comm.decode();
    let outcome = call::out(status, "status").and_then(|()| {
        let topology = with_objects(|objects| objects.comm(id).map(|comm| comm.topology.clone()))?;
        let kind = match topology.as_deref() {
            None => UNDEFINED,
            Some(Topology::Cart(_)) => A::constant_out(Constants::Topology, c::MPI_CART as c_int),
            Some(Topology::Graph(_)) => A::constant_out(Constants::Topology, c::MPI_GRAPH as c_int),
            Some(Topology::DistGraph(_)) => A::constant_out(Constants::Topology, c::MPI_DIST_GRAPH as c_int),
        };
        // SAFETY: the caller's promise; not null.
        unsafe { *status = kind };
        Ok(())
    });
    finish_comm::<A>("MPI_Topo_test", id, outcome)
}

/// Fills the dimensions that are zero so that all multiply to `nodes` and are
/// as close to each other as can be, largest first (MPI-5.0 section 8.5.2).
fn balance(nodes: i32, dims: &mut [i32]) -> Result<()> {
    if nodes <= 0 {
        fail!(ErrorClass::Arg, "the number of nodes is {nodes}; it must be positive");
    }
    if let Some(negative) = dims.iter().find(|&&dim| dim < 0) {
        fail!(ErrorClass::Dims, "a dimension is {negative}; it is zero to be chosen, or positive");
    }
    let fixed = dims.iter().filter(|&&dim| dim > 0).try_fold(1i32, |product, &dim| product.checked_mul(dim));
    let Some(left) = fixed.filter(|fixed| nodes % fixed == 0).map(|fixed| nodes / fixed) else {
        fail!(ErrorClass::Dims, "{nodes} nodes cannot be divided by the dimensions that are given: {dims:?}");
    };
    let free = dims.iter().filter(|&&dim| dim == 0).count();
    if free == 0 {
        if left != 1 {
            fail!(ErrorClass::Dims, "the dimensions {dims:?} do not multiply to {nodes}");
        }
        return Ok(());
    }
    let mut chosen = best_factors(left, free, left);
    chosen.sort_unstable_by(|a, b| b.cmp(a));
    let mut chosen = chosen.into_iter();
    for dim in dims.iter_mut().filter(|dim| **dim == 0) {
        *dim = chosen.next().unwrap_or(1);
    }
    Ok(())
}

/// `parts` factors of `number`, none above `most`, whose largest is as small
/// as can be, and so on for the others. Empty when there are none.
fn best_factors(number: i32, parts: usize, most: i32) -> Vec<i32> {
    if parts == 1 {
        return if number <= most { vec![number] } else { Vec::new() };
    }
    // The largest factor is at least the root; the first that works is best.
    for largest in 1..=most.min(number) {
        let enough =
            i64::from(largest).checked_pow(parts as u32).is_none_or(|power| power >= i64::from(number));
        if !enough || number % largest != 0 {
            continue;
        }
        let rest = best_factors(number / largest, parts - 1, largest);
        if !rest.is_empty() {
            return [vec![largest], rest].concat();
        }
    }
    Vec::new()
}

/// `MPI_Dims_create`.
///
/// # Safety
/// `dims` has `ndims` elements that may be read and written.
pub unsafe fn dims_create<A: Abi>(nnodes: c_int, ndims: c_int, dims: *mut c_int) -> c_int {
    let outcome = match usize::try_from(ndims) {
        Ok(0) => Ok(()),
        Ok(len) => call::out(dims, "dims")
            // SAFETY: the caller's promise; not null.
            .and_then(|()| balance(nnodes, unsafe { core::slice::from_raw_parts_mut(dims, len) })),
        Err(_) => Err(engine::error::Error::new(
            ErrorClass::Dims,
            format!("the number of dimensions is {ndims}; it must not be negative"),
        )),
    };
    finish::<A>("MPI_Dims_create", || Object::None, outcome)
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
        assert_eq!(dims(6, vec![2, 3]), [2, 3]);
    }

    #[test]
    fn impossible_dimensions_are_errors() {
        assert_eq!(balance(7, &mut [0, 3, 0]).unwrap_err().class(), ErrorClass::Dims);
        assert_eq!(balance(7, &mut [2, 3]).unwrap_err().class(), ErrorClass::Dims);
        assert_eq!(balance(0, &mut [0]).unwrap_err().class(), ErrorClass::Arg);
    }
}
